"""What one cell of figures says: a number with its qualifier and unit, nothing, or neither.

A print that can be read in two ways has no value but a doubt; a text that is no number is None, so
that the caller reports it. Money keeps its printed unit (3.5 亿元), counts are multiplied out (76 万项):
`factor` says by how much, because a heading in 亿元 over a cell 3.5 亿 would multiply once more.
"""

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from indicators.model.qualifier import Qualifier
from indicators.workbook.words import COUNTER, FOOTNOTES, MONEY, SCALE, SCALES, UNIT, clean

_NOTHING = """
- -- --- – —— — ― ─ ── − . .. ... ...... / // n.a. n.a na n/a nan nil null none
无 暂无 暂缺 缺 缺失 空 空缺 空白 无数据 暂无数据 没有 不详 未知 未公布 暂未公布 未公开 未统计
未填 未填报 未报 不适用 不可得 待定 待补 待补充 待公布 保密
"""
MISSING = frozenset(("", *_NOTHING.split()))

_PREFIXES: dict[Qualifier, str] = {
    "<=": r"≤|⩽|<=|=<|最高|最多|至多|不超过|不多于|不高于|不大于",
    ">=": r"≥|⩾|>=|=>|至少|最少|最低|不少于|不低于|不小于",
    ">": r">|超过|超出|超|突破|逾|多于|高于|大于",
    "<": r"<|不足|不到|不满|未达|少于|低于|小于",
    "~": r"大约|约为|约|大概|≈|~",
    "<~": r"接近|将近|近",
}
_SUFFIXES: dict[Qualifier, str] = {
    ">=": r"及?以上|\+",
    "<=": r"及?以下|以内|之内",
    "~": r"左右|上下",
}
_FILLERS = r"(?:已|达到?了?|为|在|至|到)"
_PREFIX = re.compile(
    _FILLERS
    + "{0,3}(?:"
    + "|".join(f"({words})" for words in _PREFIXES.values())
    + f"){_FILLERS}{{0,3}}"
    + r"|已?达到?了?"
)
_SUFFIX = re.compile("(?:" + "|".join(f"({words})" for words in _SUFFIXES.values()) + ")$")

_MARKS = re.compile(rf"\s*(?:{FOOTNOTES}|\(注\d?\))(?:\s*(?:{FOOTNOTES}|\(注\d?\)))*$")
_POWER = re.compile(r"(?:^|[×x*])\s*10[⁻]?[¹²³⁰-⁹]+$")
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_BROKEN_LINE = re.compile(r"\S(?:[\r\n\t\x0b\x0c\u2028\u2029]|_x000[9AD]_)+\s*\S")
_MINUS = re.compile(r"^\s*[-−–‒]\s*(?=[\d.])")

_DIGITS = r"\d[\d, .]*\d|\d\.?|\.\d+"
_FIGURE = re.compile(rf"(?P<sign>[-+]?)(?P<digits>{_DIGITS})(?P<power>[eE][-+]?\d{{1,3}})?(?P<tail>\D*|\D*\d\D*)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+")
_TWO_NUMBERS = re.compile(r"\d{4}.* .*\d{4}")
_TAIL = re.compile(rf"(?P<more>[多余])?(?P<scale>{SCALE})?(?P<more2>[多余])?(?P<unit>.*)")
_MONEY_WORD = re.compile(MONEY)
_MONEY_UNIT = re.compile(rf"{SCALE}?{MONEY}(?:/.*)?")
_RANGE = re.compile(r"\d[\d,. ]*(?P<first>[^\d\s]*?)\s*(?:-|−|–|—+|~|至|到)\s*(?P<rest>\d[\d,. ]*(?P<last>[^\d\s]*))")
_NUMERAL = re.compile(
    rf"(?P<numeral>[零〇一二两三四五六七八九十百千万亿廿点]+)(?P<more>[多余])?(?P<unit>%|‰|(?:{MONEY}|{COUNTER})(?:/.*)?)?"
)
_TIMES = {"年", "个月", "天"}
_RATIO = re.compile(r"(?P<of>百分之|千分之)(?P<number>[零〇一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)(?![万亿])")
_RATIO_SIGNS = {"百分之": "%", "千分之": "‰"}
_PLACED = re.compile(r"第\s*(?P<place>\d{1,4}|[一二三四五六七八九十百]{1,5})\s*[位名]")
_SAME = str.maketrans("两〇", "二零")


