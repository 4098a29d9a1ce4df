"""What is said where a chart would have nothing to show, and what to choose for it to show something."""

import pandas as pd

from indicators.language.captions import series_scale
from indicators.language.messages import joined, text
from indicators.language.names import name_in, reason_text, region_name
from indicators.model.catalogue import ALL_PROVINCES, NATION, TOTAL_OF
from indicators.model.moves import moves
from indicators.model.series import OTHER_BASIS
from indicators.model.spec import OF_MANY_YEARS, OF_TWO_YEARS, ChartSpec
from indicators.tasks.browse import View

_NAMED_REGIONS = 6


def said_instead(view: View, levels: pd.DataFrame) -> str:
    """The sentence that stands in the place of a chart of several years; empty where the chart is drawn.

    `levels` are all those of the indicator, to find years that compare.
    """
    if view.spec.chart in OF_TWO_YEARS:
        return _of_two_years(view, levels)
    return _of_many_years(view) if view.spec.chart in ("heat", "multiples") else ""


def said_when_empty(view: View, levels: pd.DataFrame) -> str:
    """Why a view without any figure is empty, and for which regions and years its indicator has figures."""
    catalogue, language = view.edition.catalogue, view.spec.language
    indicator = catalogue.indicators[view.spec.indicators[0]]
    name = indicator.name(language)
    if not view.series.targets.empty:
        scale = series_scale(view.series, catalogue, indicator.code)
        targets = [
            text(
                language,
                "alt.point",
                region=name_in(view.series, row["region"], catalogue),
                year=row["year"],
                value=scale.spoken(row["value"], row["qualifier"]),
            )
            for row in view.series.targets.to_dict("records")
        ]
        return text(language, "view.only_targets", name=name, targets=joined(targets, language))
    if levels.empty:
        return text(language, "view.no_annual", name=name)
    other = view.series.table[view.series.table["reason"] == OTHER_BASIS]["basis"].unique()
    named = [catalogue.bases[basis].name(language) for basis in other if basis in catalogue.bases]
    if named:
        return text(language, "view.other_basis", name=name, bases=joined(named, language))
    codes = [str(code) for code in levels["region"].value_counts().index]
    regions = joined([region_name(code, catalogue, language) for code in codes[:_NAMED_REGIONS]], language)
    if len(codes) > _NAMED_REGIONS:
        regions = text(language, "view.empty.more", regions=regions, count=len(codes))
    years = f"{levels['year'].min()}–{levels['year'].max()}"
    said = text(language, "view.empty", name=name, regions=regions, years=years)
    spec, reasons = view.spec, [str(reason) for reason in view.series.table["reason"].unique() if reason]
    if spec.measure == "value":
        return said
    why = [reason_text(reason, language) for reason in reasons]
    why += [text(language, "view.empty.base", year=spec.base)] if spec.base is not None else []
    measure = text(language, f"measure.{spec.measure}")
    gap = "" if language == "zh" else " "
    return said + gap + text(language, "view.empty.measure", measure=measure, reasons=joined(why, language))


def nearest_choice(view: View, levels: pd.DataFrame) -> ChartSpec | None:
    """The view most like an empty one that shows something: its own regions in other years, else their provinces.

    After those the region in focus, or where places stand beside one another all provinces, then the region with most
    figures. None where the indicator has no annual result.
    """
    catalogue, spec = view.edition.catalogue, view.spec
    if levels.empty or spec.chart in ("scatter", "strip", "facts"):
        return None
    own = catalogue.members(spec.regions)
    parents = [catalogue.region(code).parent for code in own if not code.startswith(TOTAL_OF)]
    above = tuple(dict.fromkeys(code for code in parents if code != NATION))
    usual = ((spec.highlight or view.edition.focus) if spec.chart == "lines" else ALL_PROVINCES,)
    known = set(levels["region"])
    likely = (spec.regions, above, usual, (str(levels["region"].mode().iloc[0]),))
    for regions in likely:
        kept = regions if regions == spec.regions else tuple(c for c in regions if c in known or c == ALL_PROVINCES)
        rows = levels[levels["region"].isin(catalogue.members(kept))]
        if rows.empty:
            continue
        official = catalogue.indicators[spec.indicators[0]].official_bases
        bases = () if rows["basis"].isin(official).any() else (str(rows["basis"].mode().iloc[0]),)
        rows = rows[rows["basis"].isin(bases or official)]
        return spec.but(
            regions=kept, years=_years_with(rows, spec), measure="value", base=None, bases=bases, reference=None
        )
    return None


def _years_with(rows: pd.DataFrame, spec: ChartSpec) -> tuple[int, ...]:
    """The years of a view where any of them has a figure, else those that have: all of a run, or the last."""
    years = sorted(int(year) for year in rows["year"].unique())
    if set(years) & set(spec.years):
        return spec.years
    return tuple(range(years[0], years[-1] + 1)) if spec.chart in OF_MANY_YEARS else (years[-1],)


def _of_two_years(view: View, levels: pd.DataFrame) -> str:
    spec = view.spec
    if len(spec.years) < 2:
        name = view.edition.catalogue.indicators[spec.indicators[0]].name(spec.language)
        return text(spec.language, "view.no_earlier", name=name, year=spec.last_year)
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
    since = int(earlier.min()) if len(earlier) else None
    return None if since is None or since <= view.spec.years[0] else since  # something else parts the two years


def _of_many_years(view: View) -> str:
    if len(view.spec.indicators) > 1:
        return text(view.spec.language, "view.one_indicator")
    return _one_year(view) if view.series.shown["year"].nunique() < 2 else ""


def _one_year(view: View) -> str:
    indicator = view.edition.catalogue.indicators[view.spec.indicators[0]]
    return text(view.spec.language, "view.one_year", name=indicator.name(view.spec.language))
