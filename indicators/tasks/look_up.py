"""Looking up figures: all of a revision, the chosen ones, and what one of them is connected with."""

from dataclasses import dataclass

import pandas as pd

from indicators.model.catalogue import NATION, Catalogue
from indicators.model.notes import DataNote, notes_of
from indicators.model.observation import KEY
from indicators.model.period import is_year
from indicators.model.selection import Selection, in_reading_order, search_texts, selected
from indicators.model.spec import ChartSpec
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.tasks.browse import Coverage
from indicators.tasks.history import figure_history


@dataclass(frozen=True)
class Figures:
    """All observations of a revision in reading order, with the texts that a search finds them by."""

    table: pd.DataFrame
    texts: pd.Series
    catalogue: Catalogue

    def chosen(self, selection: Selection) -> pd.DataFrame:
        """The observations of a selection."""
        return self.table if selection.is_everything else selected(self.table, self.texts, selection, self.catalogue)

    def of(self, indicator: str) -> pd.DataFrame:
        """The observations of one indicator."""
        return self.table[self.table["indicator"] == indicator]


@dataclass(frozen=True)
class FigureRecord:
    """One observation with its history, what other sources say of it, and the notes that concern it."""

    observation: pd.Series
    history: pd.DataFrame
    others: pd.DataFrame
    notes: tuple[DataNote, ...]


def read_figures(store: Store, catalogue: Catalogue, *, revision: int) -> Figures:
    """All figures of a revision, ready to be searched."""
    ordered = in_reading_order(read_observations(store, revision=revision), catalogue)
    return Figures(ordered, search_texts(ordered, catalogue), catalogue)


def record_of(store: Store, figures: Figures, row: pd.DataFrame) -> FigureRecord:
    """All that is known about one observation, given as a frame of one row."""
    one = row.iloc[0]
    figure = [column for column in KEY if column != "source"]
    same = (figures.table[figure] == one[figure].to_list()).all(axis=1) & (figures.table["source"] != one["source"])
    published = figure_history(
        store, indicator=str(one["indicator"]), region=str(one["region"]), period=str(one["period"])
    )
    own = (published[KEY] == one[KEY].to_list()).all(axis=1)
    return FigureRecord(one, published[own], figures.table[same], notes_of(row))


def charts_of(row: pd.Series, usual: ChartSpec, coverage: Coverage, catalogue: Catalogue) -> dict[str, ChartSpec]:
    """Views in which an observation stands, by page; none for figures that no chart of years can hold.

    `usual` gives language, region in focus and pinned revision.
    """
    code, region = str(row["indicator"]), str(row["region"])
    if not is_year(row["period"]) or row["subject"] or row["is_target"] or pd.isna(row["value"]):
        return {}
    return views_of(code, usual, coverage, catalogue, region=region, year=int(row["period"]), basis=str(row["basis"]))


def views_of(
    indicator: str,
    usual: ChartSpec,
    coverage: Coverage,
    catalogue: Catalogue,
    *,
    region: str = "",
    year: int | None = None,
    basis: str = "",
) -> dict[str, ChartSpec]:
    """Views of an indicator by page, as far as it has figures for them."""
    years = coverage.years(indicator)
    bases = () if basis in catalogue.indicators[indicator].official_bases else (basis,)
    named = usual.but(indicators=(indicator,), bases=bases if basis else ())
    views = {}
    if indicator in coverage.indicators(least_provinces=2) and region != NATION:
        compared = coverage.compared_years(indicator)
        if year is None or year in compared:
            regions = coverage.regions(indicator)
            at = compared[-1] if year is None else year
            views["compare"] = named.but(
                chart="ranking", regions=regions, years=(at,), highlight=region or usual.highlight
            )
    if indicator in coverage.followed() and (not basis or not bases):
        span = tuple(range(years[0], years[-1] + 1))
        views["trend"] = named.but(chart="lines", regions=(region or str(usual.highlight),), years=span)
    return views
