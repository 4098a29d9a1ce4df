"""A view as a file: picture, slide, document, workbook or plain table – same numbers, same words, one stamp."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from indicators.charts.picture import SIZES, Picture, picture
from indicators.errors import Invalid
from indicators.export.imprint import marked_pdf, marked_png, marked_svg
from indicators.export.painter import Format, painter
from indicators.language.messages import text
from indicators.model.stamp import Stamp
from indicators.store.connection import Store
from indicators.store.stamps import keep_stamp
from indicators.tasks.addresses import address_of
from indicators.tasks.browse import View
from indicators.tasks.draw import drawing_of
from indicators.tasks.instead import said_instead
from indicators.tasks.marks import frame_of
from indicators.tasks.native_files import series_csv, series_workbook, slides_of, view_document

FileKind = Literal["png", "svg", "pdf", "pptx", "docx", "xlsx", "csv"]
FILE_KINDS: tuple[FileKind, ...] = get_args(FileKind)
USUAL_SIZE = "wide"
# More bars of single figures would be smaller than print.
MOST_BARS = 100
MOST_TIMES = 3
# Of pictures in documents: sharp on paper, and not much larger than they need to be.
DOCUMENT_TIMES = 2
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME: dict[FileKind, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
}
_LONGEST_NAME = 60
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True)
class Leaf:
    """A view that leaves the dashboard, with the address and the stamp that lead back to it."""

    view: View
    address: str
    stamp: Stamp

    @property
    def stamp_text(self) -> str:
        """The stamp as it is printed."""
        return text(self.view.spec.language, "export.stamp", stamp=self.stamp)

    @cached_property
    def no_picture(self) -> Invalid | None:
        """Why there is no picture: the view is a table or a sentence, or of more bars than can be read in one."""
        view = self.view
        is_map_of_none = view.spec.chart == "map" and not view.has_tiles
        if view.spec.chart == "table" or is_map_of_none or said_instead(view, view.series.table):
            return Invalid("export.table")
        bars = sum(len(panel.rows) for panel in view.facts.panels) if view.facts else 0
        return Invalid("export.many_bars", count=bars, most=MOST_BARS) if bars > MOST_BARS else None

    @property
    def has_picture(self) -> bool:
        """Whether the view can be one picture."""
        return self.no_picture is None

    def picture(self, size: str = USUAL_SIZE) -> Picture:
        """The picture in one of our sizes. Raises what `no_picture` holds."""
        if self.no_picture is not None:
            raise self.no_picture
        return picture(
            drawing_of(self.view),
            frame=frame_of(self.view),
            size=SIZES[size],
            mark=self.view.mark,
            stamp=self.stamp_text,
        )

    def file_name(self, kind: FileKind, size: str = USUAL_SIZE) -> str:
        """What the view is called as a file: its title, its revision, and its size where that is not the usual one."""
        title = _UNFIT.sub("_", self.view.caption.title).strip("_.")[:_LONGEST_NAME]
        own_size = "" if size == USUAL_SIZE else f"_{SIZES[size].width}x{SIZES[size].height}"
        return f"{title}_r{self.view.edition.revision}{own_size}.{kind}"


def leaf_of(store: Store, view: View, *, page: str) -> Leaf:
    """A view ready to leave, pinned to its revision. Raises Invalid("export.empty") where it shows nothing."""
    if view.is_empty:
        raise Invalid("export.empty")
    address = address_of(page, view.spec, revision=view.edition.revision)
    return Leaf(view, address, keep_stamp(store, address, revision=view.edition.revision))


def delivered(leaf: Leaf, kind: FileKind, *, size: str = USUAL_SIZE, times: int = 1) -> bytes:
    """The view as a file of this kind; size and magnification matter to pictures."""
    back = {"stamp": leaf.stamp_text, "address": leaf.address}
    match kind:
        case "pptx":
            return slides_of(leaf.view, **back)
        case "docx":
            picture = painted(leaf, "png", size="page", times=DOCUMENT_TIMES) if leaf.has_picture else b""
            return view_document(leaf.view, picture, **back)
        case "xlsx":
            return series_workbook(leaf.view, **back)
        case "csv":
            return series_csv(leaf.view)
        case _:
            return painted(leaf, kind, size=size, times=times)


def painted(leaf: Leaf, kind: Format, *, size: str = USUAL_SIZE, times: int = 1) -> bytes:
    """The view as a picture that holds its address. Raises Unavailable where no browser can paint it."""
    return finished(leaf, leaf.picture(size), kind, times=times)


def finished(leaf: Leaf, picture: Picture, kind: Format, *, times: int = 1) -> bytes:
    """The file of a picture that is composed already."""
    words = leaf.view.caption
    content = painter().paint(picture, kind, times=times)
    match kind:
        case "png":
            return marked_png(content, leaf.address)
        case "svg":
            return marked_svg(content, leaf.address, title=words.title, alt=words.alt)
        case "pdf":
            moment = leaf.view.edition.published
            return marked_pdf(content, leaf.address, title=words.title, alt=words.alt, moment=moment)
