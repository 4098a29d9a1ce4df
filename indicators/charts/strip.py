"""One region's profile: a row for each indicator with its figure, its place among all provinces and its course.

Places stand on a percentile scale, the first at the right. Skewed amounts would crowd on any other, and a
radar hides what a row of ticks shows: how many are ahead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.placing import wrapped
from indicators.charts.theme import (
    BELOW_ZERO,
    FOCUS,
    GRID,
    GROUND,
    NO_COLOURS,
    OTHERS,
    SECONDARY,
    SEQUENTIAL,
    SMALL_SIZE,
    TEXT_SIZE,
    ink_on,
    series_colours,
    text_colour,
    text_width,
)
from indicators.model.observation import records

RISE, FALL = SEQUENTIAL[-1], BELOW_ZERO[0]
_SLOT, _LEAST_SLOT, _MOST_SLOT = 27, 20, 48
_LEAST_STRIP = 330
_HEAD = 30
_KEY = 26
_GAP = 16
_EDGE = 4
_AFTER = 8
_LINE = 16
_BETWEEN = "　"
_STRIP, _COURSE = (0.0, 0.85), (0.885, 1.0)
_BESIDE = 3  # per cent of the scale that stay free beside its ends
# Of a row whose words stand in two lines, where a picture has no room for them in one.
_TWO_LINES, _LEAST_TWO_LINES, _MOST_TWO_LINES, _LEAST_STRIP_BESIDE = 44, 36, 76, 220
_UP, _HEADING = 0.22, 0.7
_NEAR, _ASIDE = 5.0, 0.245


@dataclass(frozen=True)
class Heads:
    """Words over the columns; `scale` says what 0, 50 and 100 mean."""

    indicator: str
    value: str
    change: str
    place: str
    scale: tuple[str, str, str]
    course: str


def strip(
    rows: pd.DataFrame,
    field: pd.DataFrame,
    courses: pd.DataFrame,
    *,
    frame: Frame,
    heads: Heads,
    highlight: str,
    name: str,
    peers: Mapping[str, str],
    kept: Mapping[str, str] = NO_COLOURS,
) -> go.Figure:
    """Rows in their order, under a heading wherever that changes.

    `rows` have indicator, heading, name, value_text, year_text, change_text, way, place_text and moved_text;
    `field` has indicator, region, percentile and hover of all provinces; `courses` have indicator, year, value,
    basis and hover of the highlighted region, whose `name` the key gives. `peers` (names by code) are numbered
    dots, in the colours `kept` for them if any. Without a field, as a city has none, the strips stay empty.
    """
    columns = _columns(rows, heads)
    room = frame.room
    if room is not None and room.width < columns.width + _LEAST_STRIP:
        columns = _stacked_columns(rows, heads)
    usual, least, most = (
        (_TWO_LINES, _LEAST_TWO_LINES, _MOST_TWO_LINES) if columns.is_stacked else (_SLOT, _LEAST_SLOT, _MOST_SLOT)
    )
    places, headings = _slots(rows, _HEADING if columns.is_stacked else 1.0)
    colours = list(series_colours(list(peers), kept).values())
    key = _key(name, peers, colours, None if room is None else room.width)
    head = _HEAD + _LINE * columns.is_stacked
    top = head + (_KEY + _LINE * (len(key) - 1) if key else 0)
    slots = max(len(places) + len(headings) * (_HEADING if columns.is_stacked else 1.0), 1.0)
    least_width = columns.width + (_LEAST_STRIP_BESIDE if columns.is_stacked else _LEAST_STRIP)
    domains = (_STRIP, _COURSE)
    if room is not None:
        domains = _domains(heads, max(room.width, least_width) - columns.width - _AFTER)
    field = field[field["indicator"].isin(places)]
    aside = _aside(field, highlight, peers)
    around = top + 6
    height = frame.height(slots * usual + around, least=slots * least + around, most=slots * most + around)
    return framed(
        frame,
        data=[
            _ticks(field[~field["region"].isin([highlight, *peers])], places),
            *(
                _peer(field[field["region"] == code], places, number, colour, aside)
                for number, (code, colour) in enumerate(zip(peers, colours, strict=False), start=1)
            ),
            _focus(field[field["region"] == highlight], places),
            *_courses(courses, places),
        ],
        layout={
            "xaxis": _scale_axis(heads, domains[0]) if len(field) else {**_plain_axis(), "domain": list(domains[0])},
            "xaxis2": {**_plain_axis(), "domain": list(domains[1]), "range": _years(courses), "anchor": "y"},
            "yaxis": {**_plain_axis(), "range": [slots - 0.5, -0.5]},
            "annotations": [
                *_cells(rows, places, columns),
                *_headings(headings, columns),
                *_column_heads(heads, columns),
                *[
                    _word(columns.name if room else 0, 1, line, yref="paper", yanchor="bottom", yshift=head + _LINE * n)
                    for n, line in enumerate(reversed(key))
                ],
            ],
            "shapes": [*_rules(headings, columns), *_scale_lines(field, places)],
            "hovermode": "closest",
            "margin": {"l": round(columns.width), "r": _AFTER, "t": top, "b": 6},
        },
        height=height,
        least_width=least_width,
    )


def _domains(heads: Heads, width: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Strip and course side by side in so many pixels, the words over them apart."""
    course = max(width * (_COURSE[1] - _COURSE[0]), text_width(heads.course, SMALL_SIZE) + 4)
    # The last word of the scale reaches beyond the strip by half of itself.
    beyond = max(text_width(heads.scale[-1], SMALL_SIZE) / 2 + 8 - width * _BESIDE / 106, _GAP)
    start = 1 - course / width
    return (0.0, start - beyond / width), (start, 1.0)


