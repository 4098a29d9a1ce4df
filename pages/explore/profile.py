"""地区画像: one region, all its indicators – latest figure, place among the provinces, course – and single facts."""

import streamlit as st

from indicators.ui.profile import (
    choose_profile,
    show_place_facts,
    show_profile,
    show_profile_heading,
)
from indicators.ui.shell import open_page

page = open_page("profile")
show_profile_heading(page)
controls = st.container()
with st.container(border=True, key="card-profile"):
    show_profile(page)
with st.container(border=True, key="card-facts"):
    show_place_facts(page)
with controls:  # after the rows, which everybody waits for
    choose_profile(page)
