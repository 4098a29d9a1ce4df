"""How long a page keeps its reader waiting, beside a bare Streamlit page with the same chart.

Run by hand: python -m tests.benchmarks.page_speed [ROUNDS]. Both pages are visited in turn, in fresh
browser contexts, from servers that are warm: time to the first drawn chart, and to the chart redrawn
after another year is chosen. Times vary with the machine, so the ratios count.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from indicators.settings import PROJECT
from indicators.store.connection import open_store
from tests.loaded import load, revise
from tests.serving import chromium, chromium_flags, serving

YEARS = (2024, 2020)
TARGETS = {"first chart": 1.25, "redraw": 1.5}

BARE = """import plotly.io as pio
import streamlit as st

st.set_page_config(layout="wide")
year = st.selectbox("年份", ["2024", "2020"])
st.plotly_chart(pio.read_json(f"FOLDER/{year}.json"), theme=None, config={"displayModeBar": False})
"""
_BARS = "document.querySelectorAll('.js-plotly-plot .main-svg .bars .point').length"
_DRAWN = "JSON.stringify(document.querySelector('.js-plotly-plot')?.data[0].x)"


def main(rounds: int) -> None:
    """Measure and print medians in milliseconds and the ratios."""
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
            _report(_measure(browser, {"bare": bare_address, "ours": f"{our_address}/compare"}, rounds))
            browser.close()


def _write_bare_page(folder: Path, url: str) -> None:
    """The bare page shows the figures that ours shows, made beforehand."""
    from streamlit.testing.v1 import AppTest

    os.environ["INDICATORS_DATABASE_URL"] = url
    for year in YEARS:
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).switch_page("pages/explore/compare.py")
        app.query_params["y"] = str(year)
        app.run()
        (folder / f"{year}.json").write_text(app.get("plotly_chart")[0].proto.spec, encoding="utf-8")
    (folder / "bare.py").write_text(BARE.replace("FOLDER", str(folder)), encoding="utf-8")
    shutil.copytree(PROJECT / ".streamlit", folder / ".streamlit", dirs_exist_ok=True)


def _measure(browser: Browser, addresses: dict[str, str], rounds: int) -> dict[tuple[str, str], list[float]]:
    times: dict[tuple[str, str], list[float]] = {(step, page): [] for step in TARGETS for page in addresses}
    for turn in range(rounds + 1):
        for page, address in addresses.items():
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            first, redraw = _visit(context.new_page(), address)
            context.close()
            if turn:  # the first turn warms both servers
                times["first chart", page].append(first)
                times["redraw", page].append(redraw)
    return times


def _visit(page: Page, address: str) -> tuple[float, float]:
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(f"() => {_BARS} > 20", polling="raf")
    first = time.perf_counter() - start
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
    )
    years = page.get_by_role("combobox", name="年份", exact=True)
    years.click()
    option = page.get_by_role("option", name=str(YEARS[1]), exact=True)
    option.wait_for()
    before = page.evaluate(_DRAWN)
    start = time.perf_counter()
    option.click()
    page.wait_for_function(
        f"before => document.querySelector('.js-plotly-plot') && {_BARS} > 20 && {_DRAWN} !== before",
        arg=before,
        polling="raf",
    )
    return first, time.perf_counter() - start


def _report(times: dict[tuple[str, str], list[float]]) -> None:
    rounds = len(times["redraw", "ours"])
    print(f"{'':12}{'bare ms':>10}{'ours ms':>10}{'ratio':>8}{'target':>8}   (medians of {rounds})")
    for step, target in TARGETS.items():
        bare, ours = (median(times[step, page]) * 1000 for page in ("bare", "ours"))
        print(f"{step:12}{bare:10.0f}{ours:10.0f}{ours / bare:8.2f}{target:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
