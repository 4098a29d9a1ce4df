"""The sentences that go with a view: what it shows, said by rules from its series table.

A sentence is made only of exact figures that are drawn, on one definition; where a bound, a gap or
a change of definition leaves something open, the sentence that would need it is not made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from indicators.model.catalogue import ALL_PROVINCES, NATION, Catalogue, Change, Indicator, Measure
from indicators.model.correlation import AXES, Association, association, has_log_axes, reference_level
from indicators.model.measures import FLOAT_NOISE, PERCENT, POINTS, digits_between, digits_of_change
from indicators.model.moves import has_move, moves
from indicators.model.qualifier import Qualifier
from indicators.model.sentence import followed, is_comparison, last_segment
from indicators.model.series import UNDEFINED_BASES, Series
from indicators.model.spec import AXES_OF_SCATTER, OF_TWO_YEARS

QuantityKind = Literal["level", "change", "difference", "ratio", "coefficient"]
_LEAST_FOR_MEDIAN = 5
_LEAST_FOR_PLACE = 3
_LEAST_FOR_PEAK = 3
_LEAST_RATIO = 1.05
# Of a figure with one digit a small multiple would say too much: 1.5 times of 2 may be 1.2 or 2.
_LEAST_DIGITS, _TOLD_ROUGHLY = 2, 10
# Measures whose values are levels that can be told as such, with a place and a distance.
LEVELS: tuple[Measure, ...] = ("value", "per_capita", "share", "share_gdp")


@dataclass(frozen=True)
class Quantity:
    """A number that a sentence speaks of: a level, a change with its direction, a difference, ratio or coefficient.

    `ends` are the values that a change or difference lies between, which the sentence may tell; `digits` are
    the significant ones of the less precise of two figures, which a multiple of them keeps to.
    """

    kind: QuantityKind
    value: float
    unit: str = ""
    qualifier: Qualifier = "="
    ends: tuple[float, float] | None = None
    are_ends_told: bool = False
    digits: int = 0


@dataclass(frozen=True)
class Statement:
    """A sentence by code (text `statement.<code>`) with the regions, years, counts and quantities it tells of.

    It speaks of the first indicator of the view unless it names another.
    """

    code: str
    region: str = ""
    other: str = ""
    year: int = 0
    start: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    indicator: str = ""
    basis: str = ""


def statements(
    series: Series, *, catalogue: Catalogue, focus: str, nation: Series | None = None
) -> tuple[Statement, ...]:
    """What can be said of a view, most important first; nothing where nothing is certain.

    `nation` is there where the marks of a scatter are compared with it.
    """
    spec = series.spec
    if spec.chart == "scatter" and len(spec.indicators) > 1:
        return _together(series, catalogue, spec.highlight or focus, nation)
    if len(spec.indicators) > 1 or series.shown.empty or spec.chart in ("scatter", "strip", "facts"):
        return ()
    indicator = catalogue.indicators[spec.indicators[0]]
    if is_comparison(series):
        if len(spec.years) > 1 and (spec.chart in OF_TWO_YEARS or has_move(series, catalogue)):
            return _between(series, catalogue, spec.highlight or focus)
        return _standing(series, indicator, catalogue, spec.highlight or focus)
    return _course(series, indicator, followed(series, focus))


def _standing(series: Series, indicator: Indicator, catalogue: Catalogue, chosen: str) -> tuple[Statement, ...]:
    """One year: the chosen region's level, its place, its distance to the first and to the middle."""
    rows, measure = series.compared, series.spec.measure
    if measure in ("growth", "cagr"):
        unit = POINTS if (rows["change_unit"] == POINTS).any() else PERCENT
        return _signs(rows, rows["value"], unit if measure == "growth" else "")
    if series.is_international and chosen not in set(rows["region"]):
        chosen = NATION
    own = rows[rows["region"] == chosen]
    if measure not in LEVELS or own.empty:
        return ()
    row = own.iloc[0]
    if row["qualifier"] != "=":
        return (_bound(row),)
    of_provinces = series.spec.regions == (ALL_PROVINCES,)
    said: list[Statement | None] = [_level(row, measure)]
    said += [_place(row)] if measure == "value" else [_place_shown(rows, row)] if of_provinces else []
    is_defined = not rows["basis"].isin(UNDEFINED_BASES).any()
    if is_defined and (rows["qualifier"] == "=").all() and indicator.direction == "up":
        said += [_to_the_first(rows, row, "points" if row["unit"] == PERCENT else indicator.change)]
        if of_provinces:
            said += [_to_the_middle(rows, row)]
    return tuple(statement for statement in said if statement is not None)


def _bound(row: pd.Series) -> Statement:
    """A level of which only a bound or an approximate value is known, said to be that."""
    level = Quantity("level", float(row["value"]), str(row["unit"]), row["qualifier"])
    return Statement("level_bound", str(row["region"]), year=int(row["year"]), quantities={"level": level})


