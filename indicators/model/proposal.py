"""What a file proposes, settled against what holds: which observation each figure is, and what becomes of it.

A file seldom names the definition or the source of its figures. A figure that equals one that holds
is that one. Otherwise it revises the figure that is shown for its place, which keeps its source,
unless the person or the file names another. An empty cell proposes nothing.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.diagnostic import Diagnostic
from indicators.model.observation import CONTENT, KEY, mapped

PROPOSED = [*KEY, "value", "qualifier", "status", "unit", "locator", "printed", "sheet", "cell"]

_WHICH = ["indicator", "region", "subject", "period", "basis", "is_target"]  # the figure, whoever publishes it
_SETTLED = ["basis", "source", "status", "note", "note_en", "fate"]

_Key = tuple[str, str, str, str, str, bool]
_SAID = len(KEY)  # what the file says of a figure stands first in a row
Fate = Literal["added", "revised", "unchanged", "again"]


class _Row(NamedTuple):
    """One figure of a file, in the order of PROPOSED."""

    indicator: str
    region: str
    subject: str
    period: str
    basis: str
    source: str
    is_target: bool
    value: float
    qualifier: str
    status: str
    unit: str
    locator: str
    printed: str
    sheet: str
    cell: str


class _Old(NamedTuple):
    """What holds under a key, as far as settling asks."""

    source: str
    value: float
    qualifier: str
    status: str
    note: str
    note_en: str


_NOTHING = _Old("", math.nan, "", "", "", "")  # equals no figure


@dataclass(frozen=True)
class Proposal:
    """The figures of a file, settled.

    `rows` holds all of them in PROPOSED with note, note_en and `fate`: added, revised, unchanged, or
    again where the file repeats a figure.
    """

    rows: pd.DataFrame
    problems: tuple[Diagnostic, ...]

    @cached_property
    def new(self) -> pd.DataFrame:
        """Rows that add or revise an observation."""
        return self.rows[self.rows["fate"].isin(["added", "revised"])]

    def count(self, fate: Fate) -> int:
        """How many figures meet this fate."""
        return int((self.rows["fate"] == fate).sum())


def settled(
    proposed: pd.DataFrame,
    before: pd.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
    own_source: str,
    answers: Mapping[str, str],
) -> Proposal:
    """The figures of a file (PROPOSED, known codes only) against the observations that hold.

    An empty `basis`, `source` or `status` means that the file does not say. `source` is the one that
    a person named for the whole file, "" for none; `own_source` stands for the file itself, as the
    source of new figures that have no other. `answers` may name bases under ``basis:<indicator>``.
    """
    concerned = before[before["indicator"].isin(proposed["indicator"].unique())]
    settler = _Settler(concerned, catalogue, source=source, own_source=own_source, answers=answers)
    found = [settler.settle(cells) for cells in _tuples_of(proposed, _Row._fields)]
    completed = {name: pd.array([of[n] for of in found], dtype="str") for n, name in enumerate(_SETTLED)}
    rows = proposed[PROPOSED].assign(**completed)
    typed = rows.astype({"value": float, "is_target": bool} | dict.fromkeys(CONTENT[1:] + KEY[:-1], "str"))
    return Proposal(typed, tuple(settler.told()))


def basis_question(indicator: str) -> str:
    """The key of the question which definition a file's figures of an indicator follow."""
    return f"basis:{indicator}"


