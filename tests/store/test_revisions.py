from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import func, select, text

from indicators.errors import Conflict, IndicatorsError, NotFound
from indicators.model.catalogue import Catalogue
from indicators.model.observation import KEY, no_observations
from indicators.model.revision import FULL_COLUMNS, EntryChange, changes, entry_changes
from indicators.store import revisions as revisions_module
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store
from indicators.store.observations import read_observations, read_writers
from indicators.store.revisions import current_revision, list_revisions, publish, require_revision
from indicators.store.schema import metadata
from indicators.store.verify import Problem, verify
from tests.drawn import catalogue, observations

FIRST = """
region | period | value
110000 | 2021   | 7005.65
610000 | 2020   | 1758.72
610000 | 2021   | 2343.44
"""
SECOND = """
region | period | value   | status
110000 | 2021   | 7005.65 | actual
610000 | 2021   | 2343.44 | provisional
610000 | 2022   | 3048.73 | actual
"""
MOMENT = datetime(2025, 3, 14, 1, 59, 26, 535897, tzinfo=UTC)


def publish_state(
    store: Store, after: pd.DataFrame, *, base: int | None = None, entries: Sequence[EntryChange] = (), note: str = ""
) -> int:
    expected = current_revision(store) if base is None else base
    return publish(
        store,
        changes(read_observations(store, revision=expected), after),
        entries=entries,
        author="分析员",
        note=note,
        origin="workbook",
        origin_hash="",
        created_at=MOMENT,
        expected_revision=expected,
    )


@pytest.fixture
def filled(store):
    """A store with two revisions."""
    publish_state(store, observations(FIRST), entries=entry_changes(Catalogue(), catalogue()))
    publish_state(store, observations(SECOND), note="2022 年")
    return store


def _state(drawing: str) -> pd.DataFrame:
    return observations(drawing).sort_values(KEY, ignore_index=True)[FULL_COLUMNS]


def _contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        tables = metadata.sorted_tables
        return {t.name: [tuple(row) for row in connection.execute(select(t).order_by(t.c[0]))] for t in tables}


def test_every_revision_can_be_read_again(filled):
    assert_frame_equal(read_observations(filled, revision=1), _state(FIRST))
    assert_frame_equal(read_observations(filled, revision=2), _state(SECOND))


def test_before_the_first_revision_there_is_nothing_in_the_contracts_types(filled):
    assert_frame_equal(read_observations(filled, revision=0), no_observations()[FULL_COLUMNS])


def test_observations_are_chosen_by_indicator_region_and_source(filled):
    chosen = read_observations(filled, revision=2, indicators=["contract_value"], regions=["610000"], sources=["S02"])
    assert chosen[["region", "period"]].to_numpy().tolist() == [["610000", "2021"], ["610000", "2022"]]
    assert len(read_observations(filled, revision=2, sources=["S18"])) == 0


def test_a_missing_value_comes_back_as_missing_with_its_words(store):
    vague = "region | period | value | printed\n610000 | 2021 | | 数千亿元"
    publish_state(store, observations(vague), entries=entry_changes(Catalogue(), catalogue()))
    assert_frame_equal(read_observations(store, revision=1), _state(vague))
    assert verify(store) == []


def test_values_come_back_to_the_last_digit(store):
    value = 0.1 + 0.2
    drawn = observations("region | period | value\n610000 | 2021 | 2343.44").assign(value=value)
    publish_state(store, drawn)
    assert read_observations(store, revision=1)["value"].tolist() == [value]


def test_revisions_are_listed_newest_first_with_their_counts(filled):
    listed = list_revisions(filled)
    assert listed[["number", "note", "added", "revised", "withdrawn"]].to_numpy().tolist() == [
        [2, "2022 年", 1, 1, 1],
        [1, "", 3, 0, 0],
    ]
    assert listed["created_at"].tolist() == [MOMENT, MOMENT]
    assert listed["content_hash"].str.len().tolist() == [64, 64]


def test_moments_are_kept_in_utc_from_whatever_zone(store):
    in_xian = MOMENT.astimezone(timezone(timedelta(hours=8)))
    publish(
        store,
        changes(no_observations(), no_observations()),
        author="分析员",
        note="",
        origin="workbook",
        origin_hash="",
        created_at=in_xian,
        expected_revision=0,
    )
    assert str(list_revisions(store)["created_at"].iloc[0]) == "2025-03-14 01:59:26.535897+00:00"
    assert verify(store) == []


def test_the_list_of_an_empty_store_is_empty(store):
    assert len(list_revisions(store)) == 0
    assert verify(store) == []


def test_a_revision_that_does_not_exist_is_named_with_the_newest(filled):
    assert require_revision(filled, 2) == 2
    for number in (0, 3, -1):
        with pytest.raises(NotFound) as refusal:
            require_revision(filled, number)
        assert (refusal.value.code, refusal.value.details) == ("revision", {"found": number, "newest": 2})


def test_a_pinned_revision_keeps_its_names(filled):
    renamed = catalogue(name_zh="技术市场成交额")
    publish_state(filled, observations(SECOND), entries=entry_changes(read_catalogue(filled, 2), renamed))
    assert read_catalogue(filled, 2) == catalogue()
    assert read_catalogue(filled, 3) == renamed


def test_a_withdrawn_entry_disappears_from_then_on(filled):
    publish_state(filled, observations(SECOND), entries=[EntryChange("group", "west", 0, None)])
    assert list(read_catalogue(filled, 2).groups) == ["west"]
    with pytest.raises(IndicatorsError, match="west"):
        read_catalogue(filled, 3)


