"""What is offered for a name that the catalogue does not have."""

import pytest

from indicators.tasks.lookup import likely_entry, near_entries
from tests.real import catalogue


@pytest.mark.parametrize("printed", ["陜西", "陜西省"])
def test_of_names_that_differ_in_one_character_the_one_that_looks_most_alike_comes_first(printed):
    near = near_entries(printed, catalogue().regions)
    assert near[0].code == "610000"
    assert len(near) == 3


def test_a_name_that_resembles_nothing_has_no_suggestion():
    assert near_entries("陜西", catalogue().indicators) == []


@pytest.mark.parametrize(
    ("printed", "code"),
    [("陕西省区", "610000"), ("Shannxi", "610000"), ("港澳台及国外", None), ("咸 阳", None), ("关中", None)],
)
def test_only_a_name_that_is_nearly_the_same_is_filled_in(printed, code):
    likely = likely_entry(printed, catalogue().regions)
    assert (likely and likely.code) == code


@pytest.mark.parametrize("printed", ["众创空间数", "合同数", "外观设计专利授权数"])
def test_another_indicator_is_not_filled_in(printed):
    assert likely_entry(printed, catalogue().indicators) is None


def test_an_indicator_under_nearly_its_name_is_filled_in():
    likely = likely_entry("技术市场交易额", catalogue().indicators)
    assert likely is not None
    assert likely.code == "contract_value"
