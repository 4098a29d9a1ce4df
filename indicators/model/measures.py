"""What is done with levels before they are shown: growth, index, shares, ranks, gaps.

Each measure takes levels (one row per region, year and basis of one indicator) and gives the same
rows with `value`, `qualifier` and `unit` of the measure, and a `reason` where there is no value.
Only figures on one basis are ever compared with one another.
"""

import numpy as np
import pandas as pd

from indicators.model.catalogue import NATION, Catalogue, Indicator, Measure
from indicators.model.qualifier import Qualifier, difference, is_exact, possible_range, quotient

POINTS = "个百分点"
PERCENT = "%"
PLACE = "位"
INDEX = "指数"
PER_CAPITA = "/万人"

VALUE = ["value", "qualifier", "status"]
# Differences of decimals are equal to the tenth digit or not at all; what floats add beyond it must not decide a place.
_FLOAT_NOISE = 10
SURE_TO_UNSURE = ("actual", "provisional", "derived", "unverified")


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
    """Levels of one indicator turned into a measure, with the change on the year before and the rank beside it."""
    plain = levels.assign(
        observed=levels["value"], observed_unit=levels["unit"], reason=None, note=levels["note"].fillna("")
    )
    with_context = _with_rank(_with_change(plain, indicator), indicator, catalogue)
    match measure:
        case "value":
            return with_context
        case "growth":
            return growth(with_context, indicator=indicator)
        case "cagr":
            return average_growth(with_context, base=base)
        case "index":
            return index(with_context, base=base)
        case "share":
            return share(with_context)
        case "rank":
            return rank(with_context)
        case "gap":
            return gap(with_context, focus=focus, indicator=indicator)
        case "per_capita" | "share_gdp":
            assert denominators is not None
            return per_denominator(with_context, denominators, catalogue=catalogue, measure=measure)


def growth(levels: pd.DataFrame, *, indicator: Indicator, lag: int = 1) -> pd.DataFrame:
    """Change of each series on its value `lag` years earlier.

    Levels give percent, ratios give percentage points. No value where the earlier one is missing,
    not positive (levels), or on another basis only. Bounds carry over: (> a) / (= b) is "> …",
    (> a) / (> b) is unknown.
    """
    earlier = _values_at(levels, levels["year"] - lag)
    reason = _why_no_earlier(levels, levels["year"] - lag, earlier)
    if indicator.in_percentage_points:
        return _compared(levels, earlier, reason, how="difference", unit=POINTS)
    return _compared(levels, earlier, reason, how="percent", unit=PERCENT)


def average_growth(levels: pd.DataFrame, *, base: int) -> pd.DataFrame:
    """Average annual growth from the base year to each later year, in percent (geometric mean)."""
    start = _values_at(levels, pd.Series(base, index=levels.index))
    reason = _why_no_earlier(levels, pd.Series(base, index=levels.index), start)
    reason = reason.mask(levels["year"] <= base, "not_applicable")
    total = _compared(levels, start, reason, how="percent", unit=PERCENT)
    years = (levels["year"] - base).where(levels["year"] > base)
    positive = (total["value"] / 100 + 1).where(lambda ratio: ratio > 0)
    value = (np.power(positive, 1 / years) - 1) * 100
    lost = total["value"].notna() & value.isna()
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
    reason = pd.Series(np.where(total["value"].isna(), "no_denominator", None), index=levels.index, dtype=object)
    return _compared(levels, total, reason, how="share", unit=PERCENT)


def per_denominator(
    levels: pd.DataFrame, denominators: pd.DataFrame, *, catalogue: Catalogue, measure: Measure
) -> pd.DataFrame:
    """Levels per 10,000 residents (per_capita) or in percent of gross regional product (share_gdp).

    Population and product are those of the same region and year, on the official line. The nation's
    product is the sum of the 31 provinces, since its own series follows another census.
    """
    own = denominators
    if measure == "share_gdp":
        own = _nation_as_sum(denominators, catalogue)
    order = {b: n for n, b in enumerate(catalogue.indicators[str(own["indicator"].iloc[0])].official_bases)}
    preferred = (
        own[own["basis"].isin(order)]
        .assign(_order=own["basis"].map(order))
        .sort_values("_order", kind="stable")
        .drop_duplicates(["region", "year"])
        .set_index(["region", "year"])[VALUE]
    )
    keys = pd.MultiIndex.from_frame(levels[["region", "year"]])
    below = preferred.reindex(keys).set_axis(levels.index)
    reason = pd.Series(np.where(below["value"].isna(), "no_denominator", None), index=levels.index, dtype=object)
    if measure == "share_gdp":
        return _compared(levels, below, reason, how="share", unit=PERCENT)
    unit = f"{levels['unit'].iloc[0]}{PER_CAPITA}" if len(levels) else ""
    return _compared(levels, below, reason, how="ratio", unit=unit)


