"""Loading the folder `data/` as the first revision, and what changes in it later as further ones.

The folder never takes anything back: what an analyst published or withdrew meanwhile stands.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from indicators.errors import Conflict, Invalid
from indicators.model.catalogue import Catalogue, Entry, catalogue_of, entries_from_text
from indicators.model.observation import KEY, checked, no_observations, observations_from_text
from indicators.model.revision import Changes, EntryChange, changes, entry_changes
from indicators.store.catalogue import read_catalogue, read_entry_writers
from indicators.store.connection import Store
from indicators.store.observations import read_observations, read_writers
from indicators.store.revisions import Origin, current_revision, list_revisions, publish
from indicators.tasks.data_files import DataFiles, TextTable, read_files

ORIGIN: Origin = "data"
Report = Callable[[int, int], None]


def read_data(data_dir: Path) -> tuple[Catalogue, pd.DataFrame]:
    """Catalogue and observations of the folder, checked against the contract.

    Whatever is wrong is raised with its file, the row (line of the file), the column and what was found.
    """
    return _interpreted(read_files(data_dir))


def load_data(store: Store, data_dir: Path, *, now: datetime, report: Report | None = None) -> int | None:
    """Publishes what the folder holds and the store lacks; the new revision, or None if there is nothing.

    Nothing is withdrawn, and what a revision of another origin wrote or withdrew is left alone.
    """
    tell = report or _nobody
    tell(0, 4)
    files = read_files(data_dir)
    revision, listed = _state(store)
    if _newest_of_data(listed)[1] == files.content_hash:
        tell(4, 4)
        return None
    tell(1, 4)
    catalogue, observations = _interpreted(files)
    tell(2, 4)
    change = _observation_changes(store, revision, listed, observations)
    entries = _entry_changes(store, revision, listed, catalogue)
    tell(3, 4)
    loaded = None
    if change.count or entries:
        loaded = _published(store, change, entries, files=files, now=now, revision=revision)
    tell(4, 4)
    return loaded


def ensure_loaded(store: Store, data_dir: Path, *, now: datetime, report: Report | None = None) -> None:
    """Fills an empty store from the folder, as the first start does; a filled one is left as it is."""
    if current_revision(store) == 0:
        load_data(store, data_dir, now=now, report=report)


def _nobody(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def _state(store: Store) -> tuple[int, pd.DataFrame]:
    listed = list_revisions(store)
    return (int(listed["number"].iloc[0]) if len(listed) else 0), listed


def _newest_of_data(listed: pd.DataFrame) -> tuple[int, str]:
    """Number and hash of the newest revision that came from the folder; (0, "") before the first."""
    own = listed[listed["origin"] == ORIGIN]
    return (int(own["number"].iloc[0]), str(own["origin_hash"].iloc[0])) if len(own) else (0, "")


def _published(
    store: Store,
    change: Changes,
    entries: tuple[EntryChange, ...],
    *,
    files: DataFiles,
    now: datetime,
    revision: int,
) -> int | None:
    """The new revision; None where another process has loaded the same files meanwhile."""
    try:
        return publish(
            store,
            change,
            entries=entries,
            author=ORIGIN,
            note=", ".join(table.file for table in files.figures),
            origin=ORIGIN,
            origin_hash=files.content_hash,
            created_at=now,
            expected_revision=revision,
        )
    except Conflict:
        if _newest_of_data(list_revisions(store))[1] == files.content_hash:
            return None
        raise


def _observation_changes(store: Store, revision: int, listed: pd.DataFrame, wanted: pd.DataFrame) -> Changes:
    """What the folder adds since it was last loaded, and what it revises of its own rows."""
    if revision == 0:
        return changes(no_observations(), wanted)
    change = changes(read_observations(store, revision=revision), wanted)
    writers = read_writers(store, revision=revision)
    own = writers.loc[writers["from_revision"].isin(_own_revisions(listed)), KEY]
    loaded_before = read_observations(store, revision=_newest_of_data(listed)[0])
    return replace(
        change,
        added=change.added[~_keys_in(change.added, loaded_before)],
        revised=change.revised[_keys_in(change.revised, own)],
        withdrawn=no_observations(),
    )


def _entry_changes(store: Store, revision: int, listed: pd.DataFrame, wanted: Catalogue) -> tuple[EntryChange, ...]:
    """Entries that are new or that the folder wrote itself and now gives otherwise."""
    if revision == 0:
        return entry_changes(Catalogue(), wanted)
    writers = read_entry_writers(store, revision)
    may_write = {None, *_own_revisions(listed)}
    return tuple(
        change
        for change in entry_changes(read_catalogue(store, revision), wanted)
        if change.entry is not None and writers.get((change.kind, change.code)) in may_write
    )


def _own_revisions(listed: pd.DataFrame) -> list[int]:
    return [int(number) for number in listed.loc[listed["origin"] == ORIGIN, "number"]]


def _keys_in(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    found = pd.MultiIndex.from_frame(rows[KEY]).isin(pd.MultiIndex.from_frame(others[KEY]))
    return pd.Series(found, index=rows.index)


def _interpreted(files: DataFiles) -> tuple[Catalogue, pd.DataFrame]:
    catalogue = _catalogue(files)
    parts = [_observations(table) for table in files.figures]
    observations = pd.concat(parts, ignore_index=True)
    places = [(table.file, line) for table in files.figures for line in table.lines]
    try:
        return catalogue, checked(observations, catalogue)
    except Invalid as error:
        position = int(str(error.details["position"]))
        file, row = places[position]
        raise Invalid(f"data.{error.details['check']}", **{**error.details, "file": file, "row": row}) from None


def _observations(table: TextTable) -> pd.DataFrame:
    try:
        return observations_from_text(table.frame)
    except Invalid as error:
        raise _placed(error, table) from None


def _catalogue(files: DataFiles) -> Catalogue:
    entries: dict[str, dict[str, Entry]] = {}
    for kind, table in files.catalogue.items():
        try:
            entries[kind] = entries_from_text(kind, table.frame)
        except Invalid as error:
            raise _placed(error, table) from None
    try:
        return catalogue_of(entries)
    except Invalid as error:
        table = files.catalogue[str(error.details["kind"])]
        row = table.frame["code"].tolist().index(str(error.details["entry"]))
        raise _placed(Invalid(error.code, **{**error.details, "row": row + 2}), table) from None


def _placed(error: Invalid, table: TextTable) -> Invalid:
    """The error with its file and the line of it, under a code whose text names both."""
    line = table.lines[int(str(error.details["row"])) - 2]
    name = error.code.partition(".")[2]
    return Invalid(f"data.{name}", **{"column": "code", **error.details, "file": table.file, "row": line})
