"""Which indicator the words around a value name: its headings and labels, else the title."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from indicators.workbook.headings import TARGET_WORDS, Context
from indicators.workbook.names import Names
from indicators.workbook.words import clean, split_languages, without_unit
from indicators.workbook.years import period_of

_TABLE_WORDS = re.compile(
    r"^(?:全国|我国|中国)?(?:各地区|各省(?:区|、)?市?|各市|各设区市|分地区|分省|按地区分|31个?省(?:区市)?)的?|"
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
    r"国有|私营|外商|港澳台|按行业|制造业|服务业|软件|其中|人均|占比|比重|增长|增速|指数|累计|位次|排名|吸纳|流向|输出|"
    r"买方|登记地|可比价格?|不变价格?|\d{4}年价格|户籍|每[百千万]|本级|[月年]平?均(?!增)|不含|不包括|除.{1,8}外|剔除|扣除"
)
_SCOPE_OF_NOTE = re.compile(
    r"(?:本表|表中|表内|以上|全部数据|统计范围|数据范围)\w{0,4}?(?:为|系|是|仅|只|指)\w+|(?:不含|不包括|剔除|扣除|仅含|仅指|仅为|仅包括)\w+"
)
_BOOK = re.compile(r"《[^》]*》|“[^”]*”")
_DEFINITION = re.compile(r"[\u4e00-\u9fff]{4,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_TIMES_AND_PLACES = re.compile(
    r"(?:19|20)\d\d年?[度版末底]?|[一二〇零○三四五六七八九]{4}年度?|[各分][地省][区份]?|按地区分?|"
    r"第?[一二三四]季度|[上下]半年|前[二两三]个?季度|\d+月[份底末]?|月度|季度|截[至止]|年[末底度]"
)
_NEUTRAL = re.compile(
    r"续表|附表|一览表|统计表|统计公报|公报|年鉴|摘要|年报|年度报告|报告|快报|手册|分析|资料|数据库|数据|表格|"
    r"来源|根据|整理|制表|填报|上报|报送|汇总表?|明细|清单|目录|附录|附件|最终版?|定稿|终稿|初稿|修订|修改|更新|导出|下载|副本|新版|测试|模板|"
    r"主要|基本|有关|相关|部分|历年|历史|近年来?|近[一二三四五六七八九十]年|年度|逐年|全年|当年|本年|本期|"
    r"情况|指标|统计|概况|概览|现状|总体|综合|变化|走势|趋势|对比|比较|一览|结果|水平|规模|总量|数量|金额|绝对[数额量]|数值|"
    r"各地区?|各省份?|各市|各[区州县]|分地区|分省|分市|分年|按地区|按年份?|按省份?|地区|省份|省[区、]市|区市|自治区|直辖市|"
    r"地市|设区市?|各市区|城市群?|全省|全市|全国|我国|我省|我市|国内|国家统计局|统计局|科技[厅局部]|科学技术[厅局部]|"
    r"科学技术|科技成果转化|科技成果|成果转化|科技创新|科技|创新|研发|研究与试验发展|活动|投入|产出|经费|人员|经济|社会|发展|"
    r"技术市场|技术合同|技术交易|专利|国民经济|人口|财政|工作表?|任务|指数表|单位|注明|口径|以及|其他"
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
    notes: tuple[str, ...] = ()

    def of(self, words: tuple[str, ...], parent: tuple[str, ...]) -> Named:
        """The indicator that words name, wider first; `parent` are those of the row that theirs is a part of.

        A name may be split over heading and label, parent row or title. Words that only together with
        something unknown make a name leave a doubt; a short name that is unknown is printed with what
        it stands under, so that an answer fits nothing else.
        """
        if not words:
            code = self.names.indicator(self.title)
            return Named(code, self.title, self._scope(code, self.title))
        words = tuple(word for word in words if word not in _TOTALS) or words
        printed, joined = " ".join(words), "".join(words)
        wider = "".join(parent) or self.title
        code = self.names.indicator(joined)
        if code is None and len(words) > 1:
            code = self.names.indicator_of_parts("".join(words[:-1]), words[-1])
        split = self.names.indicator_of_parts(wider, joined) if wider else None
        if split is not None and split != code:
            own = wider if split == self.names.indicator(wider) else f"{wider} {printed}"
            return Named(split, own, self._scope(split, own))
        if code is not None:
            return Named(code, printed, self._scope(code, printed))
        if self._means_title(words) and not parent:
            code = self.names.indicator(self.title)
            return Named(code, self.title, self._scope(code, self.title))
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

    def _scope(self, code: str | None, printed: str) -> str:
        """Words that narrow what the indicator's own names leave wide, or name one of its definitions; else empty."""
        if code is None:
            return ""
        indicator = self.names.catalogue.indicators[code]
        bases = [self.names.catalogue.bases[basis].name_zh for basis in indicator.all_bases]
        defined = (_DEFINITION.match(name) for name in bases)
        named = (found[0] for found in defined if found and found[0] in printed and found[0] not in indicator.name_zh)
        known = clean("|".join((indicator.name_zh, indicator.short_zh, *indicator.aliases, *bases)))
        said = (word for text in self.around for word in _SCOPES.findall(text))
        left = (word for text in self.around for word in self._left_over(text, known))
        noted = (found[0] for note in self.notes for found in _SCOPE_OF_NOTE.finditer(clean(note)))
        others = (word for word in (*said, *left, *noted) if word not in known)
        return next(chain(named, others), "")

    def _left_over(self, text: str, known: str) -> list[str]:
        """Words of a title that name neither place, period, indicator nor anything that goes without saying."""
        rest = self.names.without_places(_BOOK.sub(" ", without_unit(text)))
        for pattern in (_TIMES_AND_PLACES, self.names.any_indicator, TARGET_WORDS, _NEUTRAL):
            rest = pattern.sub(" ", rest)
        words = (_without_pieces(word, known) for word in _CHINESE.findall(rest))
        return [word for word in words if word]

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The lines above the table, however long, and the names of sheet and file where someone gave them."""
        named = (text for text in (self.sheet, self.file) if not _DEFAULT_SHEET.match(text))
        return (*self.context.lines, *named)

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


def _without_pieces(word: str, known: str) -> str:
    """What is left of a word, at least two characters, without the pieces that a name is made of: 成交 of 成交情况."""
    for length in range(len(word), 1, -1):
        for start in range(len(word) - length + 1):
            if word[start : start + length] in known:
                before, after = word[:start], word[start + length :]
                return next(filter(None, (_without_pieces(before, known), _without_pieces(after, known))), "")
    return word if len(word) > 1 else ""
