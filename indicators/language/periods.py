"""Periods as people say them."""

from datetime import date

from babel.dates import format_skeleton

from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.model.period import parse_period

_MONTHS_A_QUARTER = 3


def period_in_words(period: str, language: Language) -> str:
    """A period as people say it: 2021年, 2023年4月, 2022年11月30日, 2012年—2021年."""
    parsed = parse_period(period)
    if parsed.kind != "span":
        return _point(parsed.start, language)
    return text(language, "fact.span", start=_point(parsed.start, language), end=_point(parsed.end, language))


def _point(point: str, language: Language) -> str:
    year, _, rest = point.partition("-")
    if rest.startswith("Q"):
        return format_skeleton("yQQQ", date(int(year), int(rest[1:]) * _MONTHS_A_QUARTER, 1), locale=language)
    month, _, day = rest.partition("-")
    skeleton = "yMMMd" if day else "yMMM" if month else "y"
    return format_skeleton(skeleton, date(int(year), int(month or 1), int(day or 1)), locale=language)
