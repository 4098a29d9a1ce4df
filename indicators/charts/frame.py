"""What all charts have in common: the words that belong to the figure, its link, its look."""

from dataclasses import dataclass

import plotly.graph_objects as go

from indicators.charts.theme import FONT, GROUND, INK, TEXT_SIZE

# A piece of a figure as Plotly takes it; figures are assembled once, since every later change is validated anew.
Part = dict[str, object]


@dataclass(frozen=True)
class Frame:
    """Words and origin of a figure; all of it travels in `layout.meta`, so that a figure is never without."""

    title: str
    subtitle: str
    footer: tuple[str, ...]
    alt: str
    query: str
    revision: int


def framed(figure: go.Figure, frame: Frame, *, height: int) -> go.Figure:
    """The figure with our look and its frame; sized by height, as wide as the place it stands in."""
    figure.update_layout(
        meta={
            "title": frame.title,
            "subtitle": frame.subtitle,
            "footer": list(frame.footer),
            "alt": frame.alt,
            "query": frame.query,
            "revision": frame.revision,
        },
        height=height,
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