def test_publishing_on_a_revision_that_is_no_longer_the_newest_changes_nothing(filled):
    before = _contents(filled)
    with pytest.raises(Conflict) as refusal:
        publish_state(filled, observations(FIRST), base=1)
    assert (refusal.value.code, refusal.value.details) == ("revision.moved", {"expected": 1, "newest": 2})
    assert _contents(filled) == before


def test_changes_that_do_not_fit_the_newest_revision_change_nothing(filled):
    before = _contents(filled)
    with pytest.raises(Conflict, match=r"revision\.moved"):
        publish(
            filled,
            changes(observations("region | period | value\n610000 | 2020 | 1758.72"), no_observations()),
            author="分析员",
            note="",
            origin="workbook",
            origin_hash="",
            created_at=MOMENT,
            expected_revision=2,
        )
    assert _contents(filled) == before


@pytest.mark.parametrize("step", ["_write_observations", "_write_entries", "_close"])
def test_a_failure_in_the_middle_leaves_nothing_behind(filled, monkeypatch, step):
    before = _contents(filled)

    def fails(*_arguments):
        raise RuntimeError("power cut")

    monkeypatch.setattr(revisions_module, step, fails)
    with pytest.raises(RuntimeError, match="power cut"):
        publish_state(filled, observations(FIRST))
    assert _contents(filled) == before


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(filled):
    start = Barrier(2)

    def attempt(drawing: str) -> object:
        start.wait()
        try:
            return publish_state(filled, observations(drawing), base=2)
        except Conflict as refusal:
            return refusal.details

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(attempt, [FIRST, "region | period | value\n610000 | 2023 | 4118.46"]))
    assert sorted(outcomes, key=str) == [3, {"expected": 2, "newest": 3}]
    assert verify(filled) == []


def test_readers_see_the_old_revision_while_the_next_one_is_written(filled):
    with filled.writing() as connection:
        connection.execute(text("UPDATE observations SET until_revision = 2 WHERE until_revision IS NULL"))
        assert_frame_equal(read_observations(filled, revision=2), _state(SECOND))
        connection.rollback()


def test_each_observation_tells_which_revision_wrote_it(filled):
    writers = read_writers(filled, revision=2)
    assert sorted(writers[["region", "period", "from_revision"]].to_numpy().tolist()) == [
        ["110000", "2021", 1],
        ["610000", "2021", 2],
        ["610000", "2022", 2],
    ]


def test_one_key_can_have_only_one_current_row(filled):
    with filled.engine.connect() as connection:
        copy = (
            "INSERT INTO observations (indicator, region, subject, period, basis, source, is_target, value, qualifier,"
            " status, unit, locator, printed, note, note_en, from_revision) SELECT indicator, region, subject, period,"
            " basis, source, is_target, value, qualifier, status, unit, locator, printed, note, note_en, 2"
            " FROM observations WHERE until_revision IS NULL"
        )
        with pytest.raises(Exception, match=r"(?i)unique"):
            connection.execute(text(copy))


def test_an_untouched_store_has_no_problems(filled):
    assert verify(filled) == []


@pytest.mark.parametrize(
    ("tampering", "codes"),
    [
        ("UPDATE observations SET value = 2343.45 WHERE value = 2343.44 AND from_revision = 1", {"content_hash"}),
        ("DELETE FROM observations WHERE period = '2022'", {"content_hash"}),
        ("UPDATE observations SET until_revision = NULL WHERE period = '2020'", {"content_hash"}),
        ("UPDATE revisions SET note = '' WHERE number = 2", {"content_hash"}),
        ("UPDATE revisions SET added = 2 WHERE number = 2", {"content_hash"}),
        ("UPDATE observations SET until_revision = 1 WHERE period = '2020'", {"content_hash", "backward"}),
        ("UPDATE observations SET from_revision = 1 WHERE period = '2021'", {"content_hash", "competing"}),
        ("UPDATE observations SET region = '620000' WHERE period = '2022'", {"content_hash", "unknown_code"}),
        ("UPDATE catalogue_entries SET until_revision = 2 WHERE code = 'S02'", {"content_hash", "unknown_code"}),
        ("UPDATE observations SET unit = '万元' WHERE period = '2022'", {"content_hash", "unit"}),
        ("UPDATE observations SET locator = ' ' WHERE period = '2022'", {"content_hash", "no_source"}),
    ],
)
def test_whatever_is_changed_behind_its_back_is_found(filled, tampering, codes):
    with filled.engine.begin() as connection:
        connection.execute(text(tampering))
    found = {problem.code for problem in verify(filled)}
    assert found == {f"verify.{code}" for code in codes}


def test_a_problem_names_the_observation(filled):
    with filled.engine.begin() as connection:
        connection.execute(text("UPDATE observations SET unit = '万元' WHERE period = '2022'"))
    assert verify(filled) == [
        Problem("verify.content_hash", {"revision": 2}),
        Problem("verify.unit", {"key": "contract_value 610000 2022 seller S02", "found": "万元", "expected": "亿元"}),
    ]


def test_the_index_of_series_serves_reading_one_indicator(tmp_path):
    from indicators.store.connection import open_store

    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    query = "EXPLAIN QUERY PLAN SELECT * FROM observations WHERE indicator = 'gdp' AND region IN ('610000')"
    with store.reading() as connection:
        assert "ix_observations_series" in str(connection.execute(text(query)).all())
        assert connection.execute(select(func.count()).select_from(metadata.tables["revisions"])).scalar() == 0
