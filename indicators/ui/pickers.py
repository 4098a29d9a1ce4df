"""Controls that make a spec. Each shows what the link says and writes back to the link, as codes."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from indicators.language.names import region_name
from indicators.model.catalogue import ALL_COUNTRIES, ALL_PROVINCES, ALL_TOTALS, NATION
from indicators.model.correlation import LEAST_COUNT
from indicators.model.spec import (
    AXES_OF_SCATTER,
    LOG_OF_YEARS,
    LONGEST_TITLE,
    OF_MANY_YEARS,
    OF_PLACES,
    OF_TWO_YEARS,
    band_compares,
    nation_compares,
    years_text,
)
from indicators.tasks.browse import View
from indicators.tasks.offers import MOST_INDICATORS
from indicators.ui import reads
from indicators.ui.shell import Page, write_link

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


def pick_measure(page: Page, offered: Sequence[str], *, of: Sequence[str] | None = None) -> None:
    """What is done with the values, out of what makes sense for the chosen indicators (or for some of them)."""
    chosen = [page.catalogue.indicators[code] for code in of or page.spec.indicators]
    fitting = [m for m in offered if all(m in indicator.measures for indicator in chosen)]
    if page.spec.chart in OF_PLACES:
        fitting = [measure for measure in fitting if measure != "rank"]
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
    """A second, earlier year to compare with; none is a choice where the chart does without."""
    key = f"{page.name}.y0"
    earlier = str(page.spec.years[0]) if len(page.spec.years) > 1 else _NONE
    needs_two = page.spec.chart in OF_TWO_YEARS + OF_MANY_YEARS and earlier != _NONE
    names = {} if needs_two else {_NONE: page.text("pick.none")}
    names |= {str(year): str(year) for year in reversed(_years(page)) if year < page.spec.last_year}

    def choose() -> None:
        chosen = st.session_state[key]
        write_link("y", years_text((int(chosen), page.spec.last_year) if chosen else (page.spec.last_year,)))

    label = "pick.first_year" if page.spec.chart in OF_MANY_YEARS else "pick.earlier_year"
    _select(page, "y0", page.text(label), names, earlier, choose)


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
    names |= {ALL_TOTALS: page.text("scope.totals")}
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
    return len(regions) != 1 or regions[0] in {*page.catalogue.regions, *page.catalogue.totals}


def pick_regions(page: Page, *, levels: Sequence[str] = ("province", "city", "new_area", "country")) -> None:
    """Any regions, by name, and groups of provinces taken as one."""
    key = f"{page.name}.regions"
    regions = page.catalogue.regions
    offered = [code for code, region in regions.items() if region.level in levels] + list(page.catalogue.totals)
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


def pick_peers(page: Page) -> None:
    """Regions to compare the one in focus with, by the kind of likeness; letting go leads back to all."""
    spec = page.spec
    focus = spec.highlight or page.edition.focus
    found = reads.peers(page.edition.revision, focus, spec.indicators[0], spec.last_year)
    if not found:
        return
    key = f"{page.name}.peers"
    st.session_state[key] = next((kind for kind, codes in found.items() if codes == spec.regions), None)

    def choose() -> None:
        every = reads.coverage(page.edition.revision).regions(spec.indicators[0])
        write_link("r", ",".join(found.get(st.session_state[key], every)))

    st.pills(
        page.text("pick.peers", region=region_name(focus, page.catalogue, page.language)),
        list(found),
        key=key,
        format_func=lambda kind: page.text(f"pick.peers.{kind}"),
        on_change=choose,
    )


def pick_order(page: Page) -> None:
    """Whether rows follow the last value or the change."""
    names = {code: page.text(f"pick.order.{code}") for code in ("value", "change")}
    chosen = page.spec.sorting if page.spec.sorting in names else "value"
    _select(page, "sort", page.text("pick.order"), names, chosen)


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


def pick_layers(page: Page) -> None:
    """What a trend shows besides its regions: the nation's line, the range of all provinces, steps by factors."""
    layers = _layers(page)
    if not layers:
        return
    key = f"{page.name}.layers"
    st.session_state[key] = [code for code, is_on in layers.items() if is_on]

    def choose() -> None:
        chosen = st.session_state[key]
        others = tuple(code for code in page.spec.regions if code != NATION)
        if "nation" in layers and ("nation" in chosen or others):
            write_link("r", ",".join((*others, NATION) if "nation" in chosen else others))
        if "band" in layers:
            write_link("ref", "band" if "band" in chosen else "")
        if "log" in layers:
            write_link("scale", "log" if "log" in chosen else "")

    st.pills(
        page.text("pick.layers"),
        list(layers),
        selection_mode="multi",
        key=key,
        format_func=lambda code: page.text(f"pick.layer.{code}"),
        on_change=choose,
    )


