import csv
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from unittest import mock

import pandas as pd
import pytest

from indicators.command_line import main
from indicators.model.observation import no_observations
from indicators.model.revision import EntryChange, changes
from indicators.settings import PROJECT
from indicators.store.catalogue import read_catalogue
from indicators.store.connection import open_store
from indicators.store.revisions import publish
from indicators.terminal import table_text
from indicators.workbook.csv_text import csv_text, number_text
from tests.tasks.uploads import contracts

# 技术市场成交额，陕西省，亿元：《中国科技统计年鉴》（2010），国家统计局分省年度数据（2011—2024）
SHAANXI = {
    "2010": "102.414",
    "2011": "215.37",
    "2012": "334.82",
    "2013": "533.28",
    "2014": "640.02",
    "2015": "721.82",
    "2016": "802.79",
    "2017": "920.94",
    "2018": "1125.29",
    "2019": "1467.35",
    "2020": "1758.72",
    "2021": "2343.44",
    "2022": "3048.73",
    "2023": "4118.46",
    "2024": "4825.91",
}
COLUMNS = "indicator,region,subject,period,basis,value,qualifier,status,unit,source,locator,printed,note"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file filled from the figures that we ship."""
    file = tmp_path_factory.mktemp("store") / "indicators.sqlite"
    done = run("init", store=file)
    assert (done.returncode, done.stderr) == (0, "")
    return file


def environment(store: Path | str) -> dict[str, str]:
    url = store if isinstance(store, str) else f"sqlite:///{store}"
    return {**os.environ, "INDICATORS_DATABASE_URL": url, "INDICATORS_DATA_DIR": str(PROJECT / "data")}


def run(*arguments: str | Path, store: Path | str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command in this process, which need not be started for each; what it prints and how it ends."""
    command = ["-m indicators", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    status = 0
    with (
        mock.patch.dict(os.environ, environment(store) | variables, clear=True),
        mock.patch.object(sys, "argv", command),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        time.tzset()
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
    time.tzset()
    printed, said = (stream.buffer.getvalue().decode() for stream in (out, err) if not stream.flush())
    assert "Traceback" not in printed + said
    return subprocess.CompletedProcess(command, status, printed, said)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    assert (done.returncode, done.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence on standard error of a command that failed and printed nothing else."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr.strip()


def test_the_contract_value_of_shaanxi_is_that_of_the_yearbooks(filled):
    found = rows(run("observations", "--indicator", "contract_value", "--region", "610000", store=filled))
    by_year = {row["period"]: row["value"] for row in found if row["basis"] == "seller" and row["period"] >= "2010"}
    assert by_year == SHAANXI
    assert {row["unit"] for row in found} == {"亿元"}


def test_a_csv_file_holds_what_is_printed_under_the_promised_columns(filled, tmp_path):
    file = tmp_path / "figures.csv"
    options = ("observations", "--region", "610000,110000", "--indicator", "contract_value", "--indicator", "gdp")
    done = run(*options, "--csv", file, store=filled)
    content = file.read_bytes()
    assert done.returncode == 0
    assert content.decode("utf-8").splitlines()[0] == COLUMNS
    assert content.decode("utf-8") == run(*options, store=filled).stdout
    assert b"\r" not in content
    assert list(tmp_path.iterdir()) == [file]


def test_everything_is_listed_without_options(filled):
    shipped = sum(len(pd.read_csv(file)) for file in (PROJECT / "data/figures").glob("*.csv"))
    assert len(rows(run("observations", store=filled))) == shipped


def test_json_gives_numbers_and_null(filled):
    done = run("observations", "--indicator=contract_value", "--region=610000", "--json", store=filled)
    found = json.loads(done.stdout)
    assert [row["value"] for row in found if row["period"] == "2021" and row["basis"] == "seller"] == [2343.44]
    assert list(found[0]) == COLUMNS.split(",")
    everything = json.loads(run("observations", "--json", store=filled).stdout)
    missing = [row for row in everything if row["value"] is None]
    assert all(row["printed"] for row in missing)


def test_a_group_of_regions_stands_for_its_members(filled):
    found = rows(
        run("observations", "--region", "provinces", "--indicator", "contract_value", "--source", "s02", store=filled)
    )
    assert len({row["region"] for row in found}) == 31


def test_a_terminal_gets_aligned_columns(filled):
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "indicators", "revisions"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment(filled), stdout=slave) as process:
        os.close(slave)
        printed = os.read(master, 10_000).decode("utf-8")
    os.close(master)
    assert process.returncode == 0
    assert printed.splitlines()[0].split()[:4] == ["number", "created_at（北京时间）", "author", "origin"]


def test_columns_are_aligned_though_chinese_characters_are_two_wide():
    table = pd.DataFrame({"region": ["陕西", "Beijing"], "value": ["2343.44", "7005.65"]})
    assert table_text(table) == "region   value\n陕西     2343.44\nBeijing  7005.65\n"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (3955.0, "3955"),
        (2343.44, "2343.44"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e16, "10000000000000000"),
        (1e-7, "0.0000001"),
        (0.0, "0"),
        (-0.0, "0"),
        (-1.5, "-1.5"),
        (float("nan"), ""),
    ],
)
def test_numbers_are_printed_with_the_digits_that_give_them_back(value, printed):
    assert number_text(value) == printed


