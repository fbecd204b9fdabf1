"""Judging any signed PDF: the verdict pipeline over the file, then the pages themselves compared with what was
signed.
"""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain import errors
from app.domain.audit import stamp
from app.domain.changes import Changes
from app.domain.verdict import Report, SignatureReport, Verdict
from app.pdf import Finding, Inspection
from app.sealing.verifying import TrustAnchor
from app.services import comparing, inspection_words, keeping, standing, taking_in, trusting, verdict_words
from app.services.house import House
from app.services.messages import words
from app.services.taking_in import open_regular
from app.store import TrustRecord

LARGEST_CERTIFICATE = 1 << 20
Trusted = TrustRecord
"""A line of the trust list."""


@dataclass(frozen=True)
class Judged:
    """A report with its words. `path` is as it was given, `file` the judged bytes where they are kept; `findings` are
    about the file itself, `size` in bytes, `at` the moment it was judged for.
    """

    path: Path
    report: Report
    sentence: str
    file: Path | None = None
    findings: tuple[Finding, ...] = ()
    size: int = 0
    at: datetime | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The findings in words."""
        return tuple(map(verdict_words.finding_words, self.findings))

    @property
    def all_valid(self) -> bool:
        """There are signatures, and every one of them is valid."""
        return self.report.verdict is Verdict.VALID


def verify(house: House, path: Path, trust: Sequence[TrustAnchor] = (), at: datetime | None = None) -> Judged:
    """A bad signature is a verdict; a `DocumentError` is raised only for what is no PDF or cannot be read."""
    file = taking_in.copied(house, path)
    try:
        return _judged(house, path, file, trust, at)
    finally:
        file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Unjudged:
    """A file that could not be judged, and what stood against it. `path` is as it was given."""

    path: Path
    problem: errors.ParaphError

    @property
    def all_valid(self) -> bool:
        return False


def verify_all(
    house: House,
    paths: Sequence[Path],
    trust: Sequence[TrustAnchor] = (),
    at: datetime | None = None,
    report: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[Judged | Unjudged, ...]:
    """Each by itself: one that is missing or cannot be read keeps no other from being judged."""
    found: list[Judged | Unjudged] = []
    for path in paths:
        try:
            found.append(verify(house, path, trust, at))
        except errors.Cancelled:
            raise
        except errors.ParaphError as problem:
            found.append(Unjudged(path, problem))
        report(len(found), len(paths))
    return tuple(found)


def verify_to_show(house: House, path: Path) -> Judged:
    """The bytes that were judged stay in the library as `file`, so that the page shown is a page of them: the file at
    `path` is read once, and may be another by now.
    """
    file = house.library.blobs.path(taking_in.kept(house, path))
    return replace(_judged(house, path, file, (), None), file=file)


def _judged(house: House, path: Path, file: Path, trust: Sequence[TrustAnchor], at: datetime | None) -> Judged:
    try:
        anchors = (*trust, *trusting.anchors(house))
        found = _inspected(house, file)
        repairs = found is None or found.repaired
        report = house.verifier.verify(file, anchors, at, renderer_repairs=repairs)
        report = standing.judged(house, file, report, anchors, at, repaired=repairs)
        report = comparing.outlined(house, file, comparing.compared(house, file, report))
    except errors.DocumentError as problem:
        problem.path = str(path)
        raise
    told = [each for each in found.findings if each.code not in inspection_words.TOLD_ELSEWHERE] if found else []
    return Judged(
        path,
        report,
        verdict_words.sentence(report),
        findings=tuple(told),
        size=file.stat().st_size,
        at=at or house.clock.now(),
    )


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


def lines(judged: Judged | Unjudged) -> list[str]:
    """For a terminal: the sentence, then each signature, then what is worth a look."""
    if isinstance(judged, Unjudged):
        return [f"not judged: {judged.path}", f"  {words(judged.problem).line}"]
    report = judged.report
    found = [f"{report.verdict}: {judged.path}", f"  {judged.sentence}"]
    for signature in report.signatures:
        when = f"{signature.claimed_time:%Y-%m-%d %H:%M:%S} UTC" if signature.claimed_time else "no time"
        found.append(f"  {signature.verdict}  {signature.signer}, {when}, {signature.level}, field {signature.field}")
        found += [f"    {reason}" for reason in verdict_words.reasons(signature)]
        found += [f"    since then: {change}" for change in verdict_words.changes(signature)]
    suspicions = (*verdict_words.suspicions(report), *judged.notes)
    return found + [f"  worth a look: {suspicion}" for suspicion in suspicions]


def as_json(judged: Judged | Unjudged) -> dict[str, Any]:
    """`error` is None where there is a verdict."""
    if isinstance(judged, Unjudged):
        problem = judged.problem
        told = {"kind": problem.kind, "message": words(problem).line, "facts": dict(problem.facts)}
        return {"path": str(judged.path), "verdict": None, "error": told}
    report = judged.report
    return {
        "error": None,
        "path": str(judged.path),
        "sha256": report.sha256,
        "verdict": report.verdict,
        "sentence": judged.sentence,
        "signatures": [_signature(signature) for signature in report.signatures],
        "suspicions": list(verdict_words.suspicions(report)),
        "reasons": list(report.reasons),
        "notes": list(judged.notes),
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


def _inspected(house: House, file: Path) -> Inspection | None:
    """What cannot be inspected at all is judged all the same: the verdict says why."""
    try:
        return house.looker.inspect(file)
    except errors.DocumentError:
        return None


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
