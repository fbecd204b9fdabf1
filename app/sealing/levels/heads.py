"""A time stamp over the head of an audit trail: the program's side. The imprint is the hash of the trail's last event
itself, so that `openssl ts -verify -digest` can check it.
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app import codec
from app.domain import errors
from app.sealing.calling import Caller
from app.sealing.levels.wants import Fetch, Kind, Terms, Want
from app.sealing.verifying.anchors import TrustAnchor

MODULE: Final = "app.sealing.levels.head_jobs"


@dataclass(frozen=True, slots=True)
class Stamped:
    """`token` is DER; `root` (PEM) the trusted certificate behind it; `fault` as in `TimestampRefused`, empty when the
    token may be believed.
    """

    token: bytes = field(repr=False)
    at: datetime
    authority: str
    root: str = ""
    fault: str = ""


def stamp_head(worker: Caller, sha256: str, terms: Terms, fetch: Fetch) -> Stamped:
    """Asks the authority of `terms`. Raises `NoTimestampAuthority`, `TimestampRefused`, `RemoteError`."""
    if not terms.tsa_url:
        raise errors.NoTimestampAuthority
    query: Any = worker.call(f"{MODULE}:ask_for_head", {"digest": sha256})
    reply = fetch(Want(Kind.TIMESTAMP, terms.tsa_url, base64.b64decode(query)))
    asked = {"query": query, "reply": base64.b64encode(reply).decode(), "digest": sha256}
    return _stamped(worker.call(f"{MODULE}:judge_head", {**_common(terms), **asked}))


def read_head_stamp(worker: Caller, token: bytes, sha256: str, terms: Terms) -> Stamped:
    """One that is kept. Never raises for what the token is: `fault` says it."""
    asked = {"token": base64.b64encode(token).decode(), "digest": sha256}
    return _stamped(worker.call(f"{MODULE}:read_head", {**_common(terms), **asked}))


def _common(terms: Terms) -> dict[str, Any]:
    """Our own device's authority vouches for no time: that would be this machine's clock again."""
    others = tuple(anchor for anchor in terms.anchors if anchor.source != "device")
    return {
        "anchors": codec.encode(others, tuple[TrustAnchor, ...]),
        "now": terms.now.isoformat(),
        "authority": terms.tsa_url,
    }


def _stamped(answer: Any) -> Stamped:
    return Stamped(
        base64.b64decode(answer["token"]),
        datetime.fromisoformat(answer["at"]),
        answer["authority"],
        answer["root"],
        answer["fault"],
    )
