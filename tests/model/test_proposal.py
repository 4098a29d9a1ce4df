"""What becomes of the figures of a file. All figures are real; contract values in 亿元."""

import pandas as pd
import pytest

from indicators.model.observation import with_target_mark
from indicators.model.proposal import PROPOSED, Proposal, settled
from tests.real import catalogue, drawn

HELD = """
region | period | value   | basis  | source | status
110000 | 2023   | 8536.94 | seller | s02    | actual
110000 | 2023   | 8536.9  | seller | s21    | actual
610000 | 2023   | 4118.46 | seller | s02    | actual
610000 | 2024   | 4825.91 | seller | s02    | provisional
"""
OWN = "upload-1"


def read(drawing: str) -> pd.DataFrame:
    """Lines of `column | column` as a frame of texts."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    return pd.DataFrame(lines[1:], columns=lines[0], dtype="str")


def settle(drawing: str, held: str = HELD, **how: object) -> Proposal:
    """The figures of a drawn file, contract values unless it says otherwise, against those that hold."""
    usual = {
        "indicator": "contract_value",
        "subject": "",
        "basis": "",
        "source": "",
        "qualifier": "=",
        "status": "",
        "unit": "亿元",
        "sheet": "成交额",
    }
    rows = read(drawing)
    rows = rows.assign(**{name: text for name, text in usual.items() if name not in rows})
    rows = rows.assign(cell=[f"C{place}" for place in range(4, 4 + len(rows))], printed=rows["value"])
    rows = rows.assign(locator="表.xlsx!成交额!" + rows["cell"], value=rows["value"].astype(float))
    proposed = with_target_mark(rows)[PROPOSED]
    before = drawn(held, indicator="contract_value", subject="", unit="亿元", qualifier="=")
    return settled(proposed, before, catalogue(), **{"source": "", "own_source": OWN, "answers": {}, **how})


def fates(proposal: Proposal) -> list[tuple]:
    rows = proposal.rows
    return list(zip(rows["fate"], rows["source"], rows["status"], strict=True))


def told(proposal: Proposal) -> dict[str, tuple]:
    return {
        problem.code: (problem.severity, problem.cell, problem.details.get("count")) for problem in proposal.problems
    }


def test_a_figure_that_equals_one_that_holds_is_that_one_whoever_published_it():
    proposal = settle("region | period | value\n110000 | 2023 | 8536.94\n110000 | 2023 | 8536.9")
    assert fates(proposal) == [("unchanged", "s02", "actual"), ("unchanged", "s21", "actual")]
    assert told(proposal) == {}


def test_another_figure_revises_the_one_that_is_shown_and_says_that_its_source_stays():
    proposal = settle("region | period | value\n610000 | 2023 | 4120")
    assert fates(proposal) == [("revised", "s02", "actual")]
    assert told(proposal) == {"source.kept": ("note", "C4", 1)}


def test_a_status_that_the_file_does_not_say_stays():
    assert fates(settle("region | period | value\n610000 | 2024 | 4830")) == [("revised", "s02", "provisional")]
    said = settle("region | period | value | status\n610000 | 2024 | 4825.91 | actual")
    assert fates(said) == [("revised", "s02", "actual")]


def test_a_new_figure_has_the_file_as_its_source_unless_somebody_names_one():
    drawing = "region | period | value\n310000 | 2024 | 5009.32"
    assert fates(settle(drawing)) == [("added", OWN, "actual")]
    assert told(settle(drawing)) == {"source.own": ("note", "C4", 1)}
    assert fates(settle(drawing, source="s01")) == [("added", "s01", "actual")]


def test_a_source_named_for_the_file_leaves_equal_figures_and_stands_beside_others():
    proposal = settle("region | period | value\n610000 | 2023 | 4118.46\n110000 | 2023 | 8537", source="s13")
    assert fates(proposal) == [("unchanged", "s02", "actual"), ("added", "s13", "actual")]
    assert told(proposal) == {"source.behind": ("warning", "C5", 1)}


def test_a_source_named_in_the_row_is_the_key():
    proposal = settle("region | period | value | source\n110000 | 2023 | 8537 | s21\n610000 | 2023 | 4118.46 | s01")
    assert fates(proposal) == [("revised", "s21", "actual"), ("added", "s01", "actual")]


def test_figures_that_settling_makes_one_are_told_and_two_different_ones_are_an_error():
    head = "region | period | value | basis\n310000 | 2024 | 5009.32 | seller\n"
    same = settle(f"{head}310000 | 2024 | 5009.32 |")
    assert [fate for fate, _, _ in fates(same)] == ["added", "again"]
    assert told(same)["draft.repeated"] == ("note", "C5", 1)
    other = settle(f"{head}310000 | 2024 | 5009.23 |")
    problem = next(p for p in other.problems if p.code == "draft.conflict")
    assert (problem.severity, problem.cell, problem.details["place"]) == ("error", "C5", "成交额!C4")


def test_the_basis_is_the_one_that_holds_at_the_place():
    proposal = settle("region | period | value\n610000 | 2025 | 5000")
    assert proposal.rows["basis"].tolist() == ["seller"]
    assert "basis.assumed" not in told(proposal)


def test_a_region_without_figures_gets_the_basis_that_is_the_latest_elsewhere():
    proposal = settle("region | period | value\n310000 | 2024 | 5009.32")
    assert proposal.rows["basis"].tolist() == ["seller"]
    assert "basis.assumed" not in told(proposal)


REVISED_GDP = """
region | period | value    | basis   | source
610000 | 2022   | 32772.68 | census4 | s10
610000 | 2022   | 33000.16 | census5 | s09
"""


def test_of_two_bases_the_first_official_one_is_assumed_with_a_warning_that_can_be_answered():
    gdp = catalogue().indicators["gdp"]
    first, other = gdp.all_bases[:2]
    held = REVISED_GDP.replace("census4", other).replace("census5", first)
    drawing = "indicator | region | period | value\ngdp | 610000 | 2022 | 32838.2"
    before = drawn(held, indicator="gdp", subject="", unit="亿元", qualifier="=", status="actual")

    def against(answers: dict[str, str]) -> Proposal:
        rows = settle(drawing, answers={}).rows[PROPOSED].assign(basis="", source="", status="")
        return settled(rows, before, catalogue(), source="", own_source=OWN, answers=answers)

    guessed = against({})
    assert guessed.rows["basis"].tolist() == [first]
    warning = next(p for p in guessed.problems if p.code == "basis.assumed")
    assert (warning.severity, warning.question) == ("warning", "basis:gdp")
    answered = against({"basis:gdp": other})
    assert fates(answered) == [("revised", "s10", "actual")]
    assert "basis.assumed" not in told(answered)


@pytest.mark.parametrize(("value", "source"), [("32772.68", "s10"), ("33000.16", "s09")])
def test_a_figure_that_equals_that_of_either_basis_is_that_one(value, source):
    proposal = gdp(f"gdp | 610000 | 2022 | {value}", REVISED_GDP)
    assert fates(proposal) == [("unchanged", source, "actual")]
    assert proposal.problems == ()


GDP_BEFORE_AND_AFTER = """
region | period | value   | basis   | source
110000 | 2021   | 44350.7 | census5 | s09
110000 | 2021   | 41045.6 | census4 | s10
110000 | 2022   | 45222.4 | census5 | s09
110000 | 2022   | 41540.9 | census4 | s10
610000 | 2021   | 30476.6 | census5 | s09
610000 | 2021   | 30121.7 | census4 | s10
610000 | 2022   | 33035.6 | census5 | s09
610000 | 2022   | 32838.2 | census4 | s10
"""


def gdp(figures: str, held: str = GDP_BEFORE_AND_AFTER) -> Proposal:
    """GDP of a file that names no basis, against both series that hold unless others are given."""
    rows = settle(f"indicator | region | period | value\n{figures}").rows[PROPOSED]
    unsaid = rows.assign(basis="", source="", status="")
    before = drawn(held, indicator="gdp", subject="", unit="亿元", qualifier="=", status="actual")
    return settled(unsaid, before, catalogue(), source="", own_source=OWN, answers={})


def test_a_file_whose_figures_are_those_of_one_basis_follows_it():
    old = "gdp | 110000 | 2021 | 41045.6\ngdp | 110000 | 2022 | 41540.9\ngdp | 610000 | 2021 | 30121.7\n"
    proposal = gdp(f"{old}gdp | 610000 | 2022 | 32838.2")
    assert fates(proposal) == [("unchanged", "s10", "actual")] * 4
    assert proposal.problems == ()
    corrected = gdp(f"{old}gdp | 610000 | 2022 | 32772.68")
    assert fates(corrected)[3] == ("revised", "s10", "actual")
    assert told(corrected)["basis.assumed"] == ("warning", "C7", 1)


def test_a_file_whose_figures_are_rounded_from_those_of_one_basis_follows_it():
    proposal = gdp("gdp | 110000 | 2021 | 41046\ngdp | 110000 | 2022 | 41541\ngdp | 610000 | 2021 | 30122")
    assert fates(proposal) == [("revised", "s10", "actual")] * 3
    assert "basis.assumed" not in told(proposal)


def test_a_figure_of_another_basis_than_the_others_is_told():
    new = "gdp | 110000 | 2021 | 44350.7\ngdp | 110000 | 2022 | 45222.4\ngdp | 610000 | 2021 | 30476.6\n"
    proposal = gdp(f"{new}gdp | 610000 | 2022 | 32838.2")
    assert fates(proposal)[2:] == [("unchanged", "s09", "actual"), ("revised", "s09", "actual")]
    assert told(proposal)["basis.assumed"] == ("warning", "C7", 1)


NATION_BEFORE = """
region | period | value     | basis   | source
CHN    | 2018   | 919281.13 | census4 | s18
CHN    | 2019   | 986515.2  | census4 | s18
CHN    | 2020   | 1013567   | census4 | s18
CHN    | 2021   | 1149236.98 | census4 | s18
"""


def test_figures_that_all_differ_from_those_of_the_only_basis_may_be_of_another():
    rows = "\n".join(
        f"gdp | CHN | {year} | {value}"
        for year, value in ((2018, 936010.1), (2019, 1005872.4), (2020, 1034867.6), (2021, 1173823))
    )
    revised = gdp(rows, NATION_BEFORE)
    assert {fate for fate, _, _ in fates(revised)} == {"revised"}
    assert told(revised)["basis.assumed"] == ("warning", "C4", 4)
    one_of_four = gdp(
        "gdp | CHN | 2018 | 919281.13\ngdp | CHN | 2019 | 986515.2\ngdp | CHN | 2020 | 1013567\n"
        "gdp | CHN | 2021 | 1173823",
        NATION_BEFORE,
    )
    assert [fate for fate, _, _ in fates(one_of_four)] == ["unchanged"] * 3 + ["revised"]
    assert "basis.assumed" not in told(one_of_four)


def test_a_few_figures_where_only_the_older_of_two_bases_holds_are_asked_about():
    """The nation's GDP holds up to 2022 before the fifth census, in 2024 after it; that of 2021 was revised by it."""
    held = f"{NATION_BEFORE}CHN | 2024 | 1349084 | census5 | s18\n"
    one = gdp("gdp | CHN | 2021 | 1173823", held)
    assert told(one)["basis.assumed"] == ("warning", "C4", 1)
    same = "gdp | CHN | 2018 | 919281.13\ngdp | CHN | 2019 | 986515.2\ngdp | CHN | 2020 | 1013567\n"
    assert "basis.assumed" not in told(gdp(f"{same}gdp | CHN | 2021 | 1173823", held))


