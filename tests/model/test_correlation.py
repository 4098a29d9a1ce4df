"""Two indicators over regions: which pairs are drawn and counted, and how they go together."""

import numpy as np
import pytest

from indicators.model.correlation import association, paths_of, pearson, spearman
from tests import real
from tests.real import spec

PAIR = ("rd_expenditure", "contract_value")
# R&D expenditure and contract value in 2024, CNY 100 million.
FIGURES = {
    "320000": (4597.5, 5019.14),
    "110000": (3278.4, 9153.26),
    "310000": (2343.7, 5009.32),
    "420000": (1538.1, 5462.45),
    "510000": (1498.8, 2596.48),
    "610000": (926.2, 4825.91),
    "620000": (164.6, 562.85),
    "640000": (95.3, 48.33),
}
ALL_EIGHT = ",".join(FIGURES)
# Differences of places: 320000 first and third (−2), then 1, −1, 2, −1, 1, 0, 0; their squares add up to 12.
BY_PLACES = 1 - 6 * 12 / (8 * (8**2 - 1))


def levels(*, without: str = "", changed: dict[str, str] | None = None, qualifier: str = "=", status: str = "actual"):
    """Levels of the eight regions; some have another value, qualifier or status of the contract value."""
    changed = changed or {}
    lines = ["indicator | region | period | basis | value | qualifier | status"]
    for region, (rd, contracts) in FIGURES.items():
        odd = region in changed
        marks = f"{qualifier} | {status}" if odd else "= | actual"
        lines.append(f"rd_expenditure | {region} | 2024 | | {rd} | = | actual")
        if region != without:
            value = changed[region] if odd and changed[region] else contracts
            lines.append(f"contract_value | {region} | 2024 | seller | {value} | {marks}")
    return real.levels("\n".join(lines))


def found(own=None, regions: str = ALL_EIGHT, **fields: object):
    asked = {"indicators": PAIR} | fields
    return association(real.view(spec("scatter", regions, **asked), levels() if own is None else own).series)


def test_pairs_are_joined_by_region_in_the_order_asked():
    pairs = found().drawn
    assert dict(zip(pairs["region"], zip(pairs["x"], pairs["y"], strict=True), strict=True)) == FIGURES


def test_the_coefficients_are_those_of_the_textbook():
    correlation = found().correlation
    x, y = np.array(list(FIGURES.values())).T
    assert correlation.pearson == pytest.approx(np.corrcoef(x, y)[0, 1])
    assert correlation.spearman == pytest.approx(BY_PLACES)
    assert (correlation.count, correlation.left_out) == (8, 0)


def test_on_logarithmic_axes_pearson_is_of_the_logarithms_and_spearman_stays():
    correlation = found(scale="log").correlation
    x, y = np.log(np.array(list(FIGURES.values())).T)
    assert correlation.pearson == pytest.approx(np.corrcoef(x, y)[0, 1])
    assert correlation.spearman == pytest.approx(BY_PLACES)


def test_a_straight_line_gives_1_and_a_falling_one_minus_1():
    x = np.array([1.0, 2.0, 4.0])
    assert pearson(x, 3 * x + 5) == pytest.approx(1)
    assert pearson(x, -x) == pytest.approx(-1)
    assert spearman(x, np.exp(-x)) == pytest.approx(-1)


def test_ties_share_the_mean_of_their_places():
    # Places 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, variances 1.5 and 2.
    assert spearman(np.array([7.0, 7.0, 9.0]), np.array([1.0, 2.0, 3.0])) == pytest.approx(1.5 / np.sqrt(1.5 * 2))


def test_fewer_than_eight_regions_have_no_coefficient():
    association = found(levels(without="640000"))
    assert "640000" not in set(association.drawn["region"])
    assert not association.correlation.is_known
    assert association.correlation.count == 7


@pytest.mark.parametrize(("qualifier", "status"), [(">", "actual"), ("~", "actual"), ("=", "unverified")])
def test_bounds_and_unverified_figures_are_drawn_but_not_counted(qualifier: str, status: str):
    association = found(levels(changed={"610000": ""}, qualifier=qualifier, status=status))
    assert "610000" in set(association.drawn["region"])
    assert (association.correlation.count, association.correlation.left_out) == (7, 1)
    assert not association.correlation.is_known


def test_an_indicator_that_is_the_same_everywhere_has_no_coefficient():
    same = levels(changed=dict.fromkeys(FIGURES, "48.33"))
    assert not found(same).correlation.is_known
    assert found(same).correlation.count == 8


def test_what_is_not_positive_has_no_place_on_logarithmic_axes_and_is_named():
    series = found(real.all_levels(), "provinces", scale="log", measure="growth")
    assert series.not_positive == ("440000",)
    assert "440000" not in set(series.drawn["region"])
    assert found(real.all_levels(), "provinces", measure="growth").not_positive == ()


def test_groups_as_wholes_are_drawn_but_not_counted_beside_their_parts():
    association = found(real.all_levels(), "provinces,totals")
    assert {"total-west", "total-east"} <= set(association.drawn["region"])
    assert (association.correlation.count, association.correlation.left_out) == (31, 0)


def test_places_have_no_logarithm():
    assert found(real.all_levels(), "provinces", measure="rank", scale="log").correlation.count == 31


def test_what_sizes_the_marks_is_a_plain_value_under_any_measure():
    pairs = found(
        real.all_levels(), "610000", measure="per_capita", indicators=(*PAIR, "population"), years=(2024,)
    ).drawn
    # 926.2 and 4,825.91 hundred million yuan over 39.53 million residents, per 10,000 of them.
    assert pairs["size"].tolist() == [3953]
    assert pairs["x"].tolist() == [pytest.approx(926.2 / 3953)]
    assert pairs["y"].tolist() == [pytest.approx(4825.91 / 3953)]


def test_a_path_goes_through_the_years_and_parts_where_a_basis_changes():
    view = real.view(spec("scatter", "610000", range(2017, 2021), indicators=("rd_intensity", "contract_value")))
    steps = paths_of(view.series, ("610000",))
    assert steps["year"].tolist() == [2017, 2018, 2019, 2020]
    assert steps["x"].tolist() == [2.10, 2.18, 2.27, 2.42]
    first, last = steps["segment"].iloc[0], steps["segment"].iloc[-1]
    assert steps["segment"].tolist() == [first, first, last, last]
    assert first != last


def test_a_year_without_a_pair_parts_a_path():
    drawing = """
        indicator      | region | period | basis  | value
        rd_expenditure | 610000 | 2018   |        | 532.4
        rd_expenditure | 610000 | 2019   |        | 584.6
        rd_expenditure | 610000 | 2020   |        | 632.3
        contract_value | 610000 | 2018   | seller | 1125.29
        contract_value | 610000 | 2020   | seller | 1758.72
    """
    series = real.view(spec("scatter", "610000", (2018, 2019, 2020), indicators=PAIR), real.levels(drawing)).series
    steps = paths_of(series, ("610000",))
    assert steps["year"].tolist() == [2018, 2020]
    assert steps["segment"].nunique() == 2


def test_no_region_has_no_path():
    assert paths_of(real.view(spec("scatter", ALL_EIGHT, indicators=PAIR), levels()).series, ()).empty
