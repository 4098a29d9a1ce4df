"""What the store holds for a view, worked out by hand and not by the code that draws it."""

import pandas as pd

from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store
from indicators.store.observations import read_observations


def values(store: Store, indicator: str, year: int, *, revision: int = 2) -> pd.Series:
    """Annual results of an indicator by region, on the first of its official bases."""
    catalogue = read_catalogue(store, revision)
    rows = read_observations(store, revision=revision, indicators=[indicator])
    basis = catalogue.indicators[indicator].official_bases[0]
    annual = rows[
        (rows["period"] == str(year))
        & (rows["subject"] == "")
        & (rows["basis"] == basis)
        & ~rows["is_target"]
        & rows["value"].notna()
    ]
    ranked = annual.assign(rank=annual["source"].map({code: s.rank for code, s in catalogue.sources.items()}))
    first = ranked.sort_values(["rank", "source"]).drop_duplicates("region")
    return first.set_index("region")["value"]


def provinces(store: Store) -> list[str]:
    """Codes of the 31 provinces."""
    return list(read_catalogue(store, 2).provinces)


def measured(store: Store, indicator: str, measure: str, year: int, **details: object) -> pd.Series:
    """Values of a measure by province, worked out from the values held."""
    now = values(store, indicator, year)
    match measure:
        case "value":
            found = now
        case "growth":
            found = (now / values(store, indicator, year - 1) - 1) * 100
        case "points":
            found = now - values(store, indicator, year - 1)
        case "share":
            found = now / now["CHN"] * 100
        case "per_capita":
            found = now / values(store, "population", year)
        case "share_gdp":
            found = now / values(store, "gdp", year) * 100
        case "gap":
            found = now - now["610000"]
        case "cagr":
            base = int(str(details["base"]))
            found = ((now / values(store, indicator, base)) ** (1 / (year - base)) - 1) * 100
        case "index":
            found = now / values(store, indicator, int(str(details["base"]))) * 100
    return found.reindex(provinces(store)).dropna()
