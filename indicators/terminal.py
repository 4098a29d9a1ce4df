"""Tables as a terminal or a file takes them: aligned text, JSON."""

import json
import os
import sys
from pathlib import Path
from unicodedata import combining, east_asian_width

import pandas as pd

from indicators.errors import Unavailable


def table_text(rows: pd.DataFrame) -> str:
    """Rows as aligned columns; Chinese characters are two places wide."""
    lines = [list(rows.columns), *rows.itertuples(index=False, name=None)]
    cells = [[" ".join(str(cell).split()) for cell in line] for line in lines]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "".join(_padded(line, widths) + "\n" for line in cells)


def json_text(content: object) -> str:
    """Content as JSON for machines, Chinese readable."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def show(text: str) -> None:
    """Writes to standard output at once, so that a reader who has gone is noticed here."""
    sys.stdout.write(text)
    sys.stdout.flush()


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises Unavailable("file.unreadable")."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable("file.unreadable", path=str(path), reason=error.strerror or str(error)) from None


def write_file(path: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all, text in UTF-8. Raises Unavailable("file.unwritable")."""
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():  # a pipe or a device; a folder is refused by the system
            path.write_bytes(data)
            return
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            draft.write_bytes(data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable("file.unwritable", path=str(path), reason=error.strerror or str(error)) from None


def _width(text: str) -> int:
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _padded(cells: list[str], widths: list[int]) -> str:
    return "  ".join(c + " " * (width - _width(c)) for c, width in zip(cells, widths, strict=True)).rstrip()
