"""Native charts with categories: bars and lines as DrawingML, laid out for the room they have (in points)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from math import ceil, log10

from indicators.charts.lines import spread
from indicators.charts.theme import FOCUS, GRID, INK, OTHERS, SECONDARY
from indicators.export.chart_cells import Place
from indicators.export.chart_text import (
    chart_type_of_letters,
    fonts,
    hatched,
    number_format,
    plain,
    quoted,
    run_properties,
    solid,
    text_width,
)
from indicators.export.native import Axis, Bars, Datum, Language, Lines, Run

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_MOST_SIZE, _LEAST_SIZE = 12.0, 6.5
_WIDENED = 1.06
_THICKEST = 46.0
_TINT = 0.3
_LAST_FEW = 3
SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "up": "triangle",
    "right": "triangle",
    "down": "diamond",
    "left": "diamond",
    "none": "none",
}


def bars_xml(chart: Bars, *, width: float, height: float, sheet: str, language: Language) -> bytes:
    """Horizontal bars, one row a category."""
    is_several = len(chart.runs) > 1
    overlap = 100 if any(run.is_tick for run in chart.runs) else 0
    above, below = (22.0 if is_several and not overlap else 4.0), 4.0
    plot_height = min(height - above - below, max(len(chart.categories), 1) * _THICKEST)
    pitch = plot_height / max(len(chart.categories), 1)
    size = min(_MOST_SIZE, max(_LEAST_SIZE, pitch * 0.68))
    names = max((text_width(name, size) for name in chart.categories), default=0.0) * _WIDENED + 10
    labels = [(datum.value or 0.0, text_width(datum.label, size)) for run in chart.runs for datum in run.data]
    beyond = max((wide for value, wide in labels if value < 0), default=0.0) * _WIDENED
    right = max((wide for value, wide in labels if value >= 0), default=0.0) * _WIDENED + 12
    left = min(names, width * 0.45)
    plot_width = width - left - right
    low = chart.axis.low - (chart.axis.high - chart.axis.low) * beyond / (plot_width - beyond)
    layout = _layout(left / width, above / height, plot_width / width, plot_height / height)
    runs = "".join(_bar_run(run, n, chart, size, sheet, language) for n, run in enumerate(chart.runs))
    gap = 35 if is_several and not overlap else 45
    plot = (
        f'{layout}<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{runs}'
        f'<c:gapWidth val="{gap}"/><c:overlap val="{overlap}"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
        + _categories(size, language, counts_down=True, position="l", skip=1)
        + value_axis(replace(chart.axis, low=low), 112, 111, "t", size, language, is_hidden=True)
    )
    return chart_space(plot, language, legend=legend_xml(size, language) if is_several and not overlap else "")


def lines_xml(chart: Lines, *, width: float, height: float, sheet: str, language: Language) -> bytes:
    """Lines over the years with labels at their ends, moved apart where they would overlap."""
    size = 11.0 if height > 230 else 9.0 if height > 130 else 8.0
    if _is_bare(chart):
        most = max(sum(bool(run.data[end].label) for run in chart.runs) for end in (0, 1))
        size = min(size, max(_LEAST_SIZE, (height - 50) / max(most, 1) / 1.32))
    marks = [(datum, text_width(datum.label, size)) for run in chart.runs for datum in run.data if datum.label]
    ticks = text_width(_longest_tick(chart.axis), size) + 10
    left = max([ticks if not _is_bare(chart) else 10.0, *(wide * _WIDENED + 12 for d, wide in marks if d.is_left)])
    right = max([10.0, *(wide * _WIDENED + 16 for d, wide in marks if not d.is_left)])
    right = min(right, width * 0.5)
    above, below = size, size * 2.4
    plot_width, plot_height = width - left - right, height - above - below
    layout = _layout(left / width, above / height, plot_width / width, plot_height / height)
    offsets = _offsets(chart, plot_height, size * 1.28)
    runs = "".join(
        _line_run(
            run,
            n,
            chart,
            size,
            sheet,
            language,
            {at: moved / height for (own, at), moved in offsets.items() if own == n},
        )
        for n, run in enumerate(chart.runs)
    )
    at_end = chart.axis.counts_down and not _is_bare(chart)
    skip = _skip(len(chart.categories), plot_width, size)
    plot = (
        f'{layout}<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{runs}'
        '<c:marker val="1"/><c:axId val="111"/><c:axId val="112"/></c:lineChart>'
        + _categories(size, language, counts_down=False, position="b", skip=skip, at_end=at_end)
        + value_axis(chart.axis, 112, 111, "l", size, language, is_hidden=_is_bare(chart))
    )
    return chart_space(plot, language)


def _is_bare(chart: Lines) -> bool:
    """Whether the numbers stand at both ends of the lines, so that the axis needs none."""
    return len(chart.categories) == 2


def chart_space(plot: str, language: Language, *, legend: str = "") -> bytes:
    """A whole chart part around its plot."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {NAMESPACES}><c:date1904 val="0"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="1000">{fonts(language)}</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        "</c:chartSpace>"
    ).encode()


