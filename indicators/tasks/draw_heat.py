"""Drawing regions × years as a table of colours."""

from collections.abc import Collection
from functools import partial

import pandas as pd

from indicators.charts.frame import Drawing
from indicators.charts.heat import heat
from indicators.language.captions import series_scale
from indicators.language.messages import text
from indicators.model.series import of_one_basis
from indicators.tasks.browse import View
from indicators.tasks.marks import SIGNED, first_few, is_last_apart, worded


def draw_heat(view: View) -> Drawing:
    """The heat table of a view."""
    spec = view.spec
    highlight = spec.highlight or view.edition.focus
    indicator = view.edition.catalogue.indicators[spec.indicators[0]]
    rows = worded_cells(view, in_full=(highlight,))
    return partial(
        heat,
        rows,
        highlight=highlight,
        label=series_scale(view.series, view.edition.catalogue).axis,
        key=(
            text(spec.language, "chart.key.unknown"),
            text(spec.language, "chart.key.not_computed"),
            text(spec.language, "chart.key.break"),
        ),
        is_signed=bool((rows["value"] < 0).any()) or spec.measure in SIGNED,
        is_place=spec.measure == "rank" or indicator.kind == "rank",
        is_last_apart=is_last_apart(view, rows),
    )


def worded_cells(view: View, *, in_full: Collection[str]) -> pd.DataFrame:
    """Rows of the table with their words, all numbers with the same decimals."""
    rows = worded(view, comparable_by_year(view), in_full=in_full)
    scale = series_scale(view.series, view.edition.catalogue).even(rows["value"])
    is_signed = view.spec.measure in SIGNED
    cells = [
        scale.cell(value, qualifier, signed=is_signed) if pd.notna(value) else label
        for value, qualifier, label in zip(rows["value"], rows["qualifier"], rows["label"], strict=True)
    ]
    return rows.assign(label=cells)


def comparable_by_year(view: View) -> pd.DataFrame:
    """Rows of all regions and years, those with the largest last value first; of each year one definition alone."""
    table = pd.concat([of_one_basis(own) for _, own in view.series.table.groupby("year", sort=True)])
    return in_order(view, table)


def in_order(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Rows of many years, the regions ordered by their last value, those without any at the end."""
    ends = table[table["value"].notna()].sort_values("year", kind="stable").drop_duplicates("region", keep="last")
    ordered = list(first_few(view, ends)["region"])
    never = [code for code in dict.fromkeys(table["region"]) if code not in set(ends["region"])]
    order = {code: place for place, code in enumerate([*ordered, *(never if view.spec.top is None else [])])}
    kept = table[table["region"].isin(order)]
    return kept.assign(_order=kept["region"].map(order)).sort_values(["_order", "year"]).drop(columns="_order")
