"""地区比较: what its controls do to the link and to the view, and what a link does to the page."""

import pytest

from indicators.store.connection import Store
from tests.loaded import REVISED_BY
from tests.pages.opened import Opened

SHAANXI = "610000"
# Names that pages have for codes of a link.
NAMED = {"rank": "全国位次", "nation": "全国", "gap": "与关注地区之差"}


@pytest.fixture
def page(loaded: Store) -> Opened:
    """The page without any link: contract value of the newest year."""
    return Opened("compare")


def test_opens_with_the_first_headline_of_the_newest_year_and_a_complete_link(page: Opened) -> None:
    assert page.link == {
        "chart": "ranking",
        "i": "contract_value",
        "r": "provinces",
        "y": "2024",
        "m": "value",
        "hl": SHAANXI,
        "sort": "value",
        "lang": "zh",
    }
    assert page.figure["layout"]["meta"]["query"] == "&".join(f"{key}={value}" for key, value in page.link.items())
    assert page.figure["layout"]["meta"]["revision"] == 2
    assert list(page.bars.values()) == sorted(page.bars.values(), reverse=True)
    assert len(page.bars) == 31


def test_choosing_an_indicator_draws_it(page: Opened) -> None:
    page.choose("compare.i", "rd_intensity")
    assert page.link["i"] == "rd_intensity"
    assert page.bars["110000"] == pytest.approx(6.58, abs=0.2)
    assert "R&D投入强度" in page.titles[0]


def test_choosing_an_international_indicator_brings_its_countries(page: Opened) -> None:
    page.choose("compare.i", "rd_gdp_international")
    assert page.link["r"] == "countries"
    assert "USA" in page.bars


def test_choosing_a_year_draws_that_year(page: Opened) -> None:
    newest = page.bars
    page.choose("compare.y", "2020")
    assert page.link["y"] == "2020"
    assert page.bars[SHAANXI] == 1758.72
    assert page.bars != newest
    assert "2020" in page.titles[0]


def test_choosing_an_earlier_year_marks_it_and_keeps_the_last(page: Opened) -> None:
    page.choose("compare.y0", "2020")
    assert page.link["y"] == "2020,2024"
    assert 1758.72 in page.figure["data"][1]["x"]
    page.choose("compare.y", "2023")
    assert page.link["y"] == "2020,2023"
    page.choose("compare.y0", "")
    assert page.link["y"] == "2023"
    assert len(page.figure["data"]) == 1


@pytest.mark.parametrize("measure", ["growth", "cagr", "share", "per_capita", "share_gdp", "gap"])
def test_choosing_a_measure_draws_it(page: Opened, measure: str) -> None:
    values = page.bars
    page.choose("compare.m", measure)
    assert page.link["m"] == measure
    assert page.bars[SHAANXI] != values[SHAANXI]


def test_a_measure_with_a_base_year_offers_it(page: Opened) -> None:
    page.choose("compare.m", "cagr")
    assert page.link["base"] == "2000"
    growth = page.bars[SHAANXI]
    page.choose("compare.base", "2020")
    assert page.link["base"] == "2020"
    assert page.bars[SHAANXI] != growth
    page.choose("compare.m", "value")
    assert "base" not in page.link


def test_choosing_a_group_draws_its_regions(page: Opened) -> None:
    page.choose("compare.r", "west")
    assert page.link["r"] == "west"
    assert len(page.bars) == 12


def test_regions_of_ones_own_choice(page: Opened) -> None:
    assert not page.has("compare.regions")
    page.choose("compare.r", "own")
    assert SHAANXI in page.link["r"].split(",")
    page.choose("compare.regions", [SHAANXI, "510000"])
    assert page.link["r"] == f"{SHAANXI},510000"
    assert set(page.bars) == {SHAANXI, "510000"}


def test_choosing_the_first_few_keeps_the_region_in_focus(page: Opened) -> None:
    page.choose("compare.top", "5")
    first = list(page.bars)
    assert page.link["top"] == "5"
    page.choose("bar.focus", "630000")
    assert page.link["hl"] == "630000"
    assert list(page.bars) == [*first[:5], "630000"]
    page.choose("compare.top", "")
    assert "top" not in page.link
    assert len(page.bars) == 31


@pytest.mark.parametrize("reference", ["mean", "median"])
def test_choosing_a_reference_draws_a_line(page: Opened, reference: str) -> None:
    page.choose("compare.ref", reference)
    assert page.link["ref"] == reference
    assert len(page.figure["layout"]["shapes"]) == 1
    page.choose("compare.ref", "")
    assert "ref" not in page.link
    assert "shapes" not in page.figure["layout"]


def test_the_nation_is_a_reference_for_rates_only(page: Opened) -> None:
    assert "全国" not in page.control("compare.ref").options
    page.choose("compare.i", "rd_intensity")
    page.choose("compare.ref", "nation")
    assert page.figure["layout"]["annotations"][0]["text"].startswith("全国")


