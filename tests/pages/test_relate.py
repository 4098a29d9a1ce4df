"""指标关联: what its controls do to the link and to the marks, and what a link does to the page."""

import pytest

from indicators.store.connection import Store
from tests.loaded import REVISED_BY
from tests.pages.opened import Opened

SHAANXI = "610000"


@pytest.fixture
def page(loaded: Store) -> Opened:
    """The page without any link."""
    return Opened("relate")


def marks(page: Opened) -> dict[str, tuple[float, float]]:
    """Both figures of each region drawn."""
    traces = [trace for trace in page.figure["data"] if trace["mode"] == "markers" and "customdata" in trace]
    return {
        region: (x, y)
        for trace in traces
        for region, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }


def paths(page: Opened) -> set[str]:
    """Regions with a path."""
    return {trace["customdata"][0] for trace in page.figure["data"] if trace["mode"] == "lines+markers"}


def test_opens_with_research_and_contracts_on_logarithmic_axes(page: Opened) -> None:
    assert page.link == {
        "chart": "scatter",
        "i": "rd_expenditure,contract_value",
        "r": "provinces",
        "y": "2024",
        "m": "value",
        "hl": SHAANXI,
        "sort": "value",
        "scale": "log",
        "lang": "zh",
    }
    assert len(marks(page)) == 31
    assert marks(page)[SHAANXI] == (926.2, pytest.approx(4825.91 + REVISED_BY))
    assert page.warnings == []


def test_choosing_either_axis_draws_it(page: Opened) -> None:
    page.choose("relate.axis_x", "rd_intensity")
    assert page.link["i"] == "rd_intensity,contract_value"
    assert marks(page)[SHAANXI][0] == 2.61
    page.choose("relate.axis_y", "gdp")
    assert page.link["i"] == "rd_intensity,gdp"
    assert marks(page)[SHAANXI][1] == 35437.1


def test_choosing_the_other_axis_indicator_swaps_them(page: Opened) -> None:
    before = marks(page)[SHAANXI]
    page.choose("relate.axis_x", "contract_value")
    assert page.link["i"] == "contract_value,rd_expenditure"
    assert marks(page)[SHAANXI] == before[::-1]


def test_years_are_those_of_both_indicators(page: Opened) -> None:
    page.choose("relate.axis_y", "invention_patents_valid")
    assert page.link["y"] == "2023"
    assert len(marks(page)) == 31
    assert "2024" not in page.control("relate.y").options


def test_a_third_indicator_sizes_the_marks(page: Opened) -> None:
    page.choose("relate.size", "population")
    assert page.link["i"] == "rd_expenditure,contract_value,population"
    sizes = {size for trace in page.figure["data"] if "customdata" in trace for size in trace["marker"]["size"]}
    assert len(sizes) > 20
    page.choose("relate.size", "")
    assert page.link["i"] == "rd_expenditure,contract_value"


def test_choosing_a_year_draws_it(page: Opened) -> None:
    page.choose("relate.y", "2020")
    assert page.link["y"] == "2020"
    assert marks(page)[SHAANXI] == (632.3, 1758.72)


def test_a_path_starts_in_the_year_chosen_and_keeps_it(page: Opened) -> None:
    assert paths(page) == set()
    page.choose("relate.path", "2015")
    assert page.link["y"] == "2015-2024"
    assert paths(page) == {SHAANXI}
    page.choose("relate.y", "2020")
    assert page.link["y"] == "2015-2020"
    page.choose("relate.path", "")
    assert page.link["y"] == "2020"
    assert paths(page) == set()


def test_few_regions_have_a_path_each(loaded: Store) -> None:
    page = Opened("relate", i="rd_expenditure,contract_value", r=f"{SHAANXI},510000", y="2018-2024")
    assert paths(page) == {SHAANXI, "510000"}
    page.choose("relate.regions", [SHAANXI])
    assert paths(page) == {SHAANXI}


