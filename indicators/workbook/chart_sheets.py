"""Sheets with a native chart beside its numbers; the part of the chart is put into its frame when all is packed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.chart import BarChart

from indicators.workbook.guide import BODY, FILL, HEADING, print_on_a4
from indicators.workbook.writing import text_width, write

_POINTS_PER_CM = 28.3465
_FRAME = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+" name="[^"]*")')


@dataclass(frozen=True)
class ChartSheet:
    """Numbers of a chart with their headings in the first row; its size in points."""

    name: str
    rows: Sequence[Sequence[str | float | None]]
    width: float
    height: float


def add_chart_sheet(book: Workbook, chart: ChartSheet, *, mark: str) -> None:
    """Write the numbers from A1 on, and a chart to the right of them that is still empty."""
    page = book.create_sheet(chart.name)
    for row, values in enumerate(chart.rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is not None:
                cell = write(page.cell(row, column), value)
                cell.font = HEADING if row == 1 else BODY
                if row == 1:
                    cell.fill = FILL
    names = [str(values[0] or "") for values in chart.rows if values]
    page.column_dimensions["A"].width = max([text_width(name) for name in names] + [8]) + 2
    frame = BarChart()
    frame.width, frame.height = chart.width / _POINTS_PER_CM, chart.height / _POINTS_PER_CM
    columns = max((len(values) for values in chart.rows), default=1)
    page.add_chart(frame, page.cell(2, columns + 2).coordinate)
    print_on_a4(page, mark)


def described(drawing: bytes, alt: str, address: str) -> bytes:
    """A drawing part whose frames say what they show and lead back to it."""
    words = f" descr={quoteattr(alt)} title={quoteattr(address)}".encode()
    return _FRAME.sub(lambda found: found[1] + words, drawing)
