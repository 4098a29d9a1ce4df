"""What a series table shows, as a finding that language can put into words.

A finding claims only what is drawn: who leads, where the focus region stands, how far it came.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from indicators.model.catalogue import ALL_PROVINCES, NATION, Catalogue
from indicators.model.correlation import association, has_log_axes
from indicators.model.measures import (
    FLOAT_NOISE,
    INDEX,
    PERCENT,
    PLACE,
    POINTS,
    digits_between,
    digits_of_change,
    places,
)
from indicators.model.moves import moves
from indicators.model.profile import courses_of, profile_rows
from indicators.model.qualifier import Qualifier, is_exact
from indicators.model.series import OTHER_BASIS, UNDEFINED_BASES, Series, of_one_basis
from indicators.model.spec import OF_TWO_YEARS

_NAMED_REGIONS = 3
_FIRST = 10


@dataclass(frozen=True)
class Finding:
    """A statement by code (text `finding.<code>`) with the raw numbers and codes that it speaks of.

    `ends` are the two figures that a change lies between, `digits` those that a multiple of them keeps to.
    """

    code: str
    indicator: str
    region: str = ""
    year: int = 0
    start: int = 0
    value: float = float("nan")
    qualifier: Qualifier = "="
    unit: str = ""
    place: int = 0
    place_before: int = 0
    among: int = 0
    count: int = 0
    group: str = ""
    leaders: tuple[str, ...] = ()
    digits: int = 0
    ends: tuple[float, float] | None = None


def is_comparison(series: Series) -> bool:
    """Whether the view sets regions side by side in one or two years, rather than following them over years."""
    return series.spec.chart in ("ranking", "map", *OF_TWO_YEARS) or (
        series.spec.chart == "table" and len(series.spec.years) <= 2
    )


def finding(series: Series, *, catalogue: Catalogue, focus: str) -> Finding:
    """The statement that stands as the title of a view."""
    if series.spec.chart == "scatter" and len(series.spec.indicators) > 1:
        return _together(series)
    if series.spec.chart == "strip":
        return _profile(series, focus)
    if len(series.spec.indicators) > 1:
        return _several(series, catalogue)
    is_move = series.spec.chart in OF_TWO_YEARS and len(series.spec.years) > 1
    if is_move and series.spec.measure not in ("cagr", "gap"):
        return _between(series, catalogue, focus)
    if is_comparison(series):
        return _standing(series, catalogue, focus)
    return _course(series, focus)


def _several(series: Series, catalogue: Catalogue) -> Finding:
    """Of several indicators: who leads in all of one year, or how many of them rose over the years."""
    spec = series.spec
    drawn = tuple(dict.fromkeys(series.shown["region"]))
    found = Finding(
        "none", spec.indicators[0], "", spec.last_year, spec.years[0], count=series.shown["indicator"].nunique()
    )
    if not drawn:
        return found
    leaders = drawn if len(drawn) <= _NAMED_REGIONS else ()
    found = replace(found, code="several" if leaders else "several_regions", among=len(drawn), leaders=leaders)
    if len(spec.years) == 1:
        first = _first_in_all(series, catalogue)
        if not first:
            return replace(found, code=f"{found.code}_in_year")
        return replace(found, code="first_in_all", region=first, among=len(set(drawn) - {NATION}))
    moved = _moved_over_years(series)
    if moved is None:
        return found
    rose, fell = moved
    code = "rose_all" if not fell else "fell_all" if not rose else "rose_and_fell"
    one = "" if len(drawn) == 1 else "_of_regions"
    return replace(found, code=f"{code}{one}", region=drawn[0], place=rose, place_before=fell)


def _first_in_all(series: Series, catalogue: Catalogue) -> str:
    """The region that alone comes first by every indicator of one year, among the same regions with exact figures.

    There are at least two of them, none of them within another.
    """
    if any(catalogue.indicators[code].direction != "up" for code in series.spec.indicators):
        return ""
    firsts, among = set(), set()
    last = series.at(series.spec.last_year)
    last = last[(last["region"] != NATION) | series.is_international]
    for code in series.spec.indicators:
        rows = of_one_basis(last[last["indicator"] == code]).dropna(subset="value")
        if (
            len(rows) < 2
            or rows["unit"].iloc[0] == PLACE
            or (rows["qualifier"] != "=").any()
            or (rows["value"] == rows["value"].max()).sum() > 1
        ):
            return ""
        firsts.add(str(rows["region"].iloc[int(rows["value"].argmax())]))
        among.add(frozenset(rows["region"]))
    if len(firsts) > 1 or len(among) > 1:
        return ""
    (regions,) = among
    return "" if any(catalogue.region(code).parent in regions for code in regions) else firsts.pop()


def _moved_over_years(series: Series) -> tuple[int, int] | None:
    """How many courses rose and fell from the first year to the last, where that can be told of every one."""
    spec = series.spec
    if spec.measure not in ("value", "index"):
        return None
    rose = fell = 0
    for code in spec.indicators:
        own = series.table[series.table["indicator"] == code]
        for _, course in own.groupby("region", sort=False):
            rows = course.dropna(subset="value")
            ends = (spec.years[0], spec.last_year)
            if (
                rows.empty
                or (int(rows["year"].iloc[0]), int(rows["year"].iloc[-1])) != ends
                or rows["unit"].iloc[0] == PLACE
            ):
                return None
            first, last = rows.iloc[0], rows.iloc[-1]
            is_bridged = len(last_segment(rows)) < len(rows)
            if is_bridged or first["qualifier"] != "=" or last["qualifier"] != "=" or first["value"] == last["value"]:
                return None
            rose, fell = rose + int(last["value"] > first["value"]), fell + int(last["value"] < first["value"])
    return rose, fell


def _together(series: Series) -> Finding:
    """How two indicators go together over the regions drawn, by the coefficient that the chart states."""
    spec = series.spec
    found = association(series).correlation
    value = found.spearman if spec.measure == "rank" else found.pearson
    code = "together_unknown"
    if found.is_known:
        code = "together_log" if has_log_axes(spec) else "together"
    return Finding(code, spec.indicators[0], year=spec.last_year, value=value, unit=INDEX, among=found.count)


def _profile(series: Series, focus: str) -> Finding:
    """In how many of its indicators a region stands among the first ten of the nation for certain."""
    region = series.spec.highlight or focus
    rows = profile_rows(courses_of(series, region=region))
    placed = rows[rows["percentile"].notna()]
    found = Finding("profile_unplaced", series.spec.indicators[0], region, series.spec.last_year, count=len(rows))
    if placed.empty:
        return found if len(rows) else replace(found, code="profile_none")
    first = int((placed["rank_worst"] <= _FIRST).sum())
    return replace(found, code="profile", count=len(placed), among=_FIRST, place=first)


def _between(series: Series, catalogue: Catalogue, focus: str) -> Finding:
    """How the chosen region came from the first year to the last, and its place by that among all comparable ones."""
    spec = series.spec
    chosen, code = spec.highlight or focus, spec.indicators[0]
    moved = Finding("none", code, chosen, spec.last_year, spec.years[0])
    compared = moves(series, catalogue).dropna(subset="move").set_index("region")
    unit = str(compared["move_unit"].iloc[0]) if chosen in compared.index else ""
    if unit == PLACE:
        before, now = (int(compared[end].loc[chosen]) for end in ("earlier", "value"))
        way = "rose" if now < before else "fell" if now > before else "kept"
        return replace(moved, code=f"rank_{way}", place=now, place_before=before)
    if unit in (PERCENT, POINTS):
        changes = compared["move"].round(FLOAT_NOISE)
        place = int((changes > changes[chosen]).sum()) + 1
        code = "changed_up" if changes[chosen] > 0 else "changed_down"
        return replace(
            moved,
            code=code,
            value=float(changes[chosen]),
            unit=unit,
            place=place,
            among=len(changes),
            digits=int(compared["digits"].loc[chosen]),
            ends=(float(compared["earlier"].loc[chosen]), float(compared["value"].loc[chosen])),
        )
    if series.compared.empty:
        return replace(moved, code=_nothing(series), region="", start=0)
    if compared.empty:
        return replace(moved, code="incomparable", region="")
    if len(series.compared) == 1:
        return _standing(series, catalogue, focus)
    return replace(moved, code="compared", region="", start=0, among=len(compared))


def shown_places(series: Series, catalogue: Catalogue) -> pd.Series:
    """Best possible place of each region among those compared, by what is shown."""
    rows = series.compared
    if rows.empty or rows["basis"].isin(UNDEFINED_BASES).any():
        return pd.Series(dtype=float)
    return pd.Series(places(rows, ascending=ascending(series, catalogue))[0], index=rows["region"])


def ascending(series: Series, catalogue: Catalogue) -> bool:
    """Whether the smallest value comes first: places, and what is better when it is less."""
    indicator = catalogue.indicators[series.spec.indicators[0]]
    return indicator.direction == "down" or series.spec.measure == "rank"


def best_first(series: Series, catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a comparison that have a value, the best first."""
    known = rows[rows["value"].notna()]
    return known.sort_values("value", ascending=ascending(series, catalogue), kind="stable")


