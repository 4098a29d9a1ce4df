"""The briefing in the making: its charts in their order with their words, its head, its news, the saved ones."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import streamlit as st

from indicators.charts.picture import SIZES
from indicators.errors import IndicatorsError, NotFound, Unavailable
from indicators.language.messages import error_text
from indicators.model.access import may
from indicators.model.briefing import LONGEST_TEXT, Content, Item
from indicators.model.spec import LANGUAGES, LONGEST_TITLE
from indicators.settings import PROJECT
from indicators.store.briefings import (
    Briefing,
    add_briefing,
    delete_briefing,
    list_briefings,
    read_briefing,
    save_briefing,
)
from indicators.tasks.addresses import Opened
from indicators.tasks.briefing import (
    ItemChanges,
    changes_of,
    duplicated,
    has_own_title,
    in_language,
    new_briefing,
    outdated,
    refreshed,
    retitled,
)
from indicators.tasks.browse import BEIJING
from indicators.tasks.deliver import leaf_of
from indicators.ui import reads
from indicators.ui.html_tables import show_rows, show_title
from indicators.ui.leaving import IN_THE_MAKING
from indicators.ui.shell import NAMES, Desk, Page, keep_link, person_here, plain, write_link
from indicators.ui.visitor import visitor

_CHOSEN = "b"
_MOST_SHOWN = 2
# What was typed last and could not be saved: kept until it is, or is not wanted any more.
_UNSAVED = "briefing.unsaved"


def choose_briefing(page: Page) -> Briefing | None:
    """The briefing of the link, else the one that this visitor changed last; None where there is none yet."""
    asked = st.query_params.get(_CHOSEN, "")
    found: Briefing | None = None
    if asked:
        try:
            found = read_briefing(reads.store(), asked)
        except NotFound as error:
            st.warning(plain(error_text(page.language, error)), icon=":material/info:")
    found = found or next(iter(list_briefings(reads.store(), owner=visitor())), None)
    keep_link(page, {_CHOSEN: found.id} if found else {}, [])
    st.session_state[IN_THE_MAKING] = found.id if found else ""
    said = st.session_state.pop("briefing.said", "")
    if said:
        st.warning(plain(said), icon=":material/info:")
    lost = st.session_state.get(_UNSAVED, "")
    if lost:
        with st.container(border=True, key="card-unsaved"):
            st.html(f'<p class="card-text">{escape(page.text("briefing.unsaved"))}</p>')
            st.code(lost, language=None, wrap_lines=True)
            st.button(page.text("briefing.unsaved.forget"), key="briefing.unsaved.forget", on_click=_forget_unsaved)
    return found


def show_items(page: Page, briefing: Briefing | None) -> None:
    """The charts, each with its picture, its words, and the ways up, down and out."""
    items = briefing.content.items if briefing else ()
    if briefing is None or not items:
        with st.container(border=True, key="card-empty"):
            show_title(page.text("briefing.empty.title"))
            st.html(f'<p class="card-text">{escape(page.text("briefing.empty"))}</p>')
        return
    for number, item in enumerate(items, start=1):
        with st.container(border=True, key=f"card-item-{item.key}"):
            _show_item(page, briefing, item, number)


def show_head(page: Page, briefing: Briefing) -> None:
    """Name, author, issue, date, language and size of the briefing."""
    with st.container(border=True, key="card-head-of-briefing"):
        show_title(
            page.text("briefing.head"),
            page.text("briefing.pinned", revision=briefing.revision, count=len(briefing.content.items)),
        )
        _field(page, briefing, "name", briefing.name, lambda text: briefing.but(name=text or briefing.name))
        _field(page, briefing, "author", briefing.author, lambda text: briefing.but(author=text))
        left, right = st.columns(2)
        with left:
            _field(page, briefing, "issue", briefing.content.issue, _content(briefing, "issue"))
        with right:
            _field(page, briefing, "date", briefing.content.date, _content(briefing, "date"))
        left, right = st.columns(2)
        with left:
            _choice(page, briefing, "language", LANGUAGES, lambda code: NAMES["en" if code == "en" else "zh"])
        with right:
            _choice(page, briefing, "size", tuple(SIZES), lambda code: page.text(f"export.size.{code}"))


def show_news(page: Page, briefing: Briefing) -> None:
    """What newer figures change of the briefing, and taking them over; nothing where it is of the newest revision."""
    if briefing.revision >= page.newest or not briefing.content.items:
        return
    with st.container(border=True, key="card-news"):
        show_title(
            page.text("briefing.news", revision=page.newest), page.text("briefing.news.line", own=briefing.revision)
        )
        with st.spinner(page.text("briefing.comparing")):
            found = changes_of(briefing, _views(page), revision=page.newest)
        if not found:
            st.html(f'<p class="card-text">{escape(page.text("briefing.news.none"))}</p>')
        else:
            with st.expander(page.text("briefing.news.count", count=len(found)), expanded=len(found) <= _MOST_SHOWN):
                for changes in found:
                    _show_changes(page, briefing, changes)
        gone = frozenset(changes.item.key for changes in found if changes.is_gone)
        st.button(
            page.text("briefing.refresh", revision=page.newest),
            key="briefing.refresh",
            type="primary",
            icon=":material/update:",
            on_click=_keep,
            args=(page, refreshed(briefing, page.newest, keep=gone)),
        )


def show_saved(page: Page, briefing: Briefing | None) -> None:
    """Saved briefings to open, copy or delete; on a server that others reach, only one's own."""
    saved = _listed()
    with st.container(border=True, key="card-saved"):
        show_title(page.text("briefing.saved", count=len(saved)))
        for one in saved:
            is_open = briefing is not None and one.id == briefing.id
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"saved-{one.id}"):
                date = one.changed_at.astimezone(BEIJING).strftime("%Y-%m-%d")
                line = page.text(
                    "briefing.saved.line", revision=one.revision, count=len(one.content.items), author=one.author or "—"
                )
                name = f"<b>{escape(one.name)}</b>" if is_open else escape(one.name)
                st.html(f'<div class="saved">{name}<span>{escape(line)} · {date}</span></div>')
                if not is_open:
                    _act(page, "open", one, "folder_open", _open)
                _act(page, "copy", one, "content_copy", _duplicate)
                with st.popover(page.text("briefing.delete"), type="tertiary", key=f"briefing.delete.{one.id}"):
                    st.write(plain(page.text("briefing.delete.sure", name=one.name)))
                    _act(page, "delete.do", one, "delete", _delete)
        st.button(page.text("briefing.new"), key="briefing.new", icon=":material/add:", on_click=_begin, args=(page,))


