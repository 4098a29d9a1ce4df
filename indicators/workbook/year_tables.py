"""Figures laid out as in a yearbook: a sheet for each indicator, regions down, periods across, notes below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.workbook.guide import BODY, FILL, HEADING, QUIET, TITLE, Guide, link_names, print_on_a4, write_guide
from indicators.workbook.writing import digits, text_width, write

_RULE = Side(style="thin", color="8A97A3")
_LABEL_WIDTH, _CELL_WIDTH = 16, 10
_NOTE_COLUMNS = 9
_STYLES = (
    NamedStyle("figures label", font=BODY),
    NamedStyle("figures number", font=BODY, alignment=Alignment(horizontal="right")),
)


@dataclass(frozen=True)
class YearCell:
    """A figure in its place: a number where it is exact, else as text; `mark` leads to the notes below."""

    value: float | str
    mark: str = ""


@dataclass(frozen=True)
class YearBlock:
    """One table of a sheet: the line above it, row and column headings, its cells by row and column."""

    line: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[int, int], YearCell]
    decimals: int


@dataclass(frozen=True)
class YearSheet:
    """One indicator: name of the sheet, title, unit, its tables, and what stands below them."""

    sheet: str
    title: str
    unit: str
    corner: str
    blocks: tuple[YearBlock, ...]
    notes: tuple[str, ...]


def year_tables(sheets: Sequence[YearSheet], *, guide: Guide) -> bytes:
    """The bytes of an .xlsx with the guide and a sheet for each indicator."""
    book = Workbook()
    for style in _STYLES:
        book.add_named_style(style)
    write_guide(book.active, guide)
    link_names(book.active, [own.sheet for own in sheets])
    for own in sheets:
        page = book.create_sheet(own.sheet)
        _write_sheet(page, own)
        print_on_a4(page, guide.mark)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(page: Worksheet, own: YearSheet) -> None:
    write(page.cell(1, 1), own.title).font = TITLE
    write(page.cell(2, 1), own.unit).font = QUIET
    row = 3
    for block in own.blocks:
        row = _write_block(page, block, own.corner, row) + 1
    for note in own.notes:
        cell = write(page.cell(row, 1), note)
        cell.font = QUIET
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_NOTE_COLUMNS)
        room = _LABEL_WIDTH + _CELL_WIDTH * (_NOTE_COLUMNS - 1)
        page.row_dimensions[row].height = 14.5 * (1 + text_width(note) // room)
        row += 1
    widest = max(text_width(label) for block in own.blocks for label in block.rows)
    page.column_dimensions["A"].width = min(max(widest + 2, _LABEL_WIDTH), 40)
    for place in range(1, max(len(block.columns) for block in own.blocks) + 1):
        page.column_dimensions[get_column_letter(place + 1)].width = _width(own, place - 1)
    if len(own.blocks) == 1:
        page.freeze_panes = page.cell(5 if own.blocks[0].line else 4, 2)


def _write_block(page: Worksheet, block: YearBlock, corner: str, row: int) -> int:
    """One table from a row on; gives the row after it."""
    if block.line:
        write(page.cell(row, 1), block.line).font = QUIET
        row += 1
    for place, heading in enumerate((corner, *block.columns), start=1):
        cell = write(page.cell(row, place), heading)
        cell.font, cell.fill = HEADING, FILL
        cell.border = Border(top=_RULE, bottom=_RULE)
        cell.alignment = Alignment(horizontal="left" if place == 1 else "right")
    for line, label in enumerate(block.rows):
        write(page.cell(row + 1 + line, 1), label).style = "figures label"
        for place in range(len(block.columns)):
            figure = block.cells.get((line, place))
            if figure is not None:
                _write_figure(page.cell(row + 1 + line, place + 2), figure, block.decimals)
    last = row + len(block.rows)
    for place in range(1, len(block.columns) + 2):
        page.cell(last, place).border = Border(bottom=_RULE)
    return last + 1


def _write_figure(cell: Cell, figure: YearCell, decimals: int) -> None:
    """A number stays a number with its mark shown behind it; a bound is a text, since it is no value."""
    cell.style = "figures number"
    if isinstance(figure.value, str):
        write(cell, figure.value + figure.mark)
        return
    write(cell, figure.value)
    places = max(decimals, digits(figure.value))
    cell.number_format = "#,##0" + ("." + "0" * places if places else "") + (f'"{figure.mark}"' if figure.mark else "")


def _width(own: YearSheet, place: int) -> float:
    shown = [
        text_width(_shown(figure, block.decimals))
        for block in own.blocks
        for (_, column), figure in block.cells.items()
        if column == place
    ]
    heads = [text_width(block.columns[place]) for block in own.blocks if place < len(block.columns)]
    return max([*shown, *heads, _CELL_WIDTH - 2]) + 2


def _shown(figure: YearCell, decimals: int) -> str:
    if isinstance(figure.value, str):
        return figure.value + figure.mark
    return f"{figure.value:,.{max(decimals, digits(figure.value))}f}{figure.mark}"
