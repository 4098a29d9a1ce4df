from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.slide import Slide as PptxSlide

from indicators.export.chart_text import number_format
from indicators.export.native import Datum
from indicators.export.slides import Cover, Sources, deck
from indicators.language.captions import series_scale
from indicators.tasks.draw import drawing_of
from indicators.tasks.marks import frame_of
from indicators.tasks.native import slide_of
from tests import real
from tests.export.views import facts, views
from tests.real import FOCUS, levels, spec

CHARTS = ("ranking", "change", "slope", "multiples", "lines", "scatter")
TABLES = ("heat", "strip", "facts", "table")


def opened(*made, **more) -> list[PptxSlide]:
    return list(Presentation(BytesIO(deck([slide_of(view) for view in made], **more))).slides)


def charts(slide: PptxSlide) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def numbers(chart) -> list[float]:
    """Numbers of the workbook inside a chart."""
    page = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    return [cell for row in page.iter_rows(values_only=True) for cell in row if isinstance(cell, float | int)]


def points(chart) -> list[float]:
    return [value for plot in chart.plots for run in plot.series for value in run.values if value is not None]


def words(slide: PptxSlide) -> list[str]:
    return [
        part.text for shape in slide.shapes if shape.has_text_frame for part in shape.text_frame.paragraphs if part.text
    ]


def cells(slide: PptxSlide) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


@pytest.fixture(scope="module")
def made() -> dict:
    return views()


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_is_a_chart_and_its_workbook_holds_the_figures_of_the_store(kind, made):
    view = made[kind]
    drawn = [chart for slide in opened(view) for chart in charts(slide)]
    held = [value for chart in drawn for value in numbers(chart)]
    catalogue = view.edition.catalogue
    factors = {code: series_scale(view.series, catalogue, code).factor for code in view.spec.indicators}
    asked = (
        view.series.shown
        if kind in ("lines", "multiples")
        else view.series.at(view.spec.last_year).dropna(subset=["value"])
    )
    for code, value in zip(asked["indicator"], asked["value"], strict=True):
        assert min(abs(value * factors[code] - one) for one in held) <= 1e-9 * max(1, abs(value))
    assert all(set(points(chart)) <= set(numbers(chart)) for chart in drawn)


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_a_table_with_what_the_screen_says(kind, made):
    view = made[kind]
    said = {text for slide in opened(view) for text in cells(slide)}
    if kind == "heat":
        drawn = drawing_of(view)(frame=frame_of(view))
        shown = {str(words) for trace in drawn.data if trace.type == "scatter" for words in trace.text}
        assert len(shown) > 20
        assert shown <= said
    elif kind == "table":
        assert {"8,536.94", "4,957.82", "72.19", "北京"} <= said
    elif kind == "strip":
        assert {"4,826亿元", "▲ +17.2%", "第7/31"} <= said
    else:
        assert {"300亿元", "50亿元（目标）", "＞50亿元"} <= {text.replace(" ", "") for text in said}


def test_a_map_is_tiles_with_name_and_value(made):
    group = next(shape for shape in opened(made["map"])[0].shapes if shape.shape_type == 6)
    told = {shape.text_frame.text for shape in group.shapes}
    assert {"陕西\n4,826", "北京\n9,153", "台湾\n—"} <= told
    assert len(group.shapes) == 34


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_words_of_the_view_stand_on_its_slides(language):
    for view in views(language).values():
        slide = slide_of(view, stamp="r7-7KQF-9M2X", address="/compare?i=x&rev=7")
        book = list(Presentation(BytesIO(deck([slide]))).slides)
        said = [text for page in book for text in words(page)]
        caption = view.caption
        assert any(caption.title in text for text in said)
        assert caption.subtitle in said
        assert set(slide.footer) <= set(said)
        assert len(set(caption.footer) - set(slide.footer)) == (view.spec.chart == "strip")
        assert words(book[-1])[-1] != slide.mark
        assert "r7-7KQF-9M2X" in said
        assert said.count(slide.mark) >= (2 if slide.mark else 0)
        named = [s for page in book for s in page.shapes if s._element._nvXxPr.cNvPr.get("descr")]
        assert named
        assert {shape._element._nvXxPr.cNvPr.get("title") for shape in named} == {"/compare?i=x&rev=7"}
        assert all(caption.alt in shape._element._nvXxPr.cNvPr.get("descr") for shape in named)


def test_internal_figures_carry_their_mark_and_public_ones_none(made):
    assert slide_of(facts()).mark == "内部研究资料 请勿外传"
    assert slide_of(made["ranking"]).mark == ""


def test_the_title_is_a_title_so_that_the_outline_of_the_deck_reads(made):
    slides = opened(*made.values())
    assert all(slide.shapes.title is not None and slide.shapes.title.text_frame.text for slide in slides)


