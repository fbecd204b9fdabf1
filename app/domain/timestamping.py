"""A time-stamp authority's token (RFC 3161) over where a trail stands: whatever is in the trail up to there existed
before the time the authority tells, whatever this machine's clock said.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain import errors
from app.domain.audit import Head, Moment, Proven, stamp
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.steps import SYSTEM, Step, step

KIND = "time_stamped"
OVER = (EnvelopeStatus.COMPLETED, EnvelopeStatus.DECLINED, EnvelopeStatus.VOIDED, EnvelopeStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class Claim:
    """A token found in a trail: `sequence` of its event; it must be over `sha256`, the event before. `token` is DER,
    empty when what stands there is none.
    """

    sequence: int
    sha256: str
    token: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """When somebody acted, by the machine's clock, and the first time by which that is proven to have happened."""

    role: str
    at: datetime
    offset_minutes: int
    proven: Proven | None

    @property
    def sentence(self) -> str:
        """In the signer's own time."""
        machine = f"Signed by {self.role} on this machine at {self._local(self.at)} (machine clock)"
        if self.proven is None:
            return f"{machine}."
        return f"{machine}; proven to exist before {self._local(self.proven.at)}, says {self.proven.authority}."

    def _local(self, moment: datetime) -> str:
        return f"{moment + timedelta(minutes=self.offset_minutes):%Y-%m-%d %H:%M}"


def time_stamp(envelope: Envelope, head: Head, token: bytes, proven: Proven, moment: Moment) -> Step:
    """`token`: DER, judged; over the hash of `head`, where the trail stands now."""
    envelope.require("time-stamp", *OVER)
    if not token:
        raise errors.NoTimestampAuthority
    told = {"count": head.count, "head": head.sha256, "time": stamp(proven.at), "authority": proven.authority}
    return step(envelope, KIND, SYSTEM, moment, **told, token=base64.b64encode(token).decode())


def claims(records: Sequence[dict[str, Any]]) -> Iterator[Claim]:
    """Of a chain that is whole."""
    for record in records:
        if record["kind"] == KIND:
            yield Claim(record["sequence"], record["previous"], _decoded(record["facts"].get("token")))


def signed(records: Sequence[dict[str, Any]], proven: Sequence[Proven]) -> tuple[Signed, ...]:
    """Everybody who acted, in order."""
    return tuple(
        Signed(
            str(record["facts"].get("role", "")),
            datetime.fromisoformat(record["time"]),
            int(record["offset_minutes"]),
            min((one for one in proven if one.sequence > record["sequence"]), key=lambda one: one.at, default=None),
        )
        for record in records
        if record["kind"] == "signed"
    )


def _decoded(text: Any) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except binascii.Error:
        return b""
