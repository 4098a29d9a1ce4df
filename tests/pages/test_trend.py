"""年度趋势: what its controls do to the link and to the lines, and what a link does to the page."""

import pytest

from indicators.store.connection import Store
from tests.loaded import REVISED_BY
from tests.pages.opened import Opened

SHAANXI = "610000"
# Names that pages have for codes of a link.
NAMED = {"rank": "全国位次", "nation": "全国", "gap": "与关注地区之差"}
PEERS = [SHAANXI, "510000", "420000", "340000", "330000"]


@pytest.fixture
def page(loaded: Store) -> Opened:
    """The page without any link."""
    return Opened("trend")


def test_opens_with_the_focus_and_its_peers_over_all_years(page: Opened) -> None:
    assert page.link == {
        "chart": "lines",
        "i": "contract_value",
        "r": ",".join(PEERS),
        "y": "2010-2024",
        "m": "value",
        "hl": SHAANXI,
        "sort": "value",
        "lang": "zh",
    }
    assert set(page.lines) == set(PEERS)
    assert list(page.lines[SHAANXI]) == list(range(2010, 2025))
    assert page.figure["layout"]["meta"]["revision"] == 2
    assert page.figure["layout"]["meta"]["query"] == "&".join(f"{key}={value}" for key, value in page.link.items())


def test_choosing_an_indicator_draws_it(page: Opened) -> None:
    page.choose("trend.i", ["rd_intensity"])
    assert page.link["i"] == "rd_intensity"
    assert page.lines[SHAANXI][2020] == pytest.approx(2.4, abs=0.1)


def test_several_indicators_have_a_panel_each(page: Opened) -> None:
    page.choose("trend.i", ["contract_value", "rd_expenditure"])
    assert page.link["i"] == "contract_value,rd_expenditure"
    assert len(page.figure["data"]) == 2 * len(PEERS)
    assert "yaxis2" in page.figure["layout"]


def test_the_last_indicator_cannot_be_taken_away(page: Opened) -> None:
    page.choose("trend.i", [])
    assert page.link["i"] == "contract_value"
    assert set(page.lines) == set(PEERS)


@pytest.mark.parametrize("measure", ["growth", "index", "share", "per_capita", "share_gdp", "rank"])
def test_choosing_a_measure_draws_it(page: Opened, measure: str) -> None:
    values = page.lines
    page.choose("trend.m", measure)
    assert page.link["m"] == measure
    assert page.lines[SHAANXI][2020] != values[SHAANXI][2020]


def test_an_index_offers_its_base_year(page: Opened) -> None:
    page.choose("trend.m", "index")
    assert page.link["base"] == "2010"
    assert page.lines[SHAANXI][2010] == 100
    page.choose("trend.base", "2015")
    assert page.link["base"] == "2015"
    assert page.lines[SHAANXI][2015] == 100


def test_choosing_regions_draws_their_lines(page: Opened) -> None:
    page.choose("trend.regions", [SHAANXI, "CHN"])
    assert page.link["r"] == f"{SHAANXI},CHN"
    assert set(page.lines) == {SHAANXI, "CHN"}


def test_moving_the_ends_of_the_span_draws_those_years(page: Opened) -> None:
    page.choose("trend.span", [2015, 2020])
    assert page.link["y"] == "2015-2020"
    assert list(page.lines[SHAANXI]) == list(range(2015, 2021))
    page.choose("trend.span", [2019, 2020])
    assert page.link["y"] in ("2019,2020", "2019-2020")
    assert list(page.lines[SHAANXI]) == [2019, 2020]
    page.choose("trend.span", [2020, 2020])
    assert page.link["y"] == "2020"
    assert list(page.lines[SHAANXI]) == [2020]


def test_choosing_a_basis_follows_it(page: Opened) -> None:
    page.choose("trend.basis", "seller")
    assert page.link["basis"] == "seller"
    assert "basis=seller" in page.figure["layout"]["meta"]["query"]


def test_choosing_the_table_shows_the_same_numbers(page: Opened) -> None:
    values = page.lines[SHAANXI]
    page.choose("trend.chart", "table")
    assert page.link["chart"] == "table"
    table = page.app.dataframe[0].value
    column = next(name for name in table if name.startswith("陕西"))
    assert dict(zip(table["年份"], table[column], strict=True)) == values


def test_choosing_a_region_in_focus_colours_its_line(page: Opened) -> None:
    page.choose("bar.focus", "510000")
    assert page.link["hl"] == "510000"
    colours = {trace["customdata"][0]: trace["line"]["color"] for trace in page.figure["data"]}
    assert [region for region, colour in colours.items() if colour == "#c0392b"] == ["510000"]
    assert "四川" in page.titles[0]


def test_pinning_the_revision_puts_it_into_the_link(page: Opened) -> None:
    page.choose("bar.pin", True)
    assert page.link["rev"] == "2"


def test_a_pinned_link_shows_the_figures_of_its_revision(loaded: Store) -> None:
    newest, pinned = Opened("trend"), Opened("trend", rev="1")
    assert newest.lines[SHAANXI][2024] == pytest.approx(pinned.lines[SHAANXI][2024] + REVISED_BY)
    assert newest.lines[SHAANXI][2023] == pinned.lines[SHAANXI][2023]


