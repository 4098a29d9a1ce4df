"""Targets: figures somebody means to reach by a year, kept beside the results and never among them."""

import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.period import is_year
from indicators.model.series import Series


def annual_targets(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """One row per indicator, region, year and basis: what a whole region is to reach by that year.

    Left out: targets of single subjects, those without a year, vague ones without a number. Of several
    sources the preferred one.
    """
    chosen = observations[
        observations["is_target"].astype(bool)
        & observations["period"].map(is_year).astype(bool)
        & (observations["subject"] == "")
        & observations["value"].notna()
    ]
    ranks = {code: source.rank for code, source in catalogue.sources.items()}
    ordered = chosen.assign(year=chosen["period"].astype(int), _rank=chosen["source"].map(ranks)).sort_values(
        ["indicator", "region", "year", "basis", "_rank", "source"], kind="stable"
    )
    return ordered.drop_duplicates(["indicator", "region", "year", "basis"]).drop(
        columns=["_rank", "subject", "is_target", "period"]
    )


def targets_within(series: Series, targets: pd.DataFrame, *, newest: int) -> pd.DataFrame:
    """Targets that a trend of plain values shows, in the columns of its table.

    Those of its regions, for its years and – where the trend runs to the `newest` year with figures –
    for the years ahead.
    """
    spec = series.spec
    is_shown = targets["indicator"].isin(spec.indicators) & targets["region"].isin(series.table["region"])
    is_within = targets["year"].between(spec.years[0], spec.last_year)
    is_ahead = (targets["year"] > spec.last_year) & (spec.last_year >= newest)
    shown = targets[is_shown & (is_within | is_ahead) & (spec.measure == "value")]
    laid = shown.reindex(columns=series.table.columns).assign(
        observed=shown["value"], observed_unit=shown["unit"], reason="", other_source="", other_basis=""
    )
    return laid.reset_index(drop=True)
