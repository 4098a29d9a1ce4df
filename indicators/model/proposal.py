"""What a file proposes, settled against what holds: which observation each figure is, and what becomes of it.

A file seldom names the definition or the source of its figures. A figure that equals one that holds
is that one. Otherwise it revises the figure that is shown for its place, which keeps its source,
unless the person or the file names another. An empty cell proposes nothing.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from operator import itemgetter
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.diagnostic import Diagnostic
from indicators.model.observation import CONTENT, KEY, mapped, tuples_of
from indicators.model.rounding import digits_lost

PROPOSED = [*KEY, "value", "qualifier", "status", "unit", "locator", "printed", "sheet", "cell"]

_WHICH = ["indicator", "region", "subject", "period", "basis", "is_target"]  # the figure, whoever publishes it
_WHICH_OF_ANY_BASIS = [column for column in _WHICH if column != "basis"]
_NONE = -1
_NO_CHANCE = 3  # as many figures are not equal by chance to those of one basis
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

    @cached_property
    def unchanged_cells(self) -> set[tuple]:
        """Sheet and cell of the figures that hold already."""
        return set(tuples_of(self.rows[self.rows["fate"] == "unchanged"], ["sheet", "cell"]))

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
    held: "Held | None" = None,
) -> Proposal:
    """The figures of a file (PROPOSED, known codes only) against the observations that hold.

    An empty `basis`, `source` or `status` means that the file does not say. `source` is the one that
    a person named for the whole file, "" for none; `own_source` stands for the file itself, as the
    source of new figures that have no other. `answers` may name bases under ``basis:<indicator>``.
    `held` is what is prepared of `before`, where that is needed more than once.
    """
    held = held or Held(before, catalogue)
    shown = held.shown_for(proposed, [code for code in catalogue.indicators if basis_question(code) in answers])
    given = proposed.index[shown >= 0]
    repeated = held.rows[_SETTLED[:-1]].take(shown[shown >= 0]).set_axis(given)
    alike = proposed.loc[given, ["sheet", "indicator"]].assign(basis=repeated["basis"])
    settler = _Settler(held, catalogue, source=source, own_source=own_source, answers=answers)
    others = proposed[shown < 0]
    left = list(tuples_of(others, _Row._fields))
    settler.compare(left, Counter(tuples_of(alike, ["sheet", "indicator", "basis"])))
    found = [settler.settle(cells) for cells in left]
    settled_one_by_one = pd.DataFrame(found, columns=_SETTLED, index=others.index, dtype="str")
    is_again = pd.Series(shown[shown >= 0], given).duplicated()
    repeated = repeated.assign(fate=is_again.map({True: "again", False: "unchanged"}).astype("str"))
    completed = pd.concat([repeated, settled_one_by_one]).loc[proposed.index]
    rows = proposed[PROPOSED].assign(**completed)
    typed = rows.astype({"value": float, "is_target": bool} | dict.fromkeys(CONTENT[1:] + KEY[:-1], "str"))
    return Proposal(typed, tuple(settler.told()))


def basis_question(indicator: str) -> str:
    """The key of the question which definition a file's figures of an indicator follow."""
    return f"basis:{indicator}"


