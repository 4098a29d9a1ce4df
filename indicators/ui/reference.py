"""Where figures come from and what has to be known about them: sources, data notes, changes of definition."""

from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from indicators.language.messages import joined, listed
from indicators.language.names import region_name
from indicators.model.catalogue import Source
from indicators.model.notes import NOTE_KINDS, DataNote, definition_breaks, notes_of
from indicators.model.selection import Selection, selection_query, years_of
from indicators.model.spec import Link
from indicators.tasks.facts import worded_facts
from indicators.ui import reads
from indicators.ui.fact_cards import show_facts
from indicators.ui.figure_record import pairs_of
from indicators.ui.html_tables import show_rows, show_title
from indicators.ui.shell import Page, write_link

_BREAKS = "breaks"
_ALL = ""
_KINDS = (_ALL, *NOTE_KINDS, _BREAKS)
_NAMED_PLACES = 6


def show_sources(page: Page) -> None:
    """All sources, those that carry most first; each opens to all that is known about it."""
    table = reads.figures(page.edition.revision).table
    counts = table["source"].value_counts()
    order = sorted(page.catalogue.sources.values(), key=lambda source: (-int(counts.get(source.code, 0)), source.rank))
    with st.container(border=True, key="card-sources"):
        show_title(page.text("sources.title", count=len(order)), page.text("sources.line"))
        own = dict(list(table.groupby("source")))
        st.html("".join(_source(page, source, own.get(source.code)) for source in order))


def _source(page: Page, source: Source, own: pd.DataFrame | None) -> str:
    """One source as a line that opens."""
    language = page.language
    count = page.text("sources.none") if own is None else _count(page, len(own))
    year = None if own is None else _newest(own)
    newest = "" if year is None else page.text("sources.newest", year=year)
    internal = source.classification == "internal"
    badge = f'<span class="badge">{escape(page.text("classification.internal"))}</span>' if internal else ""
    facts = [
        (page.text("sources.publisher"), source.publisher(language)),
        (page.text("sources.edition"), source.edition(language)),
        (page.text("sources.years"), source.years),
        (page.text("sources.licence"), source.licence(language)),
        (page.text("sources.classification"), page.text(f"classification.{source.classification}")),
        (page.text("sources.obtained"), source.obtained),
        (page.text("sources.checked"), source.checked),
        (page.text("sources.rank"), page.text("sources.rank.is", rank=source.rank)),
        (page.text("sources.indicators"), "" if own is None else _indicators(page, own)),
    ]
    link = "" if own is None else _link(page, Selection(sources=(source.code,)), page.text("figures.open.data"))
    return (
        f'<details class="source"><summary><span class="source-name">{escape(source.name(language))}</span>{badge}'
        f'<span class="source-facts">{escape(source.publisher(language))} · {escape(count)}'
        f"{' · ' + escape(newest) if newest else ''}</span></summary>"
        f"{pairs_of(facts, language)}{link}</details>"
    )


def show_notes(page: Page) -> None:
    """Data notes by kind, each with the figures that it concerns, and the changes of definition."""
    kind = _pick_kind(page)
    table = reads.figures(page.edition.revision).table
    notes = notes_of(table)
    for each in NOTE_KINDS:
        if kind in (_ALL, each):
            own = [note for note in notes if note.kind == each]
            with st.container(border=True, key=f"card-notes-{each}"):
                show_title(page.text(f"notes.kind.{each}"), page.text(f"notes.kind.{each}.line"))
                st.html("".join(_note(page, note, note.among(table)) for note in own))
    if kind in (_ALL, _BREAKS):
        with st.container(border=True, key="card-breaks"):
            _show_breaks(page, table)


def show_all_facts(page: Page) -> None:
    """Figures that stand alone, by topic and place."""
    facts = reads.facts(page.edition.revision)
    with st.container(border=True, key="card-facts"):
        show_title(page.text("figures.facts", count=len(facts)), page.text("figures.facts.line"))
        show_facts(worded_facts(facts, page.catalogue, page.language), page.language, key="figures.facts")


def _note(page: Page, note: DataNote, concerned: pd.DataFrame) -> str:
    """A note with the indicators and places that it is about."""
    places = list(dict.fromkeys(region_name(code, page.catalogue, page.language) for code in concerned["region"]))
    shown = joined(places[:_NAMED_PLACES], page.language) + (" …" if len(places) > _NAMED_PLACES else "")
    indicators = tuple(dict.fromkeys(concerned["indicator"]))
    selection = Selection(
        indicators=indicators,
        regions=tuple(dict.fromkeys(concerned["region"])),
        sources=tuple(dict.fromkeys(concerned["source"])),
    )
    count = _count(page, len(concerned))
    names = listed([page.catalogue.indicators[code].short(page.language) for code in indicators], page.language)
    return (
        f'<div class="note"><h3>{escape(page.text(f"note.{note.code}.title"))}</h3>'
        f"<p>{escape(page.text(f'note.{note.code}.body'))}</p>"
        f'<p class="note-foot">{escape(shown)} · {escape(names)} · {_link(page, selection, count)}</p></div>'
    )


def _show_breaks(page: Page, table: pd.DataFrame) -> None:
    catalogue, language = page.catalogue, page.language
    show_title(page.text("notes.kind.breaks"), page.text("notes.kind.breaks.line"))
    rows = [
        [
            catalogue.indicators[row["indicator"]].name(language),
            catalogue.bases[row["before"]].name(language),
            catalogue.bases[row["after"]].name(language),
            _when(page, int(row["last_before"]), int(row["first_after"])),
        ]
        for row in definition_breaks(table, catalogue).to_dict("records")
    ]
    show_rows(
        [page.text(f"notes.breaks.{name}") for name in ("indicator", "before", "after", "when")], rows, is_list=True
    )


def _newest(own: pd.DataFrame) -> int | None:
    """The last year that results are of; targets say nothing about freshness."""
    periods = own.loc[~own["is_target"], "period"].unique()
    return max((years_of(period)[1] for period in periods), default=None)


def _count(page: Page, count: int) -> str:
    return page.text("figures.count", count=f"{count:,}")


def _when(page: Page, last: int, first: int) -> str:
    if last < first:
        return page.text("notes.breaks.from", last=last, first=first)
    if last == first:
        return page.text("notes.breaks.both.one", first=first)
    return page.text("notes.breaks.both", first=first, last=last)


def _pick_kind(page: Page) -> str:
    kind = Link({"kind": st.query_params.get("kind", "")}).one_of("kind", _KINDS, _ALL)
    key = "figures.kind"
    st.session_state[key] = kind
    st.segmented_control(
        page.text("notes.kind"),
        _KINDS,
        key=key,
        format_func=lambda code: page.text(f"notes.kind.{code}") if code else page.text("notes.kind.all"),
        required=True,
        label_visibility="collapsed",
        on_change=lambda: write_link("kind", st.session_state[key]),
    )
    return kind


def _indicators(page: Page, own: pd.DataFrame) -> str:
    counts = own["indicator"].value_counts()
    names = [f"{page.catalogue.indicators[str(code)].short(page.language)} {count:,}" for code, count in counts.items()]
    return listed(names, page.language)


def _link(page: Page, selection: Selection, words: str) -> str:
    """A link to the figures of a selection."""
    common = {"hl": page.spec.highlight, "rev": page.spec.revision, "lang": page.language}
    query = {"view": "data", **selection_query(selection), **{key: value for key, value in common.items() if value}}
    return f'<a class="more" href="figures?{escape(urlencode(query, safe=","))}" target="_self">{escape(words)}</a>'
