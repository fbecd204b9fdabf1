"""V1: our verdict, asked of the child and back, beside pyHanko's own validation of the same file in this process."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.domain.verdict import Verdict
from app.process import Worker
from app.sealing.verifying import JOBS_MODULE, Verifier
from tests.benchmarks.harness import Benchmark, Goal, Row, Workbench
from tests.support.signed import SOON, Signed, sealed

FILLER_BYTES = 900_000
ROUNDS = 15


def run_v1(bench: Workbench) -> Sequence[Row]:
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    worker = Worker("bench", (JOBS_MODULE,))
    try:
        return [
            _compared(bench, Verifier(worker), "one signature, 50 KB", ("Jane Smith",), 0),
            _compared(bench, Verifier(worker), "one signature, 0.9 MB", ("Jane Smith",), FILLER_BYTES),
            _compared(bench, Verifier(worker), "one signature, 21 MB", ("Jane Smith",), 21_000_000),
            _compared(bench, Verifier(worker), "four signatures, 0.9 MB", ("Ana", "Bo", "Cy", "Dee"), FILLER_BYTES),
        ]
    finally:
        worker.close()


def _compared(bench: Workbench, verifier: Verifier, what: str, names: tuple[str, ...], filler: int) -> Row:
    folder = bench.folder / what.replace(" ", "-")
    folder.mkdir()
    file = sealed(folder, names, filler=filler)
    damaged = _damaged(file, folder)
    bench.check(_ours(verifier, file.path, file) is Verdict.VALID, "ours does not find it valid")
    bench.check(_ours(verifier, damaged, file) is Verdict.INVALID, "ours misses a flipped byte")
    bench.check(all(_pyhanko(file)), "pyHanko does not find it valid")
    ours, theirs = bench.interleave(
        lambda: _ours(verifier, file.path, file), lambda: _pyhanko(file), rounds=ROUNDS, warm_up=2
    )
    bench.note(f"{what}: {ours.median * 1000:.1f} ms beside {theirs.median * 1000:.1f} ms")
    return Row(what, Goal.at_most(1.5), ours.ratio_to(theirs))


def _ours(verifier: Verifier, path: Path, file: Signed) -> Verdict:
    return verifier.verify(path, file.trust, SOON, renderer_repairs=False).verdict


def _pyhanko(file: Signed) -> list[bool]:
    root = x509.Certificate.load(file.authority.certificate_der)
    with file.path.open("rb") as stream:
        return [
            validate_pdf_signature(each, ValidationContext(trust_roots=[root], moment=SOON)).bottom_line
            for each in PdfFileReader(stream).embedded_signatures
        ]


def _damaged(file: Signed, folder: Path) -> Path:
    data = bytearray(file.data)
    data[len(data) // 3] ^= 1
    path = folder / "damaged.pdf"
    path.write_bytes(bytes(data))
    return path


BENCHMARKS = (Benchmark("V1", "Verifying a sealed file", run_v1),)
