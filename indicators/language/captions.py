"""Everything written around a chart: title, subtitle, footer, alternative text, notes.

Made from the series table and the catalogue alone, so that screen, picture and document say the
same.
"""

from dataclasses import dataclass
from datetime import datetime
from html import escape

import numpy as np
import pandas as pd

from indicators.language.correlations import coefficient, correlation_text
from indicators.language.footer import footer
from indicators.language.messages import joined, listed, text, together
from indicators.language.names import name_in, region_name, why_absent
from indicators.language.numbers import Scale, mark, multiple, ordinal, scale_of
from indicators.language.periods import period_in_words
from indicators.model.band import drawn_band
from indicators.model.catalogue import ALL_PROVINCES, Catalogue, Language
from indicators.model.correlation import association, followed_regions, paths_of
from indicators.model.measures import PERCENT, PLACE, POINTS, digits_of_change, multiple_of
from indicators.model.moves import has_move, moves, years_drawn
from indicators.model.profile import courses_of
from indicators.model.qualifier import Qualifier
from indicators.model.sentence import Finding, ascending, best_first, finding, is_comparison
from indicators.model.series import Series, SeriesRow, of_indicator, of_one_basis
from indicators.model.spec import AXES_OF_SCATTER, OF_TWO_YEARS

_MOST_NAMED = 6
_CUT_TO_TOP = ("ranking", "change", "slope", "heat", "multiples")
_CHANGED = ("changed_up", "changed_down")
# Findings whose "places" are counts.
_COUNTED = ("profile", "rose_and_fell", "rose_and_fell_of_regions")
# Findings that say "… is so much"; with a bound they say "… is above so much".
_PLAIN_LEVELS = ("level", "only", "share", "per_capita", "share_gdp")


@dataclass(frozen=True)
class Caption:
    """The words of one chart. `footer` is part of the figure and cannot be switched off.

    `title` is the finding, or the author's own where the spec has one.
    """

    title: str
    subtitle: str
    footer: tuple[str, ...]
    alt: str


def caption(
    series: Series, beside: Series | None, *, catalogue: Catalogue, focus: str, published: datetime, revision: int
) -> Caption:
    """All words of a chart in the language of its spec; `beside` is the nation where it is the reference line."""
    found = finding(series, catalogue=catalogue, focus=focus)
    title = series.spec.title or finding_text(found, series, catalogue)
    return Caption(
        title=title,
        subtitle=_subtitle(series, catalogue, focus),
        footer=footer(
            series,
            beside,
            catalogue=catalogue,
            published=published,
            revision=revision,
            is_apart=_differs_from_shown(series, catalogue),
        ),
        alt=_alternative(series, beside, catalogue, title),
    )


def finding_text(found: Finding, series: Series, catalogue: Catalogue) -> str:
    """A finding in words."""
    language = series.spec.language
    number = _number(found, series, catalogue)
    is_average = series.spec.measure == "cagr" and found.code != "cagr"
    bounded = {**dict.fromkeys(_PLAIN_LEVELS, "bound"), "index": "index_bound"} if found.qualifier != "=" else {}
    dash = "—" if language == "zh" else "–"
    return text(
        language,
        f"finding.{bounded.get(found.code, found.code)}",
        what=measure_name(series, catalogue),
        name=catalogue.indicators[found.indicator].short(language),
        region=name_in(series, found.region, catalogue) if found.region else "",
        year=f"{found.start}{dash}{found.year}" if is_average else found.year,
        start=found.start,
        number=number,
        direction=_direction(found, language),
        regions=together([name_in(series, code, catalogue) for code in found.leaders], language),
        place=found.place if found.code in _COUNTED else ordinal(found.place, language),
        place_before=found.place_before if found.code in _COUNTED else ordinal(found.place_before, language),
        other=_second(series, catalogue),
        among=found.among,
        scope=_scope_text(found, language, catalogue),
        qualifier=text(language, f"qualifier.word.{found.qualifier}"),
        count=found.count,
        indicators=text(language, "count.indicators", count=found.count),
    )


def _second(series: Series, catalogue: Catalogue) -> str:
    """Short name of the second indicator of a view, which a correlation speaks of."""
    codes = series.spec.indicators
    return catalogue.indicators[codes[1]].short(series.spec.language) if len(codes) > 1 else ""


