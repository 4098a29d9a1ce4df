"""Every text a person reads, by code, in Chinese and English.

The texts are gettext catalogues (`texts/zh.po`, `texts/en.po`) whose message ids are codes;
both hold the same codes with the same placeholders.
"""

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from indicators.errors import IndicatorsError
from indicators.model.catalogue import Language

_TEXTS = Path(__file__).parent / "texts"


@lru_cache
def messages(language: Language) -> dict[str, str]:
    """All texts of a language by code."""
    with (_TEXTS / f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def text(language: Language, code: str, **details: object) -> str:
    """The text of a code with its placeholders filled. A missing code is a bug (KeyError)."""
    template = messages(language)[code]
    return template.format_map(details) if details else template


def joined(parts: list[str], language: Language) -> str:
    """A list as the language writes it."""
    return ("、" if language == "zh" else ", ").join(parts)


def error_text(language: Language, error: IndicatorsError) -> str:
    """What happened, what was expected and what to do, for an error of ours."""
    return text(language, f"error.{error.code}", **error.details)
