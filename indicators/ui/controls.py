"""The controls of a page, laid out; each is one of the pickers."""

from collections.abc import Callable, Sequence

import streamlit as st

from indicators.model.catalogue import Measure
from indicators.ui.pickers import (
    is_own_choice,
    pick_base_year,
    pick_basis,
    pick_earlier_year,
    pick_indicator,
    pick_indicators,
    pick_measure,
    pick_reference,
    pick_regions,
    pick_scope,
    pick_span,
    pick_top,
    pick_year,
)
from indicators.ui.shell import Page

_FOUR = (2.6, 1, 1, 1.2)
_THREE = (2.6, 1.1, 1.1)
_TWO = (2.6, 2.2)


def choose_comparison(page: Page, measures: Sequence[Measure]) -> None:
    """What is compared, for which years and regions, and how."""
    with st.container(border=True, key="filters"):
        _row(page, _FOUR, pick_indicator, pick_year, pick_earlier_year, lambda page: pick_measure(page, measures))
        _row(page, _FOUR, pick_scope, pick_top, pick_reference, _pick_detail)
        if is_own_choice(page):
            pick_regions(page)


def choose_trend(page: Page, measures: Sequence[Measure]) -> None:
    """Which indicators and regions are followed over which years, and how."""
    with st.container(border=True, key="filters"):
        _row(page, _THREE, pick_indicators, lambda page: pick_measure(page, measures), _pick_detail)
        _row(page, _TWO, _pick_places, pick_span)


def choose_standing(page: Page) -> None:
    """The indicator and year of the overview's map and ranking."""
    with st.container(border=True, key="filters"):
        _row(page, (3, 1), lambda page: pick_indicator(page, least_provinces=20), pick_year)


def _pick_places(page: Page) -> None:
    pick_regions(page, levels=("nation", "province", "city", "new_area", "country"))


def _pick_detail(page: Page) -> None:
    """The base year where the measure has one, else the basis where the indicator has several."""
    if page.spec.base is not None:
        pick_base_year(page)
    else:
        pick_basis(page)


def _row(page: Page, widths: Sequence[float], *picks: Callable[[Page], None]) -> None:
    for column, pick in zip(st.columns(widths), picks, strict=True):
        with column:
            pick(page)
