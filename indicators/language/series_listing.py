"""The series table of a view as a list that leaves the dashboard: one row a figure, in words and in codes."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from indicators.language.listing import period_text
from indicators.language.messages import text
from indicators.language.names import name_in, reason_text
from indicators.model.catalogue import Catalogue, Entry, Language
from indicators.model.measures import INDEX, PER_CAPITA, PERCENT, PLACE, POINTS
from indicators.model.series import Series

_CODES = ("indicator", "region", "subject", "basis", "source", "status", "qualifier")


def series_listing(series: Series, catalogue: Catalogue, *, revision: int) -> pd.DataFrame:
    """Every figure of a view and its targets; a row without a value says why.

    Values are those of the series table in the unit of the catalogue, nothing rounded. Under a measure that computes,
    `observed` is the level it is computed from.
    """
    language = series.spec.language
    rows = series.table if series.targets.empty else pd.concat([series.table, series.targets], ignore_index=True)
    rows = rows.assign(subject=rows.get("subject", ""), period=rows.get("period", ""))
    periods = rows["period"].where(rows["period"] != "", rows["year"].astype(str))
    note = rows["note"] if language == "zh" else rows["note_en"].where(rows["note_en"] != "", rows["note"])
    sources = catalogue.sources
    columns: dict[str, object] = {
        "indicator": _named(rows["indicator"], catalogue.indicators, language),
        "region": [name_in(series, code, catalogue) for code in rows["region"]],
        "subject": _named(rows["subject"], catalogue.subjects, language),
        "period": [period_text(period, language) for period in periods],
        "value": rows["value"].astype(float),
        "unit": [_unit(unit, catalogue, language) for unit in rows["unit"]],
        "qualifier": _worded(rows["qualifier"], "qualifier.word.", language),
        "status": _worded(rows["status"], "status.", language),
        "basis": _named(rows["basis"], catalogue.bases, language),
        "reason": [
            reason_text(reason, language) if np.isnan(value) and reason else ""
            for value, reason in zip(rows["value"].astype(float), rows["reason"], strict=True)
        ],
    }
    if series.spec.measure != "value":
        columns["observed"] = rows["observed"].astype(float)
        columns["observed_unit"] = [_unit(unit, catalogue, language) for unit in rows["observed_unit"].fillna("")]
    columns |= {
        "printed": rows["printed"],
        "source": _named(rows["source"], sources, language),
        "locator": rows["locator"],
        "note": note,
        "classification": [
            text(language, f"classification.{sources[code].classification}") if code in sources else ""
            for code in rows["source"]
        ],
        "revision": f"r{revision}",
    }
    columns |= {f"{name}_code": rows[name] for name in _CODES}
    made = pd.DataFrame(columns)
    return made.drop(columns=["subject", "subject_code"]) if (made["subject"] == "").all() else made


def _named(codes: pd.Series, entries: Mapping[str, Entry], language: Language) -> list[str]:
    return [entries[code].name(language) if code in entries else str(code) for code in codes]


def _worded(codes: pd.Series, prefix: str, language: Language) -> list[str]:
    return [text(language, prefix + code) if code else "" for code in codes]


def _unit(unit: str, catalogue: Catalogue, language: Language) -> str:
    """The unit that stored and computed values are in."""
    if unit in (PERCENT, POINTS, PLACE, INDEX):
        return text(language, f"unit.{unit}")
    if unit in catalogue.units:
        return catalogue.units[unit].name(language)
    if unit.endswith(PER_CAPITA) and language == "en":
        return text(language, "unit.per_capita", unit=catalogue.units[unit.removesuffix(PER_CAPITA)].name(language))
    return unit
