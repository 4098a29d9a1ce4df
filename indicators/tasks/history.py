"""What became of one figure over the revisions, and taking figures out – an act of its own."""

from datetime import datetime

import pandas as pd

from indicators.errors import Conflict
from indicators.model.access import Person
from indicators.model.observation import KEY
from indicators.model.revision import FULL_COLUMNS, changes
from indicators.store.connection import Store
from indicators.store.observations import read_history, read_observations
from indicators.store.revisions import current_revision, list_revisions, publish
from indicators.tasks.signing import signed


def figure_history(store: Store, *, indicator: str, region: str, period: str) -> pd.DataFrame:
    """Every value that was published for a figure, newest first, with who published it when and why.

    The contract's columns, from_revision, until_revision (0 while it holds), author, created_at,
    reason (the revision's note), `ended`: "" while it holds, else revised or withdrawn, and ended_by and
    ended_why, the author and note of the revision that ended it.
    """
    rows = read_history(store, indicator=indicator, region=region, period=period)
    by_number = list_revisions(store).set_index("number")[["author", "created_at", "note"]]
    published = rows.join(by_number.rename(columns={"note": "reason"}), on="from_revision")
    endings = by_number[["author", "note"]].rename(columns={"author": "ended_by", "note": "ended_why"})
    published = published.join(endings, on="until_revision").fillna({"ended_by": "", "ended_why": ""})
    begun = set(zip(*(rows[column] for column in [*KEY, "from_revision"]), strict=True))
    ended = [
        "" if not row[-1] else "revised" if row in begun else "withdrawn"
        for row in zip(*(rows[column] for column in [*KEY, "until_revision"]), strict=True)
    ]
    newest_first = published.assign(ended=ended).sort_values("from_revision", ascending=False, kind="stable")
    return newest_first.reset_index(drop=True)


def withdraw(store: Store, figures: pd.DataFrame, *, person: Person, note: str, now: datetime) -> int:
    """Publishes a revision without the figures of some keys (columns KEY) and returns its number.

    Raises Forbidden("access.publish"), Invalid("publish.author"), Invalid("publish.note") and
    Conflict("withdraw.gone") where one of them no longer holds. Then nothing has changed.
    """
    author, reason = signed(person, note, "publish")
    newest = current_revision(store)
    before = read_observations(store, revision=newest)
    goes = pd.MultiIndex.from_frame(before[KEY]).isin(pd.MultiIndex.from_frame(figures[KEY]))
    if goes.sum() != len(figures):
        raise Conflict("withdraw.gone")
    return publish(
        store,
        changes(before, before.loc[~goes, FULL_COLUMNS]),
        author=author,
        note=reason,
        origin="withdrawal",
        origin_hash="",
        created_at=now,
        expected_revision=newest,
    )
