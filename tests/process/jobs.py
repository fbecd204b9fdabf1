"""Jobs of the bad sort, run in a child by the tests of this room."""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from app.domain import errors
from app.process import Json, open_slot

_kept: list[str] = []


def echo(payload: dict[str, Json]) -> Json:
    return payload["value"]


def keep(payload: dict[str, Json]) -> Json:
    """State of the child, to tell a restarted one from the old one."""
    _kept.append(str(payload["value"]))
    return list(_kept)


def exit_at_once(payload: dict[str, Json]) -> Json:
    os._exit(3)


def segfault(payload: dict[str, Json]) -> Json:
    return ctypes.string_at(0).decode()


def sleep(payload: dict[str, Json]) -> Json:
    time.sleep(float(payload["seconds"]))
    return "awake"


def spin(payload: dict[str, Json]) -> Json:
    while True:
        pass


def burn(payload: dict[str, Json]) -> Json:
    end = time.process_time() + float(payload["seconds"])
    while time.process_time() < end:
        pass
    return "burnt"


def take_memory(payload: dict[str, Json]) -> Json:
    return len(bytearray(int(payload["size"])))


def big_reply(payload: dict[str, Json]) -> Json:
    return "x" * int(payload["size"])


def refuse(payload: dict[str, Json]) -> Json:
    raise errors.PageOutOfRange(path=str(payload["path"]), page=7, pages=3)


def bug(payload: dict[str, Json]) -> Json:
    return {}["nothing"]


def not_json(payload: dict[str, Json]) -> Json:
    return {1, 2}


def noise(payload: dict[str, Json]) -> Json:
    print("to standard output")
    sys.stdout.flush()
    os.write(1, b"straight to the first descriptor\n" * 10_000)
    print("last words", file=sys.stderr, flush=True)
    return sys.stdin.read()


def connect(payload: dict[str, Json]) -> Json:
    with socket.create_connection(("127.0.0.1", int(payload["port"])), 1):
        return "connected"


def fetch(payload: dict[str, Json]) -> Json:
    with urllib.request.urlopen(str(payload["url"]), timeout=1) as answer:
        return answer.read().decode()


def run_program(payload: dict[str, Json]) -> Json:
    return subprocess.check_output(["true"]).decode()


def event_loop(payload: dict[str, Json]) -> Json:
    import asyncio

    async def answer() -> str:
        await asyncio.sleep(0)
        return "looped"

    return asyncio.run(answer())


def surroundings(payload: dict[str, Json]) -> Json:
    folder = Path(tempfile.gettempdir())
    (folder / "left behind").write_text("x")
    return {
        "folder": str(folder),
        "mode": folder.stat().st_mode & 0o777,
        "core": list(resource.getrlimit(resource.RLIMIT_CORE)),
        "nice": os.nice(0),
        "environment": sorted(os.environ),
        "interrupt_ignored": signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
        "parent": os.getppid(),
    }


def write_file(payload: dict[str, Json]) -> Json:
    with (Path(tempfile.gettempdir()) / "large").open("wb") as file:
        for _ in range(int(payload["mebibytes"])):
            file.write(bytes(2**20))
    return "written"


def paint(payload: dict[str, Json]) -> Json:
    slot = open_slot(payload["slot"])
    slot[:] = bytes([int(payload["value"])]) * len(slot)
    return len(slot)


def peek_modules(payload: dict[str, Json]) -> Json:
    return sorted(name for name in sys.modules if name.split(".")[0] in ("tests", "app"))


JOBS = {
    job.__name__: job
    for job in (
        echo, keep, exit_at_once, segfault, sleep, spin, burn, take_memory, big_reply, refuse, bug, not_json,
        noise, connect, fetch, run_program, event_loop, surroundings, write_file, paint, peek_modules,
    )
}  # fmt: skip
