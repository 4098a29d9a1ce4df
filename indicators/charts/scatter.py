"""Two indicators against each other, a mark a region; a third may size the marks, years may join them.

No word depends on hover: regions are named beside their marks as far as a phone has room, and further on wider
screens; a note says how many are not. The names that only wider screens have room for are the last traces, which the
stylesheet hides on narrower ones, and of the notes, which are the last annotations, it shows the one that is true.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, groupby, pairwise
from typing import cast

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.placing import Label, Plot, wrapped
from indicators.charts.scatter_labels import LABEL_SIZE, STEP_RADIUS, mark_of, named, texts
from indicators.charts.scatter_layout import (
    LINE_HEIGHT,
    TICK_SIZE,
    Axis,
    Key,
    Point,
    References,
    SizeKey,
    Step,
    axis_layout,
    extent,
    legend_above,
    notes_below,
    sentence,
    size_key,
    tick_boxes,
    ticks,
    titles,
)
from indicators.charts.theme import DOUBTFUL, FOCUS, GROUND, SECONDARY, SERIES_COLOURS, text_width

_PLOT_HEIGHT, _LEAST_PLOT = 470, 320
_RADIUS, _LEAST_RADIUS, _MOST_RADIUS = 6.0, 2.0, 19.0
_RIGHT = 30
_REFERENCE_ROW = 18
_MOST_TICKS = 7
# Widths of the whole figure for which labels are placed: phones and tablets, small screens, all that is wider.
WIDTHS = ((304, 336, 420, 584, 790), (800, 1090), (1100, 1410))
_SYMBOLS = ("circle", "square", "diamond", "triangle-up")
_SIGNS = dict(zip(_SYMBOLS, "●■◆▲", strict=True))
_GAP = "\u2003"
# How much larger a shape is drawn to cover as much as a circle of the same size.
_EQUAL_AREA = {"circle": 1.0, "square": 0.886, "diamond": 0.964, "triangle-up": 1.347}
# Where the arrow of a bound points, in degrees from upwards.
_TURNS = {"x": {">": 90, ">=": 90, "<": 270, "<=": 270}, "y": {">": 0, ">=": 0, "<": 180, "<=": 180}}


def scatter(
    points: pd.DataFrame,
    *,
    frame: Frame,
    x: Axis,
    y: Axis,
    groups: Mapping[str, str],
    highlight: str | None,
    paths: pd.DataFrame,
    is_log: bool = False,
    size: SizeKey | None = None,
    notes: Sequence[str] = (),
    nothing: str = "",
    unnamed: Callable[[int], str] = str,
) -> go.Figure:
    """Marks of points with region, name, group, x, y, size, x_qualifier, y_qualifier, status and hover.

    `groups` are names by code in their order, "" for regions of no group; each has a colour and a shape, and only the
    highlighted region is red. With a `size` key the areas are proportional to `size`, and marks without it are hollow
    and small. `paths` have region, group, year, segment, x, y and hover; a step over years left out is dotted.
    `notes` stand under the axis, `nothing` stands in the middle where there are no points. Under the notes `unnamed`
    says for how many marks there is no room for a name.
    """
    marks = _looked(points, groups, highlight, is_sized=size is not None)
    ways = _ways(paths, groups, highlight)
    across = extent([*points["x"], *paths["x"]], is_log=is_log, is_place=x.is_place)
    up = extent([*points["y"], *paths["y"]], is_log=is_log, is_place=y.is_place)
    widths = WIDTHS if frame.room is None else ((frame.room.width,),)
    narrowest = widths[0][0]
    y_ticks = ticks(up, y, _MOST_TICKS)
    left = 12 + max([text_width(y.label(tick), TICK_SIZE) for tick in y_ticks], default=0.0)
    x_ticks = ticks(across, x, _MOST_TICKS, width=narrowest - left - _RIGHT)
    used = {code: name for code, name in groups.items() if (points["group"] == code).any()}
    key = Key()
    title_room = len(y.title) * LINE_HEIGHT + _REFERENCE_ROW + 4
    if size is not None:
        key = size_key(size, points["size"], radius_of(points["size"]), left=left, down=title_room, width=narrowest)
    legend = _legend(used, groups, narrowest) if len(used) > 1 else []
    bottom = 24 + (len(x.title) + len(notes) + 1) * LINE_HEIGHT + 12
    around = len(legend) * LINE_HEIGHT + key.height + title_room + 4 + bottom
    high = frame.height(_PLOT_HEIGHT + around, least=_LEAST_PLOT + around) - around
    plots = [Plot(w - left - _RIGHT, high, left=left - 8, right=_RIGHT - 2) for w in chain(*widths)]
    places = [mark_of(mark, (across, up)) for mark in marks]
    places += [mark_of(step, (across, up)) for way in ways.values() for step in way]
    references = References(x.reference, y.reference, across, up, plots, places)
    y_title = [*y.title, *references.title]
    title_room += len(references.title) * LINE_HEIGHT
    if size is not None:
        key = size_key(size, points["size"], radius_of(points["size"]), left=left, down=title_room, width=narrowest)
    top = len(legend) * LINE_HEIGHT + key.height + title_room + 4
    names = named(
        marks,
        ways,
        (across, up),
        plots=plots,
        starts=[sum(map(len, widths[:n])) for n in range(len(widths))],
        taken=[
            [*boxes, *tick_boxes(y, up, y_ticks, plot)] for boxes, plot in zip(references.boxes(), plots, strict=True)
        ],
        lines=references.lines(),
    )
    counts = _unnamed(marks, names)
    if frame.room is None and not any(counts):
        bottom -= LINE_HEIGHT
    return framed(
        frame,
        data=[
            *_marks([mark for mark in marks if not mark["is_focus"]], points, used),
            *_paths(ways),
            *(_mark([mark], "") for mark in marks if mark["is_focus"]),
            *_arrows(marks),
            *(texts(tier or places[:1]) for tier in names if marks),
        ],
        layout={
            "xaxis": axis_layout(across, x, x_ticks) | {"visible": bool(marks)},
            "yaxis": axis_layout(up, y, y_ticks) | {"visible": bool(marks)},
            "annotations": [
                *titles(x.title, y_title, left),
                *notes_below(notes, x, left),
                *legend_above(legend, left, title_room + key.height),
                *key.annotations,
                *references.annotations(),
                *([] if marks else [sentence(nothing)]),
                *(
                    notes_below([unnamed(count) if count else "\u00a0"], x, left, after=len(notes))[0]
                    for count in counts
                ),
            ],
            "shapes": [*references.shapes(), *key.shapes],
            "hovermode": "closest",
            "margin": {"l": round(left), "r": _RIGHT, "t": top, "b": bottom, "autoexpand": False},
        },
        height=high + top + bottom,
    )


def _unnamed(marks: Sequence[Point], names: Sequence[Sequence[Label]]) -> list[int]:
    """How many marks have no name where only the first list of names is shown, the first two, and so on."""
    shown = [{label.point for label in chain(*names[: n + 1])} for n in range(len(names))]
    return [sum((mark["x"], mark["y"]) not in named for mark in marks) for named in shown]


def radius_of(sizes: pd.Series) -> Callable[[float], float]:
    """The radius of a mark whose area is proportional to a size; a small one where there is no size."""
    largest = float(sizes.max()) if (sizes > 0).any() else 1.0
    return lambda size: max(_LEAST_RADIUS, _MOST_RADIUS * float(np.sqrt(size / largest))) if size > 0 else STEP_RADIUS


def _legend(used: Mapping[str, str], groups: Mapping[str, str], width: float) -> list[str]:
    """Shape, colour and name of each group, in lines no wider than so many pixels."""
    colours, shapes = group_colours(groups), group_shapes(groups)
    signs = {code: f'<span style="color:{colours[code]}">{_SIGNS[shapes[code]]}</span>' for code in used}
    lines = wrapped([f"● {name}" for name in used.values()], _GAP, size=LABEL_SIZE, width=width)
    names = iter(used)
    return [_GAP.join(signs[next(names)] + part[1:] for part in line.split(_GAP)) for line in lines]


def group_shapes(groups: Mapping[str, str]) -> dict[str, str]:
    """Shapes of the groups in their order; regions of no group are circles."""
    return dict(zip([code for code in groups if code], _SYMBOLS, strict=False)) | {"": "circle"}


def group_colours(groups: Mapping[str, str]) -> dict[str, str]:
    """Colours of the groups in their order; regions of no group are grey."""
    return dict(zip([code for code in groups if code], SERIES_COLOURS, strict=False)) | {"": SECONDARY}


def _looked(points: pd.DataFrame, groups: Mapping[str, str], highlight: str | None, *, is_sized: bool) -> list[Point]:
    """Points with their looks, large marks before the small ones that may lie on them."""
    colours, shapes = group_colours(groups), group_shapes(groups)
    radius = radius_of(points["size"])
    is_focus = [region == highlight for region in points["region"]]
    drawn = [shapes[group] for group in points["group"]]
    looked = points.assign(
        radius=[
            _EQUAL_AREA[shape] * (radius(size) if is_sized else _RADIUS)
            for shape, size in zip(drawn, points["size"], strict=True)
        ],
        is_focus=is_focus,
        colour=[FOCUS if focus else colours[g] for g, focus in zip(points["group"], is_focus, strict=True)],
        shape=drawn,
        is_open=points["status"].isin(DOUBTFUL) | (is_sized & ~(points["size"] > 0)),
    ).sort_values("radius", ascending=False, kind="stable")
    return cast("list[Point]", looked.to_dict("records"))


def _marks(marks: Sequence[Point], points: pd.DataFrame, used: Mapping[str, str]) -> list[Part]:
    """A trace a group."""
    group_of = dict(zip(points["region"], points["group"], strict=True))
    return [_mark([mark for mark in marks if group_of[mark["region"]] == code], name) for code, name in used.items()]


def _mark(own: Sequence[Point], name: str) -> Part:
    """Marks of one group. Hollow ones have an outline of their colour, others one of the ground to part them."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [mark["x"] for mark in own],
        "y": [mark["y"] for mark in own],
        "customdata": [mark["region"] for mark in own],
        "hovertext": [mark["hover"] for mark in own],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": [mark["shape"] + ("-open" if mark["is_open"] else "") for mark in own],
            "size": [2 * mark["radius"] for mark in own],
            "color": [mark["colour"] for mark in own],
            "opacity": [1 if mark["is_focus"] else 0.85 for mark in own],
            "line": {
                "width": [2 if mark["is_open"] else 1 for mark in own],
                "color": [mark["colour"] if mark["is_open"] else GROUND for mark in own],
            },
        },
    }


