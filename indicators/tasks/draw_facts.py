"""Single figures: the panels of a view with the words of their rows, handed to the chart."""

from functools import partial

from indicators.charts.facts import Bars, facts
from indicators.charts.frame import Drawing
from indicators.language.captions import hover_text, series_scale
from indicators.language.fact_panels import (
    fact_name,
    fact_value,
    panel_headings,
    panel_warning,
)
from indicators.model.fact_panels import FactPanel, fact_rows
from indicators.tasks.browse import View


def draw_facts(view: View) -> Drawing:
    """The figure of single figures; its footer holds what stands beside it on a screen, never to be lost."""
    series, catalogue, arranged = view.series, view.edition.catalogue, view.facts
    assert arranged is not None
    return partial(
        facts,
        [_bars(*each, view) for each in zip(arranged.panels, panel_headings(arranged, series, catalogue), strict=True)],
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
