"""Where on a sheet the tables are, and which headings belong to which value.

Headings are found by relation (above in the column, to the left in the row), never by fixed places:
a table is a run of rows that hold numbers, under rows that hold words or years. Tables may stand
below one another and side by side.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from indicators.workbook.cells import is_missing, number_of
from indicators.workbook.grid import Cell, Sheet
from indicators.workbook.words import clean
from indicators.workbook.years import period_of

Kind = Literal["empty", "missing", "number", "period", "text"]
RowKind = Literal["empty", "words", "heading", "body"]
IsRegion = Callable[[str], bool]

_NOTE = re.compile(
    r"^\W*(?:注|附注|备注|说明|(?:资料|数据)来源|来源|Notes?|Sources?|Data source)\s*\d*\s*[:：.、]", re.IGNORECASE
)
YEAR_WORDS = r"年|年份|年度|时间|时期|日期|统计年度|years?|period|time|date"
_OF_YEARS = re.compile(rf"^(?:{YEAR_WORDS})$", re.IGNORECASE)
_OF_CODES = re.compile(r"^(?:序号|编号|编码|.{0,6}代码|no\.?|code|id|adcode)$", re.IGNORECASE)
_OF_REMARKS = re.compile(r"^(?:备注|说明|注释|出处|原文|notes?|note_en|remarks?|locator|printed)$", re.IGNORECASE)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,10}(?:省|市|县|区|州|盟|旗)$")
_SAME_PLACES = 0.5
_FEWEST_REGIONS = 3


@dataclass(frozen=True)
class Row:
    """A row of figures: its labels by column, the section heading it stands under, its place."""

    number: int
    labels: Mapping[int, Cell]
    section: str


@dataclass(frozen=True)
class Table:
    """A table on a sheet: for each value column the path of its headings, top first, and the rows.

    `context` holds the words above the table (title, unit line), the nearest last; `notes` those
    below it.
    """

    sheet: str
    context: tuple[str, ...]
    notes: tuple[str, ...]
    label_columns: tuple[int, ...]
    value_columns: tuple[int, ...]
    headings: Mapping[int, tuple[Cell, ...]]
    rows: tuple[Row, ...]


def tables_of(sheet: Sheet, is_region: IsRegion) -> list[Table]:
    """All tables of a sheet, from top to bottom within each band of columns, the bands from left to right."""
    grid = _Grid(sheet)
    return [table for band in _bands(grid, is_region) for table in _tables_in(grid, band, is_region)]


class _Grid:
    """A sheet with merged words filled in and the kind of every cell known."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.cells = [list(row) for row in sheet.rows]
        self._fill_merged()
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

    def column_kinds(self, column: int, rows: Iterable[int]) -> list[Kind]:
        return [self.kinds[row][column] for row in rows]


def _kind(cell: Cell) -> Kind:
    if cell is None or cell == "":
        return "empty"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return "period" if 1949 <= cell <= 2060 and cell == int(cell) else "number"
    if is_missing(cell):
        return "missing"
    if period_of(cell) is not None:
        return "period"
    return "number" if number_of(cell) is not None else "text"


def _bands(grid: _Grid, is_region: IsRegion) -> list[range]:
    """Columns of tables that stand side by side: each begins with a column of places of its own."""
    starts = [0]
    places: dict[int, str] = {}
    for column in range(grid.width):
        here = {
            row: clean(str(cells[column]))
            for row, cells in enumerate(grid.cells)
            if grid.kinds[row][column] == "text" and is_region(str(cells[column]))
        }
        if len(set(here.values())) < _FEWEST_REGIONS:
            continue
        if places and _has_numbers(grid, starts[-1], column) and _has_numbers(grid, column, grid.width):
            shared = sum(row in places for row in here)
            if not _translates(here, places, shared):
                starts.append(column)
        places = here
    return [range(start, end) for start, end in zip(starts, [*starts[1:], grid.width], strict=True)]


