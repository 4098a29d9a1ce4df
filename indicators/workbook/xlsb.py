"""What calamine leaves out of an .xlsb: number formats, errors, merged cells, hidden parts, and cells in short form.

The parts of an .xlsb are records, each a kind, a length and that many bytes, as [MS-XLSB] lists them.
"""

import posixpath
from collections.abc import Iterator
from io import BytesIO
from struct import unpack_from
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile

from indicators.workbook.grid import Area
from indicators.workbook.ooxml import Marks, Styles, mark_style, styles_of, targets_of

_ROW, _ERROR, _COLUMNS, _SHEET, _MERGED = 0, 3, 60, 156, 176
_FONT, _FORMAT, _STYLE, _STYLES, _STYLES_END = 43, 44, 47, 617, 618
_LONG_FORM = {short: short - 11 for short in range(12, 19)}
_NUMBERS, _FORMULA_ERROR, _CELLS = {2, 5, 9}, 11, range(1, 12)
_BUILT_IN = {9: "0%", 10: "0.00%"}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_WIDEST_HIDDEN = 1_000


class _Record(NamedTuple):
    kind: int
    data: bytes


def in_long_form(content: bytes, archive: ZipFile) -> bytes:
    """The file with every cell as calamine reads them; some programs leave out the column where it is the next."""
    parts = {part: archive.read(part) for part in archive.namelist()}
    sheets = [part for _, part in _sheet_parts(archive) if part in parts]
    if not any(record.kind in _LONG_FORM for part in sheets for record in _records(parts[part])):
        return content
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as rewritten:
        for part, data in parts.items():
            rewritten.writestr(part, _lengthened(data) if part in sheets else data)
    return out.getvalue()


def marks_of(archive: ZipFile) -> dict[str, Marks]:
    """Marks of every worksheet by its name; comments are not among them."""
    parts = set(archive.namelist())
    styles = _styles(archive.read("xl/styles.bin")) if "xl/styles.bin" in parts else Styles()
    return {name: _sheet_marks(archive.read(part), styles) for name, part in _sheet_parts(archive) if part in parts}


def _records(content: bytes) -> Iterator[_Record]:
    place, end = 0, len(content)
    while place < end:
        kind, place = _number(content, place, at_most=2)
        size, place = _number(content, place, at_most=4)
        yield _Record(kind, content[place : place + size])
        place += size


def _number(content: bytes, place: int, *, at_most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for count in range(at_most):
        byte = content[place + count]
        number |= (byte & 0x7F) << 7 * count
        if byte < 0x80:
            break
    return number, place + count + 1


def _bytes_of(number: int) -> bytes:
    found = [number & 0x7F]
    while number := number >> 7:
        found.append(number & 0x7F)
    return bytes([byte | 0x80 for byte in found[:-1]] + found[-1:])


def _text(data: bytes, place: int) -> tuple[str, int]:
    """A text behind its length, and where it ends."""
    (length,) = unpack_from("<I", data, place)
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le", errors="replace"), end


def _sheet_parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    targets = targets_of(archive, "xl/_rels/workbook.bin.rels")
    for kind, data in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            relation, end = _text(data, 8)
            target = targets.get(relation, "")
            yield _text(data, end)[0], posixpath.normpath(posixpath.join("xl", target)).lstrip("/")


def _lengthened(content: bytes) -> bytes:
    out, column = [], -1
    for kind, data in _records(content):
        if kind == _ROW:
            column = -1
        elif kind in _LONG_FORM:
            column += 1
            kind, data = _LONG_FORM[kind], column.to_bytes(4, "little") + data
        elif kind in _CELLS:
            (column,) = unpack_from("<I", data)
        out += [_bytes_of(kind), _bytes_of(len(data)), data]
    return b"".join(out)


def _styles(content: bytes) -> Styles:
    codes, struck, styles, is_inside = dict(_BUILT_IN), [], [], False
    for kind, data in _records(content):
        if kind == _FORMAT:
            codes[unpack_from("<H", data)[0]] = _text(data, 2)[0]
        elif kind == _FONT:
            struck.append(bool(data[2] & 0x08))
        elif kind in (_STYLES, _STYLES_END):
            is_inside = kind == _STYLES
        elif kind == _STYLE and is_inside:
            code, font = unpack_from("<HH", data, 2)
            styles.append((codes.get(code, ""), font < len(struck) and struck[font]))
    return styles_of(styles)


def _sheet_marks(content: bytes, styles: Styles) -> Marks:
    marks, row = Marks(), 0
    for kind, data in _records(_lengthened(content)):
        if kind == _ROW:
            (row,) = unpack_from("<I", data)
            if data[11] & 0x10:
                marks.hidden_rows.add(row)
        elif kind in _CELLS:
            column, style = unpack_from("<II", data)
            if kind in (_ERROR, _FORMULA_ERROR):
                marks.errors[row, column] = _ERRORS.get(data[8], "#VALUE!")
            mark_style(marks, (row, column), str(style & 0xFFFFFF), styles, is_number=kind in _NUMBERS)
        elif kind == _COLUMNS:
            first, last = unpack_from("<II", data)
            if data[16] & 0x01:
                marks.hidden_columns.update(range(first, min(last + 1, first + _WIDEST_HIDDEN)))
        elif kind == _MERGED:
            top, bottom, left, right = unpack_from("<IIII", data)
            marks.merged.append(Area(top, left, bottom, right))
    return marks
