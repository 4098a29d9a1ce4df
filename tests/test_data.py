"""Facts of the figures that the program ships, written out so that no change passes unseen."""

import pandas as pd
import pytest

from indicators.model.comparability import disagreements
from indicators.model.qualifier import is_exact
from tests import real

BRIEF = "brief-2023-01"
SHAANXI = {
    2010: 102.414, 2011: 215.37, 2012: 334.82, 2013: 533.28, 2014: 640.02, 2015: 721.82, 2016: 802.79, 2017: 920.94,
    2018: 1125.29, 2019: 1467.35, 2020: 1758.72, 2021: 2343.44, 2022: 3048.73, 2023: 4118.46, 2024: 4825.91,
}  # fmt: skip


def figures(indicator: str, region: str = "", *, source: str = "") -> pd.DataFrame:
    rows = real.figures().query("indicator == @indicator")
    rows = rows[rows["region"] == region] if region else rows
    return rows[rows["source"] == source] if source else rows


def brief() -> pd.DataFrame:
    return real.figures().query("source == @BRIEF")


def said(indicator: str, region: str) -> list[tuple]:
    """What the brief says: period, basis, qualifier, value, status."""
    columns = ["period", "basis", "qualifier", "value", "status"]
    return sorted(figures(indicator, region, source=BRIEF)[columns].itertuples(index=False, name=None))


def test_there_are_12297_figures_of_yearbooks_and_210_of_the_brief():
    assert (len(real.figures()), len(brief())) == (12_297 + 210, 210)


def test_contract_value_of_shaanxi_by_seller_is_as_printed():
    own = figures("contract_value", "610000").query("basis == 'seller' and period >= '2010'")
    assert dict(zip(own["period"].astype(int), own["value"], strict=True)) == SHAANXI
    assert set(own["qualifier"]) == {"="}


@pytest.mark.parametrize(
    ("indicator", "region", "expected"),
    [
        (
            "contract_value",
            "110000",
            [
                ("2012", "seller", "~", 2502.0, "derived"),
                ("2012/2021", "seller", ">", 40000.0, "actual"),
                ("2021", "seller", "=", 7005.7, "actual"),
            ],
        ),
        (
            "conversion_rate",
            "310000",
            [
                ("1998/2015", "certified_projects", "=", 70.0, "actual"),
                ("2010/2014", "certified_projects", "=", 77.84, "actual"),
                ("2010/2014", "certified_projects_recomputed", "=", 78.45, "derived"),
            ],
        ),
        ("contract_value", "500000", [("2025", "announced", "=", 1100.0, "target")]),
        ("technology_managers", "500000", [("2025", "", ">=", 3000.0, "target")]),
        ("transfer_market_entities", "500000", [("2025", "", "=", 350.0, "target")]),
        (
            "contract_value",
            "330100",
            [
                ("2017", "announced", "~", 203.6, "derived"),
                ("2021", "announced", "=", 771.6, "actual"),
                ("2022", "announced", ">", 1000.0, "actual"),
            ],
        ),
        (
            "conversion_new_firms",
            "340100",
            [
                ("2022-01/2023-01", "hefei_task_force", "=", 220.0, "actual"),
                ("2022-06/2023-03", "hefei_innovation_brain", "=", 243.0, "actual"),
            ],
        ),
        ("rd_intensity", "330100", [("2021", "census4", "=", 3.68, "actual")]),
        ("contract_value_growth_annual", "610000", [("2020/2022", "announced", "=", 31.7, "actual")]),
    ],
)
def test_the_brief_says(indicator, region, expected):
    assert said(indicator, region) == expected


def test_the_derived_rate_of_shanghai_is_its_numerator_by_its_denominator():
    certified = figures("certified_projects", "310000").query("period == '2010/2014'")["value"].item()
    converted = figures("converted_projects", "310000").query("period == '2010/2014'")["value"].item()
    assert (certified, converted, round(converted / certified * 100, 2)) == (2882, 2261, 78.45)


def test_vague_amounts_have_their_words_and_no_value():
    vague = real.figures()[real.figures()["value"].isna()]
    assert dict(zip(vague["indicator"], vague["printed"], strict=True)) == {
        "projects_promoted": "数千项",
        "platform_investment_scale": "动辄百万级、千万级投入",
        "social_capital_multiple": "数十倍的社会资本",
        "projects_landed": "十几个重点项目",
    }


