"""Everything written around a chart: title, subtitle, footer, alternative text, notes.

Made from the series table and the catalogue alone, so that screen, picture and document say the
same.
"""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from indicators.language.messages import text
from indicators.language.numbers import Scale, ordinal, scale_of
from indicators.model.catalogue import ALL_PROVINCES, NATION, Catalogue, Language
from indicators.model.measures import INDEX, PERCENT
from indicators.model.qualifier import Qualifier
from indicators.model.sentence import Finding, ascending, compared_rows, finding, is_comparison
from indicators.model.series import Series, SeriesRow, of_one_basis

DOUBTS = ("provisional", "derived", "unverified")
_NAMED_NOTES = 3


@dataclass(frozen=True)
class Caption:
    """The words of one chart. `footer` is part of the figure and cannot be switched off."""

    title: str
    subtitle: str
    footer: tuple[str, ...]
    alt: str


def caption(series: Series, *, catalogue: Catalogue, focus: str, published: datetime, revision: int) -> Caption:
    """All words of a chart in the language of its spec."""
    language = series.spec.language
    found = finding(series, catalogue=catalogue, focus=focus)
    title = finding_text(found, series, catalogue)
    return Caption(
        title=title,
        subtitle=_subtitle(series, catalogue, focus),
        footer=_footer(series, catalogue, published, revision),
        alt=_alternative(series, catalogue, title, language),
    )


def finding_text(found: Finding, series: Series, catalogue: Catalogue) -> str:
    """A finding in words."""
    language = series.spec.language
    number = _number(found, catalogue, language)
    is_average = series.spec.measure == "cagr" and found.code != "cagr"
    dash = "—" if language == "zh" else "–"
    return text(
        language,
        f"finding.{found.code}",
        what=measure_name(series, catalogue),
        name=catalogue.indicators[found.indicator].short(language),
        region=catalogue.regions[found.region].short(language) if found.region in catalogue.regions else "",
        year=f"{found.start}{dash}{found.year}" if is_average else found.year,
        start=found.start,
        number=number,
        direction=_direction(found, language),
        regions=("、" if language == "zh" else ", ").join(
            region_name(code, catalogue, language) for code in found.leaders
        ),
        place=ordinal(found.place, language),
        place_before=ordinal(found.place_before, language),
        among=found.among,
        scope=_scope_text(found, language, catalogue),
        count=found.place,
    )


def measure_name(series: Series, catalogue: Catalogue) -> str:
    """Short name of what is drawn, such as 技术合同成交额增速."""
    spec = series.spec
    indicator = catalogue.indicators[spec.indicators[0]]
    in_points = spec.measure == "growth" and indicator.in_percentage_points
    kind = "growth_points" if in_points else spec.measure
    return text(spec.language, f"measure.of.{kind}", name=indicator.short(spec.language))


def series_scale(series: Series, catalogue: Catalogue, indicator: str | None = None) -> Scale:
    """The scale that all labels of a view (or of one of its indicators) use."""
    rows = series.table if indicator is None else series.table[series.table["indicator"] == indicator]
    units = [unit for unit in rows["unit"].unique() if unit]
    code = indicator or series.spec.indicators[0]
    kind = catalogue.indicators[code]
    decimals = 1 if series.spec.measure in ("growth", "cagr") and units[:1] == [PERCENT] else None
    if series.spec.measure == "value":
        decimals = kind.decimals
    unit = units[0] if units else kind.unit
    return scale_of(rows["value"], unit, catalogue=catalogue, language=series.spec.language, decimals=decimals)


def change_text(
    value: float, unit: str, *, catalogue: Catalogue, language: Language, qualifier: Qualifier = "="
) -> str:
    """A change with its sign and unit: +17.2%, ＞+17.2% or +0.26 个百分点."""
    scale = scale_of([value], unit, catalogue=catalogue, language=language, decimals=1 if unit == PERCENT else 2)
    number = scale.label(value, qualifier, signed=True)
    space = " " if unit != PERCENT else ""
    return f"{number}{space}{scale.unit}"


def place_text(best: float, worst: float, language: Language) -> str:
    """A place among the provinces, honest about bounds: 6, or 6–8 where it cannot be told."""
    if pd.isna(best):
        return ""
    return f"{int(best)}" if best == worst else f"{int(best)}–{int(worst)}"


def region_name(code: str, catalogue: Catalogue, language: Language) -> str:
    """Short name of a region on charts; the nation stands as 全国."""
    return text(language, "region.nation") if code == NATION else catalogue.regions[code].short(language)


