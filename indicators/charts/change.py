"""Dumbbells: where each region stood in an earlier year, where it stands now, and by how much it moved."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed, parting
from indicators.charts.lines import axis_limits, mark_symbol, round_ticks
from indicators.charts.theme import (
    DOUBTFUL,
    FOCUS,
    GRID,
    GROUND,
    INK,
    OTHERS,
    SECONDARY,
    SMALL_SIZE,
    TEXT_SIZE,
    emphasised,
    text_width,
)

_ROW_HEIGHT, _LEAST_ROW, _MOST_ROW = 25, 16, 56
_ABOVE, _BELOW = 30, 26
_LABEL_GAP = 26
_DOT = 11
_MOST_TICKS = 5


def change(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    highlight: str | None,
    year_names: tuple[str, str],
    axis: Callable[[float], str],
    is_place: bool = False,
    is_last_apart: bool = False,
) -> go.Figure:
    """One row a region, in the order of the rows: region, name, value, qualifier, status, earlier,
    earlier_qualifier, earlier_status, label (of the move, or why there is none), detail (both values), hover.

    The earlier year is a hollow dot, the later one filled; a line joins them where `detail` tells both values,
    dashed where either is doubtful. Places count down to the right: further right is always further up.
    The last row is parted from the others where it `is_last_apart`: others may stand between it and the one above.
    """
    rows = rows.assign(place=range(len(rows)), is_focus=rows["region"] == highlight)
    doubtful = rows["status"].isin(DOUBTFUL) | rows["earlier_status"].isin(DOUBTFUL)
    low, high = axis_limits(pd.concat([rows["value"], rows["earlier"]]), is_place=is_place)
    every = [tick for tick in round_ticks(min(low, high), max(low, high)) if not is_place or tick >= 1]
    ticks = every if len(every) < _MOST_TICKS else every[::2]
    count, around = max(len(rows), 1), _ABOVE + _BELOW
    height = frame.height(
        count * _ROW_HEIGHT + around, least=count * _LEAST_ROW + around, most=count * _MOST_ROW + around
    )
    return framed(
        frame,
        data=[
            *(_stems(own, colour) for own, colour in _by_colour(rows[~doubtful])),
            *(_stems(own, colour, dash="3px,2px") for own, colour in _by_colour(rows[doubtful])),
            *(_earlier_dots(own, colour) for own, colour in _by_colour(rows[rows["earlier"].notna()])),
            *(_later_dots(own, colour) for own, colour in _by_colour(rows)),
            _labels(rows, is_place=is_place),
        ],
        layout={
            "xaxis": {
                "range": [low, high],
                "fixedrange": True,
                "zeroline": low < 0 < high,
                "zerolinecolor": SECONDARY,
                "tickvals": ticks,
                "ticktext": [axis(tick) for tick in ticks],
                "gridcolor": GRID,
                "tickangle": 0,
                "tickfont": {"size": SMALL_SIZE, "color": SECONDARY},
            },
            "yaxis": {
                "range": [max(len(rows), 1) - 0.5, -0.5],
                "fixedrange": True,
                "automargin": True,
                "ticklabelstandoff": 4,
                "showgrid": False,
                "zeroline": False,
                "tickvals": rows["place"].tolist(),
                "ticktext": [
                    f"{emphasised(name) if is_focus else name}\u2002"
                    for name, is_focus in zip(rows["name"], rows["is_focus"], strict=True)
                ],
                "tickfont": {"size": TEXT_SIZE, "color": INK},
            },
            "annotations": [_key(year_names)],
            "shapes": [parting(count - 1.5)] if is_last_apart else [],
            "margin": {"l": 4, "r": round(_label_room(rows)), "t": _ABOVE, "b": _BELOW},
        },
        height=height,
    )


def _by_colour(rows: pd.DataFrame) -> list[tuple[pd.DataFrame, str]]:
    """The region in focus last, so that it lies on top."""
    parts = [(rows[~rows["is_focus"]], OTHERS), (rows[rows["is_focus"]], FOCUS)]
    return [(own, colour) for own, colour in parts if len(own)]


def _stems(own: pd.DataFrame, colour: str, dash: str = "solid") -> Part:
    joined = own[own["detail"] != ""]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [end for pair in zip(joined["earlier"], joined["value"], strict=True) for end in (*pair, None)],
        "y": [end for place in joined["place"] for end in (place, place, None)],
        "line": {"color": colour, "width": 3, "dash": dash},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _earlier_dots(own: pd.DataFrame, colour: str) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": own["earlier"].tolist(),
        "y": own["place"].tolist(),
        "marker": {
            "symbol": [_sideways(mark_symbol(q, "")) for q in own["earlier_qualifier"]],
            "size": _DOT - 1,
            "color": GROUND,
            "line": {"color": colour, "width": 2.2},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _later_dots(own: pd.DataFrame, colour: str) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": own["value"].tolist(),
        "y": own["place"].tolist(),
        "customdata": own["region"].tolist(),
        "marker": {
            "symbol": [_sideways(mark_symbol(qualifier, "")) for qualifier in own["qualifier"]],
            "size": _DOT,
            "color": colour,
        },
        "hovertext": own["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _sideways(symbol: str) -> str:
    """More lies to the right here, not above."""
    return symbol.replace("triangle-up", "triangle-right").replace("triangle-down", "triangle-left")


def _labels(rows: pd.DataFrame, *, is_place: bool) -> Part:
    """The move behind the outer dot of each row, both values in small type after it."""
    ends = rows[["earlier", "value"]].min(axis=1) if is_place else rows[["earlier", "value"]].max(axis=1)
    written = [
        f"<b>{label}</b>\u2002<span style='font-size:{SMALL_SIZE}px;color:{SECONDARY}'>{detail}</span>"
        if detail
        else f"<span style='font-size:{SMALL_SIZE}px;color:{SECONDARY}'>{label}</span>"
        for label, detail in zip(rows["label"], rows["detail"], strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "marker": {"size": 2 * _DOT, "opacity": 0},
        "x": ends.tolist(),
        "y": rows["place"].tolist(),
        "text": written,
        "textposition": "middle right",
        "textfont": {"size": TEXT_SIZE, "color": [FOCUS if is_focus else INK for is_focus in rows["is_focus"]]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _label_room(rows: pd.DataFrame) -> float:
    widths = [
        text_width(label, TEXT_SIZE) * 1.06 + text_width(detail, SMALL_SIZE)
        for label, detail in zip(rows["label"], rows["detail"], strict=True)
    ]
    return max(widths, default=0.0) + _LABEL_GAP


def _key(year_names: tuple[str, str]) -> Part:
    """Which dot is which year, above the rows."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 5,
        "text": f"○ {year_names[0]}\u2003● {year_names[1]}",
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": SECONDARY},
    }
