import pytest

from indicators.errors import Invalid
from indicators.model.briefing import MOST_ITEMS, Content


def content(*names: str) -> Content:
    made = Content()
    for name in names:
        made = made.with_view(f"/compare?chart={name}")
    return made


def order(of: Content) -> list[str]:
    return [item.address.rpartition("=")[2] for item in of.items]


def test_views_stand_in_the_order_in_which_they_were_added():
    assert order(content("ranking", "map", "heat")) == ["ranking", "map", "heat"]


def test_a_view_is_in_a_briefing_once():
    with pytest.raises(Invalid) as refused:
        content("map", "map")
    assert refused.value.code == "briefing.twice"


def test_a_briefing_has_an_end():
    full = content(*(str(number) for number in range(MOST_ITEMS)))
    with pytest.raises(Invalid) as refused:
        full.with_view("/compare?chart=map")
    assert refused.value.code == "briefing.full"


def test_items_move_and_headings_stay_where_they_are():
    made = content("ranking", "map", "heat").with_item(2, section="布局")
    moved = made.moved(3, -1)
    assert order(moved) == ["ranking", "heat", "map"]
    assert [item.section for item in moved.items] == ["", "布局", ""]
    assert made.moved(1, -1) == made
    assert made.moved(3, 1) == made


def test_a_heading_survives_the_item_that_it_stood_over():
    made = content("ranking", "map", "heat").with_item(2, section="布局")
    assert [(heading, len(items)) for heading, items in made.without(2).sections()] == [("", 1), ("布局", 1)]


def test_sections_hold_what_follows_their_heading():
    made = content("ranking", "map", "heat").with_item(1, section="一").with_item(3, section="二")
    assert [(heading, len(items)) for heading, items in made.sections()] == [("一", 2), ("二", 1)]


def test_an_item_that_is_gone_is_said_to_be():
    with pytest.raises(Invalid) as refused:
        content("map").without(9)
    assert refused.value.code == "briefing.no_item"
