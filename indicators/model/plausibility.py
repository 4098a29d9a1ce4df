"""Whether figures that somebody wants to publish can be true, judged by the figures known before.

Only annual results are compared over time, on a log scale, so that a unit slip is a whole number
of powers of ten. A figure has to contradict both its neighbours in time and the figure that it
replaces, as far as either is known: correcting an old mistake is no slip. Limits were set so that
the shipped figures, left out one by one, stay silent.
"""

from collections.abc import Iterator
from decimal import Decimal
from math import isnan
from typing import Literal

import numpy as np
import pandas as pd

from indicators.model.catalogue import NATION, Catalogue
from indicators.model.diagnostic import Diagnostic, Severity
from indicators.model.history import (
    AMOUNTS,
    LEVELS,
    NEAR_YEARS,
    YEAR,
    History,
    is_annual_amount,
    log_levels,
    sum_gaps,
    with_years,
    yearly_changes,
)
from indicators.model.observation import KEY, mapped
from indicators.model.period import parse_period
from indicators.model.rounding import digits_lost

COLUMN = ["sheet", "indicator", "basis", "period"]
ROW = ["sheet", "indicator", "basis", "region"]
MANY = 5
# How near log10 has to come to a whole power: ten times, more by a single figure, more by a column's median.
_TEN_WITHIN = 0.15
_POWER_WITHIN = 0.45
_COLUMN_WITHIN = 0.3
# log10 of the steps of its last decimal that make a figure large enough to be told ten times too small.
_SURE_STEPS = 2
# log10 by which any figure may be off, and how many spreads of yearly changes on top.
_FAR_AT_LEAST = 0.1
_FAR_SPREADS = 3.5
_MAD_TO_SIGMA = 1.4826
# Gap between provinces and nation, as a share of the nation; and how much wider than ever it may become.
_SUM_SLACK = 0.02
_SUM_WIDENING = 1.25
_COPIED_SHARE = 0.8
# In steps of the indicator's last decimal.
_WELL_ABOVE_ZERO = 10
_MISSING = "—"


def implausible(
    proposed: pd.DataFrame,
    before: pd.DataFrame,
    catalogue: Catalogue,
    *,
    this_year: int,
    history: History | None = None,
) -> tuple[Diagnostic, ...]:
    """What is doubtful about the rows of a draft, given all current observations.

    Both frames have the contract's columns, values in the catalogue's unit; `proposed` also `sheet`
    and `cell`. Figures that only keep the value they had are not judged again. Five or more alike in
    one column (indicator, period) or row (indicator, region) of a sheet are told once, at the first
    cell, with their count. Only a year to come is an error. `history` is what is prepared of `before`,
    where that is needed more than once.
    """
    if proposed.empty:
        return ()
    history = history or History(before, catalogue)
    draft = _described(proposed, history, catalogue)
    fresh = draft[draft["value"].notna() & (draft["value"] != draft["was"])]
    known = history.known[history.known["indicator"].isin(proposed["indicator"].unique())]
    near = known[known["series"].isin(fresh["series"].unique())]
    return (
        *_in_time(fresh, near, history, catalogue),
        *_sums(fresh, known, history, catalogue),
        *_shares(fresh),
        *_signs(fresh, known, near),
        *_zeros(fresh, near),
        *_not_over(draft, this_year),
        *_targets_without_basis(draft, catalogue),
        *_copied(fresh, near),
        *_rounded(fresh),
        *_broken_counts(fresh, catalogue),
    )


def _described(proposed: pd.DataFrame, history: History, catalogue: Catalogue) -> pd.DataFrame:
    """The draft with `was` (the value it replaces), its series' number, what `with_years` adds, and its names."""
    figures = proposed[[*KEY, "value", "unit", "printed", "sheet", "cell"]].reset_index(drop=True)
    rows = figures.assign(was=history.replaced_by(figures), series=history.numbers_of(figures))
    names = {code: indicator.name_zh for code, indicator in catalogue.indicators.items()}
    places = {code: region.short_zh for code, region in catalogue.regions.items()}
    return with_years(rows, catalogue).assign(
        name=mapped(rows["indicator"], names), place=mapped(rows["region"], places).fillna(rows["region"])
    )


