"""Work on somebody's file in a process of its own, with limits on time and memory.

A file can be made to take all of a machine. The process that serves everybody else therefore never
parses one itself: it asks a short-lived process, which may fail alone.
"""

import gc
import os
import pickle
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from indicators.errors import IndicatorsError, Invalid

_SECONDS = 8
_MEMORY = 2**30
_ROOT = Path(__file__).resolve().parents[2]
_START = "from indicators.workbook import isolated; isolated.main()"


def run_safely(function: str, name: str, *arguments: object, seconds: int = _SECONDS) -> object:
    """The result of a function (``module:name``) that handles the file `name`, computed in a process of its own.

    Raises what the function raises of our errors, Invalid("workbook.too_slow") and
    Invalid("workbook.too_big_to_read"); all carry the file's name.
    """
    import subprocess  # the other process imports this module too, and starts the faster without

    command = [sys.executable, "-P", "-c", _START, function, str(_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
    given = pickle.dumps(arguments, protocol=5)
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise Invalid("workbook.too_slow", file=name, seconds=seconds) from None
    if done.returncode != 0:
        raise Invalid("workbook.too_big_to_read", file=name)
    answer = pickle.loads(done.stdout)
    if isinstance(answer, _Failure):
        raise Invalid(answer.code, file=name, **answer.details)
    return answer


@dataclass(frozen=True)
class _Failure:
    """One of our errors on its way between two processes."""

    code: str
    details: dict[str, object]


def _limit_memory(most: int) -> None:
    try:
        import resource  # Unix only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(function: str, arguments: tuple) -> object:
    module, _, name = function.partition(":")
    try:
        return getattr(import_module(module), name)(*arguments)
    except IndicatorsError as error:
        return _Failure(error.code, error.details)


def main() -> None:
    """Reads arguments from standard input and gives the result on standard output; nothing else is said there."""
    gc.disable()  # the process ends before there would be anything to collect
    out = os.dup(1)
    os.dup2(2, 1)
    _limit_memory(int(sys.argv[2]))
    answer = pickle.dumps(_answer(sys.argv[1], pickle.loads(sys.stdin.buffer.read())), protocol=5)
    with os.fdopen(out, "wb") as stream:
        stream.write(answer)
    os._exit(0)  # the end of the process frees everything at once