class _Settler:
    """Settles one figure after another and gathers what a person should know.

    Keeps plain tuples and names their parts when it looks at one: the garbage collector passes over plain ones.
    Joining whole frames is quicker only beyond ten thousand figures, and several times slower for usual files.
    """

    def __init__(
        self,
        before: pd.DataFrame,
        catalogue: Catalogue,
        *,
        source: str,
        own_source: str,
        answers: Mapping[str, str],
    ) -> None:
        self.catalogue = catalogue
        self.source = source
        self.own_source = own_source
        self.answers = answers
        self.held = _held(before, catalogue)
        self.allowed = {code: indicator.all_bases for code, indicator in catalogue.indicators.items()}
        self.before = before
        self.seen: dict[tuple, tuple] = {}
        self.first: dict[tuple[str, ...], Diagnostic] = {}
        self.counts: Counter[tuple[str, ...]] = Counter()

    @cached_property
    def latest(self) -> dict[tuple[str, str], set[str]]:
        """Bases of the latest period of each indicator and region; region "" stands for any."""
        return _latest_bases(self.before)

    def settle(self, cells: tuple) -> tuple[str, str, str, str, str, Fate]:
        """Basis, source, status, note, note_en and fate of one figure, given in the order of PROPOSED.

        Most figures only repeat the one that is shown for their place, and need no closer look.
        """
        indicator, region, subject, period, basis, named, is_target, value, qualifier, status, *_ = cells
        basis = basis or (self._basis(_Row._make(cells)) if self.allowed[indicator] else "")
        key = (indicator, region, subject, period, basis, is_target)
        held = self.held.get(key, ())
        shown = held[0] if held and not named else _NOTHING
        source, of_shown, qualifier_of_shown, status_of_shown, note, note_en = shown
        if value != of_shown or qualifier != qualifier_of_shown or status not in ("", status_of_shown):
            return self._settle_other(cells, basis, key, list(map(_Old._make, held)))
        status = status or ("target" if is_target else status_of_shown)
        is_again = self._is_again(cells, key, source)
        return basis, source, status, note, note_en, "again" if is_again else "unchanged"

    def _settle_other(
        self, cells: tuple, basis: str, key: _Key, held: list[_Old]
    ) -> tuple[str, str, str, str, str, Fate]:
        """As `settle`, for a figure that does not equal the one that is shown."""
        row = _Row._make(cells)
        found = self._match(row, held)
        fate: Fate = "added" if found is None else "unchanged" if _is_same(row, found) else "revised"
        source = (row.source or self.source or self.own_source) if found is None else found.source
        status = row.status or ("target" if row.is_target else "actual" if found is None else found.status)
        if self._is_again(cells, key, source):
            fate = "again"
        elif fate == "added":
            self._tell_added(row, source, held)
        elif fate == "revised" and not row.source and not self.source:
            self._tell("source.kept", "note", row, source=self.catalogue.sources[source].name_zh)
        note, note_en = ("", "") if found is None else (found.note, found.note_en)
        return basis, source, status, note, note_en, fate

    def _is_again(self, cells: tuple, key: _Key, source: str) -> bool:
        """Whether the file has given the figure before; what only settling makes the same is told."""
        earlier = self.seen.setdefault((*key, source), cells)
        if earlier is not cells and cells[:_SAID] != earlier[:_SAID]:
            self._tell_repeated(_Row._make(cells), _Row._make(earlier))
        return earlier is not cells

    def told(self) -> Iterable[Diagnostic]:
        """One diagnostic for all figures that the same is said of, at the first of them."""
        for about, first in self.first.items():
            yield replace(first, details={**first.details, "count": self.counts[about]})

    def _match(self, row: _Row, held: list[_Old]) -> _Old | None:
        """The observation that the figure is: that of the named source, else an equal one, else the one shown.

        None where there is none.
        """
        if row.source:
            return next((old for old in held if old.source == row.source), None)
        for old in held:
            if _is_same(row, old):
                return old
        if self.source:
            return next((old for old in held if old.source == self.source), None)
        return held[0] if held else None

    def _basis(self, row: _Row) -> str:
        """The basis of a figure whose file names none: answered, or the one that holds at its place."""
        allowed = self.allowed[row.indicator]
        if not allowed:
            return ""
        question = basis_question(row.indicator)
        if self.answers.get(question) in allowed:
            return self.answers[question]
        own = (row.indicator, row.region, row.subject, row.period)
        here = [basis for basis in allowed if (*own, basis, row.is_target) in self.held]
        return here[0] if len(here) == 1 else self._assumed_basis(row, here)

    def _assumed_basis(self, row: _Row, here: list[str]) -> str:
        """The first of several bases that hold at a place, else the latest one that holds near it."""
        indicator = self.catalogue.indicators[row.indicator]
        usual = self.latest.get((row.indicator, row.region)) or self.latest.get((row.indicator, "")) or set()
        candidates = here or [basis for basis in self.allowed[row.indicator] if basis in usual]
        basis = candidates[0] if candidates else indicator.official_bases[0]
        if len(candidates) != 1:
            self._tell(
                "basis.assumed",
                "warning",
                row,
                question=basis_question(row.indicator),
                name=indicator.name_zh,
                basis=self.catalogue.bases[basis].name_zh,
            )
        return basis

    def _tell_repeated(self, row: _Row, earlier: _Row) -> None:
        """Two figures that only settling makes one; those that the file itself gives twice, its reader tells."""
        if _is_close(row.value, earlier.value) and row.qualifier == earlier.qualifier:
            self._tell("draft.repeated", "note", row)
        else:
            details = {"place": f"{earlier.sheet}!{earlier.cell}", "found": row.printed, "other": earlier.printed}
            about = ("draft.conflict", row.sheet, row.cell)
            self.first[about] = Diagnostic("draft.conflict", "error", row.sheet, row.cell, details)
            self.counts[about] = 1

    def _tell_added(self, row: _Row, source: str, held: list[_Old]) -> None:
        if source == self.own_source:
            self._tell("source.own", "note", row)
        elif held and self._rank(held[0].source) <= self._rank(source):
            self._tell("source.behind", "warning", row, source=self.catalogue.sources[held[0].source].name_zh)

    def _rank(self, source: str) -> int:
        return self.catalogue.sources[source].rank

    def _tell(
        self, code: str, severity: Literal["warning", "note"], row: _Row, *, question: str = "", **details: str
    ) -> None:
        about = (code, row.sheet, row.indicator, *details.values())
        self.counts[about] += 1
        if about not in self.first:
            named = {"name": self._name(row), **details}
            self.first[about] = Diagnostic(code, severity, row.sheet, row.cell, named, question)

    def _name(self, row: _Row) -> str:
        return self.catalogue.indicators[row.indicator].name_zh


