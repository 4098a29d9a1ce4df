import pytest

from indicators.language.captions import finding_text
from indicators.model.sentence import Finding, finding
from tests import real
from tests.real import spec

FIVE = """
region | period | value
110000 | 2024   | 9153.26
420000 | 2024   | 5462.45
320000 | 2024   | 5019.14
330000 | 2024   | 5015.22
610000 | 2024   | 4825.91
"""
ASKED = "110000,420000,320000,330000,610000"


def found(view, levels=None) -> Finding:
    return finding(real.view(view, levels).series, catalogue=real.catalogue(), focus=real.FOCUS)


def said(view, levels=None) -> str:
    shown = real.view(view, levels)
    return finding_text(found(view, levels), shown.series, real.catalogue())


def test_a_ranking_tells_the_place_of_the_focus_region():
    assert found(spec()) == Finding("standing", "contract_value", "610000", 2024, place=7, among=31, group="provinces")
    assert said(spec()) == "2024年陕西技术合同成交额居全国第7位"


def test_another_region_can_be_highlighted():
    assert said(spec(highlight="110000")) == "2024年北京技术合同成交额居全国第1位"


def test_a_place_among_some_regions_claims_no_more_than_them():
    assert said(spec("ranking", ASKED), real.levels(FIVE)) == "2024年陕西技术合同成交额居所选5地第5位"
    assert said(spec("ranking", "northwest")).startswith("2024年陕西技术合同成交额居西北")


def test_with_gaps_the_place_is_among_the_regions_that_have_a_figure():
    assert said(spec(), real.levels(FIVE)) == "2024年陕西技术合同成交额在5个有数据的地区中居第5位"


def test_a_shared_place_is_not_called_national_where_figures_are_missing():
    levels = real.levels(FIVE.replace("5015.22", "4825.91"))
    assert said(spec(), levels) == "2024年陕西技术合同成交额并列所选5地第4位"


def test_a_place_that_depends_on_a_bound_is_at_least_that_place():
    levels = real.levels("""
        region | period | value   | qualifier
        110000 | 2024   | 9153.26 | =
        420000 | 2024   | 4000    | >
        610000 | 2024   | 4825.91 | =
    """)
    assert found(spec("ranking", "110000,420000,610000"), levels) == Finding(
        "standing_at_least", "contract_value", "610000", 2024, place=3, among=3
    )


def test_without_the_focus_region_the_leader_is_named():
    assert said(spec("ranking", "110000,420000"), real.levels(FIVE)) == "2024年技术合同成交额：北京居首"


def test_a_single_region_is_told_with_its_value():
    assert said(spec("ranking", "610000"), real.levels(FIVE)) == "2024年陕西技术合同成交额为4,826亿元"


def test_nothing_drawn_is_said_to_be_nothing():
    assert found(spec("ranking", "540000"), real.levels(FIVE)).code == "none"


TREND = """
region | period | value
610000 | 2020   | 1758.72
610000 | 2021   | 2343.44
610000 | 2022   | 3048.73
610000 | 2023   | 4118.46
"""
TRENDS = {
    "value": "2020—2023年陕西技术合同成交额年均增长32.8%",
    "growth": "2023年陕西技术合同成交额同比增长35.1%",
    "cagr": "2020—2023年陕西技术合同成交额年均增长32.8%",
    "index": "2023年陕西技术合同成交额为2020年的2.34倍",
}


@pytest.mark.parametrize(("measure", "sentence"), TRENDS.items())
def test_a_trend_tells_how_far_it_came(measure, sentence):
    assert said(spec("lines", "610000", range(2020, 2024), measure=measure), real.levels(TREND)) == sentence


def test_a_place_that_falls_is_told_with_both_places():
    view = spec("lines", "610000", range(2020, 2025), measure="rank")
    assert said(view) == "陕西技术合同成交额全国位次由2020年第5位降至2024年第7位"


def test_a_ratio_moves_by_percentage_points_within_its_last_basis():
    view = spec("lines", "610000", range(2018, 2023), indicators=("rd_intensity",))
    assert found(view).start == 2019
    assert said(view) == "2019—2022年陕西R&D投入强度上升0.08个百分点"


def test_a_fall_is_a_fall():
    view = spec("lines", "440000", (2022, 2023, 2024), highlight="440000")
    assert said(view) == "2022—2024年广东技术合同成交额年均下降28.5%"


