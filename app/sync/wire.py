"""Sockets that know when to stop, and count.

The time-out of `requests` begins anew with every read, so that a server that sends a byte a second holds a client for
ever (measured: one second became 9.5). Here each system call is given what is left of the whole, and no thread watches.
"""

import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing_extensions import Buffer

Now = Callable[[], float]


class Deadline:
    """A moment that does not move, on the clock that cannot be set back."""

    def __init__(self, seconds: float, now: Now = time.monotonic) -> None:
        self.seconds = seconds
        self._now = now
        self._end = now() + seconds

    @property
    def left_s(self) -> float:
        """Negative when it has passed."""
        return self._end - self._now()


class Watch:
    """One connection: how long it may take still, and what has passed. `silence_s` limits one wait for the peer."""

    def __init__(self, deadline: Deadline, silence_s: float) -> None:
        self.deadline = deadline
        self._silence_s = silence_s
        self.begun = False
        self.sent = 0
        self.received = 0

    @property
    def is_over(self) -> bool:
        return self.deadline.left_s <= 0

    @property
    def limit_s(self) -> float:
        """The limit that has been, or would be, reached first."""
        return self.deadline.seconds if self.is_over else self._silence_s

    def allow(self) -> float:
        """Seconds for the next system call. Raises TimeoutError when the whole is over."""
        left = self.deadline.left_s
        if left <= 0:
            raise TimeoutError("the whole took too long")
        return min(self._silence_s, left)


class WatchedSocket(socket.socket):
    """The two calls `http.client` makes."""

    watch: Watch

    def recv_into(self, *arguments: Any) -> int:
        self.settimeout(self.watch.allow())
        count = super().recv_into(*arguments)
        self.watch.received += count
        return count

    def sendall(self, data: "Buffer", *flags: int) -> None:
        self.settimeout(self.watch.allow())
        self.watch.begun = True
        super().sendall(data, *flags)
        self.watch.sent += memoryview(data).nbytes


class WatchedTls(ssl.SSLSocket):
    """`sendall` of the base class goes through `send`, a record at a time, so a slow upload is no silence."""

    watch: Watch

    def recv_into(self, *arguments: Any) -> int:
        self.settimeout(self.watch.allow())
        count = super().recv_into(*arguments)
        self.watch.received += count
        return count

    def send(self, data: "Buffer", flags: int = 0) -> int:
        self.settimeout(self.watch.allow())
        self.watch.begun = True
        count = super().send(data, flags)
        self.watch.sent += count
        return count


Resolve = Callable[[str, int], list[Any]]


def resolve(host: str, port: int) -> list[Any]:
    """As `socket.getaddrinfo` answers for TCP; the system's resolver keeps its own time, a few seconds."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


OLD: Final = {"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "SSLV3_ALERT_HANDSHAKE_FAILURE"}
PLAIN: Final = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"}
VERIFY: Final = {
    9: "expired",
    10: "expired",
    18: "self_signed",
    19: "unknown_authority",
    20: "unknown_authority",
    21: "unknown_authority",
    62: "wrong_host",
    64: "wrong_host",
}
"""X509_V_ERR_… of OpenSSL."""


def tls_reason(problem: ssl.SSLError) -> str:
    """The fact `reason` of `TlsRefused`."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return VERIFY.get(problem.verify_code, "certificate")
    if problem.reason in OLD:
        return "old_version"
    return "no_tls" if problem.reason in PLAIN else "certificate"
