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
from tests.workbook.written import saved, written


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
def test_the_template_as_it_was_made_changes_nothing_and_raises_nothing(store, language):
    made = draft(store, make_template(store, revision=1, language=language), "填报.xlsx")
    assert (told(made), made.changes.count) == ([], 0)


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


def test_what_a_person_says_with_words_of_ours_elsewhere_is_told(store):
    book = saved_again(make_template(store, revision=1, indicators=["population"]))
    book["年末常住人口 七普修订后"]["B6"].comment = Comment("含现役军人，比31省之和大", "")
    assert told(draft(store, saved(book), "填报.xlsx")) == [("cell.comment", "B6", "含现役军人，比31省之和大")]
    rows = [["年末常住人口（万人）"], ["统计口径：七普修订后"], ["地区", "2011年"], ["全国", 134916]]
    own = written(rows)
    own.active["B4"].comment = Comment("含现役军人，比31省之和大", "")
    assert ("cell.comment", "B4", "含现役军人，比31省之和大") in told(draft(store, saved(own), "填报.xlsx"))


def test_a_title_or_unit_that_somebody_changed_is_told_and_the_comments_are_not(store):
    book = saved_again(make_template(store, revision=1, indicators=["contract_value"]))
    sheet = book["技术合同成交额 输出（卖方所在地）"]
    sheet["A2"] = None
    assert [code for code, _, _ in told(draft(store, saved(book), "填报.xlsx"))] == ["unit.none"]
    sheet["A1"], sheet["A2"] = "R&D经费", "单位：亿元"
    made = draft(store, saved(book), "填报.xlsx")
    assert {code for code, _, _ in told(made)} == {"basis.unknown", "indicator.scope"}
    assert made.changes.count == 0


@pytest.mark.parametrize(("cell", "code"), [("D2", "subject"), ("F2", "basis"), ("I2", "qualifier"), ("J2", "status")])
def test_a_code_that_there_is_not_is_an_error_and_changes_nothing(store, cell, code):
    book = saved_again(make_template(store, revision=1))
    book["明细"][cell] = "没有的代码"
    made = draft(store, saved(book), "填报.xlsx")
    assert [found[:2] for found in told(made)] == [(f"{code}.unknown", cell)]
    assert made.changes.count == 0


def emptied(store: Store, *cells: str) -> tuple[list, Draft]:
    """What stood in cells of the list of single figures, and the draft of the template with them emptied."""
    book = saved_again(make_template(store, revision=1))
    sheet = book["明细"]
    before = [sheet[cell].value for cell in cells]
    for cell in cells:
        sheet[cell] = None
    return before, draft(store, saved(book), "填报.xlsx")


def test_an_emptied_source_beside_a_figure_of_another_source_neither_blocks_nor_changes(store):
    """The 7005.7 of the brief stands in the list, the yearbook's 7005.65 in a sheet of its own."""
    before, made = emptied(store, "K4")
    assert before == ["brief-2023-01"]
    assert (told(made), made.changes.count) == ([], 0)


def test_emptied_bases_neither_block_nor_change_figures_that_equal_those_of_one(store):
    before, made = emptied(store, "F68", "F69")
    assert before == ["certified_projects", "certified_projects_recomputed"]
    assert (told(made), made.changes.count) == ([], 0)


@pytest.mark.parametrize(
    ("cell", "stood", "code"),
    [
        ("I5", "~", "without_qualifier"),
        ("J7", "target", "without_target"),
        ("D85", "nankai_university", "without_subject"),
    ],
)
def test_an_emptied_cell_that_would_make_another_figure_is_told(store, cell, stood, code):
    before, made = emptied(store, cell)
    assert before == [stood]
    assert [found for found, _, _ in told(made)] == [f"draft.{code}"]


def test_two_figures_of_one_place_of_which_one_is_new_still_block(store):
    book = saved_again(make_template(store, revision=1))
    book["明细"]["K4"], book["明细"]["G4"] = None, 7005.56
    assert [found[:2] for found in told(draft(store, saved(book), "填报.xlsx"))] == [("figure.twice", "G4")]
