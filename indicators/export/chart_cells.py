"""The workbook inside a native chart: the numbers that an author edits, and where in it each series lies."""

from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook

from indicators.export.native import Chart, Dots
from indicators.export.packing import EPOCH

SHEET = "Sheet1"
Value = str | float | None


@dataclass(frozen=True)
class Place:
    """Cells of a column below its heading, from a row on, on a sheet."""

    sheet: str
    column: int
    first: int
    count: int

    @property
    def cells(self) -> str:
        """Reference to the cells."""
        name = _letters(self.column)
        return f"{self._sheet}!${name}${self.first}:${name}${self.first + max(self.count, 1) - 1}"

    @property
    def head(self) -> str:
        """Reference to the heading, in the row above."""
        return f"{self._sheet}!${_letters(self.column)}${self.first - 1}"

    @property
    def _sheet(self) -> str:
        return (
            self.sheet if self.sheet.isascii() and self.sheet.isalnum() else "'" + self.sheet.replace("'", "''") + "'"
        )


def cells_of(chart: Chart) -> list[list[Value]]:
    """Rows of the workbook: categories and a column a run; of dots their names, x, a column of y a run, sizes last.

    Dots of all runs stand in one table, since some programs lose runs of different lengths.
    """
    if isinstance(chart, Dots):
        return _rows_of_dots(chart)
    head: list[Value] = [None, *(run.name for run in chart.runs)]
    body: list[list[Value]] = [
        [category, *(run.data[n].value for run in chart.runs)] for n, category in enumerate(chart.categories)
    ]
    return [head, *body]


def _rows_of_dots(chart: Dots) -> list[list[Value]]:
    sized = [chart.size_name] if chart.size_name else []
    rows: list[list[Value]] = [[None, chart.x.title, *(run.name for run in chart.runs), *sized]]
    for place, run in enumerate(chart.runs):
        for dot in run.dots:
            own: list[Value] = [None] * len(chart.runs)
            own[place] = dot.y
            rows.append([dot.name, dot.x, *own, *([dot.size] if sized else [])])
    return rows


def workbook_of(chart: Chart) -> bytes:
    """The bytes of the workbook inside a chart."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": EPOCH})
    page = book.add_worksheet(SHEET)
    page.set_column(0, 0, 18)
    for row, values in enumerate(cells_of(chart)):
        for column, value in enumerate(values):
            if isinstance(value, str):
                page.write_string(row, column, value)
            elif value is not None:
                page.write_number(row, column, value)
    book.close()
    return out.getvalue()


def _letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
