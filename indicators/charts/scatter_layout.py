"""What stands around the marks of a scatter: axes and their titles, lines to compare with, the key of sizes, notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypedDict

import numpy as np
import pandas as pd

from indicators.charts.frame import Part
from indicators.charts.placing import Box, Label, Plot
from indicators.charts.ranking import ReferenceLine
from indicators.charts.theme import GRID, GROUND, INK, SECONDARY, SMALL_SIZE, TEXT_SIZE, text_width

LINE_HEIGHT = 17
TICK_SIZE = SMALL_SIZE + 1
TITLE_SIZE = TEXT_SIZE - 1
_PAD = 0.07
_KEY_GAP = 10


class Point(TypedDict):
    """A mark: a region's two figures, with how it looks."""

    region: str
    name: str
    x: float
    y: float
    x_qualifier: str
    y_qualifier: str
    hover: str
    radius: float
    colour: str
    shape: str
    is_focus: bool
    is_open: bool


class Step(TypedDict):
    """A region's two figures in one year of its path."""

    region: str
    year: int
    segment: int
    x: float
    y: float
    hover: str
    radius: float
    colour: str


@dataclass(frozen=True)
class Axis:
    """An axis: the lines of its title, how its numbers are written, its line to compare with; places count down."""

    title: Sequence[str]
    label: Callable[[float], str]
    reference: ReferenceLine | None = None
    is_place: bool = False


@dataclass(frozen=True)
class SizeKey:
    """What the area of the marks shows, and how its numbers are written."""

    title: str
    label: Callable[[float], str]


@dataclass(frozen=True)
class Extent:
    """The part of an axis that is shown, its ends as Plotly takes them: logarithms on a logarithmic axis."""

    low: float
    high: float
    is_log: bool

    def at(self, value: float) -> float:
        """Where a value stands, from 0 to 1."""
        return float(((np.log10(value) if self.is_log else value) - self.low) / (self.high - self.low))

    def value(self, end: float) -> float:
        """The value that stands at an end."""
        return float(10**end) if self.is_log else end

    def ticks(self, most: int) -> list[float]:
        """At most so many round numbers; on a logarithmic axis 1, 2, 5 or 1, 3 or 1 of every power of ten."""
        low, high = sorted((self.value(self.low), self.value(self.high)))
        return (_log_ticks(low, high, most) if self.is_log else []) or _round_ticks(low, high, most)


def extent(values: Sequence[float], *, is_log: bool, is_place: bool) -> Extent:
    """The part of an axis that shows all values with room for their marks; 0 is shown where it is not far."""
    if is_place:
        return Extent(max([*values, 2.0]) + 1.5, -0.5, is_log=False)
    ends = np.log10(values) if is_log else np.array(values, dtype=float)
    low, high = (float(ends.min()), float(ends.max())) if len(ends) else (0.0, 1.0)
    starts_at_zero = not is_log and 0 < low < 0.4 * high
    low = 0.0 if starts_at_zero else low
    room = ((high - low) or abs(high) or 1.0) * _PAD
    return Extent(low - (room / 2 if starts_at_zero else room), high + room, is_log)


def ticks(shown: Extent, axis: Axis, most: int, *, width: float = 0.0) -> list[float]:
    """Round numbers within the part shown, at most so many and no more than have room side by side in `width` pixels.

    Of places the first and every fifth.
    """
    if axis.is_place:
        return [1.0, *(float(n) for n in range(5, int(shown.low) + 1, 5))]
    for count in range(most, 2, -1):
        found = shown.ticks(count)
        ends = [(shown.at(tick) * width, text_width(axis.label(tick), TICK_SIZE) / 2 + 4) for tick in found]
        if not width or all(b - a >= before + after for (a, before), (b, after) in pairwise(ends)):
            return found
    return shown.ticks(2)


def tick_boxes(axis: Axis, shown: Extent, ticks: Sequence[float], plot: Plot) -> list[Box]:
    """The rectangles of the numbers at the left of a plot."""
    levels = [((1 - shown.at(tick)) * plot.height, text_width(axis.label(tick), TICK_SIZE)) for tick in ticks]
    return [Box(-width - 6, level - TICK_SIZE / 2, 0, level + TICK_SIZE / 2) for level, width in levels]


def axis_layout(shown: Extent, axis: Axis, ticks: Sequence[float]) -> Part:
    """Plotly's axis; numbers are never rotated."""
    return {
        "type": "log" if shown.is_log else "linear",
        "range": [shown.low, shown.high],
        "tickvals": list(ticks),
        "ticktext": [axis.label(tick) for tick in ticks],
        "tickfont": {"size": TICK_SIZE, "color": SECONDARY},
        "tickangle": 0,
        "gridcolor": GRID,
        "linecolor": SECONDARY,
        "zeroline": not shown.is_log and shown.low < 0 < shown.high,
        "zerolinecolor": SECONDARY,
        "zerolinewidth": 1,
        "fixedrange": True,
    }


