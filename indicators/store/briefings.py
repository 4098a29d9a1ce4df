"""Saved briefings. They are written and rewritten, unlike figures; two writers at once are told apart by version."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Row, delete, insert, select, update

from indicators.errors import Conflict, NotFound, Unavailable
from indicators.model.briefing import Content
from indicators.store.connection import Store
from indicators.store.schema import briefings


@dataclass(frozen=True)
class Briefing:
    """A saved briefing. `revision` is the oldest of its views; `version` counts its changes; `owner` keeps it."""

    id: str
    owner: str
    name: str
    author: str
    revision: int
    changed_at: datetime
    version: int
    content: Content

    def but(self, **changed: object) -> "Briefing":
        """The same briefing with some fields changed."""
        return replace(self, **changed)  # type: ignore[arg-type]


def add_briefing(store: Store, briefing: Briefing) -> None:
    """Keep a new briefing."""
    with store.writing() as connection:
        connection.execute(insert(briefings).values(id=briefing.id, owner=briefing.owner, **_values(briefing)))


def save_briefing(store: Store, briefing: Briefing, *, now: datetime) -> Briefing:
    """Keep a changed briefing. Raises Conflict("briefing.changed") if the kept one is not the one that was read."""
    changed = briefing.but(changed_at=now, version=briefing.version + 1)
    is_same = (briefings.c.id == briefing.id) & (briefings.c.version == briefing.version)
    with store.writing() as connection:
        done = connection.execute(update(briefings).where(is_same).values(**_values(changed)))
        if done.rowcount == 0:
            raise Conflict("briefing.changed", name=briefing.name)
    return changed


def delete_briefing(store: Store, briefing: Briefing) -> None:
    """Remove a briefing for good."""
    with store.writing() as connection:
        connection.execute(delete(briefings).where(briefings.c.id == briefing.id))


def read_briefing(store: Store, code: str) -> Briefing:
    """A briefing by its id. Raises NotFound("briefing")."""
    with store.reading() as connection:
        row = connection.execute(select(briefings).where(briefings.c.id == code)).first()
    if row is None:
        raise NotFound("briefing", found=code[:40])
    return _briefing(row)


def list_briefings(store: Store, *, owner: str | None = None) -> list[Briefing]:
    """All briefings, or those of one owner, the one changed last first."""
    query = select(briefings).order_by(briefings.c.changed_at.desc(), briefings.c.id)
    if owner is not None:
        query = query.where(briefings.c.owner == owner)
    with store.reading() as connection:
        return [_briefing(row) for row in connection.execute(query).all()]


def _values(briefing: Briefing) -> dict[str, object]:
    return {
        "name": briefing.name,
        "author": briefing.author,
        "revision": briefing.revision,
        "changed_at": briefing.changed_at,
        "version": briefing.version,
        "content": briefing.content.model_dump_json(),
    }


def _briefing(row: Row) -> Briefing:
    try:
        content = Content.model_validate_json(row.content)
    except ValidationError:
        raise Unavailable("briefing.unreadable", name=row.name) from None
    return Briefing(row.id, row.owner, row.name, row.author, row.revision, row.changed_at, row.version, content)
