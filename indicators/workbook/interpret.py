"""What the tables of a workbook say, as observations with the cell that each stands in.

Every value gets its indicator, region, period and unit from the headings around it, else from the
title, the sheet's name or the file's name. What is not certain is reported where it is printed; what
is not known stays empty with its name as printed. Rather an open question than a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath

from indicators.model.catalogue import NATION, Catalogue, Indicator
from indicators.model.diagnostic import Diagnostic
from indicators.model.observation import STATUSES
from indicators.model.period import is_year
from indicators.model.qualifier import QUALIFIERS
from indicators.workbook.answers import LEAVE_OUT, NO_ANSWERS, Answers, missing_of, question_of
from indicators.workbook.cells import Number, is_missing, number_of
from indicators.workbook.doubts import Doubts
from indicators.workbook.grid import Place, Sheet, Workbook, cell_name
from indicators.workbook.headings import (
    STATUS_WORDS,
    TARGET_WORDS,
    Facet,
    Headings,
    Said,
    context_of,
    regions_said,
    without_translations,
)
from indicators.workbook.layout import Table, tables_of
from indicators.workbook.names import Names
from indicators.workbook.naming import Named, Naming
from indicators.workbook.units import converted, measures_alike
from indicators.workbook.words import SCALES, clean, units_in
from indicators.workbook.years import edition_years_in, part_in, period_of, years_in

_EXCLUSIVE: tuple[Facet, ...] = ("region", "period", "unit")
_ENOUGH_PROVINCES = 20


@dataclass(frozen=True)
class Observed:
    """One value as read. `indicator` and `region` are None where the catalogue does not know the name.

    `basis` and `status` are empty where the file does not name them, `source` where it names none of the catalogue.
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
    names, doubts = Names(catalogue), Doubts()
    tables = [
        (sheet, table)
        for sheet in workbook.sheets
        if not sheet.is_hidden
        for table in tables_of(sheet, names.is_region, names.is_indicator)
    ]
    _tell_sheets_without_tables(workbook, tables, doubts)
    observed: list[Observed] = []
    for sheet, table in tables:
        observed += _TableReader(workbook.name, sheet, table, names, answers, doubts.on(sheet.name)).observations()
    _tell_repetitions(observed, doubts)
    return Reading(tuple(table for _, table in tables), tuple(observed), doubts.all())


def _tell_sheets_without_tables(workbook: Workbook, tables: list[tuple[Sheet, Table]], doubts: Doubts) -> None:
    """A cover or a list of contents is no cause for worry where other sheets hold the figures."""
    with_tables = {id(sheet) for sheet, _ in tables}
    for sheet in workbook.sheets:
        if sheet.is_hidden:
            doubts.on(sheet.name).tell("sheet.hidden", "note", "")
        elif id(sheet) not in with_tables and (sheet.rows or not tables):
            doubts.on(sheet.name).tell("sheet.no_table", "note" if tables else "warning", "")


def _tell_repetitions(observed: Iterable[Observed], doubts: Doubts) -> None:
    """The same figure twice: an error where the values differ, else a note."""
    first: dict[tuple[object, ...], Observed] = {}
    for one in observed:
        name, region = one.indicator or one.indicator_printed, one.region or one.region_printed
        key = (name, region, one.subject, one.period, one.basis, one.source, one.status == "target")
        earlier = first.setdefault(key, one) if name and region and one.period else one
        if earlier is one:
            continue
        there = earlier.cell if earlier.sheet == one.sheet else f"{earlier.sheet}!{earlier.cell}"
        if (earlier.value, earlier.qualifier) == (one.value, one.qualifier):
            doubts.on(one.sheet).tell("figure.again", "note", one.cell, name=one.indicator_printed)
        else:
            about = {"found": one.printed, "other": earlier.printed, "place": there}
            doubts.on(one.sheet).tell_at("figure.twice", "error", one.cell, **about)


