"""Tables of words that wrap, as our own markup; numbers stand to the right."""

import re
from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from indicators.language.messages import text
from indicators.model.catalogue import Language

_CHINESE = re.compile("[\u3400-\u9fff]")


def show_rows(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = (), is_list: bool = False
) -> None:
    """A table of texts; `numbers` are the columns that hold figures. A list stands cell under cell on a phone."""
    head = "".join(f"<th{_side(place, numbers)}>{escape(heading)}</th>" for place, heading in enumerate(headings))
    body = "".join(f"<tr>{_cells(row, numbers)}</tr>" for row in rows)
    kind = "rows listed" if is_list else "rows"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    st.html(f'<div class="{kind}" tabindex="0">{table}</div>')  # what scrolls can be reached by keys


def show_tiles(tiles: Iterable[tuple[str, str]]) -> None:
    """Counts with their names, side by side."""
    parts = "".join(
        f'<div class="tile"><div class="tile-count">{escape(count)}</div><div>{escape(name)}</div></div>'
        for name, count in tiles
    )
    st.html(f'<div class="tiles">{parts}</div>')


def original(words: str, language: Language, *, is_told: bool = True) -> str:
    """Words as they are printed or noted, as markup; on an English page Chinese ones are marked as such."""
    if language == "zh" or not _CHINESE.search(words):
        return escape(words)
    told = f' <small class="original">{escape(text(language, "original"))}</small>' if is_told else ""
    return f'<span lang="zh">{escape(words)}</span>{told}'


def show_title(title: str, line: str = "") -> None:
    """The title of a card, with a line below."""
    below = f'<p class="card-subtitle">{escape(line)}</p>' if line else ""
    st.html(f'<h2 class="card-title">{escape(title)}</h2>{below}')


def _cells(row: Sequence[str], numbers: Sequence[int]) -> str:
    return "".join(f"<td{_side(place, numbers)}{_tongue(cell)}>{escape(cell)}</td>" for place, cell in enumerate(row))


def _side(place: int, numbers: Sequence[int]) -> str:
    return ' class="number"' if place in numbers else ""


def _tongue(cell: str) -> str:
    """The language of a cell, where its letters tell."""
    return ' lang="zh"' if _CHINESE.search(cell) else ""
