"""Pieces of DrawingML that charts, tables and shapes are made of: type, colours, formats of numbers."""

import re
from xml.sax.saxutils import escape, quoteattr

from indicators.export.native import Datum, Language

# Latin letters and Chinese ones, as the office programs of either language find them.
LATIN: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Arial"}
EAST_ASIAN = "微软雅黑"

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGNS = "+−-"


def text_width(text: str, size: float) -> float:
    """Width in points that a text takes at most, whichever typeface stands in for ours."""
    return sum(size if ord(letter) > 0x2E7F else size * 0.63 for letter in text)


def plain(text: str) -> str:
    """Text as XML holds it."""
    return escape(_NOT_XML.sub("", text))


def quoted(text: str) -> str:
    """Text as the value of an attribute, in quotes."""
    return quoteattr(_NOT_XML.sub("", text))


def solid(colour: str) -> str:
    """A fill of one colour."""
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'


def hatched(colour: str, ground: str = "#ffffff", pattern: str = "wdUpDiag") -> str:
    """A fill of slanting lines."""
    return (
        f'<a:pattFill prst="{pattern}"><a:fgClr><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{ground.removeprefix("#").upper()}"/></a:bgClr></a:pattFill>'
    )


def fonts(language: Language) -> str:
    """The typefaces of a run."""
    latin = LATIN[language]
    return f'<a:latin typeface="{latin}"/><a:ea typeface="{EAST_ASIAN}"/><a:cs typeface="{latin}"/>'


def run_properties(tag: str, size: float, colour: str, language: Language, *, is_bold: bool = False) -> str:
    """Size, weight, colour and typefaces of a run (`a:rPr`) or of what follows (`a:defRPr`)."""
    spoken = "" if tag == "a:defRPr" else f' lang="{"zh-CN" if language == "zh" else "en-GB"}" altLang="zh-CN"'
    return f'<{tag}{spoken} sz="{round(size * 100)}" b="{int(is_bold)}">{solid(colour)}{fonts(language)}</{tag}>'


def chart_type_of_letters(
    size: float, colour: str, language: Language, *, is_bold: bool = False, is_wrapped: bool = True
) -> str:
    """The type of a part of a chart (`c:txPr`); names wrap, years are left out where they are many."""
    turn = "0" if is_wrapped else "1"  # of a degree that nobody sees; a 0 makes some programs break years in two
    return (
        f'<c:txPr><a:bodyPr rot="{turn}" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        + run_properties("a:defRPr", size, colour, language, is_bold=is_bold)
        + "</a:pPr><a:endParaRPr/></a:p></c:txPr>"
    )


def number_format(datum: Datum) -> str | None:
    """A format under which the value of a datum prints as its label, so that an edited number keeps its looks.

    None where the label does not hold the value.
    """
    if datum.value is None:
        return None
    for found in _NUMBER.finditer(datum.label):
        digits = len(found[0].partition(".")[2])
        if abs(float(found[0].replace(",", "")) - abs(datum.value)) > 0.5000001 * 10**-digits:
            continue
        before, after = datum.label[: found.start()], datum.label[found.end() :]
        sign = before[-1:] if before[-1:] and before[-1] in _SIGNS else ""
        before = before.removesuffix(sign)
        grouped = "#,##0" if "," in found[0] or abs(datum.value) < 1000 else "0"
        body = grouped + ("." + "0" * digits if digits else "")
        plus = _literal(before + ("+" if sign == "+" else ""))
        return f"{plus}{body}{_literal(after)};{_literal(before + '−')}{body}{_literal(after)}"
    return None


def _literal(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""
