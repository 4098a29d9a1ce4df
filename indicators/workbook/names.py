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
_KIND = re.compile(r"[\u4e00-\u9fff]{2,8}")
_OF_MONEY_SPENT = re.compile(r"经费(?:内部)?(?:支出)?$")
_UNITS = re.compile(r"(?:企业|产业|制造业|机构|院所|高校|高等学校)$")
COUNTED_UNITS = re.compile(r"(?:企业|机构|单位|院所|高校|院校|园区|高新区)(?:单位)?(?:个数|总数|数量|数)?$")
_BOOKS = re.compile(r"《[^》]*》")
_BRACKET = re.compile(r"\(([^()]*)\)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-—~至](?:19|20)\d\d)?年?度?")
_LONGER_NAME = re.compile(
    r"市(?!场|级|州|县|区|属)|[州盟旗局族]|县(?!域|级|区)|区(?!域)|西部|东部|中部|"
    r"[\u4e00-\u9fff]{0,6}?(?:大学|学院|研究院(?!所)|公司|集团|兵团|高新区|开发区|新区|自治[州县]|科技创新港|合作组织|银行|医院)"
)
_INNER_PLACE = re.compile(
    r"(?!各|分|全|主|设|按|所|我|本|部分|城市|省会|副省|地区|地市|技术|县域|重点|下辖|市)"
    r"[\u4e00-\u9fff]{2,4}?(?:市(?![场级州县区民属])|(?<!地)区(?!域|县|市)|县(?![域级区])|自治州)(?<!城市)(?<!园区)"
)
_TOTALS = {"总计", "合计", "全省", "全省合计", "全省总计", "全国总计", "全国合计", "total", "nationaltotal"}


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
        bare = without_unit(printed).removeprefix("全社会")
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

    def indicator_of_kind(self, wider: str, kind: str) -> str | None:
        """Code of the indicator of a kind of what a name says: 发明 of 专利授权数, 基础研究 of R&D经费内部支出."""
        if not _KIND.fullmatch(kind):
            return None
        inside = [f"{wider[:cut]}{kind}{wider[cut:]}" for cut in range(len(wider) + 1)]
        shared = [f"{kind}{wider[n:]}" for n in range(1, len(wider)) if kind.endswith(wider[:n])]
        joined = (*inside, *shared, *([f"{kind}经费"] if _OF_MONEY_SPENT.search(wider) else []))
        return next((code for text in joined if (code := self.indicator(text))), None)

    def indicator_of_units(self, around: str, name: str) -> tuple[str, str] | None:
        """Code and name of the indicator of the units that a title is about: R&D经费 of 规模以上工业企业.

        None where the catalogue has none, or the title names two kinds of units.
        """
        title = _key(around)
        longer = self._longer(name)
        units = [unit for unit in longer if unit in title and _UNITS.search(unit)]
        codes = {longer[unit] for unit in units}
        return (codes.pop(), f"{max(units, key=len)}{name}") if len(codes) == 1 else None

    def indicator_listed(self, title: str, name: str) -> str | None:
        """Code of the indicator of which a title has the beginning and, in its list, the end that stands alone."""
        listed, end = _key(title), _key(name)
        starts = {start: code for start, code in self._longer(name).items() if listed.startswith(start)}
        return set(starts.values()).pop() if end in listed and len(set(starts.values())) == 1 else None

    def _longer(self, name: str) -> dict[str, str]:
        """What known names have before a name that they end with, and their codes."""
        short = _key(name)
        known = self._indicators.items() if len(short) > 1 else ()
        return {of.removesuffix(short): code for of, code in known if len(of) > len(short) and of.endswith(short)}

    def has_narrower(self, indicator: str) -> bool:
        """Whether the catalogue has the same indicator for some units only: R&D经费 for 规上工业企业."""
        name = self.catalogue.indicators[indicator].name_zh
        return any(
            other.name_zh.endswith(name) and other.name_zh != name for other in self.catalogue.indicators.values()
        )

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
        """The region that a title is about; None where it names several apart, or a place that is no region of ours.

        What brackets and titles of books say beside the title is no place, but for a bracket that is one.
        """
        title = self._titled(text)
        found = {self._regions[match[0]] for match in self._any_region.finditer(title)}
        inner = {code for code in found if not any(self.catalogue.regions[other].parent == code for other in found)}
        return inner.pop() if len(inner) == 1 and not self.names_other_place(text) else None

    def names_other_place(self, text: str) -> bool:
        """Whether a title is about a place that the catalogue lacks, such as 吉林市, 西安高新区 or 北京大学."""
        title = self._titled(text)
        ends = (0, *(match.end() for match in self._any_region.finditer(title)))
        return any(_LONGER_NAME.match(title, end) for end in ends[1:]) or any(
            _INNER_PLACE.match(title, end) and not self._any_region.match(title, end) for end in ends
        )

    def _titled(self, text: str) -> str:
        """A title without years, books and brackets, for the places in it."""
        plain = _YEARS.sub("", _BOOKS.sub("", clean(text).replace(" ", "")))
        return _BRACKET.sub(lambda match: match[1] if self.region(match[1]) else "", plain).lstrip(" _-—")

    def without_places(self, text: str) -> str:
        """A title with a space for each region and group of regions in it."""
        return self._any_group.sub(" ", self._any_region.sub(" ", clean(text).replace(" ", "")))

    def without_region(self, text: str) -> str:
        """A title without the region that it begins with: 陕西省技术合同成交额."""
        if not text.startswith(self._long_regions):
            return text
        longest = max(len(name) for name in self._long_regions if text.startswith(name))
        return text[longest:].removeprefix("的")

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
    def _long_regions(self) -> tuple[str, ...]:
        return tuple(name for name in self._regions if len(name) > 1 and not name.isascii())

    @cached_property
    def _any_region(self) -> re.Pattern[str]:
        return _one_of(self._long_regions)

    @cached_property
    def any_indicator(self) -> re.Pattern[str]:
        """Finds the names of indicators in a text."""
        found = (name for entry in self.catalogue.indicators.values() for name in (entry.name_zh, *entry.aliases))
        return _one_of(clean(name).replace(" ", "") for name in found if len(name) > 2 and not name.isascii())

    @cached_property
    def _any_group(self) -> re.Pattern[str]:
        return _one_of(group.name_zh for group in self.catalogue.groups.values())

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return _index(self.catalogue.sources)

    @cached_property
    def _subjects(self) -> Mapping[str, str]:
        return _index(self.catalogue.subjects)

    @cached_property
    def _indicators(self) -> Mapping[str, str]:
        return _index(self.catalogue.indicators)


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


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
