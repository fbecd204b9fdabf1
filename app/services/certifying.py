"""The certificate of completion: the thirty-two facts of the trail for people, in the signers' language, with the
commands that check them without this program.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.domain.audit import Event, Head, head_of
from app.domain.envelope import Document, Envelope
from app.domain.recipient import Recipient
from app.pdf import CertificateFacts, CertifiedDocument, CertifiedEvent, CertifiedPerson
from app.services import auditing, certificate_words
from app.services.certificate_words import Words
from app.services.evidence import Evidence, Fact
from app.services.house import House

HEADINGS = ("title", "completed", "documents", "people", "happened", "evidence", "checks", "when")


def facts_of(house: House, envelope: Envelope, events: Sequence[Event]) -> CertificateFacts:
    """`events` is the trail up to the last seal; its head is printed, so that a trail cut off later is found out."""
    head: Head = head_of(events)
    words = certificate_words.in_language(language_of(envelope))
    facts = Evidence(events, envelope.personal, words).facts()
    return CertificateFacts(
        title=envelope.title,
        envelope=envelope.id,
        status="completed",
        completed_at=_when(house.clock.now()),
        documents=tuple(_document(document, facts, words) for document in envelope.documents),
        people=tuple(_person(recipient, facts, words) for recipient in envelope.recipients),
        events=tuple(_event(event, envelope, words) for event in events),
        facts=_about(envelope, facts, words),
        audit_head=head.sha256,
        audit_count=head.count,
        level=words["LEVEL"],
        checks=_checks(words),
        headings={name: words[name] for name in HEADINGS}
        | {"f1": f"1 · {words['f1']}", "trail": f"31 · {words['f31']}", "events": words["events"]},
        leftwards=words.leftwards,
    )


def language_of(envelope: Envelope) -> str:
    """That in which most agreed to sign; of two equally many, that of the first. English while nobody has."""
    agreed = (r.ceremony.consent for r in envelope.recipients if r.ceremony)
    counted = Counter(consent.language for consent in agreed if consent)
    return counted.most_common(1)[0][0] if counted else "en"


def _about(envelope: Envelope, facts: Sequence[Fact], words: Words) -> tuple[tuple[str, str], ...]:
    told = [(_label(fact, words), fact.text) for fact in facts if fact.about == "" and 1 < fact.number < 31]
    level = next(fact for fact in facts if fact.about == "" and fact.number == 32)
    return (
        *told,
        (words["sealing"], words[str(envelope.sealing)]),
        (words["binding"], words["test"] if envelope.test_mode else words["yes"]),
        (_label(level, words), level.text),
    )


def _document(document: Document, facts: Sequence[Fact], words: Words) -> CertifiedDocument:
    mine = [fact for fact in facts if fact.about == document.title and 6 <= fact.number <= 11]
    lines = tuple((_label(fact, words), fact.text) for fact in mine)
    return CertifiedDocument(document.title, len(document.pages), "", "", "", lines=lines)


def _person(recipient: Recipient, facts: Sequence[Fact], words: Words) -> CertifiedPerson:
    mine = [fact for fact in facts if fact.about == recipient.role and fact.number >= 12]
    lines = tuple((_label(fact, words), fact.text) for fact in sorted(mine, key=lambda fact: fact.number))
    status = words["signed_status"] if recipient.completed_at else str(recipient.status)
    return CertifiedPerson(recipient.name, "", "", status, order=recipient.order, lines=lines)


def _label(fact: Fact, words: Words) -> str:
    """The number makes a fact findable in every language."""
    return f"{fact.number} · {words[f'f{fact.number}']}"


def _checks(words: Words) -> tuple[str, ...]:
    return (
        f"sha256sum *.pdf    # {words['check_files']}",
        f"pdfsig DOCUMENT.pdf    # {words['check_pdf']}",
        f"paraph audit --verify audit.json --certificate device-seal.pem    # {words['check_trail']}",
    )


def _event(event: Event, envelope: Envelope, words: Words) -> CertifiedEvent:
    line = auditing.line_of(event, envelope.personal, words)
    return CertifiedEvent(line.sequence, _when(line.when), line.actor.removeprefix("recipient:"), line.sentence)


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
