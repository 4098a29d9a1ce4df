"""年度趋势: how fast regions move, or one region's several indicators, over the years."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import card_head, show_view
from indicators.ui.controls import choose_trend
from indicators.ui.pickers import pick_chart, pick_title
from indicators.ui.shell import open_page

page = open_page("trend")
view = reads.view(page.edition, page.spec)
controls = st.container()
with st.container(border=True, key="card-trend"):
    kinds, ways = card_head()
    show_view(page, view, key="trend")
with controls:  # after the chart, which everybody waits for
    choose_trend(page, page.offer.measures)
with kinds:
    pick_chart(page)
with ways:
    pick_title(page, view)
