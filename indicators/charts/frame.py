"""What all charts have in common: the words that belong to the figure, its link, its look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import plotly.graph_objects as go

from indicators.charts.theme import FONT, GROUND, INK, SECONDARY, TEXT_SIZE, plain, text_width

_BESIDE_TICKS = 8
# A piece of a figure as Plotly takes it; figures are assembled once, since every later change is validated anew.
Part = dict[str, Any]


@dataclass(frozen=True)
class Room:
    """The place of a chart in a picture, in pixels: it fills that width, and that height or more if it must.

    Each takes `factor` pixels of the picture, fewer where a chart needs more room.
    """

    width: float
    height: float
    factor: float = 1.0


@dataclass(frozen=True)
class Frame:
    """Words and origin of a figure; all of it travels in `layout.meta`, so that a figure is never without.

    On a page a chart has its own height and the width of where it stands; in a picture it has a room.
    """

    title: str
    subtitle: str
    footer: tuple[str, ...]
    alt: str
    query: str
    revision: int
    room: Room | None = None

    def height(self, usual: float, *, least: float, most: float = float("inf")) -> float:
        """Height of a chart: its usual one, or in a picture as much of the room as lies within its limits."""
        return usual if self.room is None else min(max(self.room.height, least), max(most, least))


class Drawing(Protocol):
    """A chart with all its rows and words, drawn as often as it takes to fit its frame."""

    def __call__(self, *, frame: Frame) -> go.Figure:
        """The chart in this frame."""


def framed(frame: Frame, *, data: Sequence[Part], layout: Part, height: float, least_width: float = 0.0) -> go.Figure:
    """The figure of these parts with our look and its frame; sized by height, as wide as the place it stands in.

    In a picture it is as wide as its room, or wider where it needs at least so many pixels.
    """
    sized = {} if frame.room is None else _in_picture(layout, max(frame.room.width, least_width))
    common = {
        "meta": {
            "title": frame.title,
            "subtitle": frame.subtitle,
            "footer": list(frame.footer),
            "alt": frame.alt,
            "query": frame.query,
            "revision": frame.revision,
        },
        "height": round(height),
        "template": {},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": GROUND,
        "plot_bgcolor": GROUND,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": GROUND,
            "bordercolor": INK,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        },
        "separators": ".,",
    }
    return go.Figure(data=data, layout={**layout, **sized, **common})


def parting(level: float) -> Part:
    """A dotted line across rows, above one that stands beyond the first few."""
    line = {"color": SECONDARY, "width": 1, "dash": "dot"}
    across = {"xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level}
    return {"type": "line", **across, "line": line, "layer": "above"}


def _in_picture(layout: dict[str, Any], width: float) -> dict[str, Any]:
    """Width and fixed margins, with room for the texts at the left axes: what stands around it needs to know them."""
    axes = {name: axis for name, axis in layout.items() if name.startswith("yaxis") and axis.get("automargin")}
    room = layout["margin"]["l"]
    for axis in axes.values():
        size = axis["tickfont"]["size"]
        texts = axis.get("ticktext") or axis.get("categoryarray", ())
        widest = max((text_width(plain(str(text)), size) for text in texts), default=0.0)
        room = max(room, widest + axis.get("ticklabelstandoff", 0) + _BESIDE_TICKS)
    return {
        "width": width,
        "margin": {**layout["margin"], "l": round(room), "autoexpand": False},
        **{name: {**axis, "automargin": False} for name, axis in axes.items()},
    }
