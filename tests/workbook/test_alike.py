"""Values that are read like those before them say what they would say alone."""

from dataclasses import replace

from indicators.workbook.grid import Workbook
from indicators.workbook.interpret import Reading, interpret
from tests.real import catalogue
from tests.workbook.drawn import sheet

CONTRACTS = sheet("""
各地区技术市场成交额
单位：亿元
地区 | 2022年 | 2023年
北京 | 7947.51 | 8536.94
四川 | 1643.53 | 1942.15
陕西 | 3048.73 | 4118.46
""")


def read(**marks: object) -> Reading:
    marked = replace(CONTRACTS, **marks)  # type: ignore[arg-type]
    return interpret(Workbook("表.xlsx", "xlsx", (marked,)), catalogue())


def test_every_value_has_its_own_region_period_and_cell():
    assert [(o.region, o.period, o.value, o.printed, o.cell) for o in read().observations] == [
        ("110000", "2022", 7947.51, "7947.51", "B4"),
        ("110000", "2023", 8536.94, "8536.94", "C4"),
        ("510000", "2022", 1643.53, "1643.53", "B5"),
        ("510000", "2023", 1942.15, "1942.15", "C5"),
        ("610000", "2022", 3048.73, "3048.73", "B6"),
        ("610000", "2023", 4118.46, "4118.46", "C6"),
    ]


def test_what_marks_one_cell_is_told_of_that_cell():
    told = {(p.code, p.cell) for p in read(struck=frozenset({(5, 1)}), hidden_rows=frozenset({4})).problems}
    assert told == {("cell.struck", "B6"), ("cell.hidden", "B5")}


def test_a_percent_sign_holds_for_its_own_cell():
    units = {o.cell: o.unit_printed for o in read(percent=frozenset({(4, 2)})).observations}
    assert units == {"B4": "亿元", "C4": "亿元", "B5": "亿元", "C5": "%", "B6": "亿元", "C6": "亿元"}


def test_a_city_in_the_corner_counts_under_its_province():
    table = sheet("""
2023年技术合同成交额
西安 | 北京 | 陕西
技术合同成交额（亿元） | 8536.94 | …
技术合同成交额（亿元） | 8536.94 | 4118.46
""")
    book = Workbook("表.xlsx", "xlsx", (table,))
    assert {(o.cell, o.region) for o in interpret(book, catalogue()).observations} == {
        ("B3", "110000"),
        ("B4", "110000"),
        ("C4", "610100"),
    }
