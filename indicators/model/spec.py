"""The chart spec: one view, described so completely that everything shown follows from it.

A spec and its query string are the same thing. The query string holds codes only and is always
complete, so a link opens the same view in another language and after newer figures arrive.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict

from indicators.model.catalogue import (
    ALL_COUNTRIES,
    ALL_PLACES,
    ALL_PROVINCES,
    ALL_TOTALS,
    NATION,
    Catalogue,
    Indicator,
    Language,
    Measure,
)

ChartKind = Literal[
    "ranking", "map", "change", "slope", "heat", "multiples", "lines", "scatter", "strip", "facts", "table"
]
Reference = Literal["nation", "mean", "median", "band"]
Sorting = Literal["value", "change", "region"]
AxisScale = Literal["linear", "log"]

MEASURES: tuple[Measure, ...] = get_args(Measure)
LANGUAGES: tuple[Language, ...] = get_args(Language)
SORTINGS: tuple[Sorting, ...] = get_args(Sorting)
SCALES: tuple[AxisScale, ...] = get_args(AxisScale)
# Charts of one year side by side with at most one earlier, of exactly two, and of a run of years.
OF_TWO_YEARS: tuple[ChartKind, ...] = ("change", "slope")
# Charts that set places beside one another at one time; others follow each place by itself.
PLACES_BESIDE: tuple[ChartKind, ...] = ("ranking", "map", "table", *OF_TWO_YEARS)
OF_MANY_YEARS: tuple[ChartKind, ...] = ("lines", "heat", "multiples")
# A scatter's first indicators stand on its axes; one more may size its marks.
AXES_OF_SCATTER = 2
LOG_OF_YEARS: tuple[ChartKind, ...] = ("lines", "slope", "multiples")
# Whose order is the place already.
OF_PLACES: tuple[ChartKind, ...] = ("ranking", "map")
# Changes from next to nothing reach thousands of percent, beside which no line would be seen to move.
DWARFED: tuple[Measure, ...] = ("growth", "cagr")
LONGEST_TITLE = 80
# Single figures stand together whatever they measure.
MOST_INDICATORS_OF_FACTS = 8
# Of more lines only those of the region in focus and of the nation say what they are.
MOST_LABELLED_LINES = 12

_NAMED = 5
_USUAL_LAG = 5
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
T = TypeVar("T")
D = TypeVar("D")


class ChartSpec(BaseModel):
    """One view. `regions` may hold group codes; `years` is sorted; `base` serves index and average growth.

    `side_by_side` sets figures beside one another that do not compare, with the reason in the picture;
    `title` is an author's own, in the place of the finding.
    """

    model_config = ConfigDict(frozen=True)

    chart: ChartKind
    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    measure: Measure = "value"
    base: int | None = None
    highlight: str | None = None
    reference: Reference | None = None
    top: int | None = None
    sorting: Sorting = "value"
    scale: AxisScale = "linear"
    side_by_side: bool = False
    title: str = ""
    bases: tuple[str, ...] = ()
    revision: int | None = None
    language: Language = "zh"

    @property
    def last_year(self) -> int:
        """The year that a comparison shows, and the last one of a trend."""
        return self.years[-1]

    @property
    def base_year(self) -> int:
        """The year that an index or an average growth starts from."""
        return self.base if self.base is not None else self.years[0]

    def but(self, **changed: object) -> "ChartSpec":
        """The same view with some fields changed."""
        return type(self).model_validate(self.model_dump() | changed)


class QueryProblem(BaseModel):
    """A part of a link that was left out: its code (text `query.<code>`) and what was found."""

    model_config = ConfigDict(frozen=True)

    code: str
    found: str
    used: str = ""


def query_of(spec: ChartSpec) -> dict[str, str]:
    """The query string of a view as an ordered mapping; only fields that are unset are left out."""
    fields = {
        "chart": spec.chart,
        "i": ",".join(spec.indicators),
        "r": ",".join(spec.regions),
        "y": years_text(spec.years),
        "m": spec.measure,
        "base": spec.base,
        "hl": spec.highlight,
        "ref": spec.reference,
        "top": spec.top,
        "sort": spec.sorting,
        "scale": spec.scale if spec.scale != "linear" else None,
        "mix": 1 if spec.side_by_side else None,
        "title": spec.title,
        "basis": ",".join(spec.bases),
        "rev": spec.revision,
        "lang": spec.language,
    }
    return {key: str(value) for key, value in fields.items() if value not in (None, "")}


def years_text(years: tuple[int, ...]) -> str:
    """`2023`, `2018,2023`, or `2010-2024` where three or more years follow one another."""
    if len(years) > 2 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]}-{years[-1]}"
    return ",".join(str(year) for year in years)


@dataclass(frozen=True)
class Offer:
    """What a page can show, and what it shows unless told otherwise.

    `years_of(indicator)` gives the years with annual figures, `years_before(indicator, year)` the earlier
    ones on the definition of a year, `regions_of(indicator)` the regions compared by default. A comparison
    takes one or two years and no nation among its regions, since a total has no place in a ranking of its
    parts. `takes_many_years` is for pages that follow figures over the years in their table too. Two
    indicators at least are paired: their years are those of both.
    `most_peers` is for a page of one region: how many provinces, and nothing else, may stand beside it.
    """

    defaults: ChartSpec
    charts: tuple[ChartKind, ...]
    measures: tuple[Measure, ...]
    years_of: Callable[[str], tuple[int, ...]]
    years_before: Callable[[str, int], tuple[int, ...]]
    regions_of: Callable[[str], tuple[str, ...]]
    references: tuple[Reference, ...] = ("nation", "mean", "median")
    takes_nation: bool = False
    takes_many_years: bool = False
    least_indicators: int = 1
    most_indicators: int = 1
    most_peers: int | None = None

    def years_fit(self, chart: ChartKind, indicator: str, years: tuple[int, ...], known: list[int]) -> tuple[int, ...]:
        """Years that a chart of this page shows when these are asked for; `known` have figures."""
        if self.takes_many_years or chart in OF_MANY_YEARS:
            is_span = self.takes_many_years or len(years) > 1
            return tuple(range(years[0] if is_span else _run_start(known, years[0]), years[-1] + 1))
        if chart in OF_TWO_YEARS and len(years) == 1:
            comparable = [year for year in self.years_before(indicator, years[0]) if year in known]
            earlier = comparable or [year for year in known if year < years[0]]
            lagged = [year for year in earlier if year >= years[0] - _USUAL_LAG]
            return (*(lagged or earlier[-1:])[:1], *years)
        return years if self.pairs(chart) or len(years) < 3 else (years[0], years[-1])

    def pairs(self, chart: ChartKind) -> bool:
        """Whether a chart of this page sets two indicators against each other."""
        return chart == "scatter" or self.least_indicators > 1

    def most_of(self, chart: ChartKind) -> int:
        """How many indicators a chart of this page takes."""
        return MOST_INDICATORS_OF_FACTS if chart == "facts" else self.most_indicators

    def years_known(self, chart: ChartKind, indicators: tuple[str, ...]) -> list[int]:
        """Years with figures: of any indicator, or where indicators are paired of all, if there are any such."""
        years = [set(self.years_of(code)) for code in indicators]
        common = set.intersection(*years) if self.pairs(chart) else set()
        return sorted(common or set.union(*years))


def spec_of(
    query: Mapping[str, str], *, offer: Offer, catalogue: Catalogue, newest_revision: int
) -> tuple[ChartSpec, tuple[QueryProblem, ...]]:
    """The view that a query string asks for on a page, and what of it was left out."""
    link = Link(query)
    defaults = offer.defaults
    chart = link.one_of("chart", offer.charts, defaults.chart)
    indicators = _indicators(link, offer, chart, catalogue)
    known_years = offer.years_known(chart, indicators)
    years = (
        _years_of_facts(link, defaults.years)
        if chart == "facts"
        else _years(link, chart, offer, indicators[0], known_years)
    )
    is_opened_plain = not link.raw("i")  # only then do defaults hold that a complete link cannot leave out
    measured = indicators[:AXES_OF_SCATTER] if offer.pairs(chart) else indicators
    measure = _measure(link, measured, offer, catalogue)
    if measure == "rank" and chart in OF_PLACES:
        link.reject("measure_chart", measure)
        measure = "value"
    bases = {basis for code in indicators for basis in catalogue.indicators[code].all_bases}
    highlight = link.one_of("hl", tuple(catalogue.regions), defaults.highlight, code="region")
    regions = _regions(link, offer, catalogue, indicators[0], chart)
    if offer.most_peers is not None:
        regions = _beside(link, offer.most_peers, regions, highlight, catalogue, defaults.language)
    spec = ChartSpec(
        chart=chart,
        indicators=indicators,
        regions=regions,
        years=years,
        measure=measure,
        base=_base(link, measure, years, known_years),
        highlight=highlight,
        reference=_reference(link, measure, indicators, offer, catalogue),
        top=link.whole("top", range(1, 1000), code="top"),
        sorting=link.one_of("sort", SORTINGS, defaults.sorting),
        scale=link.one_of("scale", SCALES, defaults.scale if is_opened_plain else "linear"),
        side_by_side=link.one_of("mix", ("1",), "") == "1",
        title=_title(link),
        bases=link.codes("basis", "basis", bases),
        revision=link.whole("rev", range(1, newest_revision + 1), code="revision"),
        language=link.one_of("lang", LANGUAGES, defaults.language),
    )
    return spec, tuple(link.problems)


class Link:
    """A query string being read; what cannot be used is gathered in `problems`."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.problems: list[QueryProblem] = []

    def reject(self, code: str, found: str, used: object = "") -> None:
        """Note that a part was left out, and what is used instead."""
        self.problems.append(QueryProblem(code=code, found=found, used=str(used)))

    def raw(self, key: str) -> str:
        """What the link says, empty where it says nothing."""
        return self.query.get(key, "").strip()

    def one_of(self, key: str, options: tuple[T, ...], default: D, *, code: str = "") -> T | D:
        """One of the options by its text, else the default."""
        raw = self.raw(key)
        by_text = {str(option): option for option in options}
        if raw and raw not in by_text:
            self.reject(code or key, raw)
        return by_text.get(raw, default)

    def codes(self, key: str, code: str, known: Iterable[str], *, instead: str | None = None) -> tuple[str, ...]:
        """Codes of a list that are known, each once; where none is, what is used `instead` is noted too."""
        asked = dict.fromkeys(part.strip() for part in self.raw(key).split(",") if part.strip())
        allowed = set(known)
        unknown = [part for part in asked if part not in allowed]
        if unknown:
            is_replaced = instead is not None and len(unknown) == len(asked)
            self.reject(f"{code}_instead" if is_replaced else code, _listed(unknown), instead if is_replaced else "")
        return tuple(part for part in asked if part in allowed)

    def whole(self, key: str, allowed: range, *, code: str) -> int | None:
        """A whole number within a range, None where the link says none."""
        raw = self.raw(key)
        if not raw:
            return None
        if not (raw.isascii() and raw.isdecimal() and len(raw) < 10) or int(raw) not in allowed:
            self.reject(code, raw)
            return None
        return int(raw)


