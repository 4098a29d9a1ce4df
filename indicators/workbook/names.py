"""Names as printed in a table, and the codes that the catalogue has for them.

A name counts as known only where it is a name or alias of exactly one entry, apart from spaces,
width, case and punctuation. Anything else is suggested to the person, never taken.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indicators.model.catalogue import NATION, Catalogue, Entry
from indicators.workbook.words import FOOTNOTES, clean, split_languages, without_unit

_NO_LETTER = re.compile(r"[\W_]+")
_AROUND_NAME = re.compile(rf"^(?:#|\*|其中[:：]?|of which:?)\s*|\s*{FOOTNOTES}+$", re.IGNORECASE)
_MEASURE_ENDING = re.compile(r"(?:总额|金额|额|总数|数)$")
_TOTALS = {"总计", "合计", "全国总计", "全国合计", "total", "nationaltotal"}


@dataclass(frozen=True)
class Names:
    """The names of a catalogue, ready to be looked up."""

    catalogue: Catalogue

    def region(self, printed: str) -> str | None:
        """Code of the region of that name; None where there is none or several."""
        if printed not in self._found_regions:
            bare = _AROUND_NAME.sub("", clean(printed))
            self._found_regions[printed] = self._regions.get(_key(bare)) or self._region_of_parts(bare)
        return self._found_regions[printed]

    def is_region(self, printed: str) -> bool:
        """Whether it is the name of a region."""
        return self.region(printed) is not None

    def is_indicator(self, printed: str) -> bool:
        """Whether it is the name of an indicator."""
        return self.indicator(printed) is not None

    def indicator(self, printed: str) -> str | None:
        """Code of the indicator of that name, its unit left aside; None where there is none or several.

        Of a name in two languages the Chinese counts, unless the other names a different indicator.
        """
        bare = without_unit(printed)
        chinese, latin = split_languages(bare)
        whole, own, translated = (self._indicators.get(_key(text)) for text in (bare, chinese or latin, latin))
        return whole or (own if translated in (None, own) else None)

    def indicator_of_parts(self, wider: str, narrower: str) -> str | None:
        """Code of the indicator whose name is split: 技术合同 over 成交额, 项数 below 技术合同成交额."""
        stem = _MEASURE_ENDING.sub("", wider)
        shared = (narrower[:n] for n in range(len(narrower), 1, -1) if wider.endswith(narrower[:n]))
        tail = narrower.removeprefix(next(shared, ""))
        joined = (f"{wider}{narrower}", f"{narrower}{wider}", f"{stem}{narrower}", f"{wider}{tail}")
        return next((code for text in joined if (code := self.indicator(text))), None)

    def basis(self, printed: str, indicator: str) -> str | None:
        """Code of the basis of that name or code among those that the indicator allows."""
        allowed = self.catalogue.indicators[indicator].all_bases
        return _index({code: self.catalogue.bases[code] for code in allowed}).get(_key(printed))

    def source(self, printed: str) -> str | None:
        """Code of the source of that code or title."""
        return self._sources.get(_key(printed))

    def subject(self, printed: str) -> str | None:
        """Code of the subject of that code or name."""
        return self._subjects.get(_key(printed))

    def region_within(self, text: str) -> str | None:
        """The region that a title is about: the longest name in it; None where it names several apart."""
        found = {code for name, code in self._long_regions if name in clean(text).replace(" ", "")}
        inner = {code for code in found if not any(self.catalogue.regions[other].parent == code for other in found)}
        return inner.pop() if len(inner) == 1 else None

    def without_region(self, text: str) -> str:
        """A title without the region that it begins with: 陕西省技术合同成交额."""
        begins = [name for name, _ in self._long_regions if text.startswith(name)]
        return text[max(map(len, begins)) :].removeprefix("的") if begins else text

    @staticmethod
    def is_total(printed: str) -> bool:
        """Whether a row is the sum of the others, without saying of what."""
        chinese, latin = split_languages(clean(printed))
        return _key(chinese) in _TOTALS or (not chinese and _key(latin) in _TOTALS)

    def group(self, printed: str) -> str | None:
        """Code of the group of provinces of that name (东部地区)."""
        chinese = _key(split_languages(clean(printed))[0] or printed)
        for code, group in self.catalogue.groups.items():
            names = {_key(group.name_zh), _key(group.name_zh).removesuffix("地区"), _key(group.name_en)}
            if chinese in names or chinese.removesuffix("合计") in names:
                return code
        return None

    def _region_of_parts(self, printed: str) -> str | None:
        chinese, latin = split_languages(printed)
        found = self._regions.get(_key(chinese)) if chinese else self._regions.get(_key(latin))
        return found or self._glued(_key(chinese))

    def _glued(self, chinese: str) -> str | None:
        """The city of 陕西省西安市: a known place written after the one it lies in."""
        for cut in range(2, len(chinese) - 1):
            outer, inner = self._regions.get(chinese[:cut]), self._regions.get(chinese[cut:])
            if outer and inner and self.catalogue.regions[inner].parent == outer != NATION:
                return inner
        return None

    @cached_property
    def _found_regions(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def _regions(self) -> Mapping[str, str]:
        return _index(self.catalogue.regions)

    @cached_property
    def _long_regions(self) -> list[tuple[str, str]]:
        return [(name, code) for name, code in self._regions.items() if len(name) > 1 and not name.isascii()]

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return _index(self.catalogue.sources)

    @cached_property
    def _subjects(self) -> Mapping[str, str]:
        return _index(self.catalogue.subjects)

    @cached_property
    def _indicators(self) -> Mapping[str, str]:
        return _index(self.catalogue.indicators)


def _index(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Code by name, without the names that several entries share."""
    codes: dict[str, set[str]] = {}
    for code, entry in entries.items():
        for name in _names(entry):
            codes.setdefault(_key(name), set()).add(code)
    return {name: owners.pop() for name, owners in codes.items() if name and len(owners) == 1}


def _names(entry: Entry) -> Iterable[str]:
    shorts = (getattr(entry, "short_zh", ""), getattr(entry, "short_en", ""))
    return (entry.code, entry.name_zh, entry.name_en, *shorts, *getattr(entry, "aliases", ()))


@lru_cache(maxsize=32768)
def _key(text: str) -> str:
    return _NO_LETTER.sub("", clean(text)).casefold()
