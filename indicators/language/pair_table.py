"""Several indicators side by side, a row a region: the table behind a scatter, each indicator in its own unit."""

import pandas as pd

from indicators.language.captions import measure_name, series_scale
from indicators.language.messages import joined, text
from indicators.language.names import name_in, why_absent
from indicators.model.catalogue import Catalogue
from indicators.model.measures import FLOAT_NOISE
from indicators.model.series import Series, of_indicator, of_one_basis

# With more regions, a column for each region and indicator would be more than anybody reads.
MOST_COLUMNS_OF_REGIONS = 6


def sets_side_by_side(series: Series) -> bool:
    """Whether a view's table has a column an indicator: a scatter's, and others of many regions or of few years."""
    spec = series.spec
    is_broad = len(spec.years) <= 2 or series.table["region"].nunique() > MOST_COLUMNS_OF_REGIONS
    return spec.chart == "scatter" or (spec.chart == "table" and len(spec.indicators) > 1 and is_broad)


def pair_table(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    """A row a region and year: regions by the first indicator's last value, the largest first, newest years first.

    Values are numbers, a column that holds bounds is of texts. What is missing, doubtful or follows one of several
    definitions is said in a column of its own.
    """
    spec, language = series.spec, series.spec.language
    last = [of_one_basis(own) for _, own in series.at(spec.last_year).groupby("indicator", sort=False)]
    rows = pd.concat([*last, series.table[series.table["year"] != spec.last_year]])
    lead = last[0].set_index("region")["value"]
    regions = lead.sort_values(ascending=spec.measure == "rank", na_position="last", kind="stable").index
    keys = pd.MultiIndex.from_product([regions, list(reversed(spec.years))])
    by_code = {
        code: rows[rows["indicator"] == code].set_index(["region", "year"]).reindex(keys) for code in spec.indicators
    }
    columns: dict[str, object] = {
        text(language, "table.region"): [name_in(series, str(region), catalogue) for region, _ in keys]
    }
    if len(spec.years) > 1:
        columns[text(language, "table.year")] = [int(year) for _, year in keys]
    for code, own in by_code.items():
        scale = series_scale(series, catalogue, code)
        is_exact = own.loc[own["value"].notna(), "qualifier"].eq("=").all()
        columns[_heading(series, code, scale.unit, catalogue)] = (
            (own["value"].astype(float) * scale.factor).round(FLOAT_NOISE).to_numpy()
            if is_exact
            else [
                scale.full(v, q) if pd.notna(v) else None for v, q in zip(own["value"], own["qualifier"], strict=True)
            ]
        )
    remarks = [_remarks(series, code, own, catalogue) for code, own in by_code.items()]
    sep = "；" if language == "zh" else "; "
    said = [sep.join(filter(None, parts)) for parts in zip(*remarks, strict=True)]
    columns |= {text(language, "table.status"): said} if any(said) else {}
    sources = zip(*(own["source"].fillna("") for own in by_code.values()), strict=True)
    columns[text(language, "table.source")] = [
        sep.join(catalogue.sources[code].citation(language) for code in dict.fromkeys(filter(None, codes)))
        for codes in sources
    ]
    return pd.DataFrame(columns)


def _heading(series: Series, code: str, unit: str, catalogue: Catalogue) -> str:
    """What a column holds, with its unit."""
    language = series.spec.language
    name = measure_name(of_indicator(series, code, catalogue), catalogue)
    return f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def _remarks(series: Series, code: str, own: pd.DataFrame, catalogue: Catalogue) -> list[str]:
    """What must be known of each value of an indicator: why there is none, its doubts, its definition if several."""
    language = series.spec.language
    is_parted = own.loc[own["value"].notna(), "basis"].nunique() > 1
    name = catalogue.indicators[code].short(language)
    remarks = []
    for row in own.to_dict("records"):
        said = []
        if pd.isna(row["value"]):
            said.append(why_absent(row["reason"], row["basis"], catalogue, language))
        elif row["status"] != "actual":
            said.append(text(language, f"status.{row['status']}"))
        if pd.notna(row["value"]) and is_parted and row["basis"] in catalogue.bases:
            said.append(catalogue.bases[row["basis"]].name(language))
        remarks.append(f"{name}{'：' if language == 'zh' else ': '}{joined(said, language)}" if said else "")
    return remarks
