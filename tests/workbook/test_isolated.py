"""A file that takes too much ends its own process, and the person gets a sentence."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

import pytest

from indicators.errors import Invalid
from indicators.language.messages import error_text
from indicators.settings import PROJECT
from indicators.workbook import isolated
from indicators.workbook.isolated import run_safely
from indicators.workbook.reading import MOST_BYTES, read_safely
from tests.real import catalogue
from tests.workbook.written import CONTRACTS, contract_table, saved


def refused(content: bytes) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_safely(content, "技术合同.xlsx", catalogue())
    return caught.value


def test_a_sound_workbook_comes_back_whole():
    reading = read_safely(saved(contract_table()), "技术合同.xlsx", catalogue())
    values = [value for row in CONTRACTS[3:6] for value in row[1:]]
    assert [o.value for o in reading.observations if o.unit == "亿元"] == values


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_is_a_sentence_with_the_name_of_the_file(language):
    assert "技术合同.xlsx" in error_text(language, refused(b"PK\x03\x04 cut short"))


def test_a_file_that_is_too_large_is_not_even_opened():
    assert refused(b"\0" * (MOST_BYTES + 1)).code == "workbook.too_large"


def test_work_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(isolated, "_TIMES_WHEN_BUSY", 60)
    with pytest.raises(Invalid) as refusal:
        run_safely("builtins:sum", "表.xlsx", range(10**12), seconds=1)
    assert (refusal.value.code, refusal.value.details) == ("workbook.too_slow", {"file": "表.xlsx", "seconds": 1})


def test_time_that_the_processor_works_on_other_things_is_not_held_against_a_file():
    assert run_safely("time:sleep", "表.xlsx", 2, seconds=1) is None


def test_a_file_that_a_busy_machine_does_not_get_to_is_not_called_too_large(monkeypatch):
    monkeypatch.setattr(isolated, "_TIMES_WHEN_BUSY", 1)
    with pytest.raises(Invalid) as refusal:
        run_safely("time:sleep", "表.xlsx", 5, seconds=1)
    assert (refusal.value.code, refusal.value.details) == ("workbook.busy", {"file": "表.xlsx", "seconds": 1})


def test_waiting_for_a_turn_is_not_counted(monkeypatch):
    monkeypatch.setattr(isolated, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(isolated, "_TIMES_WHEN_BUSY", 2)
    run_safely("math:isqrt", "表.xlsx", 16, seconds=60)
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda _: run_safely("time:sleep", "表.xlsx", 1, seconds=1), range(3)))
    assert answers == [None, None, None]


def test_every_file_gets_a_process_of_its_own():
    processes = {run_safely("os:getpid", "表.xlsx") for _ in range(3)}
    assert len(processes - {os.getpid()}) == 3


def test_several_files_are_handled_at_once():
    with ThreadPoolExecutor(3) as threads:
        answers = threads.map(lambda number: run_safely("math:isqrt", "表.xlsx", number**2, seconds=60), range(6))
    assert list(answers) == list(range(6))


def test_a_process_that_ended_while_it_stood_by_is_replaced():
    isolated.stand_by()
    isolated._running[0].process.kill()
    isolated._running[0].process.wait()
    assert run_safely("math:isqrt", "表.xlsx", 16) == 4


def test_what_ends_without_an_answer_is_refused_and_the_next_file_is_read():
    with pytest.raises(Invalid, match="too_big_to_read"):
        run_safely("os:_exit", "表.xlsx", 1)
    assert run_safely("math:isqrt", "表.xlsx", 16) == 4


def test_the_process_that_stands_by_ends_with_the_program():
    program = "from indicators.workbook import isolated as i; i.stand_by(); print(i._running[0].process.pid)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PROJECT)
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_a_system_that_cannot_fork_starts_a_process_for_every_file():
    program = (
        "import os; del os.fork; from indicators.workbook import isolated as i; i.stand_by()\n"
        "print(i.run_safely('math:isqrt', 'a.xlsx', 16, seconds=60))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout == "4\n"


def test_reading_that_takes_too_much_memory_ends_alone(monkeypatch):
    monkeypatch.setattr(isolated, "_MEMORY", 150 * 2**20)
    rows = "".join(f"{number},{number}\n" for number in range(900_000))
    assert refused(rows.encode()).code == "workbook.too_big_to_read"


def test_a_page_of_thousands_of_tables_is_read_or_refused_within_the_seconds_that_reading_has():
    table = "<table><tr><td>地区</td><td>2023年</td></tr><tr><td>陕西</td><td>4118.46</td></tr></table>"
    refusals = ("workbook.too_slow", "workbook.too_many_cells", "workbook.busy")
    assert refused(f"<html>{table * 120_000}</html>".encode()).code in refusals


def test_a_table_of_more_cells_than_anybody_types_is_refused():
    assert refused(b"1,1,1\n" * 700_000).code == "workbook.too_many_cells"


def test_the_process_starts_without_what_an_xlsx_does_not_need():
    names = "import sys, indicators.workbook.isolated, indicators.workbook.reading; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", names], capture_output=True, text=True, check=True, cwd=PROJECT)
    slow = {"pandas", "cn2an", "sqlalchemy", "streamlit", "openpyxl", "xlrd", "msoffcrypto", "charset_normalizer"}
    assert not slow & set(done.stdout.split())
