"""Tables in every shape that analysts give them, and the observations that they say. All figures are real."""

import ast
from dataclasses import replace

import pytest

from indicators.language.messages import messages
from indicators.settings import PROJECT
from indicators.workbook.grid import Area
from indicators.workbook.interpret import Reading, interpret
from indicators.workbook.number_format import Shown
from tests.real import catalogue, figures
from tests.workbook.drawn import workbook


def read(drawing: str, **of: object) -> Reading:
    return interpret(workbook(drawing, **of), catalogue())


def said(reading: Reading) -> set[tuple]:
    """Indicator, region, period, value and cell of every observation."""
    return {(o.indicator, o.region, o.period, o.value, o.cell) for o in reading.observations}


def codes(reading: Reading, *severities: str) -> set[str]:
    return {p.code for p in reading.problems if p.severity in (severities or ("error", "warning"))}


BY_YEAR = {
    ("contract_value", "110000", "2022", 7947.51, "B4"),
    ("contract_value", "110000", "2023", 8536.94, "C4"),
    ("contract_value", "610000", "2022", 3048.73, "B5"),
    ("contract_value", "610000", "2023", 4118.46, "C5"),
}


def test_regions_by_years():
    reading = read("""
各地区技术市场成交额
单位：亿元
地  区 | 2022年 | 2023年①
北  京 | 7947.51 | 8536.94
#陕西省 | 3048.73 | 4118.46
注：①为初步统计数。
""")
    assert said(reading) == BY_YEAR
    assert codes(reading) == set()


def test_years_by_regions():
    reading = read("""
技术市场成交额（亿元）
年份 | 北京 | 陕西
2022 | 7947.51 | 3048.73
2023 | 8536.94 | 4118.46
""")
    assert said(reading) == {
        ("contract_value", "110000", "2022", 7947.51, "B3"),
        ("contract_value", "610000", "2022", 3048.73, "C3"),
        ("contract_value", "110000", "2023", 8536.94, "B4"),
        ("contract_value", "610000", "2023", 4118.46, "C4"),
    }


def test_regions_by_indicators_of_the_year_in_the_title():
    reading = read("""
表2-3 2023年各地区技术市场情况
地区 | 技术合同成交额（亿元） | 技术合同成交项数（项）
Region | Value | Number
北京 Beijing | 8536.94 | 106552
陕西 Shaanxi | 4118.46 | 69716
""")
    assert {o[:4] for o in said(reading)} == {
        ("contract_value", "110000", "2023", 8536.94),
        ("contract_count", "110000", "2023", 106552.0),
        ("contract_value", "610000", "2023", 4118.46),
        ("contract_count", "610000", "2023", 69716.0),
    }


def test_a_long_panel_of_many_indicators():
    reading = read("""
行政区划代码 | 省份 | 年份 | 技术合同成交额(万元) | R&D经费(亿元)
610000 | 陕西省 | 2022 | 30487300 | 769.6
610000 | 陕西省 | 2023 | 41184600 | 846
""")
    assert said(reading) == {
        ("contract_value", "610000", "2022", 3048.73, "D2"),
        ("rd_expenditure", "610000", "2022", 769.6, "E2"),
        ("contract_value", "610000", "2023", 4118.46, "D3"),
        ("rd_expenditure", "610000", "2023", 846.0, "E3"),
    }
    assert codes(reading, "note") == {"unit.converted"}


def test_an_export_of_the_national_data_site():
    reading = read("""
数据库：分省年度数据
指标：技术市场成交额(亿元)
时间：最近10年
地区 | 2023年 | 2022年
北京市 | 8536.94 | 7947.51
陕西省 | 4118.46 | 3048.73
数据来源：国家统计局
""")
    assert {o[:4] for o in said(reading)} == {o[:4] for o in BY_YEAR}
    assert codes(reading) == set()


def test_merged_headings_of_two_levels():
    reading = read(
        """
各地区技术合同成交情况
地区 | 技术合同成交额（亿元） |  | 技术合同成交项数（项） |
 | 2022 | 2023 | 2022 | 2023
陕西 | 3048.73 | 4118.46 | 68537 | 69716
""",
        merged=(Area(1, 0, 2, 0), Area(1, 1, 1, 2), Area(1, 3, 1, 4)),
    )
    assert {o[:4] for o in said(reading)} == {
        ("contract_value", "610000", "2022", 3048.73),
        ("contract_value", "610000", "2023", 4118.46),
        ("contract_count", "610000", "2022", 68537.0),
        ("contract_count", "610000", "2023", 69716.0),
    }


