"""Two sources of one figure, and figures side by side: every look-alike of the brief, and what is honest."""

import pandas as pd
import pytest

from indicators.language.comparability import comparison_text
from indicators.model.comparability import Verdict, comparable_sets, disagreements, verdict, why_apart
from indicators.model.observation import observations_from_text
from tests import real


def _two_sources(one: tuple[str, str], other: tuple[str, str]) -> pd.DataFrame:
    """Beijing's technology contract value as two sources print it: (value, qualifier) each."""
    rows = [
        {
            "indicator": "contract_value",
            "region": "110000",
            "subject": "",
            "period": "2021",
            "basis": "seller",
            "value": value,
            "qualifier": qualifier,
            "status": "actual",
            "unit": "亿元",
            "source": source,
            "locator": "表",
            "printed": "",
            "note": "",
            "note_en": "",
        }
        for source, (value, qualifier) in (("s01", one), ("brief-2023-01", other))
    ]
    return observations_from_text(pd.DataFrame(rows))


def test_a_value_rounded_to_fewer_digits_agrees():
    assert disagreements(_two_sources(("7005.65", "="), ("7005.7", "="))).empty


def test_values_further_apart_than_rounding_are_both_listed():
    listed = disagreements(_two_sources(("7005.65", "="), ("7015.7", "=")))
    assert list(listed["source"]) == ["s01", "brief-2023-01"]


def test_a_bound_agrees_with_a_value_on_its_open_side_only():
    assert disagreements(_two_sources(("93563", "="), ("90000", ">"))).empty
    assert len(disagreements(_two_sources(("89563", "="), ("90000", ">")))) == 2


def test_an_approximate_value_agrees_within_five_percent():
    assert disagreements(_two_sources(("2458.5", "="), ("2502", "~"))).empty
    assert len(disagreements(_two_sources(("2358.5", "="), ("2502", "~")))) == 2


def test_a_single_source_never_disagrees():
    assert disagreements(_two_sources(("7005.65", "="), ("7015.7", "=")).head(1)).empty


# What the brief prints, by indicator, region, period and basis; a pair's parts are told apart by as much as is needed.


def of(indicator: str, region: str, period: str = "", basis: str = "", *, target: bool = False) -> pd.DataFrame:
    """The one observation of the brief that is meant."""
    figures = real.figures()
    own = figures[(figures["source"] == "brief-2023-01") & (figures["is_target"] == target)]
    for column, value in (("indicator", indicator), ("region", region), ("period", period), ("basis", basis)):
        own = own[own[column] == value] if value else own
    assert len(own) == 1, own
    return own


def judged(*rows: pd.DataFrame) -> Verdict:
    return verdict(pd.concat(rows), real.catalogue())


def forbidden(*rows: pd.DataFrame) -> set[str]:
    """Codes of the reasons that forbid it."""
    return {reason.code for reason in judged(*rows).reasons if reason.forbids}


