"""Panels of the page of figures: what is looked up, the search with its filters, the list, and taking it away."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.language.listing import exact_number, headings, listing
from indicators.language.names import region_name
from indicators.language.numbers import mark
from indicators.model.catalogue import ALL_PROVINCES
from indicators.model.qualifier import QUALIFIERS
from indicators.model.selection import (
    PARAMS,
    Selection,
    key_text,
    selection_of,
    selection_query,
    years_of,
    years_param,
)
from indicators.model.spec import Link, QueryProblem
from indicators.model.status import STATUSES
from indicators.tasks.export import Export
from indicators.tasks.export_figures import ExportKind, file_name
from indicators.ui import reads
from indicators.ui.fact_cards import OWN_PARAMS as PARAMS_OF_FACTS
from indicators.ui.html_tables import show_title
from indicators.ui.shell import Page, keep_link, write_link

PARTS = ("data", "indicators", "sources", "notes", "facts")
PAGE_OF_ROWS = 200
_SHOWN = (
    *("indicator", "region", "period", "value", "unit", "qualifier", "status", "basis", "subject"),
    *("printed", "source", "locator", "note"),
)
_WIDTHS = {"indicator": 170, "region": 70, "period": 92, "value": 96, "unit": 64, "qualifier": 64, "status": 72}
_EXPORTS: tuple[ExportKind, ...] = ("csv", "list", "tables")
_ROW_HEIGHT, _ROWS_SEEN = 35, 12
_PARTS_OWN = {"indicators": ("i",), "sources": (), "notes": ("kind",), "facts": PARAMS_OF_FACTS}
_TEXT_PARAMS = ("o", "p")


def choose_part(page: Page) -> str:
    """Which part of the page is shown, from the link or chosen; what of the link was left out is said."""
    query = st.query_params.to_dict()
    link = Link(query)
    part = link.one_of("view", PARTS, PARTS[0], code="part")
    own, problems = _own_link(page, part, query)
    keep_link(page, {"view": part, **own}, [*link.problems, *problems])
    key = "figures.view"
    st.session_state[key] = part
    st.segmented_control(
        page.text("figures.part"),
        PARTS,
        key=key,
        format_func=lambda code: page.text(f"figures.part.{code}"),
        required=True,
        label_visibility="collapsed",
        on_change=lambda: write_link("view", st.session_state[key]),
    )
    return part


def choose_selection(page: Page) -> Selection:
    """The search and the filters, as the link has them."""
    selection, _ = selection_of(st.query_params.to_dict(), page.catalogue)
    table = reads.figures(page.edition.revision).table
    with st.container(border=True, key="filters"):
        search, indicators = st.columns([1.2, 1])
        with search:
            _search(page, selection)
        with indicators:
            _several(page, "indicators", selection, _names(page, "indicator", table))
        places = st.columns([1.3, 1, 1.3, 1, 1.3, 0.8, 0.8])
        with places[0]:
            groups = {ALL_PROVINCES: page.text("scope.provinces")}
            groups |= {code: group.name(page.language) for code, group in page.catalogue.groups.items()}
            _several(page, "regions", selection, {**_names(page, "region", table), **groups})
        with places[1]:
            _several(page, "categories", selection, _categories(page))
        with places[2]:
            _several(page, "sources", selection, _names(page, "source", table))
        with places[3]:
            _several(page, "statuses", selection, {code: page.text(f"status.{code}") for code in STATUSES})
        with places[4]:
            _several(page, "bases", selection, _names(page, "basis", table))
        _years(page, selection, table, places[5:])
        if not selection.is_everything:
            st.button(
                page.text("figures.filter.clear"),
                icon=":material/filter_alt_off:",
                type="tertiary",
                key="figures.clear",
                on_click=_clear,
            )
    return selection


def show_list(page: Page, selection: Selection) -> None:
    """The figures of a selection a page at a time; selecting a row puts the figure into the link."""
    figures = reads.figures(page.edition.revision)
    chosen = figures.chosen(selection)
    with st.container(border=True, key="card-list"):
        if chosen.empty:
            st.info(page.text("figures.found.none"), icon=":material/info:")
            return
        start = _start(len(chosen))
        codes = chosen["indicator"].unique()
        if len(codes) == 1:
            show_title(page.catalogue.indicators[codes[0]].name(page.language))
        with st.container(horizontal=True, vertical_alignment="center", key="list-head"):
            _say_how_many(page, len(chosen), len(figures.table))
            _offer_downloads(page, selection, chosen)
        rows = chosen.iloc[start : start + PAGE_OF_ROWS]
        _show_rows(page, selection, rows, start, is_of_one=len(codes) == 1)
        _turn_pages(page, start, len(chosen))


def _show_rows(page: Page, selection: Selection, rows: pd.DataFrame, start: int, *, is_of_one: bool) -> None:
    """Rows of a selection; one that `is_of_one` indicator names it above, its column stands at the end."""
    order = (*_SHOWN[1:], _SHOWN[0]) if is_of_one else _SHOWN
    words = listing(rows, page.catalogue, page.language)
    shown = [column for column in order if column == "value" or words[column].ne("").any()]
    words = words[shown]
    signs = rows["qualifier"].map({sign: mark(page.language, sign) for sign in QUALIFIERS})
    words["value"] = signs + words["value"].map(exact_number)  # a bound may not pass for a value on a narrow screen
    key = f"figures.list.{page.edition.revision}.{page.language}.{start}.{urlencode(selection_query(selection))}"
    keys = [key_text(row) for row in rows.to_dict("records")]  # type: ignore[arg-type]
    asked = st.query_params.get("o", "")

    def choose() -> None:
        picked = st.session_state[key]["selection"]["rows"]
        write_link("o", keys[picked[0]] if picked else "")

    columns = {
        heading: st.column_config.TextColumn(
            width=_WIDTHS.get(column), alignment="right" if column == "value" else None
        )
        for column, heading in zip(shown, headings(shown, page.language), strict=True)
    }
    st.dataframe(
        words.set_axis(list(columns), axis=1),
        hide_index=True,
        height=min(len(words) + 1, _ROWS_SEEN) * _ROW_HEIGHT + 3,
        column_config=columns,
        key=key,
        on_select=choose,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [keys.index(asked)]}} if asked in keys else None,
        alt=page.text("figures.found.note"),
    )


def _say_how_many(page: Page, count: int, everything: int) -> None:
    code = "figures.found" if count == everything else "figures.found.of"
    found = page.text(code, count=f"{count:,}", all=f"{everything:,}")
    st.html(f'<p class="found"><b>{found}</b> {page.text("figures.found.note")}</p>')


def _offer_downloads(page: Page, selection: Selection, chosen: pd.DataFrame) -> None:
    """The whole selection as files, made when one is asked for."""
    export = Export(chosen, page.edition, selection, page.language)

    def content(kind: ExportKind) -> Callable[[], bytes]:
        return lambda: reads.exported_figures(page.edition.revision, selection, page.language, kind, page.edition)

    for kind in _EXPORTS:
        st.download_button(
            page.text(f"figures.download.{kind}"),
            data=content(kind),
            file_name=file_name(export, kind),
            icon=":material/download:",
            on_click="ignore",
            key=f"figures.download.{kind}",
        )


def _turn_pages(page: Page, start: int, count: int) -> None:
    if count <= PAGE_OF_ROWS:
        return
    number = start // PAGE_OF_ROWS + 1
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
        st.button(
            page.text("figures.previous"),
            icon=":material/chevron_left:",
            type="tertiary",
            disabled=start == 0,
            key="figures.previous",
            on_click=lambda: write_link("p", str(number - 1)),
        )
        last = min(start + PAGE_OF_ROWS, count)
        st.html(f'<p class="found">{page.text("figures.page", first=f"{start + 1:,}", last=f"{last:,}")}</p>')
        st.button(
            page.text("figures.next"),
            icon=":material/chevron_right:",
            type="tertiary",
            disabled=last == count,
            key="figures.next",
            on_click=lambda: write_link("p", str(number + 1)),
        )


def _start(count: int) -> int:
    asked = st.query_params.get("p", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    return (min(max(number, 1), (count - 1) // PAGE_OF_ROWS + 1) - 1) * PAGE_OF_ROWS


def _search(page: Page, selection: Selection) -> None:
    key = "figures.q"
    st.session_state[key] = selection.words
    st.text_input(
        page.text("figures.filter.words"),
        key=key,
        max_chars=100,
        placeholder=page.text("figures.filter.words.hint"),
        icon=":material/search:",
        on_change=lambda: _narrow(PARAMS["words"], st.session_state[key].strip()),
    )


def _several(page: Page, name: str, selection: Selection, names: Mapping[str, str]) -> None:
    param = PARAMS[name]
    key = f"figures.{param}"
    chosen = list(getattr(selection, name))
    st.session_state[key] = chosen
    st.multiselect(
        page.text(f"figures.filter.{name}"),
        [*names, *(code for code in chosen if code not in names)],
        key=key,
        format_func=lambda code: names.get(code, code),
        placeholder=page.text("figures.filter.any"),
        wrap=True,
        on_change=lambda: _narrow(param, ",".join(st.session_state[key])),
    )


def _years(page: Page, selection: Selection, table: pd.DataFrame, places: Sequence[DeltaGenerator]) -> None:
    """First and last year, either of them open."""
    spans = [years_of(period) for period in table["period"].unique()]
    years = range(max(end for _, end in spans), min(start for start, _ in spans) - 1, -1)
    ends = {"first": selection.first, "last": selection.last}

    def choose() -> None:
        chosen = [st.session_state[f"figures.{name}"] for name in ends]
        first, last = (int(year) if year else None for year in chosen)
        swapped = first is not None and last is not None and first > last
        _narrow("y", years_param(last, first) if swapped else years_param(first, last))

    for (name, year), place in zip(ends.items(), places, strict=True):
        offered = ["", *map(str, years)]
        asked = "" if year is None else str(year)
        st.session_state[f"figures.{name}"] = asked
        place.selectbox(
            page.text(f"figures.filter.{name}"),
            offered if asked in offered else [*offered, asked],
            key=f"figures.{name}",
            format_func=lambda code: code or page.text("figures.filter.any"),
            on_change=choose,
        )


def _narrow(param: str, value: str) -> None:
    """Write a filter into the link; the list starts anew and the figure looked at is put away."""
    for name in _TEXT_PARAMS:
        write_link(name, "")
    write_link(param, value)


def _clear() -> None:
    for param in (*PARAMS.values(), "y", *_TEXT_PARAMS):
        write_link(param, "")


def _names(page: Page, column: str, table: pd.DataFrame) -> dict[str, str]:
    """Names of the codes that figures of the revision have, in the order of the catalogue."""
    used = set(table[column]) - {""}
    if column == "region":
        return {
            code: region_name(code, page.catalogue, page.language) for code in page.catalogue.regions if code in used
        }
    entries = {
        "indicator": page.catalogue.indicators,
        "source": page.catalogue.sources,
        "basis": page.catalogue.bases,
    }[column]
    return {code: entry.name(page.language) for code, entry in entries.items() if code in used}


def _categories(page: Page) -> dict[str, str]:
    codes = dict.fromkeys(indicator.category for indicator in page.catalogue.indicators.values())
    return {code: page.text(f"category.{code}") for code in codes}


def _own_link(page: Page, part: str, query: Mapping[str, str]) -> tuple[dict[str, str], Sequence[QueryProblem]]:
    """The part of the link that belongs to what is shown, and what of it was left out."""
    if part != "data":
        return {param: query[param] for param in _PARTS_OWN[part] if query.get(param)}, ()
    selection, problems = selection_of(query, page.catalogue)
    return {**selection_query(selection), **{p: query[p] for p in _TEXT_PARAMS if query.get(p)}}, problems
