"""Keys that never leave their token: SoftHSM2 through the child that seals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.identity import KeyMaterial, TokenKey
from app.process import Worker
from app.sealing import LIMITS, MODULES, Sealer, SealRequest
from tests.support.certo import Certo, certo
from tests.support.documents import Party, Sheet, prepared
from tests.support.softhsm import PIN, Slots, slots


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
def sealer(hsm: Slots) -> Iterator[Sealer]:
    """A child of its own: a module looks for its tokens once, when it is loaded."""
    worker = Worker("sealing", MODULES, LIMITS)
    yield Sealer(worker)
    worker.close()


def on_token(hsm: Slots, key: KeyMaterial, serial: str, pin: str = PIN) -> KeyMaterial:
    return KeyMaterial(b"", key.certificate_der, key.chain_der, TokenKey(str(hsm.module), serial, "01", pin))


def request(folder: Path, key: KeyMaterial) -> SealRequest:
    source = prepared(folder / "laid.pdf", Sheet(parties=(Party(1),)))
    return SealRequest(source, folder / "sealed.pdf", Party(1).sign, key, datetime.now(UTC), certify=True)


@pytest.mark.parametrize("person", ["alice", "carol"])
def test_a_token_seals_and_the_key_stays_on_it(
    hsm: Slots, sealer: Sealer, pki: Certo, tmp_path: Path, person: str
) -> None:
    key, serial = pki.person(person), hsm.token("Card")
    hsm.put(serial, key)
    made = sealer.seal(request(tmp_path, on_token(hsm, key, serial)))
    assert (made.level, made.signatures) == ("B-B", 1)


def test_two_tokens_of_one_label_are_told_apart_by_their_serial_numbers(
    hsm: Slots, sealer: Sealer, pki: Certo, tmp_path: Path
) -> None:
    first, second = hsm.token("Same"), hsm.token("Same")
    hsm.put(first, pki.person("mallory"))
    hsm.put(second, pki.person("carol"))
    found = {token.serial: token for token in sealer.tokens(str(hsm.module))}
    assert {token.label for token in found.values()} == {"Same"}
    assert set(found) == {first, second}
    for person, serial in (("carol", second), ("mallory", first)):
        key = pki.person(person)
        assert key.certificate_der.hex() in {each.der for each in found[serial].certificates}
        sealer.seal(replace(request(tmp_path, on_token(hsm, key, serial)), out=tmp_path / f"{person}.pdf"))
    with pytest.raises(errors.SealNotTrusted):
        sealer.seal(replace(request(tmp_path, on_token(hsm, pki.person("carol"), first)), out=tmp_path / "x.pdf"))
    assert not (tmp_path / "x.pdf").exists()


def test_a_wrong_pin_is_said_so_with_what_is_left_and_nothing_is_written(
    hsm: Slots, sealer: Sealer, pki: Certo, tmp_path: Path
) -> None:
    key, serial = pki.person("carol"), hsm.token("Card")
    hsm.put(serial, key)
    wrong = request(tmp_path, on_token(hsm, key, serial, "654321"))
    with pytest.raises(errors.PinWrong) as refused:
        sealer.seal(wrong)
    assert (refused.value.token, refused.value.tries) == (serial, "few")
    assert "654321" not in str(refused.value.facts) + repr(wrong)
    assert not wrong.out.exists()
    sealer.seal(request(tmp_path, on_token(hsm, key, serial)))


def test_a_token_that_was_taken_out_is_said_so_and_nothing_is_written(
    hsm: Slots, sealer: Sealer, pki: Certo, tmp_path: Path
) -> None:
    key, serial = pki.person("carol"), hsm.token("Card")
    hsm.put(serial, key)
    hsm.take_out(serial)
    asked = request(tmp_path, on_token(hsm, key, serial))
    with pytest.raises(errors.TokenMissing) as refused:
        sealer.seal(asked)
    assert refused.value.token == serial
    assert not asked.out.exists()


def test_what_is_no_module_is_said_so(hsm: Slots, sealer: Sealer, tmp_path: Path) -> None:
    (tmp_path / "text.so").write_text("no library")
    for path, reason in ((tmp_path / "none.so", "missing"), (tmp_path / "text.so", "not_loaded")):
        with pytest.raises(errors.TokenModuleUnusable) as refused:
            sealer.tokens(str(path))
        assert refused.value.reason == reason
