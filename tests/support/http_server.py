"""A little strict HTTP server on loopback: real threads, real sockets, and every way a server can go wrong.

It answers what a script says, one connection a request, and remembers what it was asked. What is no proper HTTP/1.1 is
a complaint, and complaints fail the test that leaves them.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

PATIENCE_S = 10.0
TLS_HELLO = b"\x16"
REASONS = {200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 302: "Found"}


@dataclass(frozen=True)
class Seen:
    """One request as it arrived. `headers` have lower-case names."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(Protocol):
    """What is written back; `gone` is set when the server closes."""

    @property
    def early(self) -> bool: ...

    def write(self, connection: socket.socket, gone: threading.Event) -> None: ...


Script = Callable[[Seen], Reply]


@dataclass(frozen=True)
class Plain:
    """A whole answer. `length` overrules Content-Length: a number to lie, None to leave it out."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = -1
    early: bool = False

    def bytes(self) -> bytes:
        head = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'As Told')}", "Connection: close"]
        length = len(self.body) if self.length == -1 else self.length
        if length is not None and self.status != 204:
            head.append(f"Content-Length: {length}")
        head += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*head, "", ""]).encode() + self.body

    def write(self, connection: socket.socket, gone: threading.Event) -> None:
        connection.sendall(self.bytes())


@dataclass(frozen=True)
class Drip:
    """An answer, a byte at a time; `at_once` bytes come first."""

    whole: bytes
    every_s: float
    at_once: int = 0
    early: bool = False

    def write(self, connection: socket.socket, gone: threading.Event) -> None:
        connection.sendall(self.whole[: self.at_once])
        for number in range(self.at_once, len(self.whole)):
            if gone.wait(self.every_s):
                return
            connection.sendall(self.whole[number : number + 1])


@dataclass(frozen=True)
class Silence:
    """No answer at all."""

    early: bool = False

    def write(self, connection: socket.socket, gone: threading.Event) -> None:
        gone.wait(PATIENCE_S)


@dataclass(frozen=True)
class Reset:
    """The connection is torn down; with `early` in the middle of the upload, before its body is read."""

    first: bytes = b""
    early: bool = False

    def write(self, connection: socket.socket, gone: threading.Event) -> None:
        connection.sendall(self.first)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def as_json(data: Any, status: int = 200, **headers: str) -> Plain:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Plain(status, json.dumps(data).encode(), {"Content-Type": "application/json", **named})


def as_html(status: int = 200) -> Plain:
    page = b"<!doctype html><title>Hotel</title><a href='/login'>Log in to our network</a>"
    return Plain(status, page, {"Content-Type": "text/html; charset=utf-8"})


def as_pdf(body: bytes, **headers: str) -> Plain:
    return Plain(200, body, {"Content-Type": "application/pdf", **headers})


def bomb(megabytes: int, content_type: str = "application/json") -> Plain:
    """A thousand times larger than it looks."""
    body = gzip.compress(b" " * (megabytes << 20), 9)
    return Plain(200, body, {"Content-Type": content_type, "Content-Encoding": "gzip"})


class LittleServer:
    """`script` says what each request gets, or is a list of replies, the last of which is repeated; only a list can
    answer early."""

    def __init__(self, script: Script | list[Reply], tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.seen: list[Seen] = []
        self.complaints: list[str] = []
        self.handshakes_failed = 0
        self._script = script
        self._tls = tls
        self._gone = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", port))
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        port: int = self._listening.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._gone.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(PATIENCE_S)

    def _accept(self) -> None:
        while not self._gone.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE_S)
        self._open.add(connection)
        try:
            if self._tls is not None:
                connection = self._wrapped(connection)
            self._answer(connection)
        except OSError:
            return  # the client went away, which is what many of the tests are about
        finally:
            self._open.discard(connection)
            connection.close()

    def _wrapped(self, connection: socket.socket) -> socket.socket:
        assert self._tls is not None
        try:
            wrapped = self._tls.wrap_socket(connection, server_side=True)
        except OSError:
            self.handshakes_failed += 1
            raise
        self._open.discard(connection)
        self._open.add(wrapped)
        return wrapped

    def _answer(self, connection: socket.socket) -> None:
        reader = connection.makefile("rb")
        try:
            seen = read_head(reader)
            if seen is None:
                return
            reply = None if callable(self._script) else self._script[min(len(self.seen), len(self._script) - 1)]
            if reply is None or not reply.early:
                seen = Seen(seen.method, seen.target, seen.headers, read_body(reader, seen))
            if callable(self._script):
                reply = self._script(seen)
            self.seen.append(seen)
            assert reply is not None
            reply.write(connection, self._gone)
        except Unstrict as problem:
            self.complaints.append(str(problem))
            connection.sendall(Plain(400).bytes())
        finally:
            reader.close()


class Unstrict(Exception):
    """What no proper client sends."""


def read_head(reader: Any) -> Seen | None:
    """None when the client said nothing at all."""
    if reader.peek(1)[:1] == TLS_HELLO:
        raise Unstrict("TLS, where none is spoken")
    first = reader.readline(8192).decode("latin-1")
    if not first:
        return None
    method, _, rest = first.rstrip("\r\n").partition(" ")
    target, _, version = rest.rpartition(" ")
    if version != "HTTP/1.1" or not method.isupper() or " " in target:
        raise Unstrict(f"request line: {first!r}")
    headers: dict[str, str] = {}
    while (line := reader.readline(8192).decode("latin-1").rstrip("\r\n")) != "":
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or name.lower() in headers:
            raise Unstrict(f"header: {line!r}")
        headers[name.lower()] = value.strip()
    if "host" not in headers:
        raise Unstrict("no Host")
    return Seen(method, target, headers)


def read_body(reader: Any, seen: Seen) -> bytes:
    if "transfer-encoding" in seen.headers:
        raise Unstrict("a body whose length is not told")
    body: bytes = reader.read(int(seen.headers.get("content-length", "0")))
    if len(body) != int(seen.headers.get("content-length", "0")):
        raise Unstrict("the body is short")
    if body and "content-type" not in seen.headers:
        raise Unstrict("a body of no type")
    return body


class LittleProxy:
    """CONNECT to any name leads to one port of this machine, as a company's proxy leads out of it; `opens` False
    refuses."""

    def __init__(self, port: int, opens: bool = True) -> None:
        self.asked: list[str] = []
        self._port = port
        self._opens = opens
        self._pairs: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        for one in (self._listening, *self._pairs):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in list(self._threads):
            thread.join(PATIENCE_S)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self._pairs.append(client)
            self._start(self._tunnel, client)

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _tunnel(self, client: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            if not (piece := client.recv(1)):
                return
            head += piece
        self.asked.append(head.decode().splitlines()[0])
        if not self._opens:
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self._port), PATIENCE_S)
        self._pairs.append(server)
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self._start(_pump, server, client)
        _pump(client, server)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def serving(script: Script | list[Reply] | Reply, tls: ssl.SSLContext | None = None) -> Iterator[LittleServer]:
    """Closed, and without complaints, afterwards."""
    server = LittleServer(script if callable(script) or isinstance(script, list) else [script], tls)
    try:
        yield server
    finally:
        server.close()
    assert not server.complaints


@contextmanager
def proxying(port: int, opens: bool = True) -> Iterator[LittleProxy]:
    proxy = LittleProxy(port, opens)
    try:
        yield proxy
    finally:
        proxy.close()
