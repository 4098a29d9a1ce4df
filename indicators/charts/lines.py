"""Lines over the years, labelled at their ends; one panel for each indicator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from indicators.charts.frame import Frame, framed
from indicators.charts.theme import (
    DOUBTFUL,
    FOCUS,
    GRID,
    INK,
    NATION_INK,
    OTHERS,
    SECONDARY,
    SERIES_COLOURS,
    SMALL_SIZE,
    TEXT_SIZE,
    text_width,
)

_PLOT_HEIGHT = 430
_PANEL_HEIGHT = 210
_LABEL_STEP = 17
_ROOM_FOR_HEADING = 46
_EDGES = 60
MOST_COLOURS = 6


@dataclass(frozen=True)
class Panel:
    """One indicator: the heading over it, how its axis is written, and whether places count down."""

    indicator: str
    heading: str
    axis: Callable[[float], str]
    is_place: bool = False
    break_label: str = ""


def lines(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    panels: Sequence[Panel],
    highlight: str | None,
    nation: str,
    years: Sequence[int],
) -> go.Figure:
    """Lines of rows with indicator, region, name, year, value, qualifier, basis, status, label and hover.

    A gap stays a gap, a change of basis breaks the line, bounds are arrows, doubtful figures hollow.
    With more than six lines only the highlighted one and the nation have a colour and a label.
    """
    height = _PLOT_HEIGHT if len(panels) == 1 else _PANEL_HEIGHT * len(panels)
    between = _ROOM_FOR_HEADING / (height - _EDGES) if len(panels) > 1 else 0
    figure = make_subplots(rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=between)
    regions = list(dict.fromkeys(rows["region"]))
    colours = _colours(regions, highlight, nation)
    widest = 0.0
    for place, panel in enumerate(panels, start=1):
        own = rows[rows["indicator"] == panel.indicator]
        low, high = _limits(own["value"], is_place=panel.is_place)
        axis_height = (height - _EDGES - _ROOM_FOR_HEADING * (len(panels) - 1)) / len(panels)
        for region in sorted(regions, key=lambda code: (code == highlight, colours[code] != OTHERS)):
            _add_line(figure, own[own["region"] == region], colours[region], region == highlight, place)
        labelled = [r for r in regions if len(regions) <= MOST_COLOURS or colours[r] != OTHERS]
        widest = max(widest, _add_labels(figure, own, labelled, colours, (low, high), axis_height, place, panel))
        _add_breaks(figure, own, panel, place)
        _set_axes(figure, panel, (low, high), place)
        if panel.heading:
            _add_heading(figure, panel, place)
    figure.update_xaxes(
        range=[min(years) - 0.4, max(years) + 0.15],
        showgrid=False,
        fixedrange=True,
        tickvals=_ticks(years),
        tickfont={"size": SMALL_SIZE + 1, "color": SECONDARY},
        linecolor=SECONDARY,
        tickangle=0,
    )
    figure.update_layout(
        hovermode="closest", margin={"l": 8, "r": int(widest) + 14, "t": 34 if panels[0].heading else 14, "b": 26}
    )
    return framed(figure, frame, height=height)


def spread(wanted: Sequence[float], *, step: float, low: float, high: float) -> list[float]:
    """Places as near as possible to the wanted ones, in the same order, at least `step` apart, within limits."""
    order = np.argsort(wanted, kind="stable")
    placed = np.array([max(wanted[n], low) for n in order], dtype=float)
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + step)
    if len(placed) and placed[-1] > high:
        placed[-1] = high
        for n in range(len(placed) - 2, -1, -1):
            placed[n] = min(placed[n], placed[n + 1] - step)
    if len(placed) and placed[0] < low:
        placed += low - placed[0]
    result = [0.0] * len(placed)
    for position, n in enumerate(order):
        result[n] = float(placed[position])
    return result


def _colours(regions: list[str], highlight: str | None, nation: str) -> dict[str, str]:
    fixed = {region: FOCUS for region in regions if region == highlight}
    if nation in regions and nation != highlight:
        fixed[nation] = NATION_INK
    others = [region for region in regions if region not in fixed]
    if len(regions) > MOST_COLOURS:
        return fixed | dict.fromkeys(others, OTHERS)
    return fixed | dict(zip(others, SERIES_COLOURS, strict=False))


def _limits(values: pd.Series, *, is_place: bool) -> tuple[float, float]:
    present = values.dropna()
    high, low = float(present.max()) if len(present) else 1.0, float(present.min()) if len(present) else 0.0
    if is_place:
        return max(high, 2.0) + 0.6, 0.4
    low, high = min(low, 0.0), max(high, 0.0)
    room = ((high - low) or 1.0) * 0.06
    return (low - room if low < 0 else 0.0), high + room


def _add_line(figure: go.Figure, own: pd.DataFrame, colour: str, is_focus: bool, place: int) -> None:
    """One trace a region; an empty row parts the segments of different bases."""
    broken = own["basis"].ne(own["basis"].shift()) & own["value"].notna() & own["value"].shift().notna()
    x: list[float | None] = []
    y: list[float | None] = []
    hover: list[str] = []
    symbols: list[str] = []
    for is_break, (_, row) in zip(broken, own.iterrows(), strict=True):
        if is_break:
            x.append(None)
            y.append(None)
            hover.append("")
            symbols.append("circle")
        x.append(int(row["year"]))
        y.append(None if np.isnan(row["value"]) else float(row["value"]))
        hover.append(row["hover"])
        symbols.append(_symbol(row["qualifier"], row["status"]))
    is_grey = colour == OTHERS
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers",
        connectgaps=False,
        name=own["name"].iloc[0] if len(own) else "",
        customdata=[own["region"].iloc[0]] * len(x) if len(own) else [],
        line={"color": colour, "width": 3.2 if is_focus else 1.2 if is_grey else 2, "shape": "linear"},
        marker={"size": 6 if is_focus else 3 if is_grey else 5, "symbol": symbols, "color": colour},
        opacity=0.7 if is_grey else 1,
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        row=place,
        col=1,
    )


def _symbol(qualifier: str, status: str) -> str:
    """A bound points to where the true value lies; a doubtful figure is hollow."""
    shape = {">": "triangle-up", ">=": "triangle-up", "<": "triangle-down", "<=": "triangle-down"}.get(
        qualifier, "circle"
    )
    return f"{shape}-open" if status in DOUBTFUL else shape


def _add_labels(
    figure: go.Figure,
    own: pd.DataFrame,
    regions: list[str],
    colours: dict[str, str],
    limits: tuple[float, float],
    axis_height: float,
    place: int,
    panel: Panel,
) -> float:
    """Name and last value at each line's end, moved apart where they would overlap; gives the widest in pixels."""
    known = own[own["value"].notna()]
    ends = [rows.iloc[-1] for rows in (known[known["region"] == region] for region in regions) if len(rows)]
    low, high = limits
    per_pixel = (high - low) / axis_height
    pixels = [(end["value"] - low) / per_pixel for end in ends]
    spots = spread(pixels, step=_LABEL_STEP, low=_LABEL_STEP / 2, high=axis_height)
    widest = 0.0
    for end, pixel, spot in zip(ends, pixels, spots, strict=True):
        label = f"{end['name']} {end['label']}"
        colour = colours[end["region"]]
        widest = max(widest, text_width(label, TEXT_SIZE))
        figure.add_annotation(
            x=1,
            xref="x domain" if place == 1 else f"x{place} domain",
            y=end["value"],
            yshift=spot - pixel,
            text=label,
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"size": TEXT_SIZE, "color": SECONDARY if colour == OTHERS else colour},
            yref="y" if place == 1 else f"y{place}",
        )
    return widest


