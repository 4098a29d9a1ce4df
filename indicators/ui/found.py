"""A picture that finds its way back: dropped, or its stamp typed, it opens the view that it shows."""

from html import escape

import streamlit as st

from indicators.errors import IndicatorsError
from indicators.export.imprint import addresses_in
from indicators.language.links import left_out_text
from indicators.language.messages import error_text
from indicators.model.briefing import Content
from indicators.model.stamp import stamp_of
from indicators.store.stamps import address_of_stamp
from indicators.tasks.briefing import ItemChanges, changes_of, new_briefing, with_parameter
from indicators.ui import reads
from indicators.ui.html_tables import show_title
from indicators.ui.shell import Page, plain

_KINDS = ["png", "svg", "pdf", "pptx", "docx", "xlsx"]


def show_found(page: Page) -> None:
    """Where a picture, deck or document is dropped or a stamp typed, and the views that it leads to."""
    with st.container(border=True, key="card-found"):
        show_title(page.text("found.title"), page.text("found.line"))
        with st.container(key=f"dropzone-{page.language}"):
            file = st.file_uploader(page.text("found.file"), _KINDS, key="found.file", label_visibility="collapsed")
        typed = st.text_input(page.text("found.stamp"), key="found.stamp", placeholder="r3-7KQF-9M2X")
        try:
            if file is not None:
                _show_views(page, addresses_in(file.getvalue()))
            if typed.strip():
                _show_views(page, [address_of_stamp(reads.store(), stamp_of(typed))])
        except IndicatorsError as error:
            st.warning(plain(error_text(page.language, error)), icon=":material/info:")


def _show_views(page: Page, addresses: list[str]) -> None:
    for address in addresses:
        try:
            _show_view(page, address)
        except IndicatorsError as error:
            st.warning(plain(error_text(page.language, error)), icon=":material/info:")


def _show_view(page: Page, address: str) -> None:
    """The way to a view at its own revision, and what has changed since."""
    opened = reads.opened(address, page.newest)
    view, revision = opened.view, opened.asked.revision
    if not opened.is_whole:
        problems = [left_out_text(problem, page.language) for problem in opened.asked.problems]
        st.warning(plain(page.text("found.not_whole", problems=" ".join(problems))), icon=":material/info:")
        return
    content = Content().with_view(address)
    briefing = new_briefing(owner="", name="", revision=revision, now=view.edition.published, content=content)
    changed = changes_of(briefing, lambda own: reads.opened(own, page.newest), revision=page.newest)
    of = page.text("found.of", revision=revision)
    st.html(
        f'<p class="found"><a href="{escape(address.lstrip("/"))}" target="_self">{escape(view.caption.title)}</a>'
        f"<span>{escape(of)} · {escape(_news(page, revision, changed))}</span></p>"
    )
    if changed and not changed[0].is_gone:
        now = with_parameter(address, rev="")
        st.html(
            f'<a class="more" href="{escape(now.lstrip("/"))}" target="_self">'
            f"{escape(page.text('found.newest', revision=page.newest))}</a>"
        )


def _news(page: Page, revision: int, changed: list[ItemChanges]) -> str:
    if revision == page.newest:
        return page.text("found.is_newest")
    if not changed:
        return page.text("found.unchanged", revision=page.newest)
    if changed[0].is_gone:
        return page.text("found.gone", revision=page.newest)
    return page.text("found.changed", revision=page.newest, count=len(changed[0].figures), title=changed[0].title[1])
