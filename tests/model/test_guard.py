"""The guard in charts of places: what shares the axis, what is left out, and why."""

import pytest

from indicators.model.guard import guarded, verdict_of
from tests import real
from tests.real import spec

GUANGDONG, SHENZHEN, SHAANXI, SICHUAN = "440000", "440300", "610000", "510000"


def view(*regions: str, **fields: object):
    return real.view(spec("ranking", ",".join(regions), (2022,), **({"indicators": ("rd_expenditure",)} | fields)))


def test_a_city_beside_its_own_province_is_left_out_of_the_ranking_with_the_reason():
    shown = view(GUANGDONG, SICHUAN, SHENZHEN)
    assert list(shown.series.shown["region"]) == [GUANGDONG, SICHUAN]
    assert (
        dict(zip(shown.series.table["region"], shown.series.table["reason"], strict=True))[SHENZHEN] == "not_comparable"
    )
    assert shown.verdict.decision == "incomparable"


def test_of_two_parts_as_large_the_one_with_the_region_in_focus_stays():
    assert list(view(GUANGDONG, SHENZHEN, highlight=SHENZHEN).series.shown["region"]) == [SHENZHEN]
    assert list(view(GUANGDONG, SHENZHEN, highlight=GUANGDONG).series.shown["region"]) == [GUANGDONG]


def test_ratios_of_a_part_and_its_whole_stand_side_by_side_with_a_note():
    shown = view(GUANGDONG, SHENZHEN, indicators=("rd_intensity",))
    assert set(shown.series.shown["region"]) == {GUANGDONG, SHENZHEN}
    assert shown.verdict.decision == "noted"


def test_growth_of_a_part_and_its_whole_is_no_sum():
    assert view("total-west", SHAANXI, measure="growth").verdict.decision == "noted"
    assert view("total-west", SHAANXI).verdict.decision == "incomparable"


@pytest.mark.parametrize("chart", ["ranking", "map", "lines"])
def test_all_provinces_are_left_as_they_are(chart):
    own = real.view(spec(chart, years=(2024,)))
    assert own.verdict.reasons == ()
    assert guarded(own.series, real.catalogue(), focus=real.FOCUS) is own.series
    assert verdict_of(own.series, real.catalogue()).decision == "comparable"
