"""Ctrl+C reaches the thread that handles it: a system may give a signal to any thread of a program, and a main thread
that waits for another one does not look up for what that one got.
"""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE_S: Final = 0.3
"""In which the main thread handles it where it got it itself."""


@contextmanager
def handed_on(handled: threading.Event) -> Iterator[None]:
    """In the main thread: an interrupt after which nobody sets `handled` is given to the main thread itself, once."""
    if not hasattr(signal, "pthread_kill"):
        yield
        return
    main = threading.get_ident()
    there, here = socket.socketpair()
    here.setblocking(False)

    def watch() -> None:
        while octets := there.recv(64):
            if signal.SIGINT in octets and not handled.wait(PATIENCE_S):
                signal.pthread_kill(main, signal.SIGINT)
                return

    watching = threading.Thread(target=watch, daemon=True, name="interrupts")
    watching.start()
    before = signal.set_wakeup_fd(here.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        here.close()
        watching.join(1.0)
        there.close()