def foremost(series: Series, catalogue: Catalogue, rows: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """Rows of a comparison, the best first, cut to the first `top` of the view and the chosen region."""
    shown, top = best_first(series, catalogue, rows), series.spec.top
    if top is None:
        return shown
    return shown[(pd.RangeIndex(len(shown)) < top) | (shown["region"] == chosen).to_numpy()]


def _standing(series: Series, catalogue: Catalogue, focus: str) -> Finding:
    """Where the chosen region stands; "nationwide" is claimed only where every region asked for has a figure."""
    spec = series.spec
    code, year = spec.indicators[0], spec.last_year
    rows = series.compared
    if rows.empty:
        return Finding(_nothing(series), code, year=year)
    chosen = spec.highlight or focus
    if rows["basis"].isin(UNDEFINED_BASES).any() and len(rows) > 1:
        return Finding("compared", code, year=year, among=len(rows))
    start = spec.base_year if spec.measure == "cagr" else 0
    best, worst = places(rows, ascending=ascending(series, catalogue))
    if spec.measure == "gap" and chosen in set(rows["region"]) and len(rows) > 1:
        return _ahead(series, chosen)
    if spec.measure == "gap" and len(rows) == 1:
        return Finding(
            "gap", code, rows["region"].iloc[0], year, value=rows["value"].iloc[0], unit=rows["unit"].iloc[0]
        )
    if spec.chart == "map" and len(rows) > 3 and (best == worst).all() and sorted(best)[:4] == [1, 2, 3, 4]:
        leaders = tuple(rows["region"].iloc[int(n)] for n in best.argsort()[:3])
        return Finding("leaders", code, year=year, start=start, leaders=leaders)
    at = {region: n for n, region in enumerate(rows["region"])}
    if chosen not in at or len(rows) == 1:
        return _first_place(rows, best, worst, code, start)
    place, lowest = int(best[at[chosen]]), int(worst[at[chosen]])
    complete = len(rows) == len(catalogue.members(spec.regions))
    kind = "standing" if complete else "standing_with_gaps"
    if place != lowest:
        kind = "standing_at_least"
    elif list(best).count(place) > 1:
        kind = "standing_shared"
    scope = _scope(spec.regions, catalogue) if complete else ""
    return Finding(kind, code, chosen, year, start, place=lowest, among=len(rows), group=scope)


def _ahead(series: Series, centre: str) -> Finding:
    """How many regions of the last year lie above the one that all are measured from."""
    rows, spec = series.compared, series.spec
    count = int((rows["value"] > 0).sum())
    code = "ahead" if count else "ahead_none"
    return Finding(code, spec.indicators[0], centre, spec.last_year, count=count, among=len(rows))


def _first_place(rows: pd.DataFrame, best: np.ndarray, worst: np.ndarray, code: str, start: int) -> Finding:
    """Who comes first, if that is one region for certain."""
    leader = rows.iloc[int(best.argmin())]
    found = Finding(
        "leads",
        code,
        leader["region"],
        int(leader["year"]),
        start,
        value=leader["value"],
        qualifier=leader["qualifier"],
        unit=leader["unit"],
        among=len(rows),
    )
    if len(rows) == 1:
        return replace(found, code="only")
    if worst[best.argmin()] > 1:
        return replace(found, code="compared", region="", value=float("nan"))
    if list(best).count(1) > 1:
        return replace(found, code="lead_together", region="", leaders=tuple(rows.loc[best == 1, "region"]))
    return found


def _scope(regions: tuple[str, ...], catalogue: Catalogue) -> str:
    if regions == (ALL_PROVINCES,) or set(regions) == set(catalogue.provinces):
        return ALL_PROVINCES
    return regions[0] if len(regions) == 1 and regions[0] in catalogue.groups else ""


def _course(series: Series, focus: str) -> Finding:
    spec = series.spec
    code = spec.indicators[0]
    region = followed(series, focus)
    rows = series.shown[series.shown["region"] == region]
    if rows.empty:
        return Finding(_nothing(series), code, region, spec.last_year, spec.years[0])
    if spec.measure == "gap" and region == (spec.highlight or focus) and len(series.compared) > 1:
        return _ahead(series, region)  # whose own distance to itself says nothing
    last = rows.iloc[-1]
    first = last_segment(rows).iloc[0]
    value = float(last["value"])
    qualifier: Qualifier = last["qualifier"]
    level = Finding(
        "level", code, region, year=int(last["year"]), value=value, qualifier=qualifier, unit=str(last["unit"])
    )
    is_place = spec.measure == "value" and level.unit == PLACE
    match spec.measure:
        case "value" if not is_place:
            return _move(level, first, last)
        case "rank" | "value":
            before, now = int(first["value"]), int(value)
            way = "rose" if now < before else "fell" if now > before else "kept"
            return replace(
                level,
                code=f"rank_{way}",
                value=float("nan"),
                start=int(first["year"]),
                place=now,
                place_before=before,
                among=0 if is_place else int(last["ranked"]),
            )
        case "index" if int(last["year"]) == spec.base_year and len(spec.years) > 1:
            return replace(level, code="index_ends", start=spec.base_year)
        case "index":
            digits = digits_of_change(float(last["observed"]), value - 100)
            return replace(level, code="index", start=spec.base_year, value=value / 100, digits=digits)
        case "growth" if qualifier in ("=", "~"):
            return replace(level, code="growth", digits=digits_of_change(float(last["observed"]), value))
        case "cagr" if qualifier in ("=", "~"):
            return replace(level, code="cagr", start=spec.base_year)
        case "growth" | "cagr":
            return replace(level, start=spec.base_year if spec.measure == "cagr" else 0)
        case _:
            return replace(level, code=spec.measure)


def _nothing(series: Series) -> str:
    """What is said where nothing is drawn: that all there is are targets, or figures on other bases, or nothing."""
    if not series.targets.empty:
        return "only_targets"
    return "none_on_basis" if (series.table["reason"] == OTHER_BASIS).any() else "none"


def _move(level: Finding, first: pd.Series, last: pd.Series) -> Finding:
    """How a value came from the first to the last year; only its level where a bound or its sign forbids to say."""
    years = int(last["year"]) - int(first["year"])
    if years == 0 or not (is_exact(first["qualifier"]) and is_exact(last["qualifier"])):
        return level
    before, now = float(first["value"]), float(last["value"])
    moved = replace(level, start=int(first["year"]))
    if level.unit == "%":
        return replace(moved, code="moved", value=now - before, ends=(before, now))
    if before <= 0 or now <= 0:
        return level
    if years == 1:
        return replace(moved, code="grew", value=(now / before - 1) * 100, digits=digits_between(before, now))
    return replace(moved, code="grew_a_year", value=((now / before) ** (1 / years) - 1) * 100)


def followed(series: Series, focus: str) -> str:
    """The region that a trend speaks of: the highlighted one, else the one in focus, else the first with figures."""
    drawn = list(dict.fromkeys(series.table["region"]))
    with_figures = list(dict.fromkeys(series.shown["region"]))
    for region in (series.spec.highlight, focus):
        if region in with_figures:
            return str(region)
    return str((with_figures or drawn)[0])


def last_segment(rows: pd.DataFrame) -> pd.DataFrame:
    """The part of a line after its last change of basis, of the figures or of what they are divided by."""
    definition = rows["basis"] + " " + rows["other_basis"]
    changed = definition.ne(definition.shift()).cumsum()
    return rows[changed == changed.iloc[-1]]
