"""The ceremony over a real library, with real seals."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.envelope import EnvelopeStatus
from app.domain.ids import FieldId
from app.domain.mark import Mark
from app.domain.recipient import RecipientStatus
from app.services import reading, signing, signing_at_once, verifying, viewing
from app.services.house import House
from tests.support import houses, leases


def kinds(house: House, envelope_id: str) -> list[str]:
    return [event.entry.kind for event in reading.trail(house, envelope_id)]


def test_two_people_sign_in_turn_and_the_envelope_completes(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    half = reading.envelope(house, envelope_id)
    assert half.status is EnvelopeStatus.OUT
    assert half.recipient("seller").status is RecipientStatus.TURN
    signing_at_once.sign(house, envelope_id, "seller", leases.act("seller"))
    whole = reading.envelope(house, envelope_id)
    assert whole.status is EnvelopeStatus.COMPLETED
    assert whole.certificate is not None
    judged = verifying.verify(house, viewing.blob_path(house, whole.documents[0].latest))
    assert judged.all_valid
    assert [one.signer for one in judged.report.signatures] == ["Buyer Smith", "Seller Smith"]
    assert verifying.verify(house, viewing.blob_path(house, whole.certificate)).all_valid


def test_step_by_step_as_the_room_does(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path, "buyer")
    signing.open_room(house, envelope_id, "buyer")
    signing.identify(house, envelope_id, "buyer", "Known to me")
    signing.consent(house, envelope_id, "buyer")
    envelope = reading.envelope(house, envelope_id)
    document = envelope.documents[0].id
    signing.show_page(house, envelope_id, "buyer", document, 1)
    assert not signing.show_page(house, envelope_id, "buyer", document, 1).items
    assert signing.progress(envelope, "buyer").done == 0
    signing.adopt(house, envelope_id, "buyer", leases.DRAWN)
    for field in envelope.fields_of("buyer"):
        value = leases.DRAWN if field.kind == "signature" else "Yes"
        signing.fill(house, envelope_id, "buyer", field.id, value)
    signing.finish(house, envelope_id, "buyer")
    assert reading.envelope(house, envelope_id).status is EnvelopeStatus.COMPLETED
    assert kinds(house, envelope_id) == [
        "created", "edited", "frozen", "out", "room_opened", "identified", "consented", "page_shown", "adopted",
        "field_filled", "field_filled", "signed", "sealed", "spot_pictured", "countersigned", "completed",
        "countersigned",
    ]  # fmt: skip


def test_nobody_signs_before_their_turn_or_twice(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    with pytest.raises(errors.NotTheirTurn) as early:
        signing_at_once.sign(house, envelope_id, "seller", leases.act("seller"))
    assert early.value.waiting_for == ["buyer"]
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    with pytest.raises(errors.AlreadyActed):
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))


def test_nothing_is_kept_of_a_ceremony_that_failed(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    before = reading.envelope(house, envelope_id), kinds(house, envelope_id)
    for act, wanted in (
        (leases.act("buyer", consent=False), errors.ConsentMissing),
        (leases.act("buyer", signature=None), errors.SignatureMissing),
        (leases.act("buyer", values={}), errors.ValueRefused),
        (leases.act("buyer", values={"nothing": "x"}), errors.UnknownField),
        (leases.act("buyer", values={"seller_text": "x"}), errors.NotTheirField),
        (leases.act("buyer", signature=Mark("drawn")), errors.MarkRefused),
        (leases.act("buyer", identity="nobody"), errors.UnknownIdentity),
    ):
        with pytest.raises(wanted):
            signing_at_once.sign(house, envelope_id, "buyer", act)
    assert (reading.envelope(house, envelope_id), kinds(house, envelope_id)) == before


def test_an_access_code_is_asked_counted_and_then_closes_the_ceremony(house: House, tmp_path: Path) -> None:
    recipients = [{"role": "buyer", "name": "B", "auth": [{"type": "access_code", "code": "1234"}]}]
    envelope_id = leases.sent(house, tmp_path, "buyer", recipients=recipients)
    signing.open_room(house, envelope_id, "buyer")
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(errors.AccessDenied) as refused:
            signing.identify(house, envelope_id, "buyer", "", "9999")
        assert refused.value.tries_left == left
    with pytest.raises(errors.AccessDenied):
        signing.identify(house, envelope_id, "buyer", "", "1234")
    signing.open_room(house, envelope_id, "buyer")
    signing.identify(house, envelope_id, "buyer", "", "1234")
    assert kinds(house, envelope_id).count("access_denied") == 5
    stored = (house.folder / "library.sqlite3").read_bytes()
    assert b"1234" not in stored.replace(envelope_id.encode(), b"") or b'"1234"' not in stored


def test_a_value_that_does_not_fit_is_refused_by_name(house: House, tmp_path: Path) -> None:
    spec = leases.spec_of("buyer")
    spec["fields"][1] |= {"type": "number", "minimum": "10"}
    envelope_id = leases.sent(house, tmp_path, "buyer", fields=spec["fields"])
    with pytest.raises(errors.ValueRefused) as refused:
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", values={"buyer_text": "9"}))
    assert (refused.value.field, refused.value.rule, refused.value.expected) == ("buyer_text", "minimum", "10")


def test_an_overdue_envelope_expires_when_somebody_wants_to_sign(rooms: houses.Rooms, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        envelope_id = leases.sent(house, tmp_path, expires_at="2026-02-01T00:00:00Z")
        clock.at = datetime(2026, 3, 1, tzinfo=UTC)
        with pytest.raises(errors.WrongStatus) as refused:
            signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
        assert refused.value.status == "expired"
        assert reading.envelope(house, envelope_id).status is EnvelopeStatus.EXPIRED


def test_fault_43_a_blob_changed_on_disk_is_not_signed(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    path = viewing.blob_path(house, reading.envelope(house, envelope_id).documents[0].latest)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"Page", b"Rage"))
    with pytest.raises(errors.BlobDamaged):
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    assert reading.envelope(house, envelope_id).recipient("buyer").status is RecipientStatus.TURN


def test_a_seal_that_fails_leaves_the_envelope_as_it_was(house: House, tmp_path: Path) -> None:
    class Broken:
        def seal_many(self, requests: list[object]) -> list[errors.ParaphError]:
            return [errors.SealNotTrusted(path="x", reason="digest") for _ in requests]

    envelope_id = leases.sent(house, tmp_path)
    before = reading.envelope(house, envelope_id)
    with pytest.raises(errors.SealNotTrusted):
        signing_at_once.sign(replace(house, sealer=Broken()), envelope_id, "buyer", leases.act("buyer"))
    assert reading.envelope(house, envelope_id) == before
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))


def test_an_image_signature_and_every_kind_of_field_reach_the_sealed_page(house: House, tmp_path: Path) -> None:
    kinds_of = {
        "initials": {}, "date": {}, "date_signed": {}, "number": {"value": "5"}, "checkbox": {"value": True},
        "radio": {"options": ["Red", "Blue"]}, "dropdown": {"options": ["One", "Two"]}, "name": {}, "email": {},
        "company": {}, "title": {}, "note": {"value": "Sign below"},
    }  # fmt: skip
    fields = [*leases.spec_of("buyer")["fields"]]
    for number, (kind, more) in enumerate(kinds_of.items()):
        place = {"page": 1, "x": 320, "y": 60 + 56 * number, "width": 140, "height": 40, "mapping_key": kind}
        owner = {} if kind == "note" else {"recipient": "buyer"}
        fields.append({"type": kind, **place, **owner, **more})
    envelope_id = leases.sent(house, tmp_path, "buyer", fields=fields)
    values = {"buyer_text": "Žluťoučký", "radio": "Blue", "dropdown": "Two", "company": "ACME", "title": "Director"}
    signing_at_once.sign(
        house, envelope_id, "buyer", leases.act("buyer", values=values, initials=Mark("typed", text="BS"))
    )
    envelope = reading.envelope(house, envelope_id)
    path = viewing.blob_path(house, envelope.documents[0].latest)
    assert verifying.verify(house, path).all_valid
    text = viewing.words(house, path, 1).text
    for wanted in ("Žluťoučký", "Blue", "Two", "ACME", "Director", "buyer@example.com", "Buyer Smith", "Sign below"):
        assert wanted in text
    assert FieldId(envelope.fields[0].id) in envelope.values
    assert json.loads(json.dumps(envelope.recipient("buyer").status)) == "completed"


def test_sealed_once_at_completion_the_file_holds_values_certificate_and_trail(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path, sealing="at_completion")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    half = reading.envelope(house, envelope_id)
    assert half.documents[0].current is None
    signing_at_once.sign(house, envelope_id, "seller", leases.act("seller", values={"seller_text": "Agreed too"}))
    whole = reading.envelope(house, envelope_id)
    path = viewing.blob_path(house, whole.documents[0].latest)
    judged = verifying.verify(house, path)
    assert judged.all_valid
    (seal,) = judged.report.signatures
    assert (seal.certification, seal.covers) == (1, "whole_file")
    found = viewing.geometry(house, path)
    assert len(found.pages) > len(whole.documents[0].pages)
    assert found.embedded_files == ("audit.json",)
    assert "Agreed too" in viewing.words(house, path, 1).text
    assert "Certificate of completion" in viewing.words(house, path, len(whole.documents[0].pages) + 1).text


def test_where_each_signature_is_confirmed_by_itself_one_act_places_one(house: House, tmp_path: Path) -> None:
    sizes = {"page": 1, "x": 72, "width": 180, "height": 50}
    two = [{"type": "signature", "recipient": "buyer", "y": y, **sizes} for y in (100, 300)]
    envelope_id = leases.sent(house, tmp_path, "buyer", fields=two, confirm_each_field=True)
    with pytest.raises(errors.ConfirmEach):
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", values={}))
    signing.open_room(house, envelope_id, "buyer")
    signing.identify(house, envelope_id, "buyer", "Known to me")
    signing.consent(house, envelope_id, "buyer")
    signing.adopt(house, envelope_id, "buyer", leases.DRAWN)
    first, second = reading.envelope(house, envelope_id).fields_of("buyer")
    with pytest.raises(errors.ConfirmEach):
        signing.fill_all(house, envelope_id, "buyer", {first.id: leases.DRAWN, second.id: leases.DRAWN})
    for field in (first, second):
        signing.fill_all(house, envelope_id, "buyer", {field.id: leases.DRAWN})
    signing.finish(house, envelope_id, "buyer")
    assert reading.envelope(house, envelope_id).status is EnvelopeStatus.COMPLETED
