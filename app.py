"""科技成果转化统计指标看板 – the router: which pages there are, and in which language they are named."""

import streamlit as st

from indicators.language.messages import text
from indicators.ui.shell import guarded, language_in_use, show_name

language = language_in_use()
st.set_page_config(page_title=text(language, "app.name"), page_icon=":material/monitoring:", layout="wide")
show_name(language)
pages = [
    st.Page(f"pages/explore/{name}.py", title=text(language, f"page.{name}"), default=name == "overview")
    for name in ("overview", "compare", "trend")
]
with guarded():
    st.navigation(pages, position="top").run()
