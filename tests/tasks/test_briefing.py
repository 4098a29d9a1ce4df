"""Views by their addresses, what newer figures change of a briefing, and the files it is delivered as."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from indicators.charts.theme import FOCUS, SERIES_COLOURS
from indicators.errors import Invalid
from indicators.export.imprint import addresses_in
from indicators.language.messages import text
from indicators.model.briefing import Content
from indicators.store.briefings import Briefing, list_briefings
from indicators.store.connection import Store, open_store
from indicators.store.stamps import address_of_stamp
from indicators.tasks.addresses import Opened, address_of, view_at
from indicators.tasks.briefing import (
    add_view,
    changes_of,
    duplicated,
    in_language,
    new_briefing,
    outdated,
    refreshed,
    retitled,
)
from indicators.tasks.browse import View
from indicators.tasks.colours import shared_colours
from indicators.tasks.deliver import FILE_KINDS, delivered, leaf_of
from indicators.tasks.draw import drawing_of
from indicators.tasks.issue import ISSUE_KINDS, issue_name, issued
from indicators.tasks.marks import frame_of
from indicators.tasks.offers import PAGES
from tests.real import catalogue

NOW = datetime(2026, 1, 2, tzinfo=UTC)
RANKING = "/compare?chart=ranking&i=contract_value&r=provinces&y=2024&m=value&hl=610000&sort=value&rev=1&lang=zh"
EARLIER = RANKING.replace("y=2024", "y=2019")
TREND = "/trend?chart=lines&i=contract_value&r=610000,510000&y=2015-2024&m=value&hl=610000&sort=value&rev=1&lang=zh"
TABLE = RANKING.replace("chart=ranking", "chart=table")


@pytest.fixture(scope="module")
def store(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file = tmp_path_factory.mktemp("briefing") / "store.sqlite"
    shutil.copy(loaded_file, file)
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def views(store):
    known: dict[str, Opened] = {}

    def views(address: str) -> Opened:
        if address not in known:
            known[address] = view_at(store, address, focus="610000")
        return known[address]

    return views


def briefing(*addresses: str, **changed: object) -> Briefing:
    content = Content()
    for address in addresses:
        content = content.with_view(address)
    return new_briefing(owner="anna", name="监测简报", revision=1, now=NOW, content=content.but(**changed))


def file(store, views, kind, made: Briefing) -> bytes:
    return issued(store, made, kind, views=views, report=lambda done, total: None)


@pytest.mark.parametrize(
    "link", ["/compare", "/", "/trend?i=gdp", "/relate", "/profile?hl=500000", "/compare?chart=map&m=per_capita&y=2023"]
)
def test_the_address_of_a_view_opens_the_same_view(store, link):
    opened = view_at(store, link, focus="610000")
    address = address_of(opened.asked.page, opened.asked.spec, revision=opened.asked.revision)
    again = view_at(store, address, focus="610000")
    assert again.is_whole
    assert again.view.caption == opened.view.caption
    assert again.view.series.table.equals(opened.view.series.table)
    assert address_of(again.asked.page, again.asked.spec, revision=2) == address


@pytest.mark.parametrize("address", ["/nowhere?chart=map", "陕西", "compare.png"])
def test_what_is_no_address_is_told_so(store, address):
    with pytest.raises(Invalid) as refused:
        view_at(store, address, focus="610000")
    assert refused.value.code == "address.unreadable"


def test_a_link_copied_from_the_address_bar_is_an_address(store, views):
    assert view_at(store, f"http://localhost:8501{RANKING}", focus="610000").view.caption == views(RANKING).view.caption


def test_a_view_of_an_indicator_that_is_not_there_is_not_taken_for_another(store):
    assert not view_at(store, RANKING.replace("contract_value", "no_such"), focus="610000").is_whole


def test_newer_figures_change_the_number_the_place_and_the_words(views):
    (changes,) = changes_of(briefing(RANKING, EARLIER), views, revision=2)
    assert changes.item.address == RANKING
    assert [(c.region, c.period, c.before, c.after) for c in changes.figures] == [
        ("陕西", "2024", "4,825.91亿元", "4,925.91亿元")
    ]
    assert [(c.before, c.after) for c in changes.places] == [("7", "6")]
    assert changes.title == ("2024年陕西技术合同成交额居全国第7位", "2024年陕西技术合同成交额居全国第6位")
    assert "同比增长19.6%" in changes.sentences[1]


def test_a_view_that_the_newer_revision_has_not_is_told_and_kept(views):
    def without(address: str) -> Opened:
        opened = views(RANKING)
        gone = replace(opened, asked=replace(opened.asked, problems=("gone",)))
        return gone if "rev=2" in address else opened

    made = briefing(RANKING)
    (changes,) = changes_of(made, without, revision=2)
    assert changes.is_gone
    kept = refreshed(made, 2, keep=frozenset({changes.item.key}))
    assert (kept.revision, kept.content.items[0].address) == (2, RANKING)


def test_a_briefing_stays_with_its_revision_until_it_is_refreshed(views):
    made = briefing(RANKING)
    assert views(made.content.items[0].address).view.caption.title.endswith("第7位")
    fresh = refreshed(made, 2)
    assert (fresh.revision, views(fresh.content.items[0].address).view.caption.title[-3:]) == (2, "第6位")
    assert changes_of(fresh, views, revision=2) == []


def test_a_revision_lists_the_briefings_that_it_makes_out_of_date(views):
    touched, untouched = briefing(RANKING, TREND, EARLIER), briefing(EARLIER)
    assert outdated([touched, untouched], views, revision=2) == [(touched, 2)]


def test_an_own_title_is_in_the_view_and_can_be_taken_back(views):
    made = briefing(RANKING).content
    own = retitled(made, 1, "陕西位居前列")
    view = views(own.items[0].address).view
    assert view.caption.title == "陕西位居前列"
    assert any("自拟" in line or "作者" in line for line in view.caption.footer)
    assert retitled(own, 1, "") == made


def test_another_language_is_that_of_all_views_but_not_of_own_texts(views):
    made = briefing(RANKING, TREND).content.with_item(2, text="我的话")
    english = in_language(made, "en")
    assert [views(item.address).view.spec.language for item in english.items] == ["en", "en"]
    assert english.items[1].text == "我的话"


def test_the_copy_for_the_next_issue_is_another_briefing(views):
    made = briefing(RANKING)
    copy = duplicated(made, owner="bert", name="下一期", now=NOW)
    assert (copy.content, copy.owner) == (made.content, "bert")
    assert copy.id != made.id


def test_views_gather_in_the_briefing_in_the_making(store):
    def add(address: str, owner: str, current: str = "") -> Briefing:
        return add_view(store, address, owner=owner, current=current, name="未命名", revision=1, now=NOW)

    first = add(RANKING, "carl")
    assert len(add(TREND, "carl").content.items) == 2
    assert add(RANKING, "dora").id != first.id
    assert len(add(EARLIER, "dora", current=first.id).content.items) == 3
    assert len(list_briefings(store, owner="dora")) == 1


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_file_of_a_view_leads_back_to_it(store, views, kind):
    opened = views(RANKING)
    leaf = leaf_of(store, opened.view, page=opened.asked.page)
    content = delivered(leaf, kind)
    assert content == delivered(leaf, kind)
    if kind != "csv":
        assert addresses_in(content) == [RANKING]
    assert address_of_stamp(store, leaf.stamp) == RANKING
    assert leaf.file_name(kind) == f"2024年陕西技术合同成交额居全国第7位_r1.{kind}"


def test_a_table_has_no_picture_but_office_files(store, views):
    opened = views(TABLE)
    leaf = leaf_of(store, opened.view, page=opened.asked.page)
    with pytest.raises(Invalid) as refused:
        delivered(leaf, "png")
    assert refused.value.code == "export.table"
    assert addresses_in(delivered(leaf, "pptx")) == [TABLE]
    assert delivered(leaf, "docx").startswith(b"PK")


def test_a_view_without_figures_leaves_as_nothing(store):
    opened = view_at(store, RANKING.replace("r=provinces", "r=810000"), focus="610000")
    with pytest.raises(Invalid) as refused:
        leaf_of(store, opened.view, page="compare")
    assert refused.value.code == "export.empty"


def test_a_deck_has_a_cover_a_chart_a_slide_and_the_sources(store, views):
    made = briefing(RANKING, TREND, issue="第1期").but(author="张三")
    made = made.but(content=made.content.with_item(2, text="我的话"))
    content = file(store, views, "pptx", made)
    slides = Presentation(BytesIO(content)).slides
    texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert ("监测简报" in texts[0], "第1期" in texts[0], "张三" in texts[0]) == (True, True, True)
    assert [any(shape.has_chart for shape in slide.shapes) for slide in slides] == [False, True, True, False]
    assert "我的话" in texts[2]
    assert "资料来源" in texts[3]
    own = views(TREND).view.caption.title
    assert f"文字经作者改写：《{own}》" in texts[3]
    assert addresses_in(content) == [RANKING, TREND]


def test_more_figures_than_a_picture_can_show_are_tables_in_office_files(store, views):
    opened = views("/compare?chart=facts&i=contract_value&y=2015-2024&rev=1&lang=zh")
    leaf = leaf_of(store, opened.view, page=opened.asked.page)
    with pytest.raises(Invalid) as refused:
        delivered(leaf, "png")
    assert (refused.value.code, refused.value.details) == ("export.many_bars", {"count": 324, "most": 100})
    assert delivered(leaf, "docx").startswith(b"PK")
    slides = Presentation(BytesIO(delivered(leaf, "pptx"))).slides
    told = [
        cell.text for slide in slides for s in slide.shapes if s.has_table for row in s.table.rows for cell in row.cells
    ]
    assert "4,826亿元" in told


def test_a_brief_leads_back_from_each_of_its_pictures(store, views):
    made = briefing(RANKING, TREND)
    made = made.but(content=made.content.with_item(1, section="总体情况"))
    content = file(store, views, "docx", made)
    assert addresses_in(content) == [RANKING, TREND]
    with ZipFile(BytesIO(content)) as packed:
        text = packed.read("word/document.xml").decode()
    assert "总体情况" in text
    assert "技术合同成交额" in text


def test_pictures_are_numbered_and_have_the_size_of_the_briefing(store, views):
    content = file(store, views, "zip", briefing(RANKING, TABLE, TREND, size="square"))
    with ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
        sizes = [Image.open(BytesIO(packed.read(name))).size for name in names]
    assert [name[:3] for name in names] == ["01_", "03_"]
    assert sizes == [(2400, 2400)] * 2


def test_a_workbook_has_all_figures_of_all_views(store, views):
    content = file(store, views, "xlsx", briefing(RANKING, TREND))
    sheet = load_workbook(BytesIO(content)).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    heads = {name: place for place, name in enumerate(rows[0])}
    shaanxi = [
        (row[0], row[heads["数值"]]) for row in rows[1:] if (row[heads["地区"]], row[heads["时间"]]) == ("陕西", "2024")
    ]
    assert shaanxi == [("第1项", 4825.91), ("第2项", 4825.91)]


@pytest.mark.parametrize("kind", ISSUE_KINDS)
def test_the_same_briefing_is_the_same_file(store, views, kind):
    made = briefing(RANKING)
    assert file(store, views, kind, made) == file(store, views, kind, made)
    assert issue_name(made.but(name="简报/1"), kind) == f"简报_1_r1.{kind}"


def test_an_empty_briefing_is_not_delivered(store, views):
    with pytest.raises(Invalid) as refused:
        file(store, views, "pptx", briefing())
    assert refused.value.code == "briefing.nothing"


def test_internal_figures_mark_the_whole(store, views):
    internal = "/compare?chart=facts&i=fund_size_announced,fund_group_size&r=places&y=2022&m=value&rev=1&lang=zh"
    content = file(store, views, "pptx", briefing(RANKING, internal))
    slides = Presentation(BytesIO(content)).slides
    texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert "内部研究资料" in texts[0]
    assert "内部研究资料" not in texts[1]
    assert "内部研究资料" in texts[2]


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_a_link_can_ask_for_in_vain_has_words(store, page):
    params = ("i", "r", "y", "m", "base", "hl", "ref", "top", "sort", "scale", "mix", "basis", "rev", "lang", "chart")
    opened = view_at(store, f"/{page}?{'&'.join(f'{param}=zz' for param in params)}", focus="610000")
    assert len(opened.asked.problems) >= len(params) - 3
    for problem in opened.asked.problems:
        for language in ("zh", "en"):
            assert "zz" in text(language, f"query.{problem.code}", found=problem.found, used=problem.used)


def line_colours(slide) -> dict[str, str]:
    """The colour of each named line of a slide's chart."""
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    named = {str(series.name): series.format.line.color.rgb for plot in chart.plots for series in plot.series}
    return {name: str(colour) for name, colour in named.items()}


