"""Small multiples: one panel a region on one scale, so that many courses can be read without crossing lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.lines import (
    Axes,
    axis_limits,
    break_lines,
    log_limits,
    log_ticks,
    place_ticks,
    region_line,
    round_ticks,
)
from indicators.charts.theme import FOCUS, GRID, INK, OTHERS, SECONDARY, SERIES_COLOURS, SMALL_SIZE, TEXT_SIZE

WIDE, NARROW = 7, 2
_LEAST_PANEL, _ALL_PANELS, _YEARS = 84, 300, 22
_LEAST_IN_PICTURE, _MOST_IN_PICTURE, _COLUMN_IN_PICTURE = 56, 320, 140
_ABOVE, _ABOVE_WITH_KEY = 2, 26
_KEY_LINE = 16
_GAP, _GAP_OF_NARROW = 0.016, 0.06


@dataclass(frozen=True)
class Scaling:
    """How the one axis of all panels is written and which way it runs."""

    label: Callable[[float], str]
    is_place: bool = False
    is_log: bool = False

    def limits(self, values: pd.Series) -> tuple[float, float]:
        """Range of the axis, in powers of ten where it is logarithmic."""
        return log_limits(values) if self.is_log else axis_limits(values, is_place=self.is_place)

    def ticks(self, limits: tuple[float, float]) -> list[float]:
        """Few round numbers within the range."""
        if self.is_log:
            return log_ticks(*limits)[::2]
        return place_ticks(limits[0])[::2] if self.is_place else round_ticks(*limits)[::2]


def multiples(
    rows: pd.DataFrame,
    *,
    frame: Frame,
    highlight: str | None,
    years: Sequence[int],
    scaling: Scaling,
    context: pd.DataFrame,
    context_key: str,
    break_key: str,
    most_columns: int = WIDE,
) -> go.Figure:
    """A panel for each region in the order of the rows, which are as for `lines`; the highlighted one first.

    All panels have one scale. `context` has year, value and definition of what each is seen against, a grey line
    that `context_key` explains, as `break_key` does the dotted ones. Marks, gaps and changes of basis are
    those of `lines`.
    """
    regions = sorted(dict.fromkeys(rows["region"]), key=lambda code: code != highlight)
    limits = scaling.limits(pd.concat([rows["value"], context["value"]]))
    if frame.room is not None:
        most_columns = min(max(int(frame.room.width // _COLUMN_IN_PICTURE), NARROW), WIDE)
    room = None if frame.room is None else frame.room.height - _ABOVE_WITH_KEY - _YEARS
    grid = _Grid(max(len(regions), 1), most_columns, room)
    is_stacked = most_columns == NARROW
    traces: list[Part] = []
    annotations: list[Part] = []
    shapes: list[Part] = []
    for n, code in enumerate(regions):
        own, cell = rows[rows["region"] == code], grid.cell(n)
        is_focus = code == highlight
        traces += [*_context(context, cell), _course(own, FOCUS if is_focus else SERIES_COLOURS[0], is_focus, cell)]
        annotations.append(_heading(own, is_focus, cell, int(max(years)), in_lines=is_stacked))
        shapes += break_lines(own, cell)
    keys = [
        f'<span style="color:{OTHERS}"><b>━━</b></span> {context_key}' if context_key else "",
        f"┊ {break_key}" if shapes else "",
    ]
    told = [part for part in keys if part]
    words = ("<br>" if is_stacked else "\u2003").join(told)
    above = _ABOVE_WITH_KEY + _KEY_LINE * (len(told) - 1) * is_stacked if told else _ABOVE
    return framed(
        frame,
        data=traces,
        layout={
            **_axes(grid, limits, years, scaling),
            "annotations": [*annotations, *_years_below(grid, years), *(_key(words) if words else [])],
            "shapes": shapes,
            "hovermode": "closest",
            "margin": {"l": 4, "r": 16, "t": above, "b": _YEARS},
        },
        height=grid.height + above + _YEARS,
    )


@dataclass(frozen=True)
class _Cell(Axes):
    """The axes of a panel: those of its column and of its row, which other panels share."""

    column: int
    row: int

    @property
    def x(self) -> str:
        return "x" if self.column == 0 else f"x{self.column + 1}"

    @property
    def y(self) -> str:
        return "y" if self.row == 0 else f"y{self.row + 1}"


@dataclass(frozen=True)
class _Grid:
    """Where panels stand: in as many rows as they need, filled as evenly as can be."""

    count: int
    most_columns: int
    room: float | None = None

    @property
    def rows(self) -> int:
        return ceil(self.count / self.most_columns)

    @property
    def columns(self) -> int:
        return ceil(self.count / self.rows)

    @property
    def heading(self) -> int:
        """Room over a panel: one line, or two where panels are narrow."""
        return 40 if self.most_columns == NARROW else 26

    @property
    def panel(self) -> int:
        """Height of a panel: few ones are higher, those of a picture share its room."""
        if self.room is not None:
            return int(min(max(self.room / self.rows - self.heading, _LEAST_IN_PICTURE), _MOST_IN_PICTURE))
        return max(_LEAST_PANEL, _ALL_PANELS // (self.rows + 1))

    @property
    def height(self) -> int:
        return self.rows * (self.panel + self.heading)

    def cell(self, n: int) -> _Cell:
        """The axes of the n-th panel."""
        return _Cell(n + 1, n % self.columns, n // self.columns)

    def across(self, column: int) -> list[float]:
        """Left and right end of a column, as parts of the width."""
        gap = _GAP_OF_NARROW if self.most_columns == NARROW else _GAP
        width = (1 - gap * (self.columns - 1)) / self.columns
        left = column * (width + gap)
        return [left, min(left + width, 1.0)]

    def upwards(self, row: int) -> list[float]:
        """Lower and upper end of a row's panels, as parts of the height."""
        step = self.panel + self.heading
        top = self.height - row * step - self.heading
        return [max((top - self.panel) / self.height, 0.0), top / self.height]

    def lowest(self, column: int) -> int:
        """The row of the last panel in a column."""
        return (self.count - 1 - column) // self.columns


