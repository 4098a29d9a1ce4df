"""Looking at figures: from a chart spec to its series table and its words."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import cast
from urllib.parse import urlencode

import pandas as pd

from indicators.language.captions import Caption, caption
from indicators.language.fact_panels import panels_caption
from indicators.language.messages import text
from indicators.language.statements import statements_text
from indicators.language.tables import readable_table
from indicators.model.aside import has_absent, with_asides
from indicators.model.band import band_of
from indicators.model.catalogue import ALL_COUNTRIES, ALL_PROVINCES, NATION, Catalogue
from indicators.model.comparability import Verdict
from indicators.model.correlation import has_log_axes
from indicators.model.fact_panels import Arrangement, arrangement, facts_of
from indicators.model.guard import guarded, verdict_of
from indicators.model.measures import DENOMINATORS, PLACE
from indicators.model.series import Series, annual_results, levels_of, series_of
from indicators.model.spec import LOG_OF_YEARS, MOST_LABELLED_LINES, ChartSpec, query_of
from indicators.model.statements import statements
from indicators.model.targets import annual_targets, targets_within
from indicators.model.totals import WEIGHTS
from indicators.store.connection import Store
from indicators.store.observations import read_observations, read_writers

Levels = Callable[[str], pd.DataFrame]
# Whatever day it is on the server, a revision is dated where it is read.
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Edition:
    """The revision that a view is drawn from, with the region in focus: everything a view needs besides its spec."""

    catalogue: Catalogue
    revision: int
    published: datetime
    focus: str


@dataclass(frozen=True)
class View:
    """One view ready to be shown: its series table, its words, its edition; what it is seen against.

    `nation` is there where it is the reference, `band` – the range of all provinces over the years – likewise.
    `facts` arrange single figures into those that compare and those that do not. `colours` are those that regions
    have in the views beside this one, where it is part of a briefing.
    """

    series: Series
    caption: Caption
    edition: Edition
    nation: Series | None = None
    band: pd.DataFrame | None = None
    facts: Arrangement | None = None
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def spec(self) -> ChartSpec:
        """The spec that the view shows."""
        return self.series.spec

    @cached_property
    def sentences(self) -> str:
        """What can be said of the view in sentences, empty where nothing is certain."""
        catalogue = self.edition.catalogue
        if self.facts is not None:
            return ""
        focus = self.spec.highlight or self.edition.focus
        said = statements(self.series, catalogue=catalogue, focus=focus, nation=self.nation)
        return statements_text(said, self.series, catalogue)

    @property
    def mark(self) -> str:
        """What is written on material with a figure of an internal source, else nothing."""
        mark = text(self.spec.language, "footer.internal")
        return mark if mark in self.caption.footer else ""

    @cached_property
    def readable(self) -> pd.DataFrame:
        """The view as the table that is read."""
        return readable_table(self.series, self.edition.catalogue)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether all that the view sets side by side compares, and what speaks against it."""
        if self.facts is not None:
            return self.facts.verdict
        return verdict_of(self.series, self.edition.catalogue)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.series.shown.empty

    @property
    def has_tiles(self) -> bool:
        """Whether any region of the view has a place on the tile map."""
        regions = self.edition.catalogue.regions
        return any(regions[code].tile_row is not None for code in self.series.table["region"].unique())


def minute_in_beijing(moment: pd.Timestamp) -> str:
    """A moment to the minute, on the one clock that all lists of revisions use."""
    return moment.to_pydatetime().astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def edition_of(revisions: pd.DataFrame, catalogue: Catalogue, *, revision: int, focus: str) -> Edition:
    """The edition of a revision, out of the list of all."""
    moment = cast(pd.Timestamp, revisions.set_index("number").loc[revision, "created_at"])
    return Edition(catalogue, revision, moment.to_pydatetime().astimezone(BEIJING), focus)


def read_levels(store: Store, catalogue: Catalogue, *, revision: int, indicator: str) -> pd.DataFrame:
    """Levels of one indicator, all regions and groups and years, as a revision holds them."""
    needed = (indicator, WEIGHTS[indicator]) if indicator in WEIGHTS else (indicator,)
    levels = levels_of(read_observations(store, revision=revision, indicators=needed), catalogue)
    return levels[levels["indicator"] == indicator]


