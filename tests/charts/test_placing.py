"""Labels beside marks: where there is room for them at every width that a plot may have."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.charts.placing import Box, Label, Plot, placed, wrapped

NARROW, WIDE = Plot(200, 300), Plot(900, 300)


def label(text: str, across: float, down: float, **fields: object) -> Label:
    return Label(text=text, point=(across, down), across=across, down=down, radius=6, size=12, **fields)  # type: ignore[arg-type]


def spots(labels, marks=(), plots=(NARROW, WIDE), **fields):
    found = placed(labels, marks, plots=plots, taken=[[] for _ in plots], **fields)
    return {one.text: one.spot for one in found}


def test_a_label_stands_to_the_right_of_its_mark_where_it_can():
    assert spots([label("陕西", 0.5, 0.5)]) == {"陕西": "middle right"}


def test_at_the_right_edge_it_stands_to_the_left():
    assert spots([label("陕西", 1, 0.5)]) == {"陕西": "middle left"}


def test_a_second_label_keeps_off_the_first():
    assert spots([label("陕西", 0.5, 0.5), label("四川", 0.5, 0.5)]) == {"陕西": "middle right", "四川": "middle left"}


def test_a_label_keeps_off_other_marks_unless_it_is_needed():
    crowd = [label("", 0.5 + dx, 0.5 + dy) for dx in (-0.12, 0, 0.12) for dy in (-0.05, 0, 0.05)]
    assert spots([label("陕西", 0.5, 0.5)], crowd, (NARROW,)) == {}
    assert set(spots([label("陕西", 0.5, 0.5, is_needed=True)], crowd, (NARROW,))) == {"陕西"}


def test_a_label_is_nearer_to_its_own_mark_than_to_any_other_unless_it_is_needed():
    own, beside = label("陕西", 0.5, 0.5), label("", 0.5 + 44 / 900, 0.5)  # room for the text, and little more
    assert spots([own], [own, beside], (WIDE,)) == {"陕西": "middle left"}
    ring = [label("", 0.5 + x / 900, 0.5 + y / 300) for x in (-44, 0, 44) for y in (-28, 0, 28) if (x, y) != (0, 0)]
    assert spots([own], [own, *ring], (WIDE,)) == {}
    assert set(spots([label("陕西", 0.5, 0.5, is_needed=True)], [own, *ring], (WIDE,))) == {"陕西"}


def test_what_stands_already_is_kept_off():
    held = placed([label("陕西", 0.5, 0.5)], [], plots=[WIDE], taken=[[]])
    assert spots([label("四川", 0.5, 0.5)], plots=(WIDE,), already=held) == {"四川": "middle left"}


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=31))
@settings(deadline=None, max_examples=60)
def test_no_label_lies_over_another_or_beyond_the_plot_at_any_width(points):
    marks = [label("内蒙古", across, down, is_needed=n % 3 == 0) for n, (across, down) in enumerate(points)]
    found = placed(marks, marks, plots=[NARROW, WIDE], taken=[[], []])
    for plot in (NARROW, WIDE):
        boxes = [plot.box(one, one.spot) for one in found]
        assert all(box.is_within(plot.room) for box in boxes)
        assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))


def test_boxes_that_only_touch_do_not_meet():
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20))


def test_a_text_is_broken_only_between_its_parts():
    assert wrapped(["技术合同成交额", "亿元", "对数刻度"], " · ", size=12, width=140) == [
        "技术合同成交额 · 亿元",
        "对数刻度",
    ]
    assert wrapped(["a" * 90, "b"], " · ", size=12, width=100) == ["a" * 90, "b"]


def test_a_label_crosses_a_line_only_where_no_other_spot_is_free():
    level = [Box(0, 149, 900, 151)]
    (found,) = placed([label("陕西", 0.5, 0.5)], [], plots=[WIDE], taken=[[]], lines=[level])
    assert found.spot == "top center"
    beside = [Box(0, 0, 900, 140), Box(0, 160, 900, 300)]
    (found,) = placed([label("陕西", 0.5, 0.5)], [], plots=[WIDE], taken=[beside], lines=[level])
    assert found.spot == "middle right"
