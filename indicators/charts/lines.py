"""Lines over the years, labelled at their ends; one panel for each indicator."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.band import Band, band_traces
from indicators.charts.frame import Frame, Part, framed
from indicators.charts.targets import target_marks, target_outlines
from indicators.charts.theme import (
    DOUBTFUL,
    FOCUS,
    GRID,
    INK,
    NATION_INK,
    NO_COLOURS,
    OTHERS,
    SECONDARY,
    SMALL_SIZE,
    TEXT_SIZE,
    plain,
    series_colours,
    text_colour,
    text_width,
)
from indicators.model.observation import records
from indicators.model.qualifier import BOUNDS
from indicators.model.spec import MOST_LABELLED_LINES

_PLOT_HEIGHT, _LEAST_PLOT = 430, 300
_PANEL_HEIGHT, _LEAST_PANEL = 210, 165
_LABEL_STEP = 17
_LONGEST_GAP = 2
_ROOM_FOR_HEADING = 46
_BELOW, _ABOVE, _ABOVE_WITH_WORDS = 30, 14, 34
_BEYOND_YEARS, _BEYOND_TARGET = 0.15, 0.9
_LOG_STEPS: tuple[tuple[int, ...], ...] = ((1, 2, 5), (1, 3), (1,))
_MOST_TICKS = 7
# Beside labels as wide as this a phone leaves room for fewer years; words over the panel wrap at its width.
_WIDE_LABEL, _PHONE_WIDTH = 130, 300
# Pixels that the years have at least on a phone, and those between a dotted line and the word on it.
_PHONE_PLOT, _BREAK_GAP, _WORD_HEIGHT = 190, 4, 20
_USUAL_YEARS, _FEWER_YEARS = 7, 4
MOST_COLOURS = 6


@dataclass(frozen=True)
class Panel:
    """One indicator: the heading over it, how its axis is written, whether places count down or steps are factors."""

    indicator: str
    heading: str
    axis: Callable[[float], str]
    is_place: bool = False
    break_label: str = ""
    is_log: bool = False

    def on_axis(self, value: float) -> float:
        """Where a value stands on the axis, in its own measure."""
        return float(np.log10(value)) if self.is_log else value


@dataclass(frozen=True)
class Axes:
    """Plotly's names for the axes of the n-th panel."""

    place: int

    @property
    def x(self) -> str:
        """Reference to the axis of years."""
        return "x" if self.place == 1 else f"x{self.place}"

    @property
    def y(self) -> str:
        """Reference to the axis of values."""
        return "y" if self.place == 1 else f"y{self.place}"

    @property
    def x_key(self) -> str:
        """Name of the axis of years in a layout."""
        return self.x.replace("x", "xaxis")

    @property
    def y_key(self) -> str:
        """Name of the axis of values in a layout."""
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
    targets: pd.DataFrame | None = None,
    band: Band | None = None,
    scale_words: str = "",
    kept: Mapping[str, str] = NO_COLOURS,
) -> go.Figure:
    """Lines of rows with indicator, region, name, year, value, qualifier, basis, other_basis, status, label, hover.

    A gap stays a gap, a change of basis breaks the line, bounds are arrows, doubtful figures hollow.
    With more than six lines only the highlighted one and the nation have a colour, with more than twelve
    only those have a label. `shares_axis` gives all panels the same range, as indices need it. `targets`
    have the same columns and reach as far beyond the years as they lie; the `band` stands behind a single
    panel; `scale_words` say over the axes what is unusual about them. `kept` are colours that regions have elsewhere.
    """
    targets = rows.head(0) if targets is None else targets
    words = _wrapped([*([scale_words] if scale_words else []), *(band.words if band else [])])
    words = [] if panels[0].heading else words
    above = _ABOVE_WITH_WORDS if panels[0].heading or words else _ABOVE
    above += max(len(words) - 1, 0) * _LABEL_STEP
    usual, least = (_PLOT_HEIGHT, _LEAST_PLOT) if len(panels) == 1 else (_PANEL_HEIGHT, _LEAST_PANEL)
    height = frame.height(usual * len(panels), least=least * len(panels))
    plot_height = height - above - _BELOW
    axis_height = (plot_height - _ROOM_FOR_HEADING * (len(panels) - 1)) / len(panels)
    years = range(min(years), max([*years, *targets["year"]]) + 1)
    colours = line_colours(list(dict.fromkeys(rows["region"])), highlight, nation, kept)
    back_to_front = sorted(colours, key=lambda code: (code == highlight, colours[code] != OTHERS))
    ends_of = {
        panel.indicator: [
            *_line_ends(rows[rows["indicator"] == panel.indicator], colours),
            *_target_ends(targets[targets["indicator"] == panel.indicator], colours, max(years)),
            *_median_end(band),
        ]
        for panel in panels
    }
    widest = max([text_width(end.text, TEXT_SIZE) for ends in ends_of.values() for end in ends], default=0.0)
    ticks = year_ticks(years, most=_FEWER_YEARS if widest > _WIDE_LABEL else _USUAL_YEARS)
    span = (min(years) - 0.4, max(years) + (_BEYOND_TARGET if len(targets) else _BEYOND_YEARS))
    traces: list[Part] = []
    annotations: list[Part] = []
    shapes: list[Part] = []
    layout: Part = {}
    for place, panel in enumerate(panels, start=1):
        own = rows[rows["indicator"] == panel.indicator]
        own_targets = targets[targets["indicator"] == panel.indicator]
        values = _values_drawn(rows if shares_axis else own, own_targets, band)
        limits = log_limits(values) if panel.is_log else axis_limits(values, is_place=panel.is_place)
        top = 1 - (place - 1) * (axis_height + _ROOM_FOR_HEADING) / plot_height
        domain = (max(0.0, top - axis_height / plot_height), top)
        axes = Axes(place)
        layout |= _axes_layout(panel, limits, domain, axes, span, ticks, is_last=place == len(panels))
        traces += band_traces(band, axes.x, axes.y) if band and len(band.rows) else []
        traces += [
            region_line(own[own["region"] == code], colours[code], code == highlight, axes) for code in back_to_front
        ]
        traces += target_marks(own_targets, axes.x, axes.y)
        annotations += _end_labels(ends_of[panel.indicator], panel, limits, axis_height, axes)
        shapes += break_lines(own, axes)
        shapes += target_outlines(own_targets, colours, axes.x, axes.y, partial(_height_within, panel, limits))
        known = own[own["value"].notna()]
        heights = [_height_within(panel, limits, value) * axis_height for value in known["value"]]
        annotations += break_label(known, panel, axes, heights, axis_height) + _heading(panel, axes)
    annotations += _words_above(words)
    margin = {"l": 8, "r": int(widest) + 14, "t": above, "b": _BELOW}
    return framed(
        frame,
        data=traces,
        layout={**layout, "annotations": annotations, "shapes": shapes, "hovermode": "closest", "margin": margin},
        height=height,
    )


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


