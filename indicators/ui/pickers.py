"""Controls that make a spec. Each shows what the link says and writes back to the link, as codes."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from indicators.language.names import region_name
from indicators.model.catalogue import ALL_COUNTRIES, ALL_PROVINCES, NATION
from indicators.model.spec import (
    OF_MANY_YEARS,
    OF_TWO_YEARS,
    ChartKind,
    nation_compares,
    years_text,
)
from indicators.ui import reads
from indicators.ui.shell import MOST_INDICATORS, Page, write_link

_OWN_CHOICE = "own"
_NONE = ""


def pick_indicator(page: Page, *, least_provinces: int = 2) -> None:
    """One indicator out of those that enough provinces (or countries) have figures for."""

    def choose() -> None:
        code = st.session_state[f"{page.name}.i"]
        write_link("i", code)
        coverage = reads.coverage(page.edition.revision)
        if coverage.regions(code) != coverage.regions(page.spec.indicators[0]):
            write_link("r", ",".join(coverage.regions(code)))

    offered = reads.coverage(page.edition.revision).indicators(least_provinces=least_provinces)
    names = _indicator_names(page, offered)
    _select(page, "i", page.text("pick.indicator"), names, page.spec.indicators[0], choose)


def pick_indicators(page: Page) -> None:
    """Up to six indicators, each with a panel of its own, out of those with figures for several years."""
    key = f"{page.name}.i"
    names = _indicator_names(page, reads.coverage(page.edition.revision).followed())
    st.session_state[key] = list(page.spec.indicators)
    st.multiselect(
        page.text("pick.indicators"),
        list(names),
        key=key,
        format_func=names.__getitem__,
        max_selections=MOST_INDICATORS,
        placeholder=page.text("pick.search"),
        wrap=True,
        on_change=lambda: write_link("i", ",".join(st.session_state[key] or page.spec.indicators[:1])),
    )


def pick_measure(page: Page, offered: Sequence[str]) -> None:
    """What is done with the values, out of what makes sense for the chosen indicators."""
    chosen = [page.catalogue.indicators[code] for code in page.spec.indicators]
    fitting = [m for m in offered if all(m in indicator.measures for indicator in chosen)]
    names = {measure: page.text(f"measure.{measure}") for measure in fitting or ["value"]}
    _select(page, "m", page.text("pick.measure"), names, page.spec.measure)


def pick_year(page: Page) -> None:
    """The year that a comparison shows."""
    earlier = page.spec.years[0] if len(page.spec.years) > 1 else None
    names = {str(year): str(year) for year in reversed(_years(page)) if earlier is None or year > earlier}

    def choose() -> None:
        year = int(st.session_state[f"{page.name}.y"])
        write_link("y", years_text((year,) if earlier is None else (earlier, year)))

    _select(page, "y", page.text("pick.year"), names, str(page.spec.last_year), choose)


def pick_earlier_year(page: Page) -> None:
    """A second, earlier year to compare with, or none."""
    key = f"{page.name}.y0"
    earlier = str(page.spec.years[0]) if len(page.spec.years) > 1 else _NONE
    names = {_NONE: page.text("pick.none")}
    names |= {str(year): str(year) for year in reversed(_years(page)) if year < page.spec.last_year}

    def choose() -> None:
        chosen = st.session_state[key]
        write_link("y", years_text((int(chosen), page.spec.last_year) if chosen else (page.spec.last_year,)))

    _select(page, "y0", page.text("pick.earlier_year"), names, earlier, choose)


def pick_span(page: Page) -> None:
    """First and last year of a trend."""
    years = _years(page)
    key = f"{page.name}.span"
    if len(years) < 2:
        return
    st.session_state[key] = (page.spec.years[0], page.spec.years[-1])

    def choose() -> None:
        first, last = st.session_state[key]
        write_link("y", years_text(tuple(range(first, last + 1))) if last - first != 1 else f"{first}-{last}")

    st.select_slider(
        page.text("pick.span"),
        list(range(years[0], years[-1] + 1)),
        value=(years[0], years[-1]),  # two values make a span of it; which ones, the state above says
        key=key,
        on_change=choose,
        format_func=str,
    )


def pick_scope(page: Page) -> None:
    """All provinces, one of their groups, or regions of one's own choice."""
    groups = page.catalogue.groups
    names = {ALL_PROVINCES: page.text("scope.provinces")}
    names |= {code: group.name(page.language) for code, group in groups.items()}
    names |= {ALL_COUNTRIES: page.text("scope.countries"), _OWN_CHOICE: page.text("scope.own")}
    key = f"{page.name}.r"

    def choose() -> None:
        scope = st.session_state[key]
        write_link("r", ",".join(_nearest_group(page)) if scope == _OWN_CHOICE else scope)

    _select(
        page, "r", page.text("pick.scope"), names, _OWN_CHOICE if is_own_choice(page) else page.spec.regions[0], choose
    )


