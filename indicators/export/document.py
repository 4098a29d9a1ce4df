"""Documents in the layout of a Chinese work brief: masthead, contents, sections, numbered figures, tables, sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count

from docx import Document
from docx.document import Document as Brief
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from indicators.charts.theme import FOCUS, INK, SECONDARY
from indicators.export.document_parts import (
    bookmarked,
    bottom_rule,
    field,
    fitted_widths,
    letter_fonts,
    linked,
    page_reference,
    set_languages,
    table_xml,
    toc_begin,
    toc_end,
)
from indicators.export.native import Language
from indicators.export.packing import EPOCH, packed

WIDTH_CM = 16.0
_BODY, _HEAD, _SMALL = "仿宋", "黑体", "宋体"


@dataclass(frozen=True)
class Table:
    """Cells as they are printed."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    are_numbers: tuple[bool, ...]


@dataclass(frozen=True)
class Figure:
    """One view: its finding as the heading, what is said of it, its picture (a PNG), its tables, its footer."""

    title: str
    subtitle: str
    text: str
    picture: bytes
    tables: tuple[Table, ...]
    footer: tuple[str, ...]
    alt: str
    address: str


@dataclass(frozen=True)
class Section:
    """A part of a brief; one without a heading goes on under the one before it."""

    heading: str
    figures: tuple[Figure, ...]
    text: str = ""


@dataclass(frozen=True)
class Masthead:
    """What stands above a brief; what it has nothing to say of is empty."""

    title: str
    issue: str
    author: str
    date: str


@dataclass(frozen=True)
class Wording:
    """Words of the layout in its language: 目录, 图, 表, 资料来源."""

    contents: str
    figure: str
    table: str
    sources: str


def document(
    sections: Sequence[Section],
    *,
    wording: Wording,
    language: Language,
    masthead: Masthead | None = None,
    mark: str = "",
    sources: Sequence[str] = (),
    created: datetime = EPOCH,
) -> bytes:
    """The bytes of a .docx; with a masthead it is a brief with contents. `mark` is the classification, if any."""
    brief = Document()
    _set_page(brief, mark, is_brief=masthead is not None)
    _set_styles(brief, language)
    numbers, figures, tables = count(1), count(1), count(1)
    entries = list(_entries(sections, sources, wording))
    if masthead is not None:
        _add_masthead(brief, masthead, mark)
        _add_contents(brief, entries, wording)
    for section in sections:
        if section.heading:
            _add_heading(brief, section.heading, 1, next(numbers))
        _add_text(brief, section.text)
        for figure in section.figures:
            level = 2 if masthead is not None or len(sections) > 1 else 1
            _add_heading(brief, figure.title, level, next(numbers))
            _add_figure(brief, figure, wording, figures, tables)
    if sources:
        _add_heading(brief, wording.sources, 1, next(numbers))
        for line in sources:
            brief.add_paragraph(line, style="Source")
    about = brief.core_properties
    about.title = masthead.title if masthead else sections[0].figures[0].title
    about.author, about.last_modified_by, about.comments = (masthead.author if masthead else ""), "", ""
    about.revision = 1
    out = BytesIO()
    brief.save(out)
    return packed(out.getvalue(), created=created)


def _entries(sections: Sequence[Section], sources: Sequence[str], wording: Wording) -> Iterator[tuple[str, int]]:
    """Headings of a brief with their levels, in their order."""
    for section in sections:
        if section.heading:
            yield section.heading, 1
        for figure in section.figures:
            yield figure.title, 2
    if sources:
        yield wording.sources, 1


def _set_page(brief: Brief, mark: str, *, is_brief: bool) -> None:
    """A4 with room for a picture of 16 cm, the number of the page at the foot, the classification at the head.

    The first page of a brief says it in the masthead.
    """
    page = brief.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - WIDTH_CM) / 2)
    page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.6)
    page.different_first_page_header_footer = is_brief
    for foot in [page.footer.paragraphs[0], *([page.first_page_footer.paragraphs[0]] if is_brief else [])]:
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run("— ")
        for part in field("PAGE", "1"):
            foot._p.append(part)
        foot.add_run(" —")
    if mark:
        head = page.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = head.add_run(mark)
        run.font.size, run.font.bold = Pt(10.5), True
        run.font.color.rgb = _rgb(FOCUS)


def _set_styles(brief: Brief, language: Language) -> None:
    """Typefaces for Chinese and Latin letters in every style that is used."""
    set_languages(brief.styles.element, language)
    normal = _style(brief, "Normal", _BODY, 14 if language == "zh" else 12)
    normal.paragraph_format.line_spacing = 1.5 if language == "zh" else 1.3
    for level, size in ((1, 16), (2, 14)):
        heading = _style(brief, f"Heading {level}", _HEAD, size, INK)
        heading.font.bold = language == "en"
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(6)
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.line_spacing = 1.25
    contents = _style(brief, "Contents Heading", _HEAD, 16, INK)
    contents.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    contents.paragraph_format.space_before = Pt(12)
    for level in (1, 2):
        entry = _style(brief, f"toc {level}", _BODY, 14 if level == 1 else 12)
        entry.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        entry.paragraph_format.line_spacing = 1.3
        entry.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    caption = _style(brief, "Caption", _HEAD, 10.5, INK)
    caption.font.bold = False
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(6), Pt(4)
    caption.paragraph_format.line_spacing = 1.15
    source = _style(brief, "Source", _SMALL, 9, SECONDARY)
    source.paragraph_format.line_spacing = 1.15
    source.paragraph_format.space_before = Pt(2)
    picture = _style(brief, "Picture", _BODY, 10.5)
    picture.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    picture.paragraph_format.keep_with_next = True
    picture.paragraph_format.space_before = Pt(6)


