import itertools
from math import isnan, log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.measures import SURE_TO_UNSURE, average_growth, growth, measured, places
from indicators.model.qualifier import QUALIFIERS, is_approximate
from indicators.model.series import with_context
from tests import real

SHAANXI = """
region | period | value
610000 | 2021   | 2343.44
610000 | 2022   | 3048.73
610000 | 2023   | 4118.46
"""
PLACES = real.catalogue().provinces
amounts = st.floats(0.01, 1e6).map(lambda value: float(f"{value:.6g}"))
BOUNDS = tuple(q for q in QUALIFIERS if not is_approximate(q))


def frame(rows: list[tuple], indicator: str = "contract_value") -> pd.DataFrame:
    """Levels with their context from (region, year, value[, qualifier[, basis]])."""
    return with_context(plain(rows, indicator), real.catalogue())


def plain(rows: list[tuple], indicator: str = "contract_value") -> pd.DataFrame:
    """The same without change and place."""
    filled = [(*row, *("=", "seller")[len(row) - 3 :]) for row in rows]
    table = pd.DataFrame(filled, columns=["region", "year", "value", "qualifier", "basis"])
    unit = real.catalogue().indicators[indicator].unit
    values = table["value"].astype(float)
    return table.assign(indicator=indicator, unit=unit, status="actual", source="s01", value=values, reason=None)


def measure(
    name: str, levels: pd.DataFrame, *, base: int = 2021, focus: str = "610000", below: str = ""
) -> pd.DataFrame:
    return measured(
        name,
        levels,
        indicator=real.catalogue().indicators[levels["indicator"].iloc[0]],
        catalogue=real.catalogue(),
        base=base,
        focus=focus,
        denominators=real.all_levels().query("indicator == @below") if below else None,
    )


def told(rows: pd.DataFrame) -> dict[tuple, object]:
    """By region and year: the value with its qualifier, or the reason why there is none."""
    return {
        (row["region"], row["year"]): row["reason"] if isnan(row["value"]) else (row["value"], row["qualifier"])
        for _, row in rows.iterrows()
    }


def near(value: float, qualifier: str = "=") -> tuple[object, str]:
    return pytest.approx(value, rel=1e-4), qualifier


def test_growth_of_shaanxi_on_the_year_before():
    rows = measure("growth", real.levels(SHAANXI))
    assert told(rows) == {
        ("610000", 2021): "no_earlier",
        ("610000", 2022): near(30.0964),
        ("610000", 2023): near(35.0877),
    }
    assert set(rows["unit"]) == {"%"}


def test_intensity_moves_by_percentage_points():
    levels = real.levels(
        "region | period | value\n610000 | 2022 | 2.35\n610000 | 2023 | 2.50",
        indicator="rd_intensity",
        unit="%",
        basis="census4",
    )
    rows = measure("growth", levels)
    assert told(rows) == {("610000", 2022): "no_earlier", ("610000", 2023): near(0.15)}
    assert set(rows["unit"]) == {"个百分点"}


def test_growth_on_a_bound_is_a_bound():
    levels = real.levels(
        """
        region | period | value | qualifier
        330100 | 2021   | 771.6 | =
        330100 | 2022   | 1000  | >
        """,
        basis="announced",
    )
    assert told(measure("growth", levels))[("330100", 2022)] == near(29.6008, ">")


def test_two_lower_bounds_say_nothing_about_growth():
    levels = frame([("610000", 2021, 90, ">"), ("610000", 2022, 100, ">")])
    assert told(measure("growth", levels))[("610000", 2022)] == "bounds_unknown"


def test_there_is_no_change_across_a_change_of_basis():
    levels = real.levels(
        """
        region | period | value   | basis
        610000 | 2022   | 32838.2 | census4
        610000 | 2023   | 33976.5 | census5
        610000 | 2024   | 35437.1 | census5
        """,
        indicator="gdp",
    )
    expected = {
        "growth": {2022: "no_earlier", 2023: "basis_break", 2024: near(4.29885)},
        "index": {2022: near(100), 2023: "basis_break", 2024: "basis_break"},
        "cagr": {2022: "not_applicable", 2023: "basis_break", 2024: "basis_break"},
    }
    for name, by_year in expected.items():
        found = told(measure(name, levels, base=2022))
        assert found == {("610000", year): value for year, value in by_year.items()}


