import pandas as pd
import pytest

from indicators.language.captions import change_sign, change_text, hover_text, place_text, region_name, series_scale
from indicators.model.series import rows_of
from indicators.tasks.instead import said_when_empty
from tests import real
from tests.real import spec

TWO = """
region | period | value   | status      | source
110000 | 2021   | 7005.65 | actual      | s02
610000 | 2021   | 2343.44 | provisional | s02
"""
CITY = "region | period | value | qualifier\n330100 | 2021 | 771.6 | =\n330100 | 2022 | 1000 | >"


def caption(view, levels=None):
    return real.view(view, levels).caption


def city(chart: str = "lines", **fields: object):
    levels = real.levels(CITY, basis="announced", source="brief-2023-01")
    return real.view(spec(chart, "330100", (2021, 2022), bases=("announced",), **fields), levels)


def test_the_subtitle_holds_indicator_basis_unit_and_period():
    assert caption(spec()).subtitle == "技术合同成交额 · 输出（卖方所在地） · 单位：亿元 · 2024年"
    assert caption(spec(language="en")).subtitle == (
        "Technology contract value · By seller's location · Unit: CNY billion · 2024"
    )


def test_the_footer_names_source_and_version():
    footer = caption(spec()).footer
    assert footer[0].startswith("来源：国家统计局")
    assert footer[-1] == "数据版本 r7（2025-01-02）· 秦创原战略研究院"


def test_missing_regions_are_listed():
    footer = caption(spec("ranking", "110000,610000,540000,630000", (2021,)), real.levels(TWO)).footer
    assert "无数据：西藏、青海" in footer


def test_provisional_figures_are_footnoted_with_region_and_year():
    footer = caption(spec("ranking", "110000,610000", (2021,)), real.levels(TWO)).footer
    assert "斜纹为初步数：陕西 2021" in footer


def test_an_unverified_figure_is_footnoted():
    footer = caption(spec("lines", "CHN", (2023, 2024))).footer
    assert any(line.startswith("待核：全国 2024") for line in footer)


def test_figures_of_the_brief_carry_the_internal_mark_and_others_do_not():
    assert "内部研究资料 请勿外传" in city().caption.footer
    assert "内部研究资料 请勿外传" not in caption(spec()).footer


def test_bounds_are_explained():
    assert any("只知界限" in line for line in city().caption.footer)
    assert not any("只知界限" in line for line in caption(spec()).footer)


def test_a_change_of_basis_is_footnoted():
    footer = caption(spec("lines", "610000", range(2018, 2023), indicators=("rd_intensity",))).footer
    assert any(line.startswith("R&D投入强度有口径变化，各段不可直接相比") for line in footer)


def test_the_map_says_that_it_draws_no_borders():
    assert any("方格图，不表示疆界" in line for line in caption(spec("map")).footer)


def test_the_denominator_is_named():
    assert any("年末常住人口" in line for line in caption(spec(measure="per_capita")).footer)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "measure", ["value", "growth", "cagr", "index", "share", "per_capita", "share_gdp", "rank", "gap"]
)
@pytest.mark.parametrize("chart", ["ranking", "map", "lines"])
def test_every_view_has_all_its_words(chart, measure, language):
    years = (2022, 2023, 2024) if chart == "lines" else (2024,)
    regions = "610000,110000" if chart == "lines" else "provinces"
    base = 2015 if measure in ("cagr", "index") else None
    words = caption(spec(chart, regions, years, measure=measure, base=base, language=language))
    for words_of in (words.title, words.subtitle, words.alt, *words.footer):
        assert words_of.strip()
        assert not {"{", "}", "nan", "None"} & {words_of, *words_of.split(), *words_of}
    assert words.title in words.alt


def test_alternative_text_tells_the_finding_and_the_extremes():
    assert caption(spec()).alt == (
        "排名。2024年陕西技术合同成交额居全国第7位。共31个地区有数据；首位：北京2024年9,153亿元；末位：西藏2024年14.79亿元。"
    )


