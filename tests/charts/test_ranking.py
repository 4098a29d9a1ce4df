import pytest

from indicators.charts.theme import FOCUS, OTHERS
from tests import real
from tests.charts.pictured import pictured
from tests.real import spec

ASKED = "110000,420000,610000,540000"
FIGURES = """
region | period | value    | qualifier | status
110000 | 2023   | 8536.94  | =         | actual
110000 | 2024   | 9153.255 | =         | actual
420000 | 2024   | 5462.45  | >         | actual
610000 | 2024   | 4825.91  | =         | provisional
"""


def drawn(years=(2024,), figures: str = FIGURES, **fields: object):
    return real.figure(spec("ranking", ASKED, years, **fields), real.levels(figures))


def bars(figure):
    return figure.data[0]


def names(figure) -> list[str]:
    return [name.strip() for name in bars(figure).y]


def test_bars_are_horizontal_sorted_by_value_and_start_at_0():
    figure = drawn()
    assert (bars(figure).type, bars(figure).orientation, bars(figure).base) == ("bar", "h", None)
    assert names(figure) == ["北京", "湖北", "陕西"]
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]  # the first row on top


def test_values_are_drawn_unrounded_and_labels_are_short():
    figure = drawn()
    assert list(bars(figure).x) == [9153.255, 5462.45, 4825.91]
    assert [label.strip() for label in bars(figure).text] == ["9,153", "＞5,462", "4,826"]


def test_the_focus_region_alone_has_the_accent():
    assert bars(drawn()).marker.color == (OTHERS, OTHERS, FOCUS)
    assert bars(drawn(highlight="110000")).marker.color == (FOCUS, OTHERS, OTHERS)


def test_a_bound_has_an_arrow_at_its_open_end():
    arrows = drawn().data[1]
    assert ([name.strip() for name in arrows.y], list(arrows.x), arrows.marker.symbol) == (
        ["湖北"],
        [5462.45],
        ("triangle-right",),
    )


def test_an_upper_bound_points_to_the_left():
    assert drawn(figures=FIGURES.replace(">  ", "<  ")).data[1].marker.symbol == ("triangle-left",)


def test_a_doubtful_figure_is_hatched():
    assert bars(drawn()).marker.pattern.shape == ("", "", "/")


def test_names_do_not_rotate():
    assert drawn().layout.yaxis.tickangle in (None, 0)


def test_missing_regions_are_no_bars_but_stand_in_the_footer():
    figure = drawn()
    assert "西藏" not in names(figure)
    assert "无数据：西藏" in figure.layout.meta["footer"]


def test_the_figure_carries_its_link_its_revision_and_its_words():
    meta = drawn().layout.meta
    assert meta["query"] == f"chart=ranking&i=contract_value&r={ASKED}&y=2024&m=value&sort=value&lang=zh"
    assert meta["revision"] == 7
    assert meta["footer"][-1].startswith("数据版本 r7")
    assert all(meta[key] for key in ("title", "subtitle", "alt"))


def test_two_years_show_the_earlier_one_as_a_tick_where_it_is_known():
    ticks = drawn((2023, 2024)).data[2]
    assert ([name.strip() for name in ticks.y], list(ticks.x)) == (["北京"], [8536.94])


def test_the_earlier_year_on_another_basis_is_not_compared():
    figures = "region | period | value | basis\n110000 | 2023 | 8536.94 | announced\n110000 | 2024 | 9153.26 | seller"
    figure = drawn((2023, 2024), figures, bases=("seller", "announced"))
    assert [trace.type for trace in figure.data] == ["bar"]
    assert [label.strip() for label in bars(figure).text] == ["9,153"]


def test_below_zero_the_bars_go_left_from_0():
    figure = drawn(measure="gap")
    assert list(bars(drawn(measure="gap", highlight="420000")).x)[-1] == pytest.approx(4825.91 - 5462.45)
    assert figure.layout.xaxis.range[0] <= 0 <= figure.layout.xaxis.range[1]


def test_the_first_few_are_shown_and_the_focus_region_always():
    assert names(drawn(top=1)) == ["北京", "陕西"]


def test_the_focus_region_beyond_the_first_few_is_parted_from_them_and_named_in_the_subtitle():
    cut = spec(indicators=("rd_expenditure",), top=5)
    assert [shape.y0 for shape in real.figure(cut).layout.shapes if shape.y0 == shape.y1] == [4.5]
    assert real.view(cut).caption.subtitle.endswith("前5位及陕西")


@pytest.mark.parametrize(("chart", "years"), [("change", (2019, 2024)), ("heat", range(2015, 2025))])
def test_rows_of_other_charts_are_parted_as_well(chart, years):
    cut = spec(chart, years=years, indicators=("rd_expenditure",), top=5)
    assert [round(line.y0, 1) for line in real.figure(cut).layout.shapes if line.line.dash == "dot"] == [
        4.4 if chart == "heat" else 4.5  # above the frame of the region in focus, which would hide it
    ]
    assert [line.y0 for line in real.figure(cut.but(top=20)).layout.shapes if line.line.dash == "dot"] == []


@pytest.mark.parametrize("chart", ["change", "slope", "heat", "multiples"])
def test_every_chart_cut_to_the_first_few_names_the_focus_region_beyond_them(chart):
    cut = spec(chart, years=range(2019, 2025), indicators=("rd_expenditure",), top=5)
    cut = cut.but(years=(2019, 2024)) if chart in ("change", "slope") else cut
    assert real.view(cut).caption.subtitle.endswith("前5位及陕西")


def test_the_focus_region_among_the_first_few_is_not_parted_from_them():
    cut = spec(top=10)
    assert [shape for shape in real.figure(cut).layout.shapes if shape.y0 == shape.y1] == []
    assert real.view(cut).caption.subtitle.endswith("前10位")


def test_a_reference_line_lies_at_its_value():
    figure = drawn(reference="median")
    assert figure.layout.shapes[0].x0 == 5462.45


def test_no_figures_give_an_empty_figure_with_its_frame():
    figure = real.figure(spec("ranking", "540000", (2012,)))
    assert len(bars(figure).x) == 0
    assert figure.layout.meta["title"] == "技术合同成交额：所选范围没有数据"


def test_all_provinces_are_drawn_each_once():
    figure = real.figure(spec())
    assert len(set(names(figure))) == 31
    assert list(bars(figure).x) == sorted(bars(figure).x, reverse=True)


def test_a_tick_beyond_the_bar_pushes_the_label_past_it():
    levels = real.levels(
        "region | period | value\n110000 | 2018 | 4957.82\n110000 | 2023 | 8536.94\n"
        "220000 | 2018 | 341.95\n220000 | 2023 | 84"
    )
    drawn = real.figure(spec("ranking", "110000,220000", (2018, 2023)), levels)
    assert [text.strip() for text in drawn.data[0].text] == ["8,537  +72.2%", ""]
    moved = next(trace for trace in drawn.data if trace.type == "scatter" and trace.mode == "text")
    assert (list(moved.x), [text.strip() for text in moved.text]) == ([341.95], ["84  −75.4%"])


def test_a_tick_of_the_earlier_year_stays_within_its_row_in_a_picture():
    view = real.view(spec("ranking", years=(2018, 2024)))
    made = pictured(view, "wide", "")
    (ticks,) = [trace for trace in made.parts["data"] if trace.get("marker", {}).get("symbol") == "line-ns"]
    margin = made.parts["layout"]["margin"]
    row = (made.height - margin["t"] - margin["b"]) / 31
    assert 0.5 * row < 1.4 * ticks["marker"]["size"] < row
