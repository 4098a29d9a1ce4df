"""Colours, type and sizes that every chart shares."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

INK = "#1b2733"
SECONDARY = "#5f6b78"
GRID = "#e6eaee"
GROUND = "#ffffff"
FOCUS = "#c0392b"
OTHERS = "#a9b8c6"
EMPTY_TILE = "#f4f6f8"
NATION_INK = "#3d4a57"

# Ordered, told apart under deuteranopia and protanopia and by lightness in grey print.
SERIES_COLOURS = ("#1d4e76", "#c57000", "#29a490", "#7038c4", "#6c73b5", "#541c00")

SEQUENTIAL = ("#e8eff6", "#c3d7ea", "#9cbfdd", "#3f79aa", "#1f4e79")
BELOW_ZERO = ("#a85b17", "#ecc9a4")

NO_COLOURS: Mapping[str, str] = MappingProxyType({})

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
TEXT_SIZE = 13
SMALL_SIZE = 11

_BLACK = "#000000"
_LEAST_CONTRAST = 4.5

# Widths of letters in ems, in sans-serif faces for Chinese, whose quotation marks and middle dots are full-width.
_USUAL_WIDTH, _LAST_NARROW = 0.57, 0x2E7F
_WIDTHS = {
    letter: width
    for letters, width in (
        (" ", 0.27),
        ("ijlI.,:;'!|", 0.3),
        ('frt()[]{}/\\-"*', 0.4),
        ("ABCDGHKNOPQRSTUXZ&", 0.7),
        ("mw", 0.9),
        ("MW%@", 0.94),
        ("·‘’“”…—→←↑↓≥≤≈", 1.0),
    )
    for letter in letters
}
_TAGS = re.compile(r"<[^>]*>")
DOUBTFUL = ("provisional", "derived")


def series_colours(codes: Sequence[str], kept: Mapping[str, str] = NO_COLOURS) -> dict[str, str]:
    """A colour of the series for each code, as many as there are: those `kept` where no other has them, then the rest.

    What is drawn beside another chart keeps the colour that it has there.
    """
    given: dict[str, str] = {}
    for code in codes:
        if code in kept and kept[code] not in given.values():
            given[code] = kept[code]
    free = iter([colour for colour in SERIES_COLOURS if colour not in given.values()])
    every = {code: given.get(code) or next(free, "") for code in codes}
    return {code: colour for code, colour in every.items() if colour}


def plain(text: str) -> str:
    """A label without its markup."""
    return _TAGS.sub("", text)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Approximate width in pixels: ideographs are as wide as they are high, other letters have widths by their kind."""
    return size * sum(_WIDTHS.get(letter, 1.0 if ord(letter) > _LAST_NARROW else _USUAL_WIDTH) for letter in text)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as contrast is reckoned by."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand out from each other, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@cache
def text_colour(colour: str) -> str:
    """A mark's colour for words on the ground: darker where it is too pale to be read."""
    parts, darkened = [int(colour[n : n + 2], 16) for n in (1, 3, 5)], colour
    for per_cent in range(100, 0, -1):
        darkened = "#" + "".join(f"{part * per_cent // 100:02x}" for part in parts)
        if contrast(darkened, GROUND) >= _LEAST_CONTRAST:
            break
    return darkened


def ink_on(colour: str) -> str:
    """White or black, for a number on a mark."""
    return GROUND if contrast(GROUND, colour) >= _LEAST_CONTRAST else _BLACK


def emphasised(name: str) -> str:
    """The name of the region in focus on an axis: bold and in its colour."""
    return f'<b style="color:{FOCUS}">{name}</b>'
