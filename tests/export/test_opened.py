"""Every kind of file opened by another office program: all letters are there, in typefaces that have them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from indicators.export.document import Section, document
from indicators.export.painter import Painter
from indicators.export.slides import Cover, Sources, deck
from indicators.model.catalogue import Language
from indicators.tasks.native import slide_of
from indicators.tasks.native_files import document_figure, series_workbook, wording
from tests.charts.pictured import pictured
from tests.export.test_documents import brief
from tests.export.views import views

NAMES = ("deck", "deck_en", "brief", "brief_en", "kinds", "kinds_en", *views())


@pytest.fixture(scope="module")
def pages(tmp_path_factory, painter) -> dict[str, Path]:
    """Files printed by LibreOffice in one start."""
    if not shutil.which("soffice"):
        pytest.fail("LibreOffice is needed: apt-get install libreoffice-impress libreoffice-writer libreoffice-calc")
    folder = tmp_path_factory.mktemp("office")
    for language, ending in (("zh", ""), ("en", "_en")):
        slides = [slide_of(view, stamp="r7-7KQF-9M2X", address="/compare?rev=7") for view in views(language).values()]
        cover = Cover("科技成果转化工作简报", "2025年第1期", "2025年1月", "秦创原战略研究院", "", language)
        made = deck(slides, cover=cover, sources=Sources("资料来源", ("国家统计局",), "", language))
        (folder / f"deck{ending}.pptx").write_bytes(made)
        (folder / f"brief{ending}.docx").write_bytes(brief(language))
        (folder / f"kinds{ending}.docx").write_bytes(_document_of_all(language, painter))
    for kind, view in views().items():
        (folder / f"{kind}.xlsx").write_bytes(series_workbook(view))
    files = [*folder.glob("*.pptx"), *folder.glob("*.docx"), *folder.glob("*.xlsx")]
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {file.stem: file for file in folder.glob("*.pdf")}


def _document_of_all(language: Language, painter: Painter) -> bytes:
    """A document with the view of every kind, its picture painted."""
    figures = []
    for kind, view in views(language).items():
        painted = b""
        if kind != "table":
            painted = painter.paint(pictured(view, "page", ""), "png")
        figures.append(document_figure(view, painted, stamp="r7-7KQF-9M2X", address="/compare?rev=7"))
    return document([Section("", tuple(figures))], wording=wording(language), language=language)


def said(file: Path) -> str:
    """Letters of a PDF without the spaces that programs put between them."""
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return "".join(text.split())


def test_every_file_opens(pages):
    assert set(pages) == set(NAMES)


@pytest.mark.parametrize(("name", "language"), [("deck", "zh"), ("deck_en", "en")])
def test_slides_show_titles_names_and_numbers(pages, name, language):
    text = said(pages[name])
    for view in views(language).values():
        assert "".join(view.caption.title.split()) in text
        assert "".join(view.caption.subtitle.split())[:12] in text
    numbers = ("8,537+72.2%", "4,118+266.0%", "4,826") if language == "zh" else ("853.7+72.2%", "411.8+266.0%", "482.6")
    names = ("内蒙古", "黑龙江", "香港") if language == "zh" else ("InnerMongolia", "Heilongjiang", "HongKong")
    assert [part for part in (*numbers, *names) if part not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_all_letters_are_embedded(pages, name):
    command = ["pdffonts", str(pages[name])]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert lines
    assert [line for line in lines if line.split()[-5] != "yes"] == []


def test_the_brief_and_the_workbook_show_their_words(pages):
    text = said(pages["brief"])
    assert [part for part in ("科技成果转化工作简报", "目录", "图1", "表3", "资料来源") if part not in text] == []
    assert "8,537+72.2%" in said(pages["ranking"])


@pytest.mark.parametrize(("name", "language"), [("kinds", "zh"), ("kinds_en", "en")])
def test_a_document_shows_every_kind_with_its_picture(pages, name, language):
    text = said(pages[name])
    assert [
        view.caption.title for view in views(language).values() if "".join(view.caption.title.split()) not in text
    ] == []
    command = ["pdfimages", "-list", str(pages[name])]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert [line.split()[3:5] for line in listed if line.split()[2] == "image"] == [["1600", "1000"]] * 10


@pytest.mark.parametrize("kind", views())
def test_a_workbook_of_every_kind_shows_its_title(pages, kind):
    assert "".join(views()[kind].caption.title.split()) in said(pages[kind])
