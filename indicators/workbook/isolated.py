"""Work on somebody's file in a process of its own, with limits on time and memory.

A file can be made to take all of a machine. The process that serves everybody else therefore never
parses one itself: it asks a short-lived process, which may fail alone. Starting one takes as long as
reading a workbook. So one process that has imported everything stands by, reads nothing itself and
forks for every file; where the system cannot fork, a new process starts for every file.

As many work at once as the machine has processors, the others wait for their turn. What counts is
the time that the processor works on a file: neither waiting nor a busy machine is held against it.
"""

import atexit
import gc
import os
import pickle
import signal
import socket
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired, run
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import NamedTuple

from indicators.errors import IndicatorsError, Invalid

_SECONDS = 8
_TIMES_WHEN_BUSY = 3  # how much longer it may take on a machine that works on other things too
_NEARLY = 0.95  # the system counts in ticks
_MEMORY = 2**30
_ROOT = Path(__file__).resolve().parents[2]
_START = [sys.executable, "-P", "-c"]
_FORKING = [*_START, "from indicators.workbook import isolated, reading; isolated.answer_in_forks()"]
_ONCE = [*_START, "from indicators.workbook import isolated; isolated.answer_once()"]
_CAN_FORK = hasattr(os, "fork")
_turns = BoundedSemaphore(os.cpu_count() or 1)


def run_safely(function: str, name: str, *arguments: object, seconds: int = _SECONDS) -> object:
    """The result of a function (``module:name``) that handles the file `name`, computed in a process of its own.

    `seconds` are those of the processor. Raises what the function raises of our errors,
    Invalid("workbook.too_slow"), Invalid("workbook.busy") and Invalid("workbook.too_big_to_read"); all
    carry the file's name.
    """
    longest = seconds * _TIMES_WHEN_BUSY
    question = pickle.dumps((seconds, longest, _MEMORY, function, arguments), protocol=5)
    with _turns:
        start = monotonic()
        try:
            answer = pickle.loads(_asked(question, longest))
        except (OSError, EOFError, pickle.UnpicklingError):
            raise _ended(name, monotonic() - start, seconds, longest) from None
    if isinstance(answer, _Failure):
        raise Invalid(answer.code, file=name, **answer.details)
    return answer


def _ended(name: str, after: float, seconds: int, longest: int) -> Invalid:
    """Why there is no answer: only work that has taken all its time can have been ended for that."""
    if after >= longest:
        return Invalid("workbook.busy", file=name, seconds=longest)
    if after >= seconds * _NEARLY:
        return Invalid("workbook.too_slow", file=name, seconds=seconds)
    return Invalid("workbook.too_big_to_read", file=name)


def stand_by() -> None:
    """Start the process that forks for every file, unless it runs already."""
    if _CAN_FORK:
        with _starting:
            _standing_by()


@dataclass(frozen=True)
class _Failure:
    """One of our errors on its way between two processes."""

    code: str
    details: dict[str, object]


class _Parent(NamedTuple):
    """The process that forks for every file, and the line on which it is handed a connection for each."""

    process: Popen[bytes]
    line: socket.socket


_running: list[_Parent] = []
_starting = Lock()


def _asked(question: bytes, seconds: int) -> bytes:
    """The answer of a new process, cut short or empty where it ended before. Raises OSError, also after `seconds`."""
    if not _CAN_FORK:
        return _asked_of_started(question, seconds)
    ours, theirs = socket.socketpair()
    with ours:
        with theirs, _starting:
            socket.send_fds(_standing_by().line, [b"\0"], [theirs.fileno()])
        ours.settimeout(seconds)
        ours.sendall(question)
        ours.shutdown(socket.SHUT_WR)
        with ours.makefile("rb") as stream:
            return stream.read()


def _asked_of_started(question: bytes, seconds: int) -> bytes:
    try:
        done = run(_ONCE, input=question, stdout=PIPE, stderr=DEVNULL, timeout=seconds, env=_environment(), check=False)
    except TimeoutExpired:
        raise TimeoutError from None
    return done.stdout


def _standing_by() -> _Parent:
    """The process that forks; a new one where none runs or it was ended from outside."""
    if not _running or _running[0].process.poll() is not None:
        line, theirs = socket.socketpair()
        with theirs:
            process = Popen(_FORKING, stdin=theirs.fileno(), stdout=DEVNULL, stderr=DEVNULL, env=_environment())
        _running[:] = [_Parent(process, line)]
    return _running[0]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}


@atexit.register
def _dismiss() -> None:
    """End the process that stands by, so that none outlives this one."""
    for process, line in _running:
        line.close()
        process.kill()
        process.wait()


def answer_in_forks() -> None:
    """Stand by: fork for every connection that is handed over on standard input, until that closes."""
    gc.disable()  # a fork ends before there would be anything to collect
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears away what was forked
    with socket.socket(fileno=0) as line:
        while handed := socket.recv_fds(line, 1, 1)[1]:
            if os.fork() == 0:
                _serve(handed[0])
            os.close(handed[0])


def answer_once() -> None:
    """Answer one question from standard input on standard output; nothing else is said there."""
    out = os.dup(1)
    os.dup2(2, 1)
    answer = _answer(sys.stdin.buffer.read())
    with os.fdopen(out, "wb") as stream:
        stream.write(answer)


def _serve(connection: int) -> None:
    """Answer the question that comes on a connection and end, whatever happens."""
    try:
        with socket.socket(fileno=connection) as link:
            with link.makefile("rb") as stream:
                question = stream.read()
            link.sendall(_answer(question))
    finally:
        os._exit(0)


def _answer(question: bytes) -> bytes:
    """The pickled result of a pickled call, or our error in its place."""
    seconds, longest, memory, function, arguments = pickle.loads(question)
    _limit(seconds, longest, memory)
    module, _, name = function.partition(":")
    try:
        result = getattr(import_module(module), name)(*arguments)
    except IndicatorsError as error:
        result = _Failure(error.code, error.details)
    return pickle.dumps(result, protocol=5)


def _limit(seconds: int, longest: int, memory: int) -> None:
    """Let the system end this process when it takes too much."""
    try:
        import resource  # Unix only
    except ImportError:
        return
    signal.setitimer(signal.ITIMER_REAL, longest)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
