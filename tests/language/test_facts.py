"""Single figures in words, from the brief as it is printed."""

import pytest

from indicators.language.facts import Fact
from indicators.language.periods import period_in_words
from indicators.tasks.facts import worded_facts
from tests import real


def fact(indicator: str, region: str, language: str = "zh", **more: str) -> Fact:
    rows = real.figures()
    keeps = (rows["indicator"] == indicator) & (rows["region"] == region) & (rows["source"] == "brief-2023-01")
    for column, value in more.items():
        keeps &= rows[column] == value
    (only,) = worded_facts(rows[keeps], real.catalogue(), language)
    return only


def test_a_fact_says_what_how_much_of_whom_when_and_where_it_is_printed():
    said = fact("fund_invested", "610000")
    assert said.name == real.catalogue().indicators["fund_invested"].name_zh
    assert (said.amount, said.place, said.subject) == ("20.41亿元", "陕西", "秦创原系列科创基金")
    assert (said.when, said.printed, said.locator) == ("2022年", "投资 20.41 亿元", "四（八）2 第6段")
    assert said.source.startswith("秦创原战略研究院，")
    assert (said.is_internal, said.doubt) == (True, "")


def test_a_bound_is_said_in_words():
    assert fact("results_separately_managed", "610000").amount == "超过 38,000项"
    assert fact("professionals", "610000").amount == "不少于 100万人"
    assert fact("months_to_production", "610000", "en").amount.startswith("less than 2 ")


def test_where_there_is_no_number_the_printed_phrase_stands_for_it():
    assert fact("projects_landed", "610000").amount == "“十几个重点项目”"


@pytest.mark.parametrize(
    ("indicator", "region", "period", "doubt"),
    [
        ("sensor_capacity", "XIXIAN", "2024", "目标，不是结果"),
        ("tailings_use_rate", "611000", "2023-04", "待核实"),
        ("rd_expenditure", "330100", "2017", "推算，非原文数"),
        ("pilot_bases_added", "340100", "2022", "初步数"),
    ],
)
def test_what_is_no_final_result_says_so(indicator, region, period, doubt):
    assert fact(indicator, region, period=period).doubt == doubt


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2021", "2021年", "2021"),
        ("2023-04", "2023年4月", "Apr 2023"),
        ("2022-11-30", "2022年11月30日", "Nov 30, 2022"),
        ("2023-Q1", "2023年第1季度", "Q1 2023"),
        ("2012/2021", "2012年—2021年", "2012 – 2021"),
        ("2022-01/2023-01", "2022年1月—2023年1月", "Jan 2022 – Jan 2023"),
    ],
)
def test_periods_are_said_as_people_say_them(period, zh, en):
    assert (period_in_words(period, "zh"), period_in_words(period, "en")) == (zh, en)


def test_every_fact_of_the_brief_has_words_in_both_languages():
    rows = real.figures()
    brief = rows[rows["source"] == "brief-2023-01"]
    for language in ("zh", "en"):
        said = worded_facts(brief, real.catalogue(), language)
        assert len(said) == len(brief) == 210
        assert all(f.name and f.amount and f.place and f.when and f.source and f.locator for f in said)
