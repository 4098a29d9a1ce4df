"""One unit into another, exactly, where both measure the same."""

from decimal import Decimal

from indicators.model.catalogue import Catalogue
from indicators.workbook.words import in_chinese

_COUNT = "count_"


def converted(value: float, printed: str, wanted: str, catalogue: Catalogue) -> float | None:
    """The value in the wanted unit; None where the units do not measure the same or one is unknown.

    Computed in decimals, so that 48259100 万元 are 4825.91 亿元 and not a neighbour of it. Words for
    counted things (项, 件, 个) count as the same.
    """
    printed = printed.strip()
    if printed == wanted:
        return value
    known = catalogue.units
    name = in_chinese(printed)
    if name == "‰" and wanted == "%":
        return float(Decimal(repr(float(value))) / 10)
    if name not in known or wanted not in known:
        return None
    a, b = known[name], known[wanted]
    if a.dimension != b.dimension and not (a.dimension.startswith(_COUNT) and b.dimension.startswith(_COUNT)):
        return None
    factor = Decimal(repr(a.factor)) / Decimal(repr(b.factor))
    return float(Decimal(repr(float(value))) * factor)
