"""The program's side of sealing: it asks the child and waits. No PDF library is loaded here."""

from collections.abc import Mapping
from typing import Any, Protocol

from app import codec
from app.process import Json, Limits
from app.sealing import wire
from app.sealing.request import SealedRevision, SealRequest

MODULES = ("app.sealing.jobs",)
LIMITS = Limits(address_space_bytes=2 * 2**30, cpu_s=60, wall_s=90.0)
"""The check of a revision reads every object of the document: a file of thousands of pages takes many seconds."""


class Caller(Protocol):
    """A `process.Worker` or `Pool` that has `MODULES`."""

    def call(self, job: str, payload: Mapping[str, Json], *, wall_s: float | None = None) -> Json: ...


class Sealer:
    """Every call either leaves a checked file at `out`, or raises a `ParaphError` and leaves everything as it was."""

    def __init__(self, worker: Caller) -> None:
        self._worker = worker

    def seal(self, request: SealRequest) -> SealedRevision:
        """One recipient's revision: fills, then a PAdES B-B signature in the field laid for them.

        Raises `SealNotMade` (structure or hybrid: an unsigned file can be normalised and tried again; field_filled),
        `SealNotTrusted` when the result did not verify, `SigningForbidden` by docmdp, fieldmdp or signed,
        `FieldNotInDocument`, `GlyphsMissing`, `IdentityUnusable`, and what a file or a worker may raise.
        """
        return self._sealed("seal", request)

    def seal_plain(self, request: SealRequest) -> SealedRevision:
        """The device's seal: as `seal`, but the signature field is made (invisible) when it is not there."""
        return self._sealed("seal_plain", request)

    def _sealed(self, job: str, request: SealRequest) -> SealedRevision:
        answer: Any = self._worker.call(f"{MODULES[0]}:{job}", wire.request_to_json(request))
        return codec.decode(SealedRevision, answer)
