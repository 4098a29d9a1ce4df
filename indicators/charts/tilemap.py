"""All province-level regions as equal tiles: no boundary is drawn, small regions stay readable."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.theme import BELOW_ZERO, EMPTY_TILE, FOCUS, INK, SECONDARY, SEQUENTIAL, SMALL_SIZE, text_width

_TILE_HEIGHT, _LEAST_TILE = 56, 40
_LEAST_WIDTH = 620  # of a map with English names on a screen; narrower ones scroll, see look.css
_LEGEND_HEIGHT = 46
_KEY_FROM, _KEY_TO = 0.05, 0.95
_BESIDE_NAME = 9
_BOLD = 1.08


def tilemap(
    tiles: pd.DataFrame,
    *,
    frame: Frame,
    highlight: str | None,
    label: Callable[[float], str],
    is_signed: bool,
    among: np.ndarray | None = None,
) -> go.Figure:
    """One tile a row: region, tile_row, tile_col, name, value, label, hover, is_asked.

    A region without a value has a hatched tile, one that the view does not ask for a plain empty one.

    Colours are classes of equal counts of regions; values below zero have a hue of their own when
    `is_signed`. `label` writes the limits of the classes. `among`, values of several years, makes the
    classes those of all of them.
    """
    columns, rows = int(tiles["tile_col"].max()) + 1, int(tiles["tile_row"].max()) + 1
    size = float(SMALL_SIZE + 1)
    width = _LEAST_WIDTH if frame.room is None else frame.room.width
    inner = width / (columns + 0.06) - _BESIDE_NAME
    tiles = tiles.assign(name=[_in_lines(name, inner, size) for name in tiles["name"]])
    shown = tiles[tiles["value"].notna()]
    values = shown["value"].to_numpy(float) if among is None else among
    limits = class_limits(values, is_signed=is_signed)
    colours = class_colours(limits, is_signed=is_signed)
    if frame.room is not None:
        words = [word for name in tiles["name"] for word in name.split("<br>")]
        name_size = min(size, inner / max(text_width(word, 1.0) * _BOLD for word in words))
        size = min(size, inner / max(text_width(str(number), 1.0) for number in ("0", *shown["label"])))
        spans = [f"<span style='font-size:{name_size:.1f}px'>{name}</span>" for name in tiles["name"]]
        tiles = tiles.assign(name=spans if name_size < size else tiles["name"])
        shown = tiles[tiles["value"].notna()]
    empty = tiles[tiles["value"].isna()]
    height = frame.height(rows * _TILE_HEIGHT + _LEGEND_HEIGHT, least=rows * _LEAST_TILE + _LEGEND_HEIGHT)
    return framed(
        frame,
        data=[
            *_tiles(shown, limits, colours, (float(values.min()), float(values.max())) if len(shown) else (0, 0), size),
            *_empty_tiles(empty[empty["is_asked"]], hatch="/", word="<br>—", size=size),
            *_empty_tiles(empty[~empty["is_asked"]], hatch="", word="", size=size),
        ],
        layout={
            "xaxis": {"range": [-0.53, columns - 0.47], "visible": False, "fixedrange": True},
            "yaxis": {"range": [rows - 0.47, -0.53], "visible": False, "fixedrange": True},
            "shapes": [
                *_outline(tiles[tiles["region"] == highlight]),
                *swatches(colours, across=(_KEY_FROM, _KEY_TO), edge=0, up=(-20, -10)),
            ],
            "annotations": _limit_labels(limits, len(colours), label),
            "margin": {"l": 2, "r": 2, "t": 2, "b": _LEGEND_HEIGHT},
            "bargap": 0,
            "barmode": "overlay",
        },
        height=height,
    )


def _in_lines(name: str, width: float, size: float) -> str:
    """A name on a line for each of its words where it is wider than a tile."""
    return name.replace(" ", "<br>") if text_width(name, size) * _BOLD > width else name


def class_limits(values: np.ndarray, *, is_signed: bool) -> list[float]:
    """Limits between at most five classes, rounded to two significant digits; 0 is one where signs differ."""
    if len(values) == 0:
        return []
    if is_signed and values.min() < 0:
        below, above = values[values < 0], values[values >= 0]
        limits = [float(np.median(below)), 0.0]
        limits += [float(q) for q in np.quantile(above, (1 / 3, 2 / 3))] if len(above) > 2 else []
    else:
        limits = [float(q) for q in np.quantile(values, (0.2, 0.4, 0.6, 0.8))]
    rounded = sorted({_two_digits(limit) for limit in limits})
    return [limit for limit in rounded if values.min() < limit <= values.max() or (is_signed and limit == 0)]


def _two_digits(value: float) -> float:
    return float(f"{value:.2g}")


def class_colours(limits: Sequence[float], *, is_signed: bool) -> list[str]:
    """One colour for each class between the limits, from light to dark away from the lowest (or from zero)."""
    below = sum(limit <= 0 for limit in limits) if is_signed and any(limit <= 0 for limit in limits) else 0
    above = len(limits) + 1 - below
    picks = np.linspace(0 if above > 2 else 1, len(SEQUENTIAL) - 1, above).round().astype(int)
    return [*BELOW_ZERO[len(BELOW_ZERO) - below :], *(SEQUENTIAL[pick] for pick in picks)]


def stepped_scale(
    limits: Sequence[float], colours: Sequence[str], ends: tuple[float, float]
) -> list[list[float | str]]:
    """A colour scale of Plotly's from the lowest to the highest value that changes only at the limits."""
    low, high = ends
    span = (high - low) or 1.0
    edges = [0.0, *(min(max((limit - low) / span, 0.0), 1.0) for limit in limits), 1.0]
    return [[edge, colour] for n, colour in enumerate(colours) for edge in (edges[n], edges[n + 1])]


