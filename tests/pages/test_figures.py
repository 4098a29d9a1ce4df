"""The page of figures. Revision 2 of its store raises Shaanxi's contract value of 2024 by 100 亿元."""

import pytest

from tests import real
from tests.pages.opened import CHINESE, Opened

SHANGHAI = "conversion_rate,310000,,2010/2014,certified_projects,brief-2023-01,"
SHAANXI = "contract_value,610000,,2024,seller,s02,"


@pytest.fixture(autouse=True)
def _store(loaded):
    """Every page here has the store with two revisions."""


def figures(**query: str) -> Opened:
    return Opened("figures", **query)


def found(page: Opened) -> str:
    return page.html.split('<p class="found"><b>')[1].split("</b>")[0]


def listed(page: Opened, column: str) -> list[str]:
    (table,) = page.app.dataframe
    return table.value[column].to_list()


def type_in(page: Opened, words: str) -> None:
    page.app.text_input(key="figures.q").set_value(words)
    page.run()


def press(page: Opened, key: str) -> None:
    page.app.button(key=key).click()
    page.run()


def test_the_page_opens_with_every_figure_a_page_at_a_time():
    page = figures()
    assert page.link == {"view": "data", "hl": "610000", "lang": "zh"}
    assert found(page) == "共 12,507 个数"
    assert len(listed(page, "数值")) == 200
    press(page, "figures.next")
    assert page.link["p"] == "2"
    press(page, "figures.previous")
    assert page.link["p"] == "1"


def test_filters_stand_in_the_link_and_narrow_together():
    page = figures()
    page.choose("figures.i", ["contract_value"])
    page.choose("figures.r", ["610000"])
    page.choose("figures.src", ["s02"])
    page.choose("figures.first", "2023")
    assert {key: page.link[key] for key in ("i", "r", "src", "y")} == {
        "i": "contract_value",
        "r": "610000",
        "src": "s02",
        "y": "2023-",
    }
    assert found(page) == "筛出 2 个数，全部 12,507 个"
    assert listed(page, "数值") == ["4,925.91", "4,118.46"]
    page.choose("figures.last", "2023")
    assert (page.link["y"], listed(page, "数值")) == ("2023", ["4,118.46"])
    press(page, "figures.clear")
    assert found(page) == "共 12,507 个数"


def test_the_search_finds_printed_words_and_statuses_and_bases_are_filters_too():
    page = figures()
    type_in(page, "77.84 认定")
    assert page.link["q"] == "77.84 认定"
    page.choose("figures.st", ["derived"])
    assert listed(page, "数值") == ["78.45"]
    page.choose("figures.basis", ["certified_projects_recomputed"])
    page.choose("figures.cat", ["conversion"])
    assert (page.link["basis"], page.link["cat"]) == ("certified_projects_recomputed", "conversion")
    type_in(page, "没有这样的数")
    assert [info.value for info in page.app.info] == ["没有符合全部条件的数。请减少一个条件，或换一个词查找。"]


def test_a_bound_does_not_pass_for_a_value_in_the_list():
    page = figures(i="contract_value", src="brief-2023-01", r="330100", y="2022")
    assert (listed(page, "数值"), listed(page, "限定")) == (["＞1,000"], ["超过"])


def test_a_figure_of_the_link_is_shown_with_its_source_and_the_notes_that_concern_it():
    page = figures(o=SHANGHAI)
    assert page.titles == ["上海 · 科技成果转化率 · 2010—2014"]
    assert '<p class="record-value">77.84%</p>' in page.html
    assert "<dt>原文</dt><dd>成果转化率为 77.84%</dd>" in page.html
    assert "<dt>密级</dt><dd>内部研究资料 请勿外传</dd>" in page.html
    assert "上海转化率与项目数对不上" in page.html
    press(page, "figures.close")
    assert page.titles == []


def test_the_history_of_the_figure_runs_over_the_revisions():
    page = figures(o=SHAANXI)
    assert [row[:2] for row in page.tables[-1][1:]] == [["r2", "4,925.91亿元"], ["r1", "4,825.91亿元"]]


def test_a_pinned_revision_shows_its_own_value():
    page = figures(o=SHAANXI, rev="1")
    assert '<p class="record-value">4,825.91亿元</p>' in page.html
    assert page.link["rev"] == "1"


def test_another_source_of_the_same_figure_stands_beside_it():
    page = figures(o="contract_value,110000,,2021,seller,brief-2023-01,")
    assert page.tables[0][1][:2] == ["7,005.65亿元", "国家统计局，国家数据：分省技术市场成交额"]


