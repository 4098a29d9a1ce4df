"""Groups of provinces as wholes: recomputed from their members, or not there at all."""

import pytest

from indicators.model.totals import with_totals
from tests import real

NORTHWEST = ("610000", "620000", "630000", "640000", "650000")
FIVE = """
region | period | value   | qualifier | status
610000 | 2024   | 4825.91 | =         | actual
620000 | 2024   | 558.28  | =         | actual
630000 | 2024   | 24.84   | =         | provisional
640000 | 2024   | 51.09   | =         | actual
650000 | 2024   | 101.41  | =         | actual
"""


def whole(levels, group: str = "total-northwest"):
    return levels[levels["region"] == group]


def test_amounts_are_added():
    row = whole(real.levels(FIVE)).iloc[0]
    assert row["value"] == pytest.approx(4825.91 + 558.28 + 24.84 + 51.09 + 101.41)
    assert (row["unit"], row["status"], row["qualifier"]) == ("亿元", "derived", "=")


def test_the_least_sure_part_gives_the_status():
    assert whole(real.levels(FIVE.replace("provisional", "unverified"))).iloc[0]["status"] == "unverified"


def test_a_missing_member_leaves_no_total():
    assert whole(real.levels("\n".join(FIVE.strip().splitlines()[:-1]))).empty


def test_a_bound_among_the_parts_bounds_the_total():
    assert whole(real.levels(FIVE.replace("24.84   | =", "24.84   | >"))).iloc[0]["qualifier"] == ">"


def test_bounds_that_point_apart_leave_no_total():
    drawing = FIVE.replace("24.84   | =", "24.84   | >").replace("51.09   | =", "51.09   | <")
    assert whole(real.levels(drawing)).empty


def test_a_ratio_is_weighted_by_its_denominator():
    levels = real.all_levels()
    year = levels[(levels["year"] == 2024) & (levels["basis"] == "census5")].set_index(["indicator", "region"])["value"]
    product = {code: year["gdp", code] for code in NORTHWEST}
    spent = {code: year["rd_intensity", code] * product[code] for code in NORTHWEST}
    assert year["rd_intensity", "total-northwest"] == pytest.approx(sum(spent.values()) / sum(product.values()))


def test_places_have_no_total():
    levels = real.all_levels()
    ranks = [code for code, indicator in real.catalogue().indicators.items() if indicator.kind == "rank"]
    assert not levels[levels["indicator"].isin(ranks)]["region"].str.startswith("total-").any()


def test_a_total_has_a_change_but_no_place():
    levels = real.all_levels()
    row = levels[
        (levels["region"] == "total-west") & (levels["indicator"] == "contract_value") & (levels["year"] == 2024)
    ]
    assert row["change"].iloc[0] == pytest.approx(24.284, abs=1e-3)
    assert row["rank"].isna().all()


def test_nothing_is_added_to_nothing():
    empty = real.all_levels().iloc[:0]
    assert with_totals(empty, real.catalogue()).empty
