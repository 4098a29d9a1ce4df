"""会议模式: one chart at a time in large type, turned by arrow keys, by touch or by mouse."""

from itertools import product

import streamlit as st

from indicators.model.spec import ChartSpec, QueryProblem
from indicators.tasks.browse import View
from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.shell import SCREEN, Page, say_left_out, write_link
from indicators.ui.viewport import is_low, is_narrow, is_of_laptop

_BARS = 12
_LEADERS = 3
# Heights in pixels that a chart has in a low window, a laptop's and on a wall, and how much larger its type may become.
_LOW, _ON_LAPTOP, _ON_WALL = (410, 1.3), (515, 1.35), (590, 1.8)


def is_meeting() -> bool:
    """Whether the link asks for the meeting mode."""
    return SCREEN in st.query_params


def offer_meeting(page: Page) -> None:
    """The way into the meeting mode."""
    st.button(
        page.text("meeting.start"),
        icon=":material/slideshow:",
        type="tertiary",
        key="meeting.start",
        help=page.text("meeting.help"),
        on_click=lambda: write_link(SCREEN, "1"),
    )


def show_meeting(page: Page) -> None:
    """The chart that the link's number stands for, with the ways to the next, the one before and out."""
    coverage = reads.coverage(page.edition.revision)
    codes = [indicator.code for indicator in page.catalogue.headlines if coverage.run(indicator.code)]
    slides = list(product(codes, (_standing, _course)))
    number = _number(page, len(slides))
    code, view_of = slides[number - 1]
    with st.container(key="meeting"):
        view = view_of(page, code)
        show_view(page, view, key=f"meeting.{number}", factor=_factor(view))
    with st.container(key="meeting-bar", horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        _turn(page, "before", number - 1 or len(slides), "Left", ":material/chevron_left:")
        st.html(f'<span class="meeting-count">{number} / {len(slides)}</span>', width="content")
        _turn(page, "next", number % len(slides) + 1, "Right", ":material/chevron_right:")
        st.button(
            page.text("meeting.end"),
            key="meeting.end",
            shortcut="Esc",
            icon=":material/close:",
            on_click=lambda: write_link(SCREEN, ""),
        )


def _factor(view: View) -> float:
    """How much larger than in a card a chart's type and marks are, for it to fill the window."""
    narrow, low, of_laptop = is_narrow(), is_low(), is_of_laptop()
    height, most = _LOW if low else _ON_LAPTOP if of_laptop else _ON_WALL
    own = reads.figure(view).layout.height
    return 1 if narrow or view.is_empty or not own else max(1, min(most, height / own))


def _turn(page: Page, name: str, to: int, shortcut: str, icon: str) -> None:
    st.button(
        page.text(f"meeting.{name}"),
        key=f"meeting.{name}",
        icon=icon,
        shortcut=shortcut,
        on_click=lambda: write_link(SCREEN, str(to)),
    )


def _number(page: Page, count: int) -> int:
    """The slide that the link names; the first where it names none that there is, which is said."""
    asked = st.query_params[SCREEN]
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 4
    if is_number and 1 <= int(asked) <= count:
        return int(asked)
    st.query_params[SCREEN] = "1"
    problem = QueryProblem(code="screen", found=asked, used=str(count))
    say_left_out(page, [problem], st.query_params.to_dict())
    return 1


def _standing(page: Page, code: str) -> View:
    """Who is ahead in the newest year of an indicator."""
    coverage = reads.coverage(page.edition.revision)
    spec = _plain(page, code).but(chart="ranking", regions=coverage.regions(code), years=coverage.run(code)[-1:])
    return reads.view(page.edition, spec.but(top=_BARS))


def _course(page: Page, code: str) -> View:
    """How the region in focus and those ahead of all got there."""
    leaders = _standing(page, code).series.shown.nlargest(_LEADERS, "value")["region"]
    followed = tuple(dict.fromkeys([str(page.spec.highlight), *leaders]))
    years = reads.coverage(page.edition.revision).run(code)
    return reads.view(page.edition, _plain(page, code).but(chart="lines", regions=followed, years=years))


def _plain(page: Page, code: str) -> ChartSpec:
    return page.spec.but(indicators=(code,), measure="value", reference=None, bases=(), title="")
