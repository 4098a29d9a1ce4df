"""Tables as CSV: numbers with all their digits, and no text that a spreadsheet would run as a formula."""

import csv
import re
from collections.abc import Collection
from decimal import Decimal
from io import StringIO

import pandas as pd

# Excel takes a file for UTF-8 that begins with it.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+%?")


def csv_text(rows: pd.DataFrame, *, fixed: Collection[str] = ("qualifier",)) -> str:
    """Rows as CSV; a text like a formula gets a leading apostrophe, except in columns of fixed choices."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.columns)
    guarded = [rows[c] if c in fixed else rows[c].map(_guarded) for c in rows.columns]
    writer.writerows(zip(*guarded, strict=True))
    return out.getvalue()


def number_text(value: float) -> str:
    """Shortest decimal digits that give the number back, without a trailing .0; "" where it is missing."""
    if value != value:
        return ""
    digits = format(Decimal(repr(float(value))), "f")
    return digits.removesuffix(".0") if value else "0"


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
