"""A view by its address, its page and query string: what the export command, a briefing and a found picture open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from indicators.errors import Invalid
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import DENOMINATORS
from indicators.model.spec import LANGUAGES, ChartSpec, QueryProblem, spec_of
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.store.revisions import list_revisions
from indicators.tasks.browse import (
    Coverage,
    View,
    edition_of,
    facts_view_of,
    query_text,
    read_coverage,
    read_levels_together,
    read_targets,
    view_of,
)
from indicators.tasks.offers import PAGES, offer_of
from indicators.tasks.profile import spec_of_profile

# The overview's cards are comparisons; their addresses are those of the page that compares.
_DRAWN_ON = {"overview": "compare"}
_LONGEST = 4000


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the page, its spec, what of it was left out, and the revision it is drawn from."""

    page: str
    spec: ChartSpec
    problems: tuple[QueryProblem, ...]
    revision: int


@dataclass(frozen=True)
class Opened:
    """A view opened by its address, and what the address asked for."""

    view: View
    asked: Asked

    @property
    def is_whole(self) -> bool:
        """Whether the view is the one that the address names, nothing of it left out."""
        return not self.asked.problems


def address_of(page: str, spec: ChartSpec, *, revision: int) -> str:
    """The address of a view, pinned to a revision: `/compare?chart=ranking&…&rev=3&lang=zh`."""
    return f"/{_DRAWN_ON.get(page, page)}?{query_text(spec.but(revision=revision))}"


def asked_for(
    address: str,
    *,
    newest: int,
    focus: str,
    catalogue_of: Callable[[int], Catalogue],
    coverage_of: Callable[[int], Coverage],
) -> Asked:
    """What an address asks for. Raises Invalid("address.unreadable") for what is no address of a view."""
    parts = urlsplit(address.strip()[:_LONGEST])
    page = parts.path.strip("/") or "overview"
    if page not in PAGES:
        raise Invalid("address.unreadable", found=address.strip()[:60])
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    raw = query.get("rev", "").strip()
    is_known = raw.isascii() and raw.isdecimal() and len(raw) < 10 and 1 <= int(raw) <= newest
    revision = int(raw) if is_known else newest
    catalogue = catalogue_of(revision)
    language = cast(Language, query["lang"] if query.get("lang") in LANGUAGES else "zh")
    centre = query["hl"] if query.get("hl") in catalogue.regions else focus
    offer = offer_of(
        PAGES[page], catalogue=catalogue, coverage=coverage_of(revision), focus=str(centre), language=language
    )
    spec, problems = spec_of(query, offer=offer, catalogue=catalogue, newest_revision=newest)
    if page == "profile":
        spec = spec_of_profile(spec, catalogue)
    return Asked(_DRAWN_ON.get(page, page), spec, problems, revision)


def view_at(store: Store, address: str, *, focus: str) -> Opened:
    """The view of an address, read from the store."""
    revisions = list_revisions(store)
    asked = asked_for(
        address,
        newest=int(revisions["number"].max()),
        focus=focus,
        catalogue_of=lambda revision: read_catalogue(store, revision),
        coverage_of=lambda revision: read_coverage(store, read_catalogue(store, revision), revision=revision),
    )
    catalogue = read_catalogue(store, asked.revision)
    edition = edition_of(revisions, catalogue, revision=asked.revision, focus=focus)
    spec = asked.spec
    if spec.chart == "facts":
        rows = read_observations(store, revision=asked.revision, indicators=spec.indicators)
        return Opened(facts_view_of(spec, observations=rows, edition=edition), asked)
    targets = read_targets(store, catalogue, revision=asked.revision) if spec.chart == "lines" else None
    levels = read_levels_together(store, catalogue, revision=asked.revision, indicators=_needed(spec))
    view = view_of(
        spec,
        levels=levels.__getitem__,
        edition=edition,
        targets=targets,
        figures=lambda: read_observations(store, revision=asked.revision, indicators=spec.indicators),
    )
    return Opened(view, asked)


def _needed(spec: ChartSpec) -> tuple[str, ...]:
    """Indicators that a view is made of, what they are divided by among them."""
    below = DENOMINATORS.get(spec.measure)
    return tuple(dict.fromkeys([*spec.indicators, *([below] if below else [])]))
