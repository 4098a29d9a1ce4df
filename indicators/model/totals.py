"""Groups of provinces taken as one region: sums of amounts, weighted means of ratios, nothing else.

A total stands only where every member has a figure on one definition; places and medians of a
group's members say nothing of the group and are never formed.
"""

import pandas as pd

from indicators.model.catalogue import TOTAL_OF, Catalogue
from indicators.model.measures import SURE_TO_UNSURE
from indicators.model.qualifier import combined

# What a ratio is weighted by, so that the mean is the group's own ratio: R&D per product, by product.
WEIGHTS = {"rd_intensity": "gdp"}
SUMMED = ("flow", "stock")
_WITHIN = ["indicator", "whole", "year", "basis"]


def with_totals(annual: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Annual results with a row for each group of provinces as a whole, its code `total-` and the group's.

    Amounts are summed. Ratios are weighted by `WEIGHTS`, whose figures of the same regions, years and
    basis must be among the rows. A total's status is that of its least sure part, an actual one being
    "derived"; its source and locator are those of its first part.
    """
    members = _members(catalogue)
    parts = _summable(annual, catalogue).merge(members, on="region")
    found = parts.groupby(_WITHIN)["region"].transform("size")
    complete = parts[found == parts["size"]]
    return pd.concat([annual, _totals(complete)], ignore_index=True) if len(complete) else annual


def _members(catalogue: Catalogue) -> pd.DataFrame:
    """Regions of each group, under the code of the group as a whole, with how many they are."""
    groups = {code: catalogue.members((code,)) for code in catalogue.groups}
    rows = [(f"{TOTAL_OF}{code}", region, len(members)) for code, members in groups.items() for region in members]
    return pd.DataFrame(rows, columns=["whole", "region", "size"])


def _summable(annual: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Rows that can be added up, each with its weight."""
    kinds = annual["indicator"].map({code: indicator.kind for code, indicator in catalogue.indicators.items()})
    amounts = annual[kinds.isin(SUMMED)].assign(weight=1.0)
    ratios = annual[kinds == "ratio"].assign(weighted_by=lambda rows: rows["indicator"].map(WEIGHTS))
    weights = annual[["indicator", "region", "year", "basis", "value"]].rename(
        columns={"indicator": "weighted_by", "value": "weight"}
    )
    return pd.concat([amounts, ratios.merge(weights, on=["weighted_by", "region", "year", "basis"])])


def _totals(parts: pd.DataFrame) -> pd.DataFrame:
    doubts = parts["status"].map(SURE_TO_UNSURE.index).clip(lower=SURE_TO_UNSURE.index("derived"))
    products = parts.assign(value=parts["value"] * parts["weight"], doubt=doubts, inexact=parts["qualifier"] != "=")
    totals = products.groupby(_WITHIN, sort=False, as_index=False).agg(
        value=("value", "sum"),
        weight=("weight", "sum"),
        is_mean=("weighted_by", "first"),
        doubt=("doubt", "max"),
        inexact=("inexact", "any"),
        unit=("unit", "first"),
        source=("source", "first"),
        locator=("locator", "first"),
    )
    value = totals["value"].where(totals["is_mean"].isna(), totals["value"] / totals["weight"])
    status = totals["doubt"].map(SURE_TO_UNSURE.__getitem__)
    made = totals.assign(value=value, status=status, qualifier="=", printed="", note="", note_en="")
    for at in made.index[made["inexact"]]:
        own = parts[(parts[_WITHIN] == made.loc[at, _WITHIN]).all(axis=1)]
        made.loc[at, "qualifier"] = combined(own["qualifier"])
    known = made[made["qualifier"].notna()].rename(columns={"whole": "region"})
    return known.drop(columns=["weight", "is_mean", "doubt", "inexact"])
