"""The workbook for analysts: what it holds comes back from the reader as it stood. All figures are those of data/."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from indicators.errors import NotFound
from indicators.model.catalogue import Language
from indicators.store.connection import Store, open_store
from indicators.tasks.make_template import make_template, template_words
from indicators.workbook.files import read_workbook
from indicators.workbook.interpret import Reading, interpret
from indicators.workbook.template import template
from tests.real import catalogue, figures

SAID = ["indicator", "region", "subject", "period", "basis", "value", "qualifier", "status", "unit"]


@pytest.fixture(scope="module")
def store(loaded_file: Path) -> Iterator[Store]:
    """The store whose revision 1 is data/; only read."""
    opened = open_store(f"sqlite:///{loaded_file}")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def contents(store: Store) -> dict[Language, bytes]:
    """The workbook of all indicators in both languages."""
    return {"zh": make_template(store, revision=1), "en": make_template(store, revision=1, language="en")}


@pytest.fixture(scope="module")
def book(contents: dict[Language, bytes]) -> openpyxl.Workbook:
    """The Chinese one as a spreadsheet program opens it."""
    return opened(contents["zh"])


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def read_back(content: bytes) -> Reading:
    return interpret(read_workbook(content, "模板.xlsx"), catalogue())


def held(*indicators: str) -> Counter:
    """Every observation of data/ that has a value, as often as it stands there."""
    own = figures()[figures()["value"].notna()]
    chosen = own[own["indicator"].isin(indicators)] if indicators else own
    return Counter(chosen[SAID].itertuples(index=False, name=None))


def said(reading: Reading) -> Counter:
    said = (observed._replace(status=observed.status or "actual") for observed in reading.observations)
    return Counter(tuple(getattr(observed, name) for name in SAID) for observed in said)


def grids(book: openpyxl.Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title not in ("说明", "明细", "选项")]


def heading_row(sheet: Worksheet) -> int:
    return next(row for row in (3, 4) if sheet.cell(row, 1).value == "地区")


def of_contract_value(*, this_year: int) -> Worksheet:
    """The sheet of technology contract value by seller, made in a year."""
    own = figures()[figures()["indicator"] == "contract_value"]
    words = template_words(catalogue(), ["contract_value"], ["r1"], "zh")
    content = template(own, catalogue(), indicators=["contract_value"], words=words, language="zh", this_year=this_year)
    return opened(content).worksheets[1]


def headings(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[heading_row(sheet)]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_comes_back_once_and_as_it_stood(contents, language: Language):
    reading = read_back(contents[language])
    assert said(reading) == held()
    apart = ("sheet.no_table", "cell.comment")  # whose comments they are is judged with the figures that hold
    assert [p for p in reading.problems if p.severity != "note" and p.code not in apart] == []


def test_sources_of_the_list_come_back(contents):
    listed = [observed for observed in read_back(contents["zh"]).observations if observed.sheet == "明细"]
    sourced = Counter((o.indicator, o.region, o.subject, o.period, o.value, o.source) for o in listed)
    columns = ["indicator", "region", "subject", "period", "value", "source"]
    assert sourced <= Counter(figures()[columns].itertuples(index=False, name=None))
    assert {"brief-2023-01", "s23"} <= {observed.source for observed in listed}


def test_one_indicator_brings_its_own_sheets_only(store):
    content = make_template(store, revision=1, indicators=["contract_value"])
    assert opened(content).sheetnames == [
        "说明",
        "技术合同成交额 输出（卖方所在地）",
        "技术合同成交额 公布数（口径未说明）",
        "明细",
        "选项",
    ]
    assert said(read_back(content)) == held("contract_value")


def test_an_indicator_or_revision_that_is_not_there_is_named(store):
    with pytest.raises(NotFound, match=r"unknown\.indicator"):
        make_template(store, revision=1, indicators=["contract_valu"])
    with pytest.raises(NotFound, match="revision"):
        make_template(store, revision=9)


def test_a_grid_names_indicator_unit_and_basis_above_regions_by_years(book):
    sheet = book["技术合同成交额 输出（卖方所在地）"]
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [
        "技术合同成交额",
        "单位：亿元",
        "统计口径：输出（卖方所在地）",
        "地区",
        "全国",
    ]
    regions = [sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)]
    assert regions[1:32] == [catalogue().regions[code].name_zh for code in catalogue().provinces]
    shaanxi = 5 + regions.index("陕西省")
    assert sheet.cell(shaanxi, headings(sheet).index("2024年") + 1).value == 4825.91


def test_a_table_of_countries_has_no_provinces(book):
    names = [cell.value for cell in book["R&D占GDP（国际）"]["A"]]
    assert names[3] == "全国"
    assert "德国" in names
    assert "陕西省" not in names


def test_the_year_after_the_last_is_an_empty_column_unless_it_lies_ahead():
    assert headings(of_contract_value(this_year=2026))[-1] == "2025年"
    assert headings(of_contract_value(this_year=2024))[-1] == "2024年"
    after = of_contract_value(this_year=2026)
    assert {after.cell(row, after.max_column).value for row in range(5, after.max_row + 1)} == {None}


def test_headings_are_locked_and_values_are_not(book):
    for sheet in grids(book):
        top = heading_row(sheet)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        locked = [sheet.cell(1, 1), sheet.cell(2, 1), *sheet[top], sheet.cell(top + 1, 1)]
        assert all(cell.protection.locked for cell in locked)
        values = sheet.iter_rows(min_row=top + 1, min_col=2)
        assert not any(cell.protection.locked for row in values for cell in row)
        assert sheet.freeze_panes == f"B{top + 1}"


def test_grids_take_numbers_only(book):
    for sheet in grids(book):
        (rule,) = sheet.data_validations.dataValidation
        last = sheet.cell(sheet.max_row, sheet.max_column).coordinate
        assert (rule.type, str(rule.sqref)) == ("decimal", f"B{heading_row(sheet) + 1}:{last}")
        assert (rule.errorTitle, rule.showErrorMessage) == ("这里只填数字", True)


def test_the_list_offers_what_the_catalogue_has(book):
    sheet = book["明细"]
    rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
    by_heading = {sheet[f"{letter}1"].value: rule for letter, rule in rules.items()}
    assert {name for name, rule in by_heading.items() if rule.type == "list"} == {
        *("指标", "地区", "主体", "统计口径", "单位", "限定", "状态", "来源")
    }
    assert by_heading["数值"].type == "decimal"
    assert {name for name, rule in by_heading.items() if rule.errorStyle == "warning"} == {
        *("指标", "地区", "主体", "统计口径", "单位", "来源")
    }
    assert options(book, by_heading["限定"].formula1) == ["=", ">", ">=", "<", "<=", "~", "<~"]
    assert options(book, by_heading["地区"].formula1)[:2] == ["全国", "北京市"]
    assert len(options(book, by_heading["指标"].formula1)) == len(catalogue().indicators)


def options(book: openpyxl.Workbook, name: str) -> list[object]:
    """The cells of a defined range."""
    ((sheet, cells),) = book.defined_names[name].destinations
    return [row[0].value for row in book[sheet][cells]]


def test_the_list_has_room_for_two_hundred_more(book):
    sheet = book["明细"]
    indicators = [cell.value for cell in sheet["B"]]
    assert indicators[-200:] == [None] * 200
    assert None not in indicators[:-200]
    assert not any(cell.protection.locked for cell in sheet[sheet.max_row][1:])
    assert str(sheet.data_validations.dataValidation[0].sqref).endswith(f"{sheet.max_row}")


def test_no_cell_is_a_formula(book):
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    assert not any(cell.data_type == "f" for cell in cells)


def test_no_digit_of_a_figure_is_hidden(book):
    for sheet in grids(book):
        for row in sheet.iter_rows(min_row=heading_row(sheet) + 1, min_col=2):
            for cell in row:
                if cell.value is not None:
                    exponent = Decimal(repr(float(cell.value))).normalize().as_tuple().exponent
                    assert len(cell.number_format.partition(".")[2]) >= -exponent, (sheet.title, cell.coordinate)


def test_sheet_names_keep_the_rules_of_spreadsheets(contents):
    for content in contents.values():
        names = opened(content).sheetnames
        assert len({name.casefold() for name in names}) == len(names)
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_guide_leads_to_every_sheet(book):
    links = [cell.hyperlink.location for row in book["说明"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in [*(sheet.title for sheet in grids(book)), "明细"]]


def test_a_note_stands_at_its_figure_and_one_of_many_figures_at_the_title(book):
    research = book["基础研究经费"]
    assert [cell.coordinate for row in research.iter_rows() for cell in row if cell.comment] == ["A1"]
    assert research["A1"].comment.text == "这张表有 448 个数附注：原单位万元，已换算为亿元"
    population = book["年末常住人口 七普修订后"]
    assert population["B5"].comment.text == "含现役军人，比31省之和大"


def test_internal_figures_mark_every_page(store, book):
    assert all("内部研究资料 请勿外传" in sheet.oddHeader.right.text for sheet in grids(book))
    public = opened(make_template(store, revision=1, indicators=["fiscal_science"]))
    assert not any("内部" in (sheet.oddHeader.right.text or "") for sheet in public.worksheets)
