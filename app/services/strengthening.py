"""Seals made offline are strengthened when a network is back, and renewed as long as they must last."""

from contextlib import suppress
from pathlib import Path

from app.domain import errors
from app.domain import strengthening as rules
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId, Sha256
from app.domain.level import Level
from app.sealing.levels import Raised
from app.services import countersigning, drafting, gathering, timestamping
from app.services.house import House
from app.services.taking_in import open_regular


def level_of(text: str) -> Level:
    """As people type it: `b-lta`, `LTA`. Raises `UsageError`."""
    wanted = text.strip().upper()
    found = [level for level in Level if wanted in (level, level.removeprefix("B-"))]
    if not found:
        raise errors.UsageError(problem=f"{text!r} is no level; the levels are {', '.join(Level)}")
    return found[0]


def strengthen(house: House, path: Path, level: Level, out: Path | None = None, tsa_url: str | None = None) -> Raised:
    """A sealed file, in its place or as `out`; one that has the level already is renewed.

    Raises `SealingError`, `IdentityError`, `RemoteError` or `DocumentError`; then nothing was written. A lower level
    is never made in its place: that is for a person to decide.
    """
    open_regular(path).close()
    if level is Level.B_B:
        raise errors.UsageError(problem="every seal has the level B-B")
    source = path.absolute()
    terms = gathering.terms(house, tsa_url)
    return house.sealer.raise_level(source, (out or path).absolute(), level, terms, gathering.fetch(house, terms))


def strengthen_envelope(house: House, envelope_id: str, level: Level, tsa_url: str | None = None) -> Changes:
    """All documents of a completed envelope and its certificate, or none of them; and a time stamp over its trail."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    rules.check_strengthenable(envelope)
    documents = {d.id: _raised(house, d.current, level, tsa_url) for d in envelope.documents if d.current}
    certificate = _raised(house, envelope.certificate, level, tsa_url) if envelope.certificate else None
    step = rules.strengthen(envelope, documents, certificate, house.moment())
    changes = drafting.record(house, countersigning.countersigned_if_possible(house, step))
    timestamping.want(house, envelope_id)
    with suppress(errors.SealingError, errors.RemoteError):  # kept as wanted, shown, and tried again
        timestamping.take(house, envelope_id)
    return changes


def _raised(house: House, sha256: Sha256, level: Level, tsa_url: str | None) -> dict[str, str]:
    """A new blob; the one before stays."""
    blobs = house.library.blobs
    out = blobs.new_file(".pdf")
    try:
        made = strengthen(house, blobs.path(sha256, verify=True), level, out, tsa_url)
        return {"sha256": blobs.adopt(out), "previous": sha256, "level": str(made.level)}
    finally:
        out.unlink(missing_ok=True)
