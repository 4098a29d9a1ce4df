"""Notes below tables that call figures provisional."""

import pytest

from indicators.workbook.footnotes import Provisional, provisional_in


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("注：①为初步统计数。", Provisional(frozenset("①"))),
        ("①初步统计数", Provisional(frozenset("①"))),
        ("*为快报数据", Provisional(frozenset("*"))),
        ("注：2023年为初步核算数，2022年为最终核实数。", Provisional(years=frozenset({"2023"}))),
        ("注：1.2024年数据为快报数；2.绝对数按现价计算", Provisional(years=frozenset({"2024"}))),
        ("注：本表数据为初步统计数", Provisional(is_all=True)),
        ("注：根据初步核算结果整理", Provisional()),
        ("①为规模以上工业企业数据", Provisional()),
    ],
)
def test_what_a_note_calls_provisional(note, found):
    assert provisional_in([note]) == found