def test_a_full_link_opens_exactly_its_view(loaded: Store) -> None:
    link = {
        "chart": "lines",
        "i": "rd_expenditure",
        "r": "610000,CHN",
        "y": "2015-2020",
        "m": "index",
        "base": "2016",
        "hl": "620000",
        "sort": "value",
        "rev": "1",
        "lang": "en",
    }
    page = Opened("trend", **link)
    assert page.link == link
    assert page.warnings == []
    shown = {key: page.control(f"trend.{key}").value for key in ("i", "regions", "m", "base", "span", "chart")}
    assert shown == {
        "i": ["rd_expenditure"],
        "regions": ["610000", "CHN"],
        "m": "index",
        "base": "2016",
        "span": (2015, 2020),
        "chart": "lines",
    }


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("i", "no_such_indicator"),
        ("r", "999999"),
        ("y", "1890"),
        ("y", "abc"),
        ("y", "2020-20"),
        ("m", "no_such_measure"),
        ("m", "gap"),
        ("base", "1890"),
        ("hl", "999999"),
        ("sort", "no_such_order"),
        ("basis", "no_such_basis"),
        ("rev", "999"),
        ("lang", "fr"),
        ("chart", "ranking"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named_and_the_rest_opens(loaded: Store, key: str, found: str) -> None:
    asked = {"i": "gdp", "r": f"{SHAANXI},CHN", "y": "2015-2020", "m": "index" if key == "base" else "value"}
    page = Opened("trend", **(asked | {key: found}))
    (warning,) = page.warnings
    assert f"“{NAMED.get(found, found)}”" in warning
    assert {name: page.link[name] for name in asked if name != key} == {
        name: value for name, value in asked.items() if name != key
    }
    assert SHAANXI in page.lines


def test_what_another_page_cannot_show_is_named_after_a_choice_as_well(page: Opened) -> None:
    page.choose("trend.m", "rank")
    page.move_to("compare")
    assert "排名和方格地图的次序就是位次，“全国位次”已改为数值。" in page.warnings


def test_in_english_nothing_chinese_is_left_that_has_an_english_name(page: Opened) -> None:
    page.choose("bar.language", "en")
    assert page.link["lang"] == "en"
    locators = [text for trace in page.figure["data"] for text in trace["hovertext"]]
    written = {run for run in page.chinese() if not any(run in text for text in locators)}
    assert written == {"中文"}


def test_the_table_is_english_too(loaded: Store) -> None:
    page = Opened("trend", chart="table", lang="en", i="contract_value,rd_intensity")
    assert page.chinese() == {"中文"}


def test_the_range_of_provinces_and_a_log_scale_are_layers_of_the_link(page: Opened) -> None:
    assert page.control("trend.layers").options == ["各省分布带", "对数刻度"]
    page.choose("trend.layers", ["band", "log"])
    assert (page.link["ref"], page.link["scale"]) == ("band", "log")
    assert {"band.lowest", "band.lower", "band.median"} < set(page.lines)
    assert page.figure["layout"]["yaxis"]["type"] == "log"
    page.choose("trend.layers", [])
    assert {"ref", "scale"}.isdisjoint(page.link)


def test_the_national_line_is_added_where_it_compares(loaded: Store) -> None:
    page = Opened("trend", i="rd_intensity", r=SHAANXI)
    page.choose("trend.layers", ["nation"])
    assert page.link["r"] == f"{SHAANXI},CHN"
    assert set(page.lines) == {SHAANXI, "CHN"}
    page.choose("trend.layers", [])
    assert page.link["r"] == SHAANXI


def test_a_national_total_in_the_link_can_be_taken_away_but_is_not_offered(loaded: Store) -> None:
    assert "全国线" not in Opened("trend", i="contract_value", r=SHAANXI).control("trend.layers").options
    page = Opened("trend", i="contract_value", r=f"{SHAANXI},CHN")
    page.choose("trend.layers", [])
    assert page.link["r"] == SHAANXI


def test_a_range_of_provinces_needs_a_single_indicator(loaded: Store) -> None:
    page = Opened("trend", i="contract_value,rd_expenditure", r=SHAANXI, ref="band")
    assert page.warnings == ["各省分布带只适用于单项指标，且不适用于位次和差距，“band”已略去。"]
    assert "ref" not in page.link


def test_a_log_scale_is_refused_in_a_sentence_where_figures_are_below_zero(loaded: Store) -> None:
    page = Opened("trend", i="contract_value", r="provinces", m="growth", scale="log")
    assert [info.value for info in page.app.info] == ["所选数据中有零、负数或位次，不能用对数刻度，已按普通刻度绘制。"]
    assert page.figure["layout"]["yaxis"]["type"] == "linear"


def test_average_growth_runs_between_any_two_years(loaded: Store) -> None:
    page = Opened("trend", i="contract_value", r=SHAANXI, y="2010-2022", m="cagr", base="2015", rev="1")
    assert "2015—2022年" in page.titles[0]
    value = {**Opened("trend", i="contract_value", r=SHAANXI, y="2010-2022", rev="1").lines[SHAANXI]}
    assert page.lines[SHAANXI][2022] == pytest.approx(((value[2022] / value[2015]) ** (1 / 7) - 1) * 100)


def test_a_target_stands_beside_the_results(loaded: Store) -> None:
    page = Opened("trend", i="contract_value", r="500000", y="2015-2024")
    assert page.lines["target-500000"] == {2025: 1100.0}
    assert list(page.lines["500000"]) == list(range(2015, 2025))


def test_an_empty_trend_leads_to_the_nearest_that_is_not(loaded: Store) -> None:
    page = Opened("trend", i="patents_granted", r="610100", y="2020-2022")
    page.app.button(key="trend.nearest").click()
    page.run()
    assert page.link["r"] == "610000"
    assert "专利授权数" in page.titles[0]
