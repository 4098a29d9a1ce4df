"""Every page test has a store of its own, as the app finds it by its environment."""

import shutil
from pathlib import Path

import pytest
import streamlit as st

from indicators.store.connection import Store, open_store


@pytest.fixture(autouse=True)
def _nothing_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the app keeps for its process belongs to one store; no test meets that of another."""
    for name in ("INDICATORS_DATABASE_URL", "INDICATORS_DATA_DIR", "INDICATORS_FOCUS_REGION"):
        monkeypatch.delenv(name, raising=False)
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def loaded(loaded_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the app opens: a copy with the data folder and one revision after it."""
    file = tmp_path / "store.sqlite"
    shutil.copy(loaded_file, file)
    monkeypatch.setenv("INDICATORS_DATABASE_URL", f"sqlite:///{file}")
    return open_store(f"sqlite:///{file}")
