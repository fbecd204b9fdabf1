"""Bad input of every command: a clear error with the path of the wrong key, the promised exit code, and nothing
changed.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.commands import COMMANDS
from app.services import reading
from tests.support import leases
from tests.support.command_line import CommandLine
from tests.support.commands import refused
from tests.support.pages import write_pdf

ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture(scope="module", autouse=True)
def ids(line: CommandLine) -> dict[str, str]:
    """Of one draft and one envelope that is out, by status."""
    spec = leases.write_spec(line.folder, "buyer", "seller")
    draft, out = line.asked("new", spec)["id"], line.asked("new", spec)["id"]
    line.asked("send", out)
    return {"draft": draft, "out": out}


def spec(**changes: Any) -> dict[str, Any]:
    return {**leases.spec_of("buyer"), **changes}


def field(**changes: Any) -> list[dict[str, Any]]:
    return [{"type": "text", "recipient": "buyer", "page": 1, "x": 10, "y": 10, **changes}]


BAD_SPECS: dict[str, tuple[Any, str]] = {
    "unknown key": (spec(titel="x"), "titel"),
    "wrong type": (spec(title=7), "title"),
    "no such routing": (spec(routing="round"), "routing"),
    "page beyond the end": (spec(fields=field(page=9)), "fields[0].page"),
    "page nought": (spec(fields=field(page=0)), "fields[0].page"),
    "page as text": (spec(fields=field(page="1")), "fields[0].page"),
    "document beyond the end": (spec(fields=field(document=2)), "fields[0].document"),
    "off the page": (spec(fields=field(x=590)), "fields[0].x"),
    "negative place": (spec(fields=field(y=-5)), "fields[0].x"),
    "no such kind": (spec(fields=field(type="stampede")), "fields[0].type"),
    "nobody's field": (spec(fields=field(recipient="ghost")), "fields[0].recipient"),
    "owner missing": (spec(fields=[{"type": "text", "page": 1, "x": 1, "y": 1}]), "fields[0].recipient"),
    "width nought": (spec(fields=field(width=0)), "fields[0].width"),
    "width not a number": (spec(fields=field(width="wide")), "fields[0].width"),
    "radio without options": (spec(fields=field(type="radio")), "fields[0].options"),
    "value of the wrong kind": (spec(fields=field(type="number", value="ten")), "fields[0].value"),
    "role twice": (
        spec(recipients=[{"role": "buyer", "name": "A"}, {"role": "buyer", "name": "B"}]),
        "recipients[1].role",
    ),
    "no name": (spec(recipients=[{"role": "buyer"}]), "recipients[0].name"),
    "blank role": (spec(recipients=[{"role": " ", "name": "A"}]), "recipients[0].role"),
    "no such action": (spec(recipients=[{"role": "buyer", "name": "A", "action": "dance"}]), "recipients[0].action"),
    "order nought": (spec(recipients=[{"role": "buyer", "name": "A", "order": 0}]), "recipients[0].order"),
    "time without zone": (spec(expires_at="2030-01-01T00:00:00"), "expires_at"),
    "not a time": (spec(expires_at="soon"), "expires_at"),
    "document of nothing": (spec(documents=[{}]), "documents[0]"),
    "document of two things": (spec(documents=[{"path": "lease.pdf", "markdown": "# x"}]), "documents[0]"),
    "metadata of numbers": (spec(metadata={"case": 42}), "metadata.case"),
    "a list": ([], "(the whole file)"),
}


@pytest.mark.parametrize("what", BAD_SPECS)
def test_a_wrong_spec_is_refused_with_the_path_of_the_key(what: str, line: CommandLine) -> None:
    body, path = BAD_SPECS[what]
    file = line.folder / "wrong.json"
    file.write_text(json.dumps(body), "utf-8")
    before = line.asked("list")
    error = line.refused(3, "new", file)
    assert (error["kind"], error["facts"]["path"]) == ("SpecError", path)
    assert path in error["message"]
    assert line.asked("list") == before


def test_a_spec_that_is_no_json_or_names_a_key_twice(line: CommandLine) -> None:
    for text, path in (
        ("{", "(the whole file)"),
        ('{"title": "a", "title": "b"}', "title"),
        ("[" * 9000, "(the whole file)"),
    ):
        (line.folder / "broken.json").write_text(text)
        assert line.refused(3, "new", line.folder / "broken.json")["facts"]["path"] == path


def test_files_that_cannot_be_taken_in(line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "text.pdf").write_text("no PDF at all")
    (tmp_path / "cut.pdf").write_bytes(write_pdf(tmp_path / "whole.pdf").read_bytes()[:60])
    (tmp_path / "office.docx").write_bytes(b"PK\x03\x04 and so on")
    for name, kinds in {
        "empty.pdf": {"NotADocument"},
        "text.pdf": {"NotADocument"},
        "cut.pdf": {"DocumentDamaged", "NotADocument"},
        "office.docx": {"NotADocument"},
        "absent.pdf": {"FileMissing"},
        "": {"FileUnreadable"},
    }.items():
        error = line.refused(4, "new", tmp_path / name)
        assert error["kind"] in kinds, name
        assert str(tmp_path / name) in error["message"]


def test_a_pipe_or_a_device_is_not_waited_for(line: CommandLine, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.pdf")
    assert line.refused(4, "new", tmp_path / "pipe.pdf")["kind"] == "FileUnreadable"
    assert line.refused(4, "new", "/dev/zero")["kind"] == "FileUnreadable"


USAGE: tuple[tuple[str, ...], ...] = (
    ("nonsense",),
    ("new",),
    ("list", "--status", "lost"),
    ("list", "--limit", "0"),
    ("list", "--limit", "many"),
    ("show",),
    ("sign", ID),
    ("sign", ID, "--as", "buyer", "--signature", "painted:x"),
    ("decline", ID, "--as", "buyer"),
    ("void", ID),
    ("export", ID),
    ("audit",),
    ("audit", ID, "--verify", "x"),
    ("audit", "--verify", "x", "--stamp"),
    ("verify",),
    ("verify", "x.pdf", "--at", "yesterday"),
    ("verify", "x.pdf", "--report", "x.doc"),
    ("verify", "x.pdf", "--report", "x.pdf", "--language", "tlh"),
    ("fields",),
    ("render", "x.pdf", "--out", "x.png"),
    ("render", "x.pdf", "--page", "1", "--dpi", "0", "--out", "x.png"),
    ("identity", "sell"),
    ("identity", "create"),
    ("identity", "remote", "https://trust.example", "--login", "magic", "--secret-stdin"),
    ("identity", "remote", "https://trust.example", "--login", "browser"),
    ("identity", "remote", "https://trust.example", "--login", "client"),
    ("account", "sell"),
    ("account", "add"),
    ("account", "add", "visisign"),
    ("account", "add", "visisign", "--name", "work"),
    ("account", "add", "visisign", "--name", "work", "--option", "colour", "--secret-stdin"),
    ("account", "add", "visisign", "--name", "work", "--option", "a=1", "--option", "a=2", "--secret-stdin"),
    ("account", "test"),
    ("account", "remove"),
    ("account", "renew"),
    ("account", "renew", "work"),
    ("sync",),
    ("sync", "sell"),
    ("sync", "push"),
    ("sync", "push", ID),
    ("sync", "push", ID, "--via", "work", "--option", "colour"),
    ("sync", "retry"),
    ("sync", "resolve"),
    ("sync", "resolve", ID),
    ("sync", "resolve", ID, "--keep", "both"),
    ("send", ID, "--option", "form_id=1"),
    ("remote",),
    ("remote", "work"),
    ("remote", "work", "list", "page"),
    ("remote", "work", "list", "page=1", "page=2"),
    ("remote", "work", "list", "page=@-"),
    ("demo", "--where", "x"),
    ("doctor", "--now"),
    ("seal",),
    ("seal", "x.pdf", "--out", "o", "--level", "Z"),
    ("extend",),
    ("mark", "sell"),
    ("mark", "rename", "old"),
    ("design", "sell"),
    ("design", "new"),
    ("design", "rename", "old"),
    ("design", "new", "x", "--lines", "name,shoe"),
    ("trust", "sell"),
    ("edit", ID),
    ("send",),
    ("draft",),
    ("copy",),
    ("check",),
    ("reassign", ID, "--as", "buyer"),
    ("--librarry", "x", "list"),
)


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_a_wrong_command_line_is_usage(words: tuple[str, ...], line: CommandLine, ids: dict[str, str]) -> None:
    real = [ids["out"] if word == ID and "painted:x" in words else word for word in words]
    error = line.refused(2, *real)
    assert error["kind"] == "UsageError"
    assert error["message"]


def test_every_command_with_an_envelope_says_when_there_is_none(line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("{}")
    for words in (
        ("show", ID), ("check", ID), ("send", ID), ("edit", ID, tmp_path / "s.json"), ("draft", ID), ("copy", ID),
        ("sign", ID, "--as", "buyer"), ("decline", ID, "--as", "buyer", "--reason", "x"), ("void", ID, "--reason", "x"),
        ("send", ID, "--via", "work"), ("sync", "push", ID, "--via", "work"),
        ("export", ID, "--out", tmp_path / "o"), ("audit", ID), ("reassign", ID, "--as", "b", "--name", "n"),
    ):  # fmt: skip
        assert line.refused(6, *words)["kind"] == "UnknownEnvelope", words


def test_what_the_rules_forbid_has_exit_code_3(line: CommandLine, ids: dict[str, str], tmp_path: Path) -> None:
    out, draft = ids["out"], ids["draft"]
    (tmp_path / "s.json").write_text('{"title": "x"}')
    (tmp_path / "v.json").write_text('{"buyer_text": 1, "ghost": "x"}')
    (tmp_path / "bad.json").write_text('{"buyer_text": []}')
    (tmp_path / "dot.json").write_text("[[[1, 1], [2, 2]]]")
    (tmp_path / "junk.json").write_text('[["x"]]')
    before = [line.asked("show", one) for one in (out, draft)]
    for kind, words in (
        ("WrongStatus", ("edit", out, tmp_path / "s.json")),
        ("WrongStatus", ("send", out)),
        ("WrongStatus", ("sign", draft, "--as", "buyer", "--consent")),
        ("WrongStatus", ("void", draft, "--reason", "x")),
        ("WrongStatus", ("draft", draft)),
        ("UnknownRole", ("sign", out, "--as", "ghost", "--consent")),
        ("UnknownRole", ("decline", out, "--as", "ghost", "--reason", "x")),
        ("NotTheirTurn", ("sign", out, "--as", "seller", "--consent")),
        ("NotTheirTurn", ("decline", out, "--as", "seller", "--reason", "x")),
        ("ConsentMissing", ("sign", out, "--as", "buyer")),
        ("SignatureMissing", ("sign", out, "--as", "buyer", "--consent")),
        ("UnknownField", ("sign", out, "--as", "buyer", "--consent", "--values", tmp_path / "v.json")),
        ("SpecError", ("sign", out, "--as", "buyer", "--consent", "--values", tmp_path / "bad.json")),
        ("MarkRefused", ("sign", out, "--as", "buyer", "--consent", "--signature", f"drawn:{tmp_path / 'dot.json'}")),
        ("SpecError", ("sign", out, "--as", "buyer", "--consent", "--signature", f"drawn:{tmp_path / 'junk.json'}")),
        ("ReasonMissing", ("decline", out, "--as", "buyer", "--reason", " ")),
        ("ReasonMissing", ("void", out, "--reason", "")),
        ("ReasonMissing", ("reassign", out, "--as", "buyer", "--name", " ")),
    ):
        assert line.refused(3, *words)["kind"] == kind, words
    assert [line.asked("show", one) for one in (out, draft)] == before


def test_documents_identities_and_trails_that_are_none(line: CommandLine, ids: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "junk.pdf").write_text("junk")
    (tmp_path / "junk.json").write_text('{"events": 3}')
    source = write_pdf(tmp_path / "a.pdf")
    for code, kind, words in (
        (4, "FileMissing", ("verify", tmp_path / "absent.pdf")),
        (4, "NotADocument", ("verify", tmp_path / "junk.pdf")),
        (4, "NotADocument", ("fields", tmp_path / "junk.pdf")),
        (4, "PageOutOfRange", ("render", source, "--page", "2", "--out", tmp_path / "x.png")),
        (4, "NotWritable", ("render", source, "--page", "1", "--out", tmp_path / "no" / "x.png")),
        (4, "NotWritable", ("export", ids["out"], "--out", source)),
        (5, "CertificateUnreadable", ("verify", source, "--trust", tmp_path / "junk.pdf")),
        (5, "UnknownIdentity", ("identity", "remove", "ghost")),
        (5, "UnknownIdentity", ("identity", "default", "ghost")),
        (4, "FileMissing", ("identity", "import", tmp_path / "absent.p12")),
        (5, "IdentityUnusable", ("identity", "import", tmp_path / "junk.pdf")),
        (6, "TrailUnreadable", ("audit", "--verify", tmp_path / "junk.json")),
        (6, "TrailUnreadable", ("audit", "--verify", tmp_path / "junk.pdf")),
    ):
        assert line.refused(code, *words)["kind"] == kind, words


def test_a_pdf_without_signatures_is_not_valid(line: CommandLine, tmp_path: Path) -> None:
    ran = line.run("--json", "verify", write_pdf(tmp_path / "a.pdf"))
    assert (ran.code, ran.data[0]["verdict"], ran.data[0]["signatures"]) == (1, "indeterminate", [])


def test_a_broken_chain_is_named_with_exit_code_1(line: CommandLine, ids: dict[str, str], tmp_path: Path) -> None:
    line.asked("export", ids["out"], "--out", tmp_path)
    trail = json.loads((tmp_path / "audit.json").read_text())
    trail["events"][1]["facts"]["changed"] = []
    (tmp_path / "audit.json").write_text(json.dumps(trail))
    ran = line.run("--json", "audit", "--verify", tmp_path / "audit.json")
    assert (ran.code, ran.data["intact"], ran.data["broken_at"]) == (1, False, 2)


def test_errors_for_people_say_what_happened_and_what_to_do(line: CommandLine) -> None:
    ran = line.run("show", ID)
    assert ran.code == 6
    assert ran.err == f"paraph: There is no envelope {ID}. See paraph list.\n"


def test_a_file_that_is_not_there_is_no_unknown_command(line: CommandLine) -> None:
    for words in (("absent.pdf",), ("--library", "x", "absent.pdf"), ("absent.pdf", "b.pdf")):
        error = line.refused(4, *words)
        assert (error["kind"], error["facts"]["path"]) == ("FileMissing", "absent.pdf")
    assert line.refused(2, "absent")["kind"] == "UsageError"
    assert line.refused(2, "show", "--what", "absent.pdf")["kind"] == "UsageError"


def test_a_fault_of_the_program_is_told_as_one_and_repeats_no_words(
    line: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Jane Canary")

    monkeypatch.setattr(reading, "page", broken)
    ran = line.run("--json", "list")
    assert (ran.code, ran.out, ran.error["kind"]) == (70, "", "KeyError")
    assert "in broken" in ran.error["facts"]["trace"]
    plain = line.run("list")
    assert (plain.code, plain.out) == (70, "")
    assert "paraph: " in plain.err
    assert "Canary" not in ran.err.replace('raise KeyError(\\"Jane Canary\\")', "")
    assert "Canary" not in plain.err.replace('raise KeyError("Jane Canary")', "")


def test_a_library_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("not a folder")
    assert refused(tmp_path / "library", 6, "list")["kind"] == "LibraryUnwritable"


def test_every_command_has_a_case_here() -> None:
    tried = {words[0] for words in USAGE}
    assert {command.name for command in COMMANDS} - {"gui", "new"} <= tried | {"demo"}
