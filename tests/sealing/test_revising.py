"""A document sealed by its recipients, one revision each, judged by pyHanko, poppler, qpdf and MuPDF."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.identities import create_device_seal, self_signed
from app.sealing import EmptyField, SealRequest
from app.sealing.revising import seal_revision
from tests.support.acts import an_act, sealed_by_all
from tests.support.documents import Party, Sheet, prepared
from tests.support.pki import NOW, a_signer, judged, pdfsig

FOUR = (Party(1), Party(2), Party(3, visible=False), Party(4))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return prepared(tmp_path / "prepared.pdf", Sheet(parties=FOUR))


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_signature_of_every_recipient_holds_after_the_last(
    source: Path, tmp_path: Path, authority: KeyMaterial, count: int
) -> None:
    found = judged(sealed_by_all(source, tmp_path, authority, *FOUR[:count]), authority)
    assert [each.signer for each in found] == [f"Signer {number}" for number in range(1, count + 1)]
    assert all(each.good for each in found)
    assert [each.whole_file for each in found] == [False] * (count - 1) + [True]


@pytest.mark.parametrize("order", list(itertools.permutations(FOUR[:3])))
def test_recipients_of_one_step_may_act_in_any_order(
    source: Path, tmp_path: Path, authority: KeyMaterial, order: tuple[Party, ...]
) -> None:
    current = source
    for number, party in enumerate(order):
        out = tmp_path / f"{number}.pdf"
        seal_revision(an_act(current, out, party, a_signer(authority), certify=number == 0))
        current = out
    assert all(each.good for each in judged(current, authority))


def test_poppler_lists_every_signer_and_finds_each_signature_valid(
    source: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    said = pdfsig(sealed_by_all(source, tmp_path, authority, *FOUR))
    assert said.count("Signature Validation: Signature is Valid.") == 4
    assert said.count("Signature Type: ETSI.CAdES.detached") == 4
    assert said.count("Total document signed") == 1
    assert all(f"Common Name: Signer {number}" in said for number in range(1, 5))


def test_qpdf_and_mupdf_open_it_without_complaint(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    sealed = sealed_by_all(source, tmp_path, authority, *FOUR)
    checked = subprocess.run(["qpdf", "--check", sealed], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    cleaned = subprocess.run(
        ["mutool", "clean", sealed, tmp_path / "clean.pdf"], capture_output=True, text=True, check=False
    )
    assert (cleaned.returncode, cleaned.stderr) == (0, "")


def test_each_revision_begins_with_all_bytes_of_the_one_before(
    source: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    sealed_by_all(source, tmp_path, authority, *FOUR[:2])
    files = [source, tmp_path / "sealed-1.pdf", tmp_path / "sealed-2.pdf"]
    for before, after in itertools.pairwise(files):
        assert after.read_bytes().startswith(before.read_bytes())


def test_the_answer_tells_what_was_written(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    key = a_signer(authority)
    out = tmp_path / "sealed.pdf"
    revision = seal_revision(an_act(source, out, FOUR[0], key))
    data = out.read_bytes()
    assert (revision.sha256, revision.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert revision.certificate_sha256 == hashlib.sha256(key.certificate_der).hexdigest()
    assert (revision.signature_field, revision.level, revision.signatures) == (FOUR[0].sign, "B-B", 1)
    assert seal_revision(an_act(out, tmp_path / "two.pdf", FOUR[1], key)).signatures == 2


def test_the_signature_dictionary_is_what_pades_and_the_request_say(
    source: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    sealed = sealed_by_all(source, tmp_path, authority, *FOUR[:2])
    with sealed.open("rb") as stream:
        first, second = (signature.sig_object for signature in PdfFileReader(stream).embedded_signatures)
        assert first["/SubFilter"] == "/ETSI.CAdES.detached"
        assert [first[key] for key in ("/Name", "/Reason", "/Location", "/ContactInfo")] == [
            "Jane Smith", "I agree", "Athens", "jane@example.com",
        ]  # fmt: skip
        assert first["/M"] == "D:20260601120000Z"
        methods = [[each["/TransformMethod"] for each in found["/Reference"]] for found in (first, second)]
        assert methods == [["/DocMDP", "/FieldMDP"], ["/FieldMDP"]]
        assert first["/Reference"][0]["/TransformParams"]["/P"] == 2
        assert list(second["/Reference"][0]["/TransformParams"]["/Fields"]) == list(FOUR[1].lock)


def test_fault_21_a_lock_makes_a_later_change_of_the_first_signers_field_illegal(
    source: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    first = sealed_by_all(source, tmp_path, authority, FOUR[0])
    request = an_act(first, tmp_path / "bad.pdf", FOUR[1], a_signer(authority))
    stolen = replace(request, fills=(replace(request.fills[0], pdf_name=FOUR[0].text),))
    with pytest.raises(errors.SigningForbidden) as forbidden:
        seal_revision(stolen)
    assert forbidden.value.by == "fieldmdp"
    assert not (tmp_path / "bad.pdf").exists()


def test_one_flipped_byte_is_found(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    sealed = sealed_by_all(source, tmp_path, authority, FOUR[0])
    data = bytearray(sealed.read_bytes())
    data[data.index(b"/CropBox") + 10] ^= 1
    sealed.write_bytes(data)
    assert not judged(sealed, authority)[0].intact


def test_only_the_first_signature_may_certify(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    first = sealed_by_all(source, tmp_path, authority, FOUR[0])
    with pytest.raises(errors.SigningForbidden) as forbidden:
        seal_revision(an_act(first, tmp_path / "bad.pdf", FOUR[1], a_signer(authority), certify=True))
    assert forbidden.value.by == "signed"


def test_a_field_that_is_not_there_or_taken_is_refused(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    first = sealed_by_all(source, tmp_path, authority, FOUR[0])
    key, out = a_signer(authority), tmp_path / "bad.pdf"
    act = an_act(first, out, FOUR[1], key)
    with pytest.raises(errors.FieldNotInDocument):
        seal_revision(replace(act, signature_field="Nobody"))
    with pytest.raises(errors.FieldNotInDocument):
        seal_revision(replace(act, signature_field=FOUR[2].text))
    with pytest.raises(errors.FieldNotInDocument):
        seal_revision(replace(act, fills=(replace(act.fills[0], pdf_name="Nobody"),)))
    with pytest.raises(errors.SealNotMade) as not_made:
        seal_revision(replace(act, signature_field=FOUR[0].sign, fills=()))
    assert not_made.value.reason == "field_filled"
    assert not out.exists()


def test_fault_80_a_certificate_out_of_its_time_does_not_sign(
    source: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    act = an_act(source, tmp_path / "bad.pdf", FOUR[0], a_signer(authority))
    for days, reason in ((30, "expired"), (-1, "not_yet_valid")):
        with pytest.raises(errors.IdentityUnusable) as unusable:
            seal_revision(replace(act, at=NOW + timedelta(days=days)))
        assert unusable.value.reason == reason


def test_a_key_that_is_not_the_certificates_is_refused(source: Path, tmp_path: Path, authority: KeyMaterial) -> None:
    mixed = replace(a_signer(authority), key_der=a_signer(authority).key_der)
    with pytest.raises(errors.IdentityUnusable) as unusable:
        seal_revision(an_act(source, tmp_path / "bad.pdf", FOUR[0], mixed))
    assert unusable.value.reason == "no_key"


def test_the_devices_seal_makes_its_own_field_and_allows_no_change(tmp_path: Path, authority: KeyMaterial) -> None:
    source, out = prepared(tmp_path / "certificate.pdf", Sheet(parties=())), tmp_path / "sealed.pdf"
    seal = create_device_seal(authority, NOW)
    request = SealRequest(source, out, "Paraph_seal", seal, NOW, certify=True, docmdp=1, reason="Completed",
                          new_field=EmptyField("Paraph_seal"))  # fmt: skip
    seal_revision(request)
    (found,) = judged(out, authority)
    assert found.good
    assert found.whole_file
    assert found.signer.startswith("Paraph device seal – ")
    again = replace(request, source=out, out=tmp_path / "two.pdf", signature_field="Second", certify=False,
                    new_field=EmptyField("Second"))  # fmt: skip
    with pytest.raises(errors.SigningForbidden) as forbidden:
        seal_revision(again)
    assert forbidden.value.by == "docmdp"


def test_a_persons_own_certificate_seals_as_well(source: Path, tmp_path: Path) -> None:
    own, out = self_signed("Jane Smith", "jane@example.com", NOW), tmp_path / "sealed.pdf"
    seal_revision(an_act(source, out, FOUR[0], own))
    assert judged(out, own)[0].good


def test_a_failed_seal_leaves_the_file_before_it_untouched(
    source: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"the revision before")
    with pytest.raises(errors.FieldNotInDocument):
        seal_revision(an_act(source, out, replace(FOUR[0], number=9), a_signer(authority)))
    assert out.read_bytes() == b"the revision before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.pdf", "prepared.pdf"]
