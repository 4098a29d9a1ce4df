"""A chart as a picture of its own: title and subtitle above, the footer and the stamp below, all of it the figure."""

from dataclasses import dataclass, replace
from html import escape
from typing import Any

import plotly.graph_objects as go

from indicators.charts.facts import wrapped
from indicators.charts.frame import Drawing, Frame, Part, Room
from indicators.charts.theme import FOCUS, GRID, INK, SECONDARY, SMALL_SIZE, TEXT_SIZE, text_width

_EDGE = 22
_TITLE_SIZE, _TITLE_LINE = 21, 28
_SUBTITLE_LINE, _FOOTER_LINE = 19, 15
_UNDER_SUBTITLE, _OVER_FOOTER = 10, 12
_BETWEEN = "\u2003"
# Letters are measured by their kind, not their shape, so lines end a little early.
_CAREFUL = 0.97
# The mark stands beside the title where that leaves it most of the width, else above it.
_MOST_BESIDE = 0.25
_MOST_ROUNDS, _ENOUGH = 12, 1.1
_FRACTION = 0.25


@dataclass(frozen=True)
class Size:
    """Pixels of a picture, and how many of them a pixel of our charts takes at most: type is set for where it goes."""

    code: str
    width: int
    height: int
    factor: float


# For a slide, an older slide, half a page of A4, a post, a phone held upright.
SIZES = {
    size.code: size
    for size in (
        Size("wide", 1600, 900, 1.7),
        Size("slide", 1440, 1080, 1.7),
        Size("page", 1600, 1000, 1.9),
        Size("square", 1200, 1200, 1.6),
        Size("phone", 1080, 1440, 2.0),
    )
}


@dataclass(frozen=True)
class Picture:
    """A figure in pixels of our charts, and how many pixels of the picture each of them takes."""

    parts: dict[str, Any]
    width: float
    height: float
    size: Size

    @property
    def figure(self) -> go.Figure:
        """The parts as a figure, checked by Plotly, which takes its time."""
        return go.Figure(self.parts)

    @property
    def factor(self) -> float:
        """By how much the figure is magnified so that it has the size asked for."""
        return self.size.width / self.width

    def canvas(self, times: int = 1) -> dict[str, float]:
        """Width, height and scale that give a PNG of exactly its size; a canvas cuts off fractions of a pixel."""
        scale = self.factor * times
        return {"width": self.width + _FRACTION / scale, "height": self.height + _FRACTION / scale, "scale": scale}


def picture(draw: Drawing, *, frame: Frame, size: Size, mark: str, stamp: str) -> Picture:
    """A chart with the words of its frame around it. `mark` says that it is internal, `stamp` leads back to the view.

    Where a chart needs more room than its place has, everything becomes smaller alike, nothing is left out.
    """
    factor, too_large, fitting = size.factor, 0.0, 0.0
    for _ in range(_MOST_ROUNDS):
        width, height = size.width / factor, size.height / factor
        head, foot = _head(frame, mark, width), _foot(frame, stamp, width)
        room = Room(width - 2 * _EDGE, height - head.height - foot.height, factor)
        figure = draw(frame=replace(frame, room=room))
        lacking = max(figure.layout.height - room.height, (figure.layout.width - room.width) * height / width)
        if lacking <= 1 or not fitting:
            chosen = figure, width, height, head, foot
        fitting, too_large = (factor, too_large) if lacking <= 1 else (fitting, factor)
        if fitting and too_large < fitting * _ENOUGH:
            break
        factor = (fitting * too_large) ** 0.5 if fitting else factor / (1 + (lacking + 1) / height)
    return Picture(_composed(*chosen), *chosen[1:3], size)


@dataclass(frozen=True)
class _Block:
    """Lines of words above or below a chart, each with its distance from the outer edge; how high they are in all."""

    height: float
    lines: tuple[Part, ...]


