"""Names, shapes and exit codes, as scripts rely on them."""

import json
from pathlib import Path

import pytest

from tests.support import leases
from tests.support.commands import asked, refused, run
from tests.support.pages import write_pdf


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_a_whole_envelope_by_script(library: Path, tmp_path: Path) -> None:
    made = asked(library, "new", leases.write_spec(tmp_path, "buyer", "seller"))
    assert set(made) == {"id", "status", "documents", "recipients", "fields", "findings"}
    assert (made["status"], made["fields"], made["findings"]) == ("draft", 4, [])
    assert made["documents"][0]["pages"] == 2
    assert asked(library, "check", made["id"])["findings"] == []
    assert asked(library, "send", made["id"])["status"] == "out"
    (tmp_path / "v.json").write_text('{"buyer_text": "One", "seller_text": "Two"}')
    for role in ("buyer", "seller"):
        (tmp_path / "v.json").write_text(json.dumps({f"{role}_text": "Words"}))
        signed = asked(
            library, "sign", made["id"], "--as", role, "--consent", "--signature", f"typed:{role}", "--values", "v.json"
        )
        assert set(signed) == {"id", "recipient", "status", "envelope_status", "documents"}
        assert signed["status"] == "completed"
        assert set(signed["documents"][0]) == {"title", "sha256", "signature_field", "level"}
    assert signed["envelope_status"] == "completed"
    shown = asked(library, "show", made["id"])
    assert shown["form_data"]["buyer_text"] == "Words"
    assert all(person["completed_at"] for person in shown["recipients"])
    files = asked(library, "export", made["id"], "--out", tmp_path / "out")["files"]
    kinds = {"document", "certificate", "audit", "data", "personal", "seal", "authority"}
    assert {file["kind"] for file in files} == kinds
    by_kind = {file["kind"]: file["path"] for file in files}
    assert asked(library, "audit", "--verify", by_kind["audit"])["intact"] is True
    (judged,) = asked(library, "verify", by_kind["document"])
    assert (judged["verdict"], len(judged["signatures"])) == ("valid", 2)
    listed = asked(library, "list", "--search", "leas")
    assert [row["id"] for row in listed["envelopes"]] == [made["id"]]


def test_a_stranger_finds_the_seal_indeterminate_until_they_trust_the_device(library: Path, tmp_path: Path) -> None:
    made = asked(library, "new", leases.write_spec(tmp_path, "buyer"))
    asked(library, "send", made["id"])
    (tmp_path / "v.json").write_text('{"buyer_text": "x"}')
    asked(library, "sign", made["id"], "--as", "buyer", "--consent", "--signature", "typed:B S", "--values", "v.json")
    files = asked(library, "export", made["id"], "--out", tmp_path / "out")["files"]
    paths = {file["kind"]: Path(file["path"]) for file in files}
    other = tmp_path / "other"
    ran = run(other, "--json", "verify", paths["document"])
    assert (ran.code, ran.data[0]["verdict"]) == (1, "indeterminate")
    (judged,) = asked(other, "verify", paths["document"], "--trust", paths["authority"])
    assert judged["verdict"] == "valid"
    data = bytearray(paths["document"].read_bytes())
    data[data.index(b"/Type")] ^= 1
    (tmp_path / "bad.pdf").write_bytes(data)
    ran = run(other, "--json", "verify", tmp_path / "bad.pdf", "--trust", paths["authority"])
    assert (ran.code, ran.data[0]["verdict"]) == (1, "invalid")


def test_human_answers_are_short_and_name_the_id_first(library: Path, tmp_path: Path) -> None:
    ran = run(library, "new", write_pdf(tmp_path / "a.pdf"), "--title", "A title")
    assert ran.code == 0
    envelope_id = ran.out.splitlines()[0]
    assert len(envelope_id) == 26
    assert "A title" in run(library, "list").out
    assert "a (1 page)" in run(library, "show", envelope_id).out
    assert run(library, "--quiet", "list").out == ""
    assert run(library, "check", envelope_id).code == 1


def test_how_somebody_was_identified_is_never_made_up(library: Path, tmp_path: Path) -> None:
    made = asked(library, "new", leases.write_spec(tmp_path, "buyer"))
    asked(library, "send", made["id"])
    (tmp_path / "v.json").write_text('{"buyer_text": "x"}')
    words = ("--as", "buyer", "--consent", "--signature", "typed:B S", "--values", tmp_path / "v.json")
    asked(library, "sign", made["id"], *words)
    files = asked(library, "export", made["id"], "--out", tmp_path / "out")["files"]
    (trail,) = (Path(file["path"]) for file in files if file["kind"] == "audit")
    (personal,) = (Path(file["path"]) for file in files if file["kind"] == "personal")
    assert "Known to me" not in trail.read_text() + personal.read_text()