class Held:
    """Observations that hold, prepared for settling any number of files against them."""

    def __init__(self, before: pd.DataFrame, catalogue: Catalogue) -> None:
        ranks = {code: source.rank for code, source in catalogue.sources.items()}
        ranked = before.assign(_rank=mapped(before["source"], ranks))
        self.rows = ranked.sort_values(["_rank", "source"], kind="stable", ignore_index=True)
        self.allowed = {code: indicator.all_bases for code, indicator in catalogue.indicators.items()}

    @cached_property
    def by_figure(self) -> dict[_Key, tuple[tuple, ...]]:
        """All of them, in the order of _Old, by what they are, the one that is shown first."""
        held: dict[_Key, tuple[tuple, ...]] = {}
        for key, old in zip(tuples_of(self.rows, _WHICH), tuples_of(self.rows, _Old._fields), strict=True):
            held[key] = (*held.get(key, ()), old)
        return held

    @cached_property
    def latest_bases(self) -> dict[tuple[str, str], set[str]]:
        """Bases of the latest period of each indicator and region; region "" stands for any."""
        return _latest_bases(self.rows)

    @cached_property
    def subjects(self) -> dict[tuple[str, str, str], list[tuple[str, float]]]:
        """Subject and value of figures that are not a region's as a whole, by indicator, region and period."""
        found: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
        own = self.rows[self.rows["subject"] != ""]
        for *place, subject, value in tuples_of(own, ["indicator", "region", "period", "subject", "value"]):
            found.setdefault(tuple(place), []).append((subject, value))  # type: ignore[arg-type]
        return found

    @cached_property
    def alone(self) -> dict[tuple, int]:
        """The place in `rows` of what is shown of a figure, for those that have a single basis."""
        found: dict[tuple, int] = {}
        bases = self.rows["basis"].tolist()
        for number, figure in enumerate(tuples_of(self.rows, _WHICH_OF_ANY_BASIS)):
            first = found.setdefault(figure, number)
            is_allowed = bases[number] in (self.allowed.get(figure[0]) or ("",))
            if first != _NONE and not (is_allowed and bases[first] == bases[number]):
                found[figure] = _NONE
        return found

    def prepare(self) -> None:
        """Work all of it out."""
        _ = self.by_figure, self.latest_bases, self.subjects, self.alone

    def shown_for(self, proposed: pd.DataFrame, answered: Collection[str]) -> np.ndarray:
        """By proposed figure, the place in `rows` of what is shown of it, if the file only repeats that, else _NONE.

        A figure for which the file says anything else too, in another row, repeats nothing. `answered`
        are indicators whose basis a person has said.
        """
        if self.rows.empty:
            return np.full(len(proposed), _NONE)
        figures = list(tuples_of(proposed, _WHICH_OF_ANY_BASIS))
        places = np.array([self.alone.get(figure, _NONE) for figure in figures], dtype=int)
        shown = self.rows[["value", "qualifier", "status"]].take(places.clip(min=0)).set_axis(proposed.index)
        is_said = (proposed["basis"] != "") | (proposed["source"] != "") | proposed["indicator"].isin(answered)
        is_same = (proposed["value"] == shown["value"]) & (proposed["qualifier"] == shown["qualifier"])
        keeps_status = (proposed["status"] == "") | (proposed["status"] == shown["status"])
        repeats = (places >= 0) & (~is_said & is_same & keeps_status).to_numpy()
        others = set(compress(figures, ~repeats))
        return np.where([figure not in others for figure in figures], places, _NONE).astype(int)


