"""A workbook as cells: what stands where, before anybody asks what it means.

Rows and columns count from 0 and begin at A1, so that every value can be cited by its cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from indicators.errors import Invalid
from indicators.workbook.number_format import Shown

MOST_CELLS = 2_000_000

Cell = str | float | int | bool | datetime | date | None
Place = tuple[int, int]
_PLAIN = frozenset((str, float, int, bool))
Format = Literal["xlsx", "xls", "xlsb", "ods", "csv", "html"]
Note = Literal["decrypted", "macros", "external_links", "extension", "comments_unread", "encoding_guessed"]


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, both ends included, shown as one."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. A formula shows its kept result; one without a result is in `uncalculated`.

    `percent` holds the cells whose number is shown times 100 with a percent sign, `errors` what
    Excel shows instead of a value (#DIV/0!), `shown` what a number format adds to a number, `struck`
    the cells that are struck out and `comments` what people wrote at cells. All rows are as long as
    the longest.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[Area, ...] = ()
    percent: frozenset[Place] = frozenset()
    errors: Mapping[Place, str] = field(default_factory=dict)
    uncalculated: frozenset[Place] = frozenset()
    shown: Mapping[Place, Shown] = field(default_factory=dict)
    struck: frozenset[Place] = frozenset()
    comments: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """A file's sheets, and what a person should know of how they were read."""

    name: str
    format: Format
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()


def cell_of(value: object) -> Cell:
    """What a reader found, as a cell: midnight is a date, a time of day a text; None for what no cell can be."""
    if type(value) in _PLAIN:
        return value  # type: ignore[return-value]
    if isinstance(value, (time, timedelta)):
        return str(value)
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date()
    return value if isinstance(value, (str, float, int, bool, date)) else None


@cache
def column_letters(column: int) -> str:
    """Letters of a column that counts from 0: A, …, Z, AA, …"""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name a spreadsheet gives to a cell: B7."""
    return f"{column_letters(column)}{row + 1}"


def refuse_too_many(cells: int) -> None:
    """Raises Invalid("workbook.too_many_cells") where a sheet spans more cells than a table of figures can."""
    if cells > MOST_CELLS:
        raise Invalid("workbook.too_many_cells", found=cells, most=MOST_CELLS)


def even_rows(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Rows filled to one length, without the empty ones at the end and the empty columns at the right."""
    while rows and all(cell is None or cell == "" for cell in rows[-1]):
        rows.pop()
    width = max((_used(row) for row in rows), default=0)
    return [[None if cell == "" else cell for cell in row[:width]] + [None] * (width - len(row)) for row in rows]


def _used(row: list[Cell]) -> int:
    return next((i for i in range(len(row), 0, -1) if row[i - 1] not in (None, "")), 0)
