from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import select

from indicators.errors import Conflict, Forbidden, IndicatorsError, Invalid, NotFound
from indicators.language.messages import error_text
from indicators.model.access import READER, Person, local_person
from indicators.model.catalogue import Catalogue
from indicators.model.revision import EntryChange, changes, entries_by_kind, entry_changes
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision, list_revisions, publish
from indicators.store.schema import metadata
from indicators.store.verify import verify
from indicators.tasks import roll_back as roll_back_module
from indicators.tasks.roll_back import differences, roll_back
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
NOW = datetime(2025, 3, 14, 1, 59, 26, 535897, tzinfo=UTC)
RENAMED = "技术市场成交额"


def publish_state(store: Store, drawing: str, entries: tuple[EntryChange, ...] = ()) -> int:
    revision = current_revision(store)
    return publish(
        store,
        changes(read_observations(store, revision=revision), observations(drawing)),
        entries=entries,
        author="分析员",
        note="",
        origin="workbook",
        origin_hash="",
        created_at=NOW,
        expected_revision=revision,
    )


@pytest.fixture
def filled(store: Store) -> Store:
    """Revision 2 adds, revises and withdraws one observation each, renames the indicator and adds a group."""
    publish_state(store, FIRST, entry_changes(Catalogue(), catalogue()))
    renamed = entry_changes(catalogue(), catalogue(name_zh=RENAMED))
    group = catalogue().groups["west"].model_copy(update={"code": "northwest"})
    publish_state(store, SECOND, (*renamed, EntryChange("group", "northwest", 1, group)))
    return store


def restored(store: Store, to: int, *, person: Person | None = None, note: str = "单位有误") -> int:
    return roll_back(store, to, person=person or local_person("张三"), note=note, now=NOW)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c[0]))]
            for table in metadata.sorted_tables
        }


def in_order(store: Store, revision: int) -> dict[str, list[object]]:
    """The catalogue with the order of its entries, which comparing mappings would overlook."""
    return {kind: list(of_kind.items()) for kind, of_kind in entries_by_kind(read_catalogue(store, revision)).items()}


def assert_same_state(store: Store, one: int, other: int) -> None:
    assert_frame_equal(read_observations(store, revision=one), read_observations(store, revision=other))
    assert in_order(store, one) == in_order(store, other)


def refused(store: Store, act: Callable[[], object], kind: type[IndicatorsError]) -> IndicatorsError:
    """The refusal of an act after which nothing has changed, said in both languages."""
    before = contents(store)
    with pytest.raises(kind) as refusal:
        act()
    assert contents(store) == before
    assert all(error_text(language, refusal.value) for language in ("zh", "en"))
    return refusal.value


def keys(frame: pd.DataFrame) -> list[list[str]]:
    return frame[["region", "period"]].to_numpy().tolist()


def test_differences_lead_from_one_revision_to_the_other(filled):
    change, entries = differences(filled, 1, 2)
    assert keys(change.added) == [["610000", "2022"]]
    assert keys(change.revised) == [["610000", "2021"]]
    assert keys(change.withdrawn) == [["610000", "2020"]]
    assert [(e.kind, e.code) for e in entries] == [("indicator", "contract_value"), ("group", "northwest")]


def test_differences_can_be_read_backwards(filled):
    change, entries = differences(filled, 2, 1)
    assert (keys(change.added), keys(change.withdrawn)) == ([["610000", "2020"]], [["610000", "2022"]])
    assert [(e.code, e.entry is None) for e in entries] == [("contract_value", False), ("northwest", True)]


def test_a_revision_does_not_differ_from_itself(filled):
    change, entries = differences(filled, 2, 2)
    assert (change.count, change.unchanged, entries) == (0, 3, ())


@pytest.mark.parametrize(("before", "after"), [(0, 1), (1, 3), (-1, 2)])
def test_differences_from_or_to_no_revision_are_refused(filled, before, after):
    assert refused(filled, lambda: differences(filled, before, after), NotFound).code == "revision"


def test_going_back_restores_the_old_state_exactly_as_a_new_revision(filled):
    assert restored(filled, 1) == 3
    assert_same_state(filled, 3, 1)
    assert read_catalogue(filled, 3) == catalogue()
    assert verify(filled) == []


def test_going_back_rewrites_no_earlier_revision(filled):
    frames = {number: read_observations(filled, revision=number) for number in (1, 2)}
    catalogues = {number: in_order(filled, number) for number in (1, 2)}
    listed = list_revisions(filled)
    restored(filled, 1)
    for number in (1, 2):
        assert_frame_equal(read_observations(filled, revision=number), frames[number])
        assert in_order(filled, number) == catalogues[number]
    assert_frame_equal(list_revisions(filled).iloc[1:].reset_index(drop=True), listed)


