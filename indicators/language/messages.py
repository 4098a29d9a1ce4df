"""Every text a person reads, by code, in Chinese and English.

The texts are gettext catalogues (`texts/zh.po`, `texts/en.po`) whose message ids are codes;
both hold the same codes with the same placeholders. `{name!l}` is a name within a sentence, in English without a
capital: tech contract value, but R&D intensity. `{count:figure|figures}` is a number with the words that go with
one or with several.
"""

from functools import lru_cache
from pathlib import Path
from string import Formatter

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
    if not details:
        return template
    is_special = "!l}" in template or "|" in template
    return _FORMATTER.vformat(template, (), details) if is_special else template.format_map(details)


def within_sentence(words: str) -> str:
    """A name without the capital of its first word, unless that is an abbreviation."""
    first = words.partition(" ")[0]
    is_word = first[1:].isascii() and first[1:2].islower() and first[1:] == first[1:].lower()
    return words[:1].lower() + words[1:] if is_word else words


class _Formatter(Formatter):
    def convert_field(self, value: object, conversion: str | None) -> object:
        return within_sentence(str(value)) if conversion == "l" else super().convert_field(value, conversion)

    def format_field(self, value: object, spec: str) -> str:
        one, _, several = spec.partition("|")
        return f"{value} {one if str(value) == '1' else several}" if several else super().format_field(value, spec)


_FORMATTER = _Formatter()


def listed(names: list[str], language: Language) -> str:
    """A list of indicators, all but the first without a capital; with semicolons where any has a comma within."""
    told = [*names[:1], *map(within_sentence, names[1:])]
    return "; ".join(told) if any(", " in name for name in told) else joined(told, language)


def together(names: list[str], language: Language) -> str:
    """Two or three names that do something together: 北京、湖北、江苏, or Beijing, Hubei and Jiangsu."""
    if language == "zh" or len(names) < 2:
        return joined(names, language)
    return f"{joined(names[:-1], language)} and {names[-1]}"


def joined(parts: list[str], language: Language) -> str:
    """A list as the language writes it."""
    return ("、" if language == "zh" else ", ").join(parts)


def error_text(language: Language, error: IndicatorsError) -> str:
    """What happened, what was expected and what to do, for an error of ours."""
    return text(language, f"error.{error.code}", **error.details)
