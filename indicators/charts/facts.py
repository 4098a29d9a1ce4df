"""Single figures as bars: those that compare share an axis, others have one of their own, or none at all.

Names stand above their bars, wrapped for the width of a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import ceil

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, Room, framed
from indicators.charts.theme import DOUBTFUL, FOCUS, INK, OTHERS, SECONDARY, TEXT_SIZE, text_width

_WRAP = 318.0
_NOTE_SIZE = 12
_LINE = 18
_BAR = 16
_AFTER_ROW = 10
_AFTER_PANEL = 26
_LABEL_GAP = 16
_EDGE = 4
_BETWEEN = 36
_HEADING = -1
_NO_START = "，。；：、）)”》—–,.;:!?%"
_NO_END = "（(“《"
_AFTER_DIGITS = "年月日家人项亿万个"
_TEXT_TO_BAR = 4


@dataclass(frozen=True)
class Bars:
    """Figures on one axis: rows with region, name, value, qualifier, status, label and hover; a note, if any."""

    heading: str
    note: str
    rows: pd.DataFrame


@dataclass
class _Sheet:
    """A figure being laid out in columns from the top downwards, in pixels."""

    panels: Sequence[Bars]
    highlight: str | None
    wrap: float
    height: float = 0.0
    heights: dict[tuple[int, int], float] = field(default_factory=dict)
    traces: list[Part] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    shapes: list[Part] = field(default_factory=list)
    axes: dict[str, Part] = field(default_factory=dict)


def facts(panels: Sequence[Bars], *, frame: Frame, highlight: str | None) -> go.Figure:
    """Panels of bars one under another, each on an axis of its own from 0; in a wide room in several columns.

    A target is a hollow bar with a dashed outline, a bound has an arrow at its open end, a provisional or
    derived figure a hatched bar.
    """
    labels = [str(label) for panel in panels for label in panel.rows["label"]]
    beside = round(max([text_width(label, TEXT_SIZE) + _LABEL_GAP for label in labels], default=_EDGE))
    if frame.room is None:
        sheet = _laid_out(panels, highlight, _WRAP, [(0.0, 1.0)])
    else:
        sheet = _laid_out_in(frame.room, panels, highlight, beside)
    return framed(
        frame,
        data=sheet.traces,
        layout={
            "xaxis": {"range": [0, 1], "visible": False, "fixedrange": True},
            **sheet.axes,
            "yaxis": {"range": [sheet.height, 0], "visible": False, "fixedrange": True},
            "annotations": sheet.notes,
            "shapes": sheet.shapes,
            "margin": {"l": _EDGE, "r": beside if frame.room is None else _EDGE, "t": _EDGE, "b": _EDGE},
            "hovermode": "closest",
        },
        height=round(sheet.height) + 2 * _EDGE,
    )


def _laid_out_in(room: Room, panels: Sequence[Bars], highlight: str | None, beside: float) -> _Sheet:
    """As few columns as the height of a room asks for, and no more than its width has place for."""
    inner = room.width - 2 * _EDGE
    for count in range(1, max(int((inner + _BETWEEN) // (_WRAP + _BETWEEN)), 1) + 1):
        width = (inner - _BETWEEN * (count - 1)) / count
        lefts = [n * (width + _BETWEEN) for n in range(count)]
        columns = [(left / inner, (left + width - beside) / inner) for left in lefts]
        sheet = _laid_out(panels, highlight, width, columns)
        if sheet.height + 2 * _EDGE <= room.height:
            break
    return sheet


def _laid_out(
    panels: Sequence[Bars], highlight: str | None, wrap: float, columns: Sequence[tuple[float, float]]
) -> _Sheet:
    """Panels in columns as even as can be; each column is where its bars begin and end, as parts of the width."""
    sheet = _Sheet(panels, highlight, wrap)
    rows = [(n, place) for n, panel in enumerate(panels) for place in range(len(panel.rows))]
    sheet.heights |= {row: _LINE * len(_name_lines(sheet, *row)) + _TEXT_TO_BAR + _BAR + _AFTER_ROW for row in rows} | {
        (n, _HEADING): _LINE * len(_heading_lines(sheet, n)) + _AFTER_PANEL - _AFTER_ROW / 2 for n in range(len(panels))
    }
    low, high = 0, ceil(sum(sheet.heights.values()))
    while low < high:
        middle = (low + high) // 2
        is_enough = len(_dealt(sheet, rows, middle)) <= len(columns)
        low, high = (low, middle) if is_enough else (middle + 1, high)
    for column, own in zip(columns, _dealt(sheet, rows, high), strict=False):
        down = 0.0
        for panel, group in groupby(own, key=lambda row: row[0]):
            down = _draw_panel(sheet, panel, [place for _, place in group], column, down)
        sheet.height = max(sheet.height, down - _AFTER_PANEL / 2)
    sheet.height = max(sheet.height, _LINE)
    return sheet


def _dealt(sheet: _Sheet, rows: Sequence[tuple[int, int]], height: float) -> list[list[tuple[int, int]]]:
    """Rows in columns of at most that height, a row at least in each; every column begins with a heading."""
    columns: list[list[tuple[int, int]]] = []
    left = 0.0
    for row in rows:
        heading = sheet.heights[row[0], _HEADING]
        needed = sheet.heights[row] + (heading if not columns or columns[-1][-1][0] != row[0] else 0)
        if columns and needed <= left:
            columns[-1].append(row)
            left -= needed
        else:
            columns.append([row])
            left = height - heading - sheet.heights[row]
    return columns


def wrapped(words: str, *, width: float, size: float) -> list[str]:
    """Words in lines no wider than `width` pixels: ideographs part anywhere, Latin words at blanks."""
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return [line.rstrip(" ·") for line in lines]


def _pieces(words: str) -> list[str]:
    """Parts that a line may end after."""
    pieces: list[str] = []
    for letter in words:
        before = pieces[-1][-1] if pieces else " "
        is_latin = ord(letter) <= 0x2E7F and ord(before) <= 0x2E7F and before != " "
        belongs = letter in _NO_START or before in _NO_END or (before.isdigit() and letter in _AFTER_DIGITS)
        if pieces and (is_latin or belongs):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _heading_lines(sheet: _Sheet, panel: int) -> list[tuple[str, float, str]]:
    """Lines over a panel with their size and colour."""
    own = sheet.panels[panel]
    heading = [(f"<b>{line}</b>", float(TEXT_SIZE), INK) for line in _wrapped(sheet, own.heading, TEXT_SIZE)]
    note = [(line, float(_NOTE_SIZE), SECONDARY) for line in _wrapped(sheet, own.note, _NOTE_SIZE) if line]
    return heading + note


def _name_lines(sheet: _Sheet, panel: int, place: int) -> list[tuple[str, float, str]]:
    """Lines over a bar with their size and colour."""
    row = sheet.panels[panel].rows.iloc[place]
    colour = FOCUS if row["region"] == sheet.highlight else INK
    return [(line, float(TEXT_SIZE), colour) for line in _wrapped(sheet, str(row["name"]), TEXT_SIZE)]


def _wrapped(sheet: _Sheet, words: str, size: float) -> list[str]:
    return wrapped(words, width=sheet.wrap, size=size)


def _draw_panel(sheet: _Sheet, panel: int, places: Sequence[int], column: tuple[float, float], down: float) -> float:
    """Some rows of a panel under its heading, on an axis of their own; gives where the next panel begins."""
    left, right = column
    number = len(sheet.axes) + 1
    axis = "x" if number == 1 else f"x{number}"
    for line in _heading_lines(sheet, panel):
        sheet.notes.append(_words(*line, left, down))
        down += _LINE
    down += _AFTER_ROW / 2
    centres = []
    for place in places:
        for line in _name_lines(sheet, panel, place):
            sheet.notes.append(_words(*line, left, down))
            down += _LINE
        centres.append(down + _TEXT_TO_BAR + _BAR / 2)
        down += _TEXT_TO_BAR + _BAR + _AFTER_ROW
    values, rows = sheet.panels[panel].rows["value"], sheet.panels[panel].rows.iloc[list(places)]
    sheet.traces += [_bars(rows, centres, axis, sheet.highlight), *_open_ends(rows, centres, axis, sheet.highlight)]
    sheet.shapes += _outlines(rows, centres, axis, sheet.highlight)
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    own: Part = {"range": [low, high or 1.0], "visible": False, "fixedrange": True, "anchor": "y"}
    column_axis = next((name for name, other in sheet.axes.items() if other.get("domain") == [left, right]), None)
    over: Part = {"domain": [left, right]} if column_axis is None else {"overlaying": column_axis.replace("axis", "")}
    sheet.axes[axis.replace("x", "xaxis")] = own | over
    return down + _AFTER_PANEL - _AFTER_ROW


def _words(words: str, size: float, colour: str, left: float, down: float) -> Part:
    return {
        "text": words,
        "xref": "paper",
        "x": left,
        "xanchor": "left",
        "y": down,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size, "color": colour},
    }


def _colours(rows: pd.DataFrame, highlight: str | None) -> list[str]:
    return [FOCUS if region == highlight else OTHERS for region in rows["region"]]


def _bars(rows: pd.DataFrame, centres: list[float], axis: str, highlight: str | None) -> Part:
    colours = _colours(rows, highlight)
    is_target = (rows["status"] == "target").tolist()
    return {
        "type": "bar",
        "orientation": "h",
        "x": rows["value"].tolist(),
        "y": centres,
        "width": _BAR,
        "xaxis": axis,
        "marker": {
            "color": ["rgba(0,0,0,0)" if hollow else colour for colour, hollow in zip(colours, is_target, strict=True)],
            "pattern": {
                "shape": ["/" if status in DOUBTFUL else "" for status in rows["status"]],
                "fgcolor": "#ffffff",
                "size": 6,
                "solidity": 0.2,
            },
            "line": {"width": 0},
        },
        "text": [f"  {label}" for label in rows["label"]],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": TEXT_SIZE, "color": [FOCUS if colour == FOCUS else INK for colour in colours]},
        "cliponaxis": False,
        "customdata": rows["region"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _outlines(rows: pd.DataFrame, centres: list[float], axis: str, highlight: str | None) -> list[Part]:
    """Dashed outlines of targets, which Plotly's bars do not have."""
    return [
        {
            "type": "rect",
            "xref": axis,
            "x0": 0,
            "x1": value,
            "y0": centre - _BAR / 2,
            "y1": centre + _BAR / 2,
            "line": {"color": FOCUS if region == highlight else SECONDARY, "width": 1.4, "dash": "4px,3px"},
        }
        for region, value, status, centre in zip(rows["region"], rows["value"], rows["status"], centres, strict=True)
        if status == "target"
    ]


def _open_ends(rows: pd.DataFrame, centres: list[float], axis: str, highlight: str | None) -> list[Part]:
    signs = {">": "triangle-right", ">=": "triangle-right", "<": "triangle-left", "<=": "triangle-left"}
    bounded = [n for n, qualifier in enumerate(rows["qualifier"]) if qualifier in signs]
    if not bounded:
        return []
    colours = _colours(rows, highlight)
    is_target = (rows["status"] == "target").tolist()
    symbols = [signs[rows["qualifier"].iloc[n]] + ("-open" if is_target[n] else "") for n in bounded]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [float(rows["value"].iloc[n]) for n in bounded],
            "y": [centres[n] for n in bounded],
            "xaxis": axis,
            "marker": {"symbol": symbols, "size": 13, "color": [colours[n] for n in bounded]},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]
