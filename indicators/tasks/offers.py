"""What each page of views can show, and what it shows unless told otherwise."""

from dataclasses import dataclass

from indicators.model.catalogue import ALL_PROVINCES, Catalogue, Language, Measure
from indicators.model.spec import AxisScale, ChartKind, ChartSpec, Offer, Reference
from indicators.tasks.browse import Coverage

FOCUS = "focus"
MOST_INDICATORS = 6
LEAST_PROVINCES = 20
MOST_PEERS = 5


@dataclass(frozen=True)
class PageOffer:
    """The part of a page's offer that no figures are needed for.

    `regions` are those shown unless the link names some, "focus" standing for the region in focus; without
    it, all provinces or countries that the indicator has. `indicators` are those shown unless the link names
    some, else the first headline; `shows_all` shows all with figures of at least twenty provinces.
    `takes_many_years` is for pages that follow figures over the years, the nation among them; `usual_years`
    shows only the last of them. `most_peers` is for the page of one region. `scale` is that of a page opened
    without a link.
    """

    charts: tuple[ChartKind, ...]
    measures: tuple[Measure, ...] = ("value",)
    regions: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ("nation", "mean", "median")
    indicators: tuple[str, ...] = ()
    shows_all: bool = False
    least_indicators: int = 1
    most_indicators: int = 1
    takes_many_years: bool = False
    usual_years: int = 0
    scale: AxisScale = "linear"
    most_peers: int | None = None


PAGES = {
    "overview": PageOffer(charts=("map",)),
    "compare": PageOffer(
        charts=("ranking", "map", "change", "slope", "heat", "multiples", "table", "facts"),
        measures=("value", "growth", "cagr", "share", "per_capita", "share_gdp", "rank", "gap"),
    ),
    "trend": PageOffer(
        charts=("lines", "multiples", "heat", "table"),
        measures=("value", "growth", "cagr", "index", "share", "per_capita", "share_gdp", "rank"),
        regions=(FOCUS, "510000", "420000", "340000", "330000"),
        references=("nation", "mean", "median", "band"),
        most_indicators=MOST_INDICATORS,
        takes_many_years=True,
    ),
    "relate": PageOffer(
        charts=("scatter", "table"),
        measures=("value", "per_capita", "share_gdp", "growth", "rank"),
        indicators=("rd_expenditure", "contract_value"),
        least_indicators=2,
        most_indicators=3,
        scale="log",
    ),
    "profile": PageOffer(
        charts=("strip",),
        regions=(ALL_PROVINCES,),
        references=(),
        shows_all=True,
        most_indicators=200,
        takes_many_years=True,
        usual_years=6,
        most_peers=MOST_PEERS,
    ),
}
# Pages on which figures are looked up draw nothing themselves; what their links to charts start from.
OF_LOOKUPS = PageOffer(charts=("table",))


def offer_of(page: PageOffer, *, catalogue: Catalogue, coverage: Coverage, focus: str, language: Language) -> Offer:
    """The whole offer of a page over the figures of one revision."""
    regions = tuple(focus if code == FOCUS else code for code in page.regions)
    return Offer(
        defaults=_defaults(page, catalogue, coverage, focus, language),
        charts=page.charts,
        measures=page.measures,
        years_before=coverage.years_before,
        years_of=coverage.years if page.takes_many_years else coverage.compared_years,
        regions_of=(lambda _: regions) if regions else coverage.regions,
        references=page.references,
        takes_nation=page.takes_many_years,
        takes_many_years=page.takes_many_years,
        least_indicators=page.least_indicators,
        most_indicators=page.most_indicators,
        most_peers=page.most_peers,
    )


def _defaults(page: PageOffer, catalogue: Catalogue, coverage: Coverage, focus: str, language: Language) -> ChartSpec:
    all_of_many = coverage.of_provinces(least=LEAST_PROVINCES) if page.shows_all else ()
    codes = page.indicators or all_of_many or (catalogue.headlines[0].code,)
    years = coverage.run(codes[0])[-page.usual_years :]
    return ChartSpec(
        chart=page.charts[0],
        indicators=codes,
        regions=(focus,),
        years=years if page.takes_many_years else years[-1:],
        highlight=focus,
        scale=page.scale,
        language=language,
    )
