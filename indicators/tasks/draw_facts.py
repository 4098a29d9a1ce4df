"""Single figures: the panels of a view with the words of their rows, handed to the chart."""

from dataclasses import replace

import plotly.graph_objects as go

from indicators.charts.facts import Bars, facts
from indicators.language.captions import hover_text, series_scale
from indicators.language.fact_panels import (
    fact_name,
    fact_value,
    listed_lines,
    panel_headings,
    panel_notes,
    panel_warning,
)
from indicators.model.fact_panels import FactPanel, fact_rows
from indicators.tasks.browse import View
from indicators.tasks.marks import frame_of


def draw_facts(view: View) -> go.Figure:
    """The figure of single figures; what stands beside it on a screen goes into its footer too, never to be lost."""
    series, catalogue, arranged = view.series, view.edition.catalogue, view.facts
    assert arranged is not None
    frame = frame_of(view)
    apart = [f"{name} {value}. {why}" for name, value, why in listed_lines(arranged, series, catalogue)]
    notes = panel_notes(arranged, series, catalogue)
    return facts(
        [_bars(*each, view) for each in zip(arranged.panels, panel_headings(arranged, series, catalogue), strict=True)],
        frame=replace(frame, footer=(*notes, *apart, *frame.footer)),
        highlight=view.spec.highlight or view.edition.focus,
    )


def _bars(panel: FactPanel, heading: str, view: View) -> Bars:
    series, catalogue = view.series, view.edition.catalogue
    rows = panel.rows.sort_values("value", ascending=False, kind="stable")
    scales = {code: series_scale(series, catalogue, code) for code in rows["indicator"].unique()}
    told = fact_rows(rows)
    worded = rows.assign(
        name=[fact_name(row, series, catalogue, beside=panel.rows) for row in told],
        label=[fact_value(row, series, catalogue) for row in told],
        hover=[hover_text(row, series, scales[row["indicator"]], catalogue) for row in told],
    )
    return Bars(heading, panel_warning(panel, series), worded)