def test_a_figure_that_is_not_there_is_said_to_be_gone():
    page = figures(o="contract_value,110000,,2099,seller,s02,")
    assert [info.value for info in page.app.info] == ["这个数在数据版本 r2 里没有，可能已被修订或撤下。"]


def test_what_the_link_cannot_name_is_told():
    page = figures(view="nothing", i="gdp,x", rev="9")
    assert len(page.warnings) == 3
    assert page.link == {"view": "data", "i": "gdp", "hl": "610000", "lang": "zh"}


def test_a_figure_leads_to_its_charts_and_to_its_indicator():
    page = figures(o=SHAANXI)
    links = [link.proto for link in page.app.get("page_link")]
    assert [link.label for link in links] == ["在地区比较中看", "在年度趋势中看"]
    assert "contract_value" in links[0].query_string
    press(page, "figures.to_indicator")
    assert (page.link["view"], page.link["i"]) == ("indicators", "contract_value")


def test_an_indicator_tells_its_definition_coverage_and_citation():
    page = figures(view="indicators", i="rd_intensity")
    assert page.titles[:2] == ["R&D经费投入强度", "哪些地区、哪些年份有数"]
    assert '<tr class="focus"><th scope="row">陕西</th>' in page.html
    assert page.html.count('class="firm"') > 400
    chinese, english = [code.value for code in page.app.code]
    assert "《全国科技经费投入统计公报》[DS]" in chinese
    assert "data version r2 (2025-02-03)" in english
    page.choose("figures.indicator", "poc_centres")
    assert page.link["i"] == "poc_centres"
    assert [row[:3] for row in page.tables[0][1:]] == [
        ["杭州", "2022-11-30", "15家"],
        ["合肥", "2023-03-14", "5家"],
        ["合肥", "2023", "≥5家"],
    ]
    press(page, "figures.to_data")
    assert (page.link["view"], page.link["i"]) == ("data", "poc_centres")


def test_sources_say_what_they_carry_and_which_are_internal():
    page = figures(view="sources")
    assert page.titles == ["39 个来源"]
    assert "国家统计局 · 428 个数 · 最新 2024" in page.html
    assert page.html.count('<span class="badge">内部研究资料 请勿外传</span>') == 1
    assert 'href="figures?view=data&src=s02&hl=610000&lang=zh"' in page.html


def test_notes_are_shown_by_kind_with_the_figures_that_they_concern():
    page = figures(view="notes")
    assert page.titles == ["前后矛盾", "存疑", "不可相比", "口径变化"]
    page.choose("figures.kind", "breaks")
    assert (page.link["kind"], page.titles) == ("breaks", ["口径变化"])
    assert ["年末常住人口", "七普修订前", "七普修订后", "2010年止，2011年起"] in page.tables[0]


def test_single_facts_have_a_part_of_their_own():
    page = figures()
    page.choose("figures.view", "facts")
    assert page.link["view"] == "facts"
    assert page.titles[0].endswith("个单项事实")


def test_the_selection_is_offered_as_three_files():
    page = figures(i="gdp")
    assert [button.label for button in page.app.get("download_button")] == ["CSV", "Excel 清单", "Excel 年鉴版式"]


@pytest.mark.parametrize("part", ["data", "indicators", "notes"])
def test_the_english_page_is_in_english(part):
    assert figures(view=part, lang="en", i="gdp").chinese() <= {"中文", *locators()}


def locators() -> set[str]:
    """Places in Chinese sources, which are cited as they are."""
    return {run for text in real.figures()["locator"].unique() for run in CHINESE.findall(text)}


def test_filters_of_single_facts_stand_in_the_link_and_reopen():
    page = figures(view="facts")
    page.choose("figures.facts.topic", "contracts")
    assert page.link["topic"] == "contracts"
    cards = page.html.count('<article class="fact')
    again = figures(view="facts", topic="contracts")
    assert again.control("figures.facts.topic").value == "contracts"
    assert again.html.count('<article class="fact') == cards


def test_an_unknown_topic_is_named_and_left_out():
    page = figures(view="facts", topic="birds")
    assert "“主题”里没有“birds”" in page.app.info[0].value
    assert "topic" not in page.link


def test_the_indicator_stands_first_unless_the_whole_selection_is_of_one():
    page = figures()
    assert page.app.dataframe[0].value.columns[0] == "指标"
    one = figures(i="contract_value")
    assert one.app.dataframe[0].value.columns[-1] == "指标"
    assert real.catalogue().indicators["contract_value"].name_zh in one.titles


def test_chinese_wording_on_an_english_page_is_marked_as_original():
    page = figures(view="sources", lang="en")
    assert '<span lang="zh">' in page.html
    assert "original wording" in page.html
    assert "original" not in figures(view="sources").html.split("<style>")[0]
