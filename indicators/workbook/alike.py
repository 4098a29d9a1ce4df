"""Values of a table that are read alike: their headings and labels say the same, but for the region.

Most values of a table differ only by region and number. What was read of one without any doubt holds
for all alike, so that only the first is worked out.
"""

from collections.abc import Hashable, Mapping, Set

from indicators.workbook.cells import number_of
from indicators.workbook.grid import Place, Sheet, cell_name
from indicators.workbook.headings import Said
from indicators.workbook.layout import Table
from indicators.workbook.observed import Observed

_TYPED = frozenset((float, int))


class Alike:
    """Keeps what was read of a table's values, for those that follow.

    `apart` are the cells that something of their own is said of, `unit_lines` those of unit lines within
    the table, `units_above` by row what a row above counts.
    """

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        columns: Mapping[int, Said],
        rows: Mapping[int, Said],
        *,
        apart: Set[Place],
        unit_lines: Set[str],
        units_above: Mapping[int, str],
    ) -> None:
        numbers: dict[Hashable, int] = {}
        self.cells = sheet.rows
        self.apart = apart
        self.columns = {
            column: _numbered(
                numbers, (_facts(said, unit_lines), bool(table.headings[column]), column in sheet.hidden_columns)
            )
            for column, said in columns.items()
        }
        self.rows = {
            row: _numbered(numbers, (_facts(said, unit_lines), units_above.get(row), row in sheet.hidden_rows))
            for row, said in rows.items()
        }
        self.regions_above = {column: said.text("region") for column, said in columns.items()}
        self.regions_left = {row: said.text("region") for row, said in rows.items()}
        self.read: dict[tuple[int, int], Observed] = {}
        self.regions: dict[tuple[str, str], tuple[str | None, str]] = {}

    def reading(self, place: Place) -> Observed | None:
        """The observation in a cell, as one read before; None where none is known to be alike."""
        row, column = place
        value = self.cells[row][column]
        if not value or type(value) not in _TYPED or place in self.apart:
            return None
        like = self.read.get((self.rows[row], self.columns[column]))
        region = self.regions.get((self.regions_left[row], self.regions_above[column]))
        number = None if like is None or region is None else number_of(value)
        if like is None or region is None or number is None:
            return None
        return Observed(  # by position, in a fifth of the time that names take
            like.indicator,
            like.indicator_printed,
            *region,
            like.subject,
            like.period,
            like.basis,
            number.value,
            like.unit,
            like.qualifier,
            like.status,
            number.printed,
            like.unit_printed,
            like.sheet,
            cell_name(row, column),
            like.source,
        )

    def keep(self, place: Place, observed: Observed) -> None:
        """Keep an observation of which nothing is in doubt, if its number stands as typed in the indicator's unit."""
        row, column = place
        is_plain = type(self.cells[row][column]) in _TYPED and place not in self.apart
        if is_plain and observed.unit == observed.unit_printed:
            self.read[self.rows[row], self.columns[column]] = observed
            regions = (self.regions_left[row], self.regions_above[column])
            self.regions[regions] = (observed.region, observed.region_printed)


def _facts(said: Said, unit_lines: Set[str]) -> Hashable:
    """All that headings or labels say but for the region, and of the cells that say it what matters."""
    facets = frozenset((facet, found[0]) for facet, found in said.facets.items() if facet != "region")
    is_rough = said.at("rough_period") == said.at("period")
    words = tuple(word.text for word in said.words)
    return facets, is_rough, said.at("unit") in unit_lines, words, said.parent


def _numbered(numbers: dict[Hashable, int], facts: Hashable) -> int:
    """The same number for the same facts, which is quicker to look up by."""
    return numbers.setdefault(facts, len(numbers))
