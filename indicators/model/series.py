"""From observations to the series table, the one table that everything is drawn from.

A series table has one row per indicator, region and year, with the value in the unit of the
measure, what qualifies it, where it comes from, and – where there is no value – the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TypedDict, cast

import pandas as pd

from indicators.model.catalogue import NATION, Catalogue, Indicator, Measure
from indicators.model.measures import measured, with_context
from indicators.model.observation import records
from indicators.model.period import is_year
from indicators.model.qualifier import Qualifier
from indicators.model.spec import AXES_OF_SCATTER, PLACES_BESIDE, ChartSpec
from indicators.model.totals import with_totals

# Bases that only say "as announced": two regions on them need not have counted the same thing.
UNDEFINED_BASES = ("announced",)
# Why a row has no value although its basis has one; the row keeps that basis.
OTHER_BASIS = "other_basis"
_TEXTS = [
    *("basis", "unit", "qualifier", "status", "source", "other_source", "other_basis"),
    *("locator", "printed", "note", "note_en"),
]


class SeriesRow(TypedDict):
    """One row of a series table, as far as words are made of it."""

    indicator: str
    region: str
    year: int
    basis: str
    value: float
    observed: float
    observed_unit: str
    qualifier: Qualifier
    reason: str
    status: str
    source: str
    locator: str
    note: str
    note_en: str
    change: float
    change_unit: str
    change_qualifier: Qualifier
    rank: float
    rank_worst: float
    ranked: float
    rank_before: float


def rows_of(table: pd.DataFrame) -> list[SeriesRow]:
    """Rows of a series table one by one."""
    return cast("list[SeriesRow]", records(table))


@dataclass(frozen=True, eq=False)
class Series:
    """The series table of a view.

    `table` has the columns indicator, region, year, basis, value, qualifier, unit, reason, status,
    source, other_source and other_basis (of what the figure is divided by or compared with), locator,
    printed, note, note_en, observed (the value before the measure), observed_unit, change, change_unit,
    change_qualifier, change_reason, rank, rank_worst, ranked (how many provinces the rank is among), rank_before.
    Rows follow the order of the view's indicators and regions, then the years. `value` is NaN with
    a `reason` where nothing can be shown. `targets` has the same columns: what is meant to be reached
    and stands beside the results of a trend.
    """

    spec: ChartSpec
    table: pd.DataFrame
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)

    @cached_property
    def is_international(self) -> bool:
        """Whether countries are among the regions, so that the nation is one of them and no total."""
        codes = self.table["region"]
        return bool((codes.str.fullmatch("[A-Z]{3}") & (codes != NATION)).any())

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Rows that have a value."""
        return self.table[self.table["value"].notna()]

    def at(self, year: int) -> pd.DataFrame:
        """Rows of one year."""
        if year not in self._of_years:
            self._of_years[year] = self.table[self.table["year"] == year]
        return self._of_years[year]

    @cached_property
    def compared(self) -> pd.DataFrame:
        """Rows that a comparison places against one another: one year, one basis, no total among its parts.

        Of a table of several indicators, those of the first.
        """
        last = self.at(self.spec.last_year)
        rows = of_one_basis(last[last["indicator"] == self.spec.indicators[0]])
        is_total = (rows["region"] == NATION) & (not self.is_international and len(rows) > 1)
        return rows[rows["value"].notna() & ~is_total]

    @cached_property
    def _of_years(self) -> dict[int, pd.DataFrame]:
        return {}


