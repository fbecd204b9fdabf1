"""Judging any signed PDF: the verdict pipeline over the file, then the pages themselves compared with what was
signed.
"""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain import errors
from app.domain.audit import stamp
from app.domain.changes import Changes
from app.domain.verdict import Report, SignatureReport, Verdict
from app.sealing.verifying import TrustAnchor
from app.services import comparing, keeping, standing, trusting, verdict_words
from app.services.house import House
from app.services.taking_in import open_regular
from app.store import TrustRecord

LARGEST_CERTIFICATE = 1 << 20


@dataclass(frozen=True)
class Judged:
    """A report with its words. `path` is as it was given."""

    path: Path
    report: Report
    sentence: str

    @property
    def all_valid(self) -> bool:
        """There are signatures, and every one of them is valid."""
        return self.report.verdict is Verdict.VALID


def verify(house: House, path: Path, trust: Sequence[TrustAnchor] = (), at: datetime | None = None) -> Judged:
    """A bad signature is a verdict; a `DocumentError` is raised only for what is no PDF or cannot be read."""
    open_regular(path).close()
    anchors = (*trust, *trusting.anchors(house))
    repairs = _renderer_repairs(house, path)
    report = house.verifier.verify(path.absolute(), anchors, at, renderer_repairs=repairs)
    report = standing.judged(house, path.absolute(), report, anchors, at, repaired=repairs)
    report = comparing.compared(house, path.absolute(), report)
    return Judged(path, report, verdict_words.sentence(report))


def anchors_of(paths: Sequence[Path]) -> tuple[TrustAnchor, ...]:
    """Certificates in PEM (one or more a file) or DER."""
    return tuple(TrustAnchor(pem, "imported") for path in paths for pem in _certificates(path))


def pems_of(paths: Sequence[Path]) -> tuple[str, ...]:
    """The certificates in these files, as PEM."""
    return tuple(pem for path in paths for pem in _certificates(path))


def trust_list(house: House) -> tuple[TrustRecord, ...]:
    return tuple(house.library.trust.list())


def add_trust(house: House, path: Path) -> Changes:
    added = []
    for pem in _certificates(path):
        record = keeping.trust_record(pem, "imported", house.clock.now())
        house.library.trust.add(record)
        added.append(record.sha256)
    return Changes.of("trust", *added)


def remove_trust(house: House, sha256: str) -> Changes:
    house.library.trust.remove(sha256)
    return Changes.of("trust", sha256)


def revision_file(house: House, path: Path, number: int) -> Path:
    """The bytes of one signed revision, in a temporary file of the library."""
    return house.verifier.extract_revision(path.absolute(), number, house.library.blobs.new_file(".pdf"))


def lines(judged: Judged) -> list[str]:
    """For a terminal: the sentence, then each signature, then what is worth a look."""
    report = judged.report
    found = [f"{report.verdict}: {judged.path}", f"  {judged.sentence}"]
    for signature in report.signatures:
        when = f"{signature.claimed_time:%Y-%m-%d %H:%M:%S} UTC" if signature.claimed_time else "no time"
        found.append(f"  {signature.verdict}  {signature.signer}, {when}, {signature.level}, field {signature.field}")
        found += [f"    {reason}" for reason in verdict_words.reasons(signature)]
        found += [f"    since then: {change}" for change in verdict_words.changes(signature)]
    return found + [f"  worth a look: {suspicion}" for suspicion in verdict_words.suspicions(report)]


def as_json(judged: Judged) -> dict[str, Any]:
    report = judged.report
    return {
        "path": str(judged.path),
        "sha256": report.sha256,
        "verdict": report.verdict,
        "sentence": judged.sentence,
        "signatures": [_signature(signature) for signature in report.signatures],
        "suspicions": list(verdict_words.suspicions(report)),
        "reasons": list(report.reasons),
    }


def _signature(one: SignatureReport) -> dict[str, Any]:
    return {
        "field": one.field,
        "signer": one.signer,
        "verdict": one.verdict,
        "reasons": list(one.reasons),
        "level": one.level,
        "claimed_time": one.claimed_time and stamp(one.claimed_time),
        "proven_time": one.proven_time and stamp(one.proven_time),
        "covers": one.covers,
        "changes_after": list(verdict_words.changes(one)),
        "trusted_by": one.trusted_by,
        "issuer": one.issuer,
        "serial": one.serial,
        "certificate_sha256": one.certificate_sha256,
        "intact": one.intact,
        "modification_level": one.modification_level,
        "docmdp_ok": one.docmdp_ok,
        "reason": one.reason,
        "location": one.location,
    }


def _renderer_repairs(house: House, path: Path) -> bool:
    """What cannot be inspected at all is judged all the same: the verdict says why."""
    try:
        return house.looker.inspect(path.absolute()).repaired
    except errors.DocumentError:
        return True


def _certificates(path: Path) -> list[str]:
    with open_regular(path) as file:
        data = file.read(LARGEST_CERTIFICATE)
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    text = data.decode("latin-1")
    found = [f"{begin}{part.split(end)[0]}{end}\n" for part in text.split(begin)[1:] if end in part]
    pems = found or [ssl.DER_cert_to_PEM_cert(data)]
    for pem in pems:
        keeping.readable(pem, str(path))
    return pems
