"""A page as a visitor sees it: what is drawn, what the controls show, what can be done."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page

from tests.figures import plain

# Streamlit asks for its own two files below a page's path before it finds out where the app begins.
_STREAMLITS_OWN = ("/_stcore/health", "/_stcore/host-config")

# Settled: the script has ended, every chart is drawn, and the first one is of the link in the address bar.
_SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    if (!app || app.dataset.testScriptState !== 'notRunning') return false;
    const looksUp = location.pathname.endsWith('/figures');  // where figures are listed, not drawn
    const there = document.querySelector(looksUp ? '[class*=st-key-card-]' : '.card-footer');
    if (document.querySelector('[data-stale=true]') || !there) return false;
    if (looksUp) return document.querySelector('.found, .card-title, [data-testid=stAlert]') !== null;
    const places = [...document.querySelectorAll('[class*=st-key-plot-]')];
    if (!places.length) return document.querySelector('[data-testid=stDataFrame], [data-testid=stAlert]') !== null;
    const charts = places.map(place => place.querySelector('.js-plotly-plot'));
    if (charts.some(chart => !chart || !chart.layout || !chart.querySelector('.main-svg .trace, .hm'))) return false;
    const sorted = text => [...new URLSearchParams(text)].map(String).sort().join();
    return sorted(charts[0].layout.meta.query) === sorted(location.search);
}"""

_DRAWN = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(chart => ({
    data: chart.data.map(({type, x, y, z, customdata}) => ({type, x, y, z, customdata})), meta: chart.layout.meta,
})), (key, value) => key === '_inputArray' ? undefined : value)"""

_TEXTS = """selectors => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart, n) =>
    [...chart.querySelectorAll(selectors)].filter(text => text.textContent.trim()).map(text => {
        const box = text.getBoundingClientRect(), whole = chart.getBoundingClientRect();
        return {chart: n, text: text.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
                within: box.left >= whole.left - 1 && box.right <= whole.right + 1
                        && box.top >= whole.top - 1 && box.bottom <= whole.bottom + 1};
    }))"""


class Seen:
    """One visitor's page. Every step waits until the page has settled; errors of the console are gathered."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self._search = ""
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, link: str) -> None:
        """Open a link of the app, cold."""
        self.page.goto(self.address + link, wait_until="commit")
        self.settle()

    def settle(self) -> None:
        """Wait until what is shown is what the link says."""
        self.page.wait_for_function(_SETTLED)
        self._search = self.page.evaluate("location.search")

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a list by what both are called."""
        self.page.get_by_role("combobox", name=label, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()
        self.wait_for_change()

    def switch(self, option: str) -> None:
        """Choose one of several buttons side by side, such as a language or a chart."""
        self.page.get_by_role("radio", name=option, exact=True).click()
        self.wait_for_change()

    def wait_for_change(self) -> None:
        """Wait until the link has left the address it had at the last look, and the page followed."""
        self.page.wait_for_function("before => location.search !== before", arg=self._search)
        self.settle()

    def reload(self) -> None:
        """Load the address bar's link anew."""
        self.page.reload(wait_until="commit")
        self.settle()

    def back(self) -> None:
        """The browser's way back."""
        self.page.go_back(wait_until="commit")
        self.wait_for_change()

    @property
    def link(self) -> dict[str, str]:
        """The query string in the address bar."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The drawn figures: `data` with the numbers of their traces, and `meta`."""
        return [plain(figure) for figure in json.loads(self.page.evaluate(_DRAWN))]

    @property
    def titles(self) -> list[str]:
        """Titles of the cards."""
        return self.page.locator(".card-title").all_inner_texts()

    def shows(self, label: str) -> str:
        """What a list shows as chosen."""
        return self.page.get_by_role("combobox", name=label, exact=True).input_value()

    def switched(self, label: str) -> str:
        """Which of several buttons side by side is chosen."""
        group = self.page.get_by_role("radiogroup", name=label, exact=True)
        return group.locator("[aria-checked=true]").inner_text()

    def view(self) -> tuple[dict[str, str], list[str], list[dict[str, Any]]]:
        """All that makes the view: link, titles, numbers."""
        return self.link, self.titles, self.figures

    def errors_shown(self) -> Locator:
        """Boxes that report an error."""
        return self.page.locator("[data-testid=stException], [data-testid=stAlertContentError]")

    def chart_texts(self, selectors: str) -> list[dict[str, Any]]:
        """Texts in the charts with their boxes in pixels, and whether they lie within their chart."""
        return self.page.evaluate(_TEXTS, selectors)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(_STREAMLITS_OWN):
            self.errors.append(f"{message.text} {message.location.get('url', '')}")