def value_axis(
    axis: Axis,
    own: int,
    crossed: int,
    position: str,
    size: float,
    language: Language,
    *,
    is_hidden: bool = False,
    at_end: bool = False,
) -> str:
    """An axis of numbers with its gridlines; without numbers where the labels say all.

    It stands `at_end` of the other axis where that one counts down, which is then at the left or at the foot too.
    """
    log = '<c:logBase val="10"/>' if axis.is_log else ""
    way = "maxMin" if axis.counts_down else "minMax"
    lines = f'<c:majorGridlines><c:spPr><a:ln w="6350">{solid(GRID)}</a:ln></c:spPr></c:majorGridlines>'
    turned = '<a:bodyPr rot="-5400000" vert="horz"/>' if position == "l" else "<a:bodyPr/>"
    title = (
        f"<c:title><c:tx><c:rich>{turned}<a:lstStyle/><a:p><a:pPr>"
        f"{run_properties('a:defRPr', size, SECONDARY, language)}</a:pPr><a:r>"
        f"{run_properties('a:rPr', size, SECONDARY, language)}<a:t>{plain(axis.title)}</a:t></a:r>"
        "</a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
        if axis.title
        else ""
    )
    step = f'<c:majorUnit val="{axis.step:.12g}"/>' if not axis.is_log and axis.step else ""
    crosses = f'<c:crosses val="{"max" if at_end else "autoZero"}"/>'
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling>{log}<c:orientation val="{way}"/><c:max val="{axis.high:.12g}"/>'
        f'<c:min val="{axis.low:.12g}"/></c:scaling><c:delete val="{int(is_hidden)}"/><c:axPos val="{position}"/>'
        f"{'' if is_hidden else lines}{'' if is_hidden else title}"
        f'<c:numFmt formatCode={quoted(axis.number_format)} sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"nextTo" if at_end else "low"}"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f"{chart_type_of_letters(size, SECONDARY, language)}"
        f'<c:crossAx val="{crossed}"/>{crosses}<c:crossBetween val="{"between" if position == "t" else "midCat"}"/>'
        f"{step}</c:valAx>"
    )


