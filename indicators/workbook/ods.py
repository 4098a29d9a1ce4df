"""What calamine leaves out of an .ods: percents, errors, merged cells, comments, hidden parts, words around numbers.

A cell says both its value and how it is drawn, so what a number format adds is read from the drawing.
"""

import re
from collections.abc import Collection, Iterable
from io import BytesIO
from itertools import product
from zipfile import ZipFile

from lxml import etree

from indicators.workbook.footnotes import written_by_people
from indicators.workbook.grid import Area, Place
from indicators.workbook.number_format import Shown, shown_by
from indicators.workbook.ooxml import Marks

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_OFFICE, _TABLE, _TEXT, _STYLE = (f"{{{_NAMES.format(name)}}}" for name in ("office", "table", "text", "style"))
_KIND_OF_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_MOST_REPEATED = 1_000
_DRAWN = re.compile(r"(?P<before>[^\d-]*)(?P<number>-?\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<behind>\D*)")
_HALF = 0.5 + 1e-6  # of its last digit is what a number loses by being drawn shorter
_DIVISORS = (1, 1_000, 10_000, 1_000_000, 100_000_000)


def marks_of(archive: ZipFile) -> dict[str, Marks]:
    """Marks of every sheet by its name."""
    found: dict[str, Marks] = {}
    struck: set[str] = set()
    marks, row, column = Marks(), 0, 0
    events = etree.iterparse(
        BytesIO(archive.read("content.xml")),
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row", f"{_STYLE}style"),
        resolve_entities=False,
        no_network=True,
        recover=True,
    )
    for event, element in events:
        if event == "start":
            if element.tag == f"{_TABLE}table":
                marks, row, column = found.setdefault(element.get(f"{_TABLE}name") or "", Marks()), 0, 0
        elif element.tag == f"{_TABLE}table-column":
            count = _repeated(element, "columns")
            marks.hidden_columns.update(_hidden(element, column, count))
            column += count
        elif element.tag == f"{_TABLE}table-row":
            count = _repeated(element, "rows")
            marks.hidden_rows.update(_hidden(element, row, count))
            _mark_row(marks, element, range(row, row + min(count, _MOST_REPEATED)), struck)
            row += count
            element.clear()
        elif any(_is_struck(text) for text in element.iter(f"{_STYLE}text-properties")):
            struck.add(element.get(f"{_STYLE}name") or "")
    return found


def _is_struck(text: etree._Element) -> bool:
    return str(text.get(f"{_STYLE}text-line-through-style", "none")) != "none"


def _repeated(element: etree._Element, of: str) -> int:
    return int(element.get(f"{_TABLE}number-{of}-repeated") or 1)


def _hidden(element: etree._Element, first: int, count: int) -> Iterable[int]:
    is_hidden = element.get(f"{_TABLE}visibility") in ("collapse", "filter")
    return range(first, first + min(count, _MOST_REPEATED)) if is_hidden else ()


def _mark_row(marks: Marks, row: etree._Element, rows: range, struck: Collection[str]) -> None:
    """Marks of the cells of a row that stands for several alike."""
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        count = _repeated(cell, "columns")
        if len(cell) or cell.get(f"{_TABLE}formula"):
            places = list(product(rows, range(column, column + min(count, _MOST_REPEATED))))
            _mark_cells(marks, cell, places, struck)
        column += count


def _mark_cells(marks: Marks, cell: etree._Element, places: list[Place], struck: Collection[str]) -> None:
    drawn = "\n".join("".join(line.itertext()) for line in cell.iterchildren(f"{_TEXT}p"))
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "percentage":
        marks.percent.update(places)
    elif cell.get(_KIND_OF_ERROR) == "error":
        marks.errors.update(dict.fromkeys(places, drawn))
    elif kind in ("float", "currency") and (shown := _shown(drawn, float(cell.get(f"{_OFFICE}value") or 0))):
        marks.shown.update(dict.fromkeys(places, shown))
    elif kind is None and cell.get(f"{_TABLE}formula") and not drawn:
        marks.uncalculated.update(places)
    if drawn and cell.get(f"{_TABLE}style-name") in struck:
        marks.struck.update(places)
    for note in cell.iterchildren(f"{_OFFICE}annotation"):
        lines = ("".join(line.itertext()) for line in note.iter(f"{_TEXT}p"))
        if comment := written_by_people("\n".join(lines)):
            marks.comments[places[0]] = comment
    height, width = (int(cell.get(f"{_TABLE}number-{of}-spanned") or 1) for of in ("rows", "columns"))
    if height > 1 or width > 1:
        (top, left), *_ = places
        marks.merged.append(Area(top, left, top + height - 1, left + width - 1))


def _shown(drawn: str, value: float) -> Shown | None:
    """What stands around a number as it is drawn, and what it is divided by; None where that is nothing."""
    match = _DRAWN.fullmatch(drawn.strip())
    if match is None:
        return None
    number, step = float(match["number"].replace(",", "")), 10.0 ** -len(match["decimals"] or "")
    divisor = next((by for by in _DIVISORS if abs(value / by - number) <= step * _HALF), 1)
    words = shown_by(f'"{match["before"]}"0"{match["behind"]}"') or Shown("", "", 1)
    return words._replace(divisor=divisor) if divisor > 1 or words.before or words.behind else None