def show_outdated(desk: Desk) -> None:
    """The saved briefings that the newest figures make out of date; nothing where there are none."""
    found = outdated(_listed(), lambda address: reads.opened(address, desk.newest), revision=desk.newest)
    if not found:
        return
    with st.container(border=True, key="card-outdated"):
        show_title(desk.text("briefing.outdated", revision=desk.newest), desk.text("briefing.outdated.line"))
        for one, count in found:
            line = desk.text("briefing.outdated.one", name=one.name, revision=one.revision, count=count)
            query = {_CHOSEN: one.id, "lang": desk.language}
            st.page_link(PROJECT / "pages/explore/briefing.py", label=plain(line), query_params=query)


def _listed() -> list[Briefing]:
    """All saved briefings at the machine itself; only one's own where others reach the server: an id opens one."""
    return list_briefings(reads.store(), owner=None if may(person_here(), "publish") else visitor())


def _show_item(page: Page, briefing: Briefing, item: Item, number: int) -> None:
    content = briefing.content
    opened = reads.opened(item.address, page.newest)
    view = opened.view
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"item-head-{item.key}"):
        st.html(f'<span class="item-number">{escape(page.text("briefing.item", number=number))}</span>')
        _edited(page, page.text("briefing.own_title"), bool(view.spec.title))
        _edited(page, page.text("briefing.own_text"), item.text is not None)
        steps = {"up": (-1, "arrow_upward", number > 1), "down": (1, "arrow_downward", number < len(content.items))}
        with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"item-ways-{item.key}"):
            for name, (step, icon, is_possible) in steps.items():
                _way(page, briefing, item, name, icon, content.moved(item.key, step), is_possible=is_possible)
            _way(page, briefing, item, "remove", "close", content.without(item.key))
    left, right = st.columns([1.1, 1], gap="medium")
    with left:
        _show_picture(page, opened, content.size)
        st.html(
            f'<a class="more" href="{escape(item.address.lstrip("/"))}" target="_self">'
            f"{escape(page.text('briefing.open_view'))}</a>"
        )
    with right:
        _edit_words(page, briefing, item, opened)


