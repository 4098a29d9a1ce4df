import re

import pandas as pd

from indicators.charts.sparkline import HEIGHT, WIDTH, sparkline


def rows(*points: tuple) -> pd.DataFrame:
    return pd.DataFrame([(*p, "")[:3] for p in points], columns=["year", "value", "basis"])


def lines(svg: str) -> list[list[tuple[float, ...]]]:
    found = re.findall(r'<polyline points="([^"]+)"', svg)
    return [[tuple(map(float, point.split(","))) for point in line.split()] for line in found]


def test_the_scale_starts_at_0_and_the_course_fills_the_width():
    assert lines(sparkline(rows((2020, 0), (2021, 50), (2022, 100)))) == [[(4, 40), (120, 22), (236, 4)]]


def test_a_gap_parts_the_line():
    svg = sparkline(rows((2019, 10), (2020, 10), (2021, float("nan")), (2022, 10), (2023, 10)))
    assert [len(line) for line in lines(svg)] == [2, 2]


def test_an_absent_year_parts_the_line_too():
    assert [len(line) for line in lines(sparkline(rows((2019, 1), (2020, 1), (2022, 1), (2023, 1))))] == [2, 2]


def test_a_change_of_basis_parts_the_line():
    svg = sparkline(rows((2018, 2.18, "census3"), (2019, 2.27, "census4"), (2020, 2.42, "census4")))
    assert [len(line) for line in lines(svg)] == [1, 2]


def test_the_end_is_marked():
    assert '<circle cx="236.0" cy="4.0"' in sparkline(rows((2020, 0), (2021, 100)))


def test_values_below_zero_stay_within_the_picture():
    ((first, last),) = lines(sparkline(rows((2020, -50), (2021, 50))))
    assert (first, last) == ((4, HEIGHT - 4), (WIDTH - 4, 4))


def test_one_value_or_none_draws_nothing():
    assert sparkline(rows((2020, 1))) == sparkline(rows((2020, float("nan")), (2021, 1))) == sparkline(rows()) == ""
