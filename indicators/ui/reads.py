"""Reads of the store, cached by revision: what a revision says never changes, so nothing needs clearing."""

from datetime import UTC, datetime

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indicators.language.messages import text
from indicators.model.catalogue import Catalogue, Language
from indicators.model.revision import Changes, EntryChange
from indicators.model.spec import ChartSpec
from indicators.settings import Settings, read_settings
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store, open_store
from indicators.store.revisions import current_revision, list_revisions
from indicators.tasks.browse import Coverage, Edition, View, read_coverage, read_levels, read_touched, view_of
from indicators.tasks.draw import figure_of
from indicators.tasks.import_workbook import State, read_state
from indicators.tasks.load_data import ensure_loaded
from indicators.tasks.roll_back import differences as differences_between


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """This installation's settings, read once per process."""
    return read_settings()


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The store of this process, its schema up to date."""
    return open_store(settings().database_url)


def newest_revision(language: Language) -> int:
    """The newest revision; a store without any is filled from data/ first, with its progress shown."""
    revision = current_revision(store())
    if revision:
        return revision
    bar = st.progress(0.0, text(language, "start.loading"))

    def report(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), text(language, "start.loading"))

    ensure_loaded(store(), settings().data_dir, now=datetime.now(UTC), report=report)
    bar.empty()
    return current_revision(store())


@st.cache_resource(show_spinner=False, max_entries=8)
def catalogue(revision: int) -> Catalogue:
    """The catalogue of a revision."""
    return read_catalogue(store(), revision)


@st.cache_resource(show_spinner=False, max_entries=2)
def state(revision: int) -> State:
    """All that holds in a revision, to draft changes on."""
    return read_state(store(), revision)


@st.cache_data(show_spinner=False, max_entries=400)
def levels(revision: int, indicator: str) -> pd.DataFrame:
    """Levels of one indicator in a revision."""
    return read_levels(store(), catalogue(revision), revision=revision, indicator=indicator)


def view(edition: Edition, spec: ChartSpec) -> View:
    """The view of a spec; everybody who asks for the same one shares it."""
    return _view(edition.revision, spec, edition)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs={ChartSpec: ChartSpec.model_dump_json})
def _view(revision: int, spec: ChartSpec, _edition: Edition) -> View:
    return view_of(spec, levels=lambda indicator: levels(revision, indicator), edition=_edition)


def figure(view: View) -> go.Figure:
    """The figure of a view, drawn once."""
    return _figure(view.edition.revision, view.spec, view)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs={ChartSpec: ChartSpec.model_dump_json})
def _figure(revision: int, spec: ChartSpec, _view: View) -> go.Figure:
    return figure_of(_view)


@st.cache_resource(show_spinner=False, max_entries=8)
def coverage(revision: int) -> Coverage:
    """For which years and how many provinces each indicator of a revision has figures."""
    return read_coverage(store(), catalogue(revision), revision=revision)


@st.cache_data(show_spinner=False, max_entries=8)
def revisions(newest: int) -> pd.DataFrame:
    """The list of revisions up to the newest one."""
    return list_revisions(store())


@st.cache_resource(show_spinner=False, max_entries=8)
def differences(before: int, after: int) -> tuple[Changes, tuple[EntryChange, ...]]:
    """What leads from one revision to another."""
    return differences_between(store(), before, after)


@st.cache_data(show_spinner=False, max_entries=8)
def touched(revision: int) -> dict[str, int]:
    """How many observations of each indicator a revision added or revised, most first."""
    return read_touched(store(), revision=revision)
