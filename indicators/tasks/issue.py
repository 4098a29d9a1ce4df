"""A briefing delivered: as a deck, a work brief, a folder of pictures, a workbook with all its figures."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Literal, get_args
from zipfile import ZipFile, ZipInfo

import pandas as pd

from indicators.charts.picture import Picture
from indicators.errors import Invalid
from indicators.export.document import Masthead, Section, document
from indicators.export.native import Slide
from indicators.export.packing import packed
from indicators.export.slides import Cover, Sources, deck
from indicators.language.listing import headings
from indicators.language.messages import joined, text
from indicators.language.series_listing import series_listing
from indicators.model.briefing import Item
from indicators.model.catalogue import Language
from indicators.store.briefings import Briefing
from indicators.store.connection import Store
from indicators.tasks.addresses import Opened
from indicators.tasks.colours import shared_colours
from indicators.tasks.deliver import DOCUMENT_TIMES, Leaf, finished, leaf_of
from indicators.tasks.native import slide_of
from indicators.tasks.native_files import document_figure, wording
from indicators.workbook.figure_list import figure_list
from indicators.workbook.guide import Guide

IssueKind = Literal["pptx", "docx", "zip", "xlsx"]
ISSUE_KINDS: tuple[IssueKind, ...] = get_args(IssueKind)
Report = Callable[[int, int], None]
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNFIT = '\\/:*?"<>|\n\r\t'


@dataclass(frozen=True)
class Page:
    """An item of a briefing ready to be delivered: its view, and what is said of it."""

    item: Item
    leaf: Leaf

    @property
    def words(self) -> str:
        """The author's text, or the rule-made one."""
        return self.leaf.view.sentences if self.item.text is None else self.item.text


def issued(
    store: Store, briefing: Briefing, kind: IssueKind, *, views: Callable[[str], Opened], report: Report
) -> bytes:
    """The briefing as one file; `report` is told how many of its views are done.

    Raises Invalid("briefing.nothing") for one without views, Unavailable where pictures cannot be painted.
    """
    if not briefing.content.items:
        raise Invalid("briefing.nothing")
    opened = {item.key: views(item.address) for item in briefing.content.items}
    colours = shared_colours([each.view for each in opened.values()])
    pages = {item.key: _page(store, item, opened[item.key], colours) for item in briefing.content.items}
    match kind:
        case "pptx":
            return _deck(briefing, pages, report)
        case "docx":
            return _document(briefing, pages, report)
        case "zip":
            return _pictures(briefing, pages, report)
        case "xlsx":
            return _workbook(briefing, pages, report)


def issue_name(briefing: Briefing, kind: IssueKind) -> str:
    """What the delivered file is called."""
    name = "_".join(part for part in (briefing.name, briefing.content.issue) if part)
    return f"{''.join('_' if letter in _UNFIT else letter for letter in name)}_r{briefing.revision}.{kind}"


def _page(store: Store, item: Item, opened: Opened, colours: Mapping[str, str]) -> Page:
    return Page(item, leaf_of(store, replace(opened.view, colours=colours), page=opened.asked.page))


def _text(briefing: Briefing, code: str, **details: object) -> str:
    return text(briefing.content.language, code, **details)


def _mark(pages: dict[int, Page]) -> str:
    """The classification of the whole: internal if one of its views is."""
    return next((page.leaf.view.mark for page in pages.values() if page.leaf.view.mark), "")


def _created(pages: dict[int, Page]) -> datetime:
    return max(page.leaf.view.edition.published for page in pages.values())


def _deck(briefing: Briefing, pages: dict[int, Page], report: Report) -> bytes:
    language, mark = briefing.content.language, _mark(pages)
    slides = []
    for number, page in enumerate(pages.values(), start=1):
        if page.item.section:
            slides.append(_divider(page.item.section, language))
        slide = slide_of(page.leaf.view, stamp=page.leaf.stamp_text, address=page.leaf.address)
        slides.append(replace(slide, sentences=page.words))
        report(number, len(pages))
    cover = Cover(briefing.name, briefing.content.issue, briefing.content.date, briefing.author, mark, language)
    sources = Sources(_text(briefing, "document.sources"), tuple(_sources(briefing, pages)), mark, language)
    return deck(slides, cover=cover, sources=sources, created=_created(pages))


def _divider(heading: str, language: Language) -> Slide:
    """The slide that a section begins with."""
    nothing: tuple[str, ...] = ()
    return Slide(heading, "", "", nothing, mark="", stamp="", address="", alt="", language=language, panels=())


def _document(briefing: Briefing, pages: dict[int, Page], report: Report) -> bytes:
    figures = {}
    for key, picture in _painted(pages, "page", report):
        leaf = pages[key].leaf
        figure = document_figure(leaf.view, picture, stamp=leaf.stamp_text, address=leaf.address)
        figures[key] = replace(figure, text=pages[key].words)
    sections = [
        Section(heading, tuple(figures[item.key] for item in items)) for heading, items in briefing.content.sections()
    ]
    masthead = Masthead(briefing.name, briefing.content.issue, briefing.author, briefing.content.date)
    return document(
        sections,
        wording=wording(briefing.content.language),
        language=briefing.content.language,
        masthead=masthead,
        mark=_mark(pages),
        sources=_sources(briefing, pages),
        created=_created(pages),
    )