class Number(NamedTuple):
    """A printed number. `value` is None where the print allows two readings; `doubts` says which.

    Doubts: "spaces_inside" (a value all the same), "parentheses", "range" (none).
    """

    value: float | None
    qualifier: Qualifier
    unit: str
    printed: str
    doubts: tuple[str, ...] = ()
    factor: int = 1


def is_missing(cell: object) -> bool:
    """Whether the cell says that there is no figure; an explicit 0 is a figure."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return len(cell) < 40 and clean(cell).replace(" ", "").casefold() in MISSING
    return isinstance(cell, float) and math.isnan(cell)


def number_of(cell: object) -> Number | None:
    """The number that the whole cell is; None where it is none."""
    if isinstance(cell, (int, float)):
        return None if isinstance(cell, bool) else _typed(cell)
    return _of_text(cell) if isinstance(cell, str) and 0 < len(cell) < 60 else None


def _typed(cell: int | float) -> Number | None:
    try:
        value = float(cell)
    except OverflowError:
        return None
    if not math.isfinite(value):
        return None
    return Number(value, "=", "", digits_of(value))


def digits_of(value: float) -> str:
    """A typed number as printed; a whole one has no decimals."""
    return str(int(value)) if abs(value) < 1e15 and value.is_integer() else repr(value)


@lru_cache(maxsize=16384)
def _of_text(raw: str) -> Number | None:
    printed = clean(raw.translate(_INVISIBLE))
    text = printed.lstrip("'‘’`").strip()
    if _POWER.search(text):
        return None
    text = _MARKS.sub("", text)
    if text.startswith("(") and text.endswith(")"):
        inner = _read(text[1:-1].strip(), printed)
        return Number(None, "=", inner.unit, printed, ("parentheses",)) if inner else None
    number = _read(_in_signs(text), printed)
    if number is not None and _BROKEN_LINE.search(raw.strip()) and _SPACED.search(text):
        return number._replace(doubts=("spaces_inside",))
    return number


def _in_signs(text: str) -> str:
    """百分之十五 as 十五%, 第7位 as 7位; anything else as it is."""
    if ratio := _RATIO.search(text):
        return text[: ratio.start()] + ratio["number"] + _RATIO_SIGNS[ratio["of"]] + text[ratio.end() :]
    place = _PLACED.fullmatch(text)
    return f"{place['place']}位" if place else text


def _read(text: str, printed: str) -> Number | None:
    if _is_range(text):
        return Number(None, "=", _RANGE.fullmatch(text)["last"] or "", printed, ("range",))  # type: ignore[index]
    said: set[Qualifier] = set()
    if prefix := _PREFIX.match(text):
        said |= {qualifier for qualifier, word in zip(_PREFIXES, prefix.groups(), strict=True) if word}
        text = text[prefix.end() :].strip()
    if suffix := _SUFFIX.search(text):
        said |= {qualifier for qualifier, word in zip(_SUFFIXES, suffix.groups(), strict=True) if word}
        text = text[: suffix.start()].strip()
    text = _MINUS.sub("-", text)
    figure = _FIGURE.fullmatch(text)
    found = _of_figure(figure) if figure is not None else _of_numeral(text.replace(" ", ""), bool(said))
    if found is None:
        return None
    value, unit, more, doubts, factor = found
    qualifier = _weakest(said | ({">"} if more else set()))
    is_timespan = qualifier == "<~" and unit in _TIMES  # 近三年: the last three years
    if qualifier is None or is_timespan or not math.isfinite(value):
        return None
    return Number(value, qualifier, unit, printed, doubts, factor)


_Found = tuple[float, str, bool, tuple[str, ...], int]


def _of_figure(figure: re.Match[str]) -> _Found | None:
    """Value, unit, whether "more than", doubts and factor of digits with what follows them."""
    digits = figure["digits"].strip()
    doubts: tuple[str, ...] = ()
    if _SPACED.fullmatch(digits):
        digits = digits.replace(" ", "")
    elif " " in digits:
        if _TWO_NUMBERS.search(digits):
            return None
        digits, doubts = digits.replace(" ", ""), ("spaces_inside",)
    if not _GROUPED.fullmatch(digits) and not _PLAIN.fullmatch(digits):
        return None
    number = Decimal(figure["sign"] + digits.replace(",", "") + (figure["power"] or ""))
    tail = _tail(figure["tail"].replace(" ", ""))
    if tail is None:
        return None
    factor, unit, more = tail
    is_year = unit == "年" and 1900 <= number <= 2100
    return None if is_year else (float(number * factor), unit, more, doubts, 1 if unit else factor)


def _tail(text: str) -> tuple[int, str, bool] | None:
    """Factor, unit, and whether "more than", of what follows the digits."""
    if not text:
        return 1, "", False
    match = _TAIL.fullmatch(text)
    if match is None or (match["more"] and match["more2"]):
        return None
    more, unit = bool(match["more"] or match["more2"]), match["unit"]
    scale = match["scale"] or ""
    if unit and not UNIT.fullmatch(unit):
        return None
    if _MONEY_UNIT.fullmatch(scale + unit):
        return 1, scale + unit, more
    return (_factor(scale), unit, more) if not unit or unit[0] not in "%‰" or not scale else None


def _factor(scale: str) -> int:
    return math.prod(SCALES[word] for word in scale)


def _of_numeral(text: str, is_qualified: bool) -> _Found | None:
    """A number in Chinese numerals; a lone 一 is an item number, and a lone 万 a unit."""
    match = _NUMERAL.fullmatch(text)
    if match is None:
        return None
    numeral, unit, more = match["numeral"].translate(_SAME), match["unit"] or "", bool(match["more"])
    if not unit and not set("百千万亿") & set(numeral):
        return None
    if numeral[0] in "百千万亿":
        if len(numeral) > 1 or not (more or is_qualified):
            return None
        numeral = "一" + numeral
    if _MONEY_WORD.fullmatch(unit) and numeral[-1] in "万亿" and not set("万亿") & set(numeral[:-1]):
        numeral, unit = numeral[:-1], numeral[-1] + unit
    numeral = numeral.replace("廿", "二十")
    import cn2an  # type: ignore[import-untyped]  # slow to import, and few cells hold Chinese numerals

    try:
        value = float(cn2an.cn2an(numeral, "strict"))
    except ValueError:
        return None
    return value, unit, more, (), 1 if unit else _factor(numeral[-1]) if numeral[-1] in "万亿" else 1


def _is_range(text: str) -> bool:
    """Whether two numbers stand with a dash between, in one unit or none; 1-6月 and 2012-2021年 are periods."""
    match = _RANGE.fullmatch(text)
    if match is None or (match["first"] and match["first"] != match["last"]):
        return False
    last = _FIGURE.fullmatch(match["rest"].strip())
    return last is not None and _of_figure(last) is not None


def _weakest(said: set[Qualifier]) -> Qualifier | None:
    """The one qualifier that words say together; None where they contradict one another."""
    if not said:
        return "="
    if len(said) == 1:
        return next(iter(said))
    if said <= {">", ">="}:
        return ">="
    if said <= {"<", "<="}:
        return "<="
    return "~" if said <= {"~", "<~"} else None
