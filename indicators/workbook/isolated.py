"""Work on somebody's file in a process of its own, with limits on time and memory.

A file can be made to take all of a machine. The process that serves everybody else therefore never
parses one itself: it asks a short-lived process, which may fail alone. Starting one takes as long as
reading a workbook, so the process for the next file starts while this one is read, and waits.
"""

import atexit
import gc
import os
import pickle
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from threading import Lock

from indicators.errors import IndicatorsError, Invalid

_SECONDS = 8
_MEMORY = 2**30
_ROOT = Path(__file__).resolve().parents[2]
_START = "from indicators.workbook import isolated, reading; isolated.main()"

_waiting: list[Popen[bytes]] = []
_taking = Lock()


def run_safely(function: str, name: str, *arguments: object, seconds: int = _SECONDS) -> object:
    """The result of a function (``module:name``) that handles the file `name`, computed in a process of its own.

    Raises what the function raises of our errors, Invalid("workbook.too_slow") and
    Invalid("workbook.too_big_to_read"); all carry the file's name.
    """
    asked = pickle.dumps((_MEMORY, function, arguments), protocol=5)
    with _next_process() as process:
        try:
            given, _ = process.communicate(asked, timeout=seconds)
        except TimeoutExpired:
            raise Invalid("workbook.too_slow", file=name, seconds=seconds) from None
        finally:
            process.kill()
    if process.returncode != 0:
        raise Invalid("workbook.too_big_to_read", file=name)
    answer = pickle.loads(given)
    if isinstance(answer, _Failure):
        raise Invalid(answer.code, file=name, **answer.details)
    return answer


def stand_by() -> None:
    """Start the process for the next file, unless one waits already."""
    with _taking:
        if not _is_waiting():
            _waiting[:] = [_started()]


@dataclass(frozen=True)
class _Failure:
    """One of our errors on its way between two processes."""

    code: str
    details: dict[str, object]


def _next_process() -> Popen[bytes]:
    """The process that waits, or a new one where none does; the one after it starts."""
    with _taking:
        process = _waiting.pop() if _is_waiting() else _started()
        _waiting[:] = [_started()]
    return process


def _is_waiting() -> bool:
    """Whether a process waits; one that was ended from outside does not."""
    return bool(_waiting) and _waiting[0].poll() is None


def _started() -> Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
    return Popen([sys.executable, "-P", "-c", _START], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment)


@atexit.register
def _dismiss() -> None:
    """End the process that waits, so that none outlives this one."""
    for process in _waiting:
        with process:
            process.kill()


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
    """Reads what is asked from standard input and gives the result on standard output; nothing else is said there."""
    gc.disable()  # the process ends before there would be anything to collect
    out = os.dup(1)
    os.dup2(2, 1)
    asked = sys.stdin.buffer.read()
    if not asked:
        return
    most, function, arguments = pickle.loads(asked)
    _limit_memory(most)
    answer = pickle.dumps(_answer(function, arguments), protocol=5)
    with os.fdopen(out, "wb") as stream:
        stream.write(answer)
    os._exit(0)  # the end of the process frees everything at once
