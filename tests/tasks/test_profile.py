"""The profile put together: its words are those of the figures, its spec has everybody it needs."""

import pandas as pd
import pytest

from indicators.store.connection import open_store
from indicators.tasks.browse import read_levels, read_levels_together
from indicators.tasks.profile import profile_of, spec_of_profile
from tests import real
from tests.real import FOCUS, spec

SOME = ("contract_value", "rd_intensity", "hightech_listed")


def profile(regions: str = "provinces", **fields: object):
    return profile_of(
        real.view(spec("strip", regions, range(2019, 2025), indicators=SOME, **{"highlight": FOCUS, **fields}))
    )


def test_all_provinces_and_the_region_itself_belong_to_the_spec():
    assert spec_of_profile(spec("strip", highlight=FOCUS), real.catalogue()).regions == ("provinces",)
    assert spec_of_profile(spec("strip", highlight="610100"), real.catalogue()).regions == ("provinces", "610100")
    alone = spec_of_profile(spec("strip", "510000", highlight=FOCUS), real.catalogue())
    assert alone.regions == ("provinces", "510000")


def test_the_table_says_in_full_what_the_rows_say_in_short():
    made = profile("provinces,510000")
    table = made.view.readable
    assert table["数值"].tolist() == ["4,825.91亿元", "2.61%", "8,164家"]
    assert made.rows["value_text"].tolist() == ["4,826亿元", "2.61%", "8,164家"]
    assert table["百分位"].tolist() == [80.0, 70.0, 76.7]
    assert table["全国位次"].tolist() == made.rows["place_text"].tolist() == ["第7/31", "第10/31", "第8/31"]
    assert table["位次变化（比2019年）"].tolist() == ["↓3", "口径变化", "↑9"]
    assert table["四川（数值 · 位次）"].iloc[0] == "2,596.48亿元 · 第10/31"


def test_the_middle_of_the_provinces_is_their_median():
    made = profile()
    beside = made.field[made.field["indicator"] == "contract_value"]["value"]
    assert len(beside) == 31
    table = made.view.readable
    assert table["各省中位数"].iloc[0] == f"{sorted(beside)[15]:,.2f}亿元"


def test_each_row_has_its_pictures():
    made = profile()
    assert all(made.strips[code].startswith("<svg") for code in SOME)
    assert all(made.sparklines[code].startswith("<svg") for code in SOME)


def test_peers_are_named_in_the_order_of_the_link_and_the_region_is_none_of_them():
    assert profile("provinces,510000,610000,150000").peers == {"510000": "四川", "150000": "内蒙古"}


@pytest.mark.parametrize("indicator", ["contract_value", "rd_intensity"])
def test_levels_read_together_are_those_read_one_by_one(data_file, indicator):
    store = open_store(f"sqlite:///{data_file}")
    together = read_levels_together(store, real.catalogue(), revision=1, indicators=("contract_value", "rd_intensity"))
    alone = read_levels(store, real.catalogue(), revision=1, indicator=indicator)
    order = ["region", "year", "basis"]
    pd.testing.assert_frame_equal(
        together[indicator].sort_values(order, ignore_index=True), alone.sort_values(order, ignore_index=True)
    )
