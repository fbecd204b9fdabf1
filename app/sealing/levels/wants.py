"""What crosses the border between the child, which judges, and the program, which fetches. Values only."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.sealing.verifying.anchors import TrustAnchor

MODULE: Final = "app.sealing.levels.jobs"


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
