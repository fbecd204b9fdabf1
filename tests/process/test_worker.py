import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain import errors
from app.process import Worker, WorkerBug
from tests.process.observing import MODULE, children, job


def test_a_value_comes_back_as_it_was_sent(worker):
    value = {"text": "Grüße, 山田 \U0001f58b", "list": [1, 2.5, None, True], "deep": {"a": {"b": []}}}
    assert worker.call(job("echo"), {"value": value}) == value


def test_a_text_that_is_no_valid_unicode_survives(worker):
    assert worker.call(job("echo"), {"value": "half a pair: \ud83d"}) == "half a pair: \ud83d"


def test_the_child_lives_on_between_calls(worker):
    worker.call(job("keep"), {"value": "a"})
    assert worker.call(job("keep"), {"value": "b"}) == ["a", "b"]


def test_start_returns_before_the_child_is_ready_and_the_first_call_finds_it(worker):
    worker.start()
    assert worker.call(job("echo"), {"value": 1}) == 1
    assert worker.pid in children()


def test_our_own_error_crosses_the_border_with_its_facts(worker):
    with pytest.raises(errors.PageOutOfRange) as caught:
        worker.call(job("refuse"), {"path": "a.pdf"})
    assert caught.value.facts == {"path": "a.pdf", "page": 7, "pages": 3}


def test_an_unforeseen_error_is_a_bug_with_the_traceback_of_the_child(worker):
    with pytest.raises(WorkerBug, match=r"(?s)jobs\.py.*KeyError: 'nothing'"):
        worker.call(job("bug"), {})
    assert worker.call(job("echo"), {"value": 1}) == 1


def test_a_value_that_is_no_json_is_a_bug(worker):
    with pytest.raises(WorkerBug, match="not JSON"):
        worker.call(job("not_json"), {})


@pytest.mark.parametrize("name", ["os:getcwd", f"{MODULE}:_kept", f"{MODULE}:Path", "echo"])
def test_only_listed_jobs_can_be_asked_for(worker, name):
    with pytest.raises(WorkerBug, match="KeyError"):
        worker.call(name, {})


def test_a_module_that_cannot_be_imported_says_why():
    worker = Worker("test", ("tests.process.there_is_none",))
    with pytest.raises(WorkerBug, match="there_is_none"):
        worker.call("tests.process.there_is_none:echo", {})
    worker.close()


def test_many_threads_may_call_at_once(worker):
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda n: worker.call(job("echo"), {"value": n}), range(400)))
    assert answers == list(range(400))


def test_output_of_libraries_does_not_break_the_protocol(worker):
    assert worker.call(job("noise"), {}) == ""
    assert worker.call(job("echo"), {"value": 1}) == 1


def test_fault_9_a_hang_ends_after_the_wall_time_and_the_next_call_works(make_worker):
    worker = make_worker(wall_s=0.5)
    worker.call(job("echo"), {"value": 1})
    began = time.monotonic()
    with pytest.raises(errors.DocumentTimedOut) as caught:
        worker.call(job("sleep"), {"path": "slow.pdf", "seconds": 60})
    assert time.monotonic() - began < 3
    assert caught.value.facts == {"path": "slow.pdf", "seconds": 0.5}
    assert worker.call(job("echo"), {"value": 2}) == 2


def test_a_call_may_bring_its_own_wall_time(worker):
    with pytest.raises(errors.DocumentTimedOut):
        worker.call(job("sleep"), {"seconds": 60}, wall_s=0.3)


def test_fault_10_an_endless_loop_ends_after_its_processor_time(make_worker):
    worker = make_worker(cpu_s=1, wall_s=30)
    with pytest.raises(errors.DocumentTimedOut) as caught:
        worker.call(job("spin"), {"path": "loop.pdf"})
    assert caught.value.seconds == 1


def test_processor_time_is_granted_anew_to_each_request(make_worker):
    worker = make_worker(cpu_s=1)
    for _ in range(3):
        assert worker.call(job("burn"), {"seconds": 0.8}) == "burnt"


