"""The rules of honest charts, held for every kind of chart on the awkward figures that there are."""

import re
from datetime import UTC, datetime
from functools import cache

import pytest

from indicators.charts.theme import FOCUS
from indicators.model.catalogue import Indicator
from indicators.model.spec import ChartSpec
from indicators.tasks.browse import Edition, View, facts_view_of
from indicators.tasks.draw import figure_of
from tests import real
from tests.figures import plain

KINDS = ("ranking", "map", "change", "slope", "heat", "multiples", "lines", "scatter", "strip", "facts")
MANY = ("heat", "multiples", "lines", "scatter", "strip")
OF_SEVERAL_INDICATORS = ("scatter", "strip", "facts")
MOST_BYTES = 150_000
ALL_34 = "provinces,710000,810000,820000"
# Each choice is awkward in its own way; all figures are the real ones.
CHOICES: dict[str, dict[str, object]] = {
    "usual": {},
    "one region": {"regions": ("610000",)},
    "34 regions": {"regions": tuple(ALL_34.split(","))},
    "nothing": {"regions": ("710000", "810000")},
    "negative and zero": {"indicators": ("hightech_mfg_profit",), "years": (2013, 2014)},
    "bounds": {"regions": ("110000", "610000"), "indicators": ("contract_count",), "years": (2012, 2021)},
    "target": {"regions": ("500000", "610000"), "years": (2020, 2024)},
    "break": {"indicators": ("rd_intensity",), "years": (2017, 2024)},
    "ratio": {"indicators": ("rd_intensity",), "years": (2023, 2024)},
    "huge": {"indicators": ("gdp",), "years": (2022, 2024)},
    "wholes": {"regions": ("totals",), "years": (2019, 2024)},
    "countries": {"indicators": ("rd_gdp_international",), "regions": ("countries",), "years": (2015, 2020)},
    "growth": {"measure": "growth", "years": (2022, 2024)},
    "gap": {"measure": "gap", "years": (2022, 2024)},
}
VIEWS = [(kind, choice) for kind in KINDS for choice in CHOICES]


def viewed(kind: str, choice: str, language: str = "zh") -> ChartSpec:
    """The spec of a choice; a scatter pairs its indicator with GRP, a profile and single figures put it beside it."""
    fields = {"years": (2019, 2024), "regions": ("provinces",), **CHOICES[choice]}
    if kind in OF_SEVERAL_INDICATORS:
        own = fields.get("indicators", ("contract_value",))
        fields["indicators"] = (*own, "contract_count" if own == ("gdp",) else "gdp")  # type: ignore[misc]
    first, last = fields["years"]  # type: ignore[misc]
    years = tuple(range(first, last + 1)) if kind in MANY else (last,) if kind in ("ranking", "map") else (first, last)
    regions = fields.pop("regions")
    return real.spec(kind, ",".join(regions), **{**fields, "years": years, "language": language})  # type: ignore[arg-type]


@cache
def shown(kind: str, choice: str, language: str = "zh") -> View:
    spec = viewed(kind, choice, language)
    if kind != "facts":
        return real.view(spec)
    edition = Edition(real.catalogue(), 7, datetime(2025, 1, 2, tzinfo=UTC), real.FOCUS)
    return facts_view_of(spec, observations=real.figures(), edition=edition)


@cache
def drawn(kind: str, choice: str, language: str = "zh"):
    return figure_of(shown(kind, choice, language))


def axes(figure, letter: str) -> list:
    return [axis for name, axis in figure.to_plotly_json()["layout"].items() if name.startswith(f"{letter}axis")]


@pytest.mark.parametrize(("kind", "choice"), VIEWS)
def test_title_subtitle_footer_version_and_link_travel_with_every_figure(kind, choice):
    for language in ("zh", "en"):
        meta = drawn(kind, choice, language).layout.meta
        assert all((meta["title"], meta["alt"], meta["footer"]))
        assert meta["query"].startswith(f"chart={kind}&")
        assert meta["revision"] == 7
        assert any("r7" in line for line in meta["footer"])
        if kind not in OF_SEVERAL_INDICATORS:  # whose units stand at the axes and in the rows
            assert ("单位：" if language == "zh" else "Unit:") in meta["subtitle"] or choice == "nothing"
        if kind != "facts":  # each of which names its own time
            assert str(viewed(kind, choice).last_year) in meta["subtitle"]


