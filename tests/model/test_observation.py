import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from indicators.errors import Invalid
from indicators.model.observation import (
    COLUMNS,
    checked,
    no_observations,
    observations_from_text,
    with_target_mark,
)
from tests.drawn import catalogue, observations, texts

FIGURES = """
region | period | value
110000 | 2021   | 7005.65
610000 | 2021   | 2343.44
"""


def breach(drawing: str) -> dict[str, object]:
    with pytest.raises(Invalid) as error:
        checked(observations(drawing), catalogue())
    assert error.value.code == "figures.contract"
    return error.value.details


def test_figures_that_keep_the_contract_come_back_unchanged():
    figures = observations(FIGURES)
    assert_frame_equal(checked(figures, catalogue()), figures)


def test_no_observations_keep_the_contract():
    assert checked(no_observations(), catalogue()).empty


@pytest.mark.parametrize(
    ("column", "found", "check"),
    [
        ("indicator", "contract_worth", "unknown_code"),
        ("region", "61", "unknown_code"),
        ("subject", "nobody", "unknown_code"),
        ("source", "S99", "unknown_code"),
        ("period", "2023-02-29", "period"),
        ("period", "2012-2021", "period"),
        ("basis", "buyer", "basis"),
        ("basis", "", "basis"),
        ("qualifier", "≥", "qualifier"),
        ("status", "estimated", "status"),
        ("unit", "万元", "unit"),
        ("locator", "", "empty"),
    ],
)
def test_a_breach_is_named_with_its_row_its_column_and_what_was_found(column, found, check):
    texts_of = texts(FIGURES)
    texts_of.loc[1, column] = found
    with pytest.raises(Invalid) as error:
        checked(observations_from_text(texts_of), catalogue())
    details = error.value.details
    assert (details["check"], details["position"], details["row"], details["column"], details["found"]) == (
        check,
        1,
        3,
        column,
        found,
    )


def test_a_wrong_unit_tells_which_one_is_right():
    details = breach("region | period | value | unit\n610000 | 2021 | 23434400 | 千元")
    assert (details["expected"], details["key"], details["count"]) == (
        "亿元",
        "contract_value 610000 2021 seller S02",
        1,
    )


def test_a_missing_value_needs_the_printed_words():
    assert breach("region | period | value\n610000 | 2021 |")["check"] == "empty_value"
    vague = observations("region | period | value | printed | qualifier\n610000 | 2021 | | 数千亿元 | ~")
    assert checked(vague, catalogue())["value"].isna().all()


def test_the_same_figure_twice_from_one_source_is_refused():
    details = breach("region | period | value\n610000 | 2021 | 2343.44\n610000 | 2021 | 2343.4")
    assert (details["check"], details["position"]) == ("duplicate", 1)


def test_a_target_stands_beside_a_result_and_so_does_another_source():
    figures = observations("""
        region | period | value   | status | source
        610000 | 2021   | 2343.44 | actual | S02
        610000 | 2021   | 2343.44 | actual | S18
        610000 | 2021   | 2343.44 | target | S02
    """)
    assert checked(figures, catalogue())["is_target"].tolist() == [False, False, True]


def test_texts_become_typed_and_a_blank_is_missing_not_zero():
    figures = observations("region | period | value\n110000 | 2021 | 7005.65\n610000 | 2021 | ")
    assert figures.columns.tolist() == [*COLUMNS, "is_target"]
    assert figures["value"].isna().tolist() == [False, True]
    assert figures["value"].iloc[0] == 7005.65


@pytest.mark.parametrize("found", ["1,000", "超1000", "inf", "-inf", "nan", "１０００ 亿", "7005.65亿元", "—"])
def test_what_is_no_number_is_refused_with_its_row(found):
    with pytest.raises(Invalid) as error:
        observations(f"region | period | value\n110000 | 2021 | 1\n610000 | 2021 | {found}")
    assert (error.value.code, error.value.details) == ("figures.value", {"row": 3, "column": "value", "found": found})


def test_missing_columns_are_named():
    with pytest.raises(Invalid) as error:
        observations_from_text(pd.DataFrame({"indicator": ["contract_value"], "value": ["1"]}))
    assert error.value.code == "figures.columns"
    assert error.value.details["columns"] == ", ".join(c for c in COLUMNS if c not in ("indicator", "value"))


def test_the_target_mark_follows_the_status():
    figures = observations("region | period | value | status\n110000 | 2021 | 1 | target")
    assert with_target_mark(figures.assign(status="actual"))["is_target"].tolist() == [False]
