"""The analyst's own workbook given back: every problem marked at its cell and listed on a sheet in front.

People correct figures where they typed them. An .xlsx therefore stays the analyst's as far as openpyxl
keeps it; openpyxl drops the results of formulas, and they are put back, because a workbook that nobody
has opened since would otherwise read as empty. Where the copy would not say the same as the original,
it is rebuilt from the cells as they were read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import chain
from math import ceil
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import Cell as Target
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from indicators.model.diagnostic import Severity
from indicators.workbook.files import read_workbook
from indicators.workbook.grid import Area, Cell, Place, Sheet, Workbook, cell_name, column_letters
from indicators.workbook.isolated import run_safely
from indicators.workbook.ooxml import place_of
from indicators.workbook.writing import link_to, sheet_name, sound, text_width, write

MOST_COMMENTS = 2_000
_SECONDS = 30  # a copy of a large workbook takes longer than reading it
_MOST_LINKS = 65_530  # what Excel allows on a sheet
_LONGEST_COMMENT = 32_000
_ORDER: tuple[Severity, ...] = ("error", "warning", "note")
_FILLS = {
    "error": PatternFill("solid", fgColor="F8CBC6"),
    "warning": PatternFill("solid", fgColor="FFE6A8"),
    "note": PatternFill("solid", fgColor="D6E6F5"),
}
_HEADING = PatternFill("solid", fgColor="E7E6E6")
_LIST_WIDTHS = (9, 20, 10, 60, 60)
_LIST_TOP = 2
_ROW_LINE, _TALLEST_ROW = 16, 409  # points; the second is Excel's limit
_BOX_WIDTH, _BOX_LETTERS, _BOX_LINE, _BOX_TALLEST = 320, 46, 18, 640
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_QUOTED_TEXT = re.compile(r'"[^"]*"')
_TABLE_COLUMN = re.compile(r"[\w.]+\[(?:[^\[\]]|\[[^\[\]]*\])*\]")

Pages = Mapping[str, Worksheet]
Result = tuple[str, str]


@dataclass(frozen=True)
class Remark:
    """A problem in the words of the person who reads it; `cell` is empty where the whole sheet is meant."""

    severity: Severity
    sheet: str
    cell: str
    message: str
    suggestion: str


@dataclass(frozen=True)
class Words:
    """Words of the copy: name, title line and headings (severity, sheet, cell, problem, what to do) of the list."""

    sheet: str
    title: str
    headings: tuple[str, str, str, str, str]
    severities: Mapping[Severity, str]
    author: str


def annotate_safely(content: bytes, name: str, remarks: Sequence[Remark], words: Words) -> bytes:
    """The copy that `annotated` makes, in a process of its own.

    Raises besides as `isolated.run_safely`.
    """
    function = "indicators.workbook.annotate:annotated"
    return cast(bytes, run_safely(function, name, content, name, tuple(remarks), words, seconds=_SECONDS))


def annotated(content: bytes, name: str, remarks: Sequence[Remark], words: Words) -> bytes:
    """An .xlsx of the workbook with its problem cells filled and commented, the list of all remarks first.

    From an .xlsx or .xlsm the analyst's formulas, styles, comments, pictures and charts are kept; macros,
    form controls and drawn shapes are dropped. A formula that reaches into other files or programs is
    replaced by its last result and the link dropped, so that opening the copy fetches nothing. Every other
    format, encrypted files and what openpyxl cannot keep unchanged are rebuilt: values, sheet names,
    merged cells, percent formats, dates, what is hidden. Only the first `MOST_COMMENTS` cells of the list
    get a comment. Raises Invalid as `files.read_workbook`.
    """
    read = read_workbook(content, name)
    ordered = _ordered(remarks, read)
    kept = None
    if read.format == "xlsx" and "decrypted" not in read.notes:
        kept = _kept(content, read, ordered, words)
    return kept or _rebuilt(read, ordered, words)


def _ordered(remarks: Iterable[Remark], read: Workbook) -> list[Remark]:
    """Errors, warnings, notes; each by sheet as they lie in the workbook, row and column."""
    sheets = {sheet.name: number for number, sheet in enumerate(read.sheets)}

    def place(remark: Remark) -> tuple[int, int, Place]:
        sheet = sheets.get(remark.sheet, len(sheets))
        return _ORDER.index(remark.severity), sheet, place_of(remark.cell) or (-1, -1)

    return sorted(remarks, key=place)


def _kept(content: bytes, read: Workbook, remarks: Sequence[Remark], words: Words) -> bytes | None:
    """The analyst's own file with the remarks; None where openpyxl fails on it or would change what it says."""
    try:
        book = load_workbook(BytesIO(content), rich_text=True, keep_links=False)
        book.template = False
        pages = {sheet.name: book[sheet.name] for sheet in read.sheets}
        lost_names = _drop_names_outside(book)
        results = {sheet.name: _settle(pages[sheet.name], sheet, lost_names) for sheet in read.sheets}
        saved = _finished(book, pages, read, remarks, words)
        # A page has its part's path only once it is saved.
        made = _with_results(saved, {pages[name].path.lstrip("/"): own for name, own in results.items()})
        return made if _says_the_same(read, read_workbook(made, read.name)) else None
    except MemoryError:
        raise
    except Exception:  # openpyxl fails in many ways on files that Excel opens
        return None


