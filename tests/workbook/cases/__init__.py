"""Workbooks as analysts make them, each with what it says: drawings and their readings side by side.

A file holds blocks. A block begins with ``=== name``, perhaps followed by ``| sheet=…``, ``| file=…``
and ``| merged=B2:C2,…``; then come the drawing, a line ``---``, the values as ``cell indicator region
period value`` with qualifier, status, basis where they are not the usual, and the doubts as
``! severity code cell count``. ``?`` is an indicator or region that is not known. All figures are real.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import range_boundaries

from indicators.workbook.grid import Area, Workbook
from indicators.workbook.interpret import Reading
from tests.workbook.drawn import workbook

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A drawn workbook of one sheet and what it says."""

    name: str
    drawing: str
    says: tuple[str, ...]
    sheet: str
    file: str
    merged: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def book(self) -> Workbook:
        """The workbook as if read."""
        areas = tuple(Area(r1 - 1, c1 - 1, r2 - 1, c2 - 1) for c1, r1, c2, r2 in map(range_boundaries, self.merged))
        return workbook(self.drawing, name=self.file, sheet_name=self.sheet, merged=areas)


def cases(file: str) -> list[Case]:
    """The blocks of a file."""
    text = (FOLDER / file).read_text(encoding="utf-8")
    return [_case(block) for block in text.split("=== ")[1:]]


def _case(block: str) -> Case:
    heading, _, body = block.partition("\n")
    name, *options = heading.split(" | ")
    given = dict(option.split("=", 1) for option in options)
    drawing, _, says = body.partition("---\n")
    merged = tuple(filter(None, given.get("merged", "").split(",")))
    return Case(
        name, drawing, tuple(says.split("\n")[:-1]), given.get("sheet", "Sheet1"), given.get("file", "表.xlsx"), merged
    )


def said(reading: Reading) -> tuple[str, ...]:
    """A reading in the words of a block."""
    return (*_values(reading), *_doubts(reading))


def _values(reading: Reading) -> Iterable[str]:
    for o in reading.observations:
        unusual = (o.qualifier.replace("=", "", o.qualifier == "="), o.status.replace("actual", ""), o.basis, o.subject)
        facts = (o.cell, o.indicator or "?", o.region or "?", o.period or "?", f"{o.value:.12g}", *unusual, o.source)
        yield " ".join(filter(None, facts))


def _doubts(reading: Reading) -> Iterable[str]:
    for p in reading.problems:
        yield " ".join(filter(None, ("!", p.severity, p.code, p.cell, str(p.details["count"]))))
