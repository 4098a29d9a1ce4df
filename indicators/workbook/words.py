"""Words of headings as analysts type them: cleaned, their unit apart, one language from the other.

Circled and raised digits are footnote marks and survive cleaning: NFKC alone would turn 2018① into 20181.
"""

import re
import unicodedata
from functools import lru_cache

FOOTNOTES = r"(?:[①-⑳⓪⓿¹²³⁰-⁹*†‡§]|\[\d{1,2}\]|\[注\d{0,2}\]|注\d{1,2})"
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
SCALE = r"(?:[十百千]?[万亿]|万亿|[十百千])"
MONEY = r"(?:元|美元|欧元|英镑|日元|港元|澳元|韩元|卢布|卢比)"
_COUNTED = (
    r"人年|人月|人·年|人次|人|项次|项|件次|件|份|宗|笔|个百分点|百分点|个月|个|家次|家|所|户|篇|部|种|次|倍|位|名|场|款|条|支|"
    r"年|天|小时|分钟|平方米|平方公里|平方千米|公顷|亩|立方米|吨标准煤|吨标煤|吨|公斤|千克|克|公里|千米|米|"
    r"千瓦时|千瓦|度|台套|台|套|辆|艘|架|册|张|座|处|枚|颗|株|头|箱"
)
COUNTER = rf"(?:{_COUNTED})"
COUNT = re.compile(rf"{SCALE}?(?:家|个|户|所|件|项|人|名)")
_SIMPLE = rf"(?:%|‰|m²|km²|{SCALE}?(?:{MONEY}|{COUNTER}))"
UNIT = re.compile(rf"{_SIMPLE}(?:/{SCALE}?(?:{_SIMPLE}|GDP))?")

_ENGLISH_SCALE = r"100 ?million|10[ ,]?000|1[ ,]?000|thousand|million|billion|mn|bn"
_ENGLISH = re.compile(
    rf"(?P<scale>{_ENGLISH_SCALE})?\s*"
    r"(?P<base>yuan|rmb|cny|us dollars?|usd|persons?[- ]years?|man-years?|persons?|people|items?|pieces?|cases?|"
    rf"units?|times|percent|%)|(?P<money>yuan|rmb|cny|usd)\s*(?P<size>{_ENGLISH_SCALE})",
    re.IGNORECASE,
)
_CHINESE_SCALE = {
    "100million": "亿",
    "10000": "万",
    "1000": "千",
    "thousand": "千",
    "million": "百万",
    "mn": "百万",
    "billion": "十亿",
    "bn": "十亿",
}
_CHINESE_BASE = {
    "yuan": "元",
    "rmb": "元",
    "cny": "元",
    "us dollar": "美元",
    "usd": "美元",
    "person-year": "人年",
    "man-year": "人年",
    "person": "人",
    "people": "人",
    "item": "项",
    "piece": "件",
    "percent": "%",
}

_KEPT = r"①-⑳⓪⓿⓫-⓴¹²³⁰-⁹"
_NORMAL = re.compile(rf"[^{_KEPT}]+")
_BLANK = re.compile(r"(?:_x000[9AD]_|[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060\ufeff\u3164])+")
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}]) +(?=[{_CJK}])")
_UP_TO_CJK = re.compile(rf".*[{_CJK}](?:[^A-Za-z(\[]*|\([^A-Za-z]*\))*")
_LATIN_FIRST = re.compile(rf"(?P<latin>[^{_CJK}]*[a-z]{{2}}[^{_CJK}]*?)[\s/|(]+(?P<chinese>[{_CJK}].*)")
_GLUED_CAPITALS = re.compile(r"[A-Z&/]+(?=\s+[A-Z][a-z])|[A-Z&/]+$")

