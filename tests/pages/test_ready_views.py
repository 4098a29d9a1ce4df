"""Ready comparisons on the page 地区比较: what the pills and the button do to the link and to the picture."""

import pytest

from indicators.store.connection import Store
from tests.pages.opened import CHINESE, Opened

FUNDS = "fund_size_announced,fund_group_size,fund_invested,fiscal_grants"


@pytest.fixture
def funds(loaded: Store) -> Opened:
    page = Opened("compare")
    page.choose("compare.ready", "funds")
    return page


def bars(page: Opened) -> list[list[float]]:
    return [trace["x"] for trace in page.figure["data"] if trace["type"] == "bar"]


def press(page: Opened, key: str) -> None:
    next(button for button in page.app.button if button.key == key).click()
    page.run()


def test_a_pill_opens_its_comparison_and_lists_what_stands_alone(funds: Opened) -> None:
    assert (funds.link["chart"], funds.link["i"], funds.link["r"]) == ("facts", FUNDS, "places")
    assert bars(funds) == [[300.0, 50.0]]
    alone = funds.tables[0]
    assert [row[1] for row in alone[1:]] == ["110亿元", "20.41亿元", "2.4亿元", "＞50亿元"]
    assert all(row[2].startswith("不能并列：") for row in alone[1:])
    assert funds.warnings == []


def test_letting_go_of_a_pill_leads_back_to_one_indicator(funds: Opened) -> None:
    funds.choose("compare.ready", None)
    assert (funds.link["chart"], funds.link["i"]) == ("ranking", "contract_value")
    assert len(funds.bars) == 31


def test_side_by_side_needs_a_click_prints_the_reason_and_can_be_taken_back(funds: Opened) -> None:
    press(funds, "compare.mix")
    assert funds.link["mix"] == "1"
    assert bars(funds) == [[300.0, 110.0, 50.0, 20.41], [50.0, 2.4]]
    assert any("不能直接比较" in note["text"] for note in funds.figure["layout"]["annotations"])
    press(funds, "compare.mix")
    assert "mix" not in funds.link
    assert bars(funds) == [[300.0, 50.0]]


def test_a_cold_link_in_english_has_no_chinese_in_the_picture_and_beside_it(loaded: Store) -> None:
    page = Opened("compare", chart="facts", i=FUNDS, lang="en")
    assert page.warnings == []
    assert page.titles[0].endswith("only 2 of 6 figures have another to compare with")
    drawn = [note["text"] for note in page.figure["layout"]["annotations"]] + page.figure["data"][0]["text"]
    alone = [cell for row in page.tables[0] for cell in row]
    assert CHINESE.findall(" ".join([*page.titles, *drawn, *alone])) == []


def test_a_ranking_leaves_out_what_does_not_compare_and_offers_the_picture_that_says_why(loaded: Store) -> None:
    page = Opened("compare", i="rd_expenditure", r="440000,510000,440300", y="2022")
    assert set(page.bars) == {"440000", "510000"}
    press(page, "compare.mix")
    assert page.link["chart"] == "facts"
    assert any("一地含另一地" in note["text"] for note in page.figure["layout"]["annotations"])
    press(page, "compare.mix")
    assert page.link["chart"] == "ranking"
