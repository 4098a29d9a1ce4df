"""Any workbook file as cells: what it is, is found from its bytes and never from its name.

No single reader is enough. calamine is fast and right on .xlsx, .xlsb and .ods; on .xls it garbles
some Chinese where xlrd is right, and reads some that xlrd cannot; openpyxl opens what calamine
refuses. What a file says beside its values (percent formats, merged cells, hidden rows) changes what
the values mean and is read as well.

A process is started for every file, so a reader is imported only where a file needs it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from indicators.errors import Invalid
from indicators.workbook.archive import open_archive
from indicators.workbook.grid import Area, Format, Note, Sheet, Workbook, cell_of, even_rows, refuse_too_many
from indicators.workbook.ooxml import Marks, marks_of

EXCELS_OWN_PASSWORD = "VelvetSweatshop"  # what Excel encrypts a write-protected workbook with
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS: dict[Format, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xls": (".xls", ".xlt", ".et"),
    "xlsb": (".xlsb",),
    "ods": (".ods",),
    "csv": (".csv", ".txt", ".tsv"),
    "html": (".html", ".htm"),
}


def read_workbook(content: bytes, name: str) -> Workbook:
    """The sheets of a workbook file, hidden ones included.

    Raises Invalid("workbook.empty_file"), Invalid("workbook.unknown_format"),
    Invalid("workbook.password"), Invalid("workbook.corrupt"), Invalid("workbook.bomb"),
    Invalid("workbook.entities"), Invalid("workbook.too_many_cells") and Invalid("workbook.no_cells").
    """
    if not content.strip():
        raise Invalid("workbook.empty_file")
    content, notes = _decrypted(content)
    format, sheets, found = _sheets(content)
    if not any(sheet.rows for sheet in sheets):
        raise Invalid("workbook.no_cells")
    if not name.lower().endswith(_ENDINGS[format]):
        found = (*found, "extension")
    return Workbook(name, format, tuple(sheets), (*notes, *found))


def _decrypted(content: bytes) -> tuple[bytes, tuple[Note, ...]]:
    """The content itself, or opened with the password that Excel uses without asking."""
    if not content.startswith(_OLE):
        return content, ()
    import msoffcrypto

    try:
        file = msoffcrypto.OfficeFile(BytesIO(content))
        if not file.is_encrypted():
            return content, ()
    except Exception:  # what it cannot open may still be a plain .xls; its reader decides
        return content, ()
    out = BytesIO()
    try:
        file.load_key(password=EXCELS_OWN_PASSWORD)
        file.decrypt(out)
    except Exception:
        raise Invalid("workbook.password") from None
    return out.getvalue(), ("decrypted",)


def _sheets(content: bytes) -> tuple[Format, list[Sheet], tuple[Note, ...]]:
    if content.startswith(_OLE) or content[:4] in (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00"):
        from indicators.workbook.xls import xls_sheets

        return "xls", _first_that_reads(content, (xls_sheets, _by_calamine)), ()
    if content.startswith(b"PK"):
        return _zipped(content)
    from indicators.workbook.plain import csv_sheets, html_sheets

    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if head.startswith(b"<") or b"<table" in head or b"<html" in head:
        return "html", html_sheets(content), ()
    sheets, is_sure = csv_sheets(content)
    return "csv", sheets, () if is_sure else ("encoding_guessed",)


def _zipped(content: bytes) -> tuple[Format, list[Sheet], tuple[Note, ...]]:
    with open_archive(content) as archive:
        parts = set(archive.namelist())
        if "xl/workbook.bin" in parts:
            sheets = _first_that_reads(content, (lambda data: _xlsb_by_calamine(data, archive),))
            return "xlsb", sheets, tuple(_xlsb_notes(parts))
        if "xl/workbook.xml" in parts:
            readers = (lambda data: _xlsx_by_calamine(data, archive), _xlsx_by_openpyxl)
            return "xlsx", _first_that_reads(content, readers), tuple(_xlsx_notes(parts))
        if "content.xml" in parts and "mimetype" in parts:
            return "ods", _first_that_reads(content, (lambda data: _ods_by_calamine(data, archive),)), ()
    raise Invalid("workbook.unknown_format")


def _xlsx_notes(parts: Iterable[str]) -> Iterable[Note]:
    if any(part.endswith("vbaProject.bin") for part in parts):
        yield "macros"
    if any(part.startswith("xl/externalLinks/") for part in parts):
        yield "external_links"


def _xlsb_notes(parts: Iterable[str]) -> Iterable[Note]:
    yield from _xlsx_notes(parts)
    if any(part.startswith("xl/comments") for part in parts):
        yield "comments_unread"


def _first_that_reads(content: bytes, readers: Iterable[Callable[[bytes], list[Sheet]]]) -> list[Sheet]:
    """What the first reader that can gives; a reader may fail in any way, also by a panic that is no Exception."""
    for read in readers:
        try:
            return read(content)
        except (Invalid, MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:
            continue
    raise Invalid("workbook.corrupt")


def _by_calamine(content: bytes) -> list[Sheet]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        refuse_too_many(sheet.total_height * sheet.total_width)
        rows = [[cell_of(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        merged = tuple(Area(*first, *last) for first, last in sheet.merged_cell_ranges or ())
        sheets.append(Sheet(about.name, even_rows(rows), merged, is_hidden=about.visible != SheetVisibleEnum.Visible))
    return sheets


def _ods_by_calamine(content: bytes, archive: ZipFile) -> list[Sheet]:
    from indicators.workbook import ods

    marks = ods.marks_of(archive)
    return [_marked(sheet, marks.get(sheet.name, Marks())) for sheet in _by_calamine(content)]


def _xlsb_by_calamine(content: bytes, archive: ZipFile) -> list[Sheet]:
    from indicators.workbook import xlsb

    marks, sheets = xlsb.marks_of(archive), _by_calamine(xlsb.in_long_form(content, archive))
    return [_marked(sheet, marks.get(sheet.name, Marks())) for sheet in sheets]


def _xlsx_by_calamine(content: bytes, archive: ZipFile) -> list[Sheet]:
    marks = marks_of(archive)
    return [_marked(sheet, marks.get(sheet.name, Marks())) for sheet in _by_calamine(content)]


def _marked(sheet: Sheet, marks: Marks) -> Sheet:
    return replace(
        sheet,
        merged=(*sheet.merged, *marks.merged),
        percent=frozenset(marks.percent),
        errors=marks.errors,
        uncalculated=frozenset(marks.uncalculated),
        shown=marks.shown,
        struck=frozenset(marks.struck),
        comments=marks.comments,
        hidden_rows=frozenset(marks.hidden_rows),
        hidden_columns=frozenset(marks.hidden_columns),
    )


def _xlsx_by_openpyxl(content: bytes) -> list[Sheet]:
    from openpyxl import load_workbook

    with ZipFile(BytesIO(content)) as archive:
        marks = marks_of(archive)
    book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
    sheets = []
    for sheet in book.worksheets:
        refuse_too_many(sheet.max_row * sheet.max_column)
        rows = [[cell_of(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        merged = tuple(
            Area(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        )
        read = Sheet(sheet.title, even_rows(rows), merged, is_hidden=sheet.sheet_state != "visible")
        sheets.append(_marked(read, marks.get(sheet.title, Marks())))
    return sheets
