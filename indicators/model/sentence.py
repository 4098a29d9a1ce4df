"""What a series table shows, as a finding that language can put into words.

A finding claims only what is drawn: who leads, where the focus region stands, how far it came.
"""

from dataclasses import dataclass

import pandas as pd

from indicators.model.catalogue import ALL_PROVINCES, Catalogue
from indicators.model.measures import places
from indicators.model.qualifier import is_exact
from indicators.model.series import Series, of_one_basis


@dataclass(frozen=True)
class Finding:
    """A statement by code (text `finding.<code>`) with the raw numbers and codes that it speaks of."""

    code: str
    indicator: str
    region: str = ""
    year: int = 0
    start: int = 0
    value: float = float("nan")
    qualifier: str = "="
    unit: str = ""
    place: int = 0
    place_before: int = 0
    among: int = 0
    group: str = ""
    leaders: tuple[str, ...] = ()


def is_comparison(series: Series) -> bool:
    """Whether the view sets regions side by side in one or two years, rather than following them over years."""
    return series.spec.chart in ("ranking", "map") or len(series.spec.years) <= 2


def finding(series: Series, *, catalogue: Catalogue, focus: str) -> Finding:
    """The statement that stands as the title of a view."""
    if len(series.spec.indicators) > 1:
        spec = series.spec
        return Finding(
            "several", spec.indicators[0], spec.regions[0], spec.last_year, spec.years[0], place=len(spec.indicators)
        )
    if is_comparison(series):
        return _standing(series, catalogue, focus)
    return _course(series, focus)


def compared_rows(series: Series) -> pd.DataFrame:
    """Rows that a comparison places against one another: one year, one basis, a value each."""
    rows = of_one_basis(series.at(series.spec.last_year))
    return rows[rows["value"].notna()]


def shown_places(series: Series, catalogue: Catalogue) -> pd.Series:
    """Best possible place of each region among those compared, by what is shown."""
    rows = compared_rows(series)
    if rows.empty:
        return pd.Series(dtype=float)
    return pd.Series(places(rows, ascending=ascending(series, catalogue))[0], index=rows["region"])


def ascending(series: Series, catalogue: Catalogue) -> bool:
    """Whether the smallest value comes first: places, and what is better when it is less."""
    indicator = catalogue.indicators[series.spec.indicators[0]]
    return indicator.direction == "down" or series.spec.measure == "rank"


def _standing(series: Series, catalogue: Catalogue, focus: str) -> Finding:
    spec = series.spec
    code, year = spec.indicators[0], spec.last_year
    rows = compared_rows(series)
    if rows.empty:
        return Finding("none", code, year=year)
    chosen = spec.highlight or focus
    start = spec.base_year if spec.measure == "cagr" else 0
    best, worst = places(rows, ascending=ascending(series, catalogue))
    if spec.chart == "map" and len(rows) > 3 and (best == worst).all() and sorted(best)[:4] == [1, 2, 3, 4]:
        leaders = tuple(rows["region"].iloc[int(n)] for n in best.argsort()[:3])
        return Finding(
            "leaders", code, year=year, start=spec.base_year if spec.measure == "cagr" else 0, leaders=leaders
        )
    at = {region: n for n, region in enumerate(rows["region"])}
    start = spec.base_year if spec.measure == "cagr" else 0
    if chosen not in at or len(rows) == 1:
        leader = rows.iloc[int(best.argmin())]
        name = "only" if len(rows) == 1 else "leads"
        return Finding(
            name,
            code,
            leader["region"],
            year,
            start,
            value=leader["value"],
            qualifier=leader["qualifier"],
            unit=leader["unit"],
            among=len(rows),
        )
    place, lowest = int(best[at[chosen]]), int(worst[at[chosen]])
    scope = _scope(spec.regions, catalogue)
    complete = len(rows) == len(catalogue.members(spec.regions))
    kind = "standing" if complete else "standing_with_gaps"
    if place != lowest:
        kind = "standing_at_least"
    elif list(best).count(place) > 1:
        kind = "standing_shared"
    return Finding(
        kind,
        code,
        chosen,
        year,
        start,
        place=place if kind != "standing_at_least" else lowest,
        among=len(rows),
        group=scope,
    )


def _scope(regions: tuple[str, ...], catalogue: Catalogue) -> str:
    if regions == (ALL_PROVINCES,) or set(regions) == set(catalogue.provinces):
        return ALL_PROVINCES
    return regions[0] if len(regions) == 1 and regions[0] in catalogue.groups else ""


def _course(series: Series, focus: str) -> Finding:
    spec = series.spec
    code = spec.indicators[0]
    region = _followed(series, focus)
    rows = series.shown[series.shown["region"] == region]
    if rows.empty:
        return Finding("none", code, region, spec.last_year, spec.years[0])
    last = rows.iloc[-1]
    segment = _last_segment(rows)
    first = segment.iloc[0]
    common = {"indicator": code, "region": region, "year": int(last["year"]), "unit": str(last["unit"])}
    if spec.measure == "rank":
        step = int(first["value"]) - int(last["value"])
        return Finding(
            "rank_rose" if step > 0 else "rank_fell" if step < 0 else "rank_kept",
            **common,
            start=int(first["year"]),
            place=int(last["value"]),
            place_before=int(first["value"]),
            among=int(last["ranked"]),
        )
    if spec.measure == "index":
        return Finding("index", **common, start=spec.base_year, value=float(last["value"]) / 100)
    if spec.measure == "cagr":
        common["start"] = spec.base_year
    if spec.measure != "value":
        return Finding(spec.measure, **common, value=float(last["value"]), qualifier=str(last["qualifier"]))
    exact = is_exact(first["qualifier"]) and is_exact(last["qualifier"])
    years = int(last["year"]) - int(first["year"])
    if not exact or years == 0:
        return Finding("level", **common, value=float(last["value"]), qualifier=str(last["qualifier"]))
    common["start"] = int(first["year"])
    if last["unit"] == "%":
        return Finding("moved", **common, value=float(last["value"]) - float(first["value"]))
    if first["value"] <= 0 or last["value"] <= 0:
        return Finding("level", **common, value=float(last["value"]))
    ratio = float(last["value"]) / float(first["value"])
    if years == 1:
        return Finding("grew", **common, value=(ratio - 1) * 100)
    return Finding("grew_a_year", **common, value=(ratio ** (1 / years) - 1) * 100)


def _followed(series: Series, focus: str) -> str:
    drawn = list(dict.fromkeys(series.table["region"]))
    for region in (series.spec.highlight, focus):
        if region in drawn and not (series.spec.measure == "gap" and region == focus):
            return str(region)
    others = [region for region in drawn if region != focus]
    return str((others or drawn)[0])


def _last_segment(rows: pd.DataFrame) -> pd.DataFrame:
    """The part of a line after its last change of basis."""
    changed = rows["basis"].ne(rows["basis"].shift()).cumsum()
    return rows[changed == changed.iloc[-1]]
