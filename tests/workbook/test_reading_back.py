"""Any table of observations, written as a workbook in any usual layout, reads back as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as ExcelFile

from indicators.model.period import is_period
from indicators.workbook.files import read_workbook
from indicators.workbook.grid import Area, Sheet, Workbook, even_rows
from indicators.workbook.interpret import interpret
from tests.real import catalogue
from tests.workbook.written import saved

INDICATORS = list(catalogue().indicators.values())
PROVINCES = [catalogue().regions[code] for code in catalogue().provinces]
SIGNS = {"~": "约{}", "<~": "近{}", ">": "超{}", ">=": "{}以上", "<": "不到{}", "<=": "不超过{}"}
MARKS = [None, "…", "—", "..", "暂无"]

Key = tuple[str, str, str]  # indicator, region, year
Figure = tuple[str, float]  # qualifier, value


@dataclass(frozen=True)
class Observations:
    """Figures of some indicators, regions and years; some are missing, and a mark stands in their place."""

    figures: dict[Key, Figure]
    marks: dict[Key, str | None]
    style: int

    def axis(self, place: int) -> list[str]:
        return list(dict.fromkeys(key[place] for key in (*self.figures, *self.marks)))

    def cell(self, indicator: str, region: str, year: str) -> object:
        key = (indicator, region, year)
        if key not in self.figures:
            return self.marks[key]
        qualifier, value = self.figures[key]
        return value if qualifier == "=" else SIGNS[qualifier].format(f"{value:.10g}")

    def name(self, region: str) -> str:
        of = catalogue().regions[region]
        return (of.short_zh, of.name_zh, f"{of.short_zh} {of.short_en}")[self.style % 3]

    def year(self, year: str) -> object:
        return (int(year), f"{year}年", year)[self.style % 3]

    def title(self, indicator: str) -> list[list[object]]:
        of = catalogue().indicators[indicator]
        if self.style % 2:
            return [[f"{of.name_zh}（{of.unit}）"]]
        return [[of.name_zh], [f"单位：{of.unit}"]]

    def headed(self, indicator: str) -> str:
        of = catalogue().indicators[indicator]
        return f"{of.name_zh}（{of.unit}）"


def magnitudes() -> st.SearchStrategy[float]:
    plain = st.integers(0, 10**10 - 1).flatmap(lambda n: st.integers(-6, 0).map(lambda e: float(f"{n}e{e}")))
    return st.one_of(plain, st.integers(1940, 2070).map(float))


def numbers() -> st.SearchStrategy[Figure]:
    any_float = st.floats(allow_nan=False, allow_infinity=False).map(lambda v: float(f"{v:.10g}"))
    exact = st.one_of(magnitudes(), any_float.filter(lambda v: abs(v) < 1e300)).map(lambda v: ("=", v))
    bounded = st.tuples(st.sampled_from(sorted(SIGNS)), magnitudes().filter(lambda v: v < 1e9 and v >= 1e-3))
    return st.one_of(exact, exact, bounded)


@st.composite
def observations(draw: st.DrawFn, indicators: int = 1) -> Observations:
    own = draw(st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=indicators, unique_by=lambda i: i.code))
    regions = draw(st.lists(st.sampled_from(PROVINCES), min_size=1, max_size=5, unique_by=lambda r: r.code))
    years = draw(st.lists(st.integers(1990, 2030).map(str), min_size=1, max_size=4, unique=True))
    if draw(st.booleans()):
        years.sort()
    keys = list(product((i.code for i in own), (r.code for r in regions), years))
    found = {key: draw(st.one_of(numbers(), numbers(), st.sampled_from(MARKS))) for key in keys}
    figures = {key: figure for key, figure in found.items() if isinstance(figure, tuple)}
    marks = {key: mark for key, mark in found.items() if not isinstance(mark, tuple)}
    return Observations(figures, marks, draw(st.integers(0, 5)))


def regions_by_years(own: Observations) -> list[list[object]]:
    (indicator,), regions, years = own.axis(0), own.axis(1), own.axis(2)
    heading = ["地区", *map(own.year, years)]
    return [
        *own.title(indicator),
        heading,
        *([own.name(r), *(own.cell(indicator, r, y) for y in years)] for r in regions),
    ]


def years_by_regions(own: Observations) -> list[list[object]]:
    (indicator,), regions, years = own.axis(0), own.axis(1), own.axis(2)
    heading = ["年份", *map(own.name, regions)]
    return [
        *own.title(indicator),
        heading,
        *([own.year(y), *(own.cell(indicator, r, y) for r in regions)] for y in years),
    ]


def panel(own: Observations) -> list[list[object]]:
    indicators, regions, years = own.axis(0), own.axis(1), own.axis(2)
    heading = ["地区", "年份", *map(own.headed, indicators)]
    rows = product(regions, years)
    return [heading, *([own.name(r), own.year(y), *(own.cell(i, r, y) for i in indicators)] for r, y in rows)]


def regions_by_indicators(own: Observations) -> list[list[object]]:
    """One such table a year, below one another."""
    indicators, regions, years = own.axis(0), own.axis(1), own.axis(2)
    rows: list[list[object]] = []
    for year in years:
        rows += [[f"{year}年各地区主要情况"], ["地区", *map(own.headed, indicators)]]
        rows += [[own.name(r), *(own.cell(i, r, year) for i in indicators)] for r in regions]
        rows += [[None]]
    return rows


def indicators_by_years(own: Observations) -> list[list[object]]:
    """One such table a region, below one another."""
    indicators, regions, years = own.axis(0), own.axis(1), own.axis(2)
    rows: list[list[object]] = []
    for region in regions:
        rows += [[f"{catalogue().regions[region].name_zh}主要情况"], ["指标", "单位", *map(own.year, years)]]
        for i in indicators:
            of = catalogue().indicators[i]
            rows += [[of.name_zh, of.unit, *(own.cell(i, region, y) for y in years)]]
        rows += [[None]]
    return rows


def one_a_row(own: Observations) -> list[list[object]]:
    rows: list[list[object]] = [["指标", "地区", "时间", "数值", "单位", "限定"]]
    for (i, r, y), (qualifier, value) in own.figures.items():
        of = catalogue().indicators[i]
        rows += [[of.name_zh, own.name(r), own.year(y), value, of.unit, qualifier]]
    return rows


def as_file(rows: list[list[object]], note: bool) -> bytes:
    file = ExcelFile()
    for row in [*rows, *([["注：以统计年鉴为准。"]] if note else [])]:
        file.active.append(row)
    for row in file.active.iter_rows():
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    return saved(file)


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "地区",
            "年份",
            "指标",
            "单位",
            "数值",
            "陕西",
            "北京",
            "某地",
            "合计",
            "东部地区",
            "2023年",
            "一季度",
            "2023",
            "亿元",
        ]
    ),
    st.sampled_from(
        [
            "单位：亿元",
            "技术合同成交额（亿元）",
            "项数",
            "#项数",
            "注：略",
            "续表",
            "甲",
            "—",
            "待核",
            "约5",
            "(1)",
            "1/3",
        ]
    ),
    st.integers(1, 3),
    st.integers(2020, 2024),
    st.floats(-1e6, 1e6).map(lambda v: round(v, 2)),
)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=9), width=st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_no_arrangement_of_cells_stops_the_reader(rows, width):
    merged = (Area(0, 0, 0, width), Area(1, 1, 2, 1))
    sheet = Sheet("Sheet1", even_rows([[float(c) if isinstance(c, int) else c for c in row] for row in rows]), merged)
    reading = interpret(Workbook("表.xlsx", "xlsx", (sheet,)), catalogue())
    assert all(o.value is not None and (o.period == "" or is_period(o.period)) for o in reading.observations)


UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a failing table takes minutes
QUICK = settings(phases=UNSHRUNK, max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def reads_back(layout: Callable[[Observations], list[list[object]]], own: Observations) -> None:
    reading = interpret(read_workbook(as_file(layout(own), own.style > 2), "表.xlsx"), catalogue())
    found = {(o.indicator, o.region, o.period): (o.qualifier, o.value) for o in reading.observations}
    assert found == own.figures
    assert len(found) == len(reading.observations)
    assert [p for p in reading.problems if p.severity == "error"] == []


@pytest.mark.parametrize("layout", [regions_by_years, years_by_regions])
@given(own=observations())
@QUICK
def test_a_table_of_one_indicator_reads_back(layout, own):
    reads_back(layout, own)


@pytest.mark.parametrize("layout", [panel, regions_by_indicators, indicators_by_years, one_a_row])
@given(own=observations(indicators=4))
@QUICK
def test_a_table_of_several_indicators_reads_back(layout, own):
    reads_back(layout, own)
