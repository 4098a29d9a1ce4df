"""Which regions a scatter names: the highlighted one, paths and extremes first, then whoever has room."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot

from indicators.charts.frame import Part
from indicators.charts.placing import Box, Label, Plot, placed
from indicators.charts.scatter_layout import Extent, Point, Step
from indicators.charts.theme import FOCUS, INK, TEXT_SIZE, text_colour

LABEL_SIZE = TEXT_SIZE - 1
STEP_RADIUS = 2.5
_BETWEEN = (0.25, 0.5, 0.75)


def named(
    points: Sequence[Point],
    paths: Mapping[str, Sequence[Step]],
    extents: tuple[Extent, Extent],
    *,
    plots: Sequence[Plot],
    starts: Sequence[int],
    taken: Sequence[Sequence[Box]],
    lines: Sequence[Sequence[Box]],
) -> list[list[Label]]:
    """Names of regions, and first and last year of each path, a list a start: those that have room in every plot from
    this one on and had none in the narrower plots before it."""
    marks = [mark_of(point, extents) for point in points]
    ways = [mark_of(step, extents) for steps in paths.values() for step in steps]
    ways += [_on_the_way(a, b, part) for own in paths.values() for a, b in _pairs(own, extents) for part in _BETWEEN]
    ends = {region: steps[-1]["year"] for region, steps in paths.items() if len(steps) > 1}
    wanted = [
        mark_of(steps[0], extents, str(steps[0]["year"]), colour=text_colour(steps[0]["colour"]), is_needed=True)
        for region, steps in paths.items()
        if region in ends
    ]
    urgency = [_urgency(point, mark, marks, ends, plots[-1]) for point, mark in zip(points, marks, strict=True)]
    extremes = _extremes(points)
    for n in sorted(
        range(len(points)), key=lambda n: (*urgency[n][:2], points[n]["region"] not in extremes, urgency[n])
    ):
        point = points[n]
        name = f"{point['name']} {ends[point['region']]}" if point["region"] in ends else point["name"]
        text = f"<b>{name}</b>" if point["is_focus"] else name
        is_needed = point["is_focus"] or point["region"] in ends
        colour = FOCUS if point["is_focus"] else text_colour(point["colour"]) if point["region"] in ends else INK
        wanted.append(mark_of(point, extents, text, colour=colour, is_needed=is_needed))
    tiers: list[list[Label]] = []
    for start in starts:
        before = [label for tier in tiers for label in tier]
        done = {(label.text, label.point) for label in before}
        tiers.append(
            placed(
                [label for label in wanted if (label.text, label.point) not in done],
                marks,
                plots=plots[start:],
                taken=taken[start:],
                lines=lines[start:],
                already=before,
                between=ways,
            )
        )
    return tiers


def texts(labels: Sequence[Label]) -> Part:
    """Labels as a trace; an empty text where there are none, so that the trace is there all the same."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [label.point[0] for label in labels],
        "y": [label.point[1] for label in labels],
        "text": [label.text if label.spot else "" for label in labels],
        "textposition": [label.spot or "middle right" for label in labels],
        "textfont": {"size": LABEL_SIZE, "color": [label.colour for label in labels]},
        "marker": {"size": [2 * label.radius for label in labels], "opacity": 0},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def mark_of(
    point: Point | Step, extents: tuple[Extent, Extent], text: str = "", *, colour: str = INK, is_needed: bool = False
) -> Label:
    """Where a point stands in the plot, with the text beside it."""
    across, up = extents
    return Label(
        text=text,
        point=(point["x"], point["y"]),
        across=across.at(point["x"]),
        down=1 - up.at(point["y"]),
        radius=point["radius"],
        size=LABEL_SIZE,
        shape=str(point.get("shape", "circle")),
        colour=colour,
        is_needed=is_needed,
    )


def _pairs(steps: Sequence[Step], extents: tuple[Extent, Extent]) -> list[tuple[Label, Label]]:
    """Ends of the parts that a path is drawn of."""
    joined = [(a, b) for a, b in pairwise(steps) if a["segment"] == b["segment"]]
    return [(mark_of(a, extents), mark_of(b, extents)) for a, b in joined]


def _on_the_way(start: Label, end: Label, part: float) -> Label:
    """A place on the line between two steps, which labels should leave free."""
    across = start.across + (end.across - start.across) * part
    down = start.down + (end.down - start.down) * part
    return Label("", start.point, across, down, radius=1.0, size=LABEL_SIZE)


def _urgency(
    point: Point, mark: Label, marks: Sequence[Label], ends: Mapping[str, int], plot: Plot
) -> tuple[bool, bool, float]:
    """What is named first sorts first: the highlighted region, paths, then the most solitary."""
    distances = [
        hypot((mark.across - other.across) * plot.width, (mark.down - other.down) * plot.height)
        for other in marks
        if other is not mark
    ]
    return (not point["is_focus"], point["region"] not in ends, -min(distances, default=0.0))


def _extremes(points: Sequence[Point]) -> set[str]:
    """Regions that come first or last by either indicator."""
    ends = (min, max) if points else ()
    by_x = [end(points, key=lambda point: point["x"])["region"] for end in ends]
    return {*by_x, *(end(points, key=lambda point: point["y"])["region"] for end in ends)}
