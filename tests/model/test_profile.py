"""Where a region stands: places and percentiles recomputed by counting, from the figures themselves."""

from dataclasses import replace

import pandas as pd
import pytest

from indicators.model.measures import with_context
from indicators.model.profile import compared_regions, courses_of, percentiles, profile_field, profile_rows
from indicators.model.series import annual_results, series_of
from tests import real
from tests.real import FOCUS, spec

PROVINCES = ("contract_value", "contract_count", "rd_expenditure", "rd_intensity", "patents_granted", "population")


def series(indicators: tuple[str, ...] = PROVINCES, years: object = range(2019, 2025), **fields: object):
    return real.view(spec("strip", "provinces", years, indicators=indicators, **{"highlight": FOCUS, **fields})).series


def rows(indicators: tuple[str, ...] = PROVINCES, region: str = FOCUS, **fields: object) -> pd.DataFrame:
    return profile_rows(courses_of(series(indicators, **fields), region=region)).set_index("indicator")


def counted_place(indicator: str, year: int, basis: str, region: str) -> tuple[int, int]:
    """Place by counting the provinces with more, and how many have a figure: from the observations, not the levels."""
    annual = annual_results(real.figures(), real.catalogue())
    own = annual[(annual["indicator"] == indicator) & (annual["year"] == year) & (annual["basis"] == basis)]
    values = own[own["region"].isin(real.catalogue().provinces)].set_index("region")["value"]
    return int((values > values[region]).sum()) + 1, len(values)


@pytest.mark.parametrize("region", [FOCUS, "110000", "540000", "150000"])
def test_places_are_those_found_by_counting(region):
    own = rows(region=region)
    assert len(own) == len(PROVINCES)
    for indicator, row in own.iterrows():
        assert (row["rank"], row["ranked"]) == counted_place(indicator, row["year"], row["basis"], region)


def test_a_percentile_tells_how_many_of_the_others_are_left_behind():
    own = rows().loc["contract_value"]
    assert (own["year"], own["rank"], own["ranked"]) == (2024, 7, 31)
    assert own["percentile"] == (31 - 7) / 30 * 100 == 80


def test_the_latest_figure_within_the_years_is_shown_and_named():
    own = rows()
    assert own["year"].to_dict() == {
        "contract_value": 2024,
        "contract_count": 2023,
        "rd_expenditure": 2024,
        "rd_intensity": 2024,
        "patents_granted": 2024,
        "population": 2024,
    }
    assert rows(years=range(2019, 2022))["year"].unique().tolist() == [2021]


def test_places_won_are_counted_from_the_first_year_of_the_view():
    own = rows().loc["contract_value"]
    before, _ = counted_place("contract_value", 2019, "seller", FOCUS)
    assert (before, own["start"], own["rank_start"], own["moved"]) == (4, 2019, 4, -3)


def test_a_place_on_another_definition_is_not_compared():
    own = rows().loc["rd_intensity"]
    assert own["basis"] == "census5"
    assert own["is_broken"]
    assert pd.isna(own["moved"])
    assert pd.isna(own["start"])


def test_one_year_alone_has_no_movement():
    own = rows(years=(2024,))
    assert own["moved"].isna().all()
    assert not own["is_broken"].any()


def test_a_row_stands_among_all_provinces_of_its_own_year_and_definition():
    shown = series()
    own = profile_rows(courses_of(shown, region=FOCUS))
    field = profile_field(shown, own, catalogue=real.catalogue())
    assert field.groupby("indicator").size().unique().tolist() == [31]
    beside = field.merge(own, on="indicator", suffixes=("", "_own"))
    assert (beside["year"] == beside["year_own"]).all()
    assert (beside["basis"] == beside["basis_own"]).all()
    assert sorted(field.loc[field["indicator"] == "contract_value", "percentile"].round(6)) == [
        round(n / 30 * 100, 6) for n in range(31)
    ]


def test_what_is_better_when_it_is_less_counts_from_the_other_end():
    """The same real figures, once as better when more, once as better when less."""
    catalogue = real.catalogue()
    turned = catalogue.indicators["contract_value"].model_copy(update={"direction": "down"})
    down = replace(catalogue, indicators={**catalogue.indicators, "contract_value": turned})
    annual = annual_results(real.figures(), catalogue)
    levels = with_context(annual[annual["indicator"] == "contract_value"], down)
    shown = series_of(spec("strip", indicators=("contract_value",)), levels, catalogue=down, focus=FOCUS)
    own = profile_rows(courses_of(shown, region=FOCUS)).iloc[0]
    assert own["rank"] == 31 - 7 + 1
    assert own["percentile"] == 20


def test_equal_figures_share_the_better_place():
    levels = real.levels("region | period | value\n110000 | 2024 | 9\n610000 | 2024 | 9\n510000 | 2024 | 5")
    shown = real.view(spec("strip"), levels).series
    field = profile_field(shown, profile_rows(courses_of(shown, region=FOCUS)), catalogue=real.catalogue())
    assert dict(zip(field["region"], field["percentile"], strict=True)) == {
        "110000": 100,
        "510000": 0,
        "610000": 100,
    }


def test_a_bound_stands_at_its_worst_possible_place_and_does_not_move():
    levels = real.levels(
        "region | period | value | qualifier\n110000 | 2023 | 9 | =\n610000 | 2023 | 10 | =\n510000 | 2023 | 5 | =\n"
        "110000 | 2024 | 9 | =\n610000 | 2024 | 8 | >\n510000 | 2024 | 5 | ="
    )
    shown = real.view(spec("strip", years=(2023, 2024)), levels).series
    own = profile_rows(courses_of(shown, region=FOCUS)).iloc[0]
    assert (own["rank"], own["rank_worst"], own["percentile"]) == (1, 2, 50)
    assert pd.isna(own["moved"])


def test_one_province_alone_has_no_percentile():
    levels = real.levels("region | period | value\n610000 | 2024 | 9")
    shown = real.view(spec("strip"), levels).series
    assert percentiles(shown.shown).isna().all()
    own = profile_rows(courses_of(shown, region=FOCUS))
    assert profile_field(shown, own, catalogue=real.catalogue()).empty


def test_a_city_has_its_figures_and_no_place():
    shown = real.view(spec("strip", "provinces,610100", range(2019, 2025), highlight="610100")).series
    own = profile_rows(courses_of(shown, region="610100"))
    assert (own["value"].tolist(), own["year"].tolist()) == ([2881.3], [2022])
    assert own["rank"].isna().all()
    assert profile_field(shown, own, catalogue=real.catalogue()).empty


def test_only_provinces_named_one_by_one_are_compared():
    regions = ("provinces", "west", FOCUS, "510000", "510100")
    assert compared_regions(regions, catalogue=real.catalogue(), highlight=FOCUS) == ("510000",)
