"""What is carried away equals what the store holds; every file is opened again."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from indicators.model.selection import Selection, in_reading_order
from indicators.tasks.browse import Edition
from indicators.tasks.export import Export
from indicators.tasks.export_figures import exported, file_name
from tests import real

EDITION = Edition(real.catalogue(), 7, datetime(2025, 1, 2, tzinfo=UTC), real.FOCUS)
INTERNAL = "内部研究资料 请勿外传"


def export(language: str = "zh", **codes: str) -> Export:
    """Figures with these codes, in reading order."""
    figures = real.figures()
    own = figures[(figures[list(codes)] == list(codes.values())).all(axis=1)]
    selection = Selection.model_validate({f"{column}s": (code,) for column, code in codes.items()})
    return Export(in_reading_order(own, real.catalogue()), EDITION, selection, language)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def shown(book: Workbook, sheet: str) -> list[str]:
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def test_a_csv_begins_with_the_mark_that_excel_needs_and_holds_every_number_as_stored():
    own = export(indicator="rd_expenditure")
    content = exported(own, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert [float(row["数值"]) for row in rows(content)] == own.observations["value"].to_list()
    assert {row["数据版本"] for row in rows(content)} == {"r7"}


def test_a_csv_runs_no_formula_in_a_spreadsheet_and_leaves_signs_as_they_are():
    own = export(indicator="contract_count", source="brief-2023-01")
    spoilt = own.observations.assign(printed="=HYPERLINK(1)", note="@x")
    (first, *_) = rows(exported(Export(spoilt, EDITION, Selection(), "zh"), "csv"))
    assert (first["原文"], first["说明"], first["限定代码"]) == ("'=HYPERLINK(1)", "'@x", ">")


def test_a_missing_number_is_empty_and_its_printed_words_stay():
    (row,) = rows(exported(export(indicator="projects_landed"), "csv"))
    assert (row["数值"], row["原文"]) == ("", "十几个重点项目")


def test_a_list_holds_numbers_as_numbers_in_the_units_of_the_store():
    own = export("en", indicator="rd_intensity", region="610000")
    sheet = opened(exported(own, "list"))["Figures"]
    head, *lines = sheet.iter_rows(values_only=True)
    place = head.index("Value")
    assert [line[place] for line in lines] == own.observations["value"].to_list()
    assert {line[head.index("Unit")] for line in lines} == {"percent"}


def test_a_list_keeps_a_text_like_a_formula_as_a_text():
    spoilt = export(indicator="gii_rank").observations.assign(printed="=1+1")
    sheet = opened(exported(Export(spoilt, EDITION, Selection(), "zh"), "list"))["数据"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_first_sheet_says_which_revision_how_chosen_and_from_which_sources():
    told = shown(opened(exported(export(indicator="contract_value", region="610000", source="s02"), "list")), "说明")
    assert "数据版本 r7（2025-01-02）· 秦创原战略研究院" in told
    assert told[told.index("指标") + 1] == "技术合同成交额"
    assert told[told.index("地区") + 1] == "陕西"
    assert "国家数据：分省技术市场成交额" in told
    assert INTERNAL not in told


@pytest.mark.parametrize("kind", ["list", "tables"])
def test_a_file_with_internal_figures_says_so_and_is_named_so(kind):
    own = export(region="310000", source="brief-2023-01")
    assert INTERNAL in shown(opened(exported(own, kind)), "说明")
    assert "内部" in file_name(own, kind)
    assert "内部" not in file_name(export(indicator="gdp"), kind)


def table(own: Export, sheet: str) -> list[list[object]]:
    return [list(row) for row in opened(exported(own, "tables"))[sheet].iter_rows(values_only=True)]


def test_yearbook_layout_has_regions_down_and_years_across():
    own = export(indicator="contract_value", source="s02")
    few = own.observations[
        own.observations["region"].isin(["110000", "610000"]) & (own.observations["period"] > "2022")
    ]
    title, unit, basis, head, *lines = table(Export(few, EDITION, Selection(), "zh"), "技术合同成交额")
    assert (title[0], unit[0], basis[0]) == ("技术合同成交额", "单位：亿元", "统计口径：输出（卖方所在地）")
    assert head[:3] == ["地区", "2023", "2024"]
    assert [line[:3] for line in lines[:2]] == [["北京", 8536.94, 9153.26], ["陕西", 4118.46, 4825.91]]


def test_a_bound_is_no_number_and_a_target_has_a_column_of_its_own():
    lines = table(export(indicator="contract_value", source="brief-2023-01"), "技术合同成交额")
    announced = next(n for n, line in enumerate(lines) if line[0] == "统计口径：公布数（口径未说明）")
    head, *places = lines[announced + 1 : announced + 4]
    assert head[:5] == ["地区", "2017", "2021", "2022", "2025 目标"]
    assert places[0][0] == "重庆"
    assert places[0][4] == 1100
    assert places[1][2] == 771.6
    assert str(places[1][3]).startswith("＞1000")


def test_footnotes_tell_the_status_and_what_another_source_gives():
    own = export(indicator="contract_value", region="110000")
    both = own.observations[own.observations["period"] == "2021"]
    lines = table(Export(both, EDITION, Selection(), "zh"), "技术合同成交额")
    assert lines[4][:2] == ["北京", 7005.65]
    assert any("另一来源“《秦创原战略研究院工作简报》" in str(line[0]) and "7005.7" in str(line[0]) for line in lines)
    derived = table(
        export(indicator="income_share_department"), real.catalogue().indicators["income_share_department"].short_zh
    )
    assert any(str(line[0]).startswith("① 推算数") for line in derived)


def test_every_exact_number_of_a_selection_stands_in_yearbook_layout():
    own = export(source="brief-2023-01")
    book = opened(exported(own, "tables"))
    numbers = sorted(
        cell.value
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    )
    exact = own.observations[(own.observations["qualifier"] == "=") & own.observations["value"].notna()]
    assert numbers == sorted(exact["value"])


def test_the_english_workbook_speaks_english():
    told = shown(opened(exported(export("en", indicator="gdp", source="s09"), "tables")), "About")
    assert "Indicator figures: about this file" in told
    assert pd.Series(told).str.contains("[\u4e00-\u9fff]").sum() == 0
