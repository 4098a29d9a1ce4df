"""Which observations are facts of a place."""

from dataclasses import replace

from indicators.tasks.facts import facts_among, places_within
from tests import real

FACTS = facts_among(real.figures(), real.catalogue())


def test_every_observation_of_the_brief_is_a_fact():
    brief = real.figures()["source"] == "brief-2023-01"
    assert (FACTS["source"] == "brief-2023-01").sum() == brief.sum() == 210


def test_figures_of_cities_are_facts_whatever_their_source():
    xian = real.figures()["region"] == "610100"
    assert (FACTS["region"] == "610100").sum() == xian.sum()


def test_annual_figures_of_provinces_from_yearbooks_are_none():
    public = FACTS[FACTS["source"] != "brief-2023-01"]
    levels = {real.catalogue().regions[code].level for code in public["region"]}
    assert levels <= {"city", "new_area"}


def test_an_uploaded_workbook_of_annual_figures_gives_none_but_its_single_facts():
    upload = real.catalogue().sources["brief-2023-01"].model_copy(update={"code": "upload-1"})
    catalogue = real.catalogue()
    known = replace(catalogue, sources={**catalogue.sources, "upload-1": upload})
    drawn = real.drawn(
        "indicator | region | period | basis | value | subject\n"
        "contract_value | 610000 | 2024 | seller | 4825.91 |\n"
        "contract_value | 110000 | 2012/2021 | seller | 40000 |",
        source="upload-1",
    )
    assert facts_among(drawn, known)["period"].tolist() == ["2012/2021"]


def test_places_within_a_province_are_its_cities_and_new_areas():
    assert set(places_within("610000", real.catalogue())) == {"610000", "610100", "611000", "XIXIAN"}
    assert places_within("610100", real.catalogue()) == ("610100",)
    assert places_within("CHN", real.catalogue()) == ("CHN",)


def test_facts_stand_by_topic_then_place_then_newest_first():
    topics = [real.catalogue().indicators[code].category for code in FACTS["indicator"]]
    assert list(dict.fromkeys(topics)) == list(
        dict.fromkeys(i.category for i in real.catalogue().indicators.values() if i.category in topics)
    )
    hangzhou = FACTS[(FACTS["region"] == "330100") & (FACTS["indicator"] == "contract_value")]
    assert hangzhou["period"].tolist() == ["2022", "2021", "2017"]
