"""How long files of charts take, beside plain kaleido painting the same figures with the same warm Chromium.

Run by hand: python -m tests.benchmarks.export_speed [ROUNDS]. A picture stands beside the same figure painted
plainly; a deck of twenty native charts beside three plain pictures; a document of twenty charts beside twenty
plain pictures of its size. Ours begin with the views, so drawing and laying out are counted. Both sides take
turns; times vary with the machine, so the ratios count.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import kaleido

from indicators.charts.picture import Picture
from indicators.model.briefing import Content
from indicators.store.connection import Store, open_store
from indicators.tasks.addresses import Opened, view_at
from indicators.tasks.briefing import new_briefing
from indicators.tasks.deliver import DOCUMENT_TIMES, delivered, leaf_of
from indicators.tasks.issue import issued
from tests.loaded import load

TARGETS = {"picture": 1.3, "deck": 1.0, "document": 1.3}
FOCUS = "610000"
CHARTS = [
    *(f"/compare?chart=ranking&y={year}" for year in range(2017, 2025)),
    *(f"/compare?chart=change&y={year},2024" for year in range(2018, 2022)),
    *(f"/trend?chart=lines&i={code}&y=2010-2024" for code in ("contract_value", "gdp", "rd_expenditure", "population")),
    *(f"/compare?chart=slope&y={year},2024" for year in range(2018, 2022)),
]


def main(rounds: int) -> None:
    """Measure and print the ratios of the medians."""
    with tempfile.TemporaryDirectory() as name:
        store = open_store(f"sqlite:///{Path(name) / 'store.sqlite'}")
        load(store)
        kaleido.start_sync_server(mathjax=False, timeout=60)
        print(f"{'':10}{'ratio':>8}{'target':>8}   (medians of {rounds})")
        for step, (plain, ours) in _steps(store).items():
            times = [(_seconds(plain), _seconds(ours)) for _ in range(rounds + 1)][1:]
            a, b = map(median, zip(*times, strict=True))
            print(f"{step:10}{b / a:8.2f}{TARGETS[step]:8.2f}")
        kaleido.stop_sync_server()
        store.engine.dispose()


def _steps(store: Store) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    opened = {address: view_at(store, address, focus=FOCUS) for address in CHARTS}
    leaves = [leaf_of(store, one.view, page=one.asked.page) for one in opened.values()]
    content = Content()
    for leaf in leaves:
        content = content.with_view(leaf.address)
        opened[leaf.address] = Opened(leaf.view, view_at(store, leaf.address, focus=FOCUS).asked)
    briefing = new_briefing(owner="", name="二十张图", revision=1, now=datetime.now(UTC), content=content)

    def issue(kind: str) -> bytes:
        return issued(store, briefing, kind, views=opened.__getitem__, report=lambda done, total: None)  # type: ignore[arg-type]

    wide = [leaf.picture("wide") for leaf in leaves]
    pages = [leaf.picture("page") for leaf in leaves]
    return {
        "picture": (lambda: _plain(wide[:1], 2), lambda: delivered(leaves[0], "png", times=2)),
        "deck": (lambda: _plain(wide[:3], 2), lambda: issue("pptx")),
        "document": (lambda: _plain(pages, DOCUMENT_TIMES), lambda: issue("docx")),
    }


def _plain(pictures: list[Picture], times: int) -> None:
    for picture in pictures:
        options = {"format": "png", "width": picture.width, "height": picture.height, "scale": picture.factor * times}
        kaleido.calc_fig_sync(picture.parts, opts=options)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
