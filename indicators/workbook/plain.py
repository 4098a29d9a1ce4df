"""Tables in plain text: CSV in whatever encoding it was saved, and HTML that calls itself .xls."""

import csv
import re
from io import StringIO

from charset_normalizer import from_bytes
from lxml import etree, html

from indicators.errors import Invalid
from indicators.workbook.grid import Area, Cell, Sheet, even_rows, refuse_too_many

_LONGEST_SPAN = 1_000
_DELIMITERS = (",", "\t", ";", "，")


def csv_sheets(content: bytes) -> tuple[list[Sheet], bool]:
    """The rows of a CSV as one sheet of texts, and whether its encoding is certain.

    Raises Invalid("workbook.unknown_format") where the bytes are no text.
    """
    text, is_sure = _decoded(content)
    delimiter = _delimiter(text)
    refuse_too_many(text.count(delimiter) + text.count("\n"))
    rows: list[list[Cell]] = [list(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)]
    return [Sheet("CSV", even_rows(rows))], is_sure


def html_sheets(content: bytes) -> list[Sheet]:
    """Every table of an HTML page as a sheet. Raises Invalid("workbook.unknown_format") where there is none."""
    text = _decoded(content)[0]
    if re.search(r"<!ENTITY", text[:8192], re.IGNORECASE):
        raise Invalid("workbook.entities")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        page = html.document_fromstring(text, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, ValueError):
        raise Invalid("workbook.unknown_format") from None
    tables = [table for table in page.iter("table") if not any(True for _ in table.iterdescendants("table"))]
    if not tables:
        raise Invalid("workbook.unknown_format")
    return [_html_sheet(table, f"Table{number}") for number, table in enumerate(tables, start=1)]


def _decoded(content: bytes) -> tuple[str, bool]:
    """UTF-8 if it can be, else GB18030, else what the bytes look most like; a declared mark decides at once."""
    marked = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for mark, encoding in marked.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), True
    if b"\0" in content:
        raise Invalid("workbook.unknown_format")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), True
        except UnicodeDecodeError:
            continue
    best = from_bytes(content).best()
    if best is None:
        raise Invalid("workbook.unknown_format")
    return str(best), False


def _delimiter(text: str) -> str:
    """The delimiter that most lines agree on."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: sum(mark in line for line in lines))


def _html_sheet(table: etree._Element, name: str) -> Sheet:
    filled: dict[tuple[int, int], Cell] = {}
    merged: list[Area] = []
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in filled:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            for down in range(height):
                for right in range(width):
                    filled[row + down, column + right] = None
            filled[row, column] = " ".join(cell.text_content().split())
            if height > 1 or width > 1:
                merged.append(Area(row, column, row + height - 1, column + width - 1))
            column += width
    rows = _rows_of(filled)
    return Sheet(name, even_rows(rows), merged=tuple(merged))


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return min(max(int(text), 1), _LONGEST_SPAN) if text.isdecimal() and len(text) < 7 else 1


def _rows_of(filled: dict[tuple[int, int], Cell]) -> list[list[Cell]]:
    height = max((row for row, _ in filled), default=-1) + 1
    width = max((column for _, column in filled), default=-1) + 1
    return [[filled.get((row, column)) for column in range(width)] for row in range(height)]
