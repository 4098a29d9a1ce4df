"""Single figures in words: how much, of whom, when, by which definition, as printed where."""

from dataclasses import dataclass
from typing import TypedDict

import pandas as pd

from indicators.language.messages import text
from indicators.language.names import region_name
from indicators.language.numbers import scale_of
from indicators.language.periods import period_in_words
from indicators.model.catalogue import Catalogue, Language
from indicators.model.qualifier import Qualifier

_TOLD = ("target", "provisional", "derived", "unverified")


class ObservationRow(TypedDict):
    """One observation, as far as words are made of it."""

    indicator: str
    region: str
    subject: str
    period: str
    basis: str
    value: float
    qualifier: Qualifier
    status: str
    unit: str
    source: str
    locator: str
    printed: str
    note: str
    note_en: str


@dataclass(frozen=True)
class Fact:
    """One observation in the words of its card; what does not apply is empty."""

    indicator: str
    region: str
    topic: str
    name: str
    place: str
    subject: str
    amount: str
    when: str
    status: str
    doubt: str
    basis: str
    printed: str
    note: str
    source: str
    locator: str
    is_internal: bool


def fact_of(row: ObservationRow, catalogue: Catalogue, language: Language) -> Fact:
    """An observation in words."""
    indicator, source = catalogue.indicators[row["indicator"]], catalogue.sources[row["source"]]
    subject, basis = catalogue.subjects.get(row["subject"]), catalogue.bases.get(row["basis"])
    return Fact(
        indicator=indicator.code,
        region=row["region"],
        topic=indicator.category,
        name=indicator.name(language),
        place=region_name(row["region"], catalogue, language),
        subject=subject.name(language) if subject else "",
        amount=amount_text(row, catalogue, language),
        when=period_in_words(row["period"], language),
        status=row["status"],
        doubt=text(language, f"fact.status.{row['status']}") if row["status"] in _TOLD else "",
        basis=basis.name(language) if basis else "",
        printed=row["printed"],
        note=row["note"] if language == "zh" else row["note_en"] or row["note"],
        source=source.citation(language),
        locator=row["locator"],
        is_internal=source.classification == "internal",
    )


def amount_text(row: ObservationRow, catalogue: Catalogue, language: Language) -> str:
    """The whole number with its unit, its qualifier as a word before it; else the printed phrase."""
    if pd.isna(row["value"]):
        return text(language, "fact.vague", printed=row["printed"])
    number = scale_of([row["value"]], row["unit"], catalogue=catalogue, language=language).full(row["value"])
    if row["qualifier"] == "=":
        return number
    return text(language, "fact.amount", qualifier=text(language, f"qualifier.word.{row['qualifier']}"), number=number)