def test_headings_that_nobody_merged_span_their_own_columns_only():
    reading = read("""
各地区技术合同成交情况  2023年
地区 | 技术合同 | | 专利授权数
 | 合同数 | 成交额 |
 | （项） | （亿元） | （件）
北京 | 106552 | 8536.94 | 193973
""")
    assert [(o.indicator_printed, o.value, o.unit_printed) for o in reading.observations] == [
        ("技术合同 合同数", 106552.0, "项"),
        ("技术合同 成交额", 8536.94, "亿元"),
        ("专利授权数", 193973.0, "件"),
    ]


def test_two_tables_below_one_another_keep_their_own_titles():
    reading = read("""
技术合同成交额
单位：亿元
地区 | 2022 | 2023
陕西 | 3048.73 | 4118.46

专利授权数
单位：件
地区 | 2022 | 2023
陕西 | 79375 | 71562
""")
    assert {o[:4] for o in said(reading)} == {
        ("contract_value", "610000", "2022", 3048.73),
        ("contract_value", "610000", "2023", 4118.46),
        ("patents_granted", "610000", "2022", 79375.0),
        ("patents_granted", "610000", "2023", 71562.0),
    }


def test_two_halves_side_by_side():
    reading = read("""
2023年各地区专利授权数（件）
地区 | 专利授权数 | 地区 | 专利授权数
北京 | 193973 | 陕西 | 71562
天津 | 59154 | 甘肃 | 20903
河北 | 92009 | 青海 | 3987
""")
    found = {o[1:4] for o in said(reading)}
    assert {("110000", "2023", 193973.0), ("610000", "2023", 71562.0)} <= found


def test_missing_marks_are_no_values_and_zero_is_one():
    reading = read("""
技术合同成交额（亿元）
地区 | 2021 | 2022 | 2023
陕西 | … | — | 4118.46
西藏 | | 0 | ..
""")
    assert {o[1:4] for o in said(reading)} == {("610000", "2023", 4118.46), ("540000", "2022", 0.0)}


def test_words_among_the_figures_are_reported_and_lose_no_row():
    reading = read("""
技术合同成交额（亿元）
地区 | 2022 | 2023
北京 | 7947.51 | 8536.94
四川 | 待核实 | 约一千九
陕西 | 3048.73 | 4118.46
""")
    assert {o[:4] for o in said(reading)} == {o[:4] for o in BY_YEAR}
    assert [(p.code, p.cell) for p in reading.problems] == [("cell.unreadable", "B4"), ("cell.unreadable", "C4")]


def test_a_total_among_provinces_of_a_short_table_is_not_called_the_nation():
    reading = read("""
2023年技术合同成交额（亿元）
地区 | 技术合同成交额
合计 | 12655.40
北京 | 8536.94
陕西 | 4118.46
""")
    assert {(o.region, o.region_printed) for o in reading.observations} == {
        (None, "合计"),
        ("110000", "北京"),
        ("610000", "陕西"),
    }
    assert "region.total" in codes(reading)


def test_an_unknown_indicator_is_read_under_its_printed_name():
    reading = read("""
2023年粮食产量（万吨）
地区 | 粮食产量
全国 | 69541
""")
    only = reading.observations[0]
    assert (only.indicator, only.indicator_printed, only.region) == (None, "粮食产量", "CHN")
    assert (only.value, only.unit_printed, only.period) == (69541.0, "万吨", "2023")
    assert "indicator.unknown" in codes(reading, "error")


def test_an_unknown_region_is_read_under_its_printed_name():
    reading = read("2023年技术合同成交额（亿元）\n地区 | 技术合同成交额\n陜西省 | 4118.46")
    assert [(o.region, o.region_printed, o.value) for o in reading.observations] == [(None, "陜西省", 4118.46)]
    assert "region.unknown" in codes(reading, "error")


