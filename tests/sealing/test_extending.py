"""Documents that came in signed: increments only, and only what their signers allow (robustness, faults 17-22)."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from app.domain import errors
from app.domain.geometry import Rect
from app.domain.identity import KeyMaterial
from app.sealing import EmptyField, SealRequest
from app.sealing.extending import add_fields
from app.sealing.form import form_of, geometry_of
from app.sealing.revising import seal_revision
from tests.support.acts import an_act, mark
from tests.support.documents import SIGN, Party, Sheet, prepared
from tests.support.pki import NOW, a_signer, judged

PLACE = Rect(100.5, 300.25, 180, 40)
NEW = EmptyField("Countersign", 1, PLACE)


@pytest.fixture
def approved(tmp_path: Path, authority: KeyMaterial) -> Path:
    """Signed by somebody, not certified."""
    return signed(tmp_path, authority, certify=False)


def signed(folder: Path, authority: KeyMaterial, **changed: object) -> Path:
    source, out = prepared(folder / "source.pdf", Sheet(rotate=90)), folder / "foreign.pdf"
    seal_revision(an_act(source, out, Party(1), a_signer(authority), **changed))
    return out


def test_fault_17_a_signed_document_takes_a_new_field_and_a_seal_and_its_signature_stands(
    approved: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    extended, sealed = tmp_path / "extended.pdf", tmp_path / "sealed.pdf"
    add_fields(approved, extended, (NEW, EmptyField("Unseen")))
    assert extended.read_bytes().startswith(approved.read_bytes())
    with extended.open("rb") as stream:
        reader = PdfFileReader(stream)
        entry = form_of(reader)["Countersign"]
        page = reader.root["/Pages"]["/Kids"][0]
        edges = [float(edge) for edge in entry.widgets[0]["/Rect"]]
        assert geometry_of(page).from_pdf((edges[0], edges[1], edges[2], edges[3])) == PLACE
        assert entry.widgets[0]["/MK"]["/R"] == 90
    for name in ("Countersign", "Unseen"):
        request = SealRequest(
            extended, sealed, name, a_signer(authority), NOW, lock=(name,),
            appearance=mark() if name == "Countersign" else None,
        )  # fmt: skip
        assert seal_revision(request).signatures == 2
        assert all(each.good for each in judged(sealed, authority))


def test_fields_that_are_there_are_left_and_a_copy_is_made(approved: Path, tmp_path: Path) -> None:
    out = tmp_path / "same.pdf"
    add_fields(approved, out, (EmptyField(Party(2).sign, 1, SIGN),))
    assert out.read_bytes() == approved.read_bytes()


def test_fault_22_an_empty_field_the_document_brought_is_used(
    approved: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    out = tmp_path / "sealed.pdf"
    seal_revision(SealRequest(approved, out, Party(2).sign, a_signer(authority), NOW, lock=(Party(2).sign,)))
    assert all(each.good for each in judged(out, authority))


@pytest.mark.parametrize("level", [2, 3])
def test_faults_19_20_a_certified_document_takes_no_new_field_but_its_own_may_be_used(
    tmp_path: Path, authority: KeyMaterial, level: int
) -> None:
    certified = signed(tmp_path, authority, certify=True, docmdp=level)
    with pytest.raises(errors.SigningForbidden) as forbidden:
        add_fields(certified, tmp_path / "out.pdf", (NEW,))
    assert forbidden.value.by == "docmdp"
    assert not (tmp_path / "out.pdf").exists()
    seal_revision(SealRequest(certified, tmp_path / "out.pdf", Party(2).sign, a_signer(authority), NOW))
    assert all(each.good for each in judged(tmp_path / "out.pdf", authority))


def test_fault_18_a_document_certified_against_change_takes_nothing(tmp_path: Path, authority: KeyMaterial) -> None:
    certified = signed(tmp_path, authority, certify=True, docmdp=1)
    out = tmp_path / "out.pdf"
    for attempt in (
        lambda: add_fields(certified, out, (NEW,)),
        lambda: seal_revision(SealRequest(certified, out, Party(2).sign, a_signer(authority), NOW)),
    ):
        with pytest.raises(errors.SigningForbidden) as forbidden:
            attempt()
        assert forbidden.value.by == "docmdp"
    assert not out.exists()


def test_a_page_that_is_not_there_is_named(approved: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.PageOutOfRange) as out_of_range:
        add_fields(approved, tmp_path / "out.pdf", (EmptyField("x", 2, PLACE),))
    assert (out_of_range.value.page, out_of_range.value.pages) == (2, 1)


def test_a_document_somebody_changed_illegally_is_not_sealed_over(
    tmp_path: Path, authority: KeyMaterial
) -> None:
    certified = signed(tmp_path, authority, certify=True)
    with pymupdf.open(certified) as document:
        document[0].insert_text((100, 700), "one more clause")
        document.saveIncr()
    with pytest.raises(errors.SealNotTrusted) as not_trusted:
        seal_revision(SealRequest(certified, tmp_path / "out.pdf", Party(2).sign, a_signer(authority), NOW))
    assert not_trusted.value.reason == "changes"
    assert not (tmp_path / "out.pdf").exists()


def test_a_document_with_a_broken_signature_is_not_sealed_over(tmp_path: Path, authority: KeyMaterial) -> None:
    certified = signed(tmp_path, authority, certify=True)
    certified.write_bytes(certified.read_bytes().replace(b"595", b"596", 1))
    with pytest.raises(errors.SealNotTrusted) as not_trusted:
        seal_revision(SealRequest(certified, tmp_path / "out.pdf", Party(2).sign, a_signer(authority), NOW))
    assert not_trusted.value.reason == "earlier_signature"
