"""What the tables of a workbook say, as observations with the cell that each stands in.

Every value gets its indicator, region, period and unit from the headings around it, else from the
title, the sheet's name or the file's name. What is not certain is reported where it is printed; what
is not known stays empty with its name as printed. Rather an open question than a guess.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from pathlib import PurePath

from indicators.model.catalogue import Basis, Catalogue, Indicator
from indicators.model.diagnostic import Diagnostic
from indicators.model.qualifier import QUALIFIERS
from indicators.model.status import STATUSES
from indicators.workbook.alike import Alike
from indicators.workbook.answers import LEAVE_OUT, NO_ANSWERS, Answers, missing_of, question_of
from indicators.workbook.cells import Number, is_missing, number_of
from indicators.workbook.doubts import Doubts
from indicators.workbook.footnotes import CHANGES_MEANING, provisional_in
from indicators.workbook.grid import Cell, Place, Sheet, Workbook, cell_name
from indicators.workbook.headings import (
    STATUS_WORDS,
    TARGET_WORDS,
    Facet,
    Headings,
    Said,
    context_of,
    without_translations,
)
from indicators.workbook.layout import Table, tables_of
from indicators.workbook.names import COUNTED_UNITS, Names
from indicators.workbook.naming import Named, Naming
from indicators.workbook.observed import Observations, Observed
from indicators.workbook.periods import Periods
from indicators.workbook.places import Places
from indicators.workbook.units import converted, measures_alike
from indicators.workbook.words import COUNT, SCALES, clean, units_in
from indicators.workbook.years import parts_in

_EXCLUSIVE: tuple[Facet, ...] = ("region", "period", "unit")
_ALL_PEOPLE = re.compile(r"(?:总|年末|年底)人口|total population|^population at", re.IGNORECASE)
_YEARS_IN_FORCE = re.compile(r"(\d{4})(?:\s*[-—–]\s*(\d{4}))?年")


@dataclass(frozen=True)
class Reading:
    """Everything that a workbook says, and everything that is in doubt about it."""

    tables: tuple[Table, ...]
    observations: Observations
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
    _tell_comments({id(sheet): sheet for sheet, _ in tables}.values(), doubts)
    return Reading(tuple(table for _, table in tables), Observations.of(observed), doubts.all())


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
    on_sheet = cache(doubts.on)
    for one in observed:
        code, name, region, place, subject, period, basis, _, _, _, status, _, _, sheet, cell, source = one
        key = (code or name, region or place, subject, period, basis, source, status == "target")
        earlier = first.setdefault(key, one) if key[0] and key[1] and period else one
        if earlier is one:
            continue
        if (earlier.value, earlier.qualifier) == (one.value, one.qualifier):
            on_sheet(sheet).tell("figure.again", "note", cell, name=name)
        else:
            there = earlier.cell if earlier.sheet == sheet else f"{earlier.sheet}!{earlier.cell}"
            about = {"found": one.printed, "other": earlier.printed, "place": there}
            on_sheet(sheet).tell_at("figure.twice", "error", cell, **about)


def _tell_comments(sheets: Iterable[Sheet], doubts: Doubts) -> None:
    """What people wrote at cells, where it may change what a figure means; where it came from does not."""
    for sheet in sheets:
        for (row, column), comment in sorted(sheet.comments.items()):
            is_filled = row < len(sheet.rows) and column < len(sheet.rows[row]) and sheet.rows[row][column] is not None
            if is_filled and (CHANGES_MEANING.search(comment) or parts_in(comment)):
                about = {"found": " ".join(comment.split())[:60], "comment": comment}
                doubts.on(sheet.name).tell_at("cell.comment", "warning", cell_name(row, column), **about)


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
        around = (self.file, sheet, table, names, answers, doubts, self.context)
        self.periods, self.places = Periods(*around), Places(*around, self.columns, self.rows)
        self.within = self.periods.within
        self._named: dict[tuple[tuple[str, ...], tuple[str, ...], str], Named] = {}
        self.unit_lines = {row.unit_line.at for row in table.rows if row.unit_line is not None}
        self.has_headings = any(table.headings.values())
        self.provisional = provisional_in(notes)
        self.printed = _printed(table) if self.provisional.marks else {}

    def observations(self, *, is_untitled: bool = False) -> list[Observed]:
        """Observations of the table, in the order of their cells.

        `is_untitled` tells that other tables of the sheet have titles of their own, so that its name names none.
        """
        if is_untitled:
            self.naming = replace(self.naming, sheet="", file="")
        if self.table.continues:
            self.doubts.tell("table.continued", "warning", self.within, within=self.within, found=self.context.title)
        self.places.doubt_cities()
        return [observed for row in self.table.rows for observed in self._of_row(row.number)]

    def _of_row(self, row: int) -> Iterator[Observed]:
        said_left = self.rows[row].over(self.corner)
        cells, alike = self.sheet.rows[row], self.alike.readings(row)
        for column in self.table.value_columns:
            place, observed = (row, column), alike.get(column)
            if observed is None and (cells[column] is not None or place in self.alike.apart):
                told = self.doubts.count
                observed = self._of_cell(place, said_left)
                if observed is not None and self.doubts.count == told and not self.provisional.marks:
                    self.alike.keep(place, observed)
            if observed is not None:
                yield observed

    def _of_cell(self, place: Place, said_left: Said) -> Observed | None:
        cell = cell_name(*place)
        number = self._number(place, cell)
        if number is None:
            return None
        return self._observed(number, self._together(self.columns[place[1]], said_left), place, cell)

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
            number = self._shown_number(place, cell, at) if place in self.sheet.shown else number_of(cell)
            if number is None:
                self.doubts.tell_at("cell.unreadable", "error", at, found=clean(str(cell))[:60])
            return number if number is None or not number.doubts else self._without_doubt(number, at)
        return None

    def _shown_number(self, place: Place, cell: Cell, at: str) -> Number | None:
        """The number that a cell shows, with the words of its number format: 990.6 as 990.6万元."""
        before, behind, divisor = self.sheet.shown[place]
        seen = format(Decimal(repr(cell)) / divisor, "f")
        if divisor > 1:
            self.doubts.tell("cell.scaled_format", "warning", at, within=self.within, divisor=divisor)
        return number_of(f"{before}{seen}{behind}") or number_of(seen)

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
        code, printed = self._indicator(said, *place, cell)
        region, region_printed = self.places.of(said, cell)
        if LEAVE_OUT in (code, region):
            return None
        value, unit, unit_printed = self._value(number, said, code, printed, place, cell)
        subject = self._subject(said, cell) if "subject" in said.facets else ""
        period = self.periods.of(said, code, value, cell) if code or not self.has_years else said.text("period")
        basis = self._basis(said, code, period, cell)
        qualifier = self._qualifier(said, number.qualifier, cell) if "qualifier" in said.facets else number.qualifier
        status = self._status(said, number, period, cell)
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
        if place in self.sheet.struck:
            self.doubts.tell_at("cell.struck", "warning", cell)
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

    def _indicator(self, said: Said, row: int, column: int, cell: str) -> tuple[str | None, str]:
        """Code and printed name of the indicator; the printed name is empty only where nothing names the column."""
        if not said.words and not self.table.headings[column] and len(self.table.value_columns) > 1:
            code = "column.no_heading" if self.has_headings else "table.no_heading"
            self.doubts.tell(code, "error", cell, within=str(column) if self.has_headings else self.within)
            return None, ""
        if not said.words and not self.naming.title:
            return self._unnamed(cell)
        at, named = said.at_words or cell, self._named_by(said)
        if named.code is not None and (units := self.units_above.get(row)):
            self._doubt_scope(named, units, at)
        if named.code == "population" and self.is_of_cities and _ALL_PEOPLE.search(named.printed):
            # yearbooks of cities so call those who are registered there
            self._doubt_scope(named, named.printed, at)
        question = question_of("indicator", named.printed)
        answer = self.answers.get(question)
        if answer == LEAVE_OUT:
            self.doubts.tell("left_out", "note", at, found=named.printed)
        elif answer is None:
            self._doubt_name(named, question, at)
        return answer or named.code, named.printed

    def _named_by(self, said: Said) -> Named:
        unit = said.text("unit")
        key = (tuple([word.text for word in said.words]), said.parent, unit)
        if key not in self._named:
            named = self.naming.of(without_translations(key[0]), said.parent)
            is_counted = named.code is None and bool(COUNT.fullmatch(unit or self._unit_around(None)))
            self._named[key] = self.naming.of_number(named) if is_counted else named
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
            self._doubt_scope(named, named.doubt, at)
        elif not self.has_headings and not self.context.titles:
            self.doubts.tell("indicator.no_heading", "warning", at, question=question, name=named.printed)

    def _doubt_scope(self, named: Named, scope: str, at: str) -> None:
        """Words beside a name that may make another indicator of it, unless a person has said that they do not."""
        question = question_of("indicator", named.printed)
        if question not in self.answers:
            name = self.catalogue.indicators[named.code or ""].name_zh
            self.doubts.tell("indicator.scope", "warning", at, question=question, name=name, scope=scope)

    @cached_property
    def alike(self) -> Alike:
        """What was read of the values so far, for those that follow."""
        sheet = self.sheet
        return Alike(
            sheet,
            self.table,
            self.columns,
            self.rows,
            self.corner,
            self.names,
            apart={*sheet.percent, *sheet.errors, *sheet.uncalculated, *sheet.shown, *sheet.struck}
            | self.merged_numbers,
            unit_lines=self.unit_lines,
            units_above=self.units_above,
        )

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
    def units_above(self) -> dict[int, str]:
        """By row: the units that a row above counts, whose figures these may be, such as 高新技术企业 over R&D经费."""
        found: dict[int, str] = {}
        units = ""
        for row, said in self.rows.items():
            name = said.words[-1].text if len(said.words) == 1 and not said.parent else ""
            code = self.names.indicator(name) if name else None
            if COUNTED_UNITS.search(name):
                units = name
            elif units and code is not None and self.names.has_narrower(code):
                found[row] = units
            else:
                units = ""
        return found

    @cached_property
    def basis_around(self) -> str:
        """The basis that the lines around the table name; empty where they name none."""
        return self.context.pairs.get("统计口径") or self.context.pairs.get("口径") or ""

    @cached_property
    def source_around(self) -> str:
        """Code of the source that the lines around the table name; empty where they name none of the catalogue."""
        return self._source(self.context.pairs.get("数据来源", ""))

    @cached_property
    def has_target_title(self) -> bool:
        """Whether a line above the table speaks of targets."""
        return any(TARGET_WORDS.search(title) for title in self.context.titles)

    @cached_property
    def is_of_cities(self) -> bool:
        """Whether headings or labels name a city, as tables of cities do beside municipalities."""
        regions = (self.catalogue.regions.get(code or "") for code in self.places.named_regions)
        return any(region is not None and region.level == "city" for region in regions)

    @cached_property
    def has_years(self) -> bool:
        """Whether columns are headed by periods; one beside them that is not may be a change over years."""
        return any("period" in said.facets for said in self.columns.values())

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
        if place in self.sheet.shown and number.unit:
            self._doubt_format(number.unit, said.text("unit") or self._unit_around(known), at)
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

    def _doubt_format(self, shown: str, said: str, at: str) -> None:
        """A number format that shows another unit than the heading says: either may be a slip."""
        if said and converted(1.0, shown, said, self.catalogue) not in (None, 1.0):
            self.doubts.tell("unit.of_format", "warning", at, within=self.within, found=shown, other=said)

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

    def _basis(self, said: Said, code: str | None, period: str, cell: str) -> str:
        """The basis that the row, the lines above the table or the indicator's name tell; empty where nothing does."""
        named = said.text("basis") or self.basis_around
        if code is None or code not in self.catalogue.indicators:
            return named
        if not named:
            return self._basis_of_name(said, code, period, cell)
        basis = self.names.basis(named, code)
        if basis is None:
            allowed = "、".join(self.catalogue.indicators[code].all_bases) or "—"
            self.doubts.tell("basis.unknown", "error", said.at("basis") or cell, found=named, allowed=allowed)
        return basis or named

    def _basis_of_name(self, said: Said, code: str, period: str, cell: str) -> str:
        """The basis whose definition a name tells and whose years the period lies in: 主营业务收入 of 2011 to 2016."""
        named = self._named_by(said)
        if not named.definition or named.code != code:
            return ""
        bases = (self.catalogue.bases[basis] for basis in self.catalogue.indicators[code].all_bases)
        in_force = [of.code for of in bases if of.name_zh.startswith(named.definition) and _is_in_force(of, period)]
        if len(in_force) == 1:
            return in_force[0]
        self._doubt_scope(named, named.definition, said.at_words or cell)
        return ""

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

    def _status(self, said: Said, number: Number, period: str, cell: str) -> str:
        """The status that row, heading or footnote name, empty where none does; a title may speak of targets."""
        named = said.text("status")
        if not named and self.has_target_title:
            self.doubts.tell("status.title", "warning", cell, within=self.within)
            return "target"
        if not named:
            is_target = any(TARGET_WORDS.search(word.text) for word in said.words)
            is_provisional = self.provisional.holds_for(period, (number.printed, *self._texts_of(said)))
            return "target" if is_target else "provisional" if is_provisional else ""
        status = STATUS_WORDS.get(named, named)
        if status not in STATUSES:
            allowed = "、".join(STATUS_WORDS)
            self.doubts.tell("status.unknown", "error", said.at("status") or cell, found=named, allowed=allowed)
        return status

    def _texts_of(self, said: Said) -> Iterator[str]:
        """The headings and labels of a value as printed, with their footnote marks."""
        places = {said.at("period"), said.at("region"), *(word.at for word in said.words)}
        return (self.printed[at] for at in places if at in self.printed)

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


def _printed(table: Table) -> dict[str, str]:
    """Every heading and label of a table by its cell."""
    headings = (piece for path in table.headings.values() for piece in path)
    labels = (label for row in table.rows for label in row.labels.values())
    return {piece.at: piece.text for piece in (*headings, *labels)}


def _is_in_force(basis: Basis, period: str) -> bool:
    """Whether a period lies in the years that the definition of a basis begins with: 2011—2016年, or 2010年."""
    years = _YEARS_IN_FORCE.match(basis.definition_zh)
    return years is not None and years[1] <= period[:4] <= (years[2] or years[1])
