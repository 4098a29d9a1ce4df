"""What all charts have in common: the words that belong to the figure, its link, its look."""

from dataclasses import dataclass

import plotly.graph_objects as go

from indicators.charts.theme import FONT, GROUND, INK, TEXT_SIZE, plain, text_width

_BESIDE_TICKS = 8
# A piece of a figure as Plotly takes it; figures are assembled once, since every later change is validated anew.
Part = dict[str, object]


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


def framed(figure: go.Figure, frame: Frame, *, height: float, least_width: float = 0.0) -> go.Figure:
    """The figure with our look and its frame; sized by height, as wide as the place it stands in.

    In a picture it is as wide as its room, or wider where it needs at least so many pixels.
    """
    if frame.room is not None:
        figure.update_layout(width=max(frame.room.width, least_width))
        _fix_margin(figure)
    figure.update_layout(
        meta={
            "title": frame.title,
            "subtitle": frame.subtitle,
            "footer": list(frame.footer),
            "alt": frame.alt,
            "query": frame.query,
            "revision": frame.revision,
        },
        height=round(height),
        template={},
        font={"family": FONT, "size": TEXT_SIZE, "color": INK},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": GROUND, "bordercolor": INK, "font": {"family": FONT, "size": TEXT_SIZE, "color": INK}},
        separators=".,",
    )
    return figure


def _fix_margin(figure: go.Figure) -> None:
    """Room for the texts at the left axes, measured beforehand: what stands around a picture needs to know it."""
    room = figure.layout.margin.l or 0
    for axis in figure.select_yaxes():
        if axis.automargin:
            size = axis.tickfont.size or TEXT_SIZE
            texts = axis.ticktext or axis.categoryarray or ()
            widest = max((text_width(plain(str(text)), size) for text in texts), default=0.0)
            room = max(room, widest + (axis.ticklabelstandoff or 0) + _BESIDE_TICKS)
            axis.automargin = False
    figure.update_layout(margin={"l": round(room), "autoexpand": False})
