"""What is wrong or doubtful about a figure, as data: kind, place, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Diagnostic:
    """One problem at one cell. An error blocks publishing, a warning wants a tick, a note only tells.

    `cell` is empty where the whole sheet is meant. `question` is the key under which a person can
    answer what cannot be known from the file; empty where nothing is asked. The wording lives in the
    message catalogue under ``problem.<code>`` and ``problem.<code>.do``.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    details: Mapping[str, object] = field(default_factory=dict)
    question: str = ""
