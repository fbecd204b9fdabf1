"""What a person is told of the identities kept here: how long they last, what may be done with them, what is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.domain.identity import Card
from app.services import identities
from app.services.device import AUTHORITY
from app.services.house import House
from app.services.messages import REASONS

SOON: Final = timedelta(days=60)
"""Before its end a certificate is warned of: trust services take weeks to renew one."""
VOUCHES: Final = "It vouches for what this device signs, and signs no documents itself."
OWN: Final = "It belongs to this device: what it sealed must stay explainable."
_LOSSES: Final = {
    "self_signed": "Its key is destroyed and nobody can bring it back. What it signed stays signed.",
    "pkcs12": "Only the entry here goes. The certificate file stays where it is and can be imported again.",
    "pkcs11": "Only the entry here goes. The key stays on its card or token and can be added again.",
    "csc": "The entry here and the login of the account go. The key stays at the trust service.",
}
_NEXT: Final = " It is the default: until another is chosen, this device's own seal is used."


@dataclass(frozen=True)
class Kept:
    """An identity of this library. `against` says why it cannot sign, `against_default` why it cannot be made the
    default, `against_removing` why it stays, each "" where nothing stands against it; `loss` is what removing means.
    `pem` is its certificate.
    """

    name: str
    card: Card
    is_default: bool
    pem: str
    against: str
    against_default: str
    against_removing: str
    loss: str


def kept(house: House) -> tuple[Kept, ...]:
    """The default one first, those of this device last."""
    found = []
    for record, card in identities.cards(house):
        against = VOUCHES if record.where.get("part") == AUTHORITY and card.usable != "expired" else unusable(card)
        own = record.kind == "device"
        loss = "" if own else _LOSSES.get(record.kind, "") + (_NEXT if record.is_default else "")
        no_default = "It is the default already." if record.is_default else against
        line = Kept(
            record.name, card, record.is_default, record.certificate_pem, against, no_default, OWN if own else "", loss
        )
        found.append(line)
    return tuple(sorted(found, key=lambda one: (not one.is_default, one.card.kind == "device")))


def unusable(card: Card) -> str:
    """Why nobody can sign with it, "" when one can."""
    return f"It cannot be used: {REASONS.get(card.usable, card.usable)}." if card.usable else ""


def life(card: Card, now: datetime) -> tuple[str, str]:
    """Until when it is valid, and the tone to say it in: warn when its end is near, bad when it is over or not begun,
    else "".
    """
    until = f"Valid until {card.not_after:%d %B %Y}"
    if now > card.not_after:
        return f"{until}: it is over", "bad"
    if now < card.not_before:
        return f"Valid from {card.not_before:%d %B %Y}, not before", "bad"
    days = (card.not_after - now).days
    if card.not_after - now < SOON:
        return f"{until}: {days} day{'' if days == 1 else 's'} left", "warn"
    return until, ""
