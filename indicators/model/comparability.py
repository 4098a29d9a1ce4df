"""Which figures say the same thing: two sources of one figure, and whether they agree."""

from decimal import Decimal

import pandas as pd

from indicators.model.observation import KEY
from indicators.model.qualifier import is_approximate, is_exact, possible_range

_FIGURE = [column for column in KEY if column != "source"]
_APPROXIMATE_WITHIN = 0.05


def disagreements(observations: pd.DataFrame) -> pd.DataFrame:
    """Figures that several sources give with values further apart than their rounding explains.

    All rows of each such figure, in the order of the observations. Exact values agree when the finer
    one rounds to the coarser; a bound when the other lies on its open side; an approximate value
    when the other is within 5 %.
    """
    valued = observations[observations["value"].notna()]
    several = valued[valued.duplicated(_FIGURE, keep=False)]
    odd = [figure.index for _, figure in several.groupby(_FIGURE, sort=False) if not _agree(figure)]
    return several.loc[several.index.isin([row for rows in odd for row in rows])]


def _agree(figure: pd.DataFrame) -> bool:
    rows = list(zip(figure["value"], figure["qualifier"], strict=True))
    return all(_pair_agrees(*one, *other) for n, one in enumerate(rows) for other in rows[n + 1 :])


def _pair_agrees(value: float, qualifier: str, other: float, other_qualifier: str) -> bool:
    if is_approximate(qualifier) or is_approximate(other_qualifier):  # type: ignore[arg-type]
        return abs(value - other) <= _APPROXIMATE_WITHIN * max(abs(value), abs(other))
    if is_exact(qualifier) and is_exact(other_qualifier):  # type: ignore[arg-type]
        return abs(Decimal(repr(value)) - Decimal(repr(other))) <= max(_half_digit(value), _half_digit(other))
    low, high = possible_range(value, qualifier)  # type: ignore[arg-type]
    other_low, other_high = possible_range(other, other_qualifier)  # type: ignore[arg-type]
    return low <= other_high and other_low <= high


def _half_digit(value: float) -> Decimal:
    """Half a unit of the last printed digit."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)
