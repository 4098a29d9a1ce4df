"""What is said where a chart would have nothing to show, and what to choose for it to show something."""

import pandas as pd

from indicators.language.messages import joined, text
from indicators.language.names import reason_text
from indicators.model.moves import moves
from indicators.model.spec import OF_TWO_YEARS
from indicators.tasks.browse import View


def said_instead(view: View, levels: pd.DataFrame) -> str:
    """The sentence that stands in the place of a chart of several years; empty where the chart is drawn.

    `levels` are all those of the indicator, to find years that compare.
    """
    if view.spec.chart in OF_TWO_YEARS:
        return _of_two_years(view, levels)
    return _of_many_years(view) if view.spec.chart in ("heat", "multiples") else ""


def _of_two_years(view: View, levels: pd.DataFrame) -> str:
    spec = view.spec
    if len(spec.years) < 2:
        return _one_year(view)
    if spec.measure == "cagr":
        return text(spec.language, "view.cagr_is_change")
    compared = moves(view.series, view.edition.catalogue)
    if (compared["why"] == "").any():
        return ""
    reasons = compared.loc[compared["value"].notna(), "why"].unique()
    since = _comparable_since(view, levels)
    said = text(
        spec.language,
        "view.no_move",
        first=spec.years[0],
        last=spec.last_year,
        reasons=joined([reason_text(str(reason), spec.language) for reason in reasons], spec.language),
    )
    return said if since is None else f"{said}{text(spec.language, 'view.no_move.since', year=since)}"


def _comparable_since(view: View, levels: pd.DataFrame) -> int | None:
    """The first year from which regions have figures on the definition that most have in the last year."""
    own = levels[levels["region"].isin(view.series.table["region"])]
    last = own[own["year"] == view.spec.last_year]
    if last.empty:
        return None
    basis = last["basis"].mode().iloc[0]
    years = own.loc[own["basis"] == basis, "year"]
    earlier = years[years < view.spec.last_year]
    return int(earlier.min()) if len(earlier) else None


def _of_many_years(view: View) -> str:
    if len(view.spec.indicators) > 1:
        return text(view.spec.language, "view.one_indicator")
    return _one_year(view) if view.series.shown["year"].nunique() < 2 else ""


def _one_year(view: View) -> str:
    indicator = view.edition.catalogue.indicators[view.spec.indicators[0]]
    return text(view.spec.language, "view.one_year", name=indicator.name(view.spec.language))
