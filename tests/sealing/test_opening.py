"""Which documents are taken for a revision, and with what reason the others are not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.identity import KeyMaterial
from app.sealing import EmptyField, SealRequest
from app.sealing.revising import seal_revision
from tests.support.documents import Sheet, prepared
from tests.support.pki import NOW, a_signer, judged


def seal(source: Path, out: Path, authority: KeyMaterial, **changed: object) -> None:
    request = SealRequest(
        source, out, "Seal", a_signer(authority), NOW, new_field=EmptyField("Seal"), **changed,  # type: ignore[arg-type]
    )  # fmt: skip
    seal_revision(request)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("minimal-hybrid-xref.pdf", "hybrid"),
        ("minimal-hybrid-xref-mswordstyle.pdf", "hybrid"),
        ("minimal-broken-xref-size.pdf", "structure"),
        ("minimal-startxref-hopeless.pdf", "structure"),
        ("form-tree-circular-ref-input.pdf", "structure"),
    ],
)
def test_fault_26_a_structure_no_verifier_reads_strictly_is_not_sealed_but_named(
    corpus: Path, tmp_path: Path, authority: KeyMaterial, name: str, reason: str
) -> None:
    with pytest.raises(errors.SealNotMade) as not_made:
        seal(corpus / "pyhanko" / name, tmp_path / "out.pdf", authority, certify=True)
    assert not_made.value.reason == reason
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no document at all", b"%PDF-1.7\n" + bytes(5000)])
def test_faults_1_and_2_what_is_no_pdf_is_refused_and_nothing_is_left(
    tmp_path: Path, authority: KeyMaterial, content: bytes
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(content)
    with pytest.raises(errors.SealNotMade):
        seal(source, tmp_path / "out.pdf", authority)
    assert list(tmp_path.iterdir()) == [source]


def test_a_missing_source_and_an_unwritable_place_are_said(tmp_path: Path, authority: KeyMaterial) -> None:
    with pytest.raises(errors.FileMissing):
        seal(tmp_path / "gone.pdf", tmp_path / "out.pdf", authority)
    source = prepared(tmp_path / "source.pdf")
    with pytest.raises(errors.NotWritable):
        seal(source, tmp_path / "no folder" / "out.pdf", authority)


def test_a_document_that_only_restricts_is_sealed_and_one_with_a_password_asks(
    tmp_path: Path, authority: KeyMaterial
) -> None:
    plain = prepared(tmp_path / "plain.pdf", Sheet(parties=()))
    for user, raised in (("", None), ("secret", errors.PasswordNeeded)):
        locked, out = tmp_path / f"locked{user}.pdf", tmp_path / f"out{user}.pdf"
        subprocess.run(["qpdf", "--encrypt", user, "owner", "256", "--", plain, locked], check=True)
        if raised:
            with pytest.raises(raised):
                seal(locked, out, authority, certify=True)
        else:
            seal(locked, out, authority, certify=True)
            assert out.read_bytes().startswith(locked.read_bytes())


@pytest.mark.parametrize("name", ["minimal-pubkey-aes256.pdf"])
def test_fault_5_public_key_encryption_is_refused(
    corpus: Path, tmp_path: Path, authority: KeyMaterial, name: str
) -> None:
    with pytest.raises(errors.EncryptionUnsupported):
        seal(corpus / "pyhanko" / name, tmp_path / "out.pdf", authority)


def test_pdf_a_stays_pdf_a_because_its_information_is_left_alone(
    corpus: Path, tmp_path: Path, authority: KeyMaterial
) -> None:
    source = corpus / "pyhanko" / "minimal-pdf-ua-and-a.pdf"
    seal(source, tmp_path / "out.pdf", authority, certify=True)
    added = (tmp_path / "out.pdf").read_bytes()[source.stat().st_size :]
    assert b"/Producer" not in added
    assert b"/ModDate" not in added
    assert judged(tmp_path / "out.pdf", authority)[0].good
