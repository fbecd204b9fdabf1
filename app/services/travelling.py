"""The travel pack: is everything here for envelopes that are signed away from home, without a network?"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.domain import errors, one_time_code, preflight, routing
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.finding import Severity
from app.domain.ids import EnvelopeId
from app.services import clock_state, device, finding_words, messages, preferences
from app.services.house import House

FREE_BYTES = 500 * 2**20
"""Room for the revisions of a day's visits."""
KEY_LEFT = timedelta(days=8)
"""A one-time certificate lives a week, and must not outlive the authority that vouches for it."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ready:
    """One line of the list; `envelope_id` None for what concerns the device. `ok` False is red."""

    envelope_id: str | None
    what: str
    ok: bool
    sentence: str


def readiness(house: House, envelope_ids: Sequence[str]) -> tuple[Ready, ...]:
    """The device first, then each envelope. Nothing is changed but for the device's keys, made if they were missing."""
    found = list(_device(house))
    for envelope_id in envelope_ids:
        envelope = house.library.envelope(EnvelopeId(envelope_id))
        found += [Ready(envelope.id, *line) for line in _envelope(house, envelope)]
    return tuple(found)


def _device(house: House) -> Iterator[Ready]:
    yield _keys(house)
    free = shutil.disk_usage(house.folder).free
    yield Ready(None, "disk", free >= FREE_BYTES, f"{free // 2**20} MB are free on the disk.")
    pin = preferences.has_pin(house)
    yield Ready(None, "pin", pin, "The signing room is locked by a PIN." if pin else "No host PIN is set.")
    state = clock_state.clock_state()
    yield Ready(None, "clock", state != "unsynchronised", f"The clock is {state}.")


def _keys(house: House) -> Ready:
    """The vault is opened now, so that its passphrase is not asked for the first time at somebody's table."""
    try:
        device.authority(house)
        device.seal(house)
    except errors.VaultError as problem:
        return Ready(None, "keys", False, messages.words(problem).line)
    ends = min(r.not_after for r in house.library.identities.list() if r.kind == "device")
    left = ends - house.clock.now()
    return Ready(None, "keys", left > KEY_LEFT, f"The device's keys are here and good until {ends:%Y-%m-%d}.")


def _envelope(house: House, envelope: Envelope) -> Iterator[tuple[str, bool, str]]:
    yield _status(house, envelope)
    yield _pages(house, envelope)
    yield _letters(house, envelope)
    limit = envelope.expires_at
    lasts = limit is None or limit > house.clock.now() + DAY
    yield "expiry", lasts, "It does not run out today." if lasts else "It runs out within a day."
    by_mail = [r.name for r in routing.pending(envelope) if any(m.type == one_time_code.METHOD for m in r.auth)]
    if by_mail:
        yield "network", False, f"A code must be e-mailed to {', '.join(by_mail)}: that needs a network."


def _status(house: House, envelope: Envelope) -> tuple[str, bool, str]:
    if envelope.status is EnvelopeStatus.OUT:
        names = ", ".join(r.name for r in routing.current(envelope)) or "nobody"
        return "status", bool(routing.current(envelope)), f"It is out; next: {names}."
    if envelope.status is EnvelopeStatus.DRAFT:
        findings = [f for f in preflight.check(envelope, house.clock.now()) if f.severity is Severity.ERROR]
        told = " ".join(finding_words.sentence(f.code, f.subject) for f in findings)
        return "status", False, f"It is still a draft: send it out first. {told}".strip()
    return "status", False, f"It is {envelope.status}: nobody can sign it."


def _pages(house: House, envelope: Envelope) -> tuple[str, bool, str]:
    """Every byte is here and unchanged, and every document can be opened."""
    try:
        for document in envelope.documents:
            house.looker.inspect(house.library.blobs.path(document.latest, verify=True))
        for attachment in envelope.attachments:
            house.library.blobs.path(attachment.sha256, verify=True)
    except errors.ParaphError as problem:
        return "pages", False, messages.words(problem).line
    pages = sum(len(document.pages) for document in envelope.documents)
    return "pages", True, f"All {pages} pages are here and unchanged."


def _letters(house: House, envelope: Envelope) -> tuple[str, bool, str]:
    """Names that no bundled face can write would stop the seal at the table."""
    try:
        for recipient in envelope.recipients:
            house.metrics.spans(recipient.name, "sans")
    except errors.GlyphsMissing as problem:
        return "fonts", False, messages.words(problem).line
    return "fonts", True, "Every name can be written."
