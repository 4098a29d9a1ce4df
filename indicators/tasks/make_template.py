"""The workbook for analysts, filled with what a revision holds."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import cast

import pandas as pd

from indicators.language.messages import text
from indicators.model.catalogue import Basis, Catalogue, Entry, Language
from indicators.model.observation import tuples_of
from indicators.model.qualifier import QUALIFIERS
from indicators.model.status import STATUSES
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.store.revisions import list_revisions, require_revision
from indicators.tasks.lookup import require_codes
from indicators.workbook.template import ABOVE_FIGURES, Legend, TemplateWords, template
from indicators.workbook.words import clean

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_RULES = ("cells", "empty", "unit", "year", "details", "list", "notes")


def make_template(store: Store, *, revision: int, indicators: Iterable[str] = (), language: Language = "zh") -> bytes:
    """The bytes of an .xlsx of a revision's figures, to be filled in and uploaded; no codes mean all indicators.

    Raises NotFound("revision") and NotFound("unknown.indicator").
    """
    require_revision(store, revision)
    catalogue = read_catalogue(store, revision)
    named = require_codes(indicators, catalogue.indicators, kind="indicator")
    chosen = [code for code in catalogue.indicators if code in named or not named]
    observations = read_observations(store, revision=revision, indicators=named)
    marks = _marks(observations, catalogue, revision, _published(store, revision), language)
    return template(
        observations,
        catalogue,
        indicators=chosen,
        words=template_words(catalogue, chosen, marks, language),
        language=language,
        this_year=date.today().year,
    )


def template_words(
    catalogue: Catalogue, indicators: Sequence[str], marks: Sequence[str], language: Language
) -> TemplateWords:
    """What the workbook tells people; `marks` say which revision it is and who may see it."""
    return TemplateWords(
        sheets=(
            text(language, "template.sheet.guide"),
            text(language, "template.sheet.details"),
            text(language, "template.sheet.options"),
        ),
        title=text(language, "template.title"),
        about=(text(language, "template.about"), *marks),
        rules_heading=text(language, "template.rules"),
        rules=tuple(text(language, f"template.rule.{rule}") for rule in _RULES),
        sheets_heading=text(language, "template.sheets"),
        columns=(
            text(language, "template.column.sheet"),
            text(language, "template.column.unit"),
            text(language, "template.column.basis"),
            text(language, "template.column.years"),
        ),
        year=text(language, "template.year"),
        years=text(language, "template.years"),
        legends=_legends(catalogue, indicators, language),
        note=text(language, "template.note"),
        number=(text(language, "template.number"), text(language, "template.number.do")),
        choice=(text(language, "template.choice"), text(language, "template.choice.do")),
        other=(text(language, "template.other"), text(language, "template.other.do")),
        mark="    ".join(marks),
    )


def is_template(sheets: Collection[str]) -> bool:
    """Whether a workbook with these sheets without figures is one that we made."""
    return any(text(language, "template.sheet.options") in sheets for language in _LANGUAGES)


def own_remarks(rows: pd.DataFrame, catalogue: Catalogue) -> dict[tuple[str, str], set[str]]:
    """The lines of the comments that we write, by sheet and cell, where rows with these stand as figures.

    At a figure that is its note, in the first column notes that many share and definitions of bases.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for sheet, cell, basis, *notes in tuples_of(rows, ["sheet", "cell", "basis", "note", "note_en"]):
        lines = {clean(line) for note in notes for line in note.splitlines()}
        found[sheet, cell] = lines
        for above in ABOVE_FIGURES:
            shared = found.setdefault((sheet, above), set())
            shared |= lines | (_definitions(catalogue.bases[basis]) if basis else set())
    return found


def all_remarks(observations: pd.DataFrame, catalogue: Catalogue) -> set[str]:
    """Every line that the comments of templates of these observations may have."""
    notes = {*observations["note"].unique(), *observations["note_en"].unique()}
    definitions = (_definitions(basis) for basis in catalogue.bases.values())
    return {clean(line) for note in notes for line in note.splitlines()}.union(*definitions)


def is_own_remark(comment: str, lines: Collection[str]) -> bool:
    """Whether a comment says nothing but such lines, whoever saved the workbook since."""
    return all(clean(_of_many().sub("", line)) in lines for line in comment.splitlines() if line.strip())


@cache
def _definitions(basis: Basis) -> set[str]:
    return {clean(line) for language in _LANGUAGES for line in basis.definition(language).splitlines()}


@cache
def _of_many() -> re.Pattern[str]:
    """What stands before a note that is said once for many figures."""
    beginnings = (text(language, "template.note", note="", count="0") for language in _LANGUAGES)
    return re.compile("|".join(rf"^\s*{re.escape(words).replace('0', '[0-9]+')}" for words in beginnings))


def _marks(
    observations: pd.DataFrame, catalogue: Catalogue, revision: int, published: date, language: Language
) -> list[str]:
    """The revision, and that the workbook is internal where one of its figures comes from an internal source."""
    marks = [text(language, "footer.version", revision=revision, date=published.isoformat())]
    if any(catalogue.sources[code].classification == "internal" for code in observations["source"].unique()):
        marks.append(text(language, "footer.internal"))
    return marks


def _published(store: Store, revision: int) -> date:
    """The day on which the revision was published, in UTC as in every footer."""
    listed = list_revisions(store)
    return cast(datetime, listed.loc[listed["number"] == revision, "created_at"].iloc[0]).date()


def _legends(catalogue: Catalogue, indicators: Iterable[str], language: Language) -> tuple[Legend, ...]:
    """What the codes in the list of figures mean; bases are those of the indicators."""
    bases = dict.fromkeys(basis for code in indicators for basis in catalogue.indicators[code].all_bases)

    def names(entries: Mapping[str, Entry]) -> tuple[tuple[str, str], ...]:
        return tuple((code, entry.name(language)) for code, entry in entries.items())

    signs = tuple((sign, text(language, f"template.qualifier.{sign}")) for sign in QUALIFIERS)
    statuses = tuple((status, text(language, f"template.status.{status}")) for status in STATUSES)
    legends = (
        Legend(text(language, "template.legend.qualifiers"), signs),
        Legend(text(language, "template.legend.statuses"), statuses),
        Legend(text(language, "template.legend.bases"), names({code: catalogue.bases[code] for code in bases})),
        Legend(text(language, "template.legend.subjects"), names(catalogue.subjects)),
        Legend(text(language, "template.legend.sources"), names(catalogue.sources)),
    )
    return tuple(legend for legend in legends if legend.meanings)
