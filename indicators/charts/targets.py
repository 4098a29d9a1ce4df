"""Targets as marks of their own: hollow with a dashed outline, never joined to the line of results."""

from collections.abc import Callable

import pandas as pd

from indicators.charts.frame import Part
from indicators.charts.theme import GROUND

RADIUS = 7


def target_marks(targets: pd.DataFrame, x_axis: str, y_axis: str) -> list[Part]:
    """Traces of targets, which have region, name, year, value and hover: the ground of their outlines."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": own["year"].tolist(),
            "y": own["value"].tolist(),
            "hovertext": own["hover"].tolist(),
            "hovertemplate": "%{hovertext}<extra></extra>",
            "marker": {"size": 2 * RADIUS - 2, "color": GROUND, "opacity": 1},
            "name": own["name"].iloc[0],
            "customdata": [f"target-{region}"] * len(own),
            "cliponaxis": False,
            "xaxis": x_axis,
            "yaxis": y_axis,
        }
        for region, own in targets.groupby("region", sort=False)
    ]


def target_outlines(
    targets: pd.DataFrame, colours: dict[str, str], x_axis: str, y_axis: str, height_of: Callable[[float], float]
) -> list[Part]:
    """Dashed circles around targets; markers cannot be dashed, shapes can.

    `height_of` gives the part of the axis below a value: on a log axis itself Plotly flattens circles.
    """
    return [
        {
            "type": "circle",
            "name": f"target-{region}",
            "xref": x_axis,
            "yref": f"{y_axis} domain",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": year,
            "yanchor": height_of(value),
            "x0": -RADIUS,
            "x1": RADIUS,
            "y0": -RADIUS,
            "y1": RADIUS,
            "line": {"color": colours[region], "width": 1.8, "dash": "3px,2px"},
            "layer": "above",
        }
        for region, year, value in zip(
            targets["region"], targets["year"].tolist(), targets["value"].tolist(), strict=True
        )
    ]
