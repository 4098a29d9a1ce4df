"""总览: key figures, map and ranking of the region in focus, and what is said when nothing can be shown."""

import gc
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indicators.settings import PROJECT
from indicators.store.connection import Store, open_store
from indicators.store.revisions import current_revision
from tests.loaded import REVISED_BY
from tests.pages.opened import Opened

SHAANXI = "610000"


@pytest.fixture
def page(loaded: Store) -> Opened:
    """The page without any link."""
    return Opened("overview")


def test_the_first_visit_takes_what_stays_out_of_later_garbage_collections(page: Opened) -> None:
    assert gc.get_freeze_count() > 100_000


def test_opens_with_key_figures_map_and_ranking(page: Opened) -> None:
    assert page.link == {
        "chart": "map",
        "i": "contract_value",
        "r": "provinces",
        "y": "2024",
        "m": "value",
        "hl": SHAANXI,
        "sort": "value",
        "lang": "zh",
    }
    assert [figure["data"][0]["type"] for figure in page.figures] == ["heatmap", "bar"]
    assert page.html.count('class="key-figure"') == 8
    assert "陕西省 · 科技成果转化总览" in page.html


def test_every_figure_carries_its_query_and_revision(page: Opened) -> None:
    metas = [figure["layout"]["meta"] for figure in page.figures]
    assert [meta["revision"] for meta in metas] == [2, 2]
    assert metas[0]["query"] == "&".join(f"{key}={value}" for key, value in page.link.items())
    assert metas[1]["query"].startswith("chart=ranking&i=contract_value&r=provinces&y=2024")


def test_a_key_figure_links_to_its_trend(page: Opened) -> None:
    (first, *_) = re.findall(r'href="trend\?([^"]*)"', page.html)
    query = dict(part.split("=") for part in first.split("&"))
    trend = Opened("trend", **query)
    assert trend.link == query
    assert trend.warnings == []
    assert set(trend.lines) == {SHAANXI}


def test_choosing_an_indicator_draws_it_in_both_charts(page: Opened) -> None:
    page.choose("overview.i", "patents_granted")
    assert page.link["i"] == "patents_granted"
    assert all("专利授权数" in title for title in page.titles[:2])
    assert all("i=patents_granted" in figure["layout"]["meta"]["query"] for figure in page.figures)


def test_choosing_a_year_draws_it_in_both_charts(page: Opened) -> None:
    page.choose("overview.y", "2020")
    assert page.link["y"] == "2020"
    assert page.bars[SHAANXI] == 1758.72
    assert 1758.72 in [value for row in page.figures[0]["data"][0]["z"] for value in row]


def test_choosing_a_region_in_focus_changes_key_figures_and_charts(page: Opened) -> None:
    before = _key_values(page)
    page.choose("bar.focus", "110000")
    assert page.link["hl"] == "110000"
    assert "北京市 · 科技成果转化总览" in page.html
    assert page.figures[0]["layout"]["meta"]["query"].count("hl=110000") == 1
    assert _key_values(page)[0] == "9,153"
    assert len(_key_values(page)) == len(before) == 8
    assert _key_values(page) != before


def test_the_region_in_focus_goes_along_to_another_page(page: Opened) -> None:
    page.choose("bar.focus", "510000")
    page.move_to("trend")
    assert page.link["hl"] == "510000"


def test_pinning_the_revision_puts_it_into_the_link(page: Opened) -> None:
    page.choose("bar.pin", True)
    assert page.link["rev"] == "2"
    page.choose("bar.pin", False)
    assert "rev" not in page.link


def test_a_pinned_link_shows_key_figures_and_charts_of_its_revision(loaded: Store) -> None:
    newest, pinned = Opened("overview"), Opened("overview", rev="1")
    assert newest.bars[SHAANXI] == pytest.approx(pinned.bars[SHAANXI] + REVISED_BY)
    assert _key_values(newest)[0] != _key_values(pinned)[0]
    assert [figure["layout"]["meta"]["revision"] for figure in pinned.figures] == [1, 1]
    assert "数据版本 r1" in pinned.titles[-1]


