"""The workbook that analysts fill in: a revision's figures laid out the way people type them.

What regions by years can say without further words stands in a grid, one sheet for each indicator
and basis; every other figure has a row of its own in a list. Nothing here is written that the
reader of workbooks would read back as something else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import cast

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from indicators.model.catalogue import NATION, Basis, Catalogue, Indicator, Language
from indicators.model.qualifier import QUALIFIERS
from indicators.model.series import annual_results
from indicators.model.status import STATUSES
from indicators.workbook.names import Names
from indicators.workbook.writing import digits, link_to, sheet_name, text_width, write

_CLOSED = {"qualifiers", "statuses"}
_REGION: dict[Language, str] = {"zh": "地区", "en": "Region"}
_YEAR: dict[Language, str] = {"zh": "{}年", "en": "{}"}
_UNIT, _BASIS = "单位：{}", "统计口径：{}"  # the reader knows such lines in Chinese
_GUIDE_WIDTHS = (40, 20, 36, 20)
_PREPARED_ROWS = 200
_MOST_NOTED = 20  # a note on more figures than these is said once, for the sheet
ABOVE_FIGURES = ("A1", "A3")  # where a sheet's own comments stand
_MOST = "1000000000000000"
_TITLE_HEIGHT, _LINE_HEIGHT = 28, 19  # points
_FONT = "微软雅黑"
_A4 = 9


@dataclass(frozen=True)
class _Column:
    """A column of the list: its heading as the reader knows it in either language, width, name of its options."""

    zh: str
    en: str
    width: int
    options: str = ""


_COLUMNS = {
    "number": _Column("序号", "No.", 6),  # keeps a row whose value looks like a year (2000 人) a row of figures
    "indicator": _Column("指标", "Indicator", 26, "indicators"),
    "region": _Column("地区", "Region", 11, "regions"),
    "subject": _Column("主体", "Subject", 20, "subjects"),
    "period": _Column("时间", "Period", 16),
    "basis": _Column("统计口径", "Basis", 20, "bases"),
    "value": _Column("数值", "Value", 13),
    "unit": _Column("单位", "Unit", 8, "units"),
    "qualifier": _Column("限定", "Qualifier", 10, "qualifiers"),
    "status": _Column("状态", "Status", 12, "statuses"),
    "source": _Column("来源", "Source", 14, "sources"),
    "note": _Column("说明", "Note", 38),
}
_DETAIL_STYLES = {"number": "t label", "value": "t number"}


@dataclass(frozen=True)
class Legend:
    """A list that explains codes: its heading, and each code with its meaning."""

    heading: str
    meanings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TemplateWords:
    """What the workbook tells people, in their language.

    `sheets` are the names of the guide, the list and the options; `columns` head the guide's list of
    sheets (sheet, unit, basis, years); `year`, `years` and `note` are patterns of {year}, of {first}
    and {last}, and of {note} and {count}; `number` is the message at a cell that takes only a number,
    `choice` at one with a fixed list, `other` at one with a list that may be left; `mark` stands on
    every printed page.
    """

    sheets: tuple[str, str, str]
    title: str
    about: tuple[str, ...]
    rules_heading: str
    rules: tuple[str, ...]
    sheets_heading: str
    columns: tuple[str, str, str, str]
    year: str
    years: str
    legends: tuple[Legend, ...]
    note: str
    number: tuple[str, str]
    choice: tuple[str, str]
    other: tuple[str, str]
    mark: str


@dataclass(frozen=True)
class _Grid:
    """The figures of one sheet: indicator and basis, regions down, years across."""

    sheet: str
    indicator: Indicator
    basis: Basis | None
    regions: tuple[str, ...]
    years: range
    values: Mapping[tuple[str, int], float]
    notes: Mapping[tuple[str, int], str]

    @property
    def number_format(self) -> str:
        """The indicator's decimals, more where a figure has more, so that no digit is hidden."""
        most = max(digits(value) for value in self.values.values())
        always = max(self.indicator.decimals, min(most, 1))
        return "#,##0" + ("." + "0" * always + "?" * (most - always) if always else "")


