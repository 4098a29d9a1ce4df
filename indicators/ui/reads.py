"""Reads of the store, cached by revision: what a revision says never changes, so nothing needs clearing."""

from datetime import UTC, datetime

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from indicators.charts.multiples import NARROW
from indicators.language.messages import text
from indicators.model.catalogue import Catalogue, Language
from indicators.model.revision import Changes, EntryChange
from indicators.model.selection import Selection
from indicators.model.spec import ChartSpec
from indicators.settings import Settings, read_settings
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store, open_store
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision, list_revisions
from indicators.tasks.addresses import Opened, asked_for
from indicators.tasks.browse import (
    Coverage,
    Edition,
    View,
    edition_of,
    facts_view_of,
    read_coverage,
    read_levels,
    read_levels_together,
    read_targets,
    read_touched,
    view_of,
)
from indicators.tasks.deliver import FileKind, Leaf
from indicators.tasks.deliver import delivered as make_file
from indicators.tasks.draw import figure_of
from indicators.tasks.draw_multiples import draw_multiples
from indicators.tasks.export import Export
from indicators.tasks.export_figures import ExportKind, exported
from indicators.tasks.facts import read_facts
from indicators.tasks.import_workbook import State, read_state
from indicators.tasks.load_data import ensure_loaded
from indicators.tasks.look_up import Figures, read_figures
from indicators.tasks.marks import frame_of
from indicators.tasks.peers import PeerKind
from indicators.tasks.peers import peers as peers_of
from indicators.tasks.profile import Profile, profile_of
from indicators.tasks.roll_back import differences as differences_between
from indicators.tasks.standing import movers as places_moved
from indicators.tasks.standing import read_freshness


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


@st.cache_resource(show_spinner=False, max_entries=16)
def levels_together(revision: int, indicators: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """Levels of many indicators in a revision, by code; nobody changes them."""
    return read_levels_together(store(), catalogue(revision), revision=revision, indicators=indicators)


@st.cache_data(show_spinner=False, max_entries=8)
def targets(revision: int) -> pd.DataFrame:
    """Targets of a revision, of all indicators."""
    return read_targets(store(), catalogue(revision), revision=revision)


@st.cache_resource(show_spinner=False, max_entries=64)
def observations(revision: int, indicators: tuple[str, ...]) -> pd.DataFrame:
    """All observations of some indicators in a revision, whatever their period and subject."""
    return read_observations(store(), revision=revision, indicators=indicators)


def view(edition: Edition, spec: ChartSpec) -> View:
    """The view of a spec; everybody who asks for the same one shares it."""
    return _view(edition.revision, spec, edition)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs={ChartSpec: ChartSpec.model_dump_json})
def _view(revision: int, spec: ChartSpec, _edition: Edition) -> View:
    if spec.chart == "facts":
        return facts_view_of(spec, observations=observations(revision, spec.indicators), edition=_edition)
    many = levels_together(revision, spec.indicators) if spec.chart == "strip" else None
    return view_of(
        spec,
        levels=many.__getitem__ if many else lambda indicator: levels(revision, indicator),
        targets=targets(revision) if spec.chart == "lines" else None,
        figures=lambda: observations(revision, spec.indicators),
        edition=_edition,
    )


def figure(view: View, among: View | None = None) -> go.Figure:
    """The figure of a view, drawn once; one of several years played takes its scale from all of them."""
    return _figure(view.edition.revision, view.spec, among.spec if among else None, view, among)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs={ChartSpec: ChartSpec.model_dump_json})
def _figure(revision: int, spec: ChartSpec, among: ChartSpec | None, _view: View, _among: View | None) -> go.Figure:
    return figure_of(_view, _among)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={ChartSpec: ChartSpec.model_dump_json})
def _narrow_figure(revision: int, spec: ChartSpec, _view: View) -> go.Figure:
    return draw_multiples(_view, most_columns=NARROW)(frame=frame_of(_view))


def narrow_figure(view: View) -> go.Figure:
    """The small multiples of a view as a phone shows them."""
    return _narrow_figure(view.edition.revision, view.spec, view)


def profile(view: View) -> Profile:
    """The profile that a view draws, put together once."""
    return _profile(view.edition.revision, view.spec, view)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={ChartSpec: ChartSpec.model_dump_json})
def _profile(revision: int, spec: ChartSpec, _view: View) -> Profile:
    return profile_of(_view)


@st.cache_data(show_spinner=False, max_entries=8)
def facts(revision: int) -> pd.DataFrame:
    """Single figures of a revision, of all places and topics."""
    return read_facts(store(), catalogue(revision), revision=revision)


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


@st.cache_data(show_spinner=False, max_entries=64)
def movers(revision: int, region: str, lag: int) -> pd.DataFrame:
    """Indicators in which a region's national place changed within `lag` years."""
    offered = coverage(revision).indicators(least_provinces=2)
    names = catalogue(revision)
    many = levels_together(revision, tuple(offered))
    return places_moved(offered, levels=many.__getitem__, catalogue=names, region=region, lag=lag)


@st.cache_data(show_spinner=False, max_entries=256)
def peers(revision: int, region: str, indicator: str, year: int) -> dict[PeerKind, tuple[str, ...]]:
    """Whom to compare a region with, by the kind of likeness."""
    return peers_of(
        region,
        indicator=indicator,
        year=year,
        levels=lambda code: levels(revision, code),
        catalogue=catalogue(revision),
    )


@st.cache_data(show_spinner=False, max_entries=8)
def freshness(revision: int) -> pd.DataFrame:
    """Sources of a revision, those with the newest figures first."""
    return read_freshness(store(), catalogue(revision), revision=revision)


@st.cache_data(show_spinner=False, max_entries=8)
def touched(revision: int) -> dict[str, int]:
    """How many observations of each indicator a revision added or revised, most first."""
    return read_touched(store(), revision=revision)


@st.cache_resource(show_spinner=False, max_entries=2)
def figures(revision: int) -> Figures:
    """All figures of a revision, ready to be searched."""
    return read_figures(store(), catalogue(revision), revision=revision)


def opened(address: str, newest: int) -> Opened:
    """The view of an address, as one of a page. Raises Invalid("address.unreadable")."""
    focus = settings().focus_region
    asked = asked_for(address, newest=newest, focus=focus, catalogue_of=catalogue, coverage_of=coverage)
    held = catalogue(asked.revision)
    edition = edition_of(revisions(newest), held, revision=asked.revision, focus=focus)
    return Opened(view(edition, asked.spec), asked)


def delivered(leaf: Leaf, kind: FileKind, size: str, times: int) -> bytes:
    """A view as a file, made once for all who ask for the same one."""
    return _delivered(leaf.address, kind, size, times, leaf)


@st.cache_data(show_spinner=False, max_entries=64)
def _delivered(address: str, kind: FileKind, size: str, times: int, _leaf: Leaf) -> bytes:
    return make_file(_leaf, kind, size=size, times=times)


@st.cache_data(show_spinner=False, max_entries=6, hash_funcs={Selection: Selection.model_dump_json})
def exported_figures(
    revision: int, selection: Selection, language: Language, kind: ExportKind, _edition: Edition
) -> bytes:
    """The file of a selection of figures."""
    return exported(Export(figures(revision).chosen(selection), _edition, selection, language), kind)