def _layers(page: Page) -> dict[str, bool]:
    """Layers that make sense for the view, and whether each is on."""
    spec = page.spec
    indicators = [page.catalogue.indicators[code] for code in spec.indicators]
    is_national = reads.coverage(page.edition.revision).regions(spec.indicators[0]) != (ALL_COUNTRIES,)
    has_nation = NATION in page.catalogue.members(spec.regions)
    compares = spec.measure == "index" or all(nation_compares(spec.measure, indicator) for indicator in indicators)
    has_band = len(indicators) == 1 and band_compares(spec.measure, indicators[0])
    is_place = spec.measure == "rank" or any(indicator.kind == "rank" for indicator in indicators)
    is_log = spec.scale == "log"
    fits_log = spec.measure not in ("growth", "cagr") and not is_place
    offered = {
        "nation": (is_national and (compares or has_nation), has_nation),
        "band": (is_national and has_band and spec.chart == "lines", spec.reference == "band"),
        "log": ((fits_log or is_log) and spec.chart in LOG_OF_YEARS, is_log),
    }
    return {code: is_on for code, (is_offered, is_on) in offered.items() if is_offered}


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


def pick_axis(page: Page, place: int) -> None:
    """The indicator on the horizontal (0) or the upright axis (1); the other axis' one changes places with it."""
    name = "xy"[place]
    param = f"axis_{name}"
    pair = list(page.spec.indicators[:AXES_OF_SCATTER])
    offered = reads.coverage(page.edition.revision).of_provinces(least=LEAST_COUNT)

    def choose() -> None:
        code = st.session_state[f"{page.name}.{param}"]
        chosen = [pair[place] if other == code else other for other in pair]
        chosen[place] = code
        sizes = [size for size in page.spec.indicators[AXES_OF_SCATTER:] if size not in chosen]
        write_link("i", ",".join([*chosen, *sizes]))

    names = _indicator_names(page, [*offered, *pair])
    _select(page, param, page.text(f"pick.axis_{name}"), names, pair[place], choose)


def pick_size(page: Page) -> None:
    """A third indicator for the area of the marks, out of the amounts, or none."""
    pair = page.spec.indicators[:AXES_OF_SCATTER]
    indicators = page.catalogue.indicators
    offered = reads.coverage(page.edition.revision).of_provinces(least=LEAST_COUNT)
    amounts = [code for code in offered if indicators[code].kind in ("flow", "stock") and code not in pair]
    every = _indicator_names(page, amounts)
    names = {_NONE: page.text("pick.none")} | {code: name for code, name in every.items() if code not in pair}
    chosen = page.spec.indicators[AXES_OF_SCATTER] if len(page.spec.indicators) > AXES_OF_SCATTER else _NONE
    key = f"{page.name}.size"
    _select(
        page,
        "size",
        page.text("pick.size"),
        names,
        chosen,
        lambda: write_link("i", ",".join([*pair, *filter(None, [st.session_state[key]])])),
    )


