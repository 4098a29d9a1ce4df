"""年度趋势: how fast regions move, or one region's several indicators, over the years."""

import streamlit as st

from indicators.ui import reads
from indicators.ui.chart_card import card_head, show_view
from indicators.ui.controls import choose_trend
from indicators.ui.pickers import pick_chart, pick_title
from indicators.ui.shell import MOST_INDICATORS, open_page

CHARTS = ("lines", "multiples", "heat", "table")
MEASURES = ("value", "growth", "cagr", "index", "share", "per_capita", "share_gdp", "rank")
REFERENCES = ("nation", "mean", "median", "band")
PEERS = ("focus", "510000", "420000", "340000", "330000")

page = open_page(
    "trend",
    charts=CHARTS,
    measures=MEASURES,
    regions=PEERS,
    references=REFERENCES,
    most_indicators=MOST_INDICATORS,
    takes_many_years=True,
)
view = reads.view(page.edition, page.spec)
controls = st.container()
with st.container(border=True, key="card-trend"):
    kinds, ways = card_head()
    show_view(page, view, key="trend")
with controls:  # after the chart, which everybody waits for
    choose_trend(page, MEASURES)
with kinds:
    pick_chart(page, CHARTS)
with ways:
    pick_title(page, view)
