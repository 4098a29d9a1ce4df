"""Wrong figures are real ones with one mistake made to them, judged against the rest of the real ones."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
import pytest

from indicators.language.messages import text
from indicators.model.diagnostic import Diagnostic
from indicators.model.observation import KEY, with_target_mark
from indicators.model.plausibility import implausible
from indicators.model.spec import LANGUAGES
from tests.real import catalogue, figures

NOW = 2026
TOLD_AT_MOST = 60


def real(indicator: str, *, region: str = "", period: str = "", basis: str = "") -> pd.DataFrame:
    rows = figures()
    wanted = {"indicator": indicator, "region": region, "period": period, "basis": basis}
    for column, code in wanted.items():
        rows = rows[rows[column] == code] if code else rows
    return in_cells(rows.drop_duplicates([column for column in KEY if column != "source"]))


def in_cells(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(sheet="数据", cell=[f"B{number}" for number in range(2, len(rows) + 2)])


def told(proposed: pd.DataFrame, before: pd.DataFrame | None = None) -> list[Diagnostic]:
    known = figures() if before is None else before
    return list(implausible(proposed, known, catalogue(), this_year=NOW))


def told_anew(proposed: pd.DataFrame, of: pd.DataFrame) -> list[Diagnostic]:
    """What is told when the real rows `of` are not known yet and the proposed ones stand in their place."""
    return told(proposed, figures().drop(index=of.index))


def with_value(rows: pd.DataFrame, of: pd.DataFrame, change: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    """All rows, those that are rows of `of` with another value."""
    return rows.assign(value=rows["value"].where(~rows.index.isin(of.index), change(rows["value"])))


def times(rows: pd.DataFrame, factor: float) -> pd.DataFrame:
    return rows.assign(value=rows["value"] * factor)


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    return [diagnostic.code.removeprefix("plausibility.") for diagnostic in diagnostics]


def only(diagnostics: list[Diagnostic], code: str) -> Diagnostic:
    (found,) = [diagnostic for diagnostic in diagnostics if diagnostic.code == f"plausibility.{code}"]
    return found


SHAANXI_2023 = {"indicator": "contract_value", "region": "610000", "period": "2023"}


def test_a_real_figure_is_believed():
    row = real(**SHAANXI_2023, basis="seller")
    assert told_anew(row, row) == []


def test_an_empty_draft_has_nothing_implausible():
    assert told(real("contract_value").iloc[:0]) == []


def test_an_amount_in_a_smaller_unit_is_a_slip_that_names_the_unit():
    row = real(**SHAANXI_2023, basis="seller")
    assert only(told_anew(times(row, 10_000), row), "slip") == Diagnostic(
        "plausibility.slip",
        "warning",
        "数据",
        "B2",
        {
            "indicator": "contract_value",
            "region": "610000",
            "name": "技术合同成交额",
            "place": "陕西",
            "period": "2023",
            "unit": "亿元",
            "value": "41,184,600",
            "count": 1,
            "then": "2022",
            "before": "3,048.73",
            "factor": "10,000",
            "likely": "万元 ↔ 亿元",
        },
    )


@pytest.mark.parametrize(
    ("indicator", "factor", "likely"),
    [
        ("contract_value", 1e8, "元 ↔ 亿元"),
        ("contract_value", 1e5, "千元 ↔ 亿元"),
        ("contract_value", 1e-4, "万元 ↔ 亿元"),
        ("contract_value", 1e3, "× 1,000"),
        ("contract_value", 0.1, "× 1/10"),
        ("contract_count", 1e-4, "万项 ↔ 项"),
        ("population", 1e4, "人 ↔ 万人"),
        ("rd_intensity", 0.01, "0.0235 ↔ 2.35%"),
        ("rd_intensity", 10, "‰ ↔ %"),
    ],
)
def test_a_slip_names_the_mix_up(indicator, factor, likely):
    row = real(indicator, region="610000", period="2022").iloc[:1]
    assert only(told_anew(times(row, factor), row), "slip").details["likely"] == likely


def test_a_whole_column_in_the_wrong_unit_is_told_once():
    column = real("rd_expenditure", period="2022")
    column = column[column["region"].isin(["CHN", *catalogue().provinces])]
    found = told_anew(times(column, 10_000), column)
    assert (codes(found), found[0].cell, found[0].details["count"]) == (["slip"], "B2", 32)


def test_a_row_of_years_in_the_wrong_unit_is_told_once():
    row = real("rd_expenditure", region="610000")
    assert only(told(times(row, 10_000)), "slip").details["count"] == len(row)


def test_a_slip_in_an_indicator_that_nothing_is_known_of_shows_among_its_own_years():
    rows = real("rd_expenditure", region="610000")
    wrong = rows.assign(value=rows["value"].where(rows["period"] != "2015", rows["value"] * 10_000))
    before = figures()[figures()["indicator"] != "rd_expenditure"]
    found = only(told(wrong, before), "slip")
    assert (found.details["period"], found.details["factor"]) == ("2015", "10,000")


def test_correcting_an_old_slip_is_no_slip():
    row = real(**SHAANXI_2023, basis="seller")
    assert told(row, with_value(figures(), row, lambda value: value * 10_000)) == []


def test_a_few_contracts_after_a_few_dozen_are_no_slip():
    tibet = real("contract_count", region="540000")
    assert "slip" not in codes(told_anew(tibet, tibet))


def test_a_value_far_outside_its_history_is_told_with_the_figure_beside_it():
    row = real("rd_expenditure", region="610000", period="2023")
    found = told_anew(times(row, 2), row)
    assert "sum" in codes(found)
    far = only(found, "far").details
    assert (far["value"], far["then"], far["before"]) == ("1,692", "2022", "769.6")


def test_a_wild_year_of_a_small_region_is_believed():
    row = real("contract_value", region="540000", period="2019")
    assert told_anew(row, row) == []


def test_provinces_that_exceed_the_nation_are_told_at_the_nation_or_the_first_cell():
    column = real("rd_expenditure", period="2022")
    wrong = column.assign(value=column["value"].mask(column["region"] == "CHN", column["value"] * 0.9))
    found = only(told_anew(wrong, column), "sum")
    assert found.cell == wrong.loc[wrong["region"] == "CHN", "cell"].item()
    assert found.details["gap"] == "+11.1%"


def test_provinces_that_leave_more_out_than_ever_are_told():
    row = real("rd_expenditure", region="440000", period="2022")
    assert only(told(times(row, 0.7)), "sum").details["gap"].startswith("−")


def test_a_gap_that_the_indicator_always_has_is_believed():
    column = real("contract_value_absorbed", period="2015")
    assert told_anew(column, column) == []


def test_a_percentage_above_100_is_told_but_a_growth_rate_is_not():
    share = real("contract_outflow_export_share")
    growth = real("contract_value_growth_total")
    assert codes(told_anew(times(share, 2), share)) == ["share"]
    assert told_anew(growth, growth) == []


def test_a_negative_percentage_is_told():
    share = real("contract_outflow_export_share")
    assert codes(told_anew(times(share, -1), share)) == ["share"]


def test_an_amount_on_the_other_side_of_zero_is_told():
    row = real(**SHAANXI_2023, basis="seller")
    found = only(told_anew(times(row, -1), row), "sign").details
    assert (found["value"], found["then"], found["before"]) == ("-4,118.46", "2024", "4,825.91")


def test_a_negative_amount_of_an_indicator_that_never_had_one_is_told_in_a_new_series():
    row = real("contract_value", region="110000", period="2023", basis="seller")
    before = figures()[figures()["region"] != "110000"]
    assert only(told(times(row, -1), before), "sign").details["value"] == "-8,536.94"


def test_a_loss_where_there_were_losses_is_believed():
    row = real("hightech_mfg_profit", region="640000", period="2014")
    loss = row.assign(value=real("hightech_mfg_profit", region="640000", period="2013")["value"].item())
    assert "sign" not in codes(told_anew(loss, row))


def test_a_zero_after_real_amounts_is_told_but_not_after_next_to_nothing():
    row = real("rd_expenditure", region="610000", period="2023")
    assert only(told_anew(times(row, 0), row), "zero").details["before"] == "769.6"
    tibet = real("contract_value", region="540000", period="2019")
    before = figures().drop(index=[*tibet.index, *real("contract_value", region="540000", period="2020").index])
    assert "zero" not in codes(told(times(tibet, 0), before))


def test_a_result_of_a_year_to_come_is_an_error_and_a_target_is_not():
    target = real("contract_value", region="500000", period="2025", basis="announced")
    assert told_anew(target, target) == []
    result = with_target_mark(target.assign(status="actual", period=str(NOW + 1)))
    found = only(told(result), "future")
    assert (found.severity, found.details["this_year"]) == ("error", NOW)


def test_the_end_of_a_span_counts_as_its_year():
    span = real("contract_value_growth_annual", period="2012/2021").assign(period=f"2012/{NOW + 1}")
    assert codes(told(span)) == ["future"]


def test_a_whole_year_that_is_not_over_is_doubtful_and_a_month_of_it_is_not():
    row = real(**SHAANXI_2023, basis="seller")
    found = only(told(row.assign(period=str(NOW))), "unfinished")
    assert found.severity == "warning"
    assert told(row.assign(period=f"{NOW}-03")) == []


def test_a_target_has_to_say_its_basis_where_there_are_several():
    target = real("contract_value", region="500000", period="2025", basis="announced")
    assert "announced" in only(told(target.assign(basis="")), "target_basis").details["allowed"]
    assert "target_basis" not in codes(told(target.assign(period="2027")))
    without = real("technology_managers")
    assert told_anew(without, without) == []


def test_a_column_copied_from_the_year_before_is_told_once():
    column = real("contract_count", period="2023")
    column = column[column["region"].isin(catalogue().provinces)]
    old = real("contract_count", period="2022").set_index("region")["value"]
    found = only(told_anew(column.assign(value=column["region"].map(old)), column), "copied").details
    assert [found[name] for name in ("then", "count", "equal")] == [2022, 31, 31]


def test_a_column_copied_from_the_year_after_is_told():
    column = real("contract_count", period="2022")
    new = real("contract_count", period="2023").set_index("region")["value"]
    found = told(column.assign(value=column["region"].map(new)))
    assert only(found, "copied").details["then"] == 2023


def test_a_few_equal_figures_are_no_copy():
    column = real("contract_count", period="2023")
    column = column[column["region"].isin(catalogue().provinces)]
    old = real("contract_count", period="2022").set_index("region")["value"]
    half = column["value"].where(np.arange(len(column)) % 2 == 0, column["region"].map(old))
    assert "copied" not in codes(told_anew(column.assign(value=half), column))


def test_a_revision_that_only_loses_digits_is_told():
    row = real(**SHAANXI_2023, basis="seller")
    found = only(told(row.assign(value=row["value"].round())), "rounded").details
    assert (found["before"], found["now"]) == ("4,118.46", "4,118")
    assert codes(told(row.assign(value=row["value"].round(-1)))) == ["rounded"]


def test_more_digits_or_another_figure_are_no_rounding():
    row = real(**SHAANXI_2023, basis="seller")
    assert told(row, with_value(figures(), row, lambda value: value.round())) == []
    assert told(row.assign(value=real("contract_value", region="610000", period="2024")["value"].item())) == []


def test_a_single_figure_without_its_last_zero_is_no_rounding():
    row = real("rd_intensity", region="610000", period="2023", basis="census5")
    assert row["value"].item() == 2.49
    assert told(row.assign(value=2.5, printed="2.5")) == []


def test_zeros_that_are_printed_are_digits():
    column = real("rd_intensity", period="2023", basis="census5")
    rounded = column.assign(value=column["value"].round(1))
    assert codes(told(rounded.assign(printed=rounded["value"].map("{:.1f}%".format)))) == ["rounded"]
    assert told(rounded.assign(printed=rounded["value"].map("{:.2f}%".format))) == []


def test_a_fraction_of_a_contract_is_told_and_a_fraction_of_an_amount_is_not():
    row = real("contract_count", region="610000", period="2023")
    assert codes(told_anew(times(row, 0.9999), row)) == ["count"]
    amount = real("rd_personnel", region="610000", period="2022")
    assert told_anew(times(amount, 0.9999), amount) == []


def test_a_note_about_a_known_figure_is_not_judged_again():
    loss = real("hightech_mfg_profit", region="640000", period="2013")
    assert told(loss.assign(note="见年鉴注")) == []


def test_the_real_figures_are_plausible_as_a_whole():
    everything = in_cells(figures())
    assert told(everything) == []
    assert set(codes(told(everything, figures().iloc[:0]))) == {"far"}


def test_the_real_figures_left_out_in_turn_raise_few_warnings_and_no_slip():
    everything = in_cells(figures())
    turn = (pd.to_numeric(everything["period"].str[:4]) * 3 + np.arange(len(everything)) // 13) % 7
    found = [d for part in range(7) for d in told(everything[turn == part], figures()[turn != part])]
    assert set(codes(found)) <= {"far", "sign"}
    assert len(found) <= TOLD_AT_MOST


def test_every_finding_has_its_words():
    row = real(**SHAANXI_2023, basis="seller")
    column = real("rd_expenditure", period="2022")
    count = real("contract_count", region="610000", period="2023")
    share = real("contract_outflow_export_share")
    target = real("contract_value", region="500000", period="2025", basis="announced")
    found = [
        *told(times(row, 10_000)),
        *told_anew(times(count, 1.7), count),
        *told(times(row, -1)),
        *told(times(row, 0)),
        *told(times(share, 2)),
        *told(row.assign(value=row["value"].round())),
        *told(row.assign(period=str(NOW))),
        *told(row.assign(period=str(NOW + 1))),
        *told(target.assign(basis="")),
        *told(column.assign(value=column["value"].mask(column["region"] == "CHN", 1.0))),
        *told(column.assign(period="2025")),
    ]
    assert {"slip", "far", "sum", "share", "sign", "zero", "future", "unfinished", "target_basis"} < set(codes(found))
    for diagnostic in found:
        for code, language in product((f"problem.{diagnostic.code}", f"problem.{diagnostic.code}.do"), LANGUAGES):
            assert "{" not in text(language, code, **diagnostic.details)
