import pytest

from indicators.tasks.instead import nearest_choice, said_instead, said_when_empty
from tests import real
from tests.real import spec


def said(chart: str, years, own: str | None = None, regions: str = "provinces", **fields: object) -> str:
    asked = spec(chart, regions, years, **fields)
    levels = real.all_levels() if own is None else real.levels(own)
    return said_instead(real.view(asked, levels), levels[levels["indicator"] == asked.indicators[0]])


@pytest.mark.parametrize("chart", ["change", "slope"])
def test_two_years_on_one_definition_are_drawn(chart):
    assert said(chart, (2019, 2024)) == ""
    assert said(chart, (2019, 2024), measure="gap") == ""


@pytest.mark.parametrize("chart", ["change", "slope"])
def test_two_years_on_two_definitions_are_not_and_those_that_compare_are_named(chart):
    words = said(chart, (2018, 2023), indicators=("rd_intensity",))
    assert "口径变化" in words
    assert "从2019年起" in words


@pytest.mark.parametrize("chart", ["heat", "multiples"])
def test_one_year_is_no_course(chart):
    own = "region | period | value\n610000 | 2022 | 3048.735"
    assert "只有一年的数" in said(chart, (2022,), own)


@pytest.mark.parametrize("chart", ["change", "slope"])
def test_a_first_year_has_none_to_compare_with_and_no_change_is_claimed(chart):
    assert "“技术合同成交额”没有2000年之前的可比年份" in said(chart, (2000,))
    view = real.view(spec(chart, years=(2000,)))
    assert view.caption.title == "2000年陕西技术合同成交额在28个有数据的地区中居第18位"
    assert "持平" not in view.caption.title + view.sentences + view.caption.alt


def test_average_growth_is_a_change_already():
    assert "年均增速本身" in said("change", (2019, 2024), measure="cagr", base=2015)


def test_a_bound_alone_says_that_it_is_not_exact():
    own = "region | period | value | qualifier\n610000 | 2018 | 1125 | =\n610000 | 2023 | 4118 | >"
    assert "不是确数" in said("change", (2018, 2023), own, "610000")


@pytest.mark.parametrize("chart", ["heat", "multiples"])
def test_many_years_show_one_indicator(chart):
    assert "一次只画一项指标" in said(chart, range(2019, 2023), indicators=("contract_value", "rd_expenditure"))
    assert said(chart, range(2019, 2023)) == ""


@pytest.mark.parametrize("chart", ["ranking", "map", "lines", "table"])
def test_other_charts_speak_for_themselves(chart):
    assert said(chart, (2024,)) == ""


def empty(regions: str, years=(2020, 2021, 2022), **fields: object):
    view = real.view(spec("lines", regions, years, **fields))
    levels = real.all_levels()
    return view, levels[levels["indicator"] == view.spec.indicators[0]]


def test_a_place_with_a_target_only_says_so_and_offers_the_nearest_with_results():
    view, levels = empty("340100", (2023,), indicators=("pilot_bases_added",), highlight="340100")
    assert view.is_empty
    assert "只有目标（合肥2023年" in said_when_empty(view, levels)
    nearest = nearest_choice(view, levels)
    assert (nearest.regions, nearest.years) == (("340100",), (2021, 2022))
    view, levels = empty("340100", (2023,), indicators=("poc_centres",))
    assert "只有目标" in said_when_empty(view, levels)
    assert nearest_choice(view, levels) is None


def test_years_without_figures_lead_to_those_with():
    view, levels = empty("310000", (1999,))
    assert "所选范围没有可显示的数据" in said_when_empty(view, levels)
    nearest = nearest_choice(view, levels)
    assert (nearest.regions, nearest.years[0], nearest.years[-1]) == (("310000",), 2000, 2024)
    assert not real.view(nearest).is_empty


def test_a_measure_that_leaves_nothing_is_named_with_its_reason_and_base_year():
    view, levels = empty("610000", measure="cagr", base=2024)
    assert said_when_empty(view, levels).endswith("也可把算法由“年均增速”（不适用、基期为2024年）改回“数值”。")
    plain, levels = empty("810000")
    assert "数值" not in said_when_empty(plain, levels)


def test_a_city_without_figures_leads_to_its_province():
    view, levels = empty("610100", indicators=("patents_granted",))
    assert view.is_empty
    nearest = nearest_choice(view, levels)
    assert (nearest.regions, nearest.years) == (("610000",), (2020, 2021, 2022))
    assert not real.view(nearest).is_empty


def test_a_place_that_the_nation_does_not_count_leads_to_the_region_in_focus_or_to_all_provinces():
    view, levels = empty("810000")
    nearest = nearest_choice(view, levels)
    assert (nearest.regions, nearest.years) == (("610000",), (2020, 2021, 2022))
    beside = real.view(spec("ranking", "710000,810000", (2024,)))
    assert beside.is_empty
    assert nearest_choice(beside, levels).regions == ("provinces",)


def test_a_definition_without_figures_leads_to_the_official_one():
    view, levels = empty("610000", bases=("announced",))
    assert view.is_empty
    nearest = nearest_choice(view, levels)
    assert (nearest.regions, nearest.bases) == (("610000",), ())
    assert not real.view(nearest).is_empty


def test_years_on_another_denominator_do_not_lead_to_the_very_year_that_was_asked_for():
    words = said("slope", (2010, 2024), measure="per_capita")
    assert words.startswith("没有一个地区在2010年和2024年都有可比的数（口径变化，不可比")
    assert "可把对比年份改为" not in words
