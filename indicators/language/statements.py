"""Statements in words, as official statistics say them: 同比, 百分点, 位次, 是…的 N 倍."""

from indicators.language.captions import measure_name, series_scale
from indicators.language.correlations import coefficient
from indicators.language.messages import text
from indicators.language.names import name_in
from indicators.language.numbers import ordinal, scale_of
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import INDEX, PERCENT, POINTS
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
        **counts,
        **quantities,
    )


def _quantity(quantity: Quantity, series: Series, catalogue: Catalogue) -> str:
    language = series.spec.language
    match quantity.kind:
        case "level":
            return series_scale(series, catalogue).spoken(quantity.value)
        case "ratio":
            return scale_of([quantity.value], INDEX, catalogue=catalogue, language=language, decimals=1).label(
                quantity.value
            )
        case "coefficient":
            return coefficient(quantity.value)
        case "difference":
            return _amount(quantity.value, quantity.unit, catalogue, language)
        case "change":
            return _change(quantity, catalogue, language)


def _change(quantity: Quantity, catalogue: Catalogue, language: Language) -> str:
    """增长17.2%, 下降0.1个百分点, or 持平 where nothing is left of it after rounding."""
    kind = "points" if quantity.unit == POINTS else "amount"
    amount = _amount(abs(quantity.value), quantity.unit, catalogue, language)
    if amount == _amount(0, quantity.unit, catalogue, language):
        return text(language, "statement.unchanged")
    way = "up" if quantity.value > 0 else "down"
    return text(language, "statement.change", direction=text(language, f"direction.{kind}.{way}"), amount=amount)


def _amount(value: float, unit: str, catalogue: Catalogue, language: Language) -> str:
    decimals = 1 if unit == PERCENT else 2
    return scale_of([value], unit, catalogue=catalogue, language=language, decimals=decimals).spoken(value)
