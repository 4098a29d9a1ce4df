"""One unit into another, exactly, where both measure the same."""

import re
from decimal import Decimal
from math import prod

from indicators.model.catalogue import Catalogue
from indicators.workbook.words import SCALE, SCALES, in_chinese

_OTHER_THINGS = {"份", "宗", "笔", "户", "篇"}
_SCALED = re.compile(rf"(?P<scale>{SCALE}?)(?P<base>.+)")


def converted(value: float, printed: str, wanted: str, catalogue: Catalogue) -> float | None:
    """The value in the wanted unit; None where the units do not measure the same or one is unknown.

    Computed in decimals, so that 48259100 万元 are 4825.91 亿元 and not a neighbour of it. Words for
    counted things (项, 件, 个) count as the same.
    """
    if printed == wanted:
        return value
    printed = in_chinese(printed.strip()).replace("·", "")
    if printed == wanted:
        return value
    if printed == "‰" and wanted == "%":
        return float(Decimal(repr(float(value))) / 10)
    a, b = _measure(printed, catalogue), _measure(wanted, catalogue)
    if a is None or b is None or a[0] != b[0]:
        return None
    return float(Decimal(repr(float(value))) * a[1] / b[1])


def measures_alike(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether both units are known and measure the same, by whatever factor."""
    return converted(1.0, one, other, catalogue) is not None


def _measure(unit: str, catalogue: Catalogue) -> tuple[str, Decimal] | None:
    """What a unit measures, and how many of the smallest one it is; a scale may stand before any unit."""
    known = catalogue.units.get(unit)
    if known is not None:
        counts_things = known.dimension.startswith("count_") and known.dimension != "count_people"
        return "things" if counts_things else known.dimension, Decimal(repr(known.factor))
    match = _SCALED.fullmatch(unit)
    if unit in _OTHER_THINGS:
        return "things", Decimal(1)
    if match is None or not match["scale"]:
        return None
    base = _measure(match["base"], catalogue)
    return (base[0], base[1] * prod(SCALES[word] for word in match["scale"])) if base else None