def template(
    observations: pd.DataFrame,
    catalogue: Catalogue,
    *,
    indicators: Iterable[str],
    words: TemplateWords,
    language: Language,
    this_year: int,
) -> bytes:
    """The bytes of an .xlsx with every observation that has a value, to be corrected and continued.

    `indicators` are those that may be chosen in it; `this_year` is the last one that figures are
    asked for.
    """
    own = observations.reset_index(drop=True)
    gridded = _gridded(own, catalogue)
    listed = own[own["value"].notna()].drop(index=gridded.index)
    book = Workbook()
    _add_styles(book)
    writer = _Writer(book, catalogue, words, language)
    grids = _grids(gridded, catalogue, language, taken=words.sheets, this_year=this_year)
    writer.write_guide(grids)
    for grid in grids:
        writer.write_grid(grid)
    writer.write_details(listed)
    writer.write_options(indicators)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _gridded(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Observations that a cell of regions by years says whole: exact actual annual results, preferred source."""
    annual = annual_results(observations, catalogue)
    return annual[(annual["qualifier"] == "=") & (annual["status"] == "actual")]


def _grids(
    gridded: pd.DataFrame, catalogue: Catalogue, language: Language, *, taken: Iterable[str], this_year: int
) -> list[_Grid]:
    """A grid for each indicator and basis that has figures, in the order of the catalogue."""
    frames = {cast("tuple[str, str]", key): rows for key, rows in gridded.groupby(["indicator", "basis"])}
    several = Counter(code for code, _ in frames)
    names = list(taken)
    grids = []
    for code, indicator in catalogue.indicators.items():
        for basis in (catalogue.bases.get(key) for key in indicator.all_bases or ("",)):
            rows = frames.get((code, basis.code if basis else ""))
            if rows is not None:
                ending = f" {basis.name(language)}" if basis and several[code] > 1 else ""
                names.append(sheet_name(indicator.short(language) + ending, names))
                grids.append(_grid(names[-1], indicator, basis, rows, catalogue, language, this_year))
    return grids


def _grid(
    name: str,
    indicator: Indicator,
    basis: Basis | None,
    rows: pd.DataFrame,
    catalogue: Catalogue,
    language: Language,
    this_year: int,
) -> _Grid:
    places = list(zip(rows["region"], rows["year"].astype(int), strict=True))
    first, last = int(rows["year"].min()), int(rows["year"].max())
    notes = rows["note"] if language == "zh" else rows["note_en"].where(rows["note_en"] != "", rows["note"])
    return _Grid(
        sheet=name,
        indicator=indicator,
        basis=basis,
        regions=_regions_of(set(rows["region"]), catalogue),
        years=range(first, max(last, min(last + 1, this_year)) + 1),
        values=dict(zip(places, rows["value"].astype(float), strict=True)),
        notes={place: note for place, note in zip(places, notes, strict=True) if note},
    )


def _regions_of(with_figures: set[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The nation, the provinces – all of them as soon as one has figures –, then other regions with figures."""
    provinces = catalogue.provinces
    rows = with_figures | ({NATION, *provinces} if with_figures & set(provinces) else set())
    first = (NATION, *provinces)
    return tuple(code for code in (*first, *(c for c in catalogue.regions if c not in first)) if code in rows)


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, catalogue: Catalogue, words: TemplateWords, language: Language) -> None:
        self.book = book
        self.catalogue = catalogue
        self.words = words
        self.language = language
        self.names = Names(catalogue)
        self.guide, self.details, self.options = words.sheets

    def indicator_name(self, code: str) -> str:
        """Name in the workbook's language, the code where the reader would not know that name."""
        return self._readable(code, self.catalogue.indicators[code].name(self.language), self.names.indicator)

    def region_name(self, code: str) -> str:
        """Name in the workbook's language, the code where the reader would not know that name."""
        return self._readable(code, self.catalogue.regions[code].name(self.language), self.names.region)

    @staticmethod
    def _readable(code: str, name: str, code_of: Callable[[str], str | None]) -> str:
        return name if code_of(name) == code else code

    def write_guide(self, grids: Sequence[_Grid]) -> None:
        """The first sheet: what this is, how to fill it in, where everything stands, what the codes mean."""
        sheet = self.book.active
        sheet.title = self.guide
        _set_widths(sheet, _GUIDE_WIDTHS)
        _add_line(sheet, "t title", self.words.title)
        for line in self.words.about:
            _add_line(sheet, "t text", line)
        _add_section(sheet, self.words.rules_heading)
        for number, rule in enumerate(self.words.rules, start=1):
            _add_line(sheet, "t text", f"（{number}）{rule}" if self.language == "zh" else f"({number}) {rule}")
        self._write_contents(sheet, grids)
        for legend in self.words.legends:
            _add_section(sheet, legend.heading)
            for code, meaning in legend.meanings:
                _add_line(sheet, "t cell", code, meaning)
        self._set_up(sheet, heading_rows=0)

    def _write_contents(self, sheet: Worksheet, grids: Sequence[_Grid]) -> None:
        _add_section(sheet, self.words.sheets_heading)
        _add_line(sheet, "t heading", *self.words.columns)
        for grid in grids:
            basis = grid.basis.name(self.language) if grid.basis else ""
            _link(
                _add_line(sheet, "t cell", grid.sheet, self._unit_name(grid.indicator.unit), basis, self._years(grid)),
                grid.sheet,
            )
        _link(_add_line(sheet, "t cell", self.details, "", "", ""), self.details)

    def _years(self, grid: _Grid) -> str:
        first, last = grid.years[0], max(year for _, year in grid.values)
        return self.words.years.format(first=first, last=last) if first < last else self.words.year.format(year=first)

    def _unit_name(self, unit: str) -> str:
        """The unit as it stands in the tables, with what English readers call it."""
        name = self.catalogue.units[unit].name(self.language)
        return unit if name == unit else f"{unit} ({name})"

    def write_grid(self, grid: _Grid) -> None:
        """A sheet of regions by years; only its figures can be typed over."""
        sheet = self.book.create_sheet(grid.sheet)
        top = self._write_head(sheet, grid)
        for column, year in enumerate(grid.years, start=2):
            _put(sheet.cell(top, column), "t heading", _YEAR[self.language].format(year))
        style = _figure_style(self.book, grid.number_format)
        for row, region in enumerate(grid.regions, start=top + 1):
            _put(sheet.cell(row, 1), "t total" if region == NATION else "t label", self.region_name(region))
            for column, year in enumerate(grid.years, start=2):
                _put(sheet.cell(row, column), style, grid.values.get((region, year)))
        self._write_notes(sheet, grid, top)
        sheet.freeze_panes = sheet.cell(top + 1, 2)
        _set_widths(sheet, (_region_width(sheet, top), *[_figure_width(grid)] * len(grid.years)))
        values = f"B{top + 1}:{get_column_letter(len(grid.years) + 1)}{top + len(grid.regions)}"
        sheet.add_data_validation(_only_numbers(values, self.words.number))
        self._set_up(sheet, heading_rows=top)

    def _write_head(self, sheet: Worksheet, grid: _Grid) -> int:
        """Title, unit and basis above the headings; gives the row of the headings."""
        _put(sheet.cell(1, 1), "t title", self.indicator_name(grid.indicator.code))
        _put(sheet.cell(2, 1), "t line", _UNIT.format(grid.indicator.unit))
        top = 3
        if grid.basis is not None:
            cell = _put(sheet.cell(3, 1), "t line", _BASIS.format(grid.basis.name(self.language)))
            _comment(cell, grid.basis.definition(self.language))
            top = 4
        _put(sheet.cell(top, 1), "t heading", _REGION[self.language])
        for row, height in enumerate((_TITLE_HEIGHT, *[_LINE_HEIGHT] * (top - 1)), start=1):
            sheet.row_dimensions[row].height = height
        return top

    def _write_notes(self, sheet: Worksheet, grid: _Grid, top: int) -> None:
        """Notes as comments: at their figure, or at the title where they hold for many."""
        counts = Counter(grid.notes.values())
        shared = {note: count for note, count in counts.items() if count > _MOST_NOTED}
        _comment(sheet["A1"], "\n".join(self.words.note.format(note=n, count=c) for n, c in shared.items()))
        for (region, year), note in grid.notes.items():
            if note not in shared:
                row = top + 1 + grid.regions.index(region)
                _comment(sheet.cell(row, 2 + grid.years.index(year)), note)

    def write_details(self, listed: pd.DataFrame) -> None:
        """The list of all figures that need more words than region and year, and room for more."""
        sheet = self.book.create_sheet(self.details)
        for place, column in enumerate(_COLUMNS.values(), start=1):
            _put(sheet.cell(1, place), "t heading", column.zh if self.language == "zh" else column.en)
        widths = [column.width for column in _COLUMNS.values()]
        order = {code: place for place, code in enumerate(self.catalogue.indicators)}
        rows = listed.sort_values("indicator", key=lambda codes: codes.map(order), kind="stable").to_dict("records")
        filled = [self._detail(cast("dict[str, str | float]", row)) for row in rows]
        for number, cells in enumerate([*filled, *[{}] * _PREPARED_ROWS], start=1):
            for place, name in enumerate(_COLUMNS, start=1):
                value = number if name == "number" else cells.get(name)
                _put(sheet.cell(number + 1, place), _DETAIL_STYLES.get(name, "t entry"), value)
            texts = [str(cells.get(name, "")) for name in _COLUMNS]
            sheet.row_dimensions[number + 1].height = _height(texts, widths)
        _set_widths(sheet, widths)
        sheet.freeze_panes = "C2"
        sheet.auto_filter.ref = sheet.dimensions
        self._validate_details(sheet)
        self._set_up(sheet, heading_rows=1)

    def _detail(self, row: Mapping[str, str | float]) -> dict[str, str | float]:
        """What stands in a row of the list, by column, without what is empty."""
        cells = {
            **row,
            "indicator": self.indicator_name(str(row["indicator"])),
            "region": self.region_name(str(row["region"])),
            "note": row["note"] if self.language == "zh" else row["note_en"] or row["note"],
        }
        return {name: cell for name, cell in cells.items() if cell != ""}

    def _validate_details(self, sheet: Worksheet) -> None:
        for place, (name, column) in enumerate(_COLUMNS.items(), start=1):
            letter = get_column_letter(place)
            cells = f"{letter}2:{letter}{sheet.max_row}"
            if column.options:
                sheet.add_data_validation(_only_listed(cells, column.options, self.words))
            elif name == "value":
                sheet.add_data_validation(_only_numbers(cells, self.words.number))

    def write_options(self, indicators: Iterable[str]) -> None:
        """What can be chosen in the list, on a hidden sheet: lists this long do not fit into a cell's own rule."""
        sheet = self.book.create_sheet(self.options)
        sheet.sheet_state = "hidden"
        for column, (name, options) in enumerate(self._choices(tuple(indicators)).items(), start=1):
            for row, option in enumerate((name, *options), start=1):
                write(sheet.cell(row, column), option)
            letter = get_column_letter(column)
            place = f"{quote_sheetname(self.options)}!${letter}$2:${letter}${max(len(options), 1) + 1}"
            self.book.defined_names[f"options_{name}"] = DefinedName(f"options_{name}", attr_text=place)

    def _choices(self, indicators: Sequence[str]) -> dict[str, list[str]]:
        catalogue = self.catalogue
        bases = {basis: None for code in indicators for basis in catalogue.indicators[code].all_bases}
        return {
            "indicators": [self.indicator_name(code) for code in indicators],
            "regions": [self.region_name(code) for code in catalogue.regions],
            "subjects": list(catalogue.subjects),
            "bases": list(bases),
            "units": list(catalogue.units),
            "qualifiers": list(QUALIFIERS),
            "statuses": list(STATUSES),
            "sources": list(catalogue.sources),
        }

    def _set_up(self, sheet: Worksheet, *, heading_rows: int) -> None:
        """Protection without a password, and A4 pages across with the headings on each."""
        sheet.protection.sheet = True
        for allowed in ("formatColumns", "formatRows", "sort", "autoFilter"):
            setattr(sheet.protection, allowed, False)  # the file says what is forbidden
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        if heading_rows:
            sheet.print_title_rows = f"1:{heading_rows}"
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.75, header=0.35, footer=0.35)
        sheet.oddHeader.right.text = self.words.mark.replace("&", "&&")
        sheet.oddFooter.left.text = "&A"
        sheet.oddFooter.right.text = "&P / &N"


