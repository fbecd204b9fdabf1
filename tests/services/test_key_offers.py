"""Which keys could become identities, told before one is chosen; and what is told of those that are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.services import device, identities, identity_words, key_offers, remote_keys, remote_login, sealing_jobs
from app.services.house import House
from app.services.remote_login import Account
from tests.fakes.csc import TOKEN, trust_service
from tests.support import houses
from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.softhsm import Slots, slots


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def hsm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Slots:
    made = slots(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", made.environment["SOFTHSM2_CONF"])
    return made


@pytest.fixture
def card_house(hsm: Slots, tmp_path: Path) -> Iterator[House]:
    """With children of its own: a module looks for its tokens once, when it is loaded."""
    with houses.rooms() as rooms, houses.house(rooms, tmp_path / "library") as built:
        yield built


def test_keys_on_tokens_are_offered_with_their_cards_and_what_stands_against_them(
    card_house: House, hsm: Slots, pki: Certo, tmp_path: Path
) -> None:
    serials = {person: hsm.token(person) for person in ("carol", "expired")}
    hsm.token("blank")
    for person, serial in serials.items():
        hsm.put(serial, pki.person(person))
    found = key_offers.on_tokens(card_house, hsm.module)
    assert {"carol", "expired", "blank"} <= {token.label for token in found.tokens}
    told = {offer.token.label: offer for offer in found.offers if offer.token is not None}
    assert {label: offer.against for label, offer in told.items()} == {
        "carol": "", "expired": "It cannot be used: it has expired.",
    }  # fmt: skip
    carol = told["carol"]
    identities.add_token(card_house, hsm.module, "card", serials["carol"], carol.key)
    again = key_offers.on_tokens(card_house, hsm.module)
    assert "It is here already, as card." in [offer.against for offer in again.offers]
    assert identities.asked(card_house, "card") == ("PIN",)
    with pytest.raises(errors.TokenModuleUnusable):
        key_offers.on_tokens(card_house, tmp_path / "none.so")


def test_keys_at_a_service_are_offered_and_one_that_is_refused_hides_no_other(house: House, pki: Certo) -> None:
    people = {name: pki.person(name) for name in ("alice", "server")}
    bare = replace(pki.person("carol"), certificate_der=b"none")
    with trust_service({**people, "odd": bare}, asks=("PIN", "OTP")) as trust:
        session = remote_login.session(house, Account(trust.url, secret=TOKEN))
        steps: list[tuple[int, int]] = []
        found = {offer.key: offer for offer in key_offers.at_service(session, lambda *step: steps.append(step))}
        assert steps == [(0, 3), (1, 3), (2, 3)]
        assert (found["alice"].against, found["server"].against) == (
            "", "It cannot be used: it is not meant for signing.",
        )  # fmt: skip
        assert found["odd"].card is None
        assert "damaged" in found["odd"].against
        assert house.vault.names() == ()
        remote_keys.add(session, "far", "alice")
        assert identities.asked(house, "far") == ("PIN", "OTP")
        trust.status = "disabled"
        assert all(offer.against for offer in key_offers.at_service(session))
        with pytest.raises(errors.CredentialRefused):
            key_offers.at_service(remote_login.session(house, Account(trust.url, secret="wrong")))


def test_what_is_told_of_each_identity(house: House, pki: Certo, tmp_path: Path) -> None:
    identities.create(house, "mine", "Jane Smith")
    identities.import_pkcs12(house, pki.pkcs12_file("alice", tmp_path), PASSPHRASE)
    identities.set_default(house, "alice")
    device.seal(house)
    told = {each.name: each for each in identity_words.kept(house)}
    names = list(told)
    assert names[:2] == ["alice", "mine"]
    assert told["alice"].against_default == "It is the default already."
    assert "stays where it is" in told["alice"].loss
    assert "own seal is used" in told["alice"].loss
    assert "destroyed" in told["mine"].loss
    authority, seal = sorted(names[2:])
    assert (told[authority].against, told[seal].against) == (identity_words.VOUCHES, "")
    assert told[authority].against_default == identity_words.VOUCHES
    assert all(told[name].against_removing == identity_words.OWN for name in (authority, seal))
    asked = {signer.name: signer.asks for signer in sealing_jobs.signers(house)}
    assert asked == {"alice": ("Passphrase",), "mine": (), seal: ()}


def test_the_end_of_a_certificate_is_warned_of_before_it_comes(house: House) -> None:
    identities.create(house, "mine", "Jane Smith")
    ((_, card),) = identities.cards(house)
    end, day = card.not_after, timedelta(days=1)
    tones = [identity_words.life(card, moment)[1] for moment in (end - 61 * day, end - 59 * day, end + day)]
    assert tones == ["", "warn", "bad"]
    assert identity_words.life(card, end - 1.5 * day)[0].endswith(": 1 day left")
    assert identity_words.life(card, card.not_before - day)[1] == "bad"
