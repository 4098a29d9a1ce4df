"""Catalogue entries that a person makes while publishing a file: an unknown indicator, a source."""

import re
from collections.abc import Container
from hashlib import sha256
from typing import Literal

from indicators.errors import Invalid
from indicators.model.catalogue import Catalogue, Direction, Indicator, IndicatorKind, Measure, Source

_MEASURES: dict[IndicatorKind, tuple[Measure, ...]] = {
    "flow": ("value", "growth", "cagr", "index", "share", "per_capita", "rank", "gap"),
    "stock": ("value", "growth", "cagr", "index", "share", "per_capita", "rank", "gap"),
    "ratio": ("value", "growth", "rank", "gap"),
    "rate": ("value", "rank"),
    "rank": ("value",),
    "cap": ("value",),
}
_LONGEST_CODE = 40


def new_indicator(
    catalogue: Catalogue,
    *,
    printed: str,
    name_zh: str,
    name_en: str,
    unit: str,
    category: str,
    kind: IndicatorKind,
    direction: Direction,
    definition: str,
) -> Indicator:
    """An indicator under a code made of its English name, known from now on by the name that a file printed.

    Raises Invalid("new.missing.…") where a name, unit or definition is blank and Invalid("new.known") where
    the catalogue has an indicator of that name.
    """
    given = {"name_zh": name_zh.strip(), "name_en": name_en.strip(), "unit": unit, "definition": definition.strip()}
    _require(given)
    for known in catalogue.indicators.values():
        if given["name_zh"] in (known.name_zh, *known.aliases) or given["name_en"] == known.name_en:
            raise Invalid("new.known", name=given["name_zh"], known=f"{known.name_zh} ({known.code})")
    return Indicator(
        code=_free_code(given["name_en"], catalogue.indicators),
        name_zh=given["name_zh"],
        name_en=given["name_en"],
        short_zh=given["name_zh"],
        short_en=given["name_en"],
        unit=unit,
        category=category,
        kind=kind,
        direction=direction,
        decimals=2,
        measures=_MEASURES[kind],
        bases=(),
        aliases=(printed,) if printed and printed != given["name_zh"] else (),
        definition_zh=given["definition"],
        definition_en=given["definition"],
        headline=None,
    )


def new_source(
    catalogue: Catalogue,
    *,
    title: str,
    publisher: str,
    edition: str,
    classification: Literal["public", "internal"],
    is_preferred: bool,
    obtained: str,
) -> Source:
    """A publication as a source; a preferred one goes before all others where they disagree.

    Raises Invalid("new.missing.…") where title, publisher or edition is blank and Invalid("new.known").
    """
    given = {"title": title.strip(), "publisher": publisher.strip(), "edition": edition.strip()}
    _require(given)
    for known in catalogue.sources.values():
        if (given["title"], given["edition"]) == (known.name_zh, known.edition_zh):
            raise Invalid("new.known", name=given["title"], known=f"{known.name_zh} ({known.code})")
    ranks = [source.rank for source in catalogue.sources.values()]
    return Source(
        code=f"source-{sha256('|'.join(given.values()).encode()).hexdigest()[:8]}",
        rank=min(ranks) - 1 if is_preferred else max(ranks),
        publisher_zh=given["publisher"],
        publisher_en=given["publisher"],
        name_zh=given["title"],
        name_en=given["title"],
        edition_zh=given["edition"],
        edition_en=given["edition"],
        years="",
        licence_zh="未注明",
        licence_en="Not stated",
        classification=classification,
        obtained=obtained,
        checked="",
    )


def _require(given: dict[str, str]) -> None:
    if missing := [name for name, words in given.items() if not words]:
        raise Invalid(f"new.missing.{missing[0]}")


def _free_code(name: str, taken: Container[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:_LONGEST_CODE] or "indicator"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code
