"""指标关联: two indicators against each other over regions, and the path of regions over the years."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import card_head, show_view
from indicators.ui.controls import choose_relation
from indicators.ui.pickers import pick_chart, pick_title
from indicators.ui.shell import open_page

page = open_page("relate")
view = reads.view(page.edition, page.spec)
controls = st.container()
with st.container(border=True, key="card-relate"):
    kinds, ways = card_head()
    show_view(page, view, key="relate")
with controls:  # after the chart, which everybody waits for
    choose_relation(page, page.offer.measures)
with kinds:
    pick_chart(page)
with ways:
    pick_title(page, view)
