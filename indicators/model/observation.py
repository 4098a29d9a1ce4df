"""Observations travel as one tidy frame; this is its contract.

One row is one value of one indicator for one region (and subject), period and basis, as one
source gives it. Missing is NaN with the printed words, never 0 and never a dropped row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pa

from indicators.errors import Invalid
from indicators.model.catalogue import Catalogue
from indicators.model.period import is_period
from indicators.model.qualifier import QUALIFIERS
from indicators.model.status import STATUSES

# Views are tables of some dozen rows, which pandas cuts and joins in three quarters of the time with its texts held so.
pd.set_option("mode.string_storage", "python")
_TEXT = pd.StringDtype("python", na_value=float("nan"))

KEY = ["indicator", "region", "subject", "period", "basis", "source", "is_target"]
CONTENT = ["value", "qualifier", "status", "unit", "locator", "printed", "note", "note_en"]
COLUMNS = [*KEY[:-1], *CONTENT]

_CHECK_NAMES = {"multiple_fields_uniqueness": "duplicate"}
_COLUMN_OF_ROW_CHECK = {"unit": "unit", "basis": "basis", "empty_value": "value", "duplicate": "source"}


def _are_periods(texts: pd.Series) -> pd.Series:
    known = {text: is_period(text) for text in texts.unique()}
    return texts.map(known)


def schema(catalogue: Catalogue) -> pa.DataFrameSchema:
    """The contract of a frame of observations against the codes of a catalogue."""
    indicators = catalogue.indicators
    units = {code: indicator.unit for code, indicator in indicators.items()}
    bases = {(code, basis) for code, i in indicators.items() for basis in (i.all_bases or ("",))}

    def code_in(codes: object) -> pa.Check:
        return pa.Check.isin(list(codes), error="unknown_code")  # type: ignore[call-overload]

    filled = pa.Check.str_length(min_value=1, error="empty")
    return pa.DataFrameSchema(
        {
            "indicator": pa.Column(_TEXT, code_in(indicators)),
            "region": pa.Column(_TEXT, code_in(catalogue.regions)),
            "subject": pa.Column(_TEXT, code_in(["", *catalogue.subjects])),
            "period": pa.Column(_TEXT, pa.Check(_are_periods, error="period")),
            "basis": pa.Column(_TEXT),
            "source": pa.Column(_TEXT, code_in(catalogue.sources)),
            "value": pa.Column(float, nullable=True),
            "qualifier": pa.Column(_TEXT, pa.Check.isin(QUALIFIERS, error="qualifier")),
            "status": pa.Column(_TEXT, pa.Check.isin(STATUSES, error="status")),
            "unit": pa.Column(_TEXT),
            "locator": pa.Column(_TEXT, filled),
            "printed": pa.Column(_TEXT),
            "note": pa.Column(_TEXT),
            "note_en": pa.Column(_TEXT),
        },
        checks=[
            pa.Check(lambda f: f["unit"] == f["indicator"].map(units), error="unit"),
            pa.Check(
                lambda f: pd.Series([pair in bases for pair in zip(f["indicator"], f["basis"], strict=True)], f.index),
                error="basis",
            ),
            pa.Check(lambda f: f["value"].notna() | (f["printed"] != ""), error="empty_value"),
        ],
        unique=[*KEY[:-1], "is_target"],
        strict=False,
        ordered=False,
    )


def observations_from_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Observations from a frame of texts as read from a tidy CSV: typed, in canonical columns.

    Raises Invalid("figures.columns") where a column is missing and Invalid("figures.value")
    where a value is no number.
    """
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise Invalid("figures.columns", columns=", ".join(missing))
    typed = frame[COLUMNS].copy()
    texts = typed["value"].where(typed["value"] != "")
    typed["value"] = pd.to_numeric(texts, errors="coerce").astype(float)
    unreadable = texts.notna() & ~typed["value"].map(_is_finite)
    if unreadable.any():
        row = int(unreadable.to_numpy().argmax())
        raise Invalid("figures.value", row=row + 2, column="value", found=str(texts.iloc[row]))
    return with_target_mark(typed)


def with_target_mark(observations: pd.DataFrame) -> pd.DataFrame:
    """The frame with `is_target`, the part of the key that keeps a target beside a result."""
    return observations.assign(is_target=observations["status"] == "target")


def mapped(texts: pd.Series, values: Mapping[str, object] | Callable[[str], object]) -> pd.Series:
    """`texts.map(values)`, worked out once for each different text."""
    codes, different = pd.factorize(texts, use_na_sentinel=False)
    found = pd.Series(different).map(values)
    return pd.Series(found.array.take(codes), texts.index, name=texts.name)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values by column, several times quicker than `to_dict("records")` for some dozens of rows."""
    return [dict(zip(table.columns, row, strict=True)) for row in tuples_of(table, table.columns)]


def tuples_of(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple]:
    """Rows of a frame; by column, since going through a frame of texts row by row is slow."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def no_observations() -> pd.DataFrame:
    """A frame of the contract without rows."""
    texts = pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS})
    return with_target_mark(texts.astype({"value": float}))


def checked(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """The frame itself if it keeps the contract. Raises Invalid("figures.contract") with the first breach.

    Its details: `check` (the rule), `position` (row from 0), `row` (line of a CSV whose first line
    is the header), `column`, `found`, `expected`, `key` and `count` of the rows that break a rule.
    """
    try:
        schema(catalogue).validate(observations.reset_index(drop=True), lazy=True)
    except pa.errors.SchemaErrors as errors:
        raise Invalid("figures.contract", **_first_breach(errors, observations, catalogue)) from None
    return observations


def _first_breach(
    errors: pa.errors.SchemaErrors, observations: pd.DataFrame, catalogue: Catalogue
) -> dict[str, object]:
    cases = errors.failure_cases.assign(of_row=lambda f: f["schema_context"] != "Column")
    first = cases.sort_values(["index", "of_row"], na_position="last", kind="stable").iloc[0]
    check = _CHECK_NAMES.get(str(first["check"]), str(first["check"]))
    column = _COLUMN_OF_ROW_CHECK.get(check, str(first["column"]))
    position = int(first["index"]) if pd.notna(first["index"]) else 0
    if check == "duplicate":
        position = int(observations.duplicated(KEY).to_numpy().argmax())
    place = observations.iloc[position]
    key = " ".join(str(place[c]) for c in KEY[:-1] if place[c] != "")
    return {
        "check": check,
        "position": position,
        "row": position + 2,
        "column": column,
        "found": key if check == "duplicate" else str(place[column]),
        "expected": _expected(check, str(place["indicator"]), catalogue),
        "key": key,
        "count": cases["index"].nunique(),
    }


def _expected(check: str, indicator: str, catalogue: Catalogue) -> str:
    known = catalogue.indicators.get(indicator)
    if check == "unit" and known is not None:
        return known.unit
    if check == "basis" and known is not None:
        return " / ".join(known.all_bases)
    return " / ".join({"qualifier": QUALIFIERS, "status": STATUSES}.get(check, ()))


def _is_finite(value: float) -> bool:
    return value == value and abs(value) != float("inf")
