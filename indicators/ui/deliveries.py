"""The briefing as files: made when asked for, with its progress, then offered to be taken."""

import streamlit as st

from indicators.errors import IndicatorsError
from indicators.language.messages import error_text
from indicators.store.briefings import Briefing
from indicators.tasks.deliver import MIME
from indicators.tasks.issue import ISSUE_KINDS, IssueKind, issue_name, issued
from indicators.ui import reads
from indicators.ui.html_tables import show_title
from indicators.ui.shell import Page, plain

_MADE = "briefing.made"
_ICONS = {"pptx": "slideshow", "docx": "description", "zip": "photo_library", "xlsx": "table_view"}


def show_deliveries(page: Page, briefing: Briefing) -> None:
    """A button a kind of file; the file made last is there to be downloaded until the briefing changes."""
    with st.container(border=True, key="card-deliveries"):
        show_title(page.text("briefing.deliver"), page.text("briefing.deliver.line"))
        is_empty = not briefing.content.items
        with st.container(horizontal=True, gap="small", key="delivery-kinds"):
            asked = [
                kind
                for kind in ISSUE_KINDS
                if st.button(
                    page.text(f"briefing.deliver.{kind}"),
                    key=f"briefing.deliver.{kind}",
                    icon=f":material/{_ICONS[kind]}:",
                    disabled=is_empty,
                )
            ]
        if asked:
            _make(page, briefing, asked[0])
        _offer(page, briefing)


def _make(page: Page, briefing: Briefing, kind: IssueKind) -> None:
    words = page.text("briefing.making")
    bar = st.progress(0.0, words)

    def report(done: int, total: int) -> None:
        bar.progress(done / total, f"{words} {done} / {total}")

    st.session_state.pop(_MADE, None)
    try:
        content = issued(
            reads.store(),
            briefing,
            kind,
            views=lambda address: reads.opened(address, page.newest),
            report=report,
        )
        st.session_state[_MADE] = (briefing.id, briefing.version, kind, content)
    except IndicatorsError as error:
        st.error(plain(error_text(page.language, error)), icon=":material/error:")
    finally:
        bar.empty()


def _offer(page: Page, briefing: Briefing) -> None:
    made = st.session_state.get(_MADE)
    if made is None or made[:2] != (briefing.id, briefing.version):
        return
    kind, content = made[2:]
    name = issue_name(briefing, kind)
    st.download_button(
        page.text("briefing.take", name=name, size=f"{len(content) / 1e6:.1f}"),
        content,
        file_name=name,
        mime="application/zip" if kind == "zip" else MIME[kind],
        key=f"briefing.take.{kind}",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
