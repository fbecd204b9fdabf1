"""An interrupt that the system gave to a thread which does not handle it."""

from __future__ import annotations

import signal
import threading

import pytest

from app.cli.interrupting import handed_on


def test_what_another_thread_got_ends_the_wait_of_the_main_one() -> None:
    """Blocked in the main thread, the signal of the process goes to the other one, as a kernel may choose."""
    handled, never = threading.Event(), threading.Event()

    def stop(*_: object) -> None:
        handled.set()
        raise KeyboardInterrupt

    def waited() -> None:
        with handed_on(handled):
            signal.pthread_kill(other.ident or 0, signal.SIGINT)
            never.wait()

    other = threading.Thread(target=never.wait, daemon=True)
    other.start()
    late = threading.Timer(20, never.set)
    late.start()
    before = signal.signal(signal.SIGINT, stop)
    try:
        with pytest.raises(KeyboardInterrupt):
            waited()
        assert handled.is_set()
        assert not never.is_set()
    finally:
        late.cancel()
        signal.signal(signal.SIGINT, before)
        never.set()
        other.join()


def test_what_the_main_thread_handled_is_not_told_twice() -> None:
    handled, told = threading.Event(), list[int]()

    def stop(*_: object) -> None:
        handled.set()
        told.append(1)

    before = signal.signal(signal.SIGINT, stop)
    try:
        with handed_on(handled):
            signal.raise_signal(signal.SIGINT)
            threading.Event().wait(0.6)
    finally:
        signal.signal(signal.SIGINT, before)
    assert told == [1]
    assert signal.set_wakeup_fd(-1) == -1