def test_the_new_revision_tells_who_restored_what_and_why(filled):
    restored(filled, 1, person=local_person(" 张三 "), note=" 单位有误 ")
    listed = list_revisions(filled).set_index("number")
    told = ["author", "note", "origin", "origin_hash", "added", "revised", "withdrawn"]
    assert listed.loc[3, told].tolist() == ["张三", "单位有误", "rollback", listed.loc[1, "content_hash"], 1, 1, 1]
    assert listed.loc[3, "created_at"] == NOW


def test_going_back_can_be_undone_in_the_same_way(filled):
    restored(filled, 1)
    assert restored(filled, 2) == 4
    assert_same_state(filled, 4, 2)
    assert verify(filled) == []


def test_going_back_over_several_revisions_restores_only_the_one_named(filled):
    publish_state(filled, "region | period | value\n610000 | 2023 | 4118.46")
    restored(filled, 2)
    assert_same_state(filled, 4, 2)
    assert verify(filled) == []


def test_a_catalogue_is_restored_where_no_observation_differs(filled):
    publish_state(filled, SECOND, (EntryChange("group", "northwest", 1, None),))
    restored(filled, 2)
    assert_same_state(filled, 4, 2)
    assert verify(filled) == []


def test_the_order_is_restored_where_positions_had_gaps(store):
    def group(code: str, position: int) -> EntryChange:
        return EntryChange("group", code, position, catalogue().groups["west"].model_copy(update={"code": code}))

    two_more = (group("east", 1), group("centre", 2))
    publish_state(store, FIRST, (*entry_changes(Catalogue(), catalogue()), *two_more))
    publish_state(store, FIRST, (group("east", 7), EntryChange("group", "centre", 2, None)))
    assert restored(store, 1) == 3
    assert list(read_catalogue(store, 3).groups) == ["west", "east", "centre"]
    assert_same_state(store, 3, 1)
    assert verify(store) == []


def test_a_missing_value_is_restored_as_missing_with_its_words(store):
    publish_state(
        store,
        "region | period | value | printed\n610000 | 2021 | | 数千亿元",
        entry_changes(Catalogue(), catalogue()),
    )
    publish_state(store, "region | period | value | printed\n610000 | 2021 | 2343.44 | 数千亿元")
    restored(store, 1)
    assert read_observations(store, revision=3)["value"].isna().tolist() == [True]
    assert_same_state(store, 3, 1)
    assert verify(store) == []


@pytest.mark.parametrize("person", [READER, Person("分析员", frozenset({"viewer", "analyst"}))])
def test_whoever_may_not_go_back_is_refused_and_nothing_changed(filled, person):
    refusal = refused(filled, lambda: restored(filled, 1, person=person), Forbidden)
    assert refusal.code == "access.roll_back"


def test_the_permission_is_asked_before_anything_is_told(filled):
    refused(filled, lambda: restored(filled, 9, person=READER, note=""), Forbidden)


@pytest.mark.parametrize(("author", "note", "code"), [(" ", "单位有误", "author"), ("张三", " \n", "note")])
def test_a_blank_author_or_note_is_refused_and_nothing_changed(filled, author, note, code):
    refusal = refused(filled, lambda: restored(filled, 1, person=local_person(author), note=note), Invalid)
    assert refusal.code == f"roll_back.{code}"


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_revision_that_does_not_exist_is_refused_and_nothing_changed(filled, number):
    refusal = refused(filled, lambda: restored(filled, number), NotFound)
    assert refusal.details == {"found": number, "newest": 2}


def test_the_newest_revision_is_refused_and_nothing_changed(filled):
    refusal = refused(filled, lambda: restored(filled, 2), Conflict)
    assert (refusal.code, refusal.details) == ("rollback.equal", {"found": 2, "newest": 2})


def test_going_back_twice_is_refused_and_nothing_changed(filled):
    restored(filled, 1)
    refusal = refused(filled, lambda: restored(filled, 1), Conflict)
    assert (refusal.code, refusal.details) == ("rollback.equal", {"found": 1, "newest": 3})


def test_whoever_publishes_meanwhile_wins(filled, monkeypatch):
    def publishes_first(store: Store, before: int, after: int) -> object:
        found = differences(store, before, after)
        publish_state(store, FIRST)
        return found

    monkeypatch.setattr(roll_back_module, "differences", publishes_first)
    with pytest.raises(Conflict) as refusal:
        restored(filled, 1)
    assert (refusal.value.code, refusal.value.details) == ("revision.moved", {"expected": 2, "newest": 3})
    assert list_revisions(filled)["origin"].tolist() == ["workbook"] * 3
    assert verify(filled) == []
