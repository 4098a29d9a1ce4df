"""Drawing a view: its rows with the words that their marks carry, handed to the chart of its kind."""

from functools import partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Drawing
from indicators.charts.ranking import ReferenceLine, ranking
from indicators.charts.tilemap import tilemap
from indicators.language.captions import change_text, series_scale
from indicators.language.messages import text
from indicators.model.measures import PERCENT, POINTS, digits_of_change
from indicators.model.moves import earlier_values
from indicators.model.series import change_between, of_one_basis
from indicators.tasks.browse import View
from indicators.tasks.draw_change import draw_change, draw_slope
from indicators.tasks.draw_facts import draw_facts
from indicators.tasks.draw_heat import draw_heat
from indicators.tasks.draw_lines import draw_lines
from indicators.tasks.draw_multiples import draw_multiples
from indicators.tasks.draw_scatter import draw_scatter
from indicators.tasks.draw_strip import draw_strip
from indicators.tasks.marks import SIGNED, first_few, frame_of, is_last_apart, worded


def figure_of(view: View, among: View | None = None) -> go.Figure:
    """The figure of a view as it stands on a page; see `drawing_of`."""
    return drawing_of(view, among)(frame=frame_of(view))


def drawing_of(view: View, among: View | None = None) -> Drawing:
    """What draws a view by its chart kind, with all its rows and words; a table is its `readable` instead.

    A ranking or map that is one of several years played takes its scale from all of them, the view `among`.
    """
    match view.spec.chart:
        case "ranking":
            return _ranking(view, among)
        case "map":
            return _tilemap(view, among)
        case "change":
            return draw_change(view)
        case "slope":
            return draw_slope(view)
        case "heat":
            return draw_heat(view)
        case "multiples":
            return draw_multiples(view)
        case "scatter":
            return draw_scatter(view)
        case "facts":
            return draw_facts(view)
        case "strip":
            return draw_strip(view)
        case _:
            return draw_lines(view)


def ranked_rows(view: View) -> pd.DataFrame:
    """Rows of a comparison in their order: by value or as chosen, best first, cut to the first `top`."""
    return first_few(view, of_one_basis(view.series.at(view.spec.last_year)))


def _ranking(view: View, among: View | None) -> Drawing:
    spec = view.spec
    rows = ranked_rows(view)
    bars = worded(view, rows).assign(earlier=float("nan"))
    if len(spec.years) > 1:
        bars["earlier"] = earlier_values(view.series, rows)
        bars["label"] = ranking_labels(view, rows)
    return partial(
        ranking,
        bars,
        highlight=spec.highlight or view.edition.focus,
        reference=reference_line(view, rows),
        is_last_apart=is_last_apart(view, rows),
        among=None if among is None else worded(among, _of_all_years(among), in_full=()),
    )


def _of_all_years(view: View) -> pd.DataFrame:
    """Rows that any of a view's years would show, those of each on one basis."""
    return pd.concat([first_few(view, of_one_basis(view.series.at(year))) for year in view.spec.years])


def ranking_labels(view: View, rows: pd.DataFrame) -> list[str]:
    """What is written behind each bar: its value, and by how much it changed where two years are compared."""
    labels = list(worded(view, rows, in_full=())["label"])
    if len(view.spec.years) == 1:
        return labels
    return [label + move for label, move in zip(labels, _moves(view, rows), strict=True)]


def _moves(view: View, rows: pd.DataFrame) -> list[str]:
    """The change between the two years compared, to stand behind each label; empty where there is none."""
    between = change_between(view.series, view.edition.catalogue).reindex(rows["region"])
    unit = POINTS if view.edition.catalogue.indicators[view.spec.indicators[0]].change == "points" else PERCENT
    return [
        ""
        if pd.isna(change)
        else "  "
        + change_text(
            change,
            unit,
            digits_of_change(value, change),
            catalogue=view.edition.catalogue,
            language=view.spec.language,
        )
        for change, value in zip(between, rows["value"], strict=True)
    ]


def reference_line(view: View, rows: pd.DataFrame) -> ReferenceLine | None:
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


def _tilemap(view: View, among: View | None) -> Drawing:
    catalogue, spec = view.edition.catalogue, view.spec
    tiles, values = tile_rows(view)
    drawn = values if among is None else _of_all_years(among)["value"].to_numpy(float)
    no_figure = text(spec.language, "reason.not_published")
    return partial(
        tilemap,
        tiles.assign(hover=tiles["hover"].fillna(tiles["name"] + "<br>" + no_figure)),
        highlight=spec.highlight or view.edition.focus,
        label=series_scale(view.series, catalogue).axis,
        is_signed=bool((drawn < 0).any()) or spec.measure in SIGNED,
        among=None if among is None else drawn,
    )


def tile_rows(view: View) -> tuple[pd.DataFrame, np.ndarray]:
    """A row a tile of the map with its figure and words, and the values of all regions that have one."""
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
    return tiles.assign(is_asked=is_asked), tiles["value"].dropna().to_numpy(float)
