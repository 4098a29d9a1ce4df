"""What a reading asks, and what becomes of the answers."""

import pytest

from indicators.workbook.answers import NO_ANSWERS, Answers
from indicators.workbook.interpret import Reading, interpret
from tests.real import catalogue
from tests.workbook.drawn import workbook


def read(drawing: str, answers: Answers = NO_ANSWERS) -> Reading:
    return interpret(workbook(drawing), catalogue(), answers)


def questions(reading: Reading) -> list[tuple[str, str, str]]:
    return [(p.severity, p.code, p.question) for p in reading.problems if p.severity != "note"]


UNKNOWN_NAME = "2023年（亿元）\n地区 | 技术市场交易额\n陕西 | 4118.46\n北京 | 8536.94"
UNKNOWN_PLACE = "2023年技术合同成交额（亿元）\n地区 | 成交额\n陜西 | 4118.46\n北京 | 8536.94"
NO_UNIT = "2023年\n地区 | 技术合同成交额\n陕西 | 4118.46"
WRONG_UNIT = "2023年\n地区 | 技术合同成交额（件）\n陕西 | 4118.46"
NO_YEAR = "技术合同成交额（亿元）\n地区 | 成交额\n陕西 | 4118.46"
NO_REGION = "技术合同成交额（亿元）\n年份 | 成交额\n2023 | 4118.46"
NO_NAME = "2023年\n单位：亿元\n北京 | 8536.94\n陕西 | 4118.46"
TOTAL = "2023年技术合同成交额（亿元）\n地区 | 成交额\n合计 | 61475.6578\n北京 | 8536.94"
NARROW = "2023年高等学校\n地区 | R&D经费（亿元）\n陕西 | 846"
SEVERAL = [UNKNOWN_NAME, UNKNOWN_PLACE, NO_UNIT, WRONG_UNIT, NO_YEAR, NO_REGION, NO_NAME, TOTAL, NARROW]


@pytest.mark.parametrize(
    ("drawing", "severity", "code", "question", "answer"),
    [
        (UNKNOWN_NAME, "error", "indicator.unknown", "indicator:技术市场交易额", "contract_value"),
        (UNKNOWN_PLACE, "error", "region.unknown", "region:陜西", "610000"),
        (NO_UNIT, "error", "unit.none", "unit:技术合同成交额", "亿元"),
        (WRONG_UNIT, "error", "unit.other", "unit:技术合同成交额", "亿元"),
        (NO_YEAR, "error", "period.none", "period@Sheet1 技术合同成交额(亿元)", "2023"),
        (NO_REGION, "error", "region.none", "region@Sheet1 技术合同成交额(亿元)", "610000"),
        (NO_NAME, "error", "indicator.none", "indicator@Sheet1 2023年", "contract_value"),
        (TOTAL, "warning", "region.total", "region:合计", "CHN"),
        (NARROW, "warning", "indicator.scope", "indicator:R&D经费", "rd_expenditure"),
    ],
)
def test_an_answer_settles_its_question_and_only_that(drawing, severity, code, question, answer):
    assert (severity, code, question) in questions(read(drawing))
    settled = read(drawing, {question: answer})
    assert questions(settled) == [q for q in questions(read(drawing)) if q[2] != question]
    assert [o.value for o in settled.observations] == [o.value for o in read(drawing).observations]


@pytest.mark.parametrize("drawing", SEVERAL)
def test_an_answer_to_another_question_changes_nothing(drawing):
    answers = {"indicator:粮食产量": "contract_value", "region:火星": "610000", "unit:粮食产量": "亿元"}
    assert read(drawing, answers) == read(drawing)


def test_what_is_left_out_is_not_read_and_told_once():
    left = read(UNKNOWN_PLACE, {"region:陜西": "-"})
    assert [(o.region, o.value) for o in left.observations] == [("110000", 8536.94)]
    assert [(p.code, p.severity, p.cell, p.details["count"]) for p in left.problems] == [("left_out", "note", "A3", 1)]


def test_an_indicator_that_is_left_out_takes_its_column_along():
    drawing = "2023年\n地区 | 技术合同成交额（亿元） | 粮食产量（万吨）\n北京 | 8536.94 | …\n全国 | 61475.6578 | 69541"
    left = read(drawing, {"indicator:粮食产量": "-"})
    assert {o.indicator for o in left.observations} == {"contract_value"}
    assert [p.code for p in left.problems] == ["left_out"]


def test_an_answered_unit_does_not_touch_a_table_that_prints_a_good_one():
    drawing = f"{NO_UNIT}\n\n2022年\n地区 | 技术合同成交额（亿元）\n陕西 | 3048.73"
    answered = read(drawing, {"unit:技术合同成交额": "万元"})
    assert [(o.period, o.value) for o in answered.observations] == [("2023", 0.411846), ("2022", 3048.73)]


def test_the_same_short_name_under_two_titles_asks_two_questions():
    table = "（件）\n地区 | 外观\n北京 | …\n陕西 | 71562\n"
    drawing = f"2023年专利授权数{table}\n2023年专利申请量{table}"
    asked = [p.question for p in read(drawing).problems if p.code == "indicator.unknown"]
    assert asked == ["indicator:专利授权数 外观", "indicator:专利申请量 外观"]
