"""What is in doubt about a workbook, gathered while it is read: one problem for one cause."""

from collections import Counter
from dataclasses import dataclass, field, replace

from indicators.model.diagnostic import Diagnostic, Severity

_Cause = tuple[object, ...]


@dataclass(frozen=True)
class Doubts:
    """The problems of one sheet, kept with those of the workbook in the order in which they were met."""

    sheet: str = ""
    _first: dict[_Cause, Diagnostic] = field(default_factory=dict)
    _told: list[_Cause] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How often something was told so far."""
        return len(self._told)

    def on(self, sheet: str) -> "Doubts":
        """The same list of problems, for another sheet."""
        return Doubts(sheet, self._first, self._told)

    def tell(
        self, code: str, severity: Severity, cell: str, *, question: str = "", within: str = "", **details: object
    ) -> None:
        """Report a cause once for the sheet, or for the part of it that `within` names, and count what it concerns.

        `cell` is empty where the whole sheet is meant. The number of values goes into the details as `count`.
        """
        cause = (code, self.sheet, within, question, *details.items())
        if cause not in self._first:
            self._first[cause] = Diagnostic(code, severity, self.sheet, cell, details, question)
        self._told.append(cause)

    def tell_at(self, code: str, severity: Severity, cell: str, **details: object) -> None:
        """Report what is wrong with one cell."""
        self.tell(code, severity, cell, question="", within=cell, **details)

    def all(self) -> tuple[Diagnostic, ...]:
        """One problem for each cause."""
        counts = Counter(self._told)
        return tuple(
            replace(first, details={**first.details, "count": counts[cause]}) for cause, first in self._first.items()
        )