def _style(brief: Brief, name: str, east_asian: str, size: float, colour: str = "#000000") -> ParagraphStyle:
    known = {style.name for style in brief.styles}
    if name in known:
        style = brief.styles[name]
    else:
        style = brief.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    assert isinstance(style, ParagraphStyle)
    letter_fonts(style.element, east_asian)
    style.font.size, style.font.color.rgb = Pt(size), _rgb(colour)
    style.font.italic = False
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    return style


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())


def _add_masthead(brief: Brief, masthead: Masthead, mark: str) -> None:
    """Classification, red title, issue, author and date over a red rule."""
    if mark:
        _set_words(brief.add_paragraph(), mark, _HEAD, 14, "#000000")
    title = brief.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(18), Pt(10)
    title.paragraph_format.line_spacing = 1.15
    wide = sum(1.0 if ord(letter) > 0x2E7F else 0.6 for letter in masthead.title)
    size = next((s for s in (42, 36, 32, 28) if wide * s * 1.06 <= WIDTH_CM * 28.35), 26)
    _set_words(title, masthead.title, _SMALL, size, FOCUS, is_bold=True)
    if masthead.issue:
        issue = brief.add_paragraph()
        issue.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _set_words(issue, masthead.issue, _BODY, 14, "#000000")
    line = brief.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    _set_words(line, f"{masthead.author}\t{masthead.date}", _BODY, 14, "#000000")
    bottom_rule(line._p, FOCUS)


def _set_words(
    paragraph: Paragraph, words: str, east_asian: str, size: float, colour: str, *, is_bold: bool = False
) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), is_bold, _rgb(colour)
    letter_fonts(run._r, east_asian)


def _add_contents(brief: Brief, entries: Sequence[tuple[str, int]], wording: Wording) -> None:
    """A field of contents that holds its entries already and reads without page numbers, which programs add."""
    brief.add_paragraph(wording.contents, style="Contents Heading")
    for number, (heading, level) in enumerate(entries, start=1):
        paragraph = brief.add_paragraph(style=f"toc {level}")
        if number == 1:
            for part in toc_begin():
                paragraph._p.append(part)
        paragraph._p.append(linked(heading, number, page_reference(number)))
        if number == len(entries):
            paragraph._p.append(toc_end())
    brief.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _add_heading(brief: Brief, words: str, level: int, number: int) -> None:
    paragraph = brief.add_heading("", level)
    for part in bookmarked(words, number):
        paragraph._p.append(part)


def _add_text(brief: Brief, words: str, *, is_of_next: bool = False) -> None:
    for part in words.split("\n"):
        if part.strip():
            paragraph = brief.add_paragraph(part)
            paragraph.paragraph_format.first_line_indent = Pt(28)
            paragraph.paragraph_format.keep_with_next = is_of_next


def _add_figure(brief: Brief, figure: Figure, wording: Wording, figures: "count[int]", tables: "count[int]") -> None:
    """What is said of a view, its picture with a numbered caption, its table, where its figures are from."""
    _add_text(brief, figure.text, is_of_next=bool(figure.picture or figure.tables))
    if figure.picture:
        paragraph = brief.add_paragraph(style="Picture")
        inline = paragraph.add_run().add_picture(BytesIO(figure.picture), width=Cm(WIDTH_CM))
        about = inline._inline.docPr
        about.set("descr", figure.alt)
        about.set("title", figure.address)
        _add_caption(brief, wording.figure, next(figures), figure.subtitle, is_before=False)
    for table in figure.tables:
        _add_caption(brief, wording.table, next(tables), figure.subtitle, is_before=True)
        size = 9.0 if len(table.headings) <= 7 else 8.0
        widths = fitted_widths(table.headings, table.rows, size, WIDTH_CM * 28.35)
        body = brief.element.body
        body.insert(len(body) - 1, parse_xml(table_xml(table.headings, table.rows, table.are_numbers, widths, size)))
    for line in figure.footer:
        brief.add_paragraph(line, style="Source")


def _add_caption(brief: Brief, label: str, number: int, words: str, *, is_before: bool) -> None:
    """图1 with a number that the program keeps, and what it shows."""
    paragraph = brief.add_paragraph(label, style="Caption")
    for part in field(f"SEQ {label.strip()} \\* ARABIC", str(number)):
        paragraph._p.append(part)
    paragraph.add_run(f"  {words}")
    paragraph.paragraph_format.keep_with_next = is_before