# C1: conversion rates
NATION_2011 = ("conversion_rate", "CHN", "2011")
SHANGHAI_17_YEARS = ("conversion_rate", "310000", "1998/2015")
SHANGHAI_COHORT = ("conversion_rate", "310000", "2010/2014", "certified_projects")
STABLE_USE = ("applied_results_share", "CHN", "2012", "stable_use")
UNDER_WAY = ("results_in_conversion", "610000")
MANAGED = ("results_separately_managed", "610000")
# C2, C3: technology contracts
BEIJING_2021 = ("contract_value", "110000", "2021")
HANGZHOU_2021 = ("contract_value", "330100", "2021")
HANGZHOU_RANK = ("contract_output_rank", "330100", "2021")
SHAANXI_GROWTH = ("contract_value_growth_annual", "610000")
BEIJING_GROWTH = ("contract_value_growth_annual", "110000")
HANGZHOU_GROWTH = ("contract_value_growth_annual", "330100")
OUTFLOW = ("contract_outflow_multiple", "110000")
OUTFLOW_SHARE = ("contract_outflow_export_share", "110000")
# C4: new enterprises
HEFEI_TASK_FORCE = ("conversion_new_firms", "340100", "", "hefei_task_force")
HEFEI_BRAIN = ("conversion_new_firms", "340100", "", "hefei_innovation_brain")
INCORPORATED = ("projects_incorporated", "610000", "", "three_reforms")
SURPLUS = ("projects_incorporated", "610000", "", "surplus_funds")
BY_FUND, BY_BROKER = ("fund_new_firms", "610000"), ("broker_new_firms", "610000")
INCUBATED, SPINOFFS = ("firms_incubated", "610000"), ("university_spinoffs", "330100")
# C5: money
BEIJING_FUND = ("fund_size_announced", "110000")
XIXIAN_FUNDS = ("fund_group_size", "XIXIAN")
INVESTED = ("fund_invested", "610000")
SHANGHAI_GRANTS, BEIJING_GRANTS = ("fiscal_grants", "310000"), ("fiscal_grants", "110000")
# C6, C7, C8: people, institutions, pilots
TITLES, STAFF, TEAM = ("technology_broker_titles", "110000"), ("transfer_staff", "110000"), ("broker_team", "610000")
FUNDED = ("transfer_institutions_funded", "110000")
BRANCHES, SUB_CENTRES = ("transfer_centre_branches", "120000"), ("promotion_sub_centres", "610000")
INCUBATORS, GERMAN_CENTRES = ("incubators", "330100"), ("technology_centres_built", "DEU")
UNIVERSITY_BASES, RECOMMENDED = (
    ("transfer_bases", "CHN", "", "university_bases"),
    ("transfer_pilots_recommended", "CHN"),
)
SELECTED, COMPLETED = (
    ("ownership_pilots_selected", "CHN"),
    ("ownership_pilots_completed", "110000", "", "all_affiliations"),
)
REFORMS = ("three_reforms_pilots", "610000")
# C9, C10, C11: enterprises, institutions, results
HANGZHOU_HIGHTECH, CHENGDU_HIGHTECH = ("hightech_enterprises", "330100"), ("hightech_enterprises", "510100")
HEFEI_HIGHTECH, HEFEI_SMES = ("hightech_enterprises", "340100"), ("tech_smes", "340100")
SME_GROWTH = ("tech_smes_growth_annual", "610000")
RECORDED, ASSIGNED = ("institutions_in_platform", "340100"), ("task_force_institutions", "340100")
ENGAGED, CENTRAL = ("institutions_engaged", "610000"), ("central_institutes", "330100")
UNIVERSITIES, INSTITUTES = ("universities", "610000"), ("research_institutions", "610000")
COLLECTED = ("conversion_results_collected", "340100", "", "hefei_task_force")
GATHERED = ("conversion_results_collected", "340100", "", "hefei_innovation_brain")
SCREENED, REGISTERED = ("results_screened", "610000"), ("applied_results_registered", "CHN")
CERTIFIED, AWARDED = ("certified_projects", "310000", "2010/2014"), ("provincial_awards", "330100")
# C12, C13: percentages
SHENZHEN_STAFF, TEAMS = ("rd_staff_enterprise_share", "440300"), ("student_teams_university_space_share", "120000")
EARLY, TAILINGS = ("fund_early_share", "110000"), ("tailings_use_rate", "611000")
AWARENESS, DELIVERY = ("policy_awareness_rate", "310000"), ("policy_delivery_rate", "310000")
NANKAI = ("income_share_inventor", "120000")
HAWAII = ("income_share_inventor", "USA", "", "patent_profit")
MIT = ("income_share_inventor", "USA", "", "licence_income")
REMAINDER, EQUITY_CAP = ("income_share_of_remainder", "USA"), ("equity_reward_cap", "310000")
# C14, C15, C16, C17
MULTIPLE, TOTAL_GROWTH = ("contract_value_multiple", "110000"), ("contract_value_growth_total", "330100")
CHEAPER = ("production_cost_reduction", "XIXIAN")
INTENSITY_RANK, CAPACITY_RANK = ("rd_intensity_rank", "330100"), ("conversion_capacity_rank", "330100")
CLUSTER_RANK, NATION_GII = ("science_cluster_rank", "330100", "2022"), ("gii_rank", "CHN")
CAPITALS, SUB_PROVINCIAL = (
    ("incubators_rank", "330100", "", basis) for basis in ("provincial_capitals", "sub_provincial_cities")
)
DEMAND, SIGNED = ("sensor_demand", "CHN"), ("investment_signed", "XIXIAN")
VALUATION, RAISED = ("firms_valuation", "330100"), ("financing_raised", "330100")
BEIJING_EVENTS, HEFEI_EVENTS = ("matchmaking_events", "110000"), ("matchmaking_events", "340100")
SHANGHAI_TITLES, SHAANXI_TITLES = ("titles_for_conversion", "310000"), ("titles_for_conversion", "610000")
BEIJING_TOTAL = ("contract_value", "110000", "2012/2021")

