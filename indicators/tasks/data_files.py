"""The CSV files that a store starts from, read as texts with the place of every row."""

import csv
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pandas as pd

from indicators.errors import Invalid, NotFound, Unavailable
from indicators.model.catalogue import ENTRY_TYPES
from indicators.model.observation import COLUMNS

CATALOGUE_FILES = {
    "indicator": "catalogue/indicators.csv",
    "region": "catalogue/regions.csv",
    "source": "catalogue/sources.csv",
    "basis": "catalogue/bases.csv",
    "unit": "catalogue/units.csv",
    "subject": "catalogue/subjects.csv",
    "group": "catalogue/groups.csv",
}


@dataclass(frozen=True)
class TextTable:
    """A CSV file as texts; `lines` holds the line of the file on which each row begins."""

    file: str
    lines: list[int]
    frame: pd.DataFrame


@dataclass(frozen=True)
class DataFiles:
    """All files of the folder, by kind of entry and by name, and a hash of their bytes."""

    catalogue: dict[str, TextTable]
    figures: list[TextTable]
    content_hash: str


def read_files(data_dir: Path) -> DataFiles:
    """Every file that the folder must hold.

    Raises NotFound("data.missing_folder"), NotFound("data.missing_file"),
    Unavailable("data.unreadable"), Invalid("data.not_utf8"), Invalid("data.not_csv") and
    Invalid("data.columns"), each with the file.
    """
    if not data_dir.is_dir():
        raise NotFound("data.missing_folder", folder=str(data_dir))
    names = [*CATALOGUE_FILES.values(), *_figure_files(data_dir)]
    contents = {name: _content(data_dir, name) for name in names}
    return DataFiles(
        catalogue={
            kind: _table(name, contents[name], list(ENTRY_TYPES[kind].model_fields))
            for kind, name in CATALOGUE_FILES.items()
        },
        figures=[_table(name, contents[name], COLUMNS) for name in names[len(CATALOGUE_FILES) :]],
        content_hash=_hash(contents),
    )


def _figure_files(data_dir: Path) -> list[str]:
    names = sorted(file.name for file in (data_dir / "figures").glob("*.csv") if file.name[0] not in ".~")
    if not names:
        raise NotFound("data.missing_file", file="figures/*.csv")
    return [f"figures/{name}" for name in names]


def _content(data_dir: Path, name: str) -> bytes:
    try:
        return (data_dir / name).read_bytes()
    except FileNotFoundError:
        raise NotFound("data.missing_file", file=name) from None
    except OSError as error:
        raise Unavailable("data.unreadable", file=name, reason=error.strerror or str(error)) from None


def _hash(contents: dict[str, bytes]) -> str:
    digest = sha256()
    for name, content in sorted(contents.items()):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _table(file: str, content: bytes, columns: list[str]) -> TextTable:
    lines, rows = _rows(file, _text(file, content))
    header = rows[0] if rows else []
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns or header.count(column) > 1]
    if missing or unknown:
        raise Invalid("data.columns", file=file, row=1, missing=_listed(missing), unknown=_listed(unknown))
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(header):
            raise Invalid("data.row_width", file=file, row=line, found=len(row), expected=len(header))
    return TextTable(file, lines[1:], pd.DataFrame(rows[1:], columns=header, dtype="str"))


def _text(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("data.not_utf8", file=file, row=content[: error.start].count(b"\n") + 1) from None


def _rows(file: str, text: str) -> tuple[list[int], list[list[str]]]:
    """Rows with the line on which each begins; empty lines are left out."""
    if "\0" in text:
        raise Invalid("data.not_csv", file=file, row=text[: text.index("\0")].count("\n") + 1)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    begin = 1
    try:
        for row in reader:
            if row:
                lines.append(begin)
                rows.append(row)
            begin = reader.line_num + 1
    except csv.Error:
        raise Invalid("data.not_csv", file=file, row=begin) from None
    return lines, rows


def _listed(columns: list[str]) -> str:
    return ", ".join(dict.fromkeys(columns)) or "–"
