"""The comparability guard in charts of places: what of a view may share its axis, and why the rest does not."""

from dataclasses import replace

import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.comparability import Reason, Verdict, comparable_sets, verdict
from indicators.model.series import Series
from indicators.model.spec import PLACES_BESIDE

NOT_COMPARABLE = "not_comparable"
# Of these measures a whole holds its parts; rates and values per head of the two stand side by side.
_ADDITIVE = ("value", "share", "gap")


def verdict_of(series: Series, catalogue: Catalogue) -> Verdict:
    """Whether the places of a view compare in its last year, indicator by indicator."""
    found: dict[str, Reason] = {}
    for _, rows in _asked(series).groupby("indicator", sort=False):
        for reason in _fitting(verdict(rows, catalogue), series).reasons:
            known = found.get(reason.code, reason)
            values = tuple(dict.fromkeys([*known.values, *reason.values]))
            found[reason.code] = Reason(reason.code, known.forbids or reason.forbids, values)
    return Verdict(tuple(sorted(found.values(), key=lambda reason: not reason.forbids)))


def guarded(series: Series, catalogue: Catalogue, *, focus: str) -> Series:
    """The series with what does not compare left out, its rows keeping the reason.

    A reader who sets it side by side nevertheless gets the picture of single figures, which prints why. The
    largest comparable part stays, of two as large the one with the region in focus. Rows on another basis are
    left to `of_one_basis`.
    """
    spec = series.spec
    if spec.chart not in PLACES_BESIDE or len(spec.indicators) > 1:
        return series
    found = verdict_of(series, catalogue)
    if not any(reason.forbids and reason.code != "bases_differ" for reason in found.reasons):
        return series
    rows = _asked(series)
    of_basis = [own for _, own in rows.groupby("basis", sort=False)]
    parts = comparable_sets(max(of_basis, key=len), catalogue)
    kept = max(parts, key=lambda part: (len(part), focus in set(part["region"])))["region"]
    apart = rows.loc[~rows["region"].isin(kept), "region"]
    is_apart = series.table["region"].isin(apart) & series.table["value"].notna()
    table = series.table.assign(
        value=series.table["value"].mask(is_apart), reason=series.table["reason"].mask(is_apart, NOT_COMPARABLE)
    )
    return replace(series, table=table)


def _asked(series: Series) -> pd.DataFrame:
    """What is set side by side: the figures of the last year, or each place's last one where places are followed."""
    if series.spec.chart in PLACES_BESIDE or series.spec.chart == "scatter":
        rows = series.at(series.spec.last_year)
        return rows[rows["value"].notna() | (rows["reason"] == NOT_COMPARABLE)]
    return series.shown.drop_duplicates(["indicator", "region"], keep="last")


def _fitting(found: Verdict, series: Series) -> Verdict:
    """A whole beside its part forbids nothing where the measure is no amount."""
    if series.spec.measure in _ADDITIVE:
        return found
    return Verdict(
        tuple(replace(reason, forbids=False) if reason.code == "part_and_whole" else reason for reason in found.reasons)
    )