def test_an_edit_replaces_what_it_names_and_nothing_else(library: Path, tmp_path: Path) -> None:
    made = asked(library, "new", leases.write_spec(tmp_path, "buyer"))
    (tmp_path / "edit.json").write_text('{"title": "Another", "expires_at": "2030-01-01T00:00:00Z"}')
    asked(library, "edit", made["id"], "edit.json")
    shown = asked(library, "show", made["id"])
    assert (shown["title"], len(shown["fields"])) == ("Another", 2)
    assert shown["expires_at"].startswith("2030-01-01")


def test_an_envelope_can_be_found_by_the_end_of_its_id(library: Path, tmp_path: Path) -> None:
    made = asked(library, "new", write_pdf(tmp_path / "a.pdf"))
    assert asked(library, "show", made["id"][:20])["id"] == made["id"]


def test_the_other_ends(library: Path, tmp_path: Path) -> None:
    spec = leases.write_spec(tmp_path, "buyer", "seller")
    one, two, three = (asked(library, "new", spec)["id"] for _ in range(3))
    for envelope_id in (one, two, three):
        asked(library, "send", envelope_id)
    assert asked(library, "decline", one, "--as", "buyer", "--reason", "Too dear")["status"] == "declined"
    assert asked(library, "void", two, "--reason", "Wrong price")["status"] == "voided"
    assert asked(library, "draft", three)["status"] == "draft"
    assert asked(library, "copy", one)["status"] == "draft"
    exported = asked(library, "export", two, "--out", tmp_path / "voided")["files"]
    assert "certificate" not in {file["kind"] for file in exported}
    assert refused(library, 3, "void", one, "--reason", "x")["kind"] == "WrongStatus"
    asked(library, "send", three)
    again = asked(library, "reassign", three, "--as", "buyer", "--name", "Ann Other", "--email", "ann@example.com")
    assert again["recipients"][0]["name"] == "Ann Other"


def test_without_a_passphrase_or_keyring_the_demo_still_runs(library: Path, tmp_path: Path) -> None:
    shown = asked(library, "demo", "--out", tmp_path / "demo", passphrase=None)
    assert set(shown["verdicts"].values()) == {"valid"}
    paths = [file["path"] for file in shown["files"] if file["path"].endswith(".pdf")]
    assert len(paths) == 3
    assert run(library, "verify", *paths).code == 0


def test_signing_without_a_passphrase_says_which_is_wanted(library: Path, tmp_path: Path) -> None:
    made = asked(library, "new", leases.write_spec(tmp_path, "buyer"))
    asked(library, "send", made["id"])
    (tmp_path / "v.json").write_text('{"buyer_text": "x"}')
    error = refused(
        library, 8, "sign", made["id"], "--as", "buyer", "--consent", "--signature", "typed:B", "--values", "v.json",
        passphrase=None,
    )  # fmt: skip
    assert error["kind"] == "VaultLocked"
    assert "PARAPH_PASSPHRASE" in error["message"]


def test_render_and_fields_look_into_any_pdf(library: Path, tmp_path: Path) -> None:
    source = write_pdf(tmp_path / "a.pdf", width=300, height=200)
    drawn = asked(library, "render", source, "--page", 1, "--dpi", 144, "--out", tmp_path / "a.png")
    assert (drawn["width"], drawn["height"]) == (600, 400)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert asked(library, "fields", source) == []


def test_identities_are_made_listed_and_removed(library: Path, tmp_path: Path) -> None:
    (one,) = asked(library, "identity", "create", "mine", "--person", "Jane Smith", "--email", "jane@example.com")
    assert (one["name"], one["subject"], one["usable"]) == ("mine", "Jane Smith", True)
    assert asked(library, "identity", "default", "mine")[0]["default"] is True
    assert refused(library, 5, "identity", "create", "mine")["kind"] == "IdentityExists"
    asked(library, "identity", "device", "--out", tmp_path / "device.pem")
    assert "BEGIN CERTIFICATE" in (tmp_path / "device.pem").read_text()
    assert asked(library, "identity", "remove", "mine")[0]["kind"] == "device"


def test_the_doctor_examines_everything(library: Path) -> None:
    checks = {check["check"]: check["ok"] for check in asked(library, "doctor")}
    assert set(checks) == {"program", "library", "disk", "fonts", "documents", "vault", "device authority", "place"}
    assert all(checks.values())


def test_the_schema_of_the_spec_is_printed(library: Path) -> None:
    schema = asked(library, "new", "--schema")
    assert {"title", "documents", "recipients", "fields"} <= set(schema["properties"])
    assert not library.exists()


def test_version_and_help_need_no_library(library: Path) -> None:
    assert run(library, "--version").out.startswith("paraph 0.")
    shown = run(library, "--help").out
    for command in (
        "demo", "new", "edit", "list", "show", "check", "send", "sign", "decline", "void", "draft", "copy", "export",
        "audit", "verify", "fields", "render", "identity", "account", "doctor", "gui",
    ):  # fmt: skip
        assert f"    {command} " in shown
    assert not library.exists()