def _drop_names_outside(book: Book) -> list[str]:
    """Takes away the defined names that point into other files, and tells which."""
    lost = []
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [name for name, defined in names.items() if _reaches_outside(defined.attr_text or "")]:
            del names[name]
            lost.append(name)
    return lost


def _settle(page: Worksheet, sheet: Sheet, lost_names: Sequence[str]) -> dict[str, Result]:
    """Kept results of the page's own formulas by cell; formulas to elsewhere become values, comments get their size."""
    results = {}
    uses_lost = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, lost_names)) + r")(?![\w.])", re.IGNORECASE)
    for cell in list(page._cells.values()):  # iter_rows would fill in every empty cell of a sparse sheet
        if cell.comment is not None:
            _size(cell.comment)
        if cell.data_type != "f":
            continue
        place = cell.row - 1, cell.column - 1
        formula = str(getattr(cell.value, "text", cell.value))
        if _reaches_outside(formula) or (lost_names and uses_lost.search(formula)):
            _put(cell, _value(sheet, place), sheet.errors.get(place))
        elif (result := _result(sheet, place, page.parent.epoch)) is not None:
            results[cell.coordinate] = result
    return results


def _reaches_outside(formula: str) -> bool:
    """Whether a formula names another file ([1]Sheet!A1) or another program (cmd|…), in the notation of the file."""
    rest = _TABLE_COLUMN.sub("", _QUOTED_TEXT.sub("", formula))
    return "[" in rest or "|" in rest


def _value(sheet: Sheet, place: Place) -> Cell:
    row, column = place
    return sheet.rows[row][column] if row < len(sheet.rows) and column < len(sheet.rows[row]) else None


def _result(sheet: Sheet, place: Place, epoch: datetime) -> Result | None:
    """A formula's kept result as the type and the text that a sheet's part holds; None where there is none."""
    if place in sheet.errors:
        return "e", sheet.errors[place]
    value = _value(sheet, place)
    if value is None:
        return None
    if isinstance(value, str):
        return "str", sound(value)
    if isinstance(value, bool):
        return "b", str(int(value))
    return "n", repr(to_excel(value, epoch) if isinstance(value, date) else value)