def _held(before: pd.DataFrame, catalogue: Catalogue) -> dict[_Key, tuple[tuple, ...]]:
    """Observations that hold, in the order of _Old, by what they are, the one that is shown first."""
    ranks = {code: source.rank for code, source in catalogue.sources.items()}
    ordered = before.assign(_rank=mapped(before["source"], ranks)).sort_values(["_rank", "source"], kind="stable")
    held: dict[_Key, tuple[tuple, ...]] = {}
    for key, old in zip(_tuples_of(ordered, _WHICH), _tuples_of(ordered, _Old._fields), strict=True):
        held[key] = (*held.get(key, ()), old)
    return held


def _latest_bases(before: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """Bases of the latest period of each indicator and region; region "" stands for any."""
    actual = before[~before["is_target"] & before["value"].notna() & (before["subject"] == "")]
    bases: dict[tuple[str, str], set[str]] = {}
    for columns in (["indicator", "region"], ["indicator"]):
        last = actual[actual["period"] == actual.groupby(columns)["period"].transform("max")]
        places = last["region"].tolist() if len(columns) > 1 else [""] * len(last)
        for indicator, place, basis in zip(last["indicator"].tolist(), places, last["basis"].tolist(), strict=True):
            bases.setdefault((indicator, place), set()).add(basis)
    return bases


def _tuples_of(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple]:
    """Rows of a frame; by column, since going through a frame of texts row by row is slow."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def _is_same(row: _Row, old: _Old) -> bool:
    return (
        _is_close(row.value, old.value)
        and row.qualifier == old.qualifier
        and (not row.status or row.status == old.status)
    )


def _is_close(a: float, b: float) -> bool:
    """Whether two values differ by no more than converting a unit may do to them."""
    return a == b or math.isclose(a, b, rel_tol=1e-12, abs_tol=0.0)
