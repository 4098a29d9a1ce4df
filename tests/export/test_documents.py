from functools import cache
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from indicators.export.document import Masthead, Section, document
from indicators.tasks.native_files import document_figure, view_document, wording
from tests.export.views import facts, views

ADDRESS = "/compare?i=contract_value&rev=7"


@cache
def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (1600, 900), "white").save(out, "PNG")
    return out.getvalue()


def brief(language: str = "zh") -> bytes:
    """A brief of a ranking, a trend and some facts."""
    made = views(language)
    ranking, lines = (document_figure(made[kind], picture(), address=ADDRESS) for kind in ("ranking", "lines"))
    funds = document_figure(facts(language), picture(), stamp="r7-7KQF-9M2X", address=ADDRESS)
    return document(
        [Section("一、技术交易", (ranking, lines)), Section("二、基金", (funds,))],
        wording=wording(language),
        language=language,
        masthead=Masthead("科技成果转化工作简报", "2025年第1期", "秦创原战略研究院", "2025年1月10日"),
        mark="内部研究资料 请勿外传",
        sources=("国家统计局",),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["ranking", "lines", "strip", "facts", "table"])
def test_a_view_is_its_picture_with_its_words_table_and_sources(kind, language):
    view = views(language)[kind]
    book = Document(BytesIO(view_document(view, picture(), stamp="r7-7KQF-9M2X", address=ADDRESS)))
    said = [paragraph.text for paragraph in book.paragraphs if paragraph.text]
    assert said[0] == view.caption.title
    assert said[-1] == "r7-7KQF-9M2X"
    assert said[-1 - len(view.caption.footer) : -1] == list(view.caption.footer)
    assert any(view.caption.subtitle in words for words in said)
    (inline,) = book.inline_shapes
    assert round(inline.width.cm, 2) == 16
    about = inline._inline.docPr
    assert (about.get("descr"), about.get("title")) == (view.caption.alt, ADDRESS)
    mark = book.sections[0].header.paragraphs[0].text
    assert (mark in view.caption.footer) == bool(mark)
    assert book.tables


def test_the_table_of_a_ranking_holds_the_figures():
    book = Document(BytesIO(view_document(views()["ranking"], picture())))
    rows = [[cell.text for cell in row.cells] for row in book.tables[0].rows]
    assert rows[0][:4] == ["位次", "地区", "2023年（亿元）", "2018年（亿元）"]
    assert rows[1][:4] == ["1", "北京", "8,536.94", "4,957.82"]
    assert len(rows) == 32


def test_a_brief_has_a_masthead_and_contents_that_read_without_being_brought_up_to_date():
    book = Document(BytesIO(brief()))
    said = [paragraph.text.strip() for paragraph in book.paragraphs if paragraph.text.strip()]
    assert said[:4] == [
        "内部研究资料 请勿外传",
        "科技成果转化工作简报",
        "2025年第1期",
        "秦创原战略研究院\t2025年1月10日",
    ]
    headings = [p.text for p in book.paragraphs if p.style.name.startswith("Heading")]
    entries = [p.text.strip() for p in book.paragraphs if p.style.name.startswith("toc")]
    assert entries == headings
    assert headings[0] == "一、技术交易"
    assert headings[-1] == "资料来源"
    codes = [node.text for node in book.element.iter(qn("w:instrText"))]
    assert any(code.strip().startswith("TOC") for code in codes)
    anchors = {node.get(qn("w:anchor")) for node in book.element.iter(qn("w:hyperlink"))}
    assert anchors == {node.get(qn("w:name")) for node in book.element.iter(qn("w:bookmarkStart"))}


def test_figures_and_tables_are_numbered_through():
    book = Document(BytesIO(brief()))
    captions = [p.text for p in book.paragraphs if p.style.name == "Caption"]
    assert [words[:2] for words in captions] == ["图1", "表1", "图2", "表2", "图3", "表3"]


def test_every_style_names_a_typeface_for_chinese_letters():
    book = Document(BytesIO(brief()))
    for style in {paragraph.style.name for paragraph in book.paragraphs}:
        fonts = book.styles[style].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) in ("仿宋", "黑体", "宋体")
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_the_same_figures_give_the_same_bytes():
    assert brief() == brief()


def test_what_is_said_of_a_picture_stays_with_it():
    book = Document(BytesIO(view_document(views()["ranking"], picture())))
    styles = [
        (p.style.name, p.paragraph_format.keep_with_next or p.style.paragraph_format.keep_with_next)
        for p in book.paragraphs
    ]
    picture_at = [name for name, _ in styles].index("Picture")
    assert picture_at >= 2
    assert all(is_kept for _, is_kept in styles[: picture_at + 1])