@pytest.mark.parametrize("measure", ["per_capita", "share_gdp", "growth", "rank"])
def test_a_measure_is_of_both_axes(page: Opened, measure: str) -> None:
    values = marks(page)[SHAANXI]
    page.choose("relate.m", measure)
    assert page.link["m"] == measure
    assert all(now != before for now, before in zip(marks(page)[SHAANXI], values, strict=True))


def test_the_size_does_not_narrow_the_measures(page: Opened) -> None:
    page.choose("relate.size", "population")
    page.choose("relate.m", "per_capita")
    assert page.link["m"] == "per_capita"
    assert page.warnings == []


def test_choosing_a_group_draws_its_regions(page: Opened) -> None:
    page.choose("relate.r", "northeast")
    assert set(marks(page)) == {"210000", "220000", "230000"}


def test_ordinary_axes_stay_ordinary(page: Opened) -> None:
    page.choose("relate.scale", "")
    assert "scale" not in page.link
    assert page.figure["layout"]["xaxis"]["type"] == "linear"
    page.choose("relate.y", "2020")
    assert page.figure["layout"]["xaxis"]["type"] == "linear"
    page.choose("relate.scale", "log")
    assert page.figure["layout"]["xaxis"]["type"] == "log"


def test_choosing_the_mean_moves_the_dashed_lines(page: Opened) -> None:
    median = page.figure["layout"]["shapes"][0]["x0"]
    page.choose("relate.ref", "mean")
    assert page.link["ref"] == "mean"
    assert page.figure["layout"]["shapes"][0]["x0"] > median


def test_choosing_the_table_shows_the_same_numbers_and_keeps_the_path(page: Opened) -> None:
    page.choose("relate.path", "2015")
    drawn = marks(page)
    page.choose("relate.chart", "table")
    table = page.app.dataframe[0].value
    last = table[table["年份"] == 2024].set_index("地区")
    assert len(last) == 31
    assert tuple(last.loc["陕西", ["R&D经费（亿元）", "技术合同成交额（亿元）"]]) == drawn[SHAANXI]
    page.choose("relate.chart", "scatter")
    assert page.link["y"] == "2015-2024"


def test_a_table_of_one_year_has_a_row_a_region_and_a_column_an_indicator(loaded: Store) -> None:
    page = Opened("relate", chart="table", i="rd_intensity,contract_value,population", y="2024")
    table = page.app.dataframe[0].value
    assert table.columns.tolist() == [
        "地区",
        "R&D投入强度（%）",
        "技术合同成交额（亿元）",
        "年末常住人口（万人）",
        "来源",
    ]
    assert (len(table), table["地区"].iloc[0]) == (31, "北京")


def test_a_link_with_one_indicator_gets_a_second(loaded: Store) -> None:
    page = Opened("relate", i="contract_value")
    assert page.link["i"] == "contract_value,rd_expenditure"
    assert page.figure["layout"]["xaxis"]["type"] == "linear"


def test_what_a_link_cannot_have_is_named_and_the_rest_opens(loaded: Store) -> None:
    page = Opened("relate", i="rd_expenditure,contract_value,gdp,population", r="provinces,CHN", y="1999", m="gap")
    assert page.link["i"] == "rd_expenditure,contract_value,gdp"
    assert len(page.warnings) == 4
    assert len(marks(page)) == 31


def test_two_indicators_without_a_common_region_say_so(loaded: Store) -> None:
    page = Opened("relate", i="rd_gdp_international,contract_value", r="110000")
    notes = [note["text"] for note in page.figure["layout"]["annotations"]]
    assert "没有两项指标都有数据的地区" in notes


def test_the_english_page_is_english(loaded: Store) -> None:
    page = Opened("relate", i="rd_expenditure,contract_value,gdp", y="2015-2024", lang="en")
    locators = [text for trace in page.figure["data"] for text in trace.get("hovertext", ())]
    written = {run for run in page.chinese() if not any(run in text for text in locators)}
    assert written == {"中文"}
