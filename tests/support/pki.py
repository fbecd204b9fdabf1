"""Identities for tests, all made by the program itself, and pyHanko and poppler as the judges of what was sealed."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.domain.identity import KeyMaterial
from app.identities import authority_name, create_authority, issue_signer

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def an_authority(now: datetime = NOW) -> KeyMaterial:
    return create_authority(authority_name(), now)


def a_signer(
    authority: KeyMaterial, name: str = "Jane Smith", email: str = "jane@example.com", now: datetime = NOW
) -> KeyMaterial:
    return issue_signer(
        authority, name=name, email=email, identified_by="passport", envelope="01J9ZZ", role="buyer", now=now
    )


@dataclass(frozen=True)
class Judgement:
    """What pyHanko says about one signature, with the authority trusted at `at`."""

    field: str
    signer: str
    intact: bool
    valid: bool
    trusted: bool
    form_filling_at_most: bool
    docmdp_ok: bool
    whole_file: bool

    @property
    def good(self) -> bool:
        return self.intact and self.valid and self.trusted and self.form_filling_at_most and self.docmdp_ok


def judged(path: Path, authority: KeyMaterial, at: datetime = NOW) -> list[Judgement]:
    root = x509.Certificate.load(authority.certificate_der)
    found = []
    with path.open("rb") as stream:
        for signature in PdfFileReader(stream).embedded_signatures:
            context = ValidationContext(trust_roots=[root], moment=at, allow_fetching=False)
            status = validate_pdf_signature(signature, context)
            level = getattr(status.diff_result, "modification_level", ModificationLevel.OTHER)
            found.append(
                Judgement(
                    field=signature.field_name,
                    signer=signature.signer_cert.subject.native["common_name"],
                    intact=status.intact,
                    valid=status.valid,
                    trusted=status.trusted,
                    form_filling_at_most=level <= ModificationLevel.FORM_FILLING,
                    docmdp_ok=bool(status.docmdp_ok),
                    whole_file=status.coverage.name == "ENTIRE_FILE",
                )
            )
    return found


def pdfsig(path: Path) -> str:
    """poppler's report; its exit code says nothing about trust, which it takes from its own store."""
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
