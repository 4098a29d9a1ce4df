"""Which period a value is of: as its headings and labels say, else the lines around its table."""

import re
from functools import cached_property

from indicators.model.period import is_year
from indicators.workbook.answers import missing_of
from indicators.workbook.headings import Said
from indicators.workbook.surroundings import Surroundings
from indicators.workbook.years import edition_years_in, is_date, is_until, parts_in, period_of, periods_in, years_in

_OF_BASE_YEARS = re.compile(r"[比为较增减降升=]|价|基[年期]|以来|指数")


class Periods(Surroundings):
    """Finds the periods of a table's values."""

    def of(self, said: Said, code: str | None, value: float, cell: str) -> str:
        """The period that headings or labels name, a part of a year completed by its year; empty where nothing does."""
        if self.table.off_centre is not None:
            at = self.table.off_centre.at
            self.doubts.tell("heading.off_centre", "error", at, within=at, found=self.table.off_centre.text)
            return ""
        if until := self._until(said, code):
            at = said.at("period") or cell
            self.doubts.tell("period.until", "error", at, within=self.within, found=until)
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
            period = self._of_part(period, said.at("period") or cell)
        self._doubt_years_of_words(said, period)
        if value == 0 and ("-Q" in period or len(period) == 7):
            self.doubts.tell("cell.zero", "warning", cell, period=period)
        return period

    def _doubt_years_of_words(self, said: Said, period: str) -> None:
        """A year in the words of a heading or label that is not the value's: rd_intensity_2023 in a row of 2024."""
        for word in said.words:
            years = [str(year) for year in years_in(word.text)]
            if period and len(years) == 1 and years[0] not in period and not _OF_BASE_YEARS.search(word.text):
                self.doubts.tell("period.of_words", "warning", word.at, found=word.text, year=years[0], period=period)

    def _until(self, said: Said, code: str | None) -> str:
        """The words that count a flow up to a month, for no period is "up to November"; empty for a stock."""
        known = self.catalogue.indicators.get(code or "")
        if known is None or known.kind == "stock":
            return ""
        rough = said.text("rough_period")
        if rough and said.at("rough_period") == said.at("period"):
            return rough if is_until(rough) else ""
        is_whole = not said.text("part") and (not said.text("period") or is_year(said.text("period")))
        return self._until_around if is_whole else ""

    @cached_property
    def _until_around(self) -> str:
        """The text around the table that counts up to a month and leaves open since when; empty where none does."""
        texts = (self.context.pairs.get("时间", ""), *reversed(self.context.titles), self.sheet.name, self.file)
        return next(filter(is_until, texts), "")

    @cached_property
    def _parts_around(self) -> list[str]:
        """The parts of a year that the lines above the table, the sheet's and the file's name speak of."""
        titles = (title for title in self.context.titles if not is_date(title))
        texts = (self.context.pairs.get("时间", ""), *titles, self.sheet.name, self.file)
        return list(dict.fromkeys(part for text in texts for part in parts_in(text)))

    def _of_part(self, year: str, at: str) -> str:
        """The part of a year that is spoken of around the table; the year where none is, empty where several are."""
        if not self._parts_around:
            return year
        if len(self._parts_around) > 1:
            found = "、".join(part.format(y="…") for part in self._parts_around)
            self.doubts.tell("period.parts", "error", at, within=self.within, found=found)
            return ""
        self.doubts.tell("period.of_part", "warning", at, within=self.within, found=self._parts_around[0].format(y="…"))
        return self._parts_around[0].format(y=year)

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
