"""The first half of an update: a file, what it leaves open, where its figures come from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import Literal, cast

import streamlit as st

from indicators.errors import IndicatorsError
from indicators.language.messages import error_text
from indicators.model.access import require
from indicators.model.catalogue import Entry, IndicatorKind, Source
from indicators.model.diagnostic import Diagnostic
from indicators.store.files import UploadedFile
from indicators.tasks.import_workbook import Choices, Draft, draft_of, remembered
from indicators.tasks.lookup import likely_entry
from indicators.tasks.make_template import make_template
from indicators.tasks.new_entries import new_indicator, new_source
from indicators.ui import reads
from indicators.ui.html_tables import show_title
from indicators.ui.shell import Desk, plain
from indicators.workbook.answers import LEAVE_OUT
from indicators.workbook.reading import MOST_BYTES
from indicators.workbook.units import converted

_FILE, _HELD, _CHOICES, _DRAFT = "update.file", "update.held", "update.choices", "update.draft"
_AWAITED, _EARLIER = "update.awaited", "update.earlier"
_OF_FILE = (_HELD, _CHOICES, _DRAFT, _AWAITED, _EARLIER)
_NEW = "+"
_KINDS: tuple[IndicatorKind, ...] = ("flow", "stock", "ratio", "rate", "rank", "cap")


def choose_file(desk: Desk) -> UploadedFile | None:
    """A workbook of the analyst's; None while there is none. Raises Forbidden("access.check")."""
    with st.container(border=True, key="card-upload"):
        left, right = st.columns([2.2, 1], gap="medium")
        with left, st.container(key=f"dropzone-{desk.language}"):
            file = st.file_uploader(
                desk.text("update.file", most=MOST_BYTES // 2**20),
                key=f"{_FILE}.{st.session_state.setdefault(_FILE, 0)}",
                disabled=not desk.may("check"),
            )
        with right:
            _offer_template(desk)
    if file is None:
        _forget(_OF_FILE)
        return None
    require(desk.person, "check")
    held = st.session_state.get(_HELD)
    if held is None or held[0] != file.file_id:
        _forget(_OF_FILE)
        held = st.session_state[_HELD] = (file.file_id, UploadedFile(file.name, file.getvalue()))
    return cast(UploadedFile, held[1])


def show_steps(desk: Desk) -> None:
    """What happens with a file, and what files there may be, while there is none."""
    steps = "".join(
        f"<li><b>{escape(desk.text(f'update.step.{step}'))}</b>{escape(desk.text(f'update.step.{step}.line'))}</li>"
        for step in ("check", "compare", "publish")
    )
    with st.container(border=True, key="card-steps"):
        show_title(desk.text("update.steps"))
        st.html(f'<ol class="steps">{steps}</ol><p class="card-text muted">{escape(desk.text("update.layouts"))}</p>')


def draft_now(desk: Desk, file: UploadedFile) -> Draft:
    """The draft of the file on the newest revision, with the choices made so far. Raises what reading it raised."""
    return _drafted(desk, file, _choices(desk, file))


def earlier_draft(draft: Draft) -> Draft | None:
    """The draft that the person saw before somebody else published; None where nobody did."""
    earlier = st.session_state.get(_EARLIER)
    return None if earlier is None or earlier.revision == draft.revision else cast(Draft, earlier)


def forget_file() -> None:
    """Make room for the next file."""
    st.session_state[_FILE] = st.session_state.get(_FILE, 0) + 1


def choose_source(desk: Desk, file: UploadedFile) -> None:
    """Which publication the figures come from, for files that do not say so themselves."""
    choices = _choices(desk, file)
    names = {code: source.name(desk.language) for code, source in desk.catalogue.sources.items()}
    own = {entry.code: entry.name(desk.language) for entry in choices.new if isinstance(entry, Source)}
    options = ["", *own, *names, _NEW]
    labels = {"": desk.text("update.source.none"), _NEW: desk.text("update.source.new"), **own, **names}
    chosen = st.selectbox(
        desk.text("update.source"),
        options,
        index=options.index(choices.source) if choices.source in options else 0,
        format_func=labels.__getitem__,
        key=f"update.source.{file.content_hash}.{desk.language}",
        help=desk.text("update.source.help"),
    )
    if chosen == _NEW:
        _make_source(desk, choices)
    elif chosen != choices.source:
        _choose(replace(choices, source=str(chosen)))


def answer_questions(desk: Desk, draft: Draft, file: UploadedFile) -> None:
    """What the file leaves open, with the best guess filled in; nothing is taken before the person says so."""
    questions = _open_questions(draft)
    choices = _choices(desk, file)
    awaited = [q for q in st.session_state.get(_AWAITED, []) if q in questions]
    if not questions:
        return
    with st.container(border=True, key="card-questions"):
        show_title(desk.text("update.questions", count=len(questions)), desk.text("update.questions.line"))
        with st.form("update.questions", border=False):
            guesses = _guesses(draft, questions)
            answers = {q: _ask(desk, draft, q, about, guesses[q]) for q, about in questions.items()}
            if st.form_submit_button(desk.text("update.questions.apply"), type="primary"):
                st.session_state[_AWAITED] = [q for q, answer in answers.items() if answer == _NEW]
                given = {q: answer for q, answer in answers.items() if answer not in ("", _NEW)}
                _choose(replace(choices, answers={**choices.answers, **given}))
        for question in awaited:
            _make_indicator(desk, draft, choices, question)


def show_answers(desk: Desk, file: UploadedFile) -> None:
    """Answers in force, those remembered from an earlier file among them; they can be taken back."""
    choices = _choices(desk, file)
    if not choices.answers:
        return
    with st.expander(desk.text("update.answered", count=len(choices.answers))):
        for question, answer in choices.answers.items():
            st.markdown(plain(f"{_printed(question)} → {_answer_name(desk, choices, question, answer)}"))
        if st.button(desk.text("update.answered.clear"), key="update.clear"):
            _choose(replace(choices, answers={}, new=()))


def _offer_template(desk: Desk) -> None:
    st.markdown(f"**{desk.text('update.template')}**")
    st.caption(desk.text("update.template.line"))
    store, revision, language = reads.store(), desk.newest, desk.language
    st.download_button(
        desk.text("update.template.button"),
        data=lambda: make_template(store, revision=revision, language=language),
        file_name=desk.text("update.template.file", revision=revision),
        icon=":material/download:",
        on_click="ignore",
        key="update.template",
    )


def _forget(keys: Iterable[str]) -> None:
    for key in keys:
        st.session_state.pop(key, None)


def _drafted(desk: Desk, file: UploadedFile, choices: Choices) -> Draft:
    """The draft, made once for each state of things; a failure is kept as well."""
    key = (file.content_hash, desk.newest, repr(choices))
    held = st.session_state.get(_DRAFT)
    if held is None or held[0] != key:
        if held is not None and isinstance(held[1], Draft) and held[1].revision != desk.newest:
            st.session_state[_EARLIER] = held[1]
        with st.spinner(desk.text("update.reading", file=plain(file.name))):
            held = (key, _draft_or_error(desk, file, choices))
        st.session_state[_DRAFT] = held
    if isinstance(held[1], IndicatorsError):
        raise held[1]
    return cast(Draft, held[1])


def _draft_or_error(desk: Desk, file: UploadedFile, choices: Choices) -> Draft | IndicatorsError:
    try:
        return draft_of(file, reads.state(desk.newest), choices, now=datetime.now(UTC))
    except IndicatorsError as error:
        return error


def _choices(desk: Desk, file: UploadedFile) -> Choices:
    """The choices made so far, at first the answers remembered for the file's layout."""
    if _CHOICES not in st.session_state:
        answers = remembered(reads.store(), _drafted(desk, file, Choices()))
        st.session_state[_CHOICES] = Choices(answers=answers)
    return cast(Choices, st.session_state[_CHOICES])


def _choose(choices: Choices) -> None:
    st.session_state[_CHOICES] = choices
    st.rerun()


def _open_questions(draft: Draft) -> dict[str, Diagnostic]:
    """Questions of errors and warnings that nobody has answered, with the first problem that asks each."""
    asked: dict[str, Diagnostic] = {}
    for problem in draft.problems:
        is_open = problem.severity != "note" and problem.question not in draft.answers
        if problem.question and is_open:
            asked.setdefault(problem.question, problem)
    return asked


def _ask(desk: Desk, draft: Draft, question: str, about: Diagnostic, guess: str) -> str:
    kind = _kind(question)
    label = f"{about.sheet}!{about.cell} {_printed(question)}".strip()
    if kind == "period":
        return st.text_input(desk.text("ask.period", what=plain(label)), guess, key=f"ask.{question}").strip()
    options = _options(desk, draft, question)
    chosen = st.selectbox(
        desk.text(f"ask.{kind}", what=plain(label)),
        list(options),
        index=list(options).index(guess) if guess in options else None,
        format_func=options.__getitem__,
        placeholder=desk.text("ask.choose"),
        key=f"ask.{question}",
    )
    return str(chosen or "")


def _kind(question: str) -> str:
    return question.replace("@", ":").partition(":")[0]


def _printed(question: str) -> str:
    return question.replace("@", ":", 1).partition(":")[2]


def _options(desk: Desk, draft: Draft, question: str) -> dict[str, str]:
    """What can be answered, by code."""
    kind, language = _kind(question), desk.language
    leave = {LEAVE_OUT: desk.text("ask.leave_out")}
    if kind == "indicator":
        named = {code: f"{i.name(language)}（{i.unit}）" for code, i in draft.catalogue.indicators.items()}
        return {**leave, _NEW: desk.text("ask.new_indicator"), **named}
    if kind == "region":
        return {**leave, **{code: region.name(language) for code, region in draft.catalogue.regions.items()}}
    if kind == "basis":
        allowed = draft.catalogue.indicators[_printed(question)].all_bases
        return {code: draft.catalogue.bases[code].name(language) for code in allowed}
    return {code: unit.name(language) for code, unit in draft.catalogue.units.items()}


def _guesses(draft: Draft, questions: Mapping[str, Diagnostic]) -> dict[str, str]:
    """The best guess for each question, empty where none is good; one indicator or region is guessed once only."""
    guesses = {question: _guess(draft, question, about) for question, about in questions.items()}
    often = Counter((_kind(question), guess) for question, guess in guesses.items())
    return {
        question: "" if _kind(question) in ("indicator", "region") and often[_kind(question), guess] > 1 else guess
        for question, guess in guesses.items()
    }


def _guess(draft: Draft, question: str, about: Diagnostic) -> str:
    kind, printed = _kind(question), _printed(question)
    entries: dict[str, Entry] = dict(
        draft.catalogue.indicators if kind == "indicator" else draft.catalogue.regions if kind == "region" else {}
    )
    if kind == "indicator":
        entries = _in_unit_of(draft, printed, entries)
    if about.severity == "error" and (likely := likely_entry(printed, entries)) is not None:
        return likely.code
    if kind in ("unit", "period"):
        return str(about.details.get("expected" if kind == "unit" else "year", ""))
    if kind == "basis":
        named = about.details.get("basis")
        return next((code for code, basis in draft.catalogue.bases.items() if basis.name_zh == named), "")
    return ""


def _in_unit_of(draft: Draft, printed: str, indicators: dict[str, Entry]) -> dict[str, Entry]:
    """Indicators into whose unit the figures of a printed name can be converted."""
    unit = next((o.unit_printed for o in draft.reading.observations if o.indicator_printed == printed), "")
    return {
        code: entry
        for code, entry in indicators.items()
        if not unit or converted(1.0, unit, draft.catalogue.indicators[code].unit, draft.catalogue) is not None
    }


def _answer_name(desk: Desk, choices: Choices, question: str, answer: str) -> str:
    if answer == LEAVE_OUT:
        return desk.text("ask.leave_out")
    catalogue = desk.catalogue
    entries: dict[str, Entry] = {
        **catalogue.indicators,
        **catalogue.regions,
        **catalogue.bases,
        **{entry.code: entry for entry in choices.new},
    }
    return entries[answer].name(desk.language) if answer in entries else answer


@contextmanager
def _told(desk: Desk) -> Iterator[None]:
    """What an entry lacks, as a sentence below its form."""
    try:
        yield
    except IndicatorsError as error:
        st.error(plain(error_text(desk.language, error)))


def _make_indicator(desk: Desk, draft: Draft, choices: Choices, question: str) -> None:
    """The form for an indicator that the catalogue does not know."""
    printed = _printed(question)
    units = list(draft.catalogue.units)
    unit = next((o.unit_printed for o in draft.reading.observations if o.indicator_printed == printed), "")
    categories = list(dict.fromkeys(i.category for i in draft.catalogue.indicators.values()))
    with st.form(f"new.{question}"):
        st.markdown(f"**{plain(desk.text('new.indicator', name=printed))}**")
        first, second = st.columns(2)
        name_zh = first.text_input(desk.text("new.name_zh"), printed)
        name_en = second.text_input(desk.text("new.name_en"))
        parts = st.columns(4)
        chosen_unit = parts[0].selectbox(
            desk.text("new.unit"), units, index=units.index(unit) if unit in units else None
        )
        category = parts[1].selectbox(
            desk.text("new.category"), categories, format_func=lambda code: desk.text(f"category.{code}")
        )
        kind = parts[2].selectbox(desk.text("new.kind"), _KINDS, format_func=lambda code: desk.text(f"kind.{code}"))
        direction = parts[3].selectbox(
            desk.text("new.direction"), ["up", "down", "none"], format_func=lambda code: desk.text(f"direction.{code}")
        )
        definition = st.text_area(desk.text("new.definition"), height=80)
        if st.form_submit_button(desk.text("new.create"), type="primary"):
            with _told(desk):
                entry = new_indicator(
                    draft.catalogue,
                    printed=printed,
                    name_zh=name_zh,
                    name_en=name_en,
                    unit=chosen_unit or "",
                    category=category,
                    kind=kind,
                    direction=cast(Literal["up", "down", "none"], direction),
                    definition=definition,
                )
                answers = {**choices.answers, question: entry.code}
                _choose(replace(choices, answers=answers, new=(*choices.new, entry)))


def _make_source(desk: Desk, choices: Choices) -> None:
    """The form for a publication that the catalogue does not know."""
    with st.form("new.source"):
        first, second, third = st.columns([2, 2, 1])
        title = first.text_input(desk.text("new.source.title"))
        publisher = second.text_input(desk.text("new.source.publisher"))
        edition = third.text_input(desk.text("new.source.edition"))
        fourth, fifth = st.columns(2)
        classification = fourth.selectbox(
            desk.text("new.source.classification"),
            ["internal", "public"],
            format_func=lambda code: desk.text(f"classification.{code}"),
        )
        order = fifth.selectbox(
            desk.text("new.source.order"),
            ["behind", "preferred"],
            format_func=lambda code: desk.text(f"new.source.order.{code}"),
        )
        if st.form_submit_button(desk.text("new.create"), type="primary"):
            with _told(desk):
                entry = new_source(
                    desk.catalogue,
                    title=title,
                    publisher=publisher,
                    edition=edition,
                    classification=cast(Literal["public", "internal"], classification),
                    is_preferred=order == "preferred",
                    obtained=datetime.now(UTC).date().isoformat(),
                )
                _choose(replace(choices, source=entry.code, new=(*choices.new, entry)))
