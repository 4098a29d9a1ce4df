import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.charts.lines import spread
from indicators.charts.theme import FOCUS, OTHERS, text_colour
from tests import real
from tests.real import spec


def line(figure, region: str):
    return next(t for t in figure.data if t.customdata is not None and region in list(t.customdata))


def points(figure, region: str) -> list[tuple]:
    own = line(figure, region)
    return [tuple(None if v is None or v != v else v for v in pair) for pair in zip(own.x, own.y, strict=True)]


GAP = "region | period | value\n610000 | 2020 | 1758.72\n610000 | 2022 | 3048.735"


def test_a_gap_stays_a_gap_and_values_are_unrounded():
    figure = real.figure(spec("lines", "610000", (2020, 2021, 2022)), real.levels(GAP))
    assert points(figure, "610000") == [(2020, 1758.72), (2021, None), (2022, 3048.735)]
    assert line(figure, "610000").connectgaps is False


def test_a_change_of_basis_parts_the_line_with_a_mark():
    figure = real.figure(spec("lines", "610000", (2018, 2019), indicators=("rd_intensity",)))
    assert points(figure, "610000") == [(2018, 2.18), (None, None), (2019, 2.27)]
    assert [shape.x0 for shape in figure.layout.shapes] == [2018.5]
    assert "口径变化" in [a.text for a in figure.layout.annotations]


def test_each_change_of_basis_with_room_for_a_word_has_one():
    figure = real.figure(spec("lines", "610000", range(2011, 2025), indicators=("rd_intensity",)))
    assert [note.x for note in figure.layout.annotations if note.text == "口径变化"] == [2018.5, 2023.5]
    levels = real.levels("""
        region | period | value | basis
        610000 | 2018   | 1.0   | a
        610000 | 2019   | 1.0   | b
        610000 | 2020   | 1.0   | c
        610000 | 2030   | 1.0   | c
    """)
    crowded = real.figure(spec("lines", "610000", range(2018, 2031), bases=("a", "b", "c")), levels)
    assert [shape.x0 for shape in crowded.layout.shapes] == [2018.5, 2019.5]
    assert [note.x for note in crowded.layout.annotations if note.text == "口径变化"] == [2018.5]


def test_the_word_on_an_early_change_of_basis_stands_to_its_right():
    figure = real.figure(spec("lines", "610000", range(2018, 2023), indicators=("rd_intensity",)))
    words = [note for note in figure.layout.annotations if note.text == "口径变化"]
    assert [(note.x, note.xanchor, note.xshift) for note in words] == [(2018.5, "left", 4)]


def test_the_word_on_a_change_of_basis_gives_way_to_marks():
    peers = "610000,510000,420000,340000,330000"  # Zhejiang's 3.2 % of 2023 lies at the top of the panel
    figure = real.figure(spec("lines", peers, range(2010, 2025), indicators=("contract_value", "rd_intensity", "gdp")))
    words = [note for note in figure.layout.annotations if note.text == "口径变化" and note.xref == "x2"]
    assert [(note.x, note.yanchor) for note in words] == [(2018.5, "top"), (2023.5, "bottom")]


def test_bounds_are_arrows_and_doubtful_figures_hollow():
    levels = real.levels(
        """
        region | period | value | qualifier | status
        330100 | 2017   | 203.6 | ~         | derived
        330100 | 2021   | 771.6 | =         | actual
        330100 | 2022   | 1000  | >         | actual
        """,
        basis="announced",
    )
    figure = real.figure(spec("lines", "330100", (2017, 2021, 2022), bases=("announced",)), levels)
    drawn = [
        symbol for symbol, y in zip(line(figure, "330100").marker.symbol, line(figure, "330100").y, strict=True) if y
    ]
    assert drawn == ["circle-open", "circle", "triangle-up"]
    assert figure.layout.annotations[0].text == "杭州 ＞1,000"
    assert points(figure, "330100")[-3:] == [(2021, 771.6), (None, None), (2022, 1000)]  # a bound ends no line


def test_figures_far_apart_are_no_line_that_could_break():
    figure = real.figure(spec("lines", "610000,330100", range(2011, 2025), indicators=("rd_intensity",)))
    assert [shape.x0 for shape in figure.layout.shapes] == [2018.5, 2023.5]


def test_the_axis_starts_at_0():
    assert real.figure(spec("lines", "610000", range(2015, 2025))).layout.yaxis.range[0] == 0


def test_places_count_down_from_the_top():
    low, high = real.figure(spec("lines", "610000", range(2015, 2025), measure="rank")).layout.yaxis.range
    assert low > high


