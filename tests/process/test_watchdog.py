import threading
import time

import pytest

from app.process.watchdog import Watchdog


@pytest.fixture
def bites():
    return []


@pytest.fixture
def dog(bites):
    made = Watchdog("test", lambda: bites.append(time.monotonic()))
    yield made
    made.retire()


def test_it_bites_once_when_the_time_is_over(dog, bites):
    began = time.monotonic()
    dog.arm(0.2)
    time.sleep(0.6)
    assert len(bites) == 1
    assert 0.2 <= bites[0] - began < 0.5


def test_it_does_not_bite_who_was_in_time(dog, bites):
    for _ in range(50):
        dog.arm(0.05)
        dog.disarm()
    time.sleep(0.2)
    assert bites == []


def test_an_earlier_deadline_counts_while_it_sleeps_to_a_later_one(dog, bites):
    dog.arm(30)
    dog.disarm()
    time.sleep(0.05)
    dog.arm(0.1)
    time.sleep(0.4)
    assert len(bites) == 1


def test_a_later_deadline_is_not_cut_short_by_an_old_one(dog, bites):
    dog.arm(0.1)
    dog.disarm()
    dog.arm(0.5)
    time.sleep(0.3)
    assert bites == []
    time.sleep(0.5)
    assert len(bites) == 1


def test_retired_it_leaves_no_thread(bites):
    before = threading.active_count()
    dog = Watchdog("test", lambda: bites.append(0))
    dog.arm(0.05)
    dog.retire()
    assert threading.active_count() == before
    time.sleep(0.1)
    assert bites == []
