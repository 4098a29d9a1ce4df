"""What is offered for a name that the catalogue does not have."""

import pytest

from indicators.tasks.lookup import near_entries
from tests.real import catalogue


@pytest.mark.parametrize("printed", ["陜西", "陜西省"])
def test_of_names_that_differ_in_one_character_the_one_that_looks_most_alike_comes_first(printed):
    near = near_entries(printed, catalogue().regions)
    assert near[0].code == "610000"
    assert len(near) == 3


def test_a_name_that_resembles_nothing_has_no_suggestion():
    assert near_entries("陜西", catalogue().indicators) == []
