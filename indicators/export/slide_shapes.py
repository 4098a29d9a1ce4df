"""Shapes on a slide as PresentationML: boxes of text, tables, tiles. Lengths are points, a slide is 960 by 540."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from indicators.charts.theme import FOCUS, GRID, GROUND, INK, SECONDARY
from indicators.export.chart_text import hatched, plain, quoted, run_properties, solid, text_width
from indicators.export.native import Grid, Language, Tiles

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LINE = 1.3
_SLACK = 1.03
_HEAD_FILL = "#f1f4f7"
_EMU = 12700
_PAD, _DENSE_PAD = 5.0, 1.5
_LEAST_DENSE = 8.0  # below which only columns that have no room otherwise are printed
_HATCH, _HATCH_GROUND = "#c9d1d9", "#f4f6f8"


@dataclass(frozen=True)
class Box:
    """A place on a slide."""

    x: float
    y: float
    width: float
    height: float

    @property
    def transform(self) -> str:
        """The place as DrawingML."""
        return f"<a:xfrm>{self.inner}</a:xfrm>"

    @property
    def inner(self) -> str:
        """Offset and extent."""
        x, y, width, height = (round(v * _EMU) for v in (self.x, self.y, self.width, self.height))
        return f'<a:off x="{x}" y="{y}"/><a:ext cx="{max(width, 0)}" cy="{max(height, 0)}"/>'


@dataclass(frozen=True)
class Words:
    """A paragraph: its text, size, colour and the room after it."""

    text: str
    size: float
    colour: str = INK
    is_bold: bool = False
    after: float = 0.0
    align: str = "l"


def height_of(text: str, size: float, width: float, *, is_bold: bool = False) -> float:
    """How high a wrapped text stands; bold letters are wider."""
    slack = _SLACK * 1.12 if is_bold else _SLACK
    lines = sum(max(1, ceil(text_width(part, size) * slack / width)) for part in text.split("\n"))
    return lines * size * LINE


def heights(words: Sequence[Words], width: float) -> float:
    """How high paragraphs stand together."""
    return sum(height_of(w.text, w.size, width, is_bold=w.is_bold) + w.after for w in words)


def text_box(
    number: int, name: str, box: Box, words: Sequence[Words], language: Language, *, anchor: str = "t", kind: str = ""
) -> str:
    """A box of paragraphs; of the kind `title` it is the title of its slide."""
    role = f'<p:ph type="{kind}"/>' if kind else ""
    shape = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoted(name)}/>'
        f"<p:cNvSpPr{'' if kind else ' txBox=' + chr(34) + '1' + chr(34)}/><p:nvPr>{role}</p:nvPr></p:nvSpPr>"
        f"<p:spPr>{box.transform}{shape}</p:spPr><p:txBody>"
        f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle/>{''.join(paragraph(w, language) for w in words) or '<a:p/>'}</p:txBody></p:sp>"
    )


def paragraph(words: Words, language: Language) -> str:
    """A paragraph of one run."""
    letters = run_properties("a:rPr", words.size, words.colour, language, is_bold=words.is_bold)
    after = f'<a:spcAft><a:spcPts val="{round(words.after * 100)}"/></a:spcAft>'
    runs = "<a:br/>".join(f"<a:r>{letters}<a:t>{plain(part)}</a:t></a:r>" for part in words.text.split("\n"))
    return (
        f'<a:p><a:pPr algn="{words.align}" marL="0" indent="0"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef>{after}<a:buNone/></a:pPr>{runs}</a:p>'
    )


def page_number(number: int, box: Box, language: Language) -> str:
    """The number of the slide, kept by the program that shows it."""
    letters = run_properties("a:rPr", 9, SECONDARY, language)
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Page"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{box.transform}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        f'<a:p><a:pPr algn="r"/><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">{letters}'
        "<a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>"
    )


def bar(number: int, box: Box, colour: str) -> str:
    """A plain bar or rule."""
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name="Rule"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr>{box.transform}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{solid(colour)}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def swatches(number: int, box: Box, colours: Sequence[str], limits: Sequence[str], language: Language) -> Iterator[str]:
    """The colours of classes with the limits between them."""
    width = box.width / max(len(colours), 1)
    for n, colour in enumerate(colours):
        yield bar(number + n, Box(box.x + n * width, box.y, width, 9), colour)
    for n, limit in enumerate(limits, start=1):
        at = Box(box.x + n * width - 40, box.y + 10, 80, 13)
        words = [Words(limit, 9, SECONDARY, align="ctr")]
        yield text_box(number + len(colours) + n, "Limit", at, words, language)


def tiles_shape(number: int, tiles: Tiles, box: Box, language: Language, *, alt: str, address: str) -> str:
    """All tiles as one group of shapes."""
    columns = max((tile.column for tile in tiles.tiles), default=0) + 1
    rows = max((tile.row for tile in tiles.tiles), default=0) + 1
    width, height = box.width / columns, box.height / rows
    shapes = []
    for n, tile in enumerate(tiles.tiles, start=1):
        at = Box(box.x + tile.column * width + 1.5, box.y + tile.row * height + 1.5, width - 3, height - 3)
        fill = hatched(_HATCH, _HATCH_GROUND) if tile.is_hatched else solid(tile.fill)
        line = f'<a:ln w="31750">{solid(FOCUS)}</a:ln>' if tile.is_focus else "<a:ln><a:noFill/></a:ln>"
        small = width - 4 < text_width(tile.name, 10) * _SLACK
        words = [Words(tile.name, 8 if small else 10, tile.ink, is_bold=True, align="ctr")]
        words += [Words(tile.label, 9, tile.ink, align="ctr")] if tile.label else []
        shapes.append(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number + n}" name={quoted(tile.name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{at.transform}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}{line}</p:spPr><p:txBody>'
            '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{''.join(paragraph(w, language) for w in words)}</p:txBody></p:sp>"
        )
    child = box.inner.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    return (
        f'<p:grpSp {NAMESPACES}><p:nvGrpSpPr><p:cNvPr id="{number}" name="Tiles" descr={quoted(alt)} '
        f"title={quoted(address)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{box.inner}{child}"
        f"</a:xfrm></p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )


@dataclass(frozen=True)
class Page:
    """Rows of a table that stand on one slide, at a size, with the widths of the columns."""

    rows: tuple[int, ...]
    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    head: float


def paged(grid: Grid, width: float, height: float) -> list[Page]:
    """A table on as few slides as it can be read on, as large as these leave room for."""
    sizes = (11.0, 10.0, 9.0, 8.0, 7.0, 6.5) if grid.is_dense else (12.0, 11.0, 10.0, 9.0, 8.5)
    fitting = [size for size in sizes if not grid.is_dense or sum(_natural(grid, size)) <= width] or sizes[-1:]
    least = max(fitting[-1], min(_LEAST_DENSE, fitting[0])) if grid.is_dense else fitting[-1]
    made = [_parted(grid, _measured(grid, size, width), height) for size in fitting if size >= least]
    return next(pages for pages in made if len(pages) == len(made[-1]))


def _parted(grid: Grid, page: Page, height: float) -> list[Page]:
    room = height - page.head
    count = max(1, ceil(sum(page.heights) / room))
    target = sum(page.heights) / count
    parts: list[list[int]] = [[]]
    filled = 0.0
    for n, own in enumerate(page.heights):
        is_full = filled + own > room or (filled + own / 2 > target and len(parts) < count)
        if is_full and parts[-1]:
            carried = [parts[-1].pop()] if len(grid.rows[parts[-1][-1]]) == 1 and len(parts[-1]) > 1 else []
            parts.append(carried)
            filled = sum(page.heights[k] for k in carried)
        parts[-1].append(n)
        filled += own
    return [
        Page(tuple(rows), page.size, page.widths, tuple(page.heights[n] for n in rows), page.head) for rows in parts
    ]


def _natural(grid: Grid, size: float) -> list[float]:
    """Widths of columns at which nothing wraps."""
    natural = []
    pad = _DENSE_PAD if grid.is_dense else _PAD
    for place, column in enumerate(grid.columns):
        texts = [row[place].text for row in grid.rows if len(row) > 1]
        wide = max([text_width(text, size) for text in texts], default=0.0)
        natural.append(max(wide, text_width(column.heading, size)) * _SLACK + 2 * pad + 2)
    return natural


def _measured(grid: Grid, size: float, width: float) -> Page:
    widths = fitted(_natural(grid, size), width)
    inner = [w - 2 * (_DENSE_PAD if grid.is_dense else _PAD) for w in widths]
    head = max((height_of(c.heading, size, w) for c, w in zip(grid.columns, inner, strict=True)), default=0.0)
    air = size * 0.12 if grid.is_dense else size * 0.3
    tall = [
        (
            height_of(row[0].text, size, width - 2 * _PAD)
            if len(row) == 1
            else max(height_of(cell.text, size, w) for cell, w in zip(row, inner, strict=True))
        )
        + air
        for row in grid.rows
    ]
    return Page(tuple(range(len(grid.rows))), size, tuple(widths), tuple(tall), head + air + 2)


def fitted(natural: Sequence[float], width: float) -> list[float]:
    """Widths that fill the room: spare room shared out, or the widest columns cut to a common width and wrapped."""
    total = sum(natural)
    if total <= width:
        share = (width - total) / max(len(natural), 1)
        return [own + share for own in natural]
    low, high = 0.0, max(natural)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(min(own, middle) for own in natural) < width else (low, middle)
    return [min(own, low) for own in natural]


def table_frame(number: int, grid: Grid, page: Page, box: Box, language: Language, *, alt: str, address: str) -> str:
    """A native table with the colours of its cells."""
    columns = "".join(f'<a:gridCol w="{round(w * _EMU)}"/>' for w in page.widths)
    head = "".join(
        _cell(
            c.heading,
            page.size,
            INK,
            _HEAD_FILL,
            language,
            is_bold=not grid.is_dense,
            is_number=c.is_number,
            is_dense=grid.is_dense,
        )
        for c in grid.columns
    )
    lines = [f'<a:tr h="{round(page.head * _EMU)}">{head}</a:tr>']
    for n, tall in zip(page.rows, page.heights, strict=True):
        row = grid.rows[n]
        if len(row) == 1:
            cells = _cell(
                row[0].text,
                page.size,
                row[0].ink or SECONDARY,
                row[0].fill,
                language,
                is_bold=row[0].is_bold,
                span=len(grid.columns),
            ) + '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc>' * (
                len(grid.columns) - 1
            )
        else:
            cells = "".join(
                _cell(
                    cell.text,
                    page.size,
                    cell.ink or INK,
                    cell.fill,
                    language,
                    is_bold=cell.is_bold,
                    is_number=column.is_number,
                    is_hatched=cell.is_hatched,
                    is_dense=grid.is_dense,
                    starts_anew=cell.starts_anew,
                )
                for cell, column in zip(row, grid.columns, strict=True)
            )
        lines.append(f'<a:tr h="{round(tall * _EMU)}">{cells}</a:tr>')
    total = Box(box.x, box.y, sum(page.widths), page.head + sum(page.heights))
    return (
        f'<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table" descr={quoted(alt)} '
        f'title={quoted(address)}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr><p:xfrm>{total.inner}</p:xfrm><a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/>'
        f"<a:tblGrid>{columns}</a:tblGrid>{''.join(lines)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _cell(
    text: str,
    size: float,
    ink: str,
    fill: str,
    language: Language,
    *,
    is_bold: bool = False,
    is_number: bool = False,
    is_hatched: bool = False,
    is_dense: bool = False,
    starts_anew: bool = False,
    span: int = 1,
) -> str:
    ground = hatched(_HATCH, _HATCH_GROUND) if is_hatched else solid(fill) if fill else "<a:noFill/>"
    has_ground = is_dense and bool(fill or is_hatched)
    rule = (12700, GROUND) if has_ground else (6350, GRID)
    line = f'<a:ln{{0}} w="{rule[0]}">{solid(rule[1])}</a:ln{{0}}>'
    none = "<a:ln{0}><a:noFill/></a:ln{0}>"
    left, right = ((line if has_ground else none).format(side) for side in "LR")
    if starts_anew:
        left = f'<a:lnL w="22225">{solid(INK)}<a:prstDash val="sysDot"/></a:lnL>'
    pad = round((_DENSE_PAD if is_dense else _PAD) * _EMU)
    align = "ctr" if is_dense and is_number else "r" if is_number else "l"
    letters = run_properties("a:rPr", size, ink, language, is_bold=is_bold)
    content = f"<a:r>{letters}<a:t>{plain(text)}</a:t></a:r>" if text else ""
    end = "" if text else run_properties("a:endParaRPr", size, ink, language)
    return (
        f"<a:tc{f' gridSpan={chr(34)}{span}{chr(34)}' if span > 1 else ''}><a:txBody><a:bodyPr/><a:lstStyle/>"
        f'<a:p><a:pPr algn="{align}"/>{content}{end}</a:p></a:txBody>'
        f'<a:tcPr marL="{pad}" marR="{pad}" marT="0" marB="0" anchor="ctr">{left}{right}'
        f"{line.format('T')}{line.format('B')}{ground}</a:tcPr></a:tc>"
    )
