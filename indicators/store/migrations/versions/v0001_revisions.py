"""Revisions, observations and catalogue entries."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_HOLDS = sa.text("until_revision IS NULL")
_KEY = ["indicator", "region", "subject", "period", "basis", "source", "is_target"]


def upgrade() -> None:
    """Create the three tables and the indexes that keep one current row per key."""
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(_text(name) for name in ("author", "note", "origin", "origin_hash", "content_hash")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("added", "revised", "withdrawn")),
    )
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in _KEY[:-1]),
        sa.Column("is_target", sa.Boolean, nullable=False),
        sa.Column("value", sa.Double, nullable=True),
        *(_text(name) for name in ("qualifier", "status", "unit", "locator", "printed", "note", "note_en")),
        *_lifetime(),
    )
    op.create_table(
        "catalogue_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("kind"),
        _text("code"),
        sa.Column("position", sa.Integer, nullable=False),
        _text("body"),
        *_lifetime(),
    )
    lifetime = ["from_revision", "until_revision"]
    op.create_index("ix_observations_series", "observations", ["indicator", "region", *lifetime])
    op.create_index("ix_observations_from", "observations", ["from_revision"])
    op.create_index("ix_observations_until", "observations", ["until_revision"])
    _one_that_holds("uq_observations_current", "observations", _KEY)
    _one_that_holds("uq_catalogue_entries_current", "catalogue_entries", ["kind", "code"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _lifetime() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("from_revision", sa.Integer, sa.ForeignKey("revisions.number"), nullable=False),
        sa.Column("until_revision", sa.Integer, sa.ForeignKey("revisions.number"), nullable=True),
    )


def _one_that_holds(name: str, table: str, columns: list[str]) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS)
