"""Notes on the shipped figures, and the changes of definition found in them."""

import pytest

from indicators.model.notes import NOTES, definition_breaks, notes_of
from tests import real


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.code)
def test_everything_that_a_note_is_about_is_among_the_figures(note):
    assert [concern for concern in note.concerns if not concern.among(real.figures()).any()] == []


def test_the_codes_of_notes_are_unique():
    assert len({note.code for note in NOTES}) == len(NOTES)


def notes_at(**key: str) -> set[str]:
    figures = real.figures()
    return {note.code for note in notes_of(figures[(figures[list(key)] == list(key.values())).all(axis=1)])}


def test_a_figure_has_the_notes_that_concern_it():
    assert notes_at(indicator="converted_projects", region="310000") == {"shanghai_rate"}
    assert notes_at(indicator="fund_invested") == {"shaanxi_funds", "funds_apart"}


def test_a_figure_of_a_yearbook_has_no_note_on_the_brief():
    assert notes_at(indicator="contract_value", region="110000", source="s02") == set()


def test_the_same_indicator_of_another_place_has_no_note_of_shanghai():
    assert "shanghai_rate" not in notes_at(indicator="conversion_rate", region="CHN")


def test_breaks_are_found_where_the_official_line_changes_its_basis():
    breaks = definition_breaks(real.figures(), real.catalogue())
    rows = breaks[breaks["indicator"].isin(["population", "gdp", "hightech_mfg_revenue"])]
    assert rows.to_numpy().tolist() == [
        ["hightech_mfg_revenue", "main_5m", "main_20m", 2010, 2011],
        ["hightech_mfg_revenue", "main_20m", "operating_20m", 2016, 2018],
        ["gdp", "census4", "census5", 2023, 2006],
        ["population", "census6", "census7", 2010, 2011],
    ]


def test_definitions_kept_apart_from_the_official_line_are_no_break():
    assert "contract_value" not in set(definition_breaks(real.figures(), real.catalogue())["indicator"])