def _translates(here: Mapping[int, str], places: Mapping[int, str], shared: int) -> bool:
    """Whether a column of places only gives the names of the rows again, in other letters."""
    latin = sum(name.isascii() for name in here.values())
    were_latin = sum(name.isascii() for name in places.values())
    is_other_script = (latin > len(here) / 2) != (were_latin > len(places) / 2)
    return is_other_script and shared > _SAME_PLACES * len(here)


def _has_numbers(grid: _Grid, start: int, end: int) -> bool:
    return any("number" in kinds[start:end] for kinds in grid.kinds)


@dataclass
class _Open:
    """A table while its rows are being gathered."""

    context: list[str]
    headings: list[int]
    body: list[tuple[int, str]]
    notes: list[str]


def _tables_in(grid: _Grid, band: range, is_region: IsRegion) -> Iterator[Table]:
    context: list[str] = []
    current = _Open([], [], [], [])
    section = ""
    whole = range(grid.width)
    kinds = {row: _row_kind(grid, row, band, is_region) for row in range(len(grid.cells))}
    for row, kind in kinds.items():  # a title stands over all bands
        if kind == "empty" and _row_kind(grid, row, whole, is_region) == "words":
            kinds[row] = "words"
    for row, kind in kinds.items():
        if kind == "empty":
            continue
        if kind == "body" or (kind == "heading" and current.body and _names_a_place(grid, row, band, is_region)):
            current.body.append((row, section))
        elif kind == "words":
            said = _words(grid, row, whole)
            if current.body and not _opens_table(row, kinds):
                if _NOTE.match(said) or current.notes:
                    current.notes.append(said)
                else:
                    section = said
            else:
                yield from _finished(grid, band, current, is_region)
                if current.body:
                    context, current, section = [], _Open([], [], [], []), ""
                context.append(said)
        else:
            yield from _finished(grid, band, current, is_region)
            if current.body:
                current, section = _Open([], [], [], []), ""
            current.headings.append(row)
            current.context = list(context)
    yield from _finished(grid, band, current, is_region)


def _row_kind(grid: _Grid, row: int, band: range, is_region: IsRegion) -> RowKind:
    cells = [(column, grid.kinds[row][column]) for column in band if grid.kinds[row][column] != "empty"]
    if not cells:
        return "empty"
    kinds = [kind for _, kind in cells]
    texts = {clean(str(grid.cells[row][column])) for column, kind in cells if kind == "text"}
    periods = [str(grid.cells[row][column]) for column, kind in cells if kind == "period"]
    if "number" in kinds:
        return "body"
    names_place = any(is_region(text) for text in texts)
    if names_place and ("missing" in kinds or (len(periods) > 1 and not _run_on(periods))):
        return "body"
    if "missing" in kinds and (periods or texts):
        return "body"
    if names_place and len(cells) == 1:
        return "body"
    if len(texts) + len(set(periods)) == 1 and not (len(periods) > 1):
        return "words"
    return "heading"


def _names_a_place(grid: _Grid, row: int, band: range, is_region: IsRegion) -> bool:
    """Whether a row without numbers is a place's all the same: its figures are then words to complain about."""
    first = next((clean(str(grid.cells[row][c])) for c in band if grid.kinds[row][c] != "empty"), "")
    return is_region(first) or bool(_PLACE.search(first.replace(" ", "")))


def _run_on(periods: Sequence[str]) -> bool:
    """Whether periods run in one direction, as those of a heading do; counts near 2000 do not."""
    pairs = list(pairwise(periods))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def _opens_table(row: int, kinds: Mapping[int, RowKind]) -> bool:
    """Whether words below a table are the title of the next one: headings come before further figures."""
    for later in range(row + 1, len(kinds)):
        if kinds[later] in ("heading", "body"):
            return kinds[later] == "heading"
    return False


def _words(grid: _Grid, row: int, band: range) -> str:
    return next(clean(str(grid.cells[row][c])) for c in band if grid.kinds[row][c] in ("text", "period"))