def test_the_five_states_of_use_of_2012_make_exactly_100():
    assert round(figures("applied_results_share")["value"].sum(), 2) == 100


def test_every_figure_has_source_and_locator():
    rows = real.figures()
    assert not ((rows["source"] == "") | (rows["locator"] == "")).any()
    assert set(rows["source"]) <= set(real.catalogue().sources)


def test_every_figure_of_the_brief_has_its_printed_words_shortly():
    assert brief()["printed"].str.len().between(1, 25).all()
    assert (real.figures()["printed"].str.len() <= 25).all()


def test_notes_come_in_both_languages():
    rows = real.figures()
    assert ((rows["note"] == "") == (rows["note_en"] == "")).all()


def test_the_brief_is_internal_and_everything_else_public():
    internal = {code for code, source in real.catalogue().sources.items() if source.classification == "internal"}
    assert internal == {BRIEF}


def test_derived_figures_say_how_they_were_derived():
    derived = real.figures().query("status == 'derived'")
    assert derived["note"].str.contains(r"[÷+−]|方根").all()


CONTRADICTIONS = {
    1: ("conversion_rate", "310000", "78.45%，与公布的77.84%不符"),
    2: ("conversion_practice_years", "310000", "17年"),
    3: ("conversion_rate", "310000", "不同"),
    4: ("policy_delivery_rate", "310000", "基本上"),
    5: ("conversion_new_firms", "340100", "同一序列"),
    6: ("conversion_results_collected", "340100", "同一序列"),
    7: ("poc_centres", "340100", "是否计入"),
    8: ("subsidy_cap", "340100", "标题只写此项上限"),
    9: ("applied_results_share", "CHN", "不支持原文"),
    10: ("applied_results_share", "CHN", "“分别”所指不清"),
    11: ("contract_value", "330100", "名称前后不一"),
    12: ("projects_by_sales", "310000", "混用"),
    13: ("projects_incorporated", "610000", "量词前后不一"),
    14: ("fund_group_size", "XIXIAN", "不能相除"),
    15: ("contract_value_growth_annual", "110000", "10.8%"),
    16: ("transfer_pilots_recommended", "CHN", "推荐数"),
    17: ("fund_size_announced", "110000", "今年6月"),
    18: ("industry_clusters", "XIXIAN", "集群只列出三个"),
    19: ("income_share_of_remainder", "USA", "115%"),
    20: ("technology_managers", "500000", "不一致"),
    21: ("hightech_enterprises", "510100", "无具体数"),
    22: ("student_teams_university_space_share", "120000", "无样本"),
    23: ("talent_recruited", "310000", "疑为概数"),
    24: ("broker_team", "610000", "范围未说清"),
}


@pytest.mark.parametrize("number", CONTRADICTIONS)
def test_a_contradiction_of_the_brief_is_named_in_a_note(number):
    indicator, region, words = CONTRADICTIONS[number]
    assert figures(indicator, region, source=BRIEF)["note"].str.contains(words, regex=False).any()