def _add_styles(book: Workbook) -> None:
    """The looks of cells by name; setting one by name is what keeps thousands of cells fast."""
    box = _box()
    grey, blue = PatternFill("solid", "F2F2F2"), PatternFill("solid", "D9E2F0")
    wrapped = Alignment(vertical="center", wrap_text=True)
    indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    plain, bold = Font(_FONT, 10), Font(_FONT, 10, bold=True)
    free = Protection(locked=False)
    for style in (
        NamedStyle("t title", font=Font(_FONT, 14, bold=True), alignment=Alignment(vertical="center")),
        NamedStyle(
            "t section", font=Font(_FONT, 11, bold=True, color="1F3864"), alignment=Alignment(vertical="bottom")
        ),
        NamedStyle("t text", font=plain, alignment=wrapped),
        NamedStyle("t line", font=Font(_FONT, 10, color="595959"), alignment=Alignment(vertical="center")),
        NamedStyle("t cell", font=plain, alignment=indented, border=box),
        NamedStyle("t heading", font=bold, alignment=middle, border=box, fill=blue),
        NamedStyle("t label", font=plain, border=box, fill=grey, alignment=indented),
        NamedStyle("t total", font=bold, border=box, fill=grey, alignment=indented),
        NamedStyle("t entry", font=plain, border=box, alignment=indented, protection=free, number_format="@"),
        NamedStyle("t number", font=plain, border=box, alignment=Alignment(vertical="center"), protection=free),
    ):
        book.add_named_style(style)


