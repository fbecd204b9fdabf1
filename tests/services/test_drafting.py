"""Taking files in and changing leases."""

import json
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.geometry import Rect
from app.domain.recipient import Action
from app.services import checking, drafting, reading, sending, signing_at_once, specifying, verifying, viewing
from app.services.house import House
from app.services.spec import parse, read
from tests.journeys.test_geometry import picture
from tests.support import leases
from tests.support.pages import write_pdf


def test_several_files_become_one_draft_named_after_the_first(house: House, tmp_path: Path) -> None:
    one, two = write_pdf(tmp_path / "Lease.pdf", 3), write_pdf(tmp_path / "Annex.pdf")
    envelope = reading.envelope(house, drafting.from_files(house, [one, two]).one("envelope"))
    assert (envelope.title, [len(d.pages) for d in envelope.documents]) == ("Lease", [3, 1])


def test_fault_30_what_is_sent_is_what_was_taken_in_whatever_became_of_the_file(house: House, tmp_path: Path) -> None:
    path = leases.write_spec(tmp_path, "buyer")
    made = specifying.new(house, read(path)).one("envelope")
    (before,) = reading.envelope(house, made).documents
    taken_in = viewing.blob_path(house, before.original).read_bytes()
    write_pdf(tmp_path / "lease.pdf", 9)
    sending.send(house, made)
    (after,) = reading.envelope(house, made).documents
    assert (after.original, len(after.pages)) == (before.original, len(before.pages))
    assert viewing.blob_path(house, after.original).read_bytes() == taken_in


def test_fault_30_a_copy_that_was_changed_inside_the_library_stops_the_sending(house: House, tmp_path: Path) -> None:
    made = specifying.new(house, read(leases.write_spec(tmp_path, "buyer"))).one("envelope")
    (document,) = reading.envelope(house, made).documents
    kept = viewing.blob_path(house, document.original)
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes().replace(b"%%EOF", b"%%EOG"))
    with pytest.raises(errors.StoreError):
        sending.send(house, made)
    assert reading.envelope(house, made).status == "draft"


