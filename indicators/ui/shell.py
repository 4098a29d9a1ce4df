"""Around every page: look, bar, language, region in focus, the link – and what went wrong."""

import gc
import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.errors import IndicatorsError, Invalid
from indicators.language.links import left_out_text
from indicators.language.messages import error_text, text
from indicators.model.access import READER, Action, Person, may, person_at
from indicators.model.catalogue import Catalogue, Language
from indicators.model.spec import (
    LANGUAGES,
    ChartSpec,
    Link,
    Offer,
    QueryProblem,
    query_of,
    spec_of,
)
from indicators.settings import PROJECT
from indicators.tasks.browse import Edition, edition_of
from indicators.tasks.offers import OF_LOOKUPS, PageOffer, offer_of
from indicators.tasks.offers import PAGES as OFFERS
from indicators.ui import reads
from indicators.ui.visitor import remember_visitor

PAGES = {
    "overview": "explore",
    "compare": "explore",
    "trend": "explore",
    "relate": "explore",
    "profile": "explore",
    "figures": "explore",
    "briefing": "explore",
    "update": "manage",
    "revisions": "manage",
}
_LANGUAGE, _FOCUS, _CHANGED, _PAGE, _REVISION = "language", "focus", "changed_by_hand", "page", "revision"
_LEFT_OUT = "left_out"
_OF_PROXIES = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
SCREEN = "screen"
_MOST_LINKED = 5
# What the link of a page of views holds besides its view.
_BESIDE_VIEW = {"overview": (SCREEN,), "profile": ("topic", "place")}
# An author's own title speaks of these, and is put away with them.
_TOLD_BY_TITLE = ("i", "r", "y", "m", "base", "basis", "hl", "top", "ref")
# Revisions that the link of a page for managing figures may name: pinned, looked at, compared.
_REVISIONS_OF_DESK = ("rev", "v", "a", "b")
NAMES: dict[Language, str] = {"zh": "中文", "en": "EN"}


@dataclass(frozen=True)
class Page:
    """An opened page: its name, the view that its link asks for, and the edition it is drawn from."""

    name: str
    spec: ChartSpec
    edition: Edition
    newest: int
    offer: Offer

    @property
    def years_of(self) -> Callable[[str], tuple[int, ...]]:
        """Years with figures of an indicator, as this page shows them."""
        return self.offer.years_of

    @property
    def catalogue(self) -> Catalogue:
        """Catalogue of the edition shown."""
        return self.edition.catalogue

    @property
    def language(self) -> Language:
        """Language of the page."""
        return self.spec.language

    def text(self, code: str, **details: object) -> str:
        """A text in the language of the page."""
        return text(self.language, code, **details)


@dataclass(frozen=True)
class Desk:
    """An opened page on which figures are managed: always of the newest revision, for one person."""

    name: str
    language: Language
    newest: int
    focus: str
    person: Person

    @property
    def catalogue(self) -> Catalogue:
        """Catalogue of the newest revision."""
        return reads.catalogue(self.newest)

    def text(self, code: str, **details: object) -> str:
        """A text in the language of the page."""
        return text(self.language, code, **details)

    def may(self, action: Action) -> bool:
        """Whether the person may do this."""
        return may(self.person, action)


