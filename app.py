"""科技成果转化统计指标看板 – the router: which pages there are, and in which language they are named."""

import streamlit as st

from indicators.language.messages import text
from indicators.ui.shell import guarded, language_in_use

PAGES = {"overview": "", "compare": "compare", "trend": "trend"}

language = language_in_use()
st.set_page_config(page_title=text(language, "app.name"), page_icon=":material/monitoring:", layout="wide")
pages = [
    st.Page(
        f"pages/explore/{name}.py",
        title=text(language, f"page.{name}"),
        url_path=path or None,
        default=name == "overview",
    )
    for name, path in PAGES.items()
]
with guarded():
    st.navigation(pages, position="top").run()
