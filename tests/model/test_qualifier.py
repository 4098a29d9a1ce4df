from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.model.qualifier import (
    QUALIFIERS,
    combined,
    difference,
    is_approximate,
    is_exact,
    is_lower_bound,
    is_upper_bound,
    mirrored,
    possible_range,
    quotient,
)

BOUNDS = tuple(q for q in QUALIFIERS if not is_approximate(q))
bounds = st.sampled_from(BOUNDS)
prints = st.integers(1, 1000).map(Fraction)
shifts = st.fractions(0, 5)


def keeps(true, printed, qualifier):
    """Whether a true value is one that the print allows."""
    return {
        "=": true == printed,
        ">": true > printed,
        ">=": true >= printed,
        "<": true < printed,
        "<=": true <= printed,
        "~": True,
        "<~": True,
    }[qualifier]


def true_value(printed, qualifier, shift):
    """A positive value that the print allows, further from it the greater the shift."""
    far = {">": printed + shift + 1, ">=": printed + shift, "<": printed / (shift + 2), "<=": printed / (shift + 1)}
    return far.get(qualifier, printed)


@given(prints, bounds, shifts, prints, bounds, shifts)
def test_a_quotient_claims_nothing_that_a_possible_pair_of_true_values_contradicts(a, p, s, b, q, t):
    claim = quotient(p, q)
    assert claim is None or keeps(true_value(a, p, s) / true_value(b, q, t), a / b, claim)


@given(prints, bounds, shifts, prints, bounds, shifts)
def test_a_difference_claims_nothing_that_a_possible_pair_of_true_values_contradicts(a, p, s, b, q, t):
    claim = difference(p, q)
    assert claim is None or keeps(true_value(a, p, s) - true_value(b, q, t), a - b, claim)


@pytest.mark.parametrize("p", BOUNDS)
@pytest.mark.parametrize("q", BOUNDS)
def test_nothing_is_said_only_where_interval_arithmetic_leaves_both_sides_open(p, q):
    low = {True: 0.0, False: 6.0}
    high = {True: inf, False: 6.0}
    over = (low[is_upper_bound(p)], high[is_lower_bound(p)])
    under = (low[is_upper_bound(q)], high[is_lower_bound(q)])
    difference_is_open = over[0] - under[1] < 0 < over[1] - under[0]
    assert (difference(p, q) is None) == difference_is_open
    assert (quotient(p, q) is None) == difference_is_open


@pytest.mark.parametrize(
    ("numerator", "denominator", "result"),
    [
        ("=", "=", "="),
        (">", "=", ">"),
        ("=", ">", "<"),
        (">=", "<", ">"),
        (">=", "<=", ">="),
        (">", ">", None),
        ("<", "<", None),
        ("~", "=", "~"),
        ("=", "<~", "~"),
        ("<~", "=", "<~"),
        ("~", ">", None),
    ],
)
def test_qualifiers_of_a_quotient(numerator, denominator, result):
    assert quotient(numerator, denominator) == result


@given(st.lists(st.sampled_from(QUALIFIERS)))
def test_order_and_exact_operands_do_not_matter(qualifiers):
    assert combined(qualifiers) == combined([*reversed(qualifiers), "="])


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_every_qualifier_is_exactly_one_of_exact_lower_upper_approximate(qualifier):
    kinds = [is_exact, is_lower_bound, is_upper_bound, is_approximate]
    assert sum(kind(qualifier) for kind in kinds) == 1


@pytest.mark.parametrize("qualifier", BOUNDS)
def test_mirroring_twice_changes_nothing(qualifier):
    assert mirrored(mirrored(qualifier)) == qualifier


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [("=", (5, 5)), (">", (5, inf)), (">=", (5, inf)), ("<", (-inf, 5)), ("<=", (-inf, 5)), ("~", (5, 5))],
)
def test_possible_range(qualifier, expected):
    assert possible_range(5, qualifier) == expected
