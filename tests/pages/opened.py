"""A page opened without a browser: what a person sees on it and does with it."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from indicators.settings import PROJECT
from indicators.ui.shell import PAGES
from tests.figures import plain

CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff]+")


class Opened:
    """One page in a session of its own. Whatever is done on it runs the page, which may not fail."""

    def __init__(self, page: str, **query: str) -> None:
        self.app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
        if page != "overview":
            self.app.switch_page(f"pages/{PAGES[page]}/{page}.py")
        self.app.query_params = dict(query)
        self.run()

    def run(self) -> None:
        """Run the page as it stands."""
        self.try_run()
        assert self.errors == []

    def try_run(self) -> None:
        """Run the page as it stands; it may say what is wrong."""
        self.app.run()
        assert [error.message for error in self.app.exception] == []

    def move_to(self, page: str) -> None:
        """Another page of the same session, by the navigation."""
        self.app.switch_page(f"pages/{PAGES[page]}/{page}.py")
        self.run()

    def choose(self, key: str, value: object) -> None:
        """Set a control by its key."""
        self.control(key).set_value(value)
        self.run()

    def control(self, key: str) -> Any:
        """A control by its key."""
        kinds = ("selectbox", "multiselect", "button_group", "toggle", "select_slider")
        return next(c for kind in kinds for c in getattr(self.app, kind) if c.key == key)

    def has(self, key: str) -> bool:
        """Whether the page has a control."""
        return any(c.key == key for kind in ("selectbox", "multiselect", "select_slider") for c in self.app.get(kind))

    @property
    def link(self) -> dict[str, str]:
        """The query string of the page."""
        return dict(self.app.query_params)

    @property
    def errors(self) -> list[str]:
        """What the page says is wrong."""
        return [re.sub(r"\\(.)", r"\1", error.value) for error in self.app.error]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Our own tables of words: rows of cells, the headings first."""
        bodies = re.findall(r"<table>(.*?)</table>", self.html, flags=re.DOTALL)
        rows = [re.findall(r"<tr>(.*?)</tr>", body, flags=re.DOTALL) for body in bodies]
        return [[re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table] for table in rows]

    @property
    def tiles(self) -> list[dict[str, str]]:
        """Counts by their names, one mapping for each row of tiles."""
        pattern = r'<div class="tile-count">(.*?)</div><div>(.*?)</div>'
        parts = self.html.split('<div class="tiles">')[1:]
        return [{name: count for count, name in re.findall(pattern, part)} for part in parts]

    @property
    def warnings(self) -> list[str]:
        """What of the link was left out, a sentence each."""
        said = [line for warning in self.app.warning for line in warning.value.split("  \n")]
        return [re.sub(r"\\(.)", r"\1", line) for line in said]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The drawn figures, with their numbers as lists."""
        return [plain(json.loads(chart.proto.spec)) for chart in self.app.get("plotly_chart")]

    @property
    def figure(self) -> dict[str, Any]:
        """The only figure."""
        (figure,) = self.figures
        return figure

    @property
    def bars(self) -> dict[str, float]:
        """Region and value of each bar of the ranking, in the order drawn."""
        ranking = next(f for f in self.figures if f["data"][0]["type"] == "bar")
        return dict(zip(ranking["data"][0]["customdata"], ranking["data"][0]["x"], strict=True))

    @property
    def lines(self) -> dict[str, dict[int, float]]:
        """Years and values of each region's line."""
        return {
            trace["customdata"][0]: {x: y for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None}
            for trace in self.figure["data"]
        }

    @property
    def html(self) -> str:
        """Our own markup, in the order of the page."""
        return "\n".join(unescape(part.proto.body) for part in self.app.get("html"))

    @property
    def titles(self) -> list[str]:
        """Titles of the cards."""
        return re.findall(r'<h2 class="card-title">(.*?)</h2>', self.html)

    def texts(self) -> Iterator[str]:
        """Everything that is written on the page, controls and charts included."""
        yield from re.split(r"<[^>]*>", re.sub(r"<style>.*?</style>", "", self.html, flags=re.DOTALL))
        yield from (message.value for kind in ("warning", "info", "error") for message in self.app.get(kind))
        for kind in ("selectbox", "multiselect", "button_group", "toggle", "select_slider"):
            for control in getattr(self.app, kind):
                yield from (getattr(control, "label", ""), control.help or "", *getattr(control, "options", ()))
        for table in self.app.dataframe:
            yield from table.value.columns
            yield from (cell for column in table.value for cell in table.value[column] if isinstance(cell, str))
        for chart in self.app.get("plotly_chart"):
            yield chart.proto.alt
            yield from _strings(json.loads(chart.proto.spec))

    def chinese(self) -> set[str]:
        """Runs of Chinese letters on the page."""
        return {found for text in self.texts() for found in CHINESE.findall(text)}


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield from re.split(r"<[^>]*>", part)
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from _strings(inner) if key not in ("bdata", "family") else ()
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)
