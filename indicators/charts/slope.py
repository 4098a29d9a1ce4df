"""Two years side by side with a line for each region between them: who overtook whom."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.lines import axis_limits, mark_symbol, spread
from indicators.charts.theme import DOUBTFUL, FOCUS, GRID, INK, OTHERS, SECONDARY, SMALL_SIZE, TEXT_SIZE, text_width
from indicators.model.observation import records
from indicators.model.spec import MOST_LABELLED_LINES

_HEIGHT, _LEAST_HEIGHT = 560, 360
_STEP = 18
_ABOVE, _BELOW = 30, 8
_MOST_LABELS = 10
# Pixels that labels may take on both sides together for lines to have room on a phone.
_MOST_LABELS_WIDTH = 240
# Of a picture's width, which is known.
_LABELS_SHARE = 0.45
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
    unnamed: Callable[[int], str] = str,
    names_right: str = "",
) -> go.Figure:
    """A line for each row that has `earlier` and `value`, on one axis; rows as for `change`, with the texts at the
    two ends: `earlier_label` and `later_label`, and `earlier_value` for where names on both sides are too wide.

    A row without a move keeps its dots and has no line. The region in focus has the accent; the others are grey.
    Up to twelve are all labelled, one over another where their values are close; of more those that say most and find
    room, at most ten (with places, all that find room), and `unnamed` says below how many lines have no name. Where
    names on both sides would leave the lines no room, `names_right` says that they stand on one.
    """
    known = rows[rows["value"].notna()]
    of_all = len(known) * _STEP if is_place else 0
    are_few = len(known) <= MOST_LABELLED_LINES
    most = _MOST_LABELS_WIDTH if frame.room is None else max(_MOST_LABELS_WIDTH, _LABELS_SHARE * frame.room.width)
    is_one_sided = _widest(known["earlier_label"]) + _widest(known["later_label"]) > most
    if is_one_sided:
        known = known.assign(earlier_label=known["earlier_value"])
    below = _BELOW if (are_few or is_place) and not is_one_sided else _BELOW + _STEP
    around = _ABOVE + below
    height = frame.height(max(_HEIGHT, of_all) + around, least=max(_LEAST_HEIGHT, of_all) + around) - around
    limits = _limits(known, is_place=is_place, is_log=is_log)
    per_value = height / abs(limits[1] - limits[0])
    ends = {}
    for column in ("earlier", "value"):
        there = known[known[column].notna()]
        chosen = labelled(there, column, highlight, per_value, is_place=is_place, is_log=is_log)
        ends[column] = (
            _spread_out(there, column, limits, height, is_log=is_log) if are_few else dict.fromkeys(chosen, 0.0)
        )
    right = _widest(known.loc[known["region"].isin(ends["value"]), "later_label"])
    left = _widest(known.loc[known["region"].isin(ends["earlier"]), "earlier_label"])
    named = {*ends["value"], *({} if is_one_sided else ends["earlier"])}
    nameless = int((~known["region"].isin(named)).sum())
    notes = [unnamed(nameless)] if nameless and below > _BELOW else []
    notes += [names_right] if is_one_sided and len(known) else []
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
                *(
                    _end(row, column, shifts[row["region"]], is_focus=row["region"] == highlight, is_log=is_log)
                    for column, shifts in ends.items()
                    for row in written
                    if row["region"] in shifts
                ),
                *([_note("\u2003".join(notes))] if notes else []),
            ],
            "hovermode": "closest",
            "margin": {"l": left, "r": right, "t": _ABOVE, "b": below},
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


def _spread_out(
    known: pd.DataFrame, column: str, limits: tuple[float, float], height: float, *, is_log: bool
) -> dict[str, float]:
    """By region, how many pixels up its label is moved for all labels of one end to stand a step apart."""
    values = np.log10(known[column]) if is_log else known[column]
    wanted = ((values - limits[0]) / (limits[1] - limits[0]) * height).tolist()
    placed = spread(wanted, step=_STEP, low=0.0, high=height)
    return {region: there - here for region, here, there in zip(known["region"], wanted, placed, strict=True)}


def _note(words: str) -> Part:
    """A line below the plot."""
    place: Part = {"x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -8}
    return {**place, "text": words, "showarrow": False, "font": {"size": SMALL_SIZE, "color": SECONDARY}}


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


def _end(row: dict, column: str, shift: float, *, is_focus: bool, is_log: bool) -> Part:
    """The text at one end of a line."""
    is_later = column == "value"
    label = row["later_label" if is_later else "earlier_label"]
    return {
        "name": row["region"],
        "x": _LATER if is_later else _EARLIER,
        "xanchor": "left" if is_later else "right",
        "xshift": _GAP if is_later else -_GAP,
        "y": float(np.log10(row[column])) if is_log else row[column],
        "yshift": shift,
        "text": f"<b>{label}</b>" if is_focus else label,
        "showarrow": False,
        "font": {"size": TEXT_SIZE, "color": FOCUS if is_focus else SECONDARY},
    }


def _widest(labels: pd.Series) -> int:
    return round(max((text_width(label, TEXT_SIZE) * 1.06 for label in labels), default=0.0)) + _GAP + 8
