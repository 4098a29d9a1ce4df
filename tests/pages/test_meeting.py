"""会议模式 of the overview: one chart at a time, turned by buttons that keys press too."""

import pytest

from indicators.store.connection import Store
from tests.pages.opened import Opened

FIRST = ["2024年陕西技术合同成交额居全国第6位"]  # by the revised figure of the second revision


@pytest.fixture
def page(loaded: Store) -> Opened:
    return Opened("overview", screen="1")


def press(page: Opened, name: str) -> None:
    page.app.button(key=f"meeting.{name}").click()
    page.run()


def test_one_chart_stands_in_larger_type(page: Opened) -> None:
    assert page.figure["layout"]["font"]["size"] > 18
    assert page.titles == FIRST


def test_turning_goes_round(page: Opened) -> None:
    press(page, "before")
    assert page.link["screen"] == "16"
    press(page, "next")
    assert page.link["screen"] == "1"


def test_ending_shows_the_overview_again(page: Opened) -> None:
    press(page, "end")
    assert "screen" not in page.link
    assert len(page.figures) == 2


@pytest.mark.parametrize("number", ["0", "999", "x"])
def test_a_number_without_a_slide_opens_the_first_and_says_so(loaded: Store, number: str) -> None:
    page = Opened("overview", screen=number)
    assert page.titles == FIRST
    assert page.link["screen"] == "1"
    said = [f"会议模式没有第“{number}”屏（共16屏），已显示第1屏。"]
    assert page.warnings == said
    page.run()  # as the browser asks for when it has told how high its window is
    assert page.warnings == said
    press(page, "next")
    assert page.warnings == []