def test_hover_tells_all_that_is_known():
    shown = real.view(spec("lines", "610000", (2020, 2021, 2022)))
    row = rows_of(shown.series.table)[-1]
    lines = hover_text(row, shown.series, series_scale(shown.series, real.catalogue()), real.catalogue()).split("<br>")
    assert lines[:4] == ["<b>陕西</b> 2022", "3,048.73亿元", "比上年 +30.1%", "全国第 5 位（31 个有数据的省份）"]
    assert lines[4] == "输出（卖方所在地）"
    assert "国家统计局" in lines[5]
    assert lines[6] == row["locator"]


def test_hover_keeps_a_bound_a_bound():
    shown = city()
    row = rows_of(shown.series.table)[-1]
    lines = hover_text(row, shown.series, series_scale(shown.series, real.catalogue()), real.catalogue()).split("<br>")
    assert lines[1:4] == ["＞1,000亿元", "超过", "比上年 ＞+29.6%"]


def test_hover_tells_why_there_is_no_value():
    shown = real.view(spec("ranking", "540000", (2012,)))
    row = rows_of(shown.series.table)[0]
    assert (
        hover_text(row, shown.series, series_scale(shown.series, real.catalogue()), real.catalogue())
        == "<b>西藏</b> 2012<br>无数据"
    )


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (17.178, "%", "+17.2%", "+17.2%"),
        (-0.08, "个百分点", "−0.08 个百分点", "−0.08 pp"),
        (0.15, "个百分点", "+0.15 个百分点", "+0.15 pp"),
    ],
)
def test_rates_change_by_percentage_points_and_quantities_by_percent(value, unit, zh, en):
    said = [change_text(value, unit, 4, catalogue=real.catalogue(), language=language) for language in ("zh", "en")]
    assert said == [zh, en]


def test_a_rise_to_ten_times_the_base_is_a_multiple_and_below_it_percent():
    def told(value):
        return change_text(value, "%", 4, catalogue=real.catalogue(), language="zh")

    assert [told(899.9), told(900), told(36875)] == ["+899.9%", "×10.0", "×369.8"]


@pytest.mark.parametrize(
    ("times", "digits", "zh", "en"),
    [
        (369.75, 1, "约×400", "≈×400"),  # Tibet's contracts: 0.04 in 2018, 14.79 in 2024
        (16.9161, 2, "约×17", "≈×17"),  # Guizhou's: 0.062 in 2000, 1.0488 in 2005
        (9444.677, 2, "约×9,400", "≈×9,400"),
        (340 / 20, 2, "×17", "×17"),
        (99.96, 3, "×100", "×100"),
        (17.38, 4, "×17.4", "×17.4"),
    ],
)
def test_a_multiple_has_no_more_digits_than_the_less_precise_of_its_figures(times, digits, zh, en):
    said = [
        change_text((times - 1) * 100, "%", digits, catalogue=real.catalogue(), language=language)
        for language in ("zh", "en")
    ]
    assert said == [zh, en]


@pytest.mark.parametrize(("best", "worst", "said"), [(6, 6, "6"), (6, 8, "6–8"), (float("nan"), float("nan"), "")])
def test_a_place_that_is_open_is_a_span(best, worst, said):
    assert place_text(best, worst, "zh") == said


def test_the_nation_is_named_in_both_languages():
    assert region_name("CHN", real.catalogue(), "zh") == "全国"
    assert region_name("CHN", real.catalogue(), "en")
    assert not pd.isna(region_name("610000", real.catalogue(), "en"))


def test_the_footer_cites_what_a_figure_is_divided_by():
    footer = real.view(spec("ranking", "provinces", (2023,), measure="share_gdp")).caption.footer
    assert "技术市场成交额" in footer[0]
    assert "生产总值" in footer[0]


UPLOADED = """
region | period | value   | locator
610000 | 2021   | 2343.44 | 技术市场成交额（亿元）
110000 | 2021   | 7005.7  | 更正.xlsx!成交额!C4
"""


