"""Every way a service, or the way to it, can fail: once, for some calls, or until it is mended."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.support.http_server import Drip, Plain, Reply, Reset, Silence, as_html

BEFORE = ("timeout", "reset", "status")
"""Nothing was done when these strike."""
AFTER = ("timeout_after", "reset_after", "slow", "cut", "altered", "redirect", "huge", "bomb", "html", "not_json")
"""It was done, and only the answer suffers."""
KINDS = (*BEFORE, *AFTER, "wrong_hash")


@dataclass
class Fault:
    """`status` with `retry_after` in seconds or as the text of the header; `to` is where a redirect leads. It strikes
    `times` calls (0: all), after `skip` that are spared.
    """

    kind: str
    status: int = 0
    retry_after: str = ""
    to: str = "https://elsewhere.example/x"
    every_s: float = 0.2
    megabytes: int = 32
    times: int = 1
    skip: int = 0

    def __post_init__(self) -> None:
        assert self.kind in KINDS, f"no such fault: {self.kind}"

    def strikes(self) -> bool:
        """Counts the call."""
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times == 1:
            self.times = -1
            return True
        if self.times > 1:
            self.times -= 1
        return self.times >= 0

    @property
    def is_spent(self) -> bool:
        return self.times < 0


class Broken(Exception):
    """The call ends here, before anything is done."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def before(fault: Fault) -> Reply:
    """For the kinds of `BEFORE` but `status`, whose body is the provider's."""
    return Silence() if fault.kind == "timeout" else Reset()


def after(fault: Fault, whole: Plain) -> Reply:
    """What becomes of an answer."""
    spoilt: dict[str, Callable[[], Reply]] = {
        "timeout_after": Silence,
        "reset_after": Reset,
        "slow": lambda: Drip(whole.bytes(), fault.every_s, at_once=len(whole.bytes()) // 2),
        "cut": lambda: Cut(whole),
        "altered": lambda: replace(whole, body=_altered(whole.body)),
        "redirect": lambda: Plain(302, b"", {"Location": fault.to}),
        "huge": lambda: replace(whole, body=_filler(whole, fault)),
        "bomb": lambda: replace(
            whole,
            body=gzip.compress(_filler(whole, fault), 9),
            headers={**whole.headers, "Content-Encoding": "gzip"},
        ),
        "html": lambda: as_html(200),
        "not_json": lambda: replace(whole, body=b'{"id": '),
    }
    return spoilt[fault.kind]() if fault.kind in spoilt else whole


@dataclass(frozen=True)
class Cut:
    """Half of the answer, then the connection ends."""

    whole: Plain
    early: bool = False

    def write(self, connection: socket.socket, gone: threading.Event) -> None:
        told = self.whole.bytes()
        connection.sendall(told[: len(told) - len(self.whole.body) // 2 - 1])


def _altered(body: bytes) -> bytes:
    """One byte in the middle is another."""
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 0x20]) + body[middle + 1 :]


def _filler(whole: Plain, fault: Fault) -> bytes:
    """It begins as the answer does, so that it is its size that is refused."""
    start = b"%PDF-1.7\n" if whole.body.startswith(b"%PDF") else b""
    return start + b" " * (fault.megabytes << 20)
