"""The files of a view for office programs: a slide, a workbook, the series table as CSV, a document."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import pandas as pd
from openpyxl import Workbook

from indicators.export.chart_cells import cells_of
from indicators.export.document import Figure, Section, Table, Wording, document
from indicators.export.native import Bars, Chart, Dots, Grid, Language, Lines, Slide
from indicators.export.packing import packed
from indicators.export.slides import chart_bytes, deck
from indicators.language.listing import headings
from indicators.language.messages import text
from indicators.language.series_listing import series_listing
from indicators.tasks.browse import View
from indicators.tasks.native import slide_of
from indicators.tasks.native_tables import document_grids
from indicators.workbook.chart_sheets import ChartSheet, add_chart_sheet, described
from indicators.workbook.csv_text import BYTE_ORDER_MARK, csv_text, number_text
from indicators.workbook.figure_list import figure_book
from indicators.workbook.guide import Guide

_WIDTH, _HEIGHT = 640.0, 460.0


def slides_of(view: View, *, stamp: str = "", address: str = "") -> bytes:
    """The bytes of a .pptx of one view."""
    return deck([slide_of(view, stamp=stamp, address=address)], created=view.edition.published)


def series_csv(view: View) -> bytes:
    """The series table of a view as CSV, which Excel opens with its Chinese letters whole."""
    rows = _rows(view)
    heads = headings(list(rows.columns), view.spec.language)
    numbers = {name: rows[name].map(number_text) for name in ("value", "observed") if name in rows}
    sign = heads[list(rows.columns).index("qualifier_code")]
    worded = rows.assign(**numbers).astype("str").set_axis(heads, axis=1)
    return (BYTE_ORDER_MARK + csv_text(worded, fixed=(sign,))).encode()


def series_workbook(view: View, *, stamp: str = "", address: str = "") -> bytes:
    """The bytes of an .xlsx: what the view is, its series table, and its native charts where its kind has any."""
    language = view.spec.language
    slide = slide_of(view, stamp=stamp, address=address)
    rows = _rows(view)
    guide = _guide(view, slide)
    book = figure_book(
        rows,
        headings=headings(list(rows.columns), language),
        sheet=text(language, "figures.sheet.list"),
        guide=guide,
    )
    charts = [panel for panel in slide.panels if isinstance(panel, Bars | Lines | Dots)]
    names = [text(language, "native.sheet.chart", number=n) for n in range(1, len(charts) + 1)]
    for name, chart in zip(names, charts, strict=True):
        add_chart_sheet(book, ChartSheet(name, cells_of(chart), _WIDTH, _HEIGHT), mark=guide.mark)
    book.properties.title, book.properties.creator = slide.title, ""
    return packed(_saved(book), created=view.edition.published, changed=_chart_parts(slide, charts, names))


def _chart_parts(slide: Slide, charts: list[Chart], names: list[str]) -> dict[str, Callable[[bytes], bytes]]:
    """What becomes of the parts of the charts and of the frames that they stand in, by their names in the file."""
    parts: dict[str, Callable[[bytes], bytes]] = {}
    for n, (name, chart) in enumerate(zip(names, charts, strict=True), start=1):
        content = chart_bytes(chart, _WIDTH, _HEIGHT, name, slide.language)
        parts[f"xl/charts/chart{n}.xml"] = partial(_instead, content)
        parts[f"xl/drawings/drawing{n}.xml"] = lambda part: described(part, slide.alt, slide.address)
    return parts


def _instead(content: bytes, _: bytes) -> bytes:
    return content


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(view: View) -> pd.DataFrame:
    return series_listing(view.series, view.edition.catalogue, revision=view.edition.revision)


def _guide(view: View, slide: Slide) -> Guide:
    """The words of the view, its version, and how to read the numbers."""
    language = view.spec.language
    version = text(
        language,
        "footer.version",
        revision=view.edition.revision,
        date=view.edition.published.date().isoformat(),
    )
    computed = "stored" if view.spec.measure == "value" else "computed"
    facts = [
        (text(language, "native.fact.subtitle"), slide.subtitle),
        (text(language, "native.fact.footer"), "\n".join(view.caption.footer)),
        (text(language, "figures.fact.version"), version),
        (text(language, "native.fact.stamp"), slide.stamp),
        (text(language, "native.fact.address"), slide.address),
        (text(language, "figures.fact.values"), text(language, f"native.values.{computed}")),
    ]
    if any(isinstance(panel, Bars | Lines | Dots) for panel in slide.panels):
        facts.append((text(language, "native.fact.charts"), text(language, "native.charts.are")))
    if slide.mark:
        facts.append((text(language, "figures.fact.classification"), slide.mark))
    return Guide(
        sheet=text(language, "figures.sheet.guide"),
        title=slide.title,
        facts=tuple((name, words) for name, words in facts if words),
        mark="    ".join(part for part in (version, slide.stamp, slide.mark) if part),
    )


def document_figure(view: View, picture: bytes, *, stamp: str = "", address: str = "") -> Figure:
    """A view for a document: its words, its picture (a PNG), its table, and the lines under it."""
    words = view.caption
    return Figure(
        title=words.title,
        subtitle=words.subtitle,
        text=view.sentences,
        picture=picture,
        tables=tuple(_table(grid) for grid in document_grids(view)),
        footer=(*words.footer, *([stamp] if stamp else [])),
        alt=words.alt,
        address=address,
    )


def _table(grid: Grid) -> Table:
    """A table in words; a heading within it stands in the first column."""
    empty = ("",) * (len(grid.columns) - 1)
    return Table(
        tuple(column.heading for column in grid.columns),
        tuple((row[0].text, *empty) if len(row) == 1 else tuple(cell.text for cell in row) for row in grid.rows),
        tuple(column.is_number for column in grid.columns),
    )


def wording(language: Language) -> Wording:
    """Words of the layout of a document."""
    return Wording(
        contents=text(language, "document.contents"),
        figure=text(language, "document.figure"),
        table=text(language, "document.table"),
        sources=text(language, "document.sources"),
    )


def view_document(view: View, picture: bytes, *, stamp: str = "", address: str = "") -> bytes:
    """The bytes of a .docx of one view."""
    return document(
        [Section("", (document_figure(view, picture, stamp=stamp, address=address),))],
        wording=wording(view.spec.language),
        language=view.spec.language,
        mark=view.mark,
        created=view.edition.published,
    )