def test_a_figure_from_an_uploaded_workbook_is_told_under_the_publication_that_it_stands_under():
    footer = caption(spec(years=(2021,)), real.levels(UPLOADED)).footer
    assert footer[1] == "其中 1 个数录自上传的工作簿（更正.xlsx）"


def test_a_target_of_an_internal_source_is_cited_and_marked():
    footer = caption(spec("lines", "500000,610000", range(2015, 2025))).footer
    assert "秦创原战略研究院工作简报" in footer[0]
    assert "内部研究资料 请勿外传" in footer


PAIR = ("rd_expenditure", "contract_value")


def test_a_table_of_two_indicators_judges_the_basis_of_each_by_itself():
    words = real.view(spec("table", indicators=PAIR, years=(2023,))).caption
    assert not any("口径不同" in line for line in words.footer)
    assert words.title == "2023年31个地区2项指标"
    assert "R&D经费：首位广东2023年4,803亿元，末位西藏2023年7.2亿元；技术合同成交额：首位北京" in words.alt


def test_a_scatter_names_its_year_its_paths_and_its_size():
    pair = spec("scatter", indicators=(*PAIR, "gdp"), years=range(2010, 2025), highlight="610000")
    words = real.view(pair).caption
    assert words.subtitle == "R&D经费、技术合同成交额 · 2024年 · 轨迹2010—2024年 · 面积为地区生产总值(现价)"
    assert "轨迹" not in real.view(pair.but(years=(2024,))).caption.subtitle


def test_a_scatter_says_both_extremes_and_the_coefficients_to_those_who_do_not_see_it():
    assert real.view(spec("scatter", indicators=PAIR)).caption.alt == (
        "散点图。2024年R&D经费与技术合同成交额的相关系数为0.68（31地）。共31个地区。"
        "R&D经费：首位广东2024年5,100亿元，末位西藏2024年7.9亿元；"
        "技术合同成交额：首位北京2024年9,153亿元，末位西藏2024年14.79亿元。"
        "Pearson r = 0.68、Spearman ρ = 0.89、n = 31。"
    )


def test_regions_and_years_without_a_pair_stand_under_a_scatter():
    own = real.levels("""
        indicator      | region | period | value   | basis
        rd_expenditure | 610000 | 2022   | 769.6   |
        rd_expenditure | 610000 | 2024   | 926.2   |
        contract_value | 610000 | 2022   | 3048.74 | seller
        contract_value | 610000 | 2023   | 4120.9  | seller
        contract_value | 610000 | 2024   | 4825.91 | seller
        contract_value | 540000 | 2024   | 14.79   | seller
    """)
    pair = spec("scatter", "610000,540000", range(2022, 2025), indicators=PAIR, highlight="610000")
    footer = real.view(pair, own).caption.footer
    assert "2024年 R&D经费 无数据：西藏" in footer
    assert "轨迹缺年份：陕西 2023" in footer


def test_targets_and_the_range_of_provinces_are_explained_where_they_are_drawn():
    trend = spec("lines", "610000", range(2015, 2025), highlight="610000")
    plain, band = (real.view(trend.but(reference=reference)).caption for reference in (None, "band"))
    assert "灰底为各省最低至最高，深灰为居中的一半省份，虚线为中位数（2024年31个省份）" in band.footer
    assert band.alt.endswith("背景为31个省份的范围：2024年最低14.79亿元，中位数1,518亿元，最高9,153亿元。")
    assert "省份的范围" not in plain.alt
    growing = real.view(trend.but(reference="band", measure="growth")).caption
    assert not any("最低至最高" in line for line in growing.footer)


def test_a_target_drawn_is_explained():
    words = "虚线空心圆为目标，不是结果"
    assert words in caption(spec("lines", "500000,610000", range(2015, 2025))).footer
    assert words not in caption(spec("lines", "610000", range(2015, 2025))).footer


