"""Lines over the years, labelled at their ends; one panel for each indicator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
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
_MOST_LABELS = 12


@dataclass(frozen=True)
class Panel:
    """One indicator: the heading over it, how its axis is written, and whether places count down."""

    indicator: str
    heading: str
    axis: Callable[[float], str]
    is_place: bool = False
    break_label: str = ""


@dataclass(frozen=True)
class _Axes:
    """Plotly's names for the axes of the n-th panel."""

    place: int

    @property
    def x(self) -> str:
        return "x" if self.place == 1 else f"x{self.place}"

    @property
    def y(self) -> str:
        return "y" if self.place == 1 else f"y{self.place}"

    @property
    def x_key(self) -> str:
        return self.x.replace("x", "xaxis")

    @property
    def y_key(self) -> str:
        return self.y.replace("y", "yaxis")


def lines(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    panels: Sequence[Panel],
    highlight: str | None,
    nation: str,
    years: Sequence[int],
    shares_axis: bool = False,
) -> go.Figure:
    """Lines of rows with indicator, region, name, year, value, qualifier, basis, other_basis, status, label, hover.

    A gap stays a gap, a change of basis breaks the line, bounds are arrows, doubtful figures hollow.
    With more than six lines only the highlighted one and the nation have a colour, with more than twelve
    only those have a label. `shares_axis` gives all panels the same range, as indices need it.
    """
    height = _PLOT_HEIGHT if len(panels) == 1 else _PANEL_HEIGHT * len(panels)
    axis_height = (height - _EDGES - _ROOM_FOR_HEADING * (len(panels) - 1)) / len(panels)
    colours = _colours(list(dict.fromkeys(rows["region"])), highlight, nation)
    back_to_front = sorted(colours, key=lambda code: (code == highlight, colours[code] != OTHERS))
    traces: list[Part] = []
    annotations: list[Part] = []
    shapes: list[Part] = []
    layout: Part = {}
    for place, panel in enumerate(panels, start=1):
        own = rows[rows["indicator"] == panel.indicator]
        limits = _limits((rows if shares_axis else own)["value"], is_place=panel.is_place)
        top = 1 - (place - 1) * (axis_height + _ROOM_FOR_HEADING) / (height - _EDGES)
        domain = (max(0.0, top - axis_height / (height - _EDGES)), top)
        axes = _Axes(place)
        layout |= _axes_layout(panel, limits, domain, axes, years, is_last=place == len(panels))
        traces += [_line(own[own["region"] == code], colours[code], code == highlight, axes) for code in back_to_front]
        annotations += _end_labels(own, colours, limits, axis_height, axes)
        shapes += _break_lines(own, axes)
        annotations += _break_label(own, panel, axes) + _heading(panel, axes)
    widest = max([text_width(str(label["text"]), TEXT_SIZE) for label in annotations if label.get("name")], default=0.0)
    margin = {"l": 8, "r": int(widest) + 14, "t": 34 if panels[0].heading else 14, "b": 26}
    figure = go.Figure(
        data=traces,
        layout={**layout, "annotations": annotations, "shapes": shapes, "hovermode": "closest", "margin": margin},
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


def _line(own: pd.DataFrame, colour: str, is_focus: bool, axes: "_Axes") -> Part:
    """One trace a region; an empty point parts the segments of different bases."""
    definition = own["basis"] + own["other_basis"]
    broken = definition.ne(definition.shift()) & own["value"].notna() & own["value"].shift().notna()
    points: list[tuple[int | None, float | None, str, str]] = []
    for is_break, row in zip(broken, own.to_dict("records"), strict=True):
        if is_break:
            points.append((None, None, "", "circle"))
        value = None if np.isnan(row["value"]) else float(row["value"])
        points.append((int(row["year"]), value, row["hover"], _symbol(row["qualifier"], row["status"])))
    is_grey = colour == OTHERS
    return {
        "type": "scatter",
        "x": [year for year, _, _, _ in points],
        "y": [value for _, value, _, _ in points],
        "hovertext": [hover for _, _, hover, _ in points],
        "mode": "lines+markers",
        "connectgaps": False,
        "name": own["name"].iloc[0] if len(own) else "",
        "customdata": [own["region"].iloc[0]] * len(points) if len(own) else [],
        "line": {"color": colour, "width": 3.2 if is_focus else 1.2 if is_grey else 2},
        "marker": {
            "size": 6 if is_focus else 3 if is_grey else 5,
            "symbol": [symbol for _, _, _, symbol in points],
            "color": colour,
        },
        "opacity": 0.7 if is_grey else 1,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "xaxis": axes.x,
        "yaxis": axes.y,
    }


def _symbol(qualifier: str, status: str) -> str:
    """A bound points to where the true value lies; a doubtful figure is hollow."""
    shape = {">": "triangle-up", ">=": "triangle-up", "<": "triangle-down", "<=": "triangle-down"}.get(
        qualifier, "circle"
    )
    return f"{shape}-open" if status in DOUBTFUL else shape


def _end_labels(
    own: pd.DataFrame, colours: dict[str, str], limits: tuple[float, float], axis_height: float, axes: "_Axes"
) -> list[Part]:
    """Name and last value at each line's end, moved apart where they would overlap."""
    known = own[own["value"].notna()]
    ends = known.drop_duplicates("region", keep="last").to_dict("records")
    named = [end for end in ends if len(colours) <= _MOST_LABELS or colours[end["region"]] != OTHERS]
    if not named and ends:
        by_value = sorted(ends, key=lambda end: end["value"])
        named = [by_value[-1], by_value[0]]
    low, high = limits
    last_year = int(own["year"].max()) if len(own) else 0
    pixels = [(end["value"] - low) * axis_height / (high - low) for end in named]
    spots = spread(pixels, step=_LABEL_STEP, low=_LABEL_STEP / 2, high=axis_height)
    return [
        {
            "name": end["region"],
            "x": 1,
            "xref": f"{axes.x} domain",
            "xanchor": "left",
            "xshift": 8,
            "y": end["value"],
            "yref": axes.y,
            "yshift": spot - pixel,
            "text": f"{end['name']} {end['label']}" + (f" ({end['year']})" if end["year"] < last_year else ""),
            "showarrow": False,
            "font": {
                "size": TEXT_SIZE,
                "color": SECONDARY if colours[end["region"]] == OTHERS else colours[end["region"]],
            },
        }
        for end, pixel, spot in zip(named, pixels, spots, strict=True)
    ]


def _breaks(own: pd.DataFrame) -> list[int]:
    """Years from which any line follows another basis than before."""
    known = own[own["value"].notna()].sort_values(["region", "year"])
    definition = known["basis"] + known["other_basis"]
    changed = (definition != definition.shift()) & (known["region"] == known["region"].shift())
    return sorted(int(year) for year in known.loc[changed, "year"].unique())


def _break_lines(own: pd.DataFrame, axes: "_Axes") -> list[Part]:
    """A dotted line before each year in which the definition changes."""
    line = {"color": SECONDARY, "width": 1, "dash": "dot"}
    return [
        {
            "type": "line",
            "x0": year - 0.5,
            "x1": year - 0.5,
            "xref": axes.x,
            "y0": 0,
            "y1": 1,
            "yref": f"{axes.y} domain",
            "line": line,
        }
        for year in _breaks(own)
    ]


def _break_label(own: pd.DataFrame, panel: Panel, axes: "_Axes") -> list[Part]:
    """What the dotted lines mean, at the first of them."""
    return [
        {
            "x": year - 0.5,
            "xref": axes.x,
            "xanchor": "right",
            "xshift": -4,
            "y": 1,
            "yref": f"{axes.y} domain",
            "yanchor": "top",
            "text": panel.break_label,
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": SECONDARY},
        }
        for year in _breaks(own)[:1]
        if panel.break_label
    ]


def _heading(panel: Panel, axes: "_Axes") -> list[Part]:
    if not panel.heading:
        return []
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": f"{axes.y} domain",
            "yanchor": "bottom",
            "yshift": 6,
            "text": f"<b>{panel.heading}</b>",
            "showarrow": False,
            "font": {"size": TEXT_SIZE, "color": INK},
        }
    ]


def _axes_layout(
    panel: Panel,
    limits: tuple[float, float],
    domain: tuple[float, float],
    axes: "_Axes",
    years: Sequence[int],
    *,
    is_last: bool,
) -> Part:
    low, high = limits
    ticks = _places(low) if panel.is_place else _round_ticks(low, high)
    tickfont = {"size": SMALL_SIZE + 1, "color": SECONDARY}
    return {
        axes.x_key: {
            "range": [min(years) - 0.4, max(years) + 0.15],
            "anchor": axes.y,
            "showgrid": False,
            "fixedrange": True,
            "tickvals": _ticks(years),
            "showticklabels": is_last,
            "tickfont": tickfont,
            "tickangle": 0,
            "linecolor": SECONDARY,
            "zeroline": False,
        },
        axes.y_key: {
            "range": list(limits),
            "domain": list(domain),
            "anchor": axes.x,
            "tickvals": ticks,
            "ticktext": [panel.axis(tick) for tick in ticks],
            "gridcolor": GRID,
            "zeroline": low < 0,
            "zerolinecolor": SECONDARY,
            "zerolinewidth": 1,
            "fixedrange": True,
            "automargin": True,
            "tickfont": tickfont,
        },
    }


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