@pytest.mark.parametrize(("kind", "choice"), VIEWS)
def test_no_legend_no_pie_no_second_axis_no_turned_names(kind, choice):
    figure = drawn(kind, choice)
    assert figure.layout.showlegend is False
    assert {trace.type for trace in figure.data} <= {"bar", "scatter", "heatmap"}
    for axis in [*axes(figure, "x"), *axes(figure, "y")]:
        assert kind == "facts" or not axis.get("overlaying")  # panels one under another have an axis each
        assert axis.get("tickangle", 0) in (0, None)


@pytest.mark.parametrize("choice", CHOICES)
def test_bars_start_at_0(choice):
    figure = drawn("ranking", choice)
    low, high = figure.layout.xaxis.range
    assert low <= 0 <= high
    assert figure.data[0].base is None


@pytest.mark.parametrize("choice", CHOICES)
def test_bars_of_single_figures_start_at_0_and_are_the_series_table_unrounded(choice):
    figure, view = drawn("facts", choice), shown("facts", choice)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    for trace in bars:
        low, high = figure.layout[trace.xaxis.replace("x", "xaxis")].range
        assert (trace.base, low <= 0 <= high) == (None, True)
    apart = [value for fact in view.facts.listed for value in fact.row["value"]]
    assert sorted([*(value for trace in bars for value in trace.x), *apart]) == sorted(view.series.table["value"])


@pytest.mark.parametrize("choice", CHOICES)
def test_the_axis_of_levels_over_the_years_holds_0(choice):
    for axis in axes(drawn("lines", choice), "y"):
        assert min(axis["range"]) <= 0 <= max(axis["range"])


@pytest.mark.parametrize(("kind", "choice"), VIEWS)
def test_no_figure_sends_more_than_it_draws(kind, choice):
    assert len(drawn(kind, choice).to_json()) <= MOST_BYTES


LARGEST = {
    "ranking": {"years": (2000, 2024)},
    "map": {"years": (2024,)},
    "change": {"years": (2006, 2024)},
    "slope": {"years": (2006, 2024)},
    "heat": {"years": range(2000, 2025)},
    "multiples": {"years": range(2000, 2025)},
    "lines": {"years": range(2000, 2025)},
    "scatter": {
        "regions": "610000,110000,310000,320000,330000,440000,provinces",
        "years": range(2000, 2025),
        "indicators": ("gdp", "rd_intensity", "contract_value"),
    },
    "strip": {"years": range(2000, 2025), "regions": "provinces,110000,310000,320000,330000,440000,420000"},
}


@pytest.mark.parametrize("kind", LARGEST)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_31_regions_and_25_years_stay_small(kind, language):
    codes = tuple(code for code, entry in real.catalogue().indicators.items() if _has_provinces(code, entry))[:24]
    fields = {"regions": "provinces", "indicators": codes if kind == "strip" else ("gdp",), **LARGEST[kind]}
    figure = real.figure(real.spec(kind, **fields, language=language))  # type: ignore[arg-type]
    assert len(figure.to_json().encode()) <= MOST_BYTES


def _has_provinces(code: str, entry: Indicator) -> bool:
    levels = real.all_levels()
    return len(set(levels.loc[levels["indicator"] == code, "region"]) & set(real.catalogue().provinces)) > 20


@pytest.mark.parametrize(("kind", "choice"), VIEWS)
def test_every_mark_of_a_figure_tells_its_region_time_and_value_on_hover(kind, choice):
    for trace in drawn(kind, choice).data:
        if trace.hoverinfo == "skip" or trace.hovertemplate is None:
            assert trace.hoverinfo == "skip"
            continue
        words = _flat(trace.hovertext)
        known = [x is not None for x in plain(trace.to_plotly_json()["x"])] if trace.type == "scatter" else None
        for word, is_mark in zip(
            words, known if known and len(known) == len(words) else [True] * len(words), strict=True
        ):
            assert word == "" or not is_mark or re.search(r"\d", word) or "<br>" in word


