"""One view of real figures for each kind of chart, as exports are made of."""

from datetime import UTC, datetime
from functools import cache

from indicators.model.catalogue import ALL_PLACES, Language
from indicators.model.spec import ChartKind, ChartSpec
from indicators.tasks.browse import Edition, View, facts_view_of
from tests import real
from tests.real import FOCUS, spec

SOME = ("contract_value", "rd_intensity", "hightech_listed")
FUNDS = ("fund_size_announced", "fund_group_size", "fund_invested", "fiscal_grants")


@cache
def facts(language: Language = "zh") -> View:
    """Single figures, some of internal sources."""
    asked = ChartSpec(chart="facts", indicators=FUNDS, regions=(ALL_PLACES,), years=(2022,), language=language)
    edition = Edition(real.catalogue(), 7, datetime(2025, 1, 2, tzinfo=UTC), FOCUS)
    return facts_view_of(asked, observations=real.figures(), edition=edition)


@cache
def views(language: Language = "zh") -> dict[ChartKind, View]:
    """A view of each kind."""
    few, many = f"{FOCUS},510000,CHN", range(2012, 2025)
    specs = [
        spec("ranking", years=(2018, 2023), reference="median", language=language),
        spec("map", language=language),
        spec("change", years=(2018, 2023), language=language),
        spec("slope", years=(2018, 2023), language=language),
        spec("heat", years=many, language=language),
        spec("multiples", "west", many, language=language),
        spec("lines", few, many, indicators=("rd_intensity", "contract_value"), language=language),
        spec("scatter", years=(2023,), indicators=SOME[:2], scale="log", language=language),
        spec("strip", "provinces,510000", range(2019, 2025), indicators=SOME, highlight=FOCUS, language=language),
        spec("table", years=(2018, 2023), language=language),
    ]
    return {one.chart: real.view(one) for one in specs} | {"facts": facts(language)}
