"""What the tables of a workbook say, as observations with the cell that each stands in.

Every value gets its indicator, region, period and unit from the headings around it, else from the
title, the sheet's name or the file's name. What is not certain is reported where it is printed; what
is not known stays empty with its name as printed. Rather an open question than a guess.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath

from indicators.model.catalogue import NATION, Catalogue, Indicator
from indicators.model.diagnostic import Diagnostic, Severity
from indicators.model.period import is_year
from indicators.model.qualifier import QUALIFIERS
from indicators.model.status import STATUSES
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
from indicators.workbook.years import edition_years_in, is_date, parts_in, period_of, periods_in

_EXCLUSIVE: tuple[Facet, ...] = ("region", "period", "unit")
_ENOUGH_PROVINCES = 20
_ROUNDING = 0.05


@dataclass(slots=True)  # not frozen: freezing doubles the time that making one takes, and files have many thousands
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
    titled: set[str] = set()
    for sheet, table in tables:
        reader = _TableReader(workbook.name, sheet, table, names, answers, doubts.on(sheet.name))
        observed += reader.observations(is_untitled=sheet.name in titled and not reader.context.titles)
        titled |= {sheet.name} if reader.context.titles else set()
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
        notes = tuple(note.text for note in table.notes)
        self.naming = Naming(names, self.context, sheet.name, self.file, one_name, notes)
        self.within = cell_name(table.rows[0].number, table.value_columns[0])
        self._named: dict[tuple[tuple[str, ...], tuple[str, ...]], Named] = {}
        self.unit_lines = {row.unit_line.at for row in table.rows if row.unit_line is not None}
        self.has_headings = any(table.headings.values())

    def observations(self, *, is_untitled: bool = False) -> list[Observed]:
        """Observations of the table, in the order of their cells.

        `is_untitled` tells that other tables of the sheet have titles of their own, so that its name names none.
        """
        if is_untitled:
            self.naming = replace(self.naming, sheet="", file="")
        return [observed for row in self.table.rows for observed in self._of_row(row.number)]

    def _of_row(self, row: int) -> Iterator[Observed]:
        said_left = self.rows[row].over(self.corner)
        for column in self.table.value_columns:
            place, cell = (row, column), cell_name(row, column)
            number = self._number(place, cell)
            if number is not None:
                said = self._together(self.columns[column], said_left)
                observed = self._observed(number, said, place, cell)
                if observed is not None:
                    yield observed

    def _together(self, column: Said, row: Said) -> Said:
        """What heading and label say of a value; of a province over a city of its own the city counts."""
        said = column.over(row)
        if "region" in column.facets and "region" in row.facets and self._lies_in(row, column):
            return Said({**said.facets, "region": row.facets["region"]}, said.words, said.parent)
        return said

    def _lies_in(self, inner: Said, outer: Said) -> bool:
        region = self.catalogue.regions.get(self.names.region(inner.text("region")) or "")
        return region is not None and region.parent == self.names.region(outer.text("region"))

    def _number(self, place: Place, at: str) -> Number | None:
        """The number in a cell; what is there instead of one is reported."""
        cell = self.sheet.rows[place[0]][place[1]]
        if place in self.sheet.uncalculated:
            self.doubts.tell_at("cell.uncalculated", "error", at)
        elif place in self.sheet.errors:
            self.doubts.tell_at("cell.error", "error", at, found=self.sheet.errors[place])
        elif not is_missing(cell):
            number = number_of(cell)
            if number is None:
                self.doubts.tell_at("cell.unreadable", "error", at, found=clean(str(cell))[:60])
            return number if number is None or not number.doubts else self._without_doubt(number, at)
        return None

    def _without_doubt(self, number: Number, at: str) -> Number | None:
        """The number of a print that can be read in two ways, None where it has no value."""
        for doubt in number.doubts:
            if number.value is None:
                self.doubts.tell_at(f"cell.{doubt}", "error", at, found=number.printed)
            else:
                self.doubts.tell_at(f"cell.{doubt}", "warning", at, found=number.printed, value=number.value)
        return number if number.value is not None else None

    def _observed(self, number: Number, said: Said, place: Place, cell: str) -> Observed | None:
        """The observation of a number; None where a person leaves it out."""
        self._doubt_place(place, said, cell)
        code, printed = self._indicator(said, place[1], cell)
        region, region_printed = self._region(said, cell)
        if LEAVE_OUT in (code, region):
            return None
        value, unit, unit_printed = self._value(number, said, code, printed, place, cell)
        subject = self._subject(said, cell) if "subject" in said.facets else ""
        period = self._period(said, value, cell) if code or not self.has_years else said.text("period")
        basis = self._basis(said.text("basis") or self.basis_around, said, code, cell)
        qualifier = self._qualifier(said, number.qualifier, cell) if "qualifier" in said.facets else number.qualifier
        status = self._status(said, cell)
        named = said.text("source")
        source = self._source(named) if named else self.source_around
        return Observed(  # by position, in a fifth of the time that names take
            code,
            printed,
            region,
            region_printed,
            subject,
            period,
            basis,
            value,
            unit,
            qualifier,
            status,
            number.printed,
            unit_printed,
            self.sheet.name,
            cell,
            source,
        )

    def _doubt_place(self, place: Place, said: Said, cell: str) -> None:
        """Hidden cells, rows without a label, headings and labels that contradict each other."""
        if place in self.merged_numbers:
            self.doubts.tell_at("cell.merged", "warning", cell)
        if place[0] in self.sheet.hidden_rows or place[1] in self.sheet.hidden_columns:
            self.doubts.tell("cell.hidden", "warning", cell)
        if "missing" in said.facets:
            self.doubts.tell(f"label.no_{said.text('missing')}", "error", said.at("missing"))
        column, row = self.columns[place[1]], self.rows[place[0]]
        if column.facets.keys().isdisjoint(row.facets):
            return
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

    def _indicator(self, said: Said, column: int, cell: str) -> tuple[str | None, str]:
        """Code and printed name of the indicator; the printed name is empty only where nothing names the column."""
        if not said.words and not self.table.headings[column] and len(self.table.value_columns) > 1:
            code = "column.no_heading" if self.has_headings else "table.no_heading"
            self.doubts.tell(code, "error", cell, within=str(column) if self.has_headings else self.within)
            return None, ""
        if not said.words and not self.naming.title:
            return self._unnamed(cell)
        at, named = said.at_words or cell, self._named_by(said)
        question = question_of("indicator", named.printed)
        answer = self.answers.get(question)
        if answer == LEAVE_OUT:
            self.doubts.tell("left_out", "note", at, found=named.printed)
        elif answer is None:
            self._doubt_name(named, question, at)
        return answer or named.code, named.printed

    def _named_by(self, said: Said) -> Named:
        key = (tuple([word.text for word in said.words]), said.parent)
        if key not in self._named:
            self._named[key] = self.naming.of(without_translations(key[0]), said.parent)
        return self._named[key]

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
        return self.names.region(printed) or self._unknown_region(printed, said.at("region")), printed

    def _unknown_region(self, printed: str, at: str) -> str | None:
        """The region that a name of none stands for, where a person or the rows of the table tell."""
        question = question_of("region", printed)
        if question in self.answers:
            return self._answered_region(question, printed, at)
        of = self._region_of_total(printed) if self.names.is_total(printed) else None
        if of is not None:
            severity: Severity = (
                "note" if of != NATION or self.provinces == set(self.catalogue.provinces) else "warning"
            )
            about = {"found": printed, "name": self.catalogue.regions[of].name_zh}
            self.doubts.tell("region.of_total", severity, at, question=question, **about)
        elif self.names.is_total(printed):
            self.doubts.tell("region.total", "warning", at, question=question, found=printed)
        elif self.names.group(printed):
            self.doubts.tell("region.group", "note", at, found=printed)
        else:
            self.doubts.tell("region.unknown", "error", at, question=question, found=printed)
        return of

    def _region_of_total(self, printed: str) -> str | None:
        """The nation below its provinces, unless they add up to the total without being all; the cities' province."""
        if len(self.provinces) >= _ENOUGH_PROVINCES:
            is_all = self.provinces == set(self.catalogue.provinces)
            return NATION if is_all or not self._adds_up(printed) else None
        code = next(filter(None, map(self.names.region_within, reversed(self.context.titles))), None)
        places = [self.catalogue.regions[named] for named in self.named_regions if named is not None]
        return code if places and all(place.parent == code for place in places) else None

    def _adds_up(self, printed: str) -> bool:
        """Whether a total row is the sum of the provinces above or below it in one of its columns."""
        listed = [row for row, said in self.rows.items() if self.names.region(said.text("region")) in self.provinces]
        totals = [row for row, said in self.rows.items() if said.text("region") == printed]
        return not totals or any(
            abs(self._plain(total, column) - sum(self._plain(row, column) for row in listed)) < _ROUNDING * len(listed)
            for total in totals
            for column in self.table.value_columns
        )

    def _plain(self, row: int, column: int) -> float:
        """The number in a cell as printed, 0 where there is none."""
        number = number_of(self.sheet.rows[row][column])
        return float(number.value) if number is not None and number.value is not None else 0.0

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
            if code := self.names.region_within(text):
                return code, self.catalogue.regions[code].name_zh
            if self.names.names_other_place(text):
                self.doubts.tell("region.none", "error", cell, question=question, within=self.within)
                return None, ""
        code = self.names.region_within(self.file)
        if code is None:
            self.doubts.tell("region.none", "error", cell, question=question, within=self.within)
            return None, ""
        name = self.catalogue.regions[code].name_zh
        self.doubts.tell("region.of_file", "warning", cell, question=question, within=self.within, name=name)
        return code, name

    @cached_property
    def merged_numbers(self) -> set[Place]:
        """The first cells of merged areas that reach over several rows or columns of values."""
        rows, columns = {row.number for row in self.table.rows}, set(self.table.value_columns)
        return {
            (area.first_row, area.first_column)
            for area in self.sheet.merged
            if len(rows & {*range(area.first_row, area.last_row + 1)}) > 1
            or len(columns & {*range(area.first_column, area.last_column + 1)}) > 1
        }

    @cached_property
    def basis_around(self) -> str:
        """The basis that the lines around the table name; empty where they name none."""
        return self.context.pairs.get("统计口径") or self.context.pairs.get("口径") or ""

    @cached_property
    def source_around(self) -> str:
        """Code of the source that the lines around the table name; empty where they name none of the catalogue."""
        return self._source(self.context.pairs.get("数据来源", ""))

    @cached_property
    def named_regions(self) -> set[str | None]:
        """Codes of the regions that headings and labels name."""
        return regions_said((*self.columns.values(), *self.rows.values()), self.names)

    @cached_property
    def provinces(self) -> set[str]:
        """Codes of the provinces that headings and labels name."""
        return set(self.catalogue.provinces) & self.named_regions

    @cached_property
    def has_target_title(self) -> bool:
        """Whether a line above the table speaks of targets."""
        return any(TARGET_WORDS.search(title) for title in self.context.titles)

    @cached_property
    def has_years(self) -> bool:
        """Whether columns are headed by periods; one beside them that is not may be a change over years."""
        return any("period" in said.facets for said in self.columns.values())

    def _period(self, said: Said, value: float, cell: str) -> str:
        """The period that headings or labels name, a part of a year completed by its year; empty where nothing does."""
        if self.table.off_centre is not None:
            at = self.table.off_centre.at
            self.doubts.tell("heading.off_centre", "error", at, within=at, found=self.table.off_centre.text)
            return ""
        period, part = said.text("period"), said.text("part")
        if not period and said.text("missing") != "period":
            period = self._year(cell)
        elif "rough_period" in said.facets and said.at("rough_period") == said.at("period"):
            found = said.text("rough_period")
            self.doubts.tell("period.approximate", "warning", said.at("period"), found=found, period=period)
        if part and period:
            period = part.format(y=period[:4])
        elif is_year(period):
            period = self._part_around(period, said.at("period") or cell)
        if value == 0 and ("-Q" in period or len(period) == 7):
            self.doubts.tell("cell.zero", "warning", cell, period=period)
        return period

    @cached_property
    def parts_around(self) -> list[str]:
        """The parts of a year that the lines above the table, the sheet's and the file's name speak of."""
        titles = (title for title in self.context.titles if not is_date(title))
        texts = (self.context.pairs.get("时间", ""), *titles, self.sheet.name, self.file)
        return list(dict.fromkeys(part for text in texts for part in parts_in(text)))

    def _part_around(self, year: str, at: str) -> str:
        """The part of a year that is spoken of around the table; the year where none is, empty where several are."""
        if not self.parts_around:
            return year
        if len(self.parts_around) > 1:
            found = "、".join(part.format(y="…") for part in self.parts_around)
            self.doubts.tell("period.parts", "error", at, within=self.within, found=found)
            return ""
        self.doubts.tell("period.of_part", "warning", at, within=self.within, found=self.parts_around[0].format(y="…"))
        return self.parts_around[0].format(y=year)

    def _year(self, cell: str) -> str:
        """The period that the lines above the table, else the sheet's or the file's name give.

        The nearest text that mentions years decides; where it mentions several, nothing does.
        """
        question = missing_of("period", self.sheet.name, self.context.title)
        stated = period_of(self.context.pairs.get("时间", ""))
        if question in self.answers or stated is not None:
            return self.answers.get(question) or (stated.period if stated else "")
        titles = [title for title in reversed(self.context.titles) if not is_date(title)]
        near = [periods_in(text) for text in (*titles, self.sheet.name)]
        periods = next((periods for periods in (*near, periods_in(self.file)) if periods), [])
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

    def _value(
        self, number: Number, said: Said, code: str | None, name: str, place: Place, cell: str
    ) -> tuple[float, str, str]:
        """Value and unit, in the indicator's unit where the printed one allows, and the unit as printed."""
        is_percent = place in self.sheet.percent
        value = float(Decimal(repr(number.value)) * 100) if is_percent else float(number.value or 0)
        known = self.catalogue.indicators.get(code or "")
        printed = number.unit or ("%" if is_percent else "") or said.text("unit") or self._unit_around(known)
        if number.factor != 1 and printed[:1] in SCALES:
            self.doubts.tell_at("cell.scale_twice", "error", cell, found=number.printed, unit=printed)
        if known is None:
            return value, printed, printed
        is_own = bool(number.unit) or is_percent
        at = cell if is_own else said.at("unit") or said.at_words or cell
        name = name or known.name_zh
        result = converted(value, printed, known.unit, self.catalogue) if printed else None
        if result is None and (answer := self.answers.get(question_of("unit", name))) is not None:
            printed, result = answer, converted(value, answer, known.unit, self.catalogue)
        if self.context.units and said.text("unit") == printed and said.at("unit") not in self.unit_lines:
            self._doubt_unit(printed, at)
        if result is None:
            self._tell_other_unit(printed, at, at if is_own else self.within, name=name, expected=known.unit)
            return value, printed, printed
        if result != value:
            about = {"name": name, "expected": known.unit}
            self.doubts.tell("unit.converted", "note", at, within=self.within, found=printed, **about)
        return result, known.unit, printed

    def _tell_other_unit(self, printed: str, at: str, within: str, *, name: str, expected: str) -> None:
        """No unit, or one that measures something else than the indicator's."""
        question, about = question_of("unit", name), {"name": name, "expected": expected}
        if printed:
            self.doubts.tell("unit.other", "error", at, question=question, within=within, found=printed, **about)
        else:
            self.doubts.tell("unit.none", "error", at, question=question, within=self.within, **about)

    def _doubt_unit(self, printed: str, at: str) -> None:
        """A heading in one unit of money under a line with another: the heading holds, but one may be a slip."""
        factors = {unit: converted(1.0, unit, printed, self.catalogue) for unit in self.context.units}
        alike = [unit for unit, factor in factors.items() if factor is not None]
        if alike and 1.0 not in factors.values():
            self.doubts.tell("unit.of_title", "warning", at, within=self.within, found=printed, other=alike[0])

    def _unit_around(self, known: Indicator | None) -> str:
        """The unit above the table; where it lists several, the only one that suits the indicator."""
        units = self.context.units
        if len(units) == 1:
            return units[0]
        if not units and not self.context.titles:
            units = units_in(self.sheet.name) or units_in(self.file)
        if len(units) == 1 or known is None:
            return units[0] if len(units) == 1 else ""
        suiting = [unit for unit in units if measures_alike(unit, known.unit, self.catalogue)]
        return suiting[0] if len(suiting) == 1 else ""

    def _basis(self, named: str, said: Said, code: str | None, cell: str) -> str:
        """The basis that the row or the lines above the table name; empty where nothing does."""
        if not named or code is None or code not in self.catalogue.indicators:
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

    def _source(self, named: str) -> str:
        """Code of a source that is named; empty where the catalogue has none of that name."""
        return self.names.source(named) or ""

    def _status(self, said: Said, cell: str) -> str:
        """The status that the row or a heading names, empty where none does; a title may speak of targets."""
        named = said.text("status")
        if not named and self.has_target_title:
            self.doubts.tell("status.title", "warning", cell, within=self.within)
            return "target"
        if not named:
            return "target" if said.words and any(TARGET_WORDS.search(word.text) for word in said.words) else ""
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
