"""A bundle can be checked without Paraph, and no manipulation of its trail stays unseen."""

import copy
import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.services import auditing, copies, exporting, signing_at_once
from app.services.house import House
from tests.independent import check_bundle
from tests.support import leases

LINES = 150
SEED = 2026
Trail = dict[str, Any]


@pytest.fixture
def bundle(house: House, tmp_path: Path) -> Path:
    envelope_id = leases.sent(house, tmp_path)
    for role in ("buyer", "seller"):
        signing_at_once.sign(house, envelope_id, role, leases.act(role))
    copies.give(house, envelope_id, "buyer", tmp_path / "copy")
    exporting.export(house, envelope_id, tmp_path / "bundle")
    return tmp_path / "bundle"


def relinked(trail: Trail) -> Trail:
    """What a forger does who knows the format: every hash is computed anew, and the head with it."""
    previous = check_bundle.ROOT
    for number, event in enumerate(trail["events"], start=1):
        event["sequence"], event["previous"] = number, previous
        body = {key: value for key, value in event.items() if key != "sha256"}
        event["sha256"] = previous = hashlib.sha256(check_bundle.canonical(body)).hexdigest()
    trail["head"] = {"count": len(trail["events"]), "sha256": previous}
    return trail


def edit(trail: Trail, chance: random.Random) -> None:
    event = chance.choice(trail["events"])
    key = chance.choice(["kind", "actor", "time", "boot", "monotonic_ns", "offset_minutes", "facts"])
    if key == "facts":
        event["facts"][chance.choice([*event["facts"], "more"])] = f"x{chance.random()}"
    elif key == "offset_minutes":
        event[key] += chance.choice([-60, 60])
    else:
        event[key] = f"{event[key]}{chance.randint(0, 9)}"


def delete(trail: Trail, chance: random.Random) -> None:
    del trail["events"][chance.randrange(len(trail["events"]))]


def insert(trail: Trail, chance: random.Random) -> None:
    added = copy.deepcopy(chance.choice(trail["events"]))
    trail["events"].insert(chance.randrange(len(trail["events"]) + 1), added)


def swap(trail: Trail, chance: random.Random) -> None:
    a, b = chance.sample(range(len(trail["events"])), 2)
    events = trail["events"]
    events[a], events[b] = events[b], events[a]


def truncate(trail: Trail, chance: random.Random) -> None:
    trail["events"] = trail["events"][: chance.randrange(len(trail["events"]))]


def roll_back(trail: Trail, chance: random.Random) -> None:
    """To a point the device countersigned, and its signature of then passed off as that of the end."""
    ends = [n for n, event in enumerate(trail["events"]) if event["kind"] == "countersigned"]
    at = chance.choice(ends)
    trail["seal"] = {**trail["seal"], "signature": trail["events"][at]["facts"]["signature"]}
    trail["events"] = trail["events"][: at + chance.randint(0, 1)]


WAYS: tuple[Callable[[Trail, random.Random], None], ...] = (edit, delete, insert, swap, truncate, roll_back)


def manipulated(whole: Trail, chance: random.Random) -> tuple[str, Trail]:
    """One of six ways, and every other time the forger recomputes what can be computed."""
    way = chance.choice(WAYS)
    trail = copy.deepcopy(whole)
    while trail == whole:
        way(trail, chance)
        if chance.random() < 0.5:
            trail = relinked(trail)
    return way.__name__, trail


def unseen(bundle: Path, count: int) -> list[str]:
    """The manipulations that neither the independent checker nor Paraph's own finds."""
    whole = json.loads((bundle / "audit.json").read_text("utf-8"))
    seal = bundle / "device-seal.pem"
    assert check_bundle.check_trail(whole, seal) == ""
    chance, missed = random.Random(SEED), []
    for number in range(count):
        way, trail = manipulated(whole, chance)
        if not check_bundle.check_trail(trail, seal):
            missed.append(f"{number} {way}")
    return missed


def test_the_checker_is_short_and_needs_nothing_of_paraph() -> None:
    text = Path(check_bundle.__file__).read_text("utf-8")
    assert len(text.splitlines()) <= LINES
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import", "from"))}
    assert imported <= set(sys.stdlib_module_names)


def test_a_stranger_finds_a_bundle_whole(bundle: Path) -> None:
    script = Path(check_bundle.__file__)
    ran = subprocess.run([sys.executable, script, bundle], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.returncode) == ("Everything holds.\n", 0)


@pytest.mark.parametrize("name", ["lease.pdf", "certificate.pdf", "device-seal.pem", "personal.json"])
def test_a_stranger_finds_a_changed_file(bundle: Path, name: str) -> None:
    data = bytearray((bundle / name).read_bytes())
    at = len(data) // 2
    data[at] = data[at] ^ 1 if data[at] not in b"0123456789abcdef" else (data[at] ^ 3)
    (bundle / name).write_bytes(bytes(data))
    try:
        problems = check_bundle.check(bundle)
    except ValueError:
        return
    assert problems


def test_fault_44_three_hundred_manipulations_of_a_trail_are_found(bundle: Path) -> None:
    assert unseen(bundle, 300) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fault_44_ten_thousand_manipulations_of_a_trail_are_found(bundle: Path) -> None:
    assert unseen(bundle, 10_000) == []


def test_fault_44_our_own_checker_finds_them_too(bundle: Path, tmp_path: Path) -> None:
    whole = json.loads((bundle / "audit.json").read_text("utf-8"))
    pems = [(bundle / "device-seal.pem").read_text("ascii")]
    report = auditing.verify_file(bundle / "audit.json", pems).report
    assert (report.intact, report.countersigned) == (True, 3)
    chance = random.Random(SEED)
    for _ in range(60):
        way, trail = manipulated(whole, chance)
        path = tmp_path / "manipulated.json"
        path.write_text(json.dumps(trail), "utf-8")
        assert not auditing.verify_file(path, pems).report.intact, way
