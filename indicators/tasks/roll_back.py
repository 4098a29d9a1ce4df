"""What differs between two revisions, and going back to an earlier one.

Going back publishes the changes that lead back, as one more revision: nothing is rewritten, and
going back can itself be undone in the same way.
"""

from datetime import datetime

from indicators.errors import Conflict
from indicators.model.access import Person
from indicators.model.catalogue import Catalogue
from indicators.model.revision import Changes, EntryChange, changes, entries_by_kind, entry_changes
from indicators.store.catalogue import read_catalogue, read_entry_positions
from indicators.store.connection import Store
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision, list_revisions, publish, require_revision
from indicators.tasks.signing import signed


def differences(store: Store, before: int, after: int) -> tuple[Changes, tuple[EntryChange, ...]]:
    """Observations and catalogue entries that lead from one revision to another, in either direction.

    Raises NotFound("revision").
    """
    for number in (before, after):
        require_revision(store, number)
    change = changes(read_observations(store, revision=before), read_observations(store, revision=after))
    return change, entry_changes(read_catalogue(store, before), read_catalogue(store, after))


def roll_back(store: Store, to: int, *, person: Person, note: str, now: datetime, previewed: int | None = None) -> int:
    """Publishes the state of an earlier revision again and returns the new revision's number.

    `previewed` is the newest revision that the person has seen; None means whatever is newest. Raises
    Forbidden("access.roll_back"), Invalid("roll_back.author") or Invalid("roll_back.note") where they are
    blank, NotFound("revision"), Conflict("rollback.equal") where there is nothing to restore,
    Conflict("revision.moved") where somebody publishes meanwhile. Then nothing has changed.
    """
    author, reason = signed(person, note, "roll_back")
    newest = current_revision(store)
    if previewed not in (None, newest):
        raise Conflict("revision.moved", expected=previewed, newest=newest)
    change, entries = differences(store, newest, require_revision(store, to))
    if not change.count and not entries:
        raise Conflict("rollback.equal", found=to, newest=newest)
    return publish(
        store,
        change,
        entries=(*entries, *_misplaced(store, newest, read_catalogue(store, to), entries)),
        author=author,
        note=reason,
        origin="rollback",
        origin_hash=_content_hash(store, to),
        created_at=now,
        expected_revision=newest,
    )


def _content_hash(store: Store, number: int) -> str:
    listed = list_revisions(store).set_index("number")
    return str(listed.loc[number, "content_hash"])


def _misplaced(
    store: Store, revision: int, wanted: Catalogue, entries: tuple[EntryChange, ...]
) -> tuple[EntryChange, ...]:
    """Further entries that must be written so that the order is the wanted one.

    Two entries can share a position, or leave one out, where an earlier revision wrote only some of a kind.
    """
    positions = read_entry_positions(store, revision)
    written = {(change.kind, change.code) for change in entries}
    return tuple(
        EntryChange(kind, code, position, entry)
        for kind, of_kind in entries_by_kind(wanted).items()
        for position, (code, entry) in enumerate(of_kind.items())
        if (kind, code) not in written and positions[kind, code] != position
    )
