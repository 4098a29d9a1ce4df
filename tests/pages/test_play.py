"""Playing a comparison over the years: off by default, one scale, and nothing of it in the link."""

import pytest

from indicators.store.connection import Store
from tests.pages.opened import Opened

WEST = {"i": "contract_value", "y": "2021", "r": "west", "m": "value"}


@pytest.fixture
def page(loaded: Store) -> Opened:
    """A ranking of the western provinces in 2021."""
    return Opened("compare", **WEST)


def press(page: Opened, code: str, key: str = "compare") -> None:
    page.app.button(key=f"{key}.{code}").click()
    page.run()


def buttons(page: Opened) -> set[str]:
    return {button.key.split(".")[-1] for button in page.app.button if button.key and button.key.startswith("compare.")}


def year(page: Opened) -> str:
    """The year that stands large over the chart, empty when nothing is played."""
    return page.html.partition('<div class="play-year">')[2].partition("</div>")[0]


def length_of_axis(page: Opened) -> list[float]:
    return page.figure["layout"]["xaxis"]["range"]


def test_nothing_plays_until_somebody_starts_it(page: Opened) -> None:
    assert year(page) == ""
    page.run()
    assert (year(page), "2021年" in page.titles[0]) == ("", True)
    assert buttons(page) >= {"go", "back", "forward"}


def test_it_goes_from_the_first_year_to_the_last_and_ends_at_the_view_of_the_link(page: Opened) -> None:
    page.choose("compare.i", "hightech_listed")
    before = (dict(page.link), page.bars, page.titles)
    press(page, "go")
    years = []
    while year(page):
        years.append(year(page))
        assert f"{year(page)}年" in page.titles[0]
        page.run()
    assert years == ["2018", "2019", "2020", "2021", "2022", "2023", "2024"]
    assert (page.link, page.bars, page.titles) == before


def test_all_years_have_one_scale_so_that_lengths_compare(page: Opened) -> None:
    own = length_of_axis(page)
    press(page, "go")
    first = (length_of_axis(page), page.figure["layout"]["height"], page.figure["layout"]["margin"])
    page.run()
    page.run()
    assert (length_of_axis(page), page.figure["layout"]["height"], page.figure["layout"]["margin"]) == first
    assert length_of_axis(page)[1] > own[1]


def test_a_pause_holds_the_year_and_going_on_takes_the_next(page: Opened) -> None:
    press(page, "go")
    page.run()
    press(page, "go")
    held = year(page)
    page.run()
    assert year(page) == held
    press(page, "go")
    assert year(page) == held
    page.run()
    assert year(page) > held


def test_steps_by_hand_start_from_the_year_of_the_link(page: Opened) -> None:
    press(page, "back")
    assert year(page) == "2020"
    page.run()
    assert year(page) == "2020"
    press(page, "forward")
    press(page, "forward")
    assert year(page) == "2022"
    press(page, "end")
    assert (year(page), "2021年" in page.titles[0]) == ("", True)


def test_a_step_beyond_the_last_year_changes_nothing(loaded: Store) -> None:
    page = Opened("compare", **(WEST | {"y": "2024"}))
    press(page, "forward")
    assert year(page) == ""


def test_another_choice_ends_the_play(page: Opened) -> None:
    press(page, "go")
    page.choose("compare.i", "rd_intensity")
    assert year(page) == ""


def test_another_page_ends_the_play(page: Opened) -> None:
    press(page, "go")
    link = page.link
    page.move_to("trend")
    page.move_to("compare")
    assert year(page) == ""
    assert link["chart"] == "ranking"


def test_the_classes_of_a_map_are_those_of_all_years(loaded: Store) -> None:
    page = Opened("compare", **(WEST | {"chart": "map", "r": "provinces"}))
    press(page, "go")
    first = next(trace for trace in page.figure["data"] if trace["type"] == "heatmap")
    page.run()
    then = next(trace for trace in page.figure["data"] if trace["type"] == "heatmap")
    scale = ("zmin", "zmax", "colorscale")
    assert [first[name] for name in scale] == [then[name] for name in scale]
    assert first["z"] != then["z"]


def test_what_is_no_ranking_or_map_does_not_play(loaded: Store) -> None:
    assert "go" not in buttons(Opened("compare", **(WEST | {"chart": "table"})))


def test_the_map_of_the_overview_plays_beside_its_ranking(loaded: Store) -> None:
    page = Opened("overview")
    press(page, "back", key="overview.map")
    shown, resting = (figure["layout"]["meta"]["query"] for figure in page.figures[:2])
    assert ("y=2023" in shown, "y=2024" in resting) == (True, True)
