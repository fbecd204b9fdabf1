"""design, seal --design, verify --report: as a script runs them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.support.command_line import CommandLine
from tests.support.pages import write_pdf


def text_of(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def test_a_design_is_named_used_renamed_and_removed(line: CommandLine, tmp_path: Path) -> None:
    look = ("--lines", "reason,name", "--side", "top", "--mark", "typed:Jane", "--ink", "#14507a")
    (made,) = line.asked("design", "new", "Office", *look, "--code", "https://example.com")
    assert (made["lines"], made["side"], made["mark"], made["default"]) == (["reason", "name"], "top", "typed", False)
    source = write_pdf(tmp_path / "a.pdf")
    at = ("--at", "1,100,300,240,80", "--reason", "Agreed to it")
    (sealed,) = line.asked("seal", source, "--out", tmp_path / "out", "--design", "Office", *at)
    told = text_of(sealed["out"])
    assert "Jane" in told
    assert told.index("Agreed to it") < told.index("Paraph device seal")
    assert line.refused(3, "seal", source, "--out", tmp_path / "no", "--design", "None")["kind"] == "UnknownDesign"
    (renamed,) = line.asked("design", "rename", "Office", "Desk")
    (usual,) = line.asked("design", "default", "Desk")
    assert (renamed["name"], usual["default"]) == ("Desk", True)
    (again,) = line.asked("seal", source, "--out", tmp_path / "again", *at)
    assert "Jane" in text_of(again["out"])
    assert line.asked("design", "remove", "Desk") == []


def test_a_run_stops_where_it_is_told_to_and_takes_folders(line: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "c"):
        write_pdf(folder / f"{name}.pdf")
    (folder / "b.pdf").write_bytes(b"no document")
    ran = line.run("--json", "seal", folder, "--out", tmp_path / "out", "--stop")
    assert ran.code == 1
    assert [row["error"] is None for row in ran.data] == [True, False]
    rest = line.run("--json", "seal", folder, "--out", tmp_path / "out")
    assert [row.get("earlier") for row in rest.data] == [True, None, False]


def test_a_verification_is_kept_as_pdf_and_as_json(line: CommandLine, tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "a.pdf")
    (sealed,) = line.asked("seal", source, "--out", tmp_path / "out")
    answer = line.asked("verify", sealed["out"], "--report", tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == answer
    line.asked("verify", sealed["out"], "--report", tmp_path / "report.pdf")
    assert sealed["sha256"] in text_of(tmp_path / "report.pdf")
    subprocess.run(["qpdf", "--check", tmp_path / "report.pdf"], check=True, capture_output=True)
