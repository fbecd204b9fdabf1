"""A guard at the sockets: tests speak to loopback and to nobody else."""

from __future__ import annotations

import ipaddress
from types import ModuleType
from typing import Any


class NetworkRefused(RuntimeError):
    """No OSError on purpose: what handles a failing network must not swallow the guard."""


def refuse_network(socket: ModuleType) -> None:
    """Wraps what opens a way out: connecting, sending without connection, and asking for names."""
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    ask = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        _expect_loopback(host)
        # A machine fresh from its installer may have no hosts file, and no test is about that.
        return ask("127.0.0.1" if host in ("localhost", b"localhost") else host, *rest, **options)

    socket.getaddrinfo = getaddrinfo  # type: ignore[attr-defined]


def _guarded(method: Any) -> Any:
    def guarded(self: Any, address: Any) -> Any:
        # Only internet addresses are tuples; a local socket has a path.
        if isinstance(address, tuple):
            _expect_loopback(address[0])
        return method(self, address)

    return guarded


def _expect_loopback(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name != "localhost" and not _is_loopback(name):
        raise NetworkRefused(f"a test wanted to speak to {name}")


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
