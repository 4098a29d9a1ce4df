"""What the page of one indicator shows: where it has figures, and how to cite them."""

from dataclasses import dataclass

import pandas as pd

from indicators.language.messages import text
from indicators.model.catalogue import NATION, Catalogue, Language
from indicators.model.period import is_year
from indicators.tasks.browse import Edition

_ALL_FROM = 15  # as many provinces with figures make those without worth a row


@dataclass(frozen=True)
class Covered:
    """A cell of the coverage: the bases of its figures, official ones first, and whether one is an actual figure."""

    bases: tuple[str, ...]
    is_actual: bool


@dataclass(frozen=True)
class CoverageMatrix:
    """Which regions and years have annual results of an indicator; `others` counts its further figures.

    `bases` are those found in the cells, official ones first. Among `regions` are provinces without
    figures where most provinces have some.
    """

    regions: tuple[str, ...]
    years: tuple[int, ...]
    cells: dict[tuple[str, int], Covered]
    bases: tuple[str, ...]
    others: int


def coverage_matrix(observations: pd.DataFrame, catalogue: Catalogue) -> CoverageMatrix:
    """The coverage of the one indicator that the observations are of."""
    is_annual = (
        observations["period"].map(is_year).astype(bool)
        & (observations["subject"] == "")
        & ~observations["is_target"]
        & observations["value"].notna()
    )
    annual = observations[is_annual]
    allowed = {code for code in observations["indicator"].unique() if code in catalogue.indicators}
    listed = [basis for code in allowed for basis in catalogue.indicators[code].all_bases]
    used = tuple(basis for basis in listed if (annual["basis"] == basis).any())
    cells = {}
    for (region, period), figures in annual.groupby(["region", "period"], sort=False):
        bases = tuple(basis for basis in used if basis in set(figures["basis"]))
        cells[(str(region), int(str(period)))] = Covered(bases, bool((figures["status"] == "actual").any()))
    years = sorted({year for _, year in cells})
    span = tuple(range(years[0], years[-1] + 1)) if years else ()
    return CoverageMatrix(_rows(annual, catalogue), span, cells, used, int((~is_annual).sum()))


def citations(observations: pd.DataFrame, edition: Edition, language: Language) -> tuple[str, ...]:
    """One line for each source of an indicator's observations, those with most figures first.

    In Chinese after GB/T 7714, in English in the usual order; each names the revision, so that the
    figures can be found again.
    """
    catalogue = edition.catalogue
    lines = []
    for code in observations["source"].value_counts().index:
        source = catalogue.sources[str(code)]
        lines.append(
            text(
                language,
                "indicator.citation.line",
                publisher=source.publisher(language),
                title=source.name(language),
                kind=text(language, f"indicator.citation.kind.{source.classification}"),
                edition=source.edition(language),
                app=text(language, "app.name"),
                name=catalogue.indicators[str(observations["indicator"].iloc[0])].name(language),
                revision=edition.revision,
                date=edition.published.date().isoformat(),
            )
        )
    return tuple(lines)


def _rows(annual: pd.DataFrame, catalogue: Catalogue) -> tuple[str, ...]:
    """Regions with figures, the nation first; all provinces where most of them have some."""
    used = set(annual["region"])
    if len(used & set(catalogue.provinces)) >= _ALL_FROM:
        used |= set(catalogue.provinces)
    first = (NATION, *catalogue.provinces)
    return tuple(code for code in (*first, *(c for c in catalogue.regions if c not in first)) if code in used)
