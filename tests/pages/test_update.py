"""The page of updates: from a file to a revision, as an analyst goes through it. Contract values are real, in 亿元."""

import tomllib

import pytest

from indicators.export.imprint import MOST_BYTES as MOST_OF_PICTURES
from indicators.settings import PROJECT
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision
from indicators.tasks.import_workbook import read_state
from indicators.workbook.reading import MOST_BYTES as MOST_OF_WORKBOOKS
from tests.pages.opened import Opened
from tests.real import catalogue, figures
from tests.tasks.test_publish import ANALYST, publish
from tests.tasks.uploads import CORRECTED, contracts, draft
from tests.workbook.written import saved, written

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Updating(Opened):
    """The page of updates with what an analyst does on it."""

    def upload(self, content: bytes, name: str = "成交额.xlsx") -> None:
        self.app.file_uploader[0].set_value((name, content, XLSX))
        self.try_run()

    def submit(self, label: str) -> None:
        next(button for button in self.app.button if button.label == label).click()
        self.try_run()

    def write(self, **texts: str) -> None:
        for key, text in texts.items():
            self.app.text_input(key=f"publish.{key}").set_value(text)

    @property
    def success(self) -> list[str]:
        return [said.value for said in self.app.success]


@pytest.fixture
def page(loaded) -> Updating:
    return Updating("update")


def test_a_corrected_figure_is_shown_with_old_and_new_value_and_published(page, loaded):
    page.upload(contracts(("北京", 8536.94, 9153.26), ("陕西", 4118.46, CORRECTED)))
    problems, changes = page.tiles
    assert problems == {"须改正": "0", "须核对": "0", "说明": "1"}
    assert {name: changes[name] for name in ("新增", "修订", "不变")} == {"新增": "0", "修订": "1", "不变": "3"}
    effects, lines = page.tables[-2:]
    assert effects[1] == [
        "技术合同成交额",
        "2024",
        "4,925.91亿元",
        "4,830.91亿元",
        "−1.93%",
        "第6位（31）",
        "第7位（31）",
    ]
    assert lines[1][:5] == ["陕西", "2024", "4,925.91亿元", "4,830.91亿元", "−95亿元"]
    assert lines[1][6:8] == ["修订", "输出（卖方所在地）"]
    page.write(author="张三", note="更正陕西2024年")
    page.submit("发布 r3")
    assert page.errors == []
    assert page.success == ["已发布为数据版本 r3。"]
    assert current_revision(loaded) == 3
    rows = read_observations(loaded, revision=3, indicators=["contract_value"], regions=["610000"])
    row = rows[(rows["period"] == "2024") & (rows["basis"] == "seller")].iloc[0]
    assert (row["value"], row["locator"]) == (CORRECTED, "成交额.xlsx!Sheet1!C5")


def test_without_a_name_or_a_note_nothing_is_published(page, loaded):
    page.upload(contracts(("陕西", 4118.46, CORRECTED)))
    page.submit("发布 r3")
    assert page.errors == ["没有写操作人，没有发布。请写明是谁发布。"]
    page.write(author="张三", note=" ")
    page.submit("发布 r3")
    assert page.errors == ["没有写说明，没有发布。请用一句话写明更新了什么。"]
    assert current_revision(loaded) == 2


def test_an_unknown_region_is_asked_and_taken_only_when_applied(page):
    page.upload(contracts(("陕西", 4118.46, CORRECTED), ("陕酉", 1, 2)))
    assert page.tiles[0]["须改正"] != "0"
    assert any("不能发布" in said for said in page.errors)
    ask = page.app.selectbox(key="ask.region:陕酉")
    ask.set_value("-")
    page.submit("应用这些回答")
    assert page.errors == []
    assert page.tiles[0]["须改正"] == "0"
    page.submit("全部重新回答")
    assert page.tiles[0]["须改正"] != "0"