def is_own_choice(page: Page) -> bool:
    """Whether the view names its regions one by one instead of a group."""
    regions = page.spec.regions
    return len(regions) != 1 or regions[0] in page.catalogue.regions


def pick_regions(page: Page, *, levels: Sequence[str] = ("province", "city", "new_area", "country")) -> None:
    """Any regions, by name."""
    key = f"{page.name}.regions"
    regions = page.catalogue.regions
    offered = [code for code, region in regions.items() if region.level in levels]
    chosen = page.catalogue.members(page.spec.regions)
    st.session_state[key] = list(chosen)
    st.multiselect(
        page.text("pick.regions"),
        [*offered, *(code for code in chosen if code not in offered)],
        key=key,
        format_func=lambda code: region_name(code, page.catalogue, page.language),
        placeholder=page.text("pick.search"),
        wrap=True,
        on_change=lambda: write_link("r", ",".join(st.session_state[key])),
    )


def pick_reference(page: Page) -> None:
    """A line to measure the bars by."""
    fits = nation_compares(page.spec.measure, page.catalogue.indicators[page.spec.indicators[0]])
    offered = [reference for reference in ("nation", "mean", "median") if reference != "nation" or fits]
    names = {_NONE: page.text("pick.none")} | {code: page.text(f"pick.reference.{code}") for code in offered}
    _select(page, "ref", page.text("pick.reference"), names, page.spec.reference or _NONE)


def pick_top(page: Page) -> None:
    """How many bars are shown; the region in focus stays in any case."""
    names = {_NONE: page.text("pick.all")} | {str(n): page.text("pick.top.first", count=n) for n in (5, 10, 15, 20)}
    if page.spec.top is not None:
        names.setdefault(str(page.spec.top), page.text("pick.top.first", count=page.spec.top))
    _select(page, "top", page.text("pick.top"), names, str(page.spec.top or _NONE))


def pick_basis(page: Page) -> None:
    """The definition followed, where an indicator has figures on more than the official line."""
    indicator = page.catalogue.indicators[page.spec.indicators[0]]
    if len(indicator.bases) < 2 or len(page.spec.indicators) > 1:
        return
    bases = page.catalogue.bases
    names = {_NONE: page.text("pick.basis.official")}
    names |= {basis: bases[basis].name(page.language) for basis in indicator.all_bases}
    _select(page, "basis", page.text("pick.basis"), names, page.spec.bases[0] if page.spec.bases else _NONE)


def pick_base_year(page: Page) -> None:
    """The year that an index or an average growth starts from."""
    if page.spec.base is None:
        return
    names = {str(year): str(year) for year in _years(page)}
    _select(page, "base", page.text("pick.base"), names, str(page.spec.base))


def pick_chart(page: Page, offered: Sequence[ChartKind]) -> None:
    """The kind of chart, the table among them."""
    key = f"{page.name}.chart"
    st.session_state[key] = page.spec.chart

    def choose() -> None:
        chart = st.session_state[key]
        write_link("chart", chart)
        if page.spec.chart in OF_MANY_YEARS + OF_TWO_YEARS and chart not in OF_MANY_YEARS + OF_TWO_YEARS + ("table",):
            write_link("y", str(page.spec.last_year))

    st.segmented_control(
        page.text("pick.chart"),
        list(offered),
        key=key,
        format_func=lambda kind: page.text(f"chart.{kind}"),
        required=True,
        label_visibility="collapsed",
        on_change=choose,
    )


def _select(
    page: Page,
    param: str,
    label: str,
    names: Mapping[str, str],
    chosen: str,
    choose: Callable[[], None] | None = None,
) -> None:
    key = f"{page.name}.{param}"
    options = list(names) if chosen in names else [*names, chosen]
    st.session_state[key] = chosen
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda code: names.get(code, code),
        on_change=choose or (lambda: write_link(param, st.session_state[key])),
    )


def _indicator_names(page: Page, offered: Sequence[str]) -> dict[str, str]:
    """Names with their category in front, categories together, in the order of the catalogue."""
    indicators = page.catalogue.indicators
    order = {category: n for n, category in enumerate(dict.fromkeys(i.category for i in indicators.values()))}
    codes = sorted(dict.fromkeys([*offered, *page.spec.indicators]), key=lambda code: order[indicators[code].category])
    return {
        code: f"{page.text(f'category.{indicators[code].category}')} · {indicators[code].name(page.language)}"
        for code in codes
    }


def _years(page: Page) -> list[int]:
    return sorted({year for code in page.spec.indicators for year in page.years_of(code)})


def _nearest_group(page: Page) -> tuple[str, ...]:
    """The smallest group that the region in focus belongs to, as a start for one's own choice."""
    focus = page.spec.highlight or page.edition.focus
    groups = [page.catalogue.members((code,)) for code in page.catalogue.regions[focus].groups]
    return min(groups, key=len, default=tuple(code for code in (focus,) if code != NATION))
