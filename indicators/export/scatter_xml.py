"""Native charts of two numbers against each other: dots with the names of their regions, as DrawingML."""

from indicators.charts.theme import FOCUS, INK, SECONDARY
from indicators.export.chart_cells import Place, places_of_dots
from indicators.export.chart_text import plain, quoted, run_properties, solid, text_width
from indicators.export.chart_xml import (
    HIDDEN,
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
    """Dots, or bubbles where a third number sizes them."""
    starts = places_of_dots(chart, sheet)
    runs = "".join(
        _run(run, n, start, chart, sheet, language, height) for n, (run, start) in enumerate(zip(chart.runs, starts, strict=True))
    )
    left = 26 + max(text_width(f"{end:,.0f}", _SIZE) for end in (chart.y.low, chart.y.high)) + 12
    is_keyed = sum(run.is_keyed for run in chart.runs) > 1
    above, below, right = (26.0 if is_keyed else 12.0), 46.0, 36.0
    layout = plot_layout(
        left / width, above / height, (width - left - right) / width, (height - above - below) / height
    )
    ends = '<c:axId val="111"/><c:axId val="112"/>'
    if chart.size_name:
        body = f'<c:bubbleChart><c:varyColors val="0"/>{runs}<c:bubbleScale val="45"/><c:showNegBubbles val="0"/><c:sizeRepresents val="area"/>{ends}</c:bubbleChart>'
    else:
        body = f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{runs}{ends}</c:scatterChart>'
    x = value_axis(chart.x, 111, 112, "b", _SIZE, language)
    y = value_axis(chart.y, 112, 111, "l", _SIZE, language).replace("<a:bodyPr/>", '<a:bodyPr rot="-5400000" vert="horz"/>', 1)
    unkeyed = [n for n, run in enumerate(chart.runs) if not run.is_keyed]
    return chart_space(
        f"{layout}{body}{x}{y}", language, legend=legend_xml(_SIZE, language, unkeyed) if is_keyed else ""
    )


def _run(run: DotRun, number: int, start: int, chart: Dots, sheet: str, language: Language, height: float) -> str:
    count = len(run.dots)
    name, x, y, size = (Place(sheet, column, start, count) for column in (1, 2, 3, 4))
    labels = "".join(_label(dot, n, run, language, height) for n, dot in enumerate(run.dots) if dot.label)
    values = (numbers_xml("c:xVal", [dot.x for dot in run.dots], x), numbers_xml("c:yVal", [dot.y for dot in run.dots], y))
    head = head_xml(run.name, name, number)
    if chart.size_name:
        fill = f'<c:spPr><a:solidFill><a:srgbClr val="{run.colour.removeprefix("#").upper()}"><a:alpha val="75000"/></a:srgbClr></a:solidFill><a:ln w="6350">{solid("#ffffff")}</a:ln></c:spPr>'
        sizes = numbers_xml("c:bubbleSize", [dot.size or 0.0 for dot in run.dots], size)
        return f'<c:ser>{head}{fill}<c:invertIfNegative val="0"/><c:dLbls>{labels}{HIDDEN}</c:dLbls>{values[0]}{values[1]}{sizes}<c:bubble3D val="0"/></c:ser>'
    dash = '<a:prstDash val="sysDash"/>' if run.line == "dashed" else ""
    line = "<a:ln w=\"19050\"><a:noFill/></a:ln>" if run.line == "none" else f'<a:ln w="15875">{solid(run.colour)}{dash}</a:ln>'
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/>{marker_xml(SYMBOLS[run.shape], run.mark, run.colour, is_hollow=True)}<c:bubble3D val="0"/></c:dPt>'
        for n, dot in enumerate(run.dots)
        if dot.is_doubtful
    )
    return (
        f"<c:ser>{head}<c:spPr>{line}</c:spPr>{marker_xml(SYMBOLS[run.shape], run.mark, run.colour)}{points}"
        f"<c:dLbls>{labels}{HIDDEN}</c:dLbls>{values[0]}{values[1]}<c:smooth val=\"0\"/></c:ser>"
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
        f'<c:dLbl><c:idx val="{at}"/>{layout}<c:tx><c:rich><a:bodyPr wrap="none" lIns="25400" tIns="0" rIns="25400" bIns="0" anchor="ctr"/>'
        f"<a:lstStyle/><a:p><a:r>{letters}<a:t>{plain(dot.label)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="{dot.side}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
    )
