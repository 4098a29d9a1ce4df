"""科技成果转化统计指标看板 – the router.

The server imports this file once, to start, and runs it as a script for every visitor. The pages are
declared at the import already: otherwise Streamlit would look for pages by itself and greet the first
visitor of a link with "page not found".
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from indicators.ui.shell import apologise, declare_pages, guarded, visit

if get_script_run_ctx(suppress_warning=True) is None:
    declare_pages()
    app = st.App("app.py", on_script_error=apologise)
else:
    with guarded():
        visit()
