"""One indicator in full: what it means, where it has figures, where they come from, how to cite them."""

from html import escape
from string import ascii_uppercase

import streamlit as st

from indicators.language.listing import exact_number, period_text
from indicators.language.messages import joined
from indicators.language.names import region_name
from indicators.language.numbers import scale_of
from indicators.model.catalogue import Indicator
from indicators.model.notes import notes_of
from indicators.model.selection import Selection, selection_query
from indicators.model.spec import LANGUAGES, Link
from indicators.tasks.indicator_page import CoverageMatrix, Covered, citations, coverage_matrix
from indicators.tasks.look_up import views_of
from indicators.ui import reads
from indicators.ui.figure_record import link_to_charts, show_data_notes, show_pairs
from indicators.ui.html_tables import show_rows, show_title
from indicators.ui.shell import Page, write_link

_FEW = 24


def show_indicator(page: Page) -> None:
    """The indicator of the link, or the first headline."""
    indicator = page.catalogue.indicators[_pick(page)]
    own = reads.figures(page.edition.revision).of(indicator.code)
    with st.container(border=True, key="card-indicator"):
        show_title(indicator.name(page.language), indicator.definition(page.language))
        show_pairs(_facts(page, indicator, len(own)), page.language)
        _show_links(page, indicator)
    if own.empty:
        st.info(page.text("indicator.count.none"), icon=":material/info:")
        return
    with st.container(border=True, key="card-coverage"):
        if len(own) <= _FEW:
            _show_figures(page, indicator)
        else:
            _show_coverage(page, coverage_matrix(own, page.catalogue))
    notes = notes_of(own)
    if notes:
        with st.container(border=True, key="card-notes"):
            show_title(page.text("figures.record.notes"))
            show_data_notes(page, notes)
    with st.container(border=True, key="card-citation"):
        _show_sources(page, indicator)


def _pick(page: Page) -> str:
    """The indicator, from the link or chosen."""
    indicators = page.catalogue.indicators
    asked = Link({"i": st.query_params.get("i", "")}).codes("i", "indicator", indicators)
    chosen = asked[0] if asked else page.catalogue.headlines[0].code
    key = "figures.indicator"
    st.session_state[key] = chosen
    order = {category: place for place, category in enumerate(dict.fromkeys(i.category for i in indicators.values()))}
    with st.container(border=True, key="filters"):
        st.selectbox(
            page.text("figures.part.indicators"),
            sorted(indicators, key=lambda code: order[indicators[code].category]),
            key=key,
            format_func=lambda code: (
                f"{page.text(f'category.{indicators[code].category}')} · {indicators[code].name(page.language)}"
            ),
            on_change=lambda: write_link("i", st.session_state[key]),
        )
    return chosen


def _facts(page: Page, indicator: Indicator, count: int) -> list[tuple[str, str]]:
    catalogue, language = page.catalogue, page.language
    joint = "：" if language == "zh" else ": "
    bases = [catalogue.bases[code] for code in indicator.all_bases]
    told = [(page.text("indicator.bases"), page.text("indicator.basis.only"))] if not bases else []
    told += [
        (page.text("indicator.bases") if n == 0 else " ", f"{basis.name(language)}{joint}{basis.definition(language)}")
        for n, basis in enumerate(bases)
    ]
    chinese = [alias for alias in indicator.aliases if any("\u4e00" <= letter <= "\u9fff" for letter in alias)]
    aliases = [alias for alias in indicator.aliases if (alias in chinese) == (language == "zh")]
    return [
        (page.text("indicator.unit"), catalogue.units[indicator.unit].name(language)),
        (page.text("indicator.category"), page.text(f"category.{indicator.category}")),
        (page.text("indicator.kind"), page.text(f"kind.{indicator.kind}")),
        (page.text("indicator.direction"), page.text(f"direction.{indicator.direction}")),
        *told,
        (page.text("indicator.aliases"), joined(aliases, language)),
        (page.text("indicator.count"), f"{count:,}"),
    ]


def _show_links(page: Page, indicator: Indicator) -> None:
    views = views_of(indicator.code, page.spec, reads.coverage(page.edition.revision), page.catalogue)
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to_charts(page, views)
        st.button(
            page.text("figures.open.data"),
            icon=":material/table_rows:",
            type="tertiary",
            key="figures.to_data",
            on_click=lambda: _go_to_data(indicator.code),
        )


def _go_to_data(code: str) -> None:
    write_link("view", "data")
    for param, value in selection_query(Selection(indicators=(code,))).items():
        write_link(param, value)


