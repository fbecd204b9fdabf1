"""A completed envelope grows to a level that lasts, in one step and with its audit line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.ids import EnvelopeId
from app.domain.level import Level
from app.domain.verdict import Verdict
from app.services import auditing, preferences, signing_at_once, strengthening, verifying
from app.services.house import House
from tests.support import leases
from tests.support.certo import Certo, certo


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def online(house: House, pki: Certo, tmp_path: Path) -> House:
    preferences.change(house, tsa_url=pki.tsa_url)
    verifying.add_trust(house, pki.root_file(tmp_path))
    return house


@pytest.mark.parametrize("level", [Level.B_T, Level.B_LTA])
def test_every_document_and_the_certificate_are_raised_and_the_trail_says_so(
    online: House, tmp_path: Path, level: Level
) -> None:
    envelope_id = leases.sent(online, tmp_path, "buyer")
    signing_at_once.sign(online, envelope_id, "buyer", leases.act("buyer"))
    before = online.library.envelope(EnvelopeId(envelope_id))
    strengthening.strengthen_envelope(online, envelope_id, level)
    after = online.library.envelope(EnvelopeId(envelope_id))
    blobs = online.library.blobs
    assert after.certificate is not None
    for old, new in ((before.documents[0].latest, after.documents[0].latest), (before.certificate, after.certificate)):
        assert old is not None
        assert blobs.path(new).read_bytes().startswith(blobs.path(old).read_bytes())
        report = verifying.verify(online, blobs.path(new)).report
        assert report.verdict is Verdict.VALID
        assert report.signatures[0].level == level
    told = [e.entry for e in online.library.trail(EnvelopeId(envelope_id)) if e.entry.kind == "strengthened"]
    assert [entry.facts["level"] for entry in told] == [level, level]
    assert auditing.verify_trail(online, envelope_id).intact


def test_an_envelope_that_is_still_out_is_not_strengthened(online: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(online, tmp_path, "buyer")
    with pytest.raises(errors.WrongStatus):
        strengthening.strengthen_envelope(online, envelope_id, Level.B_T)


def test_when_one_file_fails_nothing_of_the_envelope_changes(online: House, pki: Certo, tmp_path: Path) -> None:
    envelope_id = leases.sent(online, tmp_path, "buyer")
    signing_at_once.sign(online, envelope_id, "buyer", leases.act("buyer"))
    before = online.library.envelope(EnvelopeId(envelope_id))
    with pki.out_of_order("tsa"), pytest.raises(errors.RemoteDown):
        strengthening.strengthen_envelope(online, envelope_id, Level.B_LTA)
    assert online.library.envelope(EnvelopeId(envelope_id)) == before
