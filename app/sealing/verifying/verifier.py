"""The client's side of verification: asks a child, and has an answer even when the child dies of the question."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app import codec
from app.domain import errors
from app.domain.ids import Sha256
from app.domain.verdict import Report, Revision, Verdict
from app.process import Worker, WorkerBug
from app.sealing.verifying.anchors import TrustAnchor
from app.sealing.verifying.brought import Brought

JOBS_MODULE: Final = "app.sealing.verifying.jobs"
_NOTHING: Final = Brought()
_Death = errors.DocumentTimedOut | errors.DocumentCrashed | errors.DocumentTooHeavy | errors.DocumentQuarantined
_DEATHS: Final = (
    errors.DocumentTimedOut,
    errors.DocumentCrashed,
    errors.DocumentTooHeavy,
    errors.DocumentQuarantined,
)


class Verifier:
    """Judges signed files in a child process that knows the jobs of `JOBS_MODULE`.

    A bad signature is a verdict. So is a file that hangs, crashes or confuses the analysis: `indeterminate`, or
    `invalid` when its bytes alone prove that it was altered. A `DocumentError` is raised only for what is no PDF or
    cannot be read.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def verify(
        self,
        path: Path,
        trust: Sequence[TrustAnchor],
        at: datetime | None = None,
        *,
        renderer_repairs: bool,
        brought: Brought = _NOTHING,
    ) -> Report:
        """`at` is the moment to judge certificates by, now by default; `renderer_repairs` says that the program that
        shows the pages had to guess the file's structure, so that nobody knows whether both read the same document;
        `brought` is what was fetched about its certificates.
        """
        payload = {
            "path": str(path),
            "trust": codec.encode(tuple(trust), tuple[TrustAnchor, ...]),
            "at": (at or datetime.now(UTC)).isoformat(),
            "renderer_repairs": renderer_repairs,
            "brought": codec.encode(brought, Brought),
        }
        try:
            return codec.decode(Report, self._worker.call(f"{JOBS_MODULE}:verify", payload))
        except _DEATHS as death:
            return self._judged_by_bytes(path, _obstacle(death))
        except (WorkerBug, errors.SpecError):
            return self._judged_by_bytes(path, "unreadable")

    def revisions(self, path: Path) -> tuple[Revision, ...]:
        """The states of the file that signatures close, oldest first, and the whole file where it goes on."""
        return codec.decode(tuple[Revision, ...], self._worker.call(f"{JOBS_MODULE}:revisions", {"path": str(path)}))

    def extract_revision(self, path: Path, number: int, out: Path) -> Path:
        """Writes the bytes of one of `revisions` to `out`: what the signer saw, to be shown and compared."""
        known = self.revisions(path)
        if not 1 <= number <= len(known):
            raise errors.RevisionOutOfRange(path=str(path), revision=number, revisions=len(known))
        try:
            with path.open("rb") as source, out.open("wb") as target:
                shutil.copyfileobj(source, target)
                target.truncate(known[number - 1].end)
                os.fsync(target.fileno())
        except OSError as error:
            raise errors.NotWritable(path=str(out), reason=error.strerror or "") from None
        return out

    def _judged_by_bytes(self, path: Path, obstacle: str) -> Report:
        """Without the parser that failed. The key is not `path`: this file has had its deaths counted already."""
        payload = {"document": str(path), "obstacle": obstacle}
        try:
            return codec.decode(Report, self._worker.call(f"{JOBS_MODULE}:judge_bytes", payload))
        except (*_DEATHS, WorkerBug, errors.SpecError):
            return Report(str(path), Sha256(""), Verdict.INDETERMINATE, "not_analysed", reasons=(obstacle,))


def _obstacle(death: _Death) -> str:
    match death:
        case errors.DocumentTimedOut():
            return "timed_out"
        case errors.DocumentTooHeavy():
            return "too_heavy"
        case errors.DocumentQuarantined():
            return "quarantined"
        case _:
            return "crashed"