def test_an_unknown_indicator_is_created_in_the_same_revision(page, loaded):
    page.upload(saved(written([["国家级技术转移机构数"], ["单位：家"], ["地区", "2024年"], ["陕西", 4.0]])))
    page.app.selectbox(key="ask.indicator:国家级技术转移机构数").set_value("+")
    page.submit("应用这些回答")
    page.submit("建立")
    assert "请填写英文名称。" in page.errors
    fields = {field.label: field for field in page.app.text_input}
    fields["英文名称"].set_value("National technology transfer agencies")
    page.app.text_area[0].set_value("国家认定的技术转移示范机构数。")
    page.submit("建立")
    assert page.errors == []
    for tick in page.app.checkbox:
        tick.check()
    page.write(author="张三", note="新指标")
    page.submit("发布 r3")
    assert page.errors == []
    code = "national_technology_transfer_agencies"
    state = read_state(loaded, 3)
    assert state.catalogue.indicators[code].name_zh == "国家级技术转移机构数"
    assert state.observations.loc[state.observations["indicator"] == code, "value"].tolist() == [4.0]


def test_somebody_elses_publication_between_preview_and_button_is_shown_first(page, loaded):
    page.upload(contracts(("陕西", 4118.46, CORRECTED)))
    publish(loaded, draft(loaded, contracts(("陕西", 4118.46, 4850))), person=ANALYST, accepts_warnings=True)
    page.write(author="李四", note="更正")
    page.submit("发布 r3")
    assert any("别人发布了 r3" in said for said in page.warnings)
    assert ["技术合同成交额", "陕西省", "2024", "4,925.91亿元", "4,850亿元"] in page.tables[-1]
    assert current_revision(loaded) == 3
    page.write(author="李四", note="更正")
    page.submit("发布 r4")
    assert page.success == ["已发布为数据版本 r4。"]


def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(page):
    page.upload(b"\x89PNG\r\n\x1a\n" + bytes(100), "图.png")
    assert len(page.errors) == 1
    assert "图.png" in page.errors[0]


def test_a_file_that_changes_nothing_offers_nothing(page):
    page.upload(contracts(("陕西", 4118.46, None)))
    assert [said.value for said in page.app.info] == ["文件里的数与现有数据完全一致，没有要发布的。"]


def test_the_template_and_the_annotated_copy_are_offered(page):
    page.upload(contracts(("陕西", 4118.46, "约五千")))
    assert [button.label for button in page.app.get("download_button")] == ["下载填报模板", "下载批注副本"]


def test_a_server_that_others_can_reach_is_for_reading_only(loaded, monkeypatch):
    import streamlit as st

    known = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: "0.0.0.0" if name == "server.address" else known(name))
    page = Updating("update")
    assert any("只读" in said.value for said in page.app.info)
    assert page.app.file_uploader[0].proto.disabled


def test_the_english_page_is_in_english(loaded):
    page = Updating("update", lang="en")
    page.upload(contracts(("陕西", 4118.46, CORRECTED)))
    assert page.chinese() == {"中文", "成交额"}


def test_a_total_of_all_provinces_is_a_note_and_asks_nothing(page):
    rows = figures()
    of_2023 = rows[(rows["indicator"] == "contract_value") & (rows["period"] == "2023") & (rows["source"] == "s02")]
    values = of_2023.set_index("region")["value"]
    named = [(catalogue().regions[code].short_zh, values.get(code)) for code in catalogue().provinces]
    page.upload(contracts(("合计", 61475.6578), *named, years=("2023年",)))
    assert page.tiles[0]["说明"] != "0"
    assert not any(str(box.key).startswith("ask.") for box in page.app.selectbox)


def test_the_limits_told_are_those_that_hold(loaded):
    config = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == max(MOST_OF_WORKBOOKS, MOST_OF_PICTURES) // 2**20
    label = Opened("update").app.file_uploader[0].label
    assert f"不超过 {MOST_OF_WORKBOOKS // 2**20} MB" in label


def test_a_table_whose_definition_is_not_one_of_its_indicators_is_told_and_shown(page):
    rows = [["R&D经费（亿元）"], ["统计口径：输出（卖方所在地）"], ["地区", "2024年"], ["陕西", 926.2]]
    page.upload(saved(written(rows)))
    assert page.tiles[0] == {"须改正": "1", "须核对": "0", "说明": "0"}
