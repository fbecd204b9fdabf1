"""What this process has made: children, also the unreaped dead, and scratch folders."""

import contextlib
import os
import tempfile
from pathlib import Path

MODULE = "tests.process.jobs"


def job(name: str) -> str:
    return f"{MODULE}:{name}"


def children() -> set[int]:
    found: set[int] = set()
    for file in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that ended between the listing and the look
            found |= {int(pid) for pid in file.read_text().split()}
    return found


def folders() -> set[str]:
    roots = {Path(tempfile.gettempdir()), Path("/dev/shm")}
    return {str(found) for root in roots for found in root.glob(f"paraph-{os.getpid()}-*")}


def leftovers() -> tuple[set[int], set[str]]:
    return children(), folders()
