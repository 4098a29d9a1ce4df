"""Every kind of chart as a picture, painted and measured: nothing is cut, lies over another text or is too small."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page

from indicators.charts.picture import SIZES
from indicators.language.messages import text
from indicators.model.catalogue import Language
from indicators.model.spec import ChartKind
from indicators.tasks.browse import View
from indicators.tasks.ready_views import READY_VIEWS
from tests import real
from tests.charts.pictured import STAMP, Written, pictured, written
from tests.charts.test_facts import view as facts
from tests.real import FOCUS, spec

# In pixels of the picture: the smallest type that can be read, and how far letters of two texts may reach together.
LEAST_TYPE = 12.0
MOST_OVERLAP = 2.0
ALL_34 = "provinces,710000,810000,820000"
LONG_NAMES = "610000,110000,150000,230000,650000,CHN"
LONGEST, RECENT, ALL_YEARS = "new_product_spending", range(2012, 2025), range(2000, 2025)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
HEADLINES = ("contract_value", "rd_intensity", "hightech_listed", "industrial_rd", "industrial_rd_personnel", LONGEST)
READY = {ready.code: ready for ready in READY_VIEWS}
# The choices of each kind take turns over the sizes, so that every one is painted in two or three of them.
CHOICES: dict[ChartKind, list[dict[str, object]]] = {
    "ranking": [
        {"regions": ALL_34, "years": (2018, 2023), "indicators": (LONGEST,), "reference": "median"},
        {"regions": "610000", "years": (2023,)},
    ],
    "map": [{"regions": ALL_34, "years": (2023,), "indicators": (LONGEST,)}, {"years": (2023,), "measure": "growth"}],
    "change": [
        {"regions": ALL_34, "years": (2018, 2023), "indicators": (LONGEST,)},
        {"regions": "northeast", "years": (2018, 2023), "measure": "rank"},
    ],
    "slope": [
        {"years": (2018, 2023), "measure": "rank"},
        {"regions": ALL_34, "years": (2018, 2023), "indicators": (LONGEST,)},
    ],
    "heat": [{"regions": ALL_34, "years": ALL_YEARS, "indicators": ("gdp",)}, {"years": RECENT, "measure": "growth"}],
    "multiples": [
        {"regions": "west", "years": RECENT, "indicators": ("rd_intensity",)},
        {"regions": ALL_34, "years": ALL_YEARS, "indicators": ("gdp",)},
    ],
    "lines": [
        {"regions": LONG_NAMES, "years": ALL_YEARS, "indicators": ("gdp",)},
        {"regions": "610000", "years": RECENT, "indicators": ("rd_intensity",), "reference": "band"},
        {"regions": LONG_NAMES, "years": RECENT, "indicators": ("rd_intensity", "contract_value")},
    ],
    "scatter": [
        {"years": range(2015, 2024), "indicators": ("industrial_rd_personnel", LONGEST, "gdp"), "reference": "nation"},
        {"regions": ALL_34, "years": (2023,), "indicators": ("contract_value", "rd_intensity"), "scale": "log"},
    ],
    "strip": [
        {
            "regions": "provinces,510000,150000,230000,110000",
            "years": RECENT,
            "indicators": HEADLINES,
            "highlight": FOCUS,
        },
        {"years": range(2019, 2025), "indicators": HEADLINES[:2], "highlight": "150000"},
    ],
}
KINDS: tuple[ChartKind, ...] = (*CHOICES, "facts")


def chosen(kind: ChartKind, turn: int, language: Language) -> View:
    """A view of a kind, its choices in turn."""
    if kind == "facts":
        ready = READY[("enterprises", "funds")[turn % 2]]
        return facts(*ready.indicators, years=ready.years, regions=ready.regions, language=language)
    choices = CHOICES[kind]
    return real.view(spec(kind, **choices[turn % len(choices)], language=language))  # type: ignore[arg-type]


# All sizes in one language or the other, the narrowest in both.
PICTURES = [
    (kind, size, language, turn)
    for kind in KINDS
    for turn, size in enumerate(SIZES)
    for language in (LANGUAGES if size == "phone" else [LANGUAGES[(turn + KINDS.index(kind)) % 2]])
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page of a browser that measures."""
    opened = browser.new_page(viewport={"width": 1600, "height": 1440})
    yield opened
    opened.close()