class _TableReader:
    """Reads the values of one table."""

    def __init__(self, file: str, sheet: Sheet, table: Table, names: Names, answers: Answers, doubts: Doubts) -> None:
        self.file = PurePath(file).stem
        self.sheet = sheet
        self.table = table
        self.names = names
        self.catalogue = names.catalogue
        self.answers = answers
        self.doubts = doubts
        self.context = context_of(table)
        headings = Headings(table, names)
        self.columns, self.rows, self.corner = headings.of_columns(), headings.of_rows(), headings.of_corner()
        one_name = len({tuple(word.text for word in said.words) for said in self.columns.values()}) == 1
        self.naming = Naming(names, self.context, sheet.name, self.file, one_name)
        self.within = cell_name(table.rows[0].number, table.value_columns[0])
        self._named: dict[tuple[tuple[str, ...], tuple[str, ...]], Named] = {}
        self.has_headings = any(table.headings.values())

    def observations(self) -> list[Observed]:
        """Observations of the table, in the order of their cells."""
        places = ((row.number, column) for row in self.table.rows for column in self.table.value_columns)
        numbers = ((place, number) for place in places if (number := self._number(place)) is not None)
        return [observed for place, number in numbers if (observed := self._observed(number, place)) is not None]

    def _number(self, place: Place) -> Number | None:
        """The number in a cell; what is there instead of one is reported."""
        cell, at = self.sheet.rows[place[0]][place[1]], cell_name(*place)
        if place in self.sheet.uncalculated:
            self.doubts.tell_at("cell.uncalculated", "error", at)
        elif place in self.sheet.errors:
            self.doubts.tell_at("cell.error", "error", at, found=self.sheet.errors[place])
        elif not is_missing(cell):
            return self._without_doubt(number_of(cell), clean(str(cell)), at)
        return None

    def _without_doubt(self, number: Number | None, found: str, at: str) -> Number | None:
        if number is None:
            self.doubts.tell_at("cell.unreadable", "error", at, found=found[:60])
            return None
        for doubt in number.doubts:
            if number.value is None:
                self.doubts.tell_at(f"cell.{doubt}", "error", at, found=number.printed)
            else:
                self.doubts.tell_at(f"cell.{doubt}", "warning", at, found=number.printed, value=number.value)
        return number if number.value is not None else None

    def _observed(self, number: Number, place: Place) -> Observed | None:
        """The observation of a number; None where a person leaves it out."""
        said, cell = self.columns[place[1]].over(self.rows[place[0]]).over(self.corner), cell_name(*place)
        self._doubt_place(place, said)
        code, printed = self._indicator(said, place)
        region, region_printed = self._region(said, cell)
        if LEAVE_OUT in (code, region):
            return None
        value, unit, unit_printed = self._value(number, said, code, printed, place)
        return Observed(
            indicator=code,
            indicator_printed=printed,
            region=region,
            region_printed=region_printed,
            subject=self._subject(said, cell),
            period=self._period(said, value, cell) if code or not self.has_years else said.text("period"),
            basis=self._basis(said, code, cell),
            value=value,
            unit=unit,
            qualifier=self._qualifier(said, number.qualifier, cell),
            status=self._status(said, cell),
            printed=number.printed,
            unit_printed=unit_printed,
            sheet=self.sheet.name,
            cell=cell,
            source=self.names.source(said.text("source") or self.context.pairs.get("数据来源", "")) or "",
        )

    def _doubt_place(self, place: Place, said: Said) -> None:
        """Hidden cells, rows without a label, headings and labels that contradict each other."""
        if place[0] in self.sheet.hidden_rows or place[1] in self.sheet.hidden_columns:
            self.doubts.tell("cell.hidden", "warning", cell_name(*place))
        if "missing" in said.facets:
            self.doubts.tell(f"label.no_{said.text('missing')}", "error", said.at("missing"))
        column, row = self.columns[place[1]], self.rows[place[0]]
        for facet in _EXCLUSIVE:
            one, other = column.text(facet), row.text(facet)
            if one and other and one != other and self._contradict(facet, one, other):
                self.doubts.tell("heading.contradiction", "error", column.at(facet), found=one, other=other)

    def _contradict(self, facet: Facet, one: str, other: str) -> bool:
        if facet == "unit":
            return converted(1.0, one, other, self.catalogue) not in (None, 1.0)
        if facet == "period":
            return True
        a, b = (self.catalogue.regions.get(self.names.region(name) or "") for name in (one, other))
        return a is not None and b is not None and a.code not in (b.code, b.parent) and b.code != a.parent

    def _indicator(self, said: Said, place: Place) -> tuple[str | None, str]:
        """Code and printed name of the indicator; the printed name is empty only where nothing names the column."""
        cell = cell_name(*place)
        if not said.words and not self.table.headings[place[1]] and len(self.table.value_columns) > 1:
            code = "column.no_heading" if self.has_headings else "table.no_heading"
            self.doubts.tell(code, "error", cell, within=str(place[1]) if self.has_headings else self.within)
            return None, ""
        if not said.words and not self.naming.title:
            return self._unnamed(cell)
        at = said.at_words or cell
        words = tuple(word.text for word in said.words)
        named = self._named.get((words, said.parent)) or self.naming.of(without_translations(words), said.parent)
        self._named[words, said.parent] = named
        question = question_of("indicator", named.printed)
        answer = self.answers.get(question)
        if answer == LEAVE_OUT:
            self.doubts.tell("left_out", "note", at, found=named.printed)
        elif answer is None:
            self._doubt_name(named, question, at)
        return answer or named.code, named.printed

    def _unnamed(self, cell: str) -> tuple[str | None, str]:
        """The indicator of a table that nothing names, if a person has said it."""
        question = missing_of("indicator", self.sheet.name, self.context.title)
        answer = self.answers.get(question)
        if answer is None:
            self.doubts.tell("indicator.none", "error", cell, question=question, within=self.within)
        elif answer == LEAVE_OUT:
            self.doubts.tell("left_out", "note", cell, found=self.sheet.name)
        return answer, ""

    def _doubt_name(self, named: Named, question: str, at: str) -> None:
        if named.code is None:
            self.doubts.tell("indicator.unknown", "error", at, question=question, found=named.printed)
        elif named.doubt:
            name = self.catalogue.indicators[named.code].name_zh
            self.doubts.tell("indicator.scope", "warning", at, question=question, name=name, scope=named.doubt)
        elif not self.has_headings and not self.context.titles:
            self.doubts.tell("indicator.no_heading", "warning", at, question=question, name=named.printed)

    def _region(self, said: Said, cell: str) -> tuple[str | None, str]:
        """Code and printed name of the region."""
        printed = said.text("region")
        if not printed:
            return (None, "") if said.text("missing") == "region" else self._region_around(cell)
        code, at, question = self.names.region(printed), said.at("region"), question_of("region", printed)
        if code is None and question in self.answers:
            code = self._answered_region(question, printed, at)
        elif code is None and self.names.is_total(printed) and self.counts_provinces:
            code = NATION
        elif code is None and self.names.is_total(printed):
            self.doubts.tell("region.total", "warning", at, question=question, found=printed)
        elif code is None and self.names.group(printed):
            self.doubts.tell("region.group", "note", at, found=printed)
        elif code is None:
            self.doubts.tell("region.unknown", "error", at, question=question, found=printed)
        return code, printed

    def _answered_region(self, question: str, printed: str, at: str) -> str:
        if self.answers[question] == LEAVE_OUT:
            self.doubts.tell("left_out", "note", at, found=printed)
        return self.answers[question]

    def _region_around(self, cell: str) -> tuple[str | None, str]:
        """The region that lines above the table, the sheet's or the file's name are about."""
        question = missing_of("region", self.sheet.name, self.context.title)
        if question in self.answers:
            return self._answered_region(question, self.context.title, cell), ""
        for text in (self.context.pairs.get("地区", ""), *reversed(self.context.titles), self.sheet.name):
            if text and (code := self.names.region_within(text)):
                return code, self.catalogue.regions[code].name_zh
        code = self.names.region_within(self.file)
        if code is None:
            self.doubts.tell("region.none", "error", cell, question=question, within=self.within)
            return None, ""
        name = self.catalogue.regions[code].name_zh
        self.doubts.tell("region.of_file", "warning", cell, question=question, within=self.within, name=name)
        return code, name

    @cached_property
    def counts_provinces(self) -> bool:
        """Whether the table lists so many provinces that their total is the nation's."""
        named = regions_said((*self.columns.values(), *self.rows.values()), self.names)
        return len(named & set(self.catalogue.provinces)) >= _ENOUGH_PROVINCES

    @cached_property
    def has_years(self) -> bool:
        """Whether columns are headed by periods; one beside them that is not may be a change over years."""
        return any("period" in said.facets for said in self.columns.values())

    def _period(self, said: Said, value: float, cell: str) -> str:
        """The period that headings or labels name, a part of a year completed by its year; empty where nothing does."""
        period, part = said.text("period"), said.text("part")
        if not period and said.text("missing") != "period":
            period = self._year(cell)
        elif period and said.at("rough_period") == said.at("period"):
            found = said.text("rough_period")
            self.doubts.tell("period.approximate", "warning", said.at("period"), found=found, period=period)
        if part and period:
            period = part.format(y=period[:4])
        if value == 0 and ("-Q" in period or len(period) == 7):
            self.doubts.tell("cell.zero", "warning", cell, period=period)
        return period

    def _year(self, cell: str) -> str:
        """The period that the lines above the table, else the sheet's or the file's name give.

        The nearest text that mentions years decides; where it mentions several, nothing does.
        """
        question = missing_of("period", self.sheet.name, self.context.title)
        stated = period_of(self.context.pairs.get("时间", ""))
        if question in self.answers or stated is not None:
            return self.answers.get(question) or (stated.period if stated else "")
        titles = [title for title in reversed(self.context.titles) if not _is_date(title)]
        near = [_periods_of(text) for text in (*titles, self.sheet.name)]
        periods = next((periods for periods in (*near, _periods_of(self.file)) if periods), [])
        if len(periods) == 1:
            self._doubt_period(periods[0], near, question, cell)
            return periods[0]
        return self._year_of_edition(question, cell) if not periods else self._no_year(question, cell)

    def _doubt_period(self, period: str, near: list[list[str]], question: str, cell: str) -> None:
        """A file's year need not be its figures', nor a title's month; a sheet named otherwise may be a copy."""
        about = {"question": question, "within": self.within, "period": period}
        if not any(near):
            self.doubts.tell("period.of_file", "warning", cell, **about)
        elif near[-1] and near[-1] != [period]:
            self.doubts.tell("period.of_sheet", "warning", cell, **about)
        elif not is_year(period):
            self.doubts.tell("period.of_title", "warning", cell, **about)

    def _year_of_edition(self, question: str, cell: str) -> str:
        """The year before that of the yearbook's edition."""
        texts = (*self.context.titles, self.sheet.name, self.file)
        editions = {year for text in texts for year in edition_years_in(text)}
        if len(editions) != 1:
            return self._no_year(question, cell)
        year = editions.pop() - 1
        about = {"edition": year + 1, "year": year}
        self.doubts.tell("period.edition", "warning", cell, question=question, within=self.within, **about)
        return str(year)

    def _no_year(self, question: str, cell: str) -> str:
        self.doubts.tell("period.none", "error", cell, question=question, within=self.within)
        return ""

    def _value(self, number: Number, said: Said, code: str | None, name: str, place: Place) -> tuple[float, str, str]:
        """Value and unit, in the indicator's unit where the printed one allows, and the unit as printed."""
        is_percent = place in self.sheet.percent
        value = float(Decimal(repr(number.value)) * 100) if is_percent else float(number.value or 0)
        known = self.catalogue.indicators.get(code or "")
        printed = number.unit or ("%" if is_percent else "") or said.text("unit") or self._unit_around(known)
        is_own = bool(number.unit) or is_percent
        at = cell_name(*place) if is_own else said.at("unit") or said.at_words or cell_name(*place)
        if number.factor != 1 and printed[:1] in SCALES:
            self.doubts.tell_at("cell.scale_twice", "error", cell_name(*place), found=number.printed, unit=printed)
        if known is None:
            return value, printed, printed
        name = name or known.name_zh
        question = question_of("unit", name)
        result = converted(value, printed, known.unit, self.catalogue) if printed else None
        if result is None and question in self.answers:
            printed = self.answers[question]
            result = converted(value, printed, known.unit, self.catalogue)
        self._doubt_unit(said, printed, at)
        about = {"name": name, "expected": known.unit}
        if result is None and not printed:
            self.doubts.tell("unit.none", "error", at, question=question, within=self.within, **about)
        elif result is None:
            within = at if is_own else self.within
            self.doubts.tell("unit.other", "error", at, question=question, within=within, found=printed, **about)
        elif result != value:
            self.doubts.tell("unit.converted", "note", at, within=self.within, found=printed, **about)
        return (value, printed, printed) if result is None else (result, known.unit, printed)

    def _doubt_unit(self, said: Said, printed: str, at: str) -> None:
        """A heading in one unit of money under a line with another: the heading holds, but one may be a slip."""
        factors = {unit: converted(1.0, unit, printed, self.catalogue) for unit in self.context.units}
        alike = [unit for unit, factor in factors.items() if factor is not None]
        if said.text("unit") == printed and alike and 1.0 not in factors.values():
            self.doubts.tell("unit.of_title", "warning", at, within=self.within, found=printed, other=alike[0])

    def _unit_around(self, known: Indicator | None) -> str:
        """The unit above the table; where it lists several, the only one that suits the indicator."""
        units = self.context.units
        if not units and not self.context.titles:
            units = units_in(self.sheet.name) or units_in(self.file)
        if len(units) == 1 or known is None:
            return units[0] if len(units) == 1 else ""
        suiting = [unit for unit in units if measures_alike(unit, known.unit, self.catalogue)]
        return suiting[0] if len(suiting) == 1 else ""

    def _basis(self, said: Said, code: str | None, cell: str) -> str:
        """The basis that the row or the lines above the table name; empty where nothing does."""
        pairs = self.context.pairs
        named = said.text("basis") or pairs.get("统计口径") or pairs.get("口径") or ""
        if code is None or code not in self.catalogue.indicators or not named:
            return named
        basis = self.names.basis(named, code)
        if basis is None:
            allowed = "、".join(self.catalogue.indicators[code].all_bases) or "—"
            self.doubts.tell("basis.unknown", "error", said.at("basis") or cell, found=named, allowed=allowed)
        return basis or named

    def _subject(self, said: Said, cell: str) -> str:
        """The subject named in the row; empty for figures of a region as a whole."""
        named = said.text("subject")
        subject = self.names.subject(named) if named else ""
        if subject is None:
            self.doubts.tell("subject.unknown", "error", said.at("subject") or cell, found=named)
        return subject or named

    def _status(self, said: Said, cell: str) -> str:
        """The status that the row or a heading names, empty where none does; a title may speak of targets."""
        named = said.text("status")
        if not named and any(TARGET_WORDS.search(title) for title in self.context.titles):
            self.doubts.tell("status.title", "warning", cell, within=self.within)
            return "target"
        if not named:
            return "target" if any(TARGET_WORDS.search(word.text) for word in said.words) else ""
        status = STATUS_WORDS.get(named, named)
        if status not in STATUSES:
            allowed = "、".join(STATUS_WORDS)
            self.doubts.tell("status.unknown", "error", said.at("status") or cell, found=named, allowed=allowed)
        return status

    def _qualifier(self, said: Said, of_number: str, cell: str) -> str:
        """The qualifier named in the row, by its sign or a word such as 超 or 左右, else that of the cell."""
        named = said.text("qualifier")
        if not named or named in QUALIFIERS:
            return named or of_number
        for text in (f"{named}1", f"1{named}"):
            number = number_of(text)
            if number is not None and number.qualifier != "=":
                return number.qualifier
        allowed = " ".join(QUALIFIERS)
        self.doubts.tell("qualifier.unknown", "error", said.at("qualifier") or cell, found=named, allowed=allowed)
        return named


def _is_date(title: str) -> bool:
    """Whether a line only says when the form was filled in."""
    found = period_of(title)
    return found is not None and not is_year(found.period)


def _periods_of(text: str) -> list[str]:
    """Periods that a title or name mentions, without those of a yearbook's edition."""
    part = part_in(text)
    years = sorted(set(years_in(text)) - set(edition_years_in(text)))
    return [part] if part is not None and len(years) == 1 else [str(year) for year in years]