def test_a_text_that_looks_like_a_formula_is_guarded_and_a_number_is_not():
    table = pd.DataFrame({"qualifier": ["=", "<="], "value": ["-1.5", "+3"], "note": ["=1+1", "@x"], "printed": "-3%"})
    assert csv_text(table) == "qualifier,value,note,printed\n=,-1.5,'=1+1,-3%\n<=,+3,'@x,-3%\n"


def test_init_twice_loads_once(filled):
    assert run("init", store=filled).stdout == "数据文件夹没有变化，仍是数据版本 1。\n"
    assert len(json.loads(run("revisions", "--json", store=filled).stdout)) == 1


def test_a_store_is_filled_on_its_first_use(tmp_path):
    found = json.loads(run("revisions", "--json", store=tmp_path / "deep" / "new.sqlite").stdout)
    assert [(revision["number"], revision["origin"]) for revision in found] == [(1, "data")]


def test_revisions_are_kept_in_utc_and_shown_in_beijing_time_wherever_the_server_stands(filled):
    stored = json.loads(run("revisions", "--json", store=filled).stdout)[0]["created_at"]
    shown = run("revisions", store=filled, TZ="America/New_York").stdout
    local = pd.Timestamp(stored).tz_convert("Asia/Shanghai").strftime("%Y-%m-%d %H:%M")
    assert stored.endswith("+00:00")
    assert local in shown
    assert "created_at（北京时间）" in shown.splitlines()[0]


def test_verify_succeeds_on_what_we_ship(filled):
    assert run("verify", store=filled).stdout == "数据版本 1 到 1 完好，没有发现问题。\n"
    assert json.loads(run("verify", "--json", store=filled).stdout) == {"revision": 1, "problems": []}


def test_verify_names_a_changed_revision_and_fails(filled, tmp_path):
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(filled.read_bytes())
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE observations SET value = value + 1 WHERE region = '610000'")
    done = run("verify", "--lang", "en", store=copy)
    assert (done.returncode, done.stdout) == (1, "Revision 1 is not what was published.\n")
    assert done.stderr.startswith("Problems found: 1;")
    problems = json.loads(run("verify", "--json", store=copy).stdout)["problems"]
    assert [(problem["code"], problem["revision"]) for problem in problems] == [("verify.content_hash", 1)]


@pytest.mark.parametrize(
    ("option", "code", "near"),
    [
        ("--indicator", "contract_valeu", "contract_value"),
        ("--indicator", "技术合同成交额", "contract_value"),
        ("--region", "陕西", "610000 陕西省"),
        ("--source", "brief-2023", "brief-2023-01"),
    ],
)
def test_an_unknown_code_is_named_with_near_ones(filled, option, code, near):
    said = refusal(run("observations", option, code, store=filled))
    assert f"“{code}”" in said
    assert near in said


def test_a_revision_that_does_not_exist_is_named_in_the_language_wherever_it_is_asked_for(filled):
    chinese = "没有数据版本 9；现有版本是 1 到 1，请选其中一个。"
    english = "There is no revision 9; revisions run from 1 to 1, choose one of them."
    assert refusal(run("observations", "--rev", "9", store=filled)) == chinese
    assert refusal(run("observations", "--rev", "0", "--lang", "en", store=filled)) == english.replace("9", "0", 1)
    assert refusal(run("--lang=en", "observations", "--rev", "9", store=filled)) == english


def test_an_unreachable_database_is_named_without_its_password():
    said = refusal(run("revisions", store="postgresql://reader:secret@127.0.0.1:1/figures"))
    assert said.startswith("无法打开数据库 postgresql+psycopg://reader:***@127.0.0.1:1/figures（")
    assert "secret" not in said


