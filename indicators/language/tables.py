"""The series table as people read it: translated columns, whole numbers, reasons instead of gaps."""

from decimal import Decimal

import pandas as pd

from indicators.language.captions import series_scale
from indicators.language.messages import text
from indicators.language.names import name_in, why_absent
from indicators.language.numbers import Scale
from indicators.language.pair_table import pair_table, sets_side_by_side
from indicators.language.profile import profile_table
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import FLOAT_NOISE, PERCENT, POINTS
from indicators.model.qualifier import QUALIFIERS
from indicators.model.sentence import ascending, is_comparison, shown_places
from indicators.model.series import Series, change_between, of_one_basis

_MOST_DECIMALS = 4


def readable_table(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    """One row a region in a comparison, one row a year in a trend; values are numbers, not text."""
    if series.spec.chart == "strip":
        return profile_table(series, catalogue)
    if sets_side_by_side(series):
        return pair_table(series, catalogue)
    return _comparison(series, catalogue) if is_comparison(series) else _course(series, catalogue)


def _comparison(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    spec = series.spec
    language = spec.language
    scale = series_scale(series, catalogue)
    rows = of_one_basis(series.at(spec.last_year)).sort_values(
        "value", ascending=ascending(series, catalogue), na_position="last", kind="stable"
    )
    if spec.top is not None:
        rows = rows[(pd.RangeIndex(len(rows)) < spec.top) | (rows["region"] == spec.highlight).to_numpy()]
    values = {
        text(language, "table.value", year=year, unit=scale.unit): _shown(
            (rows if year == spec.last_year else series.at(year)).set_index("region")["value"].reindex(rows["region"]),
            scale,
            series,
        ).to_numpy()
        for year in reversed(spec.years)
    }
    columns: dict[str, object] = {
        text(language, "table.place"): shown_places(series, catalogue).reindex(rows["region"]).to_numpy(),
        text(language, "table.region"): [name_in(series, code, catalogue) for code in rows["region"]],
        **values,
    }
    if (rows["qualifier"].isin(QUALIFIERS) & (rows["qualifier"] != "=")).any():
        columns[text(language, "table.qualifier")] = [_qualifier_text(q, language) for q in rows["qualifier"]]
    columns |= _changes(series, rows, catalogue)
    columns[text(language, "table.status")] = [
        text(language, f"status.{status}") if pd.notna(value) else why_absent(reason, basis, catalogue, language)
        for value, status, reason, basis in zip(
            rows["value"], rows["status"], rows["reason"], rows["basis"], strict=True
        )
    ]
    columns[text(language, "table.source")] = [
        catalogue.sources[code].citation(language) if code else "" for code in rows["source"]
    ]
    notes = rows["note" if language == "zh" else "note_en"]
    if notes[rows["value"].notna()].nunique() > 1:  # one that all share stands under the table
        columns[text(language, "table.note")] = list(notes)
    return pd.DataFrame(columns)


def decimals_of(column: pd.Series) -> int:
    """Decimals that all numbers of a column are printed with: those of the number that has most, four at most."""
    rounded = (Decimal(repr(round(float(value), _MOST_DECIMALS))).normalize() for value in column.dropna())
    return max([0, *(-int(number.as_tuple().exponent) for number in rounded)])


def _shown(values: pd.Series, scale: Scale, series: Series) -> pd.Series:
    """Values in the unit of their heading; what a measure has computed is rounded, having no last digit of its own."""
    scaled = (values * scale.factor).round(FLOAT_NOISE)
    return scaled if series.spec.measure == "value" else scaled.round(max(scale.decimals, 2))


def _changes(series: Series, rows: pd.DataFrame, catalogue: Catalogue) -> dict[str, object]:
    """The change on the year before, or between the two years compared; on one basis only."""
    spec = series.spec
    language = spec.language
    indicator = catalogue.indicators[spec.indicators[0]]
    unit = text(language, "unit." + (POINTS if indicator.change == "points" else PERCENT))
    if spec.measure != "value" or indicator.change == "none":
        return {}
    if len(spec.years) == 1:
        exact = rows["change"].where(rows["change_qualifier"] == "=")
        return {text(language, "table.change", unit=unit): exact.round(2).to_numpy()}
    head = text(language, "table.between", first=spec.years[0], last=spec.last_year, unit=unit)
    return {head: change_between(series, catalogue).reindex(rows["region"]).round(2).to_numpy()}


def _qualifier_text(qualifier: str, language: Language) -> str:
    return text(language, f"qualifier.word.{qualifier}") if qualifier in QUALIFIERS else ""


def _numbers_or_bounds(own: pd.DataFrame, scale: Scale, series: Series) -> object:
    """A column of numbers, or of texts where a figure is a bound or approximate: a bound is not a value."""
    if own.loc[own["value"].notna(), "qualifier"].eq("=").all():
        return _shown(own["value"], scale, series).to_numpy()
    return [
        scale.full(value, qualifier) if pd.notna(value) else None
        for value, qualifier in zip(own["value"], own["qualifier"], strict=True)
    ]


def _course(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    spec = series.spec
    language = spec.language
    columns: dict[str, object] = {text(language, "table.year"): list(spec.years)}
    for code in spec.indicators:
        scale = series_scale(series, catalogue, code)
        for region in dict.fromkeys(series.table["region"]):
            own = series.table[(series.table["indicator"] == code) & (series.table["region"] == region)]
            head = name_in(series, region, catalogue)
            if len(spec.indicators) > 1:
                head = f"{head} · {catalogue.indicators[code].short(language)}"
            head = f"{head}（{scale.unit}）" if language == "zh" else f"{head} ({scale.unit})"
            columns[head] = _numbers_or_bounds(own, scale, series)
    return pd.DataFrame(columns).iloc[::-1].reset_index(drop=True)
