"""Tables of the store: publications, and rows that say from which one until which one they hold.

A row of revision 3 that revision 7 replaces has ``from_revision = 3`` and ``until_revision = 7``:
it holds in 3, 4, 5 and 6. Of what is published nothing is ever updated but `until_revision`, once,
from null. Remembered answers, stamps and briefings are no part of a revision.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    and_,
    or_,
    text,
)

KNOWN_SCHEMAS = ("0001", "0002", "0003")
SCHEMA = KNOWN_SCHEMAS[-1]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC by databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; SQLite gives it back without its zone."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("origin_hash", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("revised", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
)

observations = Table(
    "observations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("indicator", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("is_target", Boolean, nullable=False),
    Column("value", Double, nullable=True),
    Column("qualifier", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("printed", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    Column("from_revision", Integer, ForeignKey("revisions.number"), nullable=False),
    Column("until_revision", Integer, ForeignKey("revisions.number"), nullable=True),
    Index("ix_observations_series", "indicator", "region", "from_revision", "until_revision"),
    Index("ix_observations_from", "from_revision"),
    Index("ix_observations_until", "until_revision"),
)

catalogue_entries = Table(
    "catalogue_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("from_revision", Integer, ForeignKey("revisions.number"), nullable=False),
    Column("until_revision", Integer, ForeignKey("revisions.number"), nullable=True),
)

revision_files = Table(
    "revision_files",
    metadata,
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

remembered_answers = Table(
    "remembered_answers",
    metadata,
    Column("layout", Text, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("answer", Text, nullable=False),
)

stamps = Table(
    "stamps",
    metadata,
    Column("code", Text, primary_key=True),
    Column("address", Text, nullable=False),
)

briefings = Table(
    "briefings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("revision", Integer, ForeignKey("revisions.number"), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
)


def _one_that_holds(name: str, *columns: Column) -> Index:
    holds = text("until_revision IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=holds, postgresql_where=holds)


_one_that_holds(
    "uq_observations_current",
    *(observations.c[name] for name in ("indicator", "region", "subject", "period", "basis", "source", "is_target")),
)
_one_that_holds("uq_catalogue_entries_current", catalogue_entries.c.kind, catalogue_entries.c.code)


def holds_in(table: Table, revision: int) -> ColumnElement[bool]:
    """The condition that a row of the table holds in a revision."""
    until = table.c.until_revision
    return and_(table.c.from_revision <= revision, or_(until.is_(None), until > revision))