@dataclass(frozen=True)
class _Columns:
    """Where the columns of words stand, in pixels left of the strip: where each begins, or ends for figures."""

    name: float
    value: float
    year: float
    change: float
    place: float
    width: float
    is_stacked: bool = False


def _columns(rows: pd.DataFrame, heads: Heads) -> _Columns:
    def widest(words: Sequence[str], head: str, size: float = TEXT_SIZE) -> float:
        return max([text_width(word, size) for word in words] + [text_width(head, SMALL_SIZE)])

    standing = [f"{place} {moved}" for place, moved in zip(rows["place_text"], rows["moved_text"], strict=True)]
    place = _GAP + widest(standing, heads.place)
    change = place + _GAP + widest(list(rows["change_text"]), heads.change)
    year = change + _GAP + widest(list(rows["year_text"]), "", SMALL_SIZE)
    value = year + 6
    name = value + _GAP + widest(list(rows["value_text"]), heads.value) + widest(list(rows["name"]), heads.indicator)
    return _Columns(name, value, year, change, place, name + _EDGE)


def _stacked_columns(rows: pd.DataFrame, heads: Heads) -> _Columns:
    """The columns with the value under the name, and the place under the change."""

    def widest(words: Sequence[str]) -> float:
        return max([text_width(word, TEXT_SIZE) for word in words], default=0.0)

    standing = [f"{place} {moved}" for place, moved in zip(rows["place_text"], rows["moved_text"], strict=True)]
    place = _GAP + max(widest([*standing, *rows["change_text"]]), text_width(heads.place, SMALL_SIZE))
    values = [
        text_width(value, TEXT_SIZE) * 1.08 + text_width(year, SMALL_SIZE)
        for value, year in zip(rows["value_text"], rows["year_text"], strict=True)
    ]
    name = place + _GAP + max([widest([*rows["name"], heads.indicator]), *(value + 6 for value in values)])
    return _Columns(name, name, name, place, place, name + _EDGE, is_stacked=True)


def _slots(rows: pd.DataFrame, heading_height: float) -> tuple[dict[str, float], dict[float, str]]:
    """Place of each indicator's row, and the headings at theirs, from the top; a heading is so many rows high."""
    places: dict[str, float] = {}
    headings: dict[float, str] = {}
    before = ""
    for indicator, heading in zip(rows["indicator"], rows["heading"], strict=True):
        down = len(places) + len(headings) * heading_height - 0.5
        if heading != before:
            headings[down + heading_height / 2] = before = heading
            down += heading_height
        places[indicator] = down + 0.5
    return places, headings


