"""Workers that are closed after the test, and the proof that they left nothing."""

from collections.abc import Callable, Iterator

import pytest

from app.process import Limits, Worker
from tests.process.observing import MODULE, leftovers


@pytest.fixture
def make_worker() -> Iterator[Callable[..., Worker]]:
    before, made = leftovers(), []

    def make(**limits: float) -> Worker:
        made.append(Worker("test", (MODULE,), Limits(**limits)))
        return made[-1]

    yield make
    for worker in made:
        worker.close()
    assert leftovers() == before, "a process or a folder was left behind"


@pytest.fixture
def worker(make_worker: Callable[..., Worker]) -> Worker:
    return make_worker()
