"""A store as a running installation has it: the folder of figures, and one revision after it."""

from datetime import UTC, datetime

from indicators.model.revision import changes
from indicators.settings import PROJECT
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.store.revisions import publish
from indicators.tasks.load_data import load_data

REVISED = {"indicator": "contract_value", "region": "610000", "period": "2024", "basis": "seller"}
REVISED_BY = 100.0


def load(store: Store) -> None:
    """Revision 1 is data/."""
    load_data(store, PROJECT / "data", now=datetime(2025, 1, 2, tzinfo=UTC))


def revise(store: Store) -> None:
    """Revision 2 raises the contract value of Shaanxi in 2024 by 100 (CNY 100 million)."""
    before = read_observations(store, revision=1)
    is_revised = (before[list(REVISED)] == list(REVISED.values())).all(axis=1)
    assert is_revised.sum() == 1
    after = before.assign(value=before["value"].mask(is_revised, before["value"] + REVISED_BY))
    publish(
        store,
        changes(before, after),
        author="analyst",
        note="One figure revised",
        origin="workbook",
        origin_hash="",
        created_at=datetime(2025, 2, 3, tzinfo=UTC),
        expected_revision=1,
    )