@pytest.mark.parametrize("url", ["nonsense", "mysql://user:secret@host/figures"])
def test_an_address_of_another_kind_is_explained(url):
    said = refusal(run("init", "--lang", "en", store=url))
    assert "sqlite:///path/to/file or postgresql://" in said
    assert "secret" not in said


@pytest.mark.parametrize("command", ["init", "observations", "revisions", "verify"])
def test_a_corrupted_store_stays_byte_for_byte_as_it_was(tmp_path, command):
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"\x00\xffno database" * 1000)
    before = file.read_bytes()
    assert "file is not a database" in refusal(run(command, store=file))
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_store_with_a_damaged_middle_stays_byte_for_byte_as_it_was(filled, tmp_path):
    file = tmp_path / "store.sqlite"
    content = bytearray(filled.read_bytes())
    content[8192:-8192] = b"\x5a" * (len(content) - 16384)
    file.write_bytes(content)
    for command in ("observations", "verify", "init"):
        assert "malformed" in refusal(run(command, store=file))
    assert file.read_bytes() == content


def test_a_newer_store_is_refused_and_stays_as_it_was(filled, tmp_path):
    file = tmp_path / "store.sqlite"
    file.write_bytes(filled.read_bytes())
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    before = file.read_bytes()
    assert refusal(run("observations", store=file)).startswith("数据库的结构版本是 0999，本程序只认识到 0003")
    assert file.read_bytes() == before


def test_a_missing_data_folder_is_named(tmp_path):
    done = run("init", store=tmp_path / "store.sqlite", INDICATORS_DATA_DIR=str(tmp_path / "nowhere"))
    assert refusal(done).startswith(f"找不到数据文件夹 {tmp_path / 'nowhere'}")


