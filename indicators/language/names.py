"""How regions and reasons are named in a view."""

from indicators.language.messages import text
from indicators.model.catalogue import NATION, Catalogue, Language
from indicators.model.series import Series


def region_name(code: str, catalogue: Catalogue, language: Language) -> str:
    """Short name of a region on charts; the nation stands as 全国."""
    return text(language, "region.nation") if code == NATION else catalogue.region(code).short(language)


def name_in(series: Series, code: str, catalogue: Catalogue) -> str:
    """Short name of a region in a view: among countries the nation is 中国, elsewhere 全国."""
    if code == NATION and series.is_international:
        return text(series.spec.language, "region.china")
    return region_name(code, catalogue, series.spec.language)


def reason_text(reason: str, language: Language) -> str:
    """Why there is no value."""
    return text(language, f"reason.{reason}")