@given(st.lists(st.sampled_from(["seller", "announced"]), min_size=2, max_size=8))
@settings(deadline=None, max_examples=8)
def test_a_change_exists_exactly_where_the_year_before_has_the_same_basis(bases):
    rows = growth(
        frame([("610000", 2010 + n, 5, "=", basis) for n, basis in enumerate(bases)]),
        indicator=real.catalogue().indicators["contract_value"],
    )
    assert rows["value"].notna().tolist() == [False, *(a == b for a, b in itertools.pairwise(bases))]
    assert set(rows["reason"].iloc[1:].dropna()) <= {"basis_break"}


@given(amounts, st.integers(2, 6))
@settings(deadline=None, max_examples=8)
def test_growth_of_a_constant_is_0_and_its_index_100(value, years):
    levels = plain([("610000", 2021 + n, value) for n in range(years)])
    assert measure("growth", levels)["value"].iloc[1:].tolist() == [0.0] * (years - 1)
    assert measure("index", levels)["value"].tolist() == [100.0] * years


@given(st.lists(amounts, min_size=2, max_size=8), st.integers(0, 7))
@settings(deadline=None, max_examples=10)
def test_the_index_is_100_in_its_base_year_and_keeps_ratios(values, at):
    base = 2021 + at % len(values)
    index = measure("index", plain([("610000", 2021 + n, v) for n, v in enumerate(values)]), base=base)[
        "value"
    ].to_numpy()
    assert index[base - 2021] == 100
    assert index == pytest.approx([v / values[base - 2021] * 100 for v in values])


@given(amounts, amounts, st.integers(1, 20))
@settings(deadline=None, max_examples=10)
def test_average_growth_compounded_over_the_years_gives_the_ratio_back(first, last, years):
    rows = measure("cagr", plain([("610000", 2000, first), ("610000", 2000 + years, last)]), base=2000)
    assert years * log(1 + rows["value"].iloc[1] / 100) == pytest.approx(log(last / first), abs=1e-6)


def test_average_growth_of_shaanxi_agrees_with_the_brief_and_has_no_value_in_its_base_year():
    levels = real.all_levels().query("indicator == 'contract_value' and region == '610000' and 2019 <= year <= 2022")
    assert told(measure("cagr", levels, base=2020)) == {
        ("610000", 2019): "not_applicable",
        ("610000", 2020): "not_applicable",
        ("610000", 2021): near(33.2469),
        ("610000", 2022): near(31.6629),
    }


@pytest.mark.parametrize("name", ["growth", "index", "cagr"])
@pytest.mark.parametrize("first", [0.0, -0.1])
def test_nothing_grows_from_a_base_that_is_not_positive(name, first):
    levels = frame(
        [("640000", 2013, first, "=", "size_20m"), ("640000", 2014, 2, "=", "size_20m")], "hightech_mfg_profit"
    )
    assert told(measure(name, levels, base=2013))[("640000", 2014)] == "base_not_positive"


def test_a_loss_after_a_profit_has_growth_but_no_average_growth():
    levels = frame(
        [("640000", 2012, 0.4, "=", "size_20m"), ("640000", 2013, -0.1, "=", "size_20m")], "hightech_mfg_profit"
    )
    assert told(measure("growth", levels))[("640000", 2013)] == near(-125)
    assert told(measure("cagr", levels, base=2012))[("640000", 2013)] == "base_not_positive"


