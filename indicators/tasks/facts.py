"""Single figures of a place: what internal sources say of it, and all that is known of places below a province.

They are no series: caps, fund sizes, totals over a span, figures of one company. None is ever drawn on an axis.
"""

from typing import cast

import pandas as pd

from indicators.language.facts import Fact, ObservationRow, fact_of
from indicators.model.catalogue import Catalogue, Language
from indicators.model.period import is_year
from indicators.store.connection import Store
from indicators.store.observations import read_observations

_BELOW_PROVINCES = ("city", "new_area")
_UPLOADED = "upload-"


def places_within(region: str, catalogue: Catalogue) -> tuple[str, ...]:
    """A region and those that lie in it; for the nation itself alone, since all others lie in it."""
    if catalogue.regions[region].level == "nation":
        return (region,)
    inside = [code for code, other in catalogue.regions.items() if other.parent == region]
    return (region, *inside)


def read_facts(store: Store, catalogue: Catalogue, *, revision: int) -> pd.DataFrame:
    """Observations of a revision that are facts, by topic and place in the order of the catalogue."""
    return facts_among(read_observations(store, revision=revision), catalogue)


def facts_among(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Observations that are facts: of internal sources, or of a place below the provinces.

    Annual results of whole provinces are not, even where an analyst's own workbook is their source.
    """
    internal = [code for code, source in catalogue.sources.items() if source.classification == "internal"]
    below = [code for code, region in catalogue.regions.items() if region.level in _BELOW_PROVINCES]
    is_below = observations["region"].isin(below)
    is_annual = observations["period"].map(is_year) & (observations["subject"] == "") & ~observations["is_target"]
    is_uploaded_series = observations["source"].str.startswith(_UPLOADED) & is_annual
    facts = observations[is_below | (observations["source"].isin(internal) & ~is_uploaded_series)]
    topics = {code: n for n, code in enumerate(dict.fromkeys(i.category for i in catalogue.indicators.values()))}
    order = {code: n for n, code in enumerate(catalogue.indicators)}
    keyed = facts.assign(
        _topic=facts["indicator"].map({code: topics[i.category] for code, i in catalogue.indicators.items()}),
        _place=facts["region"].map({code: n for n, code in enumerate(catalogue.regions)}),
        _indicator=facts["indicator"].map(order),
        _end=facts["period"].str.rpartition("/")[2],
    )
    ordered = keyed.sort_values(
        ["_topic", "_place", "_indicator", "_end"], ascending=[True, True, True, False], kind="stable"
    )
    return ordered.drop(columns=["_topic", "_place", "_indicator", "_end"]).reset_index(drop=True)


def worded_facts(observations: pd.DataFrame, catalogue: Catalogue, language: Language) -> tuple[Fact, ...]:
    """Observations as facts in words, in their order."""
    rows = cast("list[ObservationRow]", observations.to_dict("records"))
    return tuple(fact_of(row, catalogue, language) for row in rows)
