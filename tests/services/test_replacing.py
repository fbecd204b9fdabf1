"""A new version of the document under the fields of the old one."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.domain.geometry import Rect
from app.services import drafting, reading, replacing, sending
from app.services.house import House
from app.services.replacing import Outcome
from tests.support import leases

BODY = ["This lease is made between the parties named below.", "Rent is due on the first day of the month."]
ENDING = ["Signature of the tenant", "Place and date of signing"]


def write(path: Path, *pages: list[str]) -> Path:
    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page(width=595, height=842)
            for row, line in enumerate(lines):
                page.insert_text((72, 100 + 40 * row), line, fontsize=11)
        document.save(path)
    return path


def lease(house: House, folder: Path) -> str:
    """Three fields: beside the signature line, in the white below, on the second page."""
    path = write(folder / "old.pdf", [*BODY, *ENDING], ["An annex with a single line of words"])
    made = drafting.from_files(house, [path]).one("envelope")
    envelope = reading.envelope(house, made)
    signer = drafting.new_recipient(house, envelope, "Ann")
    drafting.set_recipients(house, made, [signer])
    document = envelope.documents[0].id
    places = [
        ("signature", 1, Rect(220, 165, 180, 40)),
        ("text", 1, Rect(72, 700, 100, 20)),
        ("text", 2, Rect(72, 110, 100, 20)),
    ]
    fields = [
        drafting.new_field(house, envelope, kind, document, page, rect, signer.role) for kind, page, rect in places
    ]
    drafting.set_fields(house, made, fields)
    return made


def outcome(house: House, envelope_id: str, path: Path) -> list[tuple[Outcome, int, float]]:
    document = reading.envelope(house, envelope_id).documents[0].id
    done = replacing.replace_document(house, envelope_id, document, path)
    assert done.changes.touches("envelope", envelope_id)
    stored = {f.id: f for f in reading.envelope(house, envelope_id).fields}
    assert all(stored[line.field.id] == line.field for line in done.lines)
    return [(line.outcome, line.field.page, round(line.field.rect.y - line.before.y)) for line in done.lines]


def test_the_same_words_keep_every_field(house: House, tmp_path: Path) -> None:
    made = lease(house, tmp_path)
    again = write(tmp_path / "new.pdf", [*BODY, *ENDING], ["An annex with a single line of words"])
    assert outcome(house, made, again) == [(Outcome.KEPT, 1, 0), (Outcome.KEPT, 1, 0), (Outcome.KEPT, 2, 0)]


def test_fields_follow_their_words_and_the_white_stays(house: House, tmp_path: Path) -> None:
    made = lease(house, tmp_path)
    new = write(
        tmp_path / "new.pdf",
        [*BODY, "A paragraph that was not there before.", "And another one.", *ENDING],
        ["A page put between."],
        ["An annex with a single line of words"],
    )
    assert outcome(house, made, new) == [(Outcome.MOVED, 1, 80), (Outcome.KEPT, 1, 0), (Outcome.MOVED, 3, 0)]
    sending.send(house, made)


def test_what_is_not_found_lies_where_it_lay_to_be_looked_at(house: House, tmp_path: Path) -> None:
    made = lease(house, tmp_path)
    before = reading.envelope(house, made).documents[0]
    new = write(tmp_path / "new.pdf", ["Nothing here is as it was, alas"])
    assert outcome(house, made, new) == [(Outcome.NOT_FOUND, 1, 0), (Outcome.KEPT, 1, 0), (Outcome.NOT_FOUND, 1, 0)]
    after = reading.envelope(house, made).documents[0]
    assert (after.id, after.title) == (before.id, before.title)
    assert after.original != before.original


def test_only_drafts_and_only_documents(house: House, tmp_path: Path) -> None:
    made = lease(house, tmp_path)
    (tmp_path / "no.pdf").write_text("no pdf")
    document = reading.envelope(house, made).documents[0].id
    with pytest.raises(errors.NotADocument):
        replacing.replace_document(house, made, document, tmp_path / "no.pdf")
    sent = leases.sent(house, tmp_path)
    with pytest.raises(errors.WrongStatus):
        replacing.replace_document(house, sent, reading.envelope(house, sent).documents[0].id, tmp_path / "old.pdf")
