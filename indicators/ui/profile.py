"""The page of one region: whose profile it is, the rows for narrow screens and paper, and its single facts."""

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import cast

import pandas as pd
import streamlit as st

from indicators.charts.theme import FOCUS, SERIES_COLOURS
from indicators.language.messages import joined
from indicators.language.names import region_name
from indicators.model.catalogue import ALL_PROVINCES
from indicators.model.period import is_year
from indicators.model.profile import compared_regions
from indicators.model.spec import query_of
from indicators.settings import PROJECT
from indicators.tasks.browse import query_text
from indicators.tasks.draw_strip import heads_of
from indicators.tasks.facts import places_within, worded_facts
from indicators.tasks.offers import LEAST_PROVINCES, MOST_PEERS
from indicators.tasks.profile import Profile, spec_of_profile
from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.fact_cards import show_facts
from indicators.ui.html_tables import show_title
from indicators.ui.pickers import pick_span
from indicators.ui.shell import PAGES, Page, plain, write_link

_LIKENESSES = ("gdp", "population", "neighbours")
_TAKEN = 4
_NEVER_PROFILED = ("country", "new_area")
_MOST_OFFERED = 6
_PRINT = "document.getElementById('print-profile').onclick = () => window.print();"


def show_profile_heading(page: Page) -> None:
    """Whose profile this is, with the places in it and around it, and how to print it."""
    region = page.catalogue.regions[_region(page)]
    names = [page.catalogue.groups[code].name(page.language) for code in region.groups if code in page.catalogue.groups]
    about = joined(names, page.language)
    inside = places_within(region.code, page.catalogue)[1:]
    above = [region.parent] if region.parent in page.catalogue.regions else []
    links = "".join(_link_to(page, code) for code in (*above, *inside))
    st.html(
        f'<div class="page-heading"><h1>{escape(page.text("profile.heading", region=region.name(page.language)))}</h1>'
        f'<p class="profile-places"><span>{escape(about)}</span>{links}'
        f'<button type="button" id="print-profile">{escape(page.text("profile.print"))}</button></p></div>'
        f"<script>{_PRINT}</script>",
        unsafe_allow_javascript=True,
    )


def choose_profile(page: Page) -> None:
    """Which topics and years, and whom to compare a province with."""
    with st.container(border=True, key="filters"):
        left, right = st.columns((2.6, 2.2))
        with left:
            _pick_topics(page)
        with right:
            pick_span(page)
        if _region(page) not in page.catalogue.provinces:
            return
        left, right = st.columns((2.6, 2.2))
        with left:
            _pick_peers(page)
        with right:
            _suggest_peers(page)


def show_profile(page: Page) -> None:
    """All indicators of the region, as one figure, as rows where that has no room, and as a table."""
    view = reads.view(page.edition, spec_of_profile(page.spec, page.catalogue))
    profile = reads.profile(view)
    if profile.rows.empty:
        show_title(page.text("profile.none.title", region=profile.name))
        _say_none(page, profile.name)
        return
    if profile.field.empty:
        st.info(plain(page.text("profile.no_places", region=profile.name)), icon=":material/info:")
    show_view(page, view, key="profile", beside=lambda: _show_rows(page, profile))
    with st.expander(page.text("profile.table"), key="profile-table"):
        st.dataframe(view.readable, hide_index=True, placeholder="—", key="profile.table")


def _say_none(page: Page, name: str) -> None:
    """Why a region has no rows – of another kind of place nothing else could be – and what there is of it."""
    region = _region(page)
    level = page.catalogue.regions[region].level
    is_other = level in _NEVER_PROFILED
    why = page.text(f"profile.none.{level}", region=name) if is_other else page.text("profile.none", region=name)
    rows = reads.figures(page.edition.revision).table
    annual = rows[(rows["region"] == region) & rows["period"].map(is_year) & (rows["subject"] == "")]
    annual = annual[~annual["is_target"] & annual["value"].notna()]
    st.info(plain(why), icon=":material/info:")
    for indicator, own in list(annual.groupby("indicator", sort=False))[:_MOST_OFFERED]:
        years = sorted(own["period"].astype(int).unique().tolist())
        spec = page.spec.but(
            chart="lines", indicators=(indicator,), regions=(region,), years=tuple(range(years[0], years[-1] + 1))
        )
        st.page_link(
            PROJECT / f"pages/{PAGES['trend']}/trend.py",
            label=page.text("profile.see", name=page.catalogue.indicators[str(indicator)].name(page.language)),
            icon=":material/show_chart:",
            query_params=query_of(spec),
        )


def show_place_facts(page: Page) -> None:
    """What is known of the place besides its annual figures, one card each."""
    region = _region(page)
    places = places_within(region, page.catalogue)
    known = reads.facts(page.edition.revision)
    own = known[known["region"].isin(places)]
    name = region_name(region, page.catalogue, page.language)
    if own.empty:
        show_title(page.text("profile.facts.title", region=name))
        st.html(f'<p class="card-text">{escape(page.text("profile.facts.none", region=name))}</p>')
        return
    show_title(
        page.text("profile.facts.title", region=name),
        page.text("profile.facts.line", count=len(own), revision=page.edition.revision),
    )
    show_facts(worded_facts(own, page.catalogue, page.language), page.language, key=f"profile.facts.{region}")


def _region(page: Page) -> str:
    return str(page.spec.highlight)