def _box() -> Border:
    side = Side("thin", color="BFBFBF")
    return Border(left=side, right=side, top=side, bottom=side)


def _figure_style(book: Workbook, number_format: str) -> str:
    """The name of the style of figures in that number format, made where there is none yet."""
    name = f"t figure {number_format}"
    if name not in book.named_styles:
        free = Protection(locked=False)
        book.add_named_style(
            NamedStyle(name, font=Font(_FONT, 10), border=_box(), protection=free, number_format=number_format)
        )
    return name


def _put(cell: Cell, style: str, value: str | float | None) -> Cell:
    """Style first: a text that looks like a formula carries its mark in the style."""
    cell.style = style
    return write(cell, value)


def _comment(cell: Cell, text: str) -> None:
    if text:
        cell.comment = Comment(text, "", height=24 + 18 * ceil(text_width(text) / 36), width=260)


def _link(cell: Cell, sheet: str) -> None:
    link_to(cell, sheet)
    cell.font = Font(_FONT, 10, color="0563C1", underline="single")


def _add_section(sheet: Worksheet, heading: str) -> None:
    cell = _put(sheet.cell(sheet.max_row + 1, 1), "t section", heading)
    sheet.row_dimensions[cell.row].height = _TITLE_HEIGHT


def _add_line(sheet: Worksheet, style: str, *texts: str) -> Cell:
    """A row of the guide, the last text across the remaining columns; gives its first cell."""
    row = 1 if sheet["A1"].value is None else sheet.max_row + 1
    for column in range(1, len(_GUIDE_WIDTHS) + 1):
        text = texts[column - 1] if column <= len(texts) else None
        _put(sheet.cell(row, column), style, text or None)
    if len(texts) < len(_GUIDE_WIDTHS):
        sheet.merge_cells(start_row=row, start_column=len(texts), end_row=row, end_column=len(_GUIDE_WIDTHS))
    widths = (*_GUIDE_WIDTHS[: len(texts) - 1], sum(_GUIDE_WIDTHS[len(texts) - 1 :]))
    sheet.row_dimensions[row].height = _TITLE_HEIGHT if style == "t title" else _height(texts, widths)
    return sheet.cell(row, 1)


