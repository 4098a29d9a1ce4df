"""Writing cells of workbooks that leave this program: what is a text stays a text.

A text that begins like a formula would be run by the spreadsheet that opens the file; here it never
becomes one.
"""

from openpyxl.cell import Cell

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(cell: Cell, value: str | float | int | None) -> Cell:
    """Put a number, a text or nothing into a cell; no text becomes a formula, no control character breaks the file."""
    if isinstance(value, str):
        cell.value = "".join(letter for letter in value if letter >= " " or letter in "\t\n")
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_LIKE_A_FORMULA)
    else:
        cell.value = value
    return cell
