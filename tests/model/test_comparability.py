"""Two sources of one figure: when they agree, and when they are listed."""

import pandas as pd

from indicators.model.comparability import disagreements
from indicators.model.observation import observations_from_text


def _two_sources(one: tuple[str, str], other: tuple[str, str]) -> pd.DataFrame:
    """Beijing's technology contract value as two sources print it: (value, qualifier) each."""
    rows = [
        {
            "indicator": "contract_value",
            "region": "110000",
            "subject": "",
            "period": "2021",
            "basis": "seller",
            "value": value,
            "qualifier": qualifier,
            "status": "actual",
            "unit": "亿元",
            "source": source,
            "locator": "表",
            "printed": "",
            "note": "",
            "note_en": "",
        }
        for source, (value, qualifier) in (("s01", one), ("brief-2023-01", other))
    ]
    return observations_from_text(pd.DataFrame(rows))


def test_a_value_rounded_to_fewer_digits_agrees():
    assert disagreements(_two_sources(("7005.65", "="), ("7005.7", "="))).empty


def test_values_further_apart_than_rounding_are_both_listed():
    listed = disagreements(_two_sources(("7005.65", "="), ("7015.7", "=")))
    assert list(listed["source"]) == ["s01", "brief-2023-01"]


def test_a_bound_agrees_with_a_value_on_its_open_side_only():
    assert disagreements(_two_sources(("93563", "="), ("90000", ">"))).empty
    assert len(disagreements(_two_sources(("89563", "="), ("90000", ">")))) == 2


def test_an_approximate_value_agrees_within_five_percent():
    assert disagreements(_two_sources(("2458.5", "="), ("2502", "~"))).empty
    assert len(disagreements(_two_sources(("2358.5", "="), ("2502", "~")))) == 2


def test_a_single_source_never_disagrees():
    assert disagreements(_two_sources(("7005.65", "="), ("7015.7", "=")).head(1)).empty