def _level(row: pd.Series, measure: Measure) -> Statement:
    """The value; of a plain one its change on the year before too."""
    level = Quantity("level", float(row["value"]), str(row["unit"]))
    told = Statement("level", str(row["region"]), year=int(row["year"]), quantities={"level": level})
    if measure != "value":
        return replace(told, code="level_of_measure")
    if not _is_change_told(row):
        return told
    digits = digits_of_change(float(row["value"]), float(row["change"]))
    change = Quantity("change", float(row["change"]), str(row["change_unit"]), digits=digits)
    return replace(told, code="level_changed", quantities={"level": level, "change": change})


def _is_change_told(row: pd.Series) -> bool:
    return bool(pd.notna(row["change"]) and row["change_qualifier"] == "=")


def _place_shown(rows: pd.DataFrame, row: pd.Series) -> Statement | None:
    """The place among the provinces by the values shown, where all of them are exact."""
    if len(rows) < _LEAST_FOR_PLACE or (rows["qualifier"] != "=").any():
        return None
    counts = {"place": 1 + int((rows["value"] > row["value"]).sum()), "among": len(rows)}
    return Statement("place", str(row["region"]), year=int(row["year"]), counts=counts)


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


def _to_the_first(rows: pd.DataFrame, row: pd.Series, change: Change) -> Statement | None:
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
    if change == "points":
        ends = (float(below["value"]), float(above["value"]))
        lead = Quantity("difference", ends[1] - ends[0], POINTS, ends=ends, are_ends_told=True)
        return replace(told, code=f"{ahead}_points", quantities={"level": level, "lead": lead})
    ratio = float(above["value"] / below["value"]) if below["value"] > 0 else 0.0
    digits = digits_between(float(below["observed"]), float(above["observed"]))
    if change != "percent" or ratio < _LEAST_RATIO or (digits < _LEAST_DIGITS and ratio < _TOLD_ROUGHLY):
        return None
    lead = Quantity("ratio", ratio, digits=digits)
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


def _between(series: Series, catalogue: Catalogue, chosen: str) -> tuple[Statement, ...]:
    """Two years: from where to where the chosen region came, how many rose and fell, who most."""
    rows = series.compared
    moved = moves(series, catalogue).dropna(subset="move").set_index("region")
    rows = rows[rows["region"].isin(moved.index)]
    if rows.empty or moved["move_unit"].iloc[0] not in (PERCENT, POINTS):
        return ()
    said: list[Statement] = []
    if chosen in set(rows["region"]):
        said.append(_from_to(series, chosen, moved.loc[[chosen]].iloc[0]))
    elif len(rows) >= _LEAST_FOR_PLACE and (rows["qualifier"] == "=").all():  # whose signs are told below
        said.append(Statement("between", year=series.spec.last_year, start=series.spec.years[0]))
    unit = str(moved["move_unit"].iloc[0])
    compared = moved.reindex(rows["region"])
    return (
        *said,
        *_signs(rows, compared["move"].round(FLOAT_NOISE), unit, start=series.spec.years[0], earlier=compared),
    )


def _from_to(series: Series, chosen: str, move: pd.Series) -> Statement:
    unit = str(move["unit"])
    change = Quantity(
        "change",
        float(move["move"]),
        str(move["move_unit"]),
        ends=(float(move["earlier"]), float(move["value"])),
        are_ends_told=True,
        digits=int(move["digits"]),
    )
    return Statement(
        "from_to",
        chosen,
        year=series.spec.last_year,
        start=series.spec.years[0],
        quantities={
            "before": Quantity("level", float(move["earlier"]), unit),
            "level": Quantity("level", float(move["value"]), unit),
            "change": change,
        },
    )


def _signs(
    rows: pd.DataFrame, changes: pd.Series, unit: str, start: int = 0, earlier: pd.DataFrame | None = None
) -> tuple[Statement, ...]:
    """How many regions rose, fell and stayed, and which rose most and least, where their changes have a `unit`.

    `earlier` are the moves that tell the values they changed from, in the order of the rows.
    """
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
    there = [way for way in ("up", "down", "same") if counts[way]]
    code = f"signs_all_{there[0]}" if len(there) == 1 else "_".join(["signs", *there])
    said = [Statement(code, year=year, start=start, counts=counts)]
    if ((values == values.max()).sum(), (values == values.min()).sum()) == (1, 1) and unit:
        most, least = int(values.argmax()), int(values.argmin())
        ends = [
            None if earlier is None else (float(earlier["earlier"].iloc[n]), float(rows["value"].iloc[n]))
            for n in (most, least)
        ]
        digits = [0 if earlier is None else int(earlier["digits"].iloc[n]) for n in (most, least)]
        said.append(
            Statement(
                "most_rise" if values.min() >= 0 else "most_fall" if values.max() <= 0 else "most_both",
                str(rows["region"].iloc[most]),
                str(rows["region"].iloc[least]),
                year=year,
                start=start,
                quantities={
                    "change": Quantity("change", float(values[most]), unit, ends=ends[0], digits=digits[0]),
                    "least": Quantity("change", float(values[least]), unit, ends=ends[1], digits=digits[1]),
                },
            )
        )
    return tuple(said)


