import pytest

from indicators.charts.theme import BELOW_ZERO, FOCUS, GROUND, INK
from tests import real
from tests.real import spec

FIGURES = """
region | period | value   | basis     | status
110000 | 2022   | 7948    | seller    | actual
110000 | 2023   | 8536.94 | seller    | actual
610000 | 2022   | 3048.735 | seller   | actual
610000 | 2023   | 4118    | seller    | provisional
330100 | 2022   | 1000    | announced | actual
330100 | 2023   | 1100    | seller    | actual
"""


def drawn(regions: str = "540000,610000,110000", years=(2022, 2023), own: str | None = FIGURES, **fields: object):
    return real.figure(spec("heat", regions, years, **fields), None if own is None else real.levels(own))


def cells(figure):
    return next(trace for trace in figure.data if trace.type == "heatmap")


def bars(figure) -> list:
    """Cells without a value; those over a colour are transparent."""
    return [trace for trace in figure.data if trace.type == "bar" and trace.marker.color != "rgba(0,0,0,0)"]


def texts(figure) -> dict[tuple[int, int], str]:
    traces = (trace for trace in figure.data if trace.type == "scatter")
    return {(y, x): words for t in traces for x, y, words in zip(t.x, t.y, t.text, strict=True)}


def test_values_are_drawn_unrounded_the_largest_last_value_on_top():
    figure = drawn()
    assert [list(line) for line in cells(figure).z] == [[7948, 8536.94], [3048.735, 4118], [None, None]]
    assert [line[0] for line in cells(figure).customdata] == ["110000", "610000", "540000"]


def test_every_known_cell_says_its_number_in_a_readable_ink():
    assert texts(drawn()) == {(0, 2022): "7,948", (0, 2023): "8,537", (1, 2022): "3,049", (1, 2023): "4,118"}
    assert {t.textfont.color for t in drawn().data if t.type == "scatter"} <= {INK, GROUND}


def decimals(figure) -> set[int]:
    """How many decimals the cells have, apart from those of numbers that would be cut to nothing."""
    numbers = [words for words in texts(figure).values() if not words.strip("+−").startswith("0.0")]
    return {len(words.partition(".")[2]) for words in numbers}


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"language": "en"}, 1),  # up to CNY 915.3 billion
        ({"language": "zh", "indicators": ("rd_intensity",)}, 2),
        ({"language": "en", "indicators": ("rd_intensity",)}, 2),
        ({"language": "en", "indicators": ("contract_count",), "regions": "630000,540000"}, 0),
        ({"language": "zh", "measure": "growth", "regions": "610000,510000"}, 1),
        ({"language": "en", "measure": "per_capita", "regions": "610000,510000"}, 1),
    ],
)
def test_all_cells_have_the_same_decimals(fields, places):
    choice = {"regions": "provinces", "years": range(2010, 2025), **fields}
    assert decimals(drawn(own=None, **choice)) == {places}


def test_a_number_too_small_for_its_decimals_keeps_its_first_digit():
    last = dict(sorted(texts(drawn("110000,540000", range(2017, 2025), None, language="en")).items()))
    assert [last[0, year] for year in (2017, 2024)] == ["448.7", "915.3"]
    assert [last[1, year] for year in range(2017, 2025)] == [
        *("0.004", "0.004", "0.1", "0.08", "0.2", "0.6", "0.8", "1.5"),
    ]


def test_missing_is_hatched_and_what_cannot_be_computed_is_pale():
    figure = drawn(measure="growth")
    hatches = {bar.marker.pattern.shape: list(zip(bar.base, bar.x, strict=True)) for bar in bars(figure)}
    assert [x for _, x in hatches["/"]] == [2022, 2023]  # Tibet has no figure at all
    assert [x for _, x in hatches[""]] == [2022, 2022]  # nobody has an earlier year to 2022
    assert {"斜线格：无数据", "浅色格：口径不同或不可计算"} <= {note.text for note in figure.layout.annotations}


def test_a_doubtful_figure_is_hatched_over_its_colour():
    (doubt,) = (trace for trace in drawn("610000,110000").data if trace.type == "bar")
    assert (list(doubt.x), doubt.marker.pattern.shape) == ([2023], "/")


def test_the_row_of_the_focus_is_framed_and_its_name_has_the_accent():
    figure = drawn()
    (frame,) = (shape for shape in figure.layout.shapes if shape.line.color == FOCUS)
    assert (frame.y0, frame.y1) == (0.5, 1.5)
    assert [FOCUS in name for name in figure.layout.yaxis.ticktext] == [False, True, False]


def test_a_change_of_definition_of_all_is_a_line_through_all_rows():
    figure = drawn("provinces", range(2017, 2025), None, indicators=("rd_intensity",))
    lines = [(s.x0, s.y0, s.y1) for s in figure.layout.shapes if s.type == "line"]
    assert lines == [(2018.5, -0.5, 30.5), (2023.5, -0.5, 30.5)]
    assert "点线：口径变化" in {note.text for note in figure.layout.annotations}


def test_of_a_year_only_one_definition_has_colours():
    figure = drawn("110000,610000,330100", bases=("seller", "announced"))
    assert list(cells(figure).z[2]) == [None, 1100]


def test_growth_has_a_hue_of_its_own_below_0_and_levels_have_one_hue():
    def has_both(figure) -> bool:
        return bool({colour for _, colour in cells(figure).colorscale} & set(BELOW_ZERO))

    assert has_both(drawn("provinces", range(2015, 2025), None, measure="growth"))
    assert has_both(drawn("provinces", range(2015, 2025), None, measure="gap"))
    assert not has_both(drawn("provinces", range(2015, 2025), None))


def test_places_are_darker_the_further_up():
    scale = cells(drawn("provinces", range(2015, 2025), None, measure="rank")).colorscale
    assert (scale[0][1], scale[-1][1]) == ("#1f4e79", "#e8eff6")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_provinces_and_years_stay_small(language):
    figure = drawn("provinces", range(2000, 2025), None, indicators=("gdp",), language=language)
    assert len(figure.to_json().encode()) < 150_000
    levels = real.all_levels()
    own = levels[(levels["indicator"] == "gdp") & levels["region"].isin(real.catalogue().provinces)]
    assert len(texts(figure)) == len(own.drop_duplicates(["region", "year"]))
