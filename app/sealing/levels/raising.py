"""The program's side of a higher level: asks the child, fetches, asks again. No PDF library is loaded here."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app import codec
from app.domain import errors
from app.domain.ids import Sha256
from app.domain.level import Level
from app.sealing.calling import Caller
from app.sealing.levels.keeping import Asking
from app.sealing.levels.wants import MODULE, Terms
from app.sealing.publishing import copy, replacing
from app.sealing.verifying.anchors import TrustAnchor

MOST_ROUNDS: Final = 24
"""A chain is four or five certificates long, each with a few sources; longer than this is a trap."""

_AUTHORITIES: Final = (
    errors.RemoteError, errors.NoTimestampAuthority, errors.TimestampRefused, errors.EvidenceMissing,
)  # fmt: skip
"""What is their failing, and not the file's or the signer's."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A file at its new level; `size` in bytes."""

    sha256: Sha256
    size: int
    level: Level


def raise_level(
    worker: Caller, source: Path, out: Path, level: Level, terms: Terms, asking: Asking, *, fresh: bool = False
) -> Raised:
    """From `source` to `out`, by revisions behind what is there. A file that has the level already is renewed: what is
    known now about its newest time stamp is stored, and a new time stamp put over everything.

    `fresh` is for a file nobody has yet, sealed with room for a token: it goes into the signature itself.
    Raises `TimestampRefused`, `EvidenceMissing`, `IdentityUnusable`, `LevelNotReached`, `SealNotTrusted`, `RemoteError`
    and what a file may raise; then `out` is as it was. A lower level is never made instead: where only an authority
    failed, the error's `instead` names the one that can be had.
    """
    with replacing(out) as draft:
        copy(source, draft)
        climb = _Climb(worker, draft, str(source), terms, asking)
        try:
            climb.to(level, fresh=fresh)
        except _AUTHORITIES as problem:
            problem.instead = str(climb.reached) if fresh or climb.rose else errors.AS_IS
            raise
        return climb.checked(level)


class _Climb:
    """One draft on its way up: the level it has `reached`, and whether it `rose` to it here."""

    def __init__(self, worker: Caller, draft: Path, path: str, terms: Terms, asking: Asking) -> None:
        self.reached, self.rose = Level.B_B, False
        self._worker = worker
        self._terms = terms
        self._asking = asking
        self._common: dict[str, Any] = {
            "draft": str(draft),
            "path": path,
            "anchors": codec.encode(terms.anchors, tuple[TrustAnchor, ...]),
            "now": terms.now.isoformat(),
            "authority": terms.tsa_url,
        }

    def to(self, level: Level, *, fresh: bool) -> None:
        if level is Level.B_B:
            return
        found = self._ask("state")["level"]
        if not found:
            raise errors.SealNotMade(path=self._common["path"], reason="unsigned")
        self.reached = Level(found) if found in list(Level) else Level.B_B
        if not self.reached.reaches(Level.B_T):
            self._stamp("signature" if fresh else "document")
            self._rise(Level.B_T)
        if level.reaches(Level.B_LT):
            self._gather()
            self._rise(Level.B_LT)
        if level is Level.B_LTA:
            self._stamp("document")

    def checked(self, level: Level) -> Raised:
        answer = self._ask("check_level", level=str(level))
        return Raised(Sha256(answer["sha256"]), answer["size"], Level(answer["level"]))

    def _rise(self, level: Level) -> None:
        if not self.reached.reaches(level):
            self.reached, self.rose = level, True

    def _stamp(self, what: str) -> None:
        """Nobody else's clock is ever put in the place of an authority that does not answer."""
        if not self._terms.tsa_url:
            raise errors.NoTimestampAuthority
        question = self._ask(f"ask_for_{what}")
        reply = self._asking.stamp(self._terms.tsa_url, base64.b64decode(question["query"]))
        self._ask(f"stamp_{what}", reply=_text(reply), **question)

    def _gather(self) -> None:
        try:
            for _ in range(MOST_ROUNDS):
                wants = self._ask("missing_evidence", answers=self._asking.answers)
                if not wants:
                    return
                self._asking.bring(wants)
            raise errors.EvidenceMissing(path=self._common["path"], subject="", reason="endless")
        except errors.ParaphError:
            self._asking.doubt()
            raise

    def _ask(self, job: str, **more: Any) -> Any:
        return self._worker.call(f"{MODULE}:{job}", {**self._common, **more})


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
