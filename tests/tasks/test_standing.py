from indicators.store.connection import open_store
from indicators.tasks.standing import SOURCE_COLUMNS, movers, read_freshness
from tests import real


def moved(region: str, lag: int, *indicators: str):
    levels = real.all_levels()
    return movers(
        indicators,
        levels=lambda code: levels[levels["indicator"] == code],
        catalogue=real.catalogue(),
        region=region,
        lag=lag,
    )


def test_places_won_come_first_and_places_lost_last():
    rows = moved("610000", 5, "contract_value", "patents_granted", "hightech_listed")
    assert rows[["indicator", "start", "year", "place_before", "place", "moved"]].to_numpy().tolist() == [
        ["hightech_listed", 2019, 2024, 17, 8, 9],
        ["patents_granted", 2019, 2024, 16, 13, 3],
        ["contract_value", 2019, 2024, 4, 7, -3],
    ]


def test_a_place_that_stayed_is_no_move():
    assert moved("110000", 1, "contract_value").empty


def test_a_city_has_no_national_place():
    assert moved("330100", 1, "contract_value").empty


def test_a_change_of_definition_is_not_counted_as_a_move():
    rows = moved("610000", 2, "rd_intensity")
    assert rows.empty  # 2024 stands on the fifth census, 2022 on the fourth


def test_sources_with_the_newest_figures_come_first(data_file):
    store = open_store(f"sqlite:///{data_file}")
    table = read_freshness(store, real.catalogue(), revision=1)
    store.engine.dispose()
    assert list(table.columns) == SOURCE_COLUMNS
    assert table["newest"].dropna().is_monotonic_decreasing
    assert table["figures"].sum() == len(real.figures())