def _tiles(
    shown: pd.DataFrame, limits: list[float], colours: list[str], ends: tuple[float, float], size: float
) -> list[Part]:
    if shown.empty:
        return []
    low, high = ends
    texts = [f"<b>{name}</b><br>{label}" for name, label in zip(shown["name"], shown["label"], strict=True)]
    columns, rows = (sorted(set(shown[name].tolist())) for name in ("tile_col", "tile_row"))
    places = [
        (rows.index(row), columns.index(col)) for row, col in zip(shown["tile_row"], shown["tile_col"], strict=True)
    ]

    def grid(values: Iterable[object], nothing: object) -> list[list[object]]:
        cells = [[nothing] * len(columns) for _ in rows]
        for (row, column), value in zip(places, values, strict=True):
            cells[row][column] = value
        return cells

    return [
        {
            "type": "heatmap",
            "z": grid(shown["value"].tolist(), None),
            "x": columns,
            "y": rows,
            "text": grid(texts, ""),
            "customdata": grid(shown["region"], ""),
            "hovertext": grid(shown["hover"], ""),
            "texttemplate": "%{text}",
            "textfont": {"size": size},
            "hovertemplate": "%{hovertext}<extra></extra>",
            "hoverongaps": False,
            "zmin": low,
            "zmax": low + ((high - low) or 1.0),
            "colorscale": stepped_scale(limits, colours, ends),
            "showscale": False,
            "xgap": 3,
            "ygap": 3,
        }
    ]


def _empty_tiles(empty: pd.DataFrame, *, hatch: str, word: str, size: float) -> list[Part]:
    """Tiles without a value, drawn as bars since only bars can be hatched."""
    if empty.empty:
        return []
    return [
        {
            "type": "bar",
            "x": empty["tile_col"].tolist(),
            "y": [0.92] * len(empty),
            "base": (empty["tile_row"] - 0.46).tolist(),
            "width": 0.93,
            "marker": {
                "color": EMPTY_TILE,
                "pattern": {"shape": hatch, "fgcolor": "#c9d1d9", "size": 7, "solidity": 0.15},
                "line": {"width": 0},
            },
            "text": [f"<b>{name}</b>{word}" for name in empty["name"]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "none",
            "textfont": {"size": size, "color": SECONDARY},
            "customdata": empty["region"].tolist(),
            "hovertext": empty["hover"].tolist(),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def _outline(tiles: pd.DataFrame) -> list[Part]:
    """The frame of the tile in focus."""
    return [
        {
            "type": "rect",
            "x0": x - 0.5,
            "x1": x + 0.5,
            "y0": y - 0.5,
            "y1": y + 0.5,
            "line": {"color": FOCUS, "width": 3},
            "layer": "above",
        }
        for x, y in zip(tiles["tile_col"].tolist(), tiles["tile_row"].tolist(), strict=True)
    ]


def swatches(
    colours: Sequence[str], *, across: tuple[float, float], edge: Literal[0, 1], up: tuple[int, int]
) -> list[Part]:
    """The colours of the classes side by side, so many pixels up from the lower (0) or upper (1) edge of a plot."""
    width = (across[1] - across[0]) / len(colours)
    return [
        {
            "type": "rect",
            "xref": "paper",
            "yref": "paper",
            "x0": across[0] + n * width,
            "x1": across[0] + (n + 1) * width,
            "y0": up[0],
            "y1": up[1],
            "yanchor": edge,
            "ysizemode": "pixel",
            "line": {"width": 0},
            "fillcolor": colour,
        }
        for n, colour in enumerate(colours)
    ]


def _limit_labels(limits: list[float], classes: int, label: Callable[[float], str]) -> list[Part]:
    """The limits between the classes, under their swatches."""
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": _KEY_FROM + n * (_KEY_TO - _KEY_FROM) / classes,
            "y": 0,
            "yanchor": "top",
            "yshift": -22,
            "text": label(limit),
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": INK},
        }
        for n, limit in enumerate(limits, start=1)
    ]
