"""Reading somebody's file in a process of its own, with limits on time and memory.

A file can be made to take all of a machine. The process that serves everybody else therefore never
parses one itself: it asks a short-lived process, which may fail alone.
"""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from indicators.errors import IndicatorsError, Invalid
from indicators.workbook.grid import Workbook

MOST_BYTES = 20 * 2**20
_SECONDS = 9
_MEMORY = 2**30
_ROOT = Path(__file__).resolve().parents[2]


def read_safely(content: bytes, name: str) -> Workbook:
    """The sheets of a workbook file, as `files.read_workbook` gives them and with its errors.

    Raises besides Invalid("workbook.too_large"), Invalid("workbook.too_slow") and
    Invalid("workbook.too_big_to_read"); all carry the file's name.
    """
    if len(content) > MOST_BYTES:
        raise Invalid("workbook.too_large", file=name, size=round(len(content) / 2**20), most=MOST_BYTES // 2**20)
    command = [sys.executable, "-m", "indicators.workbook.isolated", name.replace("\0", ""), str(_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Invalid("workbook.too_slow", file=name, seconds=_SECONDS) from None
    if done.returncode != 0:
        raise Invalid("workbook.too_big_to_read", file=name)
    answer = pickle.loads(done.stdout)
    if isinstance(answer, Workbook):
        return answer
    code, details = answer
    raise Invalid(code, file=name, **details)


def _limit_memory(most: int) -> None:
    try:
        import resource  # Unix only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(content: bytes, name: str) -> Workbook | tuple[str, dict[str, object]]:
    from indicators.workbook.files import read_workbook

    try:
        return read_workbook(content, name)
    except IndicatorsError as error:
        return error.code, error.details


def _main() -> None:
    """Reads standard input and gives the answer on standard output; nothing else is said there."""
    out = os.dup(1)
    os.dup2(2, 1)
    _limit_memory(int(sys.argv[2]))
    answer = pickle.dumps(_answer(sys.stdin.buffer.read(), sys.argv[1]), protocol=5)
    with os.fdopen(out, "wb") as stream:
        stream.write(answer)


if __name__ == "__main__":
    _main()
