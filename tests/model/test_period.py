from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.errors import Invalid
from indicators.model.period import Period, is_year, parse_period

years = st.integers(1000, 9999).map(str)
quarters = st.builds("{}-Q{}".format, years, st.integers(1, 4))
days = st.dates(date(1000, 1, 1)).map(date.isoformat)
months = days.map(lambda day: day[:7])
points = st.one_of(years, quarters, months, days)
same_kind = st.one_of(*(st.tuples(kind, kind) for kind in (years, quarters, months, days)))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021", Period("year", "2021", "2021")),
        ("2023-Q1", Period("quarter", "2023-Q1", "2023-Q1")),
        ("2023-01", Period("month", "2023-01", "2023-01")),
        ("2023-03-14", Period("day", "2023-03-14", "2023-03-14")),
        ("2012/2021", Period("span", "2012", "2021")),
        ("2022-03/2023-04", Period("span", "2022-03", "2023-04")),
    ],
)
def test_a_period_is_read_from_its_text(text, period):
    assert parse_period(text) == period


@given(points)
def test_a_point_of_time_comes_back_as_it_was_written(point):
    assert str(parse_period(point)) == point


@given(same_kind)
def test_a_span_runs_forward_or_is_refused(ends):
    start, end = ends
    if start < end:
        span = parse_period(f"{start}/{end}")
        assert (str(span), span.kind) == (f"{start}/{end}", "span")
    else:
        with pytest.raises(Invalid, match=r"period\.unreadable"):
            parse_period(f"{start}/{end}")


@given(st.integers(1000, 9999), st.integers(0, 99), st.integers(0, 99))
def test_only_days_of_the_calendar_are_periods(year, month, day):
    text = f"{year}-{month:02}-{day:02}"
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    if exists:
        assert parse_period(text).kind == "day"
    else:
        with pytest.raises(Invalid, match=r"period\.unreadable"):
            parse_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021年",
        "２０２１",
        "2021-13",
        "2021-00",
        "2021-Q5",
        "2021-q1",
        "2023-02-29",
        "2021-1",
        " 2021",
        "2021\n",
        "2012-2021",
        "2012/",
        "/2021",
        "2012/2021/2022",
        "2021/2021",
        "2021/2012",
        "2023-Q1/2023-03",
    ],
)
def test_anything_else_is_unreadable(text):
    with pytest.raises(Invalid) as error:
        parse_period(text)
    assert (error.value.code, error.value.details) == ("period.unreadable", {"text": text})


@given(points)
def test_a_year_is_a_year_and_nothing_else_is(point):
    assert is_year(point) == (parse_period(point).kind == "year")


@pytest.mark.parametrize("text", ["2012/2021", "２０２１", "abcd", "20210", "2023-01", ""])
def test_no_other_text_is_a_year(text):
    assert not is_year(text)
