"""Drawing small multiples: a panel a region, each against the nation or the median of all drawn."""

from dataclasses import replace
from functools import partial

import pandas as pd

from indicators.charts.frame import Drawing
from indicators.charts.multiples import WIDE, Scaling, multiples
from indicators.language.captions import series_scale
from indicators.language.messages import text
from indicators.model.band import band_of
from indicators.model.catalogue import NATION
from indicators.model.spec import nation_compares
from indicators.tasks.browse import View
from indicators.tasks.draw_heat import in_order
from indicators.tasks.marks import worded


def draw_multiples(view: View, *, most_columns: int = WIDE) -> Drawing:
    """The panels of a view, in rows of so many at most."""
    spec, catalogue = view.spec, view.edition.catalogue
    highlight = spec.highlight or view.edition.focus
    is_place = spec.measure == "rank" or catalogue.indicators[spec.indicators[0]].kind == "rank"
    context, key = seen_against(view)
    return partial(
        multiples,
        worded(view, rows_with_panels(view), in_full=(highlight,)),
        highlight=highlight,
        years=spec.years,
        scaling=Scaling(series_scale(view.series, catalogue).axis, is_place, spec.scale == "log"),
        context=context,
        context_key=key,
        break_key=text(spec.language, "chart.break"),
        most_columns=most_columns,
    )


def rows_with_panels(view: View) -> pd.DataFrame:
    """Rows of the regions that have a panel each, in their order."""
    table = in_order(view, view.series.table)
    is_seen_against = (table["region"] == NATION) & _is_nation_context(view)
    return table[table["region"].isin(view.series.shown["region"]) & ~is_seen_against]


def seen_against(view: View) -> tuple[pd.DataFrame, str]:
    """What stands in every panel to compare with, by year, and its name; empty where nothing compares."""
    return _nation(view) if _is_nation_context(view) else _median(view)


def _is_nation_context(view: View) -> bool:
    """Whether the nation is among the regions, compares with the others and so stands behind each of them."""
    indicator = view.edition.catalogue.indicators[view.spec.indicators[0]]
    regions = view.series.shown["region"]
    return (
        NATION in set(regions)
        and regions.nunique() > 1
        and not view.series.is_international
        and nation_compares(view.spec.measure, indicator)
    )


def _nation(view: View) -> tuple[pd.DataFrame, str]:
    shown = view.series.shown
    nation = shown[shown["region"] == NATION]
    definition = nation["basis"] + " " + nation["other_basis"]
    return nation.assign(definition=definition), text(view.spec.language, "chart.key.nation")


def _median(view: View) -> tuple[pd.DataFrame, str]:
    """The median of the provinces drawn, by year; nothing of too few, and of places, whose median says nothing."""
    catalogue, spec = view.edition.catalogue, view.spec
    table = view.series.table
    medians = band_of(replace(view.series, table=table[table["region"].isin(catalogue.provinces)]))
    is_place = spec.measure in ("rank", "gap") or catalogue.indicators[spec.indicators[0]].kind == "rank"
    if medians.empty or is_place:
        return pd.DataFrame(columns=["year", "value", "definition"]), ""
    count = int(medians["count"].iloc[-1])
    return medians.rename(columns={"median": "value"}), text(spec.language, "chart.key.median", count=count)
