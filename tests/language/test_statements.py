"""Every number and comparison in the sentences is computed again, by other means, from what is drawn."""

import random
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import numpy as np
import pandas as pd
import pytest

from indicators.model.series import Series
from indicators.model.spec import ChartSpec
from indicators.tasks.browse import View
from tests import real
from tests.real import spec

NUMBER = r"([\d,.]+)"
TIMES = r"(约?[\d,.]+)"
COMPARED = ("contract_value", "rd_intensity", "rd_expenditure", "patents_granted", "hightech_mfg_profit", "gdp")


def said(view: ChartSpec) -> str:
    return real.view(view).sentences


def test_a_ranking_tells_level_place_distance_and_middle():
    assert said(spec()) == (
        "2024年陕西技术合同成交额为4,826亿元，同比增长17.2%。"
        "在31个有数据的省份中居第7位，比上年后移1位。"
        "居首的北京为9,153亿元，是陕西的1.9倍。"
        "陕西高于31个省份的中位数（1,518亿元）。"
    )


def test_a_ratio_differs_by_percentage_points():
    assert "居首的北京为6.58%，比陕西高3.97个百分点。" in said(spec(indicators=("rd_intensity",)))


def test_the_leader_is_compared_with_the_second():
    assert "北京居首，是第2位湖北（5,462亿元）的1.7倍。" in said(spec(highlight="110000"))


def test_two_years_tell_from_where_to_where_and_who_rose_most():
    assert said(spec("change", years=(2019, 2024))) == (
        "陕西由2019年的1,467亿元到2024年的4,826亿元，增长228.9%。在31个可比的地区中，28个上升、3个下降。"
        "升幅最大的是江西（由148.6亿元到2,583亿元，增至原来的17.4倍），降幅最大的是吉林（下降56.0%）。"
    )


def test_a_rise_from_next_to_nothing_is_told_with_both_values_and_never_in_percent():
    text = said(spec("ranking", years=(2018, 2024)))
    assert "升幅最大的是西藏（由0.04亿元到14.79亿元，增至原来的约400倍，基数很小）" in text
    english = said(spec("ranking", years=(2018, 2024), language="en"))
    assert "(from CNY 0.004 billion to CNY 1.479 billion, about 400 times as much, from a very small base)" in english
    assert "%" not in text.split("升幅最大的是西藏")[1].split("）")[0]


def test_small_numbers_keep_the_digits_that_their_multiple_is_of():
    text = said(spec("slope", years=(2014, 2024), indicators=("patents_granted",)))
    assert "西藏（由146件到2,308件，增至原来的15.8倍）" in text
    own = said(spec("slope", years=(2014, 2024), indicators=("patents_granted",), highlight="540000"))
    assert own.startswith("西藏由2014年的146件到2024年的2,308件，增至原来的15.8倍。")


def test_per_head_and_share_tell_level_place_distance_and_middle():
    assert said(spec(measure="per_capita")) == (
        "2024年陕西每万人技术合同成交额为1.221亿元。在31个有数据的省份中居第4位。"
        "居首的北京为4.193亿元/万人，是陕西的3.4倍。陕西高于31个省份的中位数（0.229亿元/万人）。"
    )
    assert said(spec(measure="share")) == (
        "2024年陕西技术合同成交额占全国比重为7.06%。在31个有数据的省份中居第7位。"
        "居首的北京为13.39%，比陕西高6.33个百分点。陕西高于31个省份的中位数（2.22%）。"
    )
    assert said(spec(measure="share_gdp")).startswith("2024年陕西技术合同成交额与地区生产总值之比为13.62%。")


def test_a_series_that_ends_in_a_bound_is_told_by_that_bound_in_title_and_sentence():
    view = real.view(spec("lines", "330100", range(2010, 2025), bases=("announced",)))
    assert view.caption.title == "2022年杭州技术合同成交额超过1,000亿元"
    assert view.sentences == "2022年杭州技术合同成交额超过1,000亿元。2021年杭州技术合同成交额为771.6亿元。"
    english = real.view(view.spec.but(language="en"))
    assert english.caption.title == "Tech contract value: more than CNY 100 billion in Hangzhou, 2022"