def _axes(grid: _Grid, limits: tuple[float, float], years: Sequence[int], scaling: Scaling) -> Part:
    """One x axis for each column, one y axis for each row, written at its left."""
    ticks = scaling.ticks(limits)
    tickfont = {"size": SMALL_SIZE, "color": SECONDARY}
    layout: Part = {}
    for column in range(grid.columns):
        cell = _Cell(0, column, grid.lowest(column))
        layout[cell.x_key] = {
            "range": [min(years) - 0.6, max(years) + 0.6],
            "domain": grid.across(column),
            "anchor": cell.y,
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        }
    for row in range(grid.rows):
        cell = _Cell(0, 0, row)
        layout[cell.y_key] = {
            "range": list(limits),
            "type": "log" if scaling.is_log else "linear",
            "domain": grid.upwards(row),
            "anchor": cell.x,
            "tickvals": ticks,
            "ticktext": [scaling.label(tick) for tick in ticks],
            "gridcolor": GRID,
            "zeroline": limits[0] < 0 < limits[1] and not scaling.is_log,
            "zerolinecolor": SECONDARY,
            "automargin": True,
            "tickfont": tickfont,
            "fixedrange": True,
        }
    return layout


def _years_below(grid: _Grid, years: Sequence[int]) -> list[Part]:
    """The first and the last year under each column, inside its ends so that neighbours never meet."""
    return [
        {
            "x": end,
            "xref": f"{cell.x} domain",
            "xanchor": "right" if end else "left",
            "y": 0,
            "yref": f"{cell.y} domain",
            "yanchor": "top",
            "yshift": -2,
            "text": str(year),
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": SECONDARY},
        }
        for cell in (_Cell(0, column, grid.lowest(column)) for column in range(grid.columns))
        for year, end in {min(years): 0, max(years): 1}.items()
    ]


def _course(own: pd.DataFrame, colour: str, is_focus: bool, axes: Axes) -> Part:
    """The line of `lines`, thinner, and its marks left out where they say nothing."""
    line = region_line(own, colour, is_focus, axes)
    symbols = line["marker"]["symbol"]  # type: ignore[index]
    is_plain = all(symbol == "circle" for symbol in symbols)
    return line | {
        "line": {"color": colour, "width": 2.2 if is_focus else 1.6},
        "marker": {"size": 4, "color": colour, "symbol": "circle" if is_plain else symbols},
    }


def _context(context: pd.DataFrame, axes: Axes) -> list[Part]:
    """The grey line, parted where its definition changes and where years have no figure."""
    if context.empty:
        return []
    parted = context["definition"].ne(context["definition"].shift()) | context["year"].diff().ne(1)
    points: list[tuple[int | None, float | None]] = []
    for is_break, year, value in zip(parted, context["year"], context["value"], strict=True):
        points += [(None, None), (int(year), float(value))] if is_break else [(int(year), float(value))]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [year for year, _ in points],
            "y": [value for _, value in points],
            "line": {"color": OTHERS, "width": 1.6},
            "hoverinfo": "skip",
            "xaxis": axes.x,
            "yaxis": axes.y,
        }
    ]


def _heading(own: pd.DataFrame, is_focus: bool, axes: Axes, last_year: int, *, in_lines: bool) -> Part:
    """Name and last value over a panel; the year too where it is an earlier one."""
    known = own[own["value"].notna()]
    end = known.iloc[-1] if len(known) else own.iloc[-1]
    year = f" ({end['year']})" if end["year"] < last_year else ""
    return {
        "name": end["region"],
        "x": 0,
        "xref": f"{axes.x} domain",
        "xanchor": "left",
        "y": 1,
        "yref": f"{axes.y} domain",
        "yanchor": "bottom",
        "yshift": 1,
        "text": f"<b>{end['name']}</b>{'<br>' if in_lines else ' '}{end['label']}{year}",
        "align": "left",
        "showarrow": False,
        "font": {"size": TEXT_SIZE - 1, "color": FOCUS if is_focus else INK},
    }


def _key(words: str) -> list[Part]:
    """What grey and dotted lines are, above all panels."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 8,
            "text": words,
            "align": "left",
            "showarrow": False,
            "font": {"size": SMALL_SIZE + 1, "color": SECONDARY},
        }
    ]