def _indicators(link: Link, offer: Offer, chart: ChartKind, catalogue: Catalogue) -> tuple[str, ...]:
    """Indicators of the link, no more than a chart takes; the page's own where there are none, or too few of them."""
    own, indicators = offer.defaults.indicators, catalogue.indicators
    names = {code: indicators[code].name(offer.defaults.language) for code in own}
    asked = link.codes("i", "indicator", indicators, instead=_listed(list(names.values())))
    most = offer.most_of(chart)
    for code in asked[most:]:
        link.reject("indicator_more", code, most)
    kept = asked[:most]
    if not kept:
        return own
    missing = max(offer.least_indicators - len(kept), 0)
    added = tuple(code for code in own if code not in kept)[:missing]
    if added:
        link.reject("indicator_added", link.raw("i"), _listed([names[code] for code in added]))
    return (*kept, *added)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def _regions(link: Link, offer: Offer, catalogue: Catalogue, indicator: str, chart: ChartKind) -> tuple[str, ...]:
    known = [*catalogue.regions, *catalogue.groups, *catalogue.totals, ALL_PROVINCES, ALL_COUNTRIES, ALL_TOTALS]
    if chart == "facts":
        return link.codes("r", "region", [*known, ALL_PLACES]) or (ALL_PLACES,)
    regions = link.codes("r", "region", known, instead="")
    if not offer.takes_nation and NATION in regions:
        link.reject("region_unfit", NATION)
        regions = tuple(code for code in regions if code != NATION)
        if not regions:
            link.reject("region_instead", link.raw("r"))
    return regions or offer.regions_of(indicator)