LOOK_ALIKE = [
    ("C1", NATION_2011, SHANGHAI_COHORT, "bases_differ"),
    ("C1", NATION_2011, SHANGHAI_17_YEARS, "bases_differ"),
    ("C1", STABLE_USE, SHANGHAI_COHORT, "family.rates"),
    ("C1", STABLE_USE, NATION_2011, "family.rates"),
    ("C1", UNDER_WAY, SHANGHAI_COHORT, "units_differ"),
    ("C1", UNDER_WAY, MANAGED, "family.rates"),
    ("C2", BEIJING_2021, HANGZHOU_2021, "bases_differ"),
    ("C2", BEIJING_2021, HANGZHOU_RANK, "family.contracts"),
    ("C2", HANGZHOU_2021, HANGZHOU_RANK, "units_differ"),
    ("C2", BEIJING_2021, SHAANXI_GROWTH, "units_differ"),
    ("C3", OUTFLOW, OUTFLOW_SHARE, "family.contracts"),
    ("C4", HEFEI_TASK_FORCE, INCORPORATED, "family.new_firms"),
    ("C4", INCORPORATED, SURPLUS, "bases_differ"),
    ("C4", BY_FUND, BY_BROKER, "family.new_firms"),
    ("C4", INCUBATED, HEFEI_BRAIN, "family.new_firms"),
    ("C4", SPINOFFS, INCUBATED, "family.new_firms"),
    ("C5", BEIJING_FUND, XIXIAN_FUNDS, "family.funds"),
    ("C5", XIXIAN_FUNDS, INVESTED, "stock_and_flow"),
    ("C5", BEIJING_FUND, INVESTED, "family.funds"),
    ("C5", BEIJING_FUND, SHANGHAI_GRANTS, "family.funds"),
    ("C5", INVESTED, SHANGHAI_GRANTS, "family.funds"),
    ("C5", SHANGHAI_GRANTS, BEIJING_GRANTS, "windows_differ"),
    ("C6", TITLES, STAFF, "family.people"),
    ("C6", STAFF, TEAM, "family.people"),
    ("C6", TITLES, TEAM, "family.people"),
    ("C7", FUNDED, BRANCHES, "family.transfer_bodies"),
    ("C7", UNIVERSITY_BASES, RECOMMENDED, "family.transfer_bodies"),
    ("C8", SELECTED, COMPLETED, "family.pilots"),
    ("C8", SELECTED, REFORMS, "family.pilots"),
    ("C8", COMPLETED, REFORMS, "family.pilots"),
    ("C9", HEFEI_HIGHTECH, HANGZHOU_HIGHTECH, "bases_differ"),
    ("C9", HEFEI_HIGHTECH, CHENGDU_HIGHTECH, "bases_differ"),
    ("C9", HEFEI_SMES, SME_GROWTH, "units_differ"),
    ("C10", RECORDED, ASSIGNED, "family.institutions"),
    ("C10", RECORDED, REFORMS, "family.institutions"),
    ("C10", UNIVERSITIES, ENGAGED, "family.institutions"),
    ("C10", INSTITUTES, CENTRAL, "family.institutions"),
    ("C11", COLLECTED, MANAGED, "family.results"),
    ("C11", GATHERED, SCREENED, "family.results"),
    ("C11", REGISTERED, CERTIFIED, "family.results"),
    ("C11", CERTIFIED, AWARDED, "family.results"),
    ("C12", SHENZHEN_STAFF, TEAMS, "indicators_differ"),
    ("C12", EARLY, NANKAI, "indicators_differ"),
    ("C12", EARLY, TAILINGS, "indicators_differ"),
    ("C12", AWARENESS, DELIVERY, "indicators_differ"),
    ("C13", NANKAI, HAWAII, "bases_differ"),
    ("C13", HAWAII, MIT, "bases_differ"),
    ("C13", REMAINDER, MIT, "family.rewards"),
    ("C13", EQUITY_CAP, NANKAI, "family.rewards"),
    ("C14", MULTIPLE, TOTAL_GROWTH, "family.contracts"),
    ("C14", TOTAL_GROWTH, BEIJING_GROWTH, "family.contracts"),
    ("C14", CHEAPER, BEIJING_GROWTH, "indicators_differ"),
    ("C14", BEIJING_GROWTH, HANGZHOU_GROWTH, "windows_differ"),
    ("C14", HANGZHOU_GROWTH, SHAANXI_GROWTH, "windows_differ"),
    ("C15", INTENSITY_RANK, HANGZHOU_RANK, "rank_pools"),
    ("C15", CAPACITY_RANK, CLUSTER_RANK, "rank_pools"),
    ("C15", CLUSTER_RANK, NATION_GII, "rank_pools"),
    ("C15", CAPITALS, SUB_PROVINCIAL, "rank_pools"),
    ("C16", SIGNED, INVESTED, "family.funds"),
    ("C16", VALUATION, RAISED, "family.funds"),
    ("C17", BEIJING_EVENTS, HEFEI_EVENTS, "windows_differ"),
    ("C17", SHANGHAI_TITLES, SHAANXI_TITLES, "windows_differ"),
    ("C17", BEIJING_TOTAL, HANGZHOU_2021, "span_and_year"),
    ("C17", BEIJING_TOTAL, BEIJING_2021, "span_and_year"),
    ("C19", BRANCHES, SUB_CENTRES, "family.transfer_bodies"),
    ("C19", INCUBATORS, GERMAN_CENTRES, "family.transfer_bodies"),
    ("C19", BRANCHES, INCUBATORS, "family.transfer_bodies"),
]