def _arrows(marks: Sequence[Point]) -> list[Part]:
    """Arrows beside the marks of bounds, each to where the true value lies."""
    bounds = [(mark, _TURNS["x"][mark["x_qualifier"]]) for mark in marks if mark["x_qualifier"] in _TURNS["x"]]
    bounds += [(mark, _TURNS["y"][mark["y_qualifier"]]) for mark in marks if mark["y_qualifier"] in _TURNS["y"]]
    if not bounds:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [mark["x"] for mark, _ in bounds],
            "y": [mark["y"] for mark, _ in bounds],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {
                "symbol": "triangle-up",
                "size": 9,
                "angle": [turn for _, turn in bounds],
                "standoff": [mark["radius"] + 3 for mark, _ in bounds],
                "color": [mark["colour"] for mark, _ in bounds],
            },
        }
    ]


def _ways(paths: pd.DataFrame, groups: Mapping[str, str], highlight: str | None) -> dict[str, list[Step]]:
    """Steps of each region's path in their colour, the highlighted one last."""
    colours = group_colours(groups)
    pairs = zip(paths["region"], paths["group"], strict=True)
    looked = paths.assign(
        colour=[FOCUS if region == highlight else colours[group] for region, group in pairs], radius=STEP_RADIUS
    )
    steps = cast("list[Step]", looked.to_dict("records"))
    ways = {region: list(own) for region, own in groupby(steps, key=lambda step: step["region"])}
    return dict(sorted(ways.items(), key=lambda way: way[0] == highlight))