def _beside(
    link: Link, most: int, regions: tuple[str, ...], own: str | None, catalogue: Catalogue, language: Language
) -> tuple[str, ...]:
    """Regions of a page of one region without those that cannot stand beside it: no provinces, or too many."""
    named = {**catalogue.regions, **catalogue.groups, **catalogue.totals}
    others = [code for code in regions if code not in (ALL_PROVINCES, own)]
    peers = [code for code in others if code in catalogue.provinces]
    for problem, left_out in (
        ("region_beside", [code for code in others if code not in peers]),
        ("region_more", peers[most:]),
    ):
        if left_out:
            names = [named[code].name(language) if code in named else code for code in left_out]
            link.reject(problem, ",".join(left_out), _listed(names))
    kept = {ALL_PROVINCES, own, *peers[:most]}
    return tuple(code for code in regions if code in kept) or (ALL_PROVINCES,)


def _measure(link: Link, indicators: tuple[str, ...], offer: Offer, catalogue: Catalogue) -> Measure:
    measure: Measure = link.one_of("m", MEASURES, "value", code="measure")
    unfit = [code for code in indicators if measure not in catalogue.indicators[code].measures]
    if measure == "value" or not (unfit or measure not in offer.measures):
        return measure
    if unfit:
        names = [catalogue.indicators[code].name(offer.defaults.language) for code in unfit]
        link.reject("measure_unfit", measure, _listed(names))
    else:
        link.reject("measure_page", measure)
    return "value"