def _together(series: Series, catalogue: Catalogue, chosen: str, nation: Series | None) -> tuple[Statement, ...]:
    """Two indicators: how they go together, and on which side of the lines the chosen region stands."""
    spec, found = series.spec, association(series)
    said = []
    if found.correlation.is_known:
        kind = "places" if spec.measure == "rank" else "logarithms" if has_log_axes(spec) else "values"
        coefficients = {
            "pearson": Quantity("coefficient", found.correlation.pearson),
            "spearman": Quantity("coefficient", found.correlation.spearman),
        }
        counts = {"among": found.correlation.count}
        said.append(Statement(f"together_{kind}", year=spec.last_year, counts=counts, quantities=coefficients))
    for place in range(AXES_OF_SCATTER):
        said += _on_axis(series, found, place, catalogue, chosen, nation)
    return tuple(said)


def _on_axis(
    series: Series, found: Association, place: int, catalogue: Catalogue, chosen: str, nation: Series | None
) -> list[Statement]:
    """The chosen region's figure on one axis and the side of its line that it lies on, or its place."""
    spec, code, axis = series.spec, series.spec.indicators[place], AXES[place]
    own = found.drawn[(found.drawn["region"] == chosen) & (found.drawn[f"{axis}_qualifier"] == "=")]
    if own.empty:
        return []
    value = float(own[axis].iloc[0])
    rows = series.at(spec.last_year)
    row = rows[(rows["indicator"] == code) & (rows["region"] == chosen)].iloc[0]
    told = Statement("", chosen, year=spec.last_year, indicator=code)
    if spec.measure == "rank":
        counts = {"place": int(value), "among": int(row["ranked"])}
        return [replace(told, code="axis_place", counts=counts)] if row["rank"] == row["rank_worst"] else []
    level = reference_level(series, place, found.counted, catalogue=catalogue, nation=nation)
    if level is None:
        return []
    side = "above" if value > level.value else "below" if value < level.value else "at"
    return [
        replace(
            told,
            code=f"axis_{spec.reference or 'median'}_{side}",
            counts={"among": level.count},
            quantities={
                "level": Quantity("level", value, str(row["unit"])),
                "middle": Quantity("level", level.value, str(row["unit"])),
            },
        )
    ]


def _course(series: Series, indicator: Indicator, region: str) -> tuple[Statement, ...]:
    """Over the years: the latest level, since when it follows its definition, its peak, how the place moved."""
    measure = series.spec.measure
    rows = series.shown[series.shown["region"] == region]
    if rows.empty or measure not in LEVELS or indicator.change == "none":
        return ()
    if rows["qualifier"].iloc[-1] != "=":
        exact = rows[rows["qualifier"] == "="]
        return (_bound(rows.iloc[-1]), *([_level(exact.iloc[-1], measure)] if len(exact) else []))
    rows = rows[rows["qualifier"] == "="]
    segment = last_segment(rows)
    said = [_level(rows.iloc[-1], measure), _since(rows, segment, measure), _peak(segment)]
    said += _rank_course(segment) if measure == "value" else []
    return tuple(statement for statement in said if statement is not None)


def _since(rows: pd.DataFrame, segment: pd.DataFrame, measure: Measure) -> Statement | None:
    """From which year on the figures drawn follow their definition, where earlier ones follow another."""
    if len(rows) == len(segment) or not segment["basis"].iloc[-1]:
        return None
    is_own = rows["basis"].nunique() > 1
    basis = str(segment["basis" if is_own else "other_basis"].iloc[-1])
    is_told = measure == "value" and _is_change_told(rows.iloc[-1])
    code = "since_denominator" if not is_own else "since_basis_changed" if is_told else "since_basis"
    return Statement(code, str(rows["region"].iloc[-1]), year=int(segment["year"].iloc[0]), basis=basis)


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


def _rank_course(rows: pd.DataFrame) -> list[Statement]:
    """From which place to which, and how far up and down it was between them where that is beyond both."""
    placed = rows[rows["rank"].notna() & (rows["rank"] == rows["rank_worst"]) & (rows["ranked"] >= _LEAST_FOR_PLACE)]
    if len(placed) < 2:
        return []
    first, last = placed.iloc[0], placed.iloc[-1]
    before, now = int(first["rank"]), int(last["rank"])
    way = "up" if now < before else "down" if now > before else "same"
    counts = {"place": now, "place_before": before, "among": int(last["ranked"])}
    if first["ranked"] != last["ranked"]:
        way, counts["among_before"] = f"{way}_among_others", int(first["ranked"])
    told = Statement(
        f"rank_{way}", str(last["region"]), year=int(last["year"]), start=int(first["year"]), counts=counts
    )
    best, worst = int(placed["rank"].min()), int(placed["rank"].max())
    beyond = {"best": best} if best < min(before, now) else {}
    beyond |= {"worst": worst} if worst > max(before, now) else {}
    said = [told]
    if beyond:
        said.append(replace(told, code="_".join(["rank_between", *beyond]), counts=beyond))
    return said
