"""The card of one figure: everything that is known about it."""

from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd
import streamlit as st

from indicators.language.listing import exact_number, period_text
from indicators.language.names import region_name
from indicators.language.numbers import scale_of
from indicators.model.catalogue import Language
from indicators.model.notes import DataNote
from indicators.model.selection import of_key
from indicators.model.spec import ChartSpec, query_of
from indicators.settings import PROJECT
from indicators.tasks.look_up import FigureRecord, charts_of, record_of
from indicators.ui import reads
from indicators.ui.history import show_published
from indicators.ui.html_tables import original, show_rows
from indicators.ui.shell import PAGES, Page, plain, write_link


def show_chosen(page: Page) -> None:
    """The figure that the link names; nothing where it names none."""
    asked = st.query_params.get("o", "")
    if not asked:
        return
    figures = reads.figures(page.edition.revision)
    row = of_key(figures.table, asked)
    with st.container(border=True, key="card-record"):
        if row.empty:
            st.info(plain(page.text("figures.chosen.gone", revision=page.edition.revision)), icon=":material/info:")
            return
        record = record_of(reads.store(), figures, row)
        _show_head(page, record.observation)
        show_pairs(_pairs(page, record.observation), page.language)
        if record.notes:
            st.html(f'<h3 class="card-section">{escape(page.text("figures.record.notes"))}</h3>')
            show_data_notes(page, record.notes)
        _show_others(page, record)
        st.html(f'<h3 class="card-section">{escape(page.text("figures.record.history"))}</h3>')
        show_published(page, record.history)
        _show_links(page, record.observation)


def show_pairs(pairs: list[tuple[str, str]], language: Language) -> None:
    """Names and values, one under another; empty values are left out."""
    st.html(pairs_of(pairs, language))


def pairs_of(pairs: list[tuple[str, str]], language: Language) -> str:
    """Names and values as markup, what is in another language marked as original wording."""
    body = "".join(f"<dt>{escape(name)}</dt><dd>{original(value, language)}</dd>" for name, value in pairs if value)
    return f'<dl class="pairs">{body}</dl>'


def link_to_charts(page: Page, views: Mapping[str, ChartSpec]) -> None:
    """Links to views by page."""
    for name, spec in views.items():
        st.page_link(
            PROJECT / f"pages/{PAGES[name]}/{name}.py",
            label=page.text(f"figures.open.{name}"),
            icon=":material/bar_chart:" if name == "compare" else ":material/show_chart:",
            query_params=query_of(spec),
        )


def _show_links(page: Page, row: pd.Series) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        views = charts_of(row, page.spec, reads.coverage(page.edition.revision), page.catalogue)
        link_to_charts(page, views)
        if not views:
            st.caption(page.text("figures.no_chart"))
        st.button(
            page.text("figures.open.indicator"),
            icon=":material/info:",
            type="tertiary",
            key="figures.to_indicator",
            on_click=lambda: _go_to_indicator(str(row["indicator"])),
        )
        st.button(
            page.text("figures.chosen.close"),
            icon=":material/close:",
            type="tertiary",
            key="figures.close",
            on_click=lambda: write_link("o", ""),
        )


def _go_to_indicator(code: str) -> None:
    write_link("view", "indicators")
    write_link("i", code)


def _show_head(page: Page, row: pd.Series) -> None:
    """Place, indicator and period with the value as people say it."""
    catalogue, language = page.catalogue, page.language
    subject = catalogue.subjects.get(row["subject"])
    names = [
        region_name(row["region"], catalogue, language),
        *([subject.name(language)] if subject else []),
        catalogue.indicators[row["indicator"]].name(language),
        period_text(row["period"], language),
    ]
    scale = scale_of([row["value"]], row["unit"], catalogue=catalogue, language=language)
    said = str(row["printed"]) if pd.isna(row["value"]) else scale.full(row["value"], row["qualifier"])
    status = "" if row["status"] == "actual" else page.text(f"status.{row['status']}")
    badge = f' <span class="badge">{escape(status)}</span>' if status else ""
    st.html(f'<h2 class="card-title">{escape(" · ".join(names))}</h2><p class="record-value">{escape(said)}{badge}</p>')


def _pairs(page: Page, row: pd.Series) -> list[tuple[str, str]]:
    catalogue, language = page.catalogue, page.language
    source = catalogue.sources[row["source"]]
    basis = catalogue.bases.get(row["basis"])
    note = row["note"] if language == "zh" else row["note_en"] or row["note"]
    space = "" if language == "zh" else " "
    stored = f"{exact_number(row['value'])}{space}{catalogue.units[row['unit']].name(language)}"
    joint = "：" if language == "zh" else ": "
    return [
        (page.text("figures.column.printed"), row["printed"]),
        (page.text("figures.record.value"), "" if pd.isna(row["value"]) else stored),
        (page.text("figures.column.qualifier"), page.text(f"qualifier.word.{row['qualifier']}")),
        (page.text("figures.column.status"), page.text(f"status.{row['status']}")),
        (
            page.text("figures.column.basis"),
            f"{basis.name(language)}{joint}{basis.definition(language)}"
            if basis
            else page.text("figures.record.no_basis"),
        ),
        (page.text("figures.column.source"), source.citation(language)),
        (page.text("sources.edition"), source.edition(language)),
        (page.text("figures.column.locator"), row["locator"]),
        (page.text("figures.column.note"), note),
        (page.text("sources.licence"), source.licence(language)),
        (page.text("figures.column.classification"), page.text(f"classification.{source.classification}")),
        (page.text("figures.record.definition"), catalogue.indicators[row["indicator"]].definition(language)),
    ]


def show_data_notes(page: Page, notes: Iterable[DataNote]) -> None:
    """Data notes in full."""
    items = "".join(
        f"<li><b>{escape(page.text(f'note.{note.code}.title'))}</b> {escape(page.text(f'note.{note.code}.body'))}</li>"
        for note in notes
    )
    st.html(f'<ul class="data-notes">{items}</ul>')


def _show_others(page: Page, record: FigureRecord) -> None:
    if record.others.empty:
        return
    st.html(f'<h3 class="card-section">{escape(page.text("figures.record.other"))}</h3>')
    rows = []
    for row in record.others.to_dict("records"):
        scale = scale_of([row["value"]], row["unit"], catalogue=page.catalogue, language=page.language)
        source = page.catalogue.sources[row["source"]]
        rows.append([scale.full(row["value"], row["qualifier"]), source.citation(page.language), row["locator"]])
    columns = ("value", "source", "locator")
    show_rows([page.text(f"figures.column.{name}") for name in columns], rows, numbers=(0,))
