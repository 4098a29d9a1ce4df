"""Which region a value is of: as its headings and labels say, else the lines around its table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from indicators.model.catalogue import NATION
from indicators.model.diagnostic import Severity
from indicators.workbook.answers import LEAVE_OUT, missing_of, question_of
from indicators.workbook.cells import number_of
from indicators.workbook.headings import Said, regions_said
from indicators.workbook.surroundings import Surroundings
from indicators.workbook.words import clean

_ENOUGH_PROVINCES = 20
_ROUNDING = 0.05
_CITIES = re.compile(r"(?:城市|地级?市|设区市|市\(?州\)?|cit(?:y|ies))(?:名称?)?", re.IGNORECASE)
_OF_NATION = {"年度数据", "季度数据", "月度数据"}  # 国家数据 calls those of regions 分省年度数据 and the like


@dataclass(frozen=True)
class Places(Surroundings):
    """Finds the regions of a table's values, from what its headings and labels say."""

    columns: Mapping[int, Said]
    rows: Mapping[int, Said]

    @cached_property
    def named_regions(self) -> set[str | None]:
        """Codes of the regions that headings and labels name."""
        return regions_said((*self.columns.values(), *self.rows.values()), self.names)

    @cached_property
    def provinces(self) -> set[str]:
        """Codes of the provinces that headings and labels name."""
        return set(self.catalogue.provinces) & self.named_regions

    def of(self, said: Said, cell: str) -> tuple[str | None, str]:
        """Code and printed name of the region."""
        printed = said.text("region")
        if not printed:
            return (None, "") if said.text("missing") == "region" else self._around(cell)
        return self.names.region(printed) or self._unknown(printed, said.at("region")), printed

    def _unknown(self, printed: str, at: str) -> str | None:
        """The region that a name of none stands for, where a person or the rows of the table tell."""
        question = question_of("region", printed)
        if question in self.answers:
            return self._answered(question, printed, at)
        of = self._of_total(printed) if self.names.is_total(printed) else None
        if of is not None:
            is_nation = self.provinces == set(self.catalogue.provinces) and not self._adds_up(printed)
            severity: Severity = "note" if of != NATION or is_nation else "warning"
            about = {"found": printed, "name": self.catalogue.regions[of].name_zh}
            self.doubts.tell("region.of_total", severity, at, question=question, **about)
        elif self.names.is_total(printed):
            self.doubts.tell("region.total", "warning", at, question=question, found=printed)
        elif self.names.group(printed):
            self.doubts.tell("region.group", "note", at, found=printed)
        else:
            self.doubts.tell("region.unknown", "error", at, question=question, found=printed)
        return of

    def _of_total(self, printed: str) -> str | None:
        """The nation below its provinces, unless they add up to the total without being all; the cities' province."""
        if len(self.provinces) >= _ENOUGH_PROVINCES:
            is_all = self.provinces == set(self.catalogue.provinces)
            return NATION if is_all or not self._adds_up(printed) else None
        code = next(filter(None, map(self.names.region_within, reversed(self.context.titles))), None)
        places = [self.catalogue.regions[named] for named in self.named_regions if named is not None]
        if code is None and len(places) > 1 and clean(printed).replace(" ", "").startswith("全省"):
            code = places[0].parent or None
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

    def doubt_cities(self) -> None:
        """Provinces in short among cities, whose name a city may have too: 吉林, 海南."""
        for column in self.table.label_columns:
            heading = "".join(piece.text for piece in self.table.headings[column])
            labels = [row.labels[column] for row in self.table.rows if column in row.labels]
            for label in labels if _CITIES.fullmatch(heading.replace(" ", "")) else ():
                region = self.catalogue.regions.get(self.names.region(label.text) or "")
                if region is None or region.level != "province" or region.name_zh.endswith("市"):
                    continue
                if label.text.replace(" ", "") != region.name_zh:
                    about = {"found": label.text, "name": region.name_zh}
                    self.doubts.tell_at("region.among_cities", "warning", label.at, **about)

    def _doubt_sheet(self, code: str, text: str, cell: str) -> None:
        """A title about another region than its sheet is named for may be that of the sheet it was copied from."""
        other = self.catalogue.regions.get(self.names.region_within(self.sheet.name) or "")
        region = self.catalogue.regions[code]
        if text != self.sheet.name and other not in (None, region) and region.parent != other.code != NATION:
            about = {"name": region.name_zh, "other": other.name_zh}
            self.doubts.tell("region.of_sheet", "warning", cell, within=self.within, **about)

    def _answered(self, question: str, printed: str, at: str) -> str:
        if self.answers[question] == LEAVE_OUT:
            self.doubts.tell("left_out", "note", at, found=printed)
        return self.answers[question]

    def _around(self, cell: str) -> tuple[str | None, str]:
        """The region that lines above the table, the sheet's or the file's name are about."""
        question = missing_of("region", self.sheet.name, self.context.title)
        if question in self.answers:
            return self._answered(question, self.context.title, cell), ""
        for text in (self.context.pairs.get("地区", ""), *reversed(self.context.titles), self.sheet.name):
            if code := self.names.region_within(text):
                self._doubt_sheet(code, text, cell)
                return code, self.catalogue.regions[code].name_zh
            if self.names.names_other_place(text):
                self.doubts.tell("region.none", "error", cell, question=question, within=self.within)
                return None, ""
        if self.context.pairs.get("数据库", "").strip() in _OF_NATION:
            return NATION, self.catalogue.regions[NATION].name_zh
        code = self.names.region_within(self.file)
        if code is None:
            self.doubts.tell("region.none", "error", cell, question=question, within=self.within)
            return None, ""
        name = self.catalogue.regions[code].name_zh
        self.doubts.tell("region.of_file", "warning", cell, question=question, within=self.within, name=name)
        return code, name
