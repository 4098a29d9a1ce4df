"""Whom to compare a region with: its own group, provinces of its size, those just ahead of it and just behind.

Size is nearness in proportion: a province with half the product is as far away as one with twice as much.
"""

from typing import Literal

import numpy as np
import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.series import of_one_basis, one_basis_a_year
from indicators.tasks.browse import Levels

PeerKind = Literal["group", "gdp", "population", "neighbours"]
_PEERS = 4


def peers(
    region: str, *, indicator: str, year: int, levels: Levels, catalogue: Catalogue
) -> dict[PeerKind, tuple[str, ...]]:
    """Codes of the regions to compare a province with, itself among them, by the kind of likeness.

    The group is one code that stands for its members. Sizes are those of the year, or of the last one before
    it that is known. A kind for which the province has no figure is left out; other regions have no peers.
    """
    if region not in catalogue.provinces:
        return {}
    found: dict[PeerKind, tuple[str, ...]] = {
        "group": smallest_group(region, catalogue),
        "gdp": nearest_in_size(region, "gdp", levels("gdp"), catalogue, year=year),
        "population": nearest_in_size(region, "population", levels("population"), catalogue, year=year),
        "neighbours": next_in_place(region, indicator, levels(indicator), catalogue, year=year),
    }
    return {kind: codes for kind, codes in found.items() if codes}


def smallest_group(region: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The group with the fewest members that a region belongs to."""
    groups = catalogue.regions[region].groups
    return tuple(sorted(groups, key=lambda code: len(catalogue.members((code,))))[:1])


def nearest_in_size(
    region: str, indicator: str, levels: pd.DataFrame, catalogue: Catalogue, *, year: int
) -> tuple[str, ...]:
    """The region and those whose size is nearest in proportion, nearest first."""
    known = levels[(levels["region"] == region) & (levels["year"] <= year) & (levels["value"] > 0)]
    last = known.loc[known["basis"].isin(catalogue.indicators[indicator].official_bases), "year"].max()
    if pd.isna(last):
        return ()
    size = _provinces(levels, indicator, catalogue, year=last).set_index("region")["value"]
    distance = np.log(size[size > 0] / size[region]).abs().drop(region).sort_values(kind="stable")
    return (region, *(str(code) for code in distance.index[:_PEERS]))


def next_in_place(
    region: str, indicator: str, levels: pd.DataFrame, catalogue: Catalogue, *, year: int
) -> tuple[str, ...]:
    """The regions just ahead of one and just behind it by value, with itself in its place; largest first."""
    rows = of_one_basis(_provinces(levels, indicator, catalogue, year=year)).dropna(subset="value")
    order = rows.sort_values("value", ascending=False, kind="stable")["region"].astype(str).tolist()
    if region not in order:
        return ()
    first = min(max(order.index(region) - _PEERS // 2, 0), max(len(order) - _PEERS - 1, 0))
    return tuple(order[first : first + _PEERS + 1])


def _provinces(levels: pd.DataFrame, indicator: str, catalogue: Catalogue, *, year: int) -> pd.DataFrame:
    own = levels[(levels["year"] == year) & levels["region"].isin(catalogue.provinces)]
    return one_basis_a_year(own, catalogue.indicators[indicator].official_bases)
