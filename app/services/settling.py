"""What a person can do about the outbox: look at it, try again, and decide what nobody else can."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from app.domain import errors, handing
from app.domain.audit import stamp
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.errors import ParaphError, from_facts
from app.domain.ids import EnvelopeId
from app.domain.remote import RemoteStatus
from app.services import drafting, messages, outbox_words, pushing
from app.services.desk import Secrets, job_of, meaning_of, write
from app.services.house import House
from app.store import OperationRecord
from app.store.outbox import DOUBTED, UNWANTED, WITHDRAWN
from app.sync.flow import LOOKING, Call, Kind
from app.sync.flow_registry import flow_of

Row = OperationRecord
Side = Literal["local", "remote"]


def status(house: House) -> tuple[Row, ...]:
    """All operations, the newest first."""
    return house.library.outbox.list()


def one(house: House, operation: str) -> Row:
    """By its id or the beginning of it. Raises `NotInOutbox`."""
    return house.library.outbox.get(operation)


def sentence(one: Row, *, window: bool = False) -> str:
    """What went wrong with it, and what to do: which command to type or, in a `window`, which button to press; empty
    when nothing did."""
    if one.error is None:
        return ""
    kind, facts = str(one.error["kind"]), one.error["facts"]
    if kind in outbox_words.TABLE:
        return outbox_words.sentence(kind, {"op": one.id, "envelope": one.envelope, **facts}, window=window)
    return messages.words(_error(kind, facts), window=window).line


def state_of(one: Row) -> str:
    """`withdrawn` beside the states of the table."""
    return "withdrawn" if one.error == WITHDRAWN else one.state


def is_unwanted(one: Row) -> bool:
    """A sending that is being called off, and not yet is."""
    return UNWANTED in one.facts and one.state != "confirmed" and one.error != WITHDRAWN


def told(one: Row) -> dict[str, Any]:
    """The row as scripts get it."""
    error = one.error and {"kind": one.error["kind"], "message": sentence(one), "facts": one.error["facts"]}
    return {
        "op": one.id,
        "account": one.account,
        "envelope": one.envelope,
        "kind": one.kind,
        "state": one.state,
        "attempts": one.attempts,
        "next_at": stamp(one.next_at) if one.state in ("waiting", "running") else None,
        "error": error,
    }


def retry(house: House, operation: str) -> Row:
    """What failed is tried from where it stopped, what waits is due now; what only looks looks anew, because what it
    was told may have been wrong. Raises `NothingToRetry`.
    """
    one = house.library.outbox.get(operation)
    if one.state not in ("failed", "waiting") or one.error == WITHDRAWN:
        raise errors.NothingToRetry(operation=one.id, state=state_of(one))
    facts = {} if one.kind in LOOKING else one.facts
    changed = replace(one, state="waiting", next_at=house.clock.now(), attempts=0, error=None, facts=facts)
    (saved,) = house.library.outbox.save(changed)
    return saved


def resolve(house: House, operation: str, keep: Side) -> Row:
    """Of what is unknown: `local` says that it was not done and is to be done again, `remote` that it was done.

    Of a conflict: whose end counts. Of a sending that failed: `local` takes the envelope back, so that it can be signed
    here or handed over anew. Raises `NothingToResolve`.
    """
    one = house.library.outbox.get(operation)
    if one.state == "unknown":
        _decided(house, one, keep)
    elif one.state == "conflict":
        _sided(house, one, keep)
    elif one.state == "failed" and one.kind == Kind.SEND and keep == "local" and one.error != WITHDRAWN:
        _taken_back(house, one)
    else:
        raise errors.NothingToResolve(operation=one.id, state=state_of(one))
    return house.library.outbox.get(one.id)


def withdrawing(house: House, envelope: Envelope) -> tuple[Row, ...]:
    """Rows for the outbox when an envelope is voided here: a sending that has not arrived is called off, else the
    service is asked to void it, too; also one that did not find it, which may have been wrong."""
    remote = envelope.remote
    if remote is None or (remote.status.over and remote.status is not RemoteStatus.GONE):
        return ()
    sent = house.library.outbox.get(remote.operation)
    if sent.error == WITHDRAWN:
        return ()
    if not remote.id and sent.state != "confirmed":
        return (called_off(house, sent),)
    return _voiding(house, envelope)


def called_off(house: House, sent: Row) -> Row:
    """A sending that is not wanted any more: what nothing is known of at the service stays here, else the outbox looks
    what became of it, and takes away what is there."""
    if not sent.step and not sent.facts:
        return replace(sent, state="failed", error=WITHDRAWN)
    unwanted = replace(sent, facts={**sent.facts, UNWANTED: True})
    if sent.state == "unknown":
        return unwanted
    return replace(unwanted, state="waiting", next_at=house.clock.now(), attempts=0, error=None)


def _taken_back(house: House, one: Row) -> None:
    """By a person's word nothing of it arrived; a draft may be there all the same. Called off before, it is settled."""
    if UNWANTED in one.facts:
        house.library.outbox.save(replace(one, error=WITHDRAWN))
        return
    step = handing.take_back(_envelope(house, one), house.moment())
    drafting.record(house, step, called_off(house, replace(one, step="", begun_at=None)))


