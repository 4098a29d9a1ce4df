"""Periods as people print them, and years that titles mention."""

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.model.period import parse_period
from indicators.workbook.years import (
    PeriodFound,
    edition_years_in,
    is_until,
    part_in,
    part_of,
    parts_in,
    period_of,
    years_in,
)


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        (2018, "2018"),
        (2018.0, "2018"),
        ("2018", "2018"),
        ("'2018", "2018"),
        ("2018年", "2018"),
        ("2018 年", "2018"),
        ("２０１８年", "2018"),
        ("二〇一八年", "2018"),
        ("二零一八年", "2018"),
        ("2018年度", "2018"),
        ("2012-2021年", "2012/2021"),
        ("2012—2021", "2012/2021"),
        ("2012年至2021年", "2012/2021"),
        ("2012/2021", "2012/2021"),
        ("2023年一季度", "2023-Q1"),
        ("2023年第1季度", "2023-Q1"),
        ("2023年第一季度", "2023-Q1"),
        ("2023Q1", "2023-Q1"),
        ("Q1 2023", "2023-Q1"),
        ("2023年前三季度", "2023-Q1/2023-Q3"),
        ("2023年1-3季度", "2023-Q1/2023-Q3"),
        ("2023年一至四季度", "2023"),
        ("2023年上半年", "2023-01/2023-06"),
        ("2023年3月", "2023-03"),
        ("2023-01", "2023-01"),
        ("2023年1-6月", "2023-01/2023-06"),
        ("2023年1—12月", "2023"),
        ("2023-03-14", "2023-03-14"),
        ("2023年3月14日", "2023-03-14"),
        (date(2023, 3, 14), "2023-03-14"),
    ],
)
def test_a_cell_that_names_a_period(cell, period):
    assert period_of(cell) == PeriodFound(period)


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2018年末", "2018"),
        ("2018年底", "2018"),
        ("截至2018年底", "2018"),
        ("截至 2018 年 6 月 底", "2018-06"),
        (datetime(2018, 1, 1), "2018"),
        (date(2018, 12, 31), "2018"),
        ("2018-12-31 00:00:00", "2018"),
        ("2018-12-31", "2018"),
        ("2018/1/1", "2018"),
        ("2010-11", "2010-11"),
    ],
)
def test_a_period_that_was_printed_otherwise_is_flagged(cell, period):
    assert period_of(cell) == PeriodFound(period, approximate=True)


@pytest.mark.parametrize(("cell", "marks"), [("2018①", ("①",)), ("2018年*", ("*",)), ("2018 [1]", ("[1]",))])
def test_footnote_marks_are_no_digits_of_the_year(cell, marks):
    assert period_of(cell) == PeriodFound("2018", marks)


@pytest.mark.parametrize(
    "cell",
    [
        None,
        True,
        2013.5,
        math.nan,
        math.inf,
        1234,
        2101,
        610000,
        "2013.5",
        "2023.10",
        "20181",
        "98年",
        "1-6月",
        "",
        "年",
        "2014年为2013年%",
        "2020年比2019年增长",
        "2018年数据",
        "2018 2019",
        "2021-2012",
        "2023-13",
        "2023年2月30日",
    ],
)
def test_more_or_less_than_a_period_is_none(cell):
    assert period_of(cell) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("一季度", "{y}-Q1"),
        ("第 3 季度", "{y}-Q3"),
        ("Q2", "{y}-Q2"),
        ("上半年", "{y}-01/{y}-06"),
        ("前三季度", "{y}-Q1/{y}-Q3"),
        ("1-2季度", "{y}-Q1/{y}-Q2"),
        ("1-4季度", "{y}"),
        ("1-6月", "{y}-01/{y}-06"),
        ("3月", "{y}-03"),
        ("1-12月", "{y}"),
        ("全年", "{y}"),
        ("本年实际", "{y}"),
        ("2023", None),
        ("2023年", None),
        ("上年", None),
        ("年末", None),
        ("季度", None),
        ("月", None),
    ],
)
def test_a_part_of_a_year_waits_for_its_year(text, part):
    assert part_of(text) == part


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2023年1-6月各地区技术合同成交额", "2023-01/2023-06"),
        ("2023年前三季度地区生产总值", "2023-Q1/2023-Q3"),
        ("2023年1-3季度地区生产总值", "2023-Q1/2023-Q3"),
        ("截至2023年6月底高新技术企业数", "2023-06"),
        ("2023年一季度快报", "2023-Q1"),
        ("2023年各地区技术合同成交额", None),
        ("2022-2023年技术合同成交额", None),
        ("表2023-1 技术合同", None),
    ],
)
def test_a_title_that_speaks_of_part_of_a_year(title, period):
    assert part_in(title) == period


@pytest.mark.parametrize(
    ("text", "years", "editions"),
    [
        ("2023年各地区技术市场成交额", (2023,), ()),
        ("技术合同2012-2021年.xlsx", (2012, 2021), ()),
        ("二〇一八年", (2018,), ()),
        ("中国统计年鉴2019", (2019,), (2019,)),
        ("2019年鉴", (2019,), (2019,)),
        ("统计年鉴—2019", (2019,), (2019,)),
        ("2019年中国科技统计年鉴", (2019,), (2019,)),
        ("《中国科技统计年鉴》2011—2024 各版", (2011, 2024), (2011, 2024)),
        ("China Statistical Yearbook 2019", (2019,), (2019,)),
        ("2018年各地区技术市场成交额 中国统计年鉴2019", (2018, 2019), (2019,)),
        ("2018年数据来源于中国统计年鉴2019", (2018, 2019), (2019,)),
        ("成交2000万元、2000项", (), ()),
        ("数据20231231.xlsx", (), ()),
        ("GB/T 4754-2017", (), ()),
    ],
)
def test_years_in_a_title(text, years, editions):
    assert (years_in(text), edition_years_in(text)) == (years, editions)


@given(st.text(alphabet="0129年月季度Q-~—/. ①末底截至一二〇", max_size=14))
def test_every_period_found_is_one_of_the_model(text):
    found = period_of(text)
    assert found is None or str(parse_period(found.period)) == found.period


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("各地区1-11月技术合同成交额", ("{y}-01/{y}-11",)),
        ("2023年前三季度", ("{y}-Q1/{y}-Q3",)),
        ("2023年1-3季度", ("{y}-Q1/{y}-Q3",)),
        ("一季度和二季度", ("{y}-Q1", "{y}-Q2")),
        ("截至12月底", ()),
        ("2024年9月15日", ()),
        ("2024年3月整理", ()),
        ("1-12月", ()),
        ("2016—2023年", ()),
    ],
)
def test_parts_of_a_year_that_a_title_mentions(text, parts):
    assert parts_in(text) == parts


@pytest.mark.parametrize(
    "text", ["截至11月底", "截至2025年11月", "11月累计", "各地区11月末", "截止到6月", "截至2025年11月25日"]
)
def test_a_text_that_counts_up_to_a_month_leaves_open_since_when(text):
    assert is_until(text)


@pytest.mark.parametrize(
    "text", ["1-11月累计", "2025年1—11月底", "截至12月底", "2025年12月底", "截至2024年", "2025年11月"]
)
def test_a_span_a_year_or_a_month_is_no_open_count(text):
    assert not is_until(text)
