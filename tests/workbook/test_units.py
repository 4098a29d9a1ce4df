"""One unit into another."""

import pytest

from indicators.workbook.units import converted
from tests.real import catalogue


@pytest.mark.parametrize(
    ("value", "printed", "wanted", "result"),
    [
        (48259100, "万元", "亿元", 4825.91),
        (4825.91, "亿元", "亿元", 4825.91),
        (482.591, "千万元", "亿元", 48.2591),
        (4825.91, "100 million yuan", "亿元", 4825.91),
        (15.8261, "万人年", "人年", 158261),
        (15.8261, "万人·年", "人年", 158261),
        (158.261, "千人年", "人年", 158261),
        (94.5946, "万项", "项", 945946),
        (94.5946, "万件", "项", 945946),
        (69716, "份", "项", 69716),
        (25, "‰", "%", 2.5),
        (3952, "人", "家", None),
        (3952, "万", "万人", None),
        (2.5, "%", "个百分点", None),
        (1, "亿元", "项", None),
        (1, "万标准箱", "项", None),
        (1, "亿美元", "亿元", None),
    ],
)
def test_a_value_in_another_unit(value, printed, wanted, result):
    assert converted(value, printed, wanted, catalogue()) == result
