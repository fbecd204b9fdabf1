import pytest

from app.process import PixelSlots
from tests.process.observing import folders, job


@pytest.fixture
def slots():
    before = folders()
    made = PixelSlots()
    (mine,) = folders() - before
    yield made
    made.close()
    assert mine not in folders()


def test_what_a_child_paints_is_seen_without_a_message(worker, slots):
    slot = slots.take(3_000_000)
    assert worker.call(job("paint"), {"slot": slot.reference(), "value": 200}) == 3_000_000
    assert bytes(slot.view[:2]) == b"\xc8\xc8"
    assert len(slot.view) == 3_000_000
    assert slot.view[-1] == 200


def test_two_slots_never_share_memory(worker, slots):
    first, second = slots.take(5000), slots.take(5000)
    for slot, value in ((first, 1), (second, 2)):
        worker.call(job("paint"), {"slot": slot.reference(), "value": value})
    assert set(first.view) == {1}
    assert set(second.view) == {2}


def test_a_released_place_is_used_again(slots):
    first = slots.take(10_000)
    kept = slots.take(10_000)
    first.release()
    again = slots.take(8_000)
    assert again.start == first.start
    assert kept.start != again.start


def test_a_guess_too_large_can_be_shrunk_and_the_rest_is_free(slots):
    slot = slots.take(20_000_000)
    slot.view[0] = 7
    slot.shrink(100)
    assert len(slot.view) == 100
    assert slot.view[0] == 7
    assert slots.take(10_000_000).start < 20_000_000


def test_a_second_release_does_not_free_the_next_owners_place(slots):
    first = slots.take(10_000)
    first.release()
    second = slots.take(10_000)
    first.release()
    assert slots.take(10_000).start != second.start


def test_memory_grows_when_needed_and_shrinks_afterwards(slots):
    taken = [slots.take(40 * 2**20) for _ in range(3)]
    assert slots.size_bytes == 3 * 64 * 2**20
    for slot in taken:
        slot.release()
    assert slots.size_bytes == 64 * 2**20


def test_a_view_still_shown_survives_the_end_of_the_slots():
    slots = PixelSlots()
    view = slots.take(1000).view
    view[0] = 9
    slots.close()
    assert view[0] == 9