def test_a_region_has_one_colour_in_all_charts_of_a_briefing(store, views):
    other = TREND.replace("r=610000,510000", "r=610000,420000,510000").replace("i=contract_value", "i=rd_expenditure")
    colours = [
        line_colours(slide)
        for slide in list(Presentation(BytesIO(file(store, views, "pptx", briefing(TREND, other)))).slides)[1:3]
    ]
    assert colours[0]["四川"] == colours[1]["四川"] != colours[1]["湖北"]
    assert colours[0]["陕西"] == colours[1]["陕西"] == FOCUS.removeprefix("#").upper()


def test_shared_colours_part_all_that_stand_beside_one_another(views):
    def lines(*regions: str) -> View:
        return views(TREND.replace("r=610000,510000", f"r={','.join(regions)}")).view

    shown = [lines("610000", "510000", "420000"), lines("610000", "420000", "330000"), lines("510000", "330000")]
    given = shared_colours(shown)
    assert len({given[region] for region in ("510000", "420000", "330000")}) == 3
    assert set(given) == {"510000", "420000", "330000"}
    profile = views("/profile?i=contract_value&r=provinces,330000,510000&hl=610000&y=2023-2024").view
    beside = shared_colours([lines("610000", "510000", "420000"), profile])
    drawn = drawing_of(replace(profile, colours=beside))(frame=frame_of(profile))
    assert f"color:{beside['510000']}'><b>2</b> 四川" in " ".join(str(a.text) for a in drawn.layout.annotations)
    many = [lines("610000", *pair) for pair in combinations(real_provinces(8), 2)]
    crowded = shared_colours(many)
    assert set(crowded.values()) == set(SERIES_COLOURS)