def line_colours(
    regions: list[str], highlight: str | None, nation: str, kept: Mapping[str, str] = NO_COLOURS
) -> dict[str, str]:
    """The colour of each region: red in focus, the nation dark; of more than six all others are grey.

    Others have the colour `kept` for them, if any.
    """
    fixed = {region: FOCUS for region in regions if region == highlight}
    if nation in regions and nation != highlight:
        fixed[nation] = NATION_INK
    others = [region for region in regions if region not in fixed]
    if len(regions) > MOST_COLOURS:
        return fixed | dict.fromkeys(others, OTHERS)
    return fixed | series_colours(others, kept)


def axis_limits(values: pd.Series, *, is_place: bool) -> tuple[float, float]:
    """Ends of an axis from 0 to the values with some room; places count down to the first."""
    present = values.dropna()
    high, low = float(present.max()) if len(present) else 1.0, float(present.min()) if len(present) else 0.0
    if is_place:
        return max(high, 2.0) + 0.6, 0.4
    low, high = min(low, 0.0), max(high, 0.0)
    room = ((high - low) or 1.0) * 0.06
    return (low - room if low < 0 else 0.0), high + room


def _height_within(panel: Panel, limits: tuple[float, float], value: float) -> float:
    """The part of a panel's axis below a value."""
    low, high = limits
    return (panel.on_axis(value) - low) / (high - low)


def _values_drawn(own: pd.DataFrame, targets: pd.DataFrame, band: Band | None) -> pd.Series:
    """All values that a panel must have room for."""
    drawn: pd.Series = pd.concat([own["value"], targets["value"], *([band.values] if band else [])])
    return drawn


def log_limits(values: pd.Series) -> tuple[float, float]:
    """Powers of ten that the values lie between, with some room."""
    powers = np.log10(values.dropna().to_numpy(float)) if values.notna().any() else np.array([0.0, 1.0])
    room = max((powers.max() - powers.min()) * 0.06, 0.05)
    return float(powers.min() - room), float(powers.max() + room)


def is_parted(own: pd.DataFrame) -> "pd.Series[bool]":
    """Where no line may come from the row before: it has another definition, or one of the two is a bound."""
    definition = own["basis"] + own["other_basis"]
    is_bound = own["qualifier"].isin(BOUNDS)
    return definition.ne(definition.shift()) | is_bound | is_bound.shift(fill_value=False)


