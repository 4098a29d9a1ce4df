"""The lines under a chart: sources, what is missing and why, definitions, doubts, version. Never switched off."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from indicators.language.comparability import comparison_texts
from indicators.language.messages import joined, text
from indicators.language.names import name_in, reason_text, region_name, why_absent
from indicators.language.periods import period_in_words
from indicators.model.aside import ASIDE
from indicators.model.band import drawn_band
from indicators.model.catalogue import Catalogue, Language
from indicators.model.correlation import followed_regions, paths_of
from indicators.model.guard import verdict_of
from indicators.model.measures import PERCENT, multiple_of
from indicators.model.moves import moves, years_drawn
from indicators.model.period import is_year
from indicators.model.profile import courses_of, profile_field, profile_rows
from indicators.model.sentence import foremost, is_comparison
from indicators.model.series import UNDEFINED_BASES, Series, of_one_basis, shared_note
from indicators.model.spec import AXES_OF_SCATTER, DWARFED, OF_TWO_YEARS, PLACES_BESIDE

_DOUBTS = ("provisional", "derived", "unverified")
_NAMED = 3
_NAMED_NOTES = 2
_UPLOADED = r"^(.+)!.+![A-Z]+[0-9]+$"
_CAVEATS = ("单一来源", "待核", "推断")
_NO_MORE_THAN_GAPS = ("not_published", "no_earlier", "not_applicable")


def footer(
    series: Series,
    beside: Series | None,
    *,
    catalogue: Catalogue,
    published: datetime,
    revision: int,
    is_apart: bool = False,
) -> tuple[str, ...]:
    """All lines; `beside` is the nation where it is drawn as the reference line.

    `is_apart` where a difference drawn is another one than that of its rounded figures.
    """
    spec = series.spec
    language = spec.language
    shown = _drawn(series, catalogue)
    used = pd.concat([shown, *_besides(series, beside)])
    lines = [_sources(used, catalogue, language), _uploaded(used, language)]
    lines += _missing(series, catalogue) + _not_compared(series, catalogue) + _no_move(series, catalogue)
    lines += _no_step(series, catalogue)
    if beside is not None and beside.shown.empty:
        lines.append(
            text(language, "footer.no_reference", region=region_name(beside.spec.regions[0], catalogue, language))
        )
    if spec.chart != "facts":  # whose panels tell the definitions apart themselves
        lines += _definitions(series, shown, catalogue) + _notes(series, catalogue)
    lines += _doubts(series, used, catalogue)
    if not series.targets.empty and not series.shown.empty:
        lines.append(text(language, "footer.targets"))
    bands = drawn_band(series, beside)
    if bands is not None:
        code = "footer.band" if spec.measure not in DWARFED else "footer.band.half"
        lines.append(text(language, code, count=int(bands["count"].iloc[-1]), year=int(bands["year"].iloc[-1])))
    caveats = _caveats(used, catalogue, language)
    lines += caveats + [note for note in _shared_note(series) if note not in caveats]
    if (used["qualifier"] != "=").any():
        lines.append(text(language, "footer.qualifiers"))
    if spec.chart != "facts" and _tells_money_growth(series, catalogue):
        lines.append(text(language, "footer.nominal"))
    if spec.chart == "map":
        lines.append(text(language, "footer.map"))
    if spec.chart == "strip" and shown["region"].nunique() > 1:
        lines += [text(language, "footer.strip"), text(language, "footer.by_size")]
    if _has_multiple(series, catalogue):
        lines.append(text(language, "footer.times", year=spec.years[0]))
    if is_apart:
        lines.append(text(language, "footer.before_rounding"))
    if shown["region"].isin(catalogue.totals).any():
        lines.append(text(language, "footer.totals"))
    if spec.title:
        lines.append(text(language, "footer.own_title"))
    if any(catalogue.sources[code].classification == "internal" for code in _source_codes(used).unique()):
        lines.append(text(language, "footer.internal"))
    lines.append(text(language, "footer.version", revision=revision, date=published.date().isoformat()))
    return tuple(line for line in lines if line)


def _drawn(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    """Rows with a value that the chart shows: all of them, or a profile's newest ones with those they are among."""
    region = series.spec.highlight
    if is_comparison(series):
        return series.shown[series.shown["year"].isin(years_drawn(series, catalogue))]
    if series.spec.chart != "strip" or region is None:
        return series.shown
    newest = profile_rows(courses_of(series, region=region))
    return pd.concat([newest, profile_field(series, newest, catalogue=catalogue)])


