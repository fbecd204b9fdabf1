"""What the issuers of certificates say today: asked before a person's certificate signs, and when a signature is
judged.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.domain.verdict import Report, SignatureReport, Verdict
from app.sealing.levels import Terms, Want
from app.sealing.verifying import TrustAnchor
from app.services import gathering
from app.services.house import House


def expect_good(house: House, signer: KeyMaterial) -> None:
    """Raises `IdentityUnusable`: revoked, or a chain that does not hold. Without a network nothing is raised: people
    sign at tables without one. The certificate is the person's own, so it may lead to this machine.
    """
    fetch = gathering.fetch_soon(house, loopback=True) if house.settings.ask_revocation else _silence
    house.sealer.expect_good(signer, gathering.terms(house, ""), fetch)


def judged(
    house: House, path: Path, report: Report, trust: Sequence[TrustAnchor], at: datetime | None, *, repaired: bool
) -> Report:
    """With what could be fetched about the certificates of good signatures. No issuer of certificates that this device
    made for itself is asked: it publishes nothing.
    """
    asked = [each for each in report.signatures if _is_open(each)]
    if not asked or not house.settings.ask_revocation:
        return report
    moment = at or house.clock.now()
    moments = {each.field: each.proven_time or moment for each in asked}
    fetch = gathering.fetch_soon(house, loopback=all(each.trusted_by == "imported" for each in asked))
    try:
        found = house.sealer.standing(path, moments, Terms(tuple(trust), "", moment), fetch)
    except (errors.DocumentError, errors.SealingError):
        return report.with_unknown_revocation(tuple(moments))
    judged = house.verifier.verify(path, trust, at, renderer_repairs=repaired, brought=found.brought)
    return judged.with_unknown_revocation(found.unknown)


def _silence(want: Want) -> bytes:
    raise errors.NoConnection(host=want.url, reason="not asked")


def _is_open(signature: SignatureReport) -> bool:
    return signature.verdict is Verdict.VALID and not signature.is_timestamp and signature.trusted_by != "device"
