"""The sentences that go with a view: what it shows, said by rules from its series table.

A sentence is made only of exact figures that are drawn, on one definition; where a bound, a gap or
a change of definition leaves something open, the sentence that would need it is not made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from indicators.model.catalogue import ALL_PROVINCES, Catalogue, Indicator
from indicators.model.measures import PERCENT, POINTS
from indicators.model.sentence import compared_rows, followed, is_comparison, last_segment
from indicators.model.series import UNDEFINED_BASES, Series, change_between

QuantityKind = Literal["level", "change", "difference", "ratio"]
_LEAST_FOR_MEDIAN = 5
_LEAST_FOR_PLACE = 3
_LEAST_FOR_PEAK = 3
_LEAST_RATIO = 1.05


@dataclass(frozen=True)
class Quantity:
    """A number that a sentence speaks of: a level, a change with its direction, a difference, or a ratio."""

    kind: QuantityKind
    value: float
    unit: str = ""


@dataclass(frozen=True)
class Statement:
    """A sentence by code (text `statement.<code>`) with the regions, years, counts and quantities it tells of."""

    code: str
    region: str = ""
    other: str = ""
    year: int = 0
    start: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    quantities: Mapping[str, Quantity] = field(default_factory=dict)


def statements(series: Series, *, catalogue: Catalogue, focus: str) -> tuple[Statement, ...]:
    """What can be said of a view of one indicator, most important first; nothing where nothing is certain."""
    spec = series.spec
    if len(spec.indicators) > 1 or series.shown.empty or spec.chart in ("scatter", "strip", "facts"):
        return ()
    indicator = catalogue.indicators[spec.indicators[0]]
    if is_comparison(series):
        if len(spec.years) > 1:
            return _between(series, indicator, catalogue, spec.highlight or focus)
        return _standing(series, indicator, catalogue, spec.highlight or focus)
    return _course(series, indicator, followed(series, focus))


def _standing(series: Series, indicator: Indicator, catalogue: Catalogue, chosen: str) -> tuple[Statement, ...]:
    """One year: the chosen region's level, its place, its distance to the first and to the middle."""
    rows = compared_rows(series)
    if series.spec.measure in ("growth", "cagr"):
        return _signs(rows, rows["value"], series.spec.measure == "growth")
    own = rows[(rows["region"] == chosen) & (rows["qualifier"] == "=")]
    if series.spec.measure != "value" or own.empty:
        return ()
    row = own.iloc[0]
    said = [_level(row), _place(row)]
    is_defined = not rows["basis"].isin(UNDEFINED_BASES).any()
    if is_defined and (rows["qualifier"] == "=").all() and indicator.direction == "up":
        said += [_to_the_first(rows, row, indicator)]
        if series.spec.regions == (ALL_PROVINCES,):
            said += [_to_the_middle(rows, row)]
    return tuple(statement for statement in said if statement is not None)


def _level(row: pd.Series) -> Statement:
    level = Quantity("level", float(row["value"]), str(row["unit"]))
    is_told = pd.notna(row["change"]) and row["change_qualifier"] == "="
    quantities = {"level": level}
    if is_told:
        quantities["change"] = Quantity("change", float(row["change"]), str(row["change_unit"]))
    return Statement(
        "level_changed" if is_told else "level", str(row["region"]), year=int(row["year"]), quantities=quantities
    )


def _place(row: pd.Series) -> Statement | None:
    """The place among the provinces with a figure, and how it moved on the year before."""
    if pd.isna(row["rank"]) or row["rank"] != row["rank_worst"] or row["ranked"] < _LEAST_FOR_PLACE:
        return None
    counts = {"place": int(row["rank"]), "among": int(row["ranked"])}
    if pd.isna(row["rank_before"]):
        return Statement("place", str(row["region"]), year=int(row["year"]), counts=counts)
    moved = int(row["rank_before"] - row["rank"])
    code = "place_up" if moved > 0 else "place_down" if moved < 0 else "place_same"
    return Statement(code, str(row["region"]), year=int(row["year"]), counts={**counts, "moved": abs(moved)})


def _to_the_first(rows: pd.DataFrame, row: pd.Series, indicator: Indicator) -> Statement | None:
    """How far the first is ahead of the chosen region, or the chosen region of the second."""
    ordered = rows.sort_values("value", ascending=False, kind="stable")
    if len(ordered) < _LEAST_FOR_PLACE or ordered["value"].iloc[0] == ordered["value"].iloc[1]:
        return None
    leads = ordered["region"].iloc[0] == row["region"]
    other = ordered.iloc[1 if leads else 0]
    above, below = (row, other) if leads else (other, row)
    level = Quantity("level", float(other["value"]), str(other["unit"]))
    told = Statement("", str(row["region"]), str(other["region"]), int(row["year"]))
    ahead = "ahead" if leads else "behind"
    if indicator.change == "points":
        lead = Quantity("difference", float(above["value"] - below["value"]), POINTS)
        return replace(told, code=f"{ahead}_points", quantities={"level": level, "lead": lead})
    ratio = float(above["value"] / below["value"]) if below["value"] > 0 else 0.0
    if indicator.change != "percent" or ratio < _LEAST_RATIO:
        return None
    lead = Quantity("ratio", ratio)
    return replace(told, code=ahead, quantities={"level": level, "lead": lead})


