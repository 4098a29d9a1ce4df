"""Workbooks of Excel 97 and before, by xlrd, which is right about Chinese texts where calamine is not."""

from io import StringIO

import xlrd
from xlrd.biffh import error_text_from_code

from indicators.workbook.footnotes import written_by_people
from indicators.workbook.grid import Area, Cell, Sheet, cell_of, even_rows
from indicators.workbook.number_format import shown_by

_BLANK = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def xls_sheets(content: bytes) -> list[Sheet]:
    """Every sheet of an .xls with what its cells say beside their values; fails as xlrd does."""
    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO())
    return [_sheet(book, sheet) for sheet in book.sheets()]


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    rows: list[list[Cell]] = []
    percent, struck, errors, shown = set(), set(), {}, {}
    for row in range(sheet.nrows):
        cells: list[Cell] = []
        for column, cell in enumerate(sheet.row(row)):
            cells.append(_value(book, cell))
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors[row, column] = error_text_from_code.get(cell.value, "#VALUE!")
            elif cell.ctype == xlrd.XL_CELL_NUMBER and "%" in (code := _format(book, cell.xf_index)):
                percent.add((row, column))
            elif cell.ctype == xlrd.XL_CELL_NUMBER and (adds := shown_by(code)):
                shown[row, column] = adds
            if cell.ctype not in _BLANK and _is_struck(book, cell.xf_index):
                struck.add((row, column))
        rows.append(cells)
    notes = sheet.cell_note_map.items()
    return Sheet(
        sheet.name,
        even_rows(rows),
        merged=tuple(Area(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        percent=frozenset(percent),
        errors=errors,
        shown=shown,
        struck=frozenset(struck),
        comments={place: text for place, note in notes if (text := written_by_people(note.text))},
        hidden_rows=frozenset(row for row, about in sheet.rowinfo_map.items() if about.hidden),
        hidden_columns=frozenset(column for column, about in sheet.colinfo_map.items() if about.hidden),
        is_hidden=sheet.visibility != 0,
    )


def _value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return cell_of(xlrd.xldate_as_datetime(cell.value, book.datemode))
        except (xlrd.XLDateError, OverflowError, ValueError):
            return float(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) else None


def _format(book: xlrd.Book, style: int | None) -> str:
    """The number format of a style; empty where it has none."""
    shown = None if style is None else book.format_map.get(book.xf_list[style].format_key)
    return "" if shown is None else shown.format_str


def _is_struck(book: xlrd.Book, style: int | None) -> bool:
    return style is not None and bool(book.font_list[book.xf_list[style].font_index].struck_out)
