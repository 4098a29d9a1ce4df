"""Panels of the overview: key figures and what the latest revision changed."""

from base64 import b64encode
from collections.abc import Hashable, Mapping
from html import escape
from typing import cast

import pandas as pd
import streamlit as st

from indicators.charts.sparkline import sparkline
from indicators.language.captions import change_sign, place_text, series_scale, yearly_change_text
from indicators.language.names import region_name
from indicators.model.catalogue import Indicator
from indicators.tasks.browse import View, query_text
from indicators.ui import reads
from indicators.ui.html_tables import show_rows, show_title
from indicators.ui.shell import Page

_LAGS = (1, 5)
_MOST_MOVERS = 4
_MOST_SOURCES = 8
_MOST_TOUCHED = 12


def show_key_figures(page: Page) -> None:
    """The headline indicators of the region in focus: value, year, change, national place, course."""
    cards = "".join(_card(page, indicator) for indicator in page.catalogue.headlines)
    st.html(f'<div class="key-figures">{cards}</div>')


def show_latest_revision(page: Page) -> None:
    """What the revision on screen brought."""
    number = page.edition.revision
    row = cast(pd.Series, reads.revisions(page.newest).set_index("number").loc[number])
    counts = page.text(
        "revision.counts",
        added=f"{row['added']:,}",
        revised=f"{row['revised']:,}",
        withdrawn=f"{row['withdrawn']:,}",
    )
    touched = reads.touched(number)
    names = [
        f"{page.catalogue.indicators[code].short(page.language)} {count:,}"
        for code, count in list(touched.items())[:_MOST_TOUCHED]
    ]
    more = page.text("revision.more", count=len(touched)) if len(touched) > len(names) else ""
    st.html(
        f'<h2 class="card-title">{escape(page.text("revision.title", revision=number))}</h2>'
        f'<p class="card-subtitle">{escape(_origin(page, row))}</p><p class="card-text">{escape(counts)}</p>'
        f'<p class="card-text muted">{escape(" · ".join(names))} {escape(more)}</p>'
    )


def show_movers(page: Page) -> None:
    """Indicators in which the region in focus won or lost most places, on the year before and over five years."""
    region = region_name(str(page.spec.highlight), page.catalogue, page.language)
    show_title(page.text("movers.title", region=region), page.text("movers.line", count=_MOST_MOVERS))
    if page.spec.highlight not in page.catalogue.provinces:
        st.html(f'<p class="card-text muted">{escape(page.text("movers.unranked", region=region))}</p>')
        return
    for lag in _LAGS:
        with st.container():
            moved = reads.movers(page.edition.revision, str(page.spec.highlight), lag)
            one = ".one" if lag == 1 else ""
            if moved.empty:
                st.html(f'<p class="card-text muted">{escape(page.text(f"movers.none{one}", years=lag))}</p>')
                continue
            gains, losses = moved[moved["moved"] > 0].head(_MOST_MOVERS), moved[moved["moved"] < 0].tail(_MOST_MOVERS)
            heads = [page.text(f"movers.{name}") for name in ("indicator", "place", "moved")]
            rows = [_mover(page, row) for row in [*gains.to_dict("records"), *losses.to_dict("records")]]
            st.html(f'<p class="card-subtitle">{escape(page.text(f"movers.lag{one}", years=lag))}</p>')
            show_rows(heads, rows, numbers=(1, 2))


def _mover(page: Page, row: Mapping[Hashable, object]) -> list[str]:
    """Name and year of an indicator, the place then and now, and the step with its direction."""
    name = page.catalogue.indicators[str(row["indicator"])].short(page.language)
    moved = int(str(row["moved"]))
    step = page.text("card.moved", arrow="↑" if moved > 0 else "↓", count=abs(moved))
    year = page.text("caption.years.some", years=row["year"])
    return [f"{name} · {year}", f"{row['place_before']} → {row['place']}", step]


def show_freshness(page: Page) -> None:
    """The sources with the newest figures: how far each goes and how much it carries."""
    table = reads.freshness(page.edition.revision).head(_MOST_SOURCES)
    show_title(page.text("freshness.title"), page.text("freshness.line"))
    heads = [page.text(f"freshness.{name}") for name in ("source", "newest", "figures")]
    rows = [
        [
            page.catalogue.sources[row["source"]].citation(page.language),
            page.text("caption.years.some", years=int(row["newest"])) if pd.notna(row["newest"]) else "—",
            f"{row['figures']:,}",
        ]
        for row in table.to_dict("records")
    ]
    show_rows(heads, rows, numbers=(1, 2))


def _origin(page: Page, row: pd.Series) -> str:
    """Who published the revision and why; the figures that come with the program say so."""
    if row["origin"] == "data":
        return page.text("revision.with_program", date=_date(page))
    return f"{page.text('revision.by', author=row['author'], date=_date(page))} · {row['note']}"


def _date(page: Page) -> str:
    return page.edition.published.date().isoformat()


def _card(page: Page, indicator: Indicator) -> str:
    name = escape(indicator.short(page.language))
    years = reads.coverage(page.edition.revision).years(indicator.code)
    if not years:
        return f'<div class="key-figure"><div class="kf-head">{name}</div>{_none(page)}</div>'
    spec = page.spec.but(
        chart="lines",
        indicators=(indicator.code,),
        regions=(page.spec.highlight,),
        years=tuple(range(years[0], years[-1] + 1)),
        measure="value",
        reference=None,
        bases=(),
    )
    view = reads.view(page.edition, spec)
    shown = view.series.shown
    link = f"trend?{query_text(spec)}"
    head = f'<a class="key-figure" href="{escape(link)}" target="_self"><div class="kf-head"><span>{name}</span>'
    if shown.empty:
        return f"{head}</div>{_none(page)}</a>"
    last = shown.iloc[-1]
    year = escape(page.text("caption.years.some", years=last["year"]))
    scale = series_scale(view.series, page.catalogue)
    value = escape(scale.label(last["value"], last["qualifier"]))
    return (
        f'{head}<span class="kf-year">{year}</span></div>'
        f'<div class="kf-value">{value}<span class="kf-unit">{escape(scale.unit)}</span></div>'
        f'<div class="kf-foot"><span>{escape(_change(page, last))}</span><span>{_place(page, view, last)}</span></div>'
        f"{_course(shown)}</a>"
    )


def _none(page: Page) -> str:
    return f'<div class="kf-none">{escape(page.text("reason.not_published"))}</div>'


def _course(shown: pd.DataFrame) -> str:
    """The course as a picture; the words of the card say all that it shows."""
    svg = sparkline(shown)
    return (
        f'<img class="spark" alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">' if svg else ""
    )


def _change(page: Page, last: pd.Series) -> str:
    if pd.isna(last["change"]):
        return ""
    return page.text(
        "card.change", arrow=change_sign(last), change=yearly_change_text(last, page.catalogue, page.language)
    )


def _place(page: Page, view: View, last: pd.Series) -> str:
    """National place, and by how many places it moved on the year before."""
    if pd.isna(last["rank"]):
        return ""
    text = page.text(
        "card.place", place=place_text(last["rank"], last["rank_worst"], page.language), among=int(last["ranked"])
    )
    before = view.series.at(int(last["year"]) - 1)
    if len(before) and before["rank"].notna().all() and before["basis"].iloc[0] == last["basis"]:
        moved = int(before["rank"].iloc[0] - last["rank"])
        if moved:
            text += " " + page.text("card.moved", arrow="↑" if moved > 0 else "↓", count=abs(moved))
    return escape(text)
