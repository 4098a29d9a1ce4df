from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.model.catalogue import Indicator
from indicators.model.spec import (
    MEASURES,
    OF_PLACES,
    SORTINGS,
    Offer,
    nation_compares,
    query_of,
    spec_of,
    years_text,
)
from tests import real
from tests.real import spec

YEARS = tuple(range(2010, 2025))
CODES = ("contract_value", "rd_expenditure", "rd_intensity")


def offer(*, many: bool = False, years: tuple[int, ...] = YEARS, **changed: object) -> Offer:
    charts = ("lines", "table") if many else ("ranking", "map", "table")
    return Offer(
        defaults=spec(charts[0], "610000", YEARS[-5:] if many else (2024,), **changed),
        charts=charts,
        measures=MEASURES,
        years_of=lambda _: years,
        years_before=lambda _, year: tuple(earlier for earlier in years if earlier < year),
        regions_of=lambda _: ("provinces",),
        takes_nation=many,
        takes_many_years=many,
        most_indicators=6 if many else 1,
    )


def opened(query: dict[str, str], own: Offer | None = None):
    return spec_of(query, offer=own or offer(), catalogue=real.catalogue(), newest_revision=3)


@st.composite
def specs(draw, many: bool):
    own = offer(many=many)
    indicators = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3 if many else 1, unique=True))
    entries: list[Indicator] = [real.catalogue().indicators[code] for code in indicators]
    chart = draw(st.sampled_from(own.charts))
    fitting = [m for m in MEASURES if all(m in entry.measures for entry in entries)]
    measure = draw(st.sampled_from([m for m in fitting if m != "rank" or chart not in OF_PLACES]))
    years = draw(st.sets(st.sampled_from(YEARS), min_size=1, max_size=15 if many else 2))
    regions = st.sampled_from(["610000", "110000", "west", "provinces", "USA", *(["CHN"] if many else [])])
    references = [None, "mean", "median", *(["nation"] if nation_compares(measure, entries[0]) else [])]
    bases = sorted({basis for entry in entries for basis in entry.all_bases})
    return spec(
        chart,
        ",".join(draw(st.lists(regions, min_size=1, unique=True))),
        tuple(range(min(years), max(years) + 1)) if many else tuple(sorted(years)),
        indicators=tuple(indicators),
        measure=measure,
        base=draw(st.sampled_from(YEARS)) if measure in ("index", "cagr") else None,
        highlight=draw(st.sampled_from([None, "110000", "XIXIAN"])),
        reference=draw(st.sampled_from(references)),
        top=draw(st.sampled_from([None, 1, 20])),
        sorting=draw(st.sampled_from(SORTINGS)),
        bases=tuple(draw(st.lists(st.sampled_from(bases), unique=True))) if bases else (),
        revision=draw(st.sampled_from([None, 1, 3])),
        language=draw(st.sampled_from(["zh", "en"])),
    )


@given(specs(many=False))
@settings(deadline=None, max_examples=80)
def test_a_comparison_comes_back_from_its_query(view):
    assert opened(query_of(view)) == (view, ())


@given(specs(many=True))
@settings(deadline=None, max_examples=80)
def test_a_trend_comes_back_from_its_query(view):
    assert opened(query_of(view), offer(many=True)) == (view, ())


@given(
    st.dictionaries(
        st.sampled_from(["chart", "i", "r", "y", "m", "base", "hl", "ref", "top", "sort", "basis", "rev", "lang"]),
        st.text("0129-, aé中²٣", max_size=12)
        | st.sampled_from(["2023", "1-2", "9999", "provinces,x", "CHN", "-1", "٣", "0"]),
    )
)
@settings(deadline=None, max_examples=150)
def test_any_link_opens_a_view_that_its_own_query_opens_again(query):
    view, problems = opened(query)
    assert opened(query_of(view)) == (view, ())
    assert all(problem.found for problem in problems)


def test_the_query_holds_codes_only_and_is_complete():
    assert query_of(spec("ranking", "west,110000", (2023, 2024), highlight="610000", top=10)) == {
        "chart": "ranking",
        "i": "contract_value",
        "r": "west,110000",
        "y": "2023,2024",
        "m": "value",
        "hl": "610000",
        "top": "10",
        "sort": "value",
        "lang": "zh",
    }


@pytest.mark.parametrize(
    ("years", "text"),
    [((2023,), "2023"), ((2018, 2023), "2018,2023"), ((2023, 2024), "2023,2024"), (YEARS, "2010-2024")],
)
def test_years_are_written_shortly(years, text):
    assert years_text(years) == text


