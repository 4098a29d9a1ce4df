"""PDFs of every kind of chart as other programs see them: fonts inside, names there, something drawn.

Of the Chinese fonts at hand Chromium embeds outlines, and what a search then finds of digits is not reliable.
"""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from indicators.charts.picture import SIZES, picture
from indicators.tasks.draw import drawing_of
from indicators.tasks.marks import frame_of
from tests.export.views import views

KINDS = [kind for kind in views() if kind != "table"]


def ran(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("kind", KINDS)
def test_fonts_are_inside_names_are_found_and_the_chart_is_drawn(painter, tmp_path, kind):
    view = views()[kind]
    drawn = picture(
        drawing_of(view),
        frame=frame_of(view),
        size=SIZES["wide"],
        mark="",
        stamp="图号 r7-7KQF-9M2X",
    )
    file = tmp_path / "chart.pdf"
    file.write_bytes(painter.paint(drawn, "pdf"))
    lines = ran("pdffonts", file).splitlines()[2:]
    assert lines
    assert {line.split()[-5] for line in lines} == {"yes"}  # embedded
    words = "".join(ran("pdftotext", "-layout", file, "-").split())
    assert ("基金" if kind == "facts" else "陕西") in words or "基⾦" in words
    assert "数据版本" in words
    assert "\ufffd" not in words
    ran("pdftoppm", "-r", "40", "-png", "-singlefile", file, tmp_path / "page")
    colours = Image.open(tmp_path / "page.png").convert("RGB").getcolors(100_000)
    assert colours is not None
    assert len(colours) > 20
    pages = [line for line in ran("pdfinfo", file).splitlines() if line.startswith("Pages:")]
    assert pages[0].split()[-1] == "1"
