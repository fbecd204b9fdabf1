"""The kiosk loop: a pattern, and one run after another until the host ends it. What is on survives a power cut."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from app.domain import drafting as drafts
from app.domain import errors, kiosk
from app.domain import sending as send
from app.domain.changes import Changes
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.fonts import forget_texts
from app.services import device, drafting, ending, preferences, sending
from app.services.house import House

IDLE: Final = "nobody used the device any more"
LEFT: Final = "the person left"
HOST_ENDED: Final = "the host ended the kiosk"
CUT_OFF: Final = "the program was cut off in the middle of it"
TRIES: Final = 4
LAST_NUMBER: Final = 999


@dataclass(frozen=True)
class Pattern:
    """What stands on the first page of the kiosk."""

    title: str
    message: str
    language: str
    needs_email: bool
    asks_email: bool


@dataclass(frozen=True)
class Run:
    """One person's envelope, out, with their turn; `number` to pick it up by."""

    envelope: str
    role: str
    number: int


def start(house: House, envelope_id: str) -> Changes:
    """From now on this envelope is the pattern. The keys are unlocked first: nobody is asked for a passphrase at the
    counter. Raises `NoKioskPattern`, `PreflightFailed`, `PinMissing`, `VaultError`.
    """
    pattern = house.library.envelope(EnvelopeId(envelope_id))
    if not preferences.has_pin(house):
        raise errors.PinMissing
    _check(house, pattern)
    device.seal(house)
    return preferences.change(house, kiosk_pattern=pattern.id, kiosk_run="")


def pattern_id(house: House) -> str:
    """Empty while there is no kiosk."""
    return house.settings.kiosk_pattern


def pattern(house: House) -> Pattern:
    found = _pattern(house)
    needed = kiosk.needs_email(found)
    asks = needed or house.settings.kiosk_asks_email
    return Pattern(found.title, found.message, found.style.language, needed, asks)


def resume(house: House) -> Changes:
    """After the program was cut off: the run that was on is broken off, the next person may come."""
    device.seal(house)
    return break_off(house, house.settings.kiosk_run, CUT_OFF)


def begin(house: House, name: str, email: str = "") -> Run:
    """An own envelope for this person. It is remembered as the run before it exists, so that none is ever forgotten.

    Raises `PreflightFailed` without a name, or without an address where a code goes to it.
    """
    found, moment = _pattern(house), house.moment()
    number = house.settings.kiosk_number % LAST_NUMBER + 1
    run_id = EnvelopeId(house.clock.new_id())
    copied = drafts.copy_of(found, run_id, moment, secrets.token_hex(16))
    named = kiosk.run_of(copied.envelope, found, name, email, number, moment)
    send.ready(named.envelope, moment)
    preferences.change(house, kiosk_run=run_id, kiosk_number=number)
    drafting.record(house, copied.then(named))
    sending.send(house, run_id)
    return Run(run_id, kiosk.open_recipient(found).role, number)


def over(house: House, run_id: str) -> Changes:
    """It came to an end of its own: finished, declined, or put off for the host to see to.

    Nothing that was measured for this person is kept.
    """
    forget_texts()
    if house.settings.kiosk_run == run_id:
        preferences.change(house, kiosk_run="")
    return Changes.of("envelope", run_id)


def break_off(house: House, run_id: str, reason: str) -> Changes:
    """Recorded, unless it had ended already. A draft that was never sent out is taken away."""
    if not run_id:
        return Changes()
    for _ in range(TRIES):
        # What the person entered last may be on its way into the library.
        with suppress(errors.EnvelopeChanged):
            _end(house, run_id, reason)
            break
    return over(house, run_id)


def stop(house: House) -> Changes:
    """The host ends the kiosk."""
    changes = break_off(house, house.settings.kiosk_run, HOST_ENDED)
    preferences.change(house, kiosk_pattern="", kiosk_run="")
    return changes


def stay_unlocked(house: House) -> None:
    """Using the keys now and then keeps a vault with a time limit open for the next person."""
    device.seal(house)


def _end(house: House, run_id: str, reason: str) -> None:
    try:
        run = house.library.envelope(EnvelopeId(run_id))
    except errors.UnknownEnvelope:
        return
    if run.status is EnvelopeStatus.DRAFT:
        drafting.delete(house, run_id)
    elif run.status is EnvelopeStatus.OUT:
        ending.break_off(house, run_id, reason)


def _check(house: House, found: Envelope) -> None:
    """As if somebody had come to the counter."""
    moment = house.moment()
    send.ready(kiosk.run_of(found, found, "A person", "person@example.com", 1, moment).envelope, moment)


def _pattern(house: House) -> Envelope:
    return house.library.envelope(EnvelopeId(house.settings.kiosk_pattern))
