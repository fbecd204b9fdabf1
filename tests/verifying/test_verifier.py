"""The client's side: whatever happens to the child, there is an answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import pytest

from app.domain import errors
from app.domain.verdict import Verdict
from app.process import Json, Worker, WorkerBug
from app.sealing.verifying import Verifier, jobs
from tests.support.signed import SOON, Signed


class Dying:
    """A worker whose child dies of the full analysis and can still look at bytes, in this process."""

    def __init__(self, death: Exception, hopeless: bool = False) -> None:
        self._death, self._hopeless = death, hopeless

    def call(self, job: str, payload: Mapping[str, Json]) -> Json:
        if job.endswith(":verify") or self._hopeless:
            raise self._death
        return jobs.JOBS[job.partition(":")[2]](dict(payload))


def _verifier(death: Exception, hopeless: bool = False) -> Verifier:
    return Verifier(cast("Worker", Dying(death, hopeless)))


def _flipped(signed: Signed, folder: Path) -> Path:
    data = bytearray(signed.data)
    data[len(signed.states[0]) // 2] ^= 0x10
    (folder / "flipped.pdf").write_bytes(bytes(data))
    return folder / "flipped.pdf"


def test_a_sealed_file_is_valid_through_the_child(signed: Signed, verifier: Verifier) -> None:
    report = verifier.verify(signed.path, signed.trust, SOON, renderer_repairs=False)
    assert report.verdict is Verdict.VALID
    assert [each.signer for each in report.signatures] == ["Jane Smith", "Bob Jones"]
    assert [each.certification for each in report.signatures] == [2, None]


def test_one_flipped_byte_makes_it_invalid(signed: Signed, verifier: Verifier, tmp_path: Path) -> None:
    report = verifier.verify(_flipped(signed, tmp_path), signed.trust, SOON, renderer_repairs=False)
    assert (report.verdict, report.sentence_key) == (Verdict.INVALID, "altered")


def test_fault_27_a_file_the_renderer_repaired_is_never_valid(signed: Signed, verifier: Verifier) -> None:
    report = verifier.verify(signed.path, signed.trust, SOON, renderer_repairs=True)
    assert report.verdict is Verdict.INDETERMINATE
    assert all(each.verdict is Verdict.INDETERMINATE for each in report.signatures)
    assert "repaired" in report.reasons


def test_the_revisions_are_the_bytes_that_were_signed(signed: Signed, verifier: Verifier, tmp_path: Path) -> None:
    found = verifier.revisions(signed.path)
    assert [each.end for each in found] == [len(state) for state in signed.states]
    assert all(each.is_signed for each in found)
    first = verifier.extract_revision(signed.path, 1, tmp_path / "first.pdf")
    assert first.read_bytes() == signed.states[0]
    report = verifier.verify(signed.path, signed.trust, SOON, renderer_repairs=False)
    assert [each.revision for each in report.signatures] == [1, 2]


def test_what_follows_the_last_signature_is_a_revision_nobody_signed(
    signed: Signed, verifier: Verifier, tmp_path: Path
) -> None:
    (tmp_path / "longer.pdf").write_bytes(signed.data + b"% more\n")
    assert [each.is_signed for each in verifier.revisions(tmp_path / "longer.pdf")] == [True, True, False]


@pytest.mark.parametrize("number", [0, 3])
def test_a_revision_that_is_not_there_is_refused(
    number: int, signed: Signed, verifier: Verifier, tmp_path: Path
) -> None:
    with pytest.raises(errors.RevisionOutOfRange):
        verifier.extract_revision(signed.path, number, tmp_path / "none.pdf")


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", errors.NotADocument), (b"PK\x03\x04 a zip", errors.NotADocument), (None, errors.FileMissing)],
    ids=["empty", "zip", "missing"],
)
def test_fault_2_what_is_no_pdf_is_an_error_and_no_verdict(
    content: bytes | None, error: type[Exception], verifier: Verifier, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error):
        verifier.verify(path, (), renderer_repairs=False)


def test_fault_31_only_regular_files_are_opened(verifier: Verifier, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for path in (tmp_path / "pipe.pdf", tmp_path):
        with pytest.raises(errors.FileUnreadable):
            verifier.verify(path, (), renderer_repairs=False)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(5000), b"%PDF-1.4\nxref\n0 1\ntrailer\n<<>>\n"])
def test_fault_1_a_broken_pdf_is_a_verdict(data: bytes, verifier: Verifier, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    report = verifier.verify(tmp_path / "a.pdf", (), renderer_repairs=True)
    assert (report.verdict, report.sentence_key) == (Verdict.INDETERMINATE, "not_analysed")


DEATHS: list[tuple[Callable[[], Exception], str]] = [
    (lambda: errors.DocumentTimedOut(path="", seconds=15), "timed_out"),
    (lambda: errors.DocumentCrashed(path="", reason="SIGSEGV"), "crashed"),
    (lambda: errors.DocumentTooHeavy(path="", limit=1), "too_heavy"),
    (lambda: errors.DocumentQuarantined(path=""), "quarantined"),
    (lambda: WorkerBug("a traceback"), "unreadable"),
]


@pytest.mark.parametrize(("death", "reason"), DEATHS, ids=[reason for _, reason in DEATHS])
def test_a_file_the_child_dies_of_is_not_verified(
    death: Callable[[], Exception], reason: str, signed: Signed
) -> None:
    for hopeless in (False, True):
        report = _verifier(death(), hopeless).verify(signed.path, signed.trust, SOON, renderer_repairs=False)
        assert (report.verdict, report.sentence_key) == (Verdict.INDETERMINATE, "not_analysed")
        assert report.reasons == (reason,)


def test_breaking_the_parser_does_not_hide_that_bytes_were_changed(signed: Signed, tmp_path: Path) -> None:
    dying = _verifier(errors.DocumentTimedOut(path="", seconds=15))
    report = dying.verify(_flipped(signed, tmp_path), signed.trust, SOON, renderer_repairs=False)
    assert (report.verdict, report.sentence_key) == (Verdict.INVALID, "altered")


def test_asking_needs_no_pdf_library() -> None:
    """The window's process never imports pyHanko."""
    code = "import sys, app.sealing.verifying; print([m for m in sys.modules if m.startswith(('pyhanko', 'asn1'))])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
