"""A document two people signed, made by the program's own sealer, for verification to judge and attacks to alter."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.identity import KeyMaterial
from app.identities import authority_name, create_authority, issue_signer
from app.sealing import wire
from app.sealing.jobs import JOBS
from app.sealing.request import Fill, SealRequest
from app.sealing.verifying import TrustAnchor
from tests.support.documents import Party, Sheet, prepared

SIGNED_AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SOON = SIGNED_AT + timedelta(hours=2)
"""While the one-time certificates live."""
MUCH_LATER = SIGNED_AT + timedelta(days=400)


@dataclass(frozen=True)
class Signed:
    """A sealed file, the authority behind it and the bytes after each signature."""

    path: Path
    authority: KeyMaterial
    states: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        return self.states[-1]

    @property
    def trust(self) -> tuple[TrustAnchor, ...]:
        return (anchor(self.authority.certificate_der),)


def anchor(certificate_der: bytes, source: str = "device") -> TrustAnchor:
    return TrustAnchor(pem(certificate_der), source)


def pem(der: bytes) -> str:
    body = base64.encodebytes(der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n"


TWO: Final = ("Jane Smith", "Bob Jones")


def sealed(
    folder: Path,
    names: tuple[str, ...] = TWO,
    docmdp: int = 2,
    filler: int = 0,
    certify: bool = True,
    before: Callable[[bytes], bytes] | None = None,
) -> Signed:
    """One page, signed by each in turn; the first certifies if asked to, and each fills their text field and locks it.
    Fields for one more person stay empty; `filler` makes the file that many bytes larger, `before` alters it before
    anybody signs.
    """
    authority = create_authority(authority_name(), SIGNED_AT - timedelta(days=30))
    parties = tuple(Party(number) for number in range(1, len(names) + 1))
    path = prepared(folder / "prepared.pdf", Sheet(parties=(*parties, Party(len(names) + 1))), _noise(filler))
    if before is not None:
        path.write_bytes(before(path.read_bytes()))
    states = []
    for party, name in zip(parties, names, strict=True):
        signed = folder / f"signed-{party.number}.pdf"
        moment = SIGNED_AT + timedelta(minutes=party.number)
        key = issue_signer(authority, name=name, now=moment)
        seal(_request(path, signed, party, key, moment, docmdp if certify else None))
        states.append(signed.read_bytes())
        path = signed
    return Signed(path, authority, tuple(states))


def _noise(size: int) -> bytes:
    """Bytes that do not compress, the same each time."""
    return random.Random(7).randbytes(size)


def seal(request: SealRequest) -> None:
    JOBS["seal"](wire.request_to_json(request))


def _request(
    source: Path, out: Path, party: Party, key: KeyMaterial, moment: datetime, docmdp: int | None
) -> SealRequest:
    """Without `docmdp` nobody certifies."""
    fill = Fill(party.text, FormType.TEXT, f"filled by {party.number}", Drawing(220, 24))
    return SealRequest(
        source=source,
        out=out,
        signature_field=party.sign,
        key=key,
        at=moment,
        lock=party.lock,
        fills=(fill,) if docmdp != 1 else (),
        certify=party.number == 1 and docmdp is not None,
        docmdp=docmdp or 2,  # type: ignore[arg-type]
        name="somebody",
    )