@pytest.mark.parametrize(("entry", "one", "other", "reason"), LOOK_ALIKE)
def test_names_that_look_alike_do_not_compare(entry, one, other, reason):
    assert reason in forbidden(of(*one), of(*other)), entry
    assert judged(of(*one), of(*other)).decision == judged(of(*other), of(*one)).decision == "incomparable"


# C16: targets and results. The three of Chongqing, and a hope for 2024.
TARGETS = [
    (("contract_value", "500000"), BEIJING_2021),
    (("contract_value", "500000"), HANGZHOU_2021),
    (("transfer_market_entities", "500000"), FUNDED),
    (("technology_managers", "500000"), TITLES),
    (("national_transfer_centres", "CHN"), BRANCHES),
    (("sensor_capacity", "XIXIAN"), DEMAND),
]


@pytest.mark.parametrize(("target", "result"), TARGETS)
def test_a_target_never_stands_beside_the_results_of_others(target, result):
    assert "target_and_result" in forbidden(of(*target, target=True), of(*result))


SUBSIDIES = ("poc_service_income", "pilot_construction", "pilot_operation")
HONEST = [
    ("B4", [("rd_expenditure", "330100", "2017"), ("rd_expenditure", "330100", "2021")], set()),
    ("B5", [("contract_value", "330100", year) for year in ("2017", "2021", "2022")], set()),
    ("B6", [("contract_output_rank", "330100", "2017"), HANGZHOU_RANK], set()),
    ("B8", [NATION_2011, ("conversion_rate", "CHN", "2014/2015")], {"unverified", "span_and_year"}),
    ("B11", [HEFEI_TASK_FORCE, HEFEI_BRAIN], {"bases_kindred", "windows_differ"}),
    ("B11", [COLLECTED, GATHERED], {"bases_kindred", "windows_differ"}),
    ("B12", [("one_stop_departments", "310000", year) for year in ("1998", "2015")], set()),
    ("B13", [SHANGHAI_17_YEARS, SHANGHAI_COHORT], {"windows_differ"}),
    ("B16", [HANGZHOU_HIGHTECH, CHENGDU_HIGHTECH], {"basis_undefined", "unverified", "dates_differ"}),
    ("B17", [("poc_centres", "330100"), ("poc_centres", "340100")], {"dates_differ"}),
    ("B21", [NATION_GII, ("gii_rank", "810000")], {"part_and_whole"}),
    ("B22", [("subsidy_rate", "340100", "", basis) for basis in SUBSIDIES], {"bases_kindred"}),
    ("B23", [SHENZHEN_STAFF, ("rd_funds_enterprise_share", "440300")], {"family.enterprise_shares"}),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "figures", "notes"), HONEST)
