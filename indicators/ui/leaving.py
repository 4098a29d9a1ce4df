"""What a chart leaves the page by: a file of any kind, the clipboard, or the briefing in the making."""

from datetime import UTC, datetime

import streamlit as st

from indicators.charts.picture import SIZES
from indicators.errors import IndicatorsError, Unavailable
from indicators.export.painter import FORMATS
from indicators.language.messages import error_text
from indicators.tasks.addresses import address_of
from indicators.tasks.briefing import add_view
from indicators.tasks.browse import View
from indicators.tasks.deliver import FILE_KINDS, MIME, MOST_TIMES, FileKind, Leaf, leaf_of
from indicators.ui import reads
from indicators.ui.copy_picture import copy_button
from indicators.ui.shell import Page, plain
from indicators.ui.visitor import visitor

IN_THE_MAKING = "briefing.in_the_making"
_USUAL_TIMES = 2
_KIND, _SIZE, _TIMES = "export.kind", "export.size", "export.times"
_IN_BROWSER = {"displayModeBar": True, "displaylogo": False, "modeBarButtons": [["toImage"]], "scrollZoom": False}


def offer_ways_out(page: Page, view: View, *, key: str) -> None:
    """Under a chart: its files, and the briefing."""
    if view.is_empty:
        return
    with st.container(key=f"ways-{key}", horizontal=True, gap="small"):
        if st.button(page.text("export.open"), icon=":material/download:", type="tertiary", key=f"{key}.export"):
            st.dialog(page.text("export.title"), width="large")(_show_files)(page, view)
        st.button(
            page.text("briefing.add"),
            icon=":material/playlist_add:",
            type="tertiary",
            key=f"{key}.brief",
            on_click=_add_to_briefing,
            args=(page, view),
        )


def _add_to_briefing(page: Page, view: View) -> None:
    revision = view.edition.revision
    try:
        briefing = add_view(
            reads.store(),
            address_of(page.name, view.spec, revision=revision),
            owner=visitor(),
            current=st.session_state.get(IN_THE_MAKING, ""),
            name=page.text("briefing.unnamed"),
            revision=revision,
            now=datetime.now(UTC),
        )
    except IndicatorsError as error:
        st.toast(error_text(page.language, error), icon=":material/info:")
        return
    st.toast(page.text("briefing.added", count=len(briefing.content.items)), icon=":material/check:")


def _show_files(page: Page, view: View) -> None:
    try:
        leaf = leaf_of(reads.store(), view, page=page.name)
        kinds = tuple(kind for kind in FILE_KINDS if kind not in FORMATS or leaf.has_picture)
        kind = _choose_kind(page, kinds)
        if leaf.no_picture is not None:
            st.info(plain(error_text(page.language, leaf.no_picture)), icon=":material/table:")
        else:
            st.caption(page.text(f"export.hint.{kind}"))
        if kind in FORMATS:
            size, times = _choose_size(page, kind)
        else:
            size, times = next(iter(SIZES)), 1
        _show_file(page, leaf, kind, size, times)
    except IndicatorsError as error:
        st.error(plain(error_text(page.language, error)), icon=":material/error:")


def _choose_kind(page: Page, kinds: tuple[FileKind, ...]) -> FileKind:
    if st.session_state.get(_KIND) not in kinds:
        st.session_state[_KIND] = kinds[0]
    chosen = st.segmented_control(
        page.text("export.kind"),
        kinds,
        key=_KIND,
        format_func=lambda kind: page.text(f"export.kind.{kind}"),
        required=True,
    )
    return chosen or kinds[0]


def _choose_size(page: Page, kind: FileKind) -> tuple[str, int]:
    left, right = st.columns([3, 1])
    with left:
        size = st.segmented_control(
            page.text("export.size"),
            list(SIZES),
            default=st.session_state.get("export.last_size", next(iter(SIZES))),
            key=_SIZE,
            format_func=lambda code: page.text(f"export.size.{code}"),
            required=True,
        )
    times = 1
    if kind == "png":
        with right:
            times = st.segmented_control(
                page.text("export.times"),
                range(1, MOST_TIMES + 1),
                default=st.session_state.get("export.last_times", _USUAL_TIMES),
                key=_TIMES,
                format_func=lambda factor: f"×{factor}",
                required=True,
            )
    st.session_state["export.last_size"] = size
    st.session_state["export.last_times"] = times
    return size, times


def _show_file(page: Page, leaf: Leaf, kind: FileKind, size: str, times: int) -> None:
    try:
        with st.spinner(page.text("export.making")):
            content = reads.delivered(leaf, kind, size, times)
            preview = _preview(leaf, kind, size, content)
    except Unavailable as error:
        if kind not in FORMATS:
            raise
        st.warning(plain(error_text(page.language, error)), icon=":material/warning:")
        _show_in_browser(page, leaf, size)
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="export-actions"):
        st.download_button(
            page.text("export.download", kind=kind.upper()),
            content,
            file_name=leaf.file_name(kind, size),
            mime=MIME[kind],
            key="export.download",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        if kind == "png":
            words = {part: page.text(f"export.{part}") for part in ("copy", "copied", "refused")}
            copy_button(content, **words, key="export.copy")
        st.html(f'<span class="stamp">{page.text("export.stamped", stamp=leaf.stamp)}</span>')
    if preview:
        st.image(preview, width="stretch", alt=leaf.view.caption.alt)


def _preview(leaf: Leaf, kind: FileKind, size: str, content: bytes) -> bytes:
    """A picture of what the file shows, where it shows one."""
    if kind == "png":
        return content
    return reads.delivered(leaf, "png", size, 1) if leaf.has_picture and kind in ("svg", "pdf", "docx") else b""


def _show_in_browser(page: Page, leaf: Leaf, size: str) -> None:
    """The picture drawn by the visitor's own browser, which can save it without any help of the server."""
    picture = leaf.picture(size)
    name = leaf.file_name("png", size).removesuffix(".png")
    options = {"format": "png", "filename": name, **picture.canvas(_USUAL_TIMES)}
    st.caption(page.text("export.in_browser"))
    st.plotly_chart(
        picture.figure,
        theme=None,
        config=_IN_BROWSER | {"toImageButtonOptions": options},
        key="export.figure",
        width="content",
        alt=leaf.view.caption.alt,
    )
