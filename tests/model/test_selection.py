"""Searching and filtering the figures that the program ships; what is found can be checked in data/figures."""

from functools import cache

import pandas as pd
import pytest

from indicators.model.selection import (
    Selection,
    in_reading_order,
    key_text,
    of_key,
    search_texts,
    selected,
    selection_of,
    selection_query,
)
from tests import real


@cache
def ordered() -> pd.DataFrame:
    return in_reading_order(real.figures(), real.catalogue())


@cache
def texts() -> pd.Series:
    return search_texts(ordered(), real.catalogue())


def found(**fields: object) -> pd.DataFrame:
    return selected(ordered(), texts(), Selection.model_validate(fields), real.catalogue())


def read(**query: str) -> tuple[Selection, list[tuple[str, str]]]:
    selection, problems = selection_of(query, real.catalogue())
    return selection, [(problem.code, problem.found) for problem in problems]


def test_an_empty_selection_is_everything():
    assert len(found()) == len(real.figures())
    assert Selection().is_everything


def test_a_search_finds_the_number_as_it_is_printed():
    assert set(found(words="77.84 转化率")["region"]) == {"310000"}
    assert found(words="7,005.7 北京")["value"].to_list() == [7005.7]


@pytest.mark.parametrize("words", ["技术市场成交额 陕西 2024", "ＳＨＡＡＮＸＩ 2024 turnover"])
def test_a_search_knows_aliases_in_both_languages_and_any_width_of_letters(words):
    assert 4825.91 in found(words=words)["value"].to_list()


def test_every_word_has_to_be_there():
    assert found(words="陕西 77.84").empty


def test_filters_narrow_together():
    own = found(indicators=("contract_value",), regions=("610000",), sources=("s02",), first=2023)
    assert own[["period", "value"]].to_numpy().tolist() == [["2024", 4825.91], ["2023", 4118.46]]


def test_a_group_stands_for_its_provinces():
    assert set(found(indicators=("gdp",), regions=("northwest",))["region"]) == {
        *("610000", "620000", "630000", "640000", "650000")
    }


def test_a_category_stands_for_its_indicators():
    assert set(found(categories=("funds",), statuses=("target",))["indicator"]) == {"fund_size_announced"}


def test_a_span_is_found_in_each_of_its_years_and_in_no_other():
    rate = {"indicators": ("conversion_rate",), "bases": ("certified_projects",)}
    assert [len(found(**rate, first=year, last=year)) for year in (1997, 2009, 2012, 2015, 2016)] == [0, 1, 2, 1, 0]


def test_figures_stand_by_indicator_and_region_the_newest_first():
    first = ordered().iloc[0]
    assert (first["indicator"], first["region"], first["period"]) == ("contract_value", "CHN", "2024")


def test_a_selection_and_its_query_are_the_same():
    selection = Selection(
        words="上海", indicators=("gdp", "contract_value"), statuses=("target",), first=2010, last=2020
    )
    assert read(**selection_query(selection)) == (selection, [])
    assert selection_query(selection)["y"] == "2010-2020"


@pytest.mark.parametrize(
    ("years", "ends"),
    [("2023", (2023, 2023)), ("2020-", (2020, None)), ("-2015", (None, 2015)), ("2024-2010", (2010, 2024))],
)
def test_years_may_be_open_and_stand_in_any_order(years, ends):
    selection, problems = read(y=years)
    assert ((selection.first, selection.last), problems) == (ends, [])


def test_what_the_link_cannot_name_is_told_and_left_out():
    selection, problems = read(i="gdp,x", r="9", cat="y", src="z", st="w", basis="v", y="20")
    assert selection == Selection(indicators=("gdp",))
    assert problems == [
        ("years_unreadable", "20"),
        ("indicator", "x"),
        ("region", "9"),
        ("category", "y"),
        ("source", "z"),
        ("status", "w"),
        ("basis_unknown", "v"),
    ]


def test_every_figure_is_found_again_by_its_key():
    keys = [key_text(row) for row in ordered().to_dict("records")]
    assert len(set(keys)) == len(ordered())
    row = of_key(ordered(), "contract_value,500000,,2025,announced,brief-2023-01,target")
    assert row["value"].to_list() == [1100]


@pytest.mark.parametrize("key", ["", "contract_value", "contract_value,500000,,2025,announced,brief-2023-01,"])
def test_no_figure_has_another_key(key):
    assert of_key(ordered(), key).empty
