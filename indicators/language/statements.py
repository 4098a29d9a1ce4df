"""Statements in words, as official statistics say them: 同比, 百分点, 位次, 是…的 N 倍."""

from indicators.language.captions import measure_name, series_scale, times_text
from indicators.language.correlations import coefficient
from indicators.language.messages import messages, text
from indicators.language.names import name_in
from indicators.language.numbers import Scale, ordinal, scale_of
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import PERCENT, POINTS, is_from_next_to_nothing, multiple_of
from indicators.model.series import Series, of_indicator
from indicators.model.spec import AXES_OF_SCATTER
from indicators.model.statements import Quantity, Statement

_PLACES = ("place", "place_before", "best", "worst")


def statements_text(said: tuple[Statement, ...], series: Series, catalogue: Catalogue) -> str:
    """All statements of a view as one paragraph."""
    gap = "" if series.spec.language == "zh" else " "
    return gap.join(statement_text(statement, series, catalogue) for statement in said)


def statement_text(said: Statement, series: Series, catalogue: Catalogue) -> str:
    """One statement as a sentence in the language of the view."""
    language = series.spec.language
    whole, first = series, said.indicator or series.spec.indicators[0]
    if len(whole.spec.indicators) > 1:
        series = of_indicator(whole, first, catalogue)
    second = whole.spec.indicators[1:AXES_OF_SCATTER]
    counts = {name: ordinal(count, language) if name in _PLACES else str(count) for name, count in said.counts.items()}
    is_named = "{name" in messages(language)[f"statement.{said.code}"]
    quantities = {name: _quantity(quantity, series, catalogue, is_named) for name, quantity in said.quantities.items()}
    return text(
        language,
        f"statement.{said.code}",
        name=measure_name(series, catalogue),
        second=measure_name(of_indicator(whole, second[0], catalogue), catalogue) if second else "",
        region=name_in(series, said.region, catalogue) if said.region else "",
        other=name_in(series, said.other, catalogue) if said.other else "",
        year=said.year,
        start=said.start,
        basis=catalogue.bases[said.basis].name(language) if said.basis in catalogue.bases else said.basis,
        **counts,
        **quantities,
    )


def _quantity(quantity: Quantity, series: Series, catalogue: Catalogue, is_named: bool) -> str:
    """A quantity in words; `is_named` where the sentence names what is measured, per 10,000 residents perhaps."""
    language = series.spec.language
    match quantity.kind:
        case "level":
            scale = _scale_for(quantity.value, series, catalogue)
            return (scale.beside_name() if is_named else scale).told(quantity.value, quantity.qualifier)
        case "ratio":
            return times_text(quantity.value, quantity.digits, language)
        case "coefficient":
            return coefficient(quantity.value)
        case "difference":
            return _points(quantity, series, catalogue)
        case "change":
            return _change(quantity, series, catalogue)


def _scale_for(value: float, series: Series, catalogue: Catalogue) -> Scale:
    """The scale of the view, or where it leaves a number less than one the number's own: 146件, not 0.01万件."""
    scale = series_scale(series, catalogue)
    if abs(value * scale.factor) >= 1:
        return scale
    return scale_of([value], scale.code, catalogue=catalogue, language=scale.language, decimals=scale.decimals)


def _change(quantity: Quantity, series: Series, catalogue: Catalogue) -> str:
    """增长17.2%, 下降0.1个百分点, 增至原来的17.4倍; 基本持平 where nothing is left of it after rounding."""
    language = series.spec.language
    times = multiple_of(quantity.value) if quantity.unit == PERCENT else None
    if times is not None:
        return _multiple(quantity, times, series, catalogue)
    way = "up" if quantity.value > 0 else "down"
    if quantity.unit == POINTS:
        kind, amount = "points", _points(quantity, series, catalogue)
    else:
        kind, amount = "amount", _amount(abs(quantity.value), quantity.unit, catalogue, language)
    if not any(digit in amount for digit in "123456789"):
        return text(language, "statement.unchanged")
    return text(language, "statement.change", direction=text(language, f"direction.{kind}.{way}"), amount=amount)


def _multiple(quantity: Quantity, times: float, series: Series, catalogue: Catalogue) -> str:
    """A multiple with the two values that it is of, where they are known, and with a word on a base next to nothing."""
    language = series.spec.language
    number = times_text(times, quantity.digits, language)
    told = text(language, "statement.times", times=number)
    if quantity.ends is not None and not quantity.are_ends_told:
        before, after = (_scale_for(value, series, catalogue).spoken(value) for value in quantity.ends)
        told = text(language, "statement.times.ends", before=before, after=after, times=number)
    return text(language, "statement.times.tiny", times=told) if is_from_next_to_nothing(quantity.value) else told


def _points(quantity: Quantity, series: Series, catalogue: Catalogue) -> str:
    """A difference in percentage points; a word where the figures told, which are rounded, differ by another one."""
    language = series.spec.language
    if quantity.ends is None:
        return _amount(abs(quantity.value), POINTS, catalogue, language)
    apart = series_scale(series, catalogue).between(*quantity.ends)
    number = scale_of([0], POINTS, catalogue=catalogue, language=language).with_unit(apart.number)
    is_noted = quantity.are_ends_told and not apart.is_of_shown
    return text(language, "number.before_rounding", number=number) if is_noted else number


def _amount(value: float, unit: str, catalogue: Catalogue, language: Language) -> str:
    decimals = 1 if unit == PERCENT else 2
    return scale_of([value], unit, catalogue=catalogue, language=language, decimals=decimals).spoken(value)