def _set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _region_width(sheet: Worksheet, top: int) -> int:
    return max(text_width(str(sheet.cell(row, 1).value)) for row in range(top, sheet.max_row + 1)) + 3


def _figure_width(grid: _Grid) -> int:
    decimals = len(grid.number_format.partition(".")[2])
    return max(10, max(len(f"{value:,.{decimals}f}") for value in grid.values.values()) + 2)


def _height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Points that a row needs for its texts in columns of these widths; not every program finds out by itself."""
    lines = max(ceil(text_width(text) / (width - 2)) for text, width in zip(texts, widths, strict=True))
    return 4 + 15 * max(lines, 1)


def _only_numbers(cells: str, message: tuple[str, str]) -> DataValidation:
    title, error = message
    return DataValidation(
        sqref=cells,
        type="decimal",
        operator="between",
        formula1=f"-{_MOST}",
        formula2=_MOST,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=title,
        error=error,
    )


def _only_listed(cells: str, options: str, words: TemplateWords) -> DataValidation:
    """A list to choose from; names that the catalogue does not have yet may be typed after a warning."""
    title, error = words.choice if options in _CLOSED else words.other
    return DataValidation(
        sqref=cells,
        type="list",
        formula1=f"options_{options}",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop" if options in _CLOSED else "warning",
        errorTitle=title,
        error=error,
    )