def region_line(own: pd.DataFrame, colour: str, is_focus: bool, axes: Axes) -> Part:
    """One trace a region; an empty point parts segments of different bases, and bounds from what lies beside."""
    broken = is_parted(own) & own["value"].notna() & own["value"].shift().notna()
    points: list[tuple[int | None, float | None, str, str]] = []
    for is_break, row in zip(broken, records(own), strict=True):
        if is_break:
            points.append((None, None, "", "circle"))
        value = None if np.isnan(row["value"]) else float(row["value"])
        points.append((int(row["year"]), value, row["hover"], mark_symbol(row["qualifier"], row["status"])))
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


def mark_symbol(qualifier: str, status: str) -> str:
    """A bound points to where the true value lies; a doubtful figure is hollow."""
    shape = {">": "triangle-up", ">=": "triangle-up", "<": "triangle-down", "<=": "triangle-down"}.get(
        qualifier, "circle"
    )
    return f"{shape}-open" if status in DOUBTFUL else shape


@dataclass(frozen=True)
class _End:
    """What is written at the right of a panel, at the height of a value."""

    name: str
    value: float
    text: str
    colour: str


def _line_ends(own: pd.DataFrame, colours: dict[str, str]) -> list[_End]:
    """Name and last value of each line."""
    known = own[own["value"].notna()]
    ends = records(known.drop_duplicates("region", keep="last"))
    named = [end for end in ends if len(colours) <= MOST_LABELLED_LINES or colours[end["region"]] != OTHERS]
    if not named and ends:
        by_value = sorted(ends, key=lambda end: end["value"])
        named = [by_value[-1], by_value[0]]
    last_year = int(own["year"].max()) if len(own) else 0
    return [
        _End(
            name=end["region"],
            value=float(end["value"]),
            text=f"{end['name']} {end['label']}" + (f" ({end['year']})" if end["year"] < last_year else ""),
            colour=SECONDARY if colours[end["region"]] == OTHERS else text_colour(colours[end["region"]]),
        )
        for end in named
    ]


def _target_ends(targets: pd.DataFrame, colours: dict[str, str], last_year: int) -> list[_End]:
    """What each target says; its year where that is not the last one."""
    return [
        _End(
            name=f"target-{target['region']}",
            value=float(target["value"]),
            text=target["label"] + (f" ({target['year']})" if target["year"] < last_year else ""),
            colour=SECONDARY if colours[target["region"]] == OTHERS else text_colour(colours[target["region"]]),
        )
        for target in records(targets)
    ]


def _median_end(band: Band | None) -> list[_End]:
    if band is None or band.rows.empty:
        return []
    return [_End("band.median", float(band.rows["median"].iloc[-1]), band.median, SECONDARY)]


def _end_labels(
    ends: Sequence[_End], panel: Panel, limits: tuple[float, float], axis_height: float, axes: Axes
) -> list[Part]:
    """Labels at the right, moved apart where they would overlap."""
    pixels = [_height_within(panel, limits, end.value) * axis_height for end in ends]
    spots = spread(pixels, step=_LABEL_STEP, low=_LABEL_STEP / 2, high=axis_height)
    return [
        {
            "name": end.name,
            "x": 1,
            "xref": f"{axes.x} domain",
            "xanchor": "left",
            "xshift": 8,
            "y": panel.on_axis(end.value),
            "yref": axes.y,
            "yshift": spot - pixel,
            "text": end.text,
            "showarrow": False,
            "font": {"size": TEXT_SIZE, "color": end.colour},
        }
        for end, pixel, spot in zip(ends, pixels, spots, strict=True)
    ]


def breaks(own: pd.DataFrame) -> list[int]:
    """Years from which any line follows another basis than just before; figures far apart are no line."""
    known = own[own["value"].notna()].sort_values(["region", "year"])
    definition = known["basis"] + known["other_basis"]
    changed = (definition != definition.shift()) & (known["region"] == known["region"].shift())
    changed &= known["year"].diff() <= _LONGEST_GAP
    return sorted(int(year) for year in known.loc[changed, "year"].unique())


def break_lines(own: pd.DataFrame, axes: Axes) -> list[Part]:
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
        for year in breaks(own)
    ]


