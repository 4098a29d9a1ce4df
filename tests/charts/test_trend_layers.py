"""What stands beside and behind the lines of a trend: targets, the range of all provinces, a log scale."""

import itertools
import math

import pytest

from indicators.charts.band import HALF_FILL, RANGE_FILL
from indicators.model.series import levels_of
from tests import real
from tests.real import spec

CHONGQING, SHAANXI = "500000", "610000"
TO_2024 = range(2015, 2025)


def trace(figure, code: str):
    return next(t for t in figure.data if t.customdata is not None and code in list(t.customdata))


def labels(figure) -> dict[str, str]:
    return {a.name: a.text for a in figure.layout.annotations if a.name}


def outlines(figure) -> list:
    return [shape for shape in figure.layout.shapes if (shape.name or "").startswith("target-")]


def test_a_target_is_a_hollow_dashed_mark_that_is_labelled_and_joined_to_nothing():
    figure = real.figure(spec("lines", f"{CHONGQING},{SHAANXI}", TO_2024))
    target, line = trace(figure, f"target-{CHONGQING}"), trace(figure, CHONGQING)
    assert (list(target.x), list(target.y), target.mode) == ([2025], [1100.0], "markers")
    assert target.marker.color == "#ffffff"
    assert 2025 not in line.x
    (outline,) = outlines(figure)
    low, high = figure.layout.yaxis.range
    assert (outline.type, outline.xanchor) == ("circle", 2025)
    assert outline.yanchor == pytest.approx((1100 - low) / (high - low))
    assert (outline.fillcolor, outline.line.dash, outline.line.color) == (None, "3px,2px", line.line.color)
    assert labels(figure)[f"target-{CHONGQING}"] == "重庆 目标 1,100"


def test_the_axis_reaches_to_the_year_of_the_target_and_to_its_value():
    figure = real.figure(spec("lines", CHONGQING, TO_2024))
    assert figure.layout.xaxis.range[1] > 2025
    assert figure.layout.xaxis.tickvals[-1] == 2025
    assert figure.layout.yaxis.range[1] > 1100


def test_a_trend_that_ends_before_the_newest_figures_has_no_target_ahead():
    figure = real.figure(spec("lines", CHONGQING, range(2010, 2021)))
    assert outlines(figure) == []
    assert figure.layout.xaxis.tickvals[-1] == 2020


@pytest.mark.parametrize("measure", ["growth", "index", "per_capita", "rank"])
def test_a_target_stands_beside_plain_values_only(measure):
    assert outlines(real.figure(spec("lines", CHONGQING, TO_2024, measure=measure))) == []


def test_of_many_lines_only_the_region_in_focus_has_its_target():
    many = spec("lines", "provinces", TO_2024)
    assert outlines(real.figure(many)) == []
    assert [shape.name for shape in outlines(real.figure(many.but(highlight=CHONGQING)))] == [f"target-{CHONGQING}"]


def test_a_target_is_no_result_and_stays_out_of_the_series_table():
    view = real.view(spec("lines", CHONGQING, TO_2024))
    assert view.series.table["status"].ne("target").all()
    assert view.series.targets[["region", "year", "value", "status", "source"]].values.tolist() == [
        [CHONGQING, 2025, 1100.0, "target", "brief-2023-01"]
    ]


SIX = """
region | period | value
110000 | 2024   | 9153.26
420000 | 2024   | 5462.45
610000 | 2024   | 4825.91
510000 | 2024   | 2596.48
500000 | 2024   | 943.82
620000 | 2024   | 562.85
"""


def test_the_band_is_the_range_the_middle_half_and_the_median_of_the_provinces():
    band = real.view(spec("lines", SHAANXI, (2024,), reference="band"), real.levels(SIX)).band
    (row,) = band.to_dict("records")
    assert (row["lowest"], row["highest"], row["count"]) == (562.85, 9153.26, 6)
    assert row["median"] == pytest.approx((2596.48 + 4825.91) / 2)
    assert row["lower"] == pytest.approx(943.82 + (2596.48 - 943.82) / 4)
    assert row["upper"] == pytest.approx(5462.45 - (5462.45 - 4825.91) / 4)


def test_the_band_leaves_out_what_is_on_another_basis_than_most():
    drawn = real.drawn(SIX)
    mixed = drawn.assign(basis=drawn["basis"].mask(drawn["region"] == "110000", "announced"))
    own = levels_of(mixed, real.catalogue())
    view = real.view(spec("lines", SHAANXI, (2024,), reference="band", bases=("seller", "announced")), own)
    assert (view.band["highest"].tolist(), view.band["count"].tolist()) == ([5462.45], [5])


def test_fewer_than_five_provinces_are_no_band():
    few = "\n".join(SIX.strip().splitlines()[:5])
    assert real.view(spec("lines", SHAANXI, (2024,), reference="band"), real.levels(few)).band.empty


def test_the_band_lies_behind_the_lines_pale_to_dark_and_is_named():
    figure = real.figure(spec("lines", SHAANXI, TO_2024, reference="band"))
    assert [t.customdata[0] for t in figure.data] == ["band.lowest", "band.lower", "band.median", SHAANXI]
    assert [t.fillcolor for t in figure.data[:2]] == [RANGE_FILL, HALF_FILL]
    (key,) = [a.text for a in figure.layout.annotations if "■" in a.text]
    assert "各省最低至最高" in key
    assert "居中的一半省份" in key
    assert labels(figure)["band.median"].startswith("中位数 ")


