"""Which indicator the words around a value name: its headings and labels, else the title."""

import re
from dataclasses import dataclass
from functools import cached_property

from indicators.workbook.headings import Context
from indicators.workbook.names import Names
from indicators.workbook.words import split_languages, without_unit
from indicators.workbook.years import period_of

_TABLE_WORDS = re.compile(
    r"^(?:全国|我国|中国)?(?:各地区|各省(?:区|、)?市?|分地区|分省|按地区分|31个?省(?:区市)?)的?|"
    r"(?:统计表|一览表|情况表?|续表|表)$|[(（]续[)）]?|[(（](?:\d{4}[年\-—~至]*)+[)）]|(?:19|20)\d\d\s*(?:[-—~至]\s*(?:19|20)\d\d)?\s*年?|"
    r"^截[至止]|(?:\d\d?\s*[-—~至]\s*)?\d\d?月(?:份|[底末])?|(?:前[二两三]|第?[一二三四1-4])个?季度|[上下]半年|"
    r"[(（]\s*[)）]|\s+by (?:region|province|city|year)s?$",
    re.IGNORECASE,
)
_DEFAULT_SHEET = re.compile(
    r"^(?:sheet|table|工作表|表)?\s*\d*$|^(?:CSV|数据|分省年度数据|分省年度数据_?\d*)$", re.IGNORECASE
)
_SCOPES = re.compile(
    r"规模以上|工业企业|高技术产业|高技术制造|大中型|高等学校|高校|科研机构|研究机构|研究与开发机构|城镇|农村|城市|"
    r"国有|私营|外商|港澳台|按行业|制造业|服务业|软件|其中|人均|占比|比重|增长|增速|指数|累计|位次|排名|吸纳|流向|输出"
)
_TOTALS = {"合计", "总计", "总额", "总量", "总数", "小计", "全部"}
_AMOUNTS = {"数量", "金额", "数额", "绝对数", "绝对额", "总值"}
_SHORT = 4


@dataclass(frozen=True)
class Named:
    """An indicator as found: its code if known, its name as printed, and what nearby makes the code doubtful."""

    code: str | None
    printed: str
    doubt: str = ""


@dataclass(frozen=True)
class Naming:
    """Finds the indicator of a table's values.

    `has_one_name` tells whether all value columns have the same words, so that 数量 can only mean
    what the title says.
    """

    names: Names
    context: Context
    sheet: str
    file: str
    has_one_name: bool

    def of(self, words: tuple[str, ...], parent: tuple[str, ...]) -> Named:
        """The indicator that words name, wider first; `parent` are those of the row that theirs is a part of.

        A name may be split over heading and label, parent row or title. Words that only together with
        something unknown make a name leave a doubt; a short name that is unknown is printed with what
        it stands under, so that an answer fits nothing else.
        """
        if not words:
            code = self.names.indicator(self.title)
            return Named(code, self.title, self._scope(code))
        words = tuple(word for word in words if word not in _TOTALS) or words
        printed, joined = " ".join(words), "".join(words)
        wider = "".join(parent) or self.title
        code = self.names.indicator(joined)
        if code is None and len(words) > 1:
            code = self.names.indicator_of_parts("".join(words[:-1]), words[-1])
        split = self.names.indicator_of_parts(wider, joined) if wider else None
        if split is not None and split != code:
            return Named(split, wider if split == self.names.indicator(wider) else f"{wider} {printed}")
        if code is not None:
            return Named(code, printed, self._scope(code))
        if self._means_title(words) and not parent:
            code = self.names.indicator(self.title)
            return Named(code, self.title, self._scope(code))
        if parent and (code := self.names.indicator_of_parts(wider, words[-1])):
            return Named(code, f"{wider} {printed}", " ".join(words[:-1]))
        return self._narrowed(words, parent) or Named(None, self._printed(printed, parent))

    def _means_title(self, words: tuple[str, ...]) -> bool:
        return all(word in _TOTALS or (self.has_one_name and word in _AMOUNTS) for word in words)

    def _narrowed(self, words: tuple[str, ...], parent: tuple[str, ...]) -> Named | None:
        """A known last word under others that may be a mere category."""
        others = " ".join((*parent, *words[:-1]))
        code = self.names.indicator(words[-1])
        return Named(code, " ".join(words), others) if code and others and not _SCOPES.search(others) else None

    def _printed(self, printed: str, parent: tuple[str, ...]) -> str:
        wider = " ".join(parent) or self.title
        needs_more = parent or len(printed.replace(" ", "")) <= _SHORT or self.names.indicator(self.title)
        return f"{wider} {printed}" if needs_more and wider and wider not in printed else printed

    def _scope(self, code: str | None) -> str:
        """A word of the titles that narrows what the indicator's own names leave wide."""
        if code is None:
            return ""
        indicator = self.names.catalogue.indicators[code]
        known = "".join((indicator.name_zh, *indicator.aliases))
        found = (word for title in self.context.titles for word in _SCOPES.findall(title))
        return next((word for word in found if word not in known), "")

    @cached_property
    def title(self) -> str:
        """The name that the lines above the table give, else the sheet's or the file's name."""
        if "指标" in self.context.pairs:
            return without_unit(self.context.pairs["指标"])
        is_default = _DEFAULT_SHEET.match(self.sheet) or period_of(self.sheet)
        for text in (*reversed(self.context.titles), *(() if is_default else (self.sheet,)), self.file):
            name = _bare(text)
            name = name if self.names.indicator(name) else _bare(self.names.without_region(name))
            if name and self.names.region(name) is None:
                return name
        return ""


def _bare(title: str) -> str:
    """A title without table number, years, “by region” and the like."""
    text, before = split_languages(without_unit(title))[0] or without_unit(title), ""
    while text != before:
        before, text = text, _TABLE_WORDS.sub("", text).strip(" _-—")
    return text
