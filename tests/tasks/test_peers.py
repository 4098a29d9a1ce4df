import pytest

from indicators.tasks.peers import peers
from tests import real


def found(region: str, indicator: str = "contract_value", year: int = 2024):
    levels = real.all_levels()
    return peers(
        region,
        indicator=indicator,
        year=year,
        levels=lambda code: levels[levels["indicator"] == code],
        catalogue=real.catalogue(),
    )


def test_shaanxi_has_its_group_and_those_of_its_size_and_place():
    assert found("610000") == {
        "group": ("northwest",),
        "gdp": ("610000", "360000", "210000", "500000", "530000"),
        "population": ("610000", "520000", "210000", "350000", "360000"),
        "neighbours": ("310000", "370000", "610000", "430000", "340000"),
    }


def test_the_first_and_the_last_have_their_neighbours_on_one_side():
    assert found("110000")["neighbours"] == ("110000", "420000", "320000", "330000", "310000")
    assert found("540000")["neighbours"][-1] == "540000"


def test_a_kind_for_which_the_province_has_no_figure_is_left_out():
    assert set(found("540000", year=2012)) == {"group", "gdp", "population"}


def test_sizes_are_those_of_the_last_year_known_up_to_the_year():
    assert found("610000", year=2030)["gdp"] == found("610000")["gdp"]
    assert "gdp" not in found("610000", year=1999)


@pytest.mark.parametrize("region", ["CHN", "330100", "USA"])
def test_only_provinces_have_peers(region):
    assert found(region) == {}
