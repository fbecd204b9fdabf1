"""verify with several files: each is judged, whatever stands against another."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest

from tests.support.command_line import CommandLine
from tests.support.pages import write_pdf


@pytest.fixture
def files(line: CommandLine, tmp_path: Path) -> list[Path]:
    """Good, absent, no PDF, unsigned, good."""
    sources = [write_pdf(tmp_path / f"{name}.pdf") for name in ("a", "b", "unsigned")]
    sealed = [Path(row["out"]) for row in line.asked("seal", *sources[:2], "--out", tmp_path / "out")]
    (tmp_path / "junk.pdf").write_bytes(b"no document")
    return [sealed[0], tmp_path / "absent.pdf", tmp_path / "junk.pdf", sources[2], sealed[1]]


def test_a_file_that_is_missing_or_unreadable_keeps_no_other_from_being_judged(
    line: CommandLine, files: list[Path]
) -> None:
    ran = line.run("--json", "verify", *files)
    assert ran.code == 4
    assert [row["path"] for row in ran.data] == [str(path) for path in files]
    assert [row["verdict"] for row in ran.data] == ["valid", None, None, "indeterminate", "valid"]
    kinds = [row["error"] and row["error"]["kind"] for row in ran.data]
    assert kinds == [None, "FileMissing", "NotADocument", None, None]
    said = line.run("verify", *files).out
    assert [text.split(": ")[0] for text in said.splitlines() if not text.startswith(" ")] == [
        "valid", "not judged", "not judged", "indeterminate", "valid"
    ]  # fmt: skip
    assert f"There is no file {files[1]}." in said


def test_the_exit_code_is_of_the_worst(line: CommandLine, files: list[Path]) -> None:
    good, absent, _, unsigned, other = files
    assert line.run("verify", good, other).code == 0
    assert line.run("verify", good, unsigned).code == 1
    assert line.run("verify", unsigned, absent).code == 4
    assert line.refused(4, "verify", absent)["kind"] == "FileMissing"


def test_a_report_of_several_tells_what_could_not_be_judged(
    line: CommandLine, files: list[Path], tmp_path: Path
) -> None:
    ran = line.run("--json", "verify", *files, "--report", tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == ran.data
    assert line.run("verify", *files, "--report", tmp_path / "report.pdf").code == 4
    with pymupdf.open(tmp_path / "report.pdf") as report:
        text = " ".join(page.get_text() for page in report)
    assert text.count("Not judged") == 2
    assert "absent.pdf" in text


def test_a_report_in_pdf_is_in_the_language_that_is_named(line: CommandLine, files: list[Path], tmp_path: Path) -> None:
    line.asked("verify", files[0], "--report", tmp_path / "bericht.pdf", "--language", "de")
    with pymupdf.open(tmp_path / "bericht.pdf") as report:
        assert "Prüfbericht" in report[0].get_text()
