"""A table with what stands around it: its sheet and file, the lines above it, a person's answers."""

from dataclasses import dataclass
from functools import cached_property

from indicators.model.catalogue import Catalogue
from indicators.workbook.answers import Answers
from indicators.workbook.doubts import Doubts
from indicators.workbook.grid import Sheet, cell_name
from indicators.workbook.headings import Context
from indicators.workbook.layout import Table
from indicators.workbook.names import Names


@dataclass(frozen=True)
class Surroundings:
    """What anything about a table is read from; `file` is the file's name without its ending."""

    file: str
    sheet: Sheet
    table: Table
    names: Names
    answers: Answers
    doubts: Doubts
    context: Context

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue whose names count."""
        return self.names.catalogue

    @cached_property
    def within(self) -> str:
        """The table's first value, by which doubts about one table are kept apart from those about another."""
        return cell_name(self.table.rows[0].number, self.table.value_columns[0])
