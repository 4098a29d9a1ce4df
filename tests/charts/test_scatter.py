"""The scatter of two indicators: marks, their colours, sizes and names, lines to compare with, paths."""

import itertools
from math import cos, hypot, log10, pi, sin

import pytest

from indicators.charts.picture import SIZES, picture
from indicators.charts.placing import Box, Label, Plot
from indicators.charts.theme import FOCUS, SERIES_COLOURS
from indicators.tasks.draw import drawing_of
from indicators.tasks.marks import frame_of
from tests import real
from tests.real import spec

PAIR = ("rd_expenditure", "contract_value")
PEERS = "610000,510000,420000"


def drawn(regions: str = "provinces", years: object = (2024,), own=None, **fields: object):
    return real.figure(spec("scatter", regions, years, **({"indicators": PAIR} | fields)), own)


def marks(figure) -> dict[str, tuple[float, float, object]]:
    """x, y and colour of each region's mark."""
    return {
        region: (x, y, colour)
        for trace in figure.data
        if trace.mode == "markers" and trace.customdata
        for region, x, y, colour in zip(trace.customdata, trace.x, trace.y, trace.marker.color, strict=True)
    }


def sizes(figure) -> dict[str, tuple[float, str]]:
    """Size and shape of each region's mark."""
    return {
        region: (size, symbol)
        for trace in figure.data
        if trace.mode == "markers" and trace.customdata
        for region, size, symbol in zip(trace.customdata, trace.marker.size, trace.marker.symbol, strict=True)
    }


def paths(figure) -> dict[str, list[tuple]]:
    return {t.customdata[0]: list(zip(t.x, t.y, strict=True)) for t in figure.data if t.mode == "lines+markers"}


def names(figure) -> list[str]:
    return [t for trace in figure.data if trace.text for t in trace.text if t]


def notes(figure) -> str:
    return " ".join(a.text for a in figure.layout.annotations)


def test_marks_stand_at_the_unrounded_figures_of_both_indicators():
    figure = drawn()
    assert marks(figure)["610000"][:2] == (926.2, 4825.91)
    assert len(marks(figure)) == 31


def test_the_four_regions_have_a_colour_and_a_shape_each_and_only_the_focus_is_red():
    figure = drawn(indicators=PAIR)
    colours = {region: colour for region, (_, _, colour) in marks(figure).items()}
    shapes = {region: symbol for region, (_, symbol) in sizes(figure).items()}
    east, central, west, northeast = "440000", "420000", "510000", "210000"
    assert [colours[code] for code in (east, central, west, northeast)] == list(SERIES_COLOURS[:4])
    assert [shapes[code] for code in (east, central, west, northeast)] == ["circle", "square", "diamond", "triangle-up"]
    assert [region for region, colour in colours.items() if colour == FOCUS] == ["610000"]
    assert all(word in notes(figure) for word in ("东部地区", "中部地区", "西部地区", "东北地区"))


def test_the_highlighted_region_takes_the_red_from_the_one_in_focus():
    colours = {region: colour for region, (_, _, colour) in marks(drawn(highlight="510000")).items()}
    assert [region for region, colour in colours.items() if colour == FOCUS] == ["510000"]
    assert colours["610000"] == colours["620000"]


def test_the_area_of_a_mark_is_proportional_to_the_third_indicator():
    found = sizes(drawn(indicators=(*PAIR, "gdp")))
    # Gross regional product of Jiangsu and Shanghai, CNY 100 million; both are circles.
    assert (found["320000"][0] / found["310000"][0]) ** 2 == pytest.approx(136696.9 / 53759.5)


def test_marks_of_all_shapes_are_as_large_as_the_circle_of_their_value():
    found = sizes(drawn(indicators=(*PAIR, "gdp")))
    side, diameter = found["420000"][0], found["320000"][0] * (59644.3 / 136696.9) ** 0.5
    assert side**2 == pytest.approx(3.14159 * diameter**2 / 4, rel=0.01)


def test_the_key_to_areas_has_circles_of_round_values():
    figure = drawn(indicators=(*PAIR, "gdp"))
    circles = [shape for shape in figure.layout.shapes if shape.type == "circle"]
    assert len(circles) == 2
    assert {"10,000", "100,000"} <= {a.text for a in figure.layout.annotations}
    assert "面积：" in notes(figure)


def test_logarithmic_axes_say_so_and_hold_all_marks():
    figure = drawn(scale="log")
    assert (figure.layout.xaxis.type, figure.layout.yaxis.type) == ("log", "log")
    assert notes(figure).count("对数刻度") == 2
    low, high = (10**end for end in figure.layout.yaxis.range)
    assert all(low < y < high for _, y, _ in marks(figure).values())


def test_the_titles_of_the_axes_hold_indicator_basis_and_unit():
    figure = drawn()
    assert "R&D经费 · 亿元 →" in notes(figure)
    assert "↑ 技术合同成交额 · 输出（卖方所在地） · 亿元" in notes(figure)
    assert {figure.layout.xaxis.tickangle, figure.layout.yaxis.tickangle} == {0}