def language_in_use() -> Language:
    """The language of the link, else the one chosen before, else Chinese."""
    asked = st.query_params.get("lang", "")
    chosen = asked if asked in LANGUAGES else st.session_state.get(_LANGUAGE, "zh")
    st.session_state[_LANGUAGE] = chosen
    return cast(Language, chosen)


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever we cannot go on with becomes one sentence that says what to do."""
    try:
        yield
    except IndicatorsError as error:
        st.error(plain(error_text(st.session_state.get(_LANGUAGE, "zh"), error)), icon=":material/error:")
        st.stop()


def open_page(name: str) -> Page:
    """Open a page of views: read its link, show the bar and what of the link was left out."""
    language = language_in_use()
    newest = reads.newest_revision(language)
    query = _query(name)
    revision = _asked_revision(query, newest)
    focus = _focus(query, reads.catalogue(revision))
    offer = _offer(OFFERS[name], revision, focus, language)
    spec, problems = spec_of(query, offer=offer, catalogue=reads.catalogue(revision), newest_revision=newest)
    st.session_state[_FOCUS] = spec.highlight
    st.session_state[_REVISION] = str(spec.revision or "")
    page = Page(name, spec, _edition(spec, newest), newest, offer)
    _show_bar(page)
    with st.container(key="quiet"):
        st.html(f'{_stylesheet()}<h1 class="hidden">{escape(page.text(f"page.{name}"))}</h1>')
    link = query_of(spec) | {key: query[key] for key in _BESIDE_VIEW.get(name, ()) if key in query}
    say_left_out(page, problems, link)
    if query != link:
        st.query_params.from_dict(link)
    return page


def open_lookup(name: str) -> Page:
    """Open a page on which figures are looked up instead of drawn; what is looked for stands in its link.

    The page's spec is what its links to charts start from: language, region in focus, pinned revision.
    `keep_link` completes the link once the page has read its part of it.
    """
    language = language_in_use()
    newest = reads.newest_revision(language)
    query = _query(name)
    revision = _asked_revision(query, newest)
    focus = _focus(query, reads.catalogue(revision))
    pinned = Link(query).whole("rev", range(1, newest + 1), code="revision")
    offer = _offer(OF_LOOKUPS, revision, focus, language)
    spec = offer.defaults.but(revision=pinned)
    st.session_state[_FOCUS] = focus
    st.session_state[_REVISION] = str(pinned or "")
    page = Page(name, spec, _edition(spec, newest), newest, offer)
    _show_bar(page)
    date = page.edition.published.date().isoformat()
    st.html(
        f'{_stylesheet()}<div class="page-heading"><h1>{escape(page.text(f"page.{name}"))}</h1>'
        f"<p>{escape(page.text(f'{name}.subheading', revision=revision, date=date))}</p></div>"
    )
    return page


def keep_link(page: Page, own: Mapping[str, str], problems: Iterable[QueryProblem]) -> None:
    """Leave in the link of a lookup page only its `own` part and what every page has; say what was left out."""
    link = Link(st.query_params.to_dict())
    link.whole("rev", range(1, page.newest + 1), code="revision")
    link.one_of("hl", tuple(page.catalogue.regions), None, code="region")
    link.one_of("lang", LANGUAGES, None)
    common = {"hl": page.spec.highlight, "rev": page.spec.revision, "lang": page.language}
    complete = {**own, **{param: str(value) for param, value in common.items() if value is not None}}
    say_left_out(page, [*link.problems, *problems], complete)
    if st.query_params.to_dict() != complete:
        st.query_params.from_dict(complete)


def open_desk(name: str) -> Desk:
    """Open a page on which figures are managed, and say what it is for and whether it is for reading only."""
    language = language_in_use()
    newest = reads.newest_revision(language)
    focus = _focus(st.query_params.to_dict(), reads.catalogue(newest))
    desk = Desk(name, language, newest, focus, person_here())
    with _bar():
        _choose_focus(desk, focus)
        _choose_language(desk)
    st.html(
        f'{_stylesheet()}<div class="page-heading"><h1>{escape(desk.text(f"page.{name}"))}</h1>'
        f"<p>{escape(desk.text(f'{name}.subheading', revision=newest))}</p></div>"
    )
    left_out = _left_out_of_desk(desk)
    say_left_out(desk, left_out, st.query_params.to_dict())
    if not desk.may("publish"):
        st.info(desk.text("access.read_only"), icon=":material/lock:")
    return desk


def _left_out_of_desk(desk: Desk) -> list[QueryProblem]:
    """What of the link of a page that manages figures cannot be used; it is put out of the link."""
    link = Link(st.query_params.to_dict())
    regions = tuple(desk.catalogue.regions)
    numbers = {param: link.whole(param, range(1, desk.newest + 1), code="revision") for param in _REVISIONS_OF_DESK}
    if numbers["rev"] is not None:
        link.reject("revision_unfit", link.raw("rev"))
    link.one_of("i", tuple(desk.catalogue.indicators), None, code="indicator")
    link.one_of("r", regions, None, code="region")
    link.one_of("hl", regions, None, code="region")
    link.one_of("lang", LANGUAGES, None)
    found = {problem.found for problem in link.problems}
    for param in (*_REVISIONS_OF_DESK, "i", "r", "hl", "lang"):
        if link.raw(param) in found:
            del st.query_params[param]
    return link.problems


def navigation(language: Language, unknown: str = "") -> st.Page:
    """The pages there are, at the top; gives the one that is visited.

    An `unknown` address leads to the overview: were it no page at all, Streamlit would lay a box of its own over
    our sentence, in English.
    """
    pages = [
        st.Page(PROJECT / f"pages/{folder}/{name}.py", title=text(language, f"page.{name}"), default=name == "overview")
        for name, folder in PAGES.items()
    ]
    if unknown:
        overview = PROJECT / f"pages/{PAGES['overview']}/overview.py"
        title = text(language, "page.overview")
        pages.append(st.Page(overview, title=title, url_path=unknown, visibility="hidden"))
    return st.navigation(pages, position="top")


def declare_pages() -> None:
    """Tell Streamlit of the pages before anybody visits."""
    navigation("zh")


def visit() -> None:
    """One visit of a page, in the visitor's language."""
    language = language_in_use()
    st.set_page_config(page_title=text(language, "app.name"), page_icon="📊", layout="wide")
    show_name(language)
    unknown = _page_unknown()
    chosen = navigation(language, unknown.rpartition("/")[2])
    if unknown:
        st.warning(plain(text(language, "page.unknown", found=unknown[:60])), icon=":material/info:")
    chosen.run()
    remember_visitor()
    _spare_what_stays()