def test_a_trend_over_a_break_says_since_when_its_definition_holds():
    for chart in ("lines", "heat", "multiples"):
        text = said(spec(chart, "610000,510000", range(2011, 2025), indicators=("rd_intensity",)))
        assert text == (
            "2024年陕西R&D投入强度为2.61%，同比上升0.12个百分点。"
            "图中2024年起按“五经普修订后”口径，与此前各年不可直接相比；同比按同一口径计算。"
        )
    text = said(spec("lines", "610000", range(2010, 2025), measure="per_capita"))
    assert "分母自2011年起按“七普修订后”口径，与此前各年不可直接相比。2024年为2011年以来" in text


def test_among_countries_the_sentence_is_of_china_where_the_focus_is_a_province():
    assert said(spec("ranking", "countries", (2021,), indicators=("rd_gdp_international",))) == (
        "2021年中国R&D占GDP（国际）为2.43%，同比上升0.03个百分点。居首的以色列为5.56%，比中国高3.12个百分点（按舍入前的数计算）。"
    )


def test_where_an_earlier_year_does_not_compare_the_last_one_is_told_by_itself():
    for chart in ("ranking", "map", "table"):
        two = spec(chart, years=(2018, 2024), indicators=("rd_intensity",))
        assert said(two) == said(two.but(years=(2024,))) != ""
    assert said(spec("change", years=(2018, 2024), indicators=("rd_intensity",))) == ""


def test_nobody_is_counted_where_nobody_is():
    view = spec("slope", years=(2019, 2024), indicators=("gdp",))
    assert "31个可比的地区均上升。" in said(view)
    assert "All 31 comparable regions rose." in said(view.but(language="en"))


@pytest.mark.parametrize(
    ("measure", "from_to"),
    [
        ("growth", "陕西由2019年的30.4%到2024年的17.2%，下降13.2个百分点。"),
        ("share", "陕西由2019年的6.55%到2024年的7.06%，上升0.51个百分点。"),
        ("per_capita", "陕西由2019年的0.372亿元/万人到2024年的1.221亿元/万人，增长228.1%。"),
    ],
)
def test_two_years_of_any_measure_tell_how_it_moved(measure, from_to):
    assert said(spec("slope", years=(2019, 2024), measure=measure)).startswith(from_to)


PAIR = ("rd_expenditure", "contract_value")


def test_two_indicators_tell_their_correlation_and_the_side_of_both_lines():
    assert said(spec("scatter", indicators=PAIR)) == (
        "2024年31个地区的R&D经费与技术合同成交额相关系数为0.68，位次相关系数为0.89；相关不等于因果。"
        "陕西R&D经费为926.2亿元，高于31个地区的中位数（730.6亿元）。"
        "陕西技术合同成交额为4,826亿元，高于31个地区的中位数（1,518亿元）。"
    )
    assert "低于31个地区的简单平均（1,172亿元）" in said(spec("scatter", indicators=PAIR, reference="mean"))
    nation = said(spec("scatter", indicators=PAIR, reference="nation", measure="per_capita"))
    assert "低于全国（0.258亿元）。" in nation


def test_logarithms_and_places_are_said_to_be_such():
    assert "取对数后的相关系数为0.91" in said(spec("scatter", indicators=PAIR, scale="log"))
    places = said(spec("scatter", indicators=PAIR, measure="rank"))
    assert places.endswith("陕西技术合同成交额全国位次为第7位（31个有数据的省份）。")


def test_a_trend_tells_the_latest_the_peak_and_the_place():
    assert said(spec("lines", "610000", range(2010, 2025), language="en")) == (
        "Tech contract value of Shaanxi stood at CNY 482.6 billion in 2024 and grew by 17.2% on the year before. "
        "2024 is the highest since 2010, among 15 years with figures. "
        "Its national rank was 7th in both 2010 (of 30 provinces with figures) and 2024 (of 31). "
        "Between them it was as high as 2nd."
    )


def test_a_bound_among_those_compared_makes_no_distance():
    levels = real.levels("""
        region | period | value   | qualifier
        110000 | 2024   | 9153.26 | >
        420000 | 2024   | 5462.45 | =
        610000 | 2024   | 4825.91 | =
    """)
    assert real.view(spec("ranking", "110000,420000,610000"), levels).sentences == (
        "2024年陕西技术合同成交额为4,826亿元。在3个有数据的省份中居第3位。"
    )


def test_a_bound_is_never_told_as_a_value():
    levels = real.levels("region | period | value | qualifier\n610000 | 2024 | 4825.91 | >")
    assert real.view(spec("ranking", "610000"), levels).sentences == "2024年陕西技术合同成交额超过4,825亿元。"


