"""A screen of our own, so that no test, picture or measurement depends on the desk of whoever runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ground import Unable


def has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def own_screen() -> Iterator[dict[str, str] | None]:
    """The environment of a virtual screen with a window manager; None where its programs are missing."""
    if not all(shutil.which(program) for program in ("Xvfb", "openbox", "xdotool")):
        yield None
        return
    with ExitStack() as children:
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": _start_xvfb(children)}
        environment.pop("WAYLAND_DISPLAY", None)
        _start_openbox(children, environment)
        yield environment


def _start_xvfb(children: ExitStack) -> str:
    """Xvfb picks a free number itself and writes it to the pipe once it accepts connections."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    _start(children, [*command, "-noreset"], dict(os.environ), writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise Unable("Xvfb did not start")
    return f":{number}"


def _start_openbox(children: ExitStack, environment: dict[str, str]) -> None:
    """Ready when it has told the screen how many desktops there are."""
    _start(children, ["openbox"], environment)
    question = ["xdotool", "get_num_desktops"]
    quiet = subprocess.DEVNULL
    deadline = time.monotonic() + 15
    while subprocess.call(question, env=environment, stdout=quiet, stderr=quiet):
        if time.monotonic() > deadline:
            raise Unable("openbox did not start")
        time.sleep(0.05)


def _start(children: ExitStack, command: list[str], environment: dict[str, str], *passed: int) -> None:
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(command, env=environment, pass_fds=passed, **silent)
    children.callback(child.wait)
    children.callback(child.terminate)
