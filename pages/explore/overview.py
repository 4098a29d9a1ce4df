"""总览: where the region in focus stands, in ten seconds."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.controls import choose_standing
from indicators.ui.meeting import is_meeting, offer_meeting, show_meeting
from indicators.ui.panels import show_freshness, show_key_figures, show_latest_revision, show_movers
from indicators.ui.play import show_playable
from indicators.ui.shell import open_page, show_heading

page = open_page("overview")
if is_meeting():
    show_meeting(page)
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", key="overview-head"):
    show_heading(page)
    offer_meeting(page)
show_key_figures(page)
choose_standing(page)

left, right = st.columns([1.2, 1], gap="small")
with left, st.container(border=True, key="card-map", height="stretch"):
    show_playable(page, reads.view(page.edition, page.spec), key="overview.map", in_sentences=False)
with right, st.container(border=True, key="card-ranking", height="stretch"):
    ranking = page.spec.but(chart="ranking", top=15, title="")
    show_playable(page, reads.view(page.edition, ranking), key="overview.ranking")
left, right = st.columns(2, gap="small")
with left, st.container(border=True, key="card-movers", height="stretch"):
    show_movers(page)
with right:
    with st.container(border=True, key="card-freshness"):
        show_freshness(page)
    with st.container(border=True, key="card-revision", height="stretch"):
        show_latest_revision(page)
