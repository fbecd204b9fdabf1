"""The program a child process runs: read a request, run a listed job, write the reply, until the pipe closes.

A job module lists what may be asked of it in `JOBS: Mapping[str, Callable[[dict], Json]]`; nothing else in it
can be reached from outside, and no module but those named at the start is imported.
"""

import faulthandler
import gc
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final, cast

from app.domain import errors
from app.process import wire
from app.process.confinement import confine, grant_cpu
from app.process.limits import Limits
from app.process.wire import Json

Job = Callable[[dict[str, Json]], Json]

_TRACEBACK_CHARACTERS: Final = 16_000


class Desk:
    """The jobs one child may run, found by "module:name"."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        self._modules = modules
        self._jobs: dict[str, Job] = {}

    def load(self) -> None:
        """Import the modules and list their jobs; a second call changes nothing."""
        if self._jobs:
            return
        for module in self._modules:
            listed: Mapping[str, Job] = importlib.import_module(module).JOBS
            self._jobs.update({f"{module}:{name}": job for name, job in listed.items()})
        gc.freeze()  # modules stay: no collection looks through them again

    def answer(self, request: dict[str, Json]) -> dict[str, Json]:
        """Run one request. Every outcome is a reply: a value, one of our errors, or a bug's traceback."""
        try:
            self.load()
            job = self._jobs[str(request["job"])]
            return {"value": job(cast("dict[str, Json]", request["payload"]))}
        except errors.ParaphError as error:
            return {"error": error.kind, "facts": dict(error.facts)}
        except MemoryError:
            return {"exhausted": "memory"}
        except Exception:  # noqa: BLE001 - a bug must reach the parent, and the next request a living child
            return {"bug": traceback.format_exc()[-_TRACEBACK_CHARACTERS:]}


def main(arguments: list[str]) -> int:
    """Entry point; `arguments` is one JSON text made by `app.process.spawned`."""
    requests, replies = _take_pipes()
    faulthandler.enable()
    terms = json.loads(arguments[0])
    limits = Limits(**terms["limits"])
    confine(limits, terms["parent"])
    grant_cpu(limits.start_s)
    desk = Desk(tuple(terms["modules"]))
    if terms["preload"]:
        desk.load()
    wire.send(replies, wire.encode({"ready": True}, limits.message_bytes))
    _serve(desk, limits, requests, replies)
    return 0


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes for ourselves; what a library prints goes to the error stream (MuPDF prints)."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _serve(desk: Desk, limits: Limits, requests: BinaryIO, replies: BinaryIO) -> None:
    while True:
        try:
            request = wire.decode(wire.receive(requests, limits.message_bytes))
        except EOFError:
            return
        grant_cpu(limits.cpu_s)
        wire.send(replies, _frame(desk.answer(request), limits))


def _frame(reply: dict[str, Json], limits: Limits) -> bytes:
    try:
        return wire.encode(reply, limits.message_bytes)
    except wire.MessageTooBig:
        return wire.encode({"exhausted": "message"}, limits.message_bytes)
    except MemoryError:
        return wire.encode({"exhausted": "memory"}, limits.message_bytes)
    except (TypeError, ValueError) as error:
        return wire.encode({"bug": f"the job's value is not JSON: {error}"}, limits.message_bytes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
