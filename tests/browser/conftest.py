"""The real app on a port of its own, looked at by a real Chromium; both live as long as the test session."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from indicators.store.connection import Store, open_store
from tests.browser.seen import Seen
from tests.serving import serving


@pytest.fixture(scope="session")
def store(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store that the server reads, to compare what is drawn with what is held."""
    file = tmp_path_factory.mktemp("browser") / "store.sqlite"
    shutil.copy(loaded_file, file)
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def address(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, started as a person starts it."""
    log = tmp_path_factory.mktemp("server") / "log.txt"
    environment = {"INDICATORS_DATABASE_URL": str(store.engine.url), "INDICATORS_FOCUS_REGION": ""}
    with serving(Path("app.py"), log=log, environment=environment) as started:
        yield started


@pytest.fixture
def desktop(browser: Browser, address: str) -> Iterator[Seen]:
    """A visitor with a laptop screen; the visit must end without an error in the console."""
    yield from _visit(browser, address, width=1440, height=900)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Seen]:
    """A visitor with a phone, held upright."""
    yield from _visit(browser, address, width=390, height=844)


def _visit(browser: Browser, address: str, *, width: int, height: int) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(30_000)
    seen = Seen(context.new_page(), address)
    yield seen
    context.close()
    assert seen.errors == []