@pytest.mark.parametrize("target", ["nowhere/figures.csv", "."])
def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(filled, tmp_path, target):
    said = refusal(run("observations", "--region", "610000", "--csv", tmp_path / target, store=filled))
    assert said.startswith(f"无法写入 {tmp_path / target}（")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_run_leaves_an_existing_file_as_it_was(filled, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text("last month's figures")
    refusal(run("observations", "--region", "nowhere", "--csv", file, store=filled))
    assert file.read_text() == "last month's figures"


def test_a_reader_who_leaves_early_is_no_error_message(filled):
    command = f"{sys.executable} -m indicators observations | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=PROJECT, env=environment(filled), capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (COLUMNS, "")


@pytest.mark.parametrize("arguments", [["nonsense"], ["observations", "--nonsense"], ["observations", "--rev", "x"]])
def test_a_wrong_command_is_an_error(filled, arguments):
    assert run(*arguments, store=filled).returncode == 2


def test_texts_are_utf8_also_where_the_terminal_is_not(filled):
    done = run("verify", store=filled, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.stdout.startswith("数据版本 1")


@pytest.fixture
def revised(loaded_file, tmp_path) -> Path:
    """A store of one's own whose revision 2 raises one figure of Shaanxi by 100."""
    return Path(copyfile(loaded_file, tmp_path / "revised.sqlite"))


def test_a_difference_names_the_observation_and_both_values(revised):
    told = json.loads(run("diff", "1", "2", "--json", store=revised).stdout)
    assert told["observations"] == [
        {
            "change": "revised",
            "indicator": "contract_value",
            "region": "610000",
            "subject": "",
            "period": "2024",
            "basis": "seller",
            "source": "s02",
            "status": "actual",
            "value_before": 4825.91,
            "value": 4925.91,
            "differs": "value",
        }
    ]
    unchanged = told["counts"].pop("unchanged")
    assert unchanged == len(rows(run("observations", store=revised))) - 1
    assert told["counts"] == {"added": 0, "revised": 1, "withdrawn": 0, "entries": 0}
    assert (told["before"], told["after"], told["entries"]) == (1, 2, [])


def test_a_difference_reads_as_a_table_with_its_counts(revised):
    header, row, blank, counts = run("diff", "2", "1", store=revised).stdout.splitlines()
    assert header.split()[:3] == ["change", "indicator", "region"]
    assert row.split()[-3:] == ["4925.91", "4825.91", "value"]
    assert blank == ""
    assert counts == "从数据版本 2 到 1：新增 0 条观测值，修订 1 条，撤回 0 条；目录有 0 项不同。"


def test_a_difference_of_nothing_is_one_sentence(revised):
    said = run("diff", "2", "2", "--lang", "en", store=revised).stdout
    assert said == "From revision 2 to 2: 0 observations added, 0 revised, 0 withdrawn; 0 catalogue entries differ.\n"


def test_catalogue_entries_that_differ_are_listed(revised):
    opened = open_store(f"sqlite:///{revised}")
    before = read_catalogue(opened, 2)
    source = before.sources["s02"].model_copy(update={"name_en": "Another title"})
    position = list(before.sources).index("s02")
    publish(
        opened,
        changes(no_observations(), no_observations()),
        entries=[EntryChange("source", "s02", position, source)],
        author="analyst",
        note="",
        origin="workbook",
        origin_hash="",
        created_at=datetime(2025, 3, 4, tzinfo=UTC),
        expected_revision=2,
    )
    opened.engine.dispose()
    told = json.loads(run("diff", "2", "3", "--json", store=revised).stdout)
    assert (told["observations"], told["counts"]["entries"]) == ([], 1)
    assert told["entries"] == [{"change": "changed", "kind": "source", "code": "s02"}]
    assert run("diff", "2", "3", store=revised).stdout.splitlines()[:2] == [
        "change   kind    code",
        "changed  source  s02",
    ]


def test_going_back_is_a_new_revision_that_equals_the_old_one(revised):
    first = run("observations", "--rev", "1", store=revised).stdout
    done = run("rollback", "1", "--author", "张三", "--note", "单位有误", store=revised)
    assert (done.returncode, done.stderr) == (0, "")
    expected = "新增 0 条观测值，修订 1 条，撤回 0 条；目录改动 0 项。\n"
    assert done.stdout == f"已恢复数据版本 1 的内容，发布为数据版本 3：{expected}"
    assert run("observations", store=revised).stdout == first
    assert run("verify", store=revised).returncode == 0
    newest = json.loads(run("revisions", "--json", store=revised).stdout)[0]
    assert (newest["author"], newest["note"], newest["origin"]) == ("张三", "单位有误", "rollback")


def test_going_back_tells_machines_the_new_revision(revised):
    done = run("rollback", "1", "--author", "张三", "--note", "单位有误", "--json", store=revised)
    counts = {"added": 0, "revised": 1, "withdrawn": 0, "entries": 0}
    assert json.loads(done.stdout) == {"revision": 3, "restored": 1, "counts": counts}


def test_loading_the_unchanged_folder_leaves_a_restored_state_alone(revised):
    run("rollback", "1", "--author", "张三", "--note", "单位有误", store=revised)
    run("rollback", "2", "--author", "张三", "--note", "没有错", store=revised)
    assert run("init", store=revised).stdout == "数据文件夹没有变化，仍是数据版本 4。\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("2", "--author", "张三", "--note", "单位有误"), "数据版本 2 与最新的数据版本 2 内容相同"),
        (("9", "--author", "张三", "--note", "单位有误"), "没有数据版本 9"),
        (("1", "--author", " ", "--note", "单位有误"), "缺少操作人"),
        (("1", "--author", "张三", "--note", ""), "缺少说明"),
    ],
)
def test_going_back_is_refused_in_one_sentence_and_nothing_changed(revised, arguments, sentence):
    before = run("revisions", "--json", store=revised).stdout
    assert refusal(run("rollback", *arguments, store=revised)).startswith(sentence)
    assert run("revisions", "--json", store=revised).stdout == before


@pytest.mark.parametrize("arguments", [("1",), ("1", "--author", "张三"), ("1", "--note", "单位有误")])
def test_going_back_needs_an_author_and_a_note(revised, arguments):
    before = run("revisions", "--json", store=revised).stdout
    assert run("rollback", *arguments, store=revised).returncode == 2
    assert run("revisions", "--json", store=revised).stdout == before


def test_a_difference_to_no_revision_is_refused(revised):
    assert refusal(run("diff", "1", "9", "--lang", "en", store=revised)).startswith("There is no revision 9")


def test_help_is_quick_because_nothing_heavy_is_imported(filled):
    script = (
        "import sys; from indicators import command_line; heavy = {'pandas', 'sqlalchemy', 'babel'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert re.search(
        r"init.*observations.*revisions.*diff.*rollback.*verify", run("--help", store=filled).stdout, re.DOTALL
    )


