"""Pictures as they are painted, measured in a browser: where each text stands and how large it is."""

from dataclasses import dataclass, replace

from playwright.sync_api import Page

from indicators.charts.picture import SIZES, Picture, picture
from indicators.export.painter import Painter
from indicators.tasks.browse import View
from indicators.tasks.draw import figure_of
from indicators.tasks.marks import frame_of

STAMP = {"zh": "图号 r7-7KQF-9M2X", "en": "Picture r7-7KQF-9M2X"}
# What the words around a chart are, by their order after those of the chart itself.
# A line of a font stands out above and below its letters; what counts is where letters can be.
_MEASURE = """svg => {
    document.body.style.margin = 0;
    document.body.innerHTML = svg;
    const image = document.querySelector('svg'), canvas = image.getBoundingClientRect();
    const scale = canvas.width / image.viewBox.baseVal.width;
    return [canvas.width, canvas.height, [...image.querySelectorAll('text')]
        .filter(text => text.textContent.trim())
        .map(text => {
            const box = text.getBoundingClientRect(), note = text.closest('.annotation');
            const sizes = [text, ...text.querySelectorAll('tspan')].filter(part => part.textContent.trim())
                .map(part => scale * parseFloat(getComputedStyle(part).fontSize));
            const size = Math.min(...sizes);
            return {words: text.textContent, size, note: note ? Number(note.dataset.index) : null,
                    left: box.left, top: box.top + 0.25 * size, right: box.right, bottom: box.bottom - 0.16 * size};
        })];
}"""


@dataclass(frozen=True)
class Written:
    """A text of a picture: its box and its smallest type, in pixels of the picture; whether it is around the chart."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_around: bool

    def overlap(self, other: "Written") -> float:
        """How many pixels two texts lie over each other, in the direction in which it is less."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(min(across, down), 0.0)


def pictured(view: View, size: str, mark: str) -> Picture:
    """The picture of a view in one of our sizes."""
    return picture(
        lambda room: figure_of(replace(view, room=room)),
        frame=frame_of(view),
        size=SIZES[size],
        mark=mark,
        stamp=STAMP[view.spec.language],
    )


def written(made: Picture, painter: Painter, page: Page, *, around: int) -> tuple[tuple[float, float], list[Written]]:
    """Width and height of a painted picture and all its texts; the last `around` annotations stand around the chart."""
    svg = painter.paint(made, "svg").decode()
    width, height, found = page.evaluate(_MEASURE, svg)
    notes = len(made.figure.layout.annotations)
    texts = [
        Written(
            *(text[part] for part in ("words", "left", "top", "right", "bottom", "size")),
            is_around=text["note"] is not None and text["note"] >= notes - around,
        )
        for text in found
    ]
    return (width, height), texts
