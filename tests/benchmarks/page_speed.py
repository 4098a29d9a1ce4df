"""How long a page keeps its reader waiting, beside a bare Streamlit page with the same chart.

Run by hand: python -m tests.benchmarks.page_speed [ROUNDS]. Both pages are visited in turn, in fresh
browser contexts, from servers that are warm: time to the first drawn chart, and for each kind of view to
the chart redrawn after another choice. Times vary with the machine, so the ratios count.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl

from playwright.sync_api import Browser, Page, sync_playwright

from indicators.settings import PROJECT
from indicators.store.connection import open_store
from tests.loaded import load, revise
from tests.serving import chromium, chromium_flags, serving

TARGETS = {"first chart": 1.25, "redraw": 1.5}
# A page, the list that is chosen from and the option, and what the link then says.
VIEWS = {
    "ranking": ("compare", "chart=ranking&y=2024", "年份", "2020", "y=2020"),
    "map": ("compare", "chart=map&y=2024", "年份", "2020", "y=2020"),
    "change": ("compare", "chart=change&y=2018,2024", "年份", "2022", "y=2018,2022"),
    "slope": ("compare", "chart=slope&y=2018,2024", "年份", "2022", "y=2018,2022"),
    "heat": ("compare", "chart=heat&y=2010-2024", "年份", "2022", "y=2010-2022"),
    "multiples": ("compare", "chart=multiples&y=2010-2024", "年份", "2022", "y=2010-2022"),
    "lines": ("trend", "y=2010-2024", "算法", "同比变化", "m=growth"),
    "scatter": ("relate", "y=2024&scale=log", "年份", "2020", "y=2020"),
    "profile": ("profile", "", "关注地区", "浙江", "hl=330000"),
}

BARE = """import plotly.io as pio
import streamlit as st

st.set_page_config(layout="wide")
names = ["before", "after"]
name = st.selectbox("视图", names)
kind = st.query_params.get("kind", "ranking")
st.plotly_chart(pio.read_json(f"FOLDER/{kind}-{name}.json"), theme=None, config={"displayModeBar": False})
"""
_DRAWN = """(() => { const chart = document.querySelector('.js-plotly-plot');
    return chart && chart.querySelector('.main-svg .trace, .hm') && chart.data
        ? JSON.stringify(chart.data.map(({x, y, z}) => [x, y, z])) : ''; })()"""


def main(rounds: int) -> None:
    """Measure and print the ratios of the medians."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'store.sqlite'}"
        store = open_store(url)
        load(store)
        revise(store)
        store.engine.dispose()
        _write_bare_page(folder, url)
        ours = serving(PROJECT / "app.py", log=folder / "ours.txt", environment={"INDICATORS_DATABASE_URL": url})
        bare = serving(folder / "bare.py", log=folder / "bare.txt", environment={})
        with ours as our_address, bare as bare_address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=chromium_flags())
            addresses = {"bare": bare_address, "ours": our_address}
            print(f"{'':24}{'ratio':>8}{'target':>8}   (medians of {rounds})")
            for kind in VIEWS:
                _report(kind, _measure(browser, addresses, kind, rounds))
            browser.close()


def _write_bare_page(folder: Path, url: str) -> None:
    """The bare page shows the figures that ours shows, made beforehand."""
    from streamlit.testing.v1 import AppTest

    os.environ["INDICATORS_DATABASE_URL"] = url
    for kind, (page, link, _, _, changed) in VIEWS.items():
        for name, query in (("before", link), ("after", changed)):
            app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
            app.switch_page(f"pages/explore/{page}.py")
            app.query_params = dict(parse_qsl(link)) | dict(parse_qsl(query))
            app.run()
            (folder / f"{kind}-{name}.json").write_text(app.get("plotly_chart")[0].proto.spec, encoding="utf-8")
    (folder / "bare.py").write_text(BARE.replace("FOLDER", str(folder)), encoding="utf-8")
    shutil.copytree(PROJECT / ".streamlit", folder / ".streamlit", dirs_exist_ok=True)


Times = dict[str, list[tuple[float, float]]]


def _measure(browser: Browser, addresses: dict[str, str], kind: str, rounds: int) -> Times:
    """Seconds to the first chart and to the redrawn one, by server; the first turn warms both and does not count."""
    page, link, label, option, _ = VIEWS[kind]
    visits = {
        "bare": (f"{addresses['bare']}/?kind={kind}", "视图", "after"),
        "ours": (f"{addresses['ours']}/{page}?{link}", label, option),
    }
    times: Times = {server: [] for server in visits}
    for turn in range(rounds + 1):
        for server, visit in visits.items():
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            found = _visit(context.new_page(), *visit)
            context.close()
            if turn:
                times[server].append(found)
    return times


def _visit(page: Page, address: str, label: str, option: str) -> tuple[float, float]:
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(f"() => {_DRAWN} !== ''", polling="raf")
    first = time.perf_counter() - start
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
    )
    page.get_by_role("combobox", name=label, exact=True).click()
    choice = page.get_by_role("option", name=option, exact=True)
    choice.wait_for()
    before = page.evaluate(_DRAWN)
    start = time.perf_counter()
    choice.click()
    page.wait_for_function(f"before => !['', before].includes({_DRAWN})", arg=before, polling="raf")
    return first, time.perf_counter() - start


def _report(kind: str, times: Times) -> None:
    for place, (step, target) in enumerate(TARGETS.items()):
        bare, ours = (median(found[place] for found in times[server]) for server in ("bare", "ours"))
        print(f"{kind:12}{step:12}{ours / bare:8.2f}{target:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
