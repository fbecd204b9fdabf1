"""Files made once for the room: sealing takes longer than judging."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pytest

from app.domain.verdict import Report
from app.process import Worker
from app.sealing.verifying import JOBS_MODULE, TrustAnchor, Verifier
from app.sealing.verifying.analysing import analyse
from tests.support.documents import Sheet, prepared
from tests.support.outside import Outside
from tests.support.signed import SOON, Signed, sealed

Judge = Callable[..., Report]


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """Certified by the first, signed by the second; a third person's fields are empty."""
    return sealed(tmp_path_factory.mktemp("signed"))


@pytest.fixture(scope="session")
def outside() -> Outside:
    return Outside()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Fields and no signature."""
    return prepared(tmp_path_factory.mktemp("blank") / "blank.pdf", Sheet()).read_bytes()


@pytest.fixture(scope="session")
def judge(signed: Signed) -> Judge:
    """The pipeline without the child: bytes in, report out."""

    def judged(
        data: bytes, trust: Sequence[TrustAnchor] = signed.trust, at: datetime = SOON, repairs: bool = False
    ) -> Report:
        return asyncio.run(analyse("a.pdf", data, trust, at, repairs))

    return judged


@pytest.fixture(scope="session")
def verifier(signed: Signed) -> Iterator[Verifier]:
    worker = Worker("verifying", (JOBS_MODULE,))
    made = Verifier(worker)
    made.revisions(signed.path)  # the child is born here and not within a test, which may leave none behind
    yield made
    worker.close()
