"""Proof that the store keeps its promises: nothing published has changed, nothing lacks its source."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import pandas as pd
from sqlalchemy import Connection, Table, select

from indicators.model.catalogue import Indicator
from indicators.model.observation import KEY
from indicators.store.connection import Store
from indicators.store.content_hash import ROW, Effect, Publication, content_hash, rows_of
from indicators.store.schema import catalogue_entries, observations, revision_files, revisions

_NEVER = 2**62


@dataclass(frozen=True)
class Problem:
    """One broken promise; its wording lives in the message catalogue under its code."""

    code: str
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Contents:
    publications: list[tuple[Publication, str]]
    observations: pd.DataFrame
    entries: pd.DataFrame
    file_hashes: dict[int, str]


def verify(store: Store) -> list[Problem]:
    """Everything that is wrong with the store; an empty list where every promise is kept."""
    contents = _read(store)
    checks: tuple[Callable[[_Contents], Iterator[Problem]], ...] = (
        _changed_revisions,
        _backward_rows,
        _competing_rows,
        _unknown_codes,
        _wrong_units,
        _without_source,
        _changed_files,
    )
    return [problem for check in checks for problem in check(contents)]


def _read(store: Store) -> _Contents:
    """Revisions first: what a publication under way adds meanwhile is left out."""
    with store.reading() as connection:
        rows = connection.execute(select(revisions).order_by(revisions.c.number)).mappings().all()
        publications = [_publication(dict(row)) for row in rows]
        newest = publications[-1][0].number if publications else 0
        files = connection.execute(select(revision_files.c.revision, revision_files.c.content))
        return _Contents(
            publications,
            _lives(connection, observations, newest),
            _lives(connection, catalogue_entries, newest),
            {number: sha256(content).hexdigest() for number, content in files},
        )


def _publication(row: dict) -> tuple[Publication, str]:
    digest = str(row.pop("content_hash"))
    return Publication(**row), digest


def _lives(connection: Connection, table: Table, newest: int) -> pd.DataFrame:
    """Rows up to the newest revision; `until` is far away where the row still holds."""
    rows = pd.DataFrame(connection.execute(select(table)).all(), columns=[column.name for column in table.columns])
    until = pd.to_numeric(rows["until_revision"]).astype("Int64")
    until = until.where(until <= newest).fillna(_NEVER).astype("int64")
    return rows.assign(until=until)[rows["from_revision"] <= newest]


def _changed_revisions(contents: _Contents) -> Iterator[Problem]:
    previous = ""
    for place, (publication, digest) in enumerate(contents.publications, start=1):
        effect = _effect(contents, publication.number)
        if publication.number != place or content_hash(previous, publication, effect) != digest:
            yield Problem("verify.content_hash", {"revision": publication.number})
        previous = digest


def _effect(contents: _Contents, number: int) -> Effect:
    rows, entries = contents.observations, contents.entries
    return Effect(
        rows=rows_of(rows[rows["from_revision"] == number], ROW),
        closed_keys=rows_of(rows[rows["until"] == number], KEY),
        entries=rows_of(entries[entries["from_revision"] == number], ["kind", "code", "position", "body"]),
        closed_entries=rows_of(entries[entries["until"] == number], ["kind", "code"]),
    )


def _backward_rows(contents: _Contents) -> Iterator[Problem]:
    rows = contents.observations
    for row in rows[rows["until"] <= rows["from_revision"]].to_dict("records"):
        details = {"key": _key(row), "from_revision": row["from_revision"], "until_revision": row["until"]}
        yield Problem("verify.backward", details)


def _competing_rows(contents: _Contents) -> Iterator[Problem]:
    rows = contents.observations.sort_values([*KEY, "from_revision"])
    overlap = rows.groupby(KEY)["from_revision"].shift(-1) < rows["until"]
    for row in rows[overlap].to_dict("records"):
        yield Problem("verify.competing", {"key": _key(row), "revision": row["from_revision"]})


def _unknown_codes(contents: _Contents) -> Iterator[Problem]:
    """Codes of observations that the catalogue lacks at some time while the observation holds."""
    for column in ("indicator", "region", "subject", "basis", "source"):
        lives = contents.entries[contents.entries["kind"] == column].sort_values("from_revision")
        known = {str(code): _spans(group) for code, group in lives.groupby("code")}
        used = contents.observations[contents.observations[column] != ""]
        for code, group in used.groupby(used[column].astype(str)):
            uncovered = [
                start for start, end in sorted(set(_spans(group))) if not _covers(known.get(code, []), start, end)
            ]
            if uncovered:
                yield Problem("verify.unknown_code", {"column": column, "found": code, "revision": uncovered[0]})


def _spans(rows: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(rows["from_revision"].tolist(), rows["until"].tolist(), strict=True))


def _covers(lives: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether lives, in order of their start, leave no gap between start and end."""
    reached = start
    for life_start, life_end in lives:
        if life_start <= reached:
            reached = max(reached, life_end)
    return reached >= end


def _wrong_units(contents: _Contents) -> Iterator[Problem]:
    lives = contents.entries[contents.entries["kind"] == "indicator"]
    units = lives.assign(expected=[Indicator.model_validate_json(body).unit for body in lives["body"]])
    units = units[["code", "expected", "from_revision", "until"]].rename(columns={"code": "indicator"})
    pairs = contents.observations.merge(units, on="indicator", suffixes=("", "_of_unit"))
    together = (pairs["from_revision"] < pairs["until_of_unit"]) & (pairs["from_revision_of_unit"] < pairs["until"])
    for row in pairs[together & (pairs["unit"] != pairs["expected"])].to_dict("records"):
        yield Problem("verify.unit", {"key": _key(row), "found": row["unit"], "expected": row["expected"]})


def _without_source(contents: _Contents) -> Iterator[Problem]:
    rows = contents.observations
    for row in rows[(rows["source"] == "") | (rows["locator"].str.strip() == "")].to_dict("records"):
        yield Problem("verify.no_source", {"key": _key(row)})


def _changed_files(contents: _Contents) -> Iterator[Problem]:
    """Workbooks that are missing, or no longer those that their revisions were published from."""
    for publication, _ in contents.publications:
        expected = publication.origin_hash if publication.origin == "workbook" else ""
        if contents.file_hashes.get(publication.number, "") != expected:
            yield Problem("verify.file", {"revision": publication.number})


def _key(row: dict) -> str:
    return " ".join(str(row[column]) for column in KEY[:-1] if row[column] != "")
