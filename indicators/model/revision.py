"""What one publication of figures does to the state before it.

One object feeds the preview, the publication, the rollback and the page "what changed", so all
four show and do the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Literal

import pandas as pd

from indicators.model.catalogue import ENTRY_TYPES, Catalogue, Entry
from indicators.model.observation import COLUMNS, CONTENT, KEY

FULL_COLUMNS = [*COLUMNS, "is_target"]
LISTED_COLUMNS = [
    "change",
    "indicator",
    "region",
    "subject",
    "period",
    "basis",
    "source",
    "status",
    "value_before",
    "value",
    "differs",
]

EntryEffect = Literal["added", "changed", "moved", "withdrawn"]


@dataclass(frozen=True)
class Changes:
    """Observations that appear, get other content, and disappear between two states.

    `revised` holds the new content and, per content column, what stood there before
    (`value_before`, `status_before`, …). All frames are sorted by KEY.
    """

    added: pd.DataFrame
    revised: pd.DataFrame
    withdrawn: pd.DataFrame
    unchanged: int

    @property
    def counts(self) -> dict[str, int]:
        """How many observations are added, revised and withdrawn."""
        return {"added": len(self.added), "revised": len(self.revised), "withdrawn": len(self.withdrawn)}

    @property
    def count(self) -> int:
        """How many observations change."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class EntryChange:
    """A catalogue entry that is new, changed or moved; `entry` is None where it is withdrawn."""

    kind: str
    code: str
    position: int
    entry: Entry | None


def changes(before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """What leads from one frame of observations to another, both in the contract's columns.

    KEY says which observation it is, CONTENT is compared; a missing value equals a missing value.
    """
    pairs = after[FULL_COLUMNS].merge(
        before[FULL_COLUMNS], on=KEY, how="outer", suffixes=("", "_before"), indicator="side", validate="one_to_one"
    )
    pairs = pairs.sort_values(KEY)
    in_both = pairs["side"] == "both"
    differs = in_both & _content_differs(pairs)
    were = pairs.loc[pairs["side"] == "right_only", [*KEY, *_before(CONTENT)]]
    return Changes(
        added=pairs.loc[pairs["side"] == "left_only", FULL_COLUMNS].reset_index(drop=True),
        revised=pairs.loc[differs, [*FULL_COLUMNS, *_before(CONTENT)]].reset_index(drop=True),
        withdrawn=were.rename(columns=dict(zip(_before(CONTENT), CONTENT, strict=True)))[FULL_COLUMNS].reset_index(
            drop=True
        ),
        unchanged=int((in_both & ~differs).sum()),
    )


def listed(change: Changes) -> pd.DataFrame:
    """One row per observation that changes, in LISTED_COLUMNS, sorted by KEY.

    `change` is added, revised or withdrawn; `differs` names the content columns that are revised;
    `value_before` of an added and `value` of a withdrawn observation are NaN.
    """
    added = change.added.assign(change="added", value_before=float("nan"), differs="")
    revised = change.revised.assign(change="revised", differs=_revised_columns(change.revised))
    gone = change.withdrawn.rename(columns={"value": "value_before"})
    withdrawn = gone.assign(change="withdrawn", value=float("nan"), differs="")
    parts = [part[[*LISTED_COLUMNS, "is_target"]] for part in (added, revised, withdrawn)]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1])
    return rows.sort_values(KEY, ignore_index=True)[LISTED_COLUMNS]


def applied(before: pd.DataFrame, change: Changes) -> pd.DataFrame:
    """The state that follows when the changes happen to the state before, sorted by KEY."""
    gone = pd.concat([change.revised[KEY], change.withdrawn[KEY]])
    stays = ~pd.MultiIndex.from_frame(before[KEY]).isin(pd.MultiIndex.from_frame(gone))
    parts = [before.loc[stays, FULL_COLUMNS], change.added, change.revised[FULL_COLUMNS]]
    return pd.concat(parts).sort_values(KEY, ignore_index=True)


def entry_changes(before: Catalogue, after: Catalogue) -> tuple[EntryChange, ...]:
    """Catalogue entries whose content or place differs, then those that are gone."""
    known, wanted = entries_by_kind(before), entries_by_kind(after)
    were = {kind: _placed(entries) for kind, entries in known.items()}
    changed = [
        EntryChange(kind, code, position, entry)
        for kind, entries in wanted.items()
        for position, (code, entry) in enumerate(entries.items())
        if were[kind].get(code) != (position, entry)
    ]
    gone = [
        EntryChange(kind, code, position, None)
        for kind, entries in known.items()
        for position, code in enumerate(entries)
        if code not in wanted[kind]
    ]
    return (*changed, *gone)


def entry_effect(change: EntryChange, before: Catalogue) -> EntryEffect:
    """What a change does to the catalogue before it; a moved entry keeps its content."""
    if change.entry is None:
        return "withdrawn"
    known = entries_by_kind(before)[change.kind].get(change.code)
    if known is None:
        return "added"
    return "moved" if known == change.entry else "changed"


def entries_by_kind(catalogue: Catalogue) -> dict[str, Mapping[str, Entry]]:
    """All entries of a catalogue by kind and code, in its order."""
    parts: tuple[Mapping[str, Entry], ...] = (
        catalogue.indicators,
        catalogue.regions,
        catalogue.sources,
        catalogue.bases,
        catalogue.units,
        catalogue.subjects,
        catalogue.groups,
    )
    return dict(zip(ENTRY_TYPES, parts, strict=True))


def _placed(entries: Mapping[str, Entry]) -> dict[str, tuple[int, Entry]]:
    return {code: (position, entry) for position, (code, entry) in enumerate(entries.items())}


def _before(columns: list[str]) -> list[str]:
    return [f"{column}_before" for column in columns]


def _content_differs(pairs: pd.DataFrame) -> pd.Series:
    return pd.concat([column_differs(pairs, column) for column in CONTENT], axis=1).any(axis=1)


def column_differs(pairs: pd.DataFrame, column: str) -> pd.Series:
    """Whether a column differs from the one named `<column>_before`; a missing value equals a missing value."""
    now, then = pairs[column], pairs[f"{column}_before"]
    return (now != then) & ~(now.isna() & then.isna())


def _revised_columns(revised: pd.DataFrame) -> list[str]:
    differing = [column_differs(revised, column).tolist() for column in CONTENT]
    return [", ".join(compress(CONTENT, row)) for row in zip(*differing, strict=True)]
