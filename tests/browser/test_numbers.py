"""The numbers in the drawn charts are those of the store."""

from urllib.parse import parse_qsl

import pandas as pd
import pytest

from indicators.store.connection import Store
from tests.browser import held
from tests.browser.seen import Seen
from tests.loaded import REVISED_BY

SHAANXI = "610000"


@pytest.mark.parametrize(
    ("indicator", "measure", "year", "held_as"),
    [
        ("contract_value", "value", 2024, "value"),
        ("rd_intensity", "value", 2020, "value"),
        ("contract_value", "growth", 2020, "growth"),
        ("rd_intensity", "growth", 2021, "points"),
        ("contract_value", "share", 2023, "share"),
        ("rd_expenditure", "per_capita", 2022, "per_capita"),
        ("contract_value", "gap", 2024, "gap"),
    ],
)
def test_bars_are_the_values_held_in_their_order(
    desktop: Seen, store: Store, indicator: str, measure: str, year: int, held_as: str
) -> None:
    link = f"chart=ranking&i={indicator}&r=provinces&y={year}&m={measure}&hl={SHAANXI}&sort=value&lang=zh"
    desktop.open(f"/compare?{link}")
    (figure,) = desktop.figures
    bars = figure["data"][0]
    drawn = pd.Series(bars["x"], bars["customdata"])
    expected = held.measured(store, indicator, held_as, year)
    assert len(expected) >= 28
    assert drawn.to_dict() == pytest.approx(expected.to_dict(), rel=1e-9)
    assert drawn.is_monotonic_decreasing
    assert dict(parse_qsl(figure["meta"]["query"])) == desktop.link == dict(parse_qsl(link))
    assert figure["meta"]["revision"] == 2


@pytest.mark.parametrize(
    ("indicator", "measure", "year"),
    [("gdp", "value", 2022), ("rd_intensity", "value", 2019), ("patents_granted", "growth", 2020)],
)
def test_tiles_are_the_values_held(desktop: Seen, store: Store, indicator: str, measure: str, year: int) -> None:
    desktop.open(f"/compare?chart=map&i={indicator}&r=provinces&y={year}&m={measure}&hl={SHAANXI}&sort=value&lang=zh")
    (figure,) = desktop.figures
    tiles = next(trace for trace in figure["data"] if trace["type"] == "heatmap")
    drawn = {
        region: value
        for regions, values in zip(tiles["customdata"], tiles["z"], strict=True)
        for region, value in zip(regions, values, strict=True)
        if region
    }
    assert drawn == pytest.approx(held.measured(store, indicator, measure, year).to_dict(), rel=1e-9)


@pytest.mark.parametrize(
    ("indicator", "measure"),
    [("contract_value", "value"), ("rd_expenditure", "growth"), ("gdp", "index"), ("contract_value", "share_gdp")],
)
def test_lines_are_the_values_held(desktop: Seen, store: Store, indicator: str, measure: str) -> None:
    base = "&base=2018" if measure == "index" else ""
    link = (
        f"chart=lines&i={indicator}&r=610000,510000,330000&y=2016-2022&m={measure}{base}&hl=610000&sort=value&lang=zh"
    )
    desktop.open(f"/trend?{link}")
    (figure,) = desktop.figures
    drawn = {trace["customdata"][0]: dict(zip(trace["x"], trace["y"], strict=True)) for trace in figure["data"]}
    by_year = {year: held.measured(store, indicator, measure, year, base=2018) for year in range(2016, 2023)}
    for region in ("610000", "510000", "330000"):
        expected = {year: values[region] for year, values in by_year.items()}
        assert drawn[region] == pytest.approx(expected, rel=1e-9)
    assert figure["meta"]["revision"] == 2


def test_ranks_are_places_among_the_values_held(desktop: Seen, store: Store) -> None:
    desktop.open(f"/trend?chart=lines&i=rd_expenditure&r={SHAANXI}&y=2018-2022&m=rank&hl={SHAANXI}&sort=value&lang=zh")
    (figure,) = desktop.figures
    line = figure["data"][0]
    expected = {
        year: int((held.measured(store, "rd_expenditure", "value", year).rank(ascending=False))[SHAANXI])
        for year in range(2018, 2023)
    }
    assert dict(zip(line["x"], line["y"], strict=True)) == expected


def test_the_overview_draws_the_values_held_twice(desktop: Seen, store: Store) -> None:
    desktop.open("/")
    tiles, ranking = desktop.figures
    expected = held.measured(store, "contract_value", "value", 2024)
    drawn = [value for row in tiles["data"][0]["z"] for value in row if value is not None]
    assert sorted(drawn) == pytest.approx(sorted(expected))
    bars = dict(zip(ranking["data"][0]["customdata"], ranking["data"][0]["x"], strict=True))
    assert bars == pytest.approx(expected.sort_values(ascending=False).head(15).to_dict())
    assert [figure["meta"]["revision"] for figure in (tiles, ranking)] == [2, 2]


def test_a_pinned_link_draws_the_values_of_its_revision(desktop: Seen, store: Store) -> None:
    link = f"chart=ranking&i=contract_value&r=provinces&y=2024&m=value&hl={SHAANXI}&sort=value&rev=1&lang=zh"
    desktop.open(f"/compare?{link}")
    (figure,) = desktop.figures
    bars = dict(zip(figure["data"][0]["customdata"], figure["data"][0]["x"], strict=True))
    assert figure["meta"]["revision"] == 1
    assert bars[SHAANXI] == pytest.approx(held.values(store, "contract_value", 2024)[SHAANXI] - REVISED_BY)
    assert desktop.page.locator(".card-footer").inner_text().find("r1") > 0