def test_dashed_lines_stand_at_the_median_and_say_so():
    figure = drawn()
    across, up = figure.layout.shapes
    assert (across.x0, across.line.dash) == (730.6, "dash")
    assert up.y0 == 1517.68
    assert "全部31地中位数 730.6" in notes(figure)


def test_the_mean_or_the_nation_stands_there_where_it_is_asked_for():
    values = [x for x, _, _ in marks(drawn()).values()]
    assert drawn(reference="mean").layout.shapes[0].x0 == pytest.approx(sum(values) / 31)
    assert "全国" in notes(drawn(reference="nation", measure="share_gdp"))
    assert len(drawn(reference="nation").layout.shapes) == 0  # a total has no place among its parts


def test_the_coefficients_stand_under_the_chart_with_their_number():
    assert "Pearson r = 0.68 · Spearman ρ = 0.89" in notes(drawn())
    assert "n = 31" in notes(drawn())
    assert "Pearson r = 0.91（取对数）" in notes(drawn(scale="log"))


def test_few_regions_have_no_coefficient_and_the_chart_says_why():
    assert "只有3个，少于8个" in notes(drawn(PEERS))
    assert "Pearson" not in notes(drawn(PEERS))


def test_places_count_down_and_have_neither_logarithm_nor_lines():
    figure = drawn(measure="rank", scale="log")
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert axis.range[0] > axis.range[1]
        assert axis.type == "linear"
    assert len(figure.layout.shapes) == 0
    assert "Pearson" not in notes(figure)


def test_what_a_logarithm_cannot_show_is_named():
    figure = drawn(measure="growth", scale="log")
    assert "广东" in notes(figure)
    assert "440000" not in marks(figure)


def test_of_many_regions_only_the_highlighted_one_has_a_path_with_its_first_and_last_year():
    figure = drawn(years=range(2015, 2025))
    assert list(paths(figure)) == ["610000"]
    assert paths(figure)["610000"][0] == (393.2, 721.82)
    assert paths(figure)["610000"][-1] == marks(figure)["610000"][:2]
    assert {"2015", "<b>陕西 2024</b>"} <= set(names(figure))


def test_few_regions_have_a_path_each():
    assert set(paths(drawn(PEERS, range(2015, 2025)))) == set(PEERS.split(","))
    assert paths(drawn(PEERS)) == {}


def test_a_path_is_broken_where_a_basis_changes_and_the_chart_says_so():
    figure = drawn("610000", range(2017, 2021), indicators=("rd_intensity", "contract_value"))
    assert [x for x, _ in paths(figure)["610000"]] == [2.10, 2.18, None, 2.27, 2.42]
    assert "口径变化处断开" in notes(figure)


def test_a_step_over_years_left_out_is_dotted():
    figure = drawn(PEERS, (2015, 2024))
    dashes = [t.line.dash for t in figure.data if t.mode == "lines+markers" and t.customdata[0] == "610000"]
    assert dashes == ["solid", "dot"]


BOUNDED = """
indicator      | region | period | basis  | value   | qualifier | status
rd_expenditure | 110000 | 2024   |        | 3278.4  | =         | actual
rd_expenditure | 610000 | 2024   |        | 926.2   | =         | provisional
contract_value | 110000 | 2024   | seller | 9153.26 | >         | actual
contract_value | 610000 | 2024   | seller | 4825.91 | =         | actual
"""


def test_a_bound_has_an_arrow_and_a_doubtful_figure_a_hollow_mark():
    figure = drawn("110000,610000", own=real.levels(BOUNDED))
    arrows = next(t for t in figure.data if t.marker.standoff is not None)
    assert (list(arrows.x), list(arrows.y), list(arrows.marker.angle)) == ([3278.4], [9153.26], [0])
    assert {region: symbol for region, (_, symbol) in sizes(figure).items()} == {
        "110000": "circle",
        "610000": "diamond-open",
    }
    assert "空心" in notes(figure)


def test_a_region_without_the_second_indicator_is_not_drawn():
    figure = drawn("110000,610000,540000", own=real.levels(BOUNDED))
    assert set(marks(figure)) == {"110000", "610000"}


def test_nothing_to_pair_gives_a_sentence_and_the_frame():
    figure = drawn("110000,610000", (2010,), own=real.levels(BOUNDED))
    assert "没有两项指标都有数据的地区" in notes(figure)
    assert figure.layout.meta["revision"] == 7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_focus_and_the_extremes_that_stand_free_are_always_named(language: str):
    figure = drawn(scale="log", language=language)
    always = [text.strip("</b>") for text in figure.data[-3].text]
    regions = real.catalogue().regions
    for code in ("610000", "110000", "540000"):  # in focus, most contracts, least of both
        assert regions[code].short(language) in always


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_says_how_many_marks_have_no_name(language: str, size: str):
    view = real.view(spec("scatter", "provinces", (2024,), indicators=PAIR, language=language))
    drawn = picture(drawing_of(view), frame=frame_of(view), size=SIZES[size], mark="", stamp="").figure
    count = len(nameless([drawn.data[-1]], language))
    assert count > 0
    assert said_of_nameless(count, language) in notes(drawn)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_width_of_a_screen_has_a_note_of_how_many_marks_have_no_name_there(language: str):
    figure = drawn(language=language)
    for shown in (1, 2, 3):
        count = len(nameless(figure.data[-3:][:shown], language))
        assert figure.layout.annotations[-4 + shown].text == said_of_nameless(count, language)


