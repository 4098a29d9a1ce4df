"""Two years side by side with a line for each region between them: who overtook whom."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.lines import axis_limits, mark_symbol
from indicators.charts.theme import DOUBTFUL, FOCUS, GRID, INK, OTHERS, SECONDARY, TEXT_SIZE, text_width
from indicators.model.observation import records

_HEIGHT, _LEAST_HEIGHT = 560, 360
_STEP = 18
_ABOVE, _BELOW = 30, 8
_MOST_LABELS = 10
# Pixels that labels may take on both sides together for lines to have room on a phone.
_MOST_LABELS_WIDTH = 240
_GAP = 10
_EARLIER, _LATER = 0, 1


def slope(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    highlight: str | None,
    year_names: tuple[str, str],
    is_place: bool = False,
    is_log: bool = False,
) -> go.Figure:
    """A line for each row that has `earlier` and `value`, on one axis; rows as for `change`, with the texts at the
    two ends: `earlier_label` and `later_label`, and `earlier_value` for where names on both sides are too wide.

    A row without a move keeps its dots and has no line. The region in focus has the accent; the others are grey,
    and those are labelled that say most and find room, at most ten (with places, all that find room).
    """
    known = rows[rows["value"].notna()]
    of_all = len(known) * _STEP if is_place else 0
    around = _ABOVE + _BELOW
    height = frame.height(max(_HEIGHT, of_all) + around, least=max(_LEAST_HEIGHT, of_all) + around) - around
    limits = _limits(known, is_place=is_place, is_log=is_log)
    per_value = height / abs(limits[1] - limits[0])
    ends = {
        column: labelled(known[known[column].notna()], column, highlight, per_value, is_place=is_place, is_log=is_log)
        for column in ("earlier", "value")
    }
    right = _widest(known.loc[known["region"].isin(ends["value"]), "later_label"])
    if _widest(known["earlier_label"]) + right > _MOST_LABELS_WIDTH:
        known = known.assign(earlier_label=known["earlier_value"])
    left = _widest(known.loc[known["region"].isin(ends["earlier"]), "earlier_label"])
    written = records(known)
    ordered = sorted(written, key=lambda row: bool(row["region"] == highlight))
    return framed(
        frame,
        data=[_line(row, row["region"] == highlight) for row in ordered],
        layout={
            "xaxis": {
                "range": [_EARLIER, _LATER],
                "fixedrange": True,
                "side": "top",
                "tickvals": [_EARLIER, _LATER],
                "ticktext": [f"<b>{name}</b>" for name in year_names],
                "tickfont": {"size": TEXT_SIZE, "color": INK},
                "gridcolor": GRID,
                "zeroline": False,
            },
            "yaxis": {
                "range": list(limits),
                "type": "log" if is_log else "linear",
                "visible": False,
                "fixedrange": True,
            },
            "annotations": [
                _end(row, column, is_focus=row["region"] == highlight, is_log=is_log)
                for column, chosen in ends.items()
                for row in written
                if row["region"] in chosen
            ],
            "hovermode": "closest",
            "margin": {"l": left, "r": right, "t": _ABOVE, "b": _BELOW},
        },
        height=height + around,
    )


def _limits(known: pd.DataFrame, *, is_place: bool, is_log: bool) -> tuple[float, float]:
    """Range of the axis in its own units: powers of ten where it is logarithmic."""
    values = pd.concat([known["value"], known["earlier"]])
    if not is_log or values.dropna().empty:
        return axis_limits(values, is_place=is_place)
    return float(np.log10(values.min())) - 0.05, float(np.log10(values.max())) + 0.05


def labelled(
    known: pd.DataFrame, column: str, highlight: str | None, per_value: float, *, is_place: bool, is_log: bool
) -> list[str]:
    """Regions whose labels stand a step apart at one end: the focus, the foremost, those that moved most."""
    by_size = list(known.sort_values(column, ascending=is_place, kind="stable")["region"])
    by_move = list(known.loc[known["move"].abs().sort_values(ascending=False, kind="stable").index, "region"])
    alternating = [code for pair in zip(by_size, by_move, strict=True) for code in pair]
    wanted = dict.fromkeys([*(code for code in by_size if code == highlight), *(by_size if is_place else alternating)])
    heights = (np.log10(known[column]) if is_log else known[column]) * per_value
    spots = dict(zip(known["region"], heights.tolist(), strict=True))
    chosen: list[str] = []
    for code in wanted:
        if all(abs(spots[other] - spots[code]) >= _STEP - 0.5 for other in chosen):
            chosen.append(code)
    return chosen if is_place else chosen[:_MOST_LABELS]


def _line(row: dict, is_focus: bool) -> Part:
    colour = FOCUS if is_focus else OTHERS
    has_move = pd.notna(row["move"])
    earlier = None if pd.isna(row["earlier"]) else float(row["earlier"])
    is_doubtful = row["status"] in DOUBTFUL or row["earlier_status"] in DOUBTFUL
    return {
        "type": "scatter",
        "mode": "lines+markers" if has_move else "markers",
        "x": [_EARLIER, _LATER],
        "y": [earlier, float(row["value"])],
        "customdata": [row["region"]] * 2,
        "name": row["name"],
        "line": {"color": colour, "width": 3.2 if is_focus else 1.4, "dash": "dash" if is_doubtful else "solid"},
        "marker": {
            "color": colour,
            "size": 9 if is_focus else 6,
            "symbol": [mark_symbol(row["earlier_qualifier"], ""), mark_symbol(row["qualifier"], "")],
        },
        "hovertext": row["hover"],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _end(row: dict, column: str, *, is_focus: bool, is_log: bool) -> Part:
    """The text at one end of a line."""
    is_later = column == "value"
    label = row["later_label" if is_later else "earlier_label"]
    return {
        "name": row["region"],
        "x": _LATER if is_later else _EARLIER,
        "xanchor": "left" if is_later else "right",
        "xshift": _GAP if is_later else -_GAP,
        "y": float(np.log10(row[column])) if is_log else row[column],
        "text": f"<b>{label}</b>" if is_focus else label,
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": FOCUS if is_focus else SECONDARY},
    }


def _widest(labels: pd.Series) -> int:
    return round(max((text_width(label, TEXT_SIZE) * 1.06 for label in labels), default=0.0)) + _GAP + 8
