"""Two indicators against each other as a native chart of dots, a group a run, names beside their dots."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, log10
from typing import Literal

import pandas as pd

from indicators.charts.lines import round_ticks
from indicators.charts.placing import Box, Label, Plot, placed
from indicators.charts.scatter import group_colours, group_shapes, radius_of
from indicators.charts.scatter_layout import Axis as ScreenAxis
from indicators.charts.scatter_layout import Extent, extent
from indicators.charts.theme import DOUBTFUL, FOCUS, SECONDARY, text_width
from indicators.export.native import Axis, Dot, DotRun, Dots, Shape
from indicators.language.captions import series_scale
from indicators.model.correlation import association, has_log_axes
from indicators.model.spec import AXES_OF_SCATTER
from indicators.tasks.browse import View
from indicators.tasks.draw_scatter import axis_of, group_names, notes_of, points_of, size_of, steps_of
from indicators.tasks.native_bars import scaled
from indicators.tasks.native_lines import axis_format

_PLOT = Plot(520.0, 350.0, left=10.0, right=30.0, top=4.0, bottom=4.0)
_LETTERS = 9.5
_SHAPES: dict[str, Shape] = {"circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "up"}
_SIDES: dict[str, Literal["r", "l", "t", "b"]] = {"right": "r", "left": "l", "center": "t"}
_ARROWS = {("x", ">"): "→", ("x", "<"): "←", ("y", ">"): "↑", ("y", "<"): "↓"}


def scatter_dots(view: View) -> tuple[Dots, tuple[str, ...]]:
    """The dots of a view and the notes that belong to them."""
    catalogue, spec = view.edition.catalogue, view.spec
    found = association(view.series)
    points = points_of(view, found.drawn)
    steps = steps_of(view)
    size = size_of(view, points)
    screen = axis_of(view, 0, found), axis_of(view, 1, found)
    factors = [series_scale(view.series, catalogue, code).factor for code in spec.indicators]
    is_log = has_log_axes(spec)
    x, y = (
        _axis([*(points[name] * factor), *(steps[name] * factor)], own, is_log=is_log)
        for name, own, factor in zip(("x", "y"), screen, factors, strict=False)
    )
    highlight = spec.highlight or view.edition.focus
    groups = group_names(view.series, catalogue)
    radius = radius_of(points["size"]) if size else None
    colours, shapes = group_colours(groups), group_shapes(groups)
    sides = _sides(points, x, y, factors, highlight, radius, _reserved(screen, x, y, factors))
    runs = []
    is_focus = points["region"] == highlight
    for code, name in groups.items():
        own = points[(points["group"] == code) & ~is_focus]
        if len(own):
            dots = _dots(own, factors, sides, radius)
            runs.append(DotRun(name, dots, colours[code], _SHAPES[shapes[code]], is_keyed=True))
    own = points[is_focus]
    if len(own):
        dots = _dots(own, factors, sides, radius)
        runs.append(DotRun(str(own["name"].iloc[0]), dots, FOCUS, mark=10.0, is_keyed=True))
    runs = [*_references(screen, x, y, factors), *_paths(steps, points, colours, factors, highlight), *runs]
    notes = (*([size.title] if size else []), *notes_of(view, found, points, steps))
    return Dots(tuple(runs), x, y, size.title if size else ""), notes


def _axis(values: list[float], screen: ScreenAxis, *, is_log: bool) -> Axis:
    title = " · ".join(screen.title)
    if is_log:
        low, high = (log10(value) for value in (min(values, default=1.0), max(values, default=10.0)))
        ends = 10.0 ** floor(low), 10.0 ** ceil(high)
        return Axis(ends[0], ends[1] if ends[1] > ends[0] else ends[0] * 10, 0.0, "#,##0.######", title, is_log=True)
    if screen.is_place:
        worst = max(5.0, ceil(max(values, default=1.0) / 5) * 5.0)
        return Axis(0.0, worst, 5.0, "0;;", title, counts_down=True)
    own = extent(values, is_log=False, is_place=False)
    ticks = round_ticks(own.low, own.high)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else own.high - own.low
    low = floor(round(own.low / step, 6)) * step
    low = max(low, 0.0) if min(values, default=0.0) >= 0 else low
    return Axis(low, ceil(round(own.high / step, 6)) * step, step, axis_format(step), title)


def _dots(
    own: pd.DataFrame, factors: list[float], sides: Mapping[str, Label], radius: Callable[[float], float] | None
) -> tuple[Dot, ...]:
    dots = []
    for row in own.sort_values("size", ascending=False, kind="stable").to_dict("records"):
        label = sides.get(row["region"])
        up, _, side = (label.spot if label else "middle right").partition(" ")
        moved = {"top": -6.0, "bottom": 6.0}.get(up, 0.0) if side != "center" else 0.0
        dots.append(
            Dot(
                name=row["name"],
                x=float(scaled(row["x"], factors[0]) or 0.0),
                y=float(scaled(row["y"], factors[1]) or 0.0),
                label=label.text if label else "",
                size=scaled(row["size"], factors[AXES_OF_SCATTER]) if radius else None,
                side="b" if up == "bottom" and side == "center" else _SIDES[side],
                moved=moved,
                is_hollow=row["status"] in DOUBTFUL or (radius is not None and not row["size"] > 0),
                mark=2 * radius(row["size"]) if radius else 0.0,
            )
        )
    return tuple(dots)


def _sides(
    points: pd.DataFrame,
    x: Axis,
    y: Axis,
    factors: list[float],
    highlight: str,
    radius: Callable[[float], float] | None,
    reserved: Sequence[Box],
) -> dict[str, Label]:
    """Where names have room beside their dots, the region in focus and the largest first; bounds always say so."""
    across, up = _extent(x), _extent(y)
    labels = {}
    for row in points.to_dict("records"):
        arrows = "".join(_ARROWS.get((axis, row[f"{axis}_qualifier"][:1]), "") for axis in ("x", "y"))
        labels[row["region"]] = Label(
            text=f"{row['name']} {arrows}".strip(),
            point=(row["x"], row["y"]),
            across=across.at(row["x"] * factors[0]),
            down=1 - up.at(row["y"] * factors[1]),
            radius=radius(row["size"]) if radius else 4.5,
            size=_LETTERS * 1.1,
            is_needed=row["region"] == highlight or bool(arrows),
        )
    order = sorted(
        labels, key=lambda code: (not labels[code].is_needed, -labels[code].across - (1 - labels[code].down))
    )
    found = placed([labels[code] for code in order], list(labels.values()), plots=[_PLOT], taken=[reserved])
    by_place = {(label.text, label.point): label for label in found}
    return {
        code: by_place[label.text, label.point]
        for code, label in labels.items()
        if (label.text, label.point) in by_place
    }


def _reserved(screen: tuple[ScreenAxis, ScreenAxis], x: Axis, y: Axis, factors: list[float]) -> list[Box]:
    """Where the words on the lines to compare with stand."""
    boxes = []
    if screen[0].reference:
        left = _extent(x).at(screen[0].reference.value * factors[0]) * _PLOT.width
        boxes.append(Box(left, -8, left + text_width(screen[0].reference.label, _LETTERS) + 8, 8))
    if screen[1].reference:
        down = (1 - _extent(y).at(screen[1].reference.value * factors[1])) * _PLOT.height
        wide = text_width(screen[1].reference.label, _LETTERS) + 8
        boxes.append(Box(_PLOT.width - wide, down - 16, _PLOT.width, down))
    return boxes


def _extent(axis: Axis) -> Extent:
    ends = (log10(axis.low), log10(axis.high)) if axis.is_log else (axis.low, axis.high)
    low, high = ends[::-1] if axis.counts_down else ends
    return Extent(low, high, axis.is_log)


def _references(screen: tuple[ScreenAxis, ScreenAxis], x: Axis, y: Axis, factors: list[float]) -> list[DotRun]:
    """Lines to compare with, each with what it is at its end."""
    runs = []
    across, up = screen[0].reference, screen[1].reference
    if across:
        value = float(scaled(across.value, factors[0]) or 0.0)
        top, foot = (y.low, y.high) if y.counts_down else (y.high, y.low)
        dots = (Dot(across.label, value, foot), Dot(across.label, value, top, across.label))
        runs.append(DotRun(across.label, dots, SECONDARY, "none", line="dashed"))
    if up:
        value = float(scaled(up.value, factors[1]) or 0.0)
        right, left = (x.low, x.high) if x.counts_down else (x.high, x.low)
        dots = (Dot(up.label, left, value), Dot(up.label, right, value, up.label, side="l", moved=-8.0))
        runs.append(DotRun(up.label, dots, SECONDARY, "none", line="dashed"))
    return runs


def _paths(
    steps: pd.DataFrame, points: pd.DataFrame, colours: Mapping[str, str], factors: list[float], highlight: str
) -> list[DotRun]:
    """A joined run for each stretch of a path, the first and last year written beside it."""
    names = dict(zip(points["region"], points["name"], strict=True))
    runs = []
    for (region, _), own in steps.groupby(["region", "segment"], sort=False):
        colour = FOCUS if region == highlight else colours[own["group"].iloc[0]]
        years = [int(year) for year in own["year"]]
        first, last = int(steps.loc[steps["region"] == region, "year"].min()), max(years)
        dots = tuple(
            Dot(
                str(year),
                float(scaled(x, factors[0]) or 0.0),
                float(scaled(y, factors[1]) or 0.0),
                str(year) if year == first and first < last else "",
                side="b",
            )
            for year, x, y in zip(years, own["x"], own["y"], strict=True)
        )
        runs.append(DotRun(f"{names.get(region, region)} {years[0]}–{last}", dots, colour, mark=3.0, line="solid"))
    return runs