def test_average_growth_over_the_years_names_all_the_years_drawn():
    trend = spec("lines", "610000", range(2015, 2025), measure="cagr", base=2015)
    assert real.view(trend).caption.subtitle.endswith("2015年起年均增长 · 单位：% · 2016—2024年")
    assert real.view(spec("ranking", measure="cagr", base=2015)).caption.subtitle.endswith("2024年")


def test_a_slope_names_regions_whose_earlier_figure_does_not_compare():
    view = real.view(spec("slope", years=(2013, 2024)))
    assert "缺上期或基期数：西藏" in view.caption.footer


@pytest.mark.parametrize("chart", ["ranking", "change", "slope", "heat", "multiples", "table"])
def test_a_chart_cut_to_the_first_few_says_so(chart):
    years = (2024,) if chart == "ranking" else (2019, 2024)
    assert real.view(spec(chart, years=years, top=10)).caption.subtitle.endswith("前10位")
    assert "前10位" not in real.view(spec("map", top=10)).caption.subtitle


def test_a_region_that_has_a_figure_on_another_basis_is_never_said_to_have_none():
    for chart in ("ranking", "map", "table", "heat", "lines"):
        years = (2021,) if chart in ("ranking", "map", "table") else range(2010, 2025)
        footer = caption(spec(chart, "330100,110000,610000", years)).footer
        assert "口径不同（为“公布数（口径未说明）”），未列入：杭州" in footer
        assert not any(line.startswith("无数据") for line in footer)
    english = caption(spec("ranking", "330100,610000", (2021,), language="en")).footer
    assert 'Other definition ("As announced"), left out: Hangzhou' in english


def test_figures_of_a_date_a_span_or_a_target_are_told_as_such_and_not_as_nothing():
    cities = caption(spec("ranking", "340100,510100,610100", (2023,), indicators=("hightech_enterprises",))).footer
    assert "只有时点的数（2023年2月），不是年度数，未列入：成都" in cities
    assert "无数据：西安" in cities
    rates = caption(spec("lines", "310000,CHN", (2011,), indicators=("conversion_rate",))).footer
    assert "只有时间段的数（1998年—2015年），不是年度数，未列入：上海" in rates
    targets = caption(spec("ranking", "500000", (2025,), indicators=("technology_managers",))).footer
    assert "只有目标（2025年），没有结果：重庆" in targets


def test_where_only_a_target_is_known_nothing_else_is_claimed():
    view = real.view(spec("lines", "500000", range(2010, 2025), indicators=("technology_managers",)))
    assert "只有目标，没有结果：重庆" in view.caption.footer
    assert not any("无数据" in line or "虚线空心圆" in line for line in view.caption.footer)


@pytest.mark.parametrize("chart", ["ranking", "map", "change", "slope"])
def test_a_comparison_that_is_not_drawn_is_not_announced(chart):
    words = caption(spec(chart, years=(2018, 2024), indicators=("rd_intensity",)))
    assert words.subtitle.endswith(" · 2024年")
    assert not any("有口径变化，各段" in line for line in words.footer)
    told = "未与2018年对比：口径变化，不可比（四经普修订前、五经普修订后）"
    assert [line for line in words.footer if "不可比" in line] == ([] if chart == "map" else [told])


def test_two_years_that_do_not_compare_stand_side_by_side_in_a_table_and_are_said_not_to():
    words = caption(spec("table", years=(2018, 2024), indicators=("rd_intensity",)))
    assert words.subtitle.endswith(" · 2024年，并列2018年（不可比）")
    assert any("有口径变化，各段不可直接相比" in line for line in words.footer)


def test_an_earlier_year_is_compared_on_the_basis_of_the_later_one():
    words = caption(spec("change", years=(2023, 2024), indicators=("rd_intensity",)))
    assert words.title == "2023—2024年陕西R&D投入强度上升0.12个百分点，升幅居31地第8位"
    assert words.subtitle.endswith("2024年，对比2023年")
    assert caption(spec("change", years=(2018, 2024), indicators=("rd_intensity",))).title == (
        "2018年和2024年R&D投入强度没有可比的数"
    )


