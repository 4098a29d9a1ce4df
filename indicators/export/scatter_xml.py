"""Native charts of two numbers against each other: dots with the names of their regions, as DrawingML."""

from math import ceil

from indicators.charts.theme import FOCUS, INK, SECONDARY
from indicators.export.chart_cells import Place
from indicators.export.chart_text import plain, run_properties, solid, text_width
from indicators.export.chart_xml import (
    HIDDEN,
    SHOWN,
    SYMBOLS,
    chart_space,
    head_xml,
    legend_xml,
    marker_xml,
    numbers_xml,
    plot_layout,
    value_axis,
)
from indicators.export.native import Dot, DotRun, Dots, Language

_SIZE = 10.0
_LETTERS = 9.0


def dots_xml(chart: Dots, *, width: float, height: float, sheet: str, language: Language) -> bytes:
    """Dots with their key above; a third number sizes their marks."""
    runs = "".join(_run(n, chart, sheet, language, height) for n in range(len(chart.runs)))
    left = 26 + max(text_width(f"{end:,.0f}", _SIZE) for end in (chart.y.low, chart.y.high)) + 12
    is_keyed = sum(run.is_keyed for run in chart.runs) > 1
    key = sum(text_width(run.name, _SIZE + 1) + 36 for run in chart.runs if run.is_keyed)
    above = 14.0 + 18 * ceil(key / width) if is_keyed else 14.0
    below, right = 46.0, 36.0
    layout = plot_layout(
        left / width, above / height, (width - left - right) / width, (height - above - below) / height
    )
    ends = '<c:axId val="111"/><c:axId val="112"/>'
    body = f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{runs}{ends}</c:scatterChart>'
    x = value_axis(chart.x, 111, 112, "b", _SIZE, language, at_end=chart.y.counts_down)
    y = value_axis(chart.y, 112, 111, "l", _SIZE, language, at_end=chart.x.counts_down)
    unkeyed = [n for n, run in enumerate(chart.runs) if not run.is_keyed]
    return chart_space(
        f"{layout}{body}{x}{y}", language, legend=legend_xml(_SIZE, language, unkeyed) if is_keyed else ""
    )


def _run(number: int, chart: Dots, sheet: str, language: Language, height: float) -> str:
    run = chart.runs[number]
    before = sum(len(other.dots) for other in chart.runs[:number])
    dots = [dot for other in chart.runs for dot in other.dots]
    own = range(before, before + len(run.dots))
    x, y = (Place(sheet, column, 2, len(dots)) for column in (2, number + 3))
    labels = "".join(_label(dots[n], n, run, language, height) for n in own if dots[n].label)
    head = head_xml(run.name, y, number)
    numbers = numbers_xml("c:xVal", [dot.x for dot in dots], x)
    numbers += numbers_xml("c:yVal", [dot.y if n in own else None for n, dot in enumerate(dots)], y)
    dash = '<a:prstDash val="sysDash"/>' if run.line == "dashed" else ""
    none = '<a:ln w="19050"><a:noFill/></a:ln>'
    line = none if run.line == "none" else f'<a:ln w="15875">{solid(run.colour)}{dash}</a:ln>'
    symbol = SYMBOLS[run.shape]
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/>'
        + marker_xml(
            symbol, dots[n].mark or run.mark, run.colour, is_hollow=dots[n].is_hollow, is_clear=dots[n].mark > 0
        )
        + '<c:bubble3D val="0"/></c:dPt>'
        for n in own
        if dots[n].is_hollow or dots[n].mark
    )
    return (
        f"<c:ser>{head}<c:spPr>{line}</c:spPr>{marker_xml(SYMBOLS[run.shape], run.mark, run.colour)}{points}"
        f'<c:dLbls>{labels}{HIDDEN}</c:dLbls>{numbers}<c:smooth val="0"/></c:ser>'
    )


def _label(dot: Dot, at: int, run: DotRun, language: Language, height: float) -> str:
    is_focus = run.colour == FOCUS
    layout = (
        f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{dot.moved / height:.5f}"/></c:manualLayout></c:layout>'
        if dot.moved
        else ""
    )
    colour = FOCUS if is_focus else SECONDARY if run.line == "dashed" else INK
    letters = run_properties("a:rPr", _LETTERS, colour, language, is_bold=is_focus)
    return (
        f'<c:dLbl><c:idx val="{at}"/>{layout}<c:tx><c:rich>'
        '<a:bodyPr wrap="none" lIns="25400" tIns="0" rIns="25400" bIns="0" anchor="ctr"/>'
        f"<a:lstStyle/><a:p><a:r>{letters}<a:t>{plain(dot.label)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="{dot.side}"/>{SHOWN}</c:dLbl>'
    )