def test_nothing_is_made_when_one_of_the_files_is_none(house: House, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_text("nothing")
    with pytest.raises(errors.NotADocument):
        drafting.from_files(house, [write_pdf(tmp_path / "a.pdf"), tmp_path / "b.pdf"])
    assert reading.page(house, reading.Query()).total == 0


def test_a_picture_becomes_a_page(house: House, tmp_path: Path) -> None:
    taken = drafting.from_files(house, [picture(tmp_path / "scan.png", 300, 200)])
    (document,) = reading.envelope(house, taken.one("envelope")).documents
    assert len(document.pages) == 1
    assert document.source is not None
    assert document.pages[0].size.width > document.pages[0].size.height


def test_markdown_tokens_become_fields_of_their_roles(house: House, tmp_path: Path) -> None:
    spec = {
        "title": "NDA",
        "documents": [
            {"markdown": "# NDA\n\nAgreed.\n\n{{signature:buyer}}\n\n{{date:buyer}}\n\n{{signature:seller}}"}
        ],
        "recipients": [{"role": "buyer", "name": "Ann"}, {"role": "seller", "name": "Bob", "order": 2}],
    }
    changes = specifying.new(house, parse(json.dumps(spec), tmp_path))
    envelope = reading.envelope(house, changes.one("envelope"))
    assert [(f.kind, f.recipient) for f in envelope.fields] == [
        ("signature", "buyer"), ("date", "buyer"), ("signature", "seller"),
    ]  # fmt: skip
    assert (envelope.fields[0].rect.width, envelope.fields[0].rect.height) == (200, 50)
    sending.send(house, envelope.id)
    signing_at_once.sign(house, envelope.id, "buyer", leases.act("buyer", values={}))


def test_an_encrypted_pdf_needs_its_password_and_is_signed_as_a_working_copy(house: House, tmp_path: Path) -> None:
    plain, locked = write_pdf(tmp_path / "plain.pdf"), tmp_path / "locked.pdf"
    house.maker.copy([plain], locked, password="open sesame")
    with pytest.raises(errors.PasswordNeeded):
        drafting.from_files(house, [locked])
    with pytest.raises(errors.PasswordWrong):
        drafting.from_files(house, [locked], passwords={str(locked): "wrong"})
    made = drafting.from_files(house, [locked], passwords={str(locked): "open sesame"}).one("envelope")
    (document,) = reading.envelope(house, made).documents
    assert document.normalised not in (None, document.original)


def test_fields_and_recipients_follow_each_other(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    envelope = reading.envelope(house, envelope_id)
    drafting.set_recipients(house, envelope_id, [r for r in envelope.recipients if r.role != "seller"])
    left = reading.envelope(house, envelope_id)
    assert {f.recipient for f in left.fields} == {"buyer"}
    drafting.remove_document(house, envelope_id, left.documents[0].id)
    assert reading.envelope(house, envelope_id).fields == ()
    findings = checking.findings(house, reading.envelope(house, envelope_id))
    assert {one.finding.code for one in findings} == {"no_documents", "signer_without_signature"}


def test_new_recipients_get_roles_of_their_own_and_the_next_order(house: House, tmp_path: Path) -> None:
    envelope = reading.envelope(house, leases.draft(house, tmp_path))
    one = drafting.new_recipient(house, envelope, "Buyer", action=Action.COPY)
    assert (one.role, one.order, one.action) == ("buyer_2", 3, Action.COPY)


def test_the_window_and_a_command_do_not_overwrite_each_other(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    stale = reading.envelope(house, envelope_id)
    drafting.change(house, envelope_id, title="New")
    from app.domain import drafting as rules

    with pytest.raises(errors.EnvelopeChanged):
        house.library.record(rules.change(stale, house.moment(), title="Old"))
    assert reading.envelope(house, envelope_id).title == "New"


def test_an_edit_keeps_ids_of_roles_and_drops_fields_of_documents_that_are_gone(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    before = reading.envelope(house, envelope_id)
    write_pdf(tmp_path / "other.pdf")
    body = {"documents": [{"path": "other.pdf"}], "recipients": [{"role": "buyer", "name": "Ann"}]}
    specifying.edit(house, envelope_id, parse(json.dumps(body), tmp_path))
    after = reading.envelope(house, envelope_id)
    assert after.recipients[0].id == before.recipients[0].id
    assert after.fields == ()


def test_form_fields_of_a_document_are_brought_in(house: House, corpus: Path, tmp_path: Path) -> None:
    body = {
        "documents": [{"path": str(corpus / "sample-files" / "libreoffice-form.pdf")}],
        "recipients": [{"role": "buyer", "name": "Ann"}],
        "import_fields": True,
    }
    envelope = reading.envelope(house, specifying.new(house, parse(json.dumps(body), tmp_path)).one("envelope"))
    assert len(envelope.fields) >= 5
    assert all(f.rect.within(envelope.documents[0].pages[f.page - 1].size) for f in envelope.fields)


def test_a_draft_is_deleted_whole_and_nothing_else_is(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    drafting.delete(house, envelope_id)
    with pytest.raises(errors.UnknownEnvelope):
        reading.envelope(house, envelope_id)
    out = leases.sent(house, tmp_path)
    with pytest.raises(errors.ParaphError):
        drafting.delete(house, out)


def test_a_copy_is_a_draft_with_nothing_of_what_happened(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    copy = reading.envelope(house, drafting.copy(house, envelope_id).one("envelope"))
    assert (copy.status, dict(copy.values), copy.documents[0].prepared) == ("draft", {}, None)
    sending.send(house, copy.id)


def test_a_document_that_came_in_signed_keeps_its_signature(house: House, corpus: Path) -> None:
    source = corpus / "pyhanko" / "minimal-signed-twice-second-created.pdf"
    envelope_id = drafting.from_files(house, [source]).one("envelope")
    envelope = reading.envelope(house, envelope_id)
    assert envelope.documents[0].prior_signatures == 2
    signer = drafting.new_recipient(house, envelope, "Ann")
    drafting.set_recipients(house, envelope_id, [signer])
    place = Rect(10, 10, 100, 30)
    fields = [drafting.new_field(house, envelope, "signature", envelope.documents[0].id, 1, place, signer.role)]
    drafting.set_fields(house, envelope_id, fields)
    sending.send(house, envelope_id)
    signing_at_once.sign(house, envelope_id, signer.role, leases.act("x", values={}))
    sealed = viewing.blob_path(house, reading.envelope(house, envelope_id).documents[0].latest)
    assert sealed.read_bytes().startswith(source.read_bytes())
    report = verifying.verify(house, sealed).report
    assert [one.intact for one in report.signatures] == [True, True, True]


def test_a_link_to_a_file_is_followed_and_a_folder_is_not_taken(house: House, tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(write_pdf(tmp_path / "a.pdf"))
    drafting.from_files(house, [tmp_path / "link.pdf"])
    with pytest.raises(errors.FileUnreadable):
        drafting.from_files(house, [tmp_path])


def test_a_spec_reads_its_documents_beside_it(house: House, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    spec = leases.write_spec(tmp_path / "below", "buyer")
    assert specifying.new(house, read(spec)).one("envelope")
