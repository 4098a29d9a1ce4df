import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from indicators.model.series import Series
from indicators.tasks.browse import View
from indicators.tasks.native import slide_of
from indicators.tasks.native_files import series_csv, series_workbook
from tests import real
from tests.export.views import facts, views
from tests.real import spec

ADDRESS = "/compare?i=contract_value&rev=7"


def opened(view: View) -> Workbook:
    return load_workbook(BytesIO(series_workbook(view, stamp="r7-7KQF-9M2X", address=ADDRESS)))


def records(book: Workbook, sheet: str) -> list[dict]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("kind", ["ranking", "map", "lines", "heat", "scatter", "strip", "facts", "table"])
def test_the_list_holds_every_figure_of_the_series_table_as_stored(kind):
    view = views()[kind]
    rows = records(opened(view), "数据")
    drawn = view.series.table
    assert [row["数值"] for row in rows] == [None if value != value else value for value in drawn["value"]]
    assert [row["指标代码"] for row in rows] == drawn["indicator"].tolist()
    assert [row["地区代码"] for row in rows] == drawn["region"].tolist()
    assert all(row["来源"] and row["出处位置"] for row in rows if row["数值"] is not None)
    assert all(row["无数据的原因"] for row in rows if row["数值"] is None and kind != "facts")


def test_the_csv_holds_the_same_rows_and_runs_no_formula():
    view = views()["lines"]
    text = series_csv(view)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    assert [row["数值"] for row in rows if row["数值"]] == [f"{v:.10g}" for v in view.series.shown["value"]]
    spoilt = view.series.table.assign(note="=HYPERLINK(1)", printed="+1+2")
    wrong = View(Series(view.spec, spoilt), view.caption, view.edition)
    (first, *_) = csv.DictReader(StringIO(series_csv(wrong).decode("utf-8-sig")))
    assert (first["说明"], first["原文"]) == ("'=HYPERLINK(1)", "'+1+2")
    book = load_workbook(BytesIO(series_workbook(wrong)))
    assert {cell.data_type for row in book["数据"].iter_rows(min_row=2) for cell in row} <= {"s", "n"}


def test_the_first_sheet_says_what_the_view_says():
    view = facts()
    told = {row[0]: row[1] for row in opened(view)["说明"].iter_rows(values_only=True)}
    assert view.caption.title in told
    assert told["副题"] == view.caption.subtitle
    assert told["图注"].split("\n") == list(view.caption.footer)
    assert told["密级"] == "内部研究资料 请勿外传"
    assert told["编号"] == "r7-7KQF-9M2X"
    assert told["链接"] == ADDRESS


def test_a_computed_measure_tells_the_level_that_it_is_computed_from():
    (row, *_) = records(opened(real.view(spec(years=(2023,), measure="growth"))), "数据")
    assert (row["地区"], round(row["数值"], 1), row["单位"], row["原值"], row["原值单位"]) == (
        "北京",
        7.4,
        "%",
        8536.94,
        "亿元",
    )


@pytest.mark.parametrize(("kind", "count"), [("ranking", 1), ("lines", 2), ("multiples", 12), ("map", 0), ("heat", 0)])
def test_the_charts_are_native_and_read_their_numbers_from_their_sheet(kind, count):
    view = views()[kind]
    content = series_workbook(view, address=ADDRESS)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames[2:] == [f"图{n}" for n in range(1, count + 1)]
    assert all(len(book[name]._charts) == 1 for name in book.sheetnames[2:])
    with ZipFile(BytesIO(content)) as parts:
        for n in range(1, count + 1):
            assert f"'图{n}'!$B$2" in parts.read(f"xl/charts/chart{n}.xml").decode()
            assert slide_of(view).alt.split("\n")[0][:10] in parts.read(f"xl/drawings/drawing{n}.xml").decode()


def test_the_same_view_gives_the_same_bytes():
    view = views()["lines"]
    assert series_workbook(view) == series_workbook(view)