def _link_to(page: Page, code: str) -> str:
    """A link to the profile of another place, with the same years."""
    link = f"profile?{query_text(page.spec.but(highlight=code, regions=(ALL_PROVINCES,)))}"
    return f'<a href="{escape(link)}" target="_self">{escape(region_name(code, page.catalogue, page.language))}</a>'


def _pick_topics(page: Page) -> None:
    """Topics whose indicators are shown; all where none is chosen."""
    indicators = page.catalogue.indicators
    offered = reads.coverage(page.edition.revision).of_provinces(least=LEAST_PROVINCES)
    topics = dict.fromkeys(indicators[code].category for code in (*offered, *page.spec.indicators))
    chosen = {indicators[code].category for code in page.spec.indicators}
    st.session_state["profile.topics"] = [] if set(topics) == chosen else [t for t in topics if t in chosen]

    def choose() -> None:
        wanted = st.session_state["profile.topics"]
        write_link("i", ",".join(code for code in offered if indicators[code].category in wanted) if wanted else "")

    st.pills(
        page.text("profile.topics"),
        list(topics),
        selection_mode="multi",
        key="profile.topics",
        format_func=lambda topic: page.text(f"category.{topic}"),
        on_change=choose,
    )


def _peers(page: Page) -> tuple[str, ...]:
    return compared_regions(page.spec.regions, catalogue=page.catalogue, highlight=page.spec.highlight)


def _write_peers(codes: list[str] | tuple[str, ...]) -> None:
    write_link("r", ",".join([ALL_PROVINCES, *codes[:MOST_PEERS]]))


def _pick_peers(page: Page) -> None:
    """Up to five provinces to compare with, none by default."""
    st.session_state["profile.peers"] = list(_peers(page)[:MOST_PEERS])
    st.multiselect(
        page.text("profile.peers"),
        [code for code in page.catalogue.provinces if code != page.spec.highlight],
        key="profile.peers",
        max_selections=MOST_PEERS,
        format_func=lambda code: region_name(code, page.catalogue, page.language),
        placeholder=page.text("profile.peers.none"),
        wrap=True,
        on_change=lambda: _write_peers(st.session_state["profile.peers"]),
    )


def _suggest_peers(page: Page) -> None:
    """Provinces like this one, by what makes them alike; a click chooses them."""
    found = reads.peers(page.edition.revision, _region(page), page.spec.indicators[0], page.spec.last_year)
    alike: Mapping[str, tuple[str, ...]] = {
        kind: tuple(code for code in codes if code != page.spec.highlight)[:_TAKEN]
        for kind, codes in cast("dict[str, tuple[str, ...]]", found).items()
        if kind in _LIKENESSES
    }
    if not alike:
        return
    now = set(_peers(page))
    st.session_state["profile.alike"] = next((kind for kind, codes in alike.items() if set(codes) == now), None)
    st.pills(
        page.text("profile.alike"),
        list(alike),
        key="profile.alike",
        format_func=lambda kind: page.text(f"profile.alike.{kind}"),
        on_change=lambda: _write_peers(alike.get(st.session_state["profile.alike"] or "", ())),
    )


def _show_rows(page: Page, profile: Profile) -> None:
    """The rows of the figure as our own markup, for a phone and for paper."""
    heads = heads_of(profile.view)
    words = {"name": heads.indicator, "value": heads.value, "change": heads.change, "place": heads.place}
    cells = "".join(f'<th class="pr-{kind}">{escape(word)}</th>' for kind, word in words.items())
    scale = "".join(f"<span>{escape(word)}</span>" for word in heads.scale if not profile.field.empty)
    head = f'<tr>{cells}<th class="pr-strip">{scale}</th><th class="pr-course">{escape(heads.course)}</th></tr>'
    body, before = "", ""
    for row in profile.rows.to_dict("records"):
        if row["heading"] != before:
            before = row["heading"]
            body += f'<tr class="pr-group"><th colspan="6">{escape(before)}</th></tr>'
        body += _row(page, profile, pd.Series(row))
    st.html(f'{_key(profile)}<div class="profile-rows"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>')


def _row(page: Page, profile: Profile, row: pd.Series) -> str:
    code = str(row["indicator"])
    link = "compare?" + query_text(
        page.spec.but(chart="ranking", indicators=(code,), regions=(ALL_PROVINCES,), years=(int(row["year"]),))
    )
    way = "up" if row["way"] > 0 else "down" if row["way"] < 0 else "same"
    return (
        f'<tr><td class="pr-name"><a href="{escape(link)}" target="_self">{escape(row["name"])}</a></td>'
        f'<td class="pr-value"><b>{escape(row["value_text"])}</b> <small>{escape(row["year_text"])}</small></td>'
        f'<td class="pr-change {way}">{escape(row["change_text"])}</td>'
        f'<td class="pr-place">{escape(row["place_text"])} <small>{escape(row["moved_text"])}</small></td>'
        f'<td class="pr-strip">{_picture(profile.strips[code])}</td>'
        f'<td class="pr-course">{_picture(profile.sparklines[code])}</td></tr>'
    )


def _picture(svg: str) -> str:
    """A picture beside words that say all that it shows."""
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">' if svg else ""


def _key(profile: Profile) -> str:
    """Which region each number on the strips is."""
    if not profile.peers:
        return ""
    named = "".join(
        f'<span style="color:{colour}"><b>{number}</b> {escape(name)}</span>'
        for number, (name, colour) in enumerate(zip(profile.peers.values(), SERIES_COLOURS, strict=False), start=1)
    )
    return f'<p class="profile-key"><span style="color:{FOCUS}">● {escape(profile.name)}</span>{named}</p>'
