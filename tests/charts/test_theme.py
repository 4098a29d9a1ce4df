from itertools import combinations

import numpy as np
import pytest

from indicators.charts import theme
from indicators.charts.heat import is_dark
from indicators.charts.theme import contrast

# Linear-light matrices of Viénot, Brettel & Mollon (1999).
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])
PROTANOPIA = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    x, y, z = np.cbrt(np.clip(XYZ @ light / XYZ.sum(axis=1), 0.00886, None))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("colour", [theme.INK, theme.SECONDARY, theme.FOCUS, theme.NATION_INK])
def test_text_stands_out_from_the_ground(colour):
    assert contrast(colour, theme.GROUND) >= 4.5


@pytest.mark.parametrize("seen", [DEUTERANOPIA, PROTANOPIA], ids=["deuteranopia", "protanopia"])
@pytest.mark.parametrize(("one", "other"), list(combinations([*theme.SERIES_COLOURS, theme.FOCUS], 2)))
def test_colours_of_series_are_told_apart_without_red_or_green(one, other, seen):
    assert np.linalg.norm(lab(seen @ linear(one)) - lab(seen @ linear(other))) >= 20


def test_the_sequential_scale_darkens_step_by_step():
    lightness = [lab(linear(colour))[0] for colour in theme.SEQUENTIAL]
    assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("colour", [*theme.SEQUENTIAL, *theme.BELOW_ZERO, theme.EMPTY_TILE, theme.FOCUS])
def test_words_on_a_tile_can_be_read(colour):
    """Plotly writes on a tile in #444 or white, whichever stands out more."""
    assert max(contrast("#444444", colour), contrast("#ffffff", colour)) >= 4.5


def test_the_focus_colour_belongs_to_the_focus_region_alone():
    assert theme.FOCUS not in (*theme.SERIES_COLOURS, *theme.SEQUENTIAL, *theme.BELOW_ZERO, theme.NATION_INK)


@pytest.mark.parametrize(
    "words",
    [
        "2024年技术合同成交额：北京、湖北、江苏居前三",
        "Tech contract value: Shaanxi grew 17.2% in 2024",
        "Amounts at current prices; changes are nominal, not adjusted for prices",
        "Technology contract value · By seller’s location · Unit: CNY billion",
        "Heilongjiang",
        "Inner Mongolia 75.99",
        "−1,234.5%",
    ],
)
def test_widths_are_hardly_less_and_little_more_than_a_browser_draws(browser, words):
    page = browser.new_page()
    drawn = page.evaluate(
        """([words, font]) => { const pen = document.createElement('canvas').getContext('2d');
        pen.font = `13px ${font}`; return pen.measureText(words).width; }""",
        [words, theme.FONT],
    )
    page.close()
    assert 0.97 < theme.text_width(words, 13) / drawn < 1.12


@pytest.mark.parametrize("colour", [*theme.SERIES_COLOURS, theme.FOCUS, theme.NATION_INK])
def test_marks_stand_out_from_the_ground(colour):
    assert contrast(colour, theme.GROUND) >= 3


@pytest.mark.parametrize(("one", "other"), list(combinations([*theme.SERIES_COLOURS, theme.FOCUS], 2)))
def test_colours_of_series_are_told_apart_in_grey_print(one, other):
    assert abs(lab(linear(one))[0] - lab(linear(other))[0]) >= 5


@pytest.mark.parametrize("colours", [theme.SEQUENTIAL, theme.BELOW_ZERO])
def test_classes_of_a_map_are_told_apart_in_grey_print(colours):
    lightness = sorted(lab(linear(colour))[0] for colour in colours)
    assert min(np.diff(lightness)) >= 8


def test_the_focus_region_is_told_from_the_others_in_grey_print():
    assert lab(linear(theme.OTHERS))[0] - lab(linear(theme.FOCUS))[0] >= 25


@pytest.mark.parametrize("colour", [*theme.SERIES_COLOURS, theme.FOCUS, theme.NATION_INK])
def test_words_in_the_colour_of_a_mark_can_be_read(colour):
    assert contrast(theme.text_colour(colour), theme.GROUND) >= 4.5
    assert contrast(theme.ink_on(colour), colour) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert theme.text_colour(theme.FOCUS) == theme.FOCUS
    assert theme.text_colour("#29a490") == "#218474"


@pytest.mark.parametrize("colour", [*theme.SEQUENTIAL, *theme.BELOW_ZERO])
def test_numbers_in_the_cells_of_a_heat_table_can_be_read(colour):
    assert contrast(theme.GROUND if is_dark(colour) else theme.INK, colour) >= 4.5


def test_contrast_is_reckoned_as_the_web_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