_UNIT_LINE = re.compile(
    r"(?:^|(?<=[\s(,;，；:。]))(?:计量|数量)?单\s?位\s*[:：]\s*(?P<units>[^()]*?)\s*(?=$|\)|\bunits?\s*:|\S+[:：])",
    re.I,
)
_ENGLISH_LINE = re.compile(r"\bunits?\s*:\s*(?P<units>[^()]+?)\s*(?=$|\))", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[【〔]\s*(?P<inside>[^()\[\]【】〔〕]*?)\s*[)\]】〕]")
_BEFORE_UNITS = re.compile(r"^(?:(?:计量|数量)?单\s?位|units?)\s*[:：]\s*", re.IGNORECASE)
_BETWEEN_UNITS = re.compile(r"[、,;；，]\s*(?!000)|(?<![\d0])\s+(?=[\u4e00-\u9fff%‰])|(?<=[\u4e00-\u9fff%‰])\s+")
_SPACE_IN_UNIT = re.compile(r"(?<=[十百千万亿]) (?=[\u4e00-\u9fff])| ?(?<=[ \u4e00-\u9fff])/ ?(?=[\u4e00-\u9fff])")
_UNIT_BEHIND = re.compile(rf"^(?P<name>.*[\u4e00-\u9fff)])\s*[/、,，_|]\s*(?P<unit>{UNIT.pattern})$")
_UNIT_AFTER_SPACE = re.compile(
    rf"^(?P<name>.*[\u4e00-\u9fff)]) (?P<unit>[十百千万亿]+(?:{MONEY}|{COUNTER})|{MONEY}|[%‰])$"
)
_ENGLISH_BEHIND = re.compile(rf"^(?P<name>.*[A-Za-z)]),\s*(?P<unit>(?=1|m|b|t){_ENGLISH.pattern})$", re.IGNORECASE)
_PERCENT_BEHIND = re.compile(r"^(?P<name>.*[^\s(\[±%‰\d.])\s*±?(?P<unit>[%‰])$")
_BEHIND = (_UNIT_BEHIND, _UNIT_AFTER_SPACE, _ENGLISH_BEHIND, _PERCENT_BEHIND)
_NOT_ALONE = {"年", "天", "次", "度", "部", "头", "处"}
_ORGANISATION = re.compile(r"[局厅院校部委办司处会]$|中心$|公司$")

YEAR_WORDS = r"年|年份|年度|时间|时期|日期|统计年度|years?|period|time|date"
OF_YEARS = re.compile(rf"^(?:{YEAR_WORDS})$", re.IGNORECASE)
OF_CODES = re.compile(
    r"^(?:序号|编号|编码|.{0,6}代码|(?:指标|序列|系列)(?:id|编码)|no\.?|code|id|adcode)$", re.IGNORECASE
)

_LEADS = re.compile(
    r"(?:[#*]"
    r"|其\s?中\s*[:：]?(?=\s*\S)"
    r"|of which\s*:?"
    r"|求和项\s*[:：]|sum of\b"
    r"|(?:续|附)?表\s*[\dA-Z]+(?:[-—–.]\d+)*[:：.、]?(?![\d年])"
    r"|续表\s*\d*"
    r"|\d{1,2}[-—–]\d{1,3}(?:[-—–]\d{1,3})?(?:\s+(?![岁年月日季\d])|(?=[、.:：]))"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．]"
    r"|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)"
    r"|\d{1,2}\s*(?:[、)]|\.(?!\d))"
    r"|[IVX]{1,4}\s*[、.]"
    r"|[、.:：])\s*",
    re.IGNORECASE,
)
_MARKS = re.compile(rf"^{FOOTNOTES}+|(?<![mk]){FOOTNOTES}+(?=$|[\s()（）])")


@lru_cache(maxsize=16384)
def clean(text: str) -> str:
    """The text as read aloud: one width of characters, single spaces, footnote marks kept."""
    plain = text if text.isascii() else _NORMAL.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return _BLANK.sub(" ", plain).strip()


@lru_cache(maxsize=8192)
def split_languages(text: str) -> tuple[str, str]:
    """Chinese and Latin wording of a bilingual text; abbreviations within Chinese (R&D经费) stay there."""
    text = _BETWEEN_CJK.sub("", clean(text))
    first = _LATIN_FIRST.fullmatch(text)
    if first is not None and not _UP_TO_CJK.sub("", text):
        return first["chinese"].rstrip(")" if "(" not in first["chinese"] else ""), first["latin"].strip()
    match = _UP_TO_CJK.match(text)
    if match is None:
        return "", text
    chinese, latin = match[0], text[match.end() :]
    capitals = _GLUED_CAPITALS.match(latin) if not chinese.endswith((" ", "/", "|")) else None
    if capitals is not None or not re.search(r"[A-Za-z]{2}|[A-Z]&", latin):
        end = capitals.end() if capitals is not None else len(latin)
        chinese, latin = chinese + latin[:end], latin[end:]
    return chinese.rstrip(" /|"), re.sub(r"^\(([^()]*)\)$", r"\1", latin.strip())


