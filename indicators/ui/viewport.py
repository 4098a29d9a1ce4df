"""Whether a visitor looks through a narrow window, such as a phone's: for what no stylesheet can lay out anew."""

import streamlit as st

NARROW_PIXELS = 760
_NARROW, _KEY = "is_narrow", "viewport"
_SCRIPT = f"""
export default function ({{ setStateValue }}) {{
  const narrow = window.matchMedia("(max-width: {NARROW_PIXELS}px)");
  const tell = () => setStateValue("narrow", narrow.matches);
  if (narrow.matches) tell();
  narrow.addEventListener("change", tell);
  return () => narrow.removeEventListener("change", tell);
}}
"""
_viewport = st.components.v2.component("viewport", js=_SCRIPT)


def is_narrow() -> bool:
    """Whether the window is narrow, as it last said; it is taken for wide until it has answered."""

    def keep() -> None:
        st.session_state[_NARROW] = bool(st.session_state[_KEY].narrow)

    with st.container(key="quiet-viewport"):
        _viewport(key=_KEY, height=1, on_narrow_change=keep)
    return bool(st.session_state.get(_NARROW, False))