def _besides(series: Series, beside: Series | None) -> list[pd.DataFrame]:
    """What is drawn besides the series itself: the reference, and targets, whose sources are told all the same."""
    parts = [] if beside is None else [beside.shown]
    return parts if series.targets.empty else [*parts, series.targets]


def _sources(used: pd.DataFrame, catalogue: Catalogue, language: Language) -> str:
    """Publications by publisher, those that carry most first."""
    titles: dict[str, dict[str, None]] = {}
    for code in _source_codes(used).value_counts(sort=True).index:
        source = catalogue.sources[str(code)]
        titles.setdefault(source.publisher(language), {})[source.name(language)] = None
    if not titles:
        return ""
    cited = [_cited(publisher, list(names), language) for publisher, names in titles.items()]
    return text(language, "footer.source", sources=("；" if language == "zh" else "; ").join(cited))


def _uploaded(used: pd.DataFrame, language: Language) -> str:
    """How many figures under a publication's name were typed into an uploaded workbook, and which."""
    places = used.loc[~used["source"].str.startswith("upload-"), "locator"].str.extract(_UPLOADED)[0].dropna()
    if places.empty:
        return ""
    return text(language, "footer.uploaded", count=len(places), files=joined(list(places.unique()[:_NAMED]), language))


def _source_codes(used: pd.DataFrame) -> pd.Series:
    """Sources of the figures shown and of what they are divided by or compared with."""
    codes: pd.Series = pd.concat([used["source"], used["other_source"]])
    return codes[codes != ""]


def _cited(publisher: str, titles: list[str], language: Language) -> str:
    """One publisher's publications; a title in 《》 needs no comma before it."""
    if language == "en":
        return f"{publisher}: {', '.join(titles)}"
    return f"{publisher}{'' if titles[0].startswith('《') else '，'}{'、'.join(titles)}"


def _missing(series: Series, catalogue: Catalogue) -> list[str]:
    """Who has no value and why: in the year compared, or in a trend at all, or for some years beyond mere absence."""
    if series.spec.chart == "strip":
        return []  # a profile shows what there is
    lines = []
    if is_comparison(series) or series.spec.chart == "scatter":
        codes = series.spec.indicators[: AXES_OF_SCATTER if series.spec.chart == "scatter" else None]
        last = series.at(series.spec.last_year)
        for code in codes:
            rows = of_one_basis(last[last["indicator"] == code])
            lines += _missing_regions(series, rows, _of_which(series, code, catalogue), catalogue)
        return lines
    for code in series.spec.indicators:
        own = series.table[series.table["indicator"] == code]
        has_value = own["region"].isin(own.loc[own["value"].notna(), "region"])
        never, some = _told_once(series, own[~has_value]), own[has_value & own["value"].isna()]
        some = some[~some["reason"].isin(_NO_MORE_THAN_GAPS) & ~some["reason"].str.startswith(ASIDE)]
        prefix = _of_which(series, code, catalogue)
        lines += _missing_regions(series, never, prefix, catalogue)
        for rows, why in _by_reason(some, catalogue, series.spec.language):
            where = _where(series, rows, catalogue)
            lines.append(prefix + text(series.spec.language, "footer.missing", reason=why, regions=where))
    return lines


