"""A workbook file as cells: the same table from every format, and a sentence for every broken file."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook as Book
from openpyxl.comments import Comment
from openpyxl.styles import Font

from indicators.errors import Invalid
from indicators.language.messages import text
from indicators.workbook import files
from indicators.workbook.files import read_workbook
from indicators.workbook.grid import Area, cell_name
from indicators.workbook.number_format import Shown
from tests.workbook.written import CONTRACTS, contract_table, saved

MARKS = ("percent", "hidden_rows", "hidden_columns", "uncalculated", "errors", "shown", "struck", "comments")
FILES = Path(__file__).parent / "files"
CSV = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in CONTRACTS)


def table_of(content: bytes, name: str):
    return read_workbook(content, name).sheets[0]


def refusal(content: bytes, name: str = "表.xlsx") -> str:
    with pytest.raises(Invalid) as refused:
        read_workbook(content, name)
    return refused.value.code


def repacked(content: bytes, change: dict[str, bytes]) -> bytes:
    """The archive with parts replaced or added."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *change}:
            new.writestr(name, change[name] if name in change else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("name", ["contracts.xls", "contracts.ods", "default-password.xlsx"])
def test_the_same_cells_are_read_from_every_format(name):
    assert table_of((FILES / name).read_bytes(), name).rows == CONTRACTS


def test_an_xlsx_gives_its_cells():
    assert table_of(saved(contract_table()), "表.xlsx").rows == CONTRACTS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_gives_its_texts_in_any_usual_encoding(encoding):
    expected = [["" if cell is None else str(cell) for cell in row] for row in CONTRACTS]
    assert table_of(CSV.encode(encoding), "表.csv").rows == [[cell or None for cell in row] for row in expected]


@pytest.mark.parametrize("name", ["contracts.xlsx", "contracts.xls", "contracts.ods", "default-password.xlsx"])
def test_what_changes_the_meaning_of_cells_is_read_too(name):
    content = saved(contract_table()) if name == "contracts.xlsx" else (FILES / name).read_bytes()
    sheets = read_workbook(content, name).sheets
    assert sheets[0].percent == {(6, 3)}
    assert Area(0, 0, 0, 3) in sheets[0].merged
    assert sheets[0].hidden_rows == {4}
    assert sheets[0].hidden_columns == {1}
    assert [sheet.is_hidden for sheet in sheets] == [False, True]


def test_what_calamine_refuses_is_read_by_openpyxl_to_the_same_sheets(monkeypatch):
    content = saved(contract_table())
    expected = read_workbook(content, "表.xlsx")

    def refuse(_: bytes) -> None:
        raise ValueError

    monkeypatch.setattr(files, "_by_calamine", refuse)
    assert read_workbook(content, "表.xlsx") == expected


@pytest.mark.parametrize(
    "changes",
    [
        {b' s="1"': b" s = '1'"},
        {b' hidden="1"': b" hidden = 'true'"},
        {b"<": b"<x:", b"<x:/": b"</x:", b"xmlns=": b"xmlns:x="},
    ],
)
def test_marks_are_seen_however_a_program_spells_them(changes):
    content = saved(contract_table())
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    spelled = part
    for usual, other in changes.items():
        assert usual in spelled
        spelled = spelled.replace(usual, other)
    again = repacked(content, {"xl/worksheets/sheet1.xml": spelled})
    assert table_of(again, "表.xlsx") == table_of(content, "表.xlsx")


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_seen_also_where_it_is_the_only_one(mark):
    book = Book()
    sheet = book.active
    sheet.append([4825.91, 0.0706])
    if mark == "percent":
        sheet["B1"].number_format = "0.00%"
    elif mark == "hidden_rows":
        sheet.row_dimensions[1].hidden = True
    elif mark == "hidden_columns":
        sheet.column_dimensions["B"].hidden = True
    elif mark == "shown":
        sheet["A1"].number_format = '0.00"亿元"'
    elif mark == "struck":
        sheet["A1"].font = Font(strike=True)
    elif mark == "comments":
        sheet["A1"].comment = Comment("初步统计数", "统计处")
    else:
        sheet["B1"] = "=1/0" if mark == "uncalculated" else "#DIV/0!"
    read = table_of(saved(book), "表.xlsx")
    assert [name for name in MARKS if getattr(read, name)] == [mark]


def test_what_a_cell_shows_and_what_people_wrote_at_it():
    book = Book()
    sheet = book.active
    sheet.append([4825.91, 48259100, 4118.46])
    sheet["A1"].number_format = '0.00"亿元"'
    sheet["B1"].number_format = '0!.00,"万元"'
    sheet["C1"].font = Font(strike=True)
    sheet["C1"].comment = Comment("已作废", "统计处")
    read = table_of(saved(book), "表.xlsx")
    assert read.shown == {(0, 0): Shown("", "亿元", 1), (0, 1): Shown("", "万元", 100_000)}
    assert read.struck == {(0, 2)}
    assert read.comments == {(0, 2): "已作废"}


@pytest.mark.parametrize("name", ["marked.xls", "marked.ods"])
def test_another_format_says_as_much_of_a_cell(name):
    read = table_of((FILES / name).read_bytes(), name)
    assert read.rows == [[4825.91, 48259100, 4118.46, 3048.73]]
    assert read.shown == {(0, 0): Shown("", "亿元", 1), (0, 1): Shown("", "千元", 1000)}
    assert read.struck == {(0, 2)}
    assert read.comments == {(0, 3): "快报数"}
    assert read.errors == {(0, 4): "#DIV/0!"}


def test_an_xlsb_says_which_numbers_are_percents_which_are_errors_and_what_is_hidden():
    read = table_of((FILES / "intensity.xlsb").read_bytes(), "intensity.xlsb")
    assert read.rows[2:] == [["全国", 0.0258, 0.0269], ["陕西", 0.0249, 0.0261], ["上海", 0.0399, None]]
    assert read.percent == {(2, 1), (2, 2), (3, 1), (3, 2), (4, 1)}
    assert read.errors == {(4, 2): "#DIV/0!"}
    assert (read.hidden_rows, read.merged) == ({3}, (Area(0, 0, 0, 2),))


OWN_REMARK = f"{text('zh', 'app.name')}:\n[警告] 单位与上年不同\n请核对。\n[错误] 没有单位。"


@pytest.mark.parametrize("author", ["", "统计处"])
@pytest.mark.parametrize(
    ("written", "left"),
    [
        (OWN_REMARK, None),
        (f"快报数\n\n{OWN_REMARK}", "快报数"),
        (f"{OWN_REMARK}\n已核实\n口径为输出", "口径为输出"),
        ("王老师:\n[说明] 不含深汕合作区", "王老师:\n[说明] 不含深汕合作区"),
    ],
)
def test_only_our_own_remarks_are_no_comments(written, left, author):
    book = Book()
    book.active.append([4825.91])
    book.active["A1"].comment = Comment(written, author)
    assert table_of(saved(book), "表.xlsx").comments.get((0, 0)) == left


def test_a_file_encrypted_with_excels_own_password_opens_and_says_so():
    assert "decrypted" in read_workbook((FILES / "default-password.xlsx").read_bytes(), "表.xlsx").notes


def test_a_formula_without_a_result_and_an_error_are_told_from_empty_cells():
    book = Book()
    book.active.append([4825.91, "=A1*2", None])
    content = saved(book)
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    with_error = part.replace(b"</row>", b'<c r="C1" t="e"><v>#DIV/0!</v></c></row>')
    sheet = table_of(repacked(content, {"xl/worksheets/sheet1.xml": with_error}), "表.xlsx")
    assert sheet.uncalculated == {(0, 1)}
    assert sheet.errors == {(0, 2): "#DIV/0!"}


def test_a_declared_size_of_one_cell_hides_nothing():
    content = saved(contract_table())
    with ZipFile(BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml")
    for declared in (b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"'):
        changed = part.replace(b'<dimension ref="A1:D7"', declared)
        assert changed != part
        assert table_of(repacked(content, {"xl/worksheets/sheet1.xml": changed}), "表.xlsx").rows == CONTRACTS


def test_rows_begin_at_a1_even_where_the_first_ones_are_empty():
    book = Book()
    book.active["C3"] = 4825.91
    assert table_of(saved(book), "表.xlsx").rows == [[None] * 3, [None] * 3, [None, None, 4825.91]]


def test_a_date_is_a_date():
    book = Book()
    book.active["A1"] = date(2024, 12, 31)
    assert table_of(saved(book), "表.xlsx").rows == [[date(2024, 12, 31)]]


def test_an_html_table_saved_as_xls_is_read_with_its_spans():
    page = (
        "\n\n<html><meta charset='gb2312'><table><tr><td colspan=2>技术市场成交额</td></tr>"
        "<tr><td rowspan=2>陕西</td><td>4118.46</td></tr><tr><td>4825.91</td></tr></table></html>"
    )
    sheet = table_of(page.encode("gb18030"), "表.xls")
    assert sheet.rows == [["技术市场成交额", None], ["陕西", "4118.46"], [None, "4825.91"]]
    assert sheet.merged == (Area(0, 0, 0, 1), Area(1, 0, 2, 0))


def test_a_wrong_extension_is_read_and_noted():
    book = read_workbook(saved(contract_table()), "表.xls")
    assert book.sheets[0].rows == CONTRACTS
    assert book.notes == ("extension",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.empty_file"),
        (b"  \n ", "workbook.empty_file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "workbook.unknown_format"),
        (b"%PDF-1.7\n\0\0", "workbook.unknown_format"),
        (b"<html><p>404</p></html>", "workbook.unknown_format"),
        (b"PK\x03\x04 cut short", "workbook.corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook.corrupt"),
        (saved(contract_table())[:2000], "workbook.corrupt"),
        (saved(Book()), "workbook.no_cells"),
        ((FILES / "own-password.xlsx").read_bytes(), "workbook.password"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_its_reason(content, code):
    assert refusal(content) == code


def test_a_zip_that_is_no_workbook_is_refused():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(out.getvalue()) == "workbook.unknown_format"


def test_a_damaged_sheet_is_refused_rather_than_read_by_halves():
    cut = repacked(saved(contract_table()), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c"})
    assert refusal(cut) == "workbook.corrupt"


def test_bombs_are_refused_before_they_are_unpacked():
    inflated = repacked(saved(contract_table()), {"xl/media/zeros.bin": b"\0" * 8_000_000})
    crowded = repacked(saved(contract_table()), {f"xl/media/{number}.bin": b"" for number in range(2_100)})
    assert refusal(inflated) == "workbook.bomb"
    assert refusal(crowded) == "workbook.bomb"


def test_entities_are_refused():
    part = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert refusal(repacked(saved(contract_table()), {"xl/worksheets/sheet1.xml": part})) == "workbook.entities"


def test_cells_are_named_as_a_spreadsheet_names_them():
    assert [cell_name(0, 0), cell_name(11, 24), cell_name(6, 26), cell_name(0, 701), cell_name(0, 702)] == [
        "A1",
        "Y12",
        "AA7",
        "ZZ1",
        "AAA1",
    ]
