from decimal import ROUND_HALF_UP, Decimal
from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.language.numbers import Scale, ordinal, scale_of
from indicators.model.qualifier import QUALIFIERS
from tests import real

ROUND = Scale("zh", "亿元", "亿元", 1.0, 2)
FIXED = Scale("zh", "%", "%", 1.0, 2, is_fixed=True)
numbers = st.floats(-1e7, 1e7, allow_subnormal=False)


def scale(values: list[float], unit: str, language: str = "zh", decimals: int | None = None) -> Scale:
    return scale_of(values, unit, catalogue=real.catalogue(), language=language, decimals=decimals)


def read(label: str) -> Decimal:
    return Decimal(label.replace("−", "-").replace(",", ""))


@given(numbers, st.sampled_from([ROUND, FIXED]))
@settings(deadline=None, max_examples=100)
def test_a_label_has_at_most_four_significant_digits_or_all_whole_ones_and_is_near_the_value(value, own):
    label = own.label(value)
    printed = read(label)
    digits = label.replace("−", "").replace(",", "").lstrip("0.").replace(".", "")
    assert "." not in label or len(digits) <= 4
    assert abs(printed - Decimal(repr(value))) <= max(Decimal("0.005"), abs(Decimal(repr(value))) / 2000)


@given(numbers, st.sampled_from([ROUND, FIXED]))
@settings(deadline=None, max_examples=100)
def test_the_minus_sign_is_a_minus_sign_and_nothing_is_minus_zero(value, own):
    label = own.label(value)
    assert "-" not in label
    assert label.startswith("−") == (read(label) < 0)


@given(st.integers(0, 9999))
@settings(deadline=None, max_examples=100)
def test_halves_are_rounded_up(hundredths):
    value = float(Decimal(hundredths) / 100 + Decimal("0.005"))
    exact = Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert read(FIXED.label(value)) == exact or exact >= 100


@pytest.mark.parametrize(
    ("value", "label", "full"),
    [
        (4118.46, "4,118", "4,118.46亿元"),
        (4825.91, "4,826", "4,825.91亿元"),
        (771.65, "771.7", "771.65亿元"),
        (14.785, "14.79", "14.785亿元"),
        (0.04, "0.04", "0.04亿元"),
        (-0.004, "0", "−0.004亿元"),
        (-2341.71, "−2,342", "−2,341.71亿元"),
        (9999.6, "10,000", "9,999.6亿元"),
        (68354.0, "68,354", "68,354亿元"),
        (0.0, "0", "0亿元"),
        (nan, "—", "—"),
    ],
)
def test_labels_are_short_and_the_full_number_is_kept(value, label, full):
    assert (ROUND.label(value), ROUND.full(value)) == (label, full)


@pytest.mark.parametrize(("value", "label"), [(2.5, "2.50"), (99.996, "100.0"), (84.29, "84.29"), (-0.001, "0.00")])
def test_percentages_keep_their_decimals(value, label):
    assert FIXED.label(value) == label


@pytest.mark.parametrize(("value", "label"), [(17.2, "+17.20"), (-17.2, "−17.20"), (0.001, "0.00"), (0.0, "0.00")])
def test_a_signed_label_has_a_sign_unless_it_shows_zero(value, label):
    assert FIXED.label(value, signed=True) == label


@pytest.mark.parametrize("qualifier", QUALIFIERS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_qualifier_stands_in_front_of_its_number(qualifier, language):
    label = Scale(language, "亿元", "", 1.0, 2).label(1000, qualifier)
    assert label.endswith("1,000")
    assert (label == "1,000") == (qualifier == "=")


def test_bounds_in_both_languages():
    assert [Scale(lang, "亿元", "", 1.0, 2).label(1000, ">") for lang in ("zh", "en")] == ["＞1,000", ">1,000"]


@pytest.mark.parametrize(
    ("values", "unit", "language", "value", "spoken"),
    [
        ([7005.65], "亿元", "zh", 7005.65, "7,006亿元"),
        ([7005.65], "亿元", "en", 7005.65, "CNY 700.6 billion"),
        ([945946], "项", "zh", 945946, "94.59万项"),
        ([945946], "项", "en", 945946, "945.9 thousand items"),
        ([6412], "家", "zh", 6412, "6,412家"),
        ([3953], "万人", "en", 3953, "39.53 million people"),
        ([2.61], "%", "en", 2.61, "2.61%"),
        ([0.15], "个百分点", "zh", 0.15, "0.15个百分点"),
        ([7], "位", "zh", 7, "第7位"),
        ([231.8], "指数", "zh", 231.8, "231.8"),
        ([1.2208], "亿元/万人", "zh", 1.2208, "1.221亿元/万人"),
        ([1.2208], "亿元/万人", "en", 1.2208, "CNY 122.1 million per 10,000 residents"),
    ],
)
def test_units_in_both_languages(values, unit, language, value, spoken):
    assert scale(values, unit, language).spoken(value) == spoken


@given(numbers)
@settings(deadline=None, max_examples=50)
def test_english_money_is_a_tenth_of_the_chinese_number(value):
    assert scale([value], "亿元", "en").factor == 0.1
    assert scale([value], "亿元", "zh").factor == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_unit_of_the_catalogue_has_a_scale(language):
    for unit in real.catalogue().units:
        assert scale([5.0, nan], unit, language).label(5.0)


def test_counts_turn_to_ten_thousands_only_when_the_axis_is_large():
    assert [scale([largest], "项").unit for largest in (99_999, 100_000)] == ["项", "万项"]


@pytest.mark.parametrize(
    ("number", "written"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st")]
)
def test_english_ordinals(number, written):
    assert (ordinal(number, "en"), ordinal(number, "zh")) == (written, str(number))