def head_xml(run: str, place: Place, number: int) -> str:
    """Number, order and name of a series."""
    return (
        f'<c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>{plain(place.head)}</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{plain(run)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def numbers_xml(tag: str, values: list[float | None], place: Place, number_format_code: str = "General") -> str:
    """Numbers of a series with what they are read from; gaps have no point."""
    points = "".join(f'<c:pt idx="{n}"><c:v>{v!r}</c:v></c:pt>' for n, v in enumerate(values) if v is not None)
    return (
        f"<{tag}><c:numRef><c:f>{plain(place.cells)}</c:f><c:numCache><c:formatCode>{plain(number_format_code)}"
        f'</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef></{tag}>'
    )


def label_xml(
    datum: Datum, at: int, position: str, size: float, colour: str, language: Language, *, moved: float = 0.0
) -> str:
    """The label of one point: a number under a format of its own, or else the text itself."""
    layout = (
        f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{moved:.5f}"/></c:manualLayout></c:layout>' if moved else ""
    )
    code = number_format(datum)
    letters = {"is_bold": datum.is_strong}
    if code is None:
        words = (
            "<c:tx><c:rich>"
            + _BODY
            + "<a:lstStyle/><a:p><a:r>"
            + run_properties("a:rPr", size, colour, language, **letters)
            + f"<a:t>{plain(datum.label)}</a:t></a:r></a:p></c:rich></c:tx>"
        )
        form = ""
    else:
        words, form = "", f'<c:numFmt formatCode={quoted(code)} sourceLinked="0"/>'
    style = _label_letters(size, colour, language, **letters)
    return (
        f'<c:dLbl><c:idx val="{at}"/>{layout}{words}{form}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{style}'
        f'<c:dLblPos val="{position}"/>{SHOWN}</c:dLbl>'
    )


_BODY = '<a:bodyPr rot="0" vert="horz" wrap="none" lIns="38100" tIns="0" rIns="38100" bIns="0" anchor="ctr"/>'
SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
HIDDEN = SHOWN.replace('<c:showVal val="1"/>', '<c:showVal val="0"/>')


def _label_letters(size: float, colour: str, language: Language, *, is_bold: bool = False) -> str:
    return (
        f"<c:txPr>{_BODY}<a:lstStyle/><a:p><a:pPr>"
        + run_properties("a:defRPr", size, colour, language, is_bold=is_bold)
        + '</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _bar_run(run: Run, number: int, chart: Bars, size: float, sheet: str, language: Language) -> str:
    place = Place(sheet, number + 2, 2, len(run.data))
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        "<c:spPr>"
        + _bar_look(datum.colour or run.colour, is_doubtful=datum.is_doubtful, is_hollow=run.is_hollow)
        + "</c:spPr></c:dPt>"
        for n, datum in enumerate(run.data)
        if (datum.colour and datum.colour != run.colour) or datum.is_doubtful
    )
    formats = [number_format(datum) for datum in run.data]
    is_all = all(datum.label for datum in run.data if datum.value is not None)
    usual = Counter(code for code in formats if code and is_all).most_common(1)
    usual_code = usual[0][0] if usual else ""
    labels = "".join(
        label_xml(datum, n, "outEnd", size, FOCUS if datum.is_strong else INK, language)
        for n, (datum, code) in enumerate(zip(run.data, formats, strict=True))
        if datum.label and (code != usual_code or datum.is_strong)
    )
    if usual_code:
        rest = (
            f'<c:numFmt formatCode={quoted(usual_code)} sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
            f'{_label_letters(size, INK, language)}<c:dLblPos val="outEnd"/>{SHOWN}'
        )
    else:
        rest = HIDDEN
    values = [datum.value for datum in run.data]
    look = _NOTHING if run.is_tick else _bar_look(run.colour, is_doubtful=False, is_hollow=run.is_hollow)
    ticks = _ticks(chart.axis) if run.is_tick else ""
    return (
        f"<c:ser>{head_xml(run.name, place, number)}<c:spPr>{look}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{points}<c:dLbls>{labels}{rest}</c:dLbls>{ticks}'
        f"{_category_names(chart.categories, sheet)}{numbers_xml('c:val', values, place)}</c:ser>"
    )


_NOTHING = "<a:noFill/><a:ln><a:noFill/></a:ln>"


def _ticks(axis: Axis) -> str:
    """A short upright line at each value: the cap of an error bar of next to no length."""
    return (
        '<c:errBars><c:errBarType val="plus"/><c:errValType val="fixedVal"/><c:noEndCap val="0"/>'
        f'<c:val val="{(axis.high - axis.low) / 1e5:.6g}"/><c:spPr><a:ln w="25400">{solid(INK)}</a:ln></c:spPr>'
        "</c:errBars>"
    )


def _bar_look(colour: str, *, is_doubtful: bool, is_hollow: bool) -> str:
    if is_hollow:
        return f'<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525">{solid(SECONDARY)}</a:ln>'
    return (hatched("#ffffff", colour) if is_doubtful else solid(colour)) + (
        f'<a:ln w="6350">{solid(colour)}</a:ln>' if is_doubtful else "<a:ln><a:noFill/></a:ln>"
    )


def _line_run(
    run: Run, number: int, chart: Lines, size: float, sheet: str, language: Language, moved: dict[int, float]
) -> str:
    place = Place(sheet, number + 2, 2, len(run.data))
    is_doubtful = all(datum.is_doubtful for datum in run.data if datum.value is not None)
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/>{_own_mark(datum, run)}'
        f'<c:bubble3D val="0"/>{_line_look(run, is_dashed=datum.is_doubtful)}</c:dPt>'
        for n, datum in enumerate(run.data)
        if datum.value is not None and (datum.is_doubtful > is_doubtful or datum.shape != "circle")
    )
    colour = SECONDARY if run.colour == OTHERS else run.colour
    labels = "".join(
        label_xml(datum, n, "l" if datum.is_left else "r", size, colour, language, moved=moved.get(n, 0.0))
        for n, datum in enumerate(run.data)
        if datum.label and datum.value is not None
    )
    values = [datum.value for datum in run.data]
    is_hollow = run.is_hollow or is_doubtful
    return (
        f"<c:ser>{head_xml(run.name, place, number)}{_line_look(run, is_dashed=is_doubtful)}"
        f"{marker_xml('circle', run.mark, run.colour, is_hollow=is_hollow, is_dashed=run.is_hollow)}{points}"
        f"<c:dLbls>{labels}{HIDDEN}</c:dLbls>{_category_names(chart.categories, sheet)}"
        f'{numbers_xml("c:val", values, place)}<c:smooth val="0"/></c:ser>'
    )


