"""The template of data/ that comes back from another program, with nothing typed into it or with remarks of people."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from indicators.store.connection import Store, open_store
from indicators.tasks.import_workbook import Draft
from indicators.tasks.make_template import make_template
from tests.tasks.uploads import draft
from tests.workbook.written import saved


@pytest.fixture(scope="module")
def store(data_file: Path) -> Iterator[Store]:
    """The store whose revision 1 is data/; only read."""
    opened = open_store(f"sqlite:///{data_file}")
    yield opened
    opened.engine.dispose()


def saved_again(content: bytes) -> openpyxl.Workbook:
    """The template as a program saves it that gives every comment an author of its own."""
    return openpyxl.load_workbook(BytesIO(content))


def told(made: Draft) -> list[tuple[str, str, str]]:
    return [(p.code, p.cell, str(p.details.get("found", ""))) for p in made.problems if p.severity != "note"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_saved_by_another_program_changes_nothing_and_raises_nothing(store, language):
    book = saved_again(make_template(store, revision=1, language=language))
    assert {cell.comment.author for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment} == {
        "None"
    }
    made = draft(store, saved(book), "填报.xlsx")
    assert told(made) == []
    assert made.changes.count == 0
    assert made.proposal.count("unchanged") == len(made.proposal.rows)


def test_words_that_a_person_adds_to_a_remark_of_the_template_are_told(store):
    book = saved_again(make_template(store, revision=1, indicators=["population"]))
    sheet = book["年末常住人口 七普修订后"]
    assert sheet["B5"].comment.text == "含现役军人，比31省之和大"
    sheet["B5"].comment = Comment("含现役军人，比31省之和大\n口径待核实", "王老师")
    assert told(draft(store, saved(book), "填报.xlsx")) == [
        ("cell.comment", "B5", "含现役军人，比31省之和大 口径待核实")
    ]