def _head(frame: Frame, mark: str, width: float) -> _Block:
    inner = (width - 2 * _EDGE) * _CAREFUL
    beside = text_width(mark, TEXT_SIZE) + _EDGE if mark else 0
    is_above = beside > inner * _MOST_BESIDE
    top = _EDGE + (_SUBTITLE_LINE + 4) * is_above
    title = wrapped(frame.title, width=inner - beside * (not is_above), size=_TITLE_SIZE)
    subtitle = wrapped(frame.subtitle, width=inner, size=TEXT_SIZE)
    lines = [
        _line(f"<b>{escape(words)}</b>", top + n * _TITLE_LINE, size=_TITLE_SIZE, colour=INK)
        for n, words in enumerate(title)
    ]
    below = top + len(title) * _TITLE_LINE + 4
    lines += [_line(escape(words), below + n * _SUBTITLE_LINE) for n, words in enumerate(subtitle)]
    if mark:
        down = _EDGE + 5 * (not is_above)
        lines.append(_line(f"<b>{escape(mark)}</b>", down, colour=FOCUS, is_right=not is_above))
    return _Block(below + len(subtitle) * _SUBTITLE_LINE + _UNDER_SUBTITLE, tuple(lines))


def _foot(frame: Frame, stamp: str, width: float) -> _Block:
    inner = (width - 2 * _EDGE) * _CAREFUL
    words = wrapped(_BETWEEN.join(frame.footer), width=inner, size=SMALL_SIZE)
    if stamp and text_width(words[-1], SMALL_SIZE) + text_width(stamp, SMALL_SIZE) + _EDGE > inner:
        words.append("")
    last = len(words) - 1
    lines = [
        _line(escape(line), _EDGE + (last - n) * _FOOTER_LINE, size=SMALL_SIZE) for n, line in enumerate(words) if line
    ]
    if stamp:
        lines.append(_line(escape(stamp), _EDGE, size=SMALL_SIZE, colour=INK, is_right=True))
    return _Block(_EDGE + len(words) * _FOOTER_LINE + _OVER_FOOTER, tuple(lines))


def _line(words: str, away: float, *, size: float = TEXT_SIZE, colour: str = SECONDARY, is_right: bool = False) -> Part:
    return {"text": words, "away": away, "size": size, "colour": colour, "is_right": is_right}


def _composed(figure: go.Figure, width: float, height: float, head: _Block, foot: _Block) -> dict[str, Any]:
    """The figure on its canvas, with the words around it placed by their distance from the canvas' edges."""
    margin = figure.layout.margin
    left, right = margin.l + _EDGE, margin.r + _EDGE
    top = margin.t + head.height
    bottom = height - top - (figure.layout.height - margin.t - margin.b)
    edges = {"left": left - _EDGE, "right": right - _EDGE, "top": top, "bottom": bottom}
    words = [_placed(line, edges, is_above=True) for line in head.lines]
    words += [_placed(line, edges, is_above=False) for line in foot.lines]
    at = foot.height - _OVER_FOOTER / 2 - bottom
    rule = {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 0,
        "x0": _EDGE - left,
        "x1": width - _EDGE - left,
        "y0": at,
        "y1": at + 1,
        "fillcolor": GRID,
        "line": {"width": 0},
        "layer": "below",
    }
    drawn: dict[str, Any] = figure.to_dict()
    layout = drawn["layout"]
    for number, trace in enumerate(drawn["data"]):
        trace["uid"] = f"{number:06x}"  # which would be drawn by lot
    layout["annotations"] = [*layout.get("annotations", ()), *words]
    layout["shapes"] = [*layout.get("shapes", ()), rule]
    layout["margin"] = {"l": left, "r": right, "t": top, "b": bottom, "autoexpand": False, "pad": 0}
    layout["width"], layout["height"] = width, height
    return drawn


def _placed(line: Part, edges: dict[str, float], *, is_above: bool) -> Part:
    is_right = line["is_right"]
    away = float(line["away"])  # type: ignore[arg-type]
    return {
        "text": line["text"],
        "font": {"size": line["size"], "color": line["colour"]},
        "showarrow": False,
        "borderpad": 0,
        "xref": "paper",
        "x": 1 if is_right else 0,
        "xanchor": "right" if is_right else "left",
        "xshift": edges["right"] if is_right else -edges["left"],
        "align": "right" if is_right else "left",
        "yref": "paper",
        "y": 1 if is_above else 0,
        "yanchor": "top" if is_above else "bottom",
        "yshift": edges["top"] - away if is_above else away - edges["bottom"],
    }
