"""What becomes of a file's doubts when its figures are set against those that hold. All figures are those of data/."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators.store.connection import Store, open_store
from tests.real import catalogue, figures
from tests.tasks.uploads import draft
from tests.workbook.test_files import FILES
from tests.workbook.written import saved, written


@pytest.fixture(scope="module")
def store(data_file: Path) -> Iterator[Store]:
    """The store whose revision 1 is data/; only read."""
    opened = open_store(f"sqlite:///{data_file}")
    yield opened
    opened.engine.dispose()


def research_with_total(total: float) -> bytes:
    """R&D expenditure of all provinces in 2023 with a row of their total."""
    own = figures().query("indicator == 'rd_expenditure' and period == '2023'").set_index("region")["value"]
    rows = [[catalogue().regions[code].short_zh, float(own[code])] for code in catalogue().provinces]
    return saved(written([["各地区R&D经费（亿元）"], ["地区", "2023年"], ["合计", total], *rows]))


def test_a_total_that_only_repeats_the_nations_figure_raises_no_doubt(store):
    made = draft(store, research_with_total(33357.1), "经费.xlsx")
    assert [problem for problem in made.problems if problem.severity != "note"] == []
    assert made.changes.count == 0


def test_a_total_that_would_change_the_nations_figure_is_doubtful(store):
    made = draft(store, research_with_total(33356.8), "经费.xlsx")
    assert "region.of_total" in {problem.code for problem in made.problems if problem.severity == "warning"}
    assert made.changes.count == 1


def test_a_total_is_doubtful_only_where_it_changes_the_indicator_that_it_is_of(store):
    """Beside a total that repeats the nation's R&D expenditure stand contracts in which the nation's figure changes."""
    book = load_workbook(BytesIO(research_with_total(33357.1)))
    for row in ([], ["全国技术合同成交额（亿元）"], ["地区", "2023年"], ["全国", 61475.7], ["陕西", 4118.46]):
        book.active.append(row)
    made = draft(store, saved(book), "经费.xlsx")
    assert made.changes.count == 1
    assert "region.of_total" not in {problem.code for problem in made.problems if problem.severity == "warning"}


def test_percents_of_an_xlsb_are_read_as_they_are_shown(store):
    made = draft(store, (FILES / "intensity.xlsb").read_bytes(), "intensity.xlsb")
    assert [(o.value, o.unit) for o in made.reading.observations] == [
        (2.58, "%"),
        (2.69, "%"),
        (2.49, "%"),
        (2.61, "%"),
        (3.99, "%"),
    ]


def test_a_number_that_no_statistics_reach_is_an_error_and_changes_nothing(store):
    made = draft(
        store, saved(written([["技术合同成交额（亿元）"], ["地区", "2024年"], ["陕西", 1e300]])), "成交额.xlsx"
    )
    assert [(p.code, p.cell) for p in made.of("error")] == [("draft.beyond", "B3")]
    assert made.changes.count == 0
