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


State = Literal["waiting", "running", "confirmed", "failed", "unknown", "conflict"]


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """What is to be done somewhere else, or later: a row of the outbox. Nothing in it is secret.

    `account` is None for what is done on this machine, `envelope` for what concerns none. `request` is what was asked
    for, `facts` what was learnt since; the meaning of both is the kind's own affair. `step` is one that was begun and
    whose outcome is not known; `learned_at` when the one before was confirmed; `attempts` counts failures in a row;
    `error` is `{"kind", "facts"}`. `number` is its place in the queue, `version` grows with each saving.
    """

    id: str
    kind: str
    account: str | None
    envelope: str | None
    created_at: datetime
    learned_at: datetime
    next_at: datetime
    request: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    state: State = "waiting"
    step: str = ""
    begun_at: datetime | None = None
    attempts: int = 0
    error: Mapping[str, Any] | None = None
    number: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Queued:
    """An operation that is not settled, as choosing the next one needs it."""

    number: int
    id: str
    kind: str
    account: str | None
    envelope: str | None
    state: State
    next_at: datetime
