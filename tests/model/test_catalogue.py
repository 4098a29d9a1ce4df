import pandas as pd
import pytest

from indicators.errors import Invalid, NotFound
from indicators.model.catalogue import ENTRY_TYPES, catalogue_of, entries_from_text
from tests import drawn, real


def entries(**changed: list[dict[str, str]]):
    rows = drawn.catalogue_texts() | changed
    return {kind: entries_from_text(kind, pd.DataFrame(rows[kind], dtype="str")) for kind in ENTRY_TYPES}


def test_the_first_line_of_bases_is_the_official_one_and_the_others_stay_apart():
    intensity = real.catalogue().indicators["rd_intensity"]
    value = real.catalogue().indicators["contract_value"]
    assert intensity.official_bases == ("census4", "census5", "census3")
    assert (value.official_bases, value.all_bases) == (("seller",), ("seller", "announced"))


def test_an_indicator_without_bases_has_the_empty_one():
    expenditure = real.catalogue().indicators["rd_expenditure"]
    assert (expenditure.official_bases, expenditure.all_bases) == (("",), ())


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("rd_intensity", "points"),
        ("conversion_rate", "points"),
        ("fund_risk_share_cap", "points"),
        ("contract_value", "percent"),
        ("hightech_enterprises", "percent"),
        ("contract_value_multiple", "none"),
        ("science_cluster_rank", "none"),
    ],
)
def test_amounts_differ_by_percent_percentages_by_points_and_places_by_neither(indicator, expected):
    assert real.catalogue().indicators[indicator].change == expected


def test_names_come_in_both_languages():
    shaanxi = real.catalogue().regions["610000"]
    assert (shaanxi.name("zh"), shaanxi.short("zh"), shaanxi.name("en")) == ("陕西省", "陕西", "Shaanxi")


def test_there_are_31_provinces_without_hong_kong_macao_and_taiwan():
    provinces = real.catalogue().provinces
    assert len(provinces) == 31
    assert not {"810000", "820000", "710000", "CHN"} & set(provinces)


def test_groups_stand_for_their_provinces_each_once_in_the_asked_order():
    members = real.catalogue().members(("610000", "northwest", "330100"))
    assert members == ("610000", "620000", "630000", "640000", "650000", "330100")
    assert real.catalogue().members(("provinces",)) == real.catalogue().provinces


def test_countries_include_china_and_leave_out_aggregates():
    countries = real.catalogue().members(("countries",))
    assert countries[0] == "CHN"
    assert not {"WLD", "EUU"} & set(countries)


def test_headlines_follow_their_order():
    assert [i.headline for i in real.catalogue().headlines] == list(range(1, len(real.catalogue().headlines) + 1))


def test_an_unknown_indicator_is_not_found():
    with pytest.raises(NotFound) as error:
        real.catalogue().indicator("contract_worth")
    assert error.value.details == {"found": "contract_worth"}


def test_a_field_that_does_not_fit_is_named_with_its_row():
    with pytest.raises(Invalid) as error:
        entries(indicator=[drawn.CONTRACT_VALUE | {"kind": "quantity"}])
    assert error.value.details == {"kind": "indicator", "row": 2, "column": "kind", "found": "quantity"}


def test_a_code_given_twice_is_named_with_its_row():
    with pytest.raises(Invalid) as error:
        entries(indicator=[drawn.CONTRACT_VALUE, drawn.CONTRACT_VALUE])
    assert (error.value.code, error.value.details["row"]) == ("catalogue.duplicate", 3)


@pytest.mark.parametrize(
    ("change", "column", "found"),
    [({"unit": "万元"}, "unit", "万元"), ({"bases": "seller|buyer"}, "bases", "buyer")],
)
def test_a_reference_to_nothing_is_refused(change, column, found):
    with pytest.raises(Invalid) as error:
        catalogue_of(entries(indicator=[drawn.CONTRACT_VALUE | change]))
    assert error.value.details == {
        "kind": "indicator",
        "entry": "contract_value",
        "column": column,
        "found": found,
    }


@pytest.mark.parametrize("column", ["short_zh", "short_en"])
def test_no_two_indicators_or_regions_share_a_short_name(column):
    for kind in (real.catalogue().indicators, real.catalogue().regions):
        names = [getattr(entry, column) for entry in kind.values()]
        assert sorted(names) == sorted(set(names))


def test_a_city_of_a_place_belongs_to_that_place():
    regions = real.catalogue().regions
    cities = [r for r in regions.values() if r.level == "city"]
    assert all(city.parent == f"{city.code[:2]}0000" for city in cities)


def test_tiles_do_not_lie_upon_one_another():
    tiles = [(r.tile_row, r.tile_col) for r in real.catalogue().regions.values() if r.tile_row is not None]
    assert len(tiles) == len(set(tiles)) == 34
