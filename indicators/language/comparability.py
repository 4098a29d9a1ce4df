"""Why figures do not stand side by side, or only with a note, in words."""

from collections.abc import Iterable, Mapping, Sequence

from indicators.language.messages import joined, text, within_sentence
from indicators.language.names import region_name
from indicators.language.periods import period_in_words
from indicators.model.catalogue import Catalogue, Entry, Language
from indicators.model.comparability import Reason

_NAMED = 4
_OF_BASES = ("bases_differ", "bases_kindred")
_OF_REGIONS = (*("target_and_result", "proposed", "unverified", "basis_undefined", "part_and_whole", "levels_differ"),)
_OF_SUBJECTS = ("subjects_differ", "subject_and_region")
_OF_PERIODS = ("windows_differ", "span_and_year", "dates_differ", "years_apart")


def comparison_text(reason: Reason, catalogue: Catalogue, language: Language) -> str:
    """One reason, with the names of what differs; of many the first few."""
    names = list(dict.fromkeys(_name(value, reason.code, catalogue, language) for value in reason.values))
    told = joined(names[:_NAMED], language)
    if len(names) > _NAMED:
        told = text(language, "compare.more", values=told, count=len(names))
    return text(language, f"compare.{reason.code}", values=told)


def comparison_texts(reasons: Iterable[Reason], catalogue: Catalogue, language: Language) -> str:
    """Several reasons as one line."""
    return ("；" if language == "zh" else "; ").join(comparison_text(reason, catalogue, language) for reason in reasons)


def _name(value: str, code: str, catalogue: Catalogue, language: Language) -> str:
    if code in _OF_PERIODS:
        return period_in_words(value, language)
    if code in _OF_REGIONS:
        return region_name(value, catalogue, language)
    kinds: Sequence[Mapping[str, Entry]] = (catalogue.bases, catalogue.indicators)
    if code in _OF_SUBJECTS:
        kinds = (catalogue.subjects,)
    elif code in _OF_BASES:
        kinds = (catalogue.bases,)
    found = next((entries[value] for entries in kinds if value in entries), None)
    if found is None:
        return value or text(language, "compare.no_basis")
    name = found.short(language) if hasattr(found, "short") else found.name(language)
    return name if code in _OF_SUBJECTS else within_sentence(name)
