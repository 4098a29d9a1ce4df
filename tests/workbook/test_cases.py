"""Workbooks nobody prepared: layouts, cells, places, years and units as people type them, drawn and as real files."""

from dataclasses import replace

import pytest
from openpyxl import Workbook as ExcelFile
from openpyxl.cell import Cell

from indicators.workbook.files import read_workbook
from indicators.workbook.grid import Workbook
from indicators.workbook.interpret import Reading, interpret
from tests.real import catalogue, figures
from tests.workbook.cases import Case, cases, said
from tests.workbook.cases.oddities import REGIONS, UNITS, VALUES, YEARS, Oddity
from tests.workbook.drawn import workbook
from tests.workbook.written import saved

LAYOUTS = cases("layouts.txt")


@pytest.mark.parametrize("case", LAYOUTS, ids=str)
def test_a_layout_says_what_it_says(case: Case):
    assert said(interpret(case.book, catalogue())) == case.says


def test_the_same_layouts_as_sheets_of_a_file():
    book = as_read([case.book for case in LAYOUTS])
    for case, sheet in zip(LAYOUTS, book.sheets, strict=True):
        alone = Workbook(case.file, "xlsx", (replace(sheet, name=case.sheet),))
        assert said(interpret(alone, catalogue())) == case.says, case.name


def as_read(books: list[Workbook]) -> Workbook:
    """Drawn workbooks as sheets of one file, written and read again."""
    file = ExcelFile()
    file.remove(file.active)
    for number, book in enumerate(books):
        sheet = file.create_sheet(f"{number}")
        for row, cells in enumerate(book.sheets[0].rows, start=1):
            for column, cell in enumerate(cells, start=1):
                put(sheet.cell(row, column), cell)
        for area in book.sheets[0].merged:
            sheet.merge_cells(
                None, *(i + 1 for i in (area.first_row, area.first_column, area.last_row, area.last_column))
            )
    return read_workbook(saved(file), "表.xlsx")


def put(cell: Cell, value: object) -> None:
    """Write a value; a text stays a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def contract_values() -> list[tuple[str, str, float]]:
    """Region, year and value of technology contracts, of four digits before the point, as the yearbook prints them."""
    own = figures().query("indicator == 'contract_value' and source == 's02' and value >= 1000 and value < 10000")
    own = own[own["value"].round(2) != own["value"].round(0)]
    return list(own[["region", "period", "value"]].itertuples(index=False, name=None))


def read_values(oddities: list[Oddity]) -> tuple[Reading, list[tuple[str, str, float]]]:
    """A list of real figures, the n-th typed in the n-th way, through a file."""
    real = contract_values()[: len(oddities)]
    assert len(real) == len(oddities)
    file = ExcelFile()
    file.active.append(["地区", "年份", "技术合同成交额（亿元）"])
    for (region, year, value), oddity in zip(real, oddities, strict=True):
        file.active.append([region, int(year), None])
        put(file.active.cell(file.active.max_row, 3), oddity.typed(value))
    return interpret(read_workbook(saved(file), "表.xlsx"), catalogue()), real


def test_a_figure_however_typed():
    assert len(VALUES) >= 60
    reading, real = read_values(VALUES)
    values = {o.cell: (o.region, o.period, o.value, o.qualifier) for o in reading.observations}
    problems = {p.cell: p.code for p in reading.problems if p.severity != "note"}
    for row, (oddity, (region, year, value)) in enumerate(zip(VALUES, real, strict=True), start=2):
        cell = f"C{row}"
        if oddity.reads == "missing":
            assert cell not in values, oddity.name
        elif "." in oddity.reads:
            assert problems.pop(cell, None) == oddity.reads, oddity.name
        else:
            assert values[cell] == (region, year, pytest.approx(value, rel=1e-12), oddity.reads), oddity.name
    assert set(problems.values()) <= {"unit.other"}


@pytest.mark.parametrize(("typed", "region"), REGIONS)
def test_a_place_however_typed(typed, region):
    reading = interpret(workbook(f'2023年技术合同成交额（亿元）\n地区 | 成交额\n"{typed}" | 4118.46'), catalogue())
    assert [(o.region, o.value) for o in reading.observations] == [(region, 4118.46)]
    assert reading.problems == ()


@pytest.mark.parametrize("typed", YEARS)
def test_a_year_however_typed(typed):
    heading = f'"{typed}"' if isinstance(typed, str) else typed
    reading = interpret(workbook(f"技术合同成交额（亿元）\n地区 | {heading}\n陕西 | 4118.46"), catalogue())
    assert [(o.period, o.value, o.status or "actual") for o in reading.observations] == [("2023", 4118.46, "actual")]
    assert reading.problems == ()


@pytest.mark.parametrize(("typed", "factor"), UNITS)
def test_a_unit_however_typed(typed, factor):
    value = round(4118.46 * factor, 2)
    reading = interpret(workbook(f"2023年\n地区 | 技术合同成交额{typed}\n陕西 | {value}"), catalogue())
    assert [(o.indicator, o.value, o.unit) for o in reading.observations] == [("contract_value", 4118.46, "亿元")]
    assert {p.code for p in reading.problems} <= {"unit.converted"}
