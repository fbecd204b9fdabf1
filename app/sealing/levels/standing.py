"""The program's side of asking what issuers say today: asks the child, fetches, asks again."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app import codec
from app.domain import errors
from app.domain.identity import KeyMaterial
from app.process import Json
from app.sealing.calling import Caller
from app.sealing.levels.keeping import Asking
from app.sealing.levels.wants import MODULE
from app.sealing.verifying.anchors import TrustAnchor
from app.sealing.verifying.brought import Brought

MOST_ROUNDS: Final = 24


@dataclass(frozen=True, slots=True)
class FileStanding:
    """`unknown`: the fields about whose certificates nobody answered."""

    unknown: tuple[str, ...]
    brought: Brought


def ask_signer(
    worker: Caller, signer: KeyMaterial, anchors: Sequence[TrustAnchor], now: datetime, asking: Asking
) -> None:
    """Raises `IdentityUnusable` with revoked, expired, not_yet_valid or chain. Silence raises nothing."""
    certificates: list[Json] = [base64.b64encode(each).decode() for each in (signer.certificate_der, *signer.chain_der)]
    payload: dict[str, Json] = {"certificates": certificates, "anchors": _encoded(anchors), "now": now.isoformat()}
    try:
        for _ in range(MOST_ROUNDS):
            wants: Any = worker.call(f"{MODULE}:signer_standing", {**payload, "answers": asking.answers})
            if not wants:
                return
            asking.bring(wants)
    except errors.IdentityUnusable:
        asking.doubt()
        raise


def ask_file(
    worker: Caller, path: Path, moments: Mapping[str, datetime], anchors: Sequence[TrustAnchor], asking: Asking
) -> FileStanding:
    """For the signatures of these fields, each at its moment. Raises what a file may raise."""
    times: dict[str, Json] = {field: moment.isoformat() for field, moment in moments.items()}
    payload: dict[str, Json] = {"path": str(path), "moments": times, "anchors": _encoded(anchors)}
    for _ in range(MOST_ROUNDS):
        found: Any = worker.call(f"{MODULE}:file_standing", {**payload, "answers": asking.answers})
        if not found["wants"]:
            if found["unknown"]:
                asking.doubt()
            return FileStanding(tuple(found["unknown"]), codec.decode(Brought, found["brought"]))
        asking.bring(found["wants"])
    asking.doubt()
    return FileStanding(tuple(moments), Brought())


def _encoded(anchors: Sequence[TrustAnchor]) -> Any:
    return codec.encode(tuple(anchors), tuple[TrustAnchor, ...])
