"""Whether one figure is another with digits lost."""

import re
from decimal import Decimal

_DECIMALS = re.compile(r"\d\.(\d+)")


def digits_lost(value: float, finer: float, printed: str) -> int:
    """How many of its last digits a value lacks that is rounded from a finer one; 0 where it is not, or is printed so.

    Zeros that are printed behind the point are no digits lost.
    """
    coarse, fine = Decimal(repr(value)).normalize(), Decimal(repr(finer)).normalize()
    decimals = _DECIMALS.search(printed)
    zeros = len(decimals[1]) - len(decimals[1].rstrip("0")) if decimals else 0
    last_digit = int(coarse.as_tuple().exponent) - zeros
    lost = last_digit - int(fine.as_tuple().exponent)
    if value == 0 or lost <= 0 or abs(coarse - fine) > Decimal(5).scaleb(last_digit - 1):
        return 0
    return lost
