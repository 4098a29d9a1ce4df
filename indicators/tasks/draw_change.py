"""Drawing what happened between two years: as dumbbells or as slopes."""

from functools import partial

import pandas as pd

from indicators.charts.change import change
from indicators.charts.frame import Drawing
from indicators.charts.slope import slope
from indicators.language.captions import move_text, series_scale
from indicators.language.messages import text
from indicators.language.names import reason_text
from indicators.language.numbers import Scale
from indicators.model.measures import PLACE
from indicators.model.moves import moves
from indicators.tasks.browse import View
from indicators.tasks.marks import SIGNED, first_few, is_last_apart, worded


def draw_change(view: View) -> Drawing:
    """The dumbbells of a view."""
    scale = series_scale(view.series, view.edition.catalogue)
    rows = moved_rows(view)
    return partial(
        change,
        rows,
        highlight=_focus(view),
        year_names=year_names(view),
        axis=scale.axis,
        is_place=is_of_places(view),
        is_last_apart=is_last_apart(view, rows) and view.spec.sorting != "change",
    )


def draw_slope(view: View) -> Drawing:
    """The slopes of a view."""
    rows = moved_rows(view)
    return partial(
        slope,
        rows,
        highlight=_focus(view),
        year_names=year_names(view),
        is_place=is_of_places(view),
        is_log=view.spec.scale == "log",
        unnamed=lambda count: text(view.spec.language, "slope.unnamed", count=count, among=len(rows)),
        names_right=text(view.spec.language, "slope.names_right"),
    )


def moved_rows(view: View) -> pd.DataFrame:
    """Regions with a figure in the last year, best first (or by their move, or as chosen), with their words."""
    spec = view.spec
    rows = first_few(view, moves(view.series, view.edition.catalogue))
    if spec.sorting == "change":
        rows = rows.sort_values("move", ascending=is_of_places(view), kind="stable")
    scale = series_scale(view.series, view.edition.catalogue)
    written = worded(view, rows)
    earlier = worded(view, rows.assign(value=rows["earlier"], qualifier=rows["earlier_qualifier"]), in_full=())
    told = [_move_text(view, row, scale) for _, row in rows.iterrows()]
    return written.assign(
        label=told,
        detail=_both_values(view, rows, scale),
        earlier_label=[f"{name} {label}" for name, label in zip(earlier["name"], earlier["label"], strict=True)],
        earlier_value=earlier["label"],
        later_label=[
            f"{label} {name}" + ("" if why else f" {move}")
            for label, name, move, why in zip(written["label"], written["name"], told, rows["why"], strict=True)
        ],
    )


def _move_text(view: View, row: pd.Series, scale: Scale) -> str:
    """A move with its sign and unit, or why there is none."""
    language, move = view.spec.language, float(row["move"])
    if row["why"]:
        return reason_text(str(row["why"]), language)
    if row["move_unit"] == PLACE:
        way = "up" if move < 0 else "down" if move > 0 else "same"
        return text(language, f"move.place.{way}", count=abs(int(move)))
    return move_text(row, scale, catalogue=view.edition.catalogue, language=language)


def _both_values(view: View, rows: pd.DataFrame, scale: Scale) -> list[str]:
    is_signed = view.spec.measure in SIGNED
    return [
        "" if why else f"{scale.label(earlier, signed=is_signed)}→{scale.label(value, signed=is_signed)}"
        for earlier, value, why in zip(rows["earlier"], rows["value"], rows["why"], strict=True)
    ]


def year_names(view: View) -> tuple[str, str]:
    """The two years as they are written over the marks."""
    first, last = (
        text(view.spec.language, "caption.years.some", years=year) for year in (view.spec.years[0], view.spec.last_year)
    )
    return first, last


def _focus(view: View) -> str:
    return view.spec.highlight or view.edition.focus


def is_of_places(view: View) -> bool:
    """Whether the values are places, which are better when they are less."""
    indicator = view.edition.catalogue.indicators[view.spec.indicators[0]]
    return view.spec.measure == "rank" or indicator.kind == "rank"
