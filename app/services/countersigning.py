"""The device's signature over the head of a trail: at each ceremony's end, at the envelope's end, and when a trail
leaves the library. The same head is anchored, so that a library put back to an earlier day is found out.
"""

import hashlib
import json
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from app import identities
from app.domain import countersigning, errors
from app.domain.audit import ChainReport, Event, Head, Moment, head_of, link
from app.domain.countersigning import OUTSIDE
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId, Sha256
from app.domain.steps import Step
from app.services import clockwatching, device
from app.services.house import House
from app.store import Anchor

ANCHOR = "anchor"
ROLLED_BACK = "this library is older than the keys remember: it was put back to an earlier day"


@dataclass(frozen=True)
class SealedHead:
    """Where an exported trail ends, said by the device. `signature` is empty when the vault could not be opened."""

    count: int
    sha256: str
    signature: str = ""
    certificate_sha256: str = ""


def events_of(house: House, step: Step) -> tuple[Event, ...]:
    """The new events as recording will link them: the version of the envelope guards that nothing comes between."""
    return link(step.envelope.id, _stands(house, step.envelope), step.entries)


def countersigned(house: House, step: Step, moment: Moment | None = None) -> Step:
    """`step` with its head signed by the device, at `moment` where it has no entry; what the clock did is told before,
    because nothing can be put before it afterwards. Raises `VaultError` when the keys cannot be had.
    """
    step = clockwatching.noted(house, step, moment)
    at = moment or step.entries[-1].moment
    head = head_of(events_of(house, step)) if step.entries else _stands(house, step.envelope)
    key = device.seal(house)
    signature = identities.sign(key, countersigning.statement(step.envelope.id, head)).hex()
    certificate = _fingerprint(key.certificate_der)
    return step.then(countersigning.countersign(step.envelope, head, signature, certificate, at))


def countersigned_if_possible(house: House, step: Step) -> Step:
    """For ends that must not wait for a passphrase: an envelope expires also while the vault is locked."""
    try:
        return countersigned(house, step)
    except errors.VaultError:
        return step


def sealed_head(house: House, envelope: Envelope) -> SealedHead:
    """Of a trail that leaves the library now; unsigned where this device never sealed anything."""
    head = house.library.head(envelope.id)
    if not certificates(house):
        return SealedHead(head.count, head.sha256)
    try:
        key = device.seal(house)
    except errors.VaultError:
        return SealedHead(head.count, head.sha256)
    signature = identities.sign(key, countersigning.statement(envelope.id, head, OUTSIDE)).hex()
    return SealedHead(head.count, head.sha256, signature, _fingerprint(key.certificate_der))


def certificates(house: House) -> tuple[str, ...]:
    """Of all seals this device ever had, as PEM, newest first: what countersigned stays checkable."""
    seals = [r for r in house.library.identities.list() if r.where.get("part") == device.SEAL]
    return tuple(r.certificate_pem for r in sorted(seals, key=lambda r: r.not_before, reverse=True))


def judged(records: Sequence[dict[str, Any]], report: ChainReport, pems: Sequence[str]) -> ChainReport:
    """The report of a whole chain, with its countersignatures checked against these certificates."""
    if not report.intact:
        return report
    known = {_fingerprint(der): der for der in map(ssl.PEM_cert_to_DER_cert, pems)}
    proved = 0
    for claim in countersigning.claims(records):
        der = known.get(Sha256(claim.certificate_sha256))
        if der is not None and not _holds(der, claim.statement, claim.signature):
            return ChainReport(report.events, False, claim.sequence, "the device's countersignature does not hold")
        proved += der is not None
    return ChainReport(report.events, True, countersigned=proved)


def is_by_one_of(head: SealedHead, pems: Sequence[str]) -> bool:
    return head.certificate_sha256 in {_fingerprint(ssl.PEM_cert_to_DER_cert(pem)) for pem in pems}


def head_holds(envelope: str, head: SealedHead, pems: Sequence[str]) -> bool:
    """Whether one of these certificates signed that an exported trail ends here."""
    stated = countersigning.statement(EnvelopeId(envelope), Head(head.count, Sha256(head.sha256)), OUTSIDE)
    ders = map(ssl.PEM_cert_to_DER_cert, pems)
    return any(_holds(der, stated, head.signature) for der in ders if _fingerprint(der) == head.certificate_sha256)


def anchor(house: House, envelope_id: str) -> None:
    """Notes where a trail stands now; the vault remembers the end of the notes. Without it they stand alone."""
    head = house.library.head(EnvelopeId(envelope_id))
    noted = house.library.anchor(EnvelopeId(envelope_id), head)
    with suppress(errors.VaultError):
        house.vault.put(ANCHOR, json.dumps([noted.number, noted.sha256]).encode())


def anchored(house: House, envelope_id: str) -> ChainReport:
    """Is the trail whole, does it run through its newest anchor, and do the anchors reach as far as the vault
    remembers?
    """
    notes = list(house.library.anchors().all())
    mine = [note for note in notes if note.envelope == envelope_id]
    report = house.library.judge(EnvelopeId(envelope_id), mine[-1].head if mine else None)
    if report.intact and _rolled_back(house, notes):
        return ChainReport(report.events, False, report.events + 1, ROLLED_BACK)
    return report


def _rolled_back(house: House, notes: Sequence[Anchor]) -> bool:
    try:
        number, sha256 = json.loads(house.vault.get(ANCHOR))
    except errors.VaultError:
        return False
    return bool(len(notes) < number or notes[number - 1].sha256 != sha256)


def _stands(house: House, envelope: Envelope) -> Head:
    return house.library.head(envelope.id) if envelope.version else Head()


def _holds(der: bytes, statement: bytes, signature: str) -> bool:
    try:
        return identities.is_signed(der, statement, bytes.fromhex(signature))
    except ValueError:
        return False


def _fingerprint(der: bytes) -> Sha256:
    return Sha256(hashlib.sha256(der).hexdigest())