def pick_last_year(page: Page) -> None:
    """The year whose figures stand in the plot; a path keeps its start where that is earlier."""
    key = f"{page.name}.y"
    start = page.spec.years[0]

    def choose() -> None:
        year = int(st.session_state[key])
        write_link("y", f"{start}-{year}" if len(page.spec.years) > 1 and start < year else str(year))

    names = {str(year): str(year) for year in reversed(_common_years(page))}
    _select(page, "y", page.text("pick.year"), names, str(page.spec.last_year), choose)


def pick_path(page: Page) -> None:
    """The year that paths start from, or none."""
    key = f"{page.name}.path"
    start = str(page.spec.years[0]) if len(page.spec.years) > 1 else _NONE
    names = {_NONE: page.text("pick.none")}
    names |= {str(year): str(year) for year in reversed(_common_years(page)) if year < page.spec.last_year}

    def choose() -> None:
        chosen = st.session_state[key]
        write_link("y", f"{chosen}-{page.spec.last_year}" if chosen else str(page.spec.last_year))

    _select(page, "path", page.text("pick.path"), names, start, choose)


def pick_crosshairs(page: Page) -> None:
    """What the dashed lines of a scatter stand at; places have none."""
    spec = page.spec
    if spec.measure == "rank":
        return
    pair = [page.catalogue.indicators[code] for code in spec.indicators[:AXES_OF_SCATTER]]
    has_nation = all(nation_compares(spec.measure, indicator) for indicator in pair)
    offered = {_NONE: "median", "mean": "mean"} | ({"nation": "nation"} if has_nation else {})
    names = {code: page.text(f"pick.reference.{name}") for code, name in offered.items()}
    chosen = spec.reference if spec.reference in names else _NONE
    _select(page, "ref", page.text("pick.reference"), names, chosen or _NONE)


def pick_scale(page: Page) -> None:
    """Ordinary or logarithmic axes; for changes and places only the link can ask for logarithms."""
    if page.spec.measure in ("growth", "rank") and page.spec.scale == "linear":
        return
    names = {_NONE: page.text("scale.linear"), "log": page.text("scale.log")}
    chosen = "log" if page.spec.scale == "log" else _NONE
    _select(page, "scale", page.text("pick.scale"), names, chosen)


def pick_chart(page: Page) -> None:
    """The kind of chart, the table among them; single figures have a way of their own."""
    key = f"{page.name}.chart"
    st.session_state[key] = page.spec.chart

    def choose() -> None:
        chart = st.session_state[key]
        write_link("chart", chart)
        if page.spec.chart in OF_MANY_YEARS + OF_TWO_YEARS and chart not in OF_MANY_YEARS + OF_TWO_YEARS + ("table",):
            write_link("y", str(page.spec.last_year))

    st.segmented_control(
        page.text("pick.chart"),
        [chart for chart in page.offer.charts if chart != "facts"],
        key=key,
        format_func=lambda kind: page.text(f"chart.{kind}"),
        required=True,
        label_visibility="collapsed",
        on_change=choose,
    )


def pick_title(page: Page, view: View) -> None:
    """A title of the author's own in the place of the finding; empty, it is the finding again."""
    key = f"{page.name}.title"
    st.session_state[key] = page.spec.title
    with st.popover(page.text("title.edit"), icon=":material/edit:", type="tertiary"):
        st.text_input(
            page.text("title.own"),
            key=key,
            max_chars=LONGEST_TITLE,
            placeholder="" if page.spec.title else view.caption.title,
            help=page.text("title.help"),
            on_change=lambda: write_link("title", st.session_state[key].strip()),
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


def _common_years(page: Page) -> list[int]:
    """Years in which all chosen indicators have figures, or any where there are no such."""
    years = [set(page.years_of(code)) for code in page.spec.indicators]
    return sorted(set.intersection(*years) or set.union(*years))


def _nearest_group(page: Page) -> tuple[str, ...]:
    """The smallest group that the region in focus belongs to, as a start for one's own choice."""
    focus = page.spec.highlight or page.edition.focus
    groups = [page.catalogue.members((code,)) for code in page.catalogue.regions[focus].groups]
    return min(groups, key=len, default=tuple(code for code in (focus,) if code != NATION))
