"""An envelope at a remote service, as its host oversees it: how it stands there, and what can be asked about it.

Every request waits in the outbox; then what is due of this envelope is done at once, where there is a network.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from app.domain import errors, handing
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId
from app.domain.remote import PersonNews, PersonStatus, Remote, RemoteStatus
from app.services import drafting, outbox, settling
from app.services.desk import secret_name
from app.services.house import House
from app.store import OperationRecord
from app.store.outbox import WITHDRAWN
from app.sync.flow import LOOKING, Kind
from app.sync.flow_registry import FLOWS
from app.sync.registry import PROVIDERS

Doing = Literal["news", "remind", "link", "download", "take_back"]
KINDS: Final[Mapping[Doing, Kind]] = {
    "news": Kind.FOLLOW,
    "remind": Kind.REMIND,
    "link": Kind.LINK,
    "download": Kind.DOWNLOAD,
}
DONE: Final = (PersonStatus.SIGNED, PersonStatus.DECLINED, PersonStatus.REPLACED)
SETTLED: Final = ("confirmed",)


@dataclass(frozen=True)
class Person:
    """Somebody who acts there. `against` says why a reminder or a link cannot be had; empty where it can."""

    role: str
    name: str
    news: PersonNews | None
    against: Mapping[Doing, str]


@dataclass(frozen=True)
class Contradiction:
    """Between how it ended here and there; `operation` is what a person decides."""

    operation: str
    here: str
    there: str


@dataclass(frozen=True)
class There:
    """The remote half of an envelope. `open` are its operations that are not settled, the newest first; `against` says
    why something cannot be asked for, empty where it can. `asked_at`: when the service last answered with news.
    """

    envelope: str
    service: str
    remote: Remote
    people: tuple[Person, ...]
    open: tuple[OperationRecord, ...]
    against: Mapping[Doing, str]
    asked_at: datetime | None = None
    contradiction: Contradiction | None = None


@dataclass(frozen=True)
class Answered:
    """What came of asking at once: why it has to wait or failed, if it does."""

    changes: Changes
    problem: errors.ParaphError | None = field(default=None)


def there(house: House, envelope: Envelope) -> There | None:
    """None for what was never handed over."""
    remote = envelope.remote
    if remote is None:
        return None
    rows = house.library.outbox.list(envelope.id)
    follow = next((one for one in rows if one.kind == Kind.FOLLOW), None)
    provider = PROVIDERS.get(remote.provider)
    service = provider.title if provider else remote.provider
    return There(
        envelope.id,
        service,
        remote,
        tuple(_person(house, envelope, remote, role, service) for role in remote.roles),
        tuple(one for one in rows if one.state not in SETTLED and one.error != WITHDRAWN),
        _against(remote, rows, service),
        follow.learned_at if follow and follow.learned_at != follow.created_at else None,
        _contradiction(remote, rows),
    )


def _person(house: House, envelope: Envelope, remote: Remote, role: str, service: str) -> Person:
    news = next((one for one in remote.people if one.role == role), None)
    name = envelope.recipient(role).name or role
    against: dict[Doing, str] = {}
    asked: tuple[Doing, ...] = ("remind", "link")
    for doing in asked:
        over = f"{name} is done there." if news is not None and news.status in DONE else ""
        against[doing] = _not_there(remote, doing, service) or (_ended(remote) or over)
    if not _ended(remote) and secret_name(envelope.id, f"link/{role}") in house.vault.names():
        against["link"] = ""
    return Person(role, name, news, against)


def _against(remote: Remote, rows: Collection[OperationRecord], service: str) -> dict[Doing, str]:
    done = "" if remote.status is RemoteStatus.COMPLETED else "It is not completed there yet."
    return {
        "news": _not_there(remote, "news", service) or _ended(remote),
        "download": _not_there(remote, "download", service) or done,
        "take_back": "" if _may_take_back(remote, rows) else f"It may be at {service} already; void it instead.",
    }


def _not_there(remote: Remote, doing: Doing, service: str) -> str:
    if not remote.id:
        return f"It has not arrived at {service} yet."
    flow = FLOWS.get(remote.provider)
    if flow is None or KINDS[doing] not in flow.steps:
        return f"{service} has nothing in its API for this; do it on the service's own pages."
    return ""


def _ended(remote: Remote) -> str:
    is_over = remote.status.over and remote.status is not RemoteStatus.GONE
    return "It is over there; nothing more is expected." if is_over else ""


def _may_take_back(remote: Remote, rows: Collection[OperationRecord]) -> bool:
    """While nothing of it can be at the service, or its sending has failed for good."""
    sent = next((one for one in rows if one.id == remote.operation), None)
    if sent is None or sent.error == WITHDRAWN or settling.is_unwanted(sent):
        return False
    untouched = sent.state == "waiting" and not sent.step and not sent.facts and not remote.id
    return untouched or sent.state == "failed"


def _contradiction(remote: Remote, rows: Collection[OperationRecord]) -> Contradiction | None:
    here, _, over_there = remote.conflict.partition("/")
    row = next((one for one in rows if one.state == "conflict"), None)
    return Contradiction(row.id, here, over_there) if row is not None and here else None


# -- what a person asks for ------------------------------------------------------------------------------------------


def news(house: House, envelope_id: str) -> Answered:
    """Now, whatever the time of the next round."""
    for one in house.library.outbox.list(envelope_id, settled=False):
        if one.kind == Kind.FOLLOW and one.state in ("waiting", "failed"):
            settling.retry(house, one.id)
    return _at_once(house, envelope_id, LOOKING)


def remind(house: House, envelope_id: str, role: str) -> Answered:
    """Raises what `settling.ask` raises."""
    settling.ask(house, envelope_id, Kind.REMIND, role=role)
    return _at_once(house, envelope_id)


def ask_link(house: House, envelope_id: str, role: str) -> Answered:
    """`settling.link` tells it then. Raises what `settling.ask` raises."""
    settling.ask(house, envelope_id, Kind.LINK, role=role)
    return _at_once(house, envelope_id)


def download(house: House, envelope_id: str) -> Answered:
    """Once more, beside what came back before. Raises what `settling.ask` raises."""
    settling.ask(house, envelope_id, Kind.DOWNLOAD)
    return _at_once(house, envelope_id, LOOKING)


def hurry(house: House, envelope_id: str) -> Answered:
    """What waits of this envelope is due now."""
    for one in house.library.outbox.list(envelope_id, settled=False):
        if one.state == "waiting" and one.kind not in LOOKING:
            settling.retry(house, one.id)
    return _at_once(house, envelope_id)


def take_back(house: House, envelope_id: str) -> Changes:
    """Everybody acts here again. Raises `NothingToResolve` where the service may have it."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    remote = handing.theirs(envelope)
    sent = house.library.outbox.get(remote.operation)
    if not _may_take_back(remote, (sent,)):
        raise errors.NothingToResolve(operation=sent.id, state=sent.state)
    bare = replace(sent, step="", begun_at=None)
    return drafting.record(house, handing.take_back(envelope, house.moment()), settling.called_off(house, bare))


def _at_once(house: House, envelope_id: str, kinds: Collection[str] = tuple(Kind)) -> Answered:
    run = outbox.run_once(house, kinds=kinds, envelope=envelope_id)
    told = [one.error for one in run.told if one.error is not None]
    return Answered(run.changes | Changes.of("envelope", envelope_id), told[0] if told else None)