@pytest.mark.parametrize(("kind", "size", "language", "turn"), PICTURES)
def test_a_picture_has_its_size_and_all_its_words_can_be_read(kind, size, language, turn, painter, page):
    mark = text(language, "footer.internal")
    made = pictured(chosen(kind, turn, language), size, mark)
    canvas, texts = written(made, painter, page)
    assert canvas == pytest.approx((SIZES[size].width, SIZES[size].height), abs=0.5)
    assert cut(texts, canvas) == []
    assert overlaps(texts) == []
    assert small(texts) == []
    said, meta = letters("".join(note.text for note in made.figure.layout.annotations)), made.figure.layout.meta
    for words in (meta["title"], meta["subtitle"], *meta["footer"], STAMP[language], mark):
        assert letters(words) in said


def cut(texts: list[Written], canvas: tuple[float, float]) -> list[str]:
    """Texts that leave the canvas."""
    width, height = canvas
    return [one.words for one in texts if one.left < 0 or one.top < 0 or one.right > width or one.bottom > height]


def overlaps(texts: list[Written]) -> list[tuple[str, str, float]]:
    """Pairs of texts that lie over each other, and how far."""
    pairs = [(one.words, other.words, round(one.overlap(other), 1)) for one, other in combinations(texts, 2)]
    return [pair for pair in pairs if pair[2] > MOST_OVERLAP]


def small(texts: list[Written]) -> list[tuple[str, float]]:
    """Texts in too small a type."""
    return [(one.words, round(one.size, 1)) for one in texts if one.size < LEAST_TYPE]


def letters(words: str) -> str:
    """Words without what wrapping may take away."""
    for sign, plain in ((" ", ""), ("·", ""), ("<b>", ""), ("</b>", ""), ("&gt;", ">"), ("&lt;", "<"), ("&amp;", "&")):
        words = words.replace(sign, plain)
    return words.replace("&#x27;", "'")


def test_a_picture_of_single_figures_tells_those_that_are_not_drawn_too():
    said = "".join(
        note.text for note in pictured(facts(*READY["funds"].indicators), "wide", "").figure.layout.annotations
    )
    assert all(figure in said for figure in ("110亿元", "20.41亿元", "2.4亿元"))
    assert "不能并列" in said


def test_single_figures_stand_in_two_columns_where_a_slide_is_wide_and_in_one_on_a_phone():
    ready = READY["contracts"]
    view = facts(*ready.indicators, years=ready.years, regions=ready.regions)
    wide, phone = (pictured(view, size, "").figure for size in ("wide", "phone"))
    lefts = [{note.x for note in figure.layout.annotations if note.yref != "paper"} for figure in (wide, phone)]
    assert [len(left) for left in lefts] == [2, 1]
    assert all(axis.range[0] == 0 for axis in wide.select_xaxes())


def test_where_cells_of_a_heat_table_have_no_room_the_figures_of_the_last_year_stand_behind_them():
    view = chosen("heat", 0, "zh")
    wide, phone = (pictured(view, size, "").figure for size in ("wide", "phone"))
    numbers = [
        [label for trace in figure.data if trace.type == "scatter" for label in trace.text] for figure in (wide, phone)
    ]
    assert [len(labels) for labels in numbers] == [20 * 31, 31]
    assert numbers[1][0] == " 141,489"


def test_names_on_a_narrow_map_are_no_wider_than_their_tiles(painter, page):
    made = pictured(real.view(spec("map", language="en")), "phone", "")
    _, texts = written(made, painter, page)
    tile = made.factor * (made.figure.layout.width - 44) / 8.06
    names = [one for one in texts if one.words.startswith(("Heilongjiang", "Guangdong", "Inner"))]
    assert len(names) == 3
    assert all(one.right - one.left < tile - 4 for one in names)