def _run_start(known: list[int], last: int) -> int:
    """The first of the years with figures that follow one another up to the last; the first of all if none does."""
    start = last
    while start - 1 in known:
        start -= 1
    return start if start < last or not known else min(known[0], last)


def _reference(
    link: Link, measure: Measure, indicators: tuple[str, ...], offer: Offer, catalogue: Catalogue
) -> Reference | None:
    reference: Reference | None = link.one_of("ref", offer.references, None)
    first = catalogue.indicators[indicators[0]]
    fits = {
        "nation": nation_compares(measure, first),
        "band": len(indicators) == 1 and band_compares(measure, first),
    }
    if reference is not None and not fits.get(reference, True):
        is_total = measure == "value" and first.kind != "rank"
        link.reject("band_unfit" if reference == "band" else "ref_unfit" if is_total else "ref_measure", reference)
        return None
    return reference


def nation_compares(measure: Measure, indicator: Indicator) -> bool:
    """Whether the national figure can stand beside single regions: rates can, totals cannot."""
    return measure in ("growth", "cagr", "per_capita", "share_gdp") or (
        measure == "value" and indicator.kind == "ratio"
    )


def band_compares(measure: Measure, indicator: Indicator) -> bool:
    """Whether the range over all provinces says something: of places it is always the same."""
    return measure not in ("rank", "gap") and indicator.kind != "rank"


def _years(link: Link, chart: ChartKind, offer: Offer, indicator: str, known: list[int]) -> tuple[int, ...]:
    """Years of the link that have figures, fitted to the chart; the page's own (or the newest one) where none has."""
    wanted: set[int] = set()
    spoken_of: set[int] = set()
    rejected: list[tuple[str, str]] = []
    for part in (text.strip() for text in link.raw("y").split(",") if text.strip()):
        span = _span(part)
        within = [year for year in known if year in span]
        wanted.update(within)
        spoken_of.update(span)
        if not span:
            rejected.append(("year_unreadable", part))
        elif not within:
            rejected.append(("year_none", part))
        elif span[0] < known[0] or span[-1] > known[-1]:
            rejected.append(("year", part))
    own = offer.defaults.years
    fitting = tuple(year for year in own if not known or known[0] <= year <= known[-1])
    asked = tuple(sorted(wanted)) or fitting or tuple(known[-1:]) or own
    years = offer.years_fit(chart, indicator, asked, known)
    for code, part in rejected:
        link.reject(code, part, years_text(years))
    if wanted and len(years) < len(asked):
        link.reject("years_two", link.raw("y"), years_text(years))
    elif wanted and not rejected and not set(years) <= spoken_of:
        link.reject("years_pair" if chart in OF_TWO_YEARS else "years_run", link.raw("y"), years_text(years))
    return years


def _span(part: str) -> range:
    """The years of `2023`, `2010-2024` or `2024-2010`; none for anything else."""
    first, dash, last = part.partition("-")
    ends = (first, last if dash else first)
    if not all(end.isascii() and end.isdecimal() and len(end) == 4 for end in ends):
        return range(0)
    return range(min(map(int, ends)), max(map(int, ends)) + 1)


def _years_of_facts(link: Link, default: tuple[int, ...]) -> tuple[int, ...]:
    """Years whose annual figures stand among single ones; whether there are any, each indicator has to say."""
    spans = [_span(part.strip()) for part in link.raw("y").split(",")]
    years = {year for span in spans for year in span if _FIRST_YEAR <= year <= _LAST_YEAR}
    return tuple(sorted(years)) or default


def _title(link: Link) -> str:
    title = link.raw("title")
    if len(title) > LONGEST_TITLE:
        link.reject("title_long", title, LONGEST_TITLE)
    return title[:LONGEST_TITLE]


def _base(link: Link, measure: Measure, years: tuple[int, ...], known: list[int]) -> int | None:
    """The base year, which only an index and an average growth have."""
    if measure not in ("index", "cagr"):
        if link.raw("base"):
            link.reject("base_unfit", link.raw("base"))
        return None
    used = known[0] if len(years) == 1 and known else years[0]
    raw = link.raw("base")
    if not raw:
        return used
    span = _span(raw)
    if len(span) != 1:
        link.reject("base_unknown", raw, used)
    elif not known or not known[0] <= span[0] <= known[-1]:
        link.reject("base", raw, used)
    else:
        return span[0]
    return used
