"""PDFs: looked at (`Looker`) and made (`Maker`), both in child processes; places become PDF coordinates here."""

from app.pdf.certificate_facts import CertificateFacts, CertifiedDocument, CertifiedEvent, CertifiedPerson
from app.pdf.inspection import (
    Action,
    Finding,
    FoundField,
    Hit,
    Inspection,
    OutlineEntry,
    PageText,
    Permissions,
    Source,
    Word,
    Xfa,
)
from app.pdf.laid import NOWHERE, OFF, ON, FoundToken, LaidDocument, LaidField, Placed, Spot
from app.pdf.looker import Looker
from app.pdf.maker import Maker
from app.pdf.printed import PageGuides, Ruling
from app.pdf.verification import VerificationFacts, VerifiedSignature, report_sheets
from app.process import Pixels

__all__ = [
    "NOWHERE",
    "OFF",
    "ON",
    "Action",
    "CertificateFacts",
    "CertifiedDocument",
    "CertifiedEvent",
    "CertifiedPerson",
    "Finding",
    "FoundField",
    "FoundToken",
    "Hit",
    "Inspection",
    "LaidDocument",
    "LaidField",
    "Looker",
    "Maker",
    "OutlineEntry",
    "PageGuides",
    "PageText",
    "Permissions",
    "Pixels",
    "Placed",
    "Ruling",
    "Source",
    "Spot",
    "VerificationFacts",
    "VerifiedSignature",
    "Word",
    "Xfa",
    "report_sheets",
]
