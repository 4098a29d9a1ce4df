"""Ready comparisons of single figures: the questions people ask, each with what may honestly be set side by side."""

from dataclasses import dataclass

from indicators.model.catalogue import ALL_PLACES
from indicators.model.spec import ChartSpec


@dataclass(frozen=True)
class ReadyView:
    """A comparison under a name (texts `ready.<code>`, `ready.<code>.hint`); `years` are those of annual figures."""

    code: str
    indicators: tuple[str, ...]
    regions: tuple[str, ...] = (ALL_PLACES,)
    years: tuple[int, ...] = (2022,)

    def spec(self, usual: ChartSpec) -> ChartSpec:
        """The view, in the language, with the region in focus and of the revision of another."""
        return ChartSpec(
            chart="facts",
            indicators=self.indicators,
            regions=self.regions,
            years=self.years,
            highlight=usual.highlight,
            revision=usual.revision,
            language=usual.language,
        )


READY_VIEWS = (
    ReadyView("funds", ("fund_size_announced", "fund_group_size", "fund_invested", "fiscal_grants")),
    ReadyView(
        "enterprises",
        (
            *("hightech_enterprises", "tech_smes"),
            *("hightech_enterprises_growth_annual", "tech_smes_growth_annual"),
        ),
    ),
    ReadyView(
        "rates", ("conversion_rate", "applied_results_share", "results_in_conversion", "results_separately_managed")
    ),
    ReadyView(
        "contracts",
        ("contract_value", "contract_value_growth_annual"),
        regions=("610000", "110000", "500000", "330100"),
        years=(2021, 2022),
    ),
    ReadyView("poc", ("poc_centres",)),
    ReadyView("managers", ("technology_managers", "technology_broker_titles", "transfer_staff", "broker_team")),
)


def ready_view_of(spec: ChartSpec) -> ReadyView | None:
    """The ready view that a spec shows, if it is one."""
    if spec.chart != "facts":
        return None
    return next((ready for ready in READY_VIEWS if ready.indicators == spec.indicators), None)
