"""One figure, typed in every way that people type figures, years, places and units.

Each oddity is a name, what stands in the cell for a figure, and what is read: the figure itself with a
qualifier, or the code of what is reported instead.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


class Oddity(NamedTuple):
    """How a figure is typed and what is read; `reads` is a qualifier, "missing", or a problem's code."""

    name: str
    typed: Callable[[float], object]
    reads: str = "="


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _thousands(value: float, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def _in_numerals(value: float) -> str:
    whole, _, part = str(value).partition(".")
    digits = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
    units = ["", "十", "百", "千"]
    if len(whole) != 4 or "0" in whole:
        return str(value)
    spoken = "".join(digits[d] + units[3 - i] for i, d in enumerate(whole))
    return spoken + "点" + "".join(digits[d] for d in part) + "亿元"


VALUES = [
    Oddity("a number", lambda v: v),
    Oddity("a text", lambda v: f"{v}"),
    Oddity("an apostrophe", lambda v: f"'{v}"),
    Oddity("spaces around", lambda v: f"  {v} "),
    Oddity("a wide space", lambda v: f"\u3000{v}"),
    Oddity("a space that does not break", lambda v: f"\u00a0{v}\u00a0"),
    Oddity("a zero-width space inside", lambda v: f"{v}".replace(".", "\u200b.")),
    Oddity("a line end", lambda v: f"{v}\n"),
    Oddity("full width", lambda v: _full_width(f"{v}")),
    Oddity("thousands by comma", lambda v: _thousands(v, ",")),
    Oddity("thousands by wide comma", lambda v: _thousands(v, "，")),
    Oddity("thousands by space", lambda v: _thousands(v, " ")),
    Oddity("thousands by fixed space", lambda v: _thousands(v, "\u00a0")),
    Oddity("a plus sign", lambda v: f"+{v}"),
    Oddity("an exponent", lambda v: f"{v:.10e}"),
    Oddity("zeros behind", lambda v: f"{v}000"),
    Oddity("a footnote in a circle", lambda v: f"{v}①"),
    Oddity("a footnote after a space", lambda v: f"{v} ②"),
    Oddity("a raised footnote", lambda v: f"{v}¹"),
    Oddity("a star", lambda v: f"{v}*"),
    Oddity("a footnote in brackets", lambda v: f"{v}[1]"),
    Oddity("a footnote in words", lambda v: f"{v}(注1)"),
    Oddity("its unit", lambda v: f"{v}亿元"),
    Oddity("its unit after a space", lambda v: f"{v} 亿元"),
    Oddity("another unit of money", lambda v: f"{Decimal(str(v)) * 10000:f}万元"),
    Oddity("yuan", lambda v: f"{Decimal(str(v)) * 100000000:.0f}元"),
    Oddity("ten million yuan", lambda v: f"{Decimal(str(v)) * 10:f}千万元"),
    Oddity("numerals", _in_numerals),
    Oddity("about", lambda v: f"约{v}", "~"),
    Oddity("about, behind", lambda v: f"{v}左右", "~"),
    Oddity("about, as a sign", lambda v: f"≈{v}", "~"),
    Oddity("about, with unit", lambda v: f"大约 {v} 亿元", "~"),
    Oddity("nearly", lambda v: f"近{v}", "<~"),
    Oddity("more than", lambda v: f"超{v}", ">"),
    Oddity("beyond", lambda v: f"突破{v}亿元", ">"),
    Oddity("over", lambda v: f"逾 {v}", ">"),
    Oddity("and some", lambda v: f"{v}余", ">"),
    Oddity("more than, as a sign", lambda v: f"＞{v}", ">"),
    Oddity("reaches", lambda v: f"达{v}"),
    Oddity("at least", lambda v: f"{v}以上", ">="),
    Oddity("at least, as a sign", lambda v: f"≥{v}", ">="),
    Oddity("not yet", lambda v: f"不到{v}", "<"),
    Oddity("less than, as a sign", lambda v: f"<{v}", "<"),
    Oddity("short of", lambda v: f"不足{v}亿元", "<"),
    Oddity("at most", lambda v: f"不超过{v}", "<="),
    Oddity("up to", lambda v: f"最高{v}", "<="),
    Oddity("within", lambda v: f"{v}以内", "<="),
    Oddity("nothing", lambda v: None, "missing"),
    Oddity("an empty text", lambda v: " ", "missing"),
    Oddity("a dash", lambda v: "-", "missing"),
    Oddity("a long dash", lambda v: "—", "missing"),
    Oddity("two long dashes", lambda v: "——", "missing"),
    Oddity("dots", lambda v: "…", "missing"),
    Oddity("two dots", lambda v: "..", "missing"),
    Oddity("a stroke", lambda v: "/", "missing"),
    Oddity("not available", lambda v: "N/A", "missing"),
    Oddity("none yet", lambda v: "暂无", "missing"),
    Oddity("not published", lambda v: "未公布", "missing"),
    Oddity("spaces inside", lambda v: f"{v}".replace(".", ". "), "cell.spaces_inside"),
    Oddity("parentheses", lambda v: f"({v})", "cell.parentheses"),
    Oddity("wide parentheses", lambda v: f"（{v}）", "cell.parentheses"),
    Oddity("a range", lambda v: f"{v}-{v + 1}", "cell.range"),
    Oddity("a range by a wave", lambda v: f"{v}～{v + 1}", "cell.range"),
    Oddity("a scale besides the heading's", lambda v: f"{v}亿", "cell.scale_twice"),
    Oddity("an estimate in words behind", lambda v: f"{v}（预计）", "cell.unreadable"),
    Oddity("a fraction", lambda v: "1/3", "cell.unreadable"),
    Oddity("two numbers", lambda v: f"{v} {v}", "cell.unreadable"),
    Oddity("commas in the wrong place", lambda v: "1,23", "cell.unreadable"),
    Oddity("a decimal comma", lambda v: f"{v}".replace(".", ","), "cell.unreadable"),
    Oddity("words", lambda v: "待核实", "cell.unreadable"),
    Oddity("an error's text", lambda v: "#N/A!", "cell.unreadable"),
    Oddity("true", lambda v: True, "cell.unreadable"),
    Oddity("a date", lambda v: datetime(2023, 3, 14), "cell.unreadable"),
    Oddity("a share of the wrong kind", lambda v: f"{v}%", "unit.other"),
    Oddity("a percentage in words", lambda v: "百分之十五", "unit.other"),
    Oddity("a place in a ranking", lambda v: "第7位", "unit.other"),
]

REGIONS = [
    ("陕西", "610000"),
    ("陕西省", "610000"),
    ("陕　西", "610000"),
    (" 陕 西 ", "610000"),
    ("#陕西", "610000"),
    ("其中：陕西", "610000"),
    ("陕西①", "610000"),
    ("Shaanxi", "610000"),
    ("SHAANXI", "610000"),
    ("陕 西 Shaanxi", "610000"),
    ("Shaanxi 陕西", "610000"),
    ("陕西（Shaanxi）", "610000"),
    ("陝西", "610000"),
    ("610000", "610000"),
    ("陕西省西安市", "610100"),
    ("陕西-西安", "610100"),
    ("西安", "610100"),
    ("内 蒙 古", "150000"),
    ("內蒙古", "150000"),
    ("新疆维吾尔自治区", "650000"),
    ("全 国", "CHN"),
    ("全国总计", "CHN"),
    ("National Total", "CHN"),
]

YEARS = [
    2023,
    "2023",
    "2023年",
    "2023 年",
    "２０２３年",
    "二〇二三年",
    "2023年度",
    "2023.0",
    "2023①",
    "2023年*",
    "'2023",
    "2023年实际",
    "2023年（实际数）",
    "2023年(亿元)",
    "2023年1-12月",
]

UNITS = [
    ("（亿元）", 1),
    ("(亿元)", 1),
    ("/亿元", 1),
    ("，亿元", 1),
    (" 亿元", 1),
    ("[亿元]", 1),
    ("（单位：亿元）", 1),
    ("（亿  元）", 1),
    ("（万元）", 10000),
    ("（万 元）", 10000),
    ("（千元）", 100000),
    ("（百万元）", 100),
    ("（千万元）", 10),
    ("（元）", 100000000),
    ("（100 million yuan）", 1),
    ("（10 000 yuan）", 10000),
    ("(10,000 yuan)", 10000),
]
