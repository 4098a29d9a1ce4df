"""The catalogue as it stood in a revision, so that a pinned view keeps its names and definitions."""

from sqlalchemy import select

from indicators.model.catalogue import ENTRY_TYPES, Catalogue, Entry, catalogue_of
from indicators.store.connection import Store
from indicators.store.schema import catalogue_entries, holds_in


def read_catalogue(store: Store, revision: int) -> Catalogue:
    """All entries that hold in a revision, in the order of the catalogue's files."""
    table = catalogue_entries.c
    query = (
        select(table.kind, table.code, table.body)
        .where(holds_in(catalogue_entries, revision))
        .order_by(table.kind, table.position, table.id)
    )
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in ENTRY_TYPES}
    with store.reading() as connection:
        for kind, code, body in connection.execute(query):
            entries[kind][code] = ENTRY_TYPES[kind].model_validate_json(body)
    return catalogue_of(entries)


def read_entry_writers(store: Store, revision: int) -> dict[tuple[str, str], int]:
    """Which revision wrote each entry, by kind and code, that holds in a revision."""
    table = catalogue_entries.c
    query = select(table.kind, table.code, table.from_revision).where(holds_in(catalogue_entries, revision))
    with store.reading() as connection:
        return {(kind, code): number for kind, code, number in connection.execute(query)}


def read_entry_positions(store: Store, revision: int) -> dict[tuple[str, str], int]:
    """The position that orders each entry within its kind, by kind and code, in a revision."""
    table = catalogue_entries.c
    query = select(table.kind, table.code, table.position).where(holds_in(catalogue_entries, revision))
    with store.reading() as connection:
        return {(kind, code): position for kind, code, position in connection.execute(query)}
