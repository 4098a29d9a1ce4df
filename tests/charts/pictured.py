"""Pictures as they are painted, measured in a browser: where each text stands and how large it is."""

from dataclasses import dataclass

from playwright.sync_api import Page

from indicators.charts.picture import SIZES, Picture, picture
from indicators.export.painter import Painter
from indicators.tasks.browse import View
from indicators.tasks.draw import drawing_of
from indicators.tasks.marks import frame_of

STAMP = {"zh": "图号 r7-7KQF-9M2X", "en": "Picture r7-7KQF-9M2X"}
# A line of a font stands out above and below its letters; what counts is where letters can be.
_MEASURE = """svg => {
    document.body.style.margin = 0;
    document.body.innerHTML = svg;
    const image = document.querySelector('svg'), canvas = image.getBoundingClientRect();
    const scale = canvas.width / image.viewBox.baseVal.width;
    return [canvas.width, canvas.height, [...image.querySelectorAll('text')]
        .filter(text => text.textContent.trim())
        .map(text => {
            const box = text.getBoundingClientRect();
            const sizes = [text, ...text.querySelectorAll('tspan')].filter(part => part.textContent.trim())
                .map(part => scale * parseFloat(getComputedStyle(part).fontSize));
            const size = Math.min(...sizes), words = text.textContent;
            return {words, size, left: box.left, right: box.right,
                    top: box.top + 0.25 * size, bottom: box.bottom - 0.16 * size};
        })];
}"""


@dataclass(frozen=True)
class Written:
    """A text of a picture: its box and its smallest type, in pixels of the picture."""

    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    def overlap(self, other: "Written") -> float:
        """How many pixels two texts lie over each other, in the direction in which it is less."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(min(across, down), 0.0)


def pictured(view: View, size: str, mark: str) -> Picture:
    """The picture of a view in one of our sizes."""
    return picture(
        drawing_of(view),
        frame=frame_of(view),
        size=SIZES[size],
        mark=mark,
        stamp=STAMP[view.spec.language],
    )


def written(made: Picture, painter: Painter, page: Page) -> tuple[tuple[float, float], list[Written]]:
    """Width and height of a painted picture, and all its texts."""
    width, height, found = page.evaluate(_MEASURE, painter.paint(made, "svg").decode())
    return (width, height), [Written(**text) for text in found]