def test_a_break_of_definition_is_not_bridged():
    text = said(spec("lines", "610000", range(2018, 2023), indicators=("rd_intensity",)))
    assert "2018" not in text


def views() -> Iterator[View]:
    choose = random.Random(20241125)
    provinces = real.catalogue().provinces
    for indicator in COMPARED:
        years = sorted(real.all_levels().query("indicator == @indicator and region == '610000'")["year"].unique())
        for year in choose.sample(years[1:], 4):
            for region in choose.sample(provinces, 4):
                shared = {"indicators": (indicator,), "highlight": region}
                yield real.view(spec(years=(year,), **shared))
                yield real.view(spec("change", years=(max(year - 3, years[0]), year), **shared))
                yield real.view(spec("lines", region, range(max(year - 6, years[0]), year + 1), **shared))


def test_every_number_said_is_right():
    count = 0
    for view in views():
        sentences = [sentence for sentence in view.sentences.split("。") if sentence]
        for sentence in sentences:
            assert holds(sentence, view.series), (view.spec, sentence)
        count += len(sentences)
    assert count > 600


def holds(sentence: str, series: Series) -> bool:
    """Whether one of the known claims matches the sentence, and is true."""
    matches = [(check, found) for pattern, check in CLAIMS if (found := re.fullmatch(pattern, sentence))]
    assert len(matches) == 1, sentence
    check, found = matches[0]
    return check(found.groups(), series)


def near(printed: str, value: float, *, whole: float = 1.0) -> bool:
    """Whether a printed number is the value rounded to the digits printed; `whole` undoes 万."""
    number = printed.replace(",", "")
    digits = len(number.partition(".")[2])
    return abs(float(number) - value / whole) <= 0.5000001 * 10**-digits


def figures(value: float) -> int:
    """Significant digits of a stored figure; those of a whole number all count."""
    whole, _, decimals = np.format_float_positional(value, precision=9, trim="-").partition(".")
    return len((whole + decimals).lstrip("0")) if decimals else len(whole)


def multiplied(printed: str, lower: float, upper: float) -> bool:
    """Whether a multiple is right, has no more digits than the less precise figure, and 约 where that costs any."""
    about, number = printed.startswith("约"), printed.removeprefix("约").replace(",", "")
    most = min(figures(lower), figures(upper))
    told = len(number.replace(".", "").lstrip("0"))
    if "." in number or told <= most:
        places = len(number.partition(".")[2])
        is_right = near(number, upper / lower) and told <= most
    else:
        places = most - told
        is_right = int(number) % 10**-places == 0 and abs(int(number) - upper / lower) <= 0.5 * 10**-places
    return is_right and about == (places < 1 and abs(float(number) - upper / lower) >= 0.05)


def own(series: Series, year: int | None = None) -> dict[str, float]:
    rows = series.at(year or series.spec.last_year)
    known = rows[rows["value"].notna()]
    usual = known["basis"].mode()
    return dict(known.loc[known["basis"] == usual.iloc[0], ["region", "value"]].itertuples(index=False))


def code(series: Series, name: str) -> str:
    return next(c for c in series.table["region"].unique() if real.catalogue().regions[c].short_zh == name)


def level(text: str, value: float) -> bool:
    number, unit = re.fullmatch(NUMBER + r"(.*)", text.replace("−", "")).groups()  # type: ignore[union-attr]
    return near(number, abs(value), whole=10_000 if unit.startswith("万") and unit != "万人" else 1.0)


def changed(text: str, before: float, after: float, *, points: bool) -> bool:
    change = after - before if points else (after / before - 1) * 100
    if text == "基本持平":
        return abs(change) < (0.005 if points else 0.05)
    if multiple := re.fullmatch(r"(?:由(\S+?)到(\S+?)，)?增至原来的" + TIMES + "倍(，基数很小)?", text):
        first, last, times, tiny = multiple.groups()
        are_ends = first is None or (level(first, before) and level(last, after))
        return are_ends and change >= 900 and multiplied(times, before, after) and bool(tiny) == (change >= 9900)
    if change >= 900 and not points:
        return False
    way, number = re.fullmatch(r"(增长|上升|下降)" + NUMBER + r"(?:%|个百分点)", text).groups()  # type: ignore[union-attr]
    return (way != "下降") == (change > 0) and near(number, abs(change))


def is_points(series: Series) -> bool:
    return series.spec.indicators[0] == "rd_intensity"