@cache
def _spare_what_stays() -> None:
    """Keep what the first visit has loaded out of all later garbage collections, once for the whole server.

    Streamlit has everything collected after each run of a page. Going through what stays anyhow made a
    visitor wait about a seventh longer for another chart.
    """
    gc.collect()
    gc.freeze()


def _page_unknown() -> str:
    """The page that the address names, where there is no such page."""
    asked = unquote(urlsplit(str(st.context.url or "")).path).strip("/")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    name = f"{asked}/".removeprefix(f"{base}/").strip("/")
    return "" if name in ("", *PAGES) else name


def apologise(error: Exception) -> bool:
    """A sentence instead of a traceback for what should not have happened; the log has the rest."""
    st.error(text(st.session_state.get(_LANGUAGE, "zh"), "error.unexpected"), icon=":material/error:")
    logging.getLogger(__name__).error("unexpected error on a page", exc_info=error)
    return True


def show_heading(page: Page) -> None:
    """The heading of the overview: whose figures these are, and of which revision."""
    region = page.catalogue.regions[str(page.spec.highlight)].name(page.language)
    held = reads.revisions(page.newest)
    upto = held[held["number"] <= page.edition.revision]
    count = int(upto["added"].sum() - upto["withdrawn"].sum())
    date = page.edition.published.date().isoformat()
    line = page.text("overview.subheading", revision=page.edition.revision, date=date, count=f"{count:,}")
    st.html(
        f'<div class="page-heading"><h1>{escape(page.text("overview.heading", region=region))}</h1>'
        f"<p>{escape(line)}</p></div>"
    )


def show_name(language: Language) -> None:
    """The product's name at the left of the navigation."""
    name = text(language, "app.name")
    width = sum(19 if ord(letter) > 0x2E7F else 10 for letter in name) + 4
    st.logo(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="28" viewBox="0 0 {width} 28">'
        f'<text x="0" y="20.5" font-size="18.5" font-weight="700" fill="#1b2733" '
        f'font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif">{escape(name)}</text></svg>',
        size="large",
    )


def write_link(param: str, value: str) -> None:
    """Put one part of the view into the link; the page follows from it. An own title does not outlive what it tells."""
    st.session_state[_CHANGED] = True
    if param in _TOLD_BY_TITLE and "title" in st.query_params:
        del st.query_params["title"]
    if value:
        st.query_params[param] = value
    elif param in st.query_params:
        del st.query_params[param]


def plain(found: str) -> str:
    """A text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$:~-])", r"\\\1", found)


@lru_cache
def _stylesheet() -> str:
    return f"<style>{(Path(__file__).parent / 'look.css').read_text(encoding='utf-8')}</style>"


def _asked_revision(query: Mapping[str, str], newest: int) -> int:
    asked = query.get("rev", "").strip()
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 10
    return int(asked) if is_number and 1 <= int(asked) <= newest else newest


def _query(page: str) -> dict[str, str]:
    """The link's query; a pinned revision goes along from page to page."""
    query = dict(st.query_params.to_dict())
    if st.session_state.get(_PAGE) not in (None, page) and "rev" not in query and st.session_state.get(_REVISION):
        query["rev"] = st.session_state[_REVISION]
    st.session_state[_PAGE] = page
    return query


