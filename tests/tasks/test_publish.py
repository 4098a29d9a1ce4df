"""From a file to a revision. Contract values are real, in 亿元, unless a test corrects one."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from indicators.errors import Conflict, Forbidden, Invalid, NotFound
from indicators.model.access import READER, local_person
from indicators.model.diagnostic import Diagnostic
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import Store, open_store
from indicators.store.files import list_files, read_file
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision, list_revisions
from indicators.store.schema import metadata, revision_files
from indicators.store.verify import verify
from indicators.tasks.history import figure_history, withdraw
from indicators.tasks.import_workbook import Draft, report
from indicators.tasks.new_entries import new_indicator, new_source
from indicators.tasks.publish import changed_meanwhile, publish_draft
from indicators.tasks.roll_back import roll_back
from tests.loaded import load
from tests.tasks.uploads import CORRECTED, NOW, contracts, draft
from tests.workbook.written import saved, written

ANALYST = local_person("张三")
SHAANXI_2024 = {"indicator": "contract_value", "region": "610000", "period": "2024"}


@pytest.fixture
def filled(data_file: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(data_file, tmp_path / "store.sqlite")
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield opened
    opened.engine.dispose()


@pytest.fixture
def each(store: Store) -> Store:
    """The figures on either database in turn."""
    load(store)
    return store


def publish(store: Store, of: Draft, **how: object) -> int:
    given = {"person": ANALYST, "note": "更正", "accepts_warnings": False, "now": NOW, **how}
    return publish_draft(store, of, **given)


def everything(store: Store) -> list[list]:
    with store.reading() as connection:
        return [sorted(connection.execute(select(table)).all(), key=repr) for table in metadata.sorted_tables]


def shown(store: Store, revision: int, **figure: str) -> pd.DataFrame:
    rows = read_observations(store, revision=revision)
    return rows[(rows[list(figure)] == list(figure.values())).all(axis=1)].reset_index(drop=True)


def test_a_corrected_figure_becomes_a_revision_with_its_file_and_its_cell(each):
    content = contracts(("北京", 8536.94, 9153.26), ("陕西", 4118.46, CORRECTED))
    made = draft(each, content)
    assert [p for p in made.problems if p.severity != "note"] == []
    assert (len(made.changes.revised), len(made.changes.added), made.proposal.count("unchanged")) == (1, 0, 3)
    assert publish(each, made) == 2
    row = shown(each, 2, **SHAANXI_2024, basis="seller").iloc[0]
    assert (row["value"], row["source"], row["locator"]) == (CORRECTED, "s02", "成交额.xlsx!Sheet1!C5")
    assert shown(each, 1, **SHAANXI_2024, basis="seller")["value"].tolist() == [4825.91]
    newest = list_revisions(each).iloc[0]
    assert (newest["author"], newest["note"], newest["origin"]) == ("张三", "更正", "workbook")
    assert (newest["added"], newest["revised"], newest["withdrawn"]) == (0, 1, 0)
    kept = read_file(each, 2)
    assert (kept.name, kept.content, newest["origin_hash"]) == ("成交额.xlsx", content, sha256(content).hexdigest())
    assert list_files(each) == {2: "成交额.xlsx"}
    assert verify(each) == []


def test_an_empty_cell_and_a_missing_mark_change_nothing(filled):
    made = draft(filled, contracts(("北京", None, 9153.26), ("陕西", "—", "…")))
    assert made.changes.count == 0
    with pytest.raises(Conflict, match=r"publish\.nothing"):
        publish(filled, made)
    assert current_revision(filled) == 1


def test_a_new_year_gets_the_file_as_its_source_published_by_its_author(filled):
    made = draft(filled, contracts(("陕西", 4825.91, 5000.5), years=("2024年", "2025年")))
    assert publish(filled, made, accepts_warnings=True) == 2
    row = shown(filled, 2, indicator="contract_value", region="610000", period="2025").iloc[0]
    source = read_catalogue(filled, 2).sources[row["source"]]
    assert (source.name_zh, source.publisher_zh, source.classification) == ("工作簿 成交额.xlsx", "张三", "internal")
    assert verify(filled) == []
    again = draft(filled, contracts(("陕西", 4825.91, 5000.5), years=("2024年", "2025年")))
    assert again.changes.count == 0


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"person": READER}, "access.publish"),
        ({"person": local_person("  ")}, "publish.author"),
        ({"note": " "}, "publish.note"),
    ],
)
def test_a_refused_publication_changes_nothing(filled, how, code):
    made = draft(filled, contracts(("陕西", 4118.46, CORRECTED)))
    before = everything(filled)
    with pytest.raises((Forbidden, Invalid)) as refusal:
        publish(filled, made, **how)
    assert refusal.value.code == code
    assert everything(filled) == before


@pytest.mark.parametrize(("severity", "code"), [("error", "publish.errors"), ("warning", "publish.warnings")])
def test_errors_block_and_warnings_want_a_tick(filled, severity, code):
    made = draft(filled, contracts(("陕西", 4118.46, CORRECTED)))
    doubted = replace(made, problems=(Diagnostic("region.none", severity, "Sheet1", "C4"),))
    with pytest.raises(Conflict) as refusal:
        publish(filled, doubted)
    assert (refusal.value.code, refusal.value.details) == (code, {"count": 1})
    if severity == "warning":
        assert publish(filled, doubted, accepts_warnings=True) == 2


def test_the_second_of_two_analysts_is_told_what_changed_meanwhile(each):
    mine = draft(each, contracts(("陕西", 4118.46, CORRECTED)), name="mine.xlsx")
    theirs = draft(each, contracts(("陕西", 4118.46, 4830), ("北京", 8536.94, 9153)), name="theirs.xlsx")
    publish(each, theirs, accepts_warnings=True)
    with pytest.raises(Conflict) as refusal:
        publish(each, mine)
    assert (refusal.value.code, refusal.value.details) == ("revision.moved", {"expected": 1, "newest": 2})
    changed = changed_meanwhile(each, mine)
    assert changed[["region", "period", "value_before", "value"]].values.tolist() == [
        ["610000", "2024", 4825.91, 4830.0]
    ]
    assert publish(each, draft(each, mine.file.content, name="mine.xlsx")) == 3
    assert shown(each, 3, **SHAANXI_2024, basis="seller")["value"].tolist() == [CORRECTED]


UNKNOWN = [["单位：家"], ["地区", "2024年"], ["陕西", 4.0], ["四川", 2.0]]


def unknown_indicator() -> bytes:
    return saved(written([["国家级技术转移机构数"], *UNKNOWN]))


def test_an_unknown_indicator_is_asked_for_made_and_known_the_next_time(each):
    made = draft(each, unknown_indicator())
    asked = [p for p in made.problems if p.question]
    assert [(p.code, p.question) for p in asked] == [("indicator.unknown", "indicator:国家级技术转移机构数")]
    indicator = new_indicator(
        made.catalogue,
        printed="国家级技术转移机构数",
        name_zh="国家技术转移示范机构",
        name_en="National technology transfer agencies",
        unit="家",
        category="platforms",
        kind="stock",
        direction="up",
        definition="国家认定的技术转移示范机构数。",
    )
    answered = draft(each, unknown_indicator(), answers={asked[0].question: indicator.code}, new=(indicator,))
    assert publish(each, answered, accepts_warnings=True) == 2
    assert read_catalogue(each, 2).indicators[indicator.code].aliases == ("国家级技术转移机构数",)
    assert shown(each, 2, indicator=indicator.code)["value"].tolist() == [2.0, 4.0]
    assert verify(each) == []
    assert draft(each, unknown_indicator()).changes.count == 0


def test_an_answer_is_remembered_for_the_layout_and_forgotten_with_what_it_named(filled):
    content = saved(written([["技术市场"], ["单位：亿元"], ["地区", "2024年"], ["陕西", CORRECTED]]))
    first = draft(filled, content)
    question = next(p.question for p in first.problems if p.question)
    publish(filled, draft(filled, content, answers={question: "contract_value"}))
    later = saved(written([["技术市场"], ["单位：亿元"], ["地区", "2025年"], ["陕西", 5000.5]]))
    assert draft(filled, later).proposal.rows["indicator"].tolist() == ["contract_value"]
    gone = draft(filled, later, answers={question: "no_such_indicator"})
    assert [p.question for p in gone.problems if p.question] == [question]


def test_what_a_file_does_not_say_anywhere_is_asked_of_every_file(filled):
    """Tables that a data bank exports without their indicator look all the same."""
    granted = saved(written([["地区", "2023年", "2024年"], ["北京", 193973, 199702], ["陕西", 71562, 75635]]))
    answers = {"indicator@Sheet1": "patents_granted", "unit:专利授权数": "件"}
    publish(filled, draft(filled, granted, "分省年度数据_5.xlsx", answers=answers), accepts_warnings=True)
    inventions = saved(written([["地区", "2023年", "2024年"], ["北京", 107875, 119635], ["陕西", 22020, 24598]]))
    asked = draft(filled, inventions, "分省年度数据_8.xlsx")
    assert [(p.code, p.question) for p in asked.of("error")] == [("indicator.none", "indicator@Sheet1")]
    assert asked.changes.count == 0


def test_left_out_figures_are_not_published(filled):
    content = contracts(("陕西", 4118.46, CORRECTED), ("关中", 1, 2))
    question = next(p.question for p in draft(filled, content).problems if p.question)
    made = draft(filled, content, answers={question: "-"})
    assert made.of("error") == ()
    assert len(made.changes.revised) == 1


def test_a_chosen_source_takes_the_new_figures_and_leaves_equal_ones(filled):
    catalogue = read_catalogue(filled, 1)
    source = new_source(
        catalogue,
        title="《陕西统计年鉴》",
        publisher="陕西省统计局",
        edition="2025",
        classification="public",
        is_preferred=True,
        obtained="2026-03-14",
    )
    content = contracts(("陕西", 4118.46, CORRECTED))
    made = draft(filled, content, source=source.code, new=(source,))
    assert (len(made.changes.added), len(made.changes.revised)) == (1, 0)
    publish(filled, made, accepts_warnings=True)
    sources = shown(filled, 2, **SHAANXI_2024, basis="seller").set_index("source")["value"].to_dict()
    assert sources == {"s02": 4825.91, source.code: CORRECTED}


def test_an_unused_new_source_is_not_published(filled):
    source = new_source(
        read_catalogue(filled, 1),
        title="《陕西统计年鉴》",
        publisher="陕西省统计局",
        edition="2025",
        classification="public",
        is_preferred=False,
        obtained="2026-03-14",
    )
    assert draft(filled, contracts(("陕西", 4118.46, CORRECTED)), new=(source,)).entries == ()


@pytest.mark.parametrize(
    ("blank", "code"), [("name_en", "new.missing.name_en"), ("unit", "new.missing.unit"), ("", "new.known")]
)
def test_an_incomplete_or_known_indicator_is_refused(filled, blank, code):
    given = {"name_zh": "技术合同成交额", "name_en": "A name", "unit": "亿元", "definition": "。"} | (
        {blank: " "} if blank else {}
    )
    given["unit"] = given["unit"].strip()
    with pytest.raises(Invalid) as refusal:
        new_indicator(read_catalogue(filled, 1), printed="", category="contracts", kind="flow", direction="up", **given)
    assert refusal.value.code == code


def test_the_report_has_the_form_that_programs_read(filled):
    told = report(draft(filled, contracts(("陕西", 4118.46, CORRECTED))), "zh")
    assert set(told) == {"tables", "observations", "problems", "changes"}
    assert told["changes"] == {"added": 0, "revised": 1, "unchanged": 1, "untouched": 12505, "entries": 0}
    first = told["observations"][0]
    assert {**first, "printed": ""} == {
        "indicator": "contract_value",
        "indicator_printed": "技术市场成交额",
        "region": "610000",
        "region_printed": "陕西",
        "subject": "",
        "period": "2023",
        "basis": "seller",
        "value": 4118.46,
        "unit": "亿元",
        "qualifier": "=",
        "status": "actual",
        "printed": "",
        "unit_printed": "亿元",
        "sheet": "Sheet1",
        "cell": "B4",
        "source": "s02",
    }


def test_the_history_of_a_figure_tells_every_value_that_it_had(each):
    publish(each, draft(each, contracts(("陕西", 4118.46, CORRECTED))))
    figure = shown(each, 2, **SHAANXI_2024, basis="seller")
    assert withdraw(each, figure, person=ANALYST, note="重复", now=NOW) == 3
    roll_back(each, 1, person=ANALYST, note="恢复", now=NOW)
    history = figure_history(each, **SHAANXI_2024)
    own = history[history["basis"] == "seller"]
    columns = ["from_revision", "value", "author", "reason", "ended"]
    assert own[columns].values.tolist() == [
        [4, 4825.91, "张三", "恢复", ""],
        [2, CORRECTED, "张三", "更正", "withdrawn"],
        [1, 4825.91, "data", own["reason"].iloc[-1], "revised"],
    ]
    assert own["locator"].iloc[1] == "成交额.xlsx!Sheet1!C4"
    assert verify(each) == []


def test_a_figure_that_no_longer_holds_cannot_be_withdrawn(filled):
    figure = shown(filled, 1, **SHAANXI_2024, basis="seller")
    withdraw(filled, figure, person=ANALYST, note="重复", now=NOW)
    before = everything(filled)
    with pytest.raises(Conflict, match=r"withdraw\.gone"):
        withdraw(filled, figure, person=ANALYST, note="重复", now=NOW)
    assert everything(filled) == before


def test_a_rollback_after_somebody_elses_publication_wants_another_look(filled):
    publish(filled, draft(filled, contracts(("陕西", 4118.46, CORRECTED))))
    with pytest.raises(Conflict, match=r"revision\.moved"):
        roll_back(filled, 1, person=ANALYST, note="恢复", now=NOW, previewed=1)
    assert current_revision(filled) == 2


def test_a_revision_without_a_file_says_so_and_a_changed_file_is_found(filled):
    with pytest.raises(NotFound, match=r"revision\.file"):
        read_file(filled, 1)
    publish(filled, draft(filled, contracts(("陕西", 4118.46, CORRECTED))))
    with filled.engine.begin() as connection:
        connection.execute(revision_files.update().values(content=b"x"))
    assert [(p.code, p.details) for p in verify(filled)] == [("verify.file", {"revision": 2})]


def test_a_provisional_figure_stays_provisional_unless_the_file_says_otherwise(filled):
    held = {"indicator": "gdp", "region": "610000", "period": "2024"}
    was = shown(filled, 1, **held).iloc[0]
    assert was["status"] == "provisional"
    gdp = written(
        [["地区生产总值（亿元）"], ["统计口径：五经普修订后"], ["地区", "2024年"], ["陕西", was["value"] + 1]]
    )
    publish(filled, draft(filled, saved(gdp), name="地区生产总值.xlsx"))
    assert shown(filled, 2, **held)[["value", "status"]].values.tolist() == [[was["value"] + 1, "provisional"]]


def test_a_figure_that_equalled_the_file_at_the_preview_is_told_too_when_it_changed_meanwhile(filled):
    mine = draft(filled, contracts(("陕西", 4118.46, 4825.91), ("北京", 8536.94, 9153)), name="mine.xlsx")
    publish(filled, draft(filled, contracts(("陕西", 4118.46, CORRECTED))))
    assert changed_meanwhile(filled, mine)[["region", "value"]].values.tolist() == [["610000", CORRECTED]]


def test_a_file_without_figures_is_an_error(filled):
    made = draft(filled, saved(written([["说明", "没有数"], ["地区", "年份"]])))
    assert [p.code for p in made.of("error")] == ["file.no_figures"]


def test_a_figure_in_a_unit_that_does_not_fit_is_left_out_of_the_comparison(filled):
    made = draft(filled, saved(written([["技术合同成交额"], ["单位：家"], ["地区", "2024年"], ["陕西", 4825.91]])))
    assert [p.code for p in made.of("error")] == ["unit.other"]
    assert made.changes.count == 0


def test_answers_hold_for_the_layout_also_where_one_of_them_leaves_a_column_out(filled):
    rows = [
        ["单位：亿元"],
        ["地区", "指标", "2024年"],
        ["陕西", "技术合同成交额", CORRECTED],
        ["陕西", "技术秘密成交额", 12],
    ]
    content = saved(written([["技术市场"], *rows]))
    asked = [p.question for p in draft(filled, content).problems if p.question and p.severity == "error"]
    publish(filled, draft(filled, content, answers=dict.fromkeys(asked, "-")), accepts_warnings=True)
    assert [p for p in draft(filled, content).problems if p.question and p.severity == "error"] == []


def test_a_figure_that_a_file_gives_twice_is_told_once_and_published_once(filled):
    same = draft(filled, contracts(("陕西", 4118.46, CORRECTED), ("陕西", 4118.46, CORRECTED)))
    assert [p.code for p in same.problems] == ["figure.again", "source.kept"]
    assert len(same.changes.revised) == 1
    other = draft(filled, contracts(("陕西", 4118.46, CORRECTED), ("陕西", 4118.46, 4820.1)))
    assert [(p.code, p.cell) for p in other.of("error")] == [("figure.twice", "C5")]


def test_a_source_that_was_withdrawn_after_it_was_chosen_is_chosen_no_more(filled):
    made = draft(filled, contracts(("陕西", 4118.46, CORRECTED)), source="source-gone")
    assert made.proposal.new["source"].tolist() == ["s02"]
