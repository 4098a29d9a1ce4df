"""What is known of a region that a view has no annual result of: a span, a date, a target, the figure of one body.

Such a region has figures, which are no annual results; its row says which kind and of what time.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace

import pandas as pd

from indicators.model.period import is_year
from indicators.model.selection import years_of
from indicators.model.series import Series

# Reasons of the form `aside.span:2012/2021`, the weightiest first.
ASIDE = "aside."
_KINDS = ("span", "date", "subject", "target")


def has_absent(series: Series) -> bool:
    """Whether any row of a view has no figure at all, for all that its annual results tell."""
    return series.spec.chart != "strip" and bool((series.table["reason"] == "not_published").any())


def with_asides(series: Series, observations: pd.DataFrame) -> Series:
    """The series with rows that have no annual result telling what there is instead; `observations` are all figures."""
    table = series.table
    absent = table["reason"] == "not_published"
    own = observations[
        observations["indicator"].isin(series.spec.indicators)
        & observations["region"].isin(table.loc[absent, "region"])
        & observations["value"].notna()
    ]
    found: dict[tuple[str, str, int], tuple[str, str]] = {}
    for row in own.to_dict("records"):
        kind = _kind(row)
        first, last = years_of(row["period"])
        for year in range(first, last + 1) if kind else ():
            key = (row["indicator"], row["region"], year)
            told = (kind, str(row["period"]))
            found[key] = min(found.get(key, told), told, key=lambda own: _KINDS.index(own[0]))
    keys = zip(table["indicator"], table["region"], table["year"], absent, table["reason"], strict=True)
    reasons = [
        f"{ASIDE}{':'.join(found[code, region, year])}" if is_absent and (code, region, year) in found else reason
        for code, region, year, is_absent, reason in keys
    ]
    return replace(series, table=table.assign(reason=pd.Series(reasons, table.index, dtype="object")))


def _kind(row: Mapping[Hashable, object]) -> str:
    """What kind of figure an observation is where it is no annual result, else nothing."""
    if row["is_target"]:
        return "target"
    if row["subject"]:
        return "subject"
    period = str(row["period"])
    if is_year(period):
        return ""
    return "span" if "/" in period else "date"
