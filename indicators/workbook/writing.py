"""Writing cells of workbooks that leave this program: what is a text stays a text.

A text that begins like a formula would be run by the spreadsheet that opens the file; here it never
becomes one.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import count

from openpyxl.cell import Cell
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\t\n]")
_LONGEST_SHEET_NAME = 31
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(cell: Cell, value: str | float | int | None) -> Cell:
    """Put a number, a text or nothing into a cell; no text becomes a formula, no character breaks the file."""
    if isinstance(value, str):
        cell.value = sound(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LIKE_A_FORMULA)
    else:
        cell.value = value
    return cell


def plain_value(sheet: Worksheet, value: str | float) -> Cell | str | float | None:
    """What `append` takes for a value: itself where nothing can go wrong, else a cell that `write` has filled.

    An empty text and a missing number leave the cell empty.
    """
    if isinstance(value, str):
        is_harmless = not value.startswith(_LIKE_A_FORMULA) and not _NOT_XML.search(value)
        return (value or None) if is_harmless else write(Cell(sheet), value)
    return None if value != value else value


def sound(text: str) -> str:
    """Text without the characters that no XML file may hold."""
    return _NOT_XML.sub("", text)


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """The wanted name as Excel allows it, numbered where another sheet has it, in upper or lower case."""
    base = _NOT_IN_SHEET_NAMES.sub(" ", sound(wanted)).strip(" '") or "Sheet"
    used = {name.casefold() for name in taken}
    endings = (f" ({number})" if number > 1 else "" for number in count(1))
    names = (base[: _LONGEST_SHEET_NAME - len(ending)].strip(" '") + ending for ending in endings)
    return next(name for name in names if name.casefold() not in used)


def link_to(cell: Cell, sheet: str, place: str = "A1") -> None:
    """Make a cell a link to a place in the same workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!{place}")


def text_width(text: str) -> int:
    """Width in Latin letters; a Chinese one is as wide as two."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


def digits(value: float) -> int:
    """How many digits the value has behind the point."""
    return max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent))