class _Settler:
    """Settles one figure after another and gathers what a person should know.

    Keeps plain tuples and names their parts when it looks at one: the garbage collector passes over plain ones.
    """

    def __init__(
        self,
        held: Held,
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
        self.held = held.by_figure
        self.allowed = {code: indicator.all_bases for code, indicator in catalogue.indicators.items()}
        self.latest = held.latest_bases
        self.usual: dict[tuple[str, str], str] = {}
        self.unlike: set[tuple[str, str]] = set()
        self.repeated: Counter[tuple] = Counter()
        self.subjects = held.subjects
        self.seen: dict[tuple, tuple] = {}
        self.first: dict[tuple[str, ...], Diagnostic] = {}
        self.counts: Counter[tuple[str, ...]] = Counter()

    def compare(self, rows: Iterable[tuple], repeated: Counter[tuple]) -> None:
        """Find the basis that a sheet's figures of an indicator follow: that of most, and of more than by chance.

        Where most are like those of no basis, they may follow one that does not hold there. `repeated`
        counts the figures, by sheet, indicator and basis, that only repeat what holds and are not among the rows.
        """
        self.repeated = repeated
        repeated_at: Counter[tuple[str, str]] = Counter()
        for (sheet, indicator, _), count in repeated.items():
            repeated_at[sheet, indicator] += count
        asked: Counter[tuple[str, str]] = Counter()
        equal: dict[tuple[str, str], Counter[str]] = {}
        for row in map(_Row._make, rows):
            here = [] if row.basis or len(self.allowed[row.indicator]) < 2 else self._bases_at(row)
            if here:
                place = (row.sheet, row.indicator)
                asked[place] += 1
                equal.setdefault(place, Counter()).update(basis for basis in here if self._resembles(row, basis))
        for place, counts in equal.items():
            basis, count = max(counts.items(), key=itemgetter(1), default=("", 0))
            if count >= _NO_CHANCE and count * 2 > asked[place]:
                self.usual[place] = basis
            elif asked[place] >= _NO_CHANCE and (count + repeated_at[place]) * 2 < asked[place] + repeated_at[place]:
                self.unlike.add(place)

    def settle(self, cells: tuple) -> tuple[str, str, str, str, str, Fate]:
        """Basis, source, status, note, note_en and fate of one figure, given in the order of PROPOSED."""
        row = _Row._make(cells)
        basis = row.basis or self._basis(row)
        key = (row.indicator, row.region, row.subject, row.period, basis, row.is_target)
        held = list(map(_Old._make, self.held.get(key, ())))
        found = self._match(row, held)
        fate: Fate = "added" if found is None else "unchanged" if _is_same(row, found) else "revised"
        source = (row.source or self.source or self.own_source) if found is None else found.source
        status = row.status or ("target" if row.is_target else "actual" if found is None else found.status)
        earlier = self.seen.setdefault((*key, source), cells)
        if earlier is not cells:
            fate = "again"
            self._tell_repeated(row, _Row._make(earlier))
        elif fate == "added":
            self._tell_added(row, source, held)
            self._tell_left_out(row, (*key[:-1], True))
        elif fate == "revised":
            if not row.source and not self.source:
                self._tell("source.kept", "note", row, source=self.catalogue.sources[source].name_zh)
            if found is not None and _is_close(row.value, found.value) and row.qualifier == "=" != found.qualifier:
                self._tell("draft.without_qualifier", "warning", row, before=found.qualifier)
        note, note_en = ("", "") if found is None else (found.note, found.note_en)
        return basis, source, status, note, note_en, fate

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
        here = self._bases_at(row)
        is_clear = len(here) == 1 and self._is_clear(row, here[0])
        return here[0] if is_clear else self._assumed_basis(row, here)

    def _is_clear(self, row: _Row, basis: str) -> bool:
        """Whether a figure follows the only basis that holds at its place: it is the same, or nothing newer holds.

        Another figure, where a newer basis holds by now, may be of that one, unless its sheet follows the older.
        """
        place = (row.sheet, row.indicator)
        if self._equals(row, basis):
            return True
        is_followed = self.usual.get(place) == basis or self.repeated[*place, basis] >= _NO_CHANCE
        return place not in self.unlike and (basis in self._latest_at(row) or is_followed)

    def _latest_at(self, row: _Row) -> set[str]:
        """Bases of the latest period of a figure's region, else of the latest anywhere."""
        return self.latest.get((row.indicator, row.region)) or self.latest.get((row.indicator, "")) or set()

    def _bases_at(self, row: _Row) -> list[str]:
        """Bases of the figures that hold at the place of one."""
        own = (row.indicator, row.region, row.subject, row.period)
        return [basis for basis in self.allowed[row.indicator] if (*own, basis, row.is_target) in self.held]

    def _equals(self, row: _Row, basis: str) -> bool:
        """Whether the figure that holds on a basis at the place of one is the same."""
        key = (row.indicator, row.region, row.subject, row.period, basis, row.is_target)
        return any(_is_same(row, old) for old in map(_Old._make, self.held[key]))

    def _resembles(self, row: _Row, basis: str) -> bool:
        """Whether the figure that holds on a basis at the place of one is the same, but for digits lost."""
        key = (row.indicator, row.region, row.subject, row.period, basis, row.is_target)
        values = [_Old(*old).value for old in self.held[key]]
        return self._equals(row, basis) or any(digits_lost(row.value, value, row.printed) for value in values)

    def _assumed_basis(self, row: _Row, here: list[str]) -> str:
        """Of several bases that hold at a place that of the sheet, else the same figure's, else the latest first.

        Where none holds, the latest that holds near.
        """
        own = self.usual.get((row.sheet, row.indicator))
        equal = [basis for basis in here if self._equals(row, basis)]
        equal = equal or [basis for basis in here if basis == own and self._resembles(row, basis)]
        if equal and (own in equal or own not in here):
            return own if own in equal else equal[0]
        indicator, usual = self.catalogue.indicators[row.indicator], self._latest_at(row)
        here = [own] if own in here else sorted(here, key=lambda basis: basis not in usual)
        candidates = here or [basis for basis in self.allowed[row.indicator] if basis in usual]
        basis = candidates[0] if candidates else indicator.official_bases[0]
        if here or len(candidates) != 1:
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
        if row[:_SAID] == earlier[:_SAID]:
            return
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

    def _tell_left_out(self, row: _Row, as_target: _Key) -> None:
        """A new figure that equals one of a subject or a target, which the file may only fail to say."""
        if not row.status and any(_is_close(row.value, _Old(*old).value) for old in self.held.get(as_target, ())):
            self._tell("draft.without_target", "warning", row)
        for subject, value in self.subjects.get((row.indicator, row.region, row.period), ()):
            if not row.subject and _is_close(row.value, value):
                self._tell("draft.without_subject", "warning", row, subject=self.catalogue.subjects[subject].name_zh)

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


def _is_same(row: _Row, old: _Old) -> bool:
    return (
        _is_close(row.value, old.value)
        and row.qualifier == old.qualifier
        and (not row.status or row.status == old.status)
    )


def _is_close(a: float, b: float) -> bool:
    """Whether two values differ by no more than converting a unit may do to them."""
    return a == b or math.isclose(a, b, rel_tol=1e-12, abs_tol=0.0)
