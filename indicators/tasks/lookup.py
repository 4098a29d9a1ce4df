"""Finding what a person means by a code or a name."""

from collections.abc import Iterable, Mapping
from typing import Literal

from rapidfuzz import fuzz, process, utils

from indicators.errors import NotFound
from indicators.model.catalogue import Entry

Kind = Literal["indicator", "region", "source"]

_NEAR = 60
_SHOWN = 3


def require_codes(codes: Iterable[str], entries: Mapping[str, Entry], *, kind: Kind) -> tuple[str, ...]:
    """The codes, if all are in the catalogue. Raises NotFound("unknown.…") with the first that is not and near ones."""
    chosen = tuple(codes)
    for code in chosen:
        if code not in entries:
            near = ", ".join(f"{entry.code} {entry.name_zh}" for entry in near_entries(code, entries)) or "–"
            raise NotFound(f"unknown.{kind}", found=code, suggestions=near)
    return chosen


def near_entries(text: str, entries: Mapping[str, Entry]) -> list[Entry]:
    """Up to three entries whose code, name or alias resembles the text, best first."""
    names = {(code, name): name for code, entry in entries.items() for name in _names(entry)}
    found = process.extract(
        text, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_NEAR, limit=20
    )
    codes = dict.fromkeys(key[0] for _, _, key in found)
    return [entries[code] for code in list(codes)[:_SHOWN]]


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.code, entry.name_zh, entry.name_en, *getattr(entry, "aliases", ()))
