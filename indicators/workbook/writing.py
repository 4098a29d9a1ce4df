"""Writing cells of workbooks that leave this program: what is a text stays a text.

A text that begins like a formula would be run by the spreadsheet that opens the file; here it never
becomes one.
"""

import re

from openpyxl.cell import Cell

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(cell: Cell, value: str | float | int | None) -> Cell:
    """Put a number, a text or nothing into a cell; no text becomes a formula, no character breaks the file."""
    if isinstance(value, str):
        cell.value = _NOT_XML.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LIKE_A_FORMULA)
    else:
        cell.value = value
    return cell
