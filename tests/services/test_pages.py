"""Page tools: what was printed under a field is under it afterwards, seen in rendered pixels."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageDraw

from app.domain import errors
from app.domain.envelope import Document, Envelope
from app.domain.geometry import PageGeometry, Rect, Size
from app.domain.mark import Mark
from app.domain.verdict import Verdict
from app.services import auditing, describing, drafting, pages, reading, sending, signing_at_once, verifying, viewing
from app.services.house import House
from tests.support.pages import write_pdf

MARK = Rect(60, 40, 50, 20)


def marked(path: Path, shapes: list[PageGeometry]) -> Path:
    """A page of each shape with a black rectangle at MARK moved down by 30 points a page, as displayed."""
    document = pymupdf.open()
    for number, shape in enumerate(shapes):
        page = document.new_page(width=700, height=900)
        left, bottom, right, top = shape.to_pdf(mark(number + 1))
        content = f"0 g {left} {bottom} {right - left} {top - bottom} re f"
        stream = document.get_new_xref()
        document.update_object(stream, "<<>>")
        document.update_stream(stream, content.encode())
        for key, value in (
            ("Contents", f"{stream} 0 R"), ("Rotate", str(shape.rotate)), ("UserUnit", str(shape.user_unit)),
            ("CropBox", f"[{shape.left} {shape.bottom} {shape.right} {shape.top}]"),
        ):  # fmt: skip
            document.xref_set_key(page.xref, key, value)
    document.save(path)
    return path


def mark(number: int) -> Rect:
    return MARK.moved(0, 30 * (number - 1))


def upright(count: int) -> list[PageGeometry]:
    return [PageGeometry(0, 0, 400, 600)] * count


def draft(house: House, *files: Path) -> Envelope:
    """A field on every mark of every document, all of one signer."""
    envelope_id = drafting.from_files(house, files).one("envelope")
    envelope = reading.envelope(house, envelope_id)
    signer = drafting.new_recipient(house, envelope, "Ana")
    drafting.set_recipients(house, envelope_id, [signer])
    fields = [
        replace(drafting.new_field(house, envelope, "text", one.id, n, mark(n), signer.role), label=f"{d}.{n}")
        for d, one in enumerate(envelope.documents, start=1)
        for n in range(1, len(one.pages) + 1)
    ]  # fmt: skip
    drafting.set_fields(house, envelope_id, fields)
    return reading.envelope(house, envelope_id)


def again(house: House, envelope: Envelope) -> Envelope:
    return reading.envelope(house, envelope.id)


def where(envelope: Envelope) -> dict[str, tuple[int, int]]:
    """Document number and page of each field by its label."""
    return {field.label: (envelope.number_of(field.document), field.page) for field in envelope.fields}


def ink(house: House, document: Document, page: int) -> Rect:
    """The box around what is black on a page, in points."""
    pixels = viewing.page_image(house, document.latest, page, 2.0)
    try:
        image = Image.frombuffer(
            "RGB", (pixels.width, pixels.height), bytes(pixels.buffer), "raw", "BGRX", pixels.stride, 1
        )
        box = image.convert("L").point(lambda grey: 255 if grey < 128 else 0).getbbox()
    finally:
        pixels.release()
    assert box is not None, "the mark is gone"
    left, top, right, bottom = (edge / 2 for edge in box)
    return Rect(left, top, right - left, bottom - top)


def assert_fields_lie_on_their_marks(house: House, envelope: Envelope) -> None:
    for field in envelope.fields:
        seen = ink(house, envelope.document(field.document), field.page)
        for side in ("x", "y", "right", "bottom"):
            assert getattr(field.rect, side) == pytest.approx(getattr(seen, side), abs=0.5), (field.label, side)


SHAPES = [
    PageGeometry(0, 0, 400, 600),
    PageGeometry(30, 50, 430, 650, 90),
    PageGeometry(0, 0, 400, 600, 180),
    PageGeometry(100, 20, 500, 620, 270),
    PageGeometry(10, 10, 310, 410, 90, 1.5),
]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_rotation_turns_fields_along_on_every_kind_of_page(house: House, tmp_path: Path, turns: int) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", SHAPES))
    assert_fields_lie_on_their_marks(house, envelope)
    pages.rotate(house, envelope.id, envelope.documents[0].id, [1, 2, 3, 4, 5], turns)
    turned = again(house, envelope)
    assert turned.documents[0].pages[0].rotate == 90 * turns
    assert turned.documents[0].original == envelope.documents[0].original
    assert_fields_lie_on_their_marks(house, turned)


def test_fields_go_with_their_page_when_pages_are_reordered(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", SHAPES))
    pages.reorder(house, envelope.id, envelope.documents[0].id, [3, 5, 1, 2, 4])
    moved = again(house, envelope)
    assert where(moved) == {"1.1": (1, 3), "1.2": (1, 4), "1.3": (1, 1), "1.4": (1, 5), "1.5": (1, 2)}
    assert_fields_lie_on_their_marks(house, moved)


def test_a_deleted_page_takes_its_fields_with_it_and_undo_brings_both_back(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", upright(3)))
    done = pages.delete(house, envelope.id, envelope.documents[0].id, [2])
    shorter = again(house, envelope)
    assert where(shorter) == {"1.1": (1, 1), "1.3": (1, 2)}
    assert_fields_lie_on_their_marks(house, shorter)
    redo = pages.restore(house, envelope.id, done.before)
    assert (again(house, envelope).documents, again(house, envelope).fields) == (envelope.documents, envelope.fields)
    pages.restore(house, envelope.id, redo.before)
    assert again(house, envelope).fields == shorter.fields


def test_pages_of_another_file_come_in_between(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", upright(2)))
    other = write_pdf(tmp_path / "other.pdf", 3, 300, 200)
    pages.insert(house, envelope.id, envelope.documents[0].id, 2, other, [3, 1])
    longer = again(house, envelope)
    (document,) = longer.documents
    assert [page.size.width for page in document.pages] == [400, 300, 300, 400]
    assert [viewing.words(house, document.base, n).text for n in (2, 3)] == ["Page 3", "Page 1"]
    assert len(document.made_of) == 1
    assert where(longer) == {"1.1": (1, 1), "1.2": (1, 4)}
    assert_fields_lie_on_their_marks(house, longer)


def test_blank_pages_are_as_large_as_their_neighbour(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", upright(1)))
    pages.blank(house, envelope.id, envelope.documents[0].id, 2, count=2)
    assert [page.size for page in again(house, envelope).documents[0].pages] == [Size(400, 600)] * 3
    pages.blank(house, envelope.id, envelope.documents[0].id, 1, Size(200, 300))
    assert where(again(house, envelope)) == {"1.1": (1, 2)}


def test_a_split_and_merged_document_is_as_it_was(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", SHAPES), marked(tmp_path / "b.pdf", upright(1)))
    pages.split(house, envelope.id, envelope.documents[0].id, [3, 5])
    parts = again(house, envelope)
    assert [len(one.pages) for one in parts.documents] == [2, 2, 1, 1]
    assert where(parts) == {"1.1": (1, 1), "1.2": (1, 2), "1.3": (2, 1), "1.4": (2, 2), "1.5": (3, 1), "2.1": (4, 1)}
    assert_fields_lie_on_their_marks(house, parts)
    pages.merge(house, envelope.id, [one.id for one in parts.documents[:3]])
    whole = again(house, envelope)
    assert where(whole) == where(envelope)
    assert_fields_lie_on_their_marks(house, whole)


def test_cropping_moves_fields_with_what_is_printed_and_drops_those_cut_away(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", SHAPES))
    document = envelope.documents[0].id
    pages.crop(house, envelope.id, document, [1, 2, 3, 4, 5], Rect(20, 30, 200, 250))
    cropped = again(house, envelope)
    assert {(round(p.size.width, 3), round(p.size.height, 3)) for p in cropped.documents[0].pages} == {(200, 250)}
    assert len(cropped.fields) == 5
    assert_fields_lie_on_their_marks(house, cropped)
    pages.crop(house, envelope.id, document, [1], Rect(0, 100, 200, 150))
    assert "1.1" not in where(again(house, envelope))


@pytest.mark.parametrize("leaning", [3.0, -1.6])
def test_a_leaning_scan_is_straightened_and_loses_no_pixel(house: House, tmp_path: Path, leaning: float) -> None:
    scan = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(scan)
    for line in range(30):
        pen.rectangle((150, 200 + 45 * line, 1000 - 37 * (line % 5), 212 + 45 * line), fill=0)
    scan.rotate(-leaning, Image.Resampling.BICUBIC, fillcolor=255).save(tmp_path / "scan.png", dpi=(150, 150))
    envelope_id = drafting.from_files(house, [tmp_path / "scan.png"]).one("envelope")
    (document,) = reading.envelope(house, envelope_id).documents
    done = pages.straighten(house, envelope_id, document.id, [1])
    assert done.straightened[1] == pytest.approx(-leaning, abs=0.2)
    (straight,) = reading.envelope(house, envelope_id).documents
    assert abs(house.looker.skew(viewing.blob_path(house, straight.base), 1)) <= 0.2
    assert pages.straighten(house, envelope_id, straight.id, [1]).straightened == {}


def test_pages_without_lines_are_left_as_they_are(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", upright(1)))
    assert not pages.straighten(house, envelope.id, envelope.documents[0].id, [1]).straightened
    assert again(house, envelope).documents == envelope.documents


def test_form_fields_of_the_file_go_with_their_pages(house: House, tmp_path: Path) -> None:
    source = pymupdf.open()
    for number in (1, 2):
        page = source.new_page(width=400, height=600)
        widget = pymupdf.Widget()
        widget.field_type, widget.field_name = pymupdf.PDF_WIDGET_TYPE_TEXT, f"field{number}"
        widget.rect = pymupdf.Rect(50, 100 * number, 150, 100 * number + 20)
        page.add_widget(widget)
    source.save(tmp_path / "form.pdf")
    envelope = reading.envelope(house, drafting.from_files(house, [tmp_path / "form.pdf"]).one("envelope"))
    pages.split(house, envelope.id, envelope.documents[0].id, [2])
    first, second = again(house, envelope).documents
    found = [house.looker.read_fields(viewing.blob_path(house, one.base)) for one in (first, second)]
    assert [[field.name for field in one] for one in found] == [["field1"], ["field2"]]
    assert found[1][0].rect.y == pytest.approx(200, abs=0.5)


def test_impossible_page_numbers_are_refused_and_change_nothing(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", upright(2)))
    document = envelope.documents[0].id
    refusals: tuple[Callable[[], object], ...] = (
        lambda: pages.reorder(house, envelope.id, document, [1, 1]),
        lambda: pages.delete(house, envelope.id, document, [1, 2]),
        lambda: pages.split(house, envelope.id, document, [1]),
        lambda: pages.merge(house, envelope.id, [document]),
        lambda: pages.crop(house, envelope.id, document, [1], Rect(300, 0, 200, 100)),
        lambda: pages.blank(house, envelope.id, document, 1, count=0),
    )
    for refused in refusals:
        with pytest.raises(errors.SpecError):
            refused()
    with pytest.raises(errors.PageOutOfRange):
        pages.rotate(house, envelope.id, document, [3])
    assert again(house, envelope) == envelope


def test_a_signed_document_keeps_its_pages(house: House, tmp_path: Path, corpus: Path) -> None:
    signed = corpus / "pyhanko" / "minimal-signed-twice-second-created.pdf"
    envelope = reading.envelope(house, drafting.from_files(house, [signed]).one("envelope"))
    if not envelope.documents[0].prior_signatures:
        pytest.skip("the corpus's file is not signed any more")
    with pytest.raises(errors.AlreadySigned):
        pages.rotate(house, envelope.id, envelope.documents[0].id, [1])
    own = reading.envelope(house, drafting.from_files(house, [write_pdf(tmp_path / "own.pdf")]).one("envelope"))
    with pytest.raises(errors.AlreadySigned):
        pages.insert(house, own.id, own.documents[0].id, 1, signed)


def test_edited_pages_are_signed_and_the_seal_is_valid(house: House, tmp_path: Path) -> None:
    envelope = draft(house, marked(tmp_path / "a.pdf", SHAPES[:3]))
    document = envelope.documents[0].id
    pages.rotate(house, envelope.id, document, [1])
    pages.delete(house, envelope.id, document, [2])
    pages.insert(house, envelope.id, document, 3, write_pdf(tmp_path / "other.pdf"))
    (signer,) = envelope.recipients
    edited = again(house, envelope)
    mark_field = drafting.new_field(house, edited, "signature", document, 2, Rect(60, 300, 160, 40), signer.role)
    drafting.set_fields(house, envelope.id, [mark_field])
    sending.send(house, envelope.id)
    act = signing_at_once.Act(consent=True, signature=Mark("typed", text="Ana Lima"))
    signing_at_once.sign(house, envelope.id, signer.role, act)
    (done,) = again(house, envelope).documents
    assert done.original == envelope.documents[0].original
    assert verifying.verify(house, viewing.blob_path(house, done.latest)).report.verdict is Verdict.VALID
    (frozen,) = (e for e in auditing.export_trail(house, envelope.id) if e["kind"] == "frozen")
    (told,) = frozen["facts"]["documents"]
    shown = describing.document(done)
    assert done.edited
    assert (told["edited"], told["made_of"]) == (done.edited, list(done.made_of))
    assert (shown["edited_sha256"], shown["made_of_sha256"]) == (done.edited, list(done.made_of))
    certificate = again(house, envelope).certificate
    assert certificate
    with pymupdf.open(viewing.blob_path(house, certificate)) as told_to_people:
        words = "".join("".join(str(page.get_text()).split()) for page in told_to_people)
    assert all(sha256 in words for sha256 in (done.original, *done.made_of, done.edited))
