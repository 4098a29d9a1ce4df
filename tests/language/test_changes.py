"""What a publication changes, as people read it. Real figures of Shaanxi; the new values are corrections."""

import pandas as pd

from indicators.language.changes import ChangeLine, change_lines, percent_text
from indicators.model.revision import changes
from tests.real import catalogue, figures

SHAANXI = {"region": "610000", "period": "2023"}


def lines(language: str, **values: float) -> dict[str, list[ChangeLine]]:
    """Lines for new values of Shaanxi in 2023 by indicator; NaN withdraws the figure."""
    before = figures()
    after = before
    for indicator, value in values.items():
        row = (before[list(SHAANXI)] == list(SHAANXI.values())).all(axis=1) & (before["indicator"] == indicator)
        row &= before["subject"] == ""
        after = after[~row] if pd.isna(value) else after.assign(value=after["value"].mask(row, value))
    return change_lines(changes(before, after), catalogue(), language)


def test_an_amount_changes_by_a_difference_and_by_percent():
    (line,) = lines("zh", contract_value=4200.0)["contract_value"]
    assert (line.kind, line.region, line.period, line.basis) == ("revised", "陕西", "2023", "输出（卖方所在地）")
    assert (line.before, line.after, line.difference, line.percent) == (
        "4,118.46亿元",
        "4,200亿元",
        "+81.54亿元",
        "+1.98%",
    )
    assert line.source == "国家数据：分省技术市场成交额"


def test_a_percentage_changes_by_points_and_never_by_percent():
    line = lines("zh", rd_intensity=2.6)["rd_intensity"][0]
    assert line.difference.endswith(" 个百分点")
    assert line.percent == ""


def test_in_english_the_words_and_the_unit_are_english():
    (line,) = lines("en", contract_value=4200.0)["contract_value"]
    assert (line.region, line.basis) == ("Shaanxi", "By seller's location")
    assert (line.before, line.after) == ("CNY 411.846 billion", "CNY 420 billion")


def test_a_withdrawn_figure_has_no_new_value():
    (line,) = lines("zh", contract_value=float("nan"))["contract_value"]
    assert (line.kind, line.before, line.after, line.difference) == ("withdrawn", "4,118.46亿元", "—", "")


def test_percent_says_nothing_where_there_is_nothing_to_compare():
    assert [percent_text(*pair) for pair in ((0, 5), (-1, 5), (float("nan"), 5), (5, 5))] == [""] * 4
    assert percent_text(50, 25) == "−50.00%"
