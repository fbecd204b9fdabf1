"""extend as a script runs it: each file and each envelope has its outcome."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import leases
from tests.support.certo import Certo, certo
from tests.support.commands import asked, refused, run
from tests.support.pages import write_pdf

SILENT = "http://127.0.0.1:9/"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def library(tmp_path: Path, pki: Certo) -> Path:
    folder = tmp_path / "library"
    asked(folder, "trust", "add", pki.root_file(tmp_path))
    return folder


def settle(library: Path, **settings: object) -> None:
    (library / "settings.json").write_text(json.dumps(settings))


def completed(library: Path, folder: Path) -> str:
    """Signed by the one who has to."""
    envelope_id = str(asked(library, "new", leases.write_spec(folder, "buyer"))["id"])
    asked(library, "send", envelope_id)
    words = ("--as", "buyer", "--signature", "typed:Jane Smith", "--consent", "--identified-by", "passport")
    (folder / "values.json").write_text('{"buyer_text": "As agreed"}')
    asked(library, "sign", envelope_id, *words, "--values", folder / "values.json")
    return envelope_id


def test_one_file_that_fails_does_not_stop_the_others(tmp_path: Path, library: Path, pki: Certo) -> None:
    sources = [write_pdf(tmp_path / f"{number}.pdf") for number in range(2)]
    sealed = [row["out"] for row in asked(library, "seal", *sources, "--out", tmp_path / "out")]
    files = [sealed[0], sources[0], tmp_path / "none.pdf", sealed[1]]
    ran = run(library, "--json", "extend", *files, "--level", "B-T", "--tsa", pki.tsa_url)
    assert [row["error"] and row["error"]["kind"] for row in ran.data] == [None, "SealNotMade", "FileMissing", None]
    assert [row["level"] for row in ran.data] == ["B-T", None, None, "B-T"]
    assert ran.code == 5
    assert refused(library, 4, "extend", tmp_path / "none.pdf", "--level", "B-T")["kind"] == "FileMissing"
    said = run(library, "extend", *files, "--level", "B-T", "--tsa", pki.tsa_url).out.splitlines()
    assert [line.split()[0] for line in said] == ["raised", "not", "not", "raised"]


def test_an_envelope_waits_for_its_level_and_has_it_when_it_is_asked_again(
    tmp_path: Path, library: Path, pki: Certo
) -> None:
    settle(library, level="B-LTA", tsa_url=SILENT)
    envelope_id = completed(library, tmp_path)
    waiting = run(library, "--json", "extend", "--waiting")
    assert waiting.code == 7
    (row,) = waiting.data
    assert (row["envelope"], row["level"], row["wanted"]) == (envelope_id, "B-B", "B-LTA")
    shown = asked(library, "show", envelope_id)
    assert (shown["level"], shown["level_wanted"], shown["level_problem"]) == ("B-B", "B-LTA", row["problem"])
    assert row["problem"] in run(library, "show", envelope_id).out
    settle(library, level="B-LTA", tsa_url=pki.tsa_url)
    (row,) = asked(library, "extend", "--waiting")
    assert (row["level"], row["wanted"]) == ("B-LTA", None)
    assert asked(library, "extend", "--waiting") == []


def test_a_lower_level_is_chosen_by_name(tmp_path: Path, library: Path, pki: Certo) -> None:
    settle(library, level="B-LT", tsa_url=SILENT)
    envelope_id = completed(library, tmp_path)
    assert refused(library, 7, "extend", "--envelope", envelope_id)["kind"] == "NoConnection"
    row = asked(library, "extend", "--envelope", envelope_id, "--level", "B-B")
    assert (row["level"], row["wanted"]) == ("B-B", None)
    settle(library, level="B-LT", tsa_url=pki.tsa_url)
    assert asked(library, "extend", "--envelope", envelope_id, "--level", "B-T")["level"] == "B-T"


@pytest.mark.parametrize(
    "words",
    [(), ("--level", "B-T"), ("a.pdf", "--waiting", "--level", "B-T"), ("--waiting", "--level", "B-T"),
     ("a.pdf", "--level", "B-B"), ("a.pdf",), ("--waiting", "--tsa", "http://x")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(library: Path, words: tuple[str, ...]) -> None:
    assert refused(library, 2, "extend", *words)["kind"] == "UsageError"