def test_what_may_honestly_be_compared_compares_with_the_note_that_it_needs(entry, figures, notes):
    found = judged(*(of(*figure) for figure in figures))
    assert found.decision == ("noted" if notes else "comparable"), entry
    assert set(found.codes) == notes


def test_a_place_stands_beside_its_own_target_and_an_announcement_beside_a_proposal():
    additions = [of("pilot_bases_added", "340100", "2021"), of("pilot_bases_added", "340100", "2023", target=True)]
    assert set(judged(*additions).codes) == {"target_and_result"}
    batch = [of("poc_centres", "340100"), of("poc_centres", "340100", target=True)]
    assert judged(*batch).decision == "noted"
    funds = judged(of(*BEIJING_FUND), of("fund_size_announced", "330100", target=True))
    assert (funds.decision, "proposed" in funds.codes) == ("noted", True)


def test_figures_on_two_definitions_are_only_a_choice_away_from_one_another():
    for one, other in ((BEIJING_2021, HANGZHOU_2021), (HANGZHOU_HIGHTECH, HEFEI_HIGHTECH), (HAWAII, NANKAI)):
        assert forbidden(of(*one), of(*other)) == {"bases_differ"}


def test_a_fund_or_company_is_not_the_region_that_it_lies_in():
    own = real.figures()[real.figures()["indicator"] == "certified_projects"]
    assert forbidden(own[own["period"] == "1998/2015"]) == {"subject_and_region"}


def levels(indicator: str, year: int, *regions: str) -> pd.DataFrame:
    own = real.all_levels()
    return own[(own["indicator"] == indicator) & (own["year"] == year) & own["region"].isin(regions)]


def test_a_part_beside_its_whole_counts_twice_unless_both_are_ratios():
    assert forbidden(levels("rd_expenditure", 2022, "440000", "440300")) == {"part_and_whole"}
    assert forbidden(levels("rd_expenditure", 2022, "CHN", "610000")) == {"part_and_whole"}
    assert forbidden(levels("rd_expenditure", 2022, "total-west", "610000")) == {"part_and_whole"}
    assert judged(levels("rd_intensity", 2022, "CHN", "610000")).codes == ("part_and_whole",)
    assert judged(levels("rd_intensity", 2022, "CHN", "610000")).decision == "noted"


def test_a_province_beside_a_city_of_another_is_noted():
    assert judged(levels("rd_expenditure", 2022, "610000", "440300")).codes == ("levels_differ",)


def test_all_provinces_in_one_year_on_one_basis_compare_plainly():
    for code in ("contract_value", "rd_intensity", "invention_patents_valid"):
        assert judged(levels(code, 2023, *real.catalogue().provinces).query("basis != 'census5'")).reasons == ()


def test_countries_compare_with_china_as_one_of_them():
    assert judged(levels("rd_gdp_international", 2020, "CHN", "USA", "JPN")).decision == "comparable"


def test_figures_part_into_sets_that_compare_the_largest_first():
    figures = real.figures()
    codes = ["fund_size_announced", "fund_group_size", "fund_invested", "fiscal_grants"]
    sets = comparable_sets(figures[figures["indicator"].isin(codes)], real.catalogue())
    assert [list(part["value"]) for part in sets] == [[300.0, 50.0], [2.4], [50.0], [110.0], [20.41]]


def test_a_figure_keeps_to_those_of_its_year_rather_than_to_a_nearby_one():
    rows = pd.concat([levels("contract_value", year, "110000", "610000") for year in (2021, 2022)])
    sets = comparable_sets(rows[rows["basis"] == "seller"], real.catalogue())
    assert [set(part["year"]) for part in sets] == [{2021}, {2022}]


def test_why_apart_tells_the_most_frequent_reason_first():
    target = of("contract_value", "500000", target=True)
    others = pd.concat([of(*HANGZHOU_2021), of("contract_value", "330100", "2022"), of(*BEIJING_2021)])
    assert why_apart(target, others, real.catalogue()).codes[0] == "target_and_result"


def test_every_reason_has_words_in_both_languages():
    rows = real.figures()[real.figures()["source"] == "brief-2023-01"]
    for language in ("zh", "en"):
        for reason in verdict(rows, real.catalogue()).reasons:
            assert comparison_text(reason, real.catalogue(), language)