def _to_the_middle(rows: pd.DataFrame, row: pd.Series) -> Statement | None:
    if len(rows) < _LEAST_FOR_MEDIAN:
        return None
    median = float(rows["value"].median())
    side = "above" if row["value"] > median else "below" if row["value"] < median else "at"
    middle = Quantity("level", median, str(row["unit"]))
    return Statement(
        f"median_{side}",
        str(row["region"]),
        year=int(row["year"]),
        counts={"among": len(rows)},
        quantities={"level": middle},
    )


def _between(series: Series, indicator: Indicator, catalogue: Catalogue, chosen: str) -> tuple[Statement, ...]:
    """Two years: from where to where the chosen region came, how many rose and fell, who most."""
    changes = change_between(series, catalogue).dropna()
    rows = compared_rows(series)
    rows = rows[rows["region"].isin(changes.index)]
    said: list[Statement] = []
    if chosen in changes.index:
        said.append(_from_to(series, indicator, chosen, float(changes[chosen])))
    return (*said, *_signs(rows, changes.reindex(rows["region"]), is_growth=True, start=series.spec.years[0]))


def _from_to(series: Series, indicator: Indicator, chosen: str, change: float) -> Statement:
    years = (series.spec.years[0], series.spec.last_year)
    before, after = (float(series.at(year).set_index("region")["value"].loc[chosen]) for year in years)
    unit = series.shown["unit"].iloc[0]
    return Statement(
        "from_to",
        chosen,
        year=years[1],
        start=years[0],
        quantities={
            "before": Quantity("level", before, unit),
            "level": Quantity("level", after, unit),
            "change": Quantity("change", change, POINTS if indicator.change == "points" else PERCENT),
        },
    )


def _signs(rows: pd.DataFrame, changes: pd.Series, is_growth: bool, start: int = 0) -> tuple[Statement, ...]:
    """How many regions rose, fell and stayed, and which rose most and least."""
    if len(rows) < _LEAST_FOR_PLACE or (rows["qualifier"] != "=").any():
        return ()
    values = changes.to_numpy(float)
    counts = {
        "among": len(values),
        "up": int((values > 0).sum()),
        "down": int((values < 0).sum()),
        "same": int((values == 0).sum()),
    }
    year = int(rows["year"].iloc[0])
    code = "signs" if counts["same"] == 0 else "signs_same"
    said = [Statement(code, year=year, start=start, counts=counts)]
    ends = (values == values.max()).sum(), (values == values.min()).sum()
    if ends == (1, 1) and is_growth:
        points = rows["change_unit"].iloc[0] == POINTS
        unit = POINTS if points else PERCENT
        most, least = int(values.argmax()), int(values.argmin())
        said.append(
            Statement(
                "most_rise" if values.min() >= 0 else "most_fall" if values.max() <= 0 else "most_both",
                str(rows["region"].iloc[most]),
                str(rows["region"].iloc[least]),
                year=year,
                start=start,
                quantities={
                    "change": Quantity("change", float(values[most]), unit),
                    "least": Quantity("change", float(values[least]), unit),
                },
            )
        )
    return tuple(said)


def _course(series: Series, indicator: Indicator, region: str) -> tuple[Statement, ...]:
    """Over the years: the latest level, whether it is a peak, how the national place moved."""
    rows = series.shown[(series.shown["region"] == region) & (series.shown["qualifier"] == "=")]
    if rows.empty or series.spec.measure != "value" or indicator.change == "none":
        return ()
    segment = last_segment(rows)
    said = [_level(rows.iloc[-1]), _peak(segment), _rank_course(segment)]
    return tuple(statement for statement in said if statement is not None)


def _peak(rows: pd.DataFrame) -> Statement | None:
    """The highest value of an unbroken definition, if one year alone has it."""
    if len(rows) < _LEAST_FOR_PEAK or (rows["value"] == rows["value"].max()).sum() > 1:
        return None
    top = rows.iloc[int(rows["value"].argmax())]
    start, year = int(rows["year"].iloc[0]), int(rows["year"].iloc[-1])
    code = "peak_now" if top["year"] == year else "peak"
    level = Quantity("level", float(top["value"]), str(top["unit"]))
    counts = {"years": len(rows), "peak_year": int(top["year"])}
    return Statement(code, str(top["region"]), year=year, start=start, counts=counts, quantities={"level": level})


def _rank_course(rows: pd.DataFrame) -> Statement | None:
    placed = rows[rows["rank"].notna() & (rows["rank"] == rows["rank_worst"]) & (rows["ranked"] >= _LEAST_FOR_PLACE)]
    if len(placed) < 2:
        return None
    first, last = placed.iloc[0], placed.iloc[-1]
    before, now = int(first["rank"]), int(last["rank"])
    way = "up" if now < before else "down" if now > before else "same"
    counts = {"place": now, "place_before": before, "among": int(last["ranked"])}
    return Statement(
        f"rank_{way}", str(last["region"]), year=int(last["year"]), start=int(first["year"]), counts=counts
    )
