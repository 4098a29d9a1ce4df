"""Values of a table that are read alike: their headings and labels say the same, but for the region.

Most values of a table differ only by region and number. What was read of one without any doubt holds
for all alike, so that only the first is worked out.
"""

from collections.abc import Hashable, Mapping, Set
from math import isfinite

from indicators.workbook.cells import digits_of
from indicators.workbook.grid import Place, Sheet, column_letters
from indicators.workbook.headings import Said
from indicators.workbook.layout import Table
from indicators.workbook.names import Names
from indicators.workbook.observed import Observed


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
        corner: Said,
        names: Names,
        *,
        apart: Set[Place],
        unit_lines: Set[str],
        units_above: Mapping[int, str],
    ) -> None:
        kinds: dict[Hashable, int] = {}
        self.cells = sheet.rows
        self.names = names
        self.region_of_corner = corner.text("region")
        self.apart = apart
        self.columns: dict[int, tuple[int, str, str]] = {}
        for column, said in columns.items():
            around = (bool(table.headings[column]), column in sheet.hidden_columns)
            self.columns[column] = (
                _numbered(kinds, (_facts(said, unit_lines), around)),
                said.text("region"),
                column_letters(column),
            )
        self.rows: dict[int, tuple[int, str]] = {}
        for row, said in rows.items():
            beside = (units_above.get(row), row in sheet.hidden_rows)
            kind = _numbered(kinds, (_facts(said, unit_lines), beside))
            self.rows[row] = (kind, said.text("region"))
        self.read: dict[int, dict[int, Observed]] = {}
        self.regions: dict[tuple[str, str], tuple[str | None, str]] = {}

    def readings(self, row: int) -> dict[int, Observed]:
        """By column, the observations of a row that are read as others before were."""
        kind, region_left = self.rows[row]
        read = self.read.get(kind)
        if read is None:
            return {}
        found = {}
        cells, number = self.cells[row], str(row + 1)
        region_of_row = self._region(region_left, "")
        for column, (kind_above, region_above, letters) in self.columns.items():
            value = cells[column]
            if not value or type(value) is not float or not isfinite(value) or (row, column) in self.apart:
                continue
            like = read.get(kind_above)
            region = self._region(region_left, region_above) if region_above else region_of_row
            if like is not None and region is not None:
                found[column] = _observed(like, region, value, letters + number)
        return found

    def _region(self, left: str, above: str) -> tuple[str | None, str] | None:
        """Code and printed name of the region that label and heading name; None where it is not known yet.

        One name that the catalogue knows needs nothing read before, unless the corner names a region too.
        """
        region = self.regions.get((left, above))
        if (
            region is None
            and not (left and above)
            and not self.region_of_corner
            and (code := self.names.region(left or above))
        ):
            region = self.regions[left, above] = (code, left or above)
        return region

    def keep(self, place: Place, observed: Observed) -> None:
        """Keep an observation of which nothing is in doubt, if its number stands as typed in the indicator's unit."""
        row, column = place
        is_plain = type(self.cells[row][column]) is float and place not in self.apart
        if is_plain and observed.unit == observed.unit_printed:
            (kind, region_left), (kind_above, region_above, _) = self.rows[row], self.columns[column]
            self.read.setdefault(kind, {})[kind_above] = observed
            self.regions[region_left, region_above] = (observed.region, observed.region_printed)


def _observed(like: Observed, region: tuple[str | None, str], value: float, cell: str) -> Observed:
    """An observation that differs from another by region and number."""
    indicator, name, _, _, subject, period, basis, _, unit, qualifier, status, _, unit_printed, sheet, _, source = like
    code, region_printed = region
    printed = digits_of(value)
    return Observed._make(  # in three quarters of the time that naming its fields takes
        (
            indicator,
            name,
            code,
            region_printed,
            subject,
            period,
            basis,
            value,
            unit,
            qualifier,
            status,
            printed,
            unit_printed,
            sheet,
            cell,
            source,
        )
    )


def _facts(said: Said, unit_lines: Set[str]) -> Hashable:
    """All that headings or labels say but for the region, and of the cells that say it what matters."""
    facets = frozenset((facet, found[0]) for facet, found in said.facets.items() if facet != "region")
    is_rough = said.at("rough_period") == said.at("period")
    words = tuple(word.text for word in said.words)
    return facets, is_rough, said.at("unit") in unit_lines, words, said.parent


def _numbered(numbers: dict[Hashable, int], facts: Hashable) -> int:
    """The same number for the same facts, which is quicker to look up by."""
    return numbers.setdefault(facts, len(numbers))
