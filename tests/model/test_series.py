import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.series import change_between, levels_of, of_one_basis, series_of
from tests import real
from tests.real import spec

YEARBOOK_AND_BRIEF = """
region | period    | value   | status | basis     | subject | source        | printed
110000 | 2021      | 7005.65 | actual | seller    |         | s02           |
110000 | 2021      | 7005.7  | actual | seller    |         | brief-2023-01 | 7005.7 亿元
110000 | 2012/2021 | 40000   | actual | seller    |         | brief-2023-01 | 突破 4 万亿元
500000 | 2025      | 1100    | target | announced |         | brief-2023-01 | 1100 亿元
330100 | 2021      | 771.6   | actual | announced |         | brief-2023-01 | 771.6 亿元
330100 | 2022-06   | 50      | actual | announced |         | brief-2023-01 | 50 亿元
610000 | 2021      |         | actual | seller    |         | s02           | 数千亿元
120000 | 2021      | 35      | actual | seller    | mit     | s02           |
"""


def table(levels: pd.DataFrame, view) -> pd.DataFrame:
    return series_of(view, levels, catalogue=real.catalogue(), focus=real.FOCUS).table


def told(rows: pd.DataFrame) -> list[tuple]:
    return [
        (row["region"], row["year"], row["reason"] or row["value"], row["basis"]) for row in rows.to_dict("records")
    ]


def test_levels_are_annual_results_of_whole_regions_from_the_preferred_source():
    rows = real.levels(YEARBOOK_AND_BRIEF)
    assert rows[["region", "year", "value", "source"]].to_numpy().tolist() == [
        ["110000", 2021, 7005.65, "s02"],
        ["330100", 2021, 771.6, "brief-2023-01"],
    ]


def test_no_real_level_is_a_target_a_span_or_of_a_subject():
    levels = real.all_levels()
    assert not (levels["status"] == "target").any()
    assert levels["value"].notna().all()
    assert not levels.duplicated(["indicator", "region", "year", "basis"]).any()


def test_every_region_and_year_asked_for_has_a_row_and_what_is_absent_has_a_reason():
    levels = real.levels("region | period | value\n610000 | 2021 | 2343.44\n110000 | 2020 | 6316.16")
    assert told(table(levels, spec("lines", "610000,110000", (2020, 2021)))) == [
        ("610000", 2020, "not_published", ""),
        ("610000", 2021, 2343.44, "seller"),
        ("110000", 2020, 6316.16, "seller"),
        ("110000", 2021, "not_published", ""),
    ]


@given(st.sets(st.tuples(st.sampled_from(["110000", "610000"]), st.integers(2018, 2024)), min_size=1))
@settings(deadline=None, max_examples=6)
def test_missing_never_becomes_a_number(present):
    lines = [f"{region} | {year} | 5" for region, year in sorted(present)]
    levels = real.levels("\n".join(["region | period | value", *lines]))
    for measure in ("value", "growth", "rank", "index"):
        view = spec("lines", "610000,110000", range(2018, 2025), measure=measure)
        rows = table(levels, view)
        assert len(rows) == 14
        has_value = set(rows.loc[rows["value"].notna(), ["region", "year"]].itertuples(index=False, name=None))
        assert has_value <= present
        assert (rows["value"].isna() == (rows["reason"] != "")).all()


BASES = """
region | period | value | basis
610000 | 2022   | 2.35  | census4
610000 | 2023   | 2.50  | census4
610000 | 2023   | 2.49  | census5
610000 | 2024   | 2.61  | census5
"""


def test_one_year_shows_one_basis_the_official_line_first():
    levels = real.levels(BASES, indicator="rd_intensity", unit="%")
    view = spec("lines", "610000", (2022, 2023, 2024), indicators=("rd_intensity",))
    assert told(table(levels, view)) == [
        ("610000", 2022, 2.35, "census4"),
        ("610000", 2023, 2.50, "census4"),
        ("610000", 2024, 2.61, "census5"),
    ]
    chosen = view.but(bases=("census5",))
    assert told(table(levels, chosen)) == [
        ("610000", 2022, "other_basis", "census4"),
        ("610000", 2023, 2.49, "census5"),
        ("610000", 2024, 2.61, "census5"),
    ]


def test_growth_falls_back_on_the_basis_that_allows_it():
    levels = real.levels(BASES, indicator="rd_intensity", unit="%")
    rows = table(levels, spec("lines", "610000", (2023, 2024), indicators=("rd_intensity",), measure="growth"))
    assert told(rows) == [
        ("610000", 2023, pytest.approx(0.15), "census4"),
        ("610000", 2024, pytest.approx(0.12), "census5"),
    ]


def test_announced_figures_do_not_mix_into_the_official_line_by_themselves():
    levels = real.levels("region | period | value | basis\n330100 | 2021 | 771.6 | announced")
    view = spec("ranking", "330100", (2021,))
    assert told(table(levels, view)) == [("330100", 2021, "other_basis", "announced")]
    assert told(table(levels, view.but(bases=("announced",)))) == [("330100", 2021, 771.6, "announced")]


def test_a_region_on_another_basis_than_most_loses_its_value_with_the_reason():
    levels = real.levels("""
        region | period | value   | basis
        110000 | 2021   | 7005.65 | seller
        610000 | 2021   | 2343.44 | seller
        330100 | 2021   | 771.6   | announced
    """)
    rows = table(levels, spec("ranking", "110000,610000,330100", (2021,), bases=("seller", "announced")))
    assert told(of_one_basis(rows)) == [
        ("110000", 2021, 7005.65, "seller"),
        ("610000", 2021, 2343.44, "seller"),
        ("330100", 2021, "other_basis", "announced"),
    ]


def change(drawing: str, **usual: str) -> dict[str, float]:
    levels = real.levels(drawing, **usual)
    indicator = usual.get("indicator", "contract_value")
    view = spec("ranking", "610000", (2022, 2023), indicators=(indicator,), bases=("seller", "census4", "census5"))
    series = series_of(view, levels, catalogue=real.catalogue(), focus=real.FOCUS)
    return change_between(series, real.catalogue()).to_dict()


def test_the_change_between_two_years_is_percent_for_levels_and_points_for_ratios():
    assert change("region | period | value\n610000 | 2022 | 3048.73\n610000 | 2023 | 4118.46") == {
        "610000": pytest.approx(35.0877, rel=1e-5)
    }
    assert change(
        "region | period | value\n610000 | 2022 | 2.35\n610000 | 2023 | 2.50",
        indicator="rd_intensity",
        unit="%",
        basis="census4",
    ) == {"610000": pytest.approx(0.15)}


@pytest.mark.parametrize(
    "drawing",
    [
        "region | period | value\n610000 | 2023 | 4118.46",
        "region | period | value | qualifier\n610000 | 2022 | 3048.73 | >\n610000 | 2023 | 4118.46 | =",
        "region | period | value\n610000 | 2022 | 0\n610000 | 2023 | 4118.46",
        "region | period | value | basis\n610000 | 2022 | 2.35 | census4\n610000 | 2023 | 2.49 | census5",
    ],
    ids=["missing", "inexact", "not positive", "another basis"],
)
def test_no_change_is_claimed_where_the_ends_cannot_be_compared(drawing):
    usual = {"indicator": "rd_intensity", "unit": "%"} if "census4" in drawing else {}
    assert pd.isna(change(drawing, **usual)["610000"])


def test_levels_of_nothing_are_nothing():
    assert levels_of(real.figures().iloc[:0], real.catalogue()).empty