def real_provinces(count: int) -> list[str]:
    return [code for code in catalogue().provinces if code != "610000"][:count]


def test_a_section_begins_with_a_slide_of_its_own(store, views):
    made = briefing(RANKING, TREND)
    made = made.but(content=made.content.with_item(2, section="二、转化"))
    slides = Presentation(BytesIO(file(store, views, "pptx", made))).slides
    texts = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert [number for number, words in enumerate(texts) if "二、转化" in words] == [2]


def test_what_the_figures_say_is_compared_also_under_a_title_of_the_authors(views):
    made = briefing(RANKING)
    own = made.but(content=retitled(made.content, 1, "陕西位居前列"))
    (changes,) = changes_of(own, views, revision=2)
    assert changes.title == ("2024年陕西技术合同成交额居全国第7位", "2024年陕西技术合同成交额居全国第6位")


def test_a_table_cut_to_the_first_few_has_so_many_rows(store):
    opened = view_at(store, TABLE + "&top=3", focus="610000")
    rows = opened.view.readable
    assert rows.iloc[:, 1].tolist() == ["北京", "湖北", "江苏", "陕西"]


def test_a_briefing_with_views_of_two_revisions_is_of_the_older_and_names_both(store, views):
    newer = RANKING.replace("rev=1", "rev=2")
    add_view(store, newer, owner="emil", current="", name="两版", revision=2, now=NOW)
    made = add_view(store, TREND, owner="emil", current="", name="两版", revision=1, now=NOW)
    assert made.revision == 1
    last = Presentation(BytesIO(file(store, views, "pptx", made))).slides[-1]
    said = " ".join(shape.text_frame.text for shape in last.shapes if shape.has_text_frame)
    assert ("r1（" in said, "r2（" in said) == (True, True)
