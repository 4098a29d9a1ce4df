"""From an analyst's file to a draft: what it says, what is wrong with it, what publishing it would change.

Nothing is written here. The same draft feeds `check`, the preview of the page and the publication.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import cast

import numpy as np
import pandas as pd

from indicators.language.messages import joined, messages, text
from indicators.model.catalogue import Catalogue, Entry, Indicator, Language, Source, catalogue_of
from indicators.model.diagnostic import Diagnostic, Severity
from indicators.model.history import History
from indicators.model.observation import mapped, tuples_of, with_target_mark
from indicators.model.period import is_period
from indicators.model.plausibility import implausible
from indicators.model.proposal import PROPOSED, Held, Proposal, settled
from indicators.model.qualifier import QUALIFIERS
from indicators.model.revision import Changes, EntryChange, changes, entries_by_kind, entry_changes
from indicators.model.status import STATUSES
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store
from indicators.store.files import UploadedFile, read_answers
from indicators.store.observations import read_observations
from indicators.tasks.lookup import near_entries
from indicators.tasks.make_template import all_remarks, is_own_remark, is_template, own_remarks
from indicators.workbook.answers import LEAVE_OUT, Answers
from indicators.workbook.grid import cell_name
from indicators.workbook.interpret import Reading
from indicators.workbook.isolated import stand_by
from indicators.workbook.layout import Table
from indicators.workbook.observed import Observations
from indicators.workbook.reading import read_safely
from indicators.workbook.template import ABOVE_FIGURES

_NEAR_AMONG: dict[str, str] = {"indicator.unknown": "indicator", "region.unknown": "region"}
_BEYOND_STATISTICS = 1e18
_TOLD_ONCE_FOR_MANY = {
    f"plausibility.{code}"
    for code in ("slip", "far", "share", "sign", "zero", "future", "unfinished", "target_basis", "rounded", "count")
}


@dataclass(frozen=True)
class State:
    """What holds in a revision."""

    revision: int
    catalogue: Catalogue
    observations: pd.DataFrame

    @cached_property
    def held(self) -> Held:
        """Its observations, prepared for settling files against them."""
        return Held(self.observations, self.catalogue)

    @cached_property
    def history(self) -> History:
        """Its annual results, prepared for judging files by them."""
        return History(self.observations, self.catalogue)

    def prepare(self) -> None:
        """Work out what any draft needs of the state, unless that is done."""
        self.held.prepare()
        _ = self.history


@dataclass(frozen=True)
class Choices:
    """What a person adds to a file: answers to its questions, the source of its figures, new catalogue entries."""

    answers: Answers = field(default_factory=dict)
    source: str = ""
    new: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A file's figures against a revision: what they say, what is in doubt, what publishing would change.

    `layout` is the fingerprint under which answers to its questions are remembered, `answers` are
    those that the draft was made with. `untouched` counts observations that the file does not mention.
    """

    file: UploadedFile
    revision: int
    catalogue: Catalogue
    reading: Reading
    proposal: Proposal
    changes: Changes
    entries: tuple[EntryChange, ...]
    problems: tuple[Diagnostic, ...]
    layout: str
    answers: Answers

    @property
    def untouched(self) -> int:
        """How many observations that hold the file does not mention."""
        return self.changes.unchanged - self.proposal.count("unchanged")

    def of(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Problems of one severity."""
        return tuple(problem for problem in self.problems if problem.severity == severity)


def read_state(store: Store, revision: int) -> State:
    """What holds in a revision, to draft changes on. The process that will read a file starts meanwhile."""
    stand_by()
    return State(revision, read_catalogue(store, revision), read_observations(store, revision=revision))


def remembered(store: Store, draft: Draft) -> Answers:
    """What was answered about the last published file of the layout of a draft."""
    return read_answers(store, draft.layout)


def draft_of(file: UploadedFile, state: State, choices: Choices, *, now: datetime) -> Draft:
    """What publishing a file on top of a state would do, with everything that is in doubt.

    Raises Invalid("workbook.…") where the file cannot be read.
    """
    used = {choices.source, *choices.answers.values()}
    catalogue = _extended(state.catalogue, [entry for entry in choices.new if entry.code in used])
    answers = _sound(choices.answers, catalogue)
    with ThreadPoolExecutor(max_workers=1) as meanwhile:
        meanwhile.submit(state.prepare)
        reading = read_safely(file.content, file.name, catalogue, answers)
    own = own_source(file, catalogue, now=now)
    proposal = settled(
        _proposed(reading.observations, file.name, catalogue),
        state.observations,
        catalogue,
        source=choices.source if choices.source in catalogue.sources else "",  # it may be withdrawn meanwhile
        own_source=own.code,
        answers=answers,
        held=state.held,
    )
    if (proposal.new["source"] == own.code).any():
        catalogue = _extended(catalogue, (own,))
    change = _changed(state, proposal.new)
    doubts = implausible(proposal.new, state.observations, catalogue, this_year=now.year, history=state.history)
    told = [problem for problem in reading.problems if not _is_settled(problem, reading, proposal)]
    problems = (
        *_without_own_remarks(told, reading, proposal.rows, state),
        *_beyond_statistics(reading),
        *proposal.problems,
        *doubts,
    )
    return Draft(
        file=file,
        revision=state.revision,
        catalogue=catalogue,
        reading=reading,
        proposal=proposal,
        changes=change,
        entries=entry_changes(state.catalogue, catalogue),
        problems=tuple(_with_near_names(problem, catalogue) for problem in problems),
        layout=_layout(reading),
        answers=answers,
    )


def _is_settled(problem: Diagnostic, reading: Reading, proposal: Proposal) -> bool:
    """Whether a doubt is of no account, since nothing is published of what it is about.

    That is a total read as the nation's figure that changes nothing of it, and two figures in one place
    that are both published already, apart by what the file does not say.
    """
    if problem.code == "region.of_total" and problem.severity == "warning":
        new = [reading.observations[place] for place in proposal.new.index]
        return not any((o.sheet, o.region_printed) == (problem.sheet, problem.details["found"]) for o in new)
    if problem.code == "figure.twice":
        sheet, _, cell = str(problem.details["place"]).rpartition("!")
        cells = {(problem.sheet, problem.cell), (sheet or problem.sheet, cell)}
        return cells <= proposal.unchanged_cells
    return False


def _without_own_remarks(
    problems: Sequence[Diagnostic], reading: Reading, rows: pd.DataFrame, state: State
) -> list[Diagnostic]:
    """Problems without the comments that a template of ours brought along: what they say holds already.

    At a figure that is read but not settled, for want of a unit perhaps, they may be any of ours.
    """
    if not is_template({problem.sheet for problem in problems if problem.code in ("sheet.hidden", "sheet.no_table")}):
        return list(problems)
    commented = {problem.sheet for problem in problems if problem.code == "cell.comment"}
    own = own_remarks(rows[rows["sheet"].isin(commented)], state.catalogue)
    read = {*zip(reading.observations.fields["sheet"], reading.observations.fields["cell"], strict=True)}
    read |= {(sheet, cell) for sheet in commented for cell in ABOVE_FIGURES}
    any_of_ours = all_remarks(state.observations, state.catalogue) if commented and not read <= own.keys() else set()

    def is_own(problem: Diagnostic) -> bool:
        place = (problem.sheet, problem.cell)
        lines = own.get(place, any_of_ours if place in read else set())
        return problem.code == "cell.comment" and is_own_remark(str(problem.details["comment"]), lines)

    return [problem for problem in problems if not is_own(problem)]


def own_source(file: UploadedFile, catalogue: Catalogue, *, now: datetime) -> Source:
    """A file as the source of figures that have no other: internal, and behind every publication."""
    code = f"upload-{file.content_hash[:8]}"
    if code in catalogue.sources:
        return catalogue.sources[code]
    return Source(
        code=code,
        rank=max(source.rank for source in catalogue.sources.values()),
        name_zh=f"工作簿 {file.name}",
        name_en=f"Workbook {file.name}",
        publisher_zh="上传者",
        publisher_en="Uploader",
        edition_zh="",
        edition_en="",
        years="",
        licence_zh="未注明",
        licence_en="Not stated",
        classification="internal",
        obtained=now.date().isoformat(),
        checked="",
    )


def problem_text(problem: Diagnostic, catalogue: Catalogue, language: Language) -> tuple[str, str]:
    """What is wrong, and what to do about it; names of the catalogue in the language."""
    names = _names_in(catalogue, language)
    details = {key: names.get(found, found) for key, found in problem.details.items()}
    if problem.code in _NEAR_AMONG:
        entries = entries_by_kind(catalogue)[_NEAR_AMONG[problem.code]]
        near = [f"{entries[code].name(language)} ({code})" for code in cast(tuple[str, ...], details["near"])]
        details["near"] = (
            text(language, "near.some", names=joined(near, language)) if near else text(language, "near.none")
        )
    act = f"problem.{problem.code}.do"
    alike = cast(int, details.get("count", 1)) if problem.code in _TOLD_ONCE_FOR_MANY else 1
    return (
        text(language, f"problem.{problem.code}", **details)
        + (text(language, "problem.alike", count=alike) if alike > 1 else ""),
        text(language, act, **details) if act in messages(language) else "",
    )


def report(draft: Draft, language: Language) -> dict[str, object]:
    """A draft as plain values for JSON."""
    return {
        "tables": [_table(table) for table in draft.reading.tables],
        "observations": _observations(draft),
        "problems": [_problem(problem, draft.catalogue, language) for problem in draft.problems],
        "changes": counts(draft),
    }


def counts(draft: Draft) -> dict[str, int]:
    """How many observations are added, revised, given again unchanged, and not mentioned; how many entries change."""
    return {
        "added": len(draft.changes.added),
        "revised": len(draft.changes.revised),
        "unchanged": draft.proposal.count("unchanged"),
        "untouched": draft.untouched,
        "entries": len(draft.entries),
    }


def _extended(catalogue: Catalogue, new: Sequence[Entry]) -> Catalogue:
    """The catalogue with further entries behind those it has."""
    entries = {kind: dict(of_kind) for kind, of_kind in entries_by_kind(catalogue).items()}
    for entry in new:
        kind = "indicator" if isinstance(entry, Indicator) else "source"
        entries[kind].setdefault(entry.code, entry)
    return catalogue_of(entries) if new else catalogue


def _sound(answers: Answers, catalogue: Catalogue) -> Answers:
    """Answers that the catalogue still knows; what was answered with an entry withdrawn since is asked again."""
    known: dict[str, Container[str]] = {
        "indicator": {LEAVE_OUT, *catalogue.indicators},
        "region": {LEAVE_OUT, *catalogue.regions},
        "unit": catalogue.units,
        "basis": catalogue.bases,
    }

    def is_sound(question: str, answer: str) -> bool:
        kind = re.split("[:@]", question, maxsplit=1)[0]
        return is_period(answer) if kind == "period" else answer in known.get(kind, ())

    return {question: answer for question, answer in answers.items() if is_sound(question, answer)}


def _proposed(observed: Observations, file: str, catalogue: Catalogue) -> pd.DataFrame:
    """What can be an observation, its position in the reading as index."""
    read = [name for name in PROPOSED if name not in ("is_target", "locator")]
    rows = pd.DataFrame({name: observed.fields[name] for name in read})
    rows = rows.astype(dict.fromkeys(read, "str") | {"value": float})
    units = {code: indicator.unit for code, indicator in catalogue.indicators.items()}
    dates = [period for period in rows["period"].unique() if is_period(period)]
    is_expected = rows["unit"] == mapped(rows["indicator"], units)
    is_known = rows["region"].notna() & _has_known_codes(rows, catalogue) & ~(rows["value"].abs() >= _BEYOND_STATISTICS)
    known = rows[rows["period"].isin(dates) & is_expected & is_known]
    places = [f"{file}!{sheet}!{cell}" for sheet, cell in tuples_of(known, ["sheet", "cell"])]
    located = known.assign(locator=pd.Series(places, known.index, dtype="str"))
    return with_target_mark(located)[PROPOSED]


def _beyond_statistics(reading: Reading) -> Iterator[Diagnostic]:
    """Numbers that no statistics reach: a slip of the keyboard, or what no cell was meant to hold."""
    values = reading.observations.fields["value"]
    for place in [place for place, value in enumerate(values) if abs(value or 0) >= _BEYOND_STATISTICS]:
        observed = reading.observations[place]
        yield Diagnostic("draft.beyond", "error", observed.sheet, observed.cell, {"found": observed.printed[:60]})


def _has_known_codes(rows: pd.DataFrame, catalogue: Catalogue) -> pd.Series:
    """Whether basis, subject, qualifier and status of rows are those of the catalogue, as far as they are said."""
    bases = {(code, basis) for code, indicator in catalogue.indicators.items() for basis in ("", *indicator.all_bases)}
    is_basis = pd.Series([*map(bases.__contains__, tuples_of(rows, ["indicator", "basis"]))], rows.index, dtype=bool)
    is_subject = rows["subject"].isin(["", *catalogue.subjects])
    return is_basis & is_subject & rows["qualifier"].isin(QUALIFIERS) & rows["status"].isin(["", *STATUSES])


def _changed(state: State, new: pd.DataFrame) -> Changes:
    """What new rows do to a state that they join, in place of those they revise."""
    places = state.history.places_of(new)
    change = changes(state.observations.iloc[np.unique(places[places >= 0])], new)
    return replace(change, unchanged=len(state.observations) - len(change.revised))


def _layout(reading: Reading) -> str:
    """A fingerprint of what stands over the columns of a file's tables; years and other numbers do not count."""
    printed = {piece.text for table in reading.tables for path in table.headings.values() for piece in path}
    names = {"".join(letter for letter in words if not letter.isdigit()) for words in printed}
    return sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


def _names_in(catalogue: Catalogue, language: Language) -> Mapping[object, str]:
    """Names by their Chinese ones, in which diagnostics are told."""
    if language == "zh":
        return {}
    kinds = entries_by_kind(catalogue).values()
    full: dict[object, str] = {entry.name_zh: entry.name(language) for entries in kinds for entry in entries.values()}
    return {region.short_zh: region.short(language) for region in catalogue.regions.values()} | full


def _with_near_names(problem: Diagnostic, catalogue: Catalogue) -> Diagnostic:
    """An unknown name together with the entries that resemble it."""
    if problem.code not in _NEAR_AMONG:
        return problem
    entries: Mapping[str, Entry] = entries_by_kind(catalogue)[_NEAR_AMONG[problem.code]]
    near = tuple(entry.code for entry in near_entries(str(problem.details["found"]), entries))
    return replace(problem, details={**problem.details, "near": near})


def _table(table: Table) -> dict[str, object]:
    columns = (*table.label_columns, *table.value_columns)
    first, last = table.rows[0].number, table.rows[-1].number
    return {
        "sheet": table.sheet,
        "cells": f"{cell_name(first, min(columns))}:{cell_name(last, max(columns))}",
        "title": " ".join(table.context),
        "rows": len(table.rows),
        "columns": len(table.value_columns),
    }


def _observations(draft: Draft) -> list[dict[str, object]]:
    """The values as read, with the basis, status and source that they were settled with."""
    settled_as = draft.proposal.rows[["basis", "status", "source"]]
    rows = dict(zip(settled_as.index, settled_as.to_dict("records"), strict=True))
    unsettled = {"status": "actual"}
    return [
        {**o._asdict(), **rows.get(place, {} if o.status else unsettled)}
        for place, o in enumerate(draft.reading.observations)
    ]


def _problem(problem: Diagnostic, catalogue: Catalogue, language: Language) -> dict[str, str]:
    message, suggestion = problem_text(problem, catalogue, language)
    return {
        "severity": problem.severity,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "code": problem.code,
        "message": message,
        "suggestion": suggestion,
    }
