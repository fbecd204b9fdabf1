"""A service as somebody sees it who can look at it: how often each thing was really done there, and by which step.

It is the referee of the journeys: the program only knows what it was answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.services import reaching
from app.services.house import House
from app.store import AccountRecord, OperationRecord
from app.sync import address
from app.sync.registry import provider_of
from app.sync.retrying import Policy
from app.sync.transport import Limits, Surroundings, Transport
from tests.fakes.fake import Asked, Fake
from tests.support.http_server import Plain

SMALL: Final = Limits(connect_s=5.0, silence_s=0.25, call_s=0.5, download_s=0.5, answer_bytes=1 << 20)
"""So that a silence, a drip and a flood are over soon."""

BLIND: Final[Mapping[str, Mapping[str, str]]] = {
    "clearpolicy": {"request": "POST /attestation-requests"},
    "documenso": {"remind": "POST /envelope/redistribute"},
    "docuseal": {"remind": "PUT /submitters/{id}"},
    "nueform": {"resend": "POST /signing-sessions/{id}/resend/{slot}"},
    "pigeon": {},
    "signatureapi": {"resend": "POST /recipients/{id}/resend", "ceremony": "POST /recipients/{id}/ceremonies"},
    "visisign": {"remind": "POST /signature_requests/{id}/remind"},
}
"""Steps by the first word of their name that cannot always be looked up, and the route each uses."""
CREATES: Final = {
    "clearpolicy": ("POST /attestation-requests",),
    "documenso": ("POST /envelope/create", "POST /envelope/distribute"),
    "docuseal": ("POST /submissions/pdf",),
    "nueform": ("POST /forms/{id}/signing-sessions",),
    "pigeon": ("POST /documents?upload", "POST /documents/{id}/fields", "POST /documents/{id}/send"),
    "signatureapi": ("POST /envelopes",),
    "visisign": ("POST /signature_requests",),
}
"""What one envelope needs, each once (at ClearPolicy once for each person)."""
VOIDS: Final = {
    "documenso": "POST /envelope/cancel",
    "docuseal": "DELETE /submissions/{id}",
    "nueform": "POST /signing-sessions/{id}/void",
    "pigeon": "PATCH /documents/{id}/status",
    "signatureapi": "POST /envelopes/{id}/cancel",
    "visisign": "POST /signature_requests/{id}/cancel",
}


@dataclass
class Referee:
    """`done` counts, by route, what was really done there, whatever was answered."""

    fake: Fake
    done: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)

    def was_done(self, row: OperationRecord) -> bool:
        """Of a step nobody can look up by machine: what a person finds who looks."""
        word, _, role = row.step.partition(" ")
        route = BLIND[self.fake.name][word]
        return self.people[f"{route} {role}"] > 0 if role else self.done[route] > 0

    def counted(self, asked: Asked) -> None:
        self.done[asked.route.key] += 1
        if self.fake.name == "clearpolicy" and asked.route.key == "POST /attestation-requests":
            person = self.fake.people[asked.data["person_id"]]  # type: ignore[attr-defined]
            self.people[f"{asked.route.key} {person['email'].partition('@')[0]}"] += 1


def refereed(fake: Fake) -> Referee:
    """From now on."""
    referee = Referee(fake)
    for name in {route.do for route in fake.routes if route.method != "GET"}:
        setattr(fake, name, _counting(referee, getattr(fake, name)))
    return referee


def _counting(referee: Referee, do: Callable[[Asked], Plain]) -> Callable[[Asked], Plain]:
    def counting(asked: Asked) -> Plain:
        answer = do(asked)
        referee.counted(asked)
        return answer

    return counting


def drafts(fake: Any) -> list[str]:
    """What was begun there and not sent out."""
    match fake.name:
        case "documenso":
            return [one.id for one in fake.envelopes.values() if one.status == "DRAFT"]
        case "pigeon":
            return [one.id for one in fake.documents.values() if one.status in ("document.draft", "document.uploaded")]
        case _:
            return []


def options_of(fake: Any) -> dict[str, str]:
    """Of one sending."""
    if fake.name == "nueform":
        return {"form_id": next(iter(fake.forms))}
    if fake.name == "clearpolicy":
        return {"document_id": fake.add_document("House rules", "signature")["id"]}
    return {}


def brisk(house: House, account: AccountRecord) -> Transport:
    """The program's own way with small limits, and without tries in between."""
    return _transport(house, account, SMALL)


def steady(house: House, account: AccountRecord) -> Transport:
    """The same with time enough for a machine that has much to do."""
    return _transport(house, account, replace(Limits(), answer_bytes=SMALL.answer_bytes))


def _transport(house: House, account: AccountRecord, limits: Limits) -> Transport:
    provider = provider_of(account.provider)
    credential = provider.authorize(house.vault.get(reaching.secret_name(account.name)).decode(), account.options)
    surroundings = Surroundings(limits=limits, policy=Policy(attempts=1), pause=lambda _: None)
    base, ledger = address.read(account.base_url), house.library.connections
    return Transport(account.name, base, credential, ledger, house.clock.now, surroundings=surroundings)
