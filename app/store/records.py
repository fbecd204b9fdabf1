"""Plain values of the small tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """A certificate and where its key lives. `where` are JSON facts whose meaning is the source's own affair; they
    hold no secret. `chain_pem` holds the issuers' certificates one after another.
    """

    name: str
    kind: str
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    certificate_pem: str
    chain_pem: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    is_default: bool = False


TrustSource = Literal["device", "imported", "system"]


@dataclass(frozen=True, slots=True)
class TrustRecord:
    """A certificate that signatures may lead to; `sha256` is over its DER."""

    sha256: str
    pem: str
    subject: str
    source: TrustSource
    added_at: datetime


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A login at a provider. `options` are what its form asks for, by name, without the secret ones; `base_url` is
    where its API begins, as it was judged when the account was added.
    """

    name: str
    provider: str
    base_url: str
    options: Mapping[str, str]
    added_at: datetime
