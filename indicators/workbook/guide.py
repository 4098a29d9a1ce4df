"""The first sheet of workbooks that carry figures away: what they are, from where, how they were chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from indicators.workbook.writing import link_to, write

FONT = "微软雅黑"
INK, SECONDARY, ACCENT = "1B2733", "5F6B78", "1F4E79"
TITLE = Font(name=FONT, size=14, bold=True, color=INK)
HEADING = Font(name=FONT, size=10, bold=True, color=INK)
BODY = Font(name=FONT, size=10, color=INK)
QUIET = Font(name=FONT, size=9, color=SECONDARY)
LINK = Font(name=FONT, size=10, color=ACCENT, underline="single")
FILL = PatternFill("solid", fgColor="F1F4F7")
_WIDTHS = (26, 92)
_A4 = 9


@dataclass(frozen=True)
class Guide:
    """Words of the sheet: its name, a title, facts as name and value, further sections of such pairs.

    `mark` stands at the foot of every printed page, as the version and the classification do.
    """

    sheet: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    mark: str = ""


def write_guide(sheet: Worksheet, guide: Guide) -> None:
    """Fill a sheet; a section entry that names another sheet of the workbook leads to it."""
    sheet.title = guide.sheet
    for column, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    write(sheet.cell(1, 1), guide.title).font = TITLE
    row = _write_pairs(sheet, 3, guide.facts)
    for heading, pairs in guide.sections:
        write(sheet.cell(row + 1, 1), heading).font = HEADING
        row = _write_pairs(sheet, row + 2, pairs)
    print_on_a4(sheet, guide.mark, is_wide=False)


def print_on_a4(sheet: Worksheet, mark: str, *, is_wide: bool = True) -> None:
    """As wide as a page of A4, with the mark at the foot."""
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.oddFooter.left.text = mark.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def _write_pairs(sheet: Worksheet, row: int, pairs: Sequence[tuple[str, str]]) -> int:
    """Name and value side by side from a row on; gives the row after them."""
    for line, (name, value) in enumerate(pairs, start=row):
        first, second = write(sheet.cell(line, 1), name), write(sheet.cell(line, 2), value)
        first.font, second.font = BODY, BODY
        first.alignment = second.alignment = Alignment(wrap_text=True, vertical="top")
    return row + len(pairs)


def link_names(sheet: Worksheet, names: Sequence[str]) -> None:
    """Make every first-column cell that is the name of another sheet a link to it."""
    known = set(names)
    for row in range(1, sheet.max_row + 1):
        cell = sheet.cell(row, 1)
        if cell.value in known:
            link_to(cell, str(cell.value))
            cell.font = LINK