@given(
    st.lists(
        st.tuples(
            st.integers(-9, 9),
            st.sampled_from(BOUNDS),
            st.floats(0, 3),
            st.integers(1, 9),
            st.sampled_from(BOUNDS),
            st.floats(0, 3),
        ),
        min_size=31,
        max_size=31,
    )
)
@settings(deadline=None, max_examples=10)
def test_growth_never_contradicts_true_values_even_of_a_loss(pairs):
    indicator = real.catalogue().indicators["hightech_mfg_profit"]
    earlier = [(PLACES[n], 2012, b, p, "size_20m") for n, (_, _, _, b, p, _) in enumerate(pairs)]
    later = [(PLACES[n], 2013, a, q, "size_20m") for n, (a, q, _, _, _, _) in enumerate(pairs)]
    rows = growth(plain([*earlier, *later], indicator.code), indicator=indicator).iloc[31:]
    for (a, q, far, b, p, further), claimed, claim in zip(pairs, rows["value"], rows["qualifier"], strict=True):
        now = a + {"=": 0, ">": far + 1, ">=": far, "<": -far - 1, "<=": -far}[q]
        before = {"=": b, ">": b + further + 1, ">=": b + further}.get(p, b / (2 + further))
        true = (now / before - 1) * 100
        least = claimed - 1e-6 if claim in ("=", ">", ">=") else float("-inf")
        most = claimed + 1e-6 if claim in ("=", "<", "<=") else float("inf")
        assert isnan(claimed) or least <= true <= most


def test_shares_of_the_nation():
    levels = real.all_levels().query("indicator == 'contract_value' and year == 2023 and basis == 'seller'")
    shares = measure("share", levels).set_index("region")["value"]
    assert shares["610000"] == pytest.approx(4118.46 / 61475.6578 * 100)
    assert shares["CHN"] == 100


@pytest.mark.parametrize("year", [2010, 2015, 2020, 2021, 2022, 2023, 2024])
def test_shares_of_the_provinces_are_no_more_than_the_nation(year):
    levels = real.all_levels().query("indicator == 'contract_value' and year == @year and basis == 'seller'")
    shares = measure("share", levels[levels["region"].isin([*PLACES, "CHN"])]).set_index("region")["value"].drop("CHN")
    assert (shares > 0).all()
    assert 90 < shares.sum() <= 100


@given(st.lists(amounts, min_size=1, max_size=31), st.floats(0, 1e5))
@settings(deadline=None, max_examples=8)
def test_shares_of_parts_of_a_whole_never_exceed_100(parts, undistributed):
    rows = [(PLACES[n], 2021, v) for n, v in enumerate(parts)]
    shares = measure("share", plain([*rows, ("CHN", 2021, sum(parts) + undistributed)]))["value"].iloc[:-1]
    assert shares.sum() <= 100 + 1e-6


def test_without_the_nation_on_the_same_basis_there_is_no_share():
    levels = frame([("CHN", 2021, 37294.3, "=", "announced"), ("610000", 2021, 2343.44)])
    assert told(measure("share", levels))[("610000", 2021)] == "no_denominator"


@given(st.lists(st.integers(1, 10**6), unique=True, min_size=1, max_size=31))
@settings(deadline=None, max_examples=8)
def test_ranks_without_ties_are_a_permutation_in_the_order_of_the_values(values):
    ranks = measure("rank", frame([(PLACES[n], 2021, v) for n, v in enumerate(values)]))
    assert sorted(ranks["value"]) == list(range(1, len(values) + 1))
    assert [values[n] for n in ranks["value"].to_numpy().argsort()] == sorted(values, reverse=True)
    assert set(ranks["unit"]) == {"位"}


def test_ties_share_the_better_place_and_the_nation_has_none():
    levels = frame(
        [("CHN", 2021, 99), ("110000", 2021, 9), ("310000", 2021, 7), ("320000", 2021, 7), ("610000", 2021, 5)]
    )
    assert told(measure("rank", levels)) == {
        ("CHN", 2021): "not_applicable",
        ("110000", 2021): (1, "="),
        ("310000", 2021): (2, "="),
        ("320000", 2021): (2, "="),
        ("610000", 2021): (4, "="),
    }