def _paths(ways: Mapping[str, Sequence[Step]]) -> list[Part]:
    """A line a region through its years, broken where its figures do not compare, dotted over years left out."""
    traces = []
    for steps in ways.values():
        leaps = [(a, b) for a, b in pairwise(steps) if a["segment"] == b["segment"] and b["year"] - a["year"] > 1]
        after_leap = {b["year"] for _, b in leaps}
        line: list[Step | None] = []
        for before, step in zip([None, *steps], steps, strict=False):
            is_parted = before is not None and (before["segment"] != step["segment"] or step["year"] in after_leap)
            line += [None, step] if is_parted else [step]
        traces.append(_path(line, steps[0], "solid"))
        if leaps:
            traces.append(_path([step for a, b in leaps for step in (a, b, None)], steps[0], "dot"))
    return traces


def _path(line: Sequence[Step | None], first: Step, dash: str) -> Part:
    is_focus = first["colour"] == FOCUS
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [step["x"] if step else None for step in line],
        "y": [step["y"] if step else None for step in line],
        "customdata": [first["region"]] * len(line),
        "hovertext": [step["hover"] if step else "" for step in line],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": first["colour"], "width": 2.2 if is_focus else 1.6, "dash": dash},
        "marker": {"size": 2 * STEP_RADIUS, "color": first["colour"]},
    }
