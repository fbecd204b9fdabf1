"""What the sealing child may be asked to do."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, cast

from app import codec
from app.domain import errors
from app.process import Json
from app.sealing import remotely, wire
from app.sealing.extending import add_fields
from app.sealing.names import remember_names
from app.sealing.publishing import make_durable
from app.sealing.request import EmptyField, SealedRevision
from app.sealing.revising import seal_revision

remember_names()

_FLUSHES: Final = 2
"""At a time."""


def seal(payload: dict[str, Json]) -> Json:
    """One revision."""
    return _encoded(seal_revision(wire.request_from_json(payload)))


def lay_remote(payload: dict[str, Json]) -> Json:
    return remotely.lay(payload)


def fill_remote(payload: dict[str, Json]) -> Json:
    return remotely.fill(payload)


def add_signature_fields(payload: dict[str, Json]) -> Json:
    """By an increment, into a document that is signed already."""
    fields = codec.decode(tuple[EmptyField, ...], payload["fields"])
    add_fields(Path(str(payload["path"])), Path(str(payload["out"])), fields)
    return None


def seal_many(payload: dict[str, Any]) -> Json:
    """Several documents with one key; each has its own outcome, a value or an error with its facts. All are durable
    when the answer is given: a disk takes several files in about the time of one, while the next is worked on.
    """
    with ThreadPoolExecutor(_FLUSHES, "flush") as flushing:
        begun = [_begun(each | {"key": payload["key"]}, flushing) for each in payload["requests"]]
        outcomes = [_outcome(each) for each in begun]
    asked = zip(payload["requests"], outcomes, strict=True)
    for folder in {Path(each["out"]).parent for each, outcome in asked if "value" in outcome}:
        make_durable(folder)
    return cast("Json", outcomes)


def list_tokens(payload: dict[str, Json]) -> Json:
    """The library for tokens is loaded by whoever has one."""
    from app.sealing import tokens

    return tokens.list_tokens(payload)


def try_pin(payload: dict[str, Json]) -> Json:
    from app.sealing import tokens

    return tokens.try_pin(payload)


def _begun(request: dict[str, Any], flushing: Executor) -> Callable[[], SealedRevision]:
    """Asked for once all are begun, the answer waits until the file is flushed; it raises what went wrong."""
    flushed: list[Future[None]] = []

    def settled() -> SealedRevision:
        for each in flushed:
            each.result()
        return made

    try:
        asked = wire.request_from_json(request)
        made = seal_revision(asked, lambda draft: flushed.append(flushing.submit(draft.publish)))
    except errors.ParaphError as error:
        failed: Future[SealedRevision] = Future()
        failed.set_exception(error)
        return failed.result
    return settled


def _outcome(settled: Callable[[], SealedRevision]) -> dict[str, Json]:
    try:
        return {"value": _encoded(settled())}
    except errors.ParaphError as error:
        return {"error": error.kind, "facts": dict(error.facts)}


def _encoded(value: object) -> Json:
    encoded: Json = codec.encode(value)
    return encoded


JOBS: Mapping[str, Callable[[dict[str, Json]], Json]] = {
    "seal": seal,
    "seal_many": seal_many,
    "lay_remote": lay_remote,
    "fill_remote": fill_remote,
    "add_signature_fields": add_signature_fields,
    "list_tokens": list_tokens,
    "try_pin": try_pin,
}
