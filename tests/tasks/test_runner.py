"""Work leaves the window's thread and its outcome comes back to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.domain.errors import Cancelled, UsageError
from app.tasks import Report, TaskRunner


class Ledger:
    """Everything a piece of work told us, with the thread it was told on."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.progress: list[tuple[int, int]] = []
        self.threads: set[threading.Thread] = set()

    def result(self, value: object) -> None:
        self.results.append(value)
        self.threads.add(threading.current_thread())

    def error(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.current_thread())

    def report(self, done: int, total: int) -> None:
        self.progress.append((done, total))
        self.threads.add(threading.current_thread())


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def unhandled() -> list[Exception]:
    return []


@pytest.fixture
def runner(qapp: object, unhandled: list[Exception]) -> Iterator[TaskRunner]:
    runner = TaskRunner(unhandled.append)
    yield runner
    assert runner.close(), "a thread was left behind"


def test_work_runs_on_another_thread_and_its_value_comes_back_on_this_one(
    runner: TaskRunner, ledger: Ledger, qtbot: QtBot
) -> None:
    worked_on: list[threading.Thread] = []

    def work(_: Report) -> int:
        worked_on.append(threading.current_thread())
        return 42

    runner.start(work, ledger.result)
    qtbot.waitUntil(lambda: ledger.results == [42])
    assert worked_on[0] is not threading.current_thread()
    assert ledger.threads == {threading.current_thread()}


def test_the_outcome_never_arrives_before_the_handle_is_returned(
    runner: TaskRunner, ledger: Ledger, qtbot: QtBot
) -> None:
    done = threading.Event()
    runner.start(lambda _: done.set(), ledger.result)
    assert done.wait(5)
    assert ledger.results == []
    qtbot.waitUntil(lambda: ledger.results == [None])


def _told(number: int, _: Report) -> int:
    return number


def test_whoever_waits_for_somebody_elses_server_holds_up_nothing_here(
    runner: TaskRunner, ledger: Ledger, qtbot: QtBot
) -> None:
    answered = threading.Event()

    def hang(_: Report) -> bool:
        return answered.wait(60)

    hanging = [runner.start(hang, ledger.result, far=True) for _ in range(40)]
    try:
        for number in range(20):
            runner.start(partial(_told, number), ledger.result)
        qtbot.waitUntil(lambda: len(ledger.results) == 20)
        assert all(one.running for one in hanging)
    finally:
        for one in hanging:
            one.cancel()
        answered.set()


def test_an_error_reaches_the_one_who_asked(runner: TaskRunner, ledger: Ledger, qtbot: QtBot) -> None:
    problem = UsageError(problem="no")

    def work(_: Report) -> None:
        raise problem

    runner.start(work, ledger.result, ledger.error)
    qtbot.waitUntil(lambda: ledger.errors == [problem])
    assert ledger.results == []


def test_an_error_nobody_waits_for_goes_to_the_one_who_shows_them(
    runner: TaskRunner, ledger: Ledger, unhandled: list[Exception], qtbot: QtBot
) -> None:
    runner.start(lambda _: 1 // 0, ledger.result)
    qtbot.waitUntil(lambda: len(unhandled) == 1)
    assert isinstance(unhandled[0], ZeroDivisionError)


def test_a_fault_in_a_callback_is_shown_too(runner: TaskRunner, unhandled: list[Exception], qtbot: QtBot) -> None:
    runner.start(lambda _: 0, lambda value: 1 // value)
    qtbot.waitUntil(lambda: len(unhandled) == 1)


def test_progress_arrives_in_order_and_its_last_step_is_never_dropped(
    runner: TaskRunner, ledger: Ledger, qtbot: QtBot
) -> None:
    def work(report: Report) -> str:
        for done in range(1, 201):
            report(done, 200)
        return "done"

    runner.start(work, ledger.result, on_progress=ledger.report)
    qtbot.waitUntil(lambda: ledger.results == ["done"])
    assert ledger.progress == sorted(ledger.progress)
    assert ledger.progress[-1] == (200, 200)
    assert len(ledger.progress) < 200
    assert ledger.threads == {threading.current_thread()}


def test_cancelled_work_calls_nobody(
    runner: TaskRunner, ledger: Ledger, unhandled: list[Exception], qtbot: QtBot
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work(_: Report) -> str:
        begun.set()
        may_end.wait(5)
        return "too late"

    handle = runner.start(work, ledger.result, ledger.error, on_progress=ledger.report)
    assert begun.wait(5)
    handle.cancel()
    may_end.set()
    runner.start(lambda _: "next", ledger.result)
    qtbot.waitUntil(lambda: ledger.results == ["next"])
    assert (ledger.errors, ledger.progress, unhandled) == ([], [], [])


def test_work_learns_at_its_next_report_that_it_was_cancelled(runner: TaskRunner, ledger: Ledger) -> None:
    begun, cancelled, stopped = threading.Event(), threading.Event(), threading.Event()

    def work(report: Report) -> None:
        begun.set()
        assert cancelled.wait(5)
        try:
            report(1, 2)
        except Cancelled:
            stopped.set()
            raise

    handle = runner.start(work, ledger.result)
    assert begun.wait(5)
    handle.cancel()
    cancelled.set()
    assert stopped.wait(5)


def test_cancelling_ends_at_once_what_the_work_waits_for(runner: TaskRunner, ledger: Ledger) -> None:
    released = threading.Event()
    handle = runner.start(lambda _: released.wait(60), ledger.result, abort=released.set)
    handle.cancel()
    assert runner.close(5000)
    assert not handle.running


def test_cancelling_after_the_end_does_nothing(runner: TaskRunner, ledger: Ledger, qtbot: QtBot) -> None:
    aborted: list[bool] = []
    handle = runner.start(lambda _: 1, ledger.result, abort=lambda: aborted.append(True))
    qtbot.waitUntil(lambda: ledger.results == [1])
    handle.cancel()
    assert aborted == []
    assert not handle.cancelled


def test_work_of_a_page_that_is_gone_is_cancelled(runner: TaskRunner, ledger: Ledger, qtbot: QtBot) -> None:
    page = QObject()
    may_end = threading.Event()
    handle = runner.start(lambda _: may_end.wait(5), ledger.result, owner=page)
    page.deleteLater()
    qtbot.waitUntil(lambda: handle.cancelled)
    may_end.set()


def test_closing_leaves_no_thread_and_no_callback(qapp: object, ledger: Ledger) -> None:
    runner = TaskRunner(ledger.errors.append, threads=2)
    may_end = threading.Event()
    for _ in range(8):
        runner.start(lambda _: may_end.wait(5), ledger.result, abort=may_end.set)
    assert runner.close()
    assert ledger.results == []


def test_work_that_outlives_its_runner_ends_in_silence(qapp: object, ledger: Ledger, qtbot: QtBot) -> None:
    runner, go_on = TaskRunner(ledger.errors.append), threading.Event()
    runner.start(lambda _: go_on.wait(10), ledger.result)
    assert not runner.close(patience_ms=10)
    pool = runner._near
    delete(runner)
    with qtbot.capture_exceptions() as raised:
        go_on.set()
        assert pool.waitForDone(5000)
    assert (raised, ledger.results, ledger.errors) == ([], [], [])
