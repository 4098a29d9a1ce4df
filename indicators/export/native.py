"""Content of a slide as office programs hold it: charts with their numbers, tables, tiles, words.

Nothing here knows what an indicator is. Numbers are those of the series table in the unit that the labels
are printed in; every label is a text as printed on the screen.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Shape = Literal["circle", "up", "down", "left", "right", "square", "diamond", "none"]


@dataclass(frozen=True)
class Datum:
    """One value of a run; None is a gap. `label` stands at the mark, `colour` is its own where it has one.

    A doubtful figure is hatched as a bar and hollow as a mark, a hollow one has an outline only.
    """

    value: float | None
    label: str = ""
    colour: str = ""
    is_doubtful: bool = False
    is_strong: bool = False
    shape: Shape = "circle"
    is_left: bool = False


@dataclass(frozen=True)
class Run:
    """Values in the order of the categories, with one name and colour.

    A hollow run is drawn in outline: an earlier year, or what is not reached yet. A run of ticks is one mark a bar.
    """

    name: str
    data: tuple[Datum, ...]
    colour: str
    width: float = 2.0
    mark: float = 5.0
    dash: Literal["solid", "dashed", "none"] = "solid"
    is_hollow: bool = False
    is_tick: bool = False


@dataclass(frozen=True)
class Axis:
    """An axis of numbers: its ends and steps, how its numbers are written, whether it counts down."""

    low: float
    high: float
    step: float
    number_format: str
    title: str = ""
    is_log: bool = False
    counts_down: bool = False


@dataclass(frozen=True)
class Bars:
    """Horizontal bars from 0, the first category on top; several runs stand side by side."""

    categories: tuple[str, ...]
    runs: tuple[Run, ...]
    axis: Axis
    heading: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Lines over categories, which are years; labels stand beside their points."""

    categories: tuple[str, ...]
    runs: tuple[Run, ...]
    axis: Axis
    heading: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dot:
    """A place on two axes, with the text beside it where it has room, `moved` so many points down.

    `size` is what its area shows and `mark` how wide it is drawn, where a third number sizes marks.
    """

    name: str
    x: float
    y: float
    label: str = ""
    size: float | None = None
    side: Literal["r", "l", "t", "b"] = "r"
    moved: float = 0.0
    is_hollow: bool = False
    mark: float = 0.0


@dataclass(frozen=True)
class DotRun:
    """Dots of one name, colour and shape, which the key explains; joined ones are a path or a line to compare with."""

    name: str
    dots: tuple[Dot, ...]
    colour: str
    shape: Shape = "circle"
    mark: float = 7.0
    line: Literal["none", "solid", "dashed"] = "none"
    is_keyed: bool = False


@dataclass(frozen=True)
class Dots:
    """Two numbers against each other."""

    runs: tuple[DotRun, ...]
    x: Axis
    y: Axis
    size_name: str = ""
    heading: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tile:
    """A region of the tile map; one without a figure has no fill."""

    row: int
    column: int
    name: str
    label: str
    fill: str
    ink: str
    is_focus: bool = False
    is_hatched: bool = False


@dataclass(frozen=True)
class Tiles:
    """Equal tiles, and the colours of their classes with the limits between them."""

    tiles: tuple[Tile, ...]
    colours: tuple[str, ...]
    limits: tuple[str, ...]
    heading: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell of a table as it is printed; a dotted line parts one that starts anew from the one before it."""

    text: str
    fill: str = ""
    ink: str = ""
    is_bold: bool = False
    is_hatched: bool = False
    starts_anew: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    heading: str
    is_number: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. A row of one cell is a heading over the rows that follow; a dense one may be printed small."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    notes: tuple[str, ...] = ()
    is_dense: bool = False
    colours: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


Chart = Bars | Lines | Dots
Panel = Bars | Lines | Dots | Tiles | Grid


@dataclass(frozen=True)
class Slide:
    """One view with all its words. `mark` is the classification where it is not public, else empty.

    `stamp` is the last line of the footer and `address` leads back to the view; either may be empty. `notes` say what
    lines and marks mean.
    """

    title: str
    subtitle: str
    sentences: str
    footer: tuple[str, ...]
    mark: str
    stamp: str
    address: str
    alt: str
    language: Language
    panels: tuple[Panel, ...]
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines of the footer, the stamp at the end."""
        return (*self.footer, *([self.stamp] if self.stamp else []))
