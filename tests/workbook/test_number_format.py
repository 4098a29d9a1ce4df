"""What number formats show, as spreadsheets in China use them."""

import pytest

from indicators.workbook.number_format import Shown, shown_by


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0.0"万元"', Shown("", "万元", 1)),
        ("0.0\\亿\\元", Shown("", "亿元", 1)),
        ("#,##0.00亿元", Shown("", "亿元", 1)),
        ('G/通用格式"家"', Shown("", "家", 1)),
        ('"约"0.0', Shown("约", "", 1)),
        ("#,##0.0,", Shown("", "", 1_000)),
        ('#,##0,,"百万元"', Shown("", "百万元", 1_000_000)),
        ('0!.0,"万元"', Shown("", "万元", 10_000)),
    ],
)
def test_a_format_that_adds_to_the_number(code, shown):
    assert shown_by(code) == shown


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "0.00%",
        "@",
        "#,##0.00_);[Red]\\(#,##0.00\\)",
        "[$¥-804]#,##0.00",
        'yyyy"年"m"月"',
        "0.00E+00",
    ],
)
def test_a_format_that_adds_nothing(code):
    assert shown_by(code) is None