def _voiding(house: House, envelope: Envelope) -> tuple[Row, ...]:
    remote = handing.theirs(envelope)
    if Kind.VOID not in flow_of(remote.provider).steps:
        return ()
    asked = {"reason": envelope.end_reason}
    row = pushing.operation_of(house, house.clock.new_id(), Kind.VOID, remote.account, envelope, asked)
    rows = house.library.outbox.list(envelope.id, settled=False)
    # What the service did not find needs nobody's look any more.
    return (row, *(replace(one, state="confirmed") for one in rows if (one.error or {}).get("kind") == "Gone"))


def _decided(house: House, one: Row, keep: Side) -> None:
    """What was done by a person's word goes on from there, where the flow knows how."""
    clear = replace(one, step="", begun_at=None, error=None, attempts=0, next_at=house.clock.now())
    if keep == "local":
        known = {name: value for name, value in one.facts.items() if name != DOUBTED}
        house.library.outbox.save(replace(clear, facts=known, state="waiting"))
        return
    account = house.library.accounts.get(one.account or "")
    flow = flow_of(account.provider)
    move = flow.steps[Kind(one.kind)](job_of(house, one, account.options), one.facts)
    if isinstance(move, Call) and move.name == one.step and move.assumed is not None:
        waiting = replace(clear, state="waiting")
        write(house, *meaning_of(house, flow, _envelope(house, one), waiting, move.assumed))
    else:
        house.library.outbox.save(replace(clear, state="confirmed"))


def _sided(house: House, one: Row, keep: Side) -> None:
    """With theirs, what was completed there is fetched."""
    envelope = _envelope(house, one)
    step = handing.side_with(envelope, keep, house.moment())
    rows = [replace(one, state="confirmed", error=None)]
    remote = handing.theirs(step.envelope)
    if keep == "remote" and remote.status is RemoteStatus.COMPLETED and Kind.DOWNLOAD in flow_of(remote.provider).steps:
        new = house.clock.new_id()
        rows.append(pushing.operation_of(house, new, Kind.DOWNLOAD, remote.account, envelope, {}))
    drafting.record(house, step, *rows)


def ask(house: House, envelope_id: str, kind: Kind, **given: str) -> Changes:
    """A reminder, a link or another request about an envelope that is there: it waits in the outbox.

    Raises `NotHandedOver`, `NotDoneThere`, `UnknownRole`.
    """
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    remote = handing.theirs(envelope)
    if not remote.id:
        raise errors.NotHandedOver(envelope=envelope.id)
    if kind not in flow_of(remote.provider).steps:
        raise errors.NotDoneThere(provider=remote.provider, doing=str(kind))
    if "role" in given:
        envelope.recipient(given["role"])
    row = pushing.operation_of(house, house.clock.new_id(), kind, remote.account, envelope, given)
    house.library.outbox.save(row)
    return Changes.of("envelope", envelope.id)


def link(house: House, envelope_id: str, role: str) -> str:
    """The address at which this person signs; empty while none is known. It is a secret: shown, and kept nowhere."""
    return Secrets(house, envelope_id).get(f"link/{role}", "")


def _envelope(house: House, one: Row) -> Envelope:
    return house.library.envelope(EnvelopeId(one.envelope or ""))


def _state(one: Row) -> str:
    return "withdrawn" if one.error == WITHDRAWN else one.state


def _error(kind: str, facts: Mapping[str, Any]) -> ParaphError:
    """One of a newer program has no words here."""
    try:
        return from_facts(kind, dict(facts))
    except (KeyError, TypeError):
        return errors.RemoteError()
