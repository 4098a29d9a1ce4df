"""The stamp of a picture, such as r3-7KQF-9M2X: a revision and a code of a view that a person can type.

The code is made of the view's address, so the same view has the same one; its last letter checks the others.
"""

from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from indicators.errors import Invalid

# Crockford's base 32: no I, L, O and U, and what is typed for them counts as what it looks like.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OILoil", "011011")
_LENGTH = 7
_WEIGHTS = (3, 5, 7, 9, 11, 13, 15)


@dataclass(frozen=True)
class Stamp:
    """A revision and the code of a view, eight letters."""

    revision: int
    code: str

    def __str__(self) -> str:
        return f"r{self.revision}-{self.code[:4]}-{self.code[4:]}"


def stamp_code(address: str, attempt: int = 0) -> str:
    """The code of an address; further attempts give others, for the day that two addresses share one."""
    seed = address if attempt == 0 else f"{address}#{attempt}"
    number = int.from_bytes(sha256(seed.encode()).digest()[:8], "big")
    letters = "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))
    return letters + _check(letters)


def stamp_of(typed: str) -> Stamp:
    """The stamp that somebody typed, in any case and width, with or without dashes.

    Raises Invalid("stamp.unreadable") for what is no stamp, Invalid("stamp.mistyped") where a letter is wrong.
    """
    shown = typed.strip()[:40]
    compact = "".join(letter for letter in normalize("NFKC", shown) if letter.isalnum() and letter.isascii())
    code = compact[-_LENGTH - 1 :].translate(_LOOK_ALIKE).upper()
    revision = compact[: -_LENGTH - 1].lower().removeprefix("r").translate(_LOOK_ALIKE)
    if len(code) != _LENGTH + 1 or not revision.isdecimal() or len(revision) > 9 or set(code) - set(_LETTERS):
        raise Invalid("stamp.unreadable", found=shown)
    if _check(code[:-1]) != code[-1]:
        raise Invalid("stamp.mistyped", found=shown)
    return Stamp(int(revision), code)


def _check(letters: str) -> str:
    return _LETTERS[sum(w * _LETTERS.index(letter) for w, letter in zip(_WEIGHTS, letters, strict=True)) % 32]
