"""How each region came from the first year of a view to the last, where that can be said.

A move is told only between two exact figures on one definition; everything else has a reason.
"""

from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from indicators.model.catalogue import Catalogue, Change, Measure
from indicators.model.measures import PERCENT, PLACE, POINTS, digits_between
from indicators.model.series import OTHER_BASIS, Series, of_one_basis

_IN_POINTS: tuple[Measure, ...] = ("growth", "cagr", "share", "share_gdp")
_IN_PERCENT: tuple[Measure, ...] = ("per_capita", "index")
# Title, footer, sentences and marks of one view all ask for its moves; nobody changes the rows given.
_KNOWN: WeakKeyDictionary[Series, tuple[Catalogue, pd.DataFrame]] = WeakKeyDictionary()


def moves(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    """Rows of the last year of a view, each with its earlier figure and the move since.

    Adds `earlier`, `earlier_qualifier` and `earlier_status` (only where the earlier figure is on the same
    definition), `move` in `move_unit`, the significant `digits` that a multiple keeps to, and `why` there is no
    move. Amounts move in percent, percentages in points, places and gaps in their own unit.
    """
    by, rows = _KNOWN.get(series, (None, None))
    if by is not catalogue or rows is None:
        rows = _moves(series, catalogue)
        _KNOWN[series] = catalogue, rows
    return rows


def _moves(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    spec = series.spec
    rows = of_one_basis(series.at(spec.last_year))
    first = series.at(spec.years[0]).set_index("region").reindex(rows["region"]).set_axis(rows.index)
    if len(spec.years) < 2:
        first = first.assign(value=float("nan"), reason="")
    same = on_one_definition(first, rows)
    earlier = first["value"].where(same)
    why = pd.Series("", rows.index)
    why = why.mask((rows["qualifier"] != "=") | (first["qualifier"] != "="), "inexact")
    why = why.mask(~same, "basis_break").mask(first["value"].isna(), "no_earlier")
    why = why.mask(first["value"].isna() & (first["reason"] == OTHER_BASIS), "basis_break")
    why = why.mask(rows["value"].isna(), rows["reason"])
    move, unit = _difference(earlier, rows["value"], series, catalogue)
    why = why.mask((why == "") & move.isna(), "base_not_positive" if unit == PERCENT else "not_applicable")
    return rows.assign(
        earlier=earlier,
        earlier_qualifier=first["qualifier"],
        earlier_status=first["status"],
        move=move.where(why == ""),
        move_unit=unit,
        digits=[digits_between(*pair) for pair in zip(first["observed"], rows["observed"], strict=True)],
        why=why,
    )


def has_move(series: Series, catalogue: Catalogue) -> bool:
    """Whether any region of a view came from its first year to its last in a way that can be told."""
    return len(series.spec.indicators) == 1 and bool((moves(series, catalogue)["why"] == "").any())


def on_one_definition(first: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    """Whether two figures, aligned, follow one definition and what they are divided by does too."""
    return (first["basis"] == last["basis"]) & (first["other_basis"] == last["other_basis"])


def earlier_values(series: Series, rows: pd.DataFrame) -> pd.Series:
    """Beside the rows of a comparison the value of its first year, where that is on the same definition."""
    first = series.at(series.spec.years[0]).set_index("region").reindex(rows["region"]).set_axis(rows.index)
    return first["value"].where(on_one_definition(first, rows) & rows["value"].notna())


def years_drawn(series: Series, catalogue: Catalogue) -> tuple[int, ...]:
    """The years of a comparison that its chart draws: the first one only where any region has both on one definition.

    A map draws the last one alone, a table all.
    """
    spec = series.spec
    if len(spec.years) < 2 or spec.chart == "table":
        return spec.years
    if spec.chart == "map" or len(spec.indicators) > 1:
        return (spec.last_year,)
    rows = moves(series, catalogue)
    is_ticked = (rows["earlier"].notna() & rows["value"].notna()).any()
    is_compared = is_ticked if spec.chart == "ranking" else has_move(series, catalogue)
    return spec.years if is_compared else (spec.last_year,)


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
