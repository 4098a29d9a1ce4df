"""地区画像: one region by all indicators, whom it is compared with, and its single facts."""

import re

import pytest

from indicators.store.connection import Store
from indicators.store.observations import read_observations
from tests.loaded import REVISED_BY
from tests.pages.opened import Opened

SHAANXI, SICHUAN = "610000", "510000"


@pytest.fixture
def page(loaded: Store) -> Opened:
    """Few indicators, so that it opens soon."""
    return Opened("profile", i="contract_value,rd_intensity,patents_granted")


def rows(page: Opened) -> dict[str, list[str]]:
    """Cells of each row, without the pictures, by the name of its indicator."""
    bodies = re.findall(r"<tr><td.*?</tr>", page.html)
    told = [[re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", body)] for body in bodies]
    return {name: cells[:3] for name, *cells in told}


def focus_points(page: Opened, region: str = SHAANXI) -> list[float]:
    return next(t["x"] for t in page.figure["data"] if set(t.get("customdata") or ()) == {region})


def test_opens_with_all_indicators_of_the_region_in_focus_and_narrows_to_a_topic(loaded: Store) -> None:
    page = Opened("profile")
    assert page.link["r"] == "provinces"
    assert page.link["y"] == "2019-2024"
    assert page.link["hl"] == SHAANXI
    assert len(page.link["i"].split(",")) == 24
    assert len(focus_points(page)) == 24
    assert "陕西省 · 地区画像" in page.html
    assert page.warnings == []
    assert page.figure["layout"]["meta"]["query"].replace(":", "%3A") == "&".join(
        f"{k}={v}" for k, v in page.link.items()
    )
    page.choose("profile.topics", ["patents"])
    assert page.link["i"] == (
        "patents_granted,invention_patents_granted,invention_patents_valid,industrial_invention_patents"
    )
    assert len(focus_points(page)) == 4


def test_the_rows_say_what_the_store_holds(page: Opened, loaded: Store) -> None:
    held = read_observations(loaded, revision=2, indicators=["contract_value"], regions=[SHAANXI])
    (value,) = held.loc[(held["period"] == "2024") & (held["basis"] == "seller"), "value"]
    assert value == pytest.approx(4825.91 + REVISED_BY)
    assert rows(page)["技术合同成交额"] == ["4,926亿元 2024", "▲ +19.6%", "第6/31 ↓2"]
    table = page.app.dataframe[0].value
    assert table["数值"].iloc[0] == "4,925.91亿元"
    assert len(table) == len(rows(page)) == 3


def test_a_row_leads_to_the_ranking_of_its_year(page: Opened) -> None:
    (first, *_) = re.findall(r'href="compare\?([^"]*)"', page.html)
    query = dict(part.split("=") for part in first.split("&"))
    ranking = Opened("compare", **query)
    assert (ranking.link["i"], ranking.link["y"], ranking.link["hl"]) == ("contract_value", "2024", SHAANXI)
    assert ranking.warnings == []
    assert list(ranking.bars).index(SHAANXI) == 5


def test_another_region_in_focus_is_another_profile(page: Opened) -> None:
    page.choose("bar.focus", "540000")
    assert "西藏自治区 · 地区画像" in page.html
    assert set(focus_points(page, "540000")) != set()
    assert "目前没有收录“西藏”的单项事实" in page.html


def test_choosing_years_moves_the_start_of_the_comparison(page: Opened) -> None:
    page.choose("profile.span", (2020, 2022))
    assert page.link["y"] == "2020-2022"
    assert rows(page)["技术合同成交额"][0].endswith("2022")
    assert "全国位次（比2020年）" in page.html


def test_chosen_provinces_are_numbered_dots_and_columns_of_the_table(page: Opened) -> None:
    page.choose("profile.peers", [SICHUAN])
    assert page.link["r"] == f"provinces,{SICHUAN}"
    dots = next(t for t in page.figure["data"] if t.get("mode") == "markers+text")
    assert set(dots["customdata"]) == {SICHUAN}
    assert "四川（数值 · 位次）" in page.app.dataframe[0].value.columns
    assert "<b>1</b> 四川" in page.html
    page.choose("profile.peers", [])
    assert page.link["r"] == "provinces"


def test_provinces_alike_are_chosen_by_one_click(page: Opened) -> None:
    page.choose("profile.alike", "gdp")
    chosen = page.link["r"].split(",")
    assert (chosen[0], len(chosen)) == ("provinces", 5)
    assert SHAANXI not in chosen
    assert page.control("profile.alike").value == "gdp"


def test_a_region_of_the_link_is_compared_only_with_others(loaded: Store) -> None:
    page = Opened("profile", r=f"provinces,{SHAANXI},{SICHUAN}", i="contract_value")
    assert [t["customdata"][0] for t in page.figure["data"] if t.get("mode") == "markers+text"] == [SICHUAN]


def test_provinces_stand_around_even_where_a_link_leaves_them_out(loaded: Store) -> None:
    page = Opened("profile", r=SICHUAN, i="contract_value")
    assert len(page.figure["data"][0]["x"]) == 29


def test_a_city_shows_its_figures_without_places(loaded: Store) -> None:
    page = Opened("profile", hl="610100", i="contract_value,gdp")
    assert rows(page)["技术合同成交额"] == ["2,881亿元 2022", "▲ +30.4%", "—"]
    assert not page.has("profile.peers")
    assert any("位次和百分位只在31个省份之间比较" in info.value for info in page.app.info)


def test_the_nation_shows_its_figures_without_places(loaded: Store) -> None:
    page = Opened("profile", hl="CHN", i="contract_value")
    assert rows(page)["技术合同成交额"][2] == "—"
    assert page.warnings == []


def test_a_place_without_annual_figures_says_so_and_shows_its_facts(loaded: Store) -> None:
    page = Opened("profile", hl="XIXIAN", i="contract_value")
    assert page.figures == []
    assert "西咸新区：所选年份和类别没有年度数据" in page.titles
    assert page.html.count('<article class="fact') == 9


def test_facts_of_a_province_and_its_cities_are_counted_and_filtered(page: Opened, loaded: Store) -> None:
    held = read_observations(loaded, revision=2, sources=["brief-2023-01"])
    own = held[held["region"].isin([SHAANXI, "610100", "611000", "XIXIAN"])]
    key = f"profile.facts.{SHAANXI}"
    page.choose(f"{key}.topic", "funds")
    shown = re.findall(r'<p class="fact-amount">(.*?)<', page.html)
    assert "20.41亿元" in shown
    funds = [
        c
        for c in own["indicator"]
        if c
        in {
            "fund_group_size",
            "fund_projects",
            "fund_invested",
            "first_funding_amount",
            "days_to_first_funding",
            "tech_finance_products",
        }
    ]
    assert len(shown) == len(funds) == 6
    page.choose(f"{key}.place", "XIXIAN")
    assert "110亿元" in re.findall(r'<p class="fact-amount">(.*?)<', page.html)


def test_all_facts_are_shown_when_asked_for(page: Opened) -> None:
    assert page.html.count('<article class="fact') == 9
    more = next(button for button in page.app.button if button.key.endswith(".more"))
    more.click()
    page.run()
    assert page.html.count('<article class="fact') == 53
    assert page.html.count("内部研究资料") >= 44


def test_in_english_only_what_is_printed_in_chinese_stays_so(page: Opened) -> None:
    page.choose("bar.language", "en")
    assert "Shaanxi · profile" in page.html
    cells = " ".join(cell for row in rows(page).items() for cell in (row[0], *row[1]))
    assert not re.search("[\u4e00-\u9fff]", cells)
    notes = [note["text"] for note in page.figure["layout"]["annotations"]]
    assert not re.search("[\u4e00-\u9fff]", " ".join(notes))


@pytest.mark.parametrize(("key", "found"), [("i", "nothing"), ("r", "999999"), ("y", "1890"), ("hl", "999999")])
def test_what_a_link_asks_for_in_vain_is_named_and_the_rest_opens(loaded: Store, key: str, found: str) -> None:
    page = Opened("profile", **({"i": "contract_value"} | {key: found}))
    (warning,) = page.warnings
    assert f"“{found}”" in warning
    assert len(page.figures) == 1


def test_a_place_that_is_no_province_says_so_and_what_can_be_seen_of_it(loaded: Store) -> None:
    israel = Opened("profile", hl="ISR")
    assert israel.app.info[0].value.startswith("“以色列”是国家")
    assert [link.label for link in israel.app.get("page_link")] == ["R&D经费占GDP比重（国际）：年度趋势"]
    assert not israel.figures
    city = Opened("profile", hl="610100")
    assert "西安有4项指标，没有全国位次" in city.titles
    assert "4项指标，各取最新一年 · 2019—2024年" in city.html
    assert "每条为全部有数据的省份" not in city.html
    assert "每条为全部有数据的省份" in Opened("profile", i="contract_value").html


def test_a_place_asked_for_beside_a_province_is_named_and_its_own_profile_offered(loaded: Store) -> None:
    page = Opened("profile", i="contract_value", r="330100", lang="en")
    assert page.warnings == [
        "A profile is compared with the 31 provinces that these statistics cover "
        "(without Hong Kong, Macao and Taiwan); Hangzhou is not among them and was left out."
        " [Hangzhou · profile](profile?hl=330100&lang=en)"
    ]
    assert page.link["r"] == "provinces"
    own = Opened("profile", i="contract_value", hl="330100", r="provinces,330100")
    assert own.warnings == []
