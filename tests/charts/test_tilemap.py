import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.charts.theme import FOCUS
from indicators.charts.tilemap import class_limits
from tests import real
from tests.real import spec

FIGURES = "region | period | value\n110000 | 2024 | 9153.255\n610000 | 2024 | 4825.91\n420000 | 2024 | 5462.45"


def drawn(regions: str = "provinces", figures: str = FIGURES, **fields: object):
    return real.figure(spec("map", regions, (2024,), **fields), real.levels(figures))


def values(figure) -> dict[str, float]:
    heat = next(trace for trace in figure.data if trace.type == "heatmap")
    codes, numbers = np.array(heat.customdata).ravel(), np.array(heat.z, dtype=float).ravel()
    return {str(code): float(number) for code, number in zip(codes, numbers, strict=True) if code}


def empty(figure, hatch: str) -> set[str]:
    return {c for t in figure.data if t.type == "bar" and t.marker.pattern.shape == hatch for c in t.customdata}


def test_tiles_hold_unrounded_values_and_show_them():
    figure = drawn()
    assert values(figure) == {"110000": 9153.255, "610000": 4825.91, "420000": 5462.45}
    heat = next(trace for trace in figure.data if trace.type == "heatmap")
    assert "<b>北京</b><br>9,153" in np.array(heat.text).ravel().tolist()


def test_a_region_without_a_figure_is_hatched():
    assert empty(drawn(), "/") >= {"540000", "710000", "810000", "820000"}


def test_a_region_that_is_not_asked_for_is_plain_and_not_hatched():
    figure = drawn("northwest")
    assert "110000" in empty(figure, "")
    assert "110000" not in empty(figure, "/")
    assert "620000" in empty(figure, "/")


def test_all_34_regions_have_a_tile():
    figure = drawn()
    assert len(values(figure)) + len(empty(figure, "/")) + len(empty(figure, "")) == 34


def test_the_focus_region_is_framed_and_no_other():
    frames = [shape for shape in drawn().layout.shapes if shape.line.color == FOCUS]
    shaanxi = real.catalogue().regions["610000"]
    assert [(shape.x0 + 0.5, shape.y0 + 0.5) for shape in frames] == [(shaanxi.tile_col, shaanxi.tile_row)]


def test_the_footer_says_that_there_are_no_borders_and_the_meta_is_complete():
    meta = drawn().layout.meta
    assert any("不表示疆界" in line for line in meta["footer"])
    assert (meta["revision"], meta["query"].split("&")[0]) == (7, "chart=map")


def test_a_map_without_figures_has_its_tiles_and_frame():
    figure = drawn(figures=FIGURES.replace("2024", "2023"))
    assert [trace.type for trace in figure.data] == ["bar"]
    assert figure.layout.meta["title"]


@given(st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=31), st.booleans())
@settings(deadline=None, max_examples=100)
def test_class_limits_rise_lie_within_the_values_and_are_few(numbers, is_signed):
    own = np.array(numbers)
    limits = class_limits(own, is_signed=is_signed)
    assert limits == sorted(set(limits))
    assert len(limits) <= 4
    assert all(own.min() < limit <= own.max() or limit == 0 for limit in limits)


def test_zero_parts_the_classes_where_signs_differ():
    assert 0 in class_limits(np.array([-5.0, -1, 2, 4, 9]), is_signed=True)
    assert class_limits(np.array([]), is_signed=True) == []


@pytest.mark.parametrize("measure", ["growth", "gap"])
def test_signed_measures_draw_on_the_real_figures(measure):
    assert len(values(real.figure(spec("map", measure=measure)))) == 31


def test_empty_tiles_stand_where_they_belong():
    drawn = real.figure(spec("map", "northwest", (2024,)))
    assert drawn.layout.barmode == "overlay"