@lru_cache(maxsize=8192)
def units_in(text: str) -> tuple[str, ...]:
    """Units that a heading or a unit line states, as printed, each once; an English repetition is left out."""
    text = _SPACE_IN_UNIT.sub(lambda gap: gap[0].strip(), _MARKS.sub("", clean(text)))
    if (alone := _unit(text)) and alone not in _NOT_ALONE and not re.fullmatch(r"[a-z-]+", alone, re.IGNORECASE):
        return (alone,)
    behind = _behind(text)
    if behind is not None:
        return (*(unit for unit in units_in(behind["name"]) if unit != behind["unit"]), behind["unit"])
    lines = [match["units"] for pattern in (_UNIT_LINE, _ENGLISH_LINE) for match in pattern.finditer(text)]
    stated = [unit for line in lines for piece in _BETWEEN_UNITS.split(line) if (unit := _stated_unit(piece))]
    inside = [match["inside"] for match in _BRACKETS.finditer(text)]
    bracketed = [unit for part in inside for piece in _BETWEEN_UNITS.split(part) if (unit := _unit(piece))]
    units: dict[str, str] = {}
    for unit in sorted((*stated, *bracketed), key=str.isascii):
        units.setdefault(in_chinese(unit), unit)
    return tuple(units.values())


@lru_cache(maxsize=8192)
def without_unit(text: str) -> str:
    """The heading without its units, "#", "其中", item and table numbers, and footnote marks."""
    text = _MARKS.sub("", clean(text))
    if units_in(text) and units_in(text) == (_unit(text),):
        return ""
    if (behind := _behind(text)) is not None:
        text = behind["name"]
    text = _BRACKETS.sub(_bracket_without_unit, text)
    text = _ENGLISH_LINE.sub("", text)
    text = _UNIT_LINE.sub(lambda match: "" if units_in(match[0]) else match[0], text)
    while (match := _LEADS.match(text)) is not None and match.end() < len(text):
        text = text[match.end() :]
    text = _MARKS.sub("", text.strip())
    return _BLANK.sub(" ", text).strip(" ,，;；:：")


def _bracket_without_unit(bracket: re.Match[str]) -> str:
    """What a bracket says beside its unit, such as whom the figures are about: (规上工业企业，亿元)."""
    if not units_in(bracket[0]):
        return bracket[0]
    inside = _SPACE_IN_UNIT.sub(lambda gap: gap[0].strip(), bracket["inside"])
    pieces = _BETWEEN_UNITS.split(_BEFORE_UNITS.sub("", inside))
    others = [piece for piece in pieces if piece and not _unit(piece)]
    return f"({'，'.join(others)})" if 0 < len(others) < len(pieces) else ""


def _behind(text: str) -> re.Match[str] | None:
    """A heading with its unit behind it, without brackets: 成交额/亿元."""
    if _UNIT_LINE.search(text):
        return None
    match = next((match for pattern in _BEHIND if (match := pattern.match(text)) is not None), None)
    return match if match is not None and match["unit"] not in _NOT_ALONE else None


def _unit(piece: str) -> str:
    piece = piece.strip(" 。±").removeprefix("人民币").strip()
    squeezed = piece.replace(" ", "")
    if UNIT.fullmatch(squeezed):
        return squeezed
    return piece if _ENGLISH.fullmatch(piece) else ""


def _stated_unit(piece: str) -> str:
    """A unit after "单位:": also one that we do not know, but not an office that filled in the form."""
    piece = piece.strip(" 。")
    known = _unit(piece)
    unknown = 0 < len(piece) <= 4 and not piece.isascii() and not _ORGANISATION.search(piece)
    return known or (piece if unknown or (piece.isascii() and len(piece) <= 30) else "")


@lru_cache(maxsize=8192)
def in_chinese(unit: str) -> str:
    """The Chinese name of a unit that is printed in English; any other as it is."""
    match = _ENGLISH.fullmatch(unit)
    if match is None:
        return unit
    scale = _CHINESE_SCALE.get(re.sub(r"[ ,]", "", match["scale"] or match["size"] or "").lower(), "")
    base = (match["base"] or match["money"]).lower().replace(" year", "-year").replace("persons-", "person-")
    return scale + (_CHINESE_BASE.get(base) or _CHINESE_BASE.get(base.removesuffix("s"), base))
