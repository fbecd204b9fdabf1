"""The device's signature over where a trail stands. It is the trail's defence against being cut off, rolled back or
written anew: hashes anybody can compute, the signature only this device.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.audit import Head, Moment
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId, Sha256
from app.domain.steps import SYSTEM, Step, step

KIND = "countersigned"
INSIDE, OUTSIDE = "paraph.head/1", "paraph.export/1"
"""Of an event in the trail, and of a trail that leaves the library: two domains, so that a signature from the middle
cannot be passed off as that of the end.
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A countersignature found in a trail: `sequence` of its event, what was signed, and by which certificate."""

    sequence: int
    statement: bytes
    signature: str
    certificate_sha256: str


def statement(envelope: EnvelopeId, head: Head, domain: str = INSIDE) -> bytes:
    """The bytes that are signed: four lines of ASCII, so that a shell can write them too."""
    return f"{domain}\n{envelope}\n{head.count}\n{head.sha256}\n".encode("ascii")


def countersign(envelope: Envelope, head: Head, signature: str, certificate: Sha256, moment: Moment) -> Step:
    """`signature`: ECDSA over `statement` with SHA-256, DER in hexadecimal."""
    return step(
        envelope,
        KIND,
        SYSTEM,
        moment,
        count=head.count,
        head=head.sha256,
        signature=signature,
        certificate_sha256=certificate,
    )


def claims(records: Sequence[dict[str, Any]]) -> Iterator[Claim]:
    """Of a chain that is whole. Each claims the head just before itself, or a head that is not there."""
    for record in records:
        if record["kind"] == KIND:
            facts = record["facts"]
            head = Head(record["sequence"] - 1, Sha256(record["previous"]))
            yield Claim(
                record["sequence"],
                statement(EnvelopeId(record["envelope"]), head),
                str(facts.get("signature", "")),
                str(facts.get("certificate_sha256", "")),
            )