def rank(levels: pd.DataFrame) -> pd.DataFrame:
    """Place among the provinces that have a figure on the same basis; ties share the better place."""
    known = levels["rank"].notna()
    exact = levels["rank"] == levels["rank_worst"]
    return levels.assign(
        value=levels["rank"],
        qualifier=np.where(exact | ~known, "=", ">="),
        unit=PLACE,
        reason=levels["reason"].mask(~known, "not_applicable"),
    )


def gap(levels: pd.DataFrame, *, focus: str, indicator: Indicator) -> pd.DataFrame:
    """Distance of each region to the focus region in the same year, on the same basis."""
    centre = levels[levels["region"] == focus].set_index(["year", "basis"])[VALUE]
    keys = pd.MultiIndex.from_frame(levels[["year", "basis"]])
    at_focus = centre.reindex(keys).set_axis(levels.index)
    reason = pd.Series(np.where(at_focus["value"].isna(), "no_focus", None), index=levels.index, dtype=object)
    unit = POINTS if indicator.in_percentage_points else indicator.unit
    return _compared(levels, at_focus, reason, how="difference", unit=unit)


def _values_at(levels: pd.DataFrame, years: pd.Series) -> pd.DataFrame:
    """Value and qualifier of the same region and basis in other years, aligned to the rows."""
    lookup = levels.set_index(["region", "basis", "year"])[VALUE]
    keys = pd.MultiIndex.from_arrays([levels["region"], levels["basis"], years])
    return lookup.reindex(keys).set_axis(levels.index)


def _why_no_earlier(levels: pd.DataFrame, years: pd.Series, earlier: pd.DataFrame) -> pd.Series:
    present = pd.MultiIndex.from_frame(levels[["region", "year"]])
    on_other_basis = pd.MultiIndex.from_arrays([levels["region"], years]).isin(present)
    reason = np.where(on_other_basis, "basis_break", "no_earlier")
    return pd.Series(np.where(earlier["value"].isna(), reason, None), index=levels.index, dtype=object)


def _compared(levels: pd.DataFrame, other: pd.DataFrame, reason: pd.Series, *, how: str, unit: str) -> pd.DataFrame:
    """Levels against aligned other values, with what the qualifiers still allow to say."""
    above, below = levels["value"].to_numpy(float), other["value"].to_numpy(float)
    why = reason.to_numpy(object).copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        value = {
            "difference": (above - below).round(_FLOAT_NOISE),
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
        result = difference(mine, theirs) if how == "difference" else quotient(mine, theirs)
        if result is None:
            value[row], why[row] = np.nan, "bounds_unknown"
        else:
            qualifiers[row] = result
    status = _less_sure(levels["status"], other["status"])
    return levels.assign(value=value, qualifier=qualifiers, status=status, unit=unit, reason=why)


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
    best = pd.Series(np.nan, index=levels.index)
    worst, ranked = best.copy(), best.copy()
    if "rank" in indicator.measures:
        provinces = levels[levels["region"].isin(catalogue.provinces)]
        for _, rows in provinces.groupby(["year", "basis"], sort=False):
            possible = places(rows, ascending=indicator.direction == "down")
            best[rows.index], worst[rows.index] = possible
            ranked[rows.index] = len(rows)
    return levels.assign(rank=best, rank_worst=worst, ranked=ranked)


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
        .agg(value=("value", "sum"), count=("region", "nunique"), doubt=("_doubt", "max"))
    )
    whole = sums[sums["count"] == len(catalogue.provinces)]
    whole = whole.assign(status=[SURE_TO_UNSURE[d] for d in whole["doubt"]]).drop(columns=["count", "doubt"])
    others = products[products["region"] != NATION]
    return pd.concat([others, whole.assign(region=NATION, qualifier="=")], ignore_index=True)
