"""The address of a view inside its picture, and finding it again in a picture, deck, document or workbook.

In pictures it stands behind the mark `indicators:` in a part that nobody sees, in office files with the charts and
pictures. Where a program has written the picture anew, only the stamp that people can read is left.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from html import escape, unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from indicators.errors import Invalid

MARK = "indicators:"
MOST_BYTES = 50 * 2**20
_MOST_UNPACKED = 200 * 2**20
_MOST_PARTS = 5000
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"indicators-view"
# Addresses of views begin with their page and the kind of chart; a link to some other site has its name before it.
_FOUND = re.compile(r"(?<![\w.])(/(?:compare|trend|relate|profile)\?chart=[^\s\"'<>\\]+)")
_SVG_IDS = re.compile(r'id="defs-([0-9a-f]{6})"')
_PACKED = re.compile(r"(^ppt/slides/slide\d+|^word/document|^xl/(sharedStrings|worksheets/sheet\d+))\.xml$")
_PICTURES = re.compile(r"/media/[^/]+\.png$")


def marked_png(content: bytes, address: str) -> bytes:
    """A PNG with its address in a text chunk of its own, behind the header."""
    text = _KEYWORD + b"\0\0\0\0\0" + f"{MARK}{address}".encode()
    body = b"iTXt" + text
    chunk = struct.pack(">I", len(text)) + body + struct.pack(">I", zlib.crc32(body))
    end_of_header = len(_PNG) + 25
    return content[:end_of_header] + chunk + content[end_of_header:]


def marked_svg(content: bytes, address: str, *, title: str, alt: str) -> bytes:
    """An SVG with title, description and address; the ids that were drawn by lot are those of the address."""
    svg = content.decode()
    for found in set(_SVG_IDS.findall(svg)):
        svg = svg.replace(found, f"{zlib.crc32(address.encode()) & 0xFFFFFF:06x}")
    start = svg.index(">", svg.index("<svg")) + 1
    words = f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>"
    return f"{svg[:start]}{words}<metadata>{escape(MARK + address)}</metadata>{svg[start:]}".encode()


def marked_pdf(content: bytes, address: str, *, title: str, alt: str, moment: datetime) -> bytes:
    """A PDF whose properties tell its title and address, dated when its figures were published."""
    writer = PdfWriter(clone_from=BytesIO(content))
    date = moment.strftime("D:%Y%m%d%H%M%S+00'00'")
    writer.metadata = {
        "/Title": title,
        "/Subject": alt,
        "/Keywords": MARK + address,
        "/CreationDate": date,
        "/ModDate": date,
    }
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def addresses_in(content: bytes) -> list[str]:
    """Addresses of the views in a file, in its order, each once.

    Raises Invalid: "found.too_large", "found.unknown_kind" for what is no picture or office file, "found.damaged",
    and "found.no_address" where nothing leads back to a view.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("found.too_large", most=MOST_BYTES // 2**20)
    found = dict.fromkeys(unescape(match) for text in _texts(content) for match in _FOUND.findall(text))
    if not found:
        raise Invalid("found.no_address")
    return list(found)


def _texts(content: bytes) -> Iterator[str]:
    """Parts of a file that may hold an address."""
    head = content[:1024].lstrip()
    if content.startswith(_PNG):
        yield from _png_texts(content)
    elif content.startswith(b"%PDF"):
        yield _pdf_keywords(content)
    elif content.startswith(b"PK"):
        yield from _office_texts(content)
    elif head.startswith((b"<svg", b"<?xml")) and b"<svg" in content[:4096]:
        yield content.decode(errors="replace")
    else:
        raise Invalid("found.unknown_kind")


def _png_texts(content: bytes) -> Iterator[str]:
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == b"iTXt" and content[at + 8 :].startswith(_KEYWORD):
            yield content[at + 8 : at + 8 + length].decode(errors="replace")
        at += 12 + length


def _pdf_keywords(content: bytes) -> str:
    try:
        properties = PdfReader(BytesIO(content)).metadata
        return "" if properties is None else str(properties.get("/Keywords", ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid("found.damaged") from None


def _office_texts(content: bytes) -> Iterator[str]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise Invalid("found.too_large", most=_MOST_UNPACKED // 2**20)
            for part in sorted(parts, key=lambda part: _in_order(part.filename)):
                if _PACKED.search(part.filename):
                    yield packed.read(part).decode(errors="replace")
                elif _PICTURES.search(part.filename):
                    yield from _png_texts(packed.read(part))
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        raise Invalid("found.damaged") from None


def _in_order(name: str) -> tuple[str, int]:
    """Slides in the order of their numbers."""
    digits = re.sub(r"\D", "", name)
    return re.sub(r"\d", "", name), int(digits or 0)
