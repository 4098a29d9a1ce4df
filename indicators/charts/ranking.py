"""Horizontal bars, longest first: who leads and where the region in focus stands."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, framed
from indicators.charts.theme import DOUBTFUL, FOCUS, GRID, INK, OTHERS, SECONDARY, SMALL_SIZE, TEXT_SIZE, text_width

_BAR_HEIGHT = 25
_ROOM_ABOVE = 30


@dataclass(frozen=True)
class ReferenceLine:
    """A value to compare the bars with, and the words on it."""

    value: float
    label: str


def ranking(
    rows: pd.DataFrame, *, frame: Frame, highlight: str | None, reference: ReferenceLine | None = None
) -> go.Figure:
    """Bars in the order of the rows, which have region, name, value, qualifier, status, label, hover and earlier.

    Bars start at 0. A bound has an arrow at its open end, a doubtful figure a hatched bar, and
    `earlier`, where present, is a tick at the value of the year compared with.
    """
    figure = go.Figure()
    names = [f"{name}\u2002" for name in rows["name"]]
    is_focus = rows["region"] == highlight
    colours = [FOCUS if focus else OTHERS for focus in is_focus]
    figure.add_bar(
        x=rows["value"],
        y=names,
        orientation="h",
        marker={
            "color": colours,
            "pattern": {
                "shape": ["/" if status in DOUBTFUL else "" for status in rows["status"]],
                "fgcolor": "#ffffff",
                "size": 6,
                "solidity": 0.35,
            },
            "line": {"width": 0},
        },
        text=[f" {label} " for label in rows["label"]],
        textposition="outside",
        textfont={"size": TEXT_SIZE, "color": [FOCUS if focus else INK for focus in is_focus]},
        cliponaxis=False,
        customdata=rows["region"],
        hovertext=rows["hover"],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _add_open_ends(figure, rows, names, colours)
    _add_earlier(figure, rows, names)
    low, high = _limits(rows, reference)
    if reference is not None:
        _add_reference(figure, reference)
    figure.update_xaxes(range=[low, high], visible=False, fixedrange=True, zeroline=False)
    figure.update_yaxes(
        autorange="reversed",
        fixedrange=True,
        ticks="",
        automargin=True,
        tickfont={"size": TEXT_SIZE, "color": INK},
        categoryorder="array",
        categoryarray=names,
    )
    if low < 0:
        figure.add_vline(x=0, line={"color": SECONDARY, "width": 1})
    top = _ROOM_ABOVE if reference is not None else 4
    figure.update_layout(bargap=0.32, margin={"l": 4, "r": 8, "t": top, "b": 4})
    return framed(figure, frame, height=max(len(rows), 1) * _BAR_HEIGHT + top + 8)


def _limits(rows: pd.DataFrame, reference: ReferenceLine | None) -> tuple[float, float]:
    """Axis range from 0 with room for the labels at both ends (measured for a phone)."""
    values = [*rows["value"], *rows["earlier"].dropna(), *([reference.value] if reference else [])]
    high, low = max([0.0, *values]), min([0.0, *values])
    span = (high - low) or 1.0
    widest = max([text_width(label, TEXT_SIZE) for label in rows["label"]], default=0.0)
    room = span * min(0.6, 0.08 + widest / 260)
    return (low - room if low < 0 else 0.0), (high + room if high > 0 else span * 0.05)


def _add_open_ends(figure: go.Figure, rows: pd.DataFrame, names: list[str], colours: list[str]) -> None:
    signs = {">": "triangle-right", ">=": "triangle-right", "<": "triangle-left", "<=": "triangle-left"}
    bounded = [n for n, qualifier in enumerate(rows["qualifier"]) if qualifier in signs]
    if not bounded:
        return
    figure.add_scatter(
        x=rows["value"].iloc[bounded],
        y=[names[n] for n in bounded],
        mode="markers",
        marker={
            "symbol": [signs[rows["qualifier"].iloc[n]] for n in bounded],
            "size": 13,
            "color": [colours[n] for n in bounded],
        },
        hoverinfo="skip",
        cliponaxis=False,
    )


def _add_earlier(figure: go.Figure, rows: pd.DataFrame, names: list[str]) -> None:
    known = rows["earlier"].notna().to_numpy()
    if not known.any():
        return
    figure.add_scatter(
        x=rows["earlier"][known],
        y=[name for name, is_known in zip(names, known, strict=True) if is_known],
        mode="markers",
        marker={"symbol": "line-ns", "size": 15, "line": {"width": 2.5, "color": INK}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _add_reference(figure: go.Figure, reference: ReferenceLine) -> None:
    figure.add_vline(x=reference.value, line={"color": OTHERS, "width": 1.2, "dash": "dash"}, layer="below")
    figure.add_annotation(
        x=reference.value,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=4,
        text=reference.label,
        showarrow=False,
        xanchor="auto",
        font={"size": SMALL_SIZE, "color": SECONDARY},
        bgcolor="rgba(255,255,255,0.85)",
        bordercolor=GRID,
    )
