"""How regions and reasons are named in a view."""

from indicators.language.messages import text
from indicators.language.periods import period_in_words
from indicators.model.catalogue import NATION, Catalogue, Language
from indicators.model.series import OTHER_BASIS, Series


def region_name(code: str, catalogue: Catalogue, language: Language) -> str:
    """Short name of a region on charts; the nation stands as 全国."""
    return text(language, "region.nation") if code == NATION else catalogue.region(code).short(language)


def name_in(series: Series, code: str, catalogue: Catalogue) -> str:
    """Short name of a region in a view: among countries the nation is 中国, elsewhere 全国."""
    if code == NATION and series.is_international:
        return text(series.spec.language, "region.china")
    return region_name(code, catalogue, series.spec.language)


def reason_text(reason: str, language: Language) -> str:
    """Why there is no value; of figures that are no annual results, of what time they are."""
    kind, _, period = reason.partition(":")
    return text(language, f"reason.{kind}", period=period_in_words(period, language) if period else "")


def why_absent(reason: str, basis: str, catalogue: Catalogue, language: Language) -> str:
    """Why a row of a view has no value, the basis by name where its figure follows another one."""
    if reason == OTHER_BASIS and basis in catalogue.bases:
        return text(language, "reason.other_basis.named", basis=catalogue.bases[basis].name(language))
    return reason_text(reason, language)
