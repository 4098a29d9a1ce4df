"""Names that look alike: which indicators, and which bases of one indicator, say something about each other.

A family holds indicators that print the same unit under similar names and mean different things. Its
code is a reason of its own (`family.<code>`), since the difference is a different one in each.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Indicators that are mistaken for one another; of the few that are `kindred` each is a part of one picture."""

    code: str
    indicators: tuple[str, ...]
    kindred: bool = False


FAMILIES = (
    Family(
        "funds",
        (
            *("fund_size_announced", "fund_group_size", "fund_invested", "fiscal_grants", "financing_raised"),
            *("firms_valuation", "investment_signed", "challenge_amount_posted", "challenge_amount_taken"),
        ),
    ),
    Family(
        "rates",
        (
            *("conversion_rate", "applied_results_share", "industrialisation_rate", "beneficial_results_share"),
            *("results_in_conversion", "results_separately_managed"),
        ),
    ),
    Family(
        "contracts",
        (
            *("contract_value", "contract_value_absorbed", "contract_output_rank", "contract_value_growth_annual"),
            *("contract_value_growth_total", "contract_value_multiple", "contract_outflow_multiple"),
            *("contract_outflow_export_share", "contract_count_multiple", "tech_market_scale"),
        ),
    ),
    Family(
        "new_firms",
        (
            *("conversion_new_firms", "projects_incorporated", "fund_new_firms", "broker_new_firms"),
            *("firms_incubated", "university_spinoffs"),
        ),
    ),
    Family(
        "enterprises",
        (
            *("hightech_enterprises", "hightech_listed", "tech_smes", "hightech_mfg_enterprises"),
            *("specialised_giants", "unicorns", "quasi_unicorns", "hightech_enterprises_growth_annual"),
            "tech_smes_growth_annual",
        ),
    ),
    Family(
        "people",
        ("technology_managers", "technology_broker_titles", "transfer_staff", "broker_team", "transfer_masters"),
    ),
    Family(
        "transfer_bodies",
        (
            *("transfer_institutions_funded", "transfer_market_entities", "national_transfer_centres"),
            *("transfer_bases", "transfer_pilots_recommended", "transfer_centre_branches", "promotion_sub_centres"),
            *("incubators", "technology_centres_built", "poc_centres", "pilot_bases_added"),
        ),
    ),
    Family("pilots", ("ownership_pilots_selected", "ownership_pilots_completed", "three_reforms_pilots")),
    Family(
        "institutions",
        (
            *("institutions_in_platform", "task_force_institutions", "universities", "research_institutions"),
            *("institutions_engaged", "central_institutes", "three_reforms_pilots"),
        ),
    ),
    Family(
        "results",
        (
            *("conversion_results_collected", "results_separately_managed", "results_screened"),
            *("applied_results_registered", "certified_projects", "converted_projects", "provincial_awards"),
        ),
    ),
    Family(
        "rewards",
        (
            *("income_share_inventor", "equity_reward_cap", "income_share_of_remainder", "income_share_university"),
            *("income_share_department", "income_share_development"),
        ),
    ),
    Family(
        "enterprise_shares",
        (
            *("rd_staff_enterprise_share", "rd_funds_enterprise_share", "rd_units_enterprise_share"),
            "job_invention_enterprise_share",
        ),
        kindred=True,
    ),
)

# Figures that only announce what is planned: an intention stands beside an intention.
ANNOUNCEMENTS = ("fund_size_announced",)

# Bases of one indicator that may stand side by side for one and the same place, with a note: parts of
# one whole, two reports of one thing, a figure and its check.
_SUBSIDIES = frozenset({"poc_service_income", "pilot_construction", "pilot_operation"})
_HEFEI = frozenset({"hefei_task_force", "hefei_innovation_brain"})
KINDRED_BASES: Mapping[str, frozenset[str]] = {
    "conversion_rate": frozenset({"certified_projects", "certified_projects_recomputed"}),
    "conversion_new_firms": _HEFEI,
    "conversion_results_collected": _HEFEI,
    "subsidy_rate": _SUBSIDIES,
    "subsidy_cap": _SUBSIDIES,
    "applied_results_share": frozenset({"stable_use", "small_scale_use", "trial_use", "not_used", "use_stopped"}),
    "projects_by_sales": frozenset({"sales_10m", "sales_100m", "sales_1bn"}),
    "transfer_bases": frozenset({"university_bases", "local_bases"}),
    "ownership_pilots_completed": frozenset({"municipal_units", "central_units"}),
}


def family_of(one: str, other: str) -> Family | None:
    """The first family that ties two indicators, None where their names do not invite a comparison."""
    return next((family for family in FAMILIES if {one, other} <= set(family.indicators)), None)
