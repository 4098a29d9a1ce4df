"""年度趋势: how fast regions move, or one region's several indicators, over the years."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.controls import choose_trend
from indicators.ui.pickers import pick_chart
from indicators.ui.shell import open_page

page = open_page("trend")
controls = st.container()
with st.container(border=True, key="card-trend"):
    kinds = st.container()
    show_view(page, reads.view(page.edition, page.spec), key="trend")
with controls:  # after the chart, which everybody waits for
    choose_trend(page, page.offer.measures)
with kinds:
    pick_chart(page)
