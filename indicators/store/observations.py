"""Observations as they stood in a revision."""

from collections.abc import Collection

import pandas as pd
from sqlalchemy import Select, select

from indicators.model.observation import KEY, no_observations
from indicators.model.revision import FULL_COLUMNS
from indicators.store.connection import Store
from indicators.store.schema import holds_in, observations


def read_observations(
    store: Store,
    *,
    revision: int,
    indicators: Collection[str] = (),
    regions: Collection[str] = (),
    sources: Collection[str] = (),
    statuses: Collection[str] = (),
) -> pd.DataFrame:
    """Observations that hold in a revision, in the contract's columns, sorted by KEY.

    An empty collection of codes means all of them.
    """
    query = select(*(observations.c[name] for name in FULL_COLUMNS)).where(holds_in(observations, revision))
    chosen = {"indicator": indicators, "region": regions, "source": sources, "status": statuses}
    for column, codes in chosen.items():
        if codes:
            query = query.where(observations.c[column].in_(list(codes)))
    return _frame(store, query).sort_values(KEY, ignore_index=True)


def read_writers(store: Store, *, revision: int) -> pd.DataFrame:
    """KEY of every observation that holds in a revision, and `from_revision`, which wrote it."""
    columns = [*KEY, "from_revision"]
    query = select(*(observations.c[name] for name in columns)).where(holds_in(observations, revision))
    return _frame(store, query)


def read_history(store: Store, *, indicator: str, region: str, period: str) -> pd.DataFrame:
    """All that was ever published about one figure, oldest first, in the contract's columns.

    Besides: `from_revision` that wrote the row, `until_revision` that ended it (0 while it holds).
    """
    table = observations.c
    names = [*FULL_COLUMNS, "from_revision", "until_revision"]
    query = (
        select(*(table[name] for name in names))
        .where(table.indicator == indicator, table.region == region, table.period == period)
        .order_by(table.from_revision, table.id)
    )
    return _frame(store, query).fillna({"until_revision": 0}).astype({"until_revision": int})


def _frame(store: Store, query: Select) -> pd.DataFrame:
    """Rows in the contract's dtypes, which databases do not give back where there are none."""
    with store.reading() as connection:
        rows = connection.execute(query).all()
    columns = list(query.selected_columns.keys())
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)  # by column: five times as fast as by row
    frame = pd.DataFrame(dict(zip(columns, cells, strict=True)))
    dtypes = no_observations().dtypes
    return frame.astype({column: dtypes[column] for column in frame.columns if column in dtypes})
