import pytest

from indicators.model.moves import moves
from tests import real
from tests.real import spec

FIGURES = """
region | period | value    | qualifier | basis
110000 | 2018   | 4957.82  | =         | seller
110000 | 2023   | 8536.94  | =         | seller
220000 | 2018   | 341.95   | =         | seller
220000 | 2023   | 84       | =         | seller
330100 | 2018   | 203.6    | =         | announced
330100 | 2023   | 771.6    | =         | seller
420000 | 2018   | 1204     | >         | seller
420000 | 2023   | 4771     | =         | seller
540000 | 2023   | 8.17     | =         | seller
"""


def moved(regions: str = "110000,220000,330100,420000,540000,610000", years=(2018, 2023), **fields: object):
    own = real.levels(FIGURES) if "indicators" not in fields else None
    fields = {"bases": ("seller", "announced")} | fields if own is not None else fields
    return moves(real.view(spec("change", regions, years, **fields), own).series, real.catalogue()).set_index("region")


def test_amounts_move_in_percent():
    rows = moved()
    assert rows.loc["110000", ["earlier", "value", "move_unit", "why"]].tolist() == [4957.82, 8536.94, "%", ""]
    assert rows.loc["110000", "move"] == pytest.approx(72.19, abs=0.01)
    assert rows.loc["220000", "move"] == pytest.approx(-75.43, abs=0.01)


def test_what_does_not_compare_has_a_reason_and_no_move():
    rows = moved().drop(["110000", "220000"])
    assert rows["why"].to_dict() == {
        "330100": "basis_break",
        "420000": "inexact",
        "540000": "no_earlier",
        "610000": "not_published",
    }
    assert rows["move"].isna().all()


def test_an_earlier_figure_on_another_definition_is_not_told():
    assert moved()["earlier"].dropna().to_dict() == {"110000": 4957.82, "220000": 341.95, "420000": 1204}


def test_percentages_move_in_points():
    rows = moved("610000", (2019, 2023), indicators=("rd_intensity",))
    assert rows.loc["610000", "move"] == pytest.approx(2.50 - 2.27, abs=0.005)
    assert rows.loc["610000", "move_unit"] == "个百分点"


def test_a_revision_of_the_definition_forbids_to_tell_a_move():
    assert set(moved("provinces", (2018, 2024), indicators=("rd_intensity",))["why"]) == {"basis_break"}


@pytest.mark.parametrize(
    ("measure", "unit"),
    [("growth", "个百分点"), ("share_gdp", "个百分点"), ("per_capita", "%"), ("gap", "亿元"), ("rank", "位")],
)
def test_each_measure_moves_in_a_unit_of_its_own(measure, unit):
    rows = moved("110000,610000", (2020, 2023), indicators=("contract_value",), measure=measure)
    assert rows["move_unit"].unique().tolist() == [unit]
    if unit != "%":
        assert rows["move"].tolist() == (rows["value"] - rows["earlier"]).tolist()
