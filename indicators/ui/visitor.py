"""Who keeps a briefing: a name drawn by lot that the visitor's browser remembers, until people sign in."""

import re
from secrets import token_hex

import streamlit as st

_COOKIE, _KEY = "indicators-visitor", "visitor"
_VALID = re.compile(r"[0-9a-f]{16}")
_A_YEAR = 365 * 24 * 3600
_SCRIPT = f"""
export default function ({{ data }}) {{
  document.cookie = "{_COOKIE}=" + data.visitor + "; path=/; max-age={_A_YEAR}; samesite=lax";
}}
"""
_remember = st.components.v2.component("visitor", js=_SCRIPT)


def visitor() -> str:
    """This visitor's name, the same one when they come again with the same browser."""
    return _remembered() or str(st.session_state.setdefault(_KEY, token_hex(8)))


def remember_visitor() -> None:
    """Have the browser remember the name of somebody who is here for the first time."""
    if not _remembered():
        with st.container(key="quiet-visitor"):
            _remember(key="visitor.cookie", data={"visitor": visitor()}, height=1)


def _remembered() -> str:
    found = st.context.cookies.get(_COOKIE)
    return found if isinstance(found, str) and _VALID.fullmatch(found) else ""
