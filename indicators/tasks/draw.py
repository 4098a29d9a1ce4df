"""Drawing a view: its rows with the words that their marks carry, handed to the chart of its kind."""

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.lines import MOST_COLOURS, Panel, lines
from indicators.charts.ranking import ReferenceLine, ranking
from indicators.charts.tilemap import tilemap
from indicators.language.captions import change_text, series_scale
from indicators.language.messages import text
from indicators.model.catalogue import NATION
from indicators.model.measures import PERCENT, POINTS
from indicators.model.sentence import ascending
from indicators.model.series import change_between, of_one_basis
from indicators.tasks.browse import View
from indicators.tasks.marks import SIGNED, frame_of, worded


def figure_of(view: View) -> go.Figure:
    """The figure of a view by its chart kind; a table is drawn from `readable_table` instead."""
    match view.spec.chart:
        case "ranking":
            return _ranking(view)
        case "map":
            return _tilemap(view)
        case _:
            return _lines(view)


def ranked_rows(view: View) -> pd.DataFrame:
    """Rows of a comparison in their order: by value or as chosen, best first, cut to the first `top`."""
    series, spec = view.series, view.spec
    rows = of_one_basis(series.at(spec.last_year))
    rows = rows[rows["value"].notna()]
    by_value = rows.sort_values("value", ascending=ascending(series, view.edition.catalogue), kind="stable")
    if spec.top is not None:
        is_chosen = by_value["region"] == (spec.highlight or view.edition.focus)
        by_value = by_value[(pd.RangeIndex(len(by_value)) < spec.top) | is_chosen.to_numpy()]
    return by_value if spec.sorting == "value" else rows.loc[rows.index.isin(by_value.index)]


def _ranking(view: View) -> go.Figure:
    spec = view.spec
    rows = ranked_rows(view)
    bars = worded(view, rows).assign(earlier=float("nan"))
    if len(spec.years) > 1:
        earlier = view.series.at(spec.years[0]).set_index("region").reindex(rows["region"])
        same = pd.Series(earlier["basis"].to_numpy() == rows["basis"].to_numpy(), rows.index)
        bars["earlier"] = pd.Series(earlier["value"].to_numpy(), rows.index).where(same)
        bars["label"] = bars["label"] + _moves(view, rows)
    return ranking(
        bars,
        frame=frame_of(view),
        highlight=spec.highlight or view.edition.focus,
        reference=_reference(view, rows),
    )


def _moves(view: View, rows: pd.DataFrame) -> list[str]:
    """The change between the two years compared, to stand behind each label; empty where there is none."""
    between = change_between(view.series, view.edition.catalogue).reindex(rows["region"])
    unit = POINTS if view.edition.catalogue.indicators[view.spec.indicators[0]].change == "points" else PERCENT
    return [
        ""
        if pd.isna(change)
        else "  " + change_text(change, unit, catalogue=view.edition.catalogue, language=view.spec.language)
        for change in between
    ]


def _reference(view: View, rows: pd.DataFrame) -> ReferenceLine | None:
    """The line to compare the bars with: all regions of the view, or the nation on the same basis."""
    spec = view.spec
    if spec.reference is None or rows.empty:
        return None
    everyone = of_one_basis(view.series.at(spec.last_year))["value"].dropna()
    if view.nation is not None:
        nation = view.nation.shown
        everyone = nation.loc[nation["basis"] == rows["basis"].iloc[0], "value"]
    if everyone.empty:
        return None
    value = float(everyone.median() if spec.reference == "median" else everyone.mean())
    label = series_scale(view.series, view.edition.catalogue).label(value, signed=spec.measure in SIGNED)
    return ReferenceLine(value, text(spec.language, f"reference.{spec.reference}", value=label, count=len(everyone)))


def _tilemap(view: View) -> go.Figure:
    catalogue, spec = view.edition.catalogue, view.spec
    rows = of_one_basis(view.series.at(spec.last_year))
    places = [region for region in catalogue.regions.values() if region.tile_row is not None]
    tiles = pd.DataFrame(
        {
            "region": [region.code for region in places],
            "name": [region.short(spec.language) for region in places],
            "tile_row": [region.tile_row for region in places],
            "tile_col": [region.tile_col for region in places],
        }
    ).merge(worded(view, rows)[["region", "value", "label", "hover"]], on="region", how="left")
    is_asked = tiles["region"].isin(rows["region"]) | ~tiles["region"].isin(catalogue.provinces)
    no_figure = text(spec.language, "reason.not_published")
    return tilemap(
        tiles.assign(hover=tiles["hover"].fillna(tiles["name"] + "<br>" + no_figure), is_asked=is_asked),
        frame=frame_of(view),
        highlight=spec.highlight or view.edition.focus,
        label=series_scale(view.series, catalogue).axis,
        is_signed=bool((rows["value"] < 0).any()) or spec.measure in SIGNED,
    )


def _lines(view: View) -> go.Figure:
    catalogue, spec = view.edition.catalogue, view.spec
    several = len(spec.indicators) > 1
    panels = []
    for code in spec.indicators:
        scale = series_scale(view.series, catalogue, code)
        name = catalogue.indicators[code].short(spec.language)
        heading = text(spec.language, "chart.panel", name=name, unit=scale.unit) if several else ""
        is_place = spec.measure == "rank" or catalogue.indicators[code].kind == "rank"
        panels.append(Panel(code, heading, scale.axis, is_place, text(spec.language, "chart.break")))
    highlight = spec.highlight or view.edition.focus
    is_crowded = view.series.table["region"].nunique() > MOST_COLOURS
    return lines(
        worded(view, view.series.table, in_full=(highlight, NATION) if is_crowded else None),
        frame=frame_of(view),
        panels=panels,
        highlight=highlight,
        nation=NATION,
        shares_axis=spec.measure == "index",
        years=spec.years,
    )
