"""Whether a visitor looks through a narrow or a low window: for what no stylesheet can lay out anew."""

import streamlit as st

NARROW_PIXELS = 760
LOW_PIXELS, OF_LAPTOP_PIXELS = 860, 1000
_SCRIPT = """
export default function ({ data, setStateValue }) {
  const asked = window.matchMedia(data);
  const tell = () => setStateValue("matches", asked.matches);
  if (asked.matches) tell();
  asked.addEventListener("change", tell);
  return () => asked.removeEventListener("change", tell);
}
"""
_viewport = st.components.v2.component("viewport", js=_SCRIPT)


def is_narrow() -> bool:
    """Whether the window is narrow, such as a phone's."""
    return _matches("narrow", f"(max-width: {NARROW_PIXELS}px)")


def is_low() -> bool:
    """Whether the window is low, such as a laptop's."""
    return _matches("low", f"(max-height: {LOW_PIXELS}px)")


def is_of_laptop() -> bool:
    """Whether the window is no higher than a large laptop's."""
    return _matches("of-laptop", f"(max-height: {OF_LAPTOP_PIXELS}px)")


def _matches(name: str, media: str) -> bool:
    """Whether the window fits a media query, as it last said; it is taken not to until it has answered."""
    key, kept = f"viewport-{name}", f"is_{name}"

    def keep() -> None:
        st.session_state[kept] = bool(st.session_state[key].matches)

    with st.container(key=f"quiet-{key}"):
        _viewport(key=key, data=media, height=1, on_matches_change=keep)
    return bool(st.session_state.get(kept, False))
