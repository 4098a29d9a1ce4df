"""What a publication changes, in words and numbers: old and new value, difference, source."""

from dataclasses import dataclass

import pandas as pd

from indicators.language.messages import text
from indicators.language.names import region_name
from indicators.language.numbers import Scale, scale_of
from indicators.model.catalogue import Catalogue, Language
from indicators.model.measures import POINTS
from indicators.model.revision import Changes

_MOST_PERCENT_DIGITS = 2


@dataclass(frozen=True)
class ChangeLine:
    """One observation that changes, as texts.

    `kind` is added, revised, withdrawn, or noted where only its source's place, note or print changes.
    """

    kind: str
    region: str
    period: str
    basis: str
    before: str
    after: str
    difference: str
    percent: str
    source: str


def change_lines(change: Changes, catalogue: Catalogue, language: Language) -> dict[str, list[ChangeLine]]:
    """Lines by indicator, those with most changes first; regions in the catalogue's order, newest period first."""
    rows = _rows(change)
    places = {code: place for place, code in enumerate(catalogue.regions)}
    ordered = rows.assign(_place=rows["region"].map(places)).sort_values(["period"], ascending=False, kind="stable")
    ordered = ordered.sort_values("_place", kind="stable")
    lines: dict[str, list[ChangeLine]] = {}
    for code in rows["indicator"].value_counts().index:
        own = ordered[ordered["indicator"] == code]
        values = [*own["value"], *own["value_before"]]
        scale = scale_of(values, str(own["unit"].iloc[0]), catalogue=catalogue, language=language)
        lines[str(code)] = [_line(row, scale, catalogue, language) for row in own.to_dict("records")]
    return lines


def percent_text(before: float, after: float) -> str:
    """How much a value changes, in percent of the old one; empty where that says nothing."""
    if before != before or after != after or before <= 0 or before == after:
        return ""
    return f"{(after / before - 1) * 100:+,.{_MOST_PERCENT_DIGITS}f}%".replace("-", "−")


def _rows(change: Changes) -> pd.DataFrame:
    added = change.added.assign(kind="added", value_before=float("nan"), qualifier_before="=", status_before="")
    revised = change.revised.assign(kind="revised")
    gone = change.withdrawn.rename(columns={"value": "value_before", "qualifier": "qualifier_before"})
    withdrawn = gone.assign(kind="withdrawn", value=float("nan"), qualifier="=", status_before=gone["status"])
    columns = [
        *("kind", "indicator", "region", "subject", "period", "basis", "source", "is_target", "unit", "status"),
        *("value", "qualifier", "value_before", "qualifier_before", "status_before"),
    ]
    parts = [part[columns] for part in (added, revised, withdrawn) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else added[columns]


def _line(row: dict, scale: Scale, catalogue: Catalogue, language: Language) -> ChangeLine:
    before, after = float(row["value_before"]), float(row["value"])
    is_percentage = catalogue.indicators[row["indicator"]].change == "points"
    is_same = row["kind"] == "revised" and all(
        row[name] == row[f"{name}_before"] for name in ("value", "qualifier", "status")
    )
    return ChangeLine(
        kind="noted" if is_same else row["kind"],
        region=_place(row, catalogue, language),
        period=_period(row, language),
        basis=catalogue.bases[row["basis"]].name(language) if row["basis"] else "",
        before=scale.full(before, row["qualifier_before"]),
        after=scale.full(after, row["qualifier"]),
        difference=_difference(before, after, scale, language, is_percentage=is_percentage),
        percent="" if is_percentage else percent_text(before, after),
        source=catalogue.sources[row["source"]].name(language),
    )


def _place(row: dict, catalogue: Catalogue, language: Language) -> str:
    region = region_name(row["region"], catalogue, language)
    subject = catalogue.subjects.get(row["subject"])
    return f"{region} · {subject.name(language)}" if subject else region


def _period(row: dict, language: Language) -> str:
    marks = [row["period"]] if row["status"] == "actual" else [row["period"], text(language, f"status.{row['status']}")]
    return " ".join(marks)


def _difference(before: float, after: float, scale: Scale, language: Language, *, is_percentage: bool) -> str:
    if before != before or after != after or before == after:
        return ""
    if is_percentage:
        points = f"{after - before:+.2f}".replace("-", "−")
        return f"{points} " + text(language, f"unit.{POINTS}")
    sign = "+" if after > before else ""
    return f"{sign}{scale.full(after - before)}"
