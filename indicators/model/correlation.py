"""How two indicators go together over regions: pairs of one year, paths over the years, correlation.

A coefficient describes the regions drawn and nothing else. It says that two figures are large in the
same places, and never that one brings about the other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.model.catalogue import NATION, TOTAL_OF, Catalogue
from indicators.model.measures import SURE_TO_UNSURE
from indicators.model.series import Series, of_one_basis
from indicators.model.spec import ChartSpec, nation_compares

# Below so many regions a coefficient says more about chance than about the regions.
LEAST_COUNT = 8
AXES = ("x", "y", "size")
# Up to so many regions each have their path; of more, only the highlighted one has.
MOST_PATHS = 6
_LEAST_REFERENCED = 3


@dataclass(frozen=True)
class Correlation:
    """Coefficients over `count` regions; NaN with too few of them or where an indicator is the same everywhere.

    `left_out` regions are drawn but not counted: bounds, approximate and unverified figures. Pearson's
    coefficient is of the logarithms where the axes are logarithmic.
    """

    pearson: float
    spearman: float
    count: int
    left_out: int

    @property
    def is_known(self) -> bool:
        """Whether there is a coefficient."""
        return not np.isnan(self.pearson)


@dataclass(frozen=True)
class Association:
    """Two indicators over the regions of a view, in its last year.

    `drawn` are the pairs that have a place on the axes, `counted` those of exact, verified figures without groups or
    the nation beside their parts; `not_positive` are regions that logarithmic axes cannot show.
    """

    drawn: pd.DataFrame
    counted: pd.DataFrame
    not_positive: tuple[str, ...]
    correlation: Correlation


@dataclass(frozen=True)
class Level:
    """What marks are compared with on one axis, and how many figures it is of."""

    value: float
    count: int


def has_log_axes(spec: ChartSpec) -> bool:
    """Whether both axes are logarithmic; places have no logarithm worth drawing."""
    return spec.scale == "log" and spec.measure != "rank"


def pairs_of(series: Series, year: int) -> pd.DataFrame:
    """One row a region in one year, its figures as x, y and size, each on the basis that most regions follow.

    Each of the three has its value, NaN where there is none, and x_qualifier, x_status, x_basis (with the basis
    of what the value is divided by) and so on. Without a third indicator `size` is NaN.
    """
    rows = _rows_of(series.at(year), series.spec)
    return _side_by_side({name: of_one_basis(own) for name, own in rows.items()})


def association(series: Series) -> Association:
    """The pairs of the last year, which of them are drawn and counted, and how the two indicators go together."""
    pairs = pairs_of(series, series.spec.last_year)
    complete = pairs[pairs["x"].notna() & pairs["y"].notna()]
    has_place = _is_positive(complete) if has_log_axes(series.spec) else complete["x"].notna()
    drawn = complete[has_place]
    parts = drawn[~_is_whole(series, drawn)]
    is_sure = (parts[["x_qualifier", "y_qualifier"]] == "=").all(axis=1) & (parts["status"] != "unverified")
    counted = parts[is_sure]
    found = _correlation(counted, len(parts) - len(counted), is_log=has_log_axes(series.spec))
    return Association(drawn, counted, tuple(complete.loc[~has_place, "region"]), found)


def reference_level(
    series: Series, place: int, counted: pd.DataFrame, *, catalogue: Catalogue, nation: Series | None
) -> Level | None:
    """The median of the regions counted, or their mean or the `nation` where the view asks for it.

    None for places, for too few regions, and where the axis has no room for it.
    """
    spec = series.spec
    code = spec.indicators[place]
    indicator = catalogue.indicators[code]
    values = counted[AXES[place]]
    if spec.measure == "rank" or indicator.kind == "rank":
        return None
    if nation is not None:
        rows = nation.shown
        fits = nation_compares(spec.measure, indicator)
        values = rows.loc[(rows["indicator"] == code) & fits & (rows["qualifier"] == "="), "value"]
    elif len(values) < _LEAST_REFERENCED:
        return None
    if values.empty or (has_log_axes(spec) and values.iloc[0] <= 0):
        return None
    return Level(float(values.mean() if spec.reference == "mean" else values.median()), len(values))


def followed_regions(series: Series, focus: str) -> tuple[str, ...]:
    """Regions that have a path: every one drawn where they are few, else that in focus; none in a single year."""
    if len(series.spec.years) < 2:
        return ()
    drawn = tuple(association(series).drawn["region"])
    return drawn if len(drawn) <= MOST_PATHS else (focus,) * (focus in set(series.table["region"]))


def _correlation(counted: pd.DataFrame, left_out: int, *, is_log: bool) -> Correlation:
    x, y = counted["x"].to_numpy(float), counted["y"].to_numpy(float)
    if len(counted) < LEAST_COUNT or np.ptp(x) == 0 or np.ptp(y) == 0:
        return Correlation(float("nan"), float("nan"), len(counted), left_out)
    ends = (np.log(x), np.log(y)) if is_log else (x, y)
    return Correlation(pearson(*ends), spearman(x, y), len(counted), left_out)


def pearson(x: np.ndarray, y: np.ndarray) -> float:
    """Pearson's product-moment coefficient; both ends must vary."""
    across, up = x - x.mean(), y - y.mean()
    return float((across * up).sum() / np.sqrt((across**2).sum() * (up**2).sum()))


