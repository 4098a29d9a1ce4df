"""What a person answers where a file leaves something open.

An answer belongs to a question's key, which names what is asked and what was printed:
``indicator:技术市场交易额``, ``region:陜西``, ``unit:<name of the indicator as printed>`` for what is
printed, ``region@<sheet> <title>``, ``period@<sheet> <title>`` and ``indicator@<sheet> <title>`` for
what is missing altogether.
"""

from collections.abc import Mapping

Answers = Mapping[str, str]

NO_ANSWERS: Answers = {}
LEAVE_OUT = "-"


def question_of(kind: str, printed: str) -> str:
    """The key of a question about a printed name."""
    return f"{kind}:{printed}"


def missing_of(kind: str, sheet: str, title: str) -> str:
    """The key of a question about something that a table does not say anywhere."""
    return f"{kind}@{sheet} {title}".strip()


def is_remembered(question: str) -> bool:
    """Whether an answer holds for the next file of the same layout: not of what a file leaves unsaid altogether."""
    return "@" not in question.partition(":")[0]
