"""The whole job, judged by programs that are not ours."""

import json
import re
import shutil
import ssl
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.identity import KeyMaterial
from tests.support import pki
from tests.support.commands import asked, run

SIGNERS = ["Jane Smith", "Bob Jones"]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("demo")
    made: dict[str, Any] = asked(folder / "library", "demo", "--out", folder / "out", passphrase=None)
    return {**made, "folder": folder, "library": folder / "library"}


def paths(shown: dict[str, Any], kind: str) -> list[Path]:
    return [Path(file["path"]) for file in shown["files"] if file["kind"] == kind]


def tool(*words: object) -> str:
    if shutil.which(str(words[0])) is None:
        pytest.skip(f"{words[0]} is not here")
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_two_documents_two_people_four_sealed_revisions(shown: dict[str, Any]) -> None:
    trail = json.loads(paths(shown, "audit")[0].read_text())["events"]
    sealed = [event["facts"] for event in trail if event["kind"] == "sealed"]
    assert [(facts["role"], facts["level"]) for facts in sealed] == [
        ("client", "B-B"), ("client", "B-B"), ("contractor", "B-B"), ("contractor", "B-B"),
    ]  # fmt: skip
    assert len({facts["sha256"] for facts in sealed}) == 4
    assert len(paths(shown, "document")) == 2


def test_pyhanko_finds_every_signature_intact_trusted_and_only_forms_filled_afterwards(shown: dict[str, Any]) -> None:
    authority = KeyMaterial(b"", ssl.PEM_cert_to_DER_cert(paths(shown, "authority")[0].read_text()))
    for path in paths(shown, "document"):
        judged = pki.judged(path, authority, datetime.now(UTC))
        assert [one.signer for one in judged] == SIGNERS
        assert [one.good for one in judged] == [True, True]
        assert [one.whole_file for one in judged] == [False, True]
    (certificate,) = pki.judged(paths(shown, "certificate")[0], authority, datetime.now(UTC))
    assert certificate.good


def test_pdfsig_lists_both_signers_by_name_and_calls_them_valid(shown: dict[str, Any]) -> None:
    for path in paths(shown, "document"):
        said = tool("pdfsig", path)
        assert re.findall(r"Common Name: (.+)", said) == SIGNERS
        assert said.count("Signature Validation: Signature is Valid.") == 2


def test_qpdf_and_mutool_have_nothing_to_complain_of(shown: dict[str, Any]) -> None:
    for path in (*paths(shown, "document"), *paths(shown, "certificate")):
        said = tool("qpdf", "--check", path)
        assert "WARNING" not in said
        complaints = tool("mutool", "info", path)
        assert "warning" not in complaints
        assert "error" not in complaints


def test_paraph_says_valid_with_the_device_trusted_and_indeterminate_without(shown: dict[str, Any]) -> None:
    documents, authority = paths(shown, "document"), paths(shown, "authority")[0]
    assert run(shown["library"], "verify", *documents).code == 0
    stranger = shown["folder"] / "stranger"
    ran = run(stranger, "--json", "verify", *documents)
    assert (ran.code, {one["verdict"] for one in ran.data}) == (1, {"indeterminate"})
    assert run(stranger, "verify", *documents, "--trust", authority).code == 0


def test_one_flipped_byte_makes_it_invalid(shown: dict[str, Any]) -> None:
    document, authority = paths(shown, "document")[0], paths(shown, "authority")[0]
    whole = document.read_bytes()
    for place in (200, len(whole) // 3, len(whole) // 2, whole.rindex(b"/ByteRange") - 40):
        changed = bytearray(whole)
        changed[place] ^= 0x01
        (shown["folder"] / "flipped.pdf").write_bytes(changed)
        ran = run(shown["library"], "--json", "verify", shown["folder"] / "flipped.pdf", "--trust", authority)
        assert (ran.code, ran.data[0]["verdict"]) == (1, "invalid"), place


def test_the_fingerprints_on_the_certificate_are_those_of_the_files(shown: dict[str, Any]) -> None:
    text = re.sub(r"\s", "", tool("pdftotext", "-layout", paths(shown, "certificate")[0], "-"))
    for path in paths(shown, "document"):
        assert tool("sha256sum", path).split()[0] in text
    events = json.loads(paths(shown, "audit")[0].read_text())["events"]
    printed = re.search(r"(\d+)events;thelastone[’']sSHA-256([0-9a-f]{64})", text)
    assert printed is not None
    assert events[int(printed[1]) - 1]["sha256"] == printed[2]
    assert int(printed[1]) >= len(events) - 3


def test_the_data_holds_what_was_filled_in(shown: dict[str, Any]) -> None:
    data = json.loads(paths(shown, "data")[0].read_text())
    assert data["client_name"] == "Jane Smith"
    assert data["contractor_name"] == "Bob Jones"
