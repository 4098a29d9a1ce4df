"""What of a link was left out, in words."""

from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.model.spec import QueryProblem

_LONGEST = 60
# Codes of what is found, under which it has a name; what nobody knows is quoted as it stands.
_NAMED = {
    "measure_unfit": "measure.",
    "measure_page": "measure.",
    "measure_chart": "measure.",
    "ref_unfit": "pick.reference.",
    "ref_measure": "pick.reference.",
}


def left_out_text(problem: QueryProblem, language: Language) -> str:
    """What cannot be used, why, and what is shown instead."""
    found = problem.found[:_LONGEST]
    named = text(language, _NAMED[problem.code] + found) if problem.code in _NAMED else found
    return text(language, f"query.{problem.code}", found=named, used=problem.used)
