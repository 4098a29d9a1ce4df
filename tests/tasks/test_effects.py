"""What a publication changes on screen, from the real contract values of 2024 (亿元)."""

from indicators.tasks.effects import effects
from tests.real import catalogue, figures


def changed(region: str, period: str, value: float) -> list[list]:
    """What Shaanxi sees when one contract value changes."""
    before = figures()
    row = (
        (before["indicator"] == "contract_value")
        & (before["region"] == region)
        & (before["period"] == period)
        & (before["basis"] == "seller")
    )
    after = before.assign(value=before["value"].mask(row, value))
    seen = effects(before, after, catalogue(), region="610000")
    return seen[["indicator", "year", "value_before", "value", "rank_before", "rank"]].values.tolist()


def test_the_own_figure_and_place_before_and_after():
    assert changed("610000", "2024", 8000.0) == [["contract_value", 2024, 4825.91, 8000.0, 7.0, 2.0]]


def test_a_change_elsewhere_that_moves_the_place():
    assert changed("310000", "2024", 1.0) == [["contract_value", 2024, 4825.91, 4825.91, 7.0, 6.0]]


def test_a_change_elsewhere_that_moves_nothing():
    assert changed("620000", "2024", 1.0) == []


def test_nothing_changed():
    assert changed("610000", "2024", 4825.91) == []
