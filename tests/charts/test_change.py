import pytest

from indicators.charts.theme import FOCUS, GROUND, OTHERS
from tests import real
from tests.real import spec

FIGURES = """
region | period | value    | qualifier | status
110000 | 2018   | 4957.82  | =         | actual
110000 | 2023   | 8536.94  | =         | actual
220000 | 2018   | 341.95   | =         | actual
220000 | 2023   | 84       | =         | actual
420000 | 2018   | 1204     | >         | actual
420000 | 2023   | 4771     | =         | actual
540000 | 2023   | 8.17     | =         | actual
610000 | 2018   | 1125     | =         | actual
610000 | 2023   | 4118     | =         | provisional
"""
ASKED = "110000,220000,420000,540000,610000"


def drawn(figures: str = FIGURES, regions: str = ASKED, **fields: object):
    return real.figure(spec("change", regions, (2018, 2023), **fields), real.levels(figures))


def names(figure) -> list[str]:
    return [name.strip().removeprefix(f'<b style="color:{FOCUS}">').removesuffix("</b>") for name in ticks(figure)]


def ticks(figure) -> list[str]:
    return list(figure.layout.yaxis.ticktext)


def dots(figure, *, later: bool) -> dict[str, float]:
    traces = [t for t in figure.data if t.mode == "markers" and (t.marker.color != GROUND) == later]
    return {names(figure)[y]: x for t in traces for x, y in zip(t.x, t.y, strict=True)}


def labels(figure) -> dict[str, str]:
    (trace,) = (t for t in figure.data if t.mode == "markers+text")
    return {names(figure)[y]: words for words, y in zip(trace.text, trace.y, strict=True)}


def stems(figure) -> list[tuple]:
    return [(t.x, t.line.color, t.line.dash) for t in figure.data if t.mode == "lines"]


def test_both_years_are_dots_with_unrounded_values():
    figure = drawn()
    assert dots(figure, later=True) == {"北京": 8536.94, "湖北": 4771, "陕西": 4118, "吉林": 84, "西藏": 8.17}
    assert dots(figure, later=False) == {"北京": 4957.82, "湖北": 1204, "陕西": 1125, "吉林": 341.95}


def test_rows_follow_the_last_value_or_the_change():
    assert names(drawn()) == ["北京", "湖北", "陕西", "吉林", "西藏"]
    assert names(drawn(sorting="change"))[:3] == ["陕西", "北京", "吉林"]
    assert names(drawn(top=1)) == ["北京", "陕西"]


def test_a_label_tells_the_change_and_both_values():
    assert "+72.2%" in labels(drawn())["北京"]
    assert "4,958→8,537" in labels(drawn())["北京"]
    assert "−75.4%" in labels(drawn())["吉林"]


def test_a_row_without_a_change_says_why_and_has_no_line():
    assert "不是确数" in labels(drawn())["湖北"]
    assert "缺上期" in labels(drawn())["西藏"]
    assert sum(x is None for xs, _, _ in stems(drawn()) for x in xs) == 3


def test_rates_change_in_percentage_points():
    figure = real.figure(spec("change", "610000", (2019, 2023), indicators=("rd_intensity",)))
    assert "+0.23 个百分点" in labels(figure)["陕西"]


def test_places_say_how_many_they_moved_and_run_up_to_the_right():
    figure = real.figure(spec("change", "provinces", (2019, 2024), measure="rank"))
    assert "下降3位" in labels(figure)["陕西"]
    assert figure.layout.xaxis.range[0] > figure.layout.xaxis.range[1]


def test_the_focus_alone_has_the_accent_and_a_doubtful_figure_a_dashed_line():
    assert {(colour, dash) for _, colour, dash in stems(drawn())} == {(OTHERS, "solid"), (FOCUS, "3px,2px")}
    assert [name for name in ticks(drawn()) if FOCUS in name] == [f'<b style="color:{FOCUS}">陕西</b>\u2002']


def test_a_bound_points_to_where_the_true_value_lies():
    (bound,) = (t for t in drawn().data if t.mode == "markers" and "triangle-right" in t.marker.symbol)
    assert list(bound.x)[list(bound.marker.symbol).index("triangle-right")] == 1204


def test_the_axis_starts_at_0():
    assert drawn().layout.xaxis.range[0] == 0


def test_the_years_are_explained_in_the_picture():
    assert [note.text for note in drawn().layout.annotations] == ["○ 2018年\u2003● 2023年"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_have_the_room_they_need(language):
    figure = real.figure(spec("change", "provinces", (2019, 2024), language=language))
    assert figure.layout.margin.r > 120
    assert len(names(figure)) == 31