def measure_name(series: Series, catalogue: Catalogue) -> str:
    """Short name of what is drawn, such as 技术合同成交额增速."""
    spec = series.spec
    indicator = catalogue.indicators[spec.indicators[0]]
    in_points = spec.measure == "growth" and indicator.change == "points"
    kind = "growth_points" if in_points else spec.measure
    home = name_in(series, spec.highlight, catalogue) if spec.highlight else ""
    return text(spec.language, f"measure.of.{kind}", name=indicator.short(spec.language), focus=home)


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
    value: float, unit: str, digits: int, *, catalogue: Catalogue, language: Language, qualifier: Qualifier = "="
) -> str:
    """A change with its sign and unit: +17.2%, ＞+17.2%, +0.26 个百分点, or ×17.4 where it is a multiple.

    A multiple has no more than some significant digits, those of the less precise of its two figures.
    """
    times = multiple_of(value) if unit == PERCENT else None
    if times is not None:
        number, is_about = multiple(times, digits, qualifier=qualifier)
        return f"{mark(language, '~' if is_about and qualifier == '=' else qualifier)}×{number}"
    scale = scale_of([value], unit, catalogue=catalogue, language=language, decimals=1 if unit == PERCENT else 2)
    number = scale.label(value, qualifier, signed=True)
    space = " " if unit != PERCENT else ""
    return f"{number}{space}{scale.unit}"


def yearly_change_text(row: SeriesRow | pd.Series, catalogue: Catalogue, language: Language) -> str:
    """The change of a level on the year before, where there is one."""
    return change_text(
        row["change"],
        row["change_unit"],
        digits_of_change(row["value"], row["change"]),
        catalogue=catalogue,
        language=language,
        qualifier=row["change_qualifier"],
    )


def printed_way(row: SeriesRow | pd.Series) -> float:
    """1 up, -1 down, 0 where the change on the year before as printed is none; NaN where there is none to tell."""
    return float(np.sign(round(row["change"], 1 if row["change_unit"] == PERCENT else 2)))


def change_sign(row: SeriesRow | pd.Series) -> str:
    """▲ or ▼ before a change as printed, ≈ before one that is less than can be printed, ＝ where nothing changed."""
    return {1.0: "▲", -1.0: "▼"}.get(printed_way(row), "≈" if row["change"] else "＝")


def move_text(row: pd.Series, scale: Scale, *, catalogue: Catalogue, language: Language) -> str:
    """What lies between `earlier` and `value` of a row, in its `move_unit` (percent or points) and with its sign."""
    unit = str(row["move_unit"])
    if unit == PERCENT:
        return change_text(float(row["move"]), unit, int(row["digits"]), catalogue=catalogue, language=language)
    number = scale.between(row["earlier"], row["value"]).number
    sign = ("+" if row["move"] > 0 else "−") if number.strip("0.") else ""
    name = scale_of([0], POINTS, catalogue=catalogue, language=language).unit
    return f"{sign}{number} {name}" if unit == POINTS else f"{sign}{number}"


def _differs_from_shown(series: Series, catalogue: Catalogue) -> bool:
    """Whether any difference that a chart shows beside its two figures is another one than that of these, rounded."""
    spec = series.spec
    if spec.chart not in OF_TWO_YEARS or len(spec.indicators) > 1:
        return False
    rows = moves(series, catalogue).dropna(subset="move")
    if rows.empty or rows["move_unit"].iloc[0] in (PERCENT, PLACE):
        return False
    scale = series_scale(series, catalogue)
    return not all(scale.between(*ends).is_of_shown for ends in zip(rows["earlier"], rows["value"], strict=True))


def times_text(times: float, digits: int, language: Language, *, decimals: int = 1, qualifier: Qualifier = "=") -> str:
    """A multiple with one decimal: 17.4, or 约400 where its figures have fewer digits than that."""
    number, is_about = multiple(times, digits, decimals=decimals, qualifier=qualifier)
    return text(language, "number.about", number=number) if is_about and qualifier == "=" else number