def _show_figures(page: Page, indicator: Indicator) -> None:
    """All figures of an indicator that has only few."""
    catalogue, language = page.catalogue, page.language
    own = reads.figures(page.edition.revision).of(indicator.code)
    show_title(page.text("indicator.figures"))
    rows = []
    for row in own.to_dict("records"):
        scale = scale_of([row["value"]], row["unit"], catalogue=catalogue, language=language)
        subject = catalogue.subjects.get(row["subject"])
        basis = catalogue.bases.get(row["basis"])
        region = region_name(row["region"], catalogue, language)
        rows.append(
            [
                f"{region} · {subject.name(language)}" if subject else region,
                period_text(row["period"], language),
                scale.full(row["value"], row["qualifier"]) if exact_number(row["value"]) else row["printed"],
                page.text(f"status.{row['status']}"),
                basis.name(language) if basis else "",
                row["printed"],
                catalogue.sources[row["source"]].name(language),
            ]
        )
    columns = ("region", "period", "value", "status", "basis", "printed", "source")
    show_rows([page.text(f"figures.column.{name}") for name in columns], rows, numbers=(2,))


def _show_coverage(page: Page, matrix: CoverageMatrix) -> None:
    """Regions down, years across; every cell says in signs what it has."""
    show_title(page.text("indicator.coverage"), page.text("indicator.coverage.legend"))
    letters = dict(zip(matrix.bases, ascii_uppercase, strict=False)) if len(matrix.bases) > 1 else {}
    if letters:
        named = [f"{letter} {page.catalogue.bases[basis].name(page.language)}" for basis, letter in letters.items()]
        line = page.text("indicator.coverage.bases", letters=("　" if page.language == "zh" else " · ").join(named))
        st.html(f'<p class="card-text">{escape(line)}</p>')
    head = "".join(f'<th scope="col">{year}</th>' for year in matrix.years)
    body = "".join(
        f'<tr{_focus(page, region)}><th scope="row">{escape(region_name(region, page.catalogue, page.language))}</th>'
        + "".join(_cell(page, matrix.cells.get((region, year)), letters, region, year) for year in matrix.years)
        + "</tr>"
        for region in matrix.regions
    )
    caption = escape(page.text("indicator.coverage"))
    st.html(
        f'<div class="matrix" tabindex="0"><table><caption class="hidden">{caption}</caption>'
        f"<thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    if matrix.others:
        st.html(f'<p class="card-text muted">{escape(page.text("indicator.coverage.others", count=matrix.others))}</p>')


def _focus(page: Page, region: str) -> str:
    return ' class="focus"' if region == page.spec.highlight else ""


def _cell(page: Page, cell: Covered | None, letters: dict[str, str], region: str, year: int) -> str:
    name = region_name(region, page.catalogue, page.language)
    if cell is None:
        words = page.text(
            "indicator.coverage.cell", region=name, year=year, words=page.text("indicator.coverage.missing")
        )
        return f'<td class="none" title="{escape(words)}"></td>'
    bases = [page.catalogue.bases[basis].name(page.language) for basis in cell.bases if basis]
    status = page.text("status.actual" if cell.is_actual else "indicator.coverage.weak")
    words = page.text("indicator.coverage.cell", region=name, year=year, words=joined([status, *bases], page.language))
    sign = "".join(letters.get(basis, "") for basis in cell.bases) or ("●" if cell.is_actual else "◐")
    kind = "firm" if cell.is_actual else "weak"
    return f'<td class="{kind}" title="{escape(words)}">{escape(sign)}</td>'


def _show_sources(page: Page, indicator: Indicator) -> None:
    """Sources with their editions, and the citation of each in both languages, to be copied."""
    catalogue, language = page.catalogue, page.language
    own = reads.figures(page.edition.revision).of(indicator.code)
    show_title(page.text("indicator.sources"))
    counts = own["source"].value_counts()
    rows = [
        [catalogue.sources[str(code)].citation(language), catalogue.sources[str(code)].edition(language), f"{count:,}"]
        for code, count in counts.items()
    ]
    columns = [page.text("figures.column.source"), page.text("sources.edition"), page.text("indicator.count")]
    show_rows(columns, rows, numbers=(2,), is_list=True)
    st.html(f'<h3 class="card-section">{escape(page.text("indicator.citation"))}</h3>')
    if any(catalogue.sources[str(code)].classification == "internal" for code in counts.index):
        st.caption(page.text("indicator.citation.internal"))
    st.code("\n".join(citations(own, page.edition, language)), language=None, wrap_lines=True)
    (other,) = (code for code in LANGUAGES if code != language)
    with st.expander(page.text("indicator.citation.other")):
        st.code("\n".join(citations(own, page.edition, other)), language=None, wrap_lines=True)
