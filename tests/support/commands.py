"""The command line as a shell runs it: another process, real files, real exit codes."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSPHRASE = "a passphrase"
CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error object of --json; fails when stderr holds anything else."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


def environment(library: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "PARAPH_LIBRARY": str(library), "PYTHONPATH": str(CHECKOUT), **more}


def run(
    library: Path,
    *words: object,
    passphrase: str | None = PASSPHRASE,
    cwd: Path | None = None,
    timeout: float = 90,
    typed: str = "",
) -> Ran:
    """`paraph WORDS`, without a terminal; `typed` is on its standard input."""
    more = {"PARAPH_PASSPHRASE": passphrase} if passphrase is not None else {}
    done = subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        env=environment(library, **more),
        cwd=cwd or library.parent,
        input=typed,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def asked(library: Path, *words: object, **options: Any) -> Any:
    """With --json; the command must succeed."""
    ran = run(library, "--json", *words, **options)
    assert ran.code == 0, f"{words}: {ran.code} {ran.err}"
    assert ran.err == ""
    return ran.data


def refused(library: Path, code: int, *words: object, **options: Any) -> dict[str, Any]:
    """With --json; the command must say no with this exit code and nothing on stdout."""
    ran = run(library, "--json", *words, **options)
    assert ran.code == code, f"{words}: {ran.code} {ran.out} {ran.err}"
    assert ran.out == ""
    return ran.error
