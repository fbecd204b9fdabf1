"""Keys that can become identities here: on cards and tokens, and at a trust service. No PIN is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app import identities as reading
from app.domain import errors
from app.domain.identity import Card, Token
from app.services import identities, identity_words, keeping, remote_keys
from app.services.house import House
from app.services.messages import words
from app.services.remote_login import Session

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Offer:
    """A key by its id there. `against` says why it cannot become an identity, "" where it can; without a `card` its
    certificate could not be read. `token` is what it lies on, None at a service.
    """

    key: str
    card: Card | None
    against: str
    token: Token | None = None


@dataclass(frozen=True)
class OnTokens:
    """What is in the slots now. A token without a certificate to sign with has no offers."""

    tokens: tuple[Token, ...]
    offers: tuple[Offer, ...]


def on_tokens(house: House, module: Path | None = None) -> OnTokens:
    """Of one PKCS#11 module, or of all that are found. Raises `TokenModuleUnusable` for one that was named."""
    found = identities.tokens_everywhere(house) if module is None else identities.tokens(house, module)
    offers = [
        _offer(house, each.key_id, bytes.fromhex(each.der), token)
        for token in found
        for each in token.certificates
        if identities.is_signer(each)
    ]
    return OnTokens(found, tuple(offers))


def at_service(session: Session, report: Report = lambda _done, _total: None) -> tuple[Offer, ...]:
    """All keys of an account (CSC API v2). A key that cannot be used from here is told with the reason. Raises
    `RemoteError` when the service as a whole cannot be asked.
    """
    keys = remote_keys.listed(session)
    offers = []
    for number, key in enumerate(keys):
        report(number, len(keys))
        try:
            offers.append(_offer(session.house, key, remote_keys.certificate(session, key)))
        except (errors.IdentityError, errors.AnswerUnreadable, errors.RequestRefused) as problem:
            offers.append(Offer(key, None, words(problem).line))
    return tuple(offers)


def _offer(house: House, key: str, der: bytes, token: Token | None = None) -> Offer:
    card = reading.card(der, house.clock.now())
    here = [each.name for each in identities.records(house) if keeping.certificate_of(each).certificate_der == der]
    against = f"It is here already, as {here[0]}." if here else identity_words.unusable(card)
    return Offer(key, card, against, token)
