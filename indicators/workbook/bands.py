"""Tables that stand side by side on a sheet, as ranges of columns."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from indicators.workbook.filled import Filled
from indicators.workbook.words import OF_CODES, OF_YEARS

IsName = Callable[[str], bool]

_SAME_PLACES = 0.5
_FEWEST_REGIONS = 3


def bands_of(grid: Filled, is_region: IsName) -> list[range]:
    """Columns of tables that stand side by side: apart by an empty column, or each with its own column of places."""
    blocks = [0, *_starts_after_gap(grid), grid.width]
    starts = [
        start
        for first, end in pairwise(blocks)
        for start in (first, *_starts_at_places(grid, is_region, range(first, end)))
    ]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], grid.width], strict=True)]


def _starts_after_gap(grid: Filled) -> Iterator[int]:
    """Columns behind an empty one where a table with labels of its own begins; a mere spacer has none behind it."""
    empty = [column for column in range(grid.width) if all(row[column] is None for row in grid.sheet.rows)]
    left = 0
    for gap, end in pairwise([*empty, grid.width]):
        start = gap + 1
        if _has_numbers(grid, left, gap) and _has_numbers(grid, start, end) and _is_label(grid, start, end):
            left = start
            yield start


def _is_label(grid: Filled, column: int, end: int) -> bool:
    """Whether the figures of a block stand beside words, or beside years headed so; serial numbers may stand before."""
    texts = [grid.text(row, column).replace(" ", "") for row in range(len(grid.kinds))]
    if column + 1 < end and any(OF_CODES.match(text) for text in texts):
        return _is_label(grid, column + 1, end)
    rows = (kinds for kinds in grid.kinds if "number" in kinds[column:end])
    kinds = [kinds[column] for kinds in rows if kinds[column] != "empty"]
    is_of_years = any(OF_YEARS.match(text) for text in texts)
    labels = kinds.count("text") + (kinds.count("period") if is_of_years else 0)
    return labels * 2 > len(kinds)


def _starts_at_places(grid: Filled, is_region: IsName, block: range) -> Iterator[int]:
    """Columns of places to the right of figures of other places, within a block of columns."""
    start = block.start
    places: dict[int, str] = {}
    for column in block:
        here = {
            row: grid.text(row, column)
            for row in range(len(grid.cells))
            if grid.kinds[row][column] == "text" and is_region(grid.text(row, column))
        }
        if len(set(here.values())) < _FEWEST_REGIONS:
            continue
        if places and _has_numbers(grid, start, column) and _has_numbers(grid, column, block.stop):
            shared = sum(row in places for row in here)
            is_beside = shared >= _SAME_PLACES * min(len(here), len(places))
            if is_beside and not _translates(here, places, shared):
                start = column
                yield column
        places = here


def _translates(here: Mapping[int, str], places: Mapping[int, str], shared: int) -> bool:
    """Whether a column of places only gives the names of the rows again, in other letters."""
    latin = sum(name.isascii() for name in here.values())
    were_latin = sum(name.isascii() for name in places.values())
    is_other_script = (latin > len(here) / 2) != (were_latin > len(places) / 2)
    return is_other_script and shared > _SAME_PLACES * len(here)


def _has_numbers(grid: Filled, start: int, end: int) -> bool:
    return any("number" in kinds[start:end] for kinds in grid.kinds)