def test_few_lines_are_labelled_at_their_ends_in_their_colours_without_a_legend():
    regions = ("610000", "510000", "420000")
    figure = real.figure(spec("lines", ",".join(regions), range(2015, 2025)))
    labels = {a.text.split()[0]: a.font.color for a in figure.layout.annotations}
    colours = {real.catalogue().regions[code].short_zh: line(figure, code).line.color for code in regions}
    assert labels == {name: text_colour(colour) for name, colour in colours.items()}
    assert labels["陕西"] == FOCUS
    assert figure.layout.showlegend is False


def test_of_many_lines_only_the_focus_and_the_nation_have_a_colour_and_a_label():
    figure = real.figure(spec("lines", "provinces,CHN", range(2015, 2025)))
    assert {a.text.split()[0] for a in figure.layout.annotations} == {"陕西", "全国"}
    coloured = {t.customdata[0] for t in figure.data if t.line.color != OTHERS}
    assert coloured == {"610000", "CHN"}


def test_labels_at_line_ends_do_not_overlap():
    figure = real.figure(spec("lines", "330000,320000,310000,610000,420000", range(2015, 2025)))
    low, high = figure.layout.yaxis.range
    margin = figure.layout.margin
    per_pixel = (high - low) / (figure.layout.height - margin.t - margin.b)
    spots = sorted(a.y / per_pixel + a.yshift for a in figure.layout.annotations)
    assert all(after - before >= 16.9 for before, after in itertools.pairwise(spots))


def test_several_indicators_have_a_panel_each_and_no_second_axis():
    figure = real.figure(spec("lines", "610000", range(2020, 2025), indicators=("contract_value", "rd_intensity")))
    headings = [a.text for a in figure.layout.annotations if a.text.startswith("<b>")]
    assert headings == ["<b>技术合同成交额（亿元）</b>", "<b>R&D投入强度（%）</b>"]
    assert figure.layout.yaxis2.overlaying is None


def test_years_are_not_rotated_and_end_with_the_last():
    axis = real.figure(spec("lines", "610000", range(2010, 2025))).layout.xaxis
    assert (axis.tickangle, axis.tickvals[-1]) == (0, 2024)
    assert len(axis.tickvals) <= 8


def test_the_figure_carries_its_link_its_revision_and_its_footer():
    meta = real.figure(spec("lines", "610000", range(2020, 2025))).layout.meta
    assert meta["query"] == "chart=lines&i=contract_value&r=610000&y=2020-2024&m=value&sort=value&lang=zh"
    assert (meta["revision"], meta["footer"][-1][:7]) == (7, "数据版本 r7")


def test_no_figures_give_an_empty_figure_with_its_frame():
    figure = real.figure(spec("lines", "540000", (2010, 2011)))
    assert figure.layout.meta["title"] == "技术合同成交额：所选范围没有数据"
    assert len(figure.layout.annotations) == 0


@given(st.lists(st.floats(-20, 520), max_size=12))
@settings(deadline=None, max_examples=200)
def test_labels_keep_their_order_a_step_apart_and_within_the_limits_when_they_fit(wanted):
    placed = spread(wanted, step=17, low=8.5, high=500)
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    apart = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert all(distance >= 17 - 1e-9 for distance in apart)
    assert all(8.5 - 1e-9 <= spot <= 500 + 1e-9 for spot in placed)


@pytest.mark.parametrize(
    ("wanted", "placed"),
    [
        ([], []),
        ([100.0, 300.0], [100, 300]),
        ([0.0, 300.0], [8.5, 300]),
        ([300.0, 295.0], [312, 295]),
        ([500.0, 499.0], [500, 483]),
    ],
)
def test_labels_move_only_as_far_as_they_must(wanted, placed):
    assert spread(wanted, step=17, low=8.5, high=500) == placed


def test_a_label_of_a_line_that_ends_earlier_names_its_year():
    levels = real.levels("region | period | value\n110000 | 2022 | 7\n110000 | 2024 | 9\n610000 | 2022 | 5")
    labels = [
        note.text for note in real.figure(spec("lines", "110000,610000", (2022, 2023, 2024)), levels).layout.annotations
    ]
    assert labels == ["北京 9", "陕西 5 (2022)"]


def test_a_year_without_a_figure_is_a_gap():
    levels = real.levels("region | period | value\n110000 | 2022 | 7\n110000 | 2024 | 9")
    (line,) = real.figure(spec("lines", "110000", (2022, 2023, 2024)), levels).data
    assert (list(line.x), list(line.y)) == ([2022, 2023, 2024], [7, None, 9])
