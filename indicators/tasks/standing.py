"""Where a region stands over all its indicators: which places it won and lost, and how new its figures are."""

from collections.abc import Iterable

import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.series import annual_results, one_basis_a_year
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.tasks.browse import Levels

MOVER_COLUMNS = ["indicator", "year", "start", "place", "place_before", "moved", "among"]
SOURCE_COLUMNS = ["source", "newest", "figures", "indicators"]


def movers(indicators: Iterable[str], *, levels: Levels, catalogue: Catalogue, region: str, lag: int) -> pd.DataFrame:
    """Indicators in which a region's national place changed within `lag` years, the largest gains first.

    Columns indicator, year (the newest with a certain place), start (`lag` years earlier), place,
    place_before, moved (positive upwards), among. Both places stand on one basis.
    """
    rows = [_moved(code, levels(code), catalogue, region, lag) for code in indicators]
    found = pd.DataFrame([row for row in rows if row is not None], columns=MOVER_COLUMNS)
    changed = found[found["moved"] != 0]
    return changed.sort_values(["moved", "place"], ascending=[False, True], kind="stable", ignore_index=True)


def _moved(code: str, levels: pd.DataFrame, catalogue: Catalogue, region: str, lag: int) -> dict[str, object] | None:
    own = levels[(levels["region"] == region) & (levels["rank"] == levels["rank_worst"])]
    newest = one_basis_a_year(own, catalogue.indicators[code].official_bases).tail(1)
    if newest.empty:
        return None
    row = newest.iloc[0]
    earlier = own[(own["year"] == row["year"] - lag) & (own["basis"] == row["basis"])]
    if earlier.empty:
        return None
    place, before = int(row["rank"]), int(earlier["rank"].iloc[0])
    return {
        "indicator": code,
        "year": int(row["year"]),
        "start": int(row["year"]) - lag,
        "place": place,
        "place_before": before,
        "moved": before - place,
        "among": int(row["ranked"]),
    }


def read_freshness(store: Store, catalogue: Catalogue, *, revision: int) -> pd.DataFrame:
    """The sources of a revision, those with the newest figures first.

    Columns source, newest (the newest year with an annual result), figures, indicators (how many).
    """
    observations = read_observations(store, revision=revision)
    annual = annual_results(observations, catalogue)
    newest = annual.groupby("source")["year"].max()
    counts = observations.groupby("source").agg(figures=("value", "size"), indicators=("indicator", "nunique"))
    table = counts.join(newest.rename("newest")).reset_index()
    return table.sort_values(["newest", "figures"], ascending=False, kind="stable", ignore_index=True)[SOURCE_COLUMNS]
