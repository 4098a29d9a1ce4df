"""Single figures as bars: those that compare share an axis, others have one of their own, or none at all.

Names stand above their bars, wrapped for the width of a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.theme import DOUBTFUL, FOCUS, INK, OTHERS, SECONDARY, TEXT_SIZE, text_width

_WRAP = 318.0
_NOTE_SIZE = 12
_LINE = 18
_BAR = 16
_AFTER_ROW = 10
_AFTER_PANEL = 26
_LABEL_GAP = 16
_NO_START = "，。；：、）)”》—–,.;:!?%"
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
    """A figure being laid out from the top downwards, in pixels."""

    down: float = 0.0
    traces: list[Part] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    shapes: list[Part] = field(default_factory=list)
    axes: Part = field(default_factory=dict)

    def write(self, words: str, *, size: float = TEXT_SIZE, colour: str = INK, is_bold: bool = False) -> None:
        """Lines of words at the left, wrapped."""
        for line in wrapped(words, width=_WRAP, size=size):
            self.notes.append(_words(f"<b>{line}</b>" if is_bold else line, self.down, size, colour))
            self.down += _LINE


def facts(panels: Sequence[Bars], *, frame: Frame, highlight: str | None) -> go.Figure:
    """Panels of bars one under another, each on an axis of its own from 0.

    A target is a hollow bar with a dashed outline, a bound has an arrow at its open end, a provisional or
    derived figure a hatched bar.
    """
    sheet = _Sheet()
    for place, panel in enumerate(panels, start=1):
        _draw_panel(sheet, panel, place, highlight)
    labels = [str(label) for panel in panels for label in panel.rows["label"]]
    height = max(sheet.down - _AFTER_PANEL / 2, _LINE)
    figure = go.Figure(
        data=sheet.traces,
        layout={
            "xaxis": {"range": [0, 1], "visible": False, "fixedrange": True},
            **sheet.axes,
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
            "annotations": sheet.notes,
            "shapes": sheet.shapes,
            "margin": {
                "l": 4,
                "r": round(max([text_width(label, TEXT_SIZE) + _LABEL_GAP for label in labels], default=4)),
                "t": 4,
                "b": 4,
            },
            "hovermode": "closest",
        },
    )
    return framed(figure, frame, height=round(height) + 8)


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
        belongs = letter in _NO_START or (before.isdigit() and letter in _AFTER_DIGITS)
        if pieces and (is_latin or belongs):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _draw_panel(sheet: _Sheet, panel: Bars, place: int, highlight: str | None) -> None:
    axis = "x" if place == 1 else f"x{place}"
    sheet.write(panel.heading, is_bold=True)
    if panel.note:
        sheet.write(panel.note, size=_NOTE_SIZE, colour=SECONDARY)
    sheet.down += _AFTER_ROW / 2
    centres = []
    for row in panel.rows.to_dict("records"):
        sheet.write(row["name"], colour=FOCUS if row["region"] == highlight else INK)
        centres.append(sheet.down + _TEXT_TO_BAR + _BAR / 2)
        sheet.down += _TEXT_TO_BAR + _BAR + _AFTER_ROW
    sheet.traces += [_bars(panel.rows, centres, axis, highlight), *_open_ends(panel.rows, centres, axis, highlight)]
    sheet.shapes += _outlines(panel.rows, centres, axis, highlight)
    low, high = min(0.0, float(panel.rows["value"].min())), max(0.0, float(panel.rows["value"].max()))
    own = {"range": [low, high or 1.0], "visible": False, "fixedrange": True}
    sheet.axes[axis.replace("x", "xaxis")] = own if place == 1 else own | {"overlaying": "x", "anchor": "y"}
    sheet.down += _AFTER_PANEL - _AFTER_ROW


def _words(words: str, down: float, size: float, colour: str) -> Part:
    return {
        "text": words,
        "xref": "paper",
        "x": 0,
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
