"""总览: where the region in focus stands, in ten seconds."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import show_view
from indicators.ui.controls import choose_standing
from indicators.ui.panels import show_key_figures, show_latest_revision
from indicators.ui.shell import open_page, show_heading

page = open_page("overview", charts=("map",))
show_heading(page)
show_key_figures(page)
choose_standing(page)

left, right = st.columns([1.2, 1], gap="small")
with left, st.container(border=True, key="card-map"):
    show_view(page, reads.view(page.edition, page.spec), key="overview.map", in_sentences=False)
with right, st.container(border=True, key="card-ranking"):
    ranking = page.spec.but(chart="ranking", top=20)
    show_view(page, reads.view(page.edition, ranking), key="overview.ranking")
with st.container(border=True, key="card-revision"):
    show_latest_revision(page)
