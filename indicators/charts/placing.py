"""Labels beside points, none over another: places are found in pixels for every width that a plot may have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    `is_needed` labels may lie over other marks where nothing else is free. `spot` is where it was placed.
    """

    text: str
    point: tuple[float, float]
    across: float
    down: float
    radius: float
    size: float
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
) -> list[Label]:
    """The labels that find a place in every plot, first come first served; the others are left out.

    A label lies over no other one, over nothing that is `taken` in a plot and, unless it is needed, over no mark;
    it crosses one of the `lines` of a plot only where no other spot is free.
    """
    held = [list(boxes) for boxes in taken]
    for label in already:
        for boxes, plot in zip(held, plots, strict=True):
            boxes.append(plot.box(label, label.spot))
    seen = [[plot.mark(mark) for mark in marks] for plot in plots]
    found = []
    for label in wanted:
        spot = _best_spot(label, plots, held, seen, lines)
        if spot is None:
            continue
        for boxes, plot in zip(held, plots, strict=True):
            boxes.append(plot.box(label, spot))
        found.append(replace(label, spot=spot))
    return found


def _best_spot(
    label: Label,
    plots: Sequence[Plot],
    held: Sequence[Sequence[Box]],
    seen: Sequence[Sequence[Box]],
    lines: Sequence[Sequence[Box]],
) -> str | None:
    """The first spot where a label is free in every plot; a needed one may lie over marks, the fewest it can."""
    best, fewest = None, (float("inf"), 0)
    for spot in SPOTS:
        boxes = [plot.box(label, spot) for plot in plots]
        if not all(box.is_within(plot.room) for box, plot in zip(boxes, plots, strict=True)):
            continue
        if any(box.meets(other) for box, own in zip(boxes, held, strict=True) for other in own):
            continue
        covered = sum(box.meets(mark) for box, own in zip(boxes, seen, strict=True) for mark in own)
        crossed = sum(box.meets(line) for box, own in zip(boxes, lines, strict=False) for line in own)
        if (covered, crossed) < fewest and (covered == 0 or label.is_needed):
            best, fewest = spot, (covered, crossed)
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