def test_a_new_year_follows_the_newer_of_two_bases():
    proposal = gdp("gdp | 610000 | 2024 | 35437.1", f"{GDP_BEFORE_AND_AFTER}610000 | 2023 | 33976.5 | census5 | s09\n")
    assert proposal.rows["basis"].tolist() == ["census5"]
    assert "basis.assumed" not in told(proposal)


def test_a_target_stands_beside_a_result():
    proposal = settle("region | period | value | status\n610000 | 2023 | 4118.46 | target")
    assert fates(proposal) == [("added", OWN, "target")]


def test_nothing_proposed_settles_to_nothing():
    proposal = settle("region | period | value\n610000 | 2023 | 4118.46")
    empty = settled(
        proposal.rows[PROPOSED].iloc[:0],
        drawn(HELD, indicator="contract_value", subject="", unit="亿元", qualifier="="),
        catalogue(),
        source="",
        own_source=OWN,
        answers={},
    )
    assert empty.rows.empty
    assert empty.new.empty


@pytest.mark.parametrize("qualifier", [">", "~"])
def test_another_qualifier_is_another_figure(qualifier):
    proposal = settle(f"region | period | value | qualifier\n610000 | 2023 | 4118.46 | {qualifier}")
    assert fates(proposal) == [("revised", "s02", "actual")]
    assert isinstance(proposal.rows, pd.DataFrame)