def test_a_multiple_behind_a_mark_is_explained_where_there_is_one():
    told = "×为2018年的多少倍：升到十倍及以上不用百分比"
    assert told in caption(spec("change", years=(2018, 2024))).footer
    assert told in caption(spec("ranking", years=(2018, 2024))).footer
    assert told not in caption(spec("map", years=(2018, 2024))).footer
    assert not any("×" in line for line in caption(spec("change", years=(2022, 2024))).footer)


def test_what_is_empty_on_one_basis_only_says_so():
    view = real.view(spec("lines", "330100", range(2010, 2025)))
    assert view.caption.title == "技术合同成交额：所选口径没有数据，另有其他口径的数"
    assert said_when_empty(view, real.all_levels().query("indicator == 'contract_value'")) == (
        "“技术合同成交额”在所选地区只有口径为“公布数（口径未说明）”的数，请改选统计口径。"
    )
    targets = real.view(spec("lines", "500000", range(2010, 2025), indicators=("technology_managers",)))
    assert targets.caption.title == "技术经理人数：只有目标，没有结果"


def test_a_name_within_an_english_sentence_has_no_capital_unless_it_is_an_abbreviation():
    pair = spec("scatter", indicators=("rd_expenditure", "contract_value", "gdp"), language="en")
    view = real.view(pair)
    assert view.caption.title == "R&D expenditure and tech contract value, 2024: correlation 0.68 over 31 regions"
    assert view.caption.subtitle.startswith("R&D expenditure, tech contract value · ")
    assert view.caption.subtitle.endswith("area: GRP, current prices")
    assert "in 2024, R&D expenditure and tech contract value correlate" in view.sentences
    turned = real.view(pair.but(indicators=("contract_value", "rd_expenditure")))
    assert turned.caption.title.startswith("Tech contract value and R&D expenditure, 2024")
    assert "in 2024, tech contract value and R&D expenditure correlate" in turned.sentences
    several = real.view(
        spec("lines", indicators=("contract_value", "contract_count"), years=(2023, 2024), language="en")
    )
    assert several.caption.subtitle.startswith("Tech contract value, tech contracts · ")


@pytest.mark.parametrize(
    ("change", "unit", "sign"),
    [(17.2, "%", "▲"), (-0.06, "%", "▼"), (0.03, "%", "≈"), (0.0, "%", "＝"), (0.01, "个百分点", "▲")],
)
def test_the_sign_before_a_change_is_that_of_the_printed_one(change, unit, sign):
    assert change_sign(pd.Series({"change": change, "change_unit": unit})) == sign


def test_average_growth_is_compared_with_the_year_that_it_starts_from():
    footer = caption(spec(years=(2018, 2024), measure="cagr", base=2018)).footer
    assert not any(line.startswith("未与2018年对比") for line in footer)


def test_a_caveat_of_one_of_several_indicators_says_whose_it_is():
    pair = ("rd_expenditure", "contract_value")
    assert "技术合同成交额：单一来源（2024年只有平台导出一份）" in caption(spec("scatter", indicators=pair)).footer
    english = caption(spec("scatter", indicators=pair, language="en")).footer
    assert "Tech contract value: Single source (one platform export only for 2024)" in english
    assert "单一来源（2024年只有平台导出一份）" in caption(spec()).footer


def test_a_change_between_two_years_counts_the_regions_that_have_both():
    view = spec("change", "countries", (2011, 2021), indicators=("rd_gdp_international",))
    compared = real.view(view)
    assert "16个地区比较" in compared.caption.title  # of 17 in 2021, Switzerland has no figure of 2011
    assert "在16个可比的地区中" in compared.sentences


def test_the_sign_of_a_multiple_is_explained_only_where_one_is_drawn():
    def has_note(**fields: object) -> bool:
        view = spec("slope", years=(2019, 2024), highlight="610000", **fields)
        return any(line.startswith("×为2019年的多少倍") for line in real.view(view).caption.footer)

    assert has_note()  # Jiangxi has 17.4 times as much
    assert not has_note(top=5)