def levels_before(series: Series, region: str, year: int) -> dict[str, float]:
    basis = series.at(year).set_index("region").loc[region, "basis"]
    all_rows = real.all_levels()
    rows = all_rows[(all_rows["indicator"] == series.spec.indicators[0]) & (all_rows["year"] == year - 1)]
    rows = rows[(rows["basis"] == basis) & rows["region"].isin(real.catalogue().provinces)]
    return dict(rows[["region", "value"]].itertuples(index=False))


def place(values: dict[str, float], region: str) -> int:
    return 1 + sum(value > values[region] for value in values.values())


def nationwide(series: Series, region: str, year: int) -> dict[str, float]:
    basis = series.at(year).set_index("region").loc[region, "basis"]
    rows = real.all_levels()
    rows = rows[(rows["indicator"] == series.spec.indicators[0]) & (rows["year"] == year) & (rows["basis"] == basis)]
    return dict(rows[rows["region"].isin(real.catalogue().provinces)][["region", "value"]].itertuples(index=False))


def check_level(found, series) -> bool:
    year, text, change = found
    region = series.spec.highlight
    value = own(series, int(year))[region]
    is_right = level(text, value)
    if change is None:
        return is_right
    return is_right and changed(
        change, levels_before(series, region, int(year))[region], value, points=is_points(series)
    )


def check_place(found, series) -> bool:
    among, at, way, moved = found
    region = series.spec.highlight
    values = nationwide(series, region, series.spec.last_year)
    is_right = (len(values), place(values, region)) == (int(among), int(at))
    if way is None:
        return is_right
    step = place(levels_before(series, region, series.spec.last_year), region) - int(at)
    return is_right and step == {"前移": 1, "后移": -1}[way] * int(moved)


def check_same_place(found, series) -> bool:
    region = series.spec.highlight
    now = nationwide(series, region, series.spec.last_year)
    before = levels_before(series, region, series.spec.last_year)
    return len(now) == int(found[0]) and place(now, region) == int(found[1]) == place(before, region)


def check_first(found, series) -> bool:
    other, text, lead = found
    values = own(series)
    best = max(values.values())
    mine = values[series.spec.highlight]
    first = code(series, other)
    is_right = near(lead, best - mine) if is_points(series) else multiplied(lead, mine, best)
    return values[first] == best and level(text, best) and is_right


def check_second(found, series) -> bool:
    other, text, lead = found
    values = own(series)
    mine = values[series.spec.highlight]
    second = sorted(values.values())[-2]
    is_right = near(lead, mine - second) if is_points(series) else multiplied(lead, second, mine)
    is_second = values[code(series, other)] == second and mine == max(values.values())
    return is_second and level(text, second) and is_right


def check_middle(found, series) -> bool:
    side, among, text = found
    values = own(series)
    middle = median(values.values())
    mine = values[series.spec.highlight]
    way = "高于" if mine > middle else "低于" if mine < middle else "等于"
    return (side, int(among)) == (way, len(values)) and level(text, middle)


def check_from_to(found, series) -> bool:
    start, before, year, after, change = found
    region = series.spec.highlight
    first, last = own(series, int(start))[region], own(series, int(year))[region]
    return level(before, first) and level(after, last) and changed(change, first, last, points=is_points(series))


def differences(series: Series) -> dict[str, float]:
    first, last = (series.at(year).set_index("region") for year in (series.spec.years[0], series.spec.last_year))
    same = first["basis"] == last["basis"]
    if is_points(series):
        return (last["value"] - first["value"])[same].dropna().to_dict()
    return ((last["value"] / first["value"] - 1) * 100)[same & (first["value"] > 0)].dropna().to_dict()


def check_signs(found, series) -> bool:
    counts = [int(count or 0) for count in found]
    values = list(differences(series).values())
    signs = [sum(v > 0 for v in values), sum(v < 0 for v in values), sum(v == 0 for v in values)]
    return counts == [len(values), *signs]


def check_all_signs(found, series) -> bool:
    count, way = found
    values = list(differences(series).values())
    holds = {"上升": lambda v: v > 0, "下降": lambda v: v < 0, "持平": lambda v: v == 0}[way]
    return int(count) == len(values) and all(holds(value) for value in values)


