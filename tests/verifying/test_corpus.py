"""Other people's files: an answer for each, never better than pyHanko's, and the same digests as poppler's."""

from __future__ import annotations

import asyncio
import logging
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import pem as asn1_pem
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from app.domain.verdict import Verdict
from app.sealing.verifying import TrustAnchor
from tests.support.signed import anchor
from tests.verifying.conftest import Judge

AT = datetime(2021, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def unheard(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """pyHanko tells what it does not like; here that is the point."""
    with caplog.at_level(logging.CRITICAL + 1, "pyhanko"):
        yield


@pytest.fixture(scope="module")
def signed_files(corpus: Path) -> list[Path]:
    return [path for path in sorted(corpus.rglob("*.pdf")) if b"/ByteRange" in path.read_bytes()]


def test_every_file_of_the_corpus_gets_an_answer(corpus: Path, judge: Judge) -> None:
    files = sorted(corpus.rglob("*.pdf"))
    assert len(files) > 200
    for path in files:
        report = judge(path.read_bytes(), (), AT)
        assert report.verdict is not Verdict.VALID, f"{path.name}: nobody is trusted"
        assert report.sentence_key
        if b"/ByteRange" not in path.read_bytes():
            assert report.verdict is Verdict.INDETERMINATE, path.name


def test_trusting_whoever_signed_ours_is_never_better_than_pyhanko(signed_files: list[Path], judge: Judge) -> None:
    valid = 0
    for path in signed_files:
        data = path.read_bytes()
        trust = _everybody(data)
        theirs = asyncio.run(_pyhanko(data, trust))
        for ours, good in zip(judge(data, trust, AT).signatures, theirs, strict=False):
            valid += ours.verdict is Verdict.VALID
            assert good or ours.verdict is not Verdict.VALID, f"{path.name} {ours.field}: {ours.reasons}"
    assert valid, "nothing valid: the comparison compares nothing"


def test_where_poppler_finds_a_digest_wrong_we_do_too(signed_files: list[Path], judge: Judge) -> None:
    for path in signed_files:
        told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, check=False).stdout
        if b"Digest Mismatch" in told:
            assert judge(path.read_bytes(), (), AT).verdict is Verdict.INVALID, path.name


def _everybody(data: bytes) -> tuple[TrustAnchor, ...]:
    """Every certificate any signature of the file brought along."""
    try:
        signatures = PdfFileReader(BytesIO(data)).embedded_signatures
    except Exception:  # noqa: BLE001 - the file is one that cannot be read
        return ()
    found = {c.dump() for each in signatures for c in (each.signer_cert, *each.other_embedded_certs)}
    return tuple(anchor(der, "imported") for der in sorted(found))


async def _pyhanko(data: bytes, trust: tuple[TrustAnchor, ...]) -> list[bool]:
    """Valid by its own full validation; what raises is not."""
    roots = [x509.Certificate.load(asn1_pem.unarmor(each.pem.encode())[2]) for each in trust]
    found = []
    try:
        signatures = PdfFileReader(BytesIO(data)).embedded_signatures
    except Exception:  # noqa: BLE001 - not valid, whatever it says
        return []
    for each in signatures:
        context = ValidationContext(trust_roots=roots, moment=AT, allow_fetching=False)
        validate = async_validate_pdf_signature if each.sig_object_type == "/Sig" else async_validate_pdf_timestamp
        try:
            status = await validate(each, context)
            found.append(bool(status.valid and status.intact and status.trusted))
        except Exception:  # noqa: BLE001 - not valid, whatever it says
            found.append(False)
    return found
