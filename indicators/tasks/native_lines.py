"""Figures over the years as native lines: a trend, the slopes between two years, a panel a region."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, log10
from typing import Literal

import numpy as np
import pandas as pd

from indicators.charts.band import Band
from indicators.charts.lines import axis_limits, is_parted, line_colours, round_ticks
from indicators.charts.slope import labelled
from indicators.charts.theme import DOUBTFUL, FOCUS, NATION_INK, OTHERS, SECONDARY, SERIES_COLOURS
from indicators.export.native import Axis, Datum, Lines, Run, Shape
from indicators.language.captions import series_scale
from indicators.language.messages import text
from indicators.model.catalogue import NATION
from indicators.model.observation import records
from indicators.model.spec import DWARFED, MOST_LABELLED_LINES
from indicators.tasks.browse import View
from indicators.tasks.draw_change import is_of_places, moved_rows, year_names
from indicators.tasks.draw_lines import band_drawn, panel_of, target_rows, years_drawn
from indicators.tasks.draw_multiples import rows_with_panels, seen_against
from indicators.tasks.marks import worded
from indicators.tasks.native_bars import scaled

MOST_PANELS = 12
_SLOPE_HEIGHT = 400.0
# A figure with no line to either side would not be seen without a mark.
_LONE_MARK = 3.0
_BOUNDS: dict[str, Shape] = {">": "up", ">=": "up", "<": "down", "<=": "down"}


def trend_lines(view: View) -> tuple[Lines, ...]:
    """A chart for each indicator of a trend, with the targets and the range of all provinces."""
    spec = view.spec
    highlight = spec.highlight or view.edition.focus
    rows = worded(view, view.series.table, in_full=())
    colours = line_colours(list(dict.fromkeys(rows["region"])), highlight, NATION, view.colours)
    targets, band = target_rows(view), band_drawn(view)
    last = max([*years_drawn(spec), *(targets["year"] if targets is not None else [])])
    years = range(min(years_drawn(spec)), int(last) + 1)
    shared = [rows["value"]] if spec.measure == "index" else []
    charts = []
    for code in spec.indicators:
        own = rows[rows["indicator"] == code]
        factor = series_scale(view.series, view.edition.catalogue, code).factor
        runs = _band_runs(view, band, years, factor)
        for region in sorted(colours, key=lambda region: (region == highlight, colours[region] != OTHERS)):
            is_named = len(colours) <= MOST_LABELLED_LINES or colours[region] != OTHERS
            line = own[own["region"] == region]
            runs += _region_runs(
                view, line, years, colours[region], factor, is_focus=region == highlight, is_named=is_named
            )
        values = [own["value"], *shared]
        if targets is not None:
            ahead = targets[targets["indicator"] == code]
            values.append(ahead["value"])
            runs += [_target_run(line, years, colours[str(region)], factor) for region, line in ahead.groupby("region")]
        if band is not None:
            values.append(band.values)
        panel = panel_of(view, code)
        axis = number_axis(pd.concat(values) * factor, is_place=panel.is_place, is_log=panel.is_log)
        charts.append(Lines(_names(years), tuple(runs), axis, panel.heading))
    return tuple(charts)


def slope_lines(view: View) -> Lines:
    """A line a region between two years, the ends labelled that say most and have room."""
    spec, catalogue = view.spec, view.edition.catalogue
    highlight = spec.highlight or view.edition.focus
    factor = series_scale(view.series, catalogue).factor
    rows = moved_rows(view)
    rows = rows[rows["value"].notna()]
    is_place = is_of_places(view)
    is_log = spec.scale == "log"
    axis = number_axis(pd.concat([rows["value"], rows["earlier"]]) * factor, is_place=is_place, is_log=is_log)
    if is_place:
        axis = replace(axis, low=0.5, high=float(rows[["value", "earlier"]].max().max()) + 0.5)
    elif is_log:
        axis = replace(
            axis,
            low=rows[["value", "earlier"]].min().min() * factor * 0.9,
            high=rows[["value", "earlier"]].max().max() * factor * 1.1,
        )
    span = log10(axis.high / axis.low) if is_log else axis.high - axis.low
    ends = {
        column: list(rows["region"])
        if is_place
        else labelled(
            rows[rows[column].notna()],
            column,
            highlight,
            _SLOPE_HEIGHT / span * (1.0 if is_log else factor),
            is_place=is_place,
            is_log=is_log,
        )
        for column in ("earlier", "value")
    }
    runs = []
    for row in sorted(records(rows), key=lambda row: row["region"] == highlight):
        is_focus = row["region"] == highlight
        is_doubtful = row["status"] in DOUBTFUL or row["earlier_status"] in DOUBTFUL
        data = (
            Datum(
                scaled(row["earlier"], factor),
                row["earlier_label"] if row["region"] in ends["earlier"] else "",
                shape=_BOUNDS.get(row["earlier_qualifier"], "circle"),
                is_strong=is_focus,
                is_left=True,
            ),
            Datum(
                scaled(row["value"], factor),
                row["later_label"] if row["region"] in ends["value"] else "",
                shape=_BOUNDS.get(row["qualifier"], "circle"),
                is_strong=is_focus,
            ),
        )
        dash: Literal["solid", "dashed", "none"] = (
            "none" if pd.isna(row["move"]) else "dashed" if is_doubtful else "solid"
        )
        colour = FOCUS if is_focus else OTHERS
        runs.append(Run(row["name"], data, colour, 3.0 if is_focus else 1.4, 8.0 if is_focus else 5.0, dash))
    return Lines(year_names(view), tuple(runs), axis)


def panel_lines(view: View) -> tuple[tuple[Lines, ...], tuple[str, ...]]:
    """A small chart a region with what each is seen against, or one of all lines where they are many; and the key."""
    spec, catalogue = view.spec, view.edition.catalogue
    highlight = spec.highlight or view.edition.focus
    factor = series_scale(view.series, catalogue).factor
    rows = worded(view, rows_with_panels(view), in_full=())
    context, key = seen_against(view)
    years = range(min(spec.years), max(spec.years) + 1)
    is_place = is_of_places(view)
    values: pd.Series = pd.concat([rows["value"], context["value"]])
    axis = number_axis(values * factor, is_place=is_place, is_log=spec.scale == "log")
    against = _context_runs(context, key, years, factor)
    regions = sorted(dict.fromkeys(rows["region"]), key=lambda code: code != highlight)
    if len(regions) > MOST_PANELS:
        runs = list(against)
        for region in [*regions[1:], *regions[:1]]:
            own = rows[rows["region"] == region]
            colour = FOCUS if region == highlight else OTHERS
            is_focus = region == highlight
            runs += _region_runs(view, own, years, colour, factor, is_focus=is_focus, is_named=is_focus)
        named = [Run(run.name, _with_end(run, key), NATION_INK, 2.0, 0, "dashed") for run in against]
        return (Lines(_names(years), (*runs[len(against) :], *named), axis),), ()
    charts = []
    for region in regions:
        own = rows[rows["region"] == region]
        colour = FOCUS if region == highlight else SERIES_COLOURS[0]
        runs = _region_runs(
            view, own, years, colour, factor, is_focus=region == highlight, is_named=True, has_name=False
        )
        charts.append(Lines(_names(years), (*against, *runs), axis, str(own["name"].iloc[0])))
    return tuple(charts), (text(spec.language, "native.grey", name=key),) if len(context) else ()


def _with_end(run: Run, label: str) -> tuple[Datum, ...]:
    """The data of a run with a label at its end."""
    known = [n for n, datum in enumerate(run.data) if datum.value is not None]
    return tuple(Datum(d.value, label if n == known[-1] else "") for n, d in enumerate(run.data))


def _context_runs(context: pd.DataFrame, key: str, years: Sequence[int], factor: float) -> list[Run]:
    return [
        Run(key, tuple(Datum(value) for value in _by_year(own, "value", years, factor)), OTHERS, 1.6, 0)
        for own in _segments(context.assign(other_basis=""), "definition")
    ]


def _region_runs(
    view: View,
    own: pd.DataFrame,
    years: Sequence[int],
    colour: str,
    factor: float,
    *,
    is_focus: bool,
    is_named: bool,
    has_name: bool = True,
) -> list[Run]:
    """The runs of a region, all of one colour: parted where the definition changes and beside a bound."""
    known = own[own["value"].notna()]
    if known.empty:
        return []
    last_year = int(known["year"].iloc[-1])
    width, mark = (3.2, 6.0) if is_focus else (1.2, 0.0) if colour == OTHERS else (2.0, 5.0)
    parts = [part for _, part in known.groupby(is_parted(known).cumsum(), sort=False)]
    has_one_definition = len((known["basis"] + known["other_basis"]).unique()) == 1
    runs = []
    for part in parts:
        rows = {int(row["year"]): row for row in records(part)}
        data = []
        for year in years:
            row = rows.get(year)
            if row is None:
                data.append(Datum(None))
                continue
            label = ""
            if year == last_year and is_named:
                name = f"{row['name']} " if has_name else ""
                label = f"{name}{row['label']}" + (f" ({year})" if year < years[-1] and has_name else "")
            elif row["qualifier"] != "=" and is_named and colour != OTHERS:
                label = row["label"]
            shape = _BOUNDS.get(row["qualifier"], "circle")
            data.append(
                Datum(
                    scaled(row["value"], factor),
                    label,
                    is_doubtful=row["status"] in DOUBTFUL,
                    shape=shape,
                    is_strong=is_focus,
                )
            )
        runs.append(
            Run(
                str(part["name"].iloc[0]) if has_one_definition else _defined_name(view, part),
                tuple(data),
                colour,
                width,
                mark if len(part) > 1 else max(mark, _LONE_MARK),
            )
        )
    return runs


def _defined_name(view: View, part: pd.DataFrame) -> str:
    """The region with the definition that its figures follow here."""
    name = str(part["name"].iloc[0])
    bases = view.edition.catalogue.bases
    codes = [code for code in (part["basis"].iloc[0], part["other_basis"].iloc[0]) if code in bases]
    return " · ".join([name, *(bases[code].name(view.spec.language) for code in codes)])


def _segments(rows: pd.DataFrame, column: str) -> list[pd.DataFrame]:
    """Runs of rows of one definition."""
    if rows.empty:
        return []
    number = rows[column].ne(rows[column].shift()).cumsum()
    return [own for _, own in rows.groupby(number, sort=False)]


def _target_run(own: pd.DataFrame, years: Sequence[int], colour: str, factor: float) -> Run:
    rows = {int(row["year"]): row for row in records(own)}
    data = tuple(
        Datum(scaled(rows[year]["value"], factor), rows[year]["label"]) if year in rows else Datum(None)
        for year in years
    )
    return Run(rows[min(rows)]["label"], data, colour, 1.5, 9.0, "none", is_hollow=True)


def _band_runs(view: View, band: Band | None, years: Sequence[int], factor: float) -> list[Run]:
    """Lowest and highest value, quartiles and median of all provinces as thin lines."""
    if band is None or band.rows.empty:
        return []
    columns = ["lower", "median", "upper"] if view.spec.measure in DWARFED else list(_BAND)
    runs = []
    for column in columns:
        for own in _segments(band.rows, "definition"):
            name = text(view.spec.language, f"native.band.{column}")
            data = tuple(Datum(value) for value in _by_year(own, column, years, factor))
            run = Run(name, data, _BAND[column], 1.6 if column == "median" else 0.75, 0, "dashed")
            is_last = own["year"].iloc[-1] == band.rows["year"].iloc[-1]
            label = band.median if column == "median" else name
            runs.append(Run(name, _with_end(run, label), run.colour, run.width, 0, "dashed") if is_last else run)
    return runs


_BAND = {"lowest": OTHERS, "lower": OTHERS, "median": SECONDARY, "upper": OTHERS, "highest": OTHERS}


def _by_year(own: pd.DataFrame, column: str, years: Sequence[int], factor: float) -> list[float | None]:
    values = own.set_index("year")[column]
    return [scaled(values.get(year, np.nan), factor) for year in years]


def _names(years: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(year) for year in years)


def number_axis(values: pd.Series, *, is_place: bool = False, is_log: bool = False) -> Axis:
    """An axis from 0 (or a round number below it) to a round number above the values; places count down."""
    present = values.dropna()
    if is_log and len(present):
        low, high = 10.0 ** floor(log10(present.min())), 10.0 ** ceil(log10(present.max()))
        return Axis(low, high if high > low else low * 10, 0.0, "#,##0.######", is_log=True)
    if is_place:
        worst = max(5.0, ceil((present.max() if len(present) else 1) / 5) * 5.0)
        return Axis(0.0, worst, 5.0, "0;;", counts_down=True)
    least, most = axis_limits(values, is_place=False)
    ticks = round_ticks(least, most)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else most - least
    return Axis(floor(round(least / step, 6)) * step, ceil(round(most / step, 6)) * step, step, axis_format(step))


def axis_format(step: float) -> str:
    """A format with as many decimals as the steps of an axis have."""
    digits = next((n for n in range(7) if abs(step - round(step, n)) < step * 1e-6), 6)
    return "#,##0" + ("." + "0" * digits if digits else "")
