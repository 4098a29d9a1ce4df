"""What stands in cells and on tabs of workbooks that leave this program."""

import pytest
from openpyxl import Workbook

from indicators.workbook.writing import link_to, sheet_name, text_width, write


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1"])
def test_a_text_like_a_formula_stays_a_text(text):
    cell = write(Workbook().active["A1"], text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_characters_that_break_a_file_are_dropped():
    assert write(Workbook().active["A1"], "a\x0bb\ufffe").value == "ab"


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("技术合同[1]/2", (), "技术合同 1  2"),
        ("R&D", ("r&d",), "R&D (2)"),
        ("R&D", ("R&D", "r&d (2)"), "R&D (3)"),
        ("x" * 40, ("x" * 31,), "x" * 27 + " (2)"),
        ("'", (), "Sheet"),
    ],
)
def test_a_sheet_has_a_name_that_excel_allows_and_no_other_has(wanted, taken, name):
    assert sheet_name(wanted, taken) == name


def test_a_link_quotes_the_name_of_its_sheet():
    cell = Workbook().active["B2"]
    link_to(cell, "it's R&D", "C7")
    assert (cell.hyperlink.ref, cell.hyperlink.location) == ("B2", "'it''s R&D'!C7")


def test_a_chinese_character_is_two_wide():
    assert text_width("R&D经费") == 7
