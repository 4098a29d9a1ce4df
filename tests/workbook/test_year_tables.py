"""Figures in yearbook layout, as Excel opens them: technology contract value of Beijing and Hangzhou, 亿元."""

from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators.workbook.guide import Guide
from indicators.workbook.year_tables import YearBlock, YearCell, YearSheet, year_tables

CELLS = {(0, 0): YearCell(7005.65), (1, 0): YearCell(771.6, "①"), (1, 1): YearCell("＞1000", "②")}
BLOCK = YearBlock("统计口径：甲", ("北京", "杭州"), ("2021", "2022"), CELLS, decimals=2)
GUIDE = Guide("说明", "标题", (("数据版本", "r7"),), (("工作表", (("成交额", "3 个数"),)),), mark="r7 & 内部")


def sheet(name: str = "成交额") -> Worksheet:
    own = YearSheet("成交额", "技术合同成交额", "单位：亿元", "地区", (BLOCK,), ("① 推算数。", "=1+1"))
    return load_workbook(BytesIO(year_tables([own], guide=GUIDE)))[name]


def test_numbers_stay_numbers_with_their_mark_shown_behind_them():
    page = sheet()
    assert [page["B5"].value, page["B5"].number_format] == [7005.65, "#,##0.00"]
    assert [page["B6"].value, page["B6"].number_format] == [771.6, '#,##0.00"①"']


def test_a_bound_is_a_text_and_an_absent_figure_an_empty_cell():
    page = sheet()
    assert (page["C6"].value, page["C5"].value) == ("＞1000②", None)


def test_title_unit_and_basis_stand_above_and_notes_below():
    page = sheet()
    assert [page[f"A{row}"].value for row in (1, 2, 3, 4, 8, 9)] == [
        *("技术合同成交额", "单位：亿元", "统计口径：甲", "地区", "① 推算数。", "=1+1"),
    ]
    assert page["A9"].data_type == "s"


def test_the_guide_leads_to_the_sheets_and_every_page_bears_the_mark():
    guide = sheet("说明")
    link = next(cell for row in guide.iter_rows() for cell in row if cell.value == "成交额")
    assert link.hyperlink.location == "'成交额'!A1"
    assert sheet().oddFooter.left.text == "r7 && 内部"