@pytest.mark.parametrize(
    ("query", "code", "found"),
    [
        ({"r": "110000,atlantis"}, "region", "atlantis"),
        ({"r": "110000,CHN"}, "region_unfit", "CHN"),
        ({"m": "sum"}, "measure", "sum"),
        ({"i": "rd_intensity", "m": "share"}, "measure_unfit", "share"),
        ({"chart": "pie"}, "chart", "pie"),
        ({"hl": "61"}, "region", "61"),
        ({"ref": "china"}, "ref", "china"),
        ({"ref": "nation"}, "ref_unfit", "nation"),
        ({"top": "0"}, "top", "0"),
        ({"top": "²"}, "top", "²"),
        ({"sort": "name"}, "sort", "name"),
        ({"basis": "buyer"}, "basis", "buyer"),
        ({"rev": "4"}, "revision", "4"),
        ({"m": "cagr", "base": "1890"}, "base", "1890"),
        ({"m": "index", "base": "abc"}, "base_unknown", "abc"),
        ({"base": "abc"}, "base_unfit", "abc"),
        ({"m": "growth", "base": "2018"}, "base_unfit", "2018"),
        ({"lang": "fr"}, "lang", "fr"),
        ({"title": 90 * "长"}, "title_long", 90 * "长"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_opens(query, code, found):
    view, problems = opened({"y": "2023", "sort": "region"} | query)
    assert [(p.code, p.found) for p in problems] == [(code, found)]
    assert (view.years, view.sorting) == ((2023,), "value" if code == "sort" else "region")


def test_a_measure_that_only_the_page_lacks_is_not_said_not_to_fit_the_indicator():
    view, problems = opened({"m": "index"}, replace(offer(), measures=("value", "growth")))
    assert (view.measure, [(p.code, p.found, p.used) for p in problems]) == ("value", [("measure_page", "index", "")])


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ({"i": "x"}, [("indicator_instead", "x", "技术合同成交额")]),
        ({"r": "atlantis"}, [("region_instead", "atlantis", "")]),
        ({"r": "CHN"}, [("region_unfit", "CHN", ""), ("region_instead", "CHN", "")]),
    ],
)
def test_where_nothing_of_a_list_can_be_used_what_is_shown_instead_is_said(query, problems):
    view, found = opened(query)
    assert [(p.code, p.found, p.used) for p in found] == problems
    assert (view.indicators, view.regions) == (("contract_value",), ("provinces",))


@pytest.mark.parametrize("asked", ["gdp", "gdp,gdp"])
def test_one_indicator_where_two_are_paired_is_completed_and_said(asked):
    paired = replace(offer(), least_indicators=2, most_indicators=3)
    view, problems = opened({"i": asked}, paired)
    assert view.indicators == ("gdp", "contract_value")
    assert [(p.code, p.found, p.used) for p in problems] == [("indicator_added", asked, "技术合同成交额")]
    assert opened({"i": "gdp,rd_expenditure"}, paired)[1] == ()
    assert opened({}, paired)[1] == ()


@pytest.mark.parametrize(
    ("chart", "asked", "years", "code"),
    [
        ("ranking", "1949", (2024,), "year_none"),
        ("ranking", "2030-2040", (2024,), "year_none"),
        ("ranking", "last", (2024,), "year_unreadable"),
        ("ranking", "2010-20", (2024,), "year_unreadable"),
        ("ranking", "2010,2015,2020", (2010, 2020), "years_two"),
        ("slope", "2024", (2019, 2024), "years_pair"),
        ("slope", "2018,2018", (2013, 2018), "years_pair"),
        ("slope", "1949", (2019, 2024), "year_none"),
        ("heat", "2024", YEARS, "years_run"),
        ("lines", "2015,2018", (2015, 2016, 2017, 2018), "years_run"),
    ],
)
def test_other_years_than_those_of_the_link_are_said_with_the_reason(chart, asked, years, code):
    own = replace(offer(many=chart == "lines"), charts=("ranking", "slope", "heat", "lines"))
    view, problems = opened({"chart": chart, "y": asked}, own)
    assert view.years == years
    assert [(p.code, p.found, p.used) for p in problems] == [(code, asked, years_text(years))]


@pytest.mark.parametrize(("chart", "asked"), [("ranking", "2024"), ("slope", "2018,2023"), ("lines", "2015-2018")])
def test_years_that_are_shown_as_asked_are_not_spoken_of(chart, asked):
    own = replace(offer(many=chart == "lines"), charts=("ranking", "slope", "heat", "lines"))
    assert opened({"chart": chart, "y": asked}, own)[1] == ()


def test_the_earlier_year_is_one_that_compares_where_there_is_any():
    own = replace(offer(), charts=("ranking", "slope"), years_before=lambda _, year: (2023,) if year == 2024 else ())
    assert opened({"chart": "slope", "y": "2024"}, own)[0].years == (2023, 2024)
    assert opened({"chart": "slope", "y": "2023"}, own)[0].years == (2018, 2023)


def test_a_span_with_a_gap_in_it_is_shown_as_asked():
    own = offer(many=True, years=(2015, 2016, 2018))
    assert opened({"y": "2015-2018"}, own) == (opened({"y": "2015-2018"}, own)[0], ())


def test_a_span_from_its_end_to_its_start_is_the_span():
    view, problems = opened({"y": "2018-2015"}, offer(many=True))
    assert (view.years, problems) == ((2015, 2016, 2017, 2018), ())


def test_known_codes_are_kept_beside_unknown_ones():
    view, problems = opened({"r": "110000,atlantis,610000,110000"})
    assert view.regions == ("110000", "610000")
    assert [p.found for p in problems] == ["atlantis"]


def test_a_span_is_cut_to_the_years_that_have_figures_and_says_so():
    view, problems = opened({"y": "2000-2012"}, offer(many=True))
    assert view.years == (2010, 2011, 2012)
    assert [(p.code, p.found, p.used) for p in problems] == [("year", "2000-2012", "2010-2012")]


def test_a_comparison_takes_the_two_ends_of_a_span():
    assert opened({"y": "2015-2020"})[0].years == (2015, 2020)


def test_the_default_year_gives_way_to_the_newest_one_that_has_figures():
    assert opened({}, offer(years=(2018, 2019)))[0].years == (2019,)


def test_base_year_and_last_year():
    view = spec("lines", "610000", (2018, 2019, 2020), measure="index")
    assert (view.base_year, view.but(base=2012).base_year, view.last_year) == (2018, 2012, 2020)


def test_a_changed_view_is_another_one_and_is_checked():
    view = spec()
    assert view.but(top=3) == spec(top=3)
    assert view == spec()
    with pytest.raises(ValueError, match="chart"):
        view.but(chart="pie")


def test_a_trend_runs_over_every_year_of_its_span_so_that_gaps_are_seen():
    view, _ = opened({"y": "2010,2012,2015"}, offer(many=True))
    assert view.years == (2010, 2011, 2012, 2013, 2014, 2015)


def test_a_comparison_of_many_years_says_that_it_takes_the_first_and_the_last():
    view, problems = opened({"y": "2010-2024"})
    assert view.years == (2010, 2024)
    assert [(p.code, p.found, p.used) for p in problems] == [("years_two", "2010-2024", "2010,2024")]


def test_indicators_beyond_what_the_page_draws_are_named_and_left_out():
    view, problems = opened({"i": "contract_value,rd_expenditure"})
    assert view.indicators == ("contract_value",)
    assert [(p.code, p.found) for p in problems] == [("indicator_more", "rd_expenditure")]


def test_of_a_base_year_that_cannot_be_used_it_is_said_which_one_is():
    for base, code in (("abc", "base_unknown"), ("2010-2012", "base_unknown"), ("1890", "base")):
        view, (problem,) = opened({"y": "2015-2020", "m": "index", "base": base}, offer(many=True))
        assert (problem.code, problem.found, problem.used, view.base) == (code, base, "2015", 2015)


def test_a_profile_names_what_cannot_stand_beside_its_region():
    profile = replace(offer(many=True), most_peers=5)
    view, (problem,) = opened({"r": "provinces,330100,510000,east,JPN"}, profile)
    assert view.regions == ("provinces", "510000")
    assert (problem.code, problem.found) == ("region_beside", "330100,east,JPN")
    assert problem.used == "杭州市, 东部地区, 日本"
    view, problems = opened({"r": "330100", "hl": "330100"}, profile)
    assert (view.regions, problems) == (("330100",), ())
    view, (problem,) = opened({"r": "110000,120000,130000,140000,150000,210000"}, profile)
    assert view.regions == ("110000", "120000", "130000", "140000", "150000")
    assert (problem.code, problem.used) == ("region_more", "辽宁省")


def test_an_indicator_without_annual_figures_opens_all_the_same():
    view, _ = opened({"m": "cagr"}, offer(years=()))
    assert view.base == view.years[0]


@pytest.mark.parametrize("chart", ["ranking", "map"])
def test_places_are_no_measure_where_the_order_is_the_place(chart):
    view, problems = opened({"chart": chart, "m": "rank"})
    assert view.measure == "value"
    assert [problem.code for problem in problems] == ["measure_chart"]


@pytest.mark.parametrize(
    ("known", "asked", "years"),
    [
        ((2000, 2005, 2010, 2011, 2012), "2012", (2010, 2011, 2012)),
        ((2000, 2005, 2010, 2011, 2012), "2005", (2000, 2001, 2002, 2003, 2004, 2005)),
        ((2000, 2005, 2010, 2011, 2012), "2005,2011", (2005, 2006, 2007, 2008, 2009, 2010, 2011)),
        ((2012,), "2012", (2012,)),
    ],
)
def test_a_heat_table_of_one_year_goes_back_over_the_years_that_follow_one_another(known, asked, years):
    own = replace(offer(years=known), charts=("ranking", "heat"))
    view, _ = opened({"chart": "heat", "y": asked}, own)
    assert view.years == years
