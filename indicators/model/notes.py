"""What a reader has to know about single figures: contradictions, doubts, and what may not be set side by side.

A note is data: its words are texts (`note.<code>.title`, `note.<code>.body`), and here stands which
observations it concerns. Changes of definition are found in the observations themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from indicators.model.catalogue import Catalogue

NoteKind = Literal["contradiction", "doubt", "comparison"]
NOTE_KINDS: tuple[NoteKind, ...] = get_args(NoteKind)
_BRIEF = "brief-2023-01"


@dataclass(frozen=True)
class Concern:
    """Observations of an indicator, narrowed where the other fields say so."""

    indicator: str
    region: str = ""
    period: str = ""
    basis: str = ""
    source: str = _BRIEF

    def among(self, observations: pd.DataFrame) -> pd.Series:
        """Which observations these are."""
        keeps = observations["indicator"] == self.indicator
        for column in ("region", "period", "basis", "source"):
            if getattr(self, column):
                keeps &= observations[column] == getattr(self, column)
        return keeps


@dataclass(frozen=True)
class DataNote:
    """One note by code, and the observations that it concerns."""

    code: str
    kind: NoteKind
    concerns: tuple[Concern, ...]

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators that it is about."""
        return frozenset(concern.indicator for concern in self.concerns)

    def among(self, observations: pd.DataFrame) -> pd.DataFrame:
        """The observations that the note concerns, in their order."""
        near = observations[observations["indicator"].isin(self.indicators)]
        keeps = pd.Series(False, near.index)
        for concern in self.concerns:
            keeps |= concern.among(near)
        return near[keeps]


def _note(code: str, kind: NoteKind, *concerns: tuple[str, ...] | Concern) -> DataNote:
    return DataNote(code, kind, tuple(c if isinstance(c, Concern) else Concern(*c) for c in concerns))


def _each(indicators: str, region: str = "", period: str = "") -> tuple[Concern, ...]:
    return tuple(Concern(code, region, period) for code in indicators.split())