def test_choosing_a_basis_follows_it(page: Opened) -> None:
    page.choose("compare.basis", "announced")
    assert page.link["basis"] == "announced"
    assert page.figure["layout"]["meta"]["query"].count("basis=announced") if page.figures else page.app.info


def test_choosing_a_chart_draws_it(page: Opened) -> None:
    page.choose("compare.chart", "map")
    assert page.link["chart"] == "map"
    assert page.figure["data"][0]["type"] == "heatmap"
    page.choose("compare.chart", "table")
    assert page.link["chart"] == "table"
    assert page.figures == []
    assert len(page.app.dataframe[0].value) == 31


@pytest.mark.parametrize(
    ("chart", "years", "kind"),
    [
        ("change", "2019,2024", "scatter"),
        ("slope", "2019,2024", "scatter"),
        ("heat", "2010-2024", "heatmap"),
        ("multiples", "2010-2024", "scatter"),
    ],
)
def test_charts_of_several_years_bring_their_years_and_give_them_back(
    page: Opened, chart: str, years: str, kind: str
) -> None:
    page.choose("compare.chart", chart)
    assert page.link["y"] == years
    assert page.figure["data"][0]["type"] == kind
    assert "" not in page.control("compare.y0").options
    page.choose("compare.chart", "ranking")
    assert page.link["y"] == "2024"


def test_an_earlier_year_starts_a_heat_table_there(page: Opened) -> None:
    page.choose("compare.chart", "heat")
    page.choose("compare.y0", "2018")
    assert page.link["y"] == "2018-2024"
    assert page.figure["data"][0]["x"] == list(range(2018, 2025))


def test_rows_of_change_follow_the_change_when_asked(page: Opened) -> None:
    page.choose("compare.chart", "change")
    by_value = page.figure["layout"]["yaxis"]["ticktext"]
    page.choose("compare.sort", "change")
    assert page.link["sort"] == "change"
    assert page.figure["layout"]["yaxis"]["ticktext"] != by_value


def test_a_logarithmic_scale_by_choice(page: Opened) -> None:
    page.choose("compare.chart", "multiples")
    page.choose("compare.scale", "log")
    assert page.link["scale"] == "log"
    assert page.figure["layout"]["yaxis"]["type"] == "log"


def test_places_are_offered_where_the_order_is_not_the_place_already(page: Opened) -> None:
    assert "全国位次" not in page.control("compare.m").options
    page.choose("compare.chart", "slope")
    page.choose("compare.m", "rank")
    assert page.link["m"] == "rank"
    assert len(page.figure["data"]) == 31
    page.choose("compare.chart", "ranking")
    assert page.link["m"] == "value"
    assert page.warnings == []


def test_choosing_peers_draws_them_and_letting_go_leads_back(page: Opened) -> None:
    page.choose("compare.peers", "neighbours")
    assert list(page.bars) == page.link["r"].split(",")
    assert list(page.bars).index(SHAANXI) == 2  # two ahead, two behind
    assert len(page.bars) == 5
    page.choose("compare.peers", "group")
    assert page.link["r"] == "northwest"
    page.choose("compare.peers", None)
    assert page.link["r"] == "provinces"


def test_the_four_regions_as_wholes_are_a_scope_and_single_ones_a_choice(page: Opened) -> None:
    page.choose("compare.r", "totals")
    assert set(page.bars) == {"total-east", "total-central", "total-west", "total-northeast"}
    page.choose("compare.r", "own")
    page.choose("compare.regions", ["total-east", "total-west"])
    assert set(page.bars) == {"total-east", "total-west"}


def test_years_on_two_definitions_are_refused_with_a_year_that_compares(loaded: Store) -> None:
    page = Opened("compare", chart="change", i="rd_intensity", y="2018,2023")
    assert page.figures == []
    assert "2019" in page.app.info[0].value


def test_choosing_a_region_in_focus_colours_it(page: Opened) -> None:
    page.choose("bar.focus", "110000")
    assert page.link["hl"] == "110000"
    assert page.figure["data"][0]["marker"]["color"][0] == "#c0392b"
    assert "北京" in page.titles[0]


def test_pinning_the_revision_puts_it_into_the_link(page: Opened) -> None:
    page.choose("bar.pin", True)
    assert page.link["rev"] == "2"
    page.choose("bar.pin", False)
    assert "rev" not in page.link


def test_a_pinned_link_shows_the_figures_of_its_revision(loaded: Store) -> None:
    newest, pinned = Opened("compare"), Opened("compare", rev="1")
    assert newest.bars[SHAANXI] == pytest.approx(pinned.bars[SHAANXI] + REVISED_BY)
    assert pinned.figure["layout"]["meta"]["revision"] == 1
    assert "r1（2025-01-02）" in pinned.html
    assert "r2（2025-02-03）" in newest.html


