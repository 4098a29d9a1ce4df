import pytest

from indicators.charts.theme import FOCUS, OTHERS, SERIES_COLOURS
from indicators.tasks.draw_multiples import draw_multiples
from indicators.tasks.marks import frame_of
from tests import real
from tests.real import spec

YEARS = range(2015, 2025)


def drawn(regions: str = "provinces", years=YEARS, own: str | None = None, **fields: object):
    return real.figure(spec("multiples", regions, years, **fields), None if own is None else real.levels(own))


def courses(figure) -> dict[str, object]:
    return {trace.customdata[0]: trace for trace in figure.data if trace.customdata is not None}


def grounds(figure) -> list:
    return [trace for trace in figure.data if trace.customdata is None]


def test_the_focus_comes_first_in_the_accent_the_others_by_their_last_value():
    figure = drawn("420000,110000,610000")
    assert list(courses(figure)) == ["610000", "110000", "420000"]
    assert [trace.line.color for trace in courses(figure).values()] == [FOCUS, SERIES_COLOURS[0], SERIES_COLOURS[0]]


def test_panels_hold_unrounded_values_and_a_gap_stays_a_gap():
    figure = drawn(
        "610000", (2020, 2021, 2022), "region | period | value\n610000 | 2020 | 1758.72\n610000 | 2022 | 3048.735"
    )
    assert list(courses(figure)["610000"].y) == [1758.72, None, 3048.735]


def test_all_panels_have_one_scale_from_0():
    layout = drawn().layout.to_plotly_json()
    ranges = {tuple(axis["range"]) for key, axis in layout.items() if key.startswith("yaxis")}
    assert len(ranges) == 1
    assert ranges.pop()[0] == 0


def test_panels_say_name_and_last_value_and_the_year_where_it_is_an_earlier_one():
    figures = "region | period | value\n110000 | 2022 | 7948\n110000 | 2023 | 8536.94\n610000 | 2022 | 3048.735"
    notes = drawn("110000,610000", (2022, 2023), figures).layout.annotations
    assert [note.text for note in notes if note.name] == ["<b>陕西</b> 3,049 (2022)", "<b>北京</b> 8,537"]
    assert [(note.text, note.xanchor) for note in notes if not note.name] == 2 * [("2022", "left"), ("2023", "right")]


def test_each_panel_is_seen_against_the_median_of_the_provinces_drawn():
    figure = drawn()
    assert len(grounds(figure)) == 31
    levels = real.all_levels()
    own = levels[(levels["indicator"] == "contract_value") & (levels["basis"] == "seller") & (levels["year"] == 2024)]
    median = own.loc[own["region"].isin(real.catalogue().provinces), "value"].median()
    assert {(trace.y[-1], trace.line.color) for trace in grounds(figure)} == {(median, OTHERS)}
    assert any("31 个省份的中位数" in note.text for note in figure.layout.annotations)


def test_the_nation_takes_the_place_of_the_median_where_it_compares():
    figure = drawn("110000,610000,CHN", indicators=("rd_intensity",))
    assert any(note.text.endswith("全国\u2003┊ 口径变化") for note in figure.layout.annotations)
    assert "CHN" not in courses(figure)
    assert len(grounds(figure)) == 2


def test_places_and_few_regions_have_nothing_behind_them():
    assert grounds(drawn(measure="rank")) == []
    assert grounds(drawn("110000,610000")) == []


def test_a_change_of_definition_parts_the_line_with_a_mark():
    figure = drawn("610000", range(2018, 2020), indicators=("rd_intensity",))
    assert list(courses(figure)["610000"].x) == [2018, None, 2019]
    assert [shape.x0 for shape in figure.layout.shapes] == [2018.5]


@pytest.mark.parametrize(("count", "rows", "columns"), [(31, 5, 7), (12, 2, 6), (4, 1, 4), (1, 1, 1)])
def test_panels_fill_their_rows_evenly(count, rows, columns):
    figure = drawn(",".join(real.catalogue().provinces[:count]))
    axes = [key for key in figure.layout.to_plotly_json() if key.startswith(("xaxis", "yaxis"))]
    assert (sum("y" in key[:1] for key in axes), sum("x" in key[:1] for key in axes)) == (rows, columns)


def test_a_phone_has_two_columns():
    shown = real.view(spec("multiples", "west", YEARS))
    figure = draw_multiples(shown, most_columns=2)(frame=frame_of(shown))
    assert {trace.xaxis for trace in figure.data} == {"x", "x2"}
    assert "<b>陕西</b><br>4,826" in {note.text for note in figure.layout.annotations}


def test_a_region_without_any_figure_has_no_empty_panel():
    figures = "region | period | value\n610000 | 2022 | 3048.735\n610000 | 2023 | 4118"
    figure = drawn("540000,610000", (2022, 2023), figures)
    assert list(courses(figure)) == ["610000"]
    assert "西藏" in "".join(figure.layout.meta["footer"])


def test_all_provinces_and_years_stay_small():
    assert len(drawn("provinces", range(2000, 2025), indicators=("gdp",)).to_json().encode()) < 150_000
