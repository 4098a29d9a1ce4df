"""The page of revisions. Revision 2 of these stores raises Shaanxi's contract value of 2024 by 100 亿元."""

import pytest

from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision
from indicators.tasks.roll_back import roll_back
from tests.pages.opened import Opened
from tests.tasks.test_publish import ANALYST, publish
from tests.tasks.uploads import CORRECTED, NOW, contracts, draft


@pytest.fixture
def page(loaded) -> Opened:
    return Opened("revisions")


def submit(page: Opened, label: str, **texts: str) -> None:
    fields = {field.label: field for field in page.app.text_input if field.form_id == _form(page, label)}
    for name, text in texts.items():
        fields[name].set_value(text)
    next(button for button in page.app.button if button.label == label).click()
    page.try_run()


def _form(page: Opened, label: str) -> str:
    return next(button for button in page.app.button if button.label == label).form_id


def value(store, revision: int) -> float:
    rows = read_observations(store, revision=revision, indicators=["contract_value"], regions=["610000"])
    return float(rows.loc[(rows["period"] == "2024") & (rows["basis"] == "seller"), "value"].iloc[0])


def test_every_revision_is_listed_with_who_why_and_how_much(page):
    head, newest, first = page.tables[0]
    assert head[:4] == ["版本", "时间（北京时间）", "操作人", "说明"]
    assert [newest[0], *newest[2:7]] == ["r2", "analyst", "工作簿 · One figure revised", "0", "1", "0"]
    assert [first[0], *first[2:4]] == ["r1", "程序自带", "随程序提供的数据"]


def test_what_differs_between_two_revisions(page):
    assert page.tiles[0] == {"新增": "0", "修订": "1", "撤下": "0", "不变": "12,506", "目录条目": "0"}
    assert page.tables[1][1][:8] == [
        *("陕西", "2024", "4,825.91亿元", "4,925.91亿元", "+100亿元", "+2.07%", "修订", "输出（卖方所在地）"),
    ]
    page.choose("revisions.a", 2)
    assert page.link["a"] == "2"
    assert "选的是同一个版本。" in [caption.value for caption in page.app.caption]


def test_the_history_of_a_figure(page):
    rows = page.tables[2][1:]
    assert [[row[0], row[1], row[8]] for row in rows] == [
        ["r2", "4,925.91亿元", "现行"],
        ["r1", "4,825.91亿元", "至 r2 修订（analyst：One figure revised）"],
    ]
    page.choose("history.region", "110000")
    assert page.link["r"] == "110000"
    assert page.tables[2][1][1] == "9,153.26亿元"


def tick(page: Opened, label: str) -> None:
    next(box for box in page.app.checkbox if box.label == label).check()


def test_going_back_shows_what_it_changes_and_wants_a_tick_a_name_and_a_reason(page, loaded):
    page.app.selectbox(key="rollback.to").set_value(1)
    page.run()
    assert page.tables[-1][1][2:5] == ["4,925.91亿元", "4,825.91亿元", "−100亿元"]
    sure = "我已看过上面的变化"
    submit(page, "恢复", 操作人="张三", 原因="单位有误")
    assert page.errors == ["请先看过上面的变化，再勾选确认。没有改动。"]
    tick(page, sure)
    submit(page, "恢复", 操作人="张三", 原因="")
    assert len(page.errors) == 1
    tick(page, sure)
    submit(page, "恢复", 操作人="张三", 原因="单位有误")
    assert page.errors == []
    assert current_revision(loaded) == 3
    assert value(loaded, 3) == value(loaded, 1)
    assert [said.value for said in page.app.success] == ["已恢复，发布为数据版本 r3。"]


def test_a_figure_is_withdrawn_by_an_act_of_its_own(page, loaded):
    submit(page, "撤下", 操作人="张三", 原因="重复")
    assert page.errors == ["请先勾选确认。没有改动。"]
    tick(page, "确认撤下这个数")
    submit(page, "撤下", 操作人="张三", 原因="重复")
    assert page.errors == []
    assert current_revision(loaded) == 3
    rows = read_observations(loaded, revision=3, indicators=["contract_value"], regions=["610000"])
    assert rows[(rows["period"] == "2024") & (rows["basis"] == "seller")].empty


def test_the_original_file_is_offered(loaded):
    publish(loaded, draft(loaded, contracts(("陕西", 4118.46, CORRECTED))), accepts_warnings=True)
    page = Opened("revisions")
    assert page.tables[0][1][7] == "成交额.xlsx"
    assert [button.label for button in page.app.get("download_button")] == ["下载原始文件"]


def test_the_english_page_is_in_english(loaded):
    assert Opened("revisions", lang="en").chinese() <= {
        "中文",
        "陕西省",
        "技术市场成交额",
        "亿元",
        "国家数据导出件",
        "分省年度数据",
    }


def test_differences_name_what_only_the_older_revision_knows(loaded):
    content = contracts(("陕西", 4825.91, 5000.5), years=("2024年", "2025年"))
    publish(loaded, draft(loaded, content), accepts_warnings=True)
    roll_back(loaded, 1, person=ANALYST, note="恢复", now=NOW)
    page = Opened("revisions")
    kinds = {row[6] for row in page.tables[1][1:]}
    assert "撤下" in kinds
    assert any("工作簿 成交额.xlsx" in row for row in page.tables[1])


def test_what_of_the_link_cannot_be_used_is_said_and_put_out_of_the_link(loaded):
    page = Opened("revisions", rev="99", hl="610000")
    assert page.warnings == ["数据版本“99”不存在，已显示最新版本。"]
    assert "rev" not in page.link
    old = Opened("revisions", rev="1", v="7", i="zzz")
    assert [line.split("，")[0] for line in old.warnings] == [
        "数据版本“7”不存在",
        "本页总是最新的数据版本",
        "链接中的指标“zzz”不存在",
    ]
    assert Opened("revisions", v="1", a="1", b="2").warnings == []