def test_the_latest_revision_says_what_it_changed(page: Opened) -> None:
    assert "新增 0 条，修订 1 条，撤回 0 条观测值" in page.html
    assert "analyst · 2025-02-03" in page.html


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("i", "no_such_indicator"),
        ("r", "999999"),
        ("y", "1890"),
        ("y", "abc"),
        ("m", "no_such_measure"),
        ("hl", "999999"),
        ("rev", "999"),
        ("chart", "pie"),
        ("lang", "fr"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named_and_the_rest_opens(loaded: Store, key: str, found: str) -> None:
    page = Opened("overview", **({"i": "gdp", "y": "2020"} | {key: found}))
    (warning,) = page.warnings
    assert f"“{found}”" in warning
    assert page.link["i"] == ("contract_value" if key == "i" else "gdp")
    assert SHAANXI in page.bars


def test_in_english_nothing_chinese_is_left_that_has_an_english_name(page: Opened) -> None:
    page.choose("bar.language", "en")
    assert page.link["lang"] == "en"
    locators = [text for figure in page.figures for trace in figure["data"] for text in _hovers(trace)]
    written = {run for run in page.chinese() if not any(run in text for text in locators)}
    assert written == {"中文"}


def _key_values(page: Opened) -> list[str]:
    return re.findall(r'kf-value">([^<]*)', page.html)


def _hovers(trace: dict) -> list[str]:
    texts = trace.get("hovertext", [])
    return [text for row in texts for text in (row if isinstance(row, list) else [row])]


def test_the_first_start_loads_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}"
    monkeypatch.setenv("INDICATORS_DATABASE_URL", url)
    page = Opened("overview")
    assert len(page.bars) >= 15
    assert current_revision(open_store(url)) == 1


def test_the_installation_says_which_region_is_in_focus(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INDICATORS_FOCUS_REGION", "330000")
    assert Opened("overview").link["hl"] == "330000"


def _sentence(**query: str) -> str:
    """The only thing that a page says when it cannot go on."""
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
    app.query_params = dict(query)
    app.run()
    assert [error.message for error in app.exception] == []
    assert app.get("plotly_chart") == []
    (error,) = app.error
    return error.value


def _set_store(monkeypatch: pytest.MonkeyPatch, url: object) -> None:
    monkeypatch.setenv("INDICATORS_DATABASE_URL", str(url))


def test_an_unreachable_database_is_one_sentence_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_store(monkeypatch, "postgresql://someone:secret@127.0.0.1:1/nothing")
    said = _sentence()
    assert "无法打开数据库" in said
    assert "secret" not in said


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    _set_store(monkeypatch, f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    assert "无法打开数据库" in _sentence()


def test_an_address_that_is_none_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_store(monkeypatch, "nonsense")
    assert "不是可用的数据库地址" in _sentence()


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "store.sqlite"
    file.write_text("地区,数值\n" * 500, encoding="utf-8")
    _set_store(monkeypatch, f"sqlite:///{file}")
    assert "无法打开数据库" in _sentence()
    assert file.read_text(encoding="utf-8").startswith("地区,数值")


def test_a_newer_schema_is_one_sentence(loaded_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "store.sqlite"
    shutil.copy(loaded_file, file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    _set_store(monkeypatch, f"sqlite:///{file}")
    assert "9999" in _sentence()


def test_a_database_of_another_program_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "store.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE observations (bird TEXT)")
    _set_store(monkeypatch, f"sqlite:///{file}")
    assert "observations" in _sentence()


def test_the_sentence_follows_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_store(monkeypatch, "nonsense")
    assert "nonsense" in _sentence(lang="en")
    assert not re.search("[\u4e00-\u9fff]", _sentence(lang="en"))


def test_a_missing_data_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_store(monkeypatch, f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setenv("INDICATORS_DATA_DIR", str(tmp_path / "nowhere"))
    assert "找不到数据文件夹" in _sentence()


def test_a_broken_row_of_the_data_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    figures = tmp_path / "data" / "figures" / "yearbook.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace("basic_research,110000", "basic_research,999999")
    figures.write_text("".join(lines), encoding="utf-8")
    _set_store(monkeypatch, f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setenv("INDICATORS_DATA_DIR", str(tmp_path / "data"))
    said = _sentence()
    assert "yearbook.csv 第 3 行" in said
    assert "999999" in said


@pytest.mark.parametrize("place", ["710000", "610100"])
def test_a_place_without_a_rank_is_not_said_to_have_kept_it(loaded: Store, place: str) -> None:
    page = Opened("overview", hl=place)
    assert "不在31个省份的排名之列" in page.html
    assert "没有位次变动" not in page.html
