"""What a cell of figures says: (as typed, what it means)."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.workbook.cells import Number, is_missing, number_of

PLAIN = [
    (0, 0),
    (1234.5, 1234.5),
    (-3, -3),
    ("0", 0),
    ("0.0", 0),
    (".5", 0.5),
    ("1,234.5", 1234.5),
    ("１，２３４．５", 1234.5),
    ("1 234", 1234),
    ("12\u00a0345.6", 12345.6),
    ("12\u200b3", 123),
    (" 123_x000D_\n", 123),
    ("'123", 123),
    ("+5", 5),
    ("1.2E+05", 120000),
    ("-5", -5),
    ("－5", -5),
    ("−5", -5),
    ("– 5", -5),
    ("123①", 123),
    ("123 ②", 123),
    ("123¹", 123),
    ("123*", 123),
    ("123 [1]", 123),
    ("123注1", 123),
    ("1.2万", 12000),
    ("1.2 亿", 120000000),
    ("两万", 20000),
]

WITH_UNIT = [
    ("12.5%", "=", 12.5, "%"),
    ("12.5 ％①", "=", 12.5, "%"),
    ("-0.5‰", "=", -0.5, "‰"),
    ("3 个百分点", "=", 3, "个百分点"),
    ("76万项", "=", 760000, "项"),
    ("3.2万人年", "=", 32000, "人年"),
    ("3.5件/万人", "=", 3.5, "件/万人"),
    ("12万元/人", "=", 12, "万元/人"),
    ("3.5亿元", "=", 3.5, "亿元"),
    ("4万亿元", "=", 4, "万亿元"),
    ("100万美元", "=", 100, "万美元"),
    ("三个", "=", 3, "个"),
    ("十家", "=", 10, "家"),
    ("两万元", "=", 2, "万元"),
    ("三点五亿元", "=", 3.5, "亿元"),
    ("一亿两千万元", "=", 120000000, "元"),
    ("5年", "=", 5, "年"),
    ("第7位", "=", 7, "位"),
    ("第 7 名", "=", 7, "位"),
    ("第十二位", "=", 12, "位"),
    ("百分之十五", "=", 15, "%"),
    ("百分之15.5", "=", 15.5, "%"),
    ("千分之三", "=", 3, "‰"),
]

QUALIFIED = [
    ("约 500", "~", 500, ""),
    ("≈500", "~", 500, ""),
    ("100家左右", "~", 100, "家"),
    ("大约在15%左右", "~", 15, "%"),
    ("近 300", "<~", 300, ""),
    ("近百项", "<~", 100, "项"),
    ("将近１万人", "<~", 10000, "人"),
    ("超 76 万项", ">", 760000, "项"),
    ("突破4万亿元", ">", 4, "万亿元"),
    ("逾76万项", ">", 760000, "项"),
    ("超过 1000 人", ">", 1000, "人"),
    ("80多个", ">", 80, "个"),
    ("80余家", ">", 80, "家"),
    ("10余万家", ">", 100000, "家"),
    ("10万余家", ">", 100000, "家"),
    ("30余万元", ">", 30, "万元"),
    ("百余人", ">", 100, "人"),
    ("三十多家", ">", 30, "家"),
    ("90%以上", ">=", 90, "%"),
    ("达 3000 人以上", ">=", 3000, "人"),
    ("超90%以上", ">=", 90, "%"),
    (">=30", ">=", 30, ""),
    ("≥30", ">=", 30, ""),
    ("＞30", ">", 30, ""),
    ("<5", "<", 5, ""),
    ("不足5%", "<", 5, "%"),
    ("不到20%", "<", 20, "%"),
    ("≤5", "<=", 5, ""),
    ("最高15年", "<=", 15, "年"),
    ("不超过 5 年", "<=", 5, "年"),
    ("5天以内", "<=", 5, "天"),
    ("约百分之十五", "~", 15, "%"),
]

DOUBTFUL = [
    ("986 1. 56", 9861.56, "spaces_inside"),
    ("12 34", 1234, "spaces_inside"),
    ("1\n234", 1234, "spaces_inside"),
    ("(123)", None, "parentheses"),
    ("（12.3）", None, "parentheses"),
    ("12-15", None, "range"),
    ("12~15", None, "range"),
    ("12－15", None, "range"),
]

NO_NUMBER = [
    None,
    True,
    math.nan,
    math.inf,
    10**400,
    date(2023, 3, 14),
    "",
    "陕西",
    "x",
    "一",
    "万",
    "万元",
    "百度",
    "三亚",
    "三四百",
    "十五六",
    "数千项",
    "近三年",
    "第7",
    "3月",
    "1-6月",
    "2018年",
    "2012-2021年",
    "2023-01-05",
    "1,23",
    "1,2345",
    "1.234.567",
    "0,5",
    "1/3",
    "10⁴",
    "1.2×10⁴",
    "1e999",
    "—5",
    "0123",
    "123p",
    "2019 2020",
    "123.4 567.8",
    "约90%以上",
    "12%项",
    "9 部门",
    "4118.46（预计）",
]


@pytest.mark.parametrize(("cell", "value"), PLAIN)
def test_a_number_however_typed(cell, value):
    number = number_of(cell)
    assert number is not None
    assert (number.value, number.qualifier, number.unit, number.doubts) == (value, "=", "", ())


@pytest.mark.parametrize(("cell", "qualifier", "value", "unit"), WITH_UNIT + QUALIFIED)
def test_a_number_with_its_words(cell, qualifier, value, unit):
    number = number_of(cell)
    assert number is not None
    assert (number.qualifier, number.value, number.unit, number.doubts) == (qualifier, value, unit, ())


@pytest.mark.parametrize(("cell", "value", "doubt"), DOUBTFUL)
def test_a_number_that_can_be_read_in_two_ways_says_so(cell, value, doubt):
    number = number_of(cell)
    assert number is not None
    assert (number.value, number.doubts) == (value, (doubt,))


@pytest.mark.parametrize("cell", NO_NUMBER, ids=lambda cell: str(cell)[:20])
def test_what_is_no_number_is_none(cell):
    assert number_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "factor"), [("3.5亿", 10**8), ("三亿", 10**8), ("76万", 10**4), ("76万项", 1), ("3.5亿元", 1)]
)
def test_a_scale_without_a_unit_is_remembered(cell, factor):
    number = number_of(cell)
    assert number is not None
    assert number.factor == factor


def test_the_print_is_kept():
    assert number_of(" 超 76 万项① ") == Number(760000, ">", "项", "超 76 万项①")
    assert number_of(8536.94) == Number(8536.94, "=", "", "8536.94")
    assert number_of(106552.0) == Number(106552, "=", "", "106552")


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        " ",
        "\u3000",
        "-",
        "—",
        "－",
        "–",
        "——",
        "…",
        "……",
        "..",
        "...",
        "n.a.",
        "NA",
        "N/A",
        "/",
        "／",
        "无",
        "暂 无",
        "不详",
        "未公布",
        math.nan,
    ],
)
def test_words_and_signs_for_no_figure(cell):
    assert is_missing(cell)
    assert number_of(cell) is None


@pytest.mark.parametrize("cell", [0, 0.0, "0", "0.0", "x", "*", "零", False, "无锡"])
def test_zero_and_other_words_are_not_missing(cell):
    assert not is_missing(cell)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_thousands_separators_read_back(value):
    for printed in (f"{value:,}", f"{value:,.2f}"):
        number = number_of(printed)
        if len(printed) < 60:
            assert number is not None
            assert number.value == float(printed.replace(",", ""))
            assert number.doubts == ()


@given(st.text(alphabet="0129.,-~ ()%①*约超近以上万亿元项年月多余两三\n", max_size=12))
def test_no_text_breaks_the_reading(text):
    number = number_of(text)
    assert number is None or number.value is not None or number.doubts
