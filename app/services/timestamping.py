"""Time stamps over the trails of envelopes that are over: taken as soon as a network is there, and tried again until
one is. Until then everything that is said about time is said by this machine's clock alone, and the person is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app import codec
from app.domain import errors, timestamping
from app.domain.audit import ChainReport, Proven
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId
from app.domain.timestamping import OVER, Signed
from app.services import countersigning, gathering, messages
from app.services.drafting import record
from app.services.house import House
from app.store import Boxes

FOLDER = "unstamped"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
UNTRUSTED = "unknown_trust"


@dataclass(frozen=True)
class Wanted:
    """An envelope without a time stamp over its end: how often one was asked for in vain, when last, and why not."""

    tries: int = 0
    tried_at: datetime | None = None
    problem: str = ""


def want(house: House, envelope_id: str) -> None:
    """Called at every end: what is not over yet is not stamped yet."""
    if house.library.envelope(EnvelopeId(envelope_id)).status in OVER:
        _boxes(house).put(envelope_id, codec.encode_text(Wanted()).encode())


def take(house: House, envelope_id: str) -> Changes:
    """Now. Raises `NoTimestampAuthority`, `TimestampRefused` or a `RemoteError`, which is kept to be shown."""
    try:
        return _taken(house, envelope_id)
    except (errors.SealingError, errors.RemoteError) as problem:
        before = _wanted(house, envelope_id) or Wanted()
        after = Wanted(before.tries + 1, house.clock.now(), messages.words(problem).line)
        _boxes(house).put(envelope_id, codec.encode_text(after).encode())
        raise


def catch_up(house: House) -> Changes:
    """The scheduler's round. After the first that fails, the others wait for the next: it is the same authority."""
    stamped: list[str] = []
    for envelope_id in _due(house):
        try:
            take(house, envelope_id)
            stamped.append(envelope_id)
        except (errors.SealingError, errors.RemoteError):
            return Changes.of("envelope", *stamped, envelope_id)
        except (errors.RuleError, errors.StoreError):
            continue
    return Changes.of("envelope", *stamped)


def judged(house: House, records: Sequence[dict[str, Any]], report: ChainReport) -> ChainReport:
    """The report of a whole chain with what its tokens prove. One that does not fit breaks it: nobody puts a token of
    something else into a trail by accident. One by a stranger proves nothing.
    """
    if not report.intact:
        return report
    terms, proven, strangers = gathering.terms(house), [], 0
    for claim in timestamping.claims(records):
        told = house.sealer.read_head_stamp(claim.token, claim.sha256, terms)
        if told.fault == UNTRUSTED:
            strangers += 1
        elif told.fault:
            return ChainReport(report.events, False, claim.sequence, "its time stamp does not hold")
        else:
            proven.append(Proven(claim.sequence, told.at, told.authority, told.root))
    return replace(report, proven=tuple(proven), strangers=strangers)


def signed(house: House, envelope_id: str) -> tuple[Signed, ...]:
    """Who acted when, and since when that is proven."""
    records = house.library.records(EnvelopeId(envelope_id))
    return timestamping.signed(records, judged(house, records, ChainReport(len(records), True)).proven)


def told(house: House, envelope_id: str) -> tuple[str, ...]:
    """For people: a sentence for each act, and why there is no proof of time, while there is none."""
    sentences = tuple(one.sentence for one in signed(house, envelope_id))
    wanted = _wanted(house, envelope_id)
    if not sentences or wanted is None:
        return sentences
    if not house.settings.tsa_url:
        return (*sentences, "No time-stamp authority is set: for these times there is this machine's word only.")
    if wanted.tried_at is None:
        return (*sentences, "A time stamp is asked for as soon as a network is there.")
    when = wanted.tried_at.astimezone()
    return (*sentences, f"No time stamp could be had at {when:%Y-%m-%d %H:%M}; it is tried again. {wanted.problem}")


def _taken(house: House, envelope_id: str) -> Changes:
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    envelope.require("time-stamp", *OVER)
    head, terms = house.library.head(envelope.id), gathering.terms(house)
    stamped = house.sealer.stamp_head(head.sha256, terms, gathering.fetch(house, terms))
    if stamped.fault:
        raise errors.TimestampRefused(authority=terms.tsa_url, reason=stamped.fault)
    proven = Proven(head.count + 1, stamped.at, stamped.authority)
    changes = record(house, timestamping.time_stamp(envelope, head, stamped.token, proven, house.moment()))
    countersigning.anchor(house, envelope_id)
    _boxes(house).remove(envelope_id)
    return changes


def _due(house: House) -> tuple[str, ...]:
    """Without an authority nobody can be asked, and one that has just failed is left in peace."""
    if not house.settings.tsa_url:
        return ()
    now = house.clock.now()
    waiting = {name: _wanted(house, name) or Wanted() for name in _boxes(house).names()}
    if any(one.tried_at is not None and timedelta() <= now - one.tried_at < FIRST_WAIT for one in waiting.values()):
        return ()
    return tuple(name for name, one in waiting.items() if _is_due(one, now))


def _is_due(wanted: Wanted, now: datetime) -> bool:
    wait = min(FIRST_WAIT * 2 ** min(wanted.tries, 10), LONGEST_WAIT)
    return wanted.tried_at is None or now - wanted.tried_at >= wait or now < wanted.tried_at


def _wanted(house: House, envelope_id: str) -> Wanted | None:
    try:
        return codec.decode_text(Wanted, _boxes(house).get(envelope_id))
    except KeyError:
        return None


def _boxes(house: House) -> Boxes:
    return house.library.boxes(FOLDER)
