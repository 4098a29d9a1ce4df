"""The analyst's own workbook given back with everything that is wrong or doubtful marked in it."""

from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.tasks.import_workbook import Draft, problem_text
from indicators.workbook.annotate import Remark, Words, annotate_safely


def annotated_copy(draft: Draft, language: Language) -> bytes:
    """The bytes of an .xlsx: the file of a draft with its problem cells marked and all problems listed in front.

    Raises Invalid("workbook.…") where the copy takes too long or too much memory.
    """
    remarks = [
        Remark(problem.severity, problem.sheet, problem.cell, *problem_text(problem, draft.catalogue, language))
        for problem in draft.problems
    ]
    return annotate_safely(draft.file.content, draft.file.name, remarks, _words(draft, language))


def _words(draft: Draft, language: Language) -> Words:
    return Words(
        sheet=text(language, "annotate.sheet"),
        title=text(language, "annotate.title", file=draft.file.name, count=len(draft.problems)),
        headings=(
            text(language, "problems.severity"),
            text(language, "problems.sheet"),
            text(language, "problems.cell"),
            text(language, "problems.what"),
            text(language, "problems.do"),
        ),
        severities={
            "error": text(language, "severity.error"),
            "warning": text(language, "severity.warning"),
            "note": text(language, "severity.note"),
        },
        author=text(language, "app.name"),
    )
