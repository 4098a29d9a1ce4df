"""What calamine leaves out of an .xlsx: number formats, errors, formulas without result, comments, hidden parts.

Parsing every cell a second time takes longer than calamine's whole reading, so the bytes of a sheet are
searched first: most sheets hold nothing that could be a mark.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from indicators.workbook.footnotes import written_by_people
from indicators.workbook.grid import Area, Place
from indicators.workbook.number_format import Shown, shown_by

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BUILT_IN_PERCENT = {"9", "10"}
_ERROR_OR_FORMULA = (b'"e"', b"'e'", b"<f", b":f")
_HIDDEN = re.compile(rb"""hidden\s*=\s*["'](?:1|true|on)["']""")
_MARKED_CELLS = etree.XPath(
    "*[@t='e' or *[local-name()='f'] or (@s != '' and contains($styles, concat(' ', @s, ' ')))]"
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass
class Marks:
    """Marks of one sheet, as the fields of `grid.Sheet` name them."""

    percent: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    shown: dict[Place, Shown] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    comments: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)


@dataclass(frozen=True)
class Styles:
    """Indexes, as texts, of the cell styles that change what a number means."""

    percent: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    shown: Mapping[str, Shown] = field(default_factory=dict)

    @cached_property
    def all(self) -> str:
        """All of them between spaces; empty where there are none."""
        styles = {*self.percent, *self.struck, *self.shown}
        return f" {' '.join(sorted(styles))} " if styles else ""


def marks_of(archive: ZipFile) -> dict[str, Marks]:
    """Marks of every worksheet by its name; a sheet whose part is missing has none."""
    styles = _styles(archive)
    parts = set(archive.namelist())
    has_comments = any("comments" in part for part in parts)
    return {
        name: _sheet_marks(archive, part, styles, _comments(archive, part) if has_comments else {})
        if part in parts
        else Marks()
        for name, part in _sheet_parts(archive)
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


def targets_of(archive: ZipFile, part: str) -> dict[str, str]:
    """What the relations of a part lead to, by their names."""
    links = _tree(archive, part)
    found = () if links is None else (link for link in links if isinstance(link.tag, str))
    return {link.get("Id") or "": link.get("Target") or "" for link in found}


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    book = _tree(archive, "xl/workbook.xml")
    targets = targets_of(archive, "xl/_rels/workbook.xml.rels")
    if book is None:
        return
    for sheet in book.iter(f"{_MAIN}sheet", f"{_STRICT}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "", "")
        yield sheet.get("name") or "", posixpath.normpath(posixpath.join("xl", target)).lstrip("/")


def _styles(archive: ZipFile) -> Styles:
    styles = _tree(archive, "xl/styles.xml")
    formats = None if styles is None else next(styles.iter(f"{_MAIN}cellXfs", f"{_STRICT}cellXfs"), None)
    if styles is None or formats is None:
        return Styles()
    codes = {
        number.get("numFmtId"): number.get("formatCode") or ""
        for number in styles.iter(f"{_MAIN}numFmt", f"{_STRICT}numFmt")
    }
    struck_fonts = _struck_fonts(styles)
    numbered = ((style, style.get("numFmtId") or "0") for style in formats if isinstance(style.tag, str))
    return styles_of(
        (codes.get(number, "0%" if number in _BUILT_IN_PERCENT else ""), style.get("fontId") in struck_fonts)
        for style, number in numbered
    )


def styles_of(styles: Iterable[tuple[str, bool]]) -> Styles:
    """What styles mean for a number, in their order, each given as its number format and whether it strikes out."""
    percent, struck, shown = set(), set(), {}
    for index, (code, is_struck) in enumerate(styles):
        if "%" in re.sub(r'"[^"]*"|\\.', "", code):
            percent.add(str(index))
        elif adds := shown_by(code):
            shown[str(index)] = adds
        if is_struck:
            struck.add(str(index))
    return Styles(frozenset(percent), frozenset(struck), shown)


def _struck_fonts(styles: etree._Element) -> set[str]:
    """Indexes, as texts, of the fonts that strike their text out."""
    fonts = next(styles.iter(f"{_MAIN}fonts", f"{_STRICT}fonts"), None)
    found = set()
    for index, font in enumerate(font for font in (() if fonts is None else fonts) if isinstance(font.tag, str)):
        strike = next(font.iter(f"{_MAIN}strike", f"{_STRICT}strike"), None)
        if strike is not None and _is_on(strike.get("val", "1")):
            found.add(str(index))
    return found


def _comments(archive: ZipFile, part: str) -> dict[Place, str]:
    """What people wrote at the cells of a sheet; remarks of our own annotated copies are left out."""
    folder, name = posixpath.split(part)
    links = _tree(archive, f"{folder}/_rels/{name}.rels")
    found: dict[Place, str] = {}
    for link in () if links is None else links:
        if not str(link.get("Type")).endswith("/comments"):
            continue
        comments = _tree(archive, posixpath.normpath(posixpath.join(folder, link.get("Target") or "")).lstrip("/"))
        for comment in () if comments is None else comments.iter("{*}comment"):
            place = place_of(comment.get("ref") or "")
            text = written_by_people("".join(run.text or "" for run in comment.iter("{*}t")))
            if place is not None and text:
                found[place] = text
    return found


def _sheet_marks(archive: ZipFile, part: str, styles: Styles, comments: dict[Place, str]) -> Marks:
    marks = Marks(comments=comments)
    content = archive.read(part)
    if not _may_have_marks(content, styles):
        return marks
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


def _may_have_marks(content: bytes, styles: Styles) -> bool:
    """Whether anything in the bytes of a sheet could be a mark; in an encoding of two bytes that is not seen."""
    if b"\0" in content[:4] or _HIDDEN.search(content) or any(sign in content for sign in _ERROR_OR_FORMULA):
        return True
    wanted = "|".join(styles.all.split()).encode()
    return bool(wanted) and re.search(rb"""s\s*=\s*["'](?:%s)["']""" % wanted, content) is not None


def _mark_row(marks: Marks, row: etree._Element, styles: Styles) -> None:
    """Marks of a row and its cells."""
    if _is_on(row.get("hidden")) and (row.get("r") or "").isdecimal():
        marks.hidden_rows.add(int(row.get("r") or "1") - 1)
    for cell in _MARKED_CELLS(row, styles=styles.all):
        place = place_of(cell.get("r") or "")
        if place is None:
            continue
        kind, style = cell.get("t"), cell.get("s")
        has_formula, value = _content(cell)
        if kind == "e":
            marks.errors[place] = value or "#VALUE!"
        elif has_formula and not value:
            marks.uncalculated.add(place)
        elif value:
            mark_style(marks, place, style, styles, is_number=kind in (None, "n"))


def mark_style(marks: Marks, place: Place, style: str | None, styles: Styles, *, is_number: bool) -> None:
    """What the style of a cell with a value means for it."""
    if style is None:
        return
    if style in styles.struck:
        marks.struck.add(place)
    if is_number and style in styles.percent:
        marks.percent.add(place)
    elif is_number and style in styles.shown:
        marks.shown[place] = styles.shown[style]


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
