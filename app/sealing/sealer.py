"""The program's side of sealing: it asks the child and waits. No PDF library is loaded here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from app import codec
from app.domain import errors
from app.domain.identity import KeyMaterial, Token, TokenKey
from app.domain.level import Level
from app.domain.trusted_list import Scheme, TrustedList
from app.process import Limits
from app.sealing import lists, wire
from app.sealing.calling import Caller
from app.sealing.elsewhere import seal_elsewhere
from app.sealing.levels import (
    Asking,
    Fetch,
    FileStanding,
    KeptAnswers,
    Raised,
    Stamped,
    Terms,
    ask_file,
    ask_signer,
    raise_level,
    read_head_stamp,
    stamp_head,
)
from app.sealing.request import EmptyField, SealedRevision, SealRequest

MODULES: Final = ("app.sealing.jobs", "app.sealing.levels.jobs", "app.sealing.levels.head_jobs", lists.MODULE)
BATCH: Final = 16
"""Documents in one message: enough that the pipe costs nothing, few enough that a death repeats little."""
LIMITS: Final = Limits(address_space_bytes=2 * 2**30, cpu_s=60, wall_s=90.0)
"""The check of a revision reads every object of the document: a file of thousands of pages takes many seconds."""


class Sealer:
    """Every call either leaves a checked file at `out`, or raises a `ParaphError` and leaves everything as it was."""

    def __init__(self, worker: Caller) -> None:
        self._worker = worker
        self._kept = KeptAnswers(worker)

    def seal(self, request: SealRequest) -> SealedRevision:
        """One revision: fills, then a PAdES B-B signature.

        Raises `SealNotMade` (structure or hybrid: an unsigned file can be normalised and tried again; field_filled),
        `SealNotTrusted` when the result did not verify, `SigningForbidden` by docmdp, fieldmdp or signed,
        `FieldNotInDocument`, `PageOutOfRange` of a new field, `GlyphsMissing`, `IdentityUnusable`, and what a file or a
        worker may raise.
        """
        if request.key.remote is not None:
            (outcome,) = seal_elsewhere(self._worker, [request], request.key.remote)
            if isinstance(outcome, errors.ParaphError):
                raise outcome
            return outcome
        answer: Any = self._worker.call(f"{MODULES[0]}:seal", wire.request_to_json(request))
        return codec.decode(SealedRevision, answer)

    def seal_many(self, requests: Iterable[SealRequest]) -> Iterator[SealedRevision | errors.ParaphError]:
        """Outcomes in the order of the requests, with what `seal` raises; one document that cannot be sealed hides no
        other.

        Requests next to each other that share a key travel together, so that a child parses it once, or a service is
        asked once; on a `Pool`, call this from as many threads as it has workers.
        """
        for key, together in groupby(requests, key=lambda request: request.key):
            waiting = iter(together)
            while batch := list(islice(waiting, key.at_once if key.remote is not None else BATCH)):
                if key.remote is not None:
                    yield from seal_elsewhere(self._worker, batch, key.remote)
                else:
                    yield from self._together(key, batch)

    def add_signature_fields(self, source: Path, out: Path, fields: Sequence[EmptyField]) -> None:
        """For a document that came in signed: empty fields, by an increment. Those already there stay as they are.

        Raises `SigningForbidden` (docmdp: a certified document takes no new fields; fieldmdp), `PageOutOfRange`,
        `SealNotMade`, `SealNotTrusted`. When nothing is to be added, `out` is a copy of the source.
        """
        payload = {
            "path": str(source), "out": str(out), "fields": codec.encode(tuple(fields), tuple[EmptyField, ...]),
        }  # fmt: skip
        self._worker.call(f"{MODULES[0]}:add_signature_fields", payload)

    def raise_level(
        self, source: Path, out: Path, level: Level, terms: Terms, fetch: Fetch, *, fresh: bool = False
    ) -> Raised:
        """As `levels.raise_level`: what must come over the network comes through `fetch`, in this process."""
        return raise_level(self._worker, source, out, level, terms, Asking(self._kept, fetch, terms.now), fresh=fresh)

    def expect_good(self, signer: KeyMaterial, terms: Terms, fetch: Fetch) -> None:
        """As `levels.ask_signer`."""
        ask_signer(self._worker, signer, terms.anchors, terms.now, Asking(self._kept, fetch, terms.now))

    def standing(self, path: Path, moments: Mapping[str, datetime], terms: Terms, fetch: Fetch) -> FileStanding:
        """As `levels.ask_file`."""
        return ask_file(self._worker, path, moments, terms.anchors, Asking(self._kept, fetch, terms.now))

    def stamp_head(self, sha256: str, terms: Terms, fetch: Fetch) -> Stamped:
        """As `levels.stamp_head`."""
        return stamp_head(self._worker, sha256, terms, fetch)

    def read_head_stamp(self, token: bytes, sha256: str, terms: Terms) -> Stamped:
        """As `levels.read_head_stamp`."""
        return read_head_stamp(self._worker, token, sha256, terms)

    def trusted_list_scheme(self, path: Path) -> Scheme:
        """As `lists.read_scheme`."""
        return lists.read_scheme(self._worker, path)

    def trusted_list(self, path: Path, signer_sha256: str) -> TrustedList:
        """As `lists.read_list`."""
        return lists.read_list(self._worker, path, signer_sha256)

    def tokens(self, module: str) -> tuple[Token, ...]:
        """What is in the slots of a PKCS#11 module now. Raises `TokenModuleUnusable` or `TokenFailed`."""
        return codec.decode(tuple[Token, ...], self._worker.call(f"{MODULES[0]}:list_tokens", {"module": module}))

    def try_pin(self, key: TokenKey) -> None:
        """Raises `TokenMissing`, `PinWrong`, `PinLocked` or `TokenFailed`. A wrong try counts on the token."""
        self._worker.call(f"{MODULES[0]}:try_pin", {"key": codec.encode(key)})

    def _together(
        self, key: KeyMaterial, batch: Sequence[SealRequest]
    ) -> Iterator[SealedRevision | errors.ParaphError]:
        parts = [wire.request_to_json(request) for request in batch]
        payload: Any = {"key": wire.key_to_json(key), "requests": parts}
        answers: Any = self._worker.call(f"{MODULES[0]}:seal_many", payload, wall_s=LIMITS.wall_s * len(batch))
        yield from map(_outcome, answers)


def _outcome(answer: Mapping[str, Any]) -> SealedRevision | errors.ParaphError:
    if "error" in answer:
        return errors.from_facts(answer["error"], answer["facts"])
    return codec.decode(SealedRevision, answer["value"])