def test_every_figure_that_we_print_is_read_back_as_it_was(filled, tmp_path):
    file = tmp_path / "figures.csv"
    assert run("observations", "--csv", file, store=filled).returncode == 0
    done = run("check", file, "--json", store=filled)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    columns = ["indicator", "region", "subject", "period", "basis", "value", "qualifier", "status", "unit"]
    printed = [row for row in csv.DictReader(file.open(encoding="utf-8")) if row["value"]]
    wanted = [[float(row[c]) if c == "value" else row[c] for c in columns] for row in printed]
    assert [[observed[c] for c in columns] for observed in told["observations"]] == wanted
    assert told["problems"] == []


def test_check_names_the_cell_and_what_to_do_and_fails(filled, tmp_path):
    file = tmp_path / "2023年技术合同.csv"
    file.write_text("地区,技术合同成交额（亿元）\n陕西省区,4118.46\n四川,待核实\n", encoding="gb18030")
    done = run("check", file, store=filled)
    assert done.returncode == 1
    assert "CSV!B3" in done.stdout
    assert "陕西省 (610000)" in done.stdout


def test_check_of_a_file_that_is_no_workbook_is_one_sentence(filled, tmp_path):
    file = tmp_path / "图.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = run("check", file, store=filled)
    assert (done.returncode, done.stdout) == (1, "")
    assert "图.xlsx" in done.stderr


@pytest.fixture
def corrected(tmp_path) -> Path:
    """A yearbook table with the contract value of Shaanxi in 2024 raised by 5 (亿元)."""
    file = tmp_path / "成交额.xlsx"
    file.write_bytes(contracts(("北京", 8536.94, 9153.26), ("陕西", 4118.46, 4830.91)))
    return file


def test_check_tells_what_publishing_would_change_and_writes_nothing(filled, corrected):
    before = filled.read_bytes()
    told = json.loads(run("check", corrected, "--json", store=filled).stdout)
    assert told["changes"] == {"added": 0, "revised": 1, "unchanged": 3, "untouched": 12503, "entries": 0}
    assert {(o["region"], o["period"], o["value"], o["basis"]) for o in told["observations"]} == {
        ("110000", "2023", 8536.94, "seller"),
        ("110000", "2024", 9153.26, "seller"),
        ("610000", "2023", 4118.46, "seller"),
        ("610000", "2024", 4830.91, "seller"),
    }
    assert filled.read_bytes() == before


def test_a_published_workbook_is_the_next_revision_and_again_it_is_nothing(revised, corrected):
    done = run("publish", corrected, "--author", "张三", "--note", "更正", "--json", store=revised)
    assert json.loads(done.stdout) == {
        "revision": 3,
        "changes": {"added": 0, "revised": 1, "unchanged": 3, "untouched": 12503, "entries": 0},
    }
    told = json.loads(run("diff", "2", "3", "--json", store=revised).stdout)["observations"]
    assert [(o["region"], o["period"], o["value_before"], o["value"]) for o in told] == [
        ("610000", "2024", 4925.91, 4830.91)
    ]
    again = run("publish", corrected, "--author", "张三", "--note", "更正", store=revised)
    assert (again.returncode, again.stderr) == (1, "成交额.xlsx 与现有数据完全一致，没有要发布的。\n")
    assert run("verify", store=revised).returncode == 0


def test_warnings_want_to_be_accepted_by_name(revised, tmp_path):
    file = tmp_path / "成交额.xlsx"
    file.write_bytes(contracts(("北京", 8536.94, 9153.26), ("陕西", 4118.46, 48259100)))
    arguments = ("publish", file, "--author", "张三", "--note", "更正")
    refused = run(*arguments, store=revised)
    assert (refused.returncode, refused.stderr[:18]) == (1, "有 2 条警告还没有确认，没有发布。")
    assert "Sheet1!C5" in refused.stdout
    assert "万元 ↔ 亿元" in refused.stdout
    assert run(*arguments, "--accept-warnings", store=revised).returncode == 0


def test_a_source_that_the_catalogue_does_not_know_is_named(filled, corrected):
    assert "s99" in refusal(run("check", corrected, "--source", "s99", store=filled))


def test_a_template_is_written_whole_and_says_what_holds(filled, tmp_path):
    file = tmp_path / "填报.xlsx"
    assert run("template", file, "--indicator", "contract_value", store=filled).returncode == 0
    told = json.loads(run("check", file, "--json", store=filled).stdout)
    assert told["changes"]["unchanged"] == len(told["observations"]) > 500
    assert (told["changes"]["added"], told["changes"]["revised"]) == (0, 0)
    assert {problem["severity"] for problem in told["problems"]} <= {"note"}
    assert "no_such" in refusal(run("template", file, "--indicator", "no_such", store=filled))
