"""Figures as PNG, SVG and PDF, painted by one warm Chromium through kaleido; pictures wait their turn.

A browser that hangs or dies is put away and started anew, once for each picture.
"""

import asyncio
import atexit
import logging
import shutil
import subprocess
import threading
from collections.abc import Coroutine
from functools import cache
from typing import Literal, TypeVar

from choreographer.errors import ChromeNotFoundError
from kaleido import Kaleido

from indicators.charts.picture import Picture
from indicators.errors import Unavailable

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
WAIT_SECONDS = 60.0
_PAINT_SECONDS = 20.0
_START_SECONDS = 30.0
_CLOSE_SECONDS = 10.0
T = TypeVar("T")
_log = logging.getLogger(__name__)
# What these say of a browser that goes is not for the person at the terminal; what matters is raised.
for _name in ("choreographer", "kaleido", "browser_proc"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Painter:
    """The browser that paints, started with the first picture; safe to use from several threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._browser: Kaleido | None = None

    def paint(self, picture: Picture, kind: Format, *, times: int = 1) -> bytes:
        """The picture as a file; a PNG `times` as large, text and all.

        Raises Unavailable: "export.no_browser", "export.no_font", "export.busy" after a minute in the queue,
        "export.failed" where the browser did not paint it twice.
        """
        require_font()
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise Unavailable("export.busy", seconds=round(WAIT_SECONDS))
        try:
            try:
                return self._paint(picture, kind, times)
            except ChromeNotFoundError:
                raise Unavailable("export.no_browser") from None
            except Exception as error:
                _log.warning("painting is tried again: %r", error)
                self._put_away()
                return self._again(picture, kind, times)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the browser, if there is one."""
        with self._turn:
            self._put_away()

    def _again(self, picture: Picture, kind: Format, times: int) -> bytes:
        try:
            return self._paint(picture, kind, times)
        except Exception as error:
            self._put_away()
            raise Unavailable("export.failed", reason=type(error).__name__) from error

    def _paint(self, picture: Picture, kind: Format, times: int) -> bytes:
        if self._browser is None:
            self._start()
        assert self._browser is not None
        size = {"width": picture.width, "height": picture.height, "scale": picture.factor}
        options = {"format": kind, **(picture.canvas(times) if kind == "png" else size)}
        painting = self._browser.calc_fig(picture.parts, opts=options)
        return bytes(self._do(painting, _PAINT_SECONDS))

    def _start(self) -> None:
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, name="painter", daemon=True).start()
        self._loop = loop
        self._browser = self._do(_started(), _START_SECONDS)

    def _put_away(self) -> None:
        browser, loop = self._browser, self._loop
        self._browser = self._loop = None
        if loop is None:
            return
        if browser is not None:
            try:
                asyncio.run_coroutine_threadsafe(browser.close(), loop).result(_CLOSE_SECONDS)
            except Exception as error:
                _log.warning("the browser did not close: %r", error)
            process = browser.subprocess
            if process.poll() is None:
                process.kill()
            process.wait(_CLOSE_SECONDS)
        loop.call_soon_threadsafe(loop.stop)

    def _do(self, work: Coroutine[object, object, T], seconds: float) -> T:
        assert self._loop is not None
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise


async def _started() -> Kaleido:
    browser = Kaleido(n=1, timeout=_PAINT_SECONDS, mathjax=False)
    await browser.open()
    return browser


@cache
def painter() -> Painter:
    """The painter of this process; its browser ends with it."""
    shared = Painter()
    atexit.register(shared.close)
    return shared


@cache
def require_font() -> None:
    """Nothing where the machine can write Chinese. Raises Unavailable("export.no_font")."""
    lister = shutil.which("fc-list")
    if lister is None:
        return  # not a Linux machine; its system fonts have Chinese
    found = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, text=True, check=False).stdout
    if not found.strip():
        raise Unavailable("export.no_font")