BOUND = """
region | period | value | qualifier
330100 | 2017   | 203.6 | ~
330100 | 2021   | 771.6 | =
330100 | 2022   | 1000  | >
"""


def bound(measure: str = "value", drawing: str = BOUND, **fields: object) -> str:
    view = spec("lines", "330100", (2017, 2021, 2022), bases=("announced",), measure=measure, **fields)
    return said(view, real.levels(drawing, basis="announced"))


def test_a_bound_is_said_as_a_bound_and_not_as_a_growth():
    assert bound() == "2022年杭州技术合同成交额超过1,000亿元"


def test_growth_to_a_bound_is_a_bound():
    assert bound("growth") == "2022年杭州技术合同成交额增速超过29.6%"


def test_a_bounded_fall_is_not_said_to_be_a_fall_by_more():
    assert bound("growth", BOUND.replace("1000 ", "700 ")) == "2022年杭州技术合同成交额增速超过−9.28%"


def test_an_index_to_a_bound_is_a_bound_rounded_to_the_side_on_which_it_holds():
    assert bound("index", base=2021) == "2022年杭州技术合同成交额超过2021年的1.29倍"


def test_an_approximate_start_gives_no_average_growth():
    drawing = BOUND.replace("\n330100 | 2022   | 1000  | >", "")
    assert bound(drawing=drawing) == "2021年杭州技术合同成交额为771.6亿元"


def test_a_map_names_its_three_leaders():
    levels = real.levels(FIVE)
    assert found(spec("map", ASKED), levels) == Finding(
        "leaders", "contract_value", year=2024, leaders=("110000", "420000", "320000")
    )


def test_several_indicators_are_told_by_how_many_rose_where_all_can_be_told():
    pair = ("contract_value", "rd_expenditure")
    assert said(spec("lines", "610000", range(2020, 2024), indicators=pair)) == "2020—2023年陕西2项指标全部上升"
    three = spec("lines", "610000", range(2021, 2025), indicators=(*pair, "patents_granted"))
    assert said(three) == "2021—2024年陕西3项指标2升1降"
    assert said(three.but(regions=("610000", "510000"))).startswith("2021—2024年2个地区的3项指标：")
    over_a_break = spec("lines", "610000", range(2015, 2025), indicators=("contract_value", "rd_intensity"))
    assert said(over_a_break) == "2015—2024年陕西2项指标走势"
    assert said(three.but(measure="growth")) == "2021—2024年陕西3项指标走势"


def test_who_leads_by_all_indicators_of_a_year_is_the_title_and_the_nation_never():
    three = ("contract_value", "rd_expenditure", "patents_granted")
    view = spec("table", "610000,510000,110000,CHN", (2024,), indicators=three)
    assert said(view) == "2024年3项指标都是北京居首（3个地区）"
    assert said(view.but(regions=("610000", "510000"), indicators=three[:2])) == "2024年陕西、四川2项指标"


def test_nobody_leads_by_all_indicators_where_they_are_not_of_the_same_regions():
    pair = ("contract_value", "rd_expenditure")
    city = spec("table", "110000,610000,610100", (2021,), indicators=pair)  # Xi'an has no R&D of that year
    assert said(city) == "2021年北京、陕西、西安2项指标"


def test_an_indicator_without_figures_is_not_counted():
    three = ("contract_value", "rd_intensity", "hightech_enterprises")
    assert said(spec("lines", "610000", range(2010, 2025), indicators=three)) == "2010—2024年陕西2项指标走势"


def test_two_regions_that_share_the_first_place_are_both_named():
    levels = real.levels("region | period | value\n110000 | 2021 | 9\n310000 | 2021 | 9\n540000 | 2021 | 1")
    assert said(spec("ranking", "110000,310000,540000", (2021,)), levels) == "2021年技术合同成交额：北京、上海并列居首"


def test_a_place_that_is_an_indicator_rises_when_its_number_falls():
    course = spec("lines", "330100", tuple(range(2017, 2022)), indicators=("contract_output_rank",))
    assert said(course) == "杭州技术输出全国位次由2017年第13位升至2021年第8位"


