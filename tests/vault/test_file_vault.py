"""The encrypted file: what it keeps, and what a wrong passphrase and a damaged file do (robustness, fault 83)."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain import errors
from app.vault import FileVault, MemoryVault, Vault

WORDS = "correct horse battery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.json"


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_every_vault_keeps_replaces_lists_and_forgets(kind: str, path: Path) -> None:
    vault: Vault = FileVault(path, WORDS) if kind == "file" else MemoryVault()
    vault.put("b", b"\x00\x01")
    vault.put("a", b"first")
    vault.put("a", b"second")
    assert vault.names() == ("a", "b")
    assert vault.get("a") == b"second"
    vault.delete("a")
    vault.delete("a")
    assert vault.names() == ("b",)
    with pytest.raises(errors.SecretMissing) as missing:
        vault.get("a")
    assert missing.value.name == "a"


def test_another_process_finds_what_was_put(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"secret")
    assert FileVault(path, WORDS).get("a") == b"secret"


def test_the_file_shows_no_secret_and_belongs_to_its_owner(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"a very long and recognisable secret")
    assert b"recognisable" not in path.read_bytes()
    assert WORDS.encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_fault_83_a_wrong_passphrase_is_told_from_damage_and_waits_longer_each_time(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"secret")
    waited: list[float] = []
    guesses = iter(["wrong", "wronger", "wrongest", WORDS])
    vault = FileVault(path, lambda: next(guesses), sleep=waited.append)
    for _ in range(3):
        with pytest.raises(errors.VaultPassphraseWrong):
            vault.get("a")
    assert vault.get("a") == b"secret"
    assert waited == [0.5, 1.0, 2.0]


def test_fault_83_every_damaged_byte_of_the_file_is_noticed_and_nothing_is_overwritten(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"secret")
    whole = path.read_bytes()
    places = range(0, len(whole), 23)
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0x04
        path.write_bytes(damaged)
        vault = FileVault(path, WORDS)
        if _is_the_same(bytes(damaged), whole):
            continue
        with pytest.raises((errors.VaultDamaged, errors.SecretMissing)):
            vault.get("a")
        assert path.read_bytes() == bytes(damaged)


def _is_the_same(one: bytes, two: bytes) -> bool:
    """A flip in the white space of JSON, or in padding bits of base64, changes nothing."""
    try:
        return bool(json.loads(one) == json.loads(two))
    except ValueError:
        return False


def test_fault_83_a_damaged_vault_refuses_to_be_written(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"secret")
    path.write_bytes(path.read_bytes()[:-40])
    before = path.read_bytes()
    with pytest.raises(errors.VaultDamaged):
        FileVault(path, WORDS).put("b", b"other")
    assert path.read_bytes() == before


@pytest.mark.parametrize("change", ["swap", "drop", "counter"])
def test_records_cannot_be_swapped_or_dropped_nor_the_counter_turned_back(path: Path, change: str) -> None:
    vault = FileVault(path, WORDS)
    vault.put("a", b"one")
    vault.put("b", b"two")
    found = json.loads(path.read_text())
    match change:
        case "swap":
            found["records"]["a"], found["records"]["b"] = found["records"]["b"], found["records"]["a"]
        case "drop":
            del found["records"]["b"]
        case _:
            found["counter"] -= 1
    path.write_text(json.dumps(found))
    with pytest.raises(errors.VaultDamaged):
        FileVault(path, WORDS).get("a")


def test_an_older_state_of_the_file_is_refused_by_who_has_seen_a_newer(path: Path) -> None:
    vault = FileVault(path, WORDS)
    vault.put("a", b"one")
    older = path.read_bytes()
    vault.put("a", b"two")
    path.write_bytes(older)
    with pytest.raises(errors.VaultDamaged):
        vault.get("a")


def test_an_idle_vault_locks_itself_and_asks_again(path: Path) -> None:
    asked: list[str] = []
    moment = [0.0]

    def passphrase() -> str:
        asked.append(WORDS)
        return WORDS

    vault = FileVault(path, passphrase, idle_s=60, now=lambda: moment[0])
    vault.put("a", b"secret")
    moment[0] = 59
    vault.get("a")
    assert len(asked) == 1
    moment[0] = 200
    vault.get("a")
    assert len(asked) == 2
    vault.lock()
    vault.get("a")
    assert len(asked) == 3


def test_names_are_told_without_the_passphrase(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"secret")
    assert FileVault(path, lambda: None).names() == ("a",)
    with pytest.raises(errors.VaultLocked):
        FileVault(path, lambda: None).get("a")


def test_a_forged_file_cannot_ask_for_all_memory(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"secret")
    found = json.loads(path.read_text())
    found["kdf"]["memory_kib"] = 1 << 30
    path.write_text(json.dumps(found))
    with pytest.raises(errors.VaultDamaged):
        FileVault(path, WORDS).get("a")


def test_a_vault_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(errors.NotWritable):
        FileVault(blocked / "vault.json", WORDS).put("a", b"secret")


def test_two_processes_writing_at_once_lose_nothing(path: Path) -> None:
    FileVault(path, WORDS).put("start", b"")
    loop = "for n in range(10): v.put(sys.argv[1] + str(n), b'')"
    writers = [_writer(path, loop, who) for who in ("x", "y")]
    for writer in writers:
        writer.communicate(timeout=60)
    assert len(FileVault(path, WORDS).names()) == 21


def _writer(path: Path, loop: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process of its own that runs `loop` with the vault as `v`."""
    opened = f"v = FileVault(Path({str(path)!r}), {WORDS!r})"
    code = f"import sys; from pathlib import Path; from app.vault import FileVault; {opened}\n{loop}"
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    )


def test_killed_while_writing_it_holds_the_old_or_the_new(path: Path) -> None:
    FileVault(path, WORDS).put("a", b"0")
    with _writer(path, "for n in range(100000): v.put('a', str(n).encode()); print(n, flush=True)") as writer:
        assert writer.stdout is not None
        for _ in range(20):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        acknowledged = [int(line) for line in writer.stdout.read().split()]
    last = max(acknowledged, default=19)
    assert int(FileVault(path, WORDS).get("a")) in (last, last + 1)
