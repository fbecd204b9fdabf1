"""Names that are remembered are those pyHanko reads and writes."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.misc import PdfReadError

from app.sealing import names

ROOT = Path(__file__).resolve().parents[2]
OCTETS = st.binary(max_size=90) | st.from_regex(rb"(?:[!-~]|#[0-9A-Fa-f]{2}){0,70}", fullmatch=True)


def outcome(read: object, octets: bytes) -> tuple[type, str, int]:
    """Also how far it was read."""
    stream = BytesIO(octets)
    try:
        found = read(stream)  # type: ignore[operator]
    except PdfReadError as error:
        return type(error), str(error), 0
    return type(found), str(found), stream.tell()


@given(OCTETS)
def test_the_same_is_read_twice_over(octets: bytes) -> None:
    for whole in (octets, b"/" + octets):
        assert [outcome(names._read_again, whole) for _ in range(2)] == [outcome(names._read, whole)] * 2


@given(st.text(max_size=90).map(lambda text: f"/{text}"))
def test_the_same_is_written_twice_over(text: str) -> None:
    def written(write: object) -> bytes:
        out = BytesIO()
        write(NameObject(text), out)  # type: ignore[operator]
        return out.getvalue()

    assert written(names._write_again) == written(names._write_again) == written(names._write)


def test_what_is_no_name_is_still_refused() -> None:
    for _ in range(2):
        with pytest.raises(PdfReadError):
            names._read_again(BytesIO(b"/half#4"))


def test_each_is_an_object_of_its_own() -> None:
    first, second = (names._read_again(BytesIO(b"/Type ")) for _ in range(2))
    assert first == second
    assert first is not second


@pytest.mark.parametrize("jobs", ["app.sealing.jobs", "app.sealing.levels.jobs", "app.sealing.verifying.jobs"])
def test_every_child_that_reads_documents_remembers_them(jobs: str) -> None:
    told = f"import {jobs}; from pyhanko.pdf_utils.generic import NameObject as N; print(N.read_from_stream.__module__)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "app.sealing.names"