def _own_mark(datum: Datum, run: Run) -> str:
    """The mark of a point that is doubtful or a bound."""
    size = run.mark + (2 if datum.shape != "circle" else 0)
    return marker_xml(SYMBOLS[datum.shape], size, run.colour, is_hollow=datum.is_doubtful)


def _line_look(run: Run, *, is_dashed: bool = False) -> str:
    if run.dash == "none":
        return "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    dash = '<a:prstDash val="sysDash"/>' if is_dashed or run.dash == "dashed" else ""
    return f'<c:spPr><a:ln w="{round(run.width * 12700)}" cap="rnd">{solid(run.colour)}{dash}<a:round/></a:ln></c:spPr>'


def marker_xml(
    symbol: str, size: float, colour: str, *, is_hollow: bool = False, is_dashed: bool = False, is_clear: bool = False
) -> str:
    """A mark, filled or hollow or letting through what lies under it; the outline of a target is dashed."""
    if symbol == "none" or not size:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    fill = solid(_pale(colour)) if is_hollow else solid(colour)
    outline = solid("#ffffff") if is_clear and not is_hollow else solid(colour)
    if is_clear:
        fill = fill.replace("/></a:solidFill>", '><a:alpha val="80000"/></a:srgbClr></a:solidFill>')
    dash = '<a:prstDash val="sysDash"/>' if is_dashed else ""
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{min(max(round(size), 2), 72)}"/><c:spPr>{fill}'
        f'<a:ln w="{9525 if is_clear else 15875}">{outline}{dash}</a:ln></c:spPr></c:marker>'
    )


