"""Labels beside points, none over another: places are found in pixels for every width that a plot may have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indicators.charts.theme import plain, text_width

# Beside the mark first, then above and below it, at last over its corners; as Plotly names them.
SPOTS = (
    "middle right",
    "middle left",
    "top center",
    "bottom center",
    "top right",
    "bottom right",
    "top left",
    "bottom left",
)
_GAP = 2.0
_LINE = 1.2
# How much nearer a label stands to its own mark than to any other one, in pixels: more at its corners, since the eye
# takes what stands in line with a name for its own.
_NEARER, _NEARER_AT_CORNER = 5.0, 15.0


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, its origin at the upper left."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles have a part in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_within(self, other: "Box") -> bool:
        """Whether the rectangle lies in another one."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Label:
    """A text beside a mark, whose numbers are `point`: it stands from 0 to 1 from the left and from the top.

    `is_needed` labels, which say by their colour whose they are, may lie over other marks or nearer to them than to
    their own where nothing else is free. `spot` is where it was placed.
    """

    text: str
    point: tuple[float, float]
    across: float
    down: float
    radius: float
    size: float
    shape: str = "circle"
    colour: str = ""
    is_needed: bool = False
    spot: str = ""


@dataclass(frozen=True)
class Plot:
    """A plot as it may be shown: width and height in pixels, and the room that labels have beyond its sides."""

    width: float
    height: float
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    @property
    def room(self) -> Box:
        """Where labels may lie."""
        return Box(-self.left, -self.top, self.width + self.right, self.height + self.bottom)

    def mark(self, label: Label) -> Box:
        """The square around a mark."""
        x, y = label.across * self.width, label.down * self.height
        return Box(x - label.radius, y - label.radius, x + label.radius, y + label.radius)

    def box(self, label: Label, spot: str) -> Box:
        """The rectangle of a label at a spot beside its mark, as Plotly puts it there."""
        x, y = label.across * self.width, label.down * self.height
        away = label.radius / 0.8 + 1 if label.radius else 0.0
        wide, high = text_width(plain(label.text), label.size), label.size * _LINE
        up, _, side = spot.partition(" ")
        left = {"right": x + away, "left": x - away - wide, "center": x - wide / 2}[side]
        middle = {"top": y - away - label.size / 2, "bottom": y + away + label.size / 2, "middle": y}[up]
        return Box(left - _GAP, middle - high / 2, left + wide + _GAP, middle + high / 2)


def placed(
    wanted: Sequence[Label],
    marks: Sequence[Label],
    *,
    plots: Sequence[Plot],
    taken: Sequence[Sequence[Box]],
    lines: Sequence[Sequence[Box]] = (),
    already: Sequence[Label] = (),
    between: Sequence[Label] = (),
) -> list[Label]:
    """The labels that find a place in every plot, first come first served; the others are left out.

    A label lies over no other one, over nothing that is `taken` in a plot and, unless it is needed, over no mark and
    over nothing `between` them, and it is nearer to its own mark than to any other. It crosses one of the `lines` of a
    plot only where no other spot is free.
    """
    held = [list(boxes) for boxes in taken]
    for label in already:
        for boxes, plot in zip(held, plots, strict=True):
            boxes.append(plot.box(label, label.spot))
    surroundings = [
        _Surroundings.of(plot, boxes, marks, between, lines[n] if lines else ())
        for n, (plot, boxes) in enumerate(zip(plots, held, strict=True))
    ]
    found = []
    for label in wanted:
        spot = _best_spot(label, surroundings)
        if spot is None:
            continue
        for boxes, plot in zip(held, plots, strict=True):
            boxes.append(plot.box(label, spot))
        found.append(replace(label, spot=spot))
    return found


