"""地区比较: one indicator, who is ahead and by how much, in one year, between two, or over many."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import card_head
from indicators.ui.controls import choose_comparison
from indicators.ui.pickers import pick_chart, pick_title
from indicators.ui.play import show_playable
from indicators.ui.shell import open_page
from indicators.ui.side_by_side import pick_ready_view, pick_side_by_side, show_facts

page = open_page("compare")
shows_facts = page.spec.chart == "facts"
view = reads.view(page.edition, page.spec)
controls = st.container()
with st.container(border=True, key="card-compare"):
    kinds, ways = card_head()
    if shows_facts:
        show_facts(page, view, key="compare")
    else:
        show_playable(page, view, key="compare", ways=ways)
with controls:  # after the chart, which everybody waits for
    pick_ready_view(page)
    if not shows_facts:
        choose_comparison(page, page.offer.measures)
with kinds:
    if not shows_facts:
        pick_chart(page)
    pick_side_by_side(page, view)
with ways:
    pick_title(page, view)
