"""Periods as people print them, and the years that titles and file names mention."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from indicators.model.period import is_period, is_year
from indicators.workbook.words import FOOTNOTES, clean

_FIRST, _LAST = 1900, 2100
_YEAR = r"(?:19\d\d|20\d\d|2100)"
_TO = r"(?:-|~|—+|–|―|至|到|/)"
_DIGITS = str.maketrans("〇零○OＯo一二三四五六七八九", "000000123456789")
_FOUR_DIGITS = re.compile(
    r"(?<![〇零○一二三四五六七八九十百千])[一二][〇零○OＯo一二三四五六七八九]{3}(?![〇零○一二三四五六七八九十百千万亿])"
)
_LOOSE_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_MARKS = re.compile(rf"{FOOTNOTES}+$")
_AS_OF = re.compile(r"^截[至止](?:到|至)?(?=\d)|(?<=[年月])[末底终]$")
_MIDNIGHT = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T]00:00:00(?:\.0+)?")
_QUARTERS = {"1": "1", "2": "2", "3": "3", "4": "4", "一": "1", "二": "2", "三": "3", "四": "4"}

_YEAR_ONLY = re.compile(rf"[XY]?(?P<y>{_YEAR})(?:\.0|年度?)?", re.IGNORECASE)  # statistics programs head columns X2022
_SHORT_YEAR = re.compile(r"['‘’](\d\d) ?年?")
_LAST_CENTURY_FROM, _CENTURIES = "49", ("20", "19")
_SPAN = re.compile(rf"(?P<y>{_YEAR})年?{_TO}(?P<z>{_YEAR})年?")
_QUARTER = re.compile(rf"(?P<y>{_YEAR})(?:年|-)?(?:第?(?P<q>[1-4一二三四])季度?|Q(?P<n>[1-4]))", re.IGNORECASE)
_QUARTER_FIRST = re.compile(rf"Q(?P<n>[1-4])[ /-]?(?P<y>{_YEAR})", re.IGNORECASE)
_PART = re.compile(rf"(?P<y>{_YEAR})年(?P<part>上半年|下半年|前[二两三]个?季度)")
_FIRST_QUARTERS = re.compile(rf"(?P<y>{_YEAR})年?[1一]季?度?{_TO}(?P<n>[2-4二三四])季度?")
_MONTH = re.compile(rf"(?P<y>{_YEAR})(?:年(?P<m>\d\d?)月份?|[-/](?P<n>\d\d?))")
_MONTHS = re.compile(rf"(?P<y>{_YEAR})年(?P<m>\d\d?)月?{_TO}(?:(?P<z>{_YEAR})年)?(?P<n>\d\d?)月份?")
_EDGE_OF_YEAR = re.compile(r"(\d{4})(?:([-/.])12\2(31)|([-/.])0?1\4(0?1))")
_DAY = re.compile(rf"(?P<y>{_YEAR})(?:年(?P<m>\d\d?)月(?P<d>\d\d?)日|(?P<sep>[-/.])(?P<n>\d\d?)(?P=sep)(?P<e>\d\d?))")
_PART_WORD = re.compile(r"[季月半]|Q[1-4]", re.IGNORECASE)
_DATE = re.compile(r"(?:\d{4}年)?\d\d?月(?:\d\d?日|份?(?=整理|更新|编|制|印|发布|公布|修订|填报|报送))")
_END_OF_YEAR = re.compile(r"截[至止]?(?:到|至)?(?:\d{4}年)?12月[底末]?|12月[底末]")
_UNTIL = re.compile(
    r"截[至止](?:到|至)?(?:\d{4}年)?(?!12月)\d\d?月|(?<![-~—–―至到/\d])(?!12月)\d\d?月份?(?:[底末终]|累计)"
)
_PARTS_MENTIONED = re.compile(
    rf"\d\d?月?{_TO}\d\d?月|[1一]季?度?{_TO}[2-4二三四]季度?|第?[一二三四1-4]季度|[上下]半年|前[二两三]个?季度|(?<![A-Z\d])Q[1-4](?!\d)|(?<!\d)\d\d?月",
    re.IGNORECASE,
)
_UP_TO_THE_END = re.compile(rf"12月|{_TO}[4四]季")
_WHOLE_YEAR = {"全年", "本年", "本年度", "本年实际", "本年累计", "年度累计", "当年"}
_PARTS = {"上": "{y}-01/{y}-06", "下": "{y}-07/{y}-12", "三": "{y}-Q1/{y}-Q3", "二": "{y}-Q1/{y}-Q2"}

_MENTION = re.compile(rf"(?<![\d.,])({_YEAR})(?![\d,]|\.\d|\s*[万亿多余%‰]|\s*[个项件家人元所户篇](?!均))")
_STANDARD = re.compile(r"(?:GB|ISO)[/A-Z\s]*[\d.]+[-—:]\d{4}", re.IGNORECASE)
_BOOK = r"(?:年鉴|统计摘要|统计年报|(?<!\d)年度报告|yearbook)"
_AFTER_BOOK = re.compile(
    rf"{_BOOK}[》」”\"]?[\s\-—–_·,，(《]*({_YEAR})(?!\d|年数据)(?:年?\s*{_TO}\s*({_YEAR})(?!\d))?", re.IGNORECASE
)
_BEFORE_BOOK = re.compile(
    rf"(?<!\d)({_YEAR})年?版?[\s_\-—]*[《「“\"]?"
    rf"(?:(?!数据|来源|摘自|根据|各地区|额|表)[\u4e00-\u9fff]){{0,12}}(?:[a-z]+\s+){{0,4}}{_BOOK}"
    rf"(?![》」”\"]?[\s\-—–_·,，(《]*{_YEAR})",
    re.IGNORECASE,
)
_EDITION = re.compile(rf"(?<!\d)({_YEAR})年?版")


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """A period, the footnote marks at it, and whether it was printed otherwise (a year's end, an edge date)."""

    period: str
    marks: tuple[str, ...] = ()
    approximate: bool = False


def period_of(cell: object) -> PeriodFound | None:
    """The period that the whole cell names; None for anything more or less than one period."""
    if isinstance(cell, (int, float)):
        may_be_year = not isinstance(cell, bool) and _FIRST <= cell <= _LAST and cell == int(cell)
        return PeriodFound(str(int(cell))) if may_be_year else None
    if isinstance(cell, date):
        return _of_date(cell)
    return _of_text(cell) if isinstance(cell, str) and len(cell) < 60 else None


@lru_cache(maxsize=8192)
def part_of(text: str) -> str | None:
    """The part of a year that a text names without the year, as a pattern of {y}: 一季度 is {y}-Q1, 全年 {y}."""
    squeezed = clean(text).replace(" ", "")
    if squeezed in _WHOLE_YEAR:
        return "{y}"
    if not _PART_WORD.search(squeezed):
        return None
    found = _of_text(f"2000年{squeezed}") or _of_text(f"2000{squeezed}")
    is_part = (
        found is not None
        and (found.period != "2000" or _UP_TO_THE_END.search(squeezed))
        and not squeezed.startswith("-")
    )
    return found.period.replace("2000", "{y}") if found is not None and is_part and "/20" not in squeezed else None


def years_in(text: str) -> tuple[int, ...]:
    """Years that a title, sheet or file name mentions, in order; the ends of a span, no amounts or timestamps."""
    text = _STANDARD.sub(" ", _plain(text))
    return tuple(dict.fromkeys(int(year) for year in _MENTION.findall(text)))


def part_in(text: str) -> str | None:
    """The quarter, month, day or span of months that a title mentions; None where it speaks of years only."""
    plain = _plain(text).replace(" ", "")
    for pattern in (_MONTHS, _FIRST_QUARTERS, _PART, _QUARTER, _DAY, _MONTH):
        match = pattern.search(plain)
        period = _iso(match[0]) if match is not None and _PART_WORD.search(match[0]) else None
        if period is not None and is_period(period):
            return period
    return None


def parts_in(text: str) -> tuple[str, ...]:
    """The parts of a year that a title mentions, with or without their year, as patterns of {y}; no dates.

    Up to the end of December, as 截至12月底 says, is no part.
    """
    plain = _END_OF_YEAR.sub("", _DATE.sub("", _plain(text).replace(" ", "")))
    parts = (part_of(match[0]) for match in _PARTS_MENTIONED.finditer(plain))
    return tuple(dict.fromkeys(part for part in parts if part and part != "{y}"))


def is_until(text: str) -> bool:
    """Whether a text speaks of all up to a month and leaves open since when: 截至11月底, 11月累计; 1-11月 does not."""
    return bool(_UNTIL.search(_plain(text).replace(" ", "")))


def edition_years_in(text: str) -> tuple[int, ...]:
    """Years that name a yearbook's edition, which is not the year of its figures."""
    text = _plain(text)
    found = [
        (match.start(), int(year))
        for pattern in (_AFTER_BOOK, _BEFORE_BOOK, _EDITION)
        for match in pattern.finditer(text)
        for year in match.groups()
        if year
    ]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


def is_date(text: str) -> bool:
    """Whether a line only says when a form was filled in."""
    found = period_of(text)
    return found is not None and not is_year(found.period)


def periods_in(text: str) -> list[str]:
    """Periods that a title or name mentions, without those of a yearbook's edition."""
    part = part_in(text)
    years = sorted(set(years_in(text)) - set(edition_years_in(text)))
    return [part] if part is not None and len(years) == 1 else [str(year) for year in years]


def _plain(text: str) -> str:
    return _FOUR_DIGITS.sub(lambda run: run[0].translate(_DIGITS), clean(text))


def _of_date(day: date) -> PeriodFound | None:
    """A date at a year's edge is mostly a year that a spreadsheet turned into a date."""
    if not _FIRST <= day.year <= _LAST:
        return None
    if (day.month, day.day) in ((1, 1), (12, 31)):
        return PeriodFound(str(day.year), approximate=True)
    return PeriodFound(f"{day.year}-{day.month:02}-{day.day:02}")


@lru_cache(maxsize=8192)
def _of_text(text: str) -> PeriodFound | None:
    plain = _plain(text)
    if short := _SHORT_YEAR.fullmatch(plain):
        return PeriodFound(f"{_CENTURIES[short[1] >= _LAST_CENTURY_FROM]}{short[1]}", approximate=True)
    plain = plain.lstrip("'‘’")
    if (midnight := _MIDNIGHT.fullmatch(plain)) is not None:
        return _of_midnight(midnight)
    found = _MARKS.search(plain)
    marks = tuple(re.findall(FOOTNOTES, found[0])) if found else ()
    squeezed = _LOOSE_SPACE.sub("", plain[: found.start()] if found else plain)
    if edge := _EDGE_OF_YEAR.fullmatch(squeezed):
        return PeriodFound(edge[1], marks, approximate=True)
    bare = _AS_OF.sub("", squeezed)
    period = _iso(bare)
    if period is None or not is_period(period):
        return None
    return PeriodFound(period, marks, bare != squeezed or _may_be_span(bare))


def _of_midnight(match: re.Match[str]) -> PeriodFound | None:
    try:
        return _of_date(datetime(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return None


def _iso(text: str) -> str | None:
    """ISO text of the period, not yet checked against the calendar."""
    if match := _YEAR_ONLY.fullmatch(text):
        return match["y"]
    if match := _SPAN.fullmatch(text):
        return f"{match['y']}/{match['z']}"
    if match := _QUARTER.fullmatch(text):
        return f"{match['y']}-Q{match['n'] or _QUARTERS[match['q']]}"
    if match := _QUARTER_FIRST.fullmatch(text):
        return f"{match['y']}-Q{match['n']}"
    if match := _PART.fullmatch(text):
        part = match["part"].replace("两", "二")
        return next(iso.format(y=match["y"]) for word, iso in _PARTS.items() if word in part)
    if match := _FIRST_QUARTERS.fullmatch(text):
        last = _QUARTERS[match["n"]]
        return match["y"] if last == "4" else f"{match['y']}-Q1/{match['y']}-Q{last}"
    if match := _MONTH.fullmatch(text):
        return f"{match['y']}-{match['m'] or match['n']:0>2}"
    if match := _DAY.fullmatch(text):
        return f"{match['y']}-{match['m'] or match['n']:0>2}-{match['d'] or match['e']:0>2}"
    if match := _MONTHS.fullmatch(text):
        return _months(match)
    return None


def _months(match: re.Match[str]) -> str:
    """A span of months; January to December of one year is that year."""
    first, last = f"{match['y']}-{match['m']:0>2}", f"{match['z'] or match['y']}-{match['n']:0>2}"
    return match["y"] if last == f"{match['y']}-12" and first.endswith("-01") else f"{first}/{last}"


def _may_be_span(text: str) -> bool:
    """Whether 2010-11 is a month, or two years in short."""
    match = re.fullmatch(r"\d\d(\d\d)[-/](\d\d)", text)
    return match is not None and int(match[1]) < int(match[2]) <= 12
