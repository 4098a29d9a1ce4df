"""Which indicator the words around a value name: its headings and labels, else the title."""

import re
from dataclasses import dataclass
from functools import cached_property

from indicators.workbook.headings import TARGET_WORDS, Context
from indicators.workbook.names import Names
from indicators.workbook.words import clean, split_languages, without_unit
from indicators.workbook.years import period_of

_MEASURES = r"占比|比重|增长|增速|增幅|指数|位次|排名|排序|强度"
_TABLE_WORDS = re.compile(
    r"^(?:全国|我国|中国)?(?:各地区|各省(?:区|、)?市?|各市|各设区市|分地区|分省|按地区分|31个?省(?:区市)?)的?|"
    rf"(?:统计表|一览表|情况表?|续表|(?:对比|比较)(?:分析)?|变化|走势|趋势|表|[及和与、](?:其|同比)?(?:{_MEASURES}))$|"
    r"[(（]续[)）]?|[(（](?:\d{4}[年\-—~至]*)+[)）]|(?:19|20)\d\d\s*(?:[-—~至]\s*(?:19|20)\d\d)?\s*年?|"
    r"^截[至止]|(?:\d\d?\s*[-—~至]\s*)?\d\d?月(?:份|[底末])?|(?:前[二两三]|第?[一二三四1-4])个?季度|[上下]半年|"
    r"[(（]\s*[)）]|\s+by (?:region|province|city|year)s?$",
    re.IGNORECASE,
)
_AND = re.compile(r"^[与和及、]")
_DEFAULT_NAME = re.compile(
    r"^(?:(?:sheet|table|工作表|表)?|CSV|data|数据|(?:分省|主要城市)?[年季月]度数据)[\s_-]*[(（]?\d*[)）]?$",
    re.IGNORECASE,
)  # as programs and data banks give it, which says nothing of the figures
_SCOPES = re.compile(
    r"规模以上|工业企业|高技术产业|高技术制造|大中型|高等学校|高校|科研机构|研究机构|研究与开发机构|城镇|农村|城市(?![群圈])|"
    r"国有|私营|外商|港澳台|按行业|制造业|服务业|软件|其中|人均|累计|吸纳|流向|输出|"
    r"买方|登记地|可比价格?|不变价格?|\d{4}年价格|户籍|每[百千万]|本级|[月年]平?均(?!增)|不含|不包括|除.{1,8}外|剔除|扣除"
)
_OF_MEASURES = re.compile(_MEASURES)
_UNITS_OF_MEASURES = ("%", "位", "倍")
_SCOPE_OF_NOTE = re.compile(
    r"(?:本表|表中|表内|以上|全部数据|统计范围|数据范围)\w{0,4}?(?:为|系|是|仅|只|指)\w+|(?:不含|不包括|剔除|扣除|仅含|仅指|仅为|仅包括)\w+"
)
_BOOK = re.compile(r"《[^》]*》|“[^”]*”")
_DEFINITION = re.compile(r"[\u4e00-\u9fff]{4,}")
_WORD = re.compile(r"[^\W\d_的及和与]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_TIMES_AND_PLACES = re.compile(
    r"(?:19|20)\d\d年?[度版末底]?|[一二〇零○三四五六七八九]{4}年度?|[各分][地省][区份]?|按地区分?|"
    r"第?[一二三四]季度|[上下]半年|前[二两三]个?季度|\d+月[份底末]?|月度|季度|截[至止]|年[末底度]"
)
_PUBLISHER = re.compile(r"(?:局|厅|委|委员会|办公室|智库|出版社)$")
_OF_DOCUMENTS = (
    r"续表|附表|[图用]表|一览表?|统计表|统计公报|公报|年鉴|摘要|年报|年度报告|报告|专报|简报|通报|汇报|快报|速览|要览|手册|分析|资料|材料|数据库|数据|表格|"
    r"来源|根据|依据|整理|制表|填报|上报|报送|汇总表?|明细|清单|目录|附录|附件|附图|插图|最终版?|定稿|终稿|初稿|草稿|底稿|原始|基础|"
    r"修订|修改|更新|导出|导入|下载|副本|新建|新版|测试|模板|工作簿|工作表?|任务|会议|座谈会|办公会|党组会|部署会|推进会|发布会|厅长|"
    r"提案|支撑|监测|评估|评价|考核|排行榜?|研究|智库|情报|课题|项目组|经?第?[一二三四五六]次?(?:全国)?经济普查|[四五]经普|资源清查|财务|决算|平台|中国知网|知网"
)
_OF_FIGURES = (
    r"主要|基本|有关|相关|部分|历年|历史|近年来?|近[一二三四五六七八九十]年|年度|逐年|全年|当年|本年|本期|"
    r"情况|指标|统计|概况|概览|现状|总体|综合|变化|走势|趋势|对比|比较|结果|水平|规模|总量|数量|金额|绝对[数额量]|数值|运行|"
    r"生产经营|国民经济|经济|社会|人口|财政|指数表|单位|注明|口径|以及|其他|分布|构成表"
)
_OF_PLACES = (
    r"各地区?|各省份?|各市|各[区州县]|分地区|分省|分市|分年|按地区|按年份?|按省份?|地区|省份|省[区、]市|省市|区市|自治区|直辖市|省际|省级|"
    r"地市|设区市?|各市区|城市群|城市圈|都市圈|全省|全市|全国|我国|我省|我市|国内|国家统计局|统计局|科技[厅局部]|科学技术[厅局部]|"
    r"省政府|政府工作|政协|人大|西部|东部|中部|东北|十[一二]|前[三五十百]|先进|周边|标杆|重点省份?"
)
_OF_SCIENCE = (
    r"科学技术|科技成果转化|科技成果|成果转化|科技创新|科技强[省国市]|强[省国市]|科技进步|进步|科技|创新|驱动|秦创原|研发|全社会|研究与试验发展|"
    r"活动|投入|产出|经费|人员|高质量|建设|推进|发展|技术市场|技术合同|技术交易|成交|交易|合同金额|合同数|专利"
)
_NEUTRAL = re.compile("|".join((_OF_DOCUMENTS, _OF_FIGURES, _OF_PLACES, _OF_SCIENCE, _MEASURES)))
_DOCUMENTS = re.compile(_OF_DOCUMENTS)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TOTALS = {"合计", "总计", "总额", "总量", "总数", "小计", "全部"}
_AMOUNTS = {"数量", "金额", "数额", "绝对数", "绝对额", "总值"}
_SHORT = 4


