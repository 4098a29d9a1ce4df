"""A button that puts a picture into the clipboard, from where Word, PowerPoint and WPS paste it."""

from base64 import b64encode

import streamlit as st

_HTML = '<button type="button"><span></span></button>'
_CSS = """
button { font: inherit; font-size: 0.95rem; color: #1b2733; background: #fff; border: 1px solid #d5dbe1;
         border-radius: 6px; padding: 0.42rem 0.8rem; cursor: pointer; white-space: nowrap; }
button:hover { border-color: #1f4e79; color: #1f4e79; }
button:focus-visible { outline: 2px solid #1f4e79; outline-offset: 2px; }
"""
_SCRIPT = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const words = button.querySelector("span");
  words.textContent = data.copy;
  button.onclick = async () => {
    try {
      const bytes = Uint8Array.from(atob(data.picture), letter => letter.charCodeAt(0));
      const blob = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      words.textContent = data.copied;
    } catch (error) {
      words.textContent = data.refused;
    }
    setTimeout(() => { words.textContent = data.copy; }, 4000);
  };
}
"""
_button = st.components.v2.component("copy_picture", html=_HTML, css=_CSS, js=_SCRIPT)


def copy_button(content: bytes, *, copy: str, copied: str, refused: str, key: str) -> None:
    """The button, with the words that it says before and after, and where the browser refuses."""
    words = {"copy": copy, "copied": copied, "refused": refused}
    _button(key=key, data={"picture": b64encode(content).decode(), **words}, width="content")