def check_most(found, series) -> bool:
    most, change, least, other = found
    values = differences(series)
    top, low = code(series, most), code(series, least)
    if values[top] != max(values.values()) or values[low] != min(values.values()):
        return False
    first, last = (
        series.at(year).set_index("region")["value"] for year in (series.spec.years[0], series.spec.last_year)
    )
    return all(
        changed(text, first[region], last[region], points=is_points(series))
        for text, region in ((change, top), (other, low))
    )


def course(series: Series, start: str) -> pd.Series:
    rows = series.shown[series.shown["year"] >= int(start)]
    assert rows["basis"].nunique() == 1
    return rows.set_index("year")["value"]


def check_peak_now(found, series) -> bool:
    year, start, years = found
    values = course(series, start)
    return (values.idxmax(), len(values)) == (int(year), int(years))


def check_peak(found, series) -> bool:
    start, year, peak_year, text = found
    values = course(series, start)
    return (values.idxmax(), values.index[-1]) == (int(peak_year), int(year)) and level(text, values.max())


def check_rank_course(found, series) -> bool:
    start, before, year, now, among = found
    return check_rank_course_among_others((start, before, year, now, start, among, year, among), series)


def check_rank_course_among_others(found, series) -> bool:
    start, before, year, now, _, among_before, _, among = found
    region = series.spec.highlight
    first, last = nationwide(series, region, int(start)), nationwide(series, region, int(year))
    counts = (len(first), len(last)) == (int(among_before), int(among))
    return counts and (place(first, region), place(last, region)) == (int(before), int(now))


def check_same_rank(found, series) -> bool:
    start, year, now, among = found
    return check_rank_course((start, now, year, now, among), series)


def check_same_rank_among_others(found, series) -> bool:
    start, year, now, *counts = found
    return check_rank_course_among_others((start, now, year, now, *counts), series)


def check_rank_between(found, series) -> bool:
    best, worst = found
    region = series.spec.highlight
    course = series.shown[series.shown["region"] == region]
    segment = course[course["basis"] == course["basis"].iloc[-1]]
    at = [place(nationwide(series, region, int(year)), region) for year in segment["year"]]
    is_beyond = (min(at) < min(at[0], at[-1]), max(at) > max(at[0], at[-1]))
    is_right = (best is None or int(best) == min(at)) and (worst is None or int(worst) == max(at))
    return is_right and is_beyond == (best is not None, worst is not None)


def check_since(found, series) -> bool:
    year, basis, change = found
    rows = series.shown[series.shown["region"] == series.spec.highlight]
    codes = {code for code, entry in real.catalogue().bases.items() if entry.name_zh == basis}
    since = rows[rows["year"] >= int(year)]
    is_told = (change is not None) == bool(pd.notna(rows["change"].iloc[-1]))
    return set(since["basis"]) <= codes and rows[rows["year"] < int(year)]["basis"].iloc[-1] not in codes and is_told


