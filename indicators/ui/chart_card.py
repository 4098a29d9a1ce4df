"""The card that shows a view: title, chart or table, footer – always all three."""

from collections.abc import Callable, Hashable
from functools import partial
from html import escape
from time import sleep

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.charts.enlarged import enlarged
from indicators.charts.theme import text_width
from indicators.language.messages import joined
from indicators.language.names import region_name
from indicators.language.tables import decimals_of
from indicators.model.spec import LOG_OF_YEARS, query_of, years_text
from indicators.settings import PROJECT
from indicators.tasks.browse import View
from indicators.tasks.instead import nearest_choice, said_instead, said_when_empty
from indicators.ui import reads
from indicators.ui.leaving import offer_ways_out
from indicators.ui.shell import PAGES, Page, plain, write_link
from indicators.ui.viewport import is_narrow

_PLAIN = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
_ROW_HEIGHT = 35
_CELL_SIZE, _CELL_PADDING = 14, 18
# What a script has made is sent when Streamlit's loop gets a turn, else with all that follows: the chart goes ahead.
_TURN_SECONDS = 0.015
_NAMED_REGIONS = 6
# Heat tables of more columns need a wider screen for their numbers; on a narrower one they scroll inside their card.
_MOST_ROOMY_YEARS = 16


def show_view(
    page: Page,
    view: View,
    *,
    key: str,
    in_sentences: bool = True,
    among: View | None = None,
    beside: Callable[[], None] | None = None,
    factor: float = 1,
) -> None:
    """A view in its card, what it shows said in sentences too. An empty view says what could be chosen instead.

    One of several years played takes its scale from all of them, the view `among`. `beside` shows what
    stands under the figure, before the footer. `factor` enlarges type and marks.
    """
    st.html(
        f'<h2 class="card-title">{escape(view.caption.title)}</h2>'
        f'<p class="card-subtitle">{escape(view.caption.subtitle)}</p>'
    )
    can_be_log = view.spec.chart in (*LOG_OF_YEARS, "scatter")
    if page.spec.scale == "log" and can_be_log and view.spec.scale == "linear" and not view.is_empty:
        st.info(page.text("view.no_log"), icon=":material/info:")
    if view.is_empty:
        _say_empty(page, view, key)
    elif view.spec.chart == "map" and not view.has_tiles:
        st.info(page.text("view.no_tiles"), icon=":material/info:")
    elif instead := said_instead(view, reads.levels(view.edition.revision, view.spec.indicators[0])):
        st.info(plain(instead), icon=":material/info:")
    elif view.spec.chart == "table":
        _show_table(page, view, key)
    else:
        is_phone = view.spec.chart == "multiples" and is_narrow()
        figure = reads.narrow_figure(view) if is_phone else reads.figure(view, among)
        if factor != 1:
            figure = enlarged(figure, factor)
        dense = "-dense" if view.spec.chart == "heat" and len(view.spec.years) > _MOST_ROOMY_YEARS else ""
        with st.container(key=f"plot-{view.spec.chart}{dense}-{view.spec.language}-{key}"):
            st.plotly_chart(figure, theme=None, config=_PLAIN, key=f"{key}.figure", alt=view.caption.alt)
        sleep(_TURN_SECONDS)
        if beside is not None:
            beside()
    if in_sentences and view.sentences:
        st.html(f'<p class="card-sentences">{escape(view.sentences)}</p>')
    lines = "".join(f"<li>{escape(line)}</li>" for line in view.caption.footer)
    st.html(f'<ul class="card-footer">{lines}</ul>')
    if factor == 1:
        offer_ways_out(page, view, key=key)


def card_head() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The row over a chart: a place for the kinds of charts at its left, one for what is done with it at its right."""
    with st.container(
        key="card-head", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        kinds = st.container(width="content")
        ways = st.container(key="card-ways", horizontal=True, width="content", vertical_alignment="center")
    return kinds, ways


def _say_empty(page: Page, view: View, key: str) -> None:
    """Why there is nothing to show, and the way to the nearest view that shows something."""
    code = view.spec.indicators[0]
    levels = reads.levels(view.edition.revision, code)
    st.info(plain(said_when_empty(view, levels)), icon=":material/info:")
    nearest = nearest_choice(view, levels)
    if nearest is None:
        query = {"view": "indicators", "i": code, "lang": page.language}
        st.page_link(PROJECT / f"pages/{PAGES['figures']}/figures.py", label=page.text("view.list"), query_params=query)
        return
    chosen = query_of(nearest)

    def choose() -> None:
        for param in ("r", "y", "m", "base", "basis", "ref"):
            write_link(param, chosen.get(param, ""))

    names = [region_name(code, page.catalogue, page.language) for code in page.catalogue.members(nearest.regions)]
    regions = joined(names[:_NAMED_REGIONS], page.language) + (" …" if len(names) > _NAMED_REGIONS else "")
    words = page.text("view.nearest", regions=regions, years=years_text(nearest.years))
    st.button(words, key=f"{key}.nearest", icon=":material/arrow_forward:", on_click=choose)


def _printed(decimals: int, value: object) -> str:
    """A number of a table with a minus sign as long as a plus."""
    return f"{value:,.{decimals}f}".replace("-", "−")


def _show_table(page: Page, view: View, key: str) -> None:
    table = view.readable
    numbers = table.select_dtypes("number").columns
    year = page.text("table.year")
    formats: dict[Hashable, str | Callable[[object], str] | None] = {
        name: "{:.0f}" if name == year else partial(_printed, decimals_of(table[name])) for name in numbers
    }
    # Left to itself, the browser makes a column as wide as the first names in it.
    widths = {
        name: st.column_config.Column(
            width=round(max(text_width(str(cell), _CELL_SIZE) for cell in (name, *table[name]))) + _CELL_PADDING
        )
        for name in table.columns.difference(numbers)
    }
    st.dataframe(
        table.style.format(formats, na_rep="—"),
        hide_index=True,
        height=min(len(table) + 1, 32) * _ROW_HEIGHT + 3,
        column_config=widths,
        placeholder="—",
        key=f"{key}.table",
        alt=view.caption.alt,
    )
