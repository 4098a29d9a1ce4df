"""Comparisons as native bars: a ranking, and what happened between two years."""

from dataclasses import replace

import pandas as pd

from indicators.charts.theme import DOUBTFUL, FOCUS, OTHERS
from indicators.export.native import Axis, Bars, Datum, Run
from indicators.language.captions import series_scale
from indicators.language.messages import text
from indicators.model.moves import earlier_values
from indicators.model.series import rows_of
from indicators.tasks.browse import View
from indicators.tasks.draw import ranked_rows, ranking_labels, reference_line
from indicators.tasks.draw_change import moved_rows, year_names
from indicators.tasks.marks import worded


def ranking_bars(view: View) -> Bars:
    """The bars of a ranking, with those of the earlier year beside them where there is one to compare with."""
    spec = view.spec
    rows = ranked_rows(view)
    bars = worded(view, rows, in_full=()).assign(label=ranking_labels(view, rows))
    runs = [_run(view, bars, str(spec.last_year))]
    if len(spec.years) > 1:
        values = earlier_values(view.series, rows)
        runs = _with_ticks(runs[0], _earlier_run(view, values, str(spec.years[0])))
    reference = reference_line(view, rows)
    return Bars(
        categories=tuple(bars["name"]),
        runs=tuple(runs),
        axis=_axis(runs),
        notes=(text(spec.language, "native.reference", line=reference.label),) if reference else (),
    )


def _with_ticks(run: Run, earlier: Run) -> list[Run]:
    """Bars with a tick at the value of the earlier year, labels moved past the ticks that stand in their place."""
    data, ticks = [], []
    for now, before in zip(run.data, earlier.data, strict=True):
        is_beyond = now.value is not None and before.value is not None and abs(before.value) > abs(now.value)
        data.append(replace(now, label="") if is_beyond else now)
        ticks.append(replace(before, label=now.label, is_strong=now.is_strong) if is_beyond else before)
    return [replace(run, data=tuple(data)), replace(earlier, data=tuple(ticks), is_tick=True)]


def change_bars(view: View) -> Bars:
    """Two bars a region, the later year with its figure and by how much it moved."""
    rows = moved_rows(view)
    first, last = year_names(view)
    written = worded(view, rows, in_full=())
    labels = [f"{value}  {move}" for value, move in zip(written["label"], rows["label"], strict=True)]
    runs = [
        _run(view, rows.assign(label=labels), last),
        _earlier_run(view, rows["earlier"], first),
    ]
    return Bars(categories=tuple(rows["name"]), runs=tuple(runs), axis=_axis(runs))


def scaled(value: float, factor: float) -> float | None:
    """A value in the unit that it is printed in; None where there is none."""
    return None if pd.isna(value) else float(f"{value * factor:.12g}")


def _run(view: View, rows: pd.DataFrame, name: str) -> Run:
    highlight = view.spec.highlight or view.edition.focus
    factor = series_scale(view.series, view.edition.catalogue).factor
    data = tuple(
        Datum(
            value=scaled(row["value"], factor),
            label=str(label),
            colour=FOCUS if row["region"] == highlight else OTHERS,
            is_doubtful=row["status"] in DOUBTFUL,
            is_strong=row["region"] == highlight,
        )
        for row, label in zip(rows_of(rows), rows["label"], strict=True)
    )
    return Run(name, data, OTHERS)


def _earlier_run(view: View, values: pd.Series, name: str) -> Run:
    factor = series_scale(view.series, view.edition.catalogue).factor
    return Run(name, tuple(Datum(scaled(value, factor)) for value in values), OTHERS, is_hollow=True)


def _axis(runs: list[Run]) -> Axis:
    values = [datum.value for run in runs for datum in run.data if datum.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return Axis(low, high if high > low else low + 1.0, 0.0, "#,##0.##")