def test_places_are_given_among_figures_on_the_same_basis_only():
    levels = frame([("110000", 2021, 9, "=", "announced"), ("310000", 2021, 7), ("610000", 2021, 5)])
    assert levels[["rank", "ranked"]].to_numpy().tolist() == [[1, 1], [1, 2], [2, 2]]


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(BOUNDS), st.integers(0, 9)), min_size=1, max_size=6),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_the_true_place_lies_between_the_best_and_the_worst_possible_one(prints, ascending):
    rows = pd.DataFrame([(value, qualifier) for value, qualifier, _ in prints], columns=["value", "qualifier"])
    moves = {"=": 0, ">": 1, ">=": 1, "<": -1, "<=": -1}
    true = [v + moves[q] * (far + (0.5 if q in "<>" else 0)) for v, q, far in prints]
    best, worst = places(rows, ascending=ascending)
    for n, value in enumerate(true):
        place = 1 + sum((other < value) if ascending else (other > value) for other in true)
        assert best[n] <= place <= worst[n]


def test_a_lower_bound_leaves_the_places_above_it_open():
    levels = frame([("110000", 2021, 9), ("310000", 2021, 7, ">"), ("610000", 2021, 5)])
    assert levels[["rank", "rank_worst"]].to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]
    assert told(measure("rank", levels))[("310000", 2021)] == (2, "<=")


def test_the_gap_is_the_distance_to_the_focus_region():
    levels = real.levels(
        "region | period | value\n110000 | 2021 | 7005.65\n610000 | 2021 | 2343.44\n540000 | 2021 | 1.73"
    )
    rows = measure("gap", levels)
    assert told(rows) == {
        ("110000", 2021): near(4662.21),
        ("610000", 2021): (0.0, "="),
        ("540000", 2021): near(-2341.71),
    }
    assert set(rows["unit"]) == {"亿元"}


def test_without_the_focus_region_on_the_same_basis_there_is_no_gap():
    levels = frame([("110000", 2021, 9), ("610000", 2021, 5, "=", "announced")])
    assert told(measure("gap", levels))[("110000", 2021)] == "no_focus"


def test_per_10_000_residents_divides_by_the_population_of_the_same_year():
    rows = measure("per_capita", real.levels(SHAANXI), below="population").iloc[-1:]
    assert told(rows) == {("610000", 2023): near(4118.46 / 3952)}
    assert rows["unit"].tolist() == ["亿元/万人"]


def test_the_share_of_product_takes_the_revised_product_and_for_the_nation_the_sum_of_the_provinces():
    product = real.all_levels().query("indicator == 'gdp' and basis == 'census5' and year == 2024")
    provinces = product[product["region"].isin(PLACES)]["value"]
    levels = frame([("610000", 2024, 4825.91), ("CHN", 2024, 68354)])
    rows = measure("share_gdp", levels, below="gdp")
    assert len(provinces) == 31
    assert told(rows) == {
        ("610000", 2024): near(4825.91 / 35437.1 * 100),
        ("CHN", 2024): near(68354 / provinces.sum() * 100),
    }
    assert rows["status"].tolist() == ["provisional", "provisional"]


@given(st.sampled_from(SURE_TO_UNSURE), st.sampled_from(SURE_TO_UNSURE))
@settings(deadline=None, max_examples=8)
def test_a_number_made_of_two_is_as_sure_as_the_less_sure_one(before, now):
    levels = frame([("610000", 2021, 5), ("610000", 2022, 6)]).assign(status=[before, now])
    rows = average_growth(levels, base=2021)
    assert rows["status"].iloc[1] == max(before, now, key=SURE_TO_UNSURE.index)


def test_the_value_carries_its_change_and_its_place():
    levels = frame([("110000", 2021, 8), ("110000", 2022, 10), ("610000", 2021, 4), ("610000", 2022, 6, "~")])
    context = ["change", "change_qualifier", "change_reason", "rank", "ranked"]
    assert measure("value", levels)[context].astype(object).where(lambda f: f.notna(), None).to_numpy().tolist() == [
        [None, "=", "no_earlier", 1, 2],
        [25, "=", None, 1, 2],
        [None, "=", "no_earlier", 2, 2],
        [50, "~", None, 2, 2],
    ]
