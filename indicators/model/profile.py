"""The profile of one region: its latest figure of each indicator and where that stands among the provinces.

Places and percentiles are of one year and one definition each; how a place moved is told only where
both ends are certain and on the same definition.
"""

import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.series import UNDEFINED_BASES, Series

_OF_ONE_FIGURE = ["indicator", "year", "basis"]


def courses_of(series: Series, *, region: str) -> pd.DataFrame:
    """A region's rows of a view: all its indicators over the years, gaps as NaN."""
    return series.table[series.table["region"] == region]


def profile_rows(courses: pd.DataFrame) -> pd.DataFrame:
    """The latest figure of each indicator out of one region's rows.

    Rows of the series table, and besides: `percentile`, `start` (first year of the view with a place on the
    same basis), `rank_start` and `moved` (places won since then, lost ones negative), NaN where it cannot be said;
    `is_broken` where that is so because earlier figures follow another basis.
    """
    own = courses[courses["value"].notna()]
    last = own.drop_duplicates("indicator", keep="last").reset_index(drop=True)
    certain = own[(own["rank"] == own["rank_worst"]) & ~own["basis"].isin(UNDEFINED_BASES)]
    first = certain.drop_duplicates(["indicator", "basis"]).rename(columns={"year": "start", "rank": "rank_start"})
    rows = last.merge(first[["indicator", "basis", "start", "rank_start"]], on=["indicator", "basis"], how="left")
    is_known = (rows["rank"] == rows["rank_worst"]) & (rows["start"] < rows["year"])
    moved = (rows["rank_start"] - rows["rank"]).where(is_known)
    bases = rows["indicator"].map(own.groupby("indicator")["basis"].nunique())
    return rows.assign(
        percentile=percentiles(rows),
        start=rows["start"].where(is_known),
        moved=moved,
        is_broken=(bases > 1) & ~is_known,
    )


def profile_field(series: Series, rows: pd.DataFrame, *, catalogue: Catalogue) -> pd.DataFrame:
    """All provinces that the rows of a profile are placed among: the same indicator, year and basis.

    Nothing beside a row that has no place itself, such as a city's.
    """
    rows = rows[rows["percentile"].notna()]
    provinces = series.shown[series.shown["region"].isin(catalogue.provinces)]
    beside = provinces.merge(rows[_OF_ONE_FIGURE], on=_OF_ONE_FIGURE)
    placed = beside.assign(percentile=percentiles(beside))
    return placed[placed["percentile"].notna()].reset_index(drop=True)


def percentiles(rows: pd.DataFrame) -> pd.Series:
    """How many of the other provinces a figure leaves behind, in percent: 100 is the first, 0 the last of all.

    At the worst possible place where bounds leave it open; NaN where there are no others or definitions are not stated.
    """
    others = rows["ranked"] - 1
    behind = (rows["ranked"] - rows["rank_worst"]) / others * 100
    return behind.where((others > 0) & ~rows["basis"].isin(UNDEFINED_BASES))


def compared_regions(regions: tuple[str, ...], *, catalogue: Catalogue, highlight: str | None) -> tuple[str, ...]:
    """Provinces named one by one in a link, to be compared with the region of the profile."""
    return tuple(code for code in regions if code in catalogue.provinces and code != highlight)
