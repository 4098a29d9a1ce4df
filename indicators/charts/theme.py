"""Colours, type and sizes that every chart shares."""

INK = "#1b2733"
SECONDARY = "#5f6b78"
GRID = "#e6eaee"
GROUND = "#ffffff"
FOCUS = "#c0392b"
OTHERS = "#a9b8c6"
EMPTY_TILE = "#f4f6f8"
NATION_INK = "#3d4a57"

# Ordered, told apart under deuteranopia and protanopia and by lightness in grey print.
SERIES_COLOURS = ("#1f4e79", "#c47000", "#2a9d8f", "#7038c4", "#6b8fb3", "#541c00")

SEQUENTIAL = ("#e8eff6", "#c3d7ea", "#9cbfdd", "#3f79aa", "#1f4e79")
BELOW_ZERO = ("#a85b17", "#ecc9a4")

FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
TEXT_SIZE = 13
SMALL_SIZE = 11

DOUBTFUL = ("provisional", "derived")


def text_width(text: str, size: float) -> float:
    """Approximate width in pixels: ideographs are as wide as they are high, Latin letters about 0.56 of it."""
    return sum(size if ord(letter) > 0x2E7F else size * 0.56 for letter in text)


def emphasised(name: str) -> str:
    """The name of the region in focus on an axis: bold and in its colour."""
    return f'<b style="color:{FOCUS}">{name}</b>'