@dataclass(frozen=True)
class Named:
    """An indicator as found: its code if known, its name as printed, and what nearby makes the code doubtful.

    `definition` is what the name says of one of the indicator's definitions, as 主营业务收入 does.
    """

    code: str | None
    printed: str
    doubt: str = ""
    definition: str = ""


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
            return self._of_title()
        words = tuple(word for word in words if word not in _TOTALS) or words
        printed, joined = " ".join(words), "".join(words)
        wider = "".join(parent) or self.title
        code = self.names.indicator(joined)
        if code is None and len(words) > 1:
            code = self.names.indicator_of_parts("".join(words[:-1]), words[-1])
        split = self.names.indicator_of_parts(wider, joined) if wider else None
        if split is not None and split != code:
            own = wider if split == self.names.indicator(wider) else f"{wider} {printed}"
            return self._named(split, own)
        if len(words) == 1 and not parent and (of_units := self.names.indicator_of_units(self.title, joined)):
            return self._named(of_units[0], of_units[1])
        if code is not None:
            return self._named(code, printed)
        if self._means_title(words) and not parent:
            return self._of_title()
        if parent and (code := self.names.indicator_of_parts(wider, words[-1])):
            return Named(code, f"{wider} {printed}", " ".join(words[:-1]))
        return (
            self._of_kind(words, parent)
            or self._of_list(words, parent)
            or self._narrowed(words, parent)
            or Named(None, self._printed(printed, parent))
        )

    def of_number(self, named: Named) -> Named:
        """The indicator of an unknown name that only lacks the word for a number: 高新技术企业 with the unit 家."""
        return self._named(self.names.indicator(f"{named.printed}数"), named.printed)

    def _of_kind(self, words: tuple[str, ...], parent: tuple[str, ...]) -> Named | None:
        """An indicator whose kind alone stands here: 发明 below 专利授权数."""
        kind = split_languages(words[-1])[0]
        widers: tuple[str, ...] = ("".join(parent),) if parent else self.titles
        if len(words) > 1:
            outer = self.of(words[:-1], parent)
            widers = (self.names.catalogue.indicators[outer.code].name_zh,) if outer.code else ()
        for wider in widers:
            if code := self.names.indicator_of_kind(wider, kind):
                return self._named(code, " ".join((wider, words[-1])))
        return None

    def _of_list(self, words: tuple[str, ...], parent: tuple[str, ...]) -> Named | None:
        """An indicator of several that the title lists: 合同金额 below 技术市场成交合同数和合同金额."""
        found = None if parent else self.names.indicator_listed(self.title, "".join(words))
        return self._named(found, f"{self.title} {' '.join(words)}") if found else None

    def _of_title(self) -> Named:
        return self._named(self.names.indicator(self.title) or self._only_one_in(self.title), self.title)

    def _only_one_in(self, title: str) -> str | None:
        """The only indicator that a longer title mentions, where all its other words go without saying."""
        mentioned = {self.names.indicator(name) for name in self.names.any_indicator.findall(title.replace(" ", ""))}
        is_plain = not (_OF_MEASURES.search(title) or _SCOPES.search(title) or _WORD.search(self._unusual(title)))
        return mentioned.pop() if len(mentioned) == 1 and is_plain else None

    def _named(self, code: str | None, printed: str) -> Named:
        """An indicator with the doubts that the words around it raise."""
        return (
            Named(code, printed, self._scope(code), self._definition(code, printed)) if code else Named(None, printed)
        )

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

    def _definition(self, code: str, printed: str) -> str:
        """What a name says of one of the indicator's definitions, where its usual name says nothing of it."""
        indicator = self.names.catalogue.indicators[code]
        found = (_DEFINITION.match(self.names.catalogue.bases[basis].name_zh) for basis in indicator.all_bases)
        return next((of[0] for of in found if of and of[0] in printed and of[0] not in indicator.name_zh), "")

    def _scope(self, code: str) -> str:
        """Words around the table that narrow what the indicator's own names leave wide; empty where none does."""
        indicator = self.names.catalogue.indicators[code]
        bases = (self.names.catalogue.bases[basis].name_zh for basis in indicator.all_bases)
        known = clean("|".join((indicator.name_zh, indicator.short_zh, *indicator.aliases, *bases)))
        patterns = (_SCOPES, _OF_MEASURES) if indicator.unit in _UNITS_OF_MEASURES else (_SCOPES,)
        said = (word for text in self.around for pattern in patterns for word in pattern.findall(text))
        left = (word for text in self.around for word in self._left_over(text, known))
        noted = (found[0] for note in self.notes for found in _SCOPE_OF_NOTE.finditer(clean(note)))
        return next((word for word in (*said, *left, *noted) if word not in known), "")

    def _left_over(self, text: str, known: str) -> list[str]:
        """Words of a title that name neither place, period, indicator nor anything that goes without saying."""
        if _PUBLISHER.search(text):
            return []
        words = (_without_pieces(word, known) for word in _CHINESE.findall(self._unusual(text)))
        return [word for word in words if word]

    def _unusual(self, text: str) -> str:
        """A title without places, periods, names of indicators and what goes without saying."""
        rest = self.names.without_places(_BOOK.sub(" ", without_unit(text)))
        for pattern in (_TIMES_AND_PLACES, self.names.any_indicator, TARGET_WORDS, _NEUTRAL):
            rest = pattern.sub(" ", rest)
        return rest

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The lines above the table, however long, and the names of sheet and file where someone gave them."""
        named = (text for text in (self.sheet, self.file) if not _DEFAULT_NAME.match(text))
        return (*self.context.lines, *named)

    @property
    def title(self) -> str:
        """The name that the lines above the table give, else the sheet's or the file's name."""
        return self.titles[0] if self.titles else ""

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """All names that lines, sheet and file give, the nearest first."""
        if "指标" in self.context.pairs:
            return (without_unit(self.context.pairs["指标"]),)
        given = (text for text in (self.sheet, self.file) if not _DEFAULT_NAME.match(text) and not period_of(text))
        names = (*map(self._name_in, reversed(self.context.titles)), *map(self._name_given, given))
        return tuple(name for name in names if name)

    def _name_given(self, text: str) -> str:
        """What the name of a sheet or file names; one such as nbs_export2024 is that of a download, unless it is known.

        Words of English may still name something on a sheet.
        """
        name = self._name_in(text)
        says = _DOCUMENTS.sub("", name)
        is_phrase = text == self.sheet and len(says.split()) > 1
        return name if self.names.indicator(name) or _HAN.search(says) or is_phrase else ""

    def _name_in(self, text: str) -> str:
        """What a title names beside a region; empty where it names nothing else."""
        name, before = _bare(text), ""
        while name != before and not self.names.indicator(name):
            before, name = name, _bare(_AND.sub("", self.names.without_region(name)))
        return name if name and self.names.region(name) is None else ""


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
