"""What a number format shows of a number: words around it, and how many times smaller it is drawn.

``0.0"万元"`` shows 990.6 as 990.6万元, ``#,##0.0,`` a thousandth, ``0!.0,`` a ten-thousandth: whoever
prints the sheet sees that, and nothing else of what the cell holds.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<plain>.)')
_DIGITS = "0#?.,"
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(r"[\u4e00-\u9fff‰<>≤≥≈~]")


class Shown(NamedTuple):
    """Words before and behind a number, and what it is divided by before it is shown."""

    before: str
    behind: str
    divisor: int


@lru_cache(maxsize=1024)
def shown_by(code: str) -> Shown | None:
    """What a number format adds to a plain number; None where that is nothing, or it shows a date."""
    tokens = list(_TOKEN.finditer(_GENERAL.sub("0", code).split(";")[0]))
    plain = "".join(match["plain"] or "" for match in tokens)
    if _DATE.search(plain) or "%" in plain or "E" in plain:
        return None
    digits = [place for place, match in enumerate(tokens) if (match["plain"] or "-") in _DIGITS]
    if not digits:
        return None
    first, last = digits[0], digits[-1]
    divisor = _divisor(tokens[first : last + 1])
    before, behind = (_words(part) for part in (tokens[:first], tokens[last + 1 :]))
    return Shown(before, behind, divisor) if divisor and (before or behind or divisor > 1) else None


def _divisor(tokens: list[re.Match[str]]) -> int:
    """What commas behind the last digit and a point that is mere text divide by; 0 where other text stands between."""
    shape = "".join(
        match["plain"] or ("!" if match["escaped"] == "." else "-" if match["quoted"] else "") for match in tokens
    )
    if "-" in shape:
        return 0
    commas = len(shape) - len(shape.rstrip(","))
    _, _, decimals = shape.rstrip(",").partition("!")
    return int(1000**commas * 10 ** len(decimals))


def _words(tokens: list[re.Match[str]]) -> str:
    text = "".join(match["quoted"] or match["escaped"] or match["plain"] or "" for match in tokens).strip()
    return text if _SAYS_SOMETHING.search(text) else ""