def _told(code: str, found: pd.DataFrame, *more: str, severity: Severity = "warning") -> Iterator[Diagnostic]:
    """Found rows as diagnostics, many alike in a column or row of the sheet as one."""
    if found.empty:
        return
    groups = _alike(found)
    counted = found.assign(count=groups.map(groups.value_counts()))
    yield from _diagnostics(code, counted[~groups.duplicated()], *more, severity=severity)


def _diagnostics(code: str, found: pd.DataFrame, *more: str, severity: Severity = "warning") -> Iterator[Diagnostic]:
    """One diagnostic a row: which figure it is, and the columns in `more`; numbers as a sentence says them."""
    columns = ["indicator", "region", "name", "place", "period", "unit", "value", "count", *more]
    for figure in found[["sheet", "cell", *columns]].to_dict("records"):
        said = {column: _number(of) if isinstance(of := figure[column], float) else of for column in columns}
        yield Diagnostic(code, severity, str(figure["sheet"]), str(figure["cell"]), said)


def _alike(found: pd.DataFrame) -> pd.Series:
    """Number of the group that each row is told with: its column, its row, or itself alone."""
    columns, rows = found.groupby(COLUMN), found.groupby(ROW)
    in_column = columns["cell"].transform("size") >= MANY
    in_row = rows["cell"].transform("size") >= MANY
    alone = pd.Series(np.arange(len(found)), found.index) + 2 * len(found)
    return columns.ngroup().where(in_column, (rows.ngroup() + len(found)).where(in_row, alone))


