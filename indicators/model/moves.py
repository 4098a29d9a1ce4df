"""How each region came from the first year of a view to the last, where that can be said.

A move is told only between two exact figures on one definition; everything else has a reason.
"""

import numpy as np
import pandas as pd

from indicators.model.catalogue import Catalogue, Change, Measure
from indicators.model.measures import PERCENT, PLACE, POINTS
from indicators.model.series import Series, of_one_basis

_IN_POINTS: tuple[Measure, ...] = ("growth", "cagr", "share", "share_gdp")
_IN_PERCENT: tuple[Measure, ...] = ("per_capita", "index")


def moves(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    """Rows of the last year of a view, each with its earlier figure and the move since.

    Adds `earlier`, `earlier_qualifier` and `earlier_status` (only where the earlier figure is on the same
    definition), `move` in `move_unit`, and `why` there is no move. Amounts move in percent, percentages in
    points, places and gaps in their own unit.
    """
    spec = series.spec
    rows = of_one_basis(series.at(spec.last_year))
    first = series.at(spec.years[0]).set_index("region").reindex(rows["region"]).set_axis(rows.index)
    same = (first["basis"] == rows["basis"]) & (first["other_basis"] == rows["other_basis"])
    earlier = first["value"].where(same)
    why = pd.Series("", rows.index)
    why = why.mask((rows["qualifier"] != "=") | (first["qualifier"] != "="), "inexact")
    why = why.mask(~same, "basis_break").mask(first["value"].isna(), "no_earlier")
    why = why.mask(rows["value"].isna(), rows["reason"])
    move, unit = _difference(earlier, rows["value"], series, catalogue)
    why = why.mask((why == "") & move.isna(), "base_not_positive" if unit == PERCENT else "not_applicable")
    return rows.assign(
        earlier=earlier,
        earlier_qualifier=first["qualifier"],
        earlier_status=first["status"],
        move=move.where(why == ""),
        move_unit=unit,
        why=why,
    )


def _difference(earlier: pd.Series, later: pd.Series, series: Series, catalogue: Catalogue) -> tuple[pd.Series, str]:
    """Change of the values and its unit."""
    measure = series.spec.measure
    indicator = catalogue.indicators[series.spec.indicators[0]]
    how: Change = "percent" if measure in _IN_PERCENT else "points" if measure in _IN_POINTS else indicator.change
    if measure in ("rank", "gap"):
        unit = PLACE if measure == "rank" else str(series.table["unit"].iloc[0])
        return later - earlier, unit
    if how == "points":
        return later - earlier, POINTS
    if how == "none":
        return pd.Series(np.nan, later.index), indicator.unit
    return ((later / earlier - 1) * 100).where(earlier > 0), PERCENT
