"""Single figures side by side: what of some indicators compares, drawn together, and what does not, each by itself.

Their series table has a row for each observation, whatever its period or subject: two more columns,
`period` and `subject`, and as `year` the one in which the period ends.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from indicators.model.catalogue import Catalogue
from indicators.model.comparability import Reason, Verdict, comparable_sets, verdict, why_apart
from indicators.model.measures import CONTEXT
from indicators.model.observation import KEY
from indicators.model.period import is_year, parse_period
from indicators.model.series import Series, SeriesRow
from indicators.model.spec import ChartSpec

_FIGURE = [column for column in KEY if column != "source"]
# Reasons that one of two figures gives alone, by the status that it has.
_OF_ONE_STATUS = {"target_and_result": "target", "proposed": "target", "unverified": "unverified"}
_LINE = ["indicator", "region", "basis"]


class FactRow(SeriesRow):
    """One figure, as far as words are made of it."""

    period: str
    subject: str
    unit: str
    printed: str


@dataclass(frozen=True)
class FactPanel:
    """Figures that share an axis, and what has to be said about it."""

    rows: pd.DataFrame
    verdict: Verdict


@dataclass(frozen=True)
class ListedFact:
    """A figure that shares its axis with none (a frame of one row), and why."""

    row: pd.DataFrame
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Arrangement:
    """All figures of a view: the panels, and those that stand for themselves; `verdict` is that of all of them."""

    panels: tuple[FactPanel, ...]
    listed: tuple[ListedFact, ...]
    verdict: Verdict


def fact_rows(table: pd.DataFrame) -> list[FactRow]:
    """Figures one by one."""
    return cast("list[FactRow]", table.to_dict("records"))


def facts_of(spec: ChartSpec, observations: pd.DataFrame, *, catalogue: Catalogue) -> Series:
    """The series table of single figures, each from its preferred source.

    Of annual figures those of the view's years are shown, or the last one of a place that has none in them.
    """
    regions = {code: place for place, code in enumerate(catalogue.members(spec.regions))}
    order = {code: place for place, code in enumerate(spec.indicators)}
    own = observations[observations["indicator"].isin(order) & observations["region"].isin(regions)]
    if spec.bases:
        own = own[own["basis"].isin(spec.bases)]
    ranks = {code: source.rank for code, source in catalogue.sources.items()}
    ordered = own.assign(
        year=own["period"].map(lambda period: int(parse_period(period).end[:4])).astype(int),
        _indicator=own["indicator"].map(order),
        _region=own["region"].map(regions),
        _rank=own["source"].map(ranks),
    ).sort_values(["_indicator", "_region", "basis", "period", "_rank"], kind="stable")
    once = ordered.drop_duplicates(_FIGURE).drop(columns=["_indicator", "_region", "_rank"])
    return Series(spec, _with_context(_of_years(once, spec.years)))


def arrangement(series: Series, catalogue: Catalogue) -> Arrangement:
    """What of the figures stands together. Side by side by choice means: all of one unit, growth over windows aside."""
    shown = series.shown
    overall = verdict(shown, catalogue)
    spec = series.spec
    together = _of_one_unit(shown, catalogue) if spec.side_by_side else comparable_sets(shown, catalogue)
    panels = [FactPanel(rows, verdict(rows, catalogue)) for rows in together if len(rows) > 1]
    drawn = [place for panel in panels for place in panel.rows.index]
    alone = series.table[~series.table.index.isin(drawn)]
    listed = tuple(_listed(alone.loc[[place]], shown, catalogue) for place in alone.index)
    first = {code: place for place, code in enumerate(spec.indicators)}
    panels.sort(key=lambda panel: first[panel.rows["indicator"].iloc[0]])
    return Arrangement(tuple(panels), listed, overall)


def _of_years(facts: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    annual = facts["period"].map(is_year).astype(bool) & (facts["subject"] == "") & ~facts["is_target"]
    asked = annual & facts["year"].isin(years)
    keys = pd.MultiIndex.from_frame(facts[_LINE])
    has_asked = keys.isin(keys[asked])
    last = facts["year"] == facts["year"].where(annual).groupby([facts[c] for c in _LINE]).transform("max")
    return facts[~annual | asked | (~has_asked & last)]


def _with_context(facts: pd.DataFrame) -> pd.DataFrame:
    """The columns that a series table has besides those of observations."""
    nothing = dict.fromkeys(CONTEXT, np.nan)
    reason = pd.Series(np.where(facts["value"].isna(), "only_printed", ""), facts.index, dtype="object")
    texts = {"change_unit": "", "change_qualifier": "=", "change_reason": "", "other_source": "", "other_basis": ""}
    levels = {"observed": facts["value"], "observed_unit": facts["unit"], "reason": reason}
    return facts.assign(**(nothing | texts | levels)).reset_index(drop=True)


def _of_one_unit(shown: pd.DataFrame, catalogue: Catalogue) -> list[pd.DataFrame]:
    """Figures by unit. Growth over windows is on no axis, and no sum over a window beside a year's or a date's."""
    kinds = shown["indicator"].map({code: indicator.kind for code, indicator in catalogue.indicators.items()})
    over_window = shown["period"].str.contains("/")
    drawn = shown[~(over_window & (kinds == "rate"))]
    return [rows for _, rows in drawn.groupby(["unit", over_window & (kinds == "flow")], sort=False)]


def _listed(row: pd.DataFrame, shown: pd.DataFrame, catalogue: Catalogue) -> ListedFact:
    """A figure with why it stands alone: against others of its indicator, else of its unit, else any."""
    one, others = row.iloc[0], shown.drop(index=row.index, errors="ignore")
    if pd.isna(one["value"]):
        return ListedFact(row, (Reason("only_printed", forbids=True),))
    of_unit = others[others["unit"] == one["unit"]]
    for near in (of_unit[of_unit["indicator"] == one["indicator"]], of_unit, others):
        if len(near) and (reasons := why_apart(row, near, catalogue).reasons):
            own = tuple(reason for reason in reasons if _is_own(reason, one))
            return ListedFact(row, own or reasons)
    return ListedFact(row, ())


def _is_own(reason: Reason, one: pd.Series) -> bool:
    """Whether a reason speaks of a figure itself: what makes another one a target, say, is told beside that one."""
    if reason.code in _OF_ONE_STATUS:
        return bool(one["status"] == _OF_ONE_STATUS[reason.code])
    return reason.code != "subject_and_region" or bool(one["subject"])
