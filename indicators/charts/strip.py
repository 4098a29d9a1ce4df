"""One region's profile: a row for each indicator with its figure, its place among all provinces and its course.

Places stand on a percentile scale, the first at the right. Skewed amounts would crowd on any other, and a
radar hides what a row of ticks shows: how many are ahead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from indicators.charts.frame import Frame, Part, framed
from indicators.charts.theme import (
    BELOW_ZERO,
    FOCUS,
    GRID,
    GROUND,
    INK,
    OTHERS,
    SECONDARY,
    SEQUENTIAL,
    SERIES_COLOURS,
    SMALL_SIZE,
    TEXT_SIZE,
    text_width,
)

MOST_PEERS = len(SERIES_COLOURS)
RISE, FALL = SEQUENTIAL[-1], BELOW_ZERO[0]
_SLOT, _LEAST_SLOT, _MOST_SLOT = 27, 20, 48
_LEAST_STRIP = 330
_HEAD = 30
_KEY = 26
_GAP = 16
_EDGE = 4
_STRIP, _COURSE = (0.0, 0.85), (0.885, 1.0)
_BESIDE = 3  # per cent of the scale that stay free beside its ends


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
) -> go.Figure:
    """Rows in their order, under a heading wherever that changes.

    `rows` have indicator, heading, name, value_text, year_text, change_text, way, place_text and moved_text;
    `field` has indicator, region, percentile and hover of all provinces; `courses` have indicator, year, value,
    basis and hover of the highlighted region, whose `name` the key gives. `peers` (names by code) are numbered
    dots. Without a field, as a city has none, the strips stay empty.
    """
    places, headings = _slots(rows)
    columns = _columns(rows, heads)
    top = _HEAD + (_KEY if peers else 0)
    slots = max(len(places) + len(headings), 1)
    field = field[field["indicator"].isin(places)]
    figure = go.Figure(
        data=[
            _ticks(field[~field["region"].isin([highlight, *peers])], places),
            *(
                _peer(field[field["region"] == code], places, number, colour)
                for number, (code, colour) in enumerate(zip(peers, SERIES_COLOURS, strict=False), start=1)
            ),
            _focus(field[field["region"] == highlight], places),
            *_courses(courses, places),
        ],
        layout={
            "xaxis": _scale_axis(heads) if len(field) else {**_plain_axis(), "domain": list(_STRIP)},
            "xaxis2": {**_plain_axis(), "domain": list(_COURSE), "range": _years(courses), "anchor": "y"},
            "yaxis": {**_plain_axis(), "range": [slots - 0.5, -0.5]},
            "annotations": [
                *_cells(rows, places, columns),
                *_headings(headings, columns),
                *_column_heads(heads, columns),
                *_key(name, peers),
            ],
            "shapes": [*_rules(headings, columns), *_scale_lines(field, places)],
            "hovermode": "closest",
            "margin": {"l": round(columns.width), "r": 8, "t": top, "b": 6},
        },
    )
    around = top + 6
    height = frame.height(slots * _SLOT + around, least=slots * _LEAST_SLOT + around, most=slots * _MOST_SLOT + around)
    return framed(figure, frame, height=height, least_width=columns.width + _LEAST_STRIP)


@dataclass(frozen=True)
class _Columns:
    """Where the columns of words stand, in pixels left of the strip: where each begins, or ends for figures."""

    name: float
    value: float
    year: float
    change: float
    place: float
    width: float


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


def _slots(rows: pd.DataFrame) -> tuple[dict[str, int], dict[int, str]]:
    """Place of each indicator's row, and the headings at theirs, from the top."""
    places: dict[str, int] = {}
    headings: dict[int, str] = {}
    before = ""
    for indicator, heading in zip(rows["indicator"], rows["heading"], strict=True):
        if heading != before:
            headings[len(places) + len(headings)] = before = heading
        places[indicator] = len(places) + len(headings)
    return places, headings


