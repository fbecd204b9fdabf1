"""The command line in this process, over a house that stands already: what a shell would get, in milliseconds."""

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.cli.main import run
from app.services.house import House
from tests.support.commands import Ran


@dataclass(frozen=True)
class CommandLine:
    """`folder` is for the files of a test; the library lies in the house."""

    house: House
    folder: Path

    def run(self, *words: object) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        standing = replace(self.house, closing=())
        with redirect_stdout(out), redirect_stderr(err):
            code = run([str(word) for word in words], lambda _: standing, lambda _library, _files: 99)
        return Ran(code, out.getvalue(), err.getvalue())

    def asked(self, *words: object) -> Any:
        """With --json; the command must succeed."""
        ran = self.run("--json", *words)
        assert (ran.code, ran.err) == (0, ""), f"{words}: {ran.code} {ran.err}"
        return ran.data

    def refused(self, code: int, *words: object) -> dict[str, Any]:
        """With --json; the command must say no with this exit code and nothing on stdout."""
        ran = self.run("--json", *words)
        assert (ran.code, ran.out) == (code, ""), f"{words}: {ran.code} {ran.out} {ran.err}"
        return ran.error
