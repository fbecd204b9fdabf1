"""A completed envelope's seals are raised to a higher level, or renewed: the files grow, nothing in them changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.domain import errors
from app.domain.audit import Entry, Moment
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import DocumentId, Sha256
from app.domain.level import Level
from app.domain.steps import SYSTEM, Step, step

CERTIFICATE = "Certificate of completion"


def check_strengthenable(envelope: Envelope) -> None:
    """Only what nobody adds to any more: a time stamp over everything belongs at the end."""
    if envelope.status is not EnvelopeStatus.COMPLETED:
        raise errors.WrongStatus(
            status=str(envelope.status), action="strengthen", allowed=[str(EnvelopeStatus.COMPLETED)]
        )


def level_of(entries: Iterable[Entry]) -> Level:
    """Of the sealed files, by their trail: all were strengthened together, or none were."""
    return Level(next((e.facts["level"] for e in reversed(list(entries)) if e.kind == "strengthened"), Level.B_B))


def strengthen(
    envelope: Envelope,
    documents: Mapping[DocumentId, dict[str, Any]],
    certificate: dict[str, Any] | None,
    moment: Moment,
) -> Step:
    """`documents` and `certificate`: facts of each new file (`sha256`, `previous`, `level`). At least one document."""
    check_strengthenable(envelope)
    changed = (replace(envelope.document(d), current=Sha256(facts["sha256"])) for d, facts in documents.items())
    after = replace(envelope.with_documents(changed), updated_at=moment.wall)
    told = [(after.document(d).title, facts) for d, facts in documents.items()]
    if certificate is not None:
        after = replace(after, certificate=Sha256(certificate["sha256"]))
        told.append((CERTIFICATE, certificate))
    (title, facts), *rest = told
    done = step(after, "strengthened", SYSTEM, moment, document=title, **facts)
    for title, facts in rest:
        done = done.then(step(done.envelope, "strengthened", SYSTEM, moment, document=title, **facts))
    return done
