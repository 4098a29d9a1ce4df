"""Workbooks written for a test: real figures in the shapes that analysts give them."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

CONTRACTS = [
    ["各地区技术市场成交额", None, None, None],
    ["单位：亿元", None, None, None],
    ["地区", "2022年", "2023年", "2024年"],
    ["北京", 7947.51, 8536.94, 9153.26],
    ["四川", 1643.53, 1942.15, 2596.48],
    ["陕西", 3048.73, 4118.46, 4825.91],
    ["全省占全国比重", None, None, 0.0706],
]


def contract_table() -> Workbook:
    """A yearbook table: merged title, one value shown as percent, a hidden row, column and sheet."""
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = "成交额"
    for row in CONTRACTS:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet["D7"].number_format = "0.00%"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].hidden = True
    helper = book.create_sheet("辅助")
    helper["A1"] = "辅助"
    helper.sheet_state = "hidden"
    return book


def marked_table() -> Workbook:
    """Contract values with what a cell may say beside its value: words, a divisor, a comment, a strike, an error."""
    book = Workbook()
    sheet = book.active
    sheet.append([4825.91, 48259100, 4118.46, 3048.73, "=1/0"])
    sheet["A1"].number_format = '0.00"亿元"'
    sheet["B1"].number_format = '#,##0.0,"千元"'
    sheet["C1"].font = Font(strike=True)
    sheet["D1"].comment = Comment("快报数", "统计处")
    return book


def written(rows: list[list], title: str = "Sheet1") -> Workbook:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook as a file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()
