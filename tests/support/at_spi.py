"""Listening where a screen reader listens: a session bus of our own, and on it the accessibility bus.

What is seen here has left the program: names, roles and states as D-Bus brings them (AT-SPI 2), and announcements.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.studios import wait_for

jeepney = pytest.importorskip("jeepney", reason="comes with keyring on Linux")
blocking = pytest.importorskip("jeepney.io.blocking")

ACCESSIBLE, REGISTRY = "org.a11y.atspi.Accessible", "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
FOCUSABLE, FOCUSED, SELECTED, SENSITIVE, SHOWING = 11, 12, 23, 24, 25


@dataclass(frozen=True)
class Spoken:
    """One node of the tree: what can be said of it."""

    path: str
    name: str
    role: str
    states: frozenset[int]
    actions: int
    ancestry: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Somebody can come to it or press it, as it is now."""
        return SHOWING in self.states and (FOCUSABLE in self.states or self.actions > 0)


class Listener:
    """A connection to the accessibility bus. `heard` are the announcements, in order."""

    def __init__(self, address: str) -> None:
        self._bus = blocking.open_dbus_connection(bus=address)
        self.heard: list[str] = []
        rule = jeepney.MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        self._ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch", rule.serialise())
        self._signals: deque[Any] = self._bus.filter(rule, bufsize=500).queue
        # A program speaks only when somebody has asked for events.
        self._ask(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent", "object:announcement")

    def close(self) -> None:
        self._bus.close()

    def wait_for(self, words: str, patience_s: float = 10) -> None:
        """Until an announcement that holds these words is heard; what was heard before it is passed over."""

        def came() -> bool:
            self._take()
            while self.heard:
                if words in self.heard.pop(0):
                    return True
            return False

        wait_for(came, patience_s)

    def programs(self) -> list[tuple[str, str]]:
        return list(self._ask(REGISTRY, ROOT, ACCESSIBLE, "GetChildren"))

    def tree(self, node: tuple[str, str], above: tuple[str, ...] = ()) -> Iterator[Spoken]:
        """The node and everything below it."""
        spoken = self._spoken(node, above)
        yield spoken
        called = f"{spoken.role} {spoken.name}".strip()
        for child in self._ask(*node, ACCESSIBLE, "GetChildren"):
            yield from self.tree(child, (*above, called))

    def _spoken(self, node: tuple[str, str], above: tuple[str, ...]) -> Spoken:
        low, high = self._ask(*node, ACCESSIBLE, "GetState")
        bits = low | high << 32
        can = self._ask(*node, ACCESSIBLE, "GetInterfaces")
        acts = "org.a11y.atspi.Action"
        return Spoken(
            node[1],
            self._read(node, ACCESSIBLE, "Name"),
            self._ask(*node, ACCESSIBLE, "GetRoleName"),
            frozenset(bit for bit in range(64) if bits >> bit & 1),
            self._read(node, acts, "NActions") if acts in can else 0,
            above,
        )

    def _read(self, node: tuple[str, str], interface: str, name: str) -> Any:
        properties = "org.freedesktop.DBus.Properties"
        (_, value) = self._ask(*node, properties, "Get", interface, name)
        return value

    def _ask(self, service: str, path: str, interface: str, method: str, *words: str) -> Any:
        to = jeepney.DBusAddress(path, bus_name=service, interface=interface)
        message = jeepney.new_method_call(to, method, "s" * len(words) or None, words)
        reply = self._bus.send_and_get_reply(message, timeout=20)
        assert reply.header.message_type is jeepney.MessageType.method_return, (method, path, reply.body)
        return reply.body[0] if reply.body else None

    def _take(self) -> None:
        with suppress(TimeoutError):
            self._bus.recv_messages(timeout=0.02)
        while self._signals:
            (_, value) = self._signals.popleft().body[3]
            self.heard.append(str(value))


@contextmanager
def session_bus(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a desktop on which screen readers are at work; skips where its programs are missing."""
    if shutil.which("dbus-daemon") is None or not Path("/usr/libexec/at-spi-bus-launcher").exists():
        pytest.skip("needs dbus-daemon and at-spi2-core")
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:dir={runtime}"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
    )  # fmt: skip
    try:
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        yield environment
    finally:
        bus.terminate()
        bus.communicate(timeout=20)


@contextmanager
def listening(session: dict[str, str]) -> Iterator[Listener]:
    connection = blocking.open_dbus_connection(bus=session["DBUS_SESSION_BUS_ADDRESS"])
    to = jeepney.DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
    (address,) = connection.send_and_get_reply(jeepney.new_method_call(to, "GetAddress"), timeout=20).body
    listener = Listener(address)
    try:
        yield listener
    finally:
        listener.close()
        connection.close()