def _log_ticks(low: float, high: float, most: int) -> list[float]:
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    found: list[float] = []
    for digits, step in (((1, 2, 5), 1), ((1, 3), 1), ((1,), 1), ((1,), 2), ((1,), 3)):
        found = [digit * 10.0**power for power in powers if power % step == 0 for digit in digits]
        found = [tick for tick in found if low <= tick <= high]
        if len(found) <= most:
            break
    return found if len(found) > 1 else []


def _round_ticks(low: float, high: float, most: int) -> list[float]:
    magnitude = 10 ** np.floor(np.log10((high - low) / most))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10, 20) if (high - low) / (m * magnitude) <= most)
    return [float(n * step) for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def titles(x: Sequence[str], y: Sequence[str], left: float) -> list[Part]:
    """The title of the upright axis above it, that of the other below it at its end; neither is rotated."""
    over: Part = {"y": 1, "yanchor": "bottom", "yshift": LINE_HEIGHT + 2, "x": 0, "xanchor": "left", "xshift": 4 - left}
    under: Part = {"y": 0, "yanchor": "top", "yshift": -20, "x": 1, "xanchor": "right", "xshift": 8}
    font = {"size": TITLE_SIZE, "color": INK}
    return [
        {**over, **_on_paper("<br>".join(y)), "align": "left", "font": font},
        {**under, **_on_paper("<br>".join(x)), "align": "right", "font": font},
    ]


def notes_below(notes: Sequence[str], x: Axis, left: float, *, after: int = 0) -> list[Part]:
    """Lines under the title of the axis, `after` so many others."""
    if not notes:
        return []
    down = 26 + (len(x.title) + after) * LINE_HEIGHT
    place: Part = {"x": 0, "xanchor": "left", "xshift": 4 - left, "y": 0, "yanchor": "top", "yshift": -down}
    return [
        {**place, **_on_paper("<br>".join(notes)), "align": "left", "font": {"size": TITLE_SIZE, "color": SECONDARY}}
    ]


def legend_above(lines: Sequence[str], left: float, up: float) -> list[Part]:
    """Lines that name groups, `up` pixels above the plot."""
    if not lines:
        return []
    place: Part = {"x": 0, "xanchor": "left", "xshift": 4 - left, "y": 1, "yanchor": "bottom", "yshift": up}
    return [{**place, **_on_paper("<br>".join(lines)), "align": "left", "font": {"size": TITLE_SIZE, "color": INK}}]


def sentence(words: str) -> Part:
    """A sentence in the middle of an empty plot."""
    middle: Part = {"x": 0.5, "y": 0.5, "xanchor": "center", "yanchor": "middle"}
    return {**middle, **_on_paper(words), "font": {"size": TEXT_SIZE, "color": SECONDARY}}


def _on_paper(words: str) -> Part:
    return {"text": words, "xref": "paper", "yref": "paper", "showarrow": False}


@dataclass(frozen=True)
class References:
    """Dashed lines across the plot at what both axes are compared with, each with its label."""

    x: ReferenceLine | None
    y: ReferenceLine | None
    across: Extent
    up: Extent
    plots: Sequence[Plot]
    marks: Sequence[Label]

    def shapes(self) -> list[Part]:
        """The lines, behind the marks."""
        line = {"color": SECONDARY, "width": 1, "dash": "dash"}
        shapes: list[Part] = []
        if self.x is not None:
            at: Part = {"x0": self.x.value, "x1": self.x.value, "y0": 0, "y1": 1, "yref": "y domain"}
            shapes.append({"type": "line", **at, "line": line, "layer": "below"})
        if self.y is not None:
            at = {"y0": self.y.value, "y1": self.y.value, "x0": 0, "x1": 1, "xref": "x domain"}
            shapes.append({"type": "line", **at, "line": line, "layer": "below"})
        return shapes

    def annotations(self) -> list[Part]:
        """The upright line's label above the plot, the other's at an end of its line where it covers no mark."""
        font = {"size": SMALL_SIZE, "color": SECONDARY}
        found: list[Part] = []
        if self.x is not None:
            here = self.across.at(self.x.value)
            reach = text_width(self.x.label, SMALL_SIZE) / 2
            width = self.plots[0].width
            anchor = "left" if here * width < reach else "right" if (1 - here) * width < reach else "center"
            at: Part = {"x": here, "xref": "x domain", "xanchor": anchor, "y": 1, "yref": "y domain"}
            found.append({**at, "yanchor": "bottom", "text": self.x.label, "showarrow": False, "font": font})
        if self.y is not None and self._free is not None:
            end, side = self._free
            at = {"x": 1 if end == "right" else 0, "xref": "x domain", "xanchor": end, "yref": "y domain"}
            at |= {"y": self.up.at(self.y.value), "yanchor": "bottom" if side == "above" else "top"}
            found.append({**at, "text": self.y.label, "showarrow": False, "font": font, "bgcolor": _VEIL})
        return found

    @property
    def title(self) -> list[str]:
        """What the level line stands at, for the title of its axis where its label has no room beside it."""
        return [f"┄ {self.y.label}"] if self.y is not None and self._free is None else []

    def boxes(self) -> list[list[Box]]:
        """The rectangles of the labels inside each plot."""
        return [[self._box(plot, *self._free)] if self._free is not None else [] for plot in self.plots]

    def lines(self) -> list[list[Box]]:
        """The lines themselves inside each plot."""
        found = []
        for plot in self.plots:
            here = self.across.at(self.x.value) * plot.width if self.x else None
            level = (1 - self.up.at(self.y.value)) * plot.height if self.y else None
            upright = [Box(here - 1, 0, here + 1, plot.height)] if here is not None else []
            found.append(upright + ([Box(0, level - 1, plot.width, level + 1)] if level is not None else []))
        return found

    @cached_property
    def _free(self) -> tuple[str, str] | None:
        """The end and the side of the level line where its label covers no mark at any width."""
        sides = [(end, side) for end in ("right", "left") for side in ("above", "below")] if self.y else []
        for at in sides:
            boxes = [(plot, self._box(plot, *at)) for plot in self.plots]
            if not any(box.meets(plot.mark(mark)) for plot, box in boxes for mark in self.marks):
                return at
        return None

    def _box(self, plot: Plot, end: str, side: str) -> Box:
        assert self.y is not None
        width, height = text_width(self.y.label, SMALL_SIZE) + 4, SMALL_SIZE * 1.5 + 3
        left = plot.width - width if end == "right" else 0.0
        level = (1 - self.up.at(self.y.value)) * plot.height
        top = level - height if side == "above" else level
        return Box(left, top, left + width, top + height)


_VEIL = "rgba(255,255,255,0.8)"


@dataclass(frozen=True)
class Key:
    """What the areas of the marks mean: circles of round values in a row, and the height of that row."""

    height: int = 0
    shapes: tuple[Part, ...] = ()
    annotations: tuple[Part, ...] = ()


def size_key(
    size: SizeKey, values: pd.Series, radius_of: Callable[[float], float], *, left: float, down: float, width: float
) -> Key:
    """The key to areas, `down` pixels above the plot, in two rows where it is wider than `width`; none without size."""
    known = values[values > 0]
    if known.empty:
        return Key()
    samples = dict.fromkeys(_round_below(value) for value in (float(known.max()) / 12, float(known.max())))
    height = round(max(2 * radius_of(max(samples)), LINE_HEIGHT)) + 4
    widths = [2 * radius_of(value) + 4 + text_width(size.label(value), TITLE_SIZE) + _KEY_GAP for value in samples]
    heading = text_width(size.title, TITLE_SIZE) + _KEY_GAP
    is_parted = heading + sum(widths) > width
    middle = down + height / 2
    shapes: list[Part] = []
    annotations = [_beside(size.title, 4 - left, down + height + LINE_HEIGHT / 2 if is_parted else middle)]
    at = 4 - left + (0 if is_parted else heading)
    for value, room in zip(samples, widths, strict=True):
        shapes.append(_circle(at, middle, radius_of(value)))
        annotations.append(_beside(size.label(value), at + 2 * radius_of(value) + 4, middle))
        at += room
    return Key(height + (LINE_HEIGHT if is_parted else 0), tuple(shapes), tuple(annotations))


def _round_below(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above the value."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(max(digit for digit in (1, 2, 5) if digit * power <= value * (1 + 1e-9)) * power)


def _circle(left: float, down: float, radius: float) -> Part:
    """A circle measured in pixels from the upper left corner of the plot; `down` is counted upwards from there."""
    across: Part = {"xref": "paper", "xanchor": 0, "xsizemode": "pixel", "x0": left, "x1": left + 2 * radius}
    along: Part = {"yref": "paper", "yanchor": 1, "ysizemode": "pixel", "y0": down - radius, "y1": down + radius}
    return {"type": "circle", **across, **along, "line": {"color": SECONDARY, "width": 1}, "fillcolor": GROUND}


def _beside(words: str, left: float, up: float) -> Part:
    place: Part = {"x": 0, "xanchor": "left", "xshift": left, "y": 1, "yanchor": "middle", "yshift": up}
    return {**place, **_on_paper(words), "font": {"size": TITLE_SIZE, "color": INK}}
