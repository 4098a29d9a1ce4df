"""How exact a value is, and what remains of that when values are combined.

A bound is not a value: "more than 90" divided by 2 is "more than 45", while "more than 90"
divided by "more than 2" is unknown. An approximate value bounds nothing.
"""

from collections.abc import Iterable
from typing import Literal, get_args

Qualifier = Literal["=", ">", ">=", "<", "<=", "~", "<~"]
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
BOUNDS: tuple[Qualifier, ...] = (">", ">=", "<", "<=")

_MIRRORED: dict[Qualifier, Qualifier] = {"=": "=", "~": "~", "<~": "~", ">": "<", ">=": "<=", "<": ">", "<=": ">="}


def is_exact(qualifier: Qualifier) -> bool:
    """Whether the value is stated without reservation."""
    return qualifier == "="


def is_lower_bound(qualifier: Qualifier) -> bool:
    """Whether the true value lies above (or at) what is printed."""
    return qualifier in (">", ">=")


def is_upper_bound(qualifier: Qualifier) -> bool:
    """Whether the true value lies below (or at) what is printed."""
    return qualifier in ("<", "<=")


def is_approximate(qualifier: Qualifier) -> bool:
    """Whether the value is printed as "about" or "nearly"."""
    return qualifier in ("~", "<~")


def mirrored(qualifier: Qualifier) -> Qualifier:
    """Qualifier of an operand that is subtracted or divided by: its bound changes sides."""
    return _MIRRORED[qualifier]


def combined(qualifiers: Iterable[Qualifier]) -> Qualifier | None:
    """Qualifier of a result that grows with each operand; None where nothing can be said.

    Mirror the operands that the result falls with (see `quotient`, `difference`) first.
    """
    inexact = {q for q in qualifiers if q != "="}
    if not inexact:
        return "="
    if inexact <= {"~", "<~"}:
        return "<~" if inexact == {"<~"} else "~"
    if inexact <= {">", ">="}:
        return ">" if ">" in inexact else ">="
    if inexact <= {"<", "<="}:
        return "<" if "<" in inexact else "<="
    return None


def quotient(numerator: Qualifier, denominator: Qualifier) -> Qualifier | None:
    """Qualifier of numerator / denominator, both positive; None where it is unknown."""
    return combined((numerator, mirrored(denominator)))


def difference(minuend: Qualifier, subtrahend: Qualifier) -> Qualifier | None:
    """Qualifier of minuend − subtrahend; None where it is unknown."""
    return combined((minuend, mirrored(subtrahend)))


def possible_range(value: float, qualifier: Qualifier) -> tuple[float, float]:
    """Lowest and highest value that the print allows; approximate values stand for themselves."""
    if is_lower_bound(qualifier):
        return value, float("inf")
    if is_upper_bound(qualifier):
        return float("-inf"), value
    return value, value