def test_a_full_link_opens_exactly_its_view(loaded: Store) -> None:
    link = {
        "chart": "ranking",
        "i": "rd_expenditure",
        "r": "east",
        "y": "2015,2020",
        "m": "growth",
        "hl": "320000",
        "ref": "median",
        "top": "7",
        "sort": "region",
        "rev": "1",
        "lang": "en",
    }
    page = Opened("compare", **link)
    assert page.link == link
    assert page.warnings == []
    shown = {key: page.control(f"compare.{key}").value for key in ("i", "y", "y0", "m", "r", "top", "ref", "chart")}
    assert shown == {
        "i": "rd_expenditure",
        "y": "2020",
        "y0": "2015",
        "m": "growth",
        "r": "east",
        "top": "7",
        "ref": "median",
        "chart": "ranking",
    }


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("i", "no_such_indicator"),
        ("r", "999999"),
        ("y", "1890"),
        ("y", "abc"),
        ("m", "no_such_measure"),
        ("m", "rank"),
        ("base", "1890"),
        ("hl", "999999"),
        ("ref", "no_such_line"),
        ("ref", "nation"),
        ("top", "0"),
        ("sort", "no_such_order"),
        ("basis", "no_such_basis"),
        ("rev", "999"),
        ("rev", "-1"),
        ("rev", "１"),
        ("lang", "fr"),
        ("chart", "pie"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named_and_the_rest_opens(loaded: Store, key: str, found: str) -> None:
    asked = {"i": "contract_value", "r": "west", "y": "2020", "m": "cagr" if key == "base" else "value"} | {key: found}
    page = Opened("compare", **asked)
    (warning,) = page.warnings
    assert f"“{NAMED.get(found, found)}”" in warning
    assert {name: page.link[name] for name in asked if name != key} == {
        name: value for name, value in asked.items() if name != key
    }
    assert SHAANXI in page.bars


def test_one_bad_code_of_several_is_left_out(loaded: Store) -> None:
    page = Opened("compare", r=f"{SHAANXI},999999,510000")
    assert page.link["r"] == f"{SHAANXI},510000"
    assert len(page.warnings) == 1


def test_a_warning_goes_with_the_next_choice(loaded: Store) -> None:
    page = Opened("compare", y="1890")
    page.choose("compare.i", "gdp")
    assert page.warnings == []


def test_in_english_nothing_chinese_is_left_that_has_an_english_name(page: Opened) -> None:
    page.choose("bar.language", "en")
    assert page.link["lang"] == "en"
    locators = page.figure["data"][0]["hovertext"]
    written = {run for run in page.chinese() if not any(run in text for text in locators)}
    assert written == {"中文"}


def test_the_table_is_english_too(loaded: Store) -> None:
    page = Opened("compare", chart="table", lang="en")
    assert page.chinese() == {"中文"}


def test_a_view_without_figures_says_what_to_do(loaded: Store) -> None:
    page = Opened("compare", i="contract_value", r="USA", y="2020")
    assert page.figures == []
    assert "没有可显示的数据" in page.app.info[0].value


def test_an_own_title_is_written_into_the_link_and_marked_until_it_would_tell_of_something_else(loaded: Store) -> None:
    page = Opened("compare")
    page.app.text_input(key="compare.title").set_value("陕西居前七")
    page.run()
    assert page.link["title"] == "陕西居前七"
    again = Opened("compare", **page.link)
    assert (again.titles[0], "标题由作者改写" in again.html) == ("陕西居前七", True)
    again.choose("compare.chart", "map")
    assert again.titles[0] == "陕西居前七"
    again.choose("compare.y", "2020")
    assert "title" not in again.link
    assert again.titles[0].startswith("2020年")


def test_an_empty_title_is_the_finding_again(loaded: Store) -> None:
    page = Opened("compare", title="陕西居前七")
    page.app.text_input(key="compare.title").set_value("")
    page.run()
    assert "title" not in page.link
    assert page.titles[0] == "2024年陕西技术合同成交额居全国第6位"


def test_what_was_left_out_is_said_until_something_is_chosen(loaded: Store) -> None:
    page = Opened("compare", y="1890")
    page.run()  # as a part of the page may ask for, without anybody's doing
    assert page.warnings == ["“1890”没有数据，已显示 2024。"]
    page.choose("compare.y", "2020")
    assert page.warnings == []


@pytest.mark.parametrize("chart", ["ranking", "map", "table", "heat", "change"])
def test_charts_without_a_logarithm_never_claim_one(loaded: Store, chart: str) -> None:
    page = Opened("compare", chart=chart, y="2019-2024" if chart == "heat" else "2019,2024", scale="log")
    assert page.link["scale"] == "log"  # for the way back to the slopes
    assert "对数刻度" not in page.html
