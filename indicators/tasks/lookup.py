"""Finding what a person means by a code or a name."""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Literal

from rapidfuzz import fuzz, process, utils

from indicators.errors import NotFound
from indicators.model.catalogue import Entry

Kind = Literal["indicator", "region", "source"]

_NEAR = 60
_SHOWN = 3
_LIKELY = 80


def require_codes(codes: Iterable[str], entries: Mapping[str, Entry], *, kind: Kind) -> tuple[str, ...]:
    """The codes, if all are in the catalogue. Raises NotFound("unknown.…") with the first that is not and near ones."""
    chosen = tuple(codes)
    for code in chosen:
        if code not in entries:
            near = ", ".join(f"{entry.code} {entry.name_zh}" for entry in near_entries(code, entries)) or "–"
            raise NotFound(f"unknown.{kind}", found=code, suggestions=near)
    return chosen


def near_entries(text: str, entries: Mapping[str, Entry]) -> list[Entry]:
    """Up to three entries whose code, name or alias resembles the text, best first.

    Of names that resemble it equally, one whose characters look more alike comes first (陜西: 陕西 before 山西).
    """
    names = {(code, name): name for code, entry in entries.items() for name in _names(entry)}
    found = process.extract(
        text, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_NEAR, limit=None
    )
    best = sorted(found, key=lambda match: (-match[1], _unlikeness(text, match[0])))
    codes = dict.fromkeys(key[0] for _, _, key in best)
    return [entries[code] for code in list(codes)[:_SHOWN]]


def likely_entry(text: str, entries: Mapping[str, Entry]) -> Entry | None:
    """The one entry whose name is nearly the text, good enough to be filled in for a person to confirm."""
    scores = {
        code: max(fuzz.ratio(text, name, processor=utils.default_process) for name in _names(entry))
        for code, entry in entries.items()
    }
    first, *others = sorted(scores, key=lambda code: -scores[code])[:2] or [""]
    is_clear = bool(first) and scores[first] >= _LIKELY and all(scores[other] < scores[first] for other in others)
    return entries[first] if is_clear else None


def _unlikeness(one: str, other: str) -> tuple[float, int]:
    """In how many places two names of one length differ, infinitely many for other lengths, and by how much.

    Unicode lists Chinese characters by radical and strokes, so that variants of one stand close together.
    """
    one, other = "".join(one.split()), "".join(other.split())
    if len(one) != len(other):
        return inf, 0
    apart = [abs(ord(a) - ord(b)) for a, b in zip(one, other, strict=True)]
    return len(apart) - apart.count(0), sum(apart)


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.code, entry.name_zh, entry.name_en, *getattr(entry, "aliases", ()))
