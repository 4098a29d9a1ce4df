"""地区比较: one indicator, one or two years, who is ahead and by how much."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.controls import choose_comparison
from indicators.ui.pickers import pick_chart
from indicators.ui.shell import open_page

CHARTS = ("ranking", "map", "table")
MEASURES = ("value", "growth", "cagr", "share", "per_capita", "share_gdp", "gap")

page = open_page("compare", charts=CHARTS, measures=MEASURES)
controls = st.container()
with st.container(border=True, key="card-compare"):
    kinds = st.container()
    show_view(page, reads.view(page.edition, page.spec), key="compare")
with controls:  # after the chart, which everybody waits for
    choose_comparison(page, MEASURES)
with kinds:
    pick_chart(page, CHARTS)
