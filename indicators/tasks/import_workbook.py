"""From an analyst's file to observations and problems; nothing is written."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from indicators.language.messages import messages, text
from indicators.model.catalogue import Catalogue, Entry, Language
from indicators.model.diagnostic import Diagnostic
from indicators.tasks.lookup import near_entries
from indicators.workbook.grid import Workbook, cell_name
from indicators.workbook.interpret import Reading, interpret
from indicators.workbook.isolated import read_safely
from indicators.workbook.layout import Table


def check(content: bytes, name: str, catalogue: Catalogue) -> Reading:
    """What a workbook file says and what is wrong with it. Raises Invalid("workbook.…") where it cannot be read."""
    book = read_safely(content, name)
    reading = interpret(book, catalogue)
    problems = [_with_near_names(problem, catalogue) for problem in reading.problems]
    return Reading(reading.tables, reading.observations, (*_file_notes(book), *problems))


def problem_text(problem: Diagnostic, language: Language) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    act = f"problem.{problem.code}.do"
    return (
        text(language, f"problem.{problem.code}", **problem.details),
        text(language, act, **problem.details) if act in messages(language) else "",
    )


def report(reading: Reading, language: Language) -> dict[str, list[dict]]:
    """A reading as plain values for JSON."""
    return {
        "tables": [_table(table) for table in reading.tables],
        "observations": [asdict(observed) for observed in reading.observations],
        "problems": [_problem(problem, language) for problem in reading.problems],
    }


def _with_near_names(problem: Diagnostic, catalogue: Catalogue) -> Diagnostic:
    """An unknown name together with the entries that resemble it."""
    entries: dict[str, Mapping[str, Entry]] = {
        "indicator.unknown": catalogue.indicators,
        "region.unknown": catalogue.regions,
    }
    if problem.code not in entries:
        return problem
    near = near_entries(str(problem.details["found"]), entries[problem.code])
    names = "、".join(f"{entry.name_zh} ({entry.code})" for entry in near) or "—"
    return replace(problem, details={**problem.details, "near": names})


def _file_notes(book: Workbook) -> list[Diagnostic]:
    sheet = book.sheets[0].name
    return [Diagnostic(f"file.{note}", "note", sheet, "", {"format": book.format}) for note in book.notes]


def _table(table: Table) -> dict[str, object]:
    columns = (*table.label_columns, *table.value_columns)
    first, last = table.rows[0].number, table.rows[-1].number
    return {
        "sheet": table.sheet,
        "cells": f"{cell_name(first, min(columns))}:{cell_name(last, max(columns))}",
        "title": " ".join(table.context),
        "rows": len(table.rows),
        "columns": len(table.value_columns),
    }


def _problem(problem: Diagnostic, language: Language) -> dict[str, str]:
    message, suggestion = problem_text(problem, language)
    return {
        "severity": problem.severity,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "code": problem.code,
        "message": message,
        "suggestion": suggestion,
    }