def test_a_gap_stays_a_gap_and_a_change_of_definition_parts_the_line():
    rows = levels("""
        region | period | basis | value
        610000 | 2019   | seller | 1467
        610000 | 2021   | seller | 2343
        610000 | 2022   | buyer  | 1875
    """)
    view = real.view(spec("lines", FOCUS, range(2019, 2023), bases=("seller", "buyer")), rows)
    runs = list(charts(opened(view)[0])[0].plots[0].series)
    assert [run.values for run in runs] == [(1467.0, None, 2343.0, None), (None, None, None, 1875.0)]
    assert runs[0].format.line.color.rgb == runs[1].format.line.color.rgb
    assert runs[0].name != runs[1].name


def test_a_target_is_hollow_and_joined_to_nothing(made):
    view = real.view(spec("lines", "500000", range(2018, 2025)))
    run = list(charts(opened(view)[0])[0].plots[0].series)[-1]
    assert run.values == (*[None] * 7, *view.series.targets["value"])
    assert run._element.xpath("c:spPr/a:ln/a:noFill")
    assert run._element.xpath("c:marker/c:spPr/a:ln/a:prstDash")


@pytest.mark.parametrize(
    ("value", "label", "code"),
    [
        (4118.46, "4,118", '#,##0;"−"#,##0'),
        (35.216, "35.22", '#,##0.00;"−"#,##0.00'),
        (1000, "＞1,000", '"＞"#,##0;"＞−"#,##0'),
        (-3.21, "−3.2", '#,##0.0;"−"#,##0.0'),
        (17.23, "+17.2", '"+"#,##0.0;"−"#,##0.0'),
        (4826, "陕西 4,826 (2023)", '"陕西 "#,##0" (2023)";"陕西 −"#,##0" (2023)"'),
        (4826, "陕西", None),
    ],
)
def test_a_label_is_the_number_under_a_format_so_that_it_follows_when_edited(value, label, code):
    assert number_format(Datum(value, label)) == code


def test_a_briefing_has_its_cover_and_its_sources(made):
    cover = Cover("科技成果转化工作简报", "2025年第1期", "2025年1月", "秦创原战略研究院", "", "zh")
    sources = Sources("资料来源", ("国家统计局", "科学技术部"), "", "zh")
    slides = opened(made["ranking"], cover=cover, sources=sources)
    assert words(slides[0]) == ["科技成果转化工作简报", "2025年第1期", "秦创原战略研究院", "2025年1月"]
    assert words(slides[-1])[:3] == ["资料来源", "国家统计局", "科学技术部"]


def test_the_same_views_give_the_same_bytes():
    slides = [slide_of(real.view(spec("ranking", years=(year,)))) for year in (2021, 2022, 2023, 2024)]
    assert deck(slides) == deck(slides)


def test_a_bound_says_so_at_its_bar_and_stays_a_number_that_can_be_edited():
    rows = levels("""
        region | period | basis  | value | qualifier
        610000 | 2023   | seller | 4100  | >
        510000 | 2023   | seller | 1942  | =
    """)
    (chart,) = charts(opened(real.view(spec(regions=f"{FOCUS},510000", years=(2023,)), rows))[0])
    assert numbers(chart) == [4100, 1942]
    codes = chart._chartSpace.xpath(".//c:dLbls//c:numFmt/@formatCode")
    assert '"＞"#,##0;"＞−"#,##0' in codes


def test_no_line_of_a_native_chart_leads_into_a_bound():
    rows = levels("""
        region | period | basis  | value | qualifier
        610000 | 2020   | seller | 1758  | =
        610000 | 2021   | seller | 2343  | =
        610000 | 2022   | seller | 3000  | >
        610000 | 2023   | seller | 4120  | =
    """)
    view = real.view(spec("lines", regions=FOCUS, years=(2020, 2021, 2022, 2023)), rows)
    (chart,) = charts(opened(view)[0])
    assert [(one.name, tuple(one.values)) for one in chart.plots[0].series] == [
        ("陕西", (1758, 2343, None, None)),
        ("陕西", (None, None, 3000, None)),
        ("陕西", (None, None, None, 4120)),
    ]


def test_a_figure_with_no_line_to_either_side_has_a_mark_on_a_slide():
    view = real.view(spec("lines", years=range(2010, 2025), indicators=("rd_intensity",)))
    (chart,) = charts(opened(view)[0])
    alone = [one for one in chart.plots[0].series if sum(value is not None for value in one.values) == 1]
    assert len(alone) >= 30  # the definition changed in the last year
    assert [one.name for one in alone if one._element.xpath("c:marker/c:symbol/@val") == ["none"]] == []


def test_a_view_without_figures_says_so():
    view = real.view(spec("multiples", years=(1980,)))
    assert "没有可画的数据" in words(opened(view)[0])
    assert charts(opened(view)[0]) == []