def place_text(best: float, worst: float, language: Language) -> str:
    """A place among the provinces, honest about bounds: 6, or 6–8 where it cannot be told."""
    if pd.isna(best):
        return ""
    return f"{int(best)}" if best == worst else f"{int(best)}–{int(worst)}"


def hover_text(row: SeriesRow, series: Series, scale: Scale, catalogue: Catalogue) -> str:
    """All that is known of a mark: value, qualifier, change, place, source, locator, doubts.

    Change and place belong to the level; under any other measure the level itself is told instead.
    """
    language = series.spec.language
    period = row.get("period", "")
    when = period_in_words(str(period), language) if period else str(row["year"])
    lines = [f"<b>{name_in(series, row['region'], catalogue)}</b> {when}"]
    if pd.isna(row["value"]):
        return "<br>".join([*lines, why_absent(row["reason"], row["basis"], catalogue, language)])
    lines.append(scale.full(row["value"], row["qualifier"]))
    if row["qualifier"] != "=":
        lines.append(text(language, f"qualifier.word.{row['qualifier']}"))
    if series.spec.measure == "value":
        lines += _context(row, catalogue, language)
    else:
        level = scale_of([row["observed"]], row["observed_unit"], catalogue=catalogue, language=language)
        lines.append(text(language, "hover.level", value=level.full(row["observed"])))
    if row["status"] not in ("actual", ""):
        lines.append(text(language, f"status.{row['status']}"))
    if row["basis"] in catalogue.bases:
        lines.append(catalogue.bases[row["basis"]].name(language))
    note = row["note"] if language == "zh" else row["note_en"] or row["note"]
    printed = [catalogue.sources[row["source"]].citation(language), row["locator"], note]
    return "<br>".join([*lines, *(escape(line, quote=False) for line in printed if line)])


def _context(row: SeriesRow, catalogue: Catalogue, language: Language) -> list[str]:
    """The change of a level on the year before and its place among the provinces."""
    lines = []
    if pd.notna(row["change"]):
        lines.append(text(language, "hover.change", change=yearly_change_text(row, catalogue, language)))
    if pd.notna(row["rank"]):
        place = place_text(row["rank"], row["rank_worst"], language)
        lines.append(text(language, "hover.rank", place=place, among=int(row["ranked"])))
    return lines


def _number(found: Finding, series: Series, catalogue: Catalogue) -> str:
    language = series.spec.language
    if found.value != found.value:
        return ""
    qualifier: Qualifier = found.qualifier
    if found.code in ("together", "together_log"):
        return coefficient(found.value)
    if found.code == "index":
        return times_text(
            found.value, found.digits, language, decimals=1 if found.value >= 10 else 2, qualifier=qualifier
        )
    if (times := _times(found)) is not None:
        return text(language, "number.times", times=times_text(times, found.digits, language, qualifier=qualifier))
    if found.code in ("grew", "grew_a_year") or (found.code in _CHANGED and found.unit == PERCENT):
        return scale_of([0], PERCENT, catalogue=catalogue, language=language, decimals=1).spoken(abs(found.value))
    if found.code in ("moved", *_CHANGED) and found.ends is not None:
        points = scale_of([0], POINTS, catalogue=catalogue, language=language)
        return points.with_unit(series_scale(series, catalogue).between(*found.ends).number)
    unit = found.unit
    value = found.value
    if found.code in ("growth", "cagr"):
        value = abs(value)
    decimals: int | None = 1 if found.code in ("growth", "cagr") and unit == PERCENT else None
    if found.code == "level":
        decimals = catalogue.indicators[found.indicator].decimals
    scale = scale_of([value], unit, catalogue=catalogue, language=language, decimals=decimals)
    if found.code == "gap":
        return scale.with_unit(scale.label(value, qualifier, signed=True))
    return scale.beside_name().told(value, qualifier)


def _times(found: Finding) -> float | None:
    """The multiple that a finding tells instead of a change in percent."""
    is_change = found.code == "grew" or (found.code in ("growth", *_CHANGED) and found.unit == PERCENT)
    return multiple_of(found.value) if is_change else None