def _add_breaks(figure: go.Figure, own: pd.DataFrame, panel: Panel, place: int) -> None:
    """A dotted line where the definition changes, named once."""
    known = own[own["value"].notna()].sort_values(["region", "year"])
    changed = (known["basis"] != known["basis"].shift()) & (known["region"] == known["region"].shift())
    for n, year in enumerate(sorted(known.loc[changed, "year"].unique())):
        figure.add_vline(x=int(year) - 0.5, line={"color": SECONDARY, "width": 1, "dash": "dot"}, row=place, col=1)
        if n == 0 and panel.break_label:
            figure.add_annotation(
                x=int(year) - 0.5,
                y=1,
                yref="y domain" if place == 1 else f"y{place} domain",
                xref="x" if place == 1 else f"x{place}",
                text=panel.break_label,
                showarrow=False,
                xanchor="right",
                xshift=-4,
                yanchor="top",
                font={"size": SMALL_SIZE, "color": SECONDARY},
            )


def _set_axes(figure: go.Figure, panel: Panel, limits: tuple[float, float], place: int) -> None:
    low, high = limits
    ticks = _places(low) if panel.is_place else _round_ticks(low, high)
    figure.update_yaxes(
        range=list(limits),
        tickvals=ticks,
        ticktext=[panel.axis(tick) for tick in ticks],
        gridcolor=GRID,
        zeroline=low < 0,
        zerolinecolor=SECONDARY,
        zerolinewidth=1,
        fixedrange=True,
        automargin=True,
        tickfont={"size": SMALL_SIZE + 1, "color": SECONDARY},
        row=place,
        col=1,
    )


def _add_heading(figure: go.Figure, panel: Panel, place: int) -> None:
    figure.add_annotation(
        x=0,
        xref="paper",
        y=1,
        yref="y domain" if place == 1 else f"y{place} domain",
        yanchor="bottom",
        yshift=6,
        xanchor="left",
        text=f"<b>{panel.heading}</b>",
        showarrow=False,
        font={"size": TEXT_SIZE, "color": INK},
    )


def _places(lowest: float) -> list[float]:
    return [1.0, *(float(n) for n in range(5, int(lowest) + 1, 5))]


def _round_ticks(low: float, high: float) -> list[float]:
    """At most seven round numbers within the range."""
    magnitude = 10 ** np.floor(np.log10((high - low) / 7))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10, 20) if (high - low) / (m * magnitude) <= 7)
    return [float(n * step) for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _ticks(years: Sequence[int]) -> list[int]:
    """The last year and every n-th before it, at most seven, so that they never crowd on a phone."""
    step = next(n for n in (1, 2, 3, 4, 5, 10, 25) if (max(years) - min(years)) / n <= 6)
    return list(range(max(years), min(years) - 1, -step))[::-1]
