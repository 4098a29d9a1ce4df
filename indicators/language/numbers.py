"""Numbers and units as people print them, in Chinese and English.

Labels carry at most four significant digits, tables the full value. Rounding happens here, when
text is made, and never before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
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
_ROUNDING = {">": ROUND_FLOOR, ">=": ROUND_FLOOR, "<": ROUND_CEILING, "<=": ROUND_CEILING}


@dataclass(frozen=True)
class Apart:
    """How far two figures lie apart, without a sign, and whether what is shown of them differs by as much."""

    number: str
    is_of_shown: bool


@dataclass(frozen=True)
class Scale:
    """One unit for a whole axis: value × factor, printed with the unit's name; `code` is the catalogue's unit.

    `bare` is the unit without "per 10,000 residents", where it has that.
    """

    language: Language
    code: str
    unit: str
    factor: float
    decimals: int
    is_fixed: bool = False
    bare: str = ""

    def beside_name(self) -> "Scale":
        """The scale for a sentence whose name of the measure says already what the unit is divided by."""
        return replace(self, unit=self.bare) if self.bare else self

    def label(self, value: float, qualifier: Qualifier = "=", *, signed: bool = False) -> str:
        """Short number for a mark: four significant digits at most, its qualifier in front."""
        if isnan(value):
            return MISSING
        number = _printed(value * self.factor, self.decimals, 4, self.is_fixed, qualifier)
        sign = "+" if signed and value > 0 and number.strip("0.") else ""
        return mark(self.language, qualifier) + sign + number

    def between(self, earlier: float, later: float) -> Apart:
        """The difference of two figures, taken before rounding and shown with the decimals of the one with fewer."""
        exact = [_exact(value * self.factor) for value in (earlier, later)]
        places = [_places_shown(number, self.decimals, 4) for number in exact]
        shown = [_rounded(number, n, ROUND_HALF_UP) for number, n in zip(exact, places, strict=True)]
        fewer = min(places)
        difference, of_shown = (_rounded(b - a, fewer, ROUND_HALF_UP) for a, b in (exact, shown))
        return Apart(_written(abs(difference), fewer, self.is_fixed), difference == of_shown)

    def axis(self, value: float) -> str:
        """Short number for an axis, without trailing zeros."""
        return _printed(value * self.factor, self.decimals, 4)

    def even(self, values: Iterable[float]) -> "Scale":
        """The scale for the cells of a table, all with the same decimals: those of the largest number's label."""
        present = [_exact(abs(value) * self.factor) for value in values if not isnan(value)]
        decimals = _places_shown(max(present, default=Decimal()), self.decimals, 4)
        needed = max((-int(number.normalize().as_tuple().exponent) for number in present), default=0)
        return replace(self, decimals=max(0, min(decimals, needed)))

    def cell(self, value: float, qualifier: Qualifier = "=", *, signed: bool = False) -> str:
        """A number for a cell of an even table; one too small for its decimals keeps its first digit, 0.04 for 0."""
        exact = _exact(value * self.factor)
        rounding = _ROUNDING.get(qualifier, ROUND_HALF_UP)
        first = min(-exact.adjusted(), _MOST_PLACES) if exact else 0
        places = max(self.decimals, first - (_rounded(exact, first, rounding).adjusted() > exact.adjusted()))
        rounded = _rounded(exact, places, rounding)
        sign = "+" if signed and rounded > 0 else ""
        return mark(self.language, qualifier) + sign + _written(rounded, places, is_fixed=True)

    def full(self, value: float, qualifier: Qualifier = "=") -> str:
        """The whole number with its unit and qualifier, for tables, hover and sentences."""
        if isnan(value):
            return MISSING
        number = _printed(value * self.factor, 6, 12, qualifier=qualifier)
        return self.with_unit(mark(self.language, qualifier) + number)

    def spoken(self, value: float, qualifier: Qualifier = "=") -> str:
        """Short number with its unit, as a sentence says it."""
        return self.with_unit(self.label(value, qualifier))

    def told(self, value: float, qualifier: Qualifier = "=") -> str:
        """Short number with its unit, its qualifier as a word: 超过1,000亿元."""
        number = self.with_unit(_printed(value * self.factor, self.decimals, 4, self.is_fixed, qualifier))
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


def multiple(times: float, digits: int, *, decimals: int = 1, qualifier: Qualifier = "=") -> tuple[str, bool]:
    """A multiple with at most so many significant digits, and whether it could be told more exactly with more."""
    exact, rounding = _exact(times), _ROUNDING.get(qualifier, ROUND_HALF_UP)
    usual = _rounded(exact, _places(exact, decimals, _MOST_PLACES), rounding)
    rounded = _rounded(exact, min(digits - exact.adjusted() - 1, _places(exact, decimals, 4)), rounding)
    number = _printed(float(rounded), _places(rounded, decimals, min(digits, 4)), 4, is_fixed=True)
    return number, rounded != usual


def ordinal(number: int, language: Language) -> str:
    """6 as 6 (the Chinese text says 第) or 6th."""
    if language == "zh":
        return str(number)
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _per_capita(unit: str, catalogue: Catalogue, language: Language) -> Scale:
    entry = catalogue.units[unit.removesuffix(PER_CAPITA)]
    if language == "zh":
        return Scale(language, unit, unit, 1.0, 4, bare=entry.code)
    factor = entry.factor_en
    name = entry.unit_en
    if entry.dimension == "money_cny":
        factor, name = entry.factor / 1_000_000, text(language, "unit.cny_million")
    return Scale(language, unit, text(language, "unit.per_capita", unit=name), factor, 4, bare=name)


def _exact(value: float) -> Decimal:
    """The number without what floats add beyond its fourteenth significant digit."""
    return Decimal(f"{value:.14g}")


def _rounded(number: Decimal, places: int, rounding: str) -> Decimal:
    """The number rounded to decimal places, or to tens and hundreds where they are below 0."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=rounding)


def _printed(value: float, decimals: int, digits: int, is_fixed: bool = False, qualifier: Qualifier = "=") -> str:
    """The value rounded to `digits` significant digits and at most `decimals` decimals, which an exact one may keep.

    A bound is rounded to the side on which it still holds: what is above 129.6 is above 129, not above 130.
    """
    exact = _exact(value)
    rounded = _rounded(exact, _places(exact, decimals, digits), _ROUNDING.get(qualifier, ROUND_HALF_UP))
    return _written(rounded, _places(rounded, decimals, digits), is_fixed and qualifier == "=")


def _written(number: Decimal, places: int, is_fixed: bool) -> str:
    """A rounded number with its separators and decimals, all of them or as many as it needs."""
    pattern = "#,##0" + ("." + ("0" if is_fixed else "#") * places if places else "")
    printed = format_decimal(abs(number), format=pattern, locale="en", decimal_quantization=False)
    return f"{_MINUS if number < 0 else ''}{printed}"


def _places_shown(number: Decimal, decimals: int, digits: int) -> int:
    """Decimal places that a label of the number has, one fewer where rounding adds a whole digit: 9.996 is 10.00."""
    return _places(_rounded(number, _places(number, decimals, digits), ROUND_HALF_UP), decimals, digits)


def _places(number: Decimal, decimals: int, digits: int) -> int:
    """Decimal places that leave `digits` significant digits; whole digits are never rounded away.

    68,354 shortened to "68,350" would read as an exact figure that nobody published.
    """
    whole = number.adjusted() + 1 if number else 1
    return max(0, min(decimals, digits - whole, _MOST_PLACES))
