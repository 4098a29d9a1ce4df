"""The annotated copy: the analyst's workbook as it was, its problems marked and listed."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from indicators.errors import Invalid
from indicators.workbook.annotate import MOST_COMMENTS, Remark, Words, annotate_safely, annotated
from indicators.workbook.files import read_workbook
from tests.workbook.test_files import repacked
from tests.workbook.written import CONTRACTS, contract_table, saved

FILES = Path(__file__).parent / "files"
WORDS = Words(
    sheet="问题清单",
    title="问题清单：技术合同",
    headings=("级别", "工作表", "单元格", "问题", "怎样处理"),
    severities={"error": "错误", "warning": "警告", "note": "说明"},
    author="科技成果转化统计指标看板",
)
DOUBT = Remark("warning", "成交额", "D4", "与上一年相差较大。", "请核对原始资料。")
WRONG = Remark("error", "成交额", "D4", "单位与目录不一致。", "请改单位，或改数值。")
HEADLINE = Remark("note", "成交额", "C1", "标题没有写年份。", "请补上年份。")
WHOLE = Remark("note", "成交额", "", "表中有隐藏的行。", "请确认这些行也要读入。")
RED, AMBER, BLUE = "00F8CBC6", "00FFE6A8", "00D6E6F5"
SOURCES = {
    "contracts.xlsx": saved(contract_table()),
    "contracts.csv": "\n".join(",".join(str(cell or "") for cell in row) for row in CONTRACTS).encode(),
    **{name: (FILES / name).read_bytes() for name in ("contracts.xls", "contracts.ods", "default-password.xlsx")},
}


def opened(content: bytes, name: str = "技术合同.xlsx", *remarks: Remark):
    return load_workbook(BytesIO(annotated(content, name, remarks, WORDS)), rich_text=True)


def listed(book) -> list[tuple]:
    return [tuple(cell or "" for cell in row) for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)]


def links(book) -> dict[str, str]:
    return {cell.coordinate: cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink}


def fill(cell) -> str:
    return cell.fill.fgColor.rgb


def as_read(sheet):
    """What a sheet says, whatever order its merged cells are told in."""
    return replace(sheet, merged=frozenset(sheet.merged))


def calculated(content: bytes, results: dict[str, bytes]) -> bytes:
    """The file as a spreadsheet would have saved it: the formulas of its first sheet with their results."""
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    for cell, result in results.items():
        before, start, after = part.partition(b'<c r="' + cell.encode() + b'"')
        assert start
        part = before + start + after.replace(b"<v></v>", b"<v>" + result + b"</v>", 1)
    return repacked(content, {"xl/worksheets/sheet1.xml": part})


def with_external_link(content: bytes) -> bytes:
    """The file with a part that marks a link to another workbook, as Excel leaves it."""
    return repacked(content, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


@pytest.mark.parametrize("name", SOURCES)
def test_the_copy_reads_as_the_original(name):
    before = read_workbook(SOURCES[name], name)
    sheet = before.sheets[0].name
    copy = annotate_safely(SOURCES[name], name, [replace(DOUBT, sheet=sheet), replace(HEADLINE, sheet=sheet)], WORDS)
    after = read_workbook(copy, "技术合同.xlsx")
    assert after.sheets[0].name == "问题清单"
    assert [as_read(sheet) for sheet in after.sheets[1:]] == [as_read(sheet) for sheet in before.sheets]


@pytest.mark.parametrize("name", SOURCES)
def test_a_problem_is_marked_in_every_format(name):
    sheet = read_workbook(SOURCES[name], name).sheets[0].name
    book = opened(SOURCES[name], name, replace(WRONG, sheet=sheet))
    cell = book[sheet]["D4"]
    assert fill(cell) == RED
    assert cell.comment.text == "科技成果转化统计指标看板:\n[错误] 单位与目录不一致。\n请改单位，或改数值。"
    assert links(book) == {"C3": f"'{sheet}'!D4"}


def test_several_problems_of_a_cell_share_a_comment_and_the_worst_gives_the_colour():
    cell = opened(SOURCES["contracts.xlsx"], "表.xlsx", DOUBT, WRONG)["成交额"]["D4"]
    assert fill(cell) == RED
    assert cell.comment.text == (
        "科技成果转化统计指标看板:\n[错误] 单位与目录不一致。\n请改单位，或改数值。\n"
        "[警告] 与上一年相差较大。\n请核对原始资料。"
    )


@pytest.mark.parametrize(("severity", "colour"), [("error", RED), ("warning", AMBER), ("note", BLUE)])
def test_each_severity_has_its_colour_in_the_cell_and_in_the_list(severity, colour):
    book = opened(SOURCES["contracts.xlsx"], "表.xlsx", replace(DOUBT, severity=severity))
    assert [fill(book["成交额"]["D4"]), fill(book["问题清单"]["A3"])] == [colour, colour]


@pytest.mark.parametrize("name", ["contracts.xlsx", "contracts.xls"])
def test_a_problem_inside_a_merged_area_stands_at_its_first_cell(name):
    page = opened(SOURCES[name], name, HEADLINE)["成交额"]
    assert fill(page["A1"]) == BLUE
    assert "标题没有写年份。" in page["A1"].comment.text
    assert page["C1"].comment is None


def test_the_analysts_own_comment_stays_above_ours():
    book = contract_table()
    book["成交额"]["D4"].comment = Comment("数据来自年鉴", "王老师")
    book["成交额"]["C4"].comment = Comment("快报数", "王老师")
    page = opened(saved(book), "表.xlsx", DOUBT)["成交额"]
    assert (
        page["D4"].comment.text
        == "数据来自年鉴\n\n科技成果转化统计指标看板:\n[警告] 与上一年相差较大。\n请核对原始资料。"
    )
    assert [page["D4"].comment.author, page["C4"].comment.text] == ["王老师", "快报数"]


def test_a_comment_is_as_high_as_its_text():
    long = replace(DOUBT, message="与上一年相差较大。" * 20)
    with ZipFile(BytesIO(annotated(SOURCES["contracts.xlsx"], "表.xlsx", [long], WORDS))) as archive:
        drawing = next(archive.read(part) for part in archive.namelist() if part.endswith(".vml"))
    assert b"width:320px" in drawing
    assert b"height:198px" in drawing  # author 1, message 8 and suggestion 1 lines, and one of margin


def test_a_row_of_the_list_is_as_high_as_its_text():
    book = opened(SOURCES["contracts.xlsx"], "表.xlsx", WRONG, replace(DOUBT, message="与上一年相差较大。" * 10))
    assert [book.worksheets[0].row_dimensions[row].height for row in (3, 4)] == [16, 48]


def test_the_list_goes_from_errors_to_notes_in_the_order_of_the_sheets():
    book = contract_table()
    book.create_sheet("A")["A1"] = 4825.91
    elsewhere = Remark("warning", "A", "A1", "没有单位。", "请补上单位。")
    earlier = replace(DOUBT, cell="B10")
    later = replace(DOUBT, cell="A11")
    copy = opened(saved(book), "表.xlsx", WHOLE, elsewhere, later, earlier, HEADLINE, WRONG)
    assert [row[:3] for row in listed(copy)] == [
        ("错误", "成交额", "D4"),
        ("警告", "成交额", "B10"),
        ("警告", "成交额", "A11"),
        ("警告", "A", "A1"),
        ("说明", "成交额", ""),
        ("说明", "成交额", "C1"),
    ]


def test_the_list_says_everything_and_is_what_opens():
    book = opened(SOURCES["contracts.xlsx"], "表.xlsx", DOUBT)
    page = book.worksheets[0]
    assert [page["A1"].value, tuple(cell.value for cell in page[2])] == [WORDS.title, WORDS.headings]
    assert listed(book) == [("警告", "成交额", "D4", "与上一年相差较大。", "请核对原始资料。")]
    assert [page.freeze_panes, page.auto_filter.ref, page["D3"].alignment.wrap_text] == ["A3", "A2:E3", True]
    assert book.active is page
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["问题清单"]


def test_a_remark_on_a_whole_sheet_links_to_its_beginning_and_marks_no_cell():
    book = opened(SOURCES["contracts.xlsx"], "表.xlsx", WHOLE)
    assert links(book) == {"B3": "'成交额'!A1"}
    assert all(cell.comment is None for row in book["成交额"] for cell in row)


def test_a_remark_on_a_sheet_that_is_not_there_is_only_listed():
    book = opened(SOURCES["contracts.xlsx"], "表.xlsx", replace(DOUBT, sheet="图1"))
    assert [listed(book)[0][:3], links(book)] == [("警告", "图1", "D4"), {}]


def test_a_link_finds_a_sheet_with_spaces_and_quotes():
    book = contract_table()
    book["成交额"].title = "Xi'an 2024 年"
    copy = opened(saved(book), "表.xlsx", replace(DOUBT, sheet="Xi'an 2024 年"))
    assert links(copy) == {"C3": "'Xi''an 2024 年'!D4"}


def test_the_list_takes_a_free_name():
    book = contract_table()
    book["辅助"].title = "问题清单"
    assert opened(saved(book), "表.xlsx", DOUBT).sheetnames == ["问题清单 (2)", "成交额", "问题清单"]


@pytest.mark.parametrize("name", ["contracts.xlsx", "contracts.xls"])
def test_what_was_hidden_stays_hidden(name):
    book = opened(SOURCES[name], name, DOUBT)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    assert book["成交额"].row_dimensions[5].hidden
    assert book["成交额"].column_dimensions["B"].hidden


def test_an_xlsx_keeps_formulas_with_their_results_styles_widths_and_charts():
    book = contract_table()
    page = book["成交额"]
    page["E6"] = "=D6-C6"
    page["A6"].font = Font(bold=True)
    page["A4"].value = CellRichText("北", TextBlock(InlineFont(b=True), "京"))
    page.column_dimensions["A"].width = 33
    chart = BarChart()
    chart.add_data(Reference(page, min_col=4, min_row=3, max_row=6), titles_from_data=True)
    page.add_chart(chart, "G2")
    content = calculated(saved(book), {"E6": b"707.45"})
    copy = annotated(content, "表.xlsx", [WRONG], WORDS)
    kept = load_workbook(BytesIO(copy), rich_text=True)["成交额"]
    assert [kept["E6"].value, kept["A6"].font.bold, kept.column_dimensions["A"].width] == ["=D6-C6", True, 33]
    assert [type(kept["A4"].value), len(kept._charts)] == [CellRichText, 1]
    assert read_workbook(copy, "表.xlsx").sheets[1].rows[5][4] == 707.45


def test_results_of_every_kind_come_back():
    book = contract_table()
    page = book["成交额"]
    for cell in ("E3", "E4", "E5", "E6", "E7"):
        page[cell] = "=1"
    page["E5"].number_format = "yyyy-mm-dd"
    content = saved(book)
    results = {"E3": b"2024\xe5\xb9\xb4", "E4": b"1", "E5": b"45657", "E6": b"#DIV/0!"}
    content = calculated(content, results)
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    for cell, kind in {b"E3": b"str", b"E4": b"b", b"E6": b"e"}.items():
        part = part.replace(b'<c r="' + cell + b'"', b'<c r="' + cell + b'" t="' + kind + b'"')
    content = repacked(content, {"xl/worksheets/sheet1.xml": part})
    before = read_workbook(content, "表.xlsx").sheets[0]
    assert [row[4] for row in before.rows][2:5] == ["2024年", True, date(2024, 12, 31)]
    after = read_workbook(annotated(content, "表.xlsx", [WRONG], WORDS), "表.xlsx").sheets[1]
    assert as_read(after) == as_read(before)
    assert [after.errors, after.uncalculated] == [{(5, 4): "#DIV/0!"}, {(6, 4)}]


@pytest.mark.parametrize(
    "formula",
    ["=[1]Sheet1!A1*2", "='[1]年鉴 2024'!D6", "='C:\\data\\[年鉴.xlsx]Sheet1'!D6", "=cmd|' /C calc'!A0", "=合计+1"],
)
def test_a_formula_that_reaches_elsewhere_becomes_its_result(formula):
    book = contract_table()
    book["成交额"]["E6"] = formula
    book.defined_names["合计"] = DefinedName("合计", attr_text="[1]Sheet1!$A$1")
    content = with_external_link(calculated(saved(book), {"E6": b"4825.91"}))
    copy = opened(content, "表.xlsx", DOUBT)
    assert copy["成交额"]["E6"].value == 4825.91
    assert "合计" not in copy.defined_names


@pytest.mark.parametrize("formula", ['=D6&"[亿元]|"', "=SUM(成交[[#This Row],[2023年]:[2024年]])", "=辅助!A1"])
def test_a_formula_that_stays_in_the_workbook_stays(formula):
    book = contract_table()
    book["成交额"]["E6"] = formula
    assert opened(saved(book), "表.xlsx", DOUBT)["成交额"]["E6"].value == formula


def test_a_text_like_a_formula_stays_text():
    content = "地区,2024年\n=cmd|' /C calc'!A0,+1\n陕西,4825.91\n".encode()
    page = opened(content, "表.csv", Remark("error", "CSV", "A2", "=1+1", "@请改"))
    assert [(page["CSV"][cell].value, page["CSV"][cell].data_type) for cell in ("A2", "B2")] == [
        ("=cmd|' /C calc'!A0", "s"),
        ("+1", "s"),
    ]
    assert [page["问题清单"][cell].data_type for cell in ("D3", "E3")] == ["s", "s"]


def test_a_value_that_lies_below_a_merged_cell_is_not_lost():
    content = saved(contract_table())
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    changed = part.replace(b'</c></row><row r="2">', b'</c><c r="B1"><v>4825.91</v></c></row><row r="2">')
    content = repacked(content, {"xl/worksheets/sheet1.xml": changed})
    before = read_workbook(content, "表.xlsx").sheets[0]
    assert before.rows[0][1] == 4825.91
    after = read_workbook(annotated(content, "表.xlsx", [HEADLINE], WORDS), "表.xlsx").sheets[1]
    assert as_read(after) == as_read(before)


def test_characters_that_no_file_may_hold_are_left_out():
    remark = replace(DOUBT, message="读到“48\x0025\ufffe”。")
    book = opened("地区\ufffe,2024年\n陕西,4825.91\n".encode(), "表.csv", replace(remark, sheet="CSV", cell="B2"))
    assert book["CSV"]["A1"].value == "地区"
    assert "读到“4825”。" in book["CSV"]["B2"].comment.text
    assert book["问题清单"]["D3"].value == "读到“4825”。"


def test_beyond_the_limit_cells_are_filled_and_listed_but_not_commented():
    book = contract_table()
    places = [f"{letter}{row}" for row in range(8, 608) for letter in "ABCD"]
    for place in places:
        book["成交额"][place] = 4825.91
    copy = opened(saved(book), "表.xlsx", *(replace(DOUBT, cell=place) for place in places))
    page = copy["成交额"]
    assert [row[2] for row in listed(copy)] == places
    assert {fill(page[place]) for place in places} == {AMBER}
    assert [place for place in places if page[place].comment] == places[:MOST_COMMENTS]


def test_a_file_that_cannot_be_read_is_refused_with_its_name():
    with pytest.raises(Invalid) as refused:
        annotate_safely(b"PK\x03\x04 cut short", "技术合同.xlsx", [], WORDS)
    assert [refused.value.code, refused.value.details["file"]] == ["workbook.corrupt", "技术合同.xlsx"]