def _finished(grid: _Grid, band: range, table: _Open, is_region: IsRegion) -> Iterator[Table]:
    if not table.body:
        return
    rows = [row for row, _ in table.body]
    names = {column: _heading_words(grid, table.headings, column) for column in band}
    labels, values = _columns(grid, names, rows, is_region)
    if not values:
        return
    filled = _filled_down(grid, labels, rows)
    paths = _paths(grid, table.headings, band, labels)
    yield Table(
        sheet=grid.sheet.name,
        context=tuple(table.context),
        notes=tuple(table.notes),
        label_columns=tuple(labels),
        value_columns=tuple(values),
        headings={column: paths[column] for column in (*labels, *values)},
        rows=tuple(Row(row, filled[row], section) for row, section in table.body),
    )


def _heading_words(grid: _Grid, headings: Sequence[int], column: int) -> str:
    cells = [grid.cells[row][column] for row in headings]
    return "".join(clean(str(cell)).replace(" ", "") for cell in cells if cell is not None)


def _columns(
    grid: _Grid, names: Mapping[int, str], rows: Sequence[int], is_region: IsRegion
) -> tuple[list[int], list[int]]:
    """Columns of labels and columns of values: labels are words, codes of places, or years.

    Years are labels under a heading that says so, without one where they are the first column. Serial
    numbers, codes beside names and remarks are neither.
    """
    labels: list[int] = []
    values: list[int] = []
    for column, name in names.items():
        kinds = [kind for kind in grid.column_kinds(column, rows) if kind != "empty"]
        if not kinds or _OF_CODES.match(name) or _OF_REMARKS.match(name):
            continue
        places = sum(_is_code_of_place(grid.cells[row][column], is_region) for row in rows)
        words, periods = kinds.count("text"), kinds.count("period")
        figures = kinds.count("number") + kinds.count("missing")
        are_years = periods > figures + words and (bool(_OF_YEARS.match(name)) or not (labels or values))
        is_label = words > figures + periods or are_years or places * 2 > len(kinds)
        (labels if is_label else values).append(column)
    return labels, values


def _is_code_of_place(cell: Cell, is_region: IsRegion) -> bool:
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
    return len(text) == 6 and text.isdecimal() and is_region(text)


def _filled_down(grid: _Grid, labels: Sequence[int], rows: Sequence[int]) -> dict[int, dict[int, Cell]]:
    """Labels of each row; a blank one in any but the last label column means the one above."""
    filled: dict[int, dict[int, Cell]] = {}
    above: dict[int, Cell] = {}
    for row in rows:
        cells = {column: grid.cells[row][column] for column in labels}
        for column in labels[:-1]:
            if cells[column] is None and all(cells[left] is None for left in labels[: labels.index(column)]):
                cells[column] = above.get(column)
        above = cells
        filled[row] = {column: cell for column, cell in cells.items() if cell is not None}
    return filled


def _paths(grid: _Grid, headings: Sequence[int], band: range, labels: Sequence[int]) -> dict[int, tuple[Cell, ...]]:
    """The headings over each column, top first; one that nobody merged spans the blank columns to its right.

    It spans them only where they have a heading below and share all headings above.
    """
    paths: dict[int, tuple[Cell, ...]] = dict.fromkeys(band, ())
    for place, row in enumerate(headings):
        above = dict(paths)
        spanning: Cell = None
        origin = band.start
        for column in band:
            cell = grid.cells[row][column]
            if cell is not None:
                spanning, origin = cell, column
            elif column in labels or origin in labels or above[column] != above[origin]:
                continue
            elif _has_heading_below(grid, headings[place + 1 :], column):
                cell = spanning
            if cell is not None and (not paths[column] or paths[column][-1] != cell):
                paths[column] = (*paths[column], cell)
    return paths


def _has_heading_below(grid: _Grid, headings: Sequence[int], column: int) -> bool:
    return any(grid.cells[row][column] is not None for row in headings)
