"""Horizontal bars, longest first: who leads and where the region in focus stands."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed, parting
from indicators.charts.theme import DOUBTFUL, FOCUS, GRID, INK, OTHERS, SECONDARY, SMALL_SIZE, TEXT_SIZE, text_width

_BAR_HEIGHT, _LEAST_BAR, _MOST_BAR = 25, 16, 56
_TICK_SHARE = 0.6
_ROOM_ABOVE = 30
_LABEL_GAP = 14


@dataclass(frozen=True)
class ReferenceLine:
    """A value to compare the bars with, and the words on it."""

    value: float
    label: str


def ranking(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    highlight: str | None,
    reference: ReferenceLine | None = None,
    is_last_apart: bool = False,
    among: pd.DataFrame | None = None,
) -> go.Figure:
    """Bars in the order of the rows, which have region, name, value, qualifier, status, label, hover and earlier.

    Bars start at 0. A bound has an arrow at its open end, a doubtful figure a hatched bar, and
    `earlier`, where present, is a tick at the value of the year compared with. The last bar is parted from
    the others where it `is_last_apart`: others may stand between it and the one above. `among`, bars of other
    years with year, name, value and label, makes lengths comparable with theirs.
    """
    names = [f"{name}\u2002" for name in rows["name"]]
    colours = [FOCUS if region == highlight else OTHERS for region in rows["region"]]
    inks = [FOCUS if colour == FOCUS else INK for colour in colours]
    others = rows.head(0) if among is None else among
    low, high = _limits(pd.concat([rows, others]), reference)
    room = pd.concat([rows[["value", "label"]], others[["value", "label"]]])
    right, left = _label_room(room[room["value"] >= 0]), _label_room(room[room["value"] < 0])
    top = _ROOM_ABOVE if reference is not None else 4
    most = max([len(rows), 1, *others.groupby("year").size()] if len(others) else [len(rows), 1])
    names_room = max([text_width(name, TEXT_SIZE) + _LABEL_GAP for name in others["name"]], default=4.0)
    around = top + 8
    height = frame.height(most * _BAR_HEIGHT + around, least=most * _LEAST_BAR + around, most=most * _MOST_BAR + around)
    return framed(
        frame,
        data=[
            _bars(rows, names, colours, inks),
            *_open_ends(rows, names, colours),
            *_earlier_ticks(rows, names, (height - around) / most),
            *_labels_beyond_ticks(rows, names, inks),
        ],
        layout={
            "xaxis": {"range": [low, high], "visible": False, "fixedrange": True, "zeroline": False},
            "yaxis": {
                "range": [most - 0.5, -0.5],
                "fixedrange": True,
                "ticks": "",
                "ticklabelstandoff": round(left),
                "automargin": True,
                "tickfont": {"size": TEXT_SIZE, "color": INK},
                "categoryorder": "array",
                "categoryarray": names,
            },
            "shapes": [
                *_zero_line(low),
                *_reference_line(reference),
                *([parting(len(rows) - 1.5)] if is_last_apart else []),
            ],
            "annotations": _reference_label(reference),
            "bargap": 0.32,
            "margin": {"l": round(names_room), "r": round(max(right, _LABEL_GAP)), "t": top, "b": 4},
        },
        height=height,
    )


def _bars(rows: pd.DataFrame, names: list[str], colours: list[str], inks: list[str]) -> Part:
    beyond = _has_tick_beyond(rows)
    return {
        "type": "bar",
        "x": rows["value"].tolist(),
        "y": names,
        "orientation": "h",
        "marker": {
            "color": colours,
            "pattern": {
                "shape": ["/" if status in DOUBTFUL else "" for status in rows["status"]],
                "fgcolor": "#ffffff",
                "size": 6,
                "solidity": 0.2,
            },
            "line": {"width": 0},
        },
        "text": ["" if moved else f" {label} " for label, moved in zip(rows["label"], beyond, strict=True)],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": TEXT_SIZE, "color": inks},
        "cliponaxis": False,
        "customdata": rows["region"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _has_tick_beyond(rows: pd.DataFrame) -> list[bool]:
    """Whether the tick of the earlier year stands beyond the bar's end, where the label would be."""
    return [
        bool(earlier > value >= 0 or earlier < value < 0)
        for value, earlier in zip(rows["value"], rows["earlier"], strict=True)
    ]


def _labels_beyond_ticks(rows: pd.DataFrame, names: list[str], inks: list[str]) -> list[Part]:
    """Labels moved past the tick that stands in their place."""
    moved = [n for n, is_beyond in enumerate(_has_tick_beyond(rows)) if is_beyond]
    if not moved:
        return []
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [float(rows["earlier"].iloc[n]) for n in moved],
            "y": [names[n] for n in moved],
            "text": [f"  {rows['label'].iloc[n]}  " for n in moved],
            "textposition": ["middle right" if rows["value"].iloc[n] >= 0 else "middle left" for n in moved],
            "textfont": {"size": TEXT_SIZE, "color": [inks[n] for n in moved]},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def _limits(rows: pd.DataFrame, reference: ReferenceLine | None) -> tuple[float, float]:
    """Axis range from 0 to the ends of the bars; labels stand beyond it, in room measured in pixels."""
    values = [*rows["value"], *rows["earlier"].dropna(), *([reference.value] if reference else [])]
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high if high > low else low + 1.0


def _label_room(rows: pd.DataFrame) -> float:
    """Pixels that the widest label of some bars needs beside them."""
    return max([text_width(label, TEXT_SIZE) + _LABEL_GAP for label in rows["label"]], default=0.0)


def _open_ends(rows: pd.DataFrame, names: list[str], colours: list[str]) -> list[Part]:
    signs = {">": "triangle-right", ">=": "triangle-right", "<": "triangle-left", "<=": "triangle-left"}
    bounded = [n for n, qualifier in enumerate(rows["qualifier"]) if qualifier in signs]
    if not bounded:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [float(rows["value"].iloc[n]) for n in bounded],
            "y": [names[n] for n in bounded],
            "marker": {
                "symbol": [signs[rows["qualifier"].iloc[n]] for n in bounded],
                "size": 13,
                "color": [colours[n] for n in bounded],
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def _earlier_ticks(rows: pd.DataFrame, names: list[str], row_height: float) -> list[Part]:
    """A tick at each earlier value, a little shorter than its row is high: the symbol is 1.4 times its size."""
    known = rows["earlier"].notna().tolist()
    if not any(known):
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": rows["earlier"][known].tolist(),
            "y": [name for name, is_known in zip(names, known, strict=True) if is_known],
            "marker": {"symbol": "line-ns", "size": _TICK_SHARE * row_height, "line": {"width": 2.5, "color": INK}},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def _zero_line(low: float) -> list[Part]:
    return [_upright(0.0, {"color": SECONDARY, "width": 1}, "above")] if low < 0 else []


def _reference_line(reference: ReferenceLine | None) -> list[Part]:
    if reference is None:
        return []
    return [_upright(reference.value, {"color": OTHERS, "width": 1.2, "dash": "dash"}, "below")]


def _upright(x: float, line: Part, layer: str) -> Part:
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "y domain", "line": line, "layer": layer}


def _reference_label(reference: ReferenceLine | None) -> list[Part]:
    if reference is None:
        return []
    return [
        {
            "x": reference.value,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 4,
            "text": reference.label,
            "showarrow": False,
            "xanchor": "auto",
            "font": {"size": SMALL_SIZE, "color": SECONDARY},
            "bgcolor": "rgba(255,255,255,0.85)",
            "bordercolor": GRID,
        }
    ]
