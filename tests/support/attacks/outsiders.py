"""What other programs see in a file: poppler's `pdfsig` and pyHanko, reduced to what all three of us can be asked."""

from __future__ import annotations

import logging
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel as Level
from pyhanko_certvalidator import ValidationContext

from app.domain.verdict import Report, Verdict
from tests.support.signed import SOON, Signed

NOTHING: Final = "nothing"
_VERDICT: Final = re.compile(r"- Signature Validation: (.*)")
_DIGEST: Final = {"digest_mismatch", "signature_mismatch"}


@dataclass(frozen=True)
class Seen:
    """`digests`: good, bad or nothing (no signature could be read). `covers`: whole, part or nothing. `accepted`:
    whether the program's last word is that all is well; poppler speaks of digests only and never of changes.
    """

    digests: str
    covers: str
    accepted: bool

    def agrees(self, other: Seen) -> bool:
        """On digests and coverage."""
        return (self.digests, self.covers) == (other.digests, other.covers)

    def __str__(self) -> str:
        return f"{self.digests}/{self.covers}{'' if self.accepted else ' no'}"


def ours(report: Report) -> Seen:
    """Damage proven by bytes alone counts as a bad digest, though there is no signature to show. What has no hole of a
    usable shape has no digest.
    """
    signatures = report.signatures
    found = {reason for each in signatures for reason in each.reasons} | set(report.reasons)
    good = bool(signatures) and all(each.intact for each in signatures)
    digests = "bad" if found & _DIGEST else "good" if good else NOTHING
    covers = _widest({"whole_file": "whole", "revision": "part"}.get(each.covers, NOTHING) for each in signatures)
    return Seen(digests, covers, report.verdict is Verdict.VALID)


def poppler(path: Path) -> Seen:
    """Its exit code tells nothing; its words do."""
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False, timeout=60)
    told = done.stdout.decode(errors="replace")
    verdicts = _VERDICT.findall(told)
    good = bool(verdicts) and all(each.startswith("Signature is Valid") for each in verdicts)
    parts = told.count("Not total document signed")
    covers = "whole" if told.count("otal document signed") > parts else "part" if parts else NOTHING
    return Seen("good" if good else "bad" if verdicts else NOTHING, covers, good)


def pyhanko(data: bytes, signed: Signed) -> Seen:
    """Its own full validation with its defaults; an exception means that it could not be verified."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL + 1)
    try:
        statuses = [_status(each, signed) for each in PdfFileReader(BytesIO(data)).embedded_signatures]
    except Exception:  # noqa: BLE001 - whatever it raises
        return Seen(NOTHING, NOTHING, False)
    good = all(intact for intact, _, _ in statuses)
    covers = _widest(covers for _, covers, _ in statuses)
    return Seen(
        ("good" if good else "bad") if statuses else NOTHING, covers, bool(statuses) and all(s[2] for s in statuses)
    )


_COVERS: Final = {Level.ENTIRE_FILE: "whole", Level.ENTIRE_REVISION: "part"}


def _status(signature: EmbeddedPdfSignature, signed: Signed) -> tuple[bool, str, bool]:
    roots = [x509.Certificate.load(pem.unarmor(each.pem.encode())[2]) for each in signed.trust]
    context = ValidationContext(trust_roots=roots, moment=SOON, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    covers = _COVERS.get(status.coverage or Level.UNCLEAR, NOTHING)
    return bool(status.intact and status.valid), covers, bool(status.bottom_line)


def _widest(covers: Iterable[str]) -> str:
    found = set(covers)
    return next((each for each in ("whole", "part") if each in found), NOTHING)