def spearman(x: np.ndarray, y: np.ndarray) -> float:
    """Spearman's rank coefficient: Pearson's of the places, ties sharing the mean of theirs."""
    return pearson(pd.Series(x).rank().to_numpy(float), pd.Series(y).rank().to_numpy(float))


def paths_of(series: Series, regions: tuple[str, ...]) -> pd.DataFrame:
    """Pairs of some regions over all years of the view, region after region, each with its year and `segment`.

    A segment ends where a year has no pair or where the basis of either figure changes, so that no step
    joins what does not compare.
    """
    wanted = series.table[series.table["region"].isin(regions)]
    years = [
        _side_by_side(_rows_of(wanted[wanted["year"] == year], series.spec)).assign(year=year)
        for year in series.spec.years
    ]
    place = {region: n for n, region in enumerate(regions)}
    steps = pd.concat(years).sort_values("region", key=lambda codes: codes.map(place), kind="stable")
    has_place = steps["x"].notna() & steps["y"].notna()
    if has_log_axes(series.spec):
        has_place &= _is_positive(steps)
    definition = steps["region"] + " " + steps["x_basis"] + " " + steps["y_basis"]
    is_break = ~has_place | (definition != definition.shift())
    return steps.assign(segment=is_break.cumsum())[has_place].reset_index(drop=True)


def _rows_of(rows: pd.DataFrame, spec: ChartSpec) -> dict[str, pd.DataFrame]:
    """Rows of one year by what their indicator is in the chart."""
    return {name: rows[rows["indicator"] == code] for name, code in zip(AXES, spec.indicators, strict=False)}


def _side_by_side(parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Rows of one year and of up to three indicators, joined by region in the order of the first."""
    pairs = parts["x"][["region"]].reset_index(drop=True)
    absent = parts["x"].assign(value=np.nan, qualifier="=", status="actual", basis="", other_basis="")
    for name in AXES:
        own = parts.get(name, absent).set_index("region").reindex(pairs["region"])
        pairs[name] = own["value"].to_numpy(float)
        pairs[f"{name}_qualifier"] = own["qualifier"].to_numpy()
        pairs[f"{name}_status"] = own["status"].to_numpy()
        pairs[f"{name}_basis"] = (own["basis"] + "|" + own["other_basis"]).to_numpy()
    doubt = {status: place for place, status in enumerate(SURE_TO_UNSURE)}
    doubts = np.maximum(pairs["x_status"].map(doubt).fillna(0), pairs["y_status"].map(doubt).fillna(0))
    return pairs.assign(status=[SURE_TO_UNSURE[int(place)] for place in doubts])


def _is_positive(pairs: pd.DataFrame) -> pd.Series:
    return (pairs["x"] > 0) & (pairs["y"] > 0)


def _is_whole(series: Series, pairs: pd.DataFrame) -> pd.Series:
    """Regions that are made of others: groups, and the nation where it is no country among countries."""
    is_nation = (pairs["region"] == NATION) & (not series.is_international)
    return pairs["region"].str.startswith(TOTAL_OF) | is_nation
