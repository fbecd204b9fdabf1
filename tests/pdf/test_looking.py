"""Inspection: what is said of a file before anything is done with it, and what is refused."""

import os
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.pdf import Action, Inspection, Looker, Xfa
from tests.support.pages import write_pdf


def test_a_plain_file_has_nothing_to_tell(looker: Looker, plain: Path) -> None:
    found = looker.inspect(plain)
    assert len(found.pages) == 3
    assert (found.pages[0].size.width, found.pages[0].size.height) == (595, 842)
    assert found == Inspection(pages=found.pages)


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n....", "png"), (b"PK\x03\x04....", "zip"), (b"Dear Sir", "text")],
)
def test_fault_2_what_is_no_pdf_is_told_by_its_content(
    looker: Looker, tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "contract.pdf"
    path.write_bytes(content)
    with pytest.raises(errors.NotADocument) as caught:
        looker.inspect(path)
    assert caught.value.found == found


def test_fault_1_a_truncated_file_is_told_as_repaired_or_refused(looker: Looker, plain: Path) -> None:
    whole = plain.read_bytes()
    answers = set()
    for cut in range(40, len(whole) - 20, len(whole) // 12):
        path = plain.with_name(f"cut-{cut}.pdf")
        path.write_bytes(whole[:cut])
        answers.add(_answer(looker, path))
    assert answers == {"repaired", "refused"}


def _answer(looker: Looker, path: Path) -> str:
    try:
        return "repaired" if looker.inspect(path).repaired else "taken as whole"
    except errors.DocumentDamaged:
        return "refused"


def test_fault_31_only_regular_files_are_opened(looker: Looker, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (tmp_path / "pipe.pdf", tmp_path, Path("/dev/zero")):
        with pytest.raises(errors.FileUnreadable):
            looker.inspect(path)
    with pytest.raises(errors.FileMissing):
        looker.inspect(tmp_path / "nowhere.pdf")


def test_a_relative_path_means_the_callers_folder(looker: Looker, plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plain.parent)
    assert len(looker.inspect(Path(plain.name)).pages) == 3


def test_fault_3_a_locked_file_asks_for_its_password(looker: Looker, tmp_path: Path) -> None:
    path = _encrypted(tmp_path, user_pw="geheim", permissions=-1)
    assert looker.inspect(path).needs_password
    assert looker.inspect(path, "geheim").encrypted
    with pytest.raises(errors.PasswordWrong):
        looker.inspect(path, "falsch")
    with pytest.raises(errors.PasswordNeeded):
        looker.render(path, 1, 1.0)
    looker.render(path, 1, 1.0, password="geheim").release()


def test_fault_4_what_the_owner_reserves_is_told(looker: Looker, tmp_path: Path) -> None:
    path = _encrypted(tmp_path, user_pw="", permissions=pymupdf.PDF_PERM_PRINT)
    found = looker.inspect(path)
    assert not found.needs_password
    assert not found.permissions.may_sign
    assert "may_not_sign" in {finding.code for finding in found.findings}


def test_fault_5_encryption_for_certificates_is_refused_by_name(looker: Looker, corpus: Path) -> None:
    with pytest.raises(errors.EncryptionUnsupported) as caught:
        looker.inspect(corpus / "pyhanko" / "minimal-pubkey-aes256.pdf")
    assert caught.value.method == "Adobe.PubSec"


def test_fault_6_both_sorts_of_xfa_are_told_apart(looker: Looker, tmp_path: Path) -> None:
    for name, fields, wanted in (("static", True, Xfa.STATIC), ("dynamic", False, Xfa.DYNAMIC)):
        document = pymupdf.open()
        page = document.new_page()
        if fields:
            _add_text_field(page, "a")
        else:
            document.xref_set_key(document.pdf_catalog(), "AcroForm", "<</Fields[]>>")
        document.xref_set_key(document.pdf_catalog(), "AcroForm/XFA", "(x)")
        document.save(tmp_path / f"{name}.pdf")
        assert looker.inspect(tmp_path / f"{name}.pdf").xfa is wanted


def test_fault_7_8_actions_and_embedded_files_are_listed(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(0, 0, 9, 9), "uri": "https://example.com"})
    script = document.get_new_xref()
    document.update_object(script, "<</S/JavaScript/JS(app.alert\\(1\\))/Next<</S/Launch/F(calc.exe)>>>>")
    document.xref_set_key(document.pdf_catalog(), "OpenAction", f"{script} 0 R")
    document.embfile_add("plan.txt", b"x")
    document.save(tmp_path / "active.pdf")
    found = looker.inspect(tmp_path / "active.pdf")
    assert set(found.actions) == {
        Action("JavaScript", "app.alert(1)"),
        Action("Launch", "calc.exe"),
        Action("URI", "https://example.com", 1),
    }
    assert found.embedded_files == ("plan.txt",)


def test_fault_11_16_pages_of_any_size_are_told(looker: Looker, tmp_path: Path) -> None:
    huge = write_pdf(tmp_path / "huge.pdf", width=200_000, height=100)
    assert [finding.code for finding in looker.inspect(huge).findings] == ["page_huge"]
    boxless = tmp_path / "boxless.pdf"
    boxless.write_bytes(write_pdf(tmp_path / "a.pdf").read_bytes().replace(b"/MediaBox", b"/MissinBox"))
    size = looker.inspect(boxless).pages[0].size
    assert (size.width, size.height) == (612, 792)


def test_fault_17_18_signed_and_certified_files_are_known(looker: Looker, corpus: Path) -> None:
    found = looker.inspect(corpus / "pyhanko" / "minimal-signed-twice-second-created.pdf")
    assert (found.signed, found.signature_count) == (True, 2)


def test_a_claimed_signature_that_is_in_no_field_counts_as_signed(looker: Looker, plain: Path) -> None:
    plain.write_bytes(plain.read_bytes().replace(b"%%EOF", b"% /ByteRange [0 1 2 3]\n%%EOF"))
    found = looker.inspect(plain)
    assert found.signed
    assert found.signature_count == 0


def test_fault_22_empty_signature_fields_are_named(looker: Looker, corpus: Path) -> None:
    found = looker.inspect(corpus / "pyhanko" / "minimal-two-fields.pdf")
    assert [each.name for each in found.empty_signatures] == ["Sig1", "Sig2"]
    assert not found.signed


def test_fault_26_hybrid_cross_references_are_known(looker: Looker, corpus: Path) -> None:
    assert looker.inspect(corpus / "pyhanko" / "minimal-hybrid-xref.pdf").hybrid_xref


def test_fault_25_layers_that_print_differently_are_told(looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    layer = document.add_ocg("Draft")
    page.insert_text((72, 72), "x", oc=layer)
    document.xref_set_key(layer, "Usage", "<</View<</ViewState/ON>>/Print<</PrintState/OFF>>>>")
    document.save(tmp_path / "layers.pdf")
    found = looker.inspect(tmp_path / "layers.pdf")
    assert found.has_layers
    assert "layers_differ_in_print" in {finding.code for finding in found.findings}


def test_fault_15_ten_thousand_pages_are_measured_at_once(looker: Looker, tmp_path: Path) -> None:
    found = looker.inspect(write_pdf(tmp_path / "long.pdf", pages=10_000))
    assert len(found.pages) == 10_000


def test_a_file_that_changed_is_read_again(looker: Looker, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", pages=1)
    assert len(looker.inspect(path).pages) == 1
    write_pdf(path, pages=2)
    assert len(looker.inspect(path).pages) == 2


def test_words_stand_where_they_are_shown(looker: Looker, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "turned.pdf", pages=2, extra="/Rotate 90")
    words = looker.text(path, 2).words
    assert [word.text for word in words] == ["Page", "2"]
    assert looker.text(path, 2).text == "Page 2"
    # Upright at (72, 90 from the top); turned clockwise the text runs down the right edge.
    assert words[0].rect.x == pytest.approx(842 - 95, abs=15)
    assert words[0].rect.y == pytest.approx(72, abs=3)


def test_a_text_is_found_from_a_page_on(looker: Looker, plain: Path) -> None:
    assert [hit.page for hit in looker.search(plain, "page")] == [1, 2, 3]
    assert [hit.page for hit in looker.search(plain, "PAGE", first_page=2)] == [2, 3]
    assert looker.search(plain, "nowhere") == ()


def _encrypted(folder: Path, user_pw: str, permissions: int) -> Path:
    document = pymupdf.open()
    document.new_page()
    document.save(
        folder / "locked.pdf",
        encryption=pymupdf.PDF_ENCRYPT_AES_256,
        user_pw=user_pw,
        owner_pw="owner",
        permissions=permissions,
    )
    return folder / "locked.pdf"


def _add_text_field(page: pymupdf.Page, name: str) -> None:
    widget = pymupdf.Widget()
    widget.field_type, widget.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, name
    widget.rect = pymupdf.Rect(72, 72, 200, 90)
    page.add_widget(widget)
