import pytest

from indicators.tasks.instead import said_instead
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


@pytest.mark.parametrize("chart", ["change", "slope", "heat", "multiples"])
def test_one_year_is_no_change(chart):
    own = "region | period | value\n610000 | 2022 | 3048.735"
    assert "只有一年的数" in said(chart, (2022,), own)


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