def break_label(own: pd.DataFrame, panel: Panel, axes: Axes, heights: Sequence[float], height: float) -> list[Part]:
    """What the dotted lines mean, at the first of them and at each further one with room for it on a phone.

    It stands to the left, or to the right where the years before have no room for it; at the top, or at the foot where
    only there no mark is in the way: `heights` are those of the rows' marks in pixels, in a panel of a `height`.
    """
    if not panel.break_label or own.empty:
        return []
    needed = text_width(panel.break_label, SMALL_SIZE) + 2 * _BREAK_GAP
    per_year = _PHONE_PLOT / max(int(own["year"].max() - own["year"].min()), 1)
    marks = list(zip(own["year"], heights, strict=True))
    years_needed, first = needed / per_year, int(own["year"].min())
    labelled: dict[int, tuple[str, str]] = {}
    taken = first - years_needed
    for year in breaks(own):
        if year - 0.5 - taken < years_needed:
            continue
        is_left = year - 0.5 - first >= years_needed
        start, end = (year - 1 - years_needed, year) if is_left else (year - 1, year + years_needed)
        near = [up for at, up in marks if start < at < end]
        is_on_top = any(up > height - _WORD_HEIGHT for up in near)
        side = "right" if is_left else "left"
        taken = year - 0.5 if is_left else year - 0.5 + years_needed
        labelled[year] = ("bottom" if is_on_top and all(up > _WORD_HEIGHT for up in near) else "top", side)
    return [
        {
            "x": year - 0.5,
            "xref": axes.x,
            "xanchor": side,
            "xshift": -_BREAK_GAP if side == "right" else _BREAK_GAP,
            "y": 1 if anchor == "top" else 0,
            "yref": f"{axes.y} domain",
            "yanchor": anchor,
            "text": panel.break_label,
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": SECONDARY},
        }
        for year, (anchor, side) in labelled.items()
    ]


def _heading(panel: Panel, axes: Axes) -> list[Part]:
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


def _wrapped(parts: Sequence[str]) -> list[str]:
    """Parts on as many lines as a phone needs for them."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}　{part}" if lines else part
        is_short = text_width(plain(joined), SMALL_SIZE) <= _PHONE_WIDTH
        lines = [*lines[:-1], joined] if lines and is_short else [*lines, part]
    return lines


def _words_above(words: Sequence[str]) -> list[Part]:
    """What the axis and the ground mean, over the panel."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 8,
            "align": "left",
            "text": "<br>".join(words),
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": SECONDARY},
        }
        for _ in words[:1]
    ]


def _axes_layout(
    panel: Panel,
    limits: tuple[float, float],
    domain: tuple[float, float],
    axes: Axes,
    span: tuple[float, float],
    years: Sequence[int],
    *,
    is_last: bool,
) -> Part:
    low, high = limits
    ticks = log_ticks(low, high) if panel.is_log else place_ticks(low) if panel.is_place else round_ticks(low, high)
    tickfont = {"size": SMALL_SIZE + 1, "color": SECONDARY}
    return {
        axes.x_key: {
            "range": list(span),
            "anchor": axes.y,
            "showgrid": False,
            "fixedrange": True,
            "tickvals": list(years),
            "showticklabels": is_last,
            "ticklabelstandoff": 5,
            "tickfont": tickfont,
            "tickangle": 0,
            "linecolor": SECONDARY,
            "zeroline": False,
        },
        axes.y_key: {
            "type": "log" if panel.is_log else "linear",
            "range": list(limits),
            "domain": list(domain),
            "anchor": axes.x,
            "tickvals": ticks,
            "ticktext": [panel.axis(tick) for tick in ticks],
            "gridcolor": GRID,
            "zeroline": low < 0 and not panel.is_log,
            "zerolinecolor": SECONDARY,
            "zerolinewidth": 1,
            "fixedrange": True,
            "automargin": True,
            "tickfont": tickfont,
        },
    }


def place_ticks(lowest: float) -> list[float]:
    """The first place and every fifth."""
    return [1.0, *(float(n) for n in range(5, int(lowest) + 1, 5))]


def round_ticks(low: float, high: float) -> list[float]:
    """At most seven round numbers within the range."""
    magnitude = 10 ** np.floor(np.log10((high - low) / 7))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10, 20) if (high - low) / (m * magnitude) <= _MOST_TICKS)
    return [float(n * step) for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def log_ticks(low: float, high: float) -> list[float]:
    """Round numbers between two powers of ten, as many factors apart as leaves at most seven; two at least."""
    powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    for steps in _LOG_STEPS:
        ticks = [step * 10.0**power for power in powers for step in steps if low <= np.log10(step) + power <= high]
        if len(ticks) <= _MOST_TICKS:
            break
    return ticks if len(ticks) > 1 else round_ticks(10**low, 10**high)


def year_ticks(years: Sequence[int], *, most: int = _USUAL_YEARS) -> list[int]:
    """The last year and every n-th before it, at most seven unless told otherwise, so that a phone has room."""
    step = next(n for n in (1, 2, 3, 4, 5, 10, 25) if (max(years) - min(years)) / n <= most - 1)
    return list(range(max(years), min(years) - 1, -step))[::-1]
