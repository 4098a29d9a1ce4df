"""The second half of an update: what is wrong, what would change, and publishing it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from indicators.errors import Conflict, IndicatorsError
from indicators.language.changes import ChangeLine, change_lines, percent_text
from indicators.language.messages import error_text
from indicators.language.numbers import MISSING, scale_of
from indicators.model.catalogue import Catalogue
from indicators.model.diagnostic import Severity
from indicators.model.revision import applied
from indicators.store.files import UploadedFile
from indicators.tasks.annotate import annotated_copy
from indicators.tasks.effects import effects
from indicators.tasks.import_workbook import Draft, counts, problem_text
from indicators.tasks.publish import changed_meanwhile, publish_draft
from indicators.ui import reads
from indicators.ui.html_tables import show_rows, show_tiles, show_title
from indicators.ui.shell import Desk, plain
from indicators.ui.upload import choose_source, earlier_draft, forget_file

_MOST_PROBLEMS = 200
_MOST_LINES = 400
_SHOWN_EFFECTS = 40
_PUBLISHED = "update.published"
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def show_published(desk: Desk) -> bool:
    """What has just been published, once; whether there is anything."""
    revision = st.session_state.pop(_PUBLISHED, None)
    if revision is not None:
        st.success(desk.text("update.published", revision=revision), icon=":material/check_circle:")
        st.page_link("pages/manage/revisions.py", label=desk.text("update.to_revisions"), icon=":material/history:")
    return revision is not None


def show_problems(desk: Desk, draft: Draft) -> None:
    """Everything that is wrong, doubtful or worth knowing, each at its cell, and the annotated copy."""
    found = Counter(problem.severity for problem in draft.problems)
    with st.container(border=True, key="card-problems"):
        show_title(
            desk.text("problems.title", file=draft.file.name),
            desk.text("problems.read", tables=len(draft.reading.tables), count=len(draft.reading.observations)),
        )
        show_tiles((desk.text(f"severity.{severity}.many"), f"{found[severity]:,}") for severity in _SEVERITIES)
        if not draft.problems:
            return
        _show_list(desk, draft, found)
        language = desk.language
        st.download_button(
            desk.text("problems.copy"),
            data=lambda: annotated_copy(draft, language),
            file_name=desk.text("problems.copy.file", file=draft.file.name.rpartition(".")[0]),
            icon=":material/download:",
            on_click="ignore",
            key="update.copy",
            help=desk.text("problems.copy.help"),
        )


def show_changes(desk: Desk, draft: Draft, file: UploadedFile) -> None:
    """What publishing would change, by indicator, and what of it the region in focus would see."""
    counted = counts(draft)
    with st.container(border=True, key="card-changes"):
        show_title(desk.text("changes.title"), desk.text("changes.line", revision=draft.revision))
        choose_source(desk, file)
        show_tiles((desk.text(f"changes.{name}"), f"{counted[name]:,}") for name in counted if name != "entries")
        for entry in draft.entries:
            if entry.entry is not None:
                name = entry.entry.name(desk.language)
                st.markdown(plain(desk.text(f"changes.new_entry.{entry.kind}", name=name)))
        if draft.changes.count:
            _show_effects(desk, draft)
            show_change_lines(desk, change_lines(draft.changes, draft.catalogue, desk.language), draft.catalogue)


def show_change_lines(desk: Desk, lines: Mapping[str, list[ChangeLine]], catalogue: Catalogue) -> None:
    """Observations that change, old and new value, folded by indicator."""
    figures, words = ("region", "period", "before", "after", "difference", "percent"), ("basis", "source")
    headings = [
        *(desk.text(f"changes.column.{column}") for column in figures),  # a phone shows the first of them
        desk.text("changes.kind"),
        *(desk.text(f"changes.column.{column}") for column in words),
    ]
    for place, (code, own) in enumerate(lines.items()):
        title = desk.text("changes.of", name=catalogue.indicators[code].name(desk.language), count=len(own))
        with st.expander(plain(title), expanded=place == 0):
            shown = own[:_MOST_LINES]
            rows = [
                [
                    *(getattr(line, column) for column in figures),
                    desk.text(f"changes.{line.kind}"),
                    *(getattr(line, column) for column in words),
                ]
                for line in shown
            ]
            show_rows(headings, rows, numbers=(2, 3, 4, 5))
            if len(own) > len(shown):
                st.caption(desk.text("changes.more", count=len(own) - len(shown)))


def publish_form(desk: Desk, draft: Draft) -> None:
    """Ticks for the warnings, author, note, and the button."""
    if not desk.may("publish"):
        return
    with st.container(border=True, key="card-publish"):
        show_title(desk.text("publish.title", revision=desk.newest + 1), desk.text("publish.line"))
        _show_moved(desk, draft)
        if errors := draft.of("error"):
            st.error(desk.text("publish.blocked", count=len(errors)), icon=":material/error:")
            return
        if not draft.changes.count and not draft.entries:
            st.info(desk.text("publish.nothing"), icon=":material/info:")
            return
        with st.form(f"publish.{draft.revision}", border=False):
            ticks = _ticks(desk, draft)
            first, second = st.columns([1, 2])
            author = first.text_input(desk.text("publish.author"), key="publish.author")
            note = second.text_input(
                desk.text("publish.note"), placeholder=desk.text("publish.note.example"), key="publish.note"
            )
            if st.form_submit_button(desk.text("publish.button", revision=desk.newest + 1), type="primary"):
                if all(ticks):
                    _publish(desk, draft, author, note)
                else:
                    st.error(desk.text("publish.unticked"), icon=":material/error:")


def _publish(desk: Desk, draft: Draft, author: str, note: str) -> None:
    try:
        with st.spinner(desk.text("publish.running", count=draft.changes.count)):
            revision = publish_draft(
                reads.store(),
                draft,
                person=replace(desk.person, name=author),
                note=note,
                accepts_warnings=True,
                now=datetime.now(UTC),
            )
    except Conflict as error:
        if error.code != "revision.moved":
            st.error(plain(error_text(desk.language, error)), icon=":material/error:")
            return
    except IndicatorsError as error:
        st.error(plain(error_text(desk.language, error)), icon=":material/error:")
        return
    else:
        st.session_state[_PUBLISHED] = revision
        forget_file()
    st.rerun()


def _ticks(desk: Desk, draft: Draft) -> list[bool]:
    """One tick for each kind of warning, with how often it is given and its first words."""
    kinds: dict[str, list[str]] = {}
    for problem in draft.of("warning"):
        kinds.setdefault(problem.code, []).append(problem_text(problem, draft.catalogue, desk.language)[0])
    return [
        st.checkbox(
            plain(desk.text("publish.tick", count=len(said), example=said[0])), key=f"tick.{draft.revision}.{code}"
        )
        for code, said in kinds.items()
    ]


def _show_moved(desk: Desk, draft: Draft) -> None:
    """What somebody else published between the preview and the button."""
    earlier = earlier_draft(draft)
    if earlier is None:
        return
    st.warning(
        desk.text("publish.moved", before=earlier.revision, newest=draft.revision), icon=":material/sync_problem:"
    )
    changed = changed_meanwhile(reads.store(), earlier)
    if changed.empty:
        st.caption(desk.text("publish.moved.elsewhere"))
        return
    catalogue = draft.catalogue
    rows = [
        [
            catalogue.indicators[row["indicator"]].name(desk.language),
            catalogue.regions[row["region"]].name(desk.language),
            row["period"],
            _number(row["value_before"], row["indicator"], desk, catalogue),
            _number(row["value"], row["indicator"], desk, catalogue),
        ]
        for row in changed.to_dict("records")[:_MOST_LINES]
    ]
    headings = [desk.text(f"changes.column.{name}") for name in ("indicator", "region", "period", "before", "after")]
    show_rows(headings, rows, numbers=(3, 4))


def _show_list(desk: Desk, draft: Draft, found: Mapping[Severity, int]) -> None:
    offered = [severity for severity in _SEVERITIES if found[severity]]
    chosen = st.segmented_control(
        desk.text("problems.filter"),
        offered,
        default=offered[0],
        format_func=lambda severity: desk.text(f"severity.{severity}.many"),
        label_visibility="collapsed",
        required=True,
        key=f"problems.{draft.file.content_hash}.{'.'.join(offered)}",
    )
    listed = [problem for problem in draft.problems if problem.severity == chosen]
    rows = [
        [problem.sheet, problem.cell, *problem_text(problem, draft.catalogue, desk.language)]
        for problem in listed[:_MOST_PROBLEMS]
    ]
    show_rows([desk.text(f"problems.{column}") for column in ("sheet", "cell", "what", "do")], rows, is_list=True)
    if len(listed) > _MOST_PROBLEMS:
        st.caption(desk.text("problems.more", count=len(listed) - _MOST_PROBLEMS))


def _show_effects(desk: Desk, draft: Draft) -> None:
    """Headline figures and places of the region in focus, before and after."""
    before = reads.state(draft.revision).observations
    seen = effects(before, applied(before, draft.changes), draft.catalogue, region=desk.focus)
    region = draft.catalogue.regions[desk.focus].name(desk.language)
    if seen.empty:
        st.caption(desk.text("effects.none", region=region))
        return
    st.markdown(f"**{plain(desk.text('effects.title', region=region))}**")
    rows = [_effect(desk, draft.catalogue, row) for row in seen.to_dict("records")[:_SHOWN_EFFECTS]]
    columns = ("indicator", "period", "before", "after", "percent", "rank_before", "rank")
    show_rows([desk.text(f"changes.column.{name}") for name in columns], rows, numbers=(2, 3, 4, 5, 6))
    if len(seen) > _SHOWN_EFFECTS:
        st.caption(desk.text("changes.more", count=len(seen) - _SHOWN_EFFECTS))


def _effect(desk: Desk, catalogue: Catalogue, row: dict) -> list[str]:
    indicator = catalogue.indicators[row["indicator"]]
    percent = "" if indicator.change == "points" else percent_text(row["value_before"], row["value"])
    return [
        indicator.short(desk.language),
        str(row["year"]),
        _number(row["value_before"], indicator.code, desk, catalogue),
        _number(row["value"], indicator.code, desk, catalogue),
        percent,
        _rank(desk, row["rank_before"], row["ranked_before"]),
        _rank(desk, row["rank"], row["ranked"]),
    ]


def _rank(desk: Desk, rank: float, among: float) -> str:
    return MISSING if pd.isna(rank) or among < 2 else desk.text("effects.rank", rank=int(rank), among=int(among))


def _number(value: float, indicator: str, desk: Desk, catalogue: Catalogue) -> str:
    unit = catalogue.indicators[indicator].unit
    return scale_of([value], unit, catalogue=catalogue, language=desk.language).full(value)
