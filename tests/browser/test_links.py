"""The address bar is the view: opened cold, changed by controls, reloaded, gone back to."""

import pytest

from tests.browser.seen import Seen

SHAANXI = "610000"
COMPARE = {
    "chart": "ranking",
    "i": "rd_expenditure",
    "r": "west",
    "y": "2015,2020",
    "m": "value",
    "hl": SHAANXI,
    "ref": "median",
    "top": "5",
    "sort": "value",
    "lang": "zh",
}
TREND = {
    "chart": "lines",
    "i": "rd_intensity",
    "r": f"{SHAANXI},CHN",
    "y": "2012-2022",
    "m": "value",
    "hl": SHAANXI,
    "sort": "value",
    "lang": "en",
}


def _query(parts: dict[str, str]) -> str:
    return "&".join(f"{key}={value}" for key, value in parts.items())


@pytest.mark.parametrize("path", ["/", "/compare", "/trend"])
def test_a_page_opens_cold_without_an_error(desktop: Seen, path: str) -> None:
    desktop.open(path)
    assert desktop.errors_shown().count() == 0
    assert desktop.page.get_by_text("Page not found").count() == 0
    assert all(desktop.titles)
    assert desktop.figures[0]["meta"]["revision"] == 2


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有名为“nowhere”的页面"), ("en", 'There is no page "nowhere"')])
def test_an_unknown_address_shows_our_sentence_alone(desktop: Seen, lang: str, said: str) -> None:
    desktop.open(f"/nowhere?lang={lang}")
    assert said in desktop.page.locator("[data-testid=stAlert]").inner_text()
    assert desktop.page.locator("[data-testid=stDialog]").count() == 0
    assert desktop.page.get_by_text("Page not found").count() == 0


def test_nothing_is_fetched_from_elsewhere(desktop: Seen) -> None:
    asked: list[str] = []
    desktop.page.on("request", lambda request: asked.append(request.url))
    desktop.open("/compare")
    own = (desktop.address, desktop.address.replace("http", "ws", 1), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


def test_a_comparison_opened_cold_is_exactly_its_link(desktop: Seen) -> None:
    desktop.open(f"/compare?{_query(COMPARE)}")
    assert desktop.link == COMPARE
    desktop.page.get_by_role("button", name="更多选项").click()
    labels = ("指标", "年份", "对比年份", "算法", "地区范围", "显示", "参照线", "关注地区")
    assert [desktop.shows(label) for label in labels] == [
        "研发投入 · R&D经费",
        "2020",
        "2015",
        "数值",
        "西部地区",
        "前 5 位",
        "中位数",
        "陕西",
    ]
    assert (desktop.switched("图形"), desktop.switched("语言")) == ("排名", "中文")
    (figure,) = desktop.figures
    assert len(figure["data"][0]["x"]) == 5
    assert figure["data"][0]["customdata"][:2] == ["510000", SHAANXI]
    assert "R&D经费" in desktop.titles[0]
    assert figure["meta"]["title"] == desktop.titles[0]


def test_a_trend_opened_cold_is_exactly_its_link(desktop: Seen) -> None:
    desktop.open(f"/trend?{_query(TREND)}")
    assert desktop.link == TREND
    assert desktop.shows("Measure") == "Value"
    assert (desktop.switched("Chart"), desktop.switched("Language")) == ("Lines", "EN")
    ends = desktop.page.get_by_role("slider")
    assert [ends.nth(n).get_attribute("aria-valuetext") for n in (0, 1)] == ["2012", "2022"]
    (figure,) = desktop.figures
    assert [trace["customdata"][0] for trace in figure["data"]] == ["CHN", SHAANXI]
    assert [year for year in figure["data"][0]["x"] if year] == list(range(2012, 2023))
    assert "Shaanxi" in desktop.titles[0]


def test_a_choice_is_in_the_link_survives_a_reload_and_can_be_gone_back_from(desktop: Seen) -> None:
    desktop.open("/compare")
    first = desktop.view()
    desktop.choose("年份", "2020")
    chosen = desktop.view()
    assert chosen[0] == first[0] | {"y": "2020"}
    assert chosen[2] != first[2]
    desktop.reload()
    assert desktop.view() == chosen
    assert desktop.shows("年份") == "2020"
    desktop.switch("方格地图")
    assert desktop.link == chosen[0] | {"chart": "map"}
    desktop.back()
    assert desktop.view() == chosen
    desktop.back()
    assert desktop.view() == first
    assert desktop.shows("年份") == "2024"


def test_the_ends_of_a_span_move_by_keyboard(desktop: Seen) -> None:
    desktop.open("/trend")
    desktop.page.get_by_role("slider").nth(0).press("ArrowRight")
    desktop.wait_for_change()
    first, _, last = desktop.link["y"].partition("-")
    assert (int(first), last) == (desktop.figures[0]["data"][0]["x"][0], "2024")
    drawn = desktop.view()
    desktop.reload()
    assert desktop.view() == drawn


def test_the_language_switch_keeps_the_view(desktop: Seen) -> None:
    desktop.open(f"/compare?{_query(COMPARE)}")
    chinese = desktop.view()
    desktop.switch("EN")
    english = desktop.view()
    assert english[0] == COMPARE | {"lang": "en"}
    assert [trace["x"] for trace in english[2][0]["data"]] == [trace["x"] for trace in chinese[2][0]["data"]]
    assert desktop.shows("Year") == "2020"
    assert english[1][0].isascii()
    assert desktop.page.get_by_role("link", name="Trends").or_(desktop.page.get_by_role("link", name="Trend")).count()
    desktop.switch("中文")
    assert desktop.view() == chinese


def test_pinning_puts_the_revision_into_the_link(desktop: Seen) -> None:
    desktop.open("/compare")
    desktop.page.get_by_role("button", name="数据版本 r2").click()
    desktop.page.get_by_text("链接固定到此版本").click()
    desktop.wait_for_change()
    assert desktop.link["rev"] == "2"
    desktop.reload()
    assert desktop.figures[0]["meta"]["revision"] == 2


def test_a_key_figure_leads_to_its_trend(desktop: Seen) -> None:
    desktop.open("/")
    desktop.page.locator(".key-figure").first.click()
    desktop.page.wait_for_url("**/trend?**")
    desktop.settle()
    assert desktop.link["i"] == "contract_value"
    assert len(desktop.figures[0]["data"]) == 1


def test_a_bad_link_says_so_and_opens_the_rest(desktop: Seen) -> None:
    desktop.open("/compare?i=no_such_indicator&y=1890&r=west&rev=999")
    warning = desktop.page.locator("[data-testid=stAlertContentWarning]").inner_text()
    assert [found in warning for found in ("“no_such_indicator”", "“1890”", "“999”")] == [True, True, True]
    assert desktop.link["r"] == "west"
    assert len(desktop.figures[0]["data"][0]["x"]) == 12


def test_an_address_without_a_page_opens_the_overview_and_says_so(desktop: Seen) -> None:
    desktop.open("/nosuchpage")
    said = desktop.page.get_by_text("没有名为“nosuchpage”的页面，已打开总览；请从上方选择页面，或核对链接。")
    assert said.count() == 1
    desktop.open("/compare")
    assert desktop.page.get_by_text("没有名为").count() == 0
    assert all("does not seem to exist" in error for error in desktop.errors)  # Streamlit says it in English besides
    desktop.errors.clear()