def _direction(found: Finding, language: Language) -> str:
    if _times(found) is not None:
        return text(language, "direction.times")
    if found.code in ("grew", "grew_a_year", "growth", "cagr", "moved", *_CHANGED):
        kind = "points" if found.code == "moved" or found.unit == "个百分点" else "amount"
        way = "up" if found.value > 0 else "down" if found.value < 0 else "same"
        return text(language, f"direction.{kind}.{way}")
    return ""


def _scope_text(found: Finding, language: Language, catalogue: Catalogue) -> str:
    if found.group in catalogue.groups:
        return text(language, "scope.group", name=catalogue.groups[found.group].name(language))
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
    if spec.chart == "scatter":
        parts += _pair_parts(series, catalogue, focus)
    else:
        parts.append(_years_text(series, catalogue))
    if spec.scale == "log":
        parts.append(text(language, "caption.log"))
    is_table = spec.chart == "table" and is_comparison(series) and len(spec.indicators) == 1
    if spec.top is not None and (spec.chart in _CUT_TO_TOP or is_table):
        parts.append(_top_text(series, catalogue, focus))
    return " · ".join(parts)


def _top_text(series: Series, catalogue: Catalogue, focus: str) -> str:
    """To how many regions a view is cut, and that it has the one in focus besides."""
    spec = series.spec
    chosen = spec.highlight or focus
    ranked = best_first(series, catalogue, of_one_basis(series.at(spec.last_year)))["region"].tolist()
    code = "caption.top.beside" if chosen in ranked[spec.top :] else "caption.top"
    return text(spec.language, code, count=spec.top, name=name_in(series, chosen, catalogue))


def _indicator_text(series: Series, catalogue: Catalogue) -> str:
    language = series.spec.language
    if series.spec.chart == "strip":
        shown = courses_of(series, region=str(series.spec.highlight)).dropna(subset="value")
        return text(language, "caption.many", count=shown["indicator"].nunique())
    if len(series.spec.indicators) > _MOST_NAMED:
        return text(language, "caption.several", count=len(series.spec.indicators))
    if len(series.spec.indicators) > 1:
        codes = series.spec.indicators[: AXES_OF_SCATTER if series.spec.chart == "scatter" else None]
        return listed([catalogue.indicators[code].short(language) for code in codes], language)
    indicator = catalogue.indicators[series.spec.indicators[0]]
    drawn = series.compared if is_comparison(series) else series.shown
    bases = [basis for basis in drawn["basis"].unique() if basis in catalogue.bases]
    if not bases:
        return indicator.name(language)
    named = joined([catalogue.bases[basis].name(language) for basis in bases], language)
    return text(language, "caption.basis", name=indicator.name(language), basis=named)


def _pair_parts(series: Series, catalogue: Catalogue, focus: str) -> list[str]:
    """What a scatter's marks are of: their year, the years of the paths drawn, what sizes the marks."""
    spec, language = series.spec, series.spec.language
    parts = [text(language, "caption.years.some", years=spec.last_year)]
    years = paths_of(series, followed_regions(series, spec.highlight or focus))["year"]
    if years.nunique() > 1:
        parts.append(text(language, "caption.path", first=int(years.min()), last=int(years.max())))
    parts += [
        text(language, "caption.size", name=catalogue.indicators[code].short(language))
        for code in spec.indicators[AXES_OF_SCATTER:]
    ]
    return parts


def _years_text(series: Series, catalogue: Catalogue) -> str:
    years, language = series.spec.years, series.spec.language
    if len(years) == 1:
        return text(language, "caption.years.some", years=years[0])
    if series.spec.measure == "cagr":
        years = years[-1:] if is_comparison(series) else tuple(y for y in years if y > series.spec.base_year)
        if len(years) < 2:
            return text(language, "caption.years.some", years=series.spec.last_year)
    if is_comparison(series) and len(years_drawn(series, catalogue)) < 2:
        return text(language, "caption.years.some", years=years[-1])
    if series.spec.chart == "ranking":
        return text(language, "caption.years.tick", first=years[0], last=years[-1])
    if is_comparison(series):
        is_compared = series.spec.chart != "table" or has_move(series, catalogue)
        code = "caption.years.two" if is_compared else "caption.years.beside"
        return text(language, code, first=years[0], last=years[-1])
    return text(language, "caption.years.range", first=years[0], last=years[-1])