def test_the_band_holds_the_unrounded_extremes_of_every_year():
    band = trace(real.figure(spec("lines", SHAANXI, (2023, 2024), reference="band")), "band.lowest")
    levels = real.all_levels()
    own = levels[
        (levels["indicator"] == "contract_value")
        & levels["region"].isin(real.catalogue().provinces)
        & (levels["basis"] == "seller")
    ].groupby("year")["value"]
    high, low = own.max(), own.min()
    assert list(band.y) == [high[2023], high[2024], low[2024], low[2023]]


def test_a_change_of_definition_parts_the_band():
    figure = real.figure(
        spec("lines", SHAANXI, (2017, 2018, 2019, 2020), indicators=("rd_intensity",), reference="band")
    )
    assert list(trace(figure, "band.median").x) == [2017, 2018, None, 2019, 2020]


def test_of_changes_only_the_middle_half_is_drawn_which_outliers_do_not_dwarf():
    figure = real.figure(spec("lines", SHAANXI, TO_2024, reference="band", measure="growth"))
    assert [t.customdata[0] for t in figure.data] == ["band.lower", "band.median", SHAANXI]
    assert figure.layout.yaxis.range[1] < 500


def test_a_log_scale_keeps_the_plain_numbers_and_says_what_it_is():
    plain = real.figure(spec("lines", SHAANXI, TO_2024))
    figure = real.figure(spec("lines", SHAANXI, TO_2024, scale="log"))
    assert figure.layout.yaxis.type == "log"
    assert list(trace(figure, SHAANXI).y) == list(trace(plain, SHAANXI).y)
    low, high = figure.layout.yaxis.range
    assert all(low < math.log10(value) < high for value in trace(figure, SHAANXI).y)
    assert "对数刻度" in [a.text for a in figure.layout.annotations]


def test_ticks_of_a_log_scale_are_few_round_numbers():
    for regions in (SHAANXI, "provinces", "540000"):
        axis = real.figure(spec("lines", regions, TO_2024, scale="log")).layout.yaxis
        assert 2 <= len(axis.tickvals) <= 7
        assert {str(f"{tick:e}")[0] for tick in axis.tickvals} <= {"1", "2", "3", "5"}


def test_labels_stand_at_their_lines_on_a_log_scale_and_do_not_overlap():
    figure = real.figure(spec("lines", "330000,320000,310000,610000,420000,540000", TO_2024, scale="log"))
    low, high = figure.layout.yaxis.range
    margin = figure.layout.margin
    per_pixel = (high - low) / (figure.layout.height - margin.t - margin.b)
    ends = [a for a in figure.layout.annotations if a.name]
    spots = sorted(a.y / per_pixel + a.yshift for a in ends)
    assert all(after - before >= 16.9 for before, after in itertools.pairwise(spots))
    tibet = next(a for a in ends if a.name == "540000")
    assert tibet.y == pytest.approx(math.log10(trace(figure, "540000").y[-1]))
    assert abs(tibet.yshift) < 10


@pytest.mark.parametrize("measure", ["growth", "rank"])
def test_what_is_not_above_zero_or_a_place_has_no_log_scale(measure):
    view = real.view(spec("lines", "provinces", TO_2024, measure=measure, scale="log"))
    assert view.spec.scale == "linear"
    assert (
        "scale"
        not in real.figure(spec("lines", "provinces", TO_2024, measure=measure, scale="log")).layout.meta["query"]
    )


def test_words_over_a_panel_wrap_where_a_phone_ends_and_years_thin_out_beside_wide_labels():
    english = spec("lines", f"{CHONGQING},{SHAANXI}", range(2010, 2025), reference="band", scale="log", language="en")
    figure = real.figure(english)
    (key,) = [a.text for a in figure.layout.annotations if "■" in a.text]
    assert key.count("<br>") == 1
    assert len(figure.layout.xaxis.tickvals) <= 4


def test_several_panels_say_the_log_scale_in_their_headings():
    figure = real.figure(spec("lines", SHAANXI, TO_2024, indicators=("contract_value", "rd_expenditure"), scale="log"))
    headings = [a.text for a in figure.layout.annotations if a.text.startswith("<b>")]
    assert headings == ["<b>技术合同成交额（亿元） · 对数刻度</b>", "<b>R&D经费（亿元） · 对数刻度</b>"]


def test_an_average_growth_begins_with_the_year_after_its_base():
    figure = real.figure(spec("lines", SHAANXI, range(2010, 2025), measure="cagr", base=2015))
    assert figure.layout.xaxis.range[0] == 2016 - 0.4
    values = dict(zip(trace(figure, SHAANXI).x, trace(figure, SHAANXI).y, strict=True))
    levels = real.view(spec("lines", SHAANXI, (2015, 2024))).series.table.set_index("year")["value"]
    assert values[2024] == pytest.approx(((levels[2024] / levels[2015]) ** (1 / 9) - 1) * 100)


def test_a_trend_with_a_band_stays_small():
    figure = real.figure(spec("lines", "provinces,CHN", range(2000, 2025), reference="band"))
    assert len(figure.to_json()) < 150_000