def _points(rows: pd.DataFrame, places: Mapping[str, int]) -> Part:
    return {
        "type": "scatter",
        "x": rows["percentile"].tolist(),
        "y": [places[code] for code in rows["indicator"]],
        "customdata": rows["region"].tolist(),
        "hovertext": rows["hover"].tolist(),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _ticks(rows: pd.DataFrame, places: Mapping[str, int]) -> Part:
    mark = {"symbol": "line-ns", "size": 6, "line": {"width": 1.4, "color": OTHERS}}
    return {**_points(rows, places), "mode": "markers", "marker": mark}


def _peer(rows: pd.DataFrame, places: Mapping[str, int], number: int, colour: str) -> Part:
    return {
        **_points(rows, places),
        "mode": "markers+text",
        "marker": {"size": 15, "color": colour, "line": {"width": 1, "color": GROUND}},
        "text": [str(number)] * len(rows),
        "textfont": {"size": 10, "color": GROUND},
    }


def _focus(rows: pd.DataFrame, places: Mapping[str, int]) -> Part:
    mark = {"size": 14, "color": FOCUS, "line": {"width": 1.5, "color": GROUND}}
    return {**_points(rows, places), "mode": "markers", "marker": mark}


def _courses(courses: pd.DataFrame, places: Mapping[str, int]) -> list[Part]:
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
            points.append((int(year), float(height), float(value), hover))
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


def _scale_axis(heads: Heads) -> Part:
    return {
        **_plain_axis(),
        "domain": list(_STRIP),
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
    font = {"size": TEXT_SIZE, "color": INK}
    place: Part = {"x": 0, "xref": "paper", "xshift": -x, "xanchor": "left", "y": y, "yref": "y", "showarrow": False}
    return {**place, "text": words, "align": "left", "font": font, **more}


def _cells(rows: pd.DataFrame, places: Mapping[str, int], columns: _Columns) -> list[Part]:
    cells = []
    small = {"font": {"size": SMALL_SIZE, "color": SECONDARY}}
    for row in rows.to_dict("records"):
        y = places[row["indicator"]]
        ink = RISE if row["way"] > 0 else FALL if row["way"] < 0 else SECONDARY
        standing = f"{row['place_text']} <span style='color:{SECONDARY}'>{row['moved_text']}</span>"
        cells += [
            _word(columns.name, y, row["name"]),
            _word(columns.value, y, f"<b>{row['value_text']}</b>", xanchor="right"),
            _word(columns.year, y, row["year_text"], **small),
            _word(columns.change, y, row["change_text"], font={"size": TEXT_SIZE, "color": ink}),
            _word(columns.place, y, standing),
        ]
    return cells


def _headings(headings: Mapping[int, str], columns: _Columns) -> list[Part]:
    font = {"size": SMALL_SIZE + 1, "color": SECONDARY}
    return [_word(columns.name, place + 0.1, f"<b>{words}</b>", font=font) for place, words in headings.items()]


def _column_heads(heads: Heads, columns: _Columns) -> list[Part]:
    over: Part = {"yref": "paper", "yanchor": "bottom", "yshift": 4, "font": {"size": SMALL_SIZE, "color": SECONDARY}}
    course = {"x": (_COURSE[0] + _COURSE[1]) / 2, "xanchor": "center"}
    return [
        _word(columns.name, 1, heads.indicator, **over),
        _word(columns.value, 1, heads.value, **over, xanchor="right"),
        _word(columns.change, 1, heads.change, **over),
        _word(columns.place, 1, heads.place, **over),
        {**_word(0, 1, heads.course, **over), **course},
    ]


def _key(name: str, peers: Mapping[str, str]) -> list[Part]:
    """Which region each number is, above the strips."""
    if not peers:
        return []
    named = [f"<span style='color:{FOCUS}'>● {name}</span>"] + [
        f"<span style='color:{colour}'><b>{number}</b> {peer}</span>"
        for number, (peer, colour) in enumerate(zip(peers.values(), SERIES_COLOURS, strict=False), start=1)
    ]
    return [_word(0, 1, "　".join(named), yref="paper", yanchor="bottom", yshift=_HEAD)]


def _rules(headings: Mapping[int, str], columns: _Columns) -> list[Part]:
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


def _scale_lines(field: pd.DataFrame, places: Mapping[str, int]) -> list[Part]:
    """A line under the marks of each row, and the middle of the provinces through all of them."""
    placed = [places[code] for code in field["indicator"].unique()]
    line: Part = {"type": "line", "layer": "below"}
    under = [
        {**line, "x0": 0, "x1": 100, "y0": place, "y1": place, "line": {"color": GRID, "width": 1}} for place in placed
    ]
    dots = {"color": SECONDARY, "width": 1, "dash": "dot"}
    return [*under, {**line, "x0": 50, "x1": 50, "y0": 0, "y1": 1, "yref": "y domain", "line": dots}] if placed else []
