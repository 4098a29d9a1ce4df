"""From a chart to a briefing and back: files, the clipboard, and pictures that find their way, in a real browser."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from indicators.store.connection import open_store
from indicators.store.revisions import current_revision
from tests.loaded import revise
from tests.serving import serving

LINK = "/compare?chart=ranking&i=contract_value&r=provinces&y=2024&m=value&hl=610000&sort=value&rev=1&lang=zh"
TITLE = "2024年陕西技术合同成交额居全国第7位"


@pytest.fixture(scope="module")
def store_file(data_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with data/ as its only revision."""
    file = tmp_path_factory.mktemp("briefing") / "store.sqlite"
    shutil.copy(data_file, file)
    return file


@pytest.fixture(scope="module")
def address(store_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("briefing-server") / "log.txt"
    environment = {"INDICATORS_DATABASE_URL": f"sqlite:///{store_file}"}
    with serving(Path("app.py"), log=log, environment=environment) as started:
        yield started


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        locale="zh-CN",
        accept_downloads=True,
        base_url=address,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def publish_r2(store_file: Path) -> None:
    """Shaanxi's contract value of 2024 raised, unless a test has done it already."""
    store = open_store(f"sqlite:///{store_file}")
    if current_revision(store) == 1:
        revise(store)
    store.engine.dispose()


def opened(page: Page, link: str, wait: str = ".card-footer") -> None:
    page.goto(link)
    page.locator(wait).first.wait_for()
    settle(page)


def settle(page: Page) -> None:
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    page.wait_for_function("!document.querySelector('[data-stale=true]')")


def add(page: Page, link: str, count: int) -> None:
    opened(page, link)
    page.get_by_role("button", name="加入简报").first.click()
    page.get_by_text(f"已加入简报，共 {count} 张图").wait_for()


def test_a_chart_leaves_as_a_picture_and_finds_its_way_back_also_after_a_new_revision(page, store_file, tmp_path):
    opened(page, LINK)
    page.get_by_role("button", name="导出").first.click()
    page.get_by_role("dialog").locator("img").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 PNG").click()
    assert download.value.suggested_filename == f"{TITLE}_r1.png"
    picture = tmp_path / "图.png"
    download.value.save_as(picture)
    assert Image.open(picture).size == (3200, 1800)

    page.get_by_role("button", name="复制图片").click()
    page.get_by_text("已复制，可以粘贴").wait_for()
    pasted = page.evaluate(
        """async () => { const [item] = await navigator.clipboard.read(); const blob = await item.getType('image/png');
        return Array.from(new Uint8Array(await blob.arrayBuffer()).slice(0, 8)); }"""
    )
    assert bytes(pasted) == b"\x89PNG\r\n\x1a\n"
    stamp = page.locator(".stamp").inner_text().removeprefix("图号 ")

    publish_r2(store_file)
    opened(page, "/briefing", ".st-key-card-found")
    page.locator(".st-key-card-found input[type=file]").set_input_files(picture)
    page.locator(".found a").first.wait_for()
    settle(page)
    assert "到 r2 有 1 个数改变；现在的图题：2024年陕西技术合同成交额居全国第6位" in page.locator(".found").inner_text()
    page.locator(".found a").first.click()
    page.locator(".card-title").first.wait_for()
    settle(page)
    expect(page.locator(".card-title").first).to_have_text(TITLE)
    assert page.url.endswith(LINK)

    opened(page, "/briefing", ".st-key-card-found")
    page.get_by_role("textbox", name="图号").fill(f" {stamp.lower().replace('-', ' ')} ")
    page.get_by_role("textbox", name="图号").press("Enter")
    page.locator(".found a").first.wait_for()
    assert TITLE in page.locator(".found").inner_text()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("外来.png", b"png", "这个文件里没有视图的信息"),
        ("坏.pptx", b"PK\x03\x04 cut", "这个文件打不开"),
    ],
)
def test_a_foreign_or_broken_file_gets_a_sentence(page, name, content, said):
    if content == b"png":
        out = BytesIO()
        Image.new("RGB", (9, 9)).save(out, "PNG")
        content = out.getvalue()
    opened(page, "/briefing", ".st-key-card-found")
    page.locator(".st-key-card-found input[type=file]").set_input_files(
        {"name": name, "mimeType": "", "buffer": content}
    )
    expect(page.locator(".st-key-card-found")).to_contain_text(said)


