"""Single figures side by side, drawn from what the brief prints: which share an axis, and how they are marked."""

from datetime import UTC, datetime

import pytest

from indicators.charts.facts import wrapped
from indicators.charts.theme import FOCUS, OTHERS, text_width
from indicators.language.fact_panels import listed_lines
from indicators.model.catalogue import ALL_PLACES
from indicators.model.spec import ChartSpec
from indicators.tasks.browse import Edition, View, facts_view_of
from indicators.tasks.draw import figure_of
from indicators.tasks.ready_views import READY_VIEWS
from tests import real

FUNDS = ("fund_size_announced", "fund_group_size", "fund_invested", "fiscal_grants")


def view(
    *indicators: str, years: tuple[int, ...] = (2022,), regions: tuple[str, ...] = (ALL_PLACES,), **fields
) -> View:
    spec = ChartSpec(chart="facts", indicators=indicators, regions=regions, years=years, **fields)
    edition = Edition(real.catalogue(), 7, datetime(2025, 1, 2, tzinfo=UTC), real.FOCUS)
    return facts_view_of(spec, observations=real.figures(), edition=edition)


def bars(figure) -> list[list[float]]:
    """Values of each panel."""
    return [list(trace.x) for trace in figure.data if trace.type == "bar"]


def words(figure) -> str:
    return "".join(note.text for note in figure.layout.annotations)


def test_only_what_compares_shares_an_axis_and_the_rest_is_listed_with_its_value_and_reason():
    shown = view(*FUNDS)
    assert bars(figure_of(shown)) == [[300.0, 50.0]]
    assert [fact.row["value"].iloc[0] for fact in shown.facts.listed] == [110.0, 20.41, 2.4, 50.0]
    lines = figure_of(shown).layout.meta["footer"]
    assert any("110亿元" in line and "不能并列" in line for line in lines)


def test_side_by_side_by_choice_puts_one_unit_on_one_axis_and_prints_why_it_does_not_compare():
    figure = figure_of(view(*FUNDS, side_by_side=True))
    assert bars(figure) == [[300.0, 110.0, 50.0, 20.41], [50.0, 2.4]]  # sums over 17 and 5 years by themselves
    assert "不能直接比较" in words(figure)
    assert "目标与结果" in words(figure)
    assert figure.layout.meta["query"].endswith("mix=1&lang=zh")
    assert "并列只作参照" in figure.layout.meta["title"]


def test_growth_over_different_windows_is_never_drawn():
    codes = ("contract_value_growth_annual",)
    for mixed in (False, True):
        shown = view(*codes, side_by_side=mixed)
        assert bars(figure_of(shown)) == []
        assert sorted(fact.row["value"].iloc[0] for fact in shown.facts.listed) == [12.3, 31.7, 39.5]
        windows = figure_of(shown).layout.meta["footer"]
        assert any("2017年—2021年" in line for line in windows)


def test_bars_start_at_0_and_each_panel_has_an_axis_of_its_own():
    figure = figure_of(view("contract_value", years=(2021, 2022), regions=("610000", "110000", "330100")))
    axes = [figure.layout[trace.xaxis.replace("x", "xaxis")] for trace in figure.data if trace.type == "bar"]
    assert len({trace.xaxis for trace in figure.data if trace.type == "bar"}) == len(axes) == 3
    assert [axis.range[0] for axis in axes] == [0, 0, 0]
    assert [axis.range[1] for axis in axes] == [max(values) for values in bars(figure)]


def test_a_target_is_hollow_with_a_dashed_outline_and_says_so():
    figure = figure_of(view("fund_size_announced"))
    assert figure.data[0].marker.color == (OTHERS, "rgba(0,0,0,0)")
    (outline,) = figure.layout.shapes
    assert (outline.x1, outline.line.dash) == (50.0, "4px,3px")
    assert [label.strip() for label in figure.data[0].text] == ["300亿元", "50亿元（目标）"]


def test_a_bound_has_an_arrow_at_its_open_end_and_an_unverified_figure_says_so():
    figure = figure_of(view("hightech_enterprises"))
    (arrows,) = [trace for trace in figure.data if trace.type == "scatter"]
    assert (list(arrows.x), arrows.marker.symbol) == ([10000.0], ("triangle-right",))
    labels = dict(zip(figure.data[0].x, figure.data[0].text, strict=True))
    assert labels[10000.0].strip() == "＞10,000家（待核）"


