"""What headings, labels and titles say of the values that they stand over: region, period, unit, name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from indicators.model.period import is_period
from indicators.workbook.filled import Printed
from indicators.workbook.grid import cell_name
from indicators.workbook.layout import FORM_LINE, Row, Table, may_be_place
from indicators.workbook.names import Names
from indicators.workbook.words import YEAR_WORDS, split_languages, units_in, without_unit
from indicators.workbook.years import part_of, period_of

Facet = Literal[
    "region", "period", "part", "rough_period", "unit", "basis", "subject", "status", "qualifier", "source", "missing"
]
Role = Literal[
    "region", "period", "indicator", "unit", "basis", "subject", "status", "qualifier", "source", "translation"
]

_ROLES: dict[Role, re.Pattern[str]] = {
    role: re.compile(rf"^(?:{words})$", re.IGNORECASE)  # type: ignore[misc]
    for role, words in {
        "region": r"地区|地域|区域|省份|省市|城市|地市|设区市|市\(?州\)?|市\(区\)|市县|区县|省|市|各地区|"
        r"名称|行政区划?|省\(?区、?市\)?|地区名称|"
        r"regions?|provinces?|city|cities|areas?|districts?|province_name|prov",
        "period": YEAR_WORDS,
        "indicator": r"指标|指标名称|项目|指标\w{0,2}|items?|indicators?",
        "unit": r"单位|计量单位|units?",
        "basis": r"口径|统计口径|basis",
        "subject": r"主体|subject",
        "status": r"状态|status",
        "qualifier": r"限定|限定词|qualifier",
        "source": r"(?:数据|资料)?来源|sources?",
    }.items()
}
_VALUE_WORDS = re.compile(
    r"^(?:数值|数据|值|指标值|绝对[数值额量]|总量|数额|按\S{1,8}?分组?|value|data|obs_value)$", re.IGNORECASE
)
_OF_SERIES = re.compile(
    r"^(?:频[率度]|状态|来源|数据来源|(?:指标|序列|系列)?(?:id|代码|编码)|更新(?:时间|日期)|起止?时间|时间(?:区间|范围)|"
    r"(?:首次|最后)(?:观测|更新)(?:日期|时间)|数列(?:id|备注)|sr码|贸易代码|助记符|函数说明|建议|次国家|(?:开始|结束)日期|国家|"
    r"frequency|status|source|series id|series code|last update time)$",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(r"^(?:频[率度]|frequency)$", re.IGNORECASE)
_YEARLY = re.compile(r"^(?:年|年度|annual|yearly?)$", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:指标|项目|地区|年份|年度|年|时间|单位|[行列]标签|"
    r"items?|indicators?|regions?|years?|unit|(?:row|column) labels)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"^(数据库|指标|时间|地区|单位|计量单位|统计口径|口径|数据来源|资料来源)\s*[:：]\s*(.*)$")
_YEAR_FIRST = re.compile(r"^((?:19|20)\d\d)年(?!.*(?:比|为|较|增|=))(.+)$")
_PLACE_AND_YEAR = re.compile(r"^(?P<place>\D{2,}?)\s*(?P<year>(?:19|20)\d\d)年?$")
_YEAR_AND_PLACE = re.compile(r"^(?P<year>(?:19|20)\d\d)年?\s*(?P<place>\D{2,})$")
_PART_OF_ROW_ABOVE = re.compile(r"^(?:\s|[#＃]|其\s?中|of which)", re.IGNORECASE)
_ENGLISH = re.compile(r"^[A-Za-z][a-z].*$", re.ASCII | re.DOTALL)
_PROSE = re.compile(r"[。；;!?！？]|：.{20}")
_LONGEST_TITLE = 60
_MEASURE_OF_PIVOT = re.compile(r"求和项:|sum of ", re.IGNORECASE)
_COLON = re.compile(r"[:：]")
_UNSAID = ("", "")
_BRACKET_BEHIND = re.compile(r"^(?P<name>.+?)\((?P<inside>[^()]+)\)$")
TARGET_WORDS = re.compile(
    r"目标|预期|力争|任务分解|预计|预测|工作计划|计划(?=[数值表]|指标|完成|安排)|[(（]计划[)）]|^计划$"
)
STATUS_WORDS = {
    "实际": "actual",
    "实际值": "actual",
    "实际数": "actual",
    "目标": "target",
    "目标值": "target",
    "目标数": "target",
    "计划": "target",
    "计划数": "target",
    "预计": "target",
    "预计数": "target",
    "规划": "target",
    "规划数": "target",
    "规划目标": "target",
    "预期": "target",
    "预期目标": "target",
    "初步": "provisional",
    "初步数": "provisional",
    "初步核算": "provisional",
    "初步核算数": "provisional",
    "快报数": "provisional",
    "推算": "derived",
    "推算数": "derived",
    "待核": "unverified",
}


class Said(NamedTuple):
    """What headings or labels say of a value: each facet as text with its cell, and the words left over.

    `period` is ISO text, `part` a pattern of {y} that wants a year, `rough_period` a period as printed
    that was read as a slightly different one. `missing` names a label that its row leaves blank;
    `parent` are the words of the row that this one is a part of.
    """

    facets: Mapping[Facet, tuple[str, str]] = MappingProxyType({})
    words: tuple[Printed, ...] = ()
    parent: tuple[str, ...] = ()

    def text(self, facet: Facet) -> str:
        """What is said of a facet; empty where nothing is."""
        return self.facets.get(facet, _UNSAID)[0]

    def at(self, facet: Facet) -> str:
        """The cell that says it; empty where none does."""
        return self.facets.get(facet, _UNSAID)[1]

    @property
    def at_words(self) -> str:
        """The cell of the words nearest to the value; empty where there are none."""
        return self.words[-1].at if self.words else ""

    def over(self, wider: "Said") -> "Said":
        """This, completed by what stands further away; words of both, the wider first."""
        return Said({**wider.facets, **self.facets}, wider.words + self.words, self.parent or wider.parent)


@dataclass(frozen=True)
class Context:
    """What stands above and below a table: titles, units, and pairs such as 指标：…

    `lines` are the titles and those too long for one, without sentences.
    """

    titles: tuple[str, ...]
    units: tuple[str, ...]
    pairs: Mapping[str, str]
    lines: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The line nearest to the table."""
        return self.titles[-1] if self.titles else ""


