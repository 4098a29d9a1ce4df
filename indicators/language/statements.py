"""Statements in words, as official statistics say them: 同比, 百分点, 位次, 是…的 N 倍."""

from indicators.language.captions import measure_name, series_scale, times_text
from indicators.language.correlations import coefficient
from indicators.language.messages import text
from indicators.language.names import name_in
from indicators.language.numbers import ordinal, scale_of
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import INDEX, PERCENT, POINTS, is_from_next_to_nothing, multiple_of
from indicators.model.series import Series, of_indicator
from indicators.model.spec import AXES_OF_SCATTER
from indicators.model.statements import Quantity, Statement

_PLACES = ("place", "place_before")


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
    quantities = {name: _quantity(quantity, series, catalogue) for name, quantity in said.quantities.items()}
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


def _quantity(quantity: Quantity, series: Series, catalogue: Catalogue) -> str:
    language = series.spec.language
    match quantity.kind:
        case "level":
            return series_scale(series, catalogue).told(quantity.value, quantity.qualifier)
        case "ratio":
            return scale_of([quantity.value], INDEX, catalogue=catalogue, language=language, decimals=1).label(
                quantity.value
            )
        case "coefficient":
            return coefficient(quantity.value)
        case "difference":
            return _amount(quantity.value, quantity.unit, catalogue, language)
        case "change":
            return _change(quantity, series, catalogue)


def _change(quantity: Quantity, series: Series, catalogue: Catalogue) -> str:
    """增长17.2%, 下降0.1个百分点, 增至原来的17.4倍; 基本持平 where nothing is left of it after rounding."""
    language = series.spec.language
    times = multiple_of(quantity.value) if quantity.unit == PERCENT else None
    if times is not None:
        return _multiple(quantity, times, series, catalogue)
    kind = "points" if quantity.unit == POINTS else "amount"
    amount = _amount(abs(quantity.value), quantity.unit, catalogue, language)
    if amount == _amount(0, quantity.unit, catalogue, language):
        return text(language, "statement.unchanged")
    way = "up" if quantity.value > 0 else "down"
    return text(language, "statement.change", direction=text(language, f"direction.{kind}.{way}"), amount=amount)


def _multiple(quantity: Quantity, times: float, series: Series, catalogue: Catalogue) -> str:
    """A multiple with the two values that it is of, where they are known, and with a word on a base next to nothing."""
    language, scale = series.spec.language, series_scale(series, catalogue)
    number = times_text(times, catalogue, language)
    told = text(language, "statement.times", times=number)
    if quantity.ends is not None:
        before, after = (scale.spoken(value) for value in quantity.ends)
        told = text(language, "statement.times.ends", before=before, after=after, times=number)
    return text(language, "statement.times.tiny", times=told) if is_from_next_to_nothing(quantity.value) else told


def _amount(value: float, unit: str, catalogue: Catalogue, language: Language) -> str:
    decimals = 1 if unit == PERCENT else 2
    return scale_of([value], unit, catalogue=catalogue, language=language, decimals=decimals).spoken(value)
