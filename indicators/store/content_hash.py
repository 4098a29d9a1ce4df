"""The fingerprint that proves that a published revision never changed.

It covers who published what when, every added row and every closed key, and the fingerprint of
the revision before, so that no revision can be changed without all later ones showing it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256

import pandas as pd

from indicators.model.observation import CONTENT, KEY

ROW = [*KEY, *CONTENT]
_VALUE = ROW.index("value")
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once for all rows

Cells = Sequence[object]


@dataclass(frozen=True)
class Publication:
    """What a revision says about itself."""

    number: int
    created_at: datetime
    author: str
    note: str
    origin: str
    origin_hash: str
    added: int
    revised: int
    withdrawn: int


@dataclass(frozen=True)
class Effect:
    """Rows that a revision adds and keys that it closes, in any order.

    Observations are tuples in the order of ROW; entries are (kind, code, position, body).
    """

    rows: Iterable[Cells]
    closed_keys: Iterable[Cells]
    entries: Iterable[Cells]
    closed_entries: Iterable[Cells]


def content_hash(previous: str, publication: Publication, effect: Effect) -> str:
    """SHA-256 of a revision over its canonical text and the previous revision's hash ("" for the first)."""
    digest = sha256(previous.encode())
    moment = publication.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    digest.update(_section("revision", [tuple((asdict(publication) | {"created_at": moment}).values())]))
    digest.update(_section("rows", map(_canonical, effect.rows)))
    digest.update(_section("closed_keys", effect.closed_keys))
    digest.update(_section("entries", effect.entries))
    digest.update(_section("closed_entries", effect.closed_entries))
    return digest.hexdigest()


def rows_of(frame: pd.DataFrame, columns: list[str]) -> list[tuple[object, ...]]:
    """Rows of a frame as tuples of plain values."""
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


def _canonical(row: Cells) -> tuple[object, ...]:
    """The row with a missing value as null and minus zero as zero, as every database gives it back."""
    value = row[_VALUE]
    known = value + 0.0 if isinstance(value, float) and value == value else None
    return (*row[:_VALUE], known, *row[_VALUE + 1 :])


def _section(name: str, rows: Iterable[Cells]) -> bytes:
    lines = sorted(map(_ENCODED, rows))
    return "\n".join([f"{name} {len(lines)}", *lines, ""]).encode()