def levels_of(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Annual results as levels, each with its change on the year before and its place among the provinces.

    Groups of provinces stand among them as regions; the total of a ratio needs what it is weighted by
    among the observations.
    """
    return with_context(with_totals(annual_results(observations, catalogue), catalogue), catalogue)


def annual_results(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator, region, year and basis, from the preferred source.

    Left out, since they are no annual results of a whole region: targets, spans, months and dates,
    figures of a single subject, vague amounts without a number.
    """
    annual = observations[
        observations["period"].map(is_year).astype(bool)
        & (observations["subject"] == "")
        & ~observations["is_target"]
        & observations["value"].notna()
    ]
    ranks = {code: source.rank for code, source in catalogue.sources.items()}
    ordered = annual.assign(year=annual["period"].astype(int), _rank=annual["source"].map(ranks)).sort_values(
        ["indicator", "region", "year", "basis", "_rank", "source"], kind="stable"
    )
    return ordered.drop_duplicates(["indicator", "region", "year", "basis"]).drop(
        columns=["_rank", "subject", "is_target", "period"]
    )


def series_of(
    spec: ChartSpec,
    levels: pd.DataFrame,
    *,
    catalogue: Catalogue,
    focus: str,
    denominators: pd.DataFrame | None = None,
) -> Series:
    """The series table of a view from the levels of its indicators (all regions and years).

    `denominators` are the levels of population or gross regional product where the measure divides
    by them. What sizes the marks of a scatter is a plain value under any measure.
    """
    regions = catalogue.members(spec.regions)
    tables = []
    for place, code in enumerate(spec.indicators):
        indicator = catalogue.indicators[code]
        own = levels[levels["indicator"] == code]
        rows = measured(
            measure_of(spec, place, indicator),
            own,
            indicator=indicator,
            catalogue=catalogue,
            base=spec.base_year,
            focus=focus,
            denominators=denominators,
        )
        bases = spec.bases or indicator.official_bases
        asked = rows[rows["region"].isin(regions) & rows["year"].isin(spec.years)]
        one_a_year = one_basis_a_year(asked, bases)
        if len(spec.years) == 2 and spec.chart in PLACES_BESIDE:
            one_a_year = _as_in_the_last_year(one_a_year, asked[asked["basis"].isin(bases)], spec.last_year)
        laid = _laid_out(one_a_year, code, regions, spec.years, unit=rows["unit"].iloc[0] if len(rows) else "")
        tables.append(_with_other_bases(laid, own[~own["basis"].isin(bases)]))
    return Series(spec, pd.concat(tables, ignore_index=True))


def measure_of(spec: ChartSpec, place: int, indicator: Indicator) -> Measure:
    """The measure that the n-th indicator of a view is shown under: what only sizes marks stays a plain value."""
    is_size = place >= AXES_OF_SCATTER and (spec.chart == "scatter" or spec.measure not in indicator.measures)
    return "value" if is_size else spec.measure


def of_indicator(series: Series, code: str, catalogue: Catalogue) -> Series:
    """The part of a view of several indicators that is of one of them, under the measure that it is shown in."""
    place = series.spec.indicators.index(code)
    spec = series.spec.but(indicators=(code,), measure=measure_of(series.spec, place, catalogue.indicators[code]))
    return Series(spec, series.table[series.table["indicator"] == code])


def one_basis_a_year(rows: pd.DataFrame, bases: tuple[str, ...]) -> pd.DataFrame:
    """For each region and year the row of the first basis that has a value, else of the first one.

    Bases outside the list are other definitions, which never mix in by themselves.
    """
    order = {basis: place for place, basis in enumerate(bases)}
    listed = rows[rows["basis"].isin(order)]
    if not listed.duplicated(["region", "year"]).any():
        return listed.sort_values(["region", "year"], kind="stable")
    ordered = listed.assign(_empty=listed["value"].isna(), _order=listed["basis"].map(order)).sort_values(
        ["region", "year", "_empty", "_order"], kind="stable"
    )
    return ordered.drop_duplicates(["region", "year"]).drop(columns=["_empty", "_order"])


def _as_in_the_last_year(one_a_year: pd.DataFrame, rows: pd.DataFrame, last: int) -> pd.DataFrame:
    """Rows of two years compared, the earlier one on the basis of the later where it has a value on that."""
    basis = one_a_year[one_a_year["year"] == last].set_index("region")["basis"]
    alike = rows[rows["value"].notna() & (rows["basis"] == rows["region"].map(basis))]
    return pd.concat([alike, one_a_year]).drop_duplicates(["region", "year"])


def _laid_out(
    rows: pd.DataFrame, code: str, regions: Iterable[str], years: Iterable[int], *, unit: str
) -> pd.DataFrame:
    """Every region and year that the view asks for, absent ones as "not published"."""
    places = {key: place for place, key in enumerate(zip(rows["region"], rows["year"], strict=True))}
    asked = list(product(regions, years))
    laid = rows.reset_index(drop=True).reindex([places.get(key, -1) for key in asked]).reset_index(drop=True)
    laid["indicator"] = code
    laid["region"] = pd.Series([region for region, _ in asked], dtype="str")
    laid["year"] = [year for _, year in asked]
    absent = laid["value"].isna() & laid["reason"].isna()
    laid["reason"] = laid["reason"].mask(absent, "not_published").fillna("")
    laid[_TEXTS] = laid[_TEXTS].fillna("")
    laid["unit"] = laid["unit"].mask(laid["unit"] == "", unit)
    return laid


def _with_other_bases(laid: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Rows laid out, where what is absent has a figure on a basis that the view does not follow: that basis."""
    if others.empty or not (laid["reason"] == "not_published").any():
        return laid
    keys = pd.MultiIndex.from_frame(laid[["region", "year"]])
    theirs = others.drop_duplicates(["region", "year"]).set_index(["region", "year"])["basis"].reindex(keys)
    is_other = (laid["reason"] == "not_published") & theirs.notna().to_numpy()
    basis = laid["basis"].mask(is_other, pd.Series(theirs.to_numpy(), laid.index))
    return laid.assign(basis=basis, reason=laid["reason"].mask(is_other, OTHER_BASIS))


def shared_note(series: Series) -> tuple[str, str]:
    """The note, in both languages, that all figures of a comparison's last year have; empty where they differ."""
    rows = of_one_basis(series.at(series.spec.last_year))
    notes = rows.loc[rows["value"].notna(), ["note", "note_en"]].drop_duplicates()
    return (str(notes["note"].iloc[0]), str(notes["note_en"].iloc[0])) if len(notes) == 1 else ("", "")


def of_one_basis(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of one year made comparable: regions on another basis than most lose their value, with the reason.

    A place in a ranking or a colour on a map is a claim about one definition.
    """
    bases = table.loc[table["value"].notna(), "basis"]
    if bases.nunique() < 2:
        return table
    odd = table["value"].notna() & (table["basis"] != bases.mode().iloc[0])
    return table.assign(value=table["value"].mask(odd), reason=table["reason"].mask(odd, OTHER_BASIS))


def change_between(series: Series, catalogue: Catalogue) -> pd.Series:
    """Change of the values between the first and the last year of a view, by region.

    Percent for amounts, percentage points for percentages; NaN for places, and where the basis differs, a figure is
    missing or inexact, the first one is not positive, or the measure is no plain value.
    """
    first = series.at(series.spec.years[0]).set_index("region")
    last = series.at(series.spec.last_year).set_index("region")
    if series.spec.measure != "value":
        return pd.Series(float("nan"), index=last.index)
    comparable = (first["basis"] == last["basis"]) & (first["qualifier"] == "=") & (last["qualifier"] == "=")
    change = catalogue.indicators[series.spec.indicators[0]].change
    if change == "points":
        return (last["value"] - first["value"]).where(comparable)
    if change == "none":
        return pd.Series(float("nan"), index=last.index)
    return ((last["value"] / first["value"] - 1) * 100).where(comparable & (first["value"] > 0))
