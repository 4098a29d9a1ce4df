"""Panels of the page of revisions: the list, what differs, going back, and the history of one figure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from indicators.errors import IndicatorsError
from indicators.language.changes import change_lines
from indicators.language.messages import error_text
from indicators.language.numbers import MISSING, scale_of
from indicators.model.catalogue import merged
from indicators.store.files import list_files, read_file
from indicators.tasks.browse import BEIJING, minute_in_beijing
from indicators.tasks.history import figure_history, withdraw
from indicators.tasks.load_data import ORIGIN
from indicators.tasks.roll_back import roll_back
from indicators.ui import reads
from indicators.ui.draft import show_change_lines
from indicators.ui.html_tables import show_rows, show_tiles, show_title
from indicators.ui.shell import Desk, Page, plain, write_link

_MOST_REVISIONS = 50
_DONE = "revisions.done"
_PARAMS = {"indicator": "i", "region": "r", "period": "y"}


def show_done(desk: Desk) -> None:
    """What has just been done on this page, once."""
    said = st.session_state.pop(_DONE, "")
    if said:
        st.success(said, icon=":material/check_circle:")


def show_revisions(desk: Desk) -> None:
    """All revisions, newest first, with who, why and how much; the original file and the dashboard as of one."""
    listed = reads.revisions(desk.newest)
    files = list_files(reads.store())
    with st.container(border=True, key="card-revisions"):
        show_title(desk.text("revisions.list", count=len(listed)))
        columns = ("number", "date", "author", "note", "added", "revised", "withdrawn", "file")
        rows = [_revision(desk, row, files) for row in listed.head(_MOST_REVISIONS).to_dict("records")]
        show_rows([desk.text(f"revisions.column.{name}") for name in columns], rows, numbers=(4, 5, 6))
        if len(listed) > _MOST_REVISIONS:
            st.caption(desk.text("revisions.more", count=len(listed) - _MOST_REVISIONS))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = _pick_revision(desk, "v", desk.text("revisions.pick"), desk.newest)
            st.link_button(
                desk.text("revisions.open", revision=number),
                f"./?rev={number}&lang={desk.language}",
                icon=":material/dashboard:",
            )
            if number in files:
                store = reads.store()
                st.download_button(
                    desk.text("revisions.download"),
                    data=lambda: read_file(store, number).content,
                    file_name=files[number],
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"revisions.file.{number}",
                )


def show_differences(desk: Desk) -> None:
    """What differs between any two revisions."""
    with st.container(border=True, key="card-differences"):
        show_title(desk.text("diff.title"))
        with st.container(horizontal=True):
            before = _pick_revision(desk, "a", desk.text("diff.before"), max(desk.newest - 1, 1))
            after = _pick_revision(desk, "b", desk.text("diff.after"), desk.newest)
        if before == after:
            st.caption(desk.text("diff.same"))
            return
        _show_change(desk, before, after)


def _show_change(desk: Desk, before: int, after: int) -> None:
    """Counts and lines of what leads from one revision to another."""
    change, entries = reads.differences(before, after)
    counts = {**change.counts, "unchanged": change.unchanged, "entries": len(entries)}
    show_tiles((desk.text(f"changes.{name}"), f"{count:,}") for name, count in counts.items())
    catalogue = merged(reads.catalogue(before), reads.catalogue(after))
    show_change_lines(desk, change_lines(change, catalogue, desk.language), catalogue)


def show_figure_history(desk: Desk) -> None:
    """Every value that one figure ever had, and taking it out."""
    with st.container(border=True, key="card-history"):
        show_title(desk.text("history.title"), desk.text("history.line"))
        chosen = _pick_figure(desk)
        if chosen is None:
            return
        history = figure_history(reads.store(), **chosen)
        if history.empty:
            st.info(desk.text("history.none"), icon=":material/info:")
            return
        show_published(desk, history)
        holding = history[history["ended"] == ""]
        if desk.may("publish") and len(holding):
            _offer_withdrawal(desk, holding)


def show_published(desk: Desk | Page, history: pd.DataFrame) -> None:
    """The values that were published for a figure, with who published them and whether they still hold."""
    columns = ("revision", "value", "basis", "status", "source", "locator", "who", "reason", "ended")
    rows = [_published(desk, row) for row in history.to_dict("records")]
    show_rows([desk.text(f"history.column.{name}") for name in columns], rows, numbers=(1,))


def offer_rollback(desk: Desk) -> None:
    """The form for going back to an earlier revision."""
    if not desk.may("roll_back") or desk.newest < 2:
        return
    with st.container(border=True, key="card-rollback"):
        show_title(desk.text("rollback.title"), desk.text("rollback.line"))
        earlier = range(desk.newest - 1, 0, -1)
        to = st.selectbox(
            desk.text("rollback.to"),
            earlier,
            index=None,
            format_func=_name,
            placeholder=desk.text("ask.choose"),
            width=180,
            key="rollback.to",
        )
        if to is None:
            return
        _show_change(desk, desk.newest, int(to))
        with st.form(f"rollback.{desk.newest}.{to}", border=False):
            parts = st.columns([1, 2])
            author = parts[0].text_input(desk.text("publish.author"))
            note = parts[1].text_input(desk.text("rollback.note"))
            sure = st.checkbox(desk.text("rollback.sure"))
            if st.form_submit_button(desk.text("rollback.button")):
                if not sure:
                    st.error(desk.text("rollback.unsure"), icon=":material/error:")
                    return
                _do(
                    desk,
                    "rollback.done",
                    lambda: roll_back(
                        reads.store(),
                        int(to),
                        person=replace(desk.person, name=author),
                        note=note,
                        now=datetime.now(UTC),
                        previewed=desk.newest,
                    ),
                )


def _offer_withdrawal(desk: Desk, holding: pd.DataFrame) -> None:
    with (
        st.expander(desk.text("withdraw.title")),
        st.form(f"withdraw.{desk.newest}.{holding['indicator'].iloc[0]}", border=False),
    ):
        st.caption(desk.text("withdraw.line"))
        catalogue = desk.catalogue
        names = [
            " · ".join(
                part
                for part in (
                    _value(desk, row),
                    catalogue.bases[row["basis"]].name(desk.language) if row["basis"] else "",
                    catalogue.sources[row["source"]].name(desk.language),
                )
                if part
            )
            for row in holding.to_dict("records")
        ]
        place = st.selectbox(desk.text("withdraw.which"), range(len(names)), format_func=names.__getitem__)
        first, second = st.columns([1, 2])
        author = first.text_input(desk.text("publish.author"), key="withdraw.author")
        note = second.text_input(desk.text("withdraw.note"), key="withdraw.note")
        sure = st.checkbox(desk.text("withdraw.sure"))
        if st.form_submit_button(desk.text("withdraw.button")):
            if not sure:
                st.error(desk.text("withdraw.unsure"), icon=":material/error:")
                return
            _do(
                desk,
                "withdraw.done",
                lambda: withdraw(
                    reads.store(),
                    holding.iloc[[place]],
                    person=replace(desk.person, name=author),
                    note=note,
                    now=datetime.now(UTC),
                ),
            )


def _do(desk: Desk, said: str, act: Callable[[], int]) -> None:
    """Do something that publishes a revision, and say so or why not."""
    try:
        revision = act()
    except IndicatorsError as error:
        st.error(plain(error_text(desk.language, error)), icon=":material/error:")
        return
    st.session_state[_DONE] = desk.text(said, revision=revision)
    st.rerun()


def _revision(desk: Desk, row: dict, files: dict[int, str]) -> list[str]:
    date = minute_in_beijing(row["created_at"])
    is_own = row["origin"] == "data"
    return [
        _name(row["number"]),
        date,
        _author(desk, row),
        desk.text(f"revisions.origin.{row['origin']}") + ("" if is_own else f" · {row['note']}"),
        *(f"{row[name]:,}" for name in ("added", "revised", "withdrawn")),
        files.get(row["number"], ""),
    ]


def _published(desk: Desk | Page, row: dict) -> list[str]:
    catalogue = desk.catalogue
    date = row["created_at"].to_pydatetime().astimezone(BEIJING).date().isoformat()
    subject = catalogue.subjects.get(row["subject"])
    named = [catalogue.bases[row["basis"]].name(desk.language)] if row["basis"] in catalogue.bases else []
    source = catalogue.sources.get(row["source"])
    return [
        _name(row["from_revision"]),
        _value(desk, row),
        " · ".join([*named, *([subject.name(desk.language)] if subject else [])]),
        desk.text(f"status.{row['status']}"),
        source.name(desk.language) if source else row["source"],
        row["locator"],
        f"{_author(desk, row)} {date}",
        desk.text("revisions.origin.data") if row["author"] == ORIGIN else row["reason"],
        desk.text(f"history.{row['ended']}", revision=row["until_revision"], by=row["ended_by"], why=row["ended_why"])
        if row["ended"]
        else desk.text("history.holds"),
    ]


def _author(desk: Desk | Page, row: dict) -> str:
    return desk.text("revisions.program") if row["author"] == ORIGIN else str(row["author"])


def _value(desk: Desk | Page, row: dict) -> str:
    if pd.isna(row["value"]):
        return str(row["printed"]) or MISSING
    scale = scale_of([row["value"]], row["unit"], catalogue=desk.catalogue, language=desk.language)
    return scale.full(row["value"], row["qualifier"])


def _pick_revision(desk: Desk, param: str, label: str, usual: int) -> int:
    asked = st.query_params.get(param, "")
    numbers = list(range(desk.newest, 0, -1))
    key = f"revisions.{param}"
    st.session_state[key] = int(asked) if asked.isdecimal() and int(asked) in numbers else usual
    st.selectbox(
        label,
        numbers,
        key=key,
        format_func=_name,
        on_change=lambda: write_link(param, str(st.session_state[key])),
        width=180,
    )
    return int(st.session_state[key])


def _pick_figure(desk: Desk) -> dict[str, str] | None:
    """Indicator, region and period, from the link or chosen."""
    state = reads.state(desk.newest).observations
    language, catalogue = desk.language, desk.catalogue
    indicators = {code: i.name(language) for code, i in catalogue.indicators.items()}
    parts = st.columns([2, 1, 1])
    with parts[0]:
        indicator = _pick(desk, "indicator", list(indicators), indicators.__getitem__)
    own = state[state["indicator"] == indicator]
    used = set(own["region"])
    regions = [code for code in catalogue.regions if code in used] or list(catalogue.regions)
    with parts[1]:
        usual = desk.focus if desk.focus in regions else regions[0]
        region = _pick(desk, "region", regions, lambda code: catalogue.regions[code].name(language), usual)
    periods = sorted(set(own.loc[own["region"] == region, "period"]), reverse=True)
    asked = st.query_params.get("y", "")
    options = [*periods, *([asked] if asked and asked not in periods else [])]
    if not options:
        st.info(desk.text("history.none"), icon=":material/info:")
        return None
    with parts[2]:
        period = _pick(desk, "period", options, str)
    return {"indicator": indicator, "region": region, "period": period}


def _pick(desk: Desk, name: str, options: Sequence[str], names: Callable[[str], str], usual: str = "") -> str:
    """One of the options; the link says which."""
    param, key = _PARAMS[name], f"history.{name}"
    asked = st.query_params.get(param, "")
    st.session_state[key] = asked if asked in options else usual or options[0]
    st.selectbox(
        desk.text(f"changes.column.{name}"),
        options,
        key=key,
        format_func=names,
        on_change=lambda: write_link(param, str(st.session_state[key])),
    )
    return str(st.session_state[key])


def _name(number: int) -> str:
    return f"r{number}"
