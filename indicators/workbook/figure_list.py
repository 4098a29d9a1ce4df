"""A list of figures as a workbook: one row a figure, with the words that explain it on a sheet of their own."""

from collections.abc import Sequence
from io import BytesIO

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.workbook.guide import FILL, HEADING, Guide, print_on_a4, write_guide
from indicators.workbook.writing import plain_value, text_width, write

_WIDEST, _NARROWEST = 46, 7
_MEASURED = 200


def figure_list(rows: pd.DataFrame, *, headings: Sequence[str], sheet: str, guide: Guide) -> bytes:
    """The bytes of an .xlsx with the rows under their headings, numbers as numbers, ready to be filtered."""
    out = BytesIO()
    figure_book(rows, headings=headings, sheet=sheet, guide=guide).save(out)
    return out.getvalue()


def figure_book(rows: pd.DataFrame, *, headings: Sequence[str], sheet: str, guide: Guide) -> Workbook:
    """The workbook of such a list, to which more sheets can be added."""
    book = Workbook()
    write_guide(book.active, guide)
    page = book.create_sheet(sheet)
    for place, heading in enumerate(headings, start=1):
        cell = write(page.cell(1, place), heading)
        cell.font, cell.fill = HEADING, FILL
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    for values in rows.itertuples(index=False, name=None):
        page.append([plain_value(page, value) for value in values])
    _set_widths(page, rows, headings)
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    page.print_title_rows = "1:1"
    print_on_a4(page, guide.mark)
    return book


def _set_widths(page: Worksheet, rows: pd.DataFrame, headings: Sequence[str]) -> None:
    for place, (column, heading) in enumerate(zip(rows.columns, headings, strict=True), start=1):
        widths = [text_width(str(value)) for value in rows[column].head(_MEASURED)]
        width = min(max([*widths, text_width(heading) + 3, _NARROWEST]) + 2, _WIDEST)
        page.column_dimensions[get_column_letter(place)].width = width