AMONG_OTHERS = r"（有数据的省份(\d{4})年(\d+)个、(\d{4})年(\d+)个）"
CLAIMS = [
    (r"(\d{4})年.+为([\d,.−]+(?:万|亿)?(?:亿元|元|%|件|人年|万人|家|项)?)(?:，同比(.+))?", check_level),
    (r"在(\d+)个有数据的省份中居第(\d+)位(?:，比上年(前移|后移)(\d+)位)?", check_place),
    (r"在(\d+)个有数据的省份中居第(\d+)位，位次与上年相同", check_same_place),
    (r"居首的(.+)为([^，]+)，(?:是.+的|比.+高)" + TIMES + r"(?:倍|个百分点)", check_first),
    (r".+居首，(?:是|比)第2位(.+)（(.+)）(?:的|高)" + TIMES + r"(?:倍|个百分点)", check_second),
    (r".+(高于|低于|等于)(\d+)个省份的中位数（(.+)）", check_middle),
    (r"图中(\d{4})年起按“(.+)”口径，与此前各年不可直接相比(；同比按同一口径计算)?", check_since),
    (r".+由(\d{4})年的(\S+?)到(\d{4})年的(\S+?)，(.+)", check_from_to),
    (r"在(\d+)个可比的地区中，(?:(\d+)个上升)?、?(?:(\d+)个下降)?、?(?:(\d+)个持平)?", check_signs),
    (r"(\d+)个可比的地区均(上升|下降|持平)", check_all_signs),
    (r"(?:升|降)幅最.的是(.+?)（(.+?)），(?:降幅)?最.的是(.+?)（(.+?)）", check_most),
    (r"(\d{4})年为(\d{4})年以来（(\d+)个有数据的年份）最高", check_peak_now),
    (r"(\d{4})—(\d{4})年间(\d{4})年最高，为(.+)", check_peak),
    (r"全国位次由(\d{4})年第(\d+)位(?:升|降)至(\d{4})年第(\d+)位（(\d+)个有数据的省份）", check_rank_course),
    (r"全国位次(\d{4})年和(\d{4})年均为第(\d+)位（(\d+)个有数据的省份）", check_same_rank),
    (
        r"全国位次由(\d{4})年第(\d+)位(?:升|降)至(\d{4})年第(\d+)位" + AMONG_OTHERS,
        check_rank_course_among_others,
    ),
    (r"全国位次(\d{4})年和(\d{4})年均为第(\d+)位" + AMONG_OTHERS, check_same_rank_among_others),
    (r"其间(?:最好第(\d+)位)?、?(?:最低第(\d+)位)?", check_rank_between),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_said_of_nothing(language):
    levels = real.levels("region | period | value\n610000 | 2024 | 4825.91")
    assert real.view(spec("ranking", "540000", language=language), levels).sentences == ""


def test_a_difference_that_the_figures_told_do_not_give_says_so():
    text = said(spec(measure="share", highlight="130000"))
    assert "河北技术合同成交额占全国比重为2.87%" in text
    assert "居首的北京为13.39%，比河北高10.53个百分点（按舍入前的数计算）。" in text
    english = said(spec("slope", years=(2019, 2024), measure="growth", language="en"))
    assert "Shaanxi went from 30.4% in 2019 to 17.2% in 2024; it fell by 13.2 pp." in english


@pytest.mark.parametrize("measure", ["share", "share_gdp", "growth"])
def test_told_differences_are_those_of_the_figures_told_or_say_otherwise(measure):
    pattern = r"由\d{4}年的([−\d,.]+)%到\d{4}年的([−\d,.]+)%，(上升|下降)([\d,.]+)个百分点(（按舍入前的数计算）)?。"
    noted = []
    for region in real.catalogue().provinces:
        series = real.view(spec("slope", years=(2019, 2024), measure=measure, highlight=region))
        found = re.search(pattern, series.sentences)
        if found is None:
            assert re.match(r".+由2019年的(\S+)到2024年的\1，基本持平。", series.sentences)
            continue
        first, last, number = (Decimal(found[n].replace(",", "").replace("−", "-")) for n in (1, 2, 4))
        places = min(-number.as_tuple().exponent, -first.as_tuple().exponent, -last.as_tuple().exponent)
        assert -number.as_tuple().exponent == places
        values = [series.series.at(year).set_index("region").loc[region, "value"] for year in (2019, 2024)]
        assert near(found[4], abs(values[1] - values[0]))
        assert (found[3] == "上升") == (values[1] > values[0])
        told = abs(last - first).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        assert (told != number) == bool(found[5]), series.sentences
        noted.append(bool(found[5]))
    assert set(noted) == {True, False}


def test_the_footer_notes_differences_taken_before_rounding_where_any_of_them_shows_it():
    note = "差值按舍入前的数计算，末位可能与图中两数之差不同"
    assert note in real.view(spec("change", years=(2019, 2024), measure="share")).caption.footer
    exact = spec("change", "610000,420000", years=(2021, 2023), indicators=("rd_intensity",))
    assert note not in real.view(exact).caption.footer


def test_what_a_figure_is_divided_by_is_said_once_in_a_sentence_of_either_language():
    english = said(spec(measure="per_capita", language="en"))
    assert english.startswith("In 2024 Shaanxi stood at CNY 122.1 million (tech contract value per 10,000 residents).")
    assert "Beijing leads with CNY 419.3 million per 10,000 residents, 3.4 times that of Shaanxi." in english
    nation = spec("scatter", indicators=PAIR, measure="per_capita", reference="nation", language="en")
    assert "Tech contract value per 10,000 residents of Shaanxi: CNY 122.1 million, above the nation" in said(nation)


def test_where_nobody_is_followed_the_counts_say_between_which_years():
    among = spec("map", years=(2012, 2021), indicators=("population",), measure="share", highlight="CHN")
    assert said(among).startswith("2021年与2012年相比，在31个可比的地区中，15个上升、16个下降。")
    assert said(among.but(language="en")).startswith("From 2012 to 2021: Of 31 comparable regions, 15 rose")