def test_the_edition_of_a_yearbook_is_not_the_year_of_its_figures():
    reading = read(
        """
地区 | 专利授权数（件）
陕西 | 71562
""",
        name="中国统计年鉴2024.xls",
    )
    assert {o[:4] for o in said(reading)} == {("patents_granted", "610000", "2023", 71562.0)}
    assert codes(reading) == {"period.edition"}


def test_a_narrower_title_makes_a_wide_name_doubtful():
    reading = read("""
2023年大中型工业企业R&D活动
地区 | R&D经费（亿元）
陕西 | 846
""")
    assert "indicator.scope" in codes(reading)


def test_a_value_without_a_unit_is_an_error():
    assert "unit.none" in codes(read("地区 | 技术合同成交额 \n陕西 | 4118.46", name="2023.xlsx"), "error")


@pytest.mark.parametrize("unit", ["100 million yuan", "Unit: 100 million yuan", "亿元"])
def test_a_unit_in_english_is_the_same_unit(unit):
    reading = read(f"2023 技术合同成交额（{unit}）\n地区 | 技术合同成交额\n陕西 | 4118.46")
    assert [(o.value, o.unit) for o in reading.observations] == [(4118.46, "亿元")]


def test_a_number_shown_as_percent_keeps_its_digits():
    drawn = workbook("地区 | R&D经费投入强度\n北京 | 0.0595", name="2012.xlsx")
    shown = replace(drawn, sheets=(replace(drawn.sheets[0], percent=frozenset({(1, 1)})),))
    reading = interpret(shown, catalogue())
    assert [(o.indicator, o.value, o.unit, o.unit_printed) for o in reading.observations] == [
        ("rd_intensity", 5.95, "%", "%")
    ]


def test_figures_in_hidden_rows_are_read_with_a_warning():
    drawn = workbook("2023年技术合同成交额（亿元）\n地区 | 技术合同成交额\n北京 | 8536.94\n陕西 | 4118.46")
    hidden = replace(drawn, sheets=(replace(drawn.sheets[0], hidden_rows=frozenset({3})),))
    reading = interpret(hidden, catalogue())
    assert len(reading.observations) == 2
    assert [(p.code, p.severity, p.cell) for p in reading.problems] == [("cell.hidden", "warning", "B4")]


def marked(drawing: str, **marks: object) -> Reading:
    """The reading of a drawn sheet that has marks beside its values."""
    book = workbook(drawing)
    return interpret(replace(book, sheets=(replace(book.sheets[0], **marks),)), catalogue())


NO_UNIT = """
2023年
地区 | 技术合同成交额
陕西 | 4118.46
四川 | 19421500
"""


def test_a_number_is_read_as_its_format_shows_it():
    shown = {(2, 1): Shown("约", "亿元", 1), (3, 1): Shown("", "万元", 10)}
    reading = marked(NO_UNIT, shown=shown)
    assert [(o.value, o.unit, o.qualifier) for o in reading.observations] == [
        (4118.46, "亿元", "~"),
        (194.215, "亿元", "="),
    ]
    assert codes(reading) == {"cell.scaled_format"}


def test_a_format_against_the_heading_is_told():
    reading = marked("2023年\n地区 | R&D经费（亿元）\n陕西 | 846", shown={(2, 1): Shown("", "万元", 1)})
    assert codes(reading) == {"unit.of_format"}


def test_what_is_struck_out_is_read_and_told():
    reading = marked("2023年\n地区 | R&D经费（亿元）\n陕西 | 846", struck=frozenset({(2, 1)}))
    assert [(p.code, p.cell) for p in reading.problems] == [("cell.struck", "B3")]


@pytest.mark.parametrize(
    ("comment", "told"), [("前三季度数", ["cell.comment"]), ("初步统计", ["cell.comment"]), ("见年鉴第20页", [])]
)
def test_a_comment_is_told_where_it_may_change_the_meaning(comment, told):
    reading = marked("2023年\n地区 | R&D经费（亿元）\n陕西 | 846", comments={(2, 1): comment})
    assert [p.code for p in reading.problems] == told


