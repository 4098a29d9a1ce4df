"""The catalogue and the figures that the program ships, and small views drawn on that catalogue."""

from datetime import UTC, datetime
from functools import cache

import pandas as pd
import plotly.graph_objects as go

from indicators.model.catalogue import Catalogue
from indicators.model.observation import observations_from_text
from indicators.model.series import levels_of
from indicators.model.spec import ChartSpec
from indicators.model.targets import annual_targets
from indicators.settings import PROJECT
from indicators.tasks.browse import Edition, View, view_of
from indicators.tasks.draw import figure_of
from indicators.tasks.load_data import read_data
from tests.drawn import texts

FOCUS = "610000"


@cache
def _data() -> tuple[Catalogue, pd.DataFrame]:
    return read_data(PROJECT / "data")


def catalogue() -> Catalogue:
    return _data()[0]


def figures() -> pd.DataFrame:
    return _data()[1]


@cache
def all_levels() -> pd.DataFrame:
    return levels_of(figures(), catalogue())


@cache
def _levels_of(indicator: str) -> pd.DataFrame:
    rows = all_levels()
    return rows[rows["indicator"] == indicator]


@cache
def _targets() -> pd.DataFrame:
    return annual_targets(figures(), catalogue())


def levels(drawing: str, **usual: str) -> pd.DataFrame:
    """Levels from lines of `column | column`; contract value by seller from the yearbook unless told otherwise."""
    return levels_of(drawn(drawing, **usual), catalogue())


def drawn(drawing: str, **usual: str) -> pd.DataFrame:
    """Observations of the real catalogue drawn as text."""
    named = drawing.strip().split("\n")[0]
    fixed = {column: value for column, value in ({"source": "s02"} | usual).items() if column not in named}
    return observations_from_text(texts(drawing).assign(**fixed))


def view(spec: ChartSpec, own: pd.DataFrame | None = None) -> View:
    """The view of a spec over drawn levels, or over the real figures."""
    rows = all_levels() if own is None else own
    edition = Edition(catalogue(), 7, datetime(2025, 1, 2, tzinfo=UTC), FOCUS)
    if own is None:
        return view_of(spec, levels=_levels_of, edition=edition, targets=_targets(), figures=figures)
    return view_of(spec, levels=lambda code: rows[rows["indicator"] == code], edition=edition)


def figure(spec: ChartSpec, own: pd.DataFrame | None = None) -> go.Figure:
    """The figure of a spec, as `view`."""
    return figure_of(view(spec, own))


def spec(chart: str = "ranking", regions: str = "provinces", years: object = (2024,), **fields: object) -> ChartSpec:
    """A spec of contract value; regions as in a link."""
    return ChartSpec.model_validate(
        {
            "chart": chart,
            "indicators": ("contract_value",),
            "regions": tuple(regions.split(",")),
            "years": tuple(years),
            **fields,
        }
    )