def _in_time(fresh: pd.DataFrame, near: pd.DataFrame, history: History, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Unit slips, and values far outside their own history without being one."""
    levels = log_levels(fresh)
    if levels.empty:
        return
    judged = _against_history(levels, log_levels(near), history)
    judged = judged.assign(power=_power(judged))
    slips = judged[judged["power"] != 0]
    mixed = zip(slips["unit"], slips["power"], slips["value"], strict=True)
    likely = [_likely(unit, power, value, catalogue) for unit, power, value in mixed]
    shown = slips.assign(factor=slips["power"].map(_factor), likely=likely)
    for _, alike in shown.groupby("power"):
        yield from _told("plausibility.slip", alike, "then", "before", "factor", "likely")
    far = (judged["power"] == 0) & (judged["off"].abs() > judged["limit"])
    yield from _told("plausibility.far", judged[far], "then", "before")


def _against_history(levels: pd.DataFrame, past: pd.DataFrame, history: History) -> pd.DataFrame:
    """Levels with `off` (log10 of value over expected), the `limit` beyond which that is far, `then` and `before`.

    `off` is the milder of two comparisons, with the neighbours in time and with the same year's known
    figure; NaN where nothing is known. `before` is a figure to quote and `then` its year.
    """
    changes = _changes_for(levels, history)
    drift = levels["indicator"].map(changes.groupby("indicator")["change"].median()).fillna(0)
    near = _by_neighbours(levels, past, drift)
    same = _same_year(levels, past)
    alone = near["expected"].isna() & same["expected"].isna()
    near = near.where(~alone, _among_themselves(levels)) if alone.any() else near
    by_near, by_same = levels["level"] - near["expected"], levels["level"] - same["expected"]
    milder = by_same.where(by_near.isna() | (by_same.abs() < by_near.abs()), by_near)
    quoted = same.where(same["expected"].notna(), near)
    return levels.assign(
        off=milder,
        limit=_limits(levels, changes),
        then=quoted["then"].astype("Int64").astype("str"),
        before=quoted["figure"],
    )


def _by_neighbours(levels: pd.DataFrame, past: pd.DataFrame, drift: pd.Series) -> pd.DataFrame:
    """Expected level between the nearest known years, at an end carried on by the indicator's usual change."""
    earlier, later = _nearest(levels, past, "backward"), _nearest(levels, past, "forward")
    since, until = levels["year"] - earlier["then"], later["then"] - levels["year"]
    between = earlier["level"] + (later["level"] - earlier["level"]) * since / (since + until)
    carried = (earlier["level"] + drift * since).fillna(later["level"] - drift * until)
    quoted = earlier.where(earlier["level"].notna(), later)
    return quoted.assign(expected=between.fillna(carried)).drop(columns="level")


def _nearest(levels: pd.DataFrame, past: pd.DataFrame, direction: Literal["backward", "forward"]) -> pd.DataFrame:
    """Level, year (`then`) and figure of the nearest known year before or after each row."""
    own = levels[["series", "year"]].assign(row=levels.index).sort_values("year")
    found = pd.merge_asof(
        own,
        _quotable(past).sort_values("year"),
        on="year",
        by="series",
        direction=direction,
        tolerance=NEAR_YEARS,
        allow_exact_matches=False,
    )
    return found.set_index("row").loc[levels.index, ["level", "then", "figure"]].astype("float64")


def _quotable(past: pd.DataFrame) -> pd.DataFrame:
    return past[["series", "year", "level"]].assign(then=past["year"], figure=past["value"])


def _same_year(levels: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """The known figure of the same series and year, from the replaced source or else the preferred one."""
    found = levels[["series", "year", "was"]].merge(_quotable(past), on=["series", "year"], how="left")
    figure = found["was"].where(found["was"] > 0, found["figure"])
    same = pd.DataFrame({"then": found["year"].astype("float64"), "figure": figure, "expected": np.log10(figure)})
    return same.set_axis(levels.index)


def _among_themselves(levels: pd.DataFrame) -> pd.DataFrame:
    """Expected level of series that nothing is known of: the median of the nearest four of the draft, three at least.

    The median of two on either side withstands one wrong figure among them.
    """
    ordered = levels.sort_values(["series", "year"])
    series = ordered.groupby("series")
    others = {}
    for step in (1, -1, 2, -2):
        apart = (ordered["year"] - series["year"].shift(step)).abs()
        others[step] = series["level"].shift(step).where(apart.between(1, NEAR_YEARS))
    around = pd.DataFrame(others)
    expected = around.median(axis=1).where(around.notna().sum(axis=1) >= 3)
    step = around.sub(expected, axis=0).abs().fillna(np.inf).to_numpy().argmin(axis=1)
    rows = np.arange(len(ordered))
    years = pd.DataFrame({step: series["year"].shift(step) for step in others}).to_numpy()
    figures = pd.DataFrame({step: series["value"].shift(step) for step in others}).to_numpy()
    quoted = {"then": years[rows, step], "figure": figures[rows, step], "expected": expected}
    return pd.DataFrame(quoted, index=ordered.index).loc[levels.index]


def _changes_for(levels: pd.DataFrame, history: History) -> pd.DataFrame:
    """Yearly changes of the indicators of some levels, known ones or, where nothing is known, those of the levels."""
    known = history.changes[history.changes["indicator"].isin(levels["indicator"].unique())]
    unknown = levels[~levels["indicator"].isin(history.levels["indicator"].unique())]
    return pd.concat([known, yearly_changes(unknown)]) if len(unknown) else known


def _limits(levels: pd.DataFrame, changes: pd.DataFrame) -> pd.Series:
    """How far off a level may be: the spread of the indicator's yearly changes, or of the series' own where wilder.

    Spread by the median absolute deviation, which a few real jumps do not move. A series with little
    history counts as wild as the indicator's wildest tenth, since small regions are the wild ones.
    """
    about = changes["change"] - changes.groupby("indicator")["change"].transform("median")
    deviations = changes.assign(deviation=about.abs() * _MAD_TO_SIGMA)
    usual = deviations.groupby("indicator")["deviation"].median()
    own = deviations.groupby(["indicator", "series"])["deviation"].agg(["median", "size"]).reset_index()
    wild = own.groupby("indicator")["median"].quantile(0.9)
    steady = own[own["size"] >= MANY]
    spread = levels["series"].map(steady.set_index("series")["median"])
    spread = spread.fillna(levels["indicator"].map(wild))
    widest = pd.concat([spread, levels["indicator"].map(usual)], axis=1).max(axis=1)
    return _FAR_AT_LEAST + _FAR_SPREADS * widest


def _power(judged: pd.DataFrame) -> pd.Series:
    """Power of ten by which a figure is off, by itself or with its whole column; 0 for none.

    Ten times is told of a single figure only where that is far for its series and the larger of the two
    is no mere handful of its last decimal: three contracts after forty are no slip.
    """
    off = judged["off"].fillna(0)
    single = _whole_power(off, _POWER_WITHIN)
    larger = judged["level"] - off.clip(upper=0)
    sure = (off.abs() > judged["limit"]) & (larger >= _SURE_STEPS - judged["decimals"])
    columns = judged.groupby(COLUMN)["off"]
    shared = _whole_power(columns.transform("median").fillna(0), _COLUMN_WITHIN)
    in_column = (columns.transform("count") >= MANY) & (shared != 0) & ((off - shared).abs() <= 0.5)
    return shared.where(in_column, single.where(sure | (single.abs() > 1), 0)).astype("int64")


def _whole_power(off: pd.Series, within: float) -> pd.Series:
    """The power of ten that a level is off by, ten times told more strictly; 0 where it is near none."""
    power = off.round()
    return power.where((off - power).abs() <= np.where(power.abs() == 1, _TEN_WITHIN, within), 0)


def _factor(power: int) -> str:
    return f"{10**power:,}" if power > 0 else f"1/{10**-power:,}"


def _likely(unit: str, power: int, value: float, catalogue: Catalogue) -> str:
    """The mix-up of units that gives such a factor, with a smaller one if there is any; else the plain factor."""
    if unit == "%" and power == -2:
        return f"{_number(value)} ↔ {_number(value * 100)}%"
    if unit == "%" and power == 1:
        return "‰ ↔ %"
    meant = catalogue.units[unit]
    for times in (abs(power), -abs(power)):
        for other in catalogue.units.values():
            if other.dimension == meant.dimension and meant.factor / other.factor == 10.0**times:
                return f"{other.code} ↔ {unit}"
    return f"× {_factor(power)}"


def _sums(fresh: pd.DataFrame, known: pd.DataFrame, history: History, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """The 31 provinces together against the nation, where the draft completes or changes a year.

    Some indicators leave much unallocated, so that only a gap wider than ever before is told.
    """
    touched = fresh[is_annual_amount(fresh)]
    if touched.empty:
        return
    alike = known[known["indicator"].isin(touched["indicator"].unique()) & known["year"].isin(touched["year"].unique())]
    past = alike[is_annual_amount(alike)]
    gaps = history.gaps.groupby("indicator")["gap"]
    usual = pd.DataFrame({"least": gaps.min(), "most": gaps.max(), "years": gaps.size()})
    after = sum_gaps(pd.concat([touched, past]), catalogue).join(usual, on="indicator")
    above = np.fmax(after["most"] + _SUM_SLACK / 2, _SUM_SLACK)
    below = (after["least"].clip(upper=0) * _SUM_WIDENING - _SUM_SLACK).where(after["years"] >= NEAR_YEARS)
    odd = after[(after["gap"] > above) | (after["gap"] < below)]
    nation_first = touched.assign(is_part=touched["region"] != NATION).sort_values("is_part", kind="stable")
    told = nation_first.drop_duplicates(YEAR).merge(odd, on=YEAR).sort_values(YEAR)
    shown = told.assign(
        value=told["nation"],
        gap=told["gap"].map(_percent),
        usual=[f"{_percent(low)} … {_percent(high)}" for low, high in told[["least", "most"]].to_numpy()],
        count=1,
    )
    yield from _diagnostics("plausibility.sum", shown, "provinces", "gap", "usual")


def _shares(fresh: pd.DataFrame) -> Iterator[Diagnostic]:
    """Parts of a whole outside 0 to 100 %."""
    parts = fresh[(fresh["unit"] == "%") & (fresh["kind"] == "ratio")]
    yield from _told("plausibility.share", parts[~parts["value"].between(0, 100)])


def _signs(fresh: pd.DataFrame, known: pd.DataFrame, near: pd.DataFrame) -> Iterator[Diagnostic]:
    """Values on the other side of zero than their whole series, or than all amounts of the indicator."""
    amounts = fresh[fresh["kind"].isin(AMOUNTS)]
    if amounts.empty:
        return
    series = amounts.merge(_one_sided(near, "series"), on="series", how="left").set_axis(amounts.index)
    whole = amounts.merge(_one_sided(known, "indicator"), on="indicator", how="left").set_axis(amounts.index)
    turned = (np.sign(amounts["value"]) * series["sign"] < 0) & (series["figures"] >= NEAR_YEARS)
    negative = (amounts["value"] < 0) & (whole["sign"] > 0)
    for odd, history in ((turned, series), (negative & ~turned, whole)):
        found = history[odd]
        shown = found.assign(figures=found["figures"].astype("int64"))
        yield from _told("plausibility.sign", shown, "then", "before", "figures")


def _one_sided(known: pd.DataFrame, key: str) -> pd.DataFrame:
    """Series or indicators whose figures but zeros have one `sign`: it, how many `figures`, the latest and its year."""
    signed = known.assign(sign=np.sign(known["value"]))
    ordered = signed[signed["sign"] != 0].sort_values("year")
    groups = ordered.groupby(key)
    latest = groups[["sign", "period", "value"]].last().rename(columns={"period": "then", "value": "before"})
    is_one_sided = groups["sign"].min() == groups["sign"].max()
    return latest.assign(figures=groups.size())[is_one_sided].reset_index()


def _zeros(fresh: pd.DataFrame, near: pd.DataFrame) -> Iterator[Diagnostic]:
    """Zeros where the nearest known year of the series is well above what its decimals round to zero."""
    zeros = fresh[(fresh["value"] == 0) & fresh["year"].notna() & fresh["kind"].isin(LEVELS)]
    if zeros.empty:
        return
    rows = zeros.assign(year=zeros["year"].astype("int64"))
    past = near.assign(year=near["year"].astype("int64"), level=near["value"])
    earlier, later = _nearest(rows, past, "backward"), _nearest(rows, past, "forward")
    beside = earlier.where(earlier["figure"].notna(), later)
    replaced = pd.DataFrame({"figure": rows["was"], "then": rows["year"].astype("float64")})
    quoted = replaced.where(rows["was"].notna(), beside)
    found = quoted["figure"] >= _WELL_ABOVE_ZERO * 0.1 ** zeros["decimals"]
    shown = rows.assign(then=quoted["then"].astype("Int64").astype("str"), before=quoted["figure"])
    yield from _told("plausibility.zero", shown[found], "then", "before")


def _not_over(draft: pd.DataFrame, this_year: int) -> Iterator[Diagnostic]:
    """Results of a year to come, and results of this year as a whole, which is not over."""
    results = draft[~draft["is_target"].astype(bool)]
    ends = mapped(results["period"], lambda text: parse_period(text).end)
    years = ends.str[:4].astype("int64")
    shown = results.assign(this_year=this_year)
    yield from _told("plausibility.future", shown[years > this_year], "this_year", severity="error")
    yield from _told("plausibility.unfinished", shown[ends == str(this_year)])


def _targets_without_basis(draft: pd.DataFrame, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Targets that do not say which definition they will be measured by."""
    bases = {
        code: "、".join(f"{catalogue.bases[basis].name_zh} ({basis})" for basis in indicator.all_bases)
        for code, indicator in catalogue.indicators.items()
    }
    allowed = mapped(draft["indicator"], bases)
    open_targets = draft["is_target"].astype(bool) & (draft["basis"] == "") & (allowed != "")
    yield from _told("plausibility.target_basis", draft.assign(allowed=allowed)[open_targets], "allowed")


def _copied(fresh: pd.DataFrame, near: pd.DataFrame) -> Iterator[Diagnostic]:
    """Columns of regions that repeat the year before or after; of two such years in the draft the later is told."""
    drafted = fresh[fresh["year"].notna() & (fresh["value"] != 0)]
    if drafted.empty:
        return
    before = pd.concat([drafted, near]).drop_duplicates(["series", "year"])
    after = near[~pd.MultiIndex.from_frame(near[YEAR]).isin(pd.MultiIndex.from_frame(drafted[YEAR]))]
    pairs = pd.concat([_beside(drafted, before, 1), _beside(drafted, after, -1)])
    columns = pairs.groupby([*COLUMN, "then"])["is_equal"]
    repeated = pairs[(columns.transform("size") >= MANY) & (columns.transform("mean") >= _COPIED_SHARE)]
    nearest = repeated[repeated["then"] == repeated.groupby(COLUMN)["then"].transform("min")]
    equal = nearest.groupby(COLUMN)["is_equal"].transform("sum")
    yield from _told("plausibility.copied", nearest.assign(equal=equal).reset_index(drop=True), "then", "equal")


def _beside(drafted: pd.DataFrame, others: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Draft rows that the same series has a figure for `lag` years earlier, with that year and whether it is equal."""
    shifted = others[["series", "value"]].assign(year=others["year"] + lag, then=others["year"])
    pairs = drafted.merge(shifted, on=["series", "year"], suffixes=("", "_beside"))
    return pairs.assign(is_equal=pairs["value"] == pairs["value_beside"])


def _rounded(fresh: pd.DataFrame) -> Iterator[Diagnostic]:
    """Values that are the figure they replace with digits lost.

    A number that a cell shows with more decimals may be kept without its last zero, so that a single
    digit counts as lost only where many of a column or row lose theirs.
    """
    revised = fresh[fresh["was"].notna()]
    pairs = zip(revised["value"], revised["was"], revised["printed"], strict=True)
    lost = revised.assign(lost=[digits_lost(value, was, printed) for value, was, printed in pairs])
    rounded = lost[lost["lost"] > 0]
    groups = _alike(rounded)
    found = rounded[(rounded["lost"] > 1) | (groups.map(groups.value_counts()) >= MANY)]
    shown = found.assign(now=found["value"].map(_all_digits), before=found["was"].map(_all_digits))
    yield from _told("plausibility.rounded", shown, "now", "before")


def _broken_counts(fresh: pd.DataFrame, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Fractions of what is counted in single items."""
    single = [u.code for u in catalogue.units.values() if u.dimension.startswith("count_") and u.factor == 1]
    counted = fresh[fresh["unit"].isin(single)]
    yield from _told("plausibility.count", counted[counted["value"] % 1 != 0])


def _number(value: float) -> str:
    """At most six significant digits; whole digits are never rounded away."""
    if isnan(value):
        return _MISSING
    exact = Decimal(repr(float(value)))
    places = max(0, 5 - exact.adjusted()) if exact else 0
    return _all_digits(float(round(exact, places)))


def _all_digits(value: float) -> str:
    return f"{Decimal(repr(float(value))).normalize():,f}"


def _percent(share: float) -> str:
    return _MISSING if isnan(share) else f"{100 * share:+,.1f}%".replace("-", "−")
