"""地区比较: one indicator, one or two years, who is ahead and by how much."""

import streamlit as st

from indicators.tasks.browse import view_of
from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.pickers import (
    pick_base_year,
    pick_basis,
    pick_chart,
    pick_earlier_year,
    pick_indicator,
    pick_measure,
    pick_reference,
    pick_regions,
    pick_scope,
    pick_top,
    pick_year,
)
from indicators.ui.shell import open_page

CHARTS = ("ranking", "map", "table")
MEASURES = ("value", "growth", "cagr", "share", "per_capita", "share_gdp", "gap")

page = open_page("compare", charts=CHARTS, measures=MEASURES)
with st.container(border=True, key="filters"):
    first = st.columns([2.6, 1, 1, 1.2])
    for column, pick in zip(first, (pick_indicator, pick_year, pick_earlier_year, lambda p: pick_measure(p, MEASURES))):
        with column:
            pick(page)
    second = st.columns([2.6, 1, 1, 1.2])
    for column, pick in zip(second, (pick_scope, pick_top, pick_reference, pick_basis)):
        with column:
            pick(page)
    pick_base_year(page)
    if len(page.spec.regions) > 1:
        pick_regions(page)

with st.container(border=True, key="card-compare"):
    pick_chart(page, CHARTS)
    view = view_of(page.spec, levels=reads.levels_in(page.edition.revision), edition=page.edition)
    show_view(page, view, key="compare")
