"""Documents of our own: Markdown, pictures, copies, the certificate of completion."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.domain import errors
from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.geometry import Rect, Size
from app.fonts import BundledMetrics
from app.pdf import (
    CertificateFacts,
    CertifiedDocument,
    CertifiedEvent,
    CertifiedPerson,
    LaidField,
    Looker,
    Maker,
)
from app.pdf.certificate import sheets_of
from app.pdf.certificate_facts import ENGLISH
from app.pdf.sheet import BOTTOM_PT, HEIGHT_PT, MARGIN_PT, WIDTH_PT
from app.pdf.tokenising import TOKEN_SIZES
from tests.support.pages import write_pdf


def test_tokens_of_the_contract_become_places_of_their_size(maker: Maker, tmp_path: Path) -> None:
    text = "\n\n".join(f"{{{{ {kind} : buyer }}}}" for kind in TOKEN_SIZES)
    tokens = maker.from_markdown(text, tmp_path / "a.pdf")
    assert [(token.kind, token.key) for token in tokens] == [(kind, "buyer") for kind in TOKEN_SIZES]
    for token in tokens:
        size = TOKEN_SIZES[token.kind]
        assert (token.rect.width, token.rect.height) == (
            pytest.approx(size.width, abs=0.1),
            pytest.approx(size.height, abs=0.1),
        )
        assert token.rect.within(Size(595.5, 842))


def test_no_text_stands_where_a_field_will(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    text = "Signed {{signature:a}} by\n\n| who | when |\n|--|--|\n| {{text:a}} | {{date:a}} |\n\n- {{checkbox:a}} yes\n"
    tokens = maker.from_markdown(text * 12, tmp_path / "a.pdf")
    assert len(tokens) == 48
    assert len({token.page for token in tokens}) > 1
    for page in {token.page for token in tokens}:
        words = looker.text(tmp_path / "a.pdf", page).words
        for token in (token for token in tokens if token.page == page):
            assert not [word.text for word in words if word.rect.inset(1).overlap(token.rect) > 1]


def test_a_page_break_on_its_own_line_begins_a_page(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    tokens = maker.from_markdown("# One\n\n  {{ pagebreak }}  \n\n# Two\n\n{{signature:b}}", out)
    assert looker.text(out, 1).text == "One"
    assert looker.text(out, 2).text == "Two"
    assert tokens[0].page == 2


def test_a_sum_in_a_table_stands_on_one_line(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    maker.from_markdown("| Part | Price |\n|---|---|\n| Labour | 200 € |\n", out)
    tops = {word.text: word.rect.y for word in looker.text(out, 1).words}
    assert tops["200"] == pytest.approx(tops["€"], abs=1)


def test_markdown_is_set_and_nothing_of_it_runs(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    text = (
        "# Title\n\n**bold** *slanted* __under__ <script>alert(1)</script> [link](http://example.com) "
        "![x](file:///etc/passwd)\n\n1. one\n2. two\n\n- a\n  - b\n\n---\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    )
    assert maker.from_markdown(text, out) == ()
    found = looker.inspect(out)
    assert found.title == "Title"
    assert found.actions == ()
    words = looker.text(out, 1).text
    for expected in ("bold", "under", "<script>alert(1)</script>", "link", "1. one", "A", "2"):
        assert expected in words
    assert "root:" not in words


def test_unknown_tokens_and_those_in_code_stay_text(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    assert maker.from_markdown("{{seal:buyer}} and `{{text:buyer}}`", tmp_path / "a.pdf") == ()
    assert "{{seal:buyer}}" in looker.text(tmp_path / "a.pdf", 1).text


def test_empty_markdown_is_refused(maker: Maker, tmp_path: Path) -> None:
    with pytest.raises(errors.MarkdownRefused):
        maker.from_markdown(" \n{{pagebreak}}\n", tmp_path / "a.pdf")


def test_the_same_markdown_gives_the_same_bytes(maker: Maker, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        maker.from_markdown("# Same\n\n{{signature:a}}", tmp_path / name, "Title")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(
    ("size", "dpi", "points"),
    [((600, 300), 150, (288, 144)), ((600, 300), None, (288, 144)), ((4000, 2000), 72, (841.89, 420.95))],
)
def test_a_picture_becomes_a_page_of_its_size_but_never_larger_than_a4(
    maker: Maker, looker: Looker, tmp_path: Path, size: tuple[int, int], dpi: int | None, points: tuple[float, float]
) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png", **({"dpi": (dpi, dpi)} if dpi else {}))
    maker.from_picture(tmp_path / "a.png", tmp_path / "a.pdf")
    page = looker.inspect(tmp_path / "a.pdf").pages[0].size
    assert (page.width, page.height) == (pytest.approx(points[0], abs=0.5), pytest.approx(points[1], abs=0.5))


def test_a_picture_taken_on_its_side_stands_upright(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (300, 150), "red").save(tmp_path / "a.jpg", exif=exif)
    maker.from_picture(tmp_path / "a.jpg", tmp_path / "a.pdf")
    page = looker.inspect(tmp_path / "a.pdf").pages[0].size
    assert page.height == pytest.approx(2 * page.width, rel=0.01)
    assert maker.clean_picture(tmp_path / "a.jpg", tmp_path / "a.png") == (150, 300)


def test_a_clean_picture_keeps_nothing_but_pixels(maker: Maker, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (30, 20), "red").save(tmp_path / "a.jpg", exif=exif)
    assert maker.clean_picture(tmp_path / "a.jpg", tmp_path / "a.png") == (30, 20)
    assert b"secret" not in (tmp_path / "a.png").read_bytes()


def test_what_is_no_picture_is_refused(maker: Maker, plain: Path) -> None:
    for make in (maker.from_picture, maker.clean_picture):
        with pytest.raises(errors.NotADocument):
            make(plain, plain.with_name("out"))
    whole = plain.with_name("a.png")
    Image.effect_noise((200, 200), 90).save(whole)
    whole.write_bytes(whole.read_bytes()[:3000])
    with pytest.raises(errors.NotADocument):
        maker.clean_picture(whole, plain.with_name("out"))


def test_a_copy_holds_all_files_and_nothing_to_fill(maker: Maker, looker: Looker, plain: Path) -> None:
    form, out = plain.with_name("form.pdf"), plain.with_name("copy.pdf")
    maker.lay(plain, form, [LaidField("s", FormType.SIGNATURE, 1, Rect(50, 50, 90, 40))])
    maker.copy([plain, form], out)
    found = looker.inspect(out)
    assert len(found.pages) == 6
    assert (found.acroform_fields, found.signed) == (0, False)


def test_a_watermark_is_on_every_page_and_the_text_can_still_be_read(
    maker: Maker, looker: Looker, tmp_path: Path
) -> None:
    source, out = write_pdf(tmp_path / "a.pdf", pages=2, extra="/Rotate 90"), tmp_path / "copy.pdf"
    maker.copy([source], out, watermark="VOIDED")
    for page in (1, 2):
        letters = "".join(sorted(looker.text(out, page).text.replace("\n", "")))
        assert set("VOIDED") <= set(letters)
        assert set(f"Page{page}") <= set(letters)


def test_an_encrypted_copy_needs_its_password(maker: Maker, looker: Looker, plain: Path) -> None:
    out = plain.with_name("locked.pdf")
    maker.copy([plain], out, password="correct horse")
    assert looker.inspect(out).needs_password
    assert len(looker.inspect(out, "correct horse").pages) == 3
    assert b"AESV3" in out.read_bytes()


def test_the_certificate_tells_everything_on_paper(maker: Maker, looker: Looker, tmp_path: Path) -> None:
    facts = _facts(events=60)
    made = maker.certificate(facts, tmp_path / "a.pdf")
    pages = [looker.text(tmp_path / "a.pdf", page).text for page in range(1, made.pages + 1)]
    whole = "\n".join(pages).replace("\n", " ")
    for expected in (facts.title, facts.envelope, "Νίκος Παπαδόπουλος", "Passport", facts.audit_head, "60 events"):
        assert expected in whole
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {made.pages}" in page


def test_nothing_of_the_certificate_leaves_its_paper() -> None:
    for drawing in sheets_of(_facts(events=200, long=True), BundledMetrics()):
        for run in drawing.runs:
            assert run.x >= MARGIN_PT - 0.1
            assert run.x + run.width <= WIDTH_PT - MARGIN_PT + 0.5, run.text
            assert run.y < HEIGHT_PT - 30
        body = [run.y for run in drawing.runs if run.size > 7.5]
        assert max(body) <= HEIGHT_PT - BOTTOM_PT + 1


def test_a_letter_without_a_face_is_told_by_its_number_in_the_certificate(
    maker: Maker, looker: Looker, tmp_path: Path
) -> None:
    maker.certificate(CertificateFacts("Lease \U0001f58b", "01J", "completed", "now"), tmp_path / "a.pdf")
    assert "[U+1F58B]" in looker.text(tmp_path / "a.pdf", 1).text


def _facts(events: int, long: bool = False) -> CertificateFacts:
    digest = "0123456789abcdef" * 4
    name = "Donaudampfschifffahrtsgesellschaftskapitänswitwe " * (6 if long else 1)
    return CertificateFacts(
        title="Service agreement",
        envelope="01JCX3Q7Z9M8V6W5T4R3S2Q1P0",
        status="completed",
        completed_at="2026-11-20 11:04:33 UTC",
        documents=(CertifiedDocument(name.strip(), 3, digest, digest, digest, digest),),
        people=(
            CertifiedPerson("Jane Smith", "client", "sign", "completed", "jane@example.com", 1, "Passport"),
            CertifiedPerson("Νίκος Παπαδόπουλος", name, "sign", "completed", lines=(("Signature", digest + digest),)),
        ),
        events=tuple(CertifiedEvent(n, "2026-11-20 11:00:00 UTC", name, name) for n in range(1, events + 1)),
        audit_head=digest,
        audit_count=events,
        level="PAdES B-B",
        checks=("sha256sum *.pdf", name),
    )


def test_a_certificate_in_a_language_written_to_the_left_is_turned_round() -> None:
    facts = replace(
        _facts(2),
        title="عقد إيجار (Lease 7)",
        checks=("sha256sum *.pdf    # قارن بالبصمات",),
        headings={**ENGLISH, "title": "شهادة", "f1": "الظرف", "documents": "المستندات"},
    )
    plain, turned = (sheets_of(replace(facts, leftwards=way), BundledMetrics())[0] for way in (False, True))

    def edges(sheet: Drawing, text: str) -> tuple[float, float]:
        run = next(run for run in sheet.runs if text in run.text)
        return run.x, run.x + run.width

    for words in ("شهادة", "المستندات"):
        left, right = edges(plain, words)
        assert edges(turned, words) == pytest.approx((WIDTH_PT - right, WIDTH_PT - left), abs=0.01)
        assert edges(turned, words)[1] == pytest.approx(WIDTH_PT - MARGIN_PT, abs=0.01)
    label, value = edges(turned, "الظرف"), edges(turned, facts.envelope)
    assert value[1] <= label[0]
    lease, opening = edges(turned, "Lease 7"), edges(turned, "عقد")
    assert lease[1] <= opening[0]
    assert edges(turned, "sha256sum")[0] == pytest.approx(edges(plain, "sha256sum")[0])
    assert all(run.x >= -0.5 and run.x + run.width <= WIDTH_PT for run in turned.runs)
