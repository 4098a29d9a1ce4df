import pandas as pd
import pytest

from indicators.language.tables import decimals_of, readable_table
from indicators.tasks.native_tables import table_grids
from tests import real
from tests.real import spec

FIGURES = """
region | period | value   | status      | source
110000 | 2023   | 8536.94 | actual      | s02
110000 | 2024   | 9153.26 | actual      | s02
610000 | 2023   | 4118.46 | actual      | s02
610000 | 2024   | 4825.91 | provisional | s02
"""
ASKED = "610000,540000,110000"


def table(view, levels=None) -> pd.DataFrame:
    return readable_table(real.view(view, levels).series, real.catalogue())


def test_a_comparison_has_one_row_a_region_the_largest_first_and_missing_ones_last():
    rows = table(spec("table", ASKED, (2024,)), real.levels(FIGURES))
    assert rows["地区"].tolist() == ["北京", "陕西", "西藏"]
    assert rows["2024年（亿元）"].tolist()[:2] == [9153.26, 4825.91]
    assert pd.isna(rows["2024年（亿元）"].iloc[2])
    assert rows["状态"].tolist() == ["实际数", "初步数", "无数据"]
    assert rows["比上年（%）"].round(2).tolist()[:2] == [7.22, 17.18]


def test_two_years_stand_side_by_side_with_the_change_between_them():
    rows = table(spec("table", "610000", (2023, 2024)), real.levels(FIGURES))
    values = rows[["2024年（亿元）", "2023年（亿元）"]].to_numpy().tolist()
    assert values == [[4825.91, 4118.46]]
    assert rows["2023—2024年变化（%）"].round(2).tolist() == [17.18]


def test_a_ratio_changes_by_percentage_points():
    rows = table(spec("table", "610000", (2023,), indicators=("rd_intensity",)))
    assert rows["比上年（个百分点）"].round(2).tolist() == [0.15]


def test_another_basis_gives_its_reason_and_no_value():
    levels = real.levels("""
        region | period | value   | basis
        110000 | 2021   | 7005.65 | seller
        610000 | 2021   | 2343.44 | seller
        330100 | 2021   | 771.6   | announced
    """)
    rows = table(spec("table", "330100,110000,610000", (2021,), bases=("seller", "announced")), levels)
    assert rows["地区"].tolist() == ["北京", "陕西", "杭州"]
    assert rows["2021年（亿元）"].isna().tolist() == [False, False, True]
    assert rows["状态"].tolist()[2] == "口径不同（为“公布数（口径未说明）”），未列入"


def test_a_trend_has_one_row_a_year_the_newest_first():
    rows = table(spec("table", "610000,110000", (2022, 2023, 2024)), real.levels(FIGURES))
    assert rows.columns.tolist() == ["年份", "陕西（亿元）", "北京（亿元）"]
    assert rows["年份"].tolist() == [2024, 2023, 2022]
    assert rows["陕西（亿元）"].tolist()[:2] == [4825.91, 4118.46]
    assert rows.iloc[2, 1:].isna().all()


def test_english_tables_use_english_scales():
    rows = table(spec("table", "610000", (2024,), language="en"), real.levels(FIGURES))
    value = next(column for column in rows.columns if "CNY billion" in column)
    assert rows[value].tolist() == [pytest.approx(482.591)]


def test_every_value_names_its_source():
    rows = table(spec("table"))
    assert rows["来源"].str.contains("国家统计局").all()
    assert len(rows) == 31


def test_a_bound_stands_beside_its_qualifier_and_never_alone():
    bounded = real.levels(
        "region | period | value | qualifier\n330100 | 2022 | 1000 | >\n610000 | 2022 | 3048.73 | =", basis="seller"
    )
    rows = table(spec("table", "610000,330100", (2022,)), bounded)
    assert rows["限定"].tolist() == ["准确", "超过"]
    course = table(spec("table", "330100", (2020, 2021, 2022)), bounded)
    assert course["杭州（亿元）"].tolist()[0] == "＞1,000亿元"


def test_a_note_that_all_rows_share_is_told_once_under_the_table():
    view = real.view(spec("table", indicators=("rd_intensity",)))
    note = "首次公布值，分母是五经普后的GDP初步核算数，与以前各年的首次公布值不完全可比"
    assert "说明" not in readable_table(view.series, real.catalogue()).columns
    assert view.caption.footer.count(note) == 1
    assert note not in real.view(spec(indicators=("rd_intensity",))).caption.footer


def test_notes_that_differ_stand_in_their_rows():
    rows = table(spec("table", years=(2023,)))
    told = rows[rows["说明"] != ""]
    assert told[["地区", "说明"]].to_numpy().tolist() == [["黑龙江", "比上年骤降，各来源一致，照录"]]


@pytest.mark.parametrize(("measure", "decimals"), [("value", 2), ("per_capita", 4), ("share", 2), ("growth", 2)])
def test_all_numbers_of_a_column_have_the_same_decimals(measure, decimals):
    rows = table(spec("table", measure=measure))
    column = next(name for name in rows.columns if name.startswith("2024年"))
    assert decimals_of(rows[column]) == decimals
    (grid,) = table_grids(real.view(spec("table", measure=measure)))
    place = [own.heading for own in grid.columns].index(column)
    printed = [row[place].text for row in grid.rows]
    assert {len(number.partition(".")[2]) for number in printed} == {decimals}
