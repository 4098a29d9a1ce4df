import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image
from pypdf import PdfWriter

from indicators.errors import Invalid
from indicators.export.imprint import addresses_in, marked_pdf, marked_png, marked_svg

ADDRESS = "/compare?chart=ranking&i=contract_value&r=provinces&y=2018,2023&title=%E9%99%95%E8%A5%BF&rev=3&lang=zh"
MOMENT = datetime(2025, 1, 2, tzinfo=UTC)


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (3, 2), "#c0392b").save(out, "PNG")
    return out.getvalue()


def pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def folder(**parts: str | bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_png", ".png"), content)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as caught:
        addresses_in(content)
    return caught.value.code


def test_a_png_keeps_its_pixels_and_tells_its_view():
    marked = marked_png(png(), ADDRESS)
    picture = Image.open(BytesIO(marked))
    assert picture.getpixel((0, 0)) == (192, 57, 43)
    assert picture.text == {"indicators-view": f"indicators:{ADDRESS}"}
    assert addresses_in(marked) == [ADDRESS]


def test_an_svg_tells_title_description_and_view_and_is_drawn_by_no_lot():
    drawn = b'<svg class="main"><defs id="defs-0a1b2c"/><g clip-path="url(#clip0a1b2cxy)"/></svg>'
    again = drawn.replace(b"0a1b2c", b"ffee00")
    marked = marked_svg(drawn, ADDRESS, title="陕西 & 四川", alt="a < b")
    assert marked == marked_svg(again, ADDRESS, title="陕西 & 四川", alt="a < b")
    assert "<title>陕西 &amp; 四川</title><desc>a &lt; b</desc>" in marked.decode()
    assert addresses_in(marked) == [ADDRESS]


def test_a_pdf_tells_its_view_and_is_dated_as_its_figures():
    marked = marked_pdf(pdf(), ADDRESS, title="陕西居第7位", alt="", moment=MOMENT)
    assert addresses_in(marked) == [ADDRESS]
    assert marked == marked_pdf(pdf(), ADDRESS, title="陕西居第7位", alt="", moment=MOMENT)


def test_views_of_a_deck_come_in_the_order_of_its_slides():
    second = "/trend?chart=lines&i=gdp&rev=3"
    slides = {
        "ppt__slides__slide10_xml": f'<p title="{second}"/>',
        "ppt__slides__slide2_xml": f'<p title="{ADDRESS.replace("&", "&amp;")}"/>',
    }
    assert addresses_in(folder(**slides)) == [ADDRESS, second]


def test_pictures_in_a_document_lead_back_too():
    assert addresses_in(folder(word__media__image1_png=marked_png(png(), ADDRESS))) == [ADDRESS]


def test_a_link_to_another_site_is_no_view():
    text = "<w:t>https://example.cn/compare?chart=map&amp;rev=1</w:t>"
    assert refused(folder(word__document_xml=text)) == "found.no_address"


@pytest.mark.parametrize(
    "content", [png(), pdf(), folder(word__document_xml="<w/>"), b"<svg></svg>"], ids=["png", "pdf", "docx", "svg"]
)
def test_a_file_that_was_not_made_here_is_told_so(content):
    assert refused(content) == "found.no_address"


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"GIF89a" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(50)],
    ids=["empty", "text", "gif", "jpeg"],
)
def test_a_file_of_another_kind_is_told_so(content):
    assert refused(content) == "found.unknown_kind"


@pytest.mark.parametrize(
    "content",
    [folder(word__document_xml="x" * 900)[:60], b"%PDF-1.7 cut off", b"PK\x03\x04"],
    ids=["docx", "pdf", "zip"],
)
def test_a_file_that_is_cut_off_is_told_so(content):
    assert refused(content) in ("found.damaged", "found.no_address")


def test_a_png_that_is_cut_off_or_lies_about_its_lengths_does_no_harm():
    marked = marked_png(png(), ADDRESS)
    assert refused(marked[:40]) == "found.no_address"
    lying = marked[:33] + struct.pack(">I", 2**31 - 1) + marked[37:]
    assert addresses_in(lying)[0].startswith(ADDRESS)


def test_a_folder_that_unpacks_to_too_much_is_not_unpacked():
    bomb = folder(word__document_xml=bytes(210 * 2**20))
    assert len(bomb) < 2**20
    assert refused(bomb) == "found.too_large"


def test_a_part_with_a_wrong_checksum_is_damaged():
    content = bytearray(folder(word__document_xml="<w/>" * 50))
    at = content.index(zlib.crc32(b"<w/>" * 50).to_bytes(4, "little"))
    content[at] ^= 0xFF
    assert refused(bytes(content)) in ("found.damaged", "found.no_address")
