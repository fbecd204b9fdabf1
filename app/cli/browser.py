"""The person's web browser, from a terminal: the page is opened, its address told, and Ctrl+C gives it up."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final

from app.cli import interrupting
from app.services.visiting import Show, Visit, Visits

TOLD: Final = """paraph: {purpose} at {host}, in a web browser on this machine. Should no page open, open this one:
{url}
It is waited for up to {minutes:.0f} minutes; Ctrl+C stops it."""


def shower(*, as_json: bool) -> Show:
    """The address goes to standard error: standard output holds the answer of the command and nothing else."""

    def show(visit: Visit) -> None:
        import webbrowser

        told = TOLD.format(purpose=visit.purpose, host=visit.host, url=visit.url, minutes=visit.patience_s / 60)
        if as_json:
            told = json.dumps({"browser": {"purpose": visit.purpose, "host": visit.host, "url": visit.url}})
        with suppress(OSError):
            print(told, file=sys.stderr, flush=True)
        with _nothing_on_stdout(), suppress(webbrowser.Error, OSError):
            webbrowser.open(visit.url)

    return show


@contextmanager
def stopped_by_interrupt(visits: Visits) -> Iterator[None]:
    """Inside, an interrupt also ends the wait of other threads: a run of sealing ends with the files it has begun."""
    at_hand = threading.current_thread() is threading.main_thread()
    if not at_hand or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    handled = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        handled.set()
        # In a thread: what was interrupted may hold the lock that this needs.
        threading.Thread(target=visits.close, daemon=True).start()
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, stop)
    try:
        with interrupting.handed_on(handled):
            yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _nothing_on_stdout() -> Iterator[None]:
    """Browsers chat on what they inherit."""
    try:
        kept = os.dup(1)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
