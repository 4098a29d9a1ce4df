"""Numbers and units as people print them, in Chinese and English.

Labels carry at most four significant digits, tables the full value. Rounding happens here, when
text is made, and never before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isnan

from babel.numbers import format_decimal

from indicators.language.messages import text
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import INDEX, PER_CAPITA, PERCENT, PLACE, POINTS
from indicators.model.qualifier import Qualifier

MISSING = "—"
_TEN_THOUSAND = 10_000
_CURRENCY = "CNY "
_MINUS = "−"
_MOST_PLACES = 12


@dataclass(frozen=True)
class Scale:
    """One unit for a whole axis: value × factor, printed with the unit's name; `code` is the catalogue's unit."""

    language: Language
    code: str
    unit: str
    factor: float
    decimals: int
    is_fixed: bool = False

    def label(self, value: float, qualifier: Qualifier = "=", *, signed: bool = False) -> str:
        """Short number for a mark: four significant digits at most, its qualifier in front."""
        if isnan(value):
            return MISSING
        number = _printed(value * self.factor, self.decimals, 4, self.is_fixed and qualifier == "=")
        sign = "+" if signed and value > 0 and number.strip("0.") else ""
        return mark(self.language, qualifier) + sign + number

    def axis(self, value: float) -> str:
        """Short number for an axis, without trailing zeros."""
        return _printed(value * self.factor, self.decimals, 4)

    def full(self, value: float, qualifier: Qualifier = "=") -> str:
        """The whole number with its unit and qualifier, for tables, hover and sentences."""
        if isnan(value):
            return MISSING
        number = _printed(value * self.factor, 6, 12)
        return self.with_unit(mark(self.language, qualifier) + number)

    def spoken(self, value: float, qualifier: Qualifier = "=") -> str:
        """Short number with its unit, as a sentence says it."""
        return self.with_unit(self.label(value, qualifier))

    def told(self, value: float, qualifier: Qualifier = "=") -> str:
        """Short number with its unit, its qualifier as a word: 超过1,000亿元."""
        number = self.with_unit(_printed(value * self.factor, self.decimals, 4, self.is_fixed and qualifier == "="))
        if qualifier == "=":
            return number
        word = text(self.language, f"qualifier.word.{qualifier}")
        return text(self.language, "number.qualified", qualifier=word, number=number)

    def with_unit(self, number: str) -> str:
        """Number and unit as they are spoken: 第6位 or rank 6, 4,118亿元 or CNY 411.8 billion, 2.61%."""
        if self.code == PLACE:
            return text(self.language, "number.place", number=number)
        if self.code == INDEX:
            return number
        if self.language == "zh" or self.code == PERCENT:
            return f"{number}{self.unit}"
        if self.unit.startswith(_CURRENCY):
            return f"{_CURRENCY}{number} {self.unit.removeprefix(_CURRENCY)}"
        return f"{number} {self.unit}"


def scale_of(
    values: Iterable[float], unit: str, *, catalogue: Catalogue, language: Language, decimals: int | None = None
) -> Scale:
    """The scale for an axis of values in a unit: 万 for large counts, English scales in English."""
    present = [abs(value) for value in values if not isnan(value)]
    largest = max(present, default=0.0)
    fixed = {PERCENT: 2, POINTS: 2, PLACE: 0, INDEX: 1}
    if unit in fixed:
        digits = decimals if decimals is not None else fixed[unit]
        return Scale(language, unit, text(language, f"unit.{unit}"), 1.0, digits, is_fixed=True)
    if unit.endswith(PER_CAPITA):
        return _per_capita(unit, catalogue, language)
    entry = catalogue.units[unit]
    if language == "en":
        factor, name = entry.factor_en, entry.unit_en
        if factor == 1 and largest >= 10 * _TEN_THOUSAND:
            return Scale(language, unit, text(language, "unit.thousand", unit=name), 1 / 1000, 1)
        return Scale(language, unit, name, factor, 4)
    if entry.factor == 1 and largest >= 10 * _TEN_THOUSAND:
        return Scale(language, unit, text(language, "unit.ten_thousand", unit=unit), 1 / _TEN_THOUSAND, 2)
    return Scale(language, unit, unit, 1.0, 2 if decimals is None else max(decimals, 2))


def mark(language: Language, qualifier: Qualifier) -> str:
    """The sign or word that stands before a number that is not exact."""
    return "" if qualifier == "=" else text(language, f"qualifier.mark.{qualifier}")


def ordinal(number: int, language: Language) -> str:
    """6 as 6 (the Chinese text says 第) or 6th."""
    if language == "zh":
        return str(number)
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _per_capita(unit: str, catalogue: Catalogue, language: Language) -> Scale:
    entry = catalogue.units[unit.removesuffix(PER_CAPITA)]
    if language == "zh":
        return Scale(language, unit, unit, 1.0, 4)
    factor = entry.factor_en
    name = entry.unit_en
    if entry.dimension == "money_cny":
        factor, name = entry.factor / 1_000_000, text(language, "unit.cny_million")
    return Scale(language, unit, text(language, "unit.per_capita", unit=name), factor, 4)


def _printed(value: float, decimals: int, digits: int, is_fixed: bool = False) -> str:
    """The value rounded half up to `digits` significant digits and at most `decimals` decimals."""
    exact = Decimal(repr(float(value)))
    places = _places(exact, decimals, digits)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    places = max(0, min(places, _places(rounded, decimals, digits)))
    pattern = "#,##0" + ("." + ("0" if is_fixed else "#") * places if places else "")
    printed = format_decimal(abs(rounded), format=pattern, locale="en", decimal_quantization=False)
    return f"{_MINUS if rounded < 0 else ''}{printed}"


def _places(number: Decimal, decimals: int, digits: int) -> int:
    """Decimal places that leave `digits` significant digits; whole digits are never rounded away.

    68,354 shortened to "68,350" would read as an exact figure that nobody published.
    """
    whole = number.adjusted() + 1 if number else 1
    return max(0, min(decimals, digits - whole, _MOST_PLACES))