def test_a_total_that_is_the_sum_of_all_provinces_may_not_be_the_nations():
    own = figures().query("indicator == 'contract_value' and source == 's02' and period == '2023' and region != 'CHN'")
    provinces = own[own["region"].isin(catalogue().provinces)]
    rows = "\n".join(
        f'"{region}" | {value}' for region, value in zip(provinces["region"], provinces["value"], strict=True)
    )
    drawing = f"2023年技术合同成交额（亿元）\n地区 | 成交额\n{rows}\n合计 | {provinces['value'].sum():.4f}"
    assert {p.severity for p in read(drawing).problems if p.code == "region.of_total"} == {"warning"}


def test_a_year_in_the_name_of_a_column_that_is_not_that_of_its_row_is_told():
    drawing = "地区 | 年份 | R&D经费投入强度(%)_2023\n陕西 | 2024 | 2.49"
    read_so = read(drawing)
    assert [
        (p.cell, p.details["year"], p.details["period"]) for p in read_so.problems if p.code == "period.of_words"
    ] == [("C1", "2023", "2024")]
    assert "period.of_words" not in codes(read(drawing.replace("2024", "2023")))


def test_a_line_that_leaves_its_time_blank_narrows_no_name():
    reading = read(
        "数据库：分省年度数据\n时间：\n地区 | 2023年\n陕西 | 7175.08", sheet_name="地方一般公共预算支出（亿元）"
    )
    assert [(o.indicator, o.value) for o in reading.observations] == [("budget_expenditure", 7175.08)]
    assert "indicator.scope" not in codes(reading)


def test_a_province_in_short_among_cities_is_told_and_a_municipality_is_not():
    drawing = "2023年技术合同成交额（亿元）\n城市 | 成交额\n西安 | 3400\n北京 | 8536.94\n吉林 | 84.5\n海南省 | 35.6"
    reading = read(drawing)
    told = [(p.cell, p.details["name"]) for p in reading.problems if p.code == "region.among_cities"]
    assert told == [("A5", "吉林省")]
    assert "region.among_cities" not in codes(read(drawing.replace("城市", "地区")))


def test_a_title_about_another_region_than_the_sheet_is_named_for_is_told():
    drawing = "北京市技术合同成交额（亿元）\n年份 | 成交额\n2024 | 4825.91"
    reading = read(drawing, sheet_name="陕西")
    assert [o.region for o in reading.observations] == ["110000"]
    assert "region.of_sheet" in codes(reading)
    for name in ("北京", "Sheet1", "全国"):
        assert "region.of_sheet" not in codes(read(drawing, sheet_name=name))


DOWNLOADS = ["nbs_2024.csv", "NBSdata.xlsx", "nbs导出20240101.csv", "stats(1).xls", "nbs-province.csv"]


@pytest.mark.parametrize("name", DOWNLOADS)
def test_the_name_of_a_download_is_not_taken_for_that_of_an_indicator(name):
    drawn = replace(workbook("地区 | 2022年 | 2023年\n陕西 | 3048.73 | 4118.46"), name=name)
    assert codes(interpret(drawn, catalogue())) == {"indicator.none"}


def test_the_name_of_a_file_may_still_be_that_of_an_indicator():
    drawn = replace(workbook("地区 | 2022年 | 2023年\n陕西 | 3048.73 | 4118.46"), name="Technology contract value.csv")
    assert {o.indicator for o in interpret(drawn, catalogue()).observations} == {"contract_value"}


def test_every_problem_has_its_words():
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (PROJECT / "indicators/workbook").glob("*.py")]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    calls = [node for node in nodes if getattr(node.func, "attr", "") in ("tell", "tell_at") and len(node.args) > 1]
    constants = (n.value for call in calls for n in ast.walk(call.args[0]) if isinstance(n, ast.Constant))
    told = {code for code in constants if "." in code.strip(".") and not code.endswith("no_")}
    composed = {"label.no_region", "label.no_period", "label.no_indicator", "cell.parentheses", "cell.range"}
    assert len(told) > 25
    assert {f"problem.{code}" for code in told | composed | {"cell.spaces_inside"}} <= set(messages("zh"))


@pytest.mark.parametrize("name", ["陕西", "陕西省", "陕　西", "Shaanxi", "陕 西 Shaanxi", "其中：陕西"])
def test_a_region_is_known_by_all_its_names(name):
    reading = read(f'2023年技术合同成交额（亿元）\n地区 | 技术合同成交额\n"{name}" | 4118.46')
    assert [o.region for o in reading.observations] == ["610000"]
