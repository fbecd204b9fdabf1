"""What was done after a signature, in terms people use: which field, whose, on which page, and was it allowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.domain.geometry import Rect
from app.domain.verdict import Change, Report, Verdict
from tests.support.attacks import annotating, catalog, forms, pages
from tests.support.attacks.revising import dictionary, field_of, page_of, revised, value
from tests.support.documents import SIGN, TEXT, Party, Sheet, place_of, prepared
from tests.support.outside import NOW, Outside, sign
from tests.support.signed import Signed, sealed
from tests.verifying.conftest import Judge


def _fill(name: str, text: str) -> Any:
    def edit(writer: IncrementalPdfFileWriter) -> None:
        field_of(writer, name)["/V"] = value(text)

    return edit


def _by_key(report: Report, signature: int = 0) -> dict[str, Change]:
    return {change.key: change for change in report.signatures[signature].changes_after}


def test_the_next_persons_act_is_told_with_their_name_and_place(signed: Signed, judge: Judge) -> None:
    changes = _by_key(judge(signed.data))
    filled, signed_by = changes["field_filled"], changes["signed"]
    assert (filled.field, filled.page, filled.who, filled.allowed) == ("Paraph_2_text", 1, "Bob Jones", True)
    assert (signed_by.field, signed_by.who, signed_by.covered) == ("Paraph_2_sign", "Bob Jones", True)
    _close(filled.rect, place_of(TEXT, Party(2)))
    _close(signed_by.rect, place_of(SIGN, Party(2)))


def test_the_signature_itself_is_placed_on_its_page(signed: Signed, judge: Judge) -> None:
    first = judge(signed.data).signatures[0]
    assert first.page == 1
    _close(first.rect, place_of(SIGN, Party(1)))
    assert first.explained(1) == tuple(change.rect for change in first.changes_after)
    assert first.explained(2) == ()


def test_filling_that_nobody_signed_is_valid_with_changes(signed: Signed, judge: Judge) -> None:
    report = judge(revised(signed.data, _fill("Paraph_3_text", "later")))
    assert (report.verdict, report.sentence_key) == (Verdict.VALID, "valid_with_changes")
    assert [(change.key, change.field, change.who) for change in report.uncovered] == [
        ("field_filled", "Paraph_3_text", "")
    ]


def test_what_several_pages_share_changes_all_of_them(tmp_path: Path, outside: Outside, judge: Judge) -> None:
    fonts: list[Any] = []

    def share(writer: IncrementalPdfFileWriter) -> None:
        fonts.append(writer.add_object(dictionary(F1=dictionary(Type="/Font", BaseFont="/Times-Roman"))))
        for page in range(3):
            page_of(writer, page)["/Resources"] = dictionary(Font=fonts[0])

    def replace(writer: IncrementalPdfFileWriter) -> None:
        writer.objects[(0, fonts[0].idnum)] = dictionary(F1=dictionary(Type="/Font", BaseFont="/Courier"))

    with pymupdf.open(prepared(tmp_path / "one.pdf", Sheet())) as document:
        document.new_page()
        document.new_page()
        document.save(tmp_path / "three.pdf")
    file = sign(revised((tmp_path / "three.pdf").read_bytes(), share), outside.person())
    changes = judge(revised(file, replace), (outside.anchor,), NOW).signatures[0].changes_after
    assert [each.page for each in changes if each.key == "page_content_changed"] == [1, 2, 3]


def test_a_field_is_called_as_its_label_says(blank: bytes, outside: Outside, judge: Judge) -> None:
    def label(writer: IncrementalPdfFileWriter) -> None:
        field_of(writer, "Paraph_2_text")["/TU"] = value("Name of the buyer")

    file = revised(sign(revised(blank, label), outside.person()), _fill("Paraph_2_text", "Ana"))
    filled = _by_key(judge(file, (outside.anchor,), NOW))["field_filled"]
    assert (filled.field, filled.detail) == ("Paraph_2_text", "Name of the buyer")


def test_an_altered_file_still_names_the_certificate(signed: Signed, judge: Judge) -> None:
    data = signed.data.replace(b"/Producer", b"/Producex", 1)
    report = judge(data)
    assert report.verdict is Verdict.INVALID
    assert [each.signer for each in report.signatures] == ["Jane Smith", "Bob Jones"]
    assert not any(each.intact or each.trusted_by for each in report.signatures)


def test_a_certification_that_allows_nothing_is_broken_by_filling(tmp_path_factory: Any, judge: Judge) -> None:
    closed = sealed(tmp_path_factory.mktemp("closed"), ("Jane Smith",), docmdp=1)
    assert judge(closed.data, closed.trust).verdict is Verdict.VALID
    report = judge(revised(closed.data, _fill("Paraph_2_text", "later")), closed.trust)
    assert (report.verdict, report.sentence_key) == (Verdict.INVALID, "changed")
    assert "forbidden_change" in report.signatures[0].reasons
    assert not _by_key(report)["field_filled"].allowed


def test_a_locked_field_is_named_when_it_was_changed(signed: Signed, judge: Judge) -> None:
    report = judge(revised(signed.data, _fill("Paraph_1_text", "another")))
    assert report.verdict is Verdict.INVALID
    changed = _by_key(report)["field_changed"]
    assert (changed.field, changed.allowed, changed.covered) == ("Paraph_1_text", False, False)


LISTED = [
    (pages.ATTACKS, "other page content", "page_content_changed", 1),
    (pages.ATTACKS, "page content in place", "page_content_changed", 1),
    (pages.ATTACKS, "a turned page", "page_changed", 1),
    (pages.ATTACKS, "one page more", "page_added", 2),
    (pages.ATTACKS, "another page instead", "page_removed", 1),
    (annotating.ATTACKS, "an opaque Square annotation", "annotation_added", 1),
    (annotating.ATTACKS, "no annotations any more", "annotation_removed", 1),
    (forms.ATTACKS, "a new text field", "field_added", 1),
    (forms.ATTACKS, "a field removed", "field_removed", None),
    (forms.ATTACKS, "another look of a locked field", "appearance_changed", 1),
    (forms.ATTACKS, "another default font", "form_defaults_changed", None),
    (catalog.ATTACKS, "a script on opening", "actions_changed", None),
    (catalog.ATTACKS, "hidden layers", "layers_changed", None),
]


@pytest.mark.parametrize(("family", "name", "key", "page"), LISTED, ids=[each[1] for each in LISTED])
def test_a_change_is_named_and_placed(
    family: Any, name: str, key: str, page: int | None, signed: Signed, judge: Judge
) -> None:
    attack = next(each for each in family if each.name == name)
    assert _by_key(judge(attack.file(signed, 0)), -1)[key].page == page


def test_a_page_that_looks_different_without_reason_is_never_valid(signed: Signed, judge: Judge) -> None:
    report = judge(signed.data)
    assert report.with_pages_that_differ(()) is report
    doubted = report.with_pages_that_differ((2,))
    assert (doubted.verdict, doubted.sentence_key) == (Verdict.INDETERMINATE, "page_looks_different")
    assert [(each.key, each.page) for each in doubted.suspicions] == [("page_looks_different", 2)]


def test_a_picture_does_not_make_an_altered_file_better(signed: Signed, judge: Judge) -> None:
    data = signed.data.replace(b"Bob", b"Rob", 1) if b"Bob" in signed.data else b"%PDF-1.7" + signed.data[9:]
    report = judge(data).with_pages_that_differ((1,))
    assert report.verdict is not Verdict.VALID
    assert report.suspicions


def _close(found: Rect | None, wanted: Rect) -> None:
    assert found is not None
    pairs = ((found.x, wanted.x), (found.y, wanted.y), (found.right, wanted.right), (found.bottom, wanted.bottom))
    assert all(abs(one - other) < 0.01 for one, other in pairs)
