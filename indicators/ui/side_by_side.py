"""What may stand side by side: ready comparisons of single figures, and the reader's own choice to mix them."""

from html import escape

import streamlit as st

from indicators.language.fact_panels import listed_lines, panel_notes
from indicators.language.listing import headings, listing
from indicators.model.spec import query_of
from indicators.tasks.browse import View
from indicators.tasks.ready_views import READY_VIEWS, ready_view_of
from indicators.ui.chart_card import show_view
from indicators.ui.html_tables import show_rows
from indicators.ui.shell import Page, write_link

_ICONS = {"together": ":material/compare_arrows:", "apart": ":material/rule:"}
_OWN = ("chart", "i", "r", "y", "m", "base", "basis", "mix", "title", "top", "ref")
_COLUMNS = (
    "region",
    "indicator",
    "subject",
    "period",
    "basis",
    "value",
    "unit",
    "status",
    "printed",
    "locator",
    "note",
)


def pick_ready_view(page: Page) -> None:
    """Ready comparisons by name, with what the chosen one is about; letting go of it leads back to one indicator."""
    key = f"{page.name}.ready"
    ready = {view.code: view for view in READY_VIEWS}
    chosen = ready_view_of(page.spec)
    st.session_state[key] = chosen and chosen.code

    def choose() -> None:
        picked = st.session_state[key]
        query = query_of(ready[picked].spec(page.spec)) if picked else {}
        for param in _OWN:
            write_link(param, query.get(param, ""))

    with st.container(key="ready"):
        st.pills(
            page.text("ready.title"),
            list(ready),
            key=key,
            format_func=lambda code: page.text(f"ready.{code}"),
            on_change=choose,
        )
        hint = page.text(f"ready.{chosen.code}.hint" if chosen else "ready.hint")
        st.html(f'<p class="card-text muted">{escape(hint)}</p>')


def pick_side_by_side(page: Page, view: View) -> None:
    """Where not all compares: a button to set it side by side nevertheless, or to go back.

    Side by side means single figures, since their picture prints why they do not compare.
    """
    spec = page.spec
    if view.verdict.decision != "incomparable" or spec.measure != "value":
        return
    if not spec.side_by_side:
        code, changed = "together", {"chart": "facts", "mix": "1"}
    elif ready_view_of(spec) is None and len(spec.indicators) == 1:
        code, changed = "apart", {"chart": "", "mix": ""}
    else:
        code, changed = "apart", {"mix": ""}

    def choose() -> None:
        for param, value in changed.items():
            write_link(param, value)

    st.button(page.text(f"mix.{code}"), key=f"{page.name}.mix", on_click=choose, icon=_ICONS[code])


def show_facts(page: Page, view: View, *, key: str) -> None:
    """Single figures in their card: panels of what compares, then the rest, and all of them as a table."""
    show_view(page, view, key=key, beside=lambda: _show_apart(page, view))
    _show_figures(page, view)


def _show_apart(page: Page, view: View) -> None:
    """Under the panels of single figures: their notes, and every figure that stands for itself, with the reason."""
    arranged = view.facts
    if arranged is None:
        return
    notes = panel_notes(arranged, view.series, page.catalogue)
    if notes:
        st.html("".join(f'<p class="card-text muted">{escape(note)}</p>' for note in notes))
    columns = [page.text(f"panels.column.{name}") for name in ("what", "value", "why")]
    if arranged.listed:
        with st.container(key="apart"):
            show_rows(columns, listed_lines(arranged, view.series, page.catalogue), is_list=True)


def _show_figures(page: Page, view: View) -> None:
    """All figures of a view as a table, with the words printed in the source."""
    words = listing(view.series.table, page.catalogue, page.language)
    words["value"] = [f"{value:,.12g}" if value == value else "" for value in words["value"]]
    with st.expander(page.text("panels.table")):
        show_rows(
            headings(_COLUMNS, page.language),
            words[list(_COLUMNS)].to_numpy().tolist(),
            numbers=(_COLUMNS.index("value"),),
        )
