"""What every figure of a view is made with: its frame, and the words that its marks carry."""

from collections.abc import Collection

import pandas as pd

from indicators.charts.frame import Frame
from indicators.language.captions import hover_text, series_scale
from indicators.language.fact_panels import listed_lines, panel_notes
from indicators.language.names import name_in
from indicators.model.sentence import foremost
from indicators.model.series import rows_of
from indicators.tasks.browse import View, query_text

SIGNED = ("growth", "cagr", "gap")


def frame_of(view: View) -> Frame:
    """The words and origin that travel with the figure of a view."""
    words, beside = view.caption, _beside_panels(view)
    footer = (*beside, *words.footer)
    return Frame(words.title, words.subtitle, footer, words.alt, query_text(view.spec), view.edition.revision)


def _beside_panels(view: View) -> list[str]:
    """What stands beside single figures on a screen: why some do not compare, and those that are not drawn."""
    series, catalogue, arranged = view.series, view.edition.catalogue, view.facts
    if arranged is None:
        return []
    apart = [f"{name} {value}. {why}" for name, value, why in listed_lines(arranged, series, catalogue)]
    return [*panel_notes(arranged, series, catalogue), *apart]


def worded(view: View, rows: pd.DataFrame, *, in_full: Collection[str] | None = None) -> pd.DataFrame:
    """Rows with the name, label and hover text that their marks carry.

    Hover text is complete for the regions `in_full` (all by default); others, which only form the
    background, say their name, year and value.
    """
    catalogue = view.edition.catalogue
    scales = {code: series_scale(view.series, catalogue, code) for code in view.spec.indicators}
    names = {code: name_in(view.series, code, catalogue) for code in rows["region"].unique()}
    is_signed = view.spec.measure in SIGNED
    labels, hovers = [], []
    for row in rows_of(rows):
        scale, region = scales[row["indicator"]], row["region"]
        label = scale.label(row["value"], row["qualifier"], signed=is_signed)
        labels.append(label)
        is_full = in_full is None or region in in_full
        hovers.append(
            hover_text(row, view.series, scale, catalogue) if is_full else f"{names[region]} {row['year']} {label}"
        )
    return rows.assign(name=rows["region"].map(names), label=labels, hover=hovers)


def first_few(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a comparison, one a region: best first or as chosen, cut to the first `top` and the region in focus."""
    spec = view.spec
    shown = foremost(view.series, view.edition.catalogue, rows, spec.highlight or view.edition.focus)
    return rows.loc[rows.index.isin(shown.index)] if spec.sorting == "region" else shown


def is_last_apart(view: View, rows: pd.DataFrame) -> bool:
    """Whether the last region of some rows, cut to the `first_few`, is the one in focus behind others left out."""
    top = view.spec.top
    return top is not None and rows["region"].nunique() > top and view.spec.sorting != "region"