def _focus(query: Mapping[str, str], catalogue: Catalogue) -> str:
    """The region in focus: of the link, else chosen before, else of this installation."""
    own = reads.settings().focus_region
    if own not in catalogue.regions:
        raise Invalid("settings.focus_region", found=own)
    chosen = (query.get("hl", ""), st.session_state.get(_FOCUS), own)
    return next(str(code) for code in chosen if code in catalogue.regions)


def _offer(page: PageOffer, revision: int, focus: str, language: Language) -> Offer:
    return offer_of(
        page,
        catalogue=reads.catalogue(revision),
        coverage=reads.coverage(revision),
        focus=focus,
        language=language,
    )


def _edition(spec: ChartSpec, newest: int) -> Edition:
    revision = spec.revision or newest
    own = reads.settings().focus_region
    return edition_of(reads.revisions(newest), reads.catalogue(revision), revision=revision, focus=own)


def _show_bar(page: Page) -> None:
    with _bar():
        _pin(page)
        _choose_focus(page, str(page.spec.highlight))
        _choose_language(page)


def say_left_out(page: Page | Desk, problems: Collection[QueryProblem], link: Mapping[str, str]) -> None:
    """Name what of the link was left out, unless a control of the page changed it.

    It is said as long as the page stays at the `link` that was left: a run that nobody asked for takes nothing back.
    """
    by_hand = st.session_state.pop(_CHANGED, False)
    here = (page.name, tuple(link.items()))
    if by_hand:
        st.session_state.pop(_LEFT_OUT, None)
    elif problems:
        said = [plain(left_out_text(problem, page.language)) + _profiles_instead(page, problem) for problem in problems]
        st.session_state[_LEFT_OUT] = (here, "  \n".join(said))
    at, said_here = st.session_state.get(_LEFT_OUT, (None, ""))
    if at == here:
        st.warning(said_here, icon=":material/info:")


def _profiles_instead(page: Page | Desk, problem: QueryProblem) -> str:
    """Links to the profiles of places that cannot stand beside the one whose profile it is."""
    if problem.code != "region_beside":
        return ""
    regions = page.catalogue.regions
    asked = [regions[code] for code in problem.found.split(",") if code in regions]
    links = [
        f"[{plain(page.text('profile.heading', region=region.name(page.language)))}]"
        f"(profile?hl={region.code}&lang={page.language})"
        for region in asked[:_MOST_LINKED]
    ]
    return " ".join(["", *links])


def _bar() -> DeltaGenerator:
    """Where data version, region in focus and language stand, at the right of the navigation."""
    return st.container(key="bar", horizontal=True, vertical_alignment="center", horizontal_alignment="right")


def _choose_focus(page: Page | Desk, focus: str) -> None:
    regions = page.catalogue.regions
    provinces = {code: regions[code].short(page.language) for code in page.catalogue.provinces}
    st.session_state["bar.focus"] = focus
    st.selectbox(
        page.text("bar.focus"),
        list(provinces) if focus in provinces else [*provinces, focus],
        key="bar.focus",
        format_func=lambda code: provinces.get(code) or regions[code].short(page.language),
        label_visibility="collapsed",
        on_change=lambda: write_link("hl", st.session_state["bar.focus"]),
        width=112,
    )


def _choose_language(page: Page | Desk) -> None:
    st.session_state["bar.language"] = page.language
    st.segmented_control(
        page.text("bar.language"),
        list(LANGUAGES),
        key="bar.language",
        format_func=lambda code: NAMES[code],
        label_visibility="collapsed",
        required=True,
        on_change=lambda: write_link("lang", st.session_state["bar.language"]),
    )


def person_here() -> Person:
    """Who visits: the person at this machine; a reader where others can reach the server, also by a proxy."""
    if any(st.context.headers.get(name) for name in _OF_PROXIES):
        return READER
    return person_at(str(st.get_option("server.address") or ""))


def _pin(page: Page) -> None:
    """The data version, and whether the link stays with it."""
    st.session_state["bar.pin"] = page.spec.revision is not None
    with st.popover(_version(page), type="tertiary"):
        st.caption(page.text("bar.published", date=page.edition.published.date().isoformat()))
        st.toggle(
            page.text("bar.pin"),
            key="bar.pin",
            help=page.text("bar.pin.help"),
            on_change=lambda: write_link("rev", str(page.edition.revision) if st.session_state["bar.pin"] else ""),
        )


def _version(page: Page) -> str:
    code = "bar.version" if page.spec.revision is None else "bar.version.pinned"
    return page.text(code, revision=page.edition.revision)
