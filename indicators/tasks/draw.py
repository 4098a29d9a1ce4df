"""Drawing a view: its rows with the words that their marks carry, handed to the chart of its kind."""

from collections.abc import Collection

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame
from indicators.charts.lines import MOST_COLOURS, Panel, lines
from indicators.charts.ranking import ReferenceLine, ranking
from indicators.charts.tilemap import tilemap
from indicators.language.captions import change_text, hover_text, region_name, series_scale
from indicators.language.messages import text
from indicators.model.catalogue import NATION
from indicators.model.measures import PERCENT, POINTS
from indicators.model.sentence import ascending
from indicators.model.series import change_between, of_one_basis, rows_of
from indicators.tasks.browse import Levels, View, query_text, view_of

SIGNED = ("growth", "cagr", "gap")


def figure_of(view: View, *, levels: Levels) -> go.Figure:
    """The figure of a view by its chart kind; a table is drawn from `readable_table` instead."""
    match view.spec.chart:
        case "ranking":
            return _ranking(view, levels)
        case "map":
            return _tilemap(view)
        case _:
            return _lines(view)


def ranked_rows(view: View) -> pd.DataFrame:
    """Rows of a comparison in their order: by value or as chosen, best first, cut to the first `top`."""
    series, spec = view.series, view.spec
    rows = of_one_basis(series.at(spec.last_year))
    rows = rows[rows["value"].notna()]
    if spec.sorting == "value":
        rows = rows.sort_values("value", ascending=ascending(series, view.edition.catalogue), kind="stable")
    if spec.top is None:
        return rows
    is_chosen = rows["region"] == (spec.highlight or view.edition.focus)
    return rows[(pd.RangeIndex(len(rows)) < spec.top) | is_chosen.to_numpy()]


def _frame(view: View) -> Frame:
    words = view.caption
    return Frame(words.title, words.subtitle, words.footer, words.alt, query_text(view.spec), view.edition.revision)


def _worded(view: View, rows: pd.DataFrame, *, in_full: Collection[str] | None = None) -> pd.DataFrame:
    """Rows with the name, label and hover text that their marks carry.

    Hover text is complete for the regions `in_full` (all by default); others, which only form the
    background, say their name, year and value.
    """
    catalogue, language = view.edition.catalogue, view.spec.language
    scales = {code: series_scale(view.series, catalogue, code) for code in view.spec.indicators}
    names = {code: region_name(code, catalogue, language) for code in rows["region"].unique()}
    is_signed = view.spec.measure in SIGNED
    labels, hovers = [], []
    for row in rows_of(rows):
        scale, region = scales[row["indicator"]], row["region"]
        label = scale.label(row["value"], row["qualifier"], signed=is_signed)
        labels.append(label)
        is_full = in_full is None or region in in_full
        hovers.append(
            hover_text(row, scale, catalogue, language) if is_full else f"{names[region]} {row['year']} {label}"
        )
    return rows.assign(name=rows["region"].map(names), label=labels, hover=hovers)


def _ranking(view: View, levels: Levels) -> go.Figure:
    spec = view.spec
    rows = ranked_rows(view)
    worded = _worded(view, rows).assign(earlier=float("nan"))
    if len(spec.years) > 1:
        earlier = view.series.at(spec.years[0]).set_index("region").reindex(rows["region"])
        same = pd.Series(earlier["basis"].to_numpy() == rows["basis"].to_numpy(), rows.index)
        worded["earlier"] = pd.Series(earlier["value"].to_numpy(), rows.index).where(same)
        worded["label"] = worded["label"] + _moves(view, rows)
    return ranking(
        worded,
        frame=_frame(view),
        highlight=spec.highlight or view.edition.focus,
        reference=_reference(view, rows, levels),
    )


def _moves(view: View, rows: pd.DataFrame) -> list[str]:
    """The change between the two years compared, to stand behind each label; empty where there is none."""
    between = change_between(view.series, view.edition.catalogue).reindex(rows["region"])
    unit = POINTS if view.edition.catalogue.indicators[view.spec.indicators[0]].in_percentage_points else PERCENT
    return [
        ""
        if pd.isna(change)
        else "  " + change_text(change, unit, catalogue=view.edition.catalogue, language=view.spec.language)
        for change in between
    ]


def _reference(view: View, rows: pd.DataFrame, levels: Levels) -> ReferenceLine | None:
    spec = view.spec
    if spec.reference is None or rows.empty:
        return None
    if spec.reference == "nation":
        nation = view_of(spec.but(regions=(NATION,)), levels=levels, edition=view.edition).series.at(spec.last_year)
        same = nation[nation["basis"] == rows["basis"].iloc[0]]["value"].dropna()
        value = float(same.iloc[0]) if len(same) else float("nan")
    else:
        everyone = of_one_basis(view.series.at(spec.last_year))["value"]
        value = float(everyone.mean() if spec.reference == "mean" else everyone.median())
    if pd.isna(value):
        return None
    label = series_scale(view.series, view.edition.catalogue).label(value)
    return ReferenceLine(value, text(spec.language, f"reference.{spec.reference}", value=label))


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
    ).merge(_worded(view, rows)[["region", "value", "label", "hover"]], on="region", how="left")
    is_asked = tiles["region"].isin(rows["region"]) | ~tiles["region"].isin(catalogue.provinces)
    no_figure = text(spec.language, "reason.not_published")
    return tilemap(
        tiles.assign(hover=tiles["hover"].fillna(tiles["name"] + "<br>" + no_figure), is_asked=is_asked),
        frame=_frame(view),
        highlight=spec.highlight or view.edition.focus,
        label=series_scale(view.series, catalogue).axis,
        is_signed=spec.measure in SIGNED,
    )


def _lines(view: View) -> go.Figure:
    catalogue, spec = view.edition.catalogue, view.spec
    several = len(spec.indicators) > 1
    panels = []
    for code in spec.indicators:
        scale = series_scale(view.series, catalogue, code)
        name = catalogue.indicators[code].short(spec.language)
        heading = text(spec.language, "chart.panel", name=name, unit=scale.unit) if several else ""
        panels.append(Panel(code, heading, scale.axis, spec.measure == "rank", text(spec.language, "chart.break")))
    highlight = spec.highlight or view.edition.focus
    is_crowded = view.series.table["region"].nunique() > MOST_COLOURS
    return lines(
        _worded(view, view.series.table, in_full=(highlight, NATION) if is_crowded else None),
        frame=_frame(view),
        panels=panels,
        highlight=highlight,
        nation=NATION,
        years=spec.years,
    )