def read_levels_together(
    store: Store, catalogue: Catalogue, *, revision: int, indicators: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Levels of many indicators by code, as `read_levels`, in less than half the time of one by one."""
    needed = dict.fromkeys([*indicators, *(WEIGHTS[code] for code in indicators if code in WEIGHTS)])
    levels = levels_of(read_observations(store, revision=revision, indicators=tuple(needed)), catalogue)
    return {code: levels[levels["indicator"] == code] for code in indicators}


def read_targets(store: Store, catalogue: Catalogue, *, revision: int) -> pd.DataFrame:
    """Targets for years, of all indicators and regions, as a revision holds them."""
    return annual_targets(read_observations(store, revision=revision, statuses=("target",)), catalogue)


def view_of(
    spec: ChartSpec,
    *,
    levels: Levels,
    edition: Edition,
    targets: pd.DataFrame | None = None,
    figures: Callable[[], pd.DataFrame] | None = None,
) -> View:
    """The view of a spec; `levels(indicator)` reads the levels of one indicator, `targets` are those of all.

    `figures()` reads all observations of its indicators; it is asked only where an annual result is absent.

    A view of several years whose figures are not all above 0, or whose chart takes none, has no log scale: its
    spec is then that of the linear one.
    """
    catalogue = edition.catalogue
    series = _series(spec, levels, edition)
    focus = spec.highlight or edition.focus
    if figures is not None and has_absent(series):
        series = with_asides(series, figures())
    series = guarded(series, catalogue, focus=focus)
    nation = provinces = None
    if spec.reference == "nation":
        nation = _series(spec.but(regions=(NATION,), years=(spec.last_year,), base=spec.base_year), levels, edition)
    if spec.chart == "lines":
        series = _with_targets(series, levels, targets, focus)
        if spec.reference == "band":
            provinces = _series(spec.but(regions=(ALL_PROVINCES,)), levels, edition)
    can_be_log = spec.chart in LOG_OF_YEARS and _is_above_zero(series, provinces)
    if spec.scale == "log" and not (can_be_log or (spec.chart == "scatter" and has_log_axes(spec))):
        spec = spec.but(scale="linear")
        series = replace(series, spec=spec)
    words = caption(
        series,
        nation if provinces is None or provinces.shown.empty else provinces,
        catalogue=catalogue,
        focus=focus,
        published=edition.published,
        revision=edition.revision,
    )
    return View(series, words, edition, nation, None if provinces is None else band_of(provinces))


def facts_view_of(spec: ChartSpec, *, observations: pd.DataFrame, edition: Edition) -> View:
    """The view of single figures, out of all observations of its indicators."""
    catalogue = edition.catalogue
    series = facts_of(spec, observations, catalogue=catalogue)
    arranged = arrangement(series, catalogue)
    words = panels_caption(
        series, arranged, catalogue=catalogue, published=edition.published, revision=edition.revision
    )
    return View(series, words, edition, facts=arranged)


def _with_targets(series: Series, levels: Levels, targets: pd.DataFrame | None, focus: str) -> Series:
    """A trend with the targets that stand beside it; of many lines only those that carry a label have theirs."""
    if targets is None:
        return series
    if series.table["region"].nunique() > MOST_LABELLED_LINES:
        targets = targets[targets["region"].isin([focus, NATION])]
    years = pd.concat([levels(code)["year"] for code in series.spec.indicators])
    newest = int(years.max()) if len(years) else series.spec.last_year
    return replace(series, targets=targets_within(series, targets, newest=newest))


def _is_above_zero(series: Series, provinces: Series | None) -> bool:
    """Whether all that a trend draws has a place on a log scale; places in a ranking have none."""
    drawn = [series.shown, series.targets, *([provinces.shown] if provinces else [])]
    return all((rows["value"] > 0).all() and (rows["unit"] != PLACE).all() for rows in drawn if len(rows))


def _series(spec: ChartSpec, levels: Levels, edition: Edition) -> Series:
    below = DENOMINATORS.get(spec.measure)
    return series_of(
        spec,
        pd.concat([levels(code) for code in spec.indicators]),
        catalogue=edition.catalogue,
        focus=spec.highlight or edition.focus,
        denominators=levels(below) if below else None,
    )


def query_text(spec: ChartSpec) -> str:
    """The query string of a view, commas kept readable."""
    return urlencode(query_of(spec), safe=",:-/")


@dataclass(frozen=True)
class Coverage:
    """What each indicator has annual figures for: years (on its official line) and how many provinces.

    `definitions` are the years of each of its official definitions, by indicator.
    """

    table: pd.DataFrame
    definitions: Mapping[str, Sequence[Set[int]]]

    @cached_property
    def _years(self) -> dict[str, tuple[int, ...]]:
        return {str(code): tuple(own["year"].tolist()) for code, own in self.table.groupby("indicator", sort=False)}

    @cached_property
    def _several(self) -> dict[str, tuple[int, ...]]:
        several = self.table[self.table[["provinces", "countries"]].max(axis=1) > 1]
        return {str(code): tuple(own["year"].tolist()) for code, own in several.groupby("indicator", sort=False)}

    @cached_property
    def _most(self) -> pd.DataFrame:
        """For how many provinces and countries each indicator has figures in its best year."""
        return self.table.groupby("indicator", sort=False)[["provinces", "countries"]].max()

    def years(self, indicator: str) -> tuple[int, ...]:
        """Years with annual figures, empty for an indicator that has none."""
        return self._years.get(indicator, ())

    def compared_years(self, indicator: str) -> tuple[int, ...]:
        """Years with figures of several provinces (or countries), or all years where there never are."""
        return self._several.get(indicator, ()) or self.years(indicator)

    def years_before(self, indicator: str, year: int) -> tuple[int, ...]:
        """Earlier years with figures on a definition that the year has figures on too."""
        alike = [years for years in self.definitions.get(indicator, ()) if year in years]
        return tuple(sorted(earlier for earlier in set().union(*alike) if earlier < year))

    def run(self, indicator: str) -> tuple[int, ...]:
        """The latest unbroken run of years in which several provinces (or countries) have figures."""
        several = self._several.get(indicator, ())[::-1]
        return tuple(year for n, year in enumerate(several) if year == several[0] - n)[::-1] or self.years(indicator)

    def regions(self, indicator: str) -> tuple[str, ...]:
        """The group that a comparison shows by default: provinces, or countries in international tables."""
        own = self.table[self.table["indicator"] == indicator]
        return (ALL_COUNTRIES,) if own["countries"].sum() > own["provinces"].sum() else (ALL_PROVINCES,)

    def indicators(self, *, least_provinces: int) -> tuple[str, ...]:
        """Indicators with figures for at least so many provinces (or countries) in some year."""
        most = self._most.max(axis=1)
        return tuple(most[most >= least_provinces].index)

    def of_provinces(self, *, least: int) -> tuple[str, ...]:
        """Indicators with figures for at least so many provinces in some year."""
        most = self._most["provinces"]
        return tuple(str(code) for code in most[most >= least].index)

    def followed(self) -> tuple[str, ...]:
        """Indicators with figures for several years."""
        years = self.table.groupby("indicator", sort=False)["year"].nunique()
        return tuple(years[years > 1].index)


def read_coverage(store: Store, catalogue: Catalogue, *, revision: int) -> Coverage:
    """The coverage of all indicators in a revision, in the order of the catalogue."""
    levels = annual_results(read_observations(store, revision=revision), catalogue)
    official = {(code, basis) for code, i in catalogue.indicators.items() for basis in i.official_bases}
    is_official = [pair in official for pair in zip(levels["indicator"], levels["basis"], strict=True)]
    marked = levels[is_official].assign(
        provinces=lambda rows: rows["region"].isin(catalogue.provinces),
        countries=lambda rows: rows["region"].map(lambda code: catalogue.regions[code].level == "country"),
    )
    table = marked.groupby(["indicator", "year"], as_index=False)[["provinces", "countries"]].sum()
    order = table["indicator"].map({code: place for place, code in enumerate(catalogue.indicators)})
    definitions: dict[str, list[Set[int]]] = {}
    for (code, _), years in marked.groupby(["indicator", "basis"], sort=False)["year"]:
        definitions.setdefault(str(code), []).append({int(year) for year in years})
    return Coverage(table.assign(_order=order).sort_values(["_order", "year"]).drop(columns="_order"), definitions)


def read_touched(store: Store, *, revision: int) -> dict[str, int]:
    """How many observations of each indicator a revision added or revised, most first."""
    writers = read_writers(store, revision=revision)
    counts = writers.loc[writers["from_revision"] == revision, "indicator"].value_counts()
    return {str(code): int(count) for code, count in counts.items()}
