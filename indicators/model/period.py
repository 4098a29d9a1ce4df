"""Periods as in SDMX TIME_PERIOD: a year is a year, and a span is never drawn as one.

`2021` · `2012/2021` (a span, for cumulative figures and average growth) · `2023-01` or
`2023-03-14` (as of) · `2023-Q1`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from indicators.errors import Invalid

PeriodKind = Literal["year", "quarter", "month", "day", "span"]

_POINT = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """One reference period; `start` and `end` are ISO points and differ only for a span."""

    kind: PeriodKind
    start: str
    end: str

    def __str__(self) -> str:
        return f"{self.start}/{self.end}" if self.kind == "span" else self.start


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Period from its ISO 8601 text. Raises Invalid("period.unreadable")."""
    start, slash, end = text.partition("/")
    kind = _point_kind(start, text)
    if not slash:
        return Period(kind, start, start)
    _point_kind(end, text)
    if _sort_key(end) <= _sort_key(start):
        raise Invalid("period.unreadable", text=text)
    return Period("span", start, end)


def is_period(text: str) -> bool:
    """Whether the text is the ISO 8601 text of a period."""
    try:
        parse_period(text)
    except Invalid:
        return False
    return True


def is_year(text: str) -> bool:
    """Whether the period is one calendar year, the only kind that annual charts draw."""
    return len(text) == 4 and text.isdecimal() and text.isascii()


def _point_kind(point: str, text: str) -> PeriodKind:
    match = _POINT.fullmatch(point)
    if match is None:
        raise Invalid("period.unreadable", text=text)
    if match["quarter"]:
        return "quarter"
    if not match["month"]:
        return "year"
    month = int(match["month"])
    day = int(match["day"] or 1)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(int(match["year"]), month)[1]:
        raise Invalid("period.unreadable", text=text)
    return "day" if match["day"] else "month"


def _sort_key(point: str) -> tuple[int, int, int]:
    match = _POINT.fullmatch(point)
    assert match is not None
    month = int(match["quarter"]) * 3 if match["quarter"] else int(match["month"] or 0)
    return int(match["year"]), month, int(match["day"] or 0)
