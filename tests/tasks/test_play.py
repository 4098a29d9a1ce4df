import pytest

from indicators.tasks.play import Moment, year_beside, years_played
from tests import real
from tests.real import spec

YEARS = (2010, 2012, 2013)


def test_a_fresh_moment_is_shown_before_anything_follows():
    fresh = Moment("q", 2010, is_running=True)
    shown = fresh.following(YEARS)
    assert shown == Moment("q", 2010, is_running=True, is_fresh=False)
    assert shown.following(YEARS) == Moment("q", 2012, is_running=True, is_fresh=False)


def test_nothing_follows_the_last_year():
    assert Moment("q", 2013, is_running=True, is_fresh=False).following(YEARS) is None


def test_a_moment_that_is_held_stays():
    held = Moment("q", 2012, is_fresh=False)
    assert held.following(YEARS) == held


@pytest.mark.parametrize(
    ("year", "step", "beside"),
    [(2012, 1, 2013), (2012, -1, 2010), (2011, 1, 2012), (2013, 1, None), (2010, -1, None)],
)
def test_steps_go_to_years_with_figures(year, step, beside):
    assert year_beside(YEARS, year, step) == beside


def test_years_with_figures_of_a_single_region_are_not_played_where_several_are_compared():
    levels = real.levels(
        """
        region | period | value
        110000 | 2022   | 7947.51
        110000 | 2023   | 8536.94
        610000 | 2023   | 4118.46
        """
    )
    assert years_played(real.view(spec("ranking", "110000,610000", (2022, 2023)), levels)) == (2023,)
    assert years_played(real.view(spec("ranking", "110000", (2022, 2023)), levels)) == (2022, 2023)
