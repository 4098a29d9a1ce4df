"""What is done with levels before they are shown: growth, index, shares, ranks, gaps.

Each measure takes levels (one row per region, year and basis of one indicator) and gives the same
rows with `value`, `qualifier` and `unit` of the measure, and a `reason` where there is no value.
Only figures on one basis are ever compared with one another.
"""

from decimal import Decimal

import numpy as np
import pandas as pd

from indicators.model.catalogue import NATION, Catalogue, Indicator, Measure
from indicators.model.qualifier import Qualifier, combined, difference, is_exact, possible_range, quotient

POINTS = "个百分点"
PERCENT = "%"
PLACE = "位"
INDEX = "指数"
PER_CAPITA = "/万人"

DENOMINATORS: dict[str, str] = {"per_capita": "population", "share_gdp": "gdp"}
VALUE = ["value", "qualifier", "status", "source"]
# Differences of decimals are equal to the tenth digit or not at all; what floats add beyond it must not decide a place.
FLOAT_NOISE = 10
CONTEXT = ["change", "change_unit", "change_qualifier", "change_reason", "rank", "rank_worst", "ranked", "rank_before"]
# A rise to ten times the base and more is told as a multiple, "36,875 %" being read by nobody; from a hundred times
# on the base is next to nothing and is said to be. Numbers on an axis and in a table stay percent.
_TENFOLD, _HUNDREDFOLD = 10, 100
SURE_TO_UNSURE = ("actual", "provisional", "derived", "unverified")


def multiple_of(change: float) -> float | None:
    """How many times the base a change in percent leads to, where it is told so: from ten times on."""
    times = round(change / 100 + 1, FLOAT_NOISE)
    return times if times >= _TENFOLD else None


def digits_between(earlier: float, later: float) -> int:
    """Significant digits that a multiple of two figures may have: those of the less precise one."""
    return min(_significant(earlier), _significant(later))


def digits_of_change(later: float, change: float) -> int:
    """Significant digits of a multiple that is known as a change in percent and the figure that it led to."""
    return digits_between(later / (change / 100 + 1), later) if change > -100 else _significant(later)


def _significant(figure: float) -> int:
    """Significant digits of a figure as published: two of 0.062; of a whole number all are counted."""
    written = Decimal(f"{abs(figure):.{FLOAT_NOISE}g}")
    return max(len(written.as_tuple().digits), written.adjusted() + 1)


def is_from_next_to_nothing(change: float) -> bool:
    """Whether a change in percent is so large that its base has to be called small."""
    return change / 100 + 1 >= _HUNDREDFOLD


