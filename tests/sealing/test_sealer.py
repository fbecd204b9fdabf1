"""The way through the child process: what crosses the border, what comes back, what a death leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.drawing import Drawing, Picture
from app.domain.geometry import Rect
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256
from app.process import Worker
from app.sealing import LIMITS, MODULES, EmptyField, SealedRevision, Sealer, SealRequest
from app.sealing import wire as border
from tests.support.acts import an_act
from tests.support.documents import Party, Sheet, prepared
from tests.support.pki import NOW, a_signer, judged

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker("sealing", MODULES, LIMITS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def sealer(worker: Worker) -> Sealer:
    return Sealer(worker)


@pytest.fixture(scope="module", autouse=True)
def started(worker: Worker) -> None:
    """Before any test counts the children it leaves: this one lives as long as the module."""
    worker.start()
    while worker.pid is None:
        time.sleep(0.01)


def test_two_recipients_are_sealed_through_the_child(sealer: Sealer, tmp_path: Path, authority: KeyMaterial) -> None:
    source, one, two = prepared(tmp_path / "a.pdf"), tmp_path / "b.pdf", tmp_path / "c.pdf"
    first = sealer.seal(an_act(source, one, Party(1), a_signer(authority)))
    second = sealer.seal(an_act(one, two, Party(2), a_signer(authority)))
    assert (first.signatures, second.signatures) == (1, 2)
    assert all(each.good for each in judged(two, authority))


def test_an_error_of_the_child_arrives_with_its_facts(
    sealer: Sealer, tmp_path: Path, authority: KeyMaterial
) -> None:
    request = an_act(prepared(tmp_path / "a.pdf"), tmp_path / "b.pdf", Party(7), a_signer(authority))
    with pytest.raises(errors.FieldNotInDocument) as missing:
        sealer.seal(request)
    assert missing.value.name == Party(7).sign
    assert not request.out.exists()


def test_one_bad_document_of_many_hides_no_other(sealer: Sealer, tmp_path: Path, authority: KeyMaterial) -> None:
    key, other = a_signer(authority), a_signer(authority, "Bob Jones")
    good = prepared(tmp_path / "good.pdf", Sheet(parties=(Party(1),)))
    (tmp_path / "bad.pdf").write_bytes(b"no document")
    field = EmptyField("Seal")
    requests = [
        SealRequest(tmp_path / name, tmp_path / f"out-{n}.pdf", "Seal", used, NOW, certify=True, new_field=field)
        for n, (name, used) in enumerate([("good.pdf", key), ("bad.pdf", key), ("good.pdf", other)] * 7)
    ]
    outcomes = list(sealer.seal_many(requests))
    assert [type(each).__name__ for each in outcomes] == ["SealedRevision", "SealNotMade", "SealedRevision"] * 7
    for request, outcome in zip(requests, outcomes, strict=True):
        assert request.out.exists() == isinstance(outcome, SealedRevision)
    assert judged(requests[-1].out, authority)[0].signer == "Bob Jones"
    assert good.exists()


def test_the_devices_seal_and_new_fields_go_through_the_child_too(
    sealer: Sealer, tmp_path: Path, authority: KeyMaterial
) -> None:
    source, sealed = prepared(tmp_path / "a.pdf", Sheet(parties=())), tmp_path / "b.pdf"
    sealer.seal(SealRequest(source, sealed, "Seal", a_signer(authority), NOW, new_field=EmptyField("Seal")))
    sealer.add_signature_fields(sealed, tmp_path / "c.pdf", [EmptyField("Next", 1, Rect(10, 10, 90, 30))])
    assert judged(tmp_path / "c.pdf", authority)[0].form_filling_at_most


def test_a_request_survives_the_border_whole(tmp_path: Path, authority: KeyMaterial) -> None:
    name = Sha256("a" * 64)
    request = replace(
        an_act(tmp_path / "a.pdf", tmp_path / "b.pdf", Party(1), a_signer(authority), docmdp=3),
        pictures={name: tmp_path / "blob"},
        appearance=Drawing(10, 10, pictures=(Picture(name, Rect(0, 0, 5, 5)),)),
    )
    assert border.request_from_json(json.loads(json.dumps(border.request_to_json(request)))) == request


def test_the_programs_side_loads_no_pdf_library() -> None:
    heavy = "{'pyhanko', 'asn1crypto', 'uharfbuzz', 'cryptography'}"
    code = f"import sys, app.sealing; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


SEALING = """
import sys
from pathlib import Path
from tests.support.acts import an_act
from tests.support.documents import Party
from tests.support.pki import a_signer, an_authority
from app.sealing.revising import seal_revision
source, out = Path(sys.argv[1]), Path(sys.argv[2])
key = a_signer(an_authority())
print("ready", flush=True)
while True:
    print(seal_revision(an_act(source, out, Party(1), key)).sha256, flush=True)
"""


@pytest.mark.parametrize("delay_ms", [0, 3, 7, 12, 18, 25, 33])
def test_fault_35_killed_while_sealing_it_leaves_the_old_file_or_the_new(tmp_path: Path, delay_ms: int) -> None:
    source, out = prepared(tmp_path / "source.pdf", filler=os.urandom(2_000_000)), tmp_path / "out.pdf"
    out.write_bytes(b"the file before")
    with subprocess.Popen(
        [sys.executable, "-c", SEALING, str(source), str(out)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as sealing:  # fmt: skip
        assert sealing.stdout is not None
        assert sealing.stdout.readline() == "ready\n"
        time.sleep(delay_ms / 1000)
        sealing.send_signal(signal.SIGKILL)
        acknowledged = sealing.stdout.read().split()
    data = out.read_bytes()
    if acknowledged or data != b"the file before":
        assert data.startswith(source.read_bytes())
        assert data.rstrip().endswith(b"%%EOF")
        assert b"/ByteRange [0" in data or b"/ByteRange[0" in data
    # What a death leaves beside it is private and tells nothing about the document.
    left = [each for each in tmp_path.iterdir() if each not in (source, out)]
    assert all(each.name.startswith(".paraph-") and each.stat().st_mode & 0o077 == 0 for each in left)
