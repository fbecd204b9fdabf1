"""seal and extend as a script runs them, against authorities on loopback."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.commands import asked, refused, run
from tests.support.documents import Party, Sheet, prepared
from tests.support.pages import write_pdf
from tests.support.softhsm import PIN, slots


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def library(tmp_path: Path, pki: Certo) -> Path:
    """With Alice's certificate, and her root trusted by a setting of the calls that verify."""
    folder = tmp_path / "library"
    asked(folder, "identity", "import", pki.pkcs12_file("alice", tmp_path), "--as", "alice", passphrase=PASSPHRASE)
    return folder


def test_one_file_is_sealed_and_verified(tmp_path: Path, library: Path, pki: Certo) -> None:
    source = write_pdf(tmp_path / "a.pdf")
    (made,) = asked(
        library, "seal", source, "--out", tmp_path / "out", "--identity", "alice", "--at", "1,100,500,200,60",
        "--reason", "Agreed", passphrase=PASSPHRASE,
    )  # fmt: skip
    assert (made["level"], made["error"], made["out"]) == ("B-B", None, str(tmp_path / "out" / "a.pdf"))
    (judged,) = asked(library, "verify", made["out"], "--trust", pki.root_file(tmp_path))
    assert (judged["verdict"], judged["signatures"][0]["reason"]) == ("valid", "Agreed")
    assert judged["signatures"][0]["signer"] == "Alice"


