"""A sheet with the words of merged cells filled in, and what kind of thing stands in each cell.

A number between 1949 and 2060 may be a year or a value; the rows around it tell.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from indicators.workbook.cells import is_missing, number_of
from indicators.workbook.grid import Cell, Place, Sheet, cell_name
from indicators.workbook.words import FOOTNOTES, clean
from indicators.workbook.years import period_of

Kind = Literal["empty", "missing", "number", "period", "text"]

_DIGITS = re.compile(rf"^\d+(?:\.\d+)?{FOOTNOTES}*$")
_SHORT_YEAR = re.compile(r"(\d\d) ?年")


class Printed(NamedTuple):
    """What a cell shows, and where: the first cell of a merged area."""

    cell: Cell
    place: Place

    @property
    def at(self) -> str:
        """The name of the cell."""
        return cell_name(*self.place)

    @property
    def text(self) -> str:
        """The words as read aloud; a whole number has no decimals."""
        whole = isinstance(self.cell, float) and self.cell.is_integer()
        return clean(str(int(self.cell) if whole else self.cell))  # type: ignore[arg-type]


class Filled:
    """A sheet with merged words filled in and the kind of every cell known."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.cells = [list(row) for row in sheet.rows]
        self.origins: dict[Place, Place] = {}
        self._fill_merged()
        self._mark_short_years()
        self.kinds = [[_kind(cell) for cell in row] for row in self.cells]
        self.width = len(self.cells[0]) if self.cells else 0

    def _fill_merged(self) -> None:
        for area in self.sheet.merged:
            if area.first_row >= len(self.cells) or area.first_column >= len(self.cells[0]):
                continue
            top = self.cells[area.first_row][area.first_column]
            if _kind(top) not in ("text", "period"):
                continue
            for row in range(area.first_row, min(area.last_row + 1, len(self.cells))):
                for column in range(area.first_column, min(area.last_column + 1, len(self.cells[row]))):
                    if self.cells[row][column] is None:
                        self.cells[row][column] = top
                        self.origins[row, column] = (area.first_row, area.first_column)

    def _mark_short_years(self) -> None:
        """Years of two digits that count on side by side or one below the other get their apostrophe: '22年, '23年."""
        short = {
            (row, column): int(match[1])
            for row, cells in enumerate(self.cells)
            for column, cell in enumerate(cells)
            if isinstance(cell, str) and (match := _SHORT_YEAR.fullmatch(cell.strip()))
        }
        for (row, column), year in short.items():
            beside = (short.get((row + down, column + right)) for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)))
            if any(other is not None and abs(other - year) == 1 for other in beside):
                self.cells[row][column] = f"'{year:02}年"

    def printed(self, row: int, column: int) -> Printed:
        """What a cell shows, with the place where it is written."""
        return Printed(self.cells[row][column], self.origins.get((row, column), (row, column)))

    def text(self, row: int, column: int) -> str:
        """What a cell shows as text; empty where it is blank."""
        cell = self.cells[row][column]
        return "" if cell is None else clean(str(cell))

    def column_kinds(self, column: int, rows: Iterable[int]) -> list[Kind]:
        """The kinds of a column's cells in some rows."""
        return [self.kinds[row][column] for row in rows]

    def is_typed(self, row: int, column: int) -> bool:
        """Whether bare digits stand there, which may be a value: 2012, not 2012年."""
        return bool(_DIGITS.match(self.text(row, column)))


def _kind(cell: Cell) -> Kind:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return "period" if 1949 <= cell <= 2060 and cell == int(cell) else "number"
    if cell is None or cell == "":
        return "empty"
    if is_missing(cell):
        return "missing"
    if period_of(cell) is not None:
        return "period"
    return "number" if number_of(cell) is not None else "text"
