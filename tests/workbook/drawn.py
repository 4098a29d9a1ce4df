"""Sheets drawn as text: one line a row, cells between `|`; a drawn number is a number, "…" in quotes a text."""

from indicators.workbook.grid import Area, Cell, Sheet, Workbook, even_rows


def sheet(drawing: str, name: str = "Sheet1", merged: tuple[Area, ...] = ()) -> Sheet:
    """The sheet of a drawing; blank cells are empty."""
    rows = [[_cell(cell.strip()) for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    return Sheet(name, even_rows(rows), merged=merged)


def workbook(
    drawing: str, name: str = "表.xlsx", sheet_name: str = "Sheet1", merged: tuple[Area, ...] = ()
) -> Workbook:
    """A workbook of one drawn sheet."""
    return Workbook(name, "xlsx", (sheet(drawing, sheet_name, merged),))


def _cell(text: str) -> Cell:
    if text.startswith('"'):
        return text.strip('"')
    try:
        return float(text) if text else None
    except ValueError:
        return text
