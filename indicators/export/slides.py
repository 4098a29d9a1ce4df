"""Decks of slides with native content, which an author can edit: charts, tables, tiles, all words of the views."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from math import ceil
from typing import cast

from lxml.etree import tostring
from pptx import Presentation
from pptx.chart.data import ChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as PptxSlide
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu, Pt

from indicators.charts.theme import FOCUS, GRID, INK, SECONDARY, SERIES_COLOURS
from indicators.export.chart_cells import SHEET, workbook_of
from indicators.export.chart_text import EAST_ASIAN, LATIN
from indicators.export.chart_xml import bars_xml, lines_xml
from indicators.export.native import Bars, Chart, Dots, Grid, Language, Lines, Panel, Slide, Tiles
from indicators.export.packing import EPOCH, packed
from indicators.export.scatter_xml import dots_xml
from indicators.export.slide_shapes import (
    Box,
    Page,
    Words,
    bar,
    height_of,
    heights,
    page_number,
    paged,
    swatches,
    table_frame,
    text_box,
    tiles_shape,
)

WIDTH, HEIGHT = 960.0, 540.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 36.0, 36.0, 26.0, 20.0
_FULL = WIDTH - _LEFT - _RIGHT
_COLUMN = 268.0
_GAP = 22.0
_TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0)
_FOOTER_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
_KEPT = 3  # classification, version and stamp end a footer and never leave their slide


@dataclass(frozen=True)
class Cover:
    """The first slide of a briefing; what it has nothing to say of is empty."""

    title: str
    issue: str
    date: str
    author: str
    mark: str
    language: Language


@dataclass(frozen=True)
class Sources:
    """The last slide of a briefing: where all its figures come from."""

    heading: str
    lines: tuple[str, ...]
    mark: str
    language: Language


def deck(
    slides: Sequence[Slide],
    *,
    cover: Cover | None = None,
    sources: Sources | None = None,
    created: datetime = EPOCH,
) -> bytes:
    """The bytes of a .pptx with a slide a view (a long table takes several), the same for the same content."""
    first = slides[0].language if slides else "zh"
    book = Presentation(BytesIO(_template(first)))
    if cover is not None:
        _add_cover(book, cover)
    for slide in slides:
        _add_view(book, slide)
    if sources is not None:
        _add_sources(book, sources)
    about = book.core_properties
    about.title = cover.title if cover else slides[0].title if slides else ""
    about.author = cover.author if cover else ""
    about.created = about.modified = created.replace(tzinfo=None)
    about.last_modified_by, about.comments, about.revision = "", "", 1
    out = BytesIO()
    book.save(out)
    return packed(out.getvalue(), created=created)


@cache
def _template(language: Language) -> bytes:
    """An empty deck of our size, colours and typefaces."""
    book = Presentation()
    book.slide_width, book.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for layout in list(book.slide_layouts):
        if layout.name != "Title Only":
            book.slide_layouts.remove(layout)
    layout = book.slide_layouts[0]
    owners: tuple[SlideLayout | SlideMaster, ...] = (layout, book.slide_master)
    for owner in owners:
        for shape in list(owner.placeholders):
            shape.left, shape.width = Emu(round(shape.left * WIDTH / 720)), Emu(round(shape.width * WIDTH / 720))
    theme = book.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme(theme.blob, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _theme(blob: bytes, language: Language) -> bytes:
    tree = parse_xml(blob)
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    colours = {"dk2": INK, "lt2": "#f1f4f7", "hlink": SERIES_COLOURS[0], "folHlink": SERIES_COLOURS[3]}
    colours |= {f"accent{n}": colour for n, colour in enumerate((FOCUS, *SERIES_COLOURS[:5]), start=1)}
    for name, colour in colours.items():
        for holder in tree.iter(f"{a}{name}"):
            holder[0].set("val", colour.removeprefix("#").upper())
    for kind in ("majorFont", "minorFont"):
        for fonts in tree.iter(f"{a}{kind}"):
            fonts.find(f"{a}latin").set("typeface", LATIN[language])
            fonts.find(f"{a}ea").set("typeface", EAST_ASIAN)
            for own in fonts.findall(f"{a}font"):
                if own.get("script") == "Hans":
                    own.set("typeface", EAST_ASIAN)
    return cast("bytes", tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


class _Sheet:
    """A slide being filled from the top downwards."""

    def __init__(self, book: Deck, language: Language) -> None:
        self.slide: PptxSlide = book.slides.add_slide(book.slide_layouts[0])
        self.tree = self.slide.shapes._spTree
        self.language = language
        self.number = 1
        for shape in list(self.slide.placeholders):
            self.tree.remove(shape._element)

    def take(self, count: int = 1) -> int:
        """Numbers for so many shapes."""
        self.number += count
        return self.number - count + 1

    def add(self, xml: str) -> None:
        """A shape on top of the others."""
        self.tree.append(parse_xml(xml))

    def words(self, name: str, box: Box, words: Sequence[Words], *, anchor: str = "t", kind: str = "") -> None:
        """A box of text."""
        self.add(text_box(self.take(), name, box, words, self.language, anchor=anchor, kind=kind))

    def head(self, title: str, subtitle: str, mark: str) -> float:
        """Title, subtitle and classification; gives how far down they reach."""
        self.add(bar(self.take(), Box(_LEFT, _TOP - 8, 40, 3), FOCUS))
        size, tall = _title_size(title)
        if mark:
            at = Box(WIDTH - _RIGHT - 320, _TOP - 16, 320, 14)
            self.words("Classification", at, [Words(mark, 10, FOCUS, is_bold=True, align="r")])
        self.words("Title", Box(_LEFT, _TOP, _FULL, tall), [Words(title, size, INK, is_bold=True)], kind="title")
        down = _TOP + tall + 2
        if subtitle:
            tall = height_of(subtitle, 12, _FULL)
            self.words("Subtitle", Box(_LEFT, down, _FULL, tall), [Words(subtitle, 12, SECONDARY)])
            down += tall
        return down + 8

    def foot(self) -> None:
        """The number of the page."""
        self.add(page_number(self.take(), Box(WIDTH - _RIGHT - 40, HEIGHT - 18, 40, 12), self.language))


def _add_view(book: Deck, slide: Slide) -> None:
    """One view: a chart beside its words, or a table over them, on as many slides as the table needs."""
    grids = [panel for panel in slide.panels if isinstance(panel, Grid)]
    if grids:
        for grid in grids:
            _add_table(book, slide, grid)
        return
    sheet = _Sheet(book, slide.language)
    top = sheet.head(slide.title, slide.subtitle, slide.mark)
    bottom = HEIGHT - _BOTTOM
    if len(slide.panels) > 3:
        size, kept, left = _fitting(slide, _FULL - 50, 100)
        words = [*_notes(slide), *_footer_words(kept, size)]
        tall = heights(words, _FULL - 50)
        sheet.words("Footer", Box(_LEFT, bottom - tall, _FULL - 50, tall), words, anchor="b")
        room = Box(_LEFT, top, _FULL, bottom - tall - 8 - top)
    else:
        x = WIDTH - _RIGHT - _COLUMN
        said = [Words(slide.sentences, 12, INK, after=10)] if slide.sentences else []
        said += _notes(slide)
        used = heights(said, _COLUMN)
        size, kept, left = _fitting(slide, _COLUMN, bottom - top - used - 24)
        words = _footer_words(kept, size)
        tall = heights(words, _COLUMN)
        sheet.add(bar(sheet.take(), Box(x - _GAP / 2, top, 0.75, bottom - top), GRID))
        if said:
            sheet.words("Sentences", Box(x, top, _COLUMN, used), said)
        sheet.words("Footer", Box(x, bottom - 14 - tall, _COLUMN, tall), words, anchor="b")
        room = Box(_LEFT, top, _FULL - _COLUMN - _GAP, bottom - top)
    for panel, box in zip(slide.panels, _places(slide.panels, room), strict=True):
        _add_panel(sheet, panel, box, slide)
    sheet.foot()
    _add_rest(book, slide, left)


def _title_size(title: str) -> tuple[float, float]:
    """The largest size at which a title takes one line, else two; and how high it stands."""
    tall = {size: height_of(title, size, _FULL, is_bold=True) for size in _TITLE_SIZES}
    one = [size for size in _TITLE_SIZES if tall[size] <= size * 1.4]
    two = [size for size in _TITLE_SIZES if tall[size] <= size * 2.8]
    size = (one or two or _TITLE_SIZES[-1:])[0]
    return size, tall[size]


def _places(panels: Sequence[Panel], room: Box) -> Iterator[Box]:
    """Boxes for panels: one below another up to three, else in columns."""
    columns = 1 if len(panels) <= 3 else 3 if len(panels) <= 9 else 4
    rows = max(1, ceil(len(panels) / columns))
    width, height = (room.width - 14 * (columns - 1)) / columns, (room.height - 8 * (rows - 1)) / rows
    for n in range(len(panels)):
        yield Box(room.x + n % columns * (width + 14), room.y + n // columns * (height + 8), width, height)


def _add_panel(sheet: _Sheet, panel: Panel, box: Box, slide: Slide) -> None:
    is_small = box.height < 160
    if panel.heading:
        tall = 14.0 if is_small else 18.0
        words = [Words(panel.heading, 10 if is_small else 12, INK, is_bold=True)]
        sheet.words("Heading", Box(box.x, box.y, box.width, tall), words)
        box = Box(box.x, box.y + tall, box.width, box.height - tall)
    if panel.notes:
        words = [Words(note, 9.5, SECONDARY) for note in panel.notes]
        tall = heights(words, box.width)
        sheet.words("Notes", Box(box.x, box.y + box.height - tall, box.width, tall), words)
        box = Box(box.x, box.y, box.width, box.height - tall - 4)
    alt = slide.alt if len(slide.panels) == 1 else f"{panel.heading} – {slide.alt}"
    if isinstance(panel, Tiles):
        own = Box(box.x, box.y, box.width, box.height - 30)
        sheet.add(
            tiles_shape(sheet.take(len(panel.tiles) + 1), panel, own, slide.language, alt=alt, address=slide.address)
        )
        legend = Box(box.x + box.width * 0.05, box.y + box.height - 24, box.width * 0.9, 24)
        number = sheet.take(len(panel.colours) + len(panel.limits) + 1)
        for shape in swatches(number, legend, panel.colours, panel.limits, slide.language):
            sheet.add(shape)
    elif not isinstance(panel, Grid):
        _add_chart(sheet, panel, box, slide, alt)


@dataclass(frozen=True)
class _Native:
    """A chart in the shape that python-pptx takes its own in."""

    chart: Chart
    box: Box
    language: Language

    def xml_bytes(self, _: object) -> bytes:
        return chart_bytes(self.chart, self.box.width, self.box.height, SHEET, self.language)

    @property
    def xlsx_blob(self) -> bytes:
        return workbook_of(self.chart)


def chart_bytes(chart: Chart, width: float, height: float, sheet: str, language: Language) -> bytes:
    """The part of a native chart that reads its numbers from a sheet."""
    match chart:
        case Bars():
            return bars_xml(chart, width=width, height=height, sheet=sheet, language=language)
        case Lines():
            return lines_xml(chart, width=width, height=height, sheet=sheet, language=language)
        case Dots():
            return dots_xml(chart, width=width, height=height, sheet=sheet, language=language)


def _add_chart(sheet: _Sheet, chart: Chart, box: Box, slide: Slide, alt: str) -> None:
    data = cast("ChartData", _Native(chart, box, slide.language))
    place = (Pt(box.x), Pt(box.y), Pt(box.width), Pt(box.height))
    frame = sheet.slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    about = frame._element.nvGraphicFramePr.cNvPr
    about.set("id", str(sheet.take()))
    about.set("name", "Chart")
    about.set("descr", alt)
    about.set("title", slide.address)


def _add_table(book: Deck, slide: Slide, grid: Grid) -> None:
    bottom = HEIGHT - _BOTTOM
    size, kept, left = _fitting(slide, _FULL - 50, 104 if grid.is_dense else 130)
    footer = [*_notes(slide), *_footer_words(kept, size)]
    tall = heights(footer, _FULL - 50)
    above = (
        _TOP
        + _title_size(slide.title)[1]
        + height_of(slide.subtitle, 12, _FULL)
        + 10
        + (18 if grid.heading else 0)
        + (26 if grid.colours else 0)
    )
    notes = [Words(note, 9.5, SECONDARY) for note in grid.notes]
    room = bottom - tall - 10 - above - heights(notes, _FULL) - 14
    pages = paged(grid, _FULL, room)
    for n, page in enumerate(pages, start=1):
        title = slide.title if len(pages) == 1 else _numbered(slide, n, len(pages))
        sheet = _Sheet(book, slide.language)
        top = sheet.head(title, slide.subtitle, slide.mark)
        _fill_table(sheet, slide, grid, page, top)
        sheet.words("Footer", Box(_LEFT, bottom - tall, _FULL - 50, tall), footer, anchor="b")
        sheet.foot()
    _add_rest(book, slide, left)


def _numbered(slide: Slide, number: int, count: int) -> str:
    """The title of one of several slides."""
    return f"{slide.title}（{number}/{count}）" if slide.language == "zh" else f"{slide.title} ({number}/{count})"


def _fill_table(sheet: _Sheet, slide: Slide, grid: Grid, page: Page, top: float) -> None:
    if grid.colours:
        legend = Box(_LEFT, top, _FULL * 0.45, 24)
        number = sheet.take(len(grid.colours) + len(grid.limits) + 1)
        for shape in swatches(number, legend, grid.colours, grid.limits, slide.language):
            sheet.add(shape)
        if grid.heading:
            at = Box(_LEFT + _FULL * 0.5, top, _FULL * 0.5, 14)
            sheet.words("Heading", at, [Words(grid.heading, 9.5, SECONDARY, align="r")])
        top += 26
    elif grid.heading:
        sheet.words("Heading", Box(_LEFT, top, _FULL, 16), [Words(grid.heading, 12, INK, is_bold=True)])
        top += 18
    box = Box(_LEFT, top, _FULL, 0)
    sheet.add(table_frame(sheet.take(), grid, page, box, slide.language, alt=slide.alt, address=slide.address))
    if grid.notes:
        words = [Words(note, 9.5, SECONDARY) for note in grid.notes]
        down = top + page.head + sum(page.heights) + 4
        sheet.words("Notes", Box(_LEFT, down, _FULL, heights(words, _FULL)), words)


def _notes(slide: Slide) -> list[Words]:
    return [Words(note, 9.5, INK, after=3) for note in slide.notes]


def _footer_words(lines: Sequence[str], size: float) -> list[Words]:
    return [Words(line, size, SECONDARY, after=1.5) for line in lines]


def _fitting(slide: Slide, width: float, room: float) -> tuple[float, tuple[str, ...], tuple[str, ...]]:
    """The size at which the footer fits, its lines, and those that go on a slide of their own where none does."""
    for size in _FOOTER_SIZES:
        if heights(_footer_words(slide.lines, size), width) <= room:
            return size, slide.lines, ()
    size = 8.0
    head, tail = slide.lines[:-_KEPT], slide.lines[-_KEPT:]
    count = len(head)
    while count > 1 and heights(_footer_words((*head[:count], *tail), size), width) > room:
        count -= 1
    return size, (*head[:count], *tail), head[count:]


def _add_rest(book: Deck, slide: Slide, left: Sequence[str]) -> None:
    """Lines of a footer that had no room beside the chart."""
    while left:
        sheet = _Sheet(book, slide.language)
        top = sheet.head(slide.title, slide.subtitle, slide.mark)
        room = HEIGHT - _BOTTOM - 20 - top
        count = len(left)
        while count > 1 and heights([Words(line, 11, INK, after=5) for line in left[:count]], _FULL) > room:
            count -= 1
        words = [Words(line, 11, INK, after=5) for line in left[:count]]
        sheet.words("Footer", Box(_LEFT, top + 8, _FULL, heights(words, _FULL)), words)
        sheet.foot()
        left = left[count:]


def _add_cover(book: Deck, cover: Cover) -> None:
    sheet = _Sheet(book, cover.language)
    sheet.add(bar(sheet.take(), Box(0, 0, 14, HEIGHT), FOCUS))
    if cover.mark:
        at = Box(_LEFT + 20, 40, _FULL - 20, 20)
        sheet.words("Classification", at, [Words(cover.mark, 13, FOCUS, is_bold=True)])
    size = next((s for s in (40.0, 36.0, 32.0, 28.0) if height_of(cover.title, s, 780, is_bold=True) <= s * 2.8), 24.0)
    tall = height_of(cover.title, size, 780, is_bold=True)
    sheet.words(
        "Title", Box(_LEFT + 20, 190 - tall / 2, 780, tall), [Words(cover.title, size, INK, is_bold=True)], kind="title"
    )
    sheet.add(bar(sheet.take(), Box(_LEFT + 20, 190 + tall / 2 + 18, 90, 3), FOCUS))
    words = [Words(line, 16, SECONDARY, after=6) for line in (cover.issue, cover.author, cover.date) if line]
    sheet.words("About", Box(_LEFT + 20, 190 + tall / 2 + 40, 780, heights(words, 780)), words)


def _add_sources(book: Deck, sources: Sources) -> None:
    left = sources.lines
    while left:
        sheet = _Sheet(book, sources.language)
        top = sheet.head(sources.heading, "", sources.mark)
        size, room = 12.0, HEIGHT - _BOTTOM - 20 - top
        count = len(left)
        while count > 1 and heights([Words(line, size, INK, after=6) for line in left[:count]], _FULL) > room:
            count -= 1
        words = [Words(line, size, INK, after=6) for line in left[:count]]
        sheet.words("Sources", Box(_LEFT, top + 6, _FULL, heights(words, _FULL)), words)
        sheet.foot()
        left = left[count:]