LOOKALIKES = {
    "conversion rates": [
        ("conversion_rate", "CHN", 15), ("conversion_rate", "310000", 77.84), ("applied_results_share", "CHN", 84.29),
    ],
    "contract value": [
        ("contract_value", "110000", 7005.7), ("contract_value", "330100", 771.6),
        ("contract_output_rank", "330100", 8),
    ],
    "sold elsewhere": [
        ("contract_outflow_multiple", "110000", 3.1), ("contract_outflow_export_share", "110000", 74.1),
    ],
    "new enterprises": [
        ("conversion_new_firms", "340100", 220), ("conversion_new_firms", "340100", 243),
        ("projects_incorporated", "610000", 232), ("projects_incorporated", "610000", 53),
        ("fund_new_firms", "610000", 462), ("broker_new_firms", "610000", 425), ("firms_incubated", "610000", 1577),
        ("university_spinoffs", "330100", 20),
    ],
    "funds": [
        ("fund_size_announced", "110000", 300), ("fund_group_size", "XIXIAN", 110), ("fund_invested", "610000", 20.41),
        ("fiscal_grants", "310000", 50), ("fiscal_grants", "110000", 2.4),
    ],
    "technology managers": [
        ("technology_broker_titles", "110000", 474), ("transfer_staff", "110000", 1000),
        ("technology_managers", "500000", 3000), ("broker_team", "610000", 106),
    ],
    "transfer institutions": [
        ("transfer_institutions_funded", "110000", 98), ("transfer_market_entities", "500000", 350),
        ("national_transfer_centres", "CHN", 100), ("transfer_bases", "CHN", 71), ("transfer_bases", "CHN", 5),
        ("transfer_pilots_recommended", "CHN", 20), ("transfer_centre_branches", "120000", 35),
    ],
    "pilots": [
        ("ownership_pilots_selected", "CHN", 40), ("ownership_pilots_completed", "110000", 9),
        ("three_reforms_pilots", "610000", 75),
    ],
    "high-tech enterprises": [
        ("hightech_enterprises", "330100", 12700), ("hightech_enterprises", "340100", 6412),
        ("hightech_enterprises_growth_annual", "610000", 39.1),
    ],
    "institutions": [
        ("institutions_in_platform", "340100", 2878), ("task_force_institutions", "340100", 10),
        ("three_reforms_pilots", "610000", 75), ("universities", "610000", 100), ("institutions_engaged", "610000", 21),
        ("central_institutes", "330100", 19),
    ],
    "results": [
        ("conversion_results_collected", "340100", 1100), ("conversion_results_collected", "340100", 1292),
        ("results_separately_managed", "610000", 38000), ("results_screened", "610000", 1000),
        ("applied_results_registered", "CHN", 43234), ("certified_projects", "310000", 10000),
        ("provincial_awards", "330100", 192),
    ],
    "90 %": [
        ("rd_staff_enterprise_share", "440300", 90), ("student_teams_university_space_share", "120000", 90),
    ],
    "100 %": [("policy_awareness_rate", "310000", 100), ("policy_delivery_rate", "310000", 100)],
    "rewards": [
        ("income_share_inventor", "120000", 80), ("income_share_inventor", "USA", 66.67),
        ("income_share_inventor", "USA", 28.33), ("equity_reward_cap", "310000", 35),
    ],
    "growth": [
        ("contract_value_multiple", "110000", 2.8), ("contract_value_growth_total", "330100", 279),
        ("contract_value_growth_annual", "110000", 12.3), ("production_cost_reduction", "XIXIAN", 20),
    ],
    "ranks": [
        ("rd_intensity_rank", "330100", 6), ("contract_output_rank", "330100", 8),
        ("conversion_capacity_rank", "330100", 1),
        ("science_cluster_rank", "330100", 14), ("gii_rank", "CHN", 35),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKALIKES)
def test_look_alikes_differ_in_indicator_or_basis(name):
    lines = []
    for indicator, region, value in LOOKALIKES[name]:
        own = figures(indicator, region, source=BRIEF).query("value == @value")
        assert len(own) == 1, (indicator, region, value)
        lines.append((indicator, own["basis"].item()))
    assert len(set(lines)) == len(lines)


def test_shanghai_and_the_nation_never_meet_in_one_ranking_of_conversion_rates():
    bases = {row["region"]: row["basis"] for row in figures("conversion_rate").to_dict("records")}
    assert bases["CHN"] == "all_results"
    assert bases["310000"].startswith("certified_projects")
    official = real.catalogue().indicators["conversion_rate"].official_bases
    assert official == ("all_results",)


def test_sources_of_one_figure_agree_within_rounding():
    assert disagreements(real.figures()).empty


def test_the_brief_agrees_with_the_yearbook_where_both_have_a_figure():
    key = ["indicator", "region", "subject", "period", "basis", "is_target"]
    both = brief().merge(real.figures().query("source != @BRIEF"), on=key, suffixes=("", "_yearbook"))
    pairs = both[["indicator", "period", "value", "qualifier", "value_yearbook"]]
    assert sorted(pairs.itertuples(index=False, name=None)) == [
        ("contract_count", "2012", 56250.0, ">", 59969.0),
        ("contract_count", "2021", 90000.0, ">", 93563.0),
        ("contract_value", "2012", 2502.0, "~", 2458.5),
        ("contract_value", "2021", 7005.7, "=", 7005.65),
    ]


def test_yearbook_figures_are_exact_but_for_one_that_says_so():
    yearbook = real.figures().query("source != @BRIEF")
    inexact = yearbook[~yearbook["qualifier"].map(is_exact)]
    assert inexact[["indicator", "region", "period", "qualifier"]].to_numpy().tolist() == [
        ["contract_count", "CHN", "2024", "~"]
    ]
    assert inexact["note"].str.contains("取整").all()
