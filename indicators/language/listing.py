"""Observations as lists show them: one row each, codes as names, nothing rounded."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from indicators.language.messages import joined, text
from indicators.language.names import region_name
from indicators.model.catalogue import ALL_PROVINCES, Catalogue, Entry, Language
from indicators.model.selection import Selection

COLUMNS = (
    *("indicator", "region", "subject", "period", "value", "unit", "qualifier", "status", "basis"),
    *("printed", "source", "locator", "note"),
)
CODES = ("indicator", "region", "subject", "basis", "source", "status", "qualifier")


def listing(observations: pd.DataFrame, catalogue: Catalogue, language: Language) -> pd.DataFrame:
    """Observations in words, in the columns COLUMNS; `value` stays the stored number in the stored unit."""

    def named(column: str, entries: Mapping[str, Entry]) -> pd.Series:
        names = {code: entries[code].name(language) if code in entries else code for code in observations[column]}
        return observations[column].map(names)

    def worded(column: str, prefix: str) -> pd.Series:
        return observations[column].map({code: text(language, prefix + code) for code in observations[column].unique()})

    note = observations["note"]
    if language == "en":
        note = observations["note_en"].where(observations["note_en"] != "", note)
    regions = {code: region_name(code, catalogue, language) for code in observations["region"].unique()}
    return pd.DataFrame(
        {
            "indicator": named("indicator", catalogue.indicators),
            "region": observations["region"].map(regions),
            "subject": named("subject", catalogue.subjects),
            "period": observations["period"].map({p: period_text(p, language) for p in observations["period"]}),
            "value": observations["value"],
            "unit": named("unit", catalogue.units),
            "qualifier": worded("qualifier", "qualifier.word."),
            "status": worded("status", "status."),
            "basis": named("basis", catalogue.bases),
            "printed": observations["printed"],
            "source": named("source", catalogue.sources),
            "locator": observations["locator"],
            "note": note,
        }
    )


def headings(columns: Sequence[str], language: Language) -> list[str]:
    """What stands above the columns of a listing; `indicator_code` heads a column of codes."""
    return [
        text(language, "figures.column.code", name=text(language, f"figures.column.{name.removesuffix('_code')}"))
        if name.endswith("_code")
        else text(language, f"figures.column.{name}")
        for name in columns
    ]


def exact_number(value: float) -> str:
    """The stored number with all its digits and thousands separators; empty where there is none."""
    if value != value:
        return ""
    return f"{Decimal(repr(float(value))).normalize():,f}".replace("-", "−")


def period_text(period: str, language: Language) -> str:
    """A period as people write it: a span with a dash, a point as it is."""
    return period.replace("/", "—" if language == "zh" else "–")


def selection_words(selection: Selection, catalogue: Catalogue, language: Language) -> list[tuple[str, str]]:
    """A selection as pairs of filter and what it lets pass; one pair that says so where nothing is left out."""
    groups = {ALL_PROVINCES: text(language, "scope.provinces")}
    groups |= {code: group.name(language) for code, group in catalogue.groups.items()}
    chosen = {
        "words": [selection.words] if selection.words else [],
        "indicators": [catalogue.indicators[code].name(language) for code in selection.indicators],
        "regions": [groups.get(code) or region_name(code, catalogue, language) for code in selection.regions],
        "categories": [text(language, f"category.{code}") for code in selection.categories],
        "sources": [catalogue.sources[code].name(language) for code in selection.sources],
        "statuses": [text(language, f"status.{code}") for code in selection.statuses],
        "bases": [catalogue.bases[code].name(language) for code in selection.bases],
        "years": _years_words(selection, language),
    }
    pairs = [
        (text(language, f"figures.filter.{name}"), joined(names, language)) for name, names in chosen.items() if names
    ]
    return pairs or [(text(language, "figures.filter"), text(language, "figures.filter.none"))]


def _years_words(selection: Selection, language: Language) -> list[str]:
    first, last = selection.first, selection.last
    if first is None and last is None:
        return []
    if first == last:
        return [str(first)]
    if last is None:
        return [text(language, "figures.years.from", year=first)]
    if first is None:
        return [text(language, "figures.years.to", year=last)]
    return [f"{first}{'—' if language == 'zh' else '–'}{last}"]
