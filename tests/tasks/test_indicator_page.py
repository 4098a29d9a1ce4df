"""Where an indicator has figures, and how it is cited."""

from datetime import UTC, datetime

import pandas as pd

from indicators.tasks.browse import Edition
from indicators.tasks.indicator_page import CoverageMatrix, citations, coverage_matrix
from tests import real


def of(indicator: str) -> pd.DataFrame:
    figures = real.figures()
    return figures[figures["indicator"] == indicator]


def matrix(indicator: str) -> CoverageMatrix:
    return coverage_matrix(of(indicator), real.catalogue())


def test_a_cell_names_every_basis_published_for_its_year():
    cells = matrix("rd_intensity").cells
    assert cells["610000", 2018].bases == ("census3",)
    assert cells["610000", 2023].bases == ("census4", "census5")
    assert ("610000", 2010) not in cells


def test_provinces_without_figures_have_a_row_where_most_have_some():
    found = matrix("contract_value")
    assert set(real.catalogue().provinces) <= set(found.regions)
    assert ("540000", 2012) not in found.cells
    assert found.regions[0] == "CHN"


def test_an_indicator_of_few_places_has_only_those():
    assert matrix("pilot_bases_added").regions == ("340100",)


def test_provisional_and_derived_figures_are_told_from_actual_ones():
    cells = matrix("pilot_bases_added").cells
    assert (cells["340100", 2021].is_actual, cells["340100", 2022].is_actual) == (True, False)


def test_targets_spans_and_figures_of_a_subject_are_counted_apart():
    found = matrix("poc_centres")
    assert (found.cells, found.years, found.others) == ({}, (), 3)


def test_a_citation_names_publisher_edition_indicator_and_revision():
    edition = Edition(real.catalogue(), 7, datetime(2025, 1, 2, tzinfo=UTC), real.FOCUS)
    assert citations(of("gii_rank"), edition, "zh") == (
        "秦创原战略研究院. 《秦创原战略研究院工作简报》2023年第1期（总第1期）科技成果转化[R]. 2023-04-24. "
        "转引自：科技成果转化统计指标看板，指标“全球创新指数位次”，数据版本r7（2025-01-02）.",
    )
    first, *_ = citations(of("contract_value"), edition, "en")
    assert first.startswith("National Bureau of Statistics of China. National Data: technology market turnover")
    assert first.endswith('indicator "Technology contract value", data version r7 (2025-01-02).')