NOTES = (
    _note(
        "shanghai_rate",
        "contradiction",
        ("conversion_rate", "310000", "2010/2014"),
        *_each("certified_projects converted_projects", "310000", "2010/2014"),
    ),
    _note("shanghai_two_rates", "comparison", ("conversion_rate", "310000")),
    _note("shanghai_years", "contradiction", *_each("conversion_practice_years one_stop_departments", "310000")),
    _note("shanghai_policy_full", "contradiction", *_each("policy_awareness_rate policy_delivery_rate", "310000")),
    _note("shanghai_sales_words", "doubt", ("projects_by_sales", "310000")),
    _note("shanghai_talent", "doubt", ("talent_recruited", "310000")),
    _note("hefei_new_firms", "contradiction", ("conversion_new_firms", "340100")),
    _note("hefei_results", "contradiction", ("conversion_results_collected", "340100")),
    _note("hefei_poc", "doubt", ("poc_centres", "340100")),
    _note("hefei_pilot_cap", "contradiction", *_each("subsidy_cap subsidy_rate", "340100")),
    _note(
        "nation_rates",
        "contradiction",
        ("conversion_rate", "CHN"),
        ("applied_results_share", "CHN", "2012", "stable_use"),
    ),
    _note("nation_shares", "doubt", ("applied_results_share", "CHN")),
    _note("nation_pilots", "doubt", ("transfer_pilots_recommended", "CHN")),
    _note(
        "hangzhou_names",
        "contradiction",
        Concern("contract_value", "330100"),
        *_each("contract_output_rank contract_value_growth_total contract_value_growth_annual", "330100"),
    ),
    _note(
        "shaanxi_companies",
        "contradiction",
        *_each("projects_incorporated broker_new_firms fund_new_firms firms_incubated", "610000"),
    ),
    _note("shaanxi_funds", "contradiction", ("fund_group_size", "XIXIAN"), ("fund_invested", "610000")),
    _note("shaanxi_hub", "doubt", *_each("fund_group_size tech_finance_products", "XIXIAN"), ("broker_team", "610000")),
    _note(
        "xixian_clusters",
        "contradiction",
        *_each("industrial_parks key_industry_chains industry_clusters", "XIXIAN"),
    ),
    _note(
        "beijing_growth",
        "doubt",
        *_each("contract_value_growth_annual contract_value_multiple", "110000", "2012/2021"),
        ("contract_value", "110000", "2012"),
    ),
    _note(
        "relative_dates",
        "doubt",
        ("fund_size_announced", "110000"),
        *_each("one_stop_departments conversion_practice_years", "310000", "2015"),
    ),
    _note(
        "mit_thirds",
        "doubt",
        *_each(
            "income_share_inventor income_share_department income_share_university income_share_of_remainder", "USA"
        ),
    ),
    _note("chongqing_managers", "contradiction", ("technology_managers", "500000")),
    _note("chengdu_hightech", "doubt", ("hightech_enterprises", "510100")),
    _note("tianjin_students", "doubt", ("student_teams_university_space_share", "120000")),
    _note("rates_apart", "comparison", *_each("conversion_rate applied_results_share results_in_conversion")),
    _note(
        "contracts_apart",
        "comparison",
        Concern("contract_value", basis="announced", source=""),
        *_each("contract_output_rank contract_value_growth_annual contract_value_growth_total"),
    ),
    _note("outflow_scope", "comparison", *_each("contract_outflow_multiple contract_outflow_export_share", "110000")),
    _note(
        "firms_apart",
        "comparison",
        *_each("conversion_new_firms projects_incorporated fund_new_firms broker_new_firms firms_incubated"),
        ("university_spinoffs", "330100"),
    ),
    _note("funds_apart", "comparison", *_each("fund_size_announced fund_group_size fund_invested fiscal_grants")),
    _note(
        "managers_apart",
        "comparison",
        *_each("technology_broker_titles transfer_staff technology_managers broker_team"),
    ),
    _note(
        "institutions_apart",
        "comparison",
        *_each("transfer_institutions_funded transfer_market_entities national_transfer_centres transfer_bases"),
        *_each("transfer_pilots_recommended transfer_centre_branches"),
    ),
    _note(
        "pilots_apart",
        "comparison",
        *_each("ownership_pilots_selected ownership_pilots_completed three_reforms_pilots"),
    ),
    _note(
        "hightech_apart",
        "comparison",
        Concern("hightech_enterprises", source=""),
        *_each("tech_smes hightech_enterprises_growth_annual tech_smes_growth_annual"),
    ),
    _note(
        "universities_apart",
        "comparison",
        *_each("institutions_in_platform task_force_institutions three_reforms_pilots universities"),
        *_each("research_institutions institutions_engaged central_institutes"),
    ),
    _note(
        "results_apart",
        "comparison",
        *_each("conversion_results_collected results_separately_managed results_screened"),
        *_each("applied_results_registered certified_projects provincial_awards"),
    ),
    _note(
        "ninety_percent",
        "comparison",
        *_each("rd_staff_enterprise_share rd_funds_enterprise_share rd_units_enterprise_share", "440300"),
        *_each("job_invention_enterprise_share", "440300"),
        ("student_teams_university_space_share", "120000"),
    ),
    _note("rewards_apart", "comparison", *_each("income_share_inventor equity_reward_cap")),
    _note(
        "growth_words",
        "comparison",
        *_each("contract_value_multiple contract_count_multiple contract_outflow_multiple"),
        *_each("contract_value_growth_total contract_value_growth_annual production_cost_reduction output_multiple"),
        ("rd_expenditure_growth_total",),
    ),
    _note(
        "ranks_apart",
        "comparison",
        *_each("rd_intensity_rank contract_output_rank conversion_capacity_rank incubators_rank"),
        *_each("science_cluster_rank gii_rank"),
    ),
    _note(
        "plans_apart",
        "comparison",
        Concern("contract_value", "500000", "2025", "announced"),
        *_each("transfer_market_entities technology_managers sensor_capacity investment_signed"),
        *_each("firms_valuation financing_raised"),
    ),
    _note(
        "windows_apart",
        "comparison",
        *_each("certified_projects fiscal_grants talent_recruited", "310000", "1998/2015"),
        *_each("matchmaking_events conversion_new_firms firms_incubated"),
    ),
    _note("poc_apart", "comparison", ("poc_centres",)),
    _note(
        "branches_apart",
        "comparison",
        *_each("transfer_centre_branches promotion_sub_centres technology_centres_built"),
        ("incubators", "330100"),
    ),
)


def notes_of(observations: pd.DataFrame, notes: Iterable[DataNote] = NOTES) -> tuple[DataNote, ...]:
    """The notes that concern at least one of the observations."""
    present = set(observations["indicator"].unique())
    near = [note for note in notes if not present.isdisjoint(note.indicators)]
    return tuple(note for note in near if not note.among(observations).empty)


def definition_breaks(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Where the official line of an indicator passes from one basis to another.

    Columns: indicator, before and after (bases), last_before and first_after (years of regions' annual
    results on them). Where the years overlap, both were published for the same years.
    """
    annual = observations[observations["period"].str.fullmatch(r"\d{4}") & ~observations["is_target"]]
    breaks = []
    for code, indicator in catalogue.indicators.items():
        own = annual[(annual["indicator"] == code) & annual["basis"].isin(indicator.official_bases)]
        spans = own.groupby("basis")["period"].agg(["min", "max"]).sort_values(["min", "max"])
        for before, after in zip(spans.index, spans.index[1:], strict=False):
            breaks.append((code, before, after, int(spans["max"][before]), int(spans["min"][after])))
    return pd.DataFrame(breaks, columns=["indicator", "before", "after", "last_before", "first_after"])
