"""Where on a sheet the tables are, and which headings belong to which value.

Headings are found by relation (above in the column, to the left in the row), never by fixed places:
a table is a run of rows that hold numbers, under rows that hold words or years. Tables may stand
below one another and side by side.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from indicators.workbook.bands import IsName, bands_of
from indicators.workbook.filled import Filled, Printed
from indicators.workbook.grid import Cell, Sheet
from indicators.workbook.words import OF_CODES, OF_YEARS, YEAR_WORDS, units_in
from indicators.workbook.years import part_of, period_of

RowKind = Literal["empty", "words", "heading", "body"]

_NOTE = re.compile(
    r"^\W*(?:注|附注|备注|说明|(?:资料|数据)来源|来源|Notes?|Sources?|Data source)\s*\d*\s*[:：.、]", re.IGNORECASE
)
_OF_HEADINGS = re.compile(rf"^(?:{YEAR_WORDS}|指标|项目|地区|省份|城市|单位|数值|数量|金额)$", re.IGNORECASE)
_OF_REMARKS = re.compile(
    r"^(?:备注|说明|注释|出处|原文|(?:指标)?属性|(?:责任|牵头|填报|配合)(?:单位|部门|处室)|联系人|填报人|"
    r"更新(?:时间|日期)|last update(?: time)?|notes?|note_en|remarks?|locator|printed)$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?!各|地区|省|市|全)[\u4e00-\u9fff]{1,10}(?:省|市|县|区|州|盟|旗)$")
_FILLED_BY = re.compile(r"^\W*(?:制表|填表|填报|编制|审核)\w*\s*[:：]")
FORM_LINE = re.compile(rf"{_FILLED_BY.pattern}|^\W*(?:(?:计量|数量)?单\s*位|units?|日期)\s*[:：]", re.IGNORECASE)
_CONTINUED = re.compile(r"^\W*续\s*表|[(（]\s*续\s*\d*\s*[)）]|续表?\s*\d*$")
_ADVERTISING = re.compile(r"https?:|www\.|\.(?:com|cn|net)\b|公众号|微信|扫码", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"^[(（]?(\d{1,2})[)）]?$")
_COLUMN_LETTERS = {*"甲乙丙丁戊ABCD", "栏次", "序号"}


class Row(NamedTuple):
    """A row of figures: its place, its labels by column, the line and the unit line that it stands under."""

    number: int
    labels: Mapping[int, Printed]
    section: Printed | None
    unit_line: Printed | None = None


@dataclass(frozen=True)
class Table:
    """A table on a sheet: for each value column the path of its headings, top first, and the rows.

    `lines` are the words above the table (title, unit line), the nearest last; `notes` those below it.
    `off_centre` is a period that may head the columns to its left too, as one centred over them does.
    `continues` tells that the lines are those of the table above, whose headings go on here.
    """

    sheet: str
    lines: tuple[Printed, ...]
    notes: tuple[Printed, ...]
    label_columns: tuple[int, ...]
    value_columns: tuple[int, ...]
    headings: Mapping[int, tuple[Printed, ...]]
    rows: tuple[Row, ...]
    off_centre: Printed | None = None
    continues: bool = False

    @property
    def context(self) -> tuple[str, ...]:
        """The words above the table."""
        return tuple(line.text for line in self.lines)


def may_be_place(text: str) -> bool:
    """Whether a text ends as names of places do; the catalogue may lack it."""
    return bool(_PLACE.search(text.replace(" ", "")))


def tables_of(sheet: Sheet, is_region: IsName, is_indicator: IsName) -> list[Table]:
    """All tables of a sheet, from top to bottom within each band of columns, the bands from left to right."""
    grid = Filled(sheet)
    return [
        table for band in bands_of(grid, is_region) for table in _Band(grid, band, is_region, is_indicator).tables()
    ]


@dataclass
class _Open:
    """A table while its rows are being gathered."""

    lines: list[Printed] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    numbered: set[int] = field(default_factory=set)
    sections: dict[int, Printed | None] = field(default_factory=dict)
    unit_lines: dict[int, Printed | None] = field(default_factory=dict)
    notes: list[Printed] = field(default_factory=list)
    continues: bool = False


class _Band:
    """The tables of some columns of a sheet, one below the other."""

    def __init__(self, grid: Filled, columns: range, is_region: IsName, is_indicator: IsName) -> None:
        self.grid = grid
        self.columns = columns
        self.is_region = is_region
        self.is_indicator = is_indicator
        self.kinds = [self._row_kind(row, columns) for row in range(len(grid.cells))]
        self._take_titles_over_all()
        self.open = _Open()
        self.lines: list[Printed] = []
        self.section: Printed | None = None
        self.unit_line: Printed | None = None

    def tables(self) -> Iterator[Table]:
        """The tables from top to bottom."""
        for row, kind in enumerate(self.kinds):
            if kind == "words":
                yield from self._take_words(row)
            elif kind == "body" or (kind == "heading" and self._is_body_after_all(row)):
                self._take_body(row)
            elif kind == "heading":
                yield from self._take_heading(row)
        yield from self._finished()

    def _take_body(self, row: int) -> None:
        self.open.body.append(row)
        self.open.sections[row] = self.section
        self.open.unit_lines[row] = self.unit_line
        self.open.numbered |= {column for column in self.columns if self.grid.kinds[row][column] == "number"}

    def _take_words(self, row: int) -> Iterator[Table]:
        said = self._words(row)
        if self.open.body and (_NOTE.match(said[0].text) or not self._opens_table(row)):
            self._take_inner(row, said)
        elif self.open.headings and not self.open.body:
            self._take_below_heading(row, said)
        elif self._first(row) > self.columns.start and self._next(row) == "body":
            yield from self._take_heading(row)
        else:
            continued = any(_CONTINUED.search(line.text) for line in said)
            before = self._lines() if self.open.body and continued else []
            yield from self._finished()
            if self.open.body:
                self.lines = list(before)
                self._open_next()
            self.lines += said

    def _take_inner(self, row: int, said: list[Printed]) -> None:
        """Words between or below the figures: a note, a place without figures, or a section."""
        if self._next(row) == "body" and len(said) == 1 and FORM_LINE.match(said[0].text) and units_in(said[0].text):
            self.unit_line = said[0]
        elif _NOTE.match(said[0].text) or FORM_LINE.match(said[0].text):
            self.open.notes += said
        elif self._is_row_without_figures(row):
            self._take_body(row)
        elif not _ADVERTISING.search(said[0].text):
            self.section = said[0]

    def _take_below_heading(self, row: int, said: list[Printed]) -> None:
        """Words between the headings and the figures: a unit line, a section, or the rest of a heading."""
        if said[0].place[1] > self.columns.start:
            self.open.headings.append(row)
        elif units_in(said[0].text) or FORM_LINE.match(said[0].text):
            self.open.lines += said
        else:
            self._take_inner(row, said)

    def _take_heading(self, row: int) -> Iterator[Table]:
        if self.open.body and not self.open.headings and self._is_below_figures(row):
            self.open.lines = list(self.lines)
            self.open.headings.append(row)
            return
        repeats = bool(self.open.body) and self._repeats_heading(row, self.columns)
        continues = bool(self.open.body) and self._counts_on(row)
        before = self._lines()
        yield from self._finished()
        if self.open.body:
            self.lines = before if repeats or continues else []
            self._open_next()
            self.open.continues = continues
        if not self.open.headings:
            self.open.lines = list(self.lines)
        self.open.headings.append(row)

    def _is_below_figures(self, row: int) -> bool:
        """Whether headings stand below their figures: over every column of them, with no further figures below."""
        is_over_all = all(self.grid.kinds[row][column] != "empty" for column in self.open.numbered)
        return is_over_all and self._next(row) in ("empty", "words")

    def _counts_on(self, row: int) -> bool:
        """Whether a row heads the same labels as the headings above, with periods that those do not have.

        The first row of figures below must be labelled like the first one above.
        """
        first = self._first(row)
        above = next((heading for heading in reversed(self.open.headings) if self.grid.cells[heading][first]), None)
        if above is None or self.grid.text(row, first) != self.grid.text(above, first) or first in self.open.numbered:
            return False
        below = next((later for later in range(row + 1, len(self.kinds)) if self.kinds[later] == "body"), row)
        if self.grid.text(below, first) != self.grid.text(self.open.body[0], first):
            return False
        here, there = (self._periods_behind(heading, first) for heading in (row, above))
        return bool(here and there) and not here & there

    def _periods_behind(self, row: int, first: int) -> set[str]:
        """The periods of a row behind its first cell; none where anything else stands there."""
        columns = [c for c in self.columns if c > first and self.grid.kinds[row][c] != "empty"]
        periods = {self.grid.text(row, c) for c in columns if self.grid.kinds[row][c] == "period"}
        return periods if len(periods) == len(columns) else set()

    def _open_next(self) -> None:
        self.open, self.section, self.unit_line = _Open(), None, None

    def _lines(self) -> list[Printed]:
        return self.open.lines if self.open.headings else self.lines

    def _repeats_heading(self, row: int, columns: Iterable[int]) -> bool:
        """Whether a row says again over some columns what a heading did, as at the top of a printed page."""
        columns = list(columns)
        return bool(columns) and any(
            all(self.grid.text(row, column) == self.grid.text(heading, column) for column in columns)
            for heading in self.open.headings
        )

    def _take_titles_over_all(self) -> None:
        """Words to the left of the band stand over it too, where it has none of its own above its figures."""
        first = next((row for row, kind in enumerate(self.kinds) if kind in ("heading", "body")), 0)
        if "words" in self.kinds[:first]:
            return
        for row, kind in enumerate(self.kinds):
            if kind == "empty" and self._row_kind(row, range(self.grid.width)) == "words":
                self.kinds[row] = "words"

    def _row_kind(self, row: int, columns: range) -> RowKind:
        """What a row looks like by itself."""
        filled = [column for column in columns if self.grid.kinds[row][column] != "empty"]
        kinds = [self.grid.kinds[row][column] for column in filled]
        if not filled or self._numbers_columns(row, filled):
            return "empty"
        if "number" in kinds:
            return "body"
        if self._is_line(row, filled):
            return "words"
        texts = {self.grid.text(row, c) for c, kind in zip(filled, kinds, strict=True) if kind == "text"}
        of_period = [column for column in filled if self.grid.kinds[row][column] == "period"]
        periods = list({self.grid.printed(row, c).place: self.grid.text(row, c) for c in of_period}.values())
        if "missing" in kinds and (periods or texts):
            return "body"
        if len(periods) > 1 and not _run_on(periods) and any(self.is_region(text) for text in texts):
            return "body"
        return "words" if len(texts) + len(set(periods)) == 1 and len(periods) <= 1 else "heading"

    def _numbers_columns(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a row only counts the columns of a form: 甲, 1, 2, 3."""
        numbers: list[int] = []
        for column in filled:
            text = self.grid.text(row, column).removesuffix(".0")
            match = _COLUMN_NUMBER.match(text)
            if match is not None:
                numbers.append(int(match[1]))
            elif text not in _COLUMN_LETTERS:
                return False
        is_apart = len(numbers) < len(filled) or (filled[0] > self.columns.start and len(numbers) > 1)
        return bool(numbers) and numbers == list(range(1, len(numbers) + 1)) and is_apart

    def _is_line(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a title and a unit line share a row."""
        texts = list(dict.fromkeys(self.grid.text(row, column) for column in filled))
        is_form = bool(_FILLED_BY.match(texts[0])) or any(FORM_LINE.match(text) for text in texts[1:])
        return 1 < len(texts) <= 4 and is_form and len(texts[0]) > 2

    def _is_body_after_all(self, row: int) -> bool:
        """Whether a row without clear numbers belongs to the figures above it."""
        if not self.open.body:
            return self._is_first_of_body(row)
        said = [column for column in self.open.numbered if self.grid.kinds[row][column] in ("text", "period")]
        first = self._first(row)
        is_value = len(said) == 1 and self.grid.is_typed(row, said[0])  # one year may be a value by chance
        begins_alike = self._begins_like_body(row)
        if self._repeats_heading(row, said) and not (is_value and (begins_alike or not self._is_place(row, first))):
            return False
        if begins_alike:
            return not any(self._heads(row, column) for column in said)
        is_after_gap = self.kinds[row - 1] in ("empty", "words")
        heads = {self.grid.text(above, first) for above in self.open.headings}
        is_named = first <= self._first(self.open.body[-1]) and self.grid.text(row, first) not in heads
        years = [int(self.grid.text(row, c)[:4]) for c in said if self.grid.is_typed(row, c)]
        counts_on = len(years) > 1 and {abs(b - a) for a, b in pairwise(years)} == {1}
        return is_named and not is_after_gap and not counts_on and not any(self._heads(row, c) for c in said)

    def _is_first_of_body(self, row: int) -> bool:
        """Whether a row below a complete heading holds figures: 西藏 | 2012, or 2012 | 1998, or 2012年 | blank."""
        filled = [column for column in self.columns if self.grid.kinds[row][column] != "empty"]
        headed = {column: _heading_words(self.grid, self.open.headings, column) for column in filled}
        of_years = {column for column, words in headed.items() if OF_YEARS.match(words)}
        years = [column for column in filled if self.grid.kinds[row][column] == "period"]
        typed = [column for column in years if self.grid.is_typed(row, column)]
        if not all(headed.values()) or not {*years} - {*typed} <= of_years:
            return False
        if not years:
            return self.grid.kinds[row][self.columns.start] != "empty" and self._is_blank_under_periods(row)
        has_period = of_years or any(period_of(headed[column]) for column in typed)
        return bool(has_period) or any(self.is_region(self.grid.text(row, column)) for column in filled)

    def _is_blank_under_periods(self, row: int) -> bool:
        """Whether a row has nothing in the columns that periods head: one of words there would be a further heading."""
        under = [
            c for c in self.columns if any(self.grid.kinds[heading][c] == "period" for heading in self.open.headings)
        ]
        return bool(under) and all(self.grid.kinds[row][column] == "empty" for column in under)

    def _begins_like_body(self, row: int) -> bool:
        """Whether the first cell is a place where that of the figures above is, or a year where it is."""
        first = self._first(row)
        above = self.open.body[-1]
        if self.grid.kinds[row][first] == "period":
            return self.grid.kinds[above][first] == "period"
        return self._is_place(row, first) and self._is_place(above, first)

    def _first(self, row: int) -> int:
        """The first column of the band in which a row has anything; that of the band where it has nothing."""
        filled = (column for column in self.columns if self.grid.kinds[row][column] != "empty")
        return next(filled, self.columns.start)

    def _next(self, row: int) -> RowKind:
        """What the next row that is not empty looks like."""
        return next((kind for kind in self.kinds[row + 1 :] if kind != "empty"), "empty")

    def _is_place(self, row: int, column: int) -> bool:
        text = self.grid.text(row, column)
        return self.is_region(text) or may_be_place(text)

    def _heads(self, row: int, column: int) -> bool:
        """Whether a cell can only be a heading: a period, a unit, the name of an indicator, or 数值 and the like."""
        if self.grid.is_typed(row, column):
            return False
        text = self.grid.text(row, column)
        is_period = self.grid.kinds[row][column] == "period" or part_of(text) is not None
        return is_period or bool(_OF_HEADINGS.match(text)) or bool(units_in(text)) or self.is_indicator(text)

    def _is_row_without_figures(self, row: int) -> bool:
        """Whether a place or year stands alone because its figures are blank: further ones follow, or stood before."""
        first = self._first(row)
        following = next((later for later in range(row + 1, len(self.kinds)) if self.kinds[later] != "empty"), None)
        beside = following if following is not None and self.kinds[following] == "body" else None
        beside = self.open.body[-1] if beside is None and self.open.body else beside
        if beside is None or first in self.open.numbered:
            return False
        if self.grid.kinds[row][first] == "period":
            return self.grid.kinds[beside][first] == "period"
        return self._is_place(row, first) and self._is_place(beside, first)

    def _opens_table(self, row: int) -> bool:
        """Whether words below a table are the title of the next one: headings come before further figures.

        Below the notes of a table any further words are, if figures follow at all.
        """
        for later in range(row + 1, len(self.kinds)):
            if self.kinds[later] == "body":
                return bool(self.open.notes)
            is_heading = self.kinds[later] == "heading" and not self._is_body_after_all(later)
            if is_heading or (self.kinds[later] == "words" and self._first(later) in self.open.numbered):
                return True
        return False

    def _words(self, row: int) -> list[Printed]:
        """The different words of a row, those to the left of the band only where it has none."""
        own = {
            self.grid.text(row, column): self.grid.printed(row, column)
            for column in reversed(self.columns)
            if self.grid.kinds[row][column] in ("text", "period")
        }
        others = (c for c in range(self.grid.width) if self.grid.kinds[row][c] in ("text", "period"))
        return list(reversed(own.values())) or [self.grid.printed(row, next(others))]

    def _finished(self) -> Iterator[Table]:
        opened = self.open
        if not opened.body:
            return
        names = {column: _heading_words(self.grid, opened.headings, column) for column in self.columns}
        labels, values = _columns(self.grid, names, opened.body, self.is_region)
        if not values:
            return
        filled = _filled_down(self.grid, labels, opened.sections)
        paths = _paths(self.grid, opened.headings, self.columns, labels)
        yield Table(
            sheet=self.grid.sheet.name,
            lines=tuple(self._lines()),
            notes=tuple(opened.notes),
            label_columns=tuple(labels),
            value_columns=tuple(values),
            headings={column: paths[column] for column in (*labels, *values)},
            rows=tuple(Row(row, filled[row], opened.sections[row], opened.unit_lines[row]) for row in opened.body),
            off_centre=_off_centre(self.grid, opened.headings, values),
            continues=opened.continues,
        )


def _run_on(periods: Sequence[str]) -> bool:
    """Whether periods run in one direction, as those of a heading do; counts near 2000 do not."""
    pairs = list(pairwise(periods))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)


def _heading_words(grid: Filled, headings: Sequence[int], column: int) -> str:
    return "".join(grid.text(row, column).replace(" ", "") for row in headings)


def _columns(
    grid: Filled, names: Mapping[int, str], rows: Sequence[int], is_region: IsName
) -> tuple[list[int], list[int]]:
    """Columns of labels and columns of values: labels are words, codes of places, or years.

    Years are labels under a heading that says so, without one where they are the first column. Serial
    numbers, codes beside names and remarks are neither.
    """
    labels: list[int] = []
    values: list[int] = []
    for column, name in names.items():
        kinds = [kind for kind in grid.column_kinds(column, rows) if kind != "empty"]
        is_of_codes = OF_CODES.match(name) and not _names_rows(grid, column, names, rows, is_region)
        if not kinds or is_of_codes or _OF_REMARKS.match(name) or _is_serial(grid, name, column, rows):
            continue
        has_names = bool(labels) and any(is_region(grid.text(row, labels[0])) for row in rows)
        is_after = bool(values) or has_names
        codes = 0 if is_after else sum(_is_code_of_place(grid.cells[row][column], is_region) for row in rows)
        words, periods = kinds.count("text"), kinds.count("period")
        figures = kinds.count("number") + kinds.count("missing")
        are_years = bool(OF_YEARS.match(name)) and periods + words > figures
        come_first = periods > figures + words and not (labels or values)
        is_label = words > figures + periods or are_years or come_first or codes * 2 > len(kinds)
        (labels if is_label else values).append(column)
    return labels, values


def _is_serial(grid: Filled, name: str, column: int, rows: Sequence[int]) -> bool:
    """Whether a column that no heading names only numbers the rows, from 1 or, as programs do, from 0."""
    cells = [cell for row in rows if (cell := grid.cells[row][column]) is not None]
    return not name and len(cells) > 1 and any(cells == list(range(first, first + len(cells))) for first in (0, 1))


def _names_rows(grid: Filled, column: int, names: Mapping[int, str], rows: Sequence[int], is_region: IsName) -> bool:
    """Whether a column of codes of places is all that names the rows: no other column has places."""
    if not all(_is_code_of_place(grid.cells[row][column], is_region) for row in rows):
        return False
    others = (other for other in names if other != column)
    return not any(is_region(grid.text(row, other)) for other in others for row in rows)


def _is_code_of_place(cell: Cell, is_region: IsName) -> bool:
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
    return len(text) == 6 and text.isdecimal() and is_region(text)


def _filled_down(
    grid: Filled, labels: Sequence[int], sections: Mapping[int, Printed | None]
) -> dict[int, dict[int, Printed]]:
    """Labels of each row; a blank one in any but the last label column means the one above in its section."""
    filled: dict[int, dict[int, Printed]] = {}
    above: dict[int, Printed] = {}
    current: Printed | None = None
    for row, section in sections.items():
        above, current = above if section is current else {}, section
        cells = {column: grid.printed(row, column) for column in labels if grid.cells[row][column] is not None}
        for column in labels[:-1]:
            if column in cells:
                break
            cells |= {column: above[column]} if column in above else {}
        above = filled[row] = dict(sorted(cells.items()))
    return filled


def _paths(grid: Filled, headings: Sequence[int], band: range, labels: Sequence[int]) -> dict[int, tuple[Printed, ...]]:
    """The headings over each column, top first; one that nobody merged spans the blank columns to its right.

    It spans them only where they have a heading below and share all headings above.
    """
    paths: dict[int, tuple[Printed, ...]] = dict.fromkeys(band, ())
    for place, row in enumerate(headings):
        above = dict(paths)
        origin = band.start
        for column in band:
            said: Printed | None = grid.printed(row, column)
            if grid.cells[row][column] is not None:
                origin = column
            elif column in labels or origin in labels or above[column] != above[origin]:
                continue
            else:
                said = grid.printed(row, origin) if _has_heading_below(grid, headings[place + 1 :], column) else None
            if said is None or said.cell is None or (paths[column] and paths[column][-1].cell == said.cell):
                continue
            paths[column] = (*paths[column], said)
    return paths


def _off_centre(grid: Filled, headings: Sequence[int], values: Sequence[int]) -> Printed | None:
    """The first period of a row of headings that does not reach the values left of it, which the next ones repeat."""
    for place, row in enumerate(headings):
        first = next((column for column in values if grid.cells[row][column] is not None), None)
        if first is None or grid.kinds[row][first] != "period":
            continue
        left = {_heading_words(grid, headings[place + 1 :], column) for column in values if column < first}
        under = {_heading_words(grid, headings[place + 1 :], column) for column in values if column >= first}
        if left & under - {""}:
            return grid.printed(row, first)
    return None


def _has_heading_below(grid: Filled, headings: Sequence[int], column: int) -> bool:
    return any(grid.cells[row][column] is not None for row in headings)
