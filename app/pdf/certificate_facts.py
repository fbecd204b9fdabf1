"""What the certificate of completion tells. Ready for reading: times and words are texts here."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CertifiedDocument:
    """Fingerprints are SHA-256 in hexadecimal; `normalised` only where the file had to be rewritten to be signed.
    `lines` are further facts as (label, text).
    """

    title: str
    pages: int
    original: str
    prepared: str
    sealed: str
    normalised: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CertifiedPerson:
    """A recipient. `lines` are further facts as (label, text): consent, pages shown, fingerprint of the mark."""

    name: str
    role: str
    action: str
    status: str
    email: str = ""
    order: int = 1
    identified: str = ""
    acted_at: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CertifiedEvent:
    """One line of the audit trail in plain words."""

    sequence: int
    when: str
    actor: str
    sentence: str


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """The whole. `facts` are (label, text) pairs under the title; `checks` the commands that check it without us;
    `headings` the fixed words in another language, by the names of `ENGLISH`; `leftwards`: one written to the left.
    """

    title: str
    envelope: str
    status: str
    completed_at: str
    documents: tuple[CertifiedDocument, ...] = ()
    people: tuple[CertifiedPerson, ...] = ()
    events: tuple[CertifiedEvent, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    audit_head: str = ""
    audit_count: int = 0
    level: str = ""
    checks: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    leftwards: bool = False

    def heading(self, name: str) -> str:
        """In the certificate's language; English where none is given."""
        return self.headings.get(name, ENGLISH[name])


ENGLISH: Mapping[str, str] = {
    "title": "Certificate of completion",
    "completed": "Completed",
    "documents": "Documents",
    "people": "People",
    "happened": "What happened",
    "evidence": "Evidence",
    "checks": "To check all this without Paraph",
    "when": "Completed",
    "f1": "Envelope",
    "trail": "Audit trail",
    "events": "{count} events; the last one's SHA-256",
}