def test_a_derived_figure_is_hatched():
    figure = figure_of(view("conversion_rate", regions=("310000",)))
    assert dict(zip(figure.data[0].x, figure.data[0].marker.pattern.shape, strict=True)) == {
        78.45: "/",
        77.84: "",
        70.0: "",
    }


def test_the_focus_region_alone_has_the_accent():
    figure = figure_of(view("poc_centres", highlight="340100"))
    assert figure.data[0].marker.color == (OTHERS, FOCUS)


def test_spans_and_dates_stand_in_the_names():
    figure = figure_of(view("conversion_rate", regions=("310000",)))
    assert "1998年—2015年" in words(figure)
    assert "2022年11月30日" in words(figure_of(view("poc_centres")))


def test_of_annual_figures_those_of_the_years_asked_for_are_shown_or_the_last_one():
    shown = view("contract_value", years=(2021,), regions=("610000", "330100"))
    found = shown.series.shown.set_index(["region", "period"])["value"]
    assert found["330100", "2021"] == 771.6
    assert ("330100", "2022") not in found
    assert ("610000", "2021") in found
    last = view("hightech_enterprises", years=(2024,), regions=("330100",)).series.shown
    assert list(last["period"]) == ["2022"]


def test_a_figure_given_by_two_sources_is_shown_once():
    beijing = view("contract_value", years=(2021,), regions=("110000",)).series.shown
    annual = beijing[beijing["period"] == "2021"]
    assert list(annual["value"]) == [7005.65]


def test_a_vague_amount_is_listed_in_the_words_of_the_source():
    shown = view("projects_promoted")
    assert bars(figure_of(shown)) == []
    assert any("数千项" in line for line in figure_of(shown).layout.meta["footer"])


@pytest.mark.parametrize("ready", READY_VIEWS, ids=lambda ready: ready.code)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_ready_view_draws_all_its_figures_once_and_fits_a_phone(ready, language):
    shown = view(*ready.indicators, years=ready.years, regions=ready.regions, language=language)
    assert set(shown.series.shown["indicator"]) == set(ready.indicators)
    drawn = sum(len(values) for values in bars(figure_of(shown)))
    assert drawn + len(shown.facts.listed) == len(shown.series.table)
    for note in figure_of(shown).layout.annotations:
        assert text_width(note.text.replace("<b>", "").replace("</b>", ""), note.font.size) < 335


@pytest.mark.parametrize("panel", [panel for ready in READY_VIEWS for panel in view(*ready.indicators).facts.panels])
def test_no_panel_holds_what_does_not_compare(panel):
    assert panel.verdict.decision != "incomparable"


def test_words_wrap_at_blanks_and_ideographs_anywhere_but_before_a_stop():
    assert wrapped("one two three", width=55, size=13) == ["one two", "three"]
    assert wrapped("一二三四。五", width=52, size=13) == ["一二三", "四。五"]
    assert wrapped("至2022年止", width=60, size=13) == ["至2022年", "止"]


def test_no_figures_give_an_empty_figure_with_its_frame():
    figure = figure_of(view("poc_centres", regions=("540000",)))
    assert bars(figure) == []
    assert figure.layout.meta["title"]


MANAGERS = ("technology_managers", "technology_broker_titles", "transfer_staff", "broker_team")


def test_a_figure_is_listed_with_its_own_reason_and_not_with_that_of_another():
    shown = view(*MANAGERS)
    why = {name: said for name, _, said in listed_lines(shown.facts, shown.series, real.catalogue())}
    assert "重庆的数是目标，不是结果" in why["重庆 · 技术经理人数 · 2025年"]
    assert [name for name, said in why.items() if "重庆" in said] == ["重庆 · 技术经理人数 · 2025年"]
    assert [name for name, said in why.items() if "秦创原创新驱动平台的数" in said] == [
        "陕西 · 科技经纪人人数 · 秦创原创新驱动平台 · 2023年4月"
    ]


def test_a_span_is_named_as_a_span_and_never_by_its_last_year():
    shown = view("conversion_rate")
    assert "推算数：上海 2010年—2014年" in shown.caption.footer
    assert "待核：全国 2011, 2014年—2015年" in shown.caption.footer
    hovers = [text for trace in figure_of(shown).data if trace.type == "bar" for text in trace.hovertext]
    assert any(text.startswith("<b>上海</b> 2010年—2014年") for text in hovers)
