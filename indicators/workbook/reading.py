"""A workbook file read and understood in one go, in a process of its own that time and memory limit."""

from dataclasses import replace
from typing import cast

from indicators.errors import Invalid
from indicators.model.catalogue import Catalogue
from indicators.model.diagnostic import Diagnostic
from indicators.workbook.answers import NO_ANSWERS, Answers
from indicators.workbook.files import read_workbook
from indicators.workbook.grid import Workbook
from indicators.workbook.interpret import Reading, interpret
from indicators.workbook.isolated import run_safely

MOST_BYTES = 20 * 2**20


def read_safely(content: bytes, name: str, catalogue: Catalogue, answers: Answers = NO_ANSWERS) -> Reading:
    """What a file says, its own doubts first.

    Raises Invalid("workbook.too_large"), and as `files.read_workbook` and `isolated.run_safely`; all
    carry the file's name.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("workbook.too_large", file=name, size=round(len(content) / 2**20), most=MOST_BYTES // 2**20)
    answer = run_safely("indicators.workbook.reading:read", name, content, name, catalogue, answers)
    return cast(Reading, answer)


def read(content: bytes, name: str, catalogue: Catalogue, answers: Answers) -> Reading:
    """As `read_safely`, in this process. Raises as `files.read_workbook`."""
    book = read_workbook(content, name)
    reading = interpret(book, catalogue, answers)
    return replace(reading, problems=(*_of_file(book, reading), *reading.problems))


def _of_file(book: Workbook, reading: Reading) -> list[Diagnostic]:
    sheet = book.sheets[0].name
    notes = [Diagnostic(f"file.{note}", "note", sheet, "", {"format": book.format}) for note in book.notes]
    nothing = [] if reading.observations else [Diagnostic("file.no_figures", "error", sheet, "")]
    return [*nothing, *notes]
