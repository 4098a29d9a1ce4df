"""What is known so far, prepared for judging any number of drafts by them.

Only annual results are compared over time, on a log scale.
"""

import numpy as np
import pandas as pd

from indicators.model.catalogue import NATION, Catalogue
from indicators.model.observation import KEY, mapped, tuples_of
from indicators.model.period import is_year

SERIES = ["indicator", "region", "subject", "basis"]
YEAR = ["indicator", "basis", "year"]
# Places, growth rates and legal caps jump without a mistake.
LEVELS = ("flow", "stock", "ratio")
AMOUNTS = ("flow", "stock")
NEAR_YEARS = 3


class History:
    """Observations by their KEY, and the annual results among them, one for each series and year.

    Of several sources the preferred one counts.
    """

    def __init__(self, before: pd.DataFrame, catalogue: Catalogue) -> None:
        self.places = {key: place for place, key in enumerate(tuples_of(before, KEY))}
        self.values = before["value"].to_numpy(dtype=float)
        known = _known(before, catalogue)
        self.series = {series: number for number, series in enumerate(dict.fromkeys(tuples_of(known, SERIES)))}
        self.known = known.assign(series=self.numbers_of(known))
        self.levels = log_levels(self.known)
        self.changes = yearly_changes(self.levels)
        self.gaps = sum_gaps(self.known[is_annual_amount(self.known)], catalogue)

    def places_of(self, rows: pd.DataFrame) -> np.ndarray:
        """By row, the place of the observation that it replaces among those before, -1 where it replaces none."""
        return np.array([self.places.get(key, -1) for key in tuples_of(rows, KEY)], dtype=int)

    def replaced_by(self, rows: pd.DataFrame) -> np.ndarray:
        """By row, the value of the observation that it replaces, NaN where there is none."""
        values: np.ndarray = np.append(self.values, np.nan)[self.places_of(rows)]  # -1 is the last
        return values

    def numbers_of(self, rows: pd.DataFrame) -> np.ndarray:
        """The number of each row's series, which is quicker to group by than four words; new ones count on."""
        new: dict[tuple, int] = {}
        known = self.series
        numbers = [
            known[series] if series in known else new.setdefault(series, len(known) + len(new))
            for series in tuples_of(rows, SERIES)
        ]
        return np.array(numbers, dtype=int)


def with_years(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Rows with the kind and decimals of their indicator and, for annual results, the year."""
    kinds = {code: indicator.kind for code, indicator in catalogue.indicators.items()}
    decimals = {code: indicator.decimals for code, indicator in catalogue.indicators.items()}
    annual = mapped(rows["period"], is_year).astype(bool) & ~rows["is_target"].astype(bool)
    years = pd.to_numeric(rows["period"].where(annual), errors="coerce")
    return rows.assign(
        kind=mapped(rows["indicator"], kinds), decimals=mapped(rows["indicator"], decimals), year=years.astype("Int64")
    )


def _known(before: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Annual results known so far, one for each series and year, from the preferred source."""
    ranks = {code: source.rank for code, source in catalogue.sources.items()}
    dated = with_years(before[[*KEY, "value"]], catalogue)
    annual = dated[dated["year"].notna() & dated["value"].notna()]
    ordered = annual.assign(rank=mapped(annual["source"], ranks)).sort_values("rank", kind="stable")
    return ordered.drop_duplicates([*SERIES, "year"])


def log_levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Positive annual results of indicators whose size means something, with the log10 of their value."""
    kept = rows[rows["year"].notna() & rows["kind"].isin(LEVELS) & (rows["value"] > 0)]
    return kept.assign(level=np.log10(kept["value"]), year=kept["year"].astype("int64"))


def yearly_changes(history: pd.DataFrame) -> pd.DataFrame:
    """Change of log10 a year between neighbouring years of each series."""
    ordered = history[["indicator", "series", "year", "level"]].sort_values(["series", "year"])
    apart = ordered.groupby("series")["year"].diff()
    change = ordered.groupby("series")["level"].diff() / apart
    return (
        ordered[["indicator", "series"]]
        .assign(change=change.where(apart.between(1, NEAR_YEARS)))
        .dropna(subset="change")
    )


def is_annual_amount(rows: pd.DataFrame) -> pd.Series:
    """Whether a row is an annual flow or stock of a whole region, which adds up over regions."""
    return rows["year"].notna() & rows["kind"].isin(AMOUNTS) & (rows["subject"] == "")


def sum_gaps(amounts: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """By indicator, basis and year with nation and all provinces known: both, and the `gap` as a share of the nation.

    Of several figures of one region the first counts.
    """
    single = amounts.drop_duplicates([*YEAR, "region"])
    provinces = single[single["region"].isin(catalogue.provinces)].groupby(YEAR)["value"].agg(["sum", "size"])
    nation = single[single["region"] == NATION].set_index(YEAR)["value"]
    both = provinces.assign(nation=nation)
    whole = both[(both["size"] == len(catalogue.provinces)) & (both["nation"] > 0)].rename(columns={"sum": "provinces"})
    return whole.assign(gap=whole["provinces"] / whole["nation"] - 1).reset_index()