def test_fault_9_memory_beyond_the_limit_is_refused_and_the_child_lives(worker):
    with pytest.raises(errors.DocumentTooHeavy) as caught:
        worker.call(job("take_memory"), {"path": "bomb.pdf", "size": 4 * 2**30})
    assert caught.value.facts == {"path": "bomb.pdf", "limit": 2**30}
    assert worker.call(job("take_memory"), {"size": 2**20}) == 2**20


@pytest.mark.parametrize(("name", "reason"), [("exit_at_once", "exit 3"), ("segfault", "SIGSEGV")])
def test_a_crash_is_told_with_its_reason_and_the_next_call_works(worker, name, reason):
    with pytest.raises(errors.DocumentCrashed) as caught:
        worker.call(job(name), {"path": "evil.pdf"})
    assert caught.value.facts == {"path": "evil.pdf", "reason": reason}
    assert worker.call(job("keep"), {"value": "new"}) == ["new"]


def test_a_child_killed_between_two_calls_is_replaced_unseen(worker):
    import os

    worker.call(job("keep"), {"value": "old"})
    os.kill(worker.pid, signal.SIGKILL)
    time.sleep(0.2)
    assert worker.call(job("keep"), {"value": "new"}) == ["new"]


def test_two_deaths_on_a_document_put_it_in_quarantine(worker, tmp_path):
    evil = tmp_path / "evil.pdf"
    evil.write_bytes(b"%PDF-")
    for _ in range(2):
        with pytest.raises(errors.DocumentCrashed):
            worker.call(job("exit_at_once"), {"path": str(evil)})
    with pytest.raises(errors.DocumentQuarantined) as caught:
        worker.call(job("echo"), {"path": str(evil), "value": 1})
    assert caught.value.path == str(evil)
    assert worker.call(job("echo"), {"path": str(tmp_path / "other.pdf"), "value": 1}) == 1
    evil.write_bytes(b"%PDF-1.7 another document")
    assert worker.call(job("echo"), {"path": str(evil), "value": 1}) == 1


def test_cancel_ends_what_runs_and_counts_as_no_death(worker):
    for _ in range(3):
        worker.call(job("echo"), {"value": 1})
        timer = threading.Timer(0.2, worker.cancel)
        timer.start()
        with pytest.raises(errors.Cancelled):
            worker.call(job("sleep"), {"path": "a.pdf", "seconds": 60})
        timer.join()
    assert worker.call(job("echo"), {"path": "a.pdf", "value": 1}) == 1


def test_cancel_with_nothing_running_changes_nothing(worker):
    worker.cancel()
    worker.call(job("keep"), {"value": "a"})
    worker.cancel()
    assert worker.call(job("keep"), {"value": "b"}) == ["a", "b"]


def test_close_releases_whoever_waits_and_later_callers(worker):
    timer = threading.Timer(0.5, worker.close)
    timer.start()
    with pytest.raises(errors.Cancelled):
        worker.call(job("sleep"), {"seconds": 60})
    timer.join()
    with pytest.raises(errors.Cancelled):
        worker.call(job("echo"), {"value": 1})
    assert worker.pid is None


def test_a_request_that_is_too_big_is_refused_before_it_is_sent(make_worker):
    worker = make_worker(message_bytes=1000)
    with pytest.raises(errors.DocumentTooHeavy) as caught:
        worker.call(job("echo"), {"path": "a.pdf", "value": "x" * 2000})
    assert caught.value.facts == {"path": "a.pdf", "limit": 1000}
    assert worker.pid is None


def test_a_reply_that_is_too_big_is_refused(make_worker):
    worker = make_worker(message_bytes=1000)
    with pytest.raises(errors.DocumentTooHeavy):
        worker.call(job("big_reply"), {"size": 2000})
    assert len(worker.call(job("big_reply"), {"size": 900})) == 900


def test_a_large_message_passes(worker):
    assert len(worker.call(job("echo"), {"value": "x" * 20_000_000})) == 20_000_000