def _told_once(series: Series, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each region that a trend has no value of: the latest that tells more than that there is none."""
    targets = set() if series.targets.empty else set(series.targets["region"])
    is_aimed = rows["region"].isin(targets) & (rows["reason"] == "not_published")
    told = rows.assign(reason=rows["reason"].mask(is_aimed, "only_target"))
    first = told.assign(_bare=told["reason"] == "not_published").sort_values("_bare", ascending=False, kind="stable")
    return told.loc[first.drop_duplicates("region", keep="last").index.sort_values()]


def _missing_regions(series: Series, rows: pd.DataFrame, prefix: str, catalogue: Catalogue) -> list[str]:
    """A line for each reason why some regions have no value."""
    language = series.spec.language
    lines = []
    for own, why in _by_reason(rows[rows["value"].isna()], catalogue, language):
        names = joined([name_in(series, code, catalogue) for code in own["region"]], language)
        lines.append(prefix + text(language, "footer.missing", reason=why, regions=names))
    return lines


def _by_reason(rows: pd.DataFrame, catalogue: Catalogue, language: Language) -> list[tuple[pd.DataFrame, str]]:
    """Rows without a value by why there is none, in words."""
    words = [
        why_absent(reason, basis, catalogue, language)
        for reason, basis in zip(rows["reason"], rows["basis"], strict=True)
    ]
    return [(rows[[word == why for word in words]], why) for why in dict.fromkeys(words)]


def _of_which(series: Series, code: str, catalogue: Catalogue) -> str:
    """Which of several indicators a line is about, and in a scatter in which year."""
    spec = series.spec
    if len(spec.indicators) < 2:
        return ""
    name = catalogue.indicators[code].short(spec.language)
    year = f"{text(spec.language, 'caption.years.some', years=spec.last_year)} " if spec.chart == "scatter" else ""
    return f"{year}{name} "


def _not_compared(series: Series, catalogue: Catalogue) -> list[str]:
    """Why an earlier year that a comparison asks for is not drawn; which definitions part the two."""
    spec, language = series.spec, series.spec.language
    asks = is_comparison(series) and spec.chart not in ("map", "table") and len(spec.indicators) == 1
    asks = asks and not (spec.measure == "cagr" and spec.years[0] <= spec.base_year)  # which it starts from
    if not asks or len(years_drawn(series, catalogue)) == len(spec.years):
        return []
    rows = moves(series, catalogue)
    reasons = [reason_text(str(why), language) for why in rows.loc[rows["value"].notna(), "why"].unique() if why]
    codes = [basis for basis in series.table.drop_duplicates("basis")["basis"] if basis in catalogue.bases]
    bases = joined([catalogue.bases[basis].name(language) for basis in codes], language)
    said = joined(reasons, language)
    if len(codes) > 1:
        said = text(language, "footer.not_compared.bases", reasons=said, bases=bases)
    return [text(language, "footer.not_compared", year=spec.years[0], reasons=said)] if said else []


def _no_move(series: Series, catalogue: Catalogue) -> list[str]:
    """Regions that slopes show at one end only, since their earlier figure does not compare."""
    if series.spec.chart != "slope" or len(years_drawn(series, catalogue)) < 2:
        return []
    rows = moves(series, catalogue)
    alone = rows[rows["value"].notna() & (rows["why"] != "")]
    alone = alone.assign(value=float("nan"), reason=alone["why"])
    return _missing_regions(series, alone, "", catalogue)


def _no_step(series: Series, catalogue: Catalogue) -> list[str]:
    """Years without a pair of figures on the paths of a scatter."""
    spec = series.spec
    if spec.chart != "scatter" or len(spec.indicators) < AXES_OF_SCATTER:
        return []
    followed = followed_regions(series, spec.highlight or "")
    steps = paths_of(series, followed)
    gaps = [
        f"{name_in(series, region, catalogue)} {_years(missing)}"
        for region in followed
        if (missing := [y for y in spec.years if y not in set(steps.loc[steps["region"] == region, "year"])])
    ]
    return [text(spec.language, "footer.no_step", where=joined(gaps, spec.language))] if gaps else []


def _definitions(series: Series, shown: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    """Changes of definition, of the figures and of what they are divided by; undefined ones; the denominator."""
    language = series.spec.language
    lines = []
    for code in series.spec.indicators:
        own = shown[shown["indicator"] == code]
        for column, kind in (("basis", "basis_break"), ("other_basis", "denominator_break")):
            bases = [basis for basis in own[column].unique() if basis in catalogue.bases]
            if len(bases) > 1:
                named = joined([catalogue.bases[basis].name(language) for basis in bases], language)
                name = catalogue.indicators[code].short(language)
                lines.append(text(language, f"footer.{kind}", name=name, bases=named))
    if shown["basis"].isin(UNDEFINED_BASES).any() and shown["region"].nunique() > 1:
        lines.append(text(language, "footer.undefined_basis"))
    if series.spec.measure in ("per_capita", "share_gdp", "share"):
        lines.append(text(language, f"footer.{series.spec.measure}"))
    return lines


def _notes(series: Series, catalogue: Catalogue) -> list[str]:
    """What to mind where figures compare with a note only, beyond the definitions that are told anyway."""
    if series.spec.chart not in (*PLACES_BESIDE, "scatter"):
        return []
    reasons = [
        reason
        for reason in verdict_of(series, catalogue).reasons
        if not reason.forbids and reason.code not in ("basis_undefined", "bases_kindred", "unverified")
    ]
    if not reasons:
        return []
    language = series.spec.language
    return [text(language, "footer.compared", notes=comparison_texts(reasons, catalogue, language))]


def _doubts(series: Series, used: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    """Which figures are provisional, derived or unverified, and how the chart marks them."""
    language = series.spec.language
    lines = []
    for status in _DOUBTS:
        is_so = used["status"] == status
        if is_so.any():
            is_marked = status != "unverified" and series.spec.chart in ("ranking", "lines")
            mark = text(language, f"footer.mark.{series.spec.chart}") if is_marked else ""
            where = _where(series, used[is_so], catalogue)
            lines.append(text(language, f"footer.status.{status}", mark=mark, where=where).strip())
    return lines


def _where(series: Series, rows: pd.DataFrame, catalogue: Catalogue) -> str:
    """Regions with the times concerned, the first few by name."""
    language = series.spec.language
    times = {str(code): _times(own, language) for code, own in rows.groupby("region", sort=False)}
    if len(set(times.values())) == 1 and len(times) > _NAMED:
        return text(language, "footer.regions_and_years", count=len(times), years=next(iter(times.values())))
    named = [f"{name_in(series, code, catalogue)} {own}" for code, own in list(times.items())[:_NAMED]]
    if len(times) > _NAMED:
        named.append(text(language, "footer.and_more", count=len(times)))
    return joined(named, language)


def _times(rows: pd.DataFrame, language: Language) -> str:
    """Years in runs; of single figures each with its own time, a span never as a year."""
    periods = rows["period"] if "period" in rows else rows["year"].astype(str)
    is_annual = periods.map(is_year).astype(bool)
    years = _years(sorted({int(year) for year in periods[is_annual]}))
    spans = [period_in_words(period, language) for period in dict.fromkeys(periods[~is_annual])]
    return ", ".join(filter(None, [years, *spans]))


def _years(years: Sequence[int]) -> str:
    """2010, 2012–2014: runs of years, nothing in between claimed."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _caveats(used: pd.DataFrame, catalogue: Catalogue, language: Language) -> list[str]:
    """Notes that a reader must not miss: a single source, an inferred definition, an unverified value.

    Where several indicators are drawn, each note says of which it is.
    """
    column = "note" if language == "zh" else "note_en"
    notes = used.loc[used["note"].map(lambda note: any(word in note for word in _CAVEATS)), ["indicator", column]]
    owners = notes.groupby(column)["indicator"].unique()
    chosen = notes[column].value_counts(sort=True).index[:_NAMED_NOTES]
    if used["indicator"].nunique() < 2:
        return [_without_stop(note) for note in chosen]
    names = {
        note: joined([catalogue.indicators[code].short(language) for code in owners[note]], language) for note in chosen
    }
    return [text(language, "footer.caveat", name=names[note], note=_without_stop(note)) for note in chosen]


def _without_stop(note: object) -> str:
    return str(note).rstrip("。.")


def _has_multiple(series: Series, catalogue: Catalogue) -> bool:
    """Whether any change that marks are labelled with is a multiple."""
    spec = series.spec
    if spec.chart not in ("ranking", *OF_TWO_YEARS) or len(years_drawn(series, catalogue)) < 2:
        return False
    compared = foremost(series, catalogue, moves(series, catalogue), spec.highlight)
    return bool((compared["move_unit"] == PERCENT).any() and compared["move"].map(multiple_of).notna().any())


def _shared_note(series: Series) -> list[str]:
    """What the rows of a table would all say beside their figures."""
    spec = series.spec
    if not (spec.chart == "table" and is_comparison(series) and len(spec.indicators) == 1):
        return []
    note = shared_note(series)[0 if spec.language == "zh" else 1]
    return [_without_stop(note)] if note else []


def _tells_money_growth(series: Series, catalogue: Catalogue) -> bool:
    """Whether amounts of money are compared over time, which no price index has deflated."""
    spec = series.spec
    in_money = any(
        catalogue.units[catalogue.indicators[code].unit].dimension.startswith("money") for code in spec.indicators
    )
    if series.shown.empty:
        return False
    over_time = spec.measure in ("growth", "cagr", "index") or (spec.measure == "value" and len(spec.years) > 1)
    return in_money and over_time
