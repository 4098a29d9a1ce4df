"""What an .ods draws around a number, and what it is divided by as it is drawn."""

import pytest

from indicators.workbook.ods import _shown


@pytest.mark.parametrize(
    ("drawn", "value", "divisor"),
    [("4,826", 4825.91, None), ("4.83", 4825.91, 1_000), ("5", 4825.91, 1_000), ("4", 4825.91, None)],
)
def test_a_number_is_scaled_only_where_it_is_drawn_as_rounding_has_it(drawn, value, divisor):
    shown = _shown(drawn, value)
    assert (shown.divisor if shown else None) == divisor
