"""The profile of a region in words: what stands in each of its rows, and the same as a table."""

from collections.abc import Mapping

import pandas as pd

from indicators.language.captions import change_sign, place_text, printed_way, yearly_change_text
from indicators.language.messages import text
from indicators.language.names import name_in
from indicators.language.numbers import MISSING, Scale, scale_of
from indicators.model.catalogue import Catalogue, Language
from indicators.model.profile import compared_regions, courses_of, profile_field, profile_rows
from indicators.model.series import Series, SeriesRow, rows_of

_TOLD_STATUSES = ("provisional", "derived", "unverified")


def worded_profile(
    rows: pd.DataFrame, scales: Mapping[str, Scale], catalogue: Catalogue, *, language: Language, since: int
) -> pd.DataFrame:
    """Rows of a profile with what is written in them, categories together in the order of the catalogue.

    Adds category, heading, name, value_text, year_text, change_text, way (-1, 0, 1 or NaN), place_text and
    moved_text: places won or lost `since` a year.
    """
    order = {category: n for n, category in enumerate(dict.fromkeys(i.category for i in catalogue.indicators.values()))}
    told = rows_of(rows)
    categories = [catalogue.indicators[row["indicator"]].category for row in told]
    moves = zip(rows["moved"], rows["start"], rows["is_broken"], strict=True)
    words = rows.assign(
        category=categories,
        heading=[text(language, f"category.{category}") for category in categories],
        name=[catalogue.indicators[row["indicator"]].short(language) for row in told],
        value_text=[scales[row["indicator"]].spoken(row["value"], row["qualifier"]) for row in told],
        year_text=[_year(row, language) for row in told],
        change_text=[_change(row, catalogue, language) for row in told],
        way=[printed_way(row) for row in told],
        place_text=[standing_text(row, language) for row in told],
        moved_text=[_moved(moved, start, is_broken, since, language) for moved, start, is_broken in moves],
    )
    return words.sort_values("category", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def own_scales(courses: pd.DataFrame, catalogue: Catalogue, language: Language) -> dict[str, Scale]:
    """The scale of each indicator by a region's own figures alone, so that a small region keeps its digits."""
    indicators = catalogue.indicators
    return {
        str(code): scale_of(
            values,
            indicators[str(code)].unit,
            catalogue=catalogue,
            language=language,
            decimals=indicators[str(code)].decimals,
        )
        for code, values in courses.groupby("indicator", sort=False)["value"]
    }


def profile_table(series: Series, catalogue: Catalogue) -> pd.DataFrame:
    """The profile as a table: whole numbers, places, the middle of the provinces, where the figures are from."""
    spec = series.spec
    language = spec.language
    courses = courses_of(series, region=str(spec.highlight))
    scales = own_scales(courses, catalogue, language)
    rows = worded_profile(profile_rows(courses), scales, catalogue, language=language, since=spec.years[0])
    field = profile_field(series, rows, catalogue=catalogue)
    peers = compared_regions(spec.regions, catalogue=catalogue, highlight=spec.highlight)
    columns: dict[str, object] = {
        text(language, "profile.category"): list(rows["heading"]),
        text(language, "profile.indicator"): [catalogue.indicators[code].name(language) for code in rows["indicator"]],
        text(language, "table.year"): list(rows["year"]),
        text(language, "profile.value"): [
            scales[row["indicator"]].full(row["value"], row["qualifier"]) for row in rows_of(rows)
        ],
        text(language, "profile.change"): list(rows["change_text"]),
        text(language, "profile.place"): list(rows["place_text"]),
        text(language, "profile.moved", year=spec.years[0]): list(rows["moved_text"]),
        text(language, "profile.percentile"): rows["percentile"].round(1).to_numpy(),
        text(language, "profile.median"): _medians(rows, field, catalogue, language),
    }
    for peer in peers:
        head = text(language, "profile.of_peer", region=name_in(series, peer, catalogue))
        columns[head] = _of_peer(rows, field[field["region"] == peer], catalogue, language)
    columns[text(language, "table.status")] = [text(language, f"status.{status}") for status in rows["status"]]
    columns[text(language, "profile.basis")] = [
        catalogue.bases[basis].name(language) if basis in catalogue.bases else "" for basis in rows["basis"]
    ]
    columns[text(language, "table.source")] = [catalogue.sources[code].citation(language) for code in rows["source"]]
    columns[text(language, "table.note")] = list(rows["note" if language == "zh" else "note_en"])
    return pd.DataFrame(columns)


def _year(row: SeriesRow, language: Language) -> str:
    """The year, with the status of a figure that is not final."""
    if row["status"] not in _TOLD_STATUSES:
        return str(row["year"])
    return text(language, "profile.year_of_status", year=row["year"], status=text(language, f"status.{row['status']}"))


def _change(row: SeriesRow, catalogue: Catalogue, language: Language) -> str:
    if pd.isna(row["change"]):
        return MISSING
    return f"{change_sign(row)} {yearly_change_text(row, catalogue, language)}"


def standing_text(row: SeriesRow, language: Language) -> str:
    """A place among the provinces that have a figure: 第7/31."""
    if pd.isna(row["rank"]):
        return MISSING
    place = place_text(row["rank"], row["rank_worst"], language)
    return text(language, "profile.place_among", place=place, among=int(row["ranked"]))


def _moved(moved: float, start: float, is_broken: bool, since: int, language: Language) -> str:
    """Places won or lost since the first year of the view; the year where the first place known is a later one."""
    if is_broken:
        return text(language, "chart.break")
    if pd.isna(moved):
        return ""
    way = "＝" if moved == 0 else f"{'↑' if moved > 0 else '↓'}{abs(int(moved))}"
    return way if int(start) == since else text(language, "profile.moved_since", moved=way, year=int(start))


def _medians(rows: pd.DataFrame, field: pd.DataFrame, catalogue: Catalogue, language: Language) -> list[str]:
    """The middle value of the provinces beside each row, where all are exact."""
    exact = field.groupby("indicator").filter(lambda own: (own["qualifier"] == "=").all())
    middle = exact.groupby("indicator")["value"].median()
    return [
        _full(middle.get(code, float("nan")), catalogue.indicators[code].unit, catalogue, language)
        for code in rows["indicator"]
    ]


def _full(value: float, unit: str, catalogue: Catalogue, language: Language) -> str:
    return scale_of([value], unit, catalogue=catalogue, language=language).full(value)


def _of_peer(rows: pd.DataFrame, peer: pd.DataFrame, catalogue: Catalogue, language: Language) -> list[str]:
    """A compared province's figure and place of the same year, beside each row."""
    told = {}
    for row in rows_of(peer):
        value = _full(row["value"], row["observed_unit"], catalogue, language)
        told[row["indicator"]] = f"{value} · {standing_text(row, language)}"
    return [told.get(code, MISSING) for code in rows["indicator"]]