def _pale(colour: str) -> str:
    """A tint of a colour: white inside an outline, still to be seen where a program draws no outline."""
    parts = (int(colour.removeprefix("#")[n : n + 2], 16) for n in (0, 2, 4))
    return "#" + "".join(f"{round(255 - (255 - part) * _TINT):02x}" for part in parts)


def _category_names(names: tuple[str, ...], sheet: str) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{plain(name)}</c:v></c:pt>' for n, name in enumerate(names))
    place = Place(sheet, 1, 2, len(names))
    return (
        f"<c:cat><c:strRef><c:f>{plain(place.cells)}</c:f><c:strCache>"
        f'<c:ptCount val="{len(names)}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def _categories(
    size: float, language: Language, *, counts_down: bool, position: str, skip: int, at_end: bool = False
) -> str:
    line = f'<a:ln w="9525">{solid(SECONDARY)}</a:ln>'
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{"maxMin" if counts_down else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{position}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"nextTo" if at_end else "low"}"/>'
        f"<c:spPr>{line}</c:spPr>"
        + chart_type_of_letters(size, INK if counts_down else SECONDARY, language, is_wrapped=counts_down)
        + f'<c:crossAx val="112"/><c:crosses val="{"max" if at_end else "autoZero"}"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="40"/><c:tickLblSkip val="{skip}"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def legend_xml(size: float, language: Language, left_out: Sequence[int] = ()) -> str:
    """The key above a plot, without some of the series."""
    entries = "".join(f'<c:legendEntry><c:idx val="{n}"/><c:delete val="1"/></c:legendEntry>' for n in left_out)
    return (
        '<c:legend><c:legendPos val="t"/>' + entries + '<c:overlay val="0"/>'
        f"{chart_type_of_letters(min(size + 1, 11), SECONDARY, language)}</c:legend>"
    )


def _layout(x: float, y: float, width: float, height: float) -> str:
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/>'
        f'<c:w val="{max(width, 0.05):.4f}"/><c:h val="{max(height, 0.05):.4f}"/>'
        "</c:manualLayout></c:layout>"
    )


plot_layout = _layout


def _offsets(chart: Lines, plot_height: float, step: float) -> dict[tuple[int, int], float]:
    """How far down labels move, by run and category, so that those beside one category or the last few stand apart."""
    together: dict[tuple[int, bool], list[tuple[int, int, float]]] = defaultdict(list)
    for n, run in enumerate(chart.runs):
        for at, datum in enumerate(run.data):
            if datum.label and datum.value is not None:
                is_last = not datum.is_left and at >= len(chart.categories) - _LAST_FEW
                beside = len(chart.categories) if is_last else at
                together[beside, datum.is_left].append((n, at, part_of(chart.axis, datum.value) * plot_height))
    moved: dict[tuple[int, int], float] = {}
    for ends in together.values():
        heights = [height for _, _, height in ends]
        places = spread(heights, step=step, low=0.0, high=max(plot_height, step * (len(ends) - 1)))
        moved |= {(n, at): height - place for (n, at, height), place in zip(ends, places, strict=True)}
    return {key: value for key, value in moved.items() if abs(value) > 0.4}


def part_of(axis: Axis, value: float) -> float:
    """The part of the axis below a value, 0 to 1; from the top where places count down."""
    low, high, own = (log10(v) for v in (axis.low, axis.high, value)) if axis.is_log else (axis.low, axis.high, value)
    part = (own - low) / ((high - low) or 1.0)
    return 1 - part if axis.counts_down else part


def _skip(count: int, width: float, size: float) -> int:
    """Every how many years one is written, so that they have room and the last is among them where that can be."""
    least = max(1, ceil(count * size * 3.2 / max(width, 1)))
    return next((n for n in range(least, least + 3) if (count - 1) % n == 0), least)


def _longest_tick(axis: Axis) -> str:
    digits = len(axis.number_format.partition(".")[2])
    return max((f"{end:,.{digits}f}" for end in (axis.low, axis.high)), key=len)