def context_of(table: Table) -> Context:
    """What the lines around a table say; prose and notes name neither title nor unit, but for a unit line."""
    pairs: dict[str, str] = {}
    titles: list[str] = []
    longer: list[str] = []
    units: tuple[str, ...] = ()
    for line in table.context:
        pair = _PAIR.match(line)
        if pair and not pair[2]:
            continue
        found = units_in(line) if len(line) <= _LONGEST_TITLE else ()
        if pair:
            pairs[pair[1]] = pair[2]
        if found and (pair is None or pair[1] in ("单位", "计量单位", "指标")):
            units = found
        is_form = bool(FORM_LINE.match(line)) and not found
        if pair is None and not is_form and len(line) <= _LONGEST_TITLE and (not found or without_unit(line)):
            titles.append(line)
        if pair is None and not is_form and (not found or without_unit(line)) and not _PROSE.search(line):
            longer.append(line)
    for note in table.notes:
        pair = _PAIR.match(note.text)
        if pair and pair[2]:
            pairs.setdefault(pair[1], pair[2])
            units = units or (units_in(note.text) if pair[1] in ("单位", "计量单位") else ())
    return Context(tuple(titles), units, pairs, tuple(longer))


class Headings:
    """Reads the headings and labels of one table."""

    def __init__(self, table: Table, names: Names) -> None:
        self.table = table
        self.names = names
        self.heads = {piece.place[0]: piece.text for at in table.label_columns[:1] for piece in table.headings[at]}
        frequencies = [*self._frequencies()]
        self.is_yearly = bool(frequencies) and all(map(_YEARLY.match, frequencies))
        self.roles = {column: self._role(column) for column in table.label_columns}

    def _frequencies(self) -> Iterator[str]:
        """How often a data bank's series are published, as it prints in a row of headings or a column of labels."""
        for column in self.table.value_columns:
            for piece in self.table.headings[column]:
                if _FREQUENCY.match(self.heads.get(piece.place[0], "")):
                    yield piece.text
        for column in self.table.label_columns:
            if _FREQUENCY.match("".join(piece.text for piece in self.table.headings[column])):
                yield from (row.labels[column].text for row in self.table.rows if column in row.labels)

    def of_columns(self) -> dict[int, Said]:
        """What the headings say of each value column; 合计 beside regions is a region."""
        said = {column: self._of_path(self.table.headings[column]) for column in self.table.value_columns}
        if not any("region" in each.facets for each in said.values()):
            return said
        return {column: self._as_total(each) for column, each in said.items()}

    def of_corner(self) -> Said:
        """What the heading over the labels says of all values: 陕西, 单位：亿元, or 求和项:成交额 of a pivot table."""
        corner = [piece for column in self.table.label_columns for piece in self.table.headings[column]]
        said = [self._of_words(piece) for piece in corner]
        measures = [of.words for piece, of in zip(corner, said, strict=True) if _MEASURE_OF_PIVOT.match(piece.text)]
        facets = {facet: found for of in said for facet, found in of.facets.items()}
        return Said(facets, measures[0] if measures else ())

    def of_rows(self) -> dict[int, Said]:
        """What the labels say of each row; 其中：项数 is a part of the row above."""
        said: dict[int, Said] = {}
        whole: tuple[str, ...] = ()
        for row in self.table.rows:
            of_row = self._of_row(row)
            if self._is_part(row):
                of_row = Said(of_row.facets, of_row.words, whole)
            elif of_row.words:
                whole = (of_row.words[-1].text,)
            said[row.number] = of_row
        return said

    def _is_part(self, row: Row) -> bool:
        labels = [
            row.labels[column] for column, role in self.roles.items() if role == "indicator" and column in row.labels
        ]
        return bool(labels) and bool(_PART_OF_ROW_ABOVE.match(str(labels[-1].cell)))

    def _as_total(self, said: Said) -> Said:
        total = next((word for word in said.words if self.names.is_total(word.text)), None)
        if total is None or "region" in said.facets:
            return said
        words = tuple(word for word in said.words if word is not total)
        return Said({**said.facets, "region": (total.text, total.at)}, words)

    def _role(self, column: int) -> Role:
        heading = "".join(piece.text.replace(" ", "") for piece in self.table.headings[column])
        chinese, latin = split_languages(heading)
        labels = [row.labels[column] for row in self.table.rows if column in row.labels]
        periods = sum(bool(_of_period(label)) for label in labels)
        regions = sum(self.names.region(label.text) is not None for label in labels)
        for role, pattern in _ROLES.items():
            is_said = pattern.match(heading) or pattern.match(chinese) or (not chinese and pattern.match(latin))
            if is_said and (role != "period" or periods) and (heading != "名称" or regions):
                return role
        places = regions + sum(self.names.region(at.text) is None and may_be_place(at.text) for at in labels)
        if regions and places * 2 >= len(labels):
            return "region"
        if periods * 2 >= len(labels):
            return "period"
        is_translation = len(self.table.label_columns) > 1 and all(label.text.isascii() for label in labels)
        return "translation" if is_translation else "indicator"

    def _of_path(self, path: Iterable[Printed]) -> Said:
        said = Said()
        for piece in path:
            if not _OF_SERIES.match(
                self.heads.get(piece.place[0], "")
            ):  # rows about a series, as data banks print them
                said = self._of_words(piece).over(said)
        return said

    def _of_time(self, piece: Printed) -> dict[Facet, tuple[str, str]]:
        """The period that a cell names; the end of a year stands for the year of yearly series."""
        facets = _of_period(piece)
        return {"period": (facets["period"][0][:4], piece.at)} if self.is_yearly and "period" in facets else facets

    def _of_words(self, piece: Printed) -> Said:
        facets = self._of_time(piece)
        if facets:
            return Said(facets)
        text = piece.text
        dated = _YEAR_FIRST.match(text.replace(" ", ""))
        if dated:
            facets["period"], text = (dated[1], piece.at), dated[2]
        units = units_in(text)
        if len(units) == 1:
            facets["unit"] = (units[0], piece.at)
        rest, said = self._without_bracket(without_unit(text), piece.at)
        facets |= said
        if not rest or _FILLER.match(rest) or _VALUE_WORDS.match(rest):
            return Said(facets)
        if (status := STATUS_WORDS.get(rest.strip("()"))) is not None:
            return Said({**facets, "status": (status, piece.at)})
        if self.names.region(rest) is not None and self.names.indicator(rest) is None:
            return Said({**facets, "region": (rest, piece.at)})
        place, rest = self._place_of_series(rest)
        return Said(facets | ({"region": (place, piece.at)} if place else {}), (Printed(rest, piece.place),))

    def _place_of_series(self, name: str) -> tuple[str, str]:
        """Place and indicator of a series' name, 陕西:技术市场成交额; no place where it has none or nothing else."""
        parts = [part.strip() for part in _COLON.split(name)]
        places = [part for part in parts if self.names.region(part) is not None]
        others = [part for part in parts if part not in places]
        return (places[-1], ":".join(others)) if places and others else ("", name)

    def _without_bracket(self, name: str, at: str) -> tuple[str, dict[Facet, tuple[str, str]]]:
        """A name and what its bracket says of period or status: 技术合同成交额（目标）."""
        match = _BRACKET_BEHIND.match(name)
        if match is None or self.names.indicator(name) is not None:
            return name, {}
        inside = match["inside"]
        if (found := period_of(inside)) is not None:
            return match["name"], {"period": (found.period, at)}
        if (part := part_of(inside)) is not None:
            return match["name"], {"part": (part, at)}
        status = STATUS_WORDS.get(inside)
        return (match["name"], {"status": (status, at)}) if status is not None else (name, {})

    def _of_row(self, row: Row) -> Said:
        said = self._of_section(row.section)
        if row.unit_line is not None:
            said = self._of_words(row.unit_line).over(said)
        for column, label in row.labels.items():
            is_total = self.roles[column] == "region" and self.names.is_total(label.text)
            if not (is_total and "region" in said.facets):  # 全省 or 合计 behind the name of the province
                said = self._of_label(label, self.roles[column]).over(said)
        for role in ("region", "period", "indicator"):
            columns = [column for column, of in self.roles.items() if of == role]
            if columns and not any(column in row.labels for column in columns) and role not in said.facets:
                said = Said({**said.facets, "missing": (role, cell_name(row.number, columns[-1]))}, said.words)
        return said

    def _of_section(self, section: Printed | None) -> Said:
        """What a line between the rows says; a group of regions, or what a data bank leaves blank, says nothing."""
        if section is None or self.names.group(section.text) is not None or _OF_SERIES.match(section.text):
            return Said()
        return self._of_words(section)

    def _of_label(self, label: Printed, role: Role) -> Said:
        text = label.text
        if role == "region":
            return self._of_place(label)
        if role == "period":
            facets = self._of_time(label)
            if not facets and is_period(text):
                facets = {"period": (text, label.at)}
            return Said(facets or {"missing": ("period", label.at)})
        if role == "indicator":
            return self._of_words(label)
        return Said() if role == "translation" else Said({role: (text, label.at)})

    def _of_place(self, label: Printed) -> Said:
        """A place, in a glued label with its year (陕西2023)."""
        text = label.text
        if self.names.region(text) is None:
            dated = _PLACE_AND_YEAR.match(text) or _YEAR_AND_PLACE.match(text)
            if dated and self.names.region(dated["place"]):
                return Said({"region": (dated["place"], label.at), "period": (dated["year"], label.at)})
        return Said({"region": (text, label.at)})


def _of_period(piece: Printed) -> dict[Facet, tuple[str, str]]:
    """The period or part of a year that a cell names."""
    found = period_of(piece.cell)
    if found is not None:
        rough: dict[Facet, tuple[str, str]] = {"rough_period": (piece.text, piece.at)} if found.approximate else {}
        return {"period": (found.period, piece.at), **rough}
    part = part_of(piece.text)
    return {"part": (part, piece.at)} if part is not None else {}


def without_translations(words: Sequence[str]) -> tuple[str, ...]:
    """The Chinese words where headings stand in both languages; abbreviations such as R&D stay."""
    if all(word.isascii() for word in words):
        return tuple(words)
    return tuple(word for word in words if not _ENGLISH.match(word))


def regions_said(saids: Iterable[Said], names: Names) -> set[str | None]:
    """Codes of all regions that headings or labels name."""
    return {names.region(said.text("region")) for said in saids if "region" in said.facets}