def _aside(field: pd.DataFrame, highlight: str, peers: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """How far each peer's dot stands above or below its row: those that would cover one another in turn."""
    found: dict[tuple[str, str], float] = {}
    for indicator, own in field[field["region"].isin([highlight, *peers])].groupby("indicator", sort=False):
        ordered = own.sort_values("percentile", kind="stable")
        cluster = ordered["percentile"].diff().ge(_NEAR).cumsum()
        for _, near in ordered.groupby(cluster, sort=False):
            others = [code for code in near["region"] if code != highlight]
            for n, code in enumerate(others):
                found[str(indicator), code] = 0.0 if len(near) == 1 else -_ASIDE if n % 2 == 0 else _ASIDE
    return found


def _points(rows: pd.DataFrame, places: Mapping[str, float]) -> Part:
    return {
        "type": "scatter",
        "x": rows["percentile"].round(2).tolist(),
        "y": [places[code] for code in rows["indicator"]],
        "customdata": rows["region"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _ticks(rows: pd.DataFrame, places: Mapping[str, float]) -> Part:
    mark = {"symbol": "line-ns", "size": 6, "line": {"width": 1.4, "color": OTHERS}}
    return {**_points(rows, places), "mode": "markers", "marker": mark}


def _peer(
    rows: pd.DataFrame, places: Mapping[str, float], number: int, colour: str, aside: Mapping[tuple[str, str], float]
) -> Part:
    pairs = zip(rows["indicator"], rows["region"], strict=True)
    return {
        **_points(rows, places),
        "y": [places[indicator] + aside[indicator, region] for indicator, region in pairs],
        "mode": "markers+text",
        "marker": {"size": 13, "color": colour, "line": {"width": 1, "color": GROUND}},
        "text": [str(number)] * len(rows),
        "textfont": {"size": 10, "color": ink_on(colour)},
    }


def _focus(rows: pd.DataFrame, places: Mapping[str, float]) -> Part:
    mark = {"size": 14, "color": FOCUS, "line": {"width": 1.5, "color": GROUND}}
    return {**_points(rows, places), "mode": "markers", "marker": mark}


def _courses(courses: pd.DataFrame, places: Mapping[str, float]) -> list[Part]:
    """Lines without axes, each on its own scale that includes 0; a gap or a change of basis parts them."""
    points: list[tuple[int | None, float | None, float | None, str]] = []
    ends: list[tuple[int, float]] = []
    for indicator, own in courses.groupby("indicator", sort=False):
        known = own[own["value"].notna()]
        if len(known) < 2 or indicator not in places:
            continue
        low, high = min(0.0, float(known["value"].min())), max(0.0, float(known["value"].max()))
        heights = places[str(indicator)] + 0.34 - (known["value"] - low) / ((high - low) or 1.0) * 0.68
        parted = known["basis"].ne(known["basis"].shift()) | known["year"].diff().gt(1)
        for is_parted, year, height, value, hover in zip(
            parted, known["year"], heights, known["value"], known["hover"], strict=True
        ):
            if is_parted:
                points.append((None, None, None, ""))
            points.append((int(year), round(float(height), 3), float(value), hover))
        ends.append((int(known["year"].iloc[-1]), float(heights.iloc[-1])))
    on_axis: Part = {"type": "scatter", "xaxis": "x2", "cliponaxis": False}
    return [
        {
            **on_axis,
            "x": [year for year, _, _, _ in points],
            "y": [height for _, height, _, _ in points],
            "customdata": [value for _, _, value, _ in points],
            "hovertext": [hover for _, _, _, hover in points],
            "hovertemplate": "%{hovertext}<extra></extra>",
            "mode": "lines",
            "connectgaps": False,
            "line": {"color": FOCUS, "width": 1.6},
        },
        {
            **on_axis,
            "x": [year for year, _ in ends],
            "y": [height for _, height in ends],
            "mode": "markers",
            "marker": {"size": 5, "color": FOCUS},
            "hoverinfo": "skip",
        },
    ]


def _years(courses: pd.DataFrame) -> list[float]:
    if courses.empty:
        return [0.0, 1.0]
    return [float(courses["year"].min()), float(courses["year"].max()) + 0.3]


def _plain_axis() -> Part:
    return {"fixedrange": True, "showgrid": False, "zeroline": False, "showticklabels": False, "ticks": ""}


def _scale_axis(heads: Heads, domain: tuple[float, float]) -> Part:
    return {
        **_plain_axis(),
        "domain": list(domain),
        "range": [-_BESIDE, 100 + _BESIDE],
        "side": "top",
        "showticklabels": True,
        "tickvals": [0, 50, 100],
        "ticktext": list(heads.scale),
        "tickangle": 0,
        "tickfont": {"size": SMALL_SIZE, "color": SECONDARY},
    }


def _word(x: float, y: float, words: str, **more: object) -> Part:
    """Words left of the strip, `x` pixels from where it begins."""
    place: Part = {"x": 0, "xref": "paper", "xshift": -x, "xanchor": "left", "y": y, "yref": "y", "showarrow": False}
    return {**place, "text": words, **more}


def _cells(rows: pd.DataFrame, places: Mapping[str, float], columns: _Columns) -> list[Part]:
    cells = []
    small = {"font": {"size": SMALL_SIZE, "color": SECONDARY}}
    for row in records(rows):
        y = places[row["indicator"]]
        ink = RISE if row["way"] > 0 else FALL if row["way"] < 0 else SECONDARY
        standing = f"{row['place_text']} <span style='color:{SECONDARY}'>{row['moved_text']}</span>"
        change: Part = {"font": {"size": TEXT_SIZE, "color": ink}}
        if columns.is_stacked:
            year = f"<span style='font-size:{SMALL_SIZE}px;color:{SECONDARY}'>{row['year_text']}</span>"
            cells += [
                _word(columns.name, y - _UP, row["name"]),
                _word(columns.name, y + _UP, f"<b>{row['value_text']}</b> {year}"),
                _word(columns.change, y - _UP, row["change_text"], **change),
                _word(columns.place, y + _UP, standing),
            ]
            continue
        cells += [
            _word(columns.name, y, row["name"]),
            _word(columns.value, y, f"<b>{row['value_text']}</b>", xanchor="right"),
            _word(columns.year, y, row["year_text"], **small),
            _word(columns.change, y, row["change_text"], **change),
            _word(columns.place, y, standing),
        ]
    return cells


def _headings(headings: Mapping[float, str], columns: _Columns) -> list[Part]:
    font = {"size": SMALL_SIZE + 1, "color": SECONDARY}
    return [_word(columns.name, place + 0.1, f"<b>{words}</b>", font=font) for place, words in headings.items()]


def _column_heads(heads: Heads, columns: _Columns) -> list[Part]:
    over: Part = {"yref": "paper", "yanchor": "bottom", "yshift": 4, "font": {"size": SMALL_SIZE, "color": SECONDARY}}
    upper = over | {"yshift": 4 + _LINE} if columns.is_stacked else over
    course = {"x": 1, "xanchor": "right"}
    return [
        _word(columns.name, 1, heads.indicator, **upper),
        _word(columns.value, 1, heads.value, **over, xanchor="left" if columns.is_stacked else "right"),
        _word(columns.change, 1, heads.change, **upper),
        _word(columns.place, 1, heads.place, **over),
        {**_word(0, 1, heads.course, **over), **course},
    ]


def _key(name: str, peers: Mapping[str, str], of_peers: Sequence[str], width: float | None) -> list[str]:
    """Lines of which region each number is, above the strips; in a picture no wider than that."""
    if not peers:
        return []
    plain = [f"● {name}", *(f"{number} {peer}" for number, peer in enumerate(peers.values(), start=1))]
    colours = iter([FOCUS, *of_peers])
    lines = (
        [plain]
        if width is None
        else [line.split(_BETWEEN) for line in wrapped(plain, _BETWEEN, size=TEXT_SIZE, width=width)]
    )
    return [_BETWEEN.join(_named(part, next(colours)) for part in line) for line in lines]


def _named(part: str, colour: str) -> str:
    sign, _, name = part.partition(" ")
    return f"<span style='color:{text_colour(colour)}'><b>{sign}</b> {name}</span>"


def _rules(headings: Mapping[float, str], columns: _Columns) -> list[Part]:
    """A hair line above each heading but the first, through the words and through the strips."""
    over_words: Part = {"xref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": -columns.name, "x1": 0}
    over_strips: Part = {"xref": "paper", "x0": 0, "x1": 1}
    line: Part = {"type": "line", "line": {"color": GRID, "width": 1}, "layer": "below", "yref": "y"}
    return [
        {**line, **across, "y0": place - 0.5, "y1": place - 0.5}
        for place in headings
        if place
        for across in (over_words, over_strips)
    ]


def _scale_lines(field: pd.DataFrame, places: Mapping[str, float]) -> list[Part]:
    """A line under the marks of each row, and the middle of the provinces through all of them."""
    placed = [places[code] for code in field["indicator"].unique()]
    line: Part = {"type": "line", "layer": "below"}
    under = [
        {**line, "x0": 0, "x1": 100, "y0": place, "y1": place, "line": {"color": GRID, "width": 1}} for place in placed
    ]
    dots = {"color": SECONDARY, "width": 1, "dash": "dot"}
    return [*under, {**line, "x0": 50, "x1": 50, "y0": 0, "y1": 1, "yref": "y domain", "line": dots}] if placed else []
