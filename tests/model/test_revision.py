import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from indicators.model.observation import KEY, no_observations
from indicators.model.revision import (
    FULL_COLUMNS,
    LISTED_COLUMNS,
    EntryChange,
    applied,
    changes,
    entry_changes,
    entry_effect,
    listed,
)
from tests.drawn import catalogue, observations

BEFORE = """
region | period | value   | status
110000 | 2020   | 6316.16 | actual
610000 | 2020   | 1758.72 | actual
610000 | 2021   | 2343.44 | provisional
"""
AFTER = """
region | period | value   | status
610000 | 2021   | 2343.44 | actual
610000 | 2022   | 3048.73 | actual
110000 | 2020   | 6316.16 | actual
"""


def test_changes_tell_what_was_added_revised_and_withdrawn():
    found = changes(observations(BEFORE), observations(AFTER))
    assert found.added[["region", "period", "value"]].to_numpy().tolist() == [["610000", "2022", 3048.73]]
    assert found.withdrawn[["region", "period", "value"]].to_numpy().tolist() == [["610000", "2020", 1758.72]]
    revised = found.revised[["region", "period", "status", "status_before", "value", "value_before"]]
    assert revised.to_numpy().tolist() == [["610000", "2021", "actual", "provisional", 2343.44, 2343.44]]
    assert (found.unchanged, found.count) == (1, 3)


def test_changes_are_listed_one_row_each_with_both_values():
    rows = listed(changes(observations(BEFORE), observations(AFTER)))
    told = rows[["change", "region", "period", "status", "value_before", "value", "differs"]].astype(object)
    assert told.where(told.notna(), None).to_numpy().tolist() == [
        ["withdrawn", "610000", "2020", "actual", 1758.72, None, ""],
        ["revised", "610000", "2021", "actual", 2343.44, 2343.44, "status"],
        ["added", "610000", "2022", "actual", None, 3048.73, ""],
    ]


def test_no_changes_are_an_empty_list():
    rows = listed(changes(observations(BEFORE), observations(BEFORE)))
    assert (list(rows.columns), len(rows)) == (LISTED_COLUMNS, 0)


def test_a_revised_observation_names_all_that_differs():
    before = observations("region | period | value | note\n610000 | 2021 | 2343.44 | 快报")
    after = observations("region | period | value | note\n610000 | 2021 | | ").assign(printed="数千亿元")
    assert listed(changes(before, after))["differs"].tolist() == ["value, printed, note"]


def test_a_moved_entry_is_told_from_a_changed_one():
    before = catalogue()
    west = before.groups["west"]
    other = west.model_copy(update={"code": "east"})
    effects = [
        entry_effect(EntryChange("group", "east", 0, other), before),
        entry_effect(EntryChange("group", "west", 1, west), before),
        entry_effect(EntryChange("group", "west", 0, west.model_copy(update={"name_en": "Western"})), before),
        entry_effect(EntryChange("group", "west", 0, None), before),
    ]
    assert effects == ["added", "moved", "changed", "withdrawn"]


def test_equal_frames_do_not_change_whatever_the_order_of_their_rows():
    before = observations(BEFORE)
    found = changes(before, before.iloc[::-1])
    assert (found.count, found.unchanged) == (0, 3)


def test_a_value_that_stays_missing_is_unchanged_and_one_that_comes_is_revised():
    vague = observations("region | period | value | printed\n610000 | 2021 | | 数千亿元")
    known = observations("region | period | value | printed\n610000 | 2021 | 2343.44 | 数千亿元")
    assert changes(vague, vague).unchanged == 1
    assert changes(vague, known).revised["value_before"].isna().tolist() == [True]
    assert changes(known, vague).revised["value"].isna().tolist() == [True]


def test_a_target_stands_beside_a_result_of_the_same_year():
    result = observations("region | period | value\n610000 | 2021 | 2343.44")
    target = observations("region | period | value | status\n610000 | 2021 | 2343.44 | target")
    found = changes(result, target)
    assert (len(found.added), len(found.revised), len(found.withdrawn)) == (1, 0, 1)


def test_from_nothing_everything_is_added_in_the_contracts_types():
    found = changes(no_observations(), observations(AFTER))
    assert found.added.dtypes.to_dict() == observations(AFTER)[FULL_COLUMNS].dtypes.to_dict()
    assert (len(found.added), found.count) == (3, 3)


REAL_VALUES = [6316.16, 1758.72, 2343.44, 3048.73, float("nan")]
STATES = st.dictionaries(
    st.tuples(st.sampled_from(["110000", "610000", "CHN"]), st.sampled_from(["2020", "2021", "2018/2022"])),
    st.tuples(st.sampled_from(REAL_VALUES), st.sampled_from(["actual", "target", "provisional"]), st.just("数千亿元")),
)


def _frame(state: dict[tuple[str, str], tuple[float, str, str]]) -> pd.DataFrame:
    lines = [" | ".join([*key, "" if v != v else repr(v), s, p]) for key, (v, s, p) in state.items()]
    return (
        observations("\n".join(["region | period | value | status | printed", *lines])) if lines else no_observations()
    )


@settings(deadline=None)
@given(STATES, STATES)
def test_applying_the_changes_to_what_was_gives_what_is(then, now):
    before, after = _frame(then), _frame(now)
    expected = after.sort_values(KEY, ignore_index=True)[FULL_COLUMNS]
    assert_frame_equal(applied(before, changes(before, after)), expected)


@settings(deadline=None)
@given(STATES, STATES)
def test_the_way_back_withdraws_what_was_added(then, now):
    there, back = changes(_frame(then), _frame(now)), changes(_frame(now), _frame(then))
    assert_frame_equal(there.added, back.withdrawn)
    assert there.unchanged == back.unchanged


def test_a_renamed_indicator_is_the_only_entry_that_changes():
    renamed = catalogue(short_zh="合同成交额")
    assert entry_changes(catalogue(), renamed) == (
        EntryChange("indicator", "contract_value", 0, renamed.indicators["contract_value"]),
    )
    assert entry_changes(renamed, renamed) == ()
