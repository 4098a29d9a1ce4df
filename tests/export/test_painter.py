"""The real browser: sizes, the queue, a browser that is killed, a machine without one."""

import signal
import threading
from contextlib import suppress
from io import BytesIO

import psutil
import pytest
from PIL import Image

from indicators.charts.picture import SIZES, Picture, picture
from indicators.errors import Unavailable
from indicators.export import painter as module
from indicators.export.painter import Painter, require_font
from indicators.tasks.draw import drawing_of
from indicators.tasks.marks import frame_of
from tests.real import spec, view


def drawn(size: str = "wide") -> Picture:
    shown = view(spec("map", "610000,110000"))
    return picture(
        drawing_of(shown),
        frame=frame_of(shown),
        size=SIZES[size],
        mark="",
        stamp="图号 r7-7KQF-9M2X",
    )


def own_browser(painter: Painter) -> list[psutil.Process]:
    """The processes of a painter's browser; that of the tests goes on."""
    started = painter._browser
    if started is None:
        return []
    process = psutil.Process(started.subprocess.pid)
    return [process, *process.children(recursive=True)]


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_has_exactly_the_pixels_of_its_size(painter, size):
    for times in (1, 2):
        found = Image.open(BytesIO(painter.paint(drawn(size), "png", times=times))).size
        assert found == (SIZES[size].width * times, SIZES[size].height * times)


def test_the_same_picture_is_the_same_file(painter):
    assert painter.paint(drawn(), "png") == painter.paint(drawn(), "png")


def test_pictures_of_ten_people_are_all_painted_though_the_browser_is_killed_in_the_middle(painter):
    painter.paint(drawn(), "png")
    found: list[int] = []
    painted = drawn()

    def ask() -> None:
        found.append(len(painter.paint(painted, "png", times=2)))

    people = [threading.Thread(target=ask) for _ in range(10)]
    for person in people:
        person.start()
    while len(found) < 3:
        threading.Event().wait(0.02)
    for process in own_browser(painter):
        with suppress(psutil.NoSuchProcess):  # gone with the one before it
            process.send_signal(signal.SIGKILL)
    for person in people:
        person.join()
    assert len(found) == 10
    assert len(set(found)) == 1


def test_no_browser_is_left_behind():
    own = Painter()
    own.paint(drawn(), "svg")
    started = own_browser(own)
    assert len(started) > 1
    own.close()
    gone, alive = psutil.wait_procs(started, timeout=10)
    assert (len(gone), alive) == (len(started), [])


def test_without_a_browser_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    require_font()
    own = Painter()
    with pytest.raises(Unavailable) as refused:
        own.paint(drawn(), "png")
    own.close()
    assert refused.value.code == "export.no_browser"


def test_without_a_chinese_font_nothing_is_painted(monkeypatch, tmp_path):
    lister = tmp_path / "fc-list"
    lister.write_text("#!/bin/sh\n")
    lister.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    require_font.cache_clear()
    with pytest.raises(Unavailable) as refused:
        module.Painter().paint(drawn(), "png")
    require_font.cache_clear()
    assert refused.value.code == "export.no_font"


def test_who_waits_too_long_is_told(monkeypatch):
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    own = Painter()
    with own._turn, pytest.raises(Unavailable) as refused:
        own.paint(drawn(), "png")
    assert refused.value.code == "export.busy"