def _with_results(saved: bytes, results: Mapping[str, Mapping[str, Result]]) -> bytes:
    """The file with the results of its formulas, by part and cell."""
    if not any(results.values()):
        return saved
    out = BytesIO()
    with ZipFile(BytesIO(saved)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            own = results.get(part)
            new.writestr(part, _calculated(old.read(part), own) if own else old.read(part))
    return out.getvalue()


def _calculated(part: bytes, results: Mapping[str, Result]) -> bytes:
    tree = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for formula in tree.iter(f"{_MAIN}f"):
        cell = formula.getparent()
        if cell.get("r") in results:
            kind, text = results[cell.get("r")]
            cell.set("t", kind)
            cell.find(f"{_MAIN}v").text = text
    return cast(bytes, etree.tostring(tree, encoding="UTF-8", xml_declaration=True))


def _says_the_same(read: Workbook, again: Workbook) -> bool:
    after = {sheet.name: sheet for sheet in again.sheets}
    return all(sheet.name in after and _is_like(sheet, after[sheet.name]) for sheet in read.sheets)


def _is_like(sheet: Sheet, other: Sheet) -> bool:
    """Whether two sheets hold the same cells, times to the second: openpyxl keeps no more of them."""
    return _marks(sheet) == _marks(other) and (
        sheet.rows == other.rows or _to_the_second(sheet.rows) == _to_the_second(other.rows)
    )


def _marks(sheet: Sheet) -> tuple[object, ...]:
    hidden = sheet.is_hidden, sheet.hidden_rows, sheet.hidden_columns
    return set(sheet.merged), sheet.percent, dict(sheet.errors), hidden


def _to_the_second(rows: list[list[Cell]]) -> list[list[Cell]]:
    half = timedelta(seconds=0.5)
    return [
        [(cell + half).replace(microsecond=0) if isinstance(cell, datetime) else cell for cell in row] for row in rows
    ]


def _rebuilt(read: Workbook, remarks: Sequence[Remark], words: Words) -> bytes:
    """A new workbook of the cells as they were read, with the remarks."""
    book = Book()
    book.remove(book.active)
    pages = {}
    for sheet in read.sheets:
        pages[sheet.name] = book.create_sheet(sheet_name(sheet.name, book.sheetnames))
        _fill_page(pages[sheet.name], sheet)
    return _finished(book, pages, read, remarks, words)


def _fill_page(page: Worksheet, sheet: Sheet) -> None:
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if value is not None or (row, column) in sheet.errors:
                cell = _put(page.cell(row + 1, column + 1), value, sheet.errors.get((row, column)))
                if (row, column) in sheet.percent:
                    cell.number_format = "0.00%"
    for area in {area for areas in _areas_by_row(sheet.merged).values() for area in areas}:
        # Not merge_cells: it would empty the cells that lie below a merged one.
        first, last = cell_name(area.first_row, area.first_column), cell_name(area.last_row, area.last_column)
        page.merged_cells.add(f"{first}:{last}")
    _shape_page(page, sheet)


def _shape_page(page: Worksheet, sheet: Sheet) -> None:
    """Column widths that show the values, and what was hidden hidden again."""
    for column, cells in enumerate(zip(*sheet.rows, strict=True)):
        widest = max((text_width(str(cell)) for cell in cells if cell is not None), default=0)
        page.column_dimensions[column_letters(column)].width = min(max(widest + 2, 10), 32)
    for column in sheet.hidden_columns:
        page.column_dimensions[column_letters(column)].hidden = True
    for row in sheet.hidden_rows:
        page.row_dimensions[row + 1].hidden = True
    page.sheet_state = "hidden" if sheet.is_hidden else "visible"


def _put(cell: Target, value: Cell, error: str | None = None) -> Target:
    """Writes a value as it was read, or the error that Excel showed; a date before Excel's first becomes text."""
    if error is not None:
        write(cell, error)
        cell.data_type = "e" if error in ERROR_CODES else "s"
    elif isinstance(value, date) and value.year >= 1900:
        cell.value = value
    else:
        write(cell, str(value) if isinstance(value, date) else value)
    return cell


def _finished(book: Book, pages: Pages, read: Workbook, remarks: Sequence[Remark], words: Words) -> bytes:
    """The workbook's bytes with marked cells and the list in front."""
    _mark(pages, read, remarks, words)
    _add_list(book, pages, remarks, words)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _mark(pages: Pages, read: Workbook, remarks: Iterable[Remark], words: Words) -> None:
    """Fills and comments the cells; remarks come worst first, so a cell's first one gives its colour."""
    merged = {sheet.name: _areas_by_row(sheet.merged) for sheet in read.sheets}
    by_cell: dict[tuple[str, Place], list[Remark]] = {}
    for remark in remarks:
        place = place_of(remark.cell)
        if remark.sheet in pages and place is not None:
            by_cell.setdefault((remark.sheet, _top_left(place, merged[remark.sheet])), []).append(remark)
    for number, ((sheet, (row, column)), own) in enumerate(by_cell.items()):
        cell = pages[sheet].cell(row + 1, column + 1)
        cell.fill = _FILLS[own[0].severity]
        if number < MOST_COMMENTS:
            cell.comment = _comment(own, words, cell.comment)


def _areas_by_row(merged: Iterable[Area]) -> dict[int, list[Area]]:
    """Merged areas by each of their rows, without single cells and overlaps: Excel repairs a file that has them."""
    by_row: dict[int, list[Area]] = {}
    for area in merged:
        rows = range(area.first_row, area.last_row + 1)
        is_single = len(rows) == 1 and area.first_column == area.last_column
        if not is_single and not any(_meet(area, other) for row in rows for other in by_row.get(row, ())):
            for row in rows:
                by_row.setdefault(row, []).append(area)
    return by_row


def _meet(area: Area, other: Area) -> bool:
    return area.first_column <= other.last_column and other.first_column <= area.last_column


def _top_left(place: Place, merged: Mapping[int, Sequence[Area]]) -> Place:
    """The cell that shows for a cell: its merged area's first one, or itself."""
    row, column = place
    for area in merged.get(row, ()):
        if area.first_column <= column <= area.last_column:
            return area.first_row, area.first_column
    return place


def _comment(remarks: Iterable[Remark], words: Words, existing: Comment | None) -> Comment:
    """All remarks of a cell; what the analyst had written there stays above."""
    told = [f"[{words.severities[remark.severity]}] {remark.message}\n{remark.suggestion}" for remark in remarks]
    text = "\n".join([f"{words.author}:", *(part.rstrip() for part in told)])
    if existing is not None:
        text = f"{existing.content}\n\n{text}"
    comment = Comment(sound(text)[:_LONGEST_COMMENT], existing.author if existing is not None else words.author)
    _size(comment)
    return comment


def _size(comment: Comment) -> None:
    """Makes the comment's box as high as its text."""
    height = (_lines(comment.content, _BOX_LETTERS) + 1) * _BOX_LINE
    comment.width, comment.height = _BOX_WIDTH, min(height, _BOX_TALLEST)


def _add_list(book: Book, pages: Pages, remarks: Sequence[Remark], words: Words) -> None:
    """The sheet in front with all remarks, each linked to its cell; the only sheet selected."""
    page = book.create_sheet(sheet_name(words.sheet, book.sheetnames), 0)
    write(page["A1"], words.title).font = _like(page["A1"].font, size=14, bold=True)
    for column, (heading, width) in enumerate(zip(words.headings, _LIST_WIDTHS, strict=True)):
        cell = write(page.cell(_LIST_TOP, column + 1), heading)
        cell.font, cell.fill = _like(cell.font, bold=True), _HEADING
        page.column_dimensions[column_letters(column)].width = width
    styles = _list_styles(page)
    for row, remark in enumerate(remarks, start=_LIST_TOP + 1):
        _add_remark(page, row, remark, words, styles)
        if remark.sheet in pages and row <= _MOST_LINKS:
            cell = page.cell(row, 3 if remark.cell else 2)
            cell._style = copy(styles["link"])
            link_to(cell, pages[remark.sheet].title, remark.cell or "A1")
    page.freeze_panes = f"A{_LIST_TOP + 1}"
    page.auto_filter.ref = f"A{_LIST_TOP}:{column_letters(len(words.headings) - 1)}{_LIST_TOP + len(remarks)}"
    page.print_title_rows = f"{_LIST_TOP}:{_LIST_TOP}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    _select(book, page)


def _list_styles(page: Worksheet) -> dict[str, StyleArray]:
    """Styles of the list's cells by severity, for texts and for links; openpyxl is slow at styling one by one."""
    cells = {kind: Target(page, row=1, column=1) for kind in (*_ORDER, "text", "link")}
    for kind, cell in cells.items():
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if kind in _FILLS:
            cell.fill = _FILLS[kind]
    cells["link"].font = _like(cells["link"].font, color="0563C1", underline="single")
    return {kind: cell._style for kind, cell in cells.items()}


def _add_remark(page: Worksheet, row: int, remark: Remark, words: Words, styles: Mapping[str, StyleArray]) -> None:
    told = (words.severities[remark.severity], remark.sheet, remark.cell, remark.message, remark.suggestion)
    for column, value in enumerate(told, start=1):
        cell = page.cell(row, column)
        cell._style = copy(styles[remark.severity if column == 1 else "text"])
        write(cell, value)
    # Not every spreadsheet fits the height of a row to wrapped text by itself.
    longest = max(_lines(remark.message, _LIST_WIDTHS[3]), _lines(remark.suggestion, _LIST_WIDTHS[4]))
    page.row_dimensions[row].height = min(longest * _ROW_LINE, _TALLEST_ROW)


def _like(font: Font, *, size: float | None = None, bold: bool = False, color: str = "", underline: str = "") -> Font:
    """The workbook's own font, changed."""
    return Font(
        name=font.name,
        family=font.family,
        size=size or font.size,
        bold=bold,
        color=color or font.color,
        underline=underline or None,
    )


def _select(book: Book, page: Worksheet) -> None:
    """Makes a sheet the active one. Two selected sheets would be edited together, so all others are let go."""
    charts = [sheet.sheetViews for sheet in book.chartsheets if sheet.sheetViews is not None]
    for views in chain((sheet.views for sheet in book.worksheets), charts):
        for view in views.sheetView:
            view.tabSelected = False
    book.active = page
    page.sheet_view.tabSelected = True
    for view in book.views:
        view.firstSheet = 0


def _lines(text: str, letters: int) -> int:
    """How many lines a text takes where a line holds so many Latin letters."""
    return sum(max(1, ceil(text_width(line) / letters)) for line in text.split("\n"))