def _show_picture(page: Page, opened: Opened, size: str) -> None:
    leaf = leaf_of(reads.store(), opened.view, page=opened.asked.page)
    if leaf.no_picture is not None:
        st.info(plain(error_text(page.language, leaf.no_picture)), icon=":material/table:")
        return
    try:
        st.image(reads.delivered(leaf, "png", size, 1), width="stretch", alt=opened.view.caption.alt)
    except Unavailable as error:
        st.warning(plain(error_text(page.language, error)), icon=":material/warning:")


def _edit_words(page: Page, briefing: Briefing, item: Item, opened: Opened) -> None:
    content, view, key = briefing.content, opened.view, f"{briefing.id}.{item.key}.{briefing.version}"
    found = view.caption.title

    def section() -> None:
        typed = _typed(f"{key}.section")[:LONGEST_TITLE]
        _keep_content(page, briefing, content.with_item(item.key, section=typed), typed)

    def title() -> None:
        typed = _typed(f"{key}.title")
        own = "" if typed == found and not view.spec.title else typed
        _keep_content(page, briefing, retitled(content, item.key, own), typed)

    def text() -> None:
        typed = _typed(f"{key}.text")[:LONGEST_TEXT]
        own = None if typed in ("", view.sentences) else typed
        _keep_content(page, briefing, content.with_item(item.key, text=own), typed)

    st.text_input(
        page.text("briefing.section"),
        item.section,
        key=f"{key}.section",
        on_change=section,
        placeholder=page.text("briefing.section.hint"),
    )
    st.text_input(
        page.text("briefing.title"), found, key=f"{key}.title", on_change=title, help=page.text("briefing.title.hint")
    )
    st.text_area(
        page.text("briefing.text"),
        view.sentences if item.text is None else item.text,
        key=f"{key}.text",
        on_change=text,
        height=140,
        help=page.text("briefing.text.hint"),
    )


def _typed(key: str) -> str:
    return str(st.session_state[key]).strip()


def _edited(page: Page, words: str, is_edited: bool) -> None:
    if is_edited:
        st.html(f'<span class="edited">{escape(words)}</span>')


def _way(
    page: Page, briefing: Briefing, item: Item, name: str, icon: str, after: Content, *, is_possible: bool = True
) -> None:
    st.button(
        page.text(f"briefing.{name}"),
        key=f"{briefing.id}.{item.key}.{name}",
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=not is_possible,
        on_click=_keep_content,
        args=(page, briefing, after),
    )


def _act(page: Page, name: str, one: Briefing, icon: str, act: Callable[[Page, Briefing], None]) -> None:
    st.button(
        page.text(f"briefing.{name}"),
        key=f"briefing.{name}.{one.id}",
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=act,
        args=(page, one),
    )


def _field(page: Page, briefing: Briefing, name: str, value: str, changed: Callable[[str], Briefing]) -> None:
    key = f"briefing.{name}.{briefing.id}.{briefing.version}"
    st.text_input(
        page.text(f"briefing.{name}"),
        value,
        key=key,
        placeholder=page.text(f"briefing.{name}.hint"),
        max_chars=LONGEST_TITLE,
        on_change=lambda: _keep(page, changed(_typed(key)), _typed(key)),
    )


