"""The program's side of seals with a key at a service: the child lays, the service signs, the child fills and checks.

What a service makes with one release of the key travels there together: whoever confirms with a one-time password does
so once for several documents.
"""

import base64
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from app import codec
from app.domain import errors
from app.domain.identity import SignRemotely
from app.sealing import wire
from app.sealing.calling import Caller
from app.sealing.publishing import Draft, publish_durably
from app.sealing.request import SealedRevision, SealRequest

JOBS = "app.sealing.jobs"


@dataclass(frozen=True)
class _Laid:
    """A draft with a hole, and what the child said of it."""

    draft: Draft
    payload: dict[str, Any]
    answer: dict[str, Any]


def seal_elsewhere(
    worker: Caller, requests: Sequence[SealRequest], sign: SignRemotely
) -> Iterator[SealedRevision | errors.ParaphError]:
    """Outcomes in the order of the requests, which share a key. Only what was checked appears at `out`."""
    with ExitStack() as drafts:
        laid = [_laid(worker, request, drafts) for request in requests]
        try:
            made = iter(_signed([each for each in laid if isinstance(each, _Laid)], sign))
        except errors.Cancelled:
            raise
        except errors.ParaphError as problem:
            yield from (problem if isinstance(each, _Laid) else each for each in laid)
            return
        for each in laid:
            yield _filled(worker, each, next(made)) if isinstance(each, _Laid) else each


def _laid(worker: Caller, request: SealRequest, drafts: ExitStack) -> _Laid | errors.ParaphError:
    try:
        draft = Draft.beside(request.out)
        drafts.callback(draft.discard)
        payload = {**wire.request_to_json(request), "draft": str(draft.path)}
        answer: Any = worker.call(f"{JOBS}:lay_remote", payload)
        return _Laid(draft, payload, answer)
    except errors.Cancelled:
        raise
    except errors.ParaphError as problem:
        return problem


def _signed(laid: Sequence[_Laid], sign: SignRemotely) -> Sequence[bytes]:
    if not laid:
        return ()
    return sign([base64.b64decode(each.answer["to_be_signed"]) for each in laid], laid[0].answer["digest"])


def _filled(worker: Caller, laid: _Laid, signature: bytes) -> SealedRevision | errors.ParaphError:
    filled = laid.payload | {"laid": laid.answer, "signature": base64.b64encode(signature).decode()}
    try:
        revision = codec.decode(SealedRevision, worker.call(f"{JOBS}:fill_remote", filled))
        publish_durably(laid.draft)
        return revision
    except errors.Cancelled:
        raise
    except errors.ParaphError as problem:
        return problem
