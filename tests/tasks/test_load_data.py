import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from indicators.errors import IndicatorsError, NotFound, Unavailable
from indicators.language.messages import error_text
from indicators.model.observation import COLUMNS, KEY, no_observations
from indicators.model.revision import FULL_COLUMNS, EntryChange, changes
from indicators.settings import PROJECT
from indicators.store.catalogue import read_catalogue
from indicators.store.observations import read_observations
from indicators.store.revisions import current_revision, list_revisions, publish
from indicators.store.verify import verify
from indicators.tasks.data_files import CATALOGUE_FILES
from indicators.tasks.load_data import ensure_loaded, load_data, read_data
from tests.drawn import catalogue, catalogue_texts, observations, texts

NOW = datetime(2025, 3, 14, 1, 59, 26, tzinfo=UTC)
FIGURES = """
region | period | value
110000 | 2021   | 7005.65
610000 | 2020   | 1758.72
610000 | 2021   | 2343.44
"""
HEADERS = {"subject": ["code", "name_zh", "name_en", "region"]}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder of figures as the program ships it, with three observations."""
    folder = tmp_path / "data"
    for name in ("catalogue", "figures"):
        (folder / name).mkdir(parents=True)
    for kind, rows in catalogue_texts().items():
        write_csv(folder / CATALOGUE_FILES[kind], rows, HEADERS.get(kind) or list(rows[0]))
    write_figures(folder, FIGURES)
    return folder


def write_csv(file: Path, rows: list[dict[str, str]], columns: list[str]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_figures(folder: Path, drawing: str, name: str = "yearbook.csv") -> None:
    write_csv(folder / "figures" / name, texts(drawing).to_dict("records"), COLUMNS)


def edit(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def state(drawing: str) -> pd.DataFrame:
    return observations(drawing).sort_values(KEY, ignore_index=True)[FULL_COLUMNS]


def publish_workbook(store, after: pd.DataFrame, entries: tuple[EntryChange, ...] = ()) -> int:
    revision = current_revision(store)
    return publish(
        store,
        changes(read_observations(store, revision=revision), after),
        entries=entries,
        author="分析员",
        note="",
        origin="workbook",
        origin_hash="",
        created_at=NOW,
        expected_revision=revision,
    )


def test_the_folder_becomes_revision_1_of_an_empty_store(store, data_dir):
    assert load_data(store, data_dir, now=NOW) == 1
    assert_frame_equal(read_observations(store, revision=1), state(FIGURES))
    assert read_catalogue(store, 1) == catalogue()
    first = list_revisions(store).iloc[0]
    assert (first["author"], first["origin"], first["note"], first["added"]) == (
        "data",
        "data",
        "figures/yearbook.csv",
        3,
    )
    assert verify(store) == []


def test_an_unchanged_folder_is_not_loaded_again(store, data_dir):
    load_data(store, data_dir, now=NOW)
    assert load_data(store, data_dir, now=NOW) is None
    assert current_revision(store) == 1


def test_other_bytes_with_the_same_figures_make_no_revision(store, data_dir):
    load_data(store, data_dir, now=NOW)
    edit(data_dir / "figures/yearbook.csv", "2343.44", "2343.440")
    assert load_data(store, data_dir, now=NOW) is None
    assert current_revision(store) == 1


def test_a_changed_folder_adds_and_revises_and_withdraws_nothing(store, data_dir):
    load_data(store, data_dir, now=NOW)
    write_figures(
        data_dir,
        "region | period | value | status\n610000 | 2021 | 2343.44 | provisional\n610000 | 2022 | 3048.73 | actual",
    )
    assert load_data(store, data_dir, now=NOW) == 2
    second = list_revisions(store).iloc[0]
    assert second[["added", "revised", "withdrawn"]].tolist() == [1, 1, 0]
    assert read_observations(store, revision=2)[["region", "period", "status"]].to_numpy().tolist() == [
        ["110000", "2021", "actual"],
        ["610000", "2020", "actual"],
        ["610000", "2021", "provisional"],
        ["610000", "2022", "actual"],
    ]
    assert verify(store) == []


def test_a_changed_entry_of_the_catalogue_is_loaded_alone(store, data_dir):
    load_data(store, data_dir, now=NOW)
    edit(data_dir / "catalogue/groups.csv", "West", "Western region")
    assert load_data(store, data_dir, now=NOW) == 2
    assert [read_catalogue(store, revision).groups["west"].name_en for revision in (1, 2)] == ["West", "Western region"]
    assert list_revisions(store).iloc[0][["added", "revised", "withdrawn"]].tolist() == [0, 0, 0]


def test_what_an_analyst_revised_or_withdrew_is_left_alone(store, data_dir):
    load_data(store, data_dir, now=NOW)
    analyst = "region | period | value | note\n110000 | 2021 | 7005.65 | 已核\n610000 | 2020 | 1758.72 | "
    publish_workbook(store, observations(analyst))
    write_figures(data_dir, FIGURES.replace("7005.65", "7005.7") + "610000 | 2022 | 3048.73\n")
    assert load_data(store, data_dir, now=NOW) == 3
    assert read_observations(store, revision=3)[["region", "period", "value", "note"]].to_numpy().tolist() == [
        ["110000", "2021", 7005.65, "已核"],
        ["610000", "2020", 1758.72, ""],
        ["610000", "2022", 3048.73, ""],
    ]
    assert verify(store) == []


def test_an_entry_that_an_analyst_changed_is_left_alone(store, data_dir):
    load_data(store, data_dir, now=NOW)
    group = catalogue().groups["west"].model_copy(update={"name_en": "The West"})
    publish_workbook(store, observations(FIGURES), (EntryChange("group", "west", 0, group),))
    edit(data_dir / "catalogue/groups.csv", "West", "Western region")
    assert load_data(store, data_dir, now=NOW) is None
    assert read_catalogue(store, 2).groups["west"].name_en == "The West"


def test_progress_runs_from_nothing_to_all(store, data_dir):
    seen: list[tuple[int, int]] = []
    load_data(store, data_dir, now=NOW, report=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_only_an_empty_store_is_filled_at_start(store, data_dir):
    ensure_loaded(store, data_dir, now=NOW)
    write_figures(data_dir, FIGURES + "610000 | 2022 | 3048.73\n")
    ensure_loaded(store, data_dir, now=NOW)
    assert current_revision(store) == 1


def test_two_first_starts_at_once_load_the_folder_once(store, data_dir):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: ensure_loaded(store, data_dir, now=NOW), range(4)))
    assert current_revision(store) == 1
    assert_frame_equal(read_observations(store, revision=1), state(FIGURES))


def test_a_broken_folder_changes_nothing(store, data_dir):
    edit(data_dir / "figures/yearbook.csv", "2343.44", "2,343.44")
    with pytest.raises(IndicatorsError):
        load_data(store, data_dir, now=NOW)
    assert current_revision(store) == 0


def test_several_files_of_figures_are_one_state_with_exact_places(data_dir):
    write_figures(data_dir, "region | period | value\n610000 | 2022 | 3048.73\n610000 | 2021 | 2343.44", "zz.csv")
    assert sentence(data_dir, "en").startswith('figures/zz.csv, line 3, column source: "contract_value 610000 2021')


def test_lines_are_counted_in_the_file_also_after_a_note_of_two_lines(data_dir):
    file = data_dir / "figures/yearbook.csv"
    edit(file, "技术市场成交额（亿元）,,,", '技术市场成交额（亿元）,,"一\n二",one two')
    edit(file, "2343.44", "23x")
    assert sentence(data_dir, "en").startswith('figures/yearbook.csv, line 5, column value: "23x"')


def sentence(data_dir: Path, language: str) -> str:
    with pytest.raises(IndicatorsError) as failure:
        read_data(data_dir)
    return error_text(language, failure.value)


BREAKAGES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a catalogue file is missing": (
        lambda d: (d / "catalogue/units.csv").unlink(),
        "数据文件夹里缺少 catalogue/units.csv；请补上该文件后重试。",
        "The data folder lacks catalogue/units.csv; put the file there and try again.",
    ),
    "there are no figures": (
        lambda d: (d / "figures/yearbook.csv").unlink(),
        "数据文件夹里缺少 figures/*.csv；请补上该文件后重试。",
        "The data folder lacks figures/*.csv; put the file there and try again.",
    ),
    "a quote is never closed": (
        lambda d: edit(d / "figures/yearbook.csv", "1758.72", '"1758.72'),
        "figures/yearbook.csv 从第 3 行起不是合格的 CSV（引号不成对或含有空字符）；请改正该行后重试。",
        "figures/yearbook.csv is no valid CSV from line 3 on (unbalanced quotes or a null character);"
        " correct that line and try again.",
    ),
    "a line has a cell too many": (
        lambda d: edit(d / "figures/yearbook.csv", "1758.72", "1,758.72"),
        "figures/yearbook.csv 第 3 行有 15 列，表头有 14 列；请检查该行的逗号和引号。",
        "figures/yearbook.csv, line 3, has 15 columns where the header has 14; check that line's commas and quotes.",
    ),
    "the file is in GBK": (
        lambda d: (d / "figures/yearbook.csv").write_bytes(
            (d / "figures/yearbook.csv").read_text(encoding="utf-8").encode("gbk")
        ),
        "figures/yearbook.csv 第 2 行不是 UTF-8 编码；请把文件另存为“CSV UTF-8”后重试。",
        'figures/yearbook.csv, line 2, is not UTF-8; save the file as "CSV UTF-8" and try again.',
    ),
    "a column is named otherwise": (
        lambda d: edit(d / "figures/yearbook.csv", "locator", "page"),
        "figures/yearbook.csv 第 1 行的列名不对：缺少 locator，多出或重复 page；请按说明改正表头。",
        "figures/yearbook.csv, line 1: the column names differ from what is expected: missing locator,"
        " unknown or repeated page; correct the header.",
    ),
    "a unit is wrong": (
        lambda d: edit(d / "figures/yearbook.csv", "2343.44,=,actual,亿元", "23434400,=,actual,万元"),
        "figures/yearbook.csv 第 4 行 unit 列的单位是“万元”，该指标的单位是“亿元”；请换算数值并改正单位。",
        'figures/yearbook.csv, line 4, column unit: the unit is "万元" where the indicator has "亿元";'
        " convert the value and correct the unit.",
    ),
    "a key is there twice": (
        lambda d: write_figures(d, FIGURES + "610000 | 2021 | 2343.44\n"),
        "figures/yearbook.csv 第 5 行 source 列：“contract_value 610000 2021 seller S02”在前面已经有了；"
        "同一项只能出现一次，请删去一行。",
        'figures/yearbook.csv, line 5, column source: "contract_value 610000 2021 seller S02" is there already;'
        " each may appear only once, remove one of the lines.",
    ),
    "a region is unknown": (
        lambda d: edit(d / "figures/yearbook.csv", "610000", "620000"),
        "figures/yearbook.csv 第 3 行 region 列的代码“620000”在目录里没有；请改正代码，或先在目录中加上它。",
        'figures/yearbook.csv, line 3, column region: the catalogue has no code "620000";'
        " correct the code or add it to the catalogue.",
    ),
    "a value is no number": (
        lambda d: edit(d / "figures/yearbook.csv", "2343.44", "2343.44亿"),
        "figures/yearbook.csv 第 4 行 value 列的“2343.44亿”不是数；请只写数字，不带千分位和单位。",
        'figures/yearbook.csv, line 4, column value: "2343.44亿" is no number;'
        " write digits only, without thousands separators or units.",
    ),
    "a value is missing without words": (
        lambda d: edit(d / "figures/yearbook.csv", "2343.44", ""),
        "figures/yearbook.csv 第 4 行 value 列没有数，也没有 printed 原文；请填数，或在 printed 列写出原文。",
        "figures/yearbook.csv, line 4, column value holds no number and printed no words;"
        " give the number, or the source's words in printed.",
    ),
    "a basis is not the indicator's": (
        lambda d: edit(d / "figures/yearbook.csv", "2021,seller,S02,7005.65", "2021,buyer,S02,7005.65"),
        "figures/yearbook.csv 第 2 行 basis 列的统计口径是“buyer”，该指标只用 seller / announced；"
        "请改正口径，或在指标的 bases 中加上它。",
        'figures/yearbook.csv, line 2, column basis: the basis is "buyer" where the indicator has seller / announced;'
        " correct the basis or add it to the indicator's bases.",
    ),
    "a place in the source is missing": (
        lambda d: edit(d / "figures/yearbook.csv", "技术市场成交额（亿元）", ""),
        "figures/yearbook.csv 第 2 行 locator 列是空的；每条观测值都要写明出处位置，请补上。",
        "figures/yearbook.csv, line 2, column locator is empty; every observation names its place in the source,"
        " fill it in.",
    ),
    "a period is no period": (
        lambda d: edit(d / "figures/yearbook.csv", "2020", "2020年"),
        "figures/yearbook.csv 第 3 行 period 列的“2020年”不是可识别的时间；"
        "请写成 2021、2012/2021、2023-01、2023-03-14 或 2023-Q1。",
        'figures/yearbook.csv, line 3, column period: "2020年" is no period;'
        " write 2021, 2012/2021, 2023-01, 2023-03-14 or 2023-Q1.",
    ),
    "an entry of the catalogue is wrong": (
        lambda d: edit(d / "catalogue/regions.csv", "province,陕西", "provinz,陕西"),
        "catalogue/regions.csv 第 4 行 level 列的“provinz”不符合该列的要求；请改正后重试。",
        'catalogue/regions.csv, line 4, column level: "provinz" is not what this column may hold;'
        " correct it and try again.",
    ),
    "an entry refers to nothing": (
        lambda d: edit(d / "catalogue/regions.csv", "west", "north"),
        "catalogue/regions.csv 第 4 行 groups 列引用了目录里没有的代码“north”；请改正代码，或先在目录中加上它。",
        'catalogue/regions.csv, line 4, column groups refers to "north", which the catalogue does not have;'
        " correct the code or add it to the catalogue.",
    ),
    "a code of the catalogue is there twice": (
        lambda d: edit(d / "catalogue/bases.csv", "announced", "seller"),
        "catalogue/bases.csv 第 3 行 code 列：“seller”在前面已经有了；同一项只能出现一次，请删去一行。",
        'catalogue/bases.csv, line 3, column code: "seller" is there already;'
        " each may appear only once, remove one of the lines.",
    ),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_what_is_wrong_is_said_with_file_row_and_column(data_dir, breakage):
    break_it, chinese, english = BREAKAGES[breakage]
    break_it(data_dir)
    assert (sentence(data_dir, "zh"), sentence(data_dir, "en")) == (chinese, english)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(NotFound) as failure:
        read_data(tmp_path / "nowhere")
    assert failure.value.details == {"folder": str(tmp_path / "nowhere")}


def test_a_file_that_cannot_be_read_is_named(data_dir):
    (data_dir / "catalogue/units.csv").unlink()
    (data_dir / "catalogue/units.csv").mkdir()
    with pytest.raises(Unavailable) as failure:
        read_data(data_dir)
    assert failure.value.details == {"file": "catalogue/units.csv", "reason": "Is a directory"}


def test_a_byte_order_mark_and_windows_line_ends_are_read(data_dir):
    file = data_dir / "figures/yearbook.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert_frame_equal(read_data(data_dir)[1].sort_values(KEY, ignore_index=True)[FULL_COLUMNS], state(FIGURES))


def test_the_figures_we_ship_keep_the_contract_and_fill_a_store_without_a_problem(store):
    assert load_data(store, PROJECT / "data", now=NOW) == 1
    found = read_observations(store, revision=1, indicators=["contract_value"], regions=["610000"])
    by_year = found[found["basis"] == "seller"].set_index("period")["value"]
    assert by_year[["2020", "2021", "2022", "2023"]].tolist() == [1758.72, 2343.44, 3048.73, 4118.46]
    assert verify(store) == []


def test_a_state_without_rows_can_be_published_back(store, data_dir):
    load_data(store, data_dir, now=NOW)
    publish_workbook(store, no_observations())
    assert len(read_observations(store, revision=2)) == 0
    assert verify(store) == []
