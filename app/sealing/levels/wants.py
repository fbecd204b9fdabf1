"""What crosses the border between the child, which judges, and the program, which fetches. Values only."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain import errors
from app.sealing.verifying.anchors import TrustAnchor


class Kind(StrEnum):
    """What stands behind an address, and so how it is asked."""

    TIMESTAMP = "timestamp"
    """RFC 3161, 3.4: a query is posted."""
    OCSP = "ocsp"
    """RFC 6960, appendix A: a request is posted."""
    CRL = "crl"
    """RFC 5280, 4.2.1.13."""
    ISSUER = "issuer"
    """RFC 5280, 4.2.2.1: the certificate of whoever issued this one."""


@dataclass(frozen=True, slots=True)
class Want:
    """Bytes to fetch. `body` is posted, empty for what is only read."""

    kind: Kind
    url: str
    body: bytes = field(default=b"", repr=False)


Fetch = Callable[[Want], bytes]
"""Raises `RemoteError`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`now` is the time certificates are judged by and a token must tell, within a tolerance."""

    anchors: tuple[TrustAnchor, ...]
    tsa_url: str
    now: datetime


def fetched_or_none(fetch: Fetch, kind: str, url: str, body: str) -> str | None:
    """In base64. A source that is silent is not the end: there may be another. The child says when there is none."""
    try:
        return base64.b64encode(fetch(Want(Kind(kind), url, base64.b64decode(body)))).decode()
    except errors.RemoteError:
        return None