def hover_text(row: SeriesRow, scale: Scale, catalogue: Catalogue, language: Language) -> str:
    """All that is known of a mark: value, qualifier, change, place, source, locator, doubts."""
    lines = [f"<b>{region_name(row['region'], catalogue, language)}</b> {row['year']}"]
    if pd.isna(row["value"]):
        return "<br>".join([*lines, reason_text(row["reason"], language)])
    lines.append(f"{scale.full(row['value'], row['qualifier'])}")
    if pd.notna(row["change"]):
        qualifier = row["change_qualifier"]
        change = change_text(
            row["change"], row["change_unit"], catalogue=catalogue, language=language, qualifier=qualifier
        )
        lines.append(text(language, "hover.change", change=change))
    if pd.notna(row["rank"]):
        place = place_text(row["rank"], row["rank_worst"], language)
        lines.append(text(language, "hover.rank", place=place, among=int(row["ranked"])))
    if row["status"] not in ("actual", ""):
        lines.append(text(language, f"status.{row['status']}"))
    if row["basis"] in catalogue.bases:
        lines.append(catalogue.bases[row["basis"]].name(language))
    lines.append(catalogue.sources[row["source"]].citation(language))
    lines.append(str(row["locator"]))
    note = row["note"] if language == "zh" else row["note_en"] or row["note"]
    return "<br>".join([*lines, *([note] if note else [])])


def reason_text(reason: str, language: Language) -> str:
    """Why there is no value."""
    return text(language, f"reason.{reason}")


def _number(found: Finding, catalogue: Catalogue, language: Language) -> str:
    if found.value != found.value:
        return ""
    qualifier: Qualifier = found.qualifier
    if found.code == "index":
        scale = scale_of([found.value], INDEX, catalogue=catalogue, language=language)
        return scale.label(found.value, qualifier)
    if found.code in ("grew", "grew_a_year"):
        return scale_of([0], PERCENT, catalogue=catalogue, language=language, decimals=1).spoken(abs(found.value))
    unit = found.unit
    value = found.value
    if found.code == "moved":
        unit, value = "个百分点", abs(value)
    if found.code in ("growth", "cagr"):
        value = abs(value)
    decimals = 1 if found.code in ("growth", "cagr") and unit == PERCENT else None
    scale = scale_of([value], unit, catalogue=catalogue, language=language, decimals=decimals)
    return scale.spoken(value, qualifier)


def _direction(found: Finding, language: Language) -> str:
    if found.code in ("grew", "grew_a_year", "growth", "cagr", "moved"):
        kind = "points" if found.code == "moved" or found.unit == "个百分点" else "amount"
        way = "up" if found.value > 0 else "down" if found.value < 0 else "same"
        return text(language, f"direction.{kind}.{way}")
    return ""


def _scope_text(found: Finding, language: Language, catalogue: Catalogue) -> str:
    if found.group in catalogue.groups:
        return catalogue.groups[found.group].name(language)
    return text(language, "scope.nation" if found.group == ALL_PROVINCES else "scope.chosen", count=found.among)


def _subtitle(series: Series, catalogue: Catalogue, focus: str) -> str:
    spec = series.spec
    language = spec.language
    parts = [_indicator_text(series, catalogue)]
    if spec.measure != "value":
        home = region_name(focus, catalogue, language)
        parts.append(text(language, f"measure.note.{spec.measure}", base=spec.base_year, focus=home))
    if len(spec.indicators) == 1:
        parts.append(text(language, "caption.unit", unit=series_scale(series, catalogue).unit))
    parts.append(_years_text(series, language))
    if spec.top is not None and spec.chart == "ranking":
        parts.append(text(language, "caption.top", count=spec.top))
    return " · ".join(parts)


def _indicator_text(series: Series, catalogue: Catalogue) -> str:
    language = series.spec.language
    joint = "、" if language == "zh" else "; "
    if len(series.spec.indicators) > 1:
        return joint.join(catalogue.indicators[code].short(language) for code in series.spec.indicators)
    indicator = catalogue.indicators[series.spec.indicators[0]]
    bases = [basis for basis in series.shown["basis"].unique() if basis in catalogue.bases]
    if not bases:
        return indicator.name(language)
    named = joint.join(catalogue.bases[basis].name(language) for basis in bases)
    return text(language, "caption.basis", name=indicator.name(language), basis=named)


def _years_text(series: Series, language: Language) -> str:
    years = series.spec.years
    if len(years) == 1:
        return text(language, "caption.years.some", years=years[0])
    if series.spec.chart == "ranking":
        return text(language, "caption.years.tick", first=years[0], last=years[-1])
    if is_comparison(series):
        return text(language, "caption.years.two", first=years[0], last=years[-1])
    return text(language, "caption.years.range", first=years[0], last=years[-1])


def _footer(series: Series, catalogue: Catalogue, published: datetime, revision: int) -> tuple[str, ...]:
    language = series.spec.language
    used = series.shown
    lines = [_sources_text(used, catalogue, language)]
    lines += _missing_text(series, catalogue, language)
    lines += _basis_notes(series, used, catalogue, language)
    lines += _doubt_notes(used, catalogue, language)
    if (used["qualifier"] != "=").any():
        lines.append(text(language, "footer.qualifiers"))
    if series.spec.measure in ("per_capita", "share_gdp", "share"):
        lines.append(text(language, f"footer.{series.spec.measure}"))
    if series.spec.chart == "map":
        lines.append(text(language, "footer.map"))
    if any(catalogue.sources[code].classification == "internal" for code in _source_codes(used).unique()):
        lines.append(text(language, "footer.internal"))
    date = published.date().isoformat()
    lines.append(text(language, "footer.version", revision=revision, date=date))
    return tuple(line for line in lines if line)


