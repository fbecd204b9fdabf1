"""A verification to keep: the PDF reads, the JSON is the command's, and the bytes judged are the bytes shown."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from app.domain import errors
from app.domain.errors import SealNotMade, SealNotTrusted, SigningForbidden
from app.domain.geometry import Rect
from app.domain.verdict import Change, SignatureReport, Suspicion, Verdict
from app.pdf import Finding
from app.sealing.verifying import reasons
from app.services import (
    inspection_words,
    preferences,
    sealing_files,
    sealing_words,
    verdict_words,
    verification_report,
    verifying,
)
from app.services.certificate_words import LANGUAGES
from app.services.house import House
from app.services.messages import words
from app.services.sealing_files import Order
from app.services.verifying import Judged
from tests.support.pages import write_pdf

CODE = Path(__file__).resolve().parents[2] / "app"


@pytest.fixture
def sealed(house: House, tmp_path: Path) -> Path:
    out = tmp_path / "Lease of Žižkov.pdf"
    key = sealing_files.signing_key(house, None, None)
    order = Order(page=1, rect=Rect(100, 300, 220, 70), reason="Agreed")
    sealing_files.seal_file(house, write_pdf(tmp_path / "a.pdf"), out, key, order)
    return out


def read(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def test_the_report_as_pdf_tells_verdict_card_hashes_and_commands(house: House, sealed: Path, tmp_path: Path) -> None:
    judged = verifying.verify(house, sealed)
    out = verification_report.save(house, judged, tmp_path / "report.pdf")
    subprocess.run(["qpdf", "--check", out], check=True, capture_output=True)
    told = read(out)
    (signature,) = judged.report.signatures
    prints = (judged.report.sha256, signature.certificate_sha256)
    assert judged.report.sha256 == hashlib.sha256(sealed.read_bytes()).hexdigest()
    for wanted in (
        judged.sentence,
        signature.signer,
        "by the signer's clock",
        "Agreed",
        "Lease of Žižkov.pdf",
        *prints,
    ):
        assert wanted in told, wanted
    for command in ("sha256sum", "head -c", "pdfsig", "qpdf --check"):
        assert command in told


def test_the_commands_of_the_report_prove_what_it_says(house: House, sealed: Path, tmp_path: Path) -> None:
    facts = verification_report.facts_of(verifying.verify(house, sealed))
    for command in facts.commands:
        subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "signed-1.pdf").read_bytes() == sealed.read_bytes()


def test_changes_and_what_is_worth_a_look_stand_in_the_report(house: House, sealed: Path, tmp_path: Path) -> None:
    judged = verifying.verify(house, sealed)
    (signature,) = judged.report.signatures
    changed = replace(signature, changes_after=(Change("annotation_added", 4, detail="Highlight"),))
    many = replace(judged.report, signatures=(changed, *(_other(number) for number in range(12))))
    told_all = replace(judged, report=many, findings=(Finding("page_tiny", 1),))
    out = verification_report.save(house, told_all, tmp_path / "r.pdf")
    told = read(out)
    assert "An annotation was added (Highlight) on page 4." in told
    assert "It is too small to read (page 1)." in told
    assert "محمد" in told or "دمحم" in told
    assert re.search(r"2 ?/ ?2", told)


def everything(judged: Judged) -> Judged:
    """With all that can be said of a file and of a signature."""
    known = (reasons.FATAL, reasons.DOUBTS, reasons.NOTES)
    (signature,) = judged.report.signatures
    changes = tuple(Change(key, 2, field="f", detail="d", who="Bob", allowed=False) for key in verdict_words.CHANGES)
    worst = replace(signature, reasons=tuple(sorted(set().union(*known))), changes_after=changes)
    suspicions = tuple(Suspicion(key, 3, "annotation_added") for key in verdict_words.SUSPICIONS)
    report = replace(judged.report, signatures=(worst,), suspicions=suspicions, reasons=("repaired",))
    return replace(judged, report=report, findings=tuple(Finding(code, 2) for code in inspection_words.TABLE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_be_said_is_said_in_every_language_and_nothing_is_left_in_english(
    house: House, sealed: Path, tmp_path: Path, language: str
) -> None:
    judged = everything(verifying.verify(house, sealed))
    words = verdict_words.in_language(language)
    facts = verification_report.facts_of(judged, words)
    out = verification_report.save(house, judged, tmp_path / "report.pdf", language)
    with pymupdf.open(out) as document:
        text = " ".join(" ".join(page.get_text() for page in document).split())
        assert document.metadata is not None
        assert document.metadata["title"].startswith(words.labels["title"])
    if language != "ar":  # whose letters are shaped on paper, and told back as shapes
        assert facts.sentence in text
        assert facts.signatures[0].reasons[0] in text
    said = (facts.sentence, *facts.notes, *facts.signatures[0].reasons, *facts.signatures[0].changes)
    assert not [one for one in said if "{" in one or not one.endswith(".")]
    if language != "en":
        english = verification_report.facts_of(judged)
        assert set(said).isdisjoint((english.sentence, *english.notes, *english.signatures[0].changes))
        assert facts.leftwards is (language == "ar")


def test_the_language_is_that_of_the_settings_where_none_is_named(house: House, sealed: Path, tmp_path: Path) -> None:
    preferences.change(house, report_language="de")
    judged = verifying.verify(house, sealed)
    for language, title in (("", "Prüfbericht"), ("fr", "Rapport de vérification")):
        out = verification_report.save(house, judged, tmp_path / f"{title}.pdf", language)
        with pymupdf.open(out) as document:
            assert title in document[0].get_text()


def test_numbers_are_grouped_as_nobody_can_mistake_them(house: House, sealed: Path) -> None:
    judged = replace(verifying.verify(house, sealed), size=1234567)
    told = {
        language: dict(verification_report.facts_of(judged, words).about)[words.labels["size"]]
        for language in ("en", "de", "ar")
        for words in (verdict_words.in_language(language),)
    }
    assert told == {"en": "1,234,567 bytes", "de": "1\u00a0234\u00a0567 Bytes", "ar": "1234567 بايت"}


def _other(number: int) -> SignatureReport:
    return SignatureReport(f"f{number}", "محمد" if number else "王", Verdict.INVALID, ("digest_mismatch",))


def test_the_report_as_json_is_what_the_command_prints(house: House, sealed: Path, tmp_path: Path) -> None:
    judged = verifying.verify(house, sealed)
    out = verification_report.save(house, judged, tmp_path / "report.json")
    assert json.loads(out.read_text("utf-8")) == json.loads(json.dumps([verifying.as_json(judged)]))


def test_a_report_of_another_kind_or_in_no_folder_is_refused(house: House, sealed: Path, tmp_path: Path) -> None:
    judged = verifying.verify(house, sealed)
    with pytest.raises(errors.UsageError):
        verification_report.save(house, judged, tmp_path / "report.doc")
    for name in ("report.pdf", "report.json"):
        with pytest.raises(errors.NotWritable):
            verification_report.save(house, judged, tmp_path / "nowhere" / name)


def test_the_page_shown_is_the_page_of_the_verified_bytes(house: House, sealed: Path, tmp_path: Path) -> None:
    before = sealed.read_bytes()
    judged = verifying.verify_to_show(house, sealed)
    write_pdf(sealed, pages=3)
    assert judged.path == sealed
    assert judged.file is not None
    assert judged.file.read_bytes() == before
    assert hashlib.sha256(judged.file.read_bytes()).hexdigest() == judged.report.sha256


def test_what_was_changed_on_a_page_is_outlined_where_it_looks_different(house: House, sealed: Path) -> None:
    with pymupdf.open(sealed) as document:
        document[0].insert_text((72, 500), "and a million more", fontsize=20)
        document.saveIncr()
    (signature,) = verifying.verify(house, sealed).report.signatures
    (rect,) = [change.rect for change in signature.changes_after if change.key == "page_content_changed"]
    assert rect is not None
    assert (rect.x, rect.bottom) == pytest.approx((72, 502), abs=4)
    assert 140 < rect.width < 200
    assert 12 < rect.height < 24


def test_a_file_that_is_none_is_named_as_it_was_given(house: House, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    for judge in (verifying.verify, verifying.verify_to_show):
        with pytest.raises(errors.DocumentError) as refused:
            judge(house, tmp_path / "empty.pdf")
        assert refused.value.facts["path"] == str(tmp_path / "empty.pdf")


def test_what_the_file_itself_shows_is_told_in_words(house: House, tmp_path: Path) -> None:
    judged: Judged = verifying.verify(house, write_pdf(tmp_path / "large.pdf", width=15000))
    assert judged.notes == ("It is larger than any printer's paper (page 1).",)
    assert any("printer's paper" in line for line in verifying.lines(judged))


def test_every_finding_of_an_inspection_has_words() -> None:
    source = (CODE / "pdf" / "mupdf" / "inspecting.py").read_text("utf-8")
    codes = set(re.findall(r'^        "(\w+)": ', source, re.M)) | set(re.findall(r'Finding\("(\w+)"', source))
    assert codes == set(inspection_words.TABLE)
    assert set(inspection_words.TABLE) >= inspection_words.TOLD_ELSEWHERE
    for code in codes:
        assert verdict_words.finding_words(Finding(code, 2)).endswith("(page 2).")


def test_every_reason_why_nothing_was_sealed_has_words() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in sorted((CODE / "sealing").rglob("*.py")))
    for kind, table, fact in (
        (SealNotMade, sealing_words.NOT_MADE, "reason"),
        (SealNotTrusted, sealing_words.NOT_TRUSTED, "reason"),
        (SigningForbidden, sealing_words.FORBIDDEN, "by"),
    ):
        raised = set(re.findall(rf'{kind.__name__}\(path=[^)]*{fact}="(\w+)"', sources))
        assert raised
        assert raised <= set(table)
        for key, said in table.items():
            assert said in words(kind(**{"path": "a.pdf", fact: key})).line
    returned = re.findall(r'return "(\w+)"', (CODE / "sealing" / "rechecking.py").read_text("utf-8"))
    assert set(returned) <= set(sealing_words.NOT_TRUSTED)