def _alternative(series: Series, beside: Series | None, catalogue: Catalogue, title: str) -> str:
    """The finding and the extremes, for people who do not see the chart; of a trend also the range behind its lines."""
    language = series.spec.language
    if series.spec.chart == "scatter":
        return _pair_alternative(series, catalogue, title)
    if len(series.spec.indicators) > 1:
        return _several_alternative(series, catalogue, title)
    rows = series.compared if is_comparison(series) else series.shown
    if rows.empty or series.spec.chart == "strip":
        return title
    described = _extremes(series, rows, catalogue)
    said = text(
        language,
        "alt.chart" if is_comparison(series) else "alt.course",
        kind=text(language, f"chart.{series.spec.chart}"),
        title=title,
        count=rows["region"].nunique(),
        first=described[0],
        last=described[1],
    )
    return " ".join(filter(None, [said, _range_behind(series, beside, catalogue)]))


def _pair_alternative(series: Series, catalogue: Catalogue, title: str) -> str:
    """The finding, the extremes of both indicators over the regions drawn, and how the two go together."""
    language, found = series.spec.language, association(series)
    if found.drawn.empty:
        return title
    last = series.at(series.spec.last_year)
    axes = _of_each(series, last[last["region"].isin(found.drawn["region"])], AXES_OF_SCATTER, catalogue)
    return text(
        language,
        "alt.pair",
        kind=text(language, f"chart.{series.spec.chart}"),
        title=title,
        count=len(found.drawn),
        axes=axes,
        coefficients=joined(correlation_text(found.correlation, series.spec), language),
    )


def _several_alternative(series: Series, catalogue: Catalogue, title: str) -> str:
    """The finding and the extremes of each of several indicators, of a table of one year within one definition."""
    rows = series.shown
    if is_comparison(series):
        last = [of_one_basis(own) for _, own in series.at(series.spec.last_year).groupby("indicator", sort=False)]
        rows = pd.concat(last).dropna(subset="value")
    if rows.empty or series.spec.chart == "strip":
        return title
    kind = text(series.spec.language, f"chart.{series.spec.chart}")
    each = _of_each(series, rows, len(series.spec.indicators), catalogue)
    return text(series.spec.language, "alt.several", kind=kind, title=title, each=each)


def _of_each(series: Series, rows: pd.DataFrame, count: int, catalogue: Catalogue) -> str:
    """The extremes of the first indicators of a view among some rows."""
    said = []
    for code in series.spec.indicators[:count]:
        own, theirs = of_indicator(series, code, catalogue), rows[rows["indicator"] == code]
        if len(theirs):
            first, last = _extremes(own, theirs, catalogue)
            name = measure_name(own, catalogue)
            said.append(text(series.spec.language, "alt.axis", name=name, first=first, last=last))
    return ("；" if series.spec.language == "zh" else "; ").join(said)


def _extremes(series: Series, rows: pd.DataFrame, catalogue: Catalogue) -> tuple[str, str]:
    """The first and the last of some rows of one indicator with region, year and value."""
    scale = series_scale(series, catalogue, str(rows["indicator"].iloc[0]))
    values = rows["value"].to_numpy()
    least, most = rows.iloc[int(values.argmin())], rows.iloc[int(values.argmax())]
    first, last = (
        text(
            series.spec.language,
            "alt.point",
            region=name_in(series, row["region"], catalogue),
            year=row["year"],
            value=scale.with_unit(scale.label(row["value"], row["qualifier"], signed=series.spec.measure == "gap")),
        )
        for row in ((least, most) if ascending(series, catalogue) else (most, least))
    )
    return first, last


def _range_behind(series: Series, beside: Series | None, catalogue: Catalogue) -> str:
    """The range of all provinces in its last year, where it is drawn."""
    bands = drawn_band(series, beside)
    if bands is None:
        return ""
    scale, last = series_scale(series, catalogue), bands.iloc[-1]
    ends = ("lowest", "median", "highest")
    values = {end: scale.with_unit(scale.label(last[end], signed=series.spec.measure == "gap")) for end in ends}
    return text(series.spec.language, "alt.band", year=int(last["year"]), count=int(last["count"]), **values)
