"""Publications of figures: append-only, each whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from indicators.errors import Conflict, NotFound
from indicators.model.observation import KEY
from indicators.model.revision import Changes, EntryChange
from indicators.store.connection import Store
from indicators.store.content_hash import ROW, Effect, Publication, content_hash, rows_of
from indicators.store.files import Learned, UploadedFile, write_answers, write_file
from indicators.store.schema import catalogue_entries, observations, revisions

Origin = Literal["data", "workbook", "withdrawal", "rollback"]


def list_revisions(store: Store) -> pd.DataFrame:
    """All revisions, newest first; `created_at` in UTC."""
    columns = [column.name for column in revisions.columns]
    with store.reading() as connection:
        rows = connection.execute(select(revisions).order_by(revisions.c.number.desc())).all()
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(created_at=pd.to_datetime(frame["created_at"], utc=True))


def current_revision(store: Store) -> int:
    """Number of the newest revision; 0 in an empty store."""
    with store.reading() as connection:
        return _newest(connection)[0]


def require_revision(store: Store, number: int) -> int:
    """The number itself if there is such a revision. Raises NotFound("revision")."""
    newest = current_revision(store)
    if not 1 <= number <= newest:
        raise NotFound("revision", found=number, newest=newest)
    return number


def publish(
    store: Store,
    changes: Changes,
    *,
    entries: Sequence[EntryChange] = (),
    author: str,
    note: str,
    origin: Origin,
    origin_hash: str,
    created_at: datetime,
    expected_revision: int,
    file: UploadedFile | None = None,
    learned: Learned | None = None,
) -> int:
    """Makes the changes the next revision and returns its number; the workbook they come from is kept with it.

    `expected_revision` is the one that the changes start from. Raises Conflict("revision.moved")
    where it is no longer the newest; then, as after any failure, nothing has changed.
    """
    with store.writing() as connection:
        newest, previous_hash = _newest(connection)
        if newest != expected_revision:
            raise Conflict("revision.moved", expected=expected_revision, newest=newest)
        publication = Publication(newest + 1, created_at, author, note, origin, origin_hash, **changes.counts)
        effect = _effect(connection, changes, entries)
        digest = content_hash(previous_hash, publication, effect)
        connection.execute(insert(revisions).values(**asdict(publication), content_hash=digest))
        _write_observations(connection, publication.number, effect)
        _write_entries(connection, publication.number, effect)
        if file is not None:
            write_file(connection, publication.number, file)
        if learned is not None:
            write_answers(connection, learned)
    return publication.number


def _newest(connection: Connection) -> tuple[int, str]:
    newest = select(func.max(revisions.c.number)).scalar_subquery()
    row = connection.execute(
        select(revisions.c.number, revisions.c.content_hash).where(revisions.c.number == newest)
    ).first()
    return (0, "") if row is None else (row.number, row.content_hash)


def _effect(connection: Connection, changes: Changes, entries: Sequence[EntryChange]) -> Effect:
    current = select(catalogue_entries.c.kind, catalogue_entries.c.code).where(
        catalogue_entries.c.until_revision.is_(None)
    )
    known = {tuple(row) for row in connection.execute(current)}
    touched = {(change.kind, change.code) for change in entries}
    return Effect(
        rows=rows_of(changes.added, ROW) + rows_of(changes.revised, ROW),
        closed_keys=rows_of(changes.revised, KEY) + rows_of(changes.withdrawn, KEY),
        entries=[(c.kind, c.code, c.position, c.entry.model_dump_json()) for c in entries if c.entry is not None],
        closed_entries=[key for key in touched if key in known],
    )


def _write_observations(connection: Connection, number: int, effect: Effect) -> None:
    _close(connection, observations, number, KEY, effect.closed_keys)
    _open(connection, observations, number, ROW, effect.rows)


def _write_entries(connection: Connection, number: int, effect: Effect) -> None:
    _close(connection, catalogue_entries, number, ["kind", "code"], effect.closed_entries)
    _open(connection, catalogue_entries, number, ["kind", "code", "position", "body"], effect.entries)


def _close(connection: Connection, table: Table, number: int, key: list[str], rows: Iterable[Sequence[object]]) -> None:
    """Ends the current row of each key. Raises Conflict("revision.moved") where a key has none."""
    keys = [{f"key_{name}": cell for name, cell in zip(key, row, strict=True)} for row in rows]
    if not keys:
        return
    current = [table.c[name] == bindparam(f"key_{name}") for name in key]
    statement = update(table).where(*current, table.c.until_revision.is_(None)).values(until_revision=number)
    closed = connection.execute(statement, keys).rowcount
    if closed != len(keys):
        raise Conflict("revision.moved", expected=number - 1, newest=number - 1)


def _open(
    connection: Connection, table: Table, number: int, columns: list[str], rows: Iterable[Sequence[object]]
) -> None:
    """Adds rows that hold from this revision on; a missing value becomes null."""
    names = [*columns, "from_revision"]
    records = [dict(zip(names, (*map(_or_null, row), number), strict=True)) for row in rows]
    if records:
        connection.execute(insert(table), records)


def _or_null(cell: object) -> object:
    return None if cell != cell else cell
