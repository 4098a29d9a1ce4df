"""A comparison played over the years: off until somebody starts it, back to the link's own view when it ends.

What the link says never changes. A visitor who asked the system for less motion steps by hand.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indicators.tasks.browse import View, query_text
from indicators.tasks.play import FEWEST_YEARS, PLAYED, Moment, year_beside, years_played
from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.shell import Page

SECONDS_A_YEAR = 1.5
_ICONS = {"idle": "play_arrow", "running": "pause", "paused": "play_arrow"}


def show_playable(
    page: Page, view: View, *, key: str, in_sentences: bool = True, ways: DeltaGenerator | None = None
) -> None:
    """A view in its card; a ranking or map with buttons that lead through the years that have figures.

    The buttons stand in `ways`, or in the corner of the card.
    """
    if view.spec.chart not in PLAYED or len(page.years_of(view.spec.indicators[0])) < FEWEST_YEARS:
        show_view(page, view, key=key, in_sentences=in_sentences)
        return
    moment = _moment(view, key)
    with ways or st.container():
        _buttons(page, view, moment, key)
    pace = SECONDS_A_YEAR if moment and moment.is_running else None
    with st.container(key=f"year-{key}"):  # there while nothing is played too, so that the chart keeps its place
        st.fragment(_show, run_every=pace, key=f"{key}.year")(page, view, key, in_sentences=in_sentences)


def _moment(view: View, key: str) -> Moment | None:
    """Where the play of this very view stands. Another view, or coming from another page, ends it."""
    moment: Moment | None = st.session_state.get(f"{key}.play")
    was_here = f"{key}.go" in st.session_state  # the button's state lives only as long as it is shown
    if moment is None or not was_here or moment.query != query_text(view.spec):
        st.session_state.pop(f"{key}.play", None)
        return None
    return moment


def _show(page: Page, view: View, key: str, *, in_sentences: bool) -> None:
    """The view itself, or one year of its play: the next one each time this runs by itself."""
    held: Moment | None = st.session_state.get(f"{key}.play")
    above = st.container()
    if held is None:
        show_view(page, view, key=key, in_sentences=in_sentences)
        return
    among = _among(page, view)
    moment = held.following(years_played(among))
    if moment is None:
        _end(key)
        st.rerun()
    _hold(key, moment)
    above.html(f'<div class="play-year">{moment.year}</div>')
    one = reads.view(page.edition, view.spec.but(years=(moment.year,), title=""))
    show_view(page, one, key=key, in_sentences=False, among=among)


def _among(page: Page, view: View) -> View:
    """The same comparison with all its years."""
    return reads.view(page.edition, view.spec.but(years=tuple(page.years_of(view.spec.indicators[0]))))


def _buttons(page: Page, view: View, moment: Moment | None, key: str) -> None:
    state = "idle" if moment is None else "running" if moment.is_running else "paused"
    with st.container(
        key=f"play-{state}-{key}", horizontal=True, width="content", gap="small", vertical_alignment="center"
    ):
        with st.container(key=f"play-go-{key}", width="content"):
            _button(page, state, _ICONS[state], f"{key}.go", lambda: _go(page, view, key))
        if state != "running":
            with st.container(key=f"play-steps-{key}", width="content", horizontal=True, gap="small"):
                _button(page, "back", "chevron_left", f"{key}.back", lambda: _step(page, view, key, -1))
                _button(page, "forward", "chevron_right", f"{key}.forward", lambda: _step(page, view, key, 1))
        if moment is not None:
            _button(page, "end", "close", f"{key}.end", lambda: _end(key))


def _button(page: Page, code: str, icon: str, key: str, act: Callable[[], None]) -> None:
    st.button(page.text(f"play.{code}"), key=key, icon=f":material/{icon}:", type="tertiary", on_click=act)


def _go(page: Page, view: View, key: str) -> None:
    """Start at the first year, hold, or go on."""
    held: Moment | None = st.session_state.get(f"{key}.play")
    if held is not None:
        _hold(key, Moment(held.query, held.year, not held.is_running, is_fresh=True))
        return
    years = years_played(_among(page, view))
    if years:
        _hold(key, Moment(query_text(view.spec), years[0], is_running=True))


def _step(page: Page, view: View, key: str, step: int) -> None:
    """One year back or on from where the play stands, or from the view's own year."""
    held: Moment | None = st.session_state.get(f"{key}.play")
    year = held.year if held else view.spec.last_year
    beside = year_beside(years_played(_among(page, view)), year, step)
    if beside is not None:
        _hold(key, Moment(query_text(view.spec), beside))


def _end(key: str) -> None:
    st.session_state.pop(f"{key}.play", None)


def _hold(key: str, moment: Moment) -> None:
    st.session_state[f"{key}.play"] = moment