def test_a_gap_counts_who_is_ahead_and_is_never_told_as_the_value():
    levels = real.levels("region | period | value\n110000 | 2021 | 9\n610000 | 2021 | 5\n540000 | 2021 | 1")
    assert said(spec("ranking", "110000,610000,540000", (2021,), measure="gap"), levels) == (
        "2021年3个地区中有1个技术合同成交额高于陕西"
    )
    assert said(spec("ranking", "110000,610000", (2021,), measure="gap", highlight="110000"), levels) == (
        "2021年2个地区中没有技术合同成交额高于北京的"
    )
    alone = spec("ranking", "110000", (2021,), measure="gap", highlight="610000")
    assert said(alone, levels) == "2021年北京技术合同成交额与陕西之差为+4亿元"


def test_announced_figures_of_several_places_have_no_places():
    announced = spec("ranking", "330100,370100", (2021,), bases=("announced",))
    assert said(announced) == "2021年技术合同成交额：2个地区比较"


def test_the_title_follows_a_region_that_has_figures():
    course = spec("lines", "510100,370100", tuple(range(2010, 2025)), bases=("announced",), highlight="510100")
    assert said(course) == "2021年济南技术合同成交额为473.5亿元"


def test_an_index_ends_where_its_definition_does():
    course = spec("lines", "610000", tuple(range(2000, 2025)), indicators=("population",), measure="index", base=2000)
    assert said(course) == "2010年陕西年末常住人口为2000年的1.02倍"


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        ("value", "2019—2024年陕西技术合同成交额增长228.9%，升幅居31地第17位"),
        ("growth", "2019—2024年陕西技术合同成交额增速下降13.2个百分点，变动居31地第19位"),
        ("share", "2019—2024年陕西技术合同成交额占全国比重上升0.51个百分点，升幅居31地第12位"),
        ("per_capita", "2019—2024年陕西每万人技术合同成交额增长228.1%，升幅居31地第17位"),
        ("share_gdp", "2019—2024年陕西技术合同成交额与地区生产总值之比上升8.02个百分点，升幅居31地第1位"),
        ("rank", "陕西技术合同成交额全国位次由2019年第4位降至2024年第7位"),
        ("gap", "2024年31个地区中有6个技术合同成交额高于陕西"),
    ],
)
def test_two_years_tell_the_move_of_what_is_drawn(measure, sentence):
    assert real.view(spec("change", years=(2019, 2024), measure=measure)).caption.title == sentence


def test_places_on_two_definitions_are_no_rise_and_no_fall():
    view = real.view(spec("change", years=(2018, 2024), measure="rank", indicators=("rd_intensity",)))
    assert "由2018年" not in view.caption.title


def test_the_coefficient_of_logarithms_is_called_so():
    pair = spec("scatter", indicators=("rd_expenditure", "contract_value"), scale="log")
    assert real.view(pair).caption.title == "2024年R&D经费与技术合同成交额取对数后的相关系数为0.91（31地）"


def test_what_a_figure_is_divided_by_is_said_once_in_a_title():
    course = spec("lines", "610000", tuple(range(2015, 2025)), measure="per_capita")
    assert said(course) == "2024年陕西每万人技术合同成交额为1.221亿元"
    assert said(course.but(language="en")) == (
        "Tech contract value per 10,000 residents: CNY 122.1 million in Shaanxi, 2024"
    )
    alone = spec("ranking", "610000", measure="per_capita")
    assert said(alone) == "2024年陕西每万人技术合同成交额为1.221亿元"


def test_a_choice_without_figures_is_not_called_a_comparison():
    cities = spec("slope", "330100,610100", (2008, 2023), indicators=("hightech_mfg_profit",))
    assert said(cities) == "高技术制造业利润：所选范围没有数据"


def test_the_distance_of_a_region_to_itself_is_no_title():
    assert said(spec("heat", "west", (2010, 2018), measure="gap")) == "2018年12个地区中没有技术合同成交额高于陕西的"


def test_one_indicator_is_one_in_english():
    course = spec("lines", "610000", (2024,), indicators=("rd_expenditure", "contract_value_absorbed"), language="en")
    assert said(course) == "Shaanxi: 1 indicator, 2024"


def test_a_group_is_named_as_a_place_in_english():
    west = spec("ranking", "west", (2008,), indicators=("budget_expenditure",), language="en")
    assert said(west) == "Local budget spending: Shaanxi ranked 4th in the Western region in 2008"


def test_one_region_alone_is_no_comparison():
    alone = spec("slope", "610000", (2018, 2023), indicators=("contract_value",), highlight="110000")
    assert said(alone) == "2023年陕西技术合同成交额为4,118亿元"
