"""The profile as a figure: one row an indicator, every province a tick, and the words beside them."""

import re

import pandas as pd
import pytest

from indicators.charts.strip import FALL, RISE
from indicators.charts.stripline import WIDTH, stripline
from indicators.charts.theme import FOCUS as VERMILION
from indicators.charts.theme import SERIES_COLOURS
from indicators.tasks.offers import MOST_PEERS
from tests import real
from tests.figures import plain
from tests.real import FOCUS, spec

SOME = ("contract_value", "contract_count", "rd_expenditure", "rd_intensity", "patents_granted", "population")


def figure(regions: str = "provinces", indicators: tuple[str, ...] = SOME, years: object = range(2019, 2025), **fields):
    return real.figure(spec("strip", regions, years, indicators=indicators, **{"highlight": FOCUS, **fields}))


def words(drawn) -> list[str]:
    return [re.sub(r"<[^>]*>", "", note.text) for note in drawn.layout.annotations]


def trace_of(drawn, region: str):
    return next(t for t in drawn.data if t.customdata is not None and set(t.customdata) == {region})


def test_the_region_stands_at_its_percentile_in_every_row():
    focus = trace_of(figure(), FOCUS)
    assert focus.marker.color == VERMILION
    assert [round(x, 1) for x in focus.x] == [80.0, 83.3, 56.7, 70.0, 60.0, 50.0]
    assert list(focus.y) == sorted(focus.y)


def test_every_other_province_is_a_tick():
    ticks = figure().data[0]
    assert len(ticks.x) == 30 * len(SOME)
    assert FOCUS not in ticks.customdata
    assert (min(ticks.x), max(ticks.x)) == (0, 100)


def test_the_words_of_a_row_are_name_value_year_change_and_place():
    drawn = words(figure())
    start = drawn.index("技术合同成交额")
    assert drawn[start : start + 5] == ["技术合同成交额", "4,826亿元", "2024", "▲ +17.2%", "第7/31 ↓3"]


def test_rates_change_by_points_and_a_new_definition_is_said():
    drawn = words(figure())
    start = drawn.index("R&D投入强度")
    assert drawn[start : start + 5] == ["R&D投入强度", "2.61%", "2024", "▲ +0.12 个百分点", "第10/31 口径变化"]


def test_a_change_that_rounds_to_nothing_has_no_arrow_up():
    drawn = words(figure(indicators=("population",)))
    assert "≈ 0.0%" in drawn


def test_a_figure_that_is_not_final_says_so():
    assert "2024 初步数" in words(figure(indicators=("gdp",)))


def test_rising_and_falling_are_told_by_arrow_and_colour():
    levels = real.levels(
        "region | indicator | period | value | basis | unit\n610000 | contract_value | 2023 | 9 | seller | 亿元\n"
        "610000 | contract_value | 2024 | 8 | seller | 亿元"
    )
    falling = next(n for n in real.figure(spec("strip"), levels).layout.annotations if "▼" in n.text)
    rising = next(n for n in figure().layout.annotations if "▲" in n.text)
    assert (falling.text, falling.font.color, rising.font.color) == ("▼ −11.1%", FALL, RISE)


def test_categories_stand_over_their_rows_in_the_order_of_the_catalogue():
    drawn = figure().layout.annotations
    headings = [note.text for note in drawn if re.fullmatch(r"<b>[^\d]+</b>", note.text)]
    assert headings == ["<b>技术交易</b>", "<b>研发投入</b>", "<b>知识产权</b>", "<b>经济基础</b>"]


def test_peers_are_numbered_dots_with_a_key():
    drawn = figure("provinces,510000,150000")
    first, second = trace_of(drawn, "510000"), trace_of(drawn, "150000")
    assert (set(first.text), first.marker.color) == ({"1"}, SERIES_COLOURS[0])
    assert (set(second.text), second.marker.color) == ({"2"}, SERIES_COLOURS[1])
    assert "● 陕西　1 四川　2 内蒙古" in words(drawn)
    assert len(drawn.data[0].x) == 28 * len(SOME)


def test_more_peers_than_colours_stay_ticks():
    many = real.catalogue().members(("east",))
    drawn = figure("provinces," + ",".join(many))
    assert sum(trace.mode == "markers+text" for trace in drawn.data) == MOST_PEERS


def test_the_course_is_broken_where_the_definition_changes_and_tells_its_values():
    line = next(t for t in figure(indicators=("rd_intensity",)).data if t.mode == "lines")
    values = [value for value in line.customdata if value is not None]
    assert values[-1] == 2.61
    assert [x for x in line.x if x is not None] == list(range(2019, 2025))
    assert line.x[:1] == (None,)
    assert sum(x is None for x in line.x) == 2
    assert "2024 2.61%" in line.hovertext


def test_the_columns_of_words_do_not_touch():
    """Names end before values begin, and so on, by the widths of what is written."""
    shifts = sorted({-note.xshift for note in figure(language="en").layout.annotations if note.xref == "paper"})
    left = figure(language="en").layout.margin.l
    assert len(shifts) >= 5
    assert left >= max(shifts)


def test_hover_tells_the_figure_and_place_of_every_tick_and_the_source_of_the_region():
    drawn = figure(indicators=("contract_value",))
    beijing = next(hover for hover in drawn.data[0].hovertext if hover.startswith("北京"))
    assert beijing == "北京 2024 9,153亿元 · 第1/31"
    assert "国家统计局" in trace_of(drawn, FOCUS).hovertext[0]


def test_a_city_has_words_and_a_course_and_no_strip():
    drawn = figure("provinces,610100", ("contract_value",), range(2019, 2025), highlight="610100")
    assert "2,881亿元" in words(drawn)
    assert all(len(trace.x) == 0 for trace in drawn.data if trace.mode != "lines" and trace.xaxis != "x2")
    assert not [shape for shape in drawn.layout.shapes if shape.line.dash]


def test_a_region_without_figures_gives_an_empty_figure_with_its_frame():
    drawn = figure("provinces,810000", highlight="810000")
    assert drawn.layout.meta["query"].startswith("chart=strip&i=contract_value,")
    assert all(len(trace.x) == 0 for trace in drawn.data)


def test_the_figure_of_all_indicators_is_light():
    codes = tuple(code for code, i in real.catalogue().indicators.items() if "rank" in i.measures)
    drawn = figure("provinces,510000,420000,340000", codes, range(2010, 2025))
    assert len(drawn.to_json()) < 150_000
    assert drawn.layout.height < 1000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_plain_numbers_are_not_rounded(language):
    course = next(t for t in figure(indicators=("contract_value",), language=language).data if t.mode == "lines")
    assert plain(course.to_plotly_json())["customdata"][-1] == 4825.91


def test_one_row_as_a_small_picture_has_a_tick_for_each_and_numbers_for_peers():
    field = pd.DataFrame({"region": ["110000", "610000", "510000", "540000"], "percentile": [100, 80, 70, 0]})
    svg = stripline(field, highlight="610000", peers={"510000": "四川"})
    assert svg.count("M") == 2 + 2
    assert re.search(rf'<circle cx="234.0"[^>]*fill="{VERMILION}"', svg)
    assert re.search(r">1</text>", svg)
    assert f'viewBox="0 0 {WIDTH} 20"' in svg


def test_a_region_without_a_place_has_no_picture():
    field = pd.DataFrame({"region": ["110000"], "percentile": [100]})
    assert stripline(field, highlight="610100", peers={}) == ""
