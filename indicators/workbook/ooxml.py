"""What calamine leaves out of an .xlsx: percent formats, errors, uncalculated formulas, hidden parts.

Parsing every cell a second time takes longer than calamine's whole reading, so the bytes of a sheet are
searched first: most sheets hold nothing that could be a mark.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from indicators.workbook.grid import Place

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BUILT_IN_PERCENT = {9, 10}
_ERROR_OR_FORMULA = (b'"e"', b"'e'", b"<f", b":f")
_HIDDEN = re.compile(rb"""hidden\s*=\s*["'](?:1|true|on)["']""")
_MARKED_CELLS = etree.XPath(
    "*[@t='e' or *[local-name()='f'] or (@s != '' and contains($percent, concat(' ', @s, ' ')))]"
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass
class Marks:
    """Marks of one sheet, as the fields of `grid.Sheet` name them."""

    percent: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def marks_of(archive: ZipFile) -> dict[str, Marks]:
    """Marks of every worksheet by its name; a sheet whose part is missing has none."""
    percent = _percent_styles(archive)
    parts = set(archive.namelist())
    return {
        name: _sheet_marks(archive, part, percent) if part in parts else Marks() for name, part in _sheet_parts(archive)
    }


def place_of(reference: str) -> Place | None:
    """Row and column of a cell's name, from 0; None where it is not one."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _tree(archive: ZipFile, part: str) -> etree._Element | None:
    if part not in archive.namelist():
        return None
    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    book, links = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return
    targets = {link.get("Id"): link.get("Target") or "" for link in links if isinstance(link.tag, str)}
    for sheet in book.iter(f"{_MAIN}sheet", f"{_STRICT}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
        yield sheet.get("name") or "", posixpath.normpath(posixpath.join("xl", target)).lstrip("/")


def _percent_styles(archive: ZipFile) -> frozenset[str]:
    """Indexes, as texts, of the cell styles that show a number as percent."""
    styles = _tree(archive, "xl/styles.xml")
    if styles is None:
        return frozenset()
    own = {
        number.get("numFmtId"): "%" in re.sub(r'"[^"]*"|\\.', "", number.get("formatCode") or "")
        for number in styles.iter(f"{_MAIN}numFmt", f"{_STRICT}numFmt")
    }
    formats = next(styles.iter(f"{_MAIN}cellXfs", f"{_STRICT}cellXfs"), None)
    if formats is None:
        return frozenset()
    numbers = [style.get("numFmtId") or "0" for style in formats if isinstance(style.tag, str)]
    return frozenset(
        str(i) for i, number in enumerate(numbers) if own.get(number, number in {str(n) for n in _BUILT_IN_PERCENT})
    )


def _sheet_marks(archive: ZipFile, part: str, percent: frozenset[str]) -> Marks:
    marks = Marks()
    content = archive.read(part)
    if not _may_have_marks(content, percent):
        return marks
    styles = f" {' '.join(percent)} "
    elements = etree.iterparse(
        BytesIO(content), tag=("{*}row", "{*}col"), resolve_entities=False, no_network=True, recover=True
    )
    for _, element in elements:
        if etree.QName(element).localname == "row":
            _mark_row(marks, element, styles)
            element.clear()
        elif _is_on(element.get("hidden")):
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            marks.hidden_columns.update(range(first - 1, min(last, first + 1_000)))
    return marks


def _may_have_marks(content: bytes, percent: frozenset[str]) -> bool:
    """Whether anything in the bytes of a sheet could be a mark; in an encoding of two bytes that is not seen."""
    if b"\0" in content[:4] or _HIDDEN.search(content) or any(sign in content for sign in _ERROR_OR_FORMULA):
        return True
    styles = "|".join(percent).encode()
    return bool(percent) and re.search(rb"""s\s*=\s*["'](?:%s)["']""" % styles, content) is not None


def _mark_row(marks: Marks, row: etree._Element, percent: str) -> None:
    """Marks of a row and its cells; `percent` lists the styles between spaces."""
    if _is_on(row.get("hidden")) and (row.get("r") or "").isdecimal():
        marks.hidden_rows.add(int(row.get("r") or "1") - 1)
    for cell in _MARKED_CELLS(row, percent=percent):
        place = place_of(cell.get("r") or "")
        if place is None:
            continue
        kind = cell.get("t")
        has_formula, value = _content(cell)
        if kind == "e":
            marks.errors[place] = value or "#VALUE!"
        elif has_formula and not value:
            marks.uncalculated.add(place)
        elif f" {cell.get('s')} " in percent and kind in (None, "n") and value:
            marks.percent.add(place)


def _content(cell: etree._Element) -> tuple[bool, str | None]:
    has_formula, value = False, None
    for part in cell:
        tag = part.tag
        if not isinstance(tag, str):
            continue
        if tag.endswith("}v"):
            value = part.text
        elif tag.endswith("}f"):
            has_formula = True
        elif tag.endswith("}is"):
            value = "inline"
    return has_formula, value


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true", "on")