def _sources_text(used: pd.DataFrame, catalogue: Catalogue, language: Language) -> str:
    """Publications by publisher, those that carry most first."""
    counts = _source_codes(used).value_counts(sort=True)
    titles: dict[str, dict[str, None]] = {}
    for code in counts.index:
        source = catalogue.sources[str(code)]
        titles.setdefault(source.publisher(language), {})[source.name(language)] = None
    if not titles:
        return ""
    semicolon = "；" if language == "zh" else "; "
    cited = [_cited(publisher, list(names), language) for publisher, names in titles.items()]
    return text(language, "footer.source", sources=semicolon.join(cited))


def _source_codes(used: pd.DataFrame) -> pd.Series:
    """Sources of the figures shown and of what they are divided by or compared with."""
    codes: pd.Series = pd.concat([used["source"], used["other_source"]])
    return codes[codes != ""]


def _cited(publisher: str, titles: list[str], language: Language) -> str:
    """One publisher's publications; a title in 《》 needs no comma before it."""
    if language == "en":
        return f"{publisher}: {', '.join(titles)}"
    return f"{publisher}{'' if titles[0].startswith('《') else '，'}{'、'.join(titles)}"


def _missing_text(series: Series, catalogue: Catalogue, language: Language) -> list[str]:
    """Regions without a value in the year shown, by reason; in a trend those without any value."""
    if is_comparison(series):
        rows = of_one_basis(series.at(series.spec.last_year))
        absent = rows[rows["value"].isna()]
    else:
        has_any = series.shown.groupby(["indicator", "region"]).size().index
        last = series.table.drop_duplicates(["indicator", "region"], keep="last")
        absent = last[~pd.MultiIndex.from_frame(last[["indicator", "region"]]).isin(has_any)]
    if len(series.spec.indicators) > 1:
        return []
    joint = "、" if language == "zh" else ", "
    lines = []
    for reason, group in absent.groupby("reason", sort=False):
        names = joint.join(region_name(code, catalogue, language) for code in group["region"])
        lines.append(text(language, "footer.missing", reason=reason_text(str(reason), language), regions=names))
    return lines


def _basis_notes(series: Series, used: pd.DataFrame, catalogue: Catalogue, language: Language) -> list[str]:
    lines = []
    for code in series.spec.indicators:
        bases = [b for b in used.loc[used["indicator"] == code, "basis"].unique() if b in catalogue.bases]
        if len(bases) > 1:
            name = catalogue.indicators[code].short(language)
            joint = "；" if language == "zh" else "; "
            named = joint.join(catalogue.bases[basis].name(language) for basis in bases)
            lines.append(text(language, "footer.basis_break", name=name, bases=named))
    return lines


def _doubt_notes(used: pd.DataFrame, catalogue: Catalogue, language: Language) -> list[str]:
    lines = []
    for status in DOUBTS:
        rows = used[used["status"] == status]
        if rows.empty:
            continue
        joint = "、" if language == "zh" else ", "
        years_by_region = rows.groupby("region", sort=False)["year"].agg(lambda years: sorted(set(years)))
        named = [
            f"{region_name(str(region), catalogue, language)} {_years_span(years)}"
            for region, years in years_by_region.head(_NAMED_NOTES).items()
        ]
        more = len(years_by_region) - _NAMED_NOTES
        if more > 0:
            named.append(text(language, "footer.and_more", count=len(years_by_region)))
        lines.append(text(language, f"footer.status.{status}", where=joint.join(named)))
    return lines


def _years_span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _alternative(series: Series, catalogue: Catalogue, title: str, language: Language) -> str:
    """The finding and the extremes, for people who do not see the chart."""
    rows = compared_rows(series) if is_comparison(series) else series.shown
    rows = rows[rows["indicator"] == series.spec.indicators[0]]
    if rows.empty:
        return title
    scale = series_scale(series, catalogue, series.spec.indicators[0])
    values = rows["value"].to_numpy()
    least, most = rows.iloc[int(values.argmin())], rows.iloc[int(values.argmax())]
    ends = (least, most) if ascending(series, catalogue) else (most, least)
    described = [
        text(
            language,
            "alt.point",
            region=region_name(row["region"], catalogue, language),
            year=row["year"],
            value=scale.spoken(row["value"], row["qualifier"]),
        )
        for row in ends
    ]
    return text(
        language,
        "alt.chart" if is_comparison(series) else "alt.course",
        kind=text(language, f"chart.{series.spec.chart}"),
        title=title,
        count=rows["region"].nunique(),
        first=described[0],
        last=described[1],
    )
