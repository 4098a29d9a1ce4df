"""Regions × years as a table of colours: when each region rose, and where figures are missing."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed, parting
from indicators.charts.lines import year_ticks
from indicators.charts.theme import (
    DOUBTFUL,
    EMPTY_TILE,
    FOCUS,
    GROUND,
    INK,
    SECONDARY,
    SMALL_SIZE,
    TEXT_SIZE,
    emphasised,
    luminance,
    text_width,
)
from indicators.charts.tilemap import class_colours, class_limits, stepped_scale, swatches

UNKNOWN = ("not_published", "no_denominator", "no_focus")
_ROW_HEIGHT, _LEAST_ROW, _MOST_ROW = 23, 15, 48
_HALF_GAP = 0.13  # of a row
_ABOVE, _BELOW = 66, 6
_CELL = 0.94
_BESIDE_NUMBER = 10
_YEAR_WIDTH = 36
# The smallest type of numbers in a picture; where cells have no room for it, only the last year has its figures.
_LEAST_TYPE = 12
_HATCH = "#c9d1d9"
_LEGEND_FROM, _LEGEND_TO = 0.0, 0.62


def heat(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    highlight: str | None,
    label: Callable[[float], str],
    key: tuple[str, str, str],
    is_signed: bool = False,
    is_place: bool = False,
    is_last_apart: bool = False,
) -> go.Figure:
    """A line of cells for each region in the order of the rows, which have region, name, year, value, basis,
    other_basis, status, reason, label and hover.

    Colours are classes of equal counts of cells, with a hue of their own below 0 when `is_signed`; places
    are darker the further up. A figure that is not known is hatched, one that cannot be computed pale, and a
    dotted line stands where definitions change: `key` names the three. A doubtful figure is hatched over its colour.
    In a picture too narrow for a number in each cell those of the last year stand behind the cells.
    The last line is parted from the others where it `is_last_apart`: others may stand between it and the one above.
    """
    regions = list(dict.fromkeys(rows["region"]))
    ticks = years = sorted(int(year) for year in rows["year"].unique())
    rows = rows.assign(line=rows["region"].map({code: n for n, code in enumerate(regions)}))
    known = rows[rows["value"].notna()]
    limits = class_limits(known["value"].to_numpy(float), is_signed=is_signed)
    colours = class_colours(limits, is_signed=is_signed)[:: -1 if is_place else 1]
    empty = rows[rows["value"].isna()]
    is_unknown = empty["reason"].isin(UNKNOWN)
    empties = [(empty[is_unknown], "/"), (empty[~is_unknown], "")]
    break_lines = _break_lines(rows, len(regions))
    occurs = [*(len(own) > 0 for own, _ in empties), len(break_lines) > 0]
    names = rows.drop_duplicates("region")
    names_width = max((text_width(name, TEXT_SIZE) for name in names["name"]), default=0.0)
    numbers_width = max((text_width(number, SMALL_SIZE) for number in known["label"]), default=0.0)
    least_width = names_width + len(years) * (numbers_width + _BESIDE_NUMBER) + _BESIDE_NUMBER
    is_narrow = frame.room is not None and least_width * _LEAST_TYPE > frame.room.width * frame.room.factor * SMALL_SIZE
    beside = _last_figures(known, years[-1]) if is_narrow else []
    if is_narrow:
        assert frame.room is not None
        cell = (frame.room.width - names_width - numbers_width - 4 * _BESIDE_NUMBER) / len(years)
        ticks = year_ticks(years, most=max(int(len(years) * cell // _YEAR_WIDTH), 2))
        least_width = 0.0
    count, around = max(len(regions), 1), _ABOVE + _BELOW
    height = frame.height(
        count * _ROW_HEIGHT + around, least=count * _LEAST_ROW + around, most=count * _MOST_ROW + around
    )
    return framed(
        frame,
        data=[
            *_cells(known, regions, years, limits, colours),
            *(_empty_cells(own, hatch) for own, hatch in empties if len(own)),
            *_doubts(known),
            *(beside if is_narrow else _numbers(known, limits, colours)),
        ],
        layout={
            "xaxis": {
                "range": [years[0] - 0.5, years[-1] + 0.5],
                "side": "top",
                "tickvals": ticks,
                "tickangle": 0,
                "ticks": "",
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"size": SMALL_SIZE + 1, "color": SECONDARY},
            },
            "yaxis": {
                "range": [len(regions) - 0.5, -0.5],
                "tickvals": list(range(len(regions))),
                "ticktext": [
                    f"{emphasised(name) if code == highlight else name}\u2002"
                    for code, name in zip(names["region"], names["name"], strict=True)
                ],
                "ticks": "",
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "automargin": True,
                "tickfont": {"size": TEXT_SIZE, "color": INK},
            },
            "shapes": [
                *break_lines,
                *(_gap_before_last(count) if is_last_apart else []),
                *_frame_of_focus(regions, highlight, years),
                *swatches(colours, across=(_LEGEND_FROM, _LEGEND_TO), edge=1, up=(50, 60)),
            ],
            "annotations": [
                *_limit_labels(limits, len(colours), label),
                *_key([word for word, does_occur in zip(key, occurs, strict=True) if does_occur]),
                *(_head_of_last(years[-1]) if is_narrow else []),
            ],
            "bargap": 0,
            "barmode": "overlay",
            "margin": {
                "l": 4,
                "r": round(numbers_width * TEXT_SIZE / SMALL_SIZE + 2 * _BESIDE_NUMBER) if is_narrow else 8,
                "t": _ABOVE,
                "b": _BELOW,
            },
        },
        height=height,
        least_width=least_width,
    )


def _cells(
    known: pd.DataFrame, regions: list[str], years: list[int], limits: list[float], colours: list[str]
) -> list[Part]:
    if known.empty:
        return []
    ends = float(known["value"].min()), float(known["value"].max())
    grid = {column: known.pivot(index="region", columns="year", values=column) for column in ("value", "hover")}
    values = grid["value"].reindex(index=regions, columns=years).to_numpy(float)
    return [
        {
            "type": "heatmap",
            "x": years,
            "y": list(range(len(regions))),
            "z": [[None if np.isnan(value) else value for value in line] for line in values],
            "hovertext": grid["hover"]
            .reindex(index=regions, columns=years)
            .astype(object)
            .fillna("")
            .to_numpy()
            .tolist(),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "hoverongaps": False,
            "customdata": [[code] * len(years) for code in regions],
            "zmin": ends[0],
            "zmax": ends[1] if ends[1] > ends[0] else ends[0] + 1.0,
            "colorscale": stepped_scale(limits, colours, ends),
            "showscale": False,
            "xgap": 2,
            "ygap": 2,
        }
    ]


def _empty_cells(own: pd.DataFrame, hatch: str) -> Part:
    """Cells without a value, drawn as bars since only bars can be hatched."""
    return _bars(own, colour=EMPTY_TILE, hatch=hatch, ink=_HATCH) | {
        "hovertext": own["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _doubts(known: pd.DataFrame) -> list[Part]:
    """Hatching over cells whose figure is provisional or derived."""
    own = known[known["status"].isin(DOUBTFUL)]
    return [_bars(own, colour="rgba(0,0,0,0)", hatch="/", ink="rgba(255,255,255,0.55)")] if len(own) else []


def _bars(own: pd.DataFrame, *, colour: str, hatch: str, ink: str) -> Part:
    return {
        "type": "bar",
        "x": own["year"].tolist(),
        "y": [_CELL] * len(own),
        "base": (own["line"] - _CELL / 2).tolist(),
        "width": _CELL,
        "marker": {
            "color": colour,
            "pattern": {"shape": hatch, "fgcolor": ink, "size": 7, "solidity": 0.15},
            "line": {"width": 0},
        },
        "hoverinfo": "skip",
    }


def _numbers(known: pd.DataFrame, limits: list[float], colours: list[str]) -> list[Part]:
    """The labels of the cells, dark on light ones and light on dark ones."""
    places = np.searchsorted(limits, known["value"].to_numpy(float), side="right")
    on_dark = np.array([is_dark(colours[place]) for place in places], dtype=bool)
    parts = [(known[~on_dark], INK), (known[on_dark], GROUND)]
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": own["year"].tolist(),
            "y": own["line"].tolist(),
            "text": own["label"].tolist(),
            "textfont": {"size": SMALL_SIZE, "color": ink},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        for own, ink in parts
        if len(own)
    ]


def _last_figures(known: pd.DataFrame, year: int) -> list[Part]:
    """Figures of the last year behind the cells, where a picture has no room for one in each."""
    own = known[known["year"] == year]
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [year + 0.5] * len(own),
            "y": own["line"].tolist(),
            "text": [f" {label}" for label in own["label"]],
            "textposition": "middle right",
            "textfont": {"size": TEXT_SIZE, "color": INK},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
    ]


def _head_of_last(year: int) -> list[Part]:
    """The year over the figures behind the cells."""
    return [_above(1, 4, f"<b>{year}</b>", "left") | {"xshift": 4}]


def is_dark(colour: str) -> bool:
    """Whether a colour asks for light letters."""
    return luminance(colour) < 0.3


def _break_lines(rows: pd.DataFrame, count: int) -> list[Part]:
    """A line before each year in which definitions change: across all rows where all change, else in single ones."""
    known = rows[rows["value"].notna()].sort_values(["line", "year"])
    definition = known["basis"] + known["other_basis"]
    changed = known[(definition != definition.shift()) & (known["line"] == known["line"].shift())]
    shapes = []
    for year in sorted(changed["year"].unique().tolist()):
        own = changed[changed["year"] == year]
        is_everywhere = len(own) == known["line"].nunique()
        ends = [(-0.5, count - 0.5)] if is_everywhere else [(line - 0.5, line + 0.5) for line in own["line"]]
        shapes += [
            {
                "type": "line",
                "x0": year - 0.5,
                "x1": year - 0.5,
                "y0": float(first),
                "y1": float(last),
                "line": {"color": INK, "width": 2, "dash": "dot"},
            }
            for first, last in ends
        ]
    return shapes


def _gap_before_last(count: int) -> list[Part]:
    """A narrow gap with a dotted line in it, above the frame that the last line may have."""
    line = parting(count - 1.5 - _HALF_GAP)
    return [line | {"line": {"color": GROUND, "width": 6}}, line]


def _frame_of_focus(regions: Sequence[str], highlight: str | None, years: list[int]) -> list[Part]:
    line = {"color": FOCUS, "width": 2.5}
    return [
        {"type": "rect", "x0": years[0] - 0.5, "x1": years[-1] + 0.5, "y0": n - 0.5, "y1": n + 0.5, "line": line}
        for n, code in enumerate(regions)
        if code == highlight
    ]


def _limit_labels(limits: Sequence[float], count: int, label: Callable[[float], str]) -> list[Part]:
    width = (_LEGEND_TO - _LEGEND_FROM) / count
    return [_above(_LEGEND_FROM + n * width, 30, label(limit), "center") for n, limit in enumerate(limits, start=1)]


def _key(words: Sequence[str]) -> list[Part]:
    """What cells without a colour and dotted lines mean, at the right end of the legend."""
    return [_above(1, 50 - 14 * n, word, "right") for n, word in enumerate(words)]


def _above(x: float, height: int, words: str, anchor: str) -> Part:
    """A text so many pixels above the cells."""
    return {
        "x": x,
        "xref": "paper",
        "xanchor": anchor,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": height,
        "text": words,
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": SECONDARY},
    }
