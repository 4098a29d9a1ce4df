"""The template, edited in every way, through a real browser and through the command line: the same revision.

The edits are corrections of real figures by small amounts, as an analyst makes them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pandas.testing import assert_frame_equal
from playwright.sync_api import Browser, Page

from indicators.model.observation import KEY
from indicators.settings import PROJECT
from indicators.store.connection import open_store
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision, list_revisions
from tests.serving import serving

GRID, DETAILS = "技术合同成交额 输出（卖方所在地）", "明细"
AUTHOR, NOTE = "张三", "更正并补充"


@pytest.fixture
def stores(loaded_file: Path, tmp_path: Path) -> tuple[str, str]:
    """URLs of two equal stores: one for the browser, one for the command line."""
    files = tmp_path / "browser.sqlite", tmp_path / "terminal.sqlite"
    for file in files:
        shutil.copy(loaded_file, file)
    return f"sqlite:///{files[0]}", f"sqlite:///{files[1]}"


@pytest.fixture
def page(browser: Browser, stores: tuple[str, str], tmp_path: Path) -> Iterator[Page]:
    with serving(
        Path("app.py"), log=tmp_path / "log.txt", environment={"INDICATORS_DATABASE_URL": stores[0]}
    ) as address:
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN", accept_downloads=True)
        context.set_default_timeout(60_000)
        opened = context.new_page()
        opened.goto(f"{address}/update")
        opened.get_by_text("上传之后").wait_for()
        yield opened
        context.close()


def terminal(url: str, *arguments: str) -> str:
    environment = os.environ | {"INDICATORS_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "indicators", *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def upload(page: Page, content: bytes) -> dict[str, str]:
    """What the page says that the file would change."""
    page.set_input_files("input[type=file]", {"name": "填报.xlsx", "mimeType": "", "buffer": content})
    page.get_by_text("发布后会改变什么").wait_for()
    page.locator(".st-key-card-changes .tile").first.wait_for()
    settle(page)
    tiles = page.locator(".st-key-card-changes .tile")
    return {tile.locator("div").nth(1).inner_text(): tile.locator("div").first.inner_text() for tile in tiles.all()}


def settle(page: Page) -> None:
    """Wait until the script has ended."""
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")


def place(sheet: Worksheet, region: str, heading: str) -> tuple[int, int]:
    top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "地区")
    column = next(c for c in range(1, sheet.max_column + 1) if str(sheet.cell(top, c).value).strip("年") == heading)
    return next(r for r in range(top, sheet.max_row + 1) if sheet.cell(r, 1).value == region), column


def edited(template: bytes) -> bytes:
    """A correction, a new year, an emptied cell, a correction and a new target in the list."""
    book = load_workbook(BytesIO(template))
    grid, details = book[GRID], book[DETAILS]
    grid.cell(*place(grid, "陕西省", "2023")).value = 4120
    grid.cell(*place(grid, "陕西省", "2025")).value = 5100.5
    grid.cell(*place(grid, "北京市", "2024")).value = None
    head = {str(details.cell(1, c).value): c for c in range(1, details.max_column + 1)}
    rows = [row for row in range(2, details.max_row + 1) if details.cell(row, head["指标"]).value]
    details.cell(rows[0], head["数值"]).value = details.cell(rows[0], head["数值"]).value + 1
    new = {
        "指标": "技术合同成交额",
        "地区": "陕西省",
        "时间": "2027",
        "统计口径": "seller",
        "数值": 6000,
        "单位": "亿元",
    }
    for name, value in {**new, "限定": ">=", "状态": "target"}.items():
        details.cell(rows[-1] + 1, head[name]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def published(url: str) -> pd.DataFrame:
    store = open_store(url)
    revision = current_revision(store)
    rows = read_observations(store, revision=revision).sort_values(KEY, ignore_index=True)
    newest = list_revisions(store).iloc[0]
    assert (revision, newest["author"], newest["note"]) == (3, AUTHOR, NOTE)
    store.engine.dispose()
    return rows


def test_the_template_comes_back_without_a_change_and_edits_become_the_same_revision_on_both_ways(
    page, stores, tmp_path
):
    with page.expect_download() as download:
        page.get_by_role("button", name="下载填报模板").click()
    file = tmp_path / "填报.xlsx"
    download.value.save_as(file)
    assert upload(page, file.read_bytes()) == {"新增": "0", "修订": "0", "不变": "12,503", "未涉及": "4"}
    page.get_by_text("没有要发布的").wait_for()
    assert "新增 0，修订 0，不变 12503，未涉及 4" in terminal(stores[1], "check", str(file))

    file.write_bytes(edited(file.read_bytes()))
    page.get_by_test_id("stFileChipDeleteBtn").locator("button").click()
    page.get_by_text("上传之后").wait_for()
    changes = upload(page, file.read_bytes())
    assert (changes["新增"], changes["修订"]) == ("2", "2")
    page.get_by_role("button", name="发布 r3").wait_for()
    settle(page)
    ticks = page.locator(".st-key-card-publish").get_by_role("checkbox")
    ticks.first.wait_for(state="attached")
    for tick in ticks.all():
        tick.check(force=True)
    page.get_by_label("操作人").fill(AUTHOR)
    page.get_by_label("说明", exact=True).fill(NOTE)
    settle(page)
    page.get_by_role("button", name="发布 r3").click()
    page.get_by_text("已发布为数据版本 r3").wait_for()

    terminal(stores[1], "publish", str(file), "--author", AUTHOR, "--note", NOTE, "--accept-warnings")
    assert_frame_equal(published(stores[0]), published(stores[1]))
