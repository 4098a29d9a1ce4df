"""Everybody gets at everything: on a phone, by keyboard, with a screen reader."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import real
from tests.browser.seen import Seen

RANKING = ".ytick text, .bartext, .annotation text"
LINES = ".xtick text, .ytick text, .annotation text"
LABELLED = {
    "/": RANKING,
    "/compare": RANKING,
    "/compare?i=rd_intensity&y=2015,2022&ref=nation": RANKING,
    "/compare?m=growth&y=2020": RANKING,
    "/trend": LINES,
    "/trend?m=rank": LINES,
    "/trend?i=contract_value,rd_intensity,gdp": LINES,
}
# Boxes of text are as high as its line; letters of two lines closer than this do not touch yet.
_LEADING = 4
# Streamlit's own markup, which no setting of ours changes: part of the markup, and what it violates.
STREAMLITS_OWN: dict[str, str] = {}


@pytest.mark.parametrize("link", LABELLED)
def test_a_phone_shows_all_labels_apart_and_does_not_scroll_sideways(phone: Seen, link: str) -> None:
    phone.open(link)
    _assert_legible(phone, LABELLED[link])
    _assert_fits(phone)
    phone.switch("EN")
    _assert_legible(phone, LABELLED[link])
    _assert_fits(phone)


def test_an_english_map_opens_at_its_middle_on_a_phone_and_scrolls_to_its_ends(phone: Seen) -> None:
    phone.open("/compare?chart=map&lang=en")
    left = "document.querySelector('[class*=st-key-plot-map-en]').scrollLeft"
    phone.page.wait_for_function(f"{left} > 100 && {left} < 200")
    phone.page.wait_for_timeout(600)  # it is held there only for a moment
    phone.page.evaluate(f"{left} = 0")
    phone.page.wait_for_timeout(200)
    assert phone.page.evaluate(left) == 0
    _assert_legible(phone, ".heatmaplayer text, .bartext")


@pytest.mark.parametrize("link", LABELLED)
def test_a_laptop_shows_all_labels_apart(desktop: Seen, link: str) -> None:
    desktop.open(link)
    _assert_legible(desktop, LABELLED[link])
    desktop.switch("EN")
    _assert_legible(desktop, LABELLED[link])


def _assert_fits(seen: Seen) -> None:
    """No horizontal scrolling, neither of the document nor of the part of it that Streamlit scrolls."""
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    main = "document.querySelector('[data-testid=stMain]')"
    assert seen.page.evaluate(f"{main}.scrollWidth - {main}.clientWidth") <= 0


def _assert_legible(seen: Seen, selectors: str) -> None:
    texts = seen.chart_texts(selectors)
    assert len(texts) > 5
    assert [text["text"] for text in texts if not text["within"]] == []
    covered = [
        (one["text"], other["text"])
        for n, one in enumerate(texts)
        for other in texts[:n]
        if one["chart"] == other["chart"]
        and min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > _LEADING
    ]
    assert covered == []


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/", {"关注地区", "语言", "指标", "年份", "数据版本 r2"}),
        (
            "/compare",
            {"关注地区", "语言", "指标", "年份", "对比年份", "算法", "地区范围", "更多选项", "图形"},
        ),
        ("/trend", {"关注地区", "语言", "指标（最多 6 项）", "算法", "地区", "起止年份", "图形"}),
    ],
)
def test_every_control_is_reached_by_the_tab_key(desktop: Seen, path: str, labels: set[str]) -> None:
    desktop.open(path)
    reached: set[str] = set()
    for _ in range(60):
        desktop.page.keyboard.press("Tab")
        reached.add(desktop.page.evaluate(_FOCUSED))
        if labels <= reached:
            return
    assert labels - reached == set()


def test_further_options_open_and_are_reached_by_keyboard(desktop: Seen) -> None:
    desktop.open("/compare")
    desktop.page.get_by_role("button", name="更多选项").focus()
    desktop.page.keyboard.press("Enter")
    desktop.page.get_by_role("combobox", name="显示").wait_for()
    reached: set[str] = set()
    for _ in range(14):  # what has opened comes last on the page
        reached.add(desktop.page.evaluate(_FOCUSED))
        desktop.page.keyboard.press("Tab")
    assert reached >= {"显示", "参照线", "统计口径", "陕西的对照组"}
    desktop.page.get_by_role("combobox", name="显示").focus()
    desktop.page.keyboard.press("Escape")
    desktop.page.get_by_role("combobox", name="显示").wait_for(state="detached")


# The name of what has the focus, or of the group of buttons that it belongs to.
_FOCUSED = """() => {
    const element = document.activeElement;
    const group = element.closest('[role=radiogroup], [role=group][aria-label]');
    const by = element.getAttribute('aria-labelledby');
    return (group && group.getAttribute('aria-label')) || element.getAttribute('aria-label')
        || (by && by.split(' ').map(id => document.getElementById(id)?.textContent || '').join(' ').trim())
        || (element.querySelector('[data-testid=stMarkdownContainer]') || element).innerText.split('\\n')[0];
}"""


def test_a_list_is_chosen_from_by_keyboard_alone(desktop: Seen) -> None:
    desktop.open("/compare")
    years = desktop.page.get_by_role("combobox", name="年份", exact=True)
    years.focus()
    years.fill("2020")
    years.press("Enter")
    desktop.wait_for_change()
    assert desktop.link["y"] == "2020"


@pytest.mark.parametrize(
    "link",
    [
        *("/", "/compare", "/compare?chart=map", "/compare?chart=change", "/compare?chart=table&y=1890"),
        *("/trend", "/profile", "/relate", "/compare?chart=slope", "/trend?r=340100&i=poc_centres"),
        *("/figures", "/figures?view=indicators", "/figures?view=sources", "/figures?view=notes"),
        "/figures?view=facts",
    ],
)
def test_nothing_serious_stands_in_the_way_of_a_screen_reader(desktop: Seen, link: str) -> None:
    desktop.open(link)
    assert _serious(desktop) == set()
    desktop.switch("EN")
    assert _serious(desktop) == set()


def _serious(seen: Seen) -> set[str]:
    """Serious and critical violations of accessibility rules, by rule and place."""
    return {
        f"{violation['id']}: {target} {node['html'][:200]}"
        for violation in Axe().run(seen.page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        for target in node["target"]
        if not any(own in node["html"] for own in STREAMLITS_OWN)
    }


@pytest.mark.parametrize("path", ["/", "/compare", "/trend"])
def test_every_chart_says_its_finding_to_those_who_do_not_see_it(desktop: Seen, path: str) -> None:
    desktop.open(path)
    described = [figure["meta"]["alt"] for figure in desktop.figures]
    shown = desktop.page.get_by_role("figure").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert shown == described
    assert all(figure["meta"]["title"] in figure["meta"]["alt"] for figure in desktop.figures)


@pytest.mark.parametrize("width", [390, 1000, 1440])
def test_a_scatter_says_how_many_marks_have_no_name_on_this_very_screen(phone: Seen, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 900})
    phone.open("/relate")
    shorts = {region.short("zh") for region in real.catalogue().regions.values()}
    named = [text for text in _texts_seen(phone, ".scatterlayer text") if text in shorts]
    said = [text for text in _texts_seen(phone, ".annotation text") if "未标名称" in text]
    assert said == ([f"31个点中有{31 - len(named)}个点因空间所限未标名称"] if len(named) < 31 else [])


def _texts_seen(seen: Seen, selector: str) -> list[str]:
    """Texts of the first chart that take up room."""
    texts = seen.page.locator(f".js-plotly-plot >> nth=0 >> css={selector}")
    return [text for text in texts.evaluate_all(_VISIBLE) if text.strip()]


_VISIBLE = "all => all.filter(one => one.getBoundingClientRect().width > 0).map(one => one.textContent)"