def nameless(traces, language: str) -> set[str]:
    """Provinces whose name stands in none of the traces."""
    named = {text.replace("<b>", "").replace("</b>", "") for trace in traces for text in trace.text}
    regions = real.catalogue().regions
    return {code for code in real.catalogue().provinces if regions[code].short(language) not in named}


def said_of_nameless(count: int, language: str) -> str:
    return (
        f"31个点中有{count}个点因空间所限未标名称"
        if language == "zh"
        else f"{count} of 31 marks have no room for a name"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"scale": "log"},
        {"indicators": ("population", "gdp"), "years": (2010, 2024)},
        {"indicators": ("patents_granted", "new_product_sales", "gdp"), "scale": "log"},
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_but_that_of_the_focus_is_nearest_to_its_own_mark(fields, language: str):
    figure = drawn(language=language, **fields)
    own = {region.short(language): code for code, region in real.catalogue().regions.items()}
    looks, margin = sizes(figure), figure.layout.margin
    for width, traces in ((340, figure.data[-3:-2]), (820, figure.data[-3:-1]), (1340, figure.data[-3:])):
        plot = Plot(width - margin.l - margin.r, 470)
        outlines = {
            code: outline(plot, _label(figure, "", x, y, radius=looks[code][0] / 2), looks[code][1])
            for code, (x, y, _) in marks(figure).items()
        }
        for trace in traces:
            for label, spot in _labels(figure, trace):
                if label.text in own:
                    box = plot.box(label, spot)
                    gaps = {code: min(_away(box, *point) for point in points) for code, points in outlines.items()}
                    assert min(gaps, key=gaps.__getitem__) == own[label.text], (width, label.text, gaps)


def outline(plot: Plot, mark: Label, symbol: str) -> list[tuple[float, float]]:
    """Points on the edge of a mark and in its middle, in pixels."""
    x, y = mark.across * plot.width, mark.down * plot.height
    turns = [n * pi / 32 for n in range(64)]
    stretch = {
        "square": lambda turn: 1 / max(abs(cos(turn)), abs(sin(turn))),
        "diamond": lambda turn: 1 / (abs(cos(turn)) + abs(sin(turn))),
    }.get(symbol.removesuffix("-open"), lambda _: 1.0)
    edge = [(x + mark.radius * stretch(t) * cos(t), y + mark.radius * stretch(t) * sin(t)) for t in turns]
    return [(x, y), *edge]


def _away(box: Box, x: float, y: float) -> float:
    return hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))


@pytest.mark.parametrize("fields", [{}, {"scale": "log"}, {"indicators": (*PAIR, "gdp")}, {"measure": "growth"}])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_do_not_lie_over_one_another_on_a_phone_and_on_a_wide_screen(fields, language: str):
    figure = drawn(language=language, **fields)
    margin = figure.layout.margin
    for width, traces in ((340, figure.data[-3:-2]), (1000, figure.data[-3:-1]), (1340, figure.data[-3:])):
        plot = Plot(width - margin.l - margin.r, 470)
        boxes = [plot.box(label, spot) for trace in traces for label, spot in _labels(figure, trace)]
        assert len(boxes) > 5
        assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))


def _labels(figure, trace):
    for x, y, text, spot, size in zip(trace.x, trace.y, trace.text, trace.textposition, trace.marker.size, strict=True):
        if text:
            yield _label(figure, text, x, y, radius=size / 2), spot


def _label(figure, text: str, x: float, y: float, *, radius: float) -> Label:
    return Label(text, (x, y), _part(figure.layout.xaxis, x), 1 - _part(figure.layout.yaxis, y), radius, 12)


def _part(axis, value: float) -> float:
    low, high = axis.range
    return ((log10(value) if axis.type == "log" else value) - low) / (high - low)


def test_hover_tells_both_figures_with_their_sources():
    figure = drawn()
    trace = next(t for t in figure.data if t.customdata and "610000" in t.customdata)
    hover = trace.hovertext[list(trace.customdata).index("610000")]
    assert all(part in hover for part in ("陕西", "926.2亿元", "4,825.91亿元", "公报", "分省技术市场成交额"))


def test_the_figure_is_small_enough_to_send():
    assert len(drawn(years=range(2011, 2025), indicators=("rd_intensity", "contract_value", "gdp")).to_json()) < 150_000


def test_a_line_whose_label_has_no_room_beside_it_says_its_value_in_the_title_of_its_axis():
    peers = drawn("610000,510000,420000,340000,330000", range(2015, 2025), indicators=(*PAIR, "gdp"))
    (title,) = (a.text for a in peers.layout.annotations if "↑" in a.text)
    assert title.endswith("┄ 全部5地中位数 4,826")
    assert notes(peers).count("4,826") == 1
    (title,) = (a.text for a in drawn(scale="log").layout.annotations if "↑" in a.text)
    assert "中位数" not in title
