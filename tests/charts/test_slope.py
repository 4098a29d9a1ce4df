import itertools

import pytest

from indicators.charts.theme import FOCUS, OTHERS
from tests import real
from tests.real import spec


def drawn(regions: str = "provinces", **fields: object):
    return real.figure(spec("slope", regions, (2019, 2024), **fields))


def spots(figure, x: int) -> list[float]:
    """Heights in pixels of the labels at one end."""
    low, high = figure.layout.yaxis.range
    margin = figure.layout.margin
    per_value = (figure.layout.height - margin.t - margin.b) / abs(high - low)
    up = 1 if high > low else -1
    return sorted(
        up * note.y * per_value + note.yshift for note in figure.layout.annotations if note.xref is None and note.x == x
    )


def test_each_region_has_a_line_between_its_two_values():
    figure = drawn("110000,610000")
    ends = {trace.customdata[0]: tuple(trace.y) for trace in figure.data}
    levels = real.all_levels()
    own = levels[(levels["indicator"] == "contract_value") & (levels["basis"] == "seller")].set_index(
        ["region", "year"]
    )["value"]
    assert ends == {code: (own[code, 2019], own[code, 2024]) for code in ("110000", "610000")}


def test_the_focus_alone_has_the_accent_and_lies_on_top():
    colours = [trace.line.color for trace in drawn().data]
    assert colours == [OTHERS] * 30 + [FOCUS]


@pytest.mark.parametrize(
    "fields", [{}, {"scale": "log"}, {"measure": "rank"}, {"measure": "gap"}, {"top": 5}, {"top": 11, "scale": "log"}]
)
def test_labels_stand_apart(fields):
    figure = drawn(**fields)
    for end in (0, 1):
        heights = spots(figure, end)
        assert all(after - before >= 17 for before, after in itertools.pairwise(heights))


def test_at_most_ten_are_labelled_the_focus_among_them():
    labels = [note.text for note in drawn().layout.annotations if note.x == 1]
    assert 5 < len(labels) <= 10
    assert "<b>4,826 陕西 +228.9%</b>" in labels


def test_up_to_twelve_are_all_labelled_at_both_ends_in_the_order_of_their_values():
    figure = drawn(top=5)  # of whom three are at 5,009 to 5,019
    later = [note for note in figure.layout.annotations if note.x == 1]
    assert len(later) == len([note for note in figure.layout.annotations if note.x == 0]) == len(figure.data) == 6
    assert [note.text for note in later if "5,0" in note.text] != []


def test_how_many_of_more_lines_have_no_name_is_said():
    figure = drawn()
    named = {name for note in figure.layout.annotations if note.x in (0, 1) for name in note.text.strip("</b>").split()}
    shorts = [real.catalogue().regions[code].short_zh for code in real.catalogue().provinces]
    count = sum(name not in named for name in shorts)
    assert any(f"31条线中有{count}条因空间所限未标名称" in note.text for note in figure.layout.annotations)


def test_places_are_all_labelled_and_the_first_stands_on_top():
    figure = drawn(measure="rank")
    later = [note.text for note in figure.layout.annotations if note.x == 1]
    assert len(later) == 31
    assert "<b>7 陕西 下降3位</b>" in later
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_values_start_at_0_unless_the_scale_is_logarithmic():
    assert drawn().layout.yaxis.range[0] == 0
    assert drawn(scale="log").layout.yaxis.type == "log"
    assert drawn(measure="growth", scale="log").layout.yaxis.type == "linear"


def test_without_a_comparable_earlier_figure_there_is_a_dot_and_no_line():
    figures = "region | period | value\n110000 | 2019 | 5695\n110000 | 2024 | 9153.255\n540000 | 2024 | 14.79"
    figure = real.figure(spec("slope", "110000,540000", (2019, 2024)), real.levels(figures))
    assert {trace.customdata[0]: trace.mode for trace in figure.data} == {
        "110000": "lines+markers",
        "540000": "markers",
    }


def test_names_that_stand_on_one_side_only_are_said_to():
    english = drawn(top=5, language="en")
    assert "names at the right end" in [note.text for note in english.layout.annotations]
    assert not any(note.text == "名称见右端" for note in drawn(top=5).layout.annotations)


def test_names_stand_on_one_side_where_both_would_leave_lines_no_room():
    figure = drawn(measure="rank", language="en")
    assert figure.layout.margin.l + figure.layout.margin.r <= 240
    assert "<b>4</b>" in [note.text for note in figure.layout.annotations if note.x == 0]
