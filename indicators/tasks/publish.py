"""Publishing a draft: the whole of it as one revision, or nothing."""

from dataclasses import replace
from datetime import datetime

import pandas as pd

from indicators.errors import Conflict
from indicators.model.access import Person
from indicators.model.catalogue import Source
from indicators.model.observation import KEY, checked
from indicators.model.revision import EntryChange, listed
from indicators.store.connection import Store
from indicators.store.files import Learned
from indicators.store.revisions import current_revision, publish
from indicators.tasks.import_workbook import Draft, own_source
from indicators.tasks.roll_back import differences
from indicators.tasks.signing import signed
from indicators.workbook.answers import is_remembered


def publish_draft(
    store: Store, draft: Draft, *, person: Person, note: str, accepts_warnings: bool, now: datetime
) -> int:
    """Publishes a draft as the next revision, its file with it, and returns the revision's number.

    Raises Forbidden("access.publish"), Invalid("publish.author") or Invalid("publish.note") where they
    are blank, Conflict("publish.errors"), Conflict("publish.warnings") where nobody has accepted them,
    Conflict("publish.nothing"), and Conflict("revision.moved") where somebody published meanwhile.
    Then nothing has changed.
    """
    author, reason = signed(person, note, "publish")
    _require_publishable(draft, accepts_warnings)
    checked(pd.concat([draft.changes.added, draft.changes.revised]), draft.catalogue)
    return publish(
        store,
        draft.changes,
        entries=tuple(_by(author, entry, own_source(draft.file, draft.catalogue, now=now)) for entry in draft.entries),
        author=author,
        note=reason,
        origin="workbook",
        origin_hash=draft.file.content_hash,
        created_at=now,
        expected_revision=draft.revision,
        file=draft.file,
        learned=Learned(draft.layout, {q: a for q, a in draft.answers.items() if is_remembered(q)}),
    )


def changed_meanwhile(store: Store, draft: Draft) -> pd.DataFrame:
    """What revisions after the draft's changed of the figures that its file gives, as `listed` gives it."""
    change, _ = differences(store, draft.revision, current_revision(store))
    rows = listed(change)
    key = [column for column in KEY if column in rows]
    concerned = pd.MultiIndex.from_frame(draft.proposal.rows[key])
    return rows[pd.MultiIndex.from_frame(rows[key]).isin(concerned)].reset_index(drop=True)


def _require_publishable(draft: Draft, accepts_warnings: bool) -> None:
    if errors := draft.of("error"):
        raise Conflict("publish.errors", count=len(errors))
    if (warnings := draft.of("warning")) and not accepts_warnings:
        raise Conflict("publish.warnings", count=len(warnings))
    if not draft.changes.count and not draft.entries:
        raise Conflict("publish.nothing", file=draft.file.name)


def _by(author: str, change: EntryChange, own: Source) -> EntryChange:
    """The entry of the file itself as a source, with the person who uploaded it as its publisher."""
    if change.code != own.code or not isinstance(change.entry, Source):
        return change
    return replace(change, entry=change.entry.model_copy(update={"publisher_zh": author, "publisher_en": author}))
