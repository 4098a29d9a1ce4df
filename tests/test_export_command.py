"""Views as files from the terminal, with the store that the program ships."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from indicators.export.imprint import addresses_in
from indicators.settings import PROJECT
from tests.test_command_line import environment

QUERY = "/compare?chart=map&i=contract_value&y=2023&m=per_capita"


@pytest.fixture(scope="module")
def store(data_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "store.sqlite"
    file.write_bytes(data_file.read_bytes())
    return file


def export(store: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "indicators", "export", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment(store), capture_output=True, text=True, timeout=120)


def test_a_view_is_written_as_the_picture_of_a_size(store, tmp_path):
    file = tmp_path / "图.png"
    done = export(store, QUERY, str(file), "--size", "square", "--times", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert Image.open(file).size == (2400, 2400)
    (address,) = addresses_in(file.read_bytes())
    assert address.startswith("/compare?chart=map&i=contract_value&r=provinces&y=2023&m=per_capita")
    assert address in done.stdout
    assert "图号 r1-" in done.stdout


def test_a_view_is_written_as_a_slide_in_english(store, tmp_path):
    file = tmp_path / "view.pptx"
    done = export(store, f"{QUERY}&lang=en", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert addresses_in(file.read_bytes())[0].endswith("lang=en")


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("/nowhere", "a.png", "“/nowhere”不是视图的网址"),
        (QUERY, "a.gif", "“a.gif”：只能存成"),
        ("/compare?chart=table", "a.png", "这个视图是表格或文字，没有图"),
        ("/compare?r=810000", "a.png", "这个视图没有数据"),
    ],
)
def test_what_cannot_be_written_gets_a_sentence_and_no_file(store, tmp_path, query, name, said):
    done = export(store, query, str(tmp_path / name))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / name).exists()


def test_what_of_a_link_is_left_out_is_said(store, tmp_path):
    done = export(store, "/compare?i=contract_value&hl=999999", str(tmp_path / "a.csv"))
    assert done.returncode == 0
    assert "999999" in done.stdout