def _flat(words) -> list[str]:
    rows = [words] if isinstance(words, str) else list(words)
    return [str(cell) for row in rows for cell in ([row] if isinstance(row, str) else row)]


@pytest.mark.parametrize("choice", CHOICES)
def test_a_profile_has_a_row_for_every_indicator_that_the_region_has_figures_of(choice):
    view = shown("strip", choice)
    own = view.series.shown
    names = [a.text for a in drawn("strip", choice).layout.annotations]
    for code in own.loc[own["region"] == "610000", "indicator"].unique():
        assert real.catalogue().indicators[code].short("zh") in names


@pytest.mark.parametrize("choice", CHOICES)
def test_a_scatter_has_a_mark_for_every_region_with_both_figures(choice):
    view = shown("scatter", choice)
    last = view.series.at(view.spec.last_year).dropna(subset=["value"])
    both = last.groupby("region")["indicator"].nunique()
    drawn_regions = {
        r for t in drawn("scatter", choice).data if t.mode == "markers" and t.customdata for r in t.customdata
    }
    footer = "".join(drawn("scatter", choice).layout.meta["footer"])
    for region in set(both[both == 2].index) - drawn_regions:
        assert real.catalogue().regions[region].short("zh") in footer


@pytest.mark.parametrize("choice", CHOICES)
def test_what_lines_draw_is_the_series_table_unrounded(choice):
    view = real.view(viewed("lines", choice))
    numbers = {value for trace in drawn("lines", choice).data for value in plain(trace.to_plotly_json()["y"]) if value}
    assert set(view.series.shown["value"]) - {0.0} <= numbers | {0.0}


@pytest.mark.parametrize("choice", CHOICES)
def test_what_bars_draw_is_the_series_table_unrounded(choice):
    view = real.view(viewed("ranking", choice))
    shown = view.series.at(view.spec.last_year)
    assert set(drawn("ranking", choice).data[0].x) <= set(shown["value"].dropna())


@pytest.mark.parametrize(("kind", "choice"), [view for view in VIEWS if view[0] not in ("map", "strip")])
def test_without_the_region_in_focus_nothing_is_vermilion(
    kind, choice
):  # all provinces are on a map, one has a profile
    figure = drawn(kind, choice).to_plotly_json()
    if "610000" not in set(shown(kind, choice).series.table["region"]):
        assert FOCUS not in str(figure)


@pytest.mark.parametrize(("kind", "choice"), VIEWS)
def test_labels_have_at_most_four_significant_digits(kind, choice):
    figure = drawn(kind, choice)
    texts = [text for trace in figure.data for text in _texts(trace)] + [a.text for a in figure.layout.annotations]
    for number in re.findall(r"\d[\d,]*\.\d+", " ".join(filter(None, texts))):
        assert len(number.replace(",", "").replace(".", "").lstrip("0")) <= 4, number


def _texts(trace) -> list[str]:
    if trace.text is None:
        return []
    flat = trace.text if isinstance(trace.text, list | tuple) else list(trace.text)
    return [str(cell) for row in flat for cell in (row if isinstance(row, list | tuple) else [row])]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("strip", "facts")])
def test_regions_without_a_figure_are_listed_under_the_chart(kind):
    footer = " ".join(drawn(kind, "34 regions").layout.meta["footer"])
    assert all(name in footer for name in ("台湾", "香港", "澳门"))


@pytest.mark.parametrize("kind", ["lines", "multiples", "heat"])
def test_a_change_of_definition_is_told(kind):
    assert any("口径" in line for line in drawn(kind, "break").layout.meta["footer"])


def test_a_rate_changes_by_percentage_points():
    view = real.spec("change", years=(2019, 2022), indicators=("rd_intensity",))
    assert real.view(view).caption.title == "2019—2022年陕西R&D投入强度上升0.08个百分点，升幅居31地第25位"


def test_no_growth_from_0_or_below():
    view = real.view(real.spec("ranking", "640000", (2014,), indicators=("hightech_mfg_profit",), measure="growth"))
    row = view.series.table.iloc[0]
    assert (row["value"] != row["value"], row["reason"]) == (True, "base_not_positive")