def _pictures(briefing: Briefing, pages: dict[int, Page], report: Report) -> bytes:
    """PNGs in the size of the briefing, numbered as its items, of which tables have none.

    Raises Invalid("briefing.no_pictures") without any.
    """
    if not any(page.leaf.has_picture for page in pages.values()):
        raise Invalid("briefing.no_pictures")
    out = BytesIO()
    with ZipFile(out, "w") as folder:
        for number, (key, content) in enumerate(_painted(pages, briefing.content.size, report), start=1):
            if content:
                folder.writestr(ZipInfo(f"{number:02d}_{pages[key].leaf.file_name('png')}", _EARLIEST), content)
    return out.getvalue()


def _painted(pages: dict[int, Page], size: str, report: Report) -> Iterator[tuple[int, bytes]]:
    """The pictures of views in their order, empty where a view has none: one is painted while the next is laid out."""
    with ThreadPoolExecutor(max_workers=1) as browser:
        ahead: deque[tuple[int, Future[bytes] | None]] = deque()
        for key, page in pages.items():
            leaf = page.leaf
            made = browser.submit(_finish, leaf, leaf.picture(size)) if leaf.has_picture else None
            ahead.append((key, made))
            if len(ahead) > 1:
                yield _next(ahead, pages, report)
        while ahead:
            yield _next(ahead, pages, report)


def _finish(leaf: Leaf, picture: Picture) -> bytes:
    return finished(leaf, picture, "png", times=DOCUMENT_TIMES)


def _next(ahead: deque[tuple[int, Future[bytes] | None]], pages: dict[int, Page], report: Report) -> tuple[int, bytes]:
    key, made = ahead.popleft()
    content = b"" if made is None else made.result()
    report(list(pages).index(key) + 1, len(pages))
    return key, content


def _workbook(briefing: Briefing, pages: dict[int, Page], report: Report) -> bytes:
    """All rows of all views in one list, the first column telling the figure; the guide tells what each is."""
    language = briefing.content.language
    rows, told = [], []
    for number, page in enumerate(pages.values(), start=1):
        view, figure = page.leaf.view, _text(briefing, "briefing.item", number=number)
        listed = series_listing(view.series, view.edition.catalogue, revision=view.edition.revision)
        rows.append(listed.assign(figure=figure))
        words = [view.caption.title, view.caption.subtitle, page.words, *view.caption.footer, page.leaf.stamp_text]
        told.append((figure, "\n".join(line for line in [*words, page.leaf.address] if line)))
        report(number, len(pages))
    listing = pd.concat(rows, ignore_index=True)
    listing = listing[["figure", *(column for column in listing.columns if column != "figure")]]
    texts = listing.select_dtypes(exclude="number").columns
    listing[texts] = listing[texts].fillna("")
    head = {"author": briefing.author, "issue": briefing.content.issue, "date": briefing.content.date}
    mark = _mark(pages)
    facts = [(_text(briefing, f"briefing.{name}"), value) for name, value in head.items() if value]
    facts += [(_text(briefing, "figures.fact.classification"), mark)] if mark else []
    guide = Guide(
        sheet=_text(briefing, "figures.sheet.guide"),
        title=briefing.name,
        facts=tuple(facts),
        sections=(
            (_text(briefing, "briefing.charts"), tuple(told)),
            (_text(briefing, "document.sources"), tuple(("", line) for line in _sources(briefing, pages))),
        ),
        mark="    ".join(part for part in (f"r{briefing.revision}", mark) if part),
    )
    sheet = _text(briefing, "figures.sheet.list")
    content = figure_list(listing, headings=headings(list(listing.columns), language), sheet=sheet, guide=guide)
    return packed(content, created=_created(pages))


def _sources(briefing: Briefing, pages: dict[int, Page]) -> Sequence[str]:
    """Every publication once, every version of the figures, and which words are the author's own."""
    told: dict[str, None] = {}
    for page in pages.values():
        view = page.leaf.view
        catalogue = view.edition.catalogue
        codes = [*view.series.shown["source"], *view.series.shown["other_source"]]
        for code in dict.fromkeys(code for code in codes if code):
            told[catalogue.sources[str(code)].citation(briefing.content.language)] = None
    editions = {page.leaf.view.edition.revision: page.leaf.view.edition.published.date() for page in pages.values()}
    versions = [
        _text(briefing, "footer.version", revision=revision, date=date) for revision, date in sorted(editions.items())
    ]
    lines = [*told, *versions]
    own = [
        _text(briefing, "briefing.own_words.title", title=page.leaf.view.caption.title)
        for page in pages.values()
        if page.item.text is not None
    ]
    if own:
        lines.append(_text(briefing, "briefing.own_words", figures=joined(own, briefing.content.language)))
    return lines
