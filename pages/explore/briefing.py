"""简报制作: charts gathered into a briefing – ordered, worded, delivered, refreshed – and pictures that lead back."""

import streamlit as st

from indicators.ui.briefing import choose_briefing, show_head, show_items, show_news, show_saved
from indicators.ui.deliveries import show_deliveries
from indicators.ui.found import show_found
from indicators.ui.shell import open_lookup

page = open_lookup("briefing")
briefing = choose_briefing(page)
left, right = st.columns([2.1, 1], gap="small")
with right:  # before the pictures, which take their time
    if briefing:
        show_head(page, briefing)
        show_deliveries(page, briefing)
    show_saved(page, briefing)
    show_found(page)
with left:
    if briefing:
        show_news(page, briefing)
    show_items(page, briefing)
