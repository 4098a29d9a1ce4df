from datetime import UTC, datetime

import pytest

from indicators.errors import Conflict, Invalid, NotFound
from indicators.model.briefing import Content
from indicators.model.stamp import Stamp, stamp_code
from indicators.store.briefings import (
    Briefing,
    add_briefing,
    delete_briefing,
    list_briefings,
    read_briefing,
    save_briefing,
)
from indicators.store.connection import Store
from indicators.store.schema import stamps
from indicators.store.stamps import address_of_stamp, keep_stamp
from tests.loaded import load

ADDRESS = "/compare?chart=map&rev=1&lang=zh"
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def filled(store: Store) -> Store:
    load(store)
    return store


def briefing(code: str = "a1", owner: str = "anna", hour: int = 3) -> Briefing:
    content = Content(issue="第1期").with_view(ADDRESS)
    return Briefing(code, owner, "监测简报", "张三", 1, NOW.replace(hour=hour), 1, content)


def test_a_stamp_leads_back_to_its_view_and_stays_the_same(store):
    kept = keep_stamp(store, ADDRESS, revision=1)
    assert kept == keep_stamp(store, ADDRESS, revision=1) == Stamp(1, stamp_code(ADDRESS))
    assert address_of_stamp(store, kept) == ADDRESS


def test_a_stamp_with_another_revision_is_not_taken_for_the_view_of_these_letters(store):
    kept = keep_stamp(store, ADDRESS, revision=1)
    with pytest.raises(Invalid) as refused:
        address_of_stamp(store, Stamp(2, kept.code))
    assert (refused.value.code, refused.value.details["revision"]) == ("stamp.other_revision", "1")


def test_a_stamp_of_another_store_leads_nowhere(store):
    with pytest.raises(NotFound) as refused:
        address_of_stamp(store, Stamp(1, stamp_code(ADDRESS)))
    assert refused.value.code == "stamp"


def test_a_code_that_is_taken_leaves_the_next_one(store):
    with store.writing() as connection:
        connection.execute(stamps.insert().values(code=stamp_code(ADDRESS), address="/trend?chart=lines"))
    kept = keep_stamp(store, ADDRESS, revision=1)
    assert kept.code == stamp_code(ADDRESS, 1)
    assert address_of_stamp(store, kept) == ADDRESS


def test_a_briefing_is_read_as_it_was_saved(filled):
    add_briefing(filled, briefing())
    assert read_briefing(filled, "a1") == briefing()
    changed = save_briefing(filled, briefing().but(author="李四"), now=NOW.replace(hour=5))
    assert read_briefing(filled, "a1") == changed
    assert (changed.author, changed.version, changed.changed_at.hour) == ("李四", 2, 5)


def test_of_two_who_change_a_briefing_the_second_is_told(filled):
    add_briefing(filled, briefing())
    save_briefing(filled, briefing().but(author="李四"), now=NOW)
    with pytest.raises(Conflict) as refused:
        save_briefing(filled, briefing().but(author="王五"), now=NOW)
    assert refused.value.code == "briefing.changed"
    assert read_briefing(filled, "a1").author == "李四"


def test_briefings_are_listed_by_owner_the_last_changed_first(filled):
    for one in (briefing("a1", hour=3), briefing("b2", "bert", hour=4), briefing("c3", hour=5)):
        add_briefing(filled, one)
    assert [one.id for one in list_briefings(filled)] == ["c3", "b2", "a1"]
    assert [one.id for one in list_briefings(filled, owner="anna")] == ["c3", "a1"]


def test_a_deleted_briefing_is_gone(filled):
    add_briefing(filled, briefing())
    delete_briefing(filled, briefing())
    with pytest.raises(NotFound):
        read_briefing(filled, "a1")