def test_many_files_have_an_outcome_each_and_a_second_run_goes_on(tmp_path: Path, library: Path, pki: Certo) -> None:
    files: list[Path] = [write_pdf(tmp_path / f"{n}.pdf") for n in range(4)]
    (tmp_path / "=bad.pdf").write_bytes(b"no document")
    files.insert(2, tmp_path / "=bad.pdf")
    words = ("seal", *files, "--out", tmp_path / "out")
    first = run(library, "--json", *words)
    assert first.code == 1
    assert [row["error"] is None for row in first.data] == [True, True, False, True, True]
    with (tmp_path / "out" / "summary.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["result"] for row in rows] == ["sealed", "sealed", "failed", "sealed", "sealed"]
    before = {path: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")}
    second = run(library, "--json", *words)
    assert [row.get("earlier") for row in second.data] == [True, True, None, True, True]
    assert {path: path.read_bytes() for path in (tmp_path / "out").glob("*.pdf")} == before


def test_a_file_that_lies_there_already_is_not_replaced(tmp_path: Path, library: Path) -> None:
    source, out = write_pdf(tmp_path / "a.pdf"), tmp_path / "out"
    out.mkdir()
    (out / "a.pdf").write_bytes(b"something dear")
    assert refused(library, 4, "seal", source, "--out", out)["kind"] == "NotWritable"
    assert (out / "a.pdf").read_bytes() == b"something dear"


def test_a_level_is_asked_for_and_reached_and_an_offline_file_is_raised(
    tmp_path: Path, library: Path, pki: Certo
) -> None:
    root, source = pki.root_file(tmp_path), write_pdf(tmp_path / "a.pdf")
    library.joinpath("settings.json").write_text(json.dumps({"tsa_url": pki.tsa_url}))
    asked(library, "trust", "add", root)
    words = ("--identity", "alice")
    levelled = ("--level", "B-LTA", *words)
    (made,) = asked(library, "seal", source, "--out", tmp_path / "lta", *levelled, passphrase=PASSPHRASE)
    assert made["level"] == "B-LTA"
    (plain,) = asked(library, "seal", source, "--out", tmp_path / "bb", *words, passphrase=PASSPHRASE)
    reached = [
        row["level"]
        for level in ("b-t", "LT", "B-LTA", "B-LTA")
        for row in asked(library, "extend", plain["out"], "--level", level, "--tsa", pki.tsa_url)
    ]
    assert reached == ["B-T", "B-LT", "B-LTA", "B-LTA"]
    for path in (made["out"], plain["out"]):
        (judged,) = asked(library, "verify", path)
        assert (judged["verdict"], judged["signatures"][0]["level"]) == ("valid", "B-LTA")


def test_fault_79_a_silent_authority_makes_no_file_and_says_so(tmp_path: Path, library: Path) -> None:
    source = write_pdf(tmp_path / "a.pdf")
    words = ("seal", source, "--out", tmp_path / "out", "--level", "B-T")
    assert refused(library, 7, *words, "--tsa", "http://127.0.0.1:9/")["kind"] == "NoConnection"
    assert refused(library, 5, *words)["kind"] == "NoTimestampAuthority"
    assert not list((tmp_path / "out").glob("*.pdf"))


def test_a_certified_document_takes_a_seal_in_its_empty_field_only(tmp_path: Path, library: Path) -> None:
    source = prepared(tmp_path / "laid.pdf", Sheet(parties=(Party(1), Party(2))))
    (first,) = asked(library, "seal", source, "--out", tmp_path / "1", "--certify", "2", "--field", Party(1).sign)
    (second,) = asked(library, "seal", first["out"], "--out", tmp_path / "2")
    assert second["signature_field"] == Party(2).sign
    (judged,) = asked(library, "verify", second["out"])
    assert [each["verdict"] for each in judged["signatures"]] == ["valid", "valid"]
    assert refused(library, 4, "seal", second["out"], "--out", tmp_path / "3")["facts"]["by"] == "docmdp"
    assert refused(library, 4, "seal", second["out"], "--out", tmp_path / "3", "--certify")["facts"]["by"] == "signed"


@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_certification_level_is_written_as_asked(tmp_path: Path, library: Path, level: int) -> None:
    source = write_pdf(tmp_path / "a.pdf")
    (made,) = asked(library, "seal", source, "--out", tmp_path / "out", "--certify", level)
    assert f"/P {level}".encode() in Path(made["out"]).read_bytes()
    again = run(library, "--json", "seal", made["out"], "--out", tmp_path / "again")
    assert (again.code, json.loads(again.err)["error"]["facts"]["by"]) == (4, "docmdp")


@pytest.mark.parametrize(
    "words", [("--at", "1,2"), ("--level", "B-X"), ("--at", "1,0,0,9,9", "--field", "x"), ("--certify", "4")]
)
def test_what_cannot_be_meant_is_refused_before_anything_is_made(
    tmp_path: Path, library: Path, words: tuple[str, ...]
) -> None:
    source = write_pdf(tmp_path / "a.pdf")
    assert refused(library, 2, "seal", source, "--out", tmp_path / "out", *words)["kind"] == "UsageError"
    assert not (tmp_path / "out").exists()


def test_the_trust_list_is_told_grown_and_shortened(tmp_path: Path, library: Path, pki: Certo) -> None:
    (added,) = asked(library, "trust", "add", pki.root_file(tmp_path))
    assert (added["name"], added["source"]) == ("Root", "imported")
    assert refused(library, 2, "trust", "remove", "abc")["kind"] == "UsageError"
    assert asked(library, "trust", "remove", added["sha256"][:12]) == []
    assert refused(library, 4, "trust", "add", tmp_path / "none.pem")["kind"] == "FileMissing"


def test_a_token_becomes_an_identity_and_seals(tmp_path: Path, pki: Certo, monkeypatch: pytest.MonkeyPatch) -> None:
    hsm, library, source = slots(tmp_path / "hsm"), tmp_path / "library", write_pdf(tmp_path / "a.pdf")
    monkeypatch.setenv("SOFTHSM2_CONF", hsm.environment["SOFTHSM2_CONF"])
    serials = [hsm.token("Same"), hsm.token("Same")]
    for serial, person in zip(serials, ("alice", "carol"), strict=True):
        hsm.put(serial, pki.person(person))
    rows = asked(library, "identity", "tokens", hsm.module)
    assert {row["serial"] for row in rows} == set(serials)
    assert {(row["module"], row["tries"]) for row in rows} == {(str(hsm.module), "many")}
    assert len({row["slot"] for row in rows}) == 2
    assert {row["serial"] for row in asked(library, "identity", "tokens")} >= set(serials)
    assert refused(library, 2, "identity", "token", hsm.module, "--token", "Same")["kind"] == "UsageError"
    (row,) = asked(library, "identity", "token", hsm.module, "--token", serials[1], "--as", "card")
    assert (row["kind"], row["subject"]) == ("pkcs11", "Carol")
    words = ("seal", source, "--identity", "card", "--out")
    (made,) = asked(library, *words, tmp_path / "out", passphrase=PIN)
    (judged,) = asked(library, "verify", made["out"], "--trust", pki.root_file(tmp_path))
    assert (judged["verdict"], judged["signatures"][0]["signer"]) == ("valid", "Carol")
    assert refused(library, 5, *words, tmp_path / "no", passphrase="000000")["kind"] == "PinWrong"
    assert not (tmp_path / "no").exists()
    assert {row["serial"]: row["tries"] for row in asked(library, "identity", "tokens")}[serials[1]] == "few"
    assert "only a few tries are left" in run(library, "identity", "tokens", hsm.module).out
    hsm.take_out(serials[1])
    assert refused(library, 5, *words, tmp_path / "no", passphrase=PIN)["kind"] == "TokenMissing"


def test_fault_79_a_lower_level_is_named_for_one_file_and_for_many_and_made_when_it_is_chosen(
    tmp_path: Path, library: Path, pki: Certo
) -> None:
    asked(library, "trust", "add", pki.root_file(tmp_path))
    files = [write_pdf(tmp_path / f"{n}.pdf") for n in range(2)]
    words = ("--out", tmp_path / "out", "--tsa", "http://127.0.0.1:9/")
    problem = refused(library, 7, "seal", files[0], *words, "--level", "B-T", passphrase=PASSPHRASE)
    assert (problem["kind"], problem["facts"]["instead"]) == ("NoConnection", "B-B")
    assert "(--level B-B)" in problem["message"]
    many = run(library, "--json", "seal", *files, *words, "--level", "B-LT", passphrase=PASSPHRASE)
    assert (many.code, [row["error"]["facts"]["instead"] for row in many.data]) == (1, ["B-B", "B-B"])
    assert not list((tmp_path / "out").glob("*.pdf"))
    rows = asked(library, "seal", *files, *words, "--level", "B-B", passphrase=PASSPHRASE)
    assert [row["level"] for row in rows] == ["B-B", "B-B"]
    answers = ("--out", tmp_path / "more", "--tsa", pki.tsa_url)
    with pki.out_of_order("crls"), pki.out_of_order("ocsp"):
        problem = refused(
            library, 5, "seal", files[0], *answers, "--identity", "alice", "--level", "B-LTA", passphrase=PASSPHRASE
        )
    assert (problem["kind"], problem["facts"]["instead"]) == ("EvidenceMissing", "B-T")
    assert "(--level B-T)" in problem["message"]


def test_what_has_a_higher_level_already_is_not_sealed_again_at_a_lower_one(
    tmp_path: Path, library: Path, pki: Certo
) -> None:
    asked(library, "trust", "add", pki.root_file(tmp_path))
    source = write_pdf(tmp_path / "a.pdf")
    words = ("seal", source, "--out", tmp_path / "out", "--identity", "alice", "--tsa", pki.tsa_url, "--level")
    (made,) = asked(library, *words, "B-T", passphrase=PASSPHRASE)
    (again,) = asked(library, *words, "B-B", passphrase=PASSPHRASE)
    assert (again["earlier"], again["level"], again["sha256"]) == (True, "B-T", made["sha256"])
    (higher,) = asked(library, *words, "B-LT", passphrase=PASSPHRASE)
    assert (higher["earlier"], higher["level"]) == (False, "B-LT")
