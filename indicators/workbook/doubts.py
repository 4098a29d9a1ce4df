"""What is in doubt about a workbook, gathered while it is read: one problem for one cause."""

from dataclasses import dataclass, field, replace

from indicators.model.diagnostic import Diagnostic, Severity


@dataclass
class _Doubt:
    first: Diagnostic
    count: int = 0


@dataclass(frozen=True)
class Doubts:
    """The problems of one sheet, kept with those of the workbook in the order in which they were met."""

    sheet: str = ""
    _found: dict[tuple[object, ...], _Doubt] = field(default_factory=dict)

    def on(self, sheet: str) -> "Doubts":
        """The same list of problems, for another sheet."""
        return Doubts(sheet, self._found)

    def tell(
        self, code: str, severity: Severity, cell: str, *, question: str = "", within: str = "", **details: object
    ) -> None:
        """Report a cause once for the sheet, or for the part of it that `within` names, and count what it concerns.

        `cell` is empty where the whole sheet is meant. The number of values goes into the details as `count`.
        """
        cause = (code, self.sheet, within, question, *details.items())
        doubt = self._found.get(cause)
        if doubt is None:
            doubt = self._found[cause] = _Doubt(Diagnostic(code, severity, self.sheet, cell, details, question))
        doubt.count += 1

    def tell_at(self, code: str, severity: Severity, cell: str, **details: object) -> None:
        """Report what is wrong with one cell."""
        self.tell(code, severity, cell, question="", within=cell, **details)

    def all(self) -> tuple[Diagnostic, ...]:
        """One problem for each cause."""
        found = self._found.values()
        return tuple(replace(d.first, details={**d.first.details, "count": d.count}) for d in found)
