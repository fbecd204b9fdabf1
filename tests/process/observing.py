"""What this process has made: children, also the unreaped dead, and scratch folders."""

import os
import tempfile
from pathlib import Path

MODULE = "tests.process.jobs"


def job(name: str) -> str:
    return f"{MODULE}:{name}"


def children() -> set[int]:
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {int(pid) for file in tasks.glob("*/children") for pid in file.read_text().split()}


def folders() -> set[str]:
    roots = {Path(tempfile.gettempdir()), Path("/dev/shm")}
    return {str(found) for root in roots for found in root.glob(f"paraph-{os.getpid()}-*")}


def leftovers() -> tuple[set[int], set[str]]:
    return children(), folders()
