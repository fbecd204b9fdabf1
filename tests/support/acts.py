"""What a recipient fills in and how their signature looks, as a request to seal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.drawing import INK, Drawing, line, polyline
from app.domain.fields.base import FormType
from app.domain.identity import KeyMaterial
from app.fonts import BundledMetrics
from app.sealing import Fill, SealRequest
from app.sealing.revising import seal_revision
from tests.support.documents import CHECK, SIGN, TEXT, Party
from tests.support.pki import NOW, a_signer

METRICS = BundledMetrics()


def written(text: str, width: float = TEXT.width, height: float = TEXT.height, face: str = "sans") -> Drawing:
    """One line as a text field draws it."""
    return Drawing(width, height, runs=line(METRICS, text, 2, height * 0.72, height * 0.55, face, INK))


def ticked() -> Drawing:
    return Drawing(CHECK.width, CHECK.height, paths=(polyline([(3, 9), (8, 14), (15, 4)], INK, 1.5),))


def mark() -> Drawing:
    return written("Jane Smith", SIGN.width, SIGN.height, "hand-caveat")


def an_act(source: Path, out: Path, party: Party, key: KeyMaterial, **changed: Any) -> SealRequest:
    """The usual revision of one party: a text, a tick, a signature that locks both. The first party certifies."""
    request = SealRequest(
        source=source,
        out=out,
        signature_field=party.sign,
        key=key,
        at=NOW,
        lock=party.lock,
        fills=(
            Fill(party.text, FormType.TEXT, "Jane Smith", written("Jane Smith")),
            Fill(party.check, FormType.CHECKBOX, "Yes", ticked()),
        ),
        appearance=mark() if party.visible else None,
        certify=party.number == 1,
        name="Jane Smith",
        reason="I agree",
        location="Athens",
        contact="jane@example.com",
    )
    return replace(request, **changed)


def sealed_by_all(source: Path, folder: Path, authority: KeyMaterial, *parties: Party) -> Path:
    """The file after each party has acted in turn."""
    current = source
    for party in parties:
        out = folder / f"sealed-{party.number}.pdf"
        seal_revision(an_act(current, out, party, a_signer(authority, f"Signer {party.number}")))
        current = out
    return current
