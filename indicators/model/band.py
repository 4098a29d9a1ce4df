"""The range of all provinces over the years, as the ground that single lines are seen against."""

import pandas as pd

from indicators.model.catalogue import ALL_PROVINCES
from indicators.model.series import Series, of_one_basis

_FEWEST = 5
_COLUMNS = ["year", "definition", "count", "lowest", "lower", "median", "upper", "highest"]


def band_of(provinces: Series) -> pd.DataFrame:
    """Lowest and highest value, quartiles and median of the provinces, one row a year.

    Each year counts the figures on its most frequent basis alone; `definition` names it, so that what
    does not continue is not joined. Years with fewer than five figures are left out.
    """
    rows = []
    for year in provinces.spec.years:
        one = of_one_basis(provinces.at(year))
        known = one[one["value"].notna()]
        if len(known) >= _FEWEST:
            definition = known["basis"].iloc[0] + " " + known["other_basis"].mode().iloc[0]
            points = known["value"].quantile([0, 0.25, 0.5, 0.75, 1])
            rows.append((year, definition, len(known), *points))
    return pd.DataFrame(rows, columns=_COLUMNS)


def drawn_band(series: Series, beside: Series | None) -> pd.DataFrame | None:
    """The range that stands behind the lines of a trend, where `beside` is all provinces; None where none is drawn."""
    if beside is None or series.spec.chart != "lines" or series.spec.reference != "band":
        return None
    bands = band_of(beside) if beside.spec.regions == (ALL_PROVINCES,) else pd.DataFrame()
    return None if bands.empty else bands
