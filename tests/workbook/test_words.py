"""Headings: cleaned, their units apart, one language from the other."""

import pytest

from indicators.workbook.words import clean, split_languages, units_in, without_unit


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" 陕\u3000西 ", "陕 西"),
        ("技术_x000D_\n市场", "技术 市场"),
        ("a\u200b\u00a0b", "a b"),
        ("（Ｒ＆Ｄ）１２％", "(R&D)12%"),
        ("2018①", "2018①"),
        ("成交额²", "成交额²"),
    ],
)
def test_cleaning_keeps_footnote_marks(typed, read):
    assert clean(typed) == read


@pytest.mark.parametrize(
    ("heading", "units", "rest"),
    [
        ("技术市场成交额（亿元）", ("亿元",), "技术市场成交额"),
        ("技术合同成交额①（亿元）", ("亿元",), "技术合同成交额"),
        ("成交额(亿元)①", ("亿元",), "成交额"),
        ("金额（亿  元）", ("亿元",), "金额"),
        ("R&D经费(万元)", ("万元",), "R&D经费"),
        ("R&D/GDP(%)", ("%",), "R&D/GDP"),
        ("比上年增长（±%）", ("%",), "比上年增长"),
        ("发明专利拥有量（件/万人）", ("件/万人",), "发明专利拥有量"),
        ("人均（元 / 人）", ("元/人",), "人均"),
        ("R&D经费(万元) Expenditure (10 000 yuan)", ("万元",), "R&D经费 Expenditure"),
        ("R&D经费(万元) Expenditure (yuan)", ("万元", "yuan"), "R&D经费 Expenditure"),
        ("Patents (piece)", ("piece",), "Patents"),
        ("单位：亿元", ("亿元",), ""),
        ("计量单位:万人", ("万人",), ""),
        ("单位：万元、%", ("万元", "%"), ""),
        ("单位：亿 元 %", ("亿元", "%"), ""),
        ("单位:亿元 Unit: 100 million yuan", ("亿元",), ""),
        ("Unit: 100 million yuan", ("100 million yuan",), ""),
        ("(10 000 yuan)", ("10 000 yuan",), ""),
        ("(10,000 yuan, %)", ("10,000 yuan", "%"), ""),
        ("单位：标准箱", ("标准箱",), ""),
        ("单位：科技厅", (), "单位:科技厅"),
        ("填报单位：万元", (), "填报单位:万元"),
        ("(%)", ("%",), ""),
        ("亿元", ("亿元",), ""),
        ("亿 元", ("亿元",), ""),
        ("10 000 yuan", ("10 000 yuan",), ""),
        ("万人年", ("万人年",), ""),
        ("(person-year)", ("person-year",), ""),
        ("年", (), "年"),
        ("Units", (), "Units"),
        ("备注", (), "备注"),
        ("成交额/亿元", ("亿元",), "成交额"),
        ("技术合同数、项", ("项",), "技术合同数"),
        ("年末常住人口 万人", ("万人",), "年末常住人口"),
        ("合同数（份）", ("份",), "合同数"),
        ("2023年为2022年%", ("%",), "2023年为2022年"),
        ("比上年±%", ("%",), "比上年"),
        ("Technology contract value, 100 million yuan", ("100 million yuan",), "Technology contract value"),
        ("R&D 人 员", (), "R&D 人 员"),
        ("数量/金额", (), "数量/金额"),
        ("全国（不含港澳台）", (), "全国(不含港澳台)"),
        ("技术市场 (2018年)", (), "技术市场 (2018年)"),
        ("#陕西省", (), "陕西省"),
        ("其中：企业", (), "企业"),
        ("一、研发", (), "研发"),
        ("（一）研发投入(亿元)", ("亿元",), "研发投入"),
        ("1. 研发", (), "研发"),
        ("1.5倍", (), "1.5倍"),
        ("表2-3 各地区技术市场", (), "各地区技术市场"),
        ("20-34 各地区技术市场", (), "各地区技术市场"),
        ("1-6月累计", (), "1-6月累计"),
        ("2019-2021 年", (), "2019-2021 年"),
        ("R&D经费（规上工业企业，亿元）", ("亿元",), "R&D经费(规上工业企业)"),
        ("R&D经费（高等学校 亿元）", ("亿元",), "R&D经费(高等学校)"),
    ],
)
def test_units_of_a_heading_and_the_heading_without_them(heading, units, rest):
    assert (units_in(heading), without_unit(heading)) == (units, rest)


@pytest.mark.parametrize(
    ("text", "chinese", "latin"),
    [
        ("北 京 Beijing", "北京", "Beijing"),
        ("内 蒙 古Inner Mongolia", "内蒙古", "Inner Mongolia"),
        ("Beijing 北京", "北京", "Beijing"),
        ("地区（Region）", "地区", "Region"),
        ("地区/Region", "地区", "Region"),
        ("R&D经费", "R&D经费", ""),
        ("企业R&D", "企业R&D", ""),
        ("R&D经费 Expenditure on R&D", "R&D经费", "Expenditure on R&D"),
        ("成交额（亿元） Value (100 million yuan)", "成交额(亿元)", "Value (100 million yuan)"),
        ("PCT 专利", "PCT 专利", ""),
        ("GDP", "", "GDP"),
        ("技术合同2", "技术合同2", ""),
        ("", "", ""),
    ],
)
def test_two_languages_in_one_cell(text, chinese, latin):
    assert split_languages(text) == (chinese, latin)