@pytest.mark.parametrize(
    ("typed", "said"), [("r1-0000-0000", "没有图号"), ("r1-7KQF-9M2X", "有一个字符不对"), ("图七", "不像图号")]
)
def test_a_stamp_that_leads_nowhere_gets_a_sentence(page, typed, said):
    opened(page, "/briefing", ".st-key-card-found")
    page.get_by_role("textbox", name="图号").fill(typed)
    page.get_by_role("textbox", name="图号").press("Enter")
    expect(page.locator(".st-key-card-found")).to_contain_text(said)


def test_charts_gather_in_a_briefing_that_survives_a_reload_and_is_delivered(page, tmp_path):
    add(page, LINK, 1)
    add(page, "/trend?chart=lines&i=gdp&r=610000,510000&y=2015-2024&m=value&hl=610000&sort=value&rev=1&lang=zh", 2)
    opened(page, "/briefing", ".item-number")
    page.reload()
    page.locator(".item-number").nth(1).wait_for()
    settle(page)
    assert page.locator(".item-number").all_inner_texts() == ["第1项", "第2项"]
    expect(page.get_by_role("textbox", name="图题").first).to_have_value(TITLE)

    page.get_by_role("textbox", name="图题").first.fill("陕西位居前列")
    page.get_by_role("textbox", name="图题").first.press("Enter")
    page.get_by_text("图题已改写").wait_for()
    page.get_by_role("button", name="下移").first.click()
    expect(page.get_by_role("textbox", name="图题").nth(1)).to_have_value("陕西位居前列")
    settle(page)

    page.get_by_role("button", name="PPT", exact=True).click()
    with page.expect_download() as download:
        page.locator(".st-key-briefing-take-pptx button").click()
    download.value.save_as(tmp_path / "b.pptx")
    second = Presentation(tmp_path / "b.pptx").slides[2]
    assert any("陕西位居前列" in shape.text_frame.text for shape in second.shapes if shape.has_text_frame)

    page.get_by_role("button", name="移除").first.click()
    page.locator(".item-number").nth(1).wait_for(state="detached")
    assert page.locator(".item-number").all_inner_texts() == ["第1项"]


def test_what_a_second_window_could_not_save_stays_in_sight(page):
    add(page, LINK, 1)
    opened(page, "/briefing", ".item-number")
    with page.context.new_page() as second:
        second.set_default_timeout(30_000)
        opened(second, page.url, ".item-number")
        second.get_by_role("textbox", name="图题").first.fill("陕西位居前列")
        second.get_by_role("textbox", name="图题").first.press("Enter")
        second.get_by_text("图题已改写").wait_for()

        page.get_by_role("textbox", name="文字说明").first.fill("另一个窗口里的话")
        page.get_by_role("textbox", name="文字说明").first.press("Control+Enter")
        page.get_by_text("刚在另一个窗口里改过").wait_for()
        expect(page.locator(".st-key-card-unsaved code")).to_have_text("另一个窗口里的话")
        expect(page.get_by_role("textbox", name="图题").first).to_have_value("陕西位居前列")
        settle(page)
        page.get_by_role("textbox", name="文字说明").first.fill("另一个窗口里的话")
        page.get_by_role("textbox", name="文字说明").first.press("Control+Enter")
        page.get_by_text("文字已改写").wait_for()
        page.locator(".st-key-card-unsaved").wait_for(state="detached")


def test_a_briefing_is_told_what_newer_figures_change_and_refreshed_on_request(page, store_file):
    publish_r2(store_file)
    add(page, LINK, 1)
    opened(page, "/revisions", ".st-key-card-outdated")
    assert "未命名简报（r1）：1 张图有变化" in page.locator(".st-key-card-outdated").inner_text()
    opened(page, "/briefing", ".st-key-card-news")
    news = page.locator(".st-key-card-news").inner_text()
    assert "数据已更新到 r2" in news
    assert "2024年陕西技术合同成交额居全国第6位" in news
    expect(page.get_by_role("textbox", name="图题").first).to_have_value(TITLE)
    page.get_by_role("button", name="全部更新到 r2").click()
    expect(page.get_by_role("textbox", name="图题").first).to_have_value("2024年陕西技术合同成交额居全国第6位")


def test_nothing_serious_stands_in_the_way_of_a_screen_reader(page):
    add(page, LINK, 1)
    page.get_by_role("button", name="导出").first.click()
    page.get_by_role("dialog").locator("img").wait_for()
    assert serious(page) == []
    opened(page, "/briefing", ".st-key-card-item-1 img")
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    """Serious and critical violations of accessibility rules, once nothing fades in or out any more."""
    page.locator("[data-testid=stToast]").wait_for(state="detached")
    settle(page)
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
    return [
        f"{violation['id']}: {node['target']}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
