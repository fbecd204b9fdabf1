import time

import pytest

from app.domain import errors
from app.process import Pool
from tests.process.observing import MODULE, job, leftovers


@pytest.fixture
def pool():
    before = leftovers()
    made = Pool("test", (MODULE,), 2)
    made.start()
    yield made
    made.close()
    assert leftovers() == before


def test_two_workers_work_at_the_same_time(pool):
    for _ in pool.map(job("echo"), [{"value": 1}] * 2):
        pass
    began = time.monotonic()
    assert [done.result() for done in pool.map(job("sleep"), [{"seconds": 0.6}] * 2)] == ["awake"] * 2
    assert time.monotonic() - began < 1.1


def test_results_of_a_bulk_come_in_order_and_one_failure_hides_none(pool):
    payloads = [{"value": n} for n in range(20)]
    del payloads[7]["value"]
    results = list(pool.map(job("echo"), payloads))
    assert [done.result() for n, done in enumerate(results) if n != 7] == [n for n in range(20) if n != 7]
    assert results[7].exception() is not None


def test_a_bulk_is_taken_little_by_little(pool):
    taken = []

    def payloads():
        for n in range(100):
            taken.append(n)
            yield {"value": n}

    results = pool.map(job("echo"), payloads())
    next(results)
    assert len(taken) < 10
    assert len(list(results)) == 99


def test_workers_of_a_pool_share_the_quarantine(pool, tmp_path):
    path = str(tmp_path / "evil.pdf")
    for _ in range(2):
        with pytest.raises(errors.DocumentCrashed):
            pool.call(job("exit_at_once"), {"path": path})
    for worker in pool.workers:
        with pytest.raises(errors.DocumentQuarantined):
            worker.call(job("echo"), {"path": path, "value": 1})
