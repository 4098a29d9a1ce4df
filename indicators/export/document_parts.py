"""Pieces of WordprocessingML: fields, bookmarks, tables, typefaces, rules."""

from collections.abc import Iterator, Sequence

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from indicators.charts.theme import INK, SECONDARY
from indicators.export.chart_text import plain, text_width
from indicators.export.native import Language
from indicators.export.slide_shapes import fitted

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LATIN = "Times New Roman"
_PAD = 4.0


def letter_fonts(owner: BaseOxmlElement, east_asian: str) -> None:
    """The typefaces of a style or run, none left to the theme."""
    properties = owner.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _LATIN)
    fonts.set(qn("w:eastAsia"), east_asian)
    properties.insert(1 if len(properties) and properties[0].tag == qn("w:rStyle") else 0, fonts)


def set_languages(styles: BaseOxmlElement, language: Language) -> None:
    """The languages that letters are taken to be of; punctuation of Chinese stands by them."""
    for lang in styles.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-US" if language == "zh" else "en-GB")
        lang.set(qn("w:eastAsia"), "zh-CN")


def field(code: str, result: str, *, is_dirty: bool = False) -> Iterator[BaseOxmlElement]:
    """Runs of a field that shows a result until it is brought up to date."""
    dirty = ' w:dirty="true"' if is_dirty else ""
    yield parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="begin"{dirty}/></w:r>')
    yield parse_xml(f'<w:r {_W}><w:instrText xml:space="preserve"> {plain(code)} </w:instrText></w:r>')
    yield parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="separate"/></w:r>')
    yield parse_xml(f'<w:r {_W}><w:t xml:space="preserve">{plain(result)}</w:t></w:r>')
    yield parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="end"/></w:r>')


def toc_begin() -> Iterator[BaseOxmlElement]:
    """The begin of a field of contents, before its first entry."""
    yield parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="begin"/></w:r>')
    yield parse_xml(f'<w:r {_W}><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>')
    yield parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="separate"/></w:r>')


def toc_end() -> BaseOxmlElement:
    """The end of a field of contents, after its last entry."""
    return parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="end"/></w:r>')


def linked(words: str, number: int, page: Iterator[BaseOxmlElement]) -> BaseOxmlElement:
    """An entry of the contents that leads to its heading, with room for the page."""
    link = parse_xml(
        f'<w:hyperlink {_W} w:anchor="_Toc{number:08d}" w:history="1"><w:r><w:t xml:space="preserve">{plain(words)}'
        "</w:t></w:r><w:r><w:tab/></w:r></w:hyperlink>"
    )
    for part in page:
        link.append(part)
    return link


def page_reference(number: int) -> Iterator[BaseOxmlElement]:
    """The page of a heading. It is empty until the program fills it in, since no number is better than a wrong one."""
    return field(f"PAGEREF _Toc{number:08d} \\h", "", is_dirty=True)


def bookmarked(words: str, number: int) -> Iterator[BaseOxmlElement]:
    """A run that contents can lead to."""
    yield parse_xml(f'<w:bookmarkStart {_W} w:id="{number}" w:name="_Toc{number:08d}"/>')
    yield parse_xml(f'<w:r {_W}><w:t xml:space="preserve">{plain(words)}</w:t></w:r>')
    yield parse_xml(f'<w:bookmarkEnd {_W} w:id="{number}"/>')


def bottom_rule(paragraph: BaseOxmlElement, colour: str) -> None:
    """A line of some weight under a paragraph."""
    properties = paragraph.get_or_add_pPr()
    rule = parse_xml(
        f'<w:pBdr {_W}><w:bottom w:val="single" w:sz="18" w:space="4" w:color="{colour.removeprefix("#")}"/></w:pBdr>'
    )
    following = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    after = next((child for child in properties if child.tag in {qn(name) for name in following}), None)
    if after is None:
        properties.append(rule)
    else:
        after.addprevious(rule)


def fitted_widths(headings: Sequence[str], rows: Sequence[Sequence[str]], size: float, width: float) -> list[float]:
    """Widths of columns in points that fill the room; the widest wrap where it is too narrow for all."""
    natural = [
        max([text_width(heading, size), *(text_width(row[place], size) for row in rows)]) * 1.03 + 2 * _PAD + 2
        for place, heading in enumerate(headings)
    ]
    return fitted(natural, width)


def table_xml(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    are_numbers: Sequence[bool],
    widths: Sequence[float],
    size: float,
) -> str:
    """A table of three rules, its head repeated on every page."""
    twips = [round(width * 20) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    head = "".join(
        _cell(heading, width, size, is_number=is_number, is_head=True)
        for heading, width, is_number in zip(headings, twips, are_numbers, strict=True)
    )
    lines = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for row in rows:
        cells = "".join(
            _cell(text, width, size, is_number=is_number)
            for text, width, is_number in zip(row, twips, are_numbers, strict=True)
        )
        lines.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    rule = f'w:val="single" w:sz="10" w:space="0" w:color="{INK.removeprefix("#")}"'
    pad = round(_PAD * 20)
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        f'<w:top {rule}/><w:bottom {rule}/></w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{pad}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _cell(text: str, width: int, size: float, *, is_number: bool, is_head: bool = False) -> str:
    rule = f'<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{SECONDARY.removeprefix("#")}"/>'
    borders = f"<w:tcBorders>{rule}</w:tcBorders>" if is_head else ""
    family = "黑体" if is_head else "宋体"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        '<w:spacing w:before="24" w:after="24" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{"right" if is_number else "left"}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" w:eastAsia="{family}"/>'
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{plain(text)}</w:t></w:r></w:p></w:tc>'
    )