def measured(
    measure: Measure,
    levels: pd.DataFrame,
    *,
    indicator: Indicator,
    catalogue: Catalogue,
    base: int,
    focus: str,
    denominators: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Levels of one indicator (with their context) turned into a measure."""
    match measure:
        case "value":
            return levels
        case "growth":
            return growth(levels, indicator=indicator)
        case "cagr":
            return average_growth(levels, base=base)
        case "index":
            return index(levels, base=base)
        case "share":
            return share(levels)
        case "rank":
            return rank(levels)
        case "gap":
            return gap(levels, focus=focus, indicator=indicator)
        case "per_capita" | "share_gdp":
            assert denominators is not None
            return per_denominator(levels, denominators, catalogue=catalogue, measure=measure)


def with_context(levels: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Levels with what stands beside a value: the level itself, its change on the year before, its place.

    Adds observed, observed_unit, reason, other_source, other_basis, change, change_unit, change_qualifier,
    change_reason, rank, rank_worst, ranked and rank_before (the place a year earlier, where both are certain).
    """
    plain = levels.assign(
        observed=levels["value"], observed_unit=levels["unit"], reason=None, other_source="", other_basis=""
    )
    parts = [
        _with_rank(_with_change(own, catalogue.indicators[str(code)]), catalogue.indicators[str(code)], catalogue)
        for code, own in plain.groupby("indicator", sort=False)
    ]
    return pd.concat(parts) if parts else plain.reindex(columns=[*plain.columns, *CONTEXT])


def growth(levels: pd.DataFrame, *, indicator: Indicator, lag: int = 1) -> pd.DataFrame:
    """Change of each series on its value `lag` years earlier.

    Amounts give percent, percentages give percentage points, places nothing. No value where the earlier
    one is missing, not positive (amounts), or on another basis only. Bounds carry over: (> a) / (= b) is "> …",
    (> a) / (> b) is unknown.
    """
    earlier = _values_at(levels, levels["year"] - lag)
    reason = _why_no_earlier(levels, levels["year"] - lag, earlier)
    if indicator.change == "points":
        return _compared(levels, earlier, reason, how="difference", unit=POINTS)
    changed = _compared(levels, earlier, reason, how="percent", unit=PERCENT)
    if indicator.change == "none":
        return changed.assign(value=np.nan, reason="not_applicable")
    return changed


def average_growth(levels: pd.DataFrame, *, base: int) -> pd.DataFrame:
    """Average annual growth from the base year to each later year, in percent (geometric mean)."""
    start = _values_at(levels, pd.Series(base, index=levels.index))
    reason = _why_no_earlier(levels, pd.Series(base, index=levels.index), start)
    reason = reason.mask(levels["year"] <= base, "not_applicable")
    total = _compared(levels, start, reason, how="percent", unit=PERCENT)
    years = (levels["year"] - base).where(levels["year"] > base)
    ratio = total["value"] / 100 + 1
    value = ((ratio.where(ratio > 0) ** (1 / years) - 1) * 100).where(levels["year"] > base)
    lost = total["value"].notna() & value.isna() & total["reason"].isna()
    return total.assign(value=value, reason=total["reason"].mask(lost, "base_not_positive"))


def index(levels: pd.DataFrame, *, base: int) -> pd.DataFrame:
    """Each series with its base year set to 100."""
    start = _values_at(levels, pd.Series(base, index=levels.index))
    reason = _why_no_earlier(levels, pd.Series(base, index=levels.index), start)
    return _compared(levels, start, reason, how="index", unit=INDEX)


def share(levels: pd.DataFrame) -> pd.DataFrame:
    """Each region's part of the national total of the same year and basis, in percent."""
    nation = levels[levels["region"] == NATION].set_index(["year", "basis"])
    keys = pd.MultiIndex.from_frame(levels[["year", "basis"]])
    total = nation[VALUE].reindex(keys).set_axis(levels.index)
    reason = _where_missing(total, "no_denominator")
    return _compared(levels, total, reason, how="share", unit=PERCENT)


def per_denominator(
    levels: pd.DataFrame, denominators: pd.DataFrame, *, catalogue: Catalogue, measure: Measure
) -> pd.DataFrame:
    """Levels per 10,000 residents (per_capita) or in percent of gross regional product (share_gdp).

    Population and product are those of the same region and year, on the official line. The nation's
    product is the sum of the 31 provinces, since its own series follows another census.
    """
    own = _nation_as_sum(denominators, catalogue) if measure == "share_gdp" else denominators
    below_code = DENOMINATORS[measure]
    order = {basis: n for n, basis in enumerate(catalogue.indicators[below_code].official_bases)}
    preferred = (
        own[own["basis"].isin(order)]
        .assign(_order=own["basis"].map(order))
        .sort_values("_order", kind="stable")
        .drop_duplicates(["region", "year"])
        .set_index(["region", "year"])[[*VALUE, "basis"]]
    )
    keys = pd.MultiIndex.from_frame(levels[["region", "year"]])
    below = preferred.reindex(keys).set_axis(levels.index)
    levels = levels.assign(other_basis=below["basis"].fillna(""))
    reason = _where_missing(below, "no_denominator")
    if measure == "share_gdp":
        return _compared(levels, below, reason, how="share", unit=PERCENT)
    unit = f"{levels['unit'].iloc[0]}{PER_CAPITA}" if len(levels) else ""
    return _compared(levels, below, reason, how="ratio", unit=unit)


def rank(levels: pd.DataFrame) -> pd.DataFrame:
    """Place among the provinces that have a figure on the same basis; ties share the better place.

    Where bounds leave the place open it is the worst possible one, with the qualifier "<=": at least that far up.
    """
    known = levels["rank"].notna()
    exact = levels["rank"] == levels["rank_worst"]
    return levels.assign(
        value=levels["rank_worst"],
        qualifier=np.where(exact | ~known, "=", "<="),
        unit=PLACE,
        reason=levels["reason"].mask(~known, "not_applicable"),
    )


def gap(levels: pd.DataFrame, *, focus: str, indicator: Indicator) -> pd.DataFrame:
    """Distance of each region to the focus region in the same year, on the same basis."""
    centre = levels[levels["region"] == focus].set_index(["year", "basis"])[VALUE]
    keys = pd.MultiIndex.from_frame(levels[["year", "basis"]])
    at_focus = centre.reindex(keys).set_axis(levels.index)
    reason = _where_missing(at_focus, "no_focus")
    unit = POINTS if indicator.change == "points" else indicator.unit
    return _compared(levels, at_focus, reason, how="difference", unit=unit)


def _values_at(levels: pd.DataFrame, years: pd.Series) -> pd.DataFrame:
    """Value and qualifier of the same region and basis in other years, aligned to the rows."""
    lookup = levels.set_index(["region", "basis", "year"])[VALUE]
    keys = pd.MultiIndex.from_arrays([levels["region"], levels["basis"], years])
    return lookup.reindex(keys).set_axis(levels.index)


def _why_no_earlier(levels: pd.DataFrame, years: pd.Series, earlier: pd.DataFrame) -> pd.Series:
    present = pd.MultiIndex.from_frame(levels[["region", "year"]])
    on_other_basis = pd.MultiIndex.from_arrays([levels["region"], years]).isin(present)
    return _where_missing(earlier, "no_earlier").mask(earlier["value"].isna() & on_other_basis, "basis_break")


def _where_missing(others: pd.DataFrame, reason: str) -> pd.Series:
    """The reason where there is no value to compare with, None elsewhere."""
    return pd.Series([reason if is_missing else None for is_missing in others["value"].isna()], others.index, "object")


def _compared(levels: pd.DataFrame, other: pd.DataFrame, reason: pd.Series, *, how: str, unit: str) -> pd.DataFrame:
    """Levels against aligned other values, with what the qualifiers still allow to say."""
    above, below = levels["value"].to_numpy(float), other["value"].to_numpy(float)
    why = reason.to_numpy(object).copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        value = {
            "difference": (above - below).round(FLOAT_NOISE),
            "percent": (above / below - 1) * 100,
            "index": above / below * 100,
            "share": above / below * 100,
            "ratio": above / below,
        }[how]
    if how != "difference":
        not_positive = ~np.isnan(below) & (below <= 0)
        value[not_positive] = np.nan
        why[not_positive] = "base_not_positive"
    qualifiers = levels["qualifier"].to_numpy(object).copy()
    inexact = np.flatnonzero((qualifiers != "=") | (other["qualifier"].fillna("=").to_numpy(object) != "="))
    for row in inexact:
        theirs: Qualifier = other["qualifier"].iloc[row]
        if why[row] is not None:
            continue
        mine: Qualifier = qualifiers[row]
        result = difference(mine, theirs) if how == "difference" else _ratio(above[row], mine, theirs)
        if result is None:
            value[row], why[row] = np.nan, "bounds_unknown"
        else:
            qualifiers[row] = result
    status = _less_sure(levels["status"], other["status"])
    other_source = other["source"].fillna("")
    return levels.assign(
        value=value, qualifier=qualifiers, status=status, unit=unit, reason=why, other_source=other_source
    )


def _ratio(numerator: float, mine: Qualifier, theirs: Qualifier) -> Qualifier | None:
    """Qualifier of a ratio to something positive: a loss (below 0) shrinks where a profit would, and 0 stays 0."""
    if numerator > 0:
        return quotient(mine, theirs)
    return combined((mine, theirs)) if numerator < 0 else mine


def _less_sure(mine: pd.Series, theirs: pd.Series) -> pd.Series:
    """Status of a number made of two: that of the one which is less sure."""
    doubt = {status: place for place, status in enumerate(SURE_TO_UNSURE)}
    doubts = np.maximum(mine.map(doubt).to_numpy(), theirs.fillna("actual").map(doubt).to_numpy())
    return pd.Series([SURE_TO_UNSURE[d] for d in doubts], index=mine.index, dtype=object)


def _with_change(levels: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    changes = growth(levels, indicator=indicator)
    return levels.assign(
        change=changes["value"],
        change_unit=changes["unit"],
        change_qualifier=changes["qualifier"],
        change_reason=changes["reason"],
    )


def _with_rank(levels: pd.DataFrame, indicator: Indicator, catalogue: Catalogue) -> pd.DataFrame:
    """Best and worst possible place of each province among those on the same basis in the same year."""
    if "rank" not in indicator.measures:
        return levels.assign(rank=np.nan, rank_worst=np.nan, ranked=np.nan, rank_before=np.nan)
    provinces = levels[levels["region"].isin(catalogue.provinces)]
    ascending = indicator.direction == "down"
    groups = provinces.groupby(["year", "basis"], sort=False)
    best = groups["value"].rank(method="min", ascending=ascending).reindex(levels.index)
    ranked = groups["value"].transform("size").reindex(levels.index)
    worst = best.copy()
    for _, rows in provinces[provinces["qualifier"] != "="].groupby(["year", "basis"], sort=False):
        peers = groups.get_group((rows["year"].iloc[0], rows["basis"].iloc[0]))
        best[peers.index], worst[peers.index] = places(peers, ascending=ascending)
    exact = best.where(best == worst)
    earlier = levels.assign(_rank=exact).set_index(["region", "basis", "year"])["_rank"]
    keys = pd.MultiIndex.from_arrays([levels["region"], levels["basis"], levels["year"] - 1])
    before = earlier.reindex(keys).set_axis(levels.index).where(exact.notna())
    return levels.assign(rank=best, rank_worst=worst, ranked=ranked, rank_before=before)


def places(rows: pd.DataFrame, *, ascending: bool) -> tuple[np.ndarray, np.ndarray]:
    """Best and worst possible place of each row among all of them, given what the qualifiers leave open."""
    if all(is_exact(q) for q in rows["qualifier"]):
        exact = rows["value"].rank(method="min", ascending=ascending).to_numpy()
        return exact, exact
    pairs = zip(rows["value"], rows["qualifier"], strict=True)
    ranges = np.array([possible_range(value, qualifier) for value, qualifier in pairs])
    low, high = (-ranges[:, 1], -ranges[:, 0]) if ascending else (ranges[:, 0], ranges[:, 1])
    certainly_above = (low[None, :] > high[:, None]).sum(axis=1)
    possibly_above = (high[None, :] > low[:, None]).sum(axis=1) - (high > low)
    return 1.0 + certainly_above, 1.0 + possibly_above


def _nation_as_sum(products: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Gross regional products with the nation's replaced by the sum of all 31 provinces, where all are known."""
    provinces = products[products["region"].isin(catalogue.provinces)]
    doubt = {status: place for place, status in enumerate(SURE_TO_UNSURE)}
    sums = (
        provinces.assign(_doubt=provinces["status"].map(doubt))
        .groupby(["indicator", "basis", "year"], as_index=False)
        .agg(value=("value", "sum"), count=("region", "nunique"), doubt=("_doubt", "max"), source=("source", "first"))
    )
    whole = sums[sums["count"] == len(catalogue.provinces)]
    whole = whole.assign(status=[SURE_TO_UNSURE[d] for d in whole["doubt"]]).drop(columns=["count", "doubt"])
    others = products[products["region"] != NATION]
    return pd.concat([others, whole.assign(region=NATION, qualifier="=")], ignore_index=True)
