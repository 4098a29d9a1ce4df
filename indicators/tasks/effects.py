"""What a publication changes on screen for one region: headline figures and places."""

import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.revision import column_differs
from indicators.model.series import levels_of, one_basis_a_year

COLUMNS = ["indicator", "year", "unit", "value_before", "value", "rank_before", "ranked_before", "rank", "ranked"]
_KEY = ["indicator", "year"]


def effects(before: pd.DataFrame, after: pd.DataFrame, catalogue: Catalogue, *, region: str) -> pd.DataFrame:
    """Years in which a region's annual figure or its place among the provinces differs between two states.

    Both are observations in the contract's columns; official definitions only. In COLUMNS, newest year
    first within an indicator; NaN where there is no figure or no place. `ranked` is how many the place is among.
    """
    touched = _touched(before, after)
    if not touched:
        return pd.DataFrame(columns=COLUMNS)
    old, new = (_shown(state[state["indicator"].isin(touched)], catalogue, region) for state in (before, after))
    pairs = new.merge(old, on=_KEY, how="outer", suffixes=("", "_before"))
    pairs["unit"] = pairs["unit"].fillna(pairs["unit_before"])
    differs = column_differs(pairs, "value") | column_differs(pairs, "rank")
    order = pairs["indicator"].map({code: place for place, code in enumerate(catalogue.indicators)})
    listed = pairs.assign(_order=order)[differs].sort_values(["_order", "year"], ascending=[True, False])
    return listed[COLUMNS].reset_index(drop=True)


def _touched(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Indicators of which some figure differs."""
    columns = ["indicator", "region", "subject", "period", "basis", "source", "status", "value"]
    pairs = before[columns].merge(after[columns], how="outer", indicator=True)
    return set(pairs.loc[pairs["_merge"] != "both", "indicator"])


def _shown(observations: pd.DataFrame, catalogue: Catalogue, region: str) -> pd.DataFrame:
    """The region's figure of each indicator and year as charts show it."""
    levels = levels_of(observations, catalogue)
    own = levels[levels["region"] == region]
    official = [
        one_basis_a_year(rows, catalogue.indicators[str(code)].official_bases)
        for code, rows in own.groupby("indicator", sort=False)
    ]
    return pd.concat([own.iloc[:0], *official])[[*_KEY, "unit", "value", "rank", "ranked"]]
