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
from app.services.reading import Query, Row

FREE_BYTES = 500 * 2**20
"""Room for the revisions of a day's visits."""
KEY_LEFT = timedelta(days=8)
"""A one-time certificate lives a week, and must not outlive the authority that vouches for it."""
DAY = timedelta(days=1)
MOST_OFFERED = 500
"""More than anybody visits in a day."""


@dataclass(frozen=True)
class Ready:
    """One line of the list; `envelope_id` None for what concerns the device. `ok` False is red and says what `todo`."""

    envelope_id: str | None
    what: str
    ok: bool
    sentence: str
    todo: str = ""


def offered(house: House) -> tuple[Row, ...]:
    """The envelopes that may be taken along: those that are out, newest first."""
    return house.library.rows(house.library.ids(Query((EnvelopeStatus.OUT,)))[:MOST_OFFERED])


def readiness(house: House, envelope_ids: Sequence[str]) -> tuple[Ready, ...]:
    """The device first, then each envelope. Nothing is changed but for the device's keys, made if they were missing."""
    found = list(_device(house))
    for envelope_id in envelope_ids:
        envelope = house.library.envelope(EnvelopeId(envelope_id))
        found += _envelope(house, envelope)
    return tuple(found)


def _device(house: House) -> Iterator[Ready]:
    yield _keys(house)
    free = shutil.disk_usage(house.folder).free
    told = f"{free // 2**20} MB are free on the disk."
    yield _line(None, "disk", free >= FREE_BYTES, told, f"Make room: at least {FREE_BYTES // 2**20} MB are wanted.")
    pin = preferences.has_pin(house)
    said = "The signing room is locked by a PIN." if pin else "No host PIN is set."
    yield _line(None, "pin", pin, said, "Set one in Preferences, or signers can leave the room by themselves.")
    state = clock_state.clock_state()
    yield _line(
        None, "clock", state != "unsynchronised", f"The clock is {state}.",
        "Go online once, so that the system sets its clock: it stands in every signature.",
    )  # fmt: skip


def _line(envelope_id: str | None, what: str, ok: bool, sentence: str, todo: str) -> Ready:
    """Green lines have nothing to be done."""
    return Ready(envelope_id, what, ok, sentence, "" if ok else todo)


def _keys(house: House) -> Ready:
    """The vault is opened now, so that its passphrase is not asked for the first time at somebody's table."""
    try:
        device.authority(house)
        device.seal(house)
    except errors.VaultError as problem:
        return _failed(None, "keys", problem)
    ends = min(r.not_after for r in house.library.identities.list() if r.kind == "device")
    left = ends - house.clock.now()
    told = f"The device's keys are here and good until {ends:%Y-%m-%d}."
    return _line(
        None, "keys", left > KEY_LEFT, told, "They end too soon for what is signed now: have them renewed first."
    )


def _failed(envelope_id: str | None, what: str, problem: errors.ParaphError) -> Ready:
    words = messages.words(problem)
    return Ready(envelope_id, what, False, f"{words.title}. {words.happened}", words.todo)


def _envelope(house: House, envelope: Envelope) -> Iterator[Ready]:
    yield _status(house, envelope)
    yield _pages(house, envelope)
    yield _letters(house, envelope)
    limit = envelope.expires_at
    lasts = limit is None or limit > house.clock.now() + DAY
    told = "It does not run out today." if lasts else "It runs out within a day."
    yield _line(envelope.id, "expiry", lasts, told, "Have it signed before, or take it back and give it a later limit.")
    by_mail = [r.name for r in routing.pending(envelope) if any(m.type == one_time_code.METHOD for m in r.auth)]
    if by_mail:
        told = f"A code must be e-mailed to {', '.join(by_mail)}: that needs a network."
        yield _line(envelope.id, "network", False, told, "Take a phone's hotspot along, or ask for another proof.")


def _status(house: House, envelope: Envelope) -> Ready:
    if envelope.status is EnvelopeStatus.OUT:
        names = ", ".join(r.name for r in routing.current(envelope)) or "nobody"
        there = bool(routing.current(envelope))
        return _line(
            envelope.id, "status", there, f"It is out; next: {names}.", "Nobody can act on it: look at its people."
        )
    if envelope.status is EnvelopeStatus.DRAFT:
        findings = [f for f in preflight.check(envelope, house.clock.now()) if f.severity is Severity.ERROR]
        told = " ".join(finding_words.sentence(f.code, f.subject) for f in findings)
        return _line(envelope.id, "status", False, f"It is still a draft. {told}".strip(), "Send it out first.")
    return _line(envelope.id, "status", False, f"It is {envelope.status}: nobody can sign it.", "Leave it at home.")


def _pages(house: House, envelope: Envelope) -> Ready:
    """Every byte is here and unchanged, and every document can be opened."""
    try:
        for document in envelope.documents:
            house.looker.inspect(house.library.blobs.path(document.latest, verify=True))
        for attachment in envelope.attachments:
            house.library.blobs.path(attachment.sha256, verify=True)
    except errors.ParaphError as problem:
        return _failed(envelope.id, "pages", problem)
    pages = sum(len(document.pages) for document in envelope.documents)
    told = "Its page is here and unchanged." if pages == 1 else f"Its {pages} pages are here and unchanged."
    return Ready(envelope.id, "pages", True, told)


def _letters(house: House, envelope: Envelope) -> Ready:
    """Names that no bundled face can write would stop the seal at the table."""
    try:
        for recipient in envelope.recipients:
            house.metrics.spans(recipient.name, "sans")
    except errors.GlyphsMissing as problem:
        return _failed(envelope.id, "fonts", problem)
    return Ready(envelope.id, "fonts", True, "Every name can be written.")
