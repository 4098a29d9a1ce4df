"""What the tables of a workbook say, as observations with the cell that each stands in.

Every value gets its indicator, region, period and unit from the headings around it, else from the
title, the sheet's name or the file's name. What is not certain is reported; what is not known stays
empty with its name as printed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

from indicators.model.catalogue import NATION, Catalogue
from indicators.model.diagnostic import Diagnostic, Severity
from indicators.model.observation import STATUSES
from indicators.model.period import is_period
from indicators.model.qualifier import QUALIFIERS
from indicators.workbook.answers import LEAVE_OUT, NO_ANSWERS, Answers, missing_of, question_of
from indicators.workbook.cells import is_missing, number_of
from indicators.workbook.grid import Cell, Sheet, Workbook, cell_name
from indicators.workbook.layout import YEAR_WORDS, Row, Table, tables_of
from indicators.workbook.names import Names
from indicators.workbook.units import converted
from indicators.workbook.words import clean, split_languages, units_in, without_unit
from indicators.workbook.years import edition_years_in, period_of, years_in

_ROLES: dict[str, re.Pattern[str]] = {
    role: re.compile(rf"^(?:{words})$", re.IGNORECASE)
    for role, words in {
        "region": r"地区|地域|区域|省份|省市|城市|地市|市县|区县|省|市|各地区|行政区划?|省\(?区、?市\)?|地区名称|"
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
_PLAIN_VALUE = re.compile(r"^(?:数值|数据|值|指标值|value|data|obs_value)$", re.IGNORECASE)
_FILLER = re.compile(r"^(?:指标|项目|地区|年份|年度|时间|单位|items?|indicators?|regions?|years?|unit)$", re.IGNORECASE)
_PAIR = re.compile(r"^(数据库|指标|时间|地区|单位|计量单位|统计口径|口径|数据来源|资料来源)\s*[:：]\s*(.+)$")
_YEAR_FIRST = re.compile(r"^((?:19|20)\d\d)年(?!.*(?:比|为|较|增|=))(.+)$")
_TABLE_WORDS = re.compile(
    r"^(?:全国|我国|中国)?(?:各地区|各省(?:区|、)?市?|分地区|分省|按地区分|31个?省(?:区市)?)的?|"
    r"(?:统计表|一览表|情况表?|续表|表)$|[(（]续[)）]?|[(（](?:\d{4}[年\-—~至]*)+[)）]|(?:19|20)\d\d\s*(?:[-—~至]\s*(?:19|20)\d\d)?\s*年?"
)
_DEFAULT_SHEET = re.compile(
    r"^(?:sheet|table|工作表|表)?\s*\d*$|^(?:CSV|数据|分省年度数据|分省年度数据_?\d*)$", re.IGNORECASE
)
_SCOPES = re.compile(
    r"规模以上|工业企业|高技术产业|高技术制造|大中型|高等学校|高校|科研机构|研究机构|研究与开发机构|城镇|农村|城市|"
    r"国有|私营|外商|港澳台|按行业|制造业|服务业|软件|其中|人均|占比|比重|增长|增速|指数|累计|位次|排名"
)
_TARGET = re.compile(r"目标|规划|预期|力争")
_ENGLISH = re.compile(r"^[A-Za-z][a-z].*$", re.ASCII | re.DOTALL)
_STATUSES = {
    "实际": "actual",
    "实际值": "actual",
    "实际数": "actual",
    "目标": "target",
    "目标值": "target",
    "初步": "provisional",
    "初步数": "provisional",
    "初步核算": "provisional",
    "推算": "derived",
    "推算数": "derived",
    "待核": "unverified",
}
_ENOUGH_PROVINCES = 20


@dataclass(frozen=True)
class Observed:
    """One value as read. `indicator` and `region` are None where the catalogue does not know the name.

    `basis` is empty where the file does not name it, `source` where it names none of the catalogue.
    """

    indicator: str | None
    indicator_printed: str
    region: str | None
    region_printed: str
    subject: str
    period: str
    basis: str
    value: float | None
    unit: str
    qualifier: str
    status: str
    printed: str
    unit_printed: str
    sheet: str
    cell: str
    source: str


@dataclass(frozen=True)
class Reading:
    """Everything that a workbook says, and everything that is in doubt about it."""

    tables: tuple[Table, ...]
    observations: tuple[Observed, ...]
    problems: tuple[Diagnostic, ...]


def interpret(workbook: Workbook, catalogue: Catalogue, answers: Answers = NO_ANSWERS) -> Reading:
    """Observations of all visible sheets, in the order of their cells, with all doubts.

    What a person has answered to an earlier reading's questions is taken as said.
    """
    reader = _Reader(workbook, catalogue, answers)
    for sheet in workbook.sheets:
        if sheet.is_hidden:
            reader.tell("sheet.hidden", "note", sheet.name, "")
        else:
            reader.read(sheet)
    return Reading(tuple(reader.tables), tuple(reader.observed), tuple(reader.problems.values()))


@dataclass(frozen=True)
class _Said:
    """What headings, labels or the context say of a value."""

    region: str | None = None
    region_printed: str = ""
    period: str = ""
    unit: str = ""
    basis: str = ""
    subject: str = ""
    status: str = ""
    qualifier: str = ""
    source: str = ""
    words: tuple[str, ...] = ()

    def over(self, wider: "_Said") -> "_Said":
        """This, completed by what stands further away; words of both, the wider first."""
        region = (self.region, self.region_printed) if self.region_printed else (wider.region, wider.region_printed)
        return _Said(
            *region,
            period=self.period or wider.period,
            unit=self.unit or wider.unit,
            basis=self.basis or wider.basis,
            subject=self.subject or wider.subject,
            status=self.status or wider.status,
            qualifier=self.qualifier or wider.qualifier,
            source=self.source or wider.source,
            words=(*wider.words, *self.words),
        )


@dataclass
class _Context:
    """What stands above a table or names its sheet and file."""

    titles: list[str]
    units: tuple[str, ...]
    pairs: dict[str, str] = field(default_factory=dict)


class _Reader:
    """Gathers observations and doubts over the sheets of one workbook."""

    def __init__(self, workbook: Workbook, catalogue: Catalogue, answers: Answers) -> None:
        self.workbook = workbook
        self.catalogue = catalogue
        self.answers = answers
        self.names = Names(catalogue)
        self.tables: list[Table] = []
        self.observed: list[Observed] = []
        self.problems: dict[tuple[str, str, str, str], Diagnostic] = {}

    def tell(
        self, code: str, severity: Severity, sheet: str, cell: str, *, question: str = "", **details: object
    ) -> None:
        """Report something once, at the first cell that it concerns; an error that no answer mends, at every cell."""
        about = (code, sheet, cell if severity == "error" and not question else "", str(sorted(details.items())))
        self.problems.setdefault(about, Diagnostic(code, severity, sheet, cell, details, question))

    def read(self, sheet: Sheet) -> None:
        """Read all tables of a sheet."""
        tables = tables_of(sheet, lambda text: self.names.region(text) is not None)
        if not tables and sheet.rows:
            self.tell("sheet.no_table", "warning", sheet.name, "A1")
        for table in tables:
            self.tables.append(table)
            self._read_table(sheet, table)

    def _read_table(self, sheet: Sheet, table: Table) -> None:
        context = self._context(table)
        roles = {column: self._role(table, column) for column in table.label_columns}
        columns = {column: self._of_path(table.headings[column]) for column in table.value_columns}
        rows = {row.number: self._of_row(row, roles) for row in table.rows}
        counts_provinces = self._counts_provinces([*columns.values(), *rows.values()])
        for row in table.rows:
            for column in table.value_columns:
                cell = sheet.rows[row.number][column]
                said = columns[column].over(rows[row.number])
                if self._has_value(sheet, row.number, column, cell):
                    self._observe(sheet, row.number, column, said, context, counts_provinces)

    def _counts_provinces(self, saids: Iterable[_Said]) -> bool:
        codes = {said.region for said in saids}
        return len(codes & set(self.catalogue.provinces)) >= _ENOUGH_PROVINCES

    def _has_value(self, sheet: Sheet, row: int, column: int, cell: Cell) -> bool:
        place = (row, column)
        if place in sheet.uncalculated:
            self.tell("cell.uncalculated", "error", sheet.name, cell_name(*place))
        elif place in sheet.errors:
            self.tell("cell.error", "error", sheet.name, cell_name(*place), found=sheet.errors[place])
        elif not is_missing(cell):
            return True
        return False

    def _observe(
        self, sheet: Sheet, row: int, column: int, said: _Said, context: _Context, counts_provinces: bool
    ) -> None:
        place = cell_name(row, column)
        if row in sheet.hidden_rows or column in sheet.hidden_columns:
            self.tell("cell.hidden", "warning", sheet.name, place)
        number = number_of(sheet.rows[row][column])
        if number is not None and number.value is None:
            for doubt in number.doubts:
                self.tell(f"cell.{doubt}", "error", sheet.name, place, found=number.printed)
            return
        if number is None or number.value is None:
            self.tell("cell.unreadable", "error", sheet.name, place, found=clean(str(sheet.rows[row][column]))[:60])
            return
        for doubt in number.doubts:
            self.tell(f"cell.{doubt}", "warning", sheet.name, place, found=number.printed, value=number.value)
        code, printed = self._indicator(said, context, sheet.name, place)
        region, region_printed = self._region(said, context, sheet.name, place, counts_provinces)
        if LEAVE_OUT in (code, region):
            return
        is_percent = (row, column) in sheet.percent
        value = float(Decimal(repr(number.value)) * 100) if is_percent else number.value
        unit_printed = number.unit or ("%" if is_percent else "") or said.unit or self._context_unit(code, context)
        unit_printed = unit_printed or self.answers.get(question_of("unit", printed), "")
        value, unit = self._in_catalogue_unit(code, value, unit_printed, sheet.name, place, printed)
        self.observed.append(
            Observed(
                indicator=code,
                indicator_printed=printed,
                region=region,
                region_printed=region_printed,
                subject=self._subject(said, sheet.name, place),
                period=self._period(said, context, sheet.name, place),
                basis=self._basis(said, code, context, sheet.name, place),
                value=value,
                unit=unit,
                qualifier=self._qualifier(said, number.qualifier, sheet.name, place),
                status=self._status(said, printed, sheet.name, place),
                printed=number.printed,
                unit_printed=unit_printed,
                sheet=sheet.name,
                cell=place,
                source=self.names.source(said.source or context.pairs.get("数据来源", "")) or "",
            )
        )

    def _context(self, table: Table) -> _Context:
        pairs: dict[str, str] = {}
        titles: list[str] = []
        units: tuple[str, ...] = ()
        for line in (*table.context, *table.notes):
            pair = _PAIR.match(line)
            found = units_in(line)
            if pair:
                pairs.setdefault(pair[1], pair[2])
            if found and (pair is None or pair[1] in ("单位", "计量单位", "指标")):
                units = found
            elif pair is None and line in table.context:
                titles.append(line)
            if found and pair is None and without_unit(line):
                titles.append(line)
        return _Context(titles, units, pairs)

    def _role(self, table: Table, column: int) -> str:
        heading = "".join(clean(str(cell)).replace(" ", "") for cell in table.headings[column])
        chinese, latin = split_languages(heading)
        for role, pattern in _ROLES.items():
            if pattern.match(heading) or pattern.match(chinese) or (not chinese and pattern.match(latin)):
                return role
        cells = [row.labels[column] for row in table.rows if column in row.labels]
        regions = sum(self.names.region(str(cell)) is not None for cell in cells)
        periods = sum(period_of(cell) is not None for cell in cells)
        if regions * 2 >= len(cells):
            return "region"
        if periods * 2 >= len(cells):
            return "period"
        is_translation = len(table.label_columns) > 1 and all(str(cell).isascii() for cell in cells)
        return "ignored" if is_translation else "indicator"

    def _of_path(self, path: Iterable[Cell]) -> _Said:
        said = _Said()
        for piece in path:
            said = self._of_words(piece).over(said)
        return said

    def _of_words(self, piece: Cell) -> _Said:
        found = period_of(piece)
        if found is not None:
            return _Said(period=found.period)
        text = clean(str(piece))
        dated = _YEAR_FIRST.match(text.replace(" ", ""))
        period, text = (dated[1], dated[2]) if dated else ("", text)
        units = units_in(text)
        unit = units[0] if len(units) == 1 else ""
        rest = without_unit(text)
        if not rest or _FILLER.match(rest) or _PLAIN_VALUE.match(rest):
            return _Said(period=period, unit=unit)
        region = self.names.region(rest)
        if region is not None and self.names.indicator(rest) is None:
            return _Said(region, rest, period, unit)
        return _Said(period=period, unit=unit, words=(rest,))

    def _of_row(self, row: Row, roles: Mapping[int, str]) -> _Said:
        said = self._of_words(row.section) if row.section else _Said()
        for column, cell in row.labels.items():
            said = self._of_label(cell, roles[column]).over(said)
        return said

    def _of_label(self, cell: Cell, role: str) -> _Said:
        text = clean(str(int(cell) if isinstance(cell, float) and cell == int(cell) else cell))
        if role == "region":
            return self._of_place(text)
        if role == "period":
            found = period_of(cell)
            period = found.period if found else text if is_period(text) else ""
            return _Said(period=period, words=() if period else (text,))
        if role == "unit":
            return _Said(unit=text)
        if role == "basis":
            return _Said(basis=text)
        if role == "subject":
            return _Said(subject=text)
        if role == "status":
            return _Said(status=text)
        if role == "qualifier":
            return _Said(qualifier=text)
        if role == "source":
            return _Said(source=text)
        return _Said() if role == "ignored" else self._of_words(cell)

    def _of_place(self, text: str) -> _Said:
        region = self.names.region(text)
        if region is None:
            dated = re.match(r"^(\D{2,}?)\s*((?:19|20)\d\d)年?$", text)
            if dated and self.names.region(dated[1]):
                return _Said(self.names.region(dated[1]), dated[1], dated[2])
        return _Said(region, text)

    def _indicator(self, said: _Said, context: _Context, sheet: str, place: str) -> tuple[str | None, str]:
        """Code and printed name of the indicator; the printed name is never empty if anything names it."""
        words = _without_translations(said.words)
        printed = " ".join(words) or self._title(context, sheet)
        question = question_of("indicator", printed)
        code = self.names.indicator("".join(words) or printed) or self.answers.get(question)
        if code is None:
            self.tell("indicator.unknown", "error", sheet, place, question=question, found=printed)
        elif code == LEAVE_OUT:
            self.tell("left_out", "note", sheet, place, found=printed)
        elif words and question not in self.answers:
            self._doubt_scope(code, context, sheet, place)
        return code, printed

    def _doubt_scope(self, code: str, context: _Context, sheet: str, place: str) -> None:
        """A title that narrows what a column's own name leaves wide makes the name doubtful."""
        indicator = self.catalogue.indicators[code]
        known = "".join((indicator.name_zh, *indicator.aliases))
        narrower = [word for title in context.titles for word in _SCOPES.findall(title) if word not in known]
        if narrower:
            self.tell("indicator.scope", "warning", sheet, place, name=indicator.name_zh, scope=narrower[0])

    def _title(self, context: _Context, sheet: str) -> str:
        """The name of the indicator where no heading gives one."""
        if "指标" in context.pairs:
            return without_unit(context.pairs["指标"])
        for title in reversed(context.titles):
            name = self._bare(title)
            if name:
                return name
        if not _DEFAULT_SHEET.match(sheet) and not period_of(sheet):
            return self._bare(sheet)
        return self._bare(PurePath(self.workbook.name).stem)

    def _bare(self, title: str) -> str:
        """A title without table number, years, “by region” and the like."""
        text, before = split_languages(without_unit(title))[0] or without_unit(title), ""
        while text != before:
            before, text = text, _TABLE_WORDS.sub("", text).strip(" _-—()（）")
        return text

    def _region(
        self, said: _Said, context: _Context, sheet: str, place: str, counts_provinces: bool
    ) -> tuple[str | None, str]:
        printed = said.region_printed
        title = context.titles[-1] if context.titles else ""
        question = question_of("region", printed) if printed else missing_of("region", sheet, title)
        if not said.region and question in self.answers:
            if self.answers[question] == LEAVE_OUT:
                self.tell("left_out", "note", sheet, place, found=printed)
            return self.answers[question], printed
        if printed and self.names.is_total(printed) and not said.region:
            if counts_provinces:
                return NATION, printed
            self.tell("region.total", "warning", sheet, place, question=question, found=printed)
            return None, printed
        if said.region or printed:
            self._judge_region(said, question, sheet, place)
            return said.region, printed
        for text in (context.pairs.get("地区", ""), *reversed(context.titles), sheet, self.workbook.name):
            code = self.names.region_within(text) if text else None
            if code:
                return code, self.catalogue.regions[code].name_zh
        self.tell("region.none", "error", sheet, place, question=question)
        return None, ""

    def _judge_region(self, said: _Said, question: str, sheet: str, place: str) -> None:
        if said.region:
            return
        if self.names.group(said.region_printed):
            self.tell("region.group", "note", sheet, place, found=said.region_printed)
        else:
            self.tell("region.unknown", "error", sheet, place, question=question, found=said.region_printed)

    def _period(self, said: _Said, context: _Context, sheet: str, place: str) -> str:
        if said.period:
            return said.period
        question = missing_of("period", sheet, context.titles[-1] if context.titles else "")
        if question in self.answers:
            return self.answers[question]
        for text in (*reversed(context.titles), sheet, self.workbook.name):
            years = set(years_in(text)) - set(edition_years_in(text))
            if len(years) == 1:
                return str(years.pop())
        editions = {year for text in (*context.titles, sheet, self.workbook.name) for year in edition_years_in(text)}
        if len(editions) == 1:
            year = editions.pop() - 1
            self.tell("period.edition", "warning", sheet, place, question=question, edition=year + 1, year=year)
            return str(year)
        self.tell("period.none", "error", sheet, place, question=question)
        return ""

    def _context_unit(self, code: str | None, context: _Context) -> str:
        """The unit above the table; where it lists several, the only one that suits the indicator."""
        if len(context.units) == 1 or code is None:
            return context.units[0] if len(context.units) == 1 else ""
        wanted = self.catalogue.indicators[code].unit
        suiting = [unit for unit in context.units if converted(1.0, unit, wanted, self.catalogue) is not None]
        return suiting[0] if len(suiting) == 1 else ""

    def _in_catalogue_unit(
        self, code: str | None, value: float, printed: str, sheet: str, place: str, name: str
    ) -> tuple[float, str]:
        """The value in the indicator's unit, the conversion reported; else as printed."""
        if code is None:
            return value, printed
        wanted = self.catalogue.indicators[code].unit
        if not printed:
            question = question_of("unit", name)
            self.tell("unit.none", "error", sheet, place, question=question, name=name, expected=wanted)
            return value, ""
        result = converted(value, printed, wanted, self.catalogue)
        if result is None:
            self.tell("unit.other", "error", sheet, place, name=name, found=printed, expected=wanted)
            return value, printed
        if result != value:
            self.tell("unit.converted", "note", sheet, place, name=name, found=printed, expected=wanted)
        return result, wanted

    def _basis(self, said: _Said, code: str | None, context: _Context, sheet: str, place: str) -> str:
        """The basis that the row or the lines above the table name; empty where nothing does."""
        named = said.basis or context.pairs.get("统计口径") or context.pairs.get("口径") or ""
        if code is None or not named:
            return named
        basis = self.names.basis(named, code)
        if basis is None:
            allowed = "、".join(self.catalogue.indicators[code].all_bases) or "—"
            self.tell("basis.unknown", "error", sheet, place, found=named, allowed=allowed)
        return basis or named

    def _subject(self, said: _Said, sheet: str, place: str) -> str:
        subject = self.names.subject(said.subject) if said.subject else ""
        if subject is None:
            self.tell("subject.unknown", "error", sheet, place, found=said.subject)
        return subject or said.subject

    def _status(self, said: _Said, printed: str, sheet: str, place: str) -> str:
        """The status named in the row; a heading may say that figures are targets."""
        if not said.status:
            return "target" if _TARGET.search(printed) else "actual"
        status = _STATUSES.get(said.status, said.status)
        if status not in STATUSES:
            self.tell("status.unknown", "error", sheet, place, found=said.status, allowed="、".join(_STATUSES))
        return status

    def _qualifier(self, said: _Said, of_number: str, sheet: str, place: str) -> str:
        """The qualifier named in the row, by its sign or a word such as 超 or 左右, else that of the cell."""
        if not said.qualifier:
            return of_number
        if said.qualifier in QUALIFIERS:
            return said.qualifier
        for text in (f"{said.qualifier}1", f"1{said.qualifier}"):
            number = number_of(text)
            if number is not None and number.qualifier != "=":
                return number.qualifier
        self.tell("qualifier.unknown", "error", sheet, place, found=said.qualifier, allowed=" ".join(QUALIFIERS))
        return said.qualifier


def _without_translations(words: tuple[str, ...]) -> tuple[str, ...]:
    """The Chinese words where headings stand in both languages; abbreviations such as R&D stay."""
    if all(word.isascii() for word in words):
        return words
    return tuple(word for word in words if not _ENGLISH.match(word))