def _content(briefing: Briefing, name: str) -> Callable[[str], Briefing]:
    return lambda text: briefing.but(content=briefing.content.but(**{name: text}))


def _choice(
    page: Page, briefing: Briefing, name: str, options: tuple[str, ...], format_func: Callable[[str], str]
) -> None:
    key = f"briefing.{name}.{briefing.id}.{briefing.version}"
    now = getattr(briefing.content, name)

    def keep() -> None:
        chosen = st.session_state[key]
        content = briefing.content
        after = in_language(content, chosen) if name == "language" else content.but(**{name: chosen})
        _keep_content(page, briefing, after)

    st.selectbox(
        page.text(f"briefing.{name}"),
        options,
        index=options.index(now),
        key=key,
        format_func=format_func,
        on_change=keep,
    )


def _show_changes(page: Page, briefing: Briefing, changes: ItemChanges) -> None:
    number = [item.key for item in briefing.content.items].index(changes.item.key) + 1
    figure = page.text("briefing.item", number=number)
    if changes.is_gone:
        st.warning(plain(page.text("briefing.gone", figure=figure, title=changes.title[0])), icon=":material/warning:")
        return
    rows = []
    for kind, pair in (("title", changes.title), ("sentences", changes.sentences)):
        if pair[0] != pair[1]:
            rows.append((page.text(f"briefing.change.{kind}"), *pair))
    rows += [
        (page.text("briefing.change.place", region=c.region, year=c.period), c.before, c.after) for c in changes.places
    ]
    rows += [(f"{c.region} {c.period}", c.before or "—", c.after or "—") for c in changes.told]
    left_out = len(changes.figures) - len(changes.told)
    st.html(f'<p class="card-text"><b>{escape(figure)}</b></p>')
    show_rows([page.text(f"briefing.change.{name}") for name in ("what", "before", "after")], rows, is_list=True)
    if left_out:
        st.caption(page.text("briefing.change.more", count=left_out))
    if changes.item.text is not None or has_own_title(changes.item.address):
        st.caption(page.text("briefing.change.own_text"))


def _views(page: Page) -> Callable[[str], Opened]:
    return lambda address: reads.opened(address, page.newest)


def _keep_content(page: Page, briefing: Briefing, content: Content, typed: str = "") -> None:
    _keep(page, briefing.but(content=content), typed)


def _keep(page: Page, briefing: Briefing, typed: str = "") -> None:
    """Save the briefing; where that is refused, say why and keep what was typed in sight."""
    try:
        save_briefing(reads.store(), briefing, now=datetime.now(UTC))
    except IndicatorsError as error:
        st.session_state["briefing.said"] = error_text(page.language, error)
        st.session_state[_UNSAVED] = typed or st.session_state.get(_UNSAVED, "")
    else:
        if typed and typed == st.session_state.get(_UNSAVED):
            _forget_unsaved()


def _forget_unsaved() -> None:
    st.session_state[_UNSAVED] = ""


def _begin(page: Page) -> None:
    content = Content(language=page.language)
    now = datetime.now(UTC)
    made = new_briefing(
        owner=visitor(), name=page.text("briefing.unnamed"), revision=page.edition.revision, now=now, content=content
    )
    add_briefing(reads.store(), made)
    write_link(_CHOSEN, made.id)


def _duplicate(page: Page, one: Briefing) -> None:
    name = page.text("briefing.copy_of", name=one.name)[:LONGEST_TITLE]
    made = duplicated(one, owner=visitor(), name=name, now=datetime.now(UTC))
    add_briefing(reads.store(), made)
    write_link(_CHOSEN, made.id)


def _delete(_page: Page, one: Briefing) -> None:
    delete_briefing(reads.store(), one)
    write_link(_CHOSEN, "")


def _open(_page: Page, one: Briefing) -> None:
    write_link(_CHOSEN, one.id)
