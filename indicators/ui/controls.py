"""The controls of a page, laid out; each is one of the pickers."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from indicators.model.catalogue import Measure
from indicators.model.spec import AXES_OF_SCATTER
from indicators.ui.pickers import (
    is_own_choice,
    pick_axis,
    pick_base_year,
    pick_basis,
    pick_crosshairs,
    pick_earlier_year,
    pick_indicator,
    pick_indicators,
    pick_last_year,
    pick_layers,
    pick_measure,
    pick_order,
    pick_path,
    pick_peers,
    pick_reference,
    pick_regions,
    pick_scale,
    pick_scope,
    pick_size,
    pick_span,
    pick_top,
    pick_year,
)
from indicators.ui.shell import Page

_OF_COMPARISON = (2.3, 0.9, 0.9, 1.1, 1.3, 0.9)
_THREE = (2.6, 1.1, 1.1)
_TWO = (2.6, 2.2)
_SIX = (1.5, 1, 1, 1.2, 1, 1.1)


def choose_comparison(page: Page, measures: Sequence[Measure]) -> None:
    """What is compared, for which years and regions, and how."""
    with st.container(border=True, key="filters"):
        measure = partial(pick_measure, offered=measures)
        _row(page, _OF_COMPARISON, pick_indicator, pick_year, pick_earlier_year, measure, pick_scope, _pick_further)
        if is_own_choice(page):
            pick_regions(page)


def choose_trend(page: Page, measures: Sequence[Measure]) -> None:
    """Which indicators and regions are followed over which years, and how."""
    with st.container(border=True, key="filters"):
        _row(page, _THREE, pick_indicators, lambda page: pick_measure(page, measures), _pick_detail)
        _row(page, _TWO, _pick_places, pick_span)
        pick_layers(page)


def choose_relation(page: Page, measures: Sequence[Measure]) -> None:
    """Which two indicators are paired, a third for the size, for which regions and years, and on which axes."""
    with st.container(border=True, key="filters"):
        with st.container(key="axes"):
            _row(page, (1, 1, 1), _pick_x, _pick_y, pick_size)
        ways = (pick_scope, pick_last_year, pick_path, lambda page: _pick_paired(page, measures))
        _row(page, _SIX, *ways, pick_crosshairs, pick_scale)
        if is_own_choice(page):
            pick_regions(page)


def choose_standing(page: Page) -> None:
    """The indicator and year of the overview's map and ranking."""
    with st.container(border=True, key="filters"):
        _row(page, (3, 1), lambda page: pick_indicator(page, least_provinces=20), pick_year)


def _pick_x(page: Page) -> None:
    pick_axis(page, 0)


def _pick_y(page: Page) -> None:
    pick_axis(page, 1)


def _pick_paired(page: Page, measures: Sequence[Measure]) -> None:
    """The measure of both axes; the size of the marks is always a plain value."""
    pick_measure(page, measures, of=page.spec.indicators[:AXES_OF_SCATTER])


def _pick_places(page: Page) -> None:
    pick_regions(page, levels=("nation", "province", "city", "new_area", "country"))


def _pick_further(page: Page) -> None:
    """What is chosen less often, out of the way of the chart; whatever is chosen there stands in the picture."""
    with st.popover(page.text("pick.further"), icon=":material/tune:", width="stretch"):
        for pick in (pick_top, *_aids(page), _pick_detail, pick_peers):
            pick(page)


def _aids(page: Page) -> tuple[Callable[[Page], None], ...]:
    """What helps to read the chart: its order, its scale, a line to compare with – or nothing."""
    match page.spec.chart:
        case "change":
            return (pick_order,)
        case "slope" | "multiples":
            return () if page.spec.measure in ("growth", "cagr", "rank", "gap") else (pick_scale,)
        case "heat":
            return ()
        case _:
            return (pick_reference,)


def _pick_detail(page: Page) -> None:
    """The base year where the measure has one, else the basis where the indicator has several."""
    if page.spec.base is not None:
        pick_base_year(page)
    else:
        pick_basis(page)


def _row(page: Page, widths: Sequence[float], *picks: Callable[[Page], None]) -> None:
    for column, pick in zip(st.columns(widths, vertical_alignment="bottom"), picks, strict=True):
        with column:
            pick(page)
