"""Coefficients of two indicators in words: what they are of and over how many regions, never why."""

from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.model.correlation import LEAST_COUNT, Correlation, has_log_axes
from indicators.model.spec import ChartSpec


def correlation_text(found: Correlation, spec: ChartSpec) -> list[str]:
    """The coefficients with the number of regions, or why there are none; then how many regions were left out."""
    language = spec.language
    parts = _coefficients(found, spec) if found.is_known else [_why_none(found, language)]
    if found.left_out:
        parts.append(text(language, "correlation.left_out", count=found.left_out))
    return parts


def coefficient(value: float) -> str:
    """A coefficient with two decimals."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _coefficients(found: Correlation, spec: ChartSpec) -> list[str]:
    """Places have one coefficient only; that of logarithms says so."""
    language = spec.language
    parts = [text(language, "correlation.spearman", value=coefficient(found.spearman))]
    if spec.measure != "rank":
        code = "correlation.pearson_log" if has_log_axes(spec) else "correlation.pearson"
        parts.insert(0, text(language, code, value=coefficient(found.pearson)))
    return [*parts, text(language, "correlation.count", count=found.count)]


def _why_none(found: Correlation, language: Language) -> str:
    if found.count < LEAST_COUNT:
        return text(language, "correlation.too_few", count=found.count, least=LEAST_COUNT)
    return text(language, "correlation.no_spread", count=found.count)
