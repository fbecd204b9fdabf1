"""Freezing: fields of every sort, names, what must not be there, and what is refused."""

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from app.domain import errors
from app.domain.drawing import Drawing, Picture
from app.domain.fields.base import Field, FormType
from app.domain.fields.registry import draw
from app.domain.geometry import Rect
from app.domain.ids import DocumentId, FieldId, Sha256
from app.fonts import BundledMetrics
from app.pdf import OFF, ON, LaidField, Looker, Maker, Placed
from tests.pdf.strange import corner_mark, inked
from tests.support.pages import write_pdf

METRICS = BundledMetrics()
OPTIONS = ("Ja", "Nein, danke", "Später (50 %)")


def field(kind: str, rect: Rect, **more: object) -> Field:
    return Field(FieldId(kind), kind, DocumentId("d"), 1, rect, "buyer", **more)  # type: ignore[arg-type]


def text(name: str, rect: Rect, words: str, **more: object) -> LaidField:
    drawing = draw(field("text", rect), words, METRICS)
    return LaidField(name, FormType.TEXT, 1, rect, value=words, drawings={"": drawing}, **more)  # type: ignore[arg-type]


def every_sort() -> list[LaidField]:
    radio = field("radio", Rect(50, 150, 140, 60), options=OPTIONS)
    box = field("checkbox", Rect(50, 100, 18, 18))
    choice = field("dropdown", Rect(50, 230, 120, 24), options=OPTIONS)
    note = field("note", Rect(300, 50, 200, 24))
    return [
        text("name", Rect(50, 50, 160, 24), "Jane Smith", label="Full name", required=True, max_length=40),
        LaidField("agreed", FormType.CHECKBOX, 1, box.rect, value=ON,
                  drawings={OFF: draw(box, False, METRICS), ON: draw(box, True, METRICS)}),
        LaidField("answer", FormType.RADIO, 1, radio.rect, value=OPTIONS[2], options=OPTIONS,
                  drawings={OFF: draw(radio, None, METRICS), **{o: draw(radio, o, METRICS) for o in OPTIONS}}),
        LaidField("choice", FormType.CHOICE, 1, choice.rect, options=OPTIONS,
                  drawings={"": draw(choice, None, METRICS)}),
        LaidField("sign", FormType.SIGNATURE, 1, Rect(50, 300, 200, 50), lock=("name", "agreed", "sign")),
        LaidField("seal", FormType.SIGNATURE, lock=("answer",)),
        LaidField("note", FormType.NONE, 1, note.rect, drawings={"": draw(note, "Prepared by Acme", METRICS)}),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Path:
    folder = tmp_path_factory.mktemp("laid")
    maker.lay(write_pdf(folder / "plain.pdf"), folder / "laid.pdf", every_sort())
    return folder / "laid.pdf"


def test_every_sort_of_field_is_read_back(looker: Looker, laid: Path) -> None:
    found = {one.name: one for one in looker.read_fields(laid)}
    assert {name: one.kind for name, one in found.items()} == {
        "name": "name", "agreed": "checkbox", "choice": "dropdown", "sign": "signature",
        "answer.1": "checkbox", "answer.2": "checkbox", "answer.3": "checkbox",
    }  # fmt: skip
    assert (found["name"].value, found["name"].label, found["name"].max_length) == ("Jane Smith", "Full name", 40)
    assert found["name"].required
    assert found["name"].read_only
    assert found["agreed"].value == ON
    assert [found[f"answer.{number}"].value for number in (1, 2, 3)] == ["", "", OPTIONS[2]]
    assert [found[f"answer.{number}"].label for number in (1, 2, 3)] == list(OPTIONS)
    assert found["choice"].options == OPTIONS
    assert found["answer.1"].rect.height == pytest.approx(20, abs=0.01)


def test_signature_fields_exist_with_their_locks_also_the_invisible_one(looker: Looker, laid: Path) -> None:
    found = looker.inspect(laid)
    assert [each.name for each in found.empty_signatures] == ["sign", "seal"]
    assert [each.rect is None for each in found.empty_signatures] == [False, True]
    shown = next(each for each in looker.find_fields(laid) if each.name == "sign")
    assert found.empty_signatures[0].rect == shown.rect
    assert not found.signed
    objects = _dictionaries(laid)
    locks = [one for one in objects if "/SigFieldLock" in one]
    assert len(locks) == 2
    assert all("/Include" in lock for lock in locks)
    assert sum("/FT/Sig" in one and "/Rect[0 0 0 0]" in one for one in objects) == 1


def test_no_viewer_is_asked_to_draw(laid: Path) -> None:
    objects = _dictionaries(laid)
    assert not any("/NeedAppearances" in one for one in objects)
    shown = [one for one in objects if "/Subtype/Widget" in one and "/Rect[0 0 0 0]" not in one]
    assert shown
    assert all("/AP" in one for one in shown)


def test_every_font_is_embedded(laid: Path) -> None:
    descriptors = [one for one in _dictionaries(laid) if "/Type/FontDescriptor" in one]
    assert len(descriptors) == 2, "one for the drawings, one for the form"
    assert all("/FontFile2" in one for one in descriptors)


def test_values_and_notes_are_seen_and_can_be_copied(looker: Looker, laid: Path) -> None:
    words = looker.text(laid, 1).text
    for expected in ("Jane Smith", "Nein, danke", "Prepared by Acme"):
        assert expected in words


def test_other_programs_find_nothing_wrong(laid: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    done = subprocess.run(["qpdf", "--check", laid], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_same_input_gives_the_same_bytes(maker: Maker, tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "plain.pdf")
    prints = {maker.lay(source, tmp_path / f"{n}.pdf", every_sort()).sha256 for n in range(3)}
    assert len(prints) == 1
    assert prints == {hashlib.sha256((tmp_path / "0.pdf").read_bytes()).hexdigest()}


@pytest.mark.parametrize(
    "words", ["Příliš žluťoučký", "Ελλάδα", "Україна", "مرحبا بالعالم", "שלום עולם", "नमस्ते", "Ærø 12 שלום"]
)
def test_fault_28_any_bundled_script_is_laid_and_can_be_copied(
    maker: Maker, looker: Looker, tmp_path: Path, words: str
) -> None:
    source, out = write_pdf(tmp_path / "plain.pdf"), tmp_path / "laid.pdf"
    maker.lay(source, out, [text("t", Rect(50, 200, 300, 24), words)])
    copied = looker.text(out, 1).text
    for letter in set(words) - set(" 12"):
        assert letter in copied or words == "नमस्ते"


def test_fault_28_a_letter_no_face_has_is_refused_and_nothing_is_written(maker: Maker, plain: Path) -> None:
    out = plain.with_name("laid.pdf")
    drawing = draw(field("text", Rect(0, 0, 100, 20)), "plain", METRICS)
    run = drawing.runs[0]
    strange = Drawing(100, 20, runs=(type(run)("\U0001f58b", 0, 10, 10, "sans", 10),))
    with pytest.raises(errors.GlyphsMissing):
        maker.lay(plain, out, [LaidField("t", FormType.TEXT, 1, Rect(0, 0, 100, 20), drawings={"": strange})])
    assert sorted(found.name for found in plain.parent.iterdir()) == ["plain.pdf"]


def test_fault_29_a_field_that_bears_our_name_gives_way(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "plain.pdf")
    maker.lay(source, tmp_path / "one.pdf", [text("Paraph_1", Rect(50, 100, 90, 20), "old")])
    result = maker.lay(tmp_path / "one.pdf", tmp_path / "two.pdf", [text("Paraph_1", Rect(50, 200, 90, 20), "new")])
    assert result.renamed == {"Paraph_1": "Paraph_1_1"}
    found = {one.name: one.value for one in looker.read_fields(tmp_path / "two.pdf")}
    assert found == {"Paraph_1": "new", "Paraph_1_1": "old"}


def test_fields_ours_stand_for_are_taken_out(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "plain.pdf")
    old = [text("a", Rect(50, 100, 90, 20), "1"), text("b", Rect(50, 130, 90, 20), "2")]
    maker.lay(source, tmp_path / "one.pdf", old)
    ours = [text("ours", Rect(50, 100, 90, 20), "3")]
    maker.lay(tmp_path / "one.pdf", tmp_path / "two.pdf", ours, replaced=["a"])
    assert [one.name for one in looker.read_fields(tmp_path / "two.pdf")] == ["ours", "b"]


def test_fault_7_scripts_are_taken_out_and_links_stay(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(0, 0, 9, 9), "uri": "https://example.com"})
    document.xref_set_key(document.pdf_catalog(), "OpenAction", "<</S/JavaScript/JS(x)>>")
    document.xref_set_key(page.xref, "AA", "<</O<</S/Launch/F(calc.exe)>>>>")
    document.save(tmp_path / "active.pdf")
    maker.lay(tmp_path / "active.pdf", tmp_path / "laid.pdf", every_sort())
    assert [action.kind for action in looker.inspect(tmp_path / "laid.pdf").actions] == ["URI"]


def test_a_signed_file_is_never_rewritten(maker: Maker, corpus: Path, tmp_path: Path) -> None:
    signed, out = corpus / "pyhanko" / "minimal-signed-twice-second-created.pdf", tmp_path / "out.pdf"
    for make in (
        lambda: maker.lay(signed, out, every_sort()),
        lambda: maker.normalise(signed, out),
        lambda: maker.stamp_drawings(signed, out, ()),
    ):
        with pytest.raises(errors.AlreadySigned) as caught:
            make()
        assert caught.value.signatures == 2
    assert not out.exists()


def test_fault_4_what_the_owner_forbids_is_refused(maker: Maker, tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page()
    path = tmp_path / "reserved.pdf"
    document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="o", permissions=pymupdf.PDF_PERM_PRINT)
    with pytest.raises(errors.SigningForbidden) as caught:
        maker.lay(path, tmp_path / "out.pdf", every_sort())
    assert caught.value.by == "permissions"


def test_fault_6_dynamic_xfa_is_refused_and_static_is_flattened(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    for fields, name in ((every_sort(), "static"), ([], "dynamic")):
        source = write_pdf(tmp_path / f"{name}.pdf")
        maker.lay(source, tmp_path / "form.pdf", fields)
        document = pymupdf.open(tmp_path / "form.pdf")
        document.xref_set_key(document.pdf_catalog(), "AcroForm/XFA", "(x)")
        document.save(tmp_path / f"{name}-xfa.pdf")
    more = [text("more", Rect(50, 400, 90, 20), "x")]
    maker.lay(tmp_path / "static-xfa.pdf", tmp_path / "out.pdf", more)
    assert looker.inspect(tmp_path / "out.pdf").xfa == "none"
    with pytest.raises(errors.SigningForbidden) as caught:
        maker.lay(tmp_path / "dynamic-xfa.pdf", tmp_path / "out2.pdf", more)
    assert caught.value.by == "xfa"


def test_a_field_on_a_page_that_is_not_there(maker: Maker, plain: Path) -> None:
    with pytest.raises(errors.PageOutOfRange):
        maker.lay(plain, plain.with_name("out.pdf"), [LaidField("a", FormType.SIGNATURE, 9, Rect(0, 0, 9, 9))])


def test_a_place_that_cannot_be_written_is_told(maker: Maker, plain: Path) -> None:
    with pytest.raises(errors.NotWritable):
        maker.lay(plain, plain.parent / "no" / "folder.pdf", every_sort())


def test_an_unbalanced_page_does_not_move_what_is_drawn_on_it(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=400, height=400)
    page.insert_text((0, 0), ".")
    document.update_stream(page.get_contents()[0], b"q q 3 0 0 3 100 100 cm 0.2 g")
    document.save(tmp_path / "unbalanced.pdf")
    place = Rect(50, 60, 80, 40)
    maker.stamp_drawings(tmp_path / "unbalanced.pdf", tmp_path / "out.pdf", [Placed(1, place, corner_mark(80, 40))])
    pixels = looker.render(tmp_path / "out.pdf", 1, 2.0)
    image = Image.frombytes("RGB", (800, 800), bytes(pixels.buffer), "raw", "BGRX", 3200, 1)
    pixels.release()
    found = inked(image, 2.0)
    assert (found.x, found.y) == (pytest.approx(50, abs=0.5), pytest.approx(60, abs=0.5))


def test_pictures_are_fitted_without_distortion(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    document = pymupdf.open()
    document.new_page(width=300, height=300)
    document.save(tmp_path / "white.pdf")
    Image.new("RGB", (40, 20), "black").save(tmp_path / "ink.png")
    digest = Sha256("0" * 64)
    drawing = Drawing(100, 100, pictures=(Picture(digest, Rect(0, 0, 100, 100)),))
    placed = [Placed(1, Rect(100, 100, 100, 100), drawing)]
    maker.stamp_drawings(tmp_path / "white.pdf", tmp_path / "out.pdf", placed, {digest: tmp_path / "ink.png"})
    pixels = looker.render(tmp_path / "out.pdf", 1, 1.0)
    image = Image.frombytes("RGB", (300, 300), bytes(pixels.buffer), "raw", "BGRX", 1200, 1)
    pixels.release()
    assert inked(image, 1.0) == Rect(100, 125, 100, 50)


def test_normalising_leaves_one_plain_unlocked_file(maker: Maker, looker: Looker, corpus: Path, tmp_path: Path) -> None:
    maker.normalise(corpus / "pyhanko" / "minimal-hybrid-xref.pdf", tmp_path / "plain.pdf")
    assert not looker.inspect(tmp_path / "plain.pdf").hybrid_xref
    maker.normalise(corpus / "pyhanko" / "minimal-aes256.pdf", tmp_path / "open.pdf", "usersecret")
    found = looker.inspect(tmp_path / "open.pdf")
    assert (found.needs_password, found.encrypted) == (False, False)


def _dictionaries(path: Path) -> Sequence[str]:
    with pymupdf.open(path) as document:
        return [document.xref_object(xref, compressed=True) for xref in range(1, document.xref_length())]