@dataclass(frozen=True)
class _Surroundings:
    """What labels stand among in one plot: the boxes they may not meet, marks, the parts between them, lines.

    `marks` are their x, y and radius in pixels and whether they are diamonds or squares, `points` whose they are;
    `between` are left, top, right and bottom of each part.
    """

    plot: Plot
    held: list[Box]
    marks: np.ndarray
    points: Sequence[tuple[float, float]]
    between: np.ndarray
    lines: Sequence[Box]

    @classmethod
    def of(
        cls, plot: Plot, held: list[Box], marks: Sequence[Label], between: Sequence[Label], lines: Sequence[Box]
    ) -> "_Surroundings":
        parts = [(box.left, box.top, box.right, box.bottom) for box in map(plot.mark, between)]
        placed_marks = np.array([_mark(plot, mark) for mark in marks]).reshape(-1, 5).T
        points = [mark.point for mark in marks]
        return cls(plot, held, placed_marks, points, np.array(parts).reshape(-1, 4).T, lines)

    def is_free(self, box: Box) -> bool:
        """Whether a label may lie here at all."""
        return box.is_within(self.plot.room) and not any(box.meets(other) for other in self.held)

    def in_doubt(self, label: Label, box: Box, reach: float) -> int:
        """How many other marks are within reach of the label, and how many parts between marks it covers."""
        near = np.flatnonzero(_gaps(self.marks, box) < reach)
        others = sum(self.points[int(n)] != label.point for n in near)
        left, top, right, bottom = self.between
        covered = (left < box.right) & (box.left < right) & (top < box.bottom) & (box.top < bottom)
        return others + int(covered.sum())


def _mark(plot: Plot, mark: Label) -> tuple[float, float, float, bool, bool]:
    x, y = mark.across * plot.width, mark.down * plot.height
    return x, y, mark.radius, mark.shape == "diamond", mark.shape == "square"


def _gaps(marks: np.ndarray, box: Box) -> np.ndarray:
    """Pixels between the edge of each mark, as it is drawn, and a box; not above 0 where they meet."""
    x, y, radius, is_diamond, is_square = marks
    across = np.maximum(np.maximum(box.left - x, x - box.right), 0.0)
    down = np.maximum(np.maximum(box.top - y, y - box.bottom), 0.0)
    of_circle = np.hypot(across, down) - radius
    of_diamond = np.maximum((across + down - radius) / np.sqrt(2), np.maximum(across, down) - radius)
    of_square = np.hypot(np.maximum(across - radius, 0.0), np.maximum(down - radius, 0.0))
    gaps: np.ndarray = np.where(is_diamond, of_diamond, np.where(is_square, of_square, of_circle))
    return gaps


def _best_spot(label: Label, surroundings: Sequence[_Surroundings]) -> str | None:
    """The first spot where a label is free in every plot; a needed one may be in doubt, as little as it can."""
    best, fewest = None, (float("inf"), 0)
    for spot in SPOTS:
        boxes = [(around, around.plot.box(label, spot)) for around in surroundings]
        if not all(around.is_free(box) for around, box in boxes):
            continue
        plot, box = surroundings[0].plot, boxes[0][1]
        own = float(_gaps(np.array(_mark(plot, label)), box))  # in every plot the same
        is_beside = spot.startswith("middle") or spot.endswith("center")
        reach = own + (_NEARER if is_beside else _NEARER_AT_CORNER)
        doubts = 0
        for around, box in boxes:
            doubts += around.in_doubt(label, box, reach)
            if doubts and not label.is_needed:
                break
        if doubts and not label.is_needed:
            continue
        crossed = sum(box.meets(line) for around, box in boxes for line in around.lines)
        if (doubts, crossed) < fewest:
            best, fewest = spot, (doubts, crossed)
        if fewest == (0, 0):
            break
    return best


def wrapped(parts: Sequence[str], joint: str, *, size: float, width: float) -> list[str]:
    """Parts of a text joined into lines that are no wider than `width` pixels where a part allows."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{joint}{part}" if lines else part
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
