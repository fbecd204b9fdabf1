"""One request, one answer, one connection: sent, and read in pieces within limits; foreign exceptions end here."""

import base64
import http.client
import json
import logging
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import requests
from urllib3.exceptions import HTTPError, IncompleteRead
from urllib3.exceptions import TimeoutError as Silence

from app.domain import errors
from app.sync.request import Body, File, Json, Multipart, Raw
from app.sync.road import Adapter, Guard

PIECE: Final = 1 << 16
GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32

# Its debug lines, and one of its warnings, carry whole URLs: queries, and with them links that let people sign.
logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Arriving:
    """An answer whose body is still on the way. `headers` have lower-case names."""

    guard: Guard
    status: int
    headers: Mapping[str, str]
    _raw: Any = field(repr=False)

    @property
    def content_type(self) -> str:
        """Without parameters, lower case; empty when the server says none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def end_is_known(self) -> bool:
        """Else a body that was cut off looks whole (measured: such a body was accepted)."""
        return "content-length" in self.headers or "chunked" in self.headers.get("transfer-encoding", "").lower()

    def pieces(self, limit: int) -> Iterator[bytes]:
        """The body, decompressed. Raises `AnswerTooLarge` as soon as there is more than `limit`."""
        total = 0
        for piece in self._decompressed():
            total += len(piece)
            if total > limit:
                raise errors.AnswerTooLarge(host=self.guard.target.host, limit=limit, perhaps_done=self.guard.doubt)
            yield piece

    def body(self, limit: int) -> bytes:
        return b"".join(self.pieces(limit))

    def start_of_body(self, limit: int) -> bytes:
        """Of a refusal, whose words matter and whose rest does not: what can be had, without complaint."""
        found = b""
        try:
            for piece in self._decompressed():
                found += piece
                if len(found) >= limit:
                    break
        except errors.RemoteError:
            return found
        return found[:limit]

    def _decompressed(self) -> Iterator[bytes]:
        encoding = self.headers.get("content-encoding", "").strip().lower()
        if encoding in ("", "identity"):
            return self._arrived()
        if encoding in ("gzip", "x-gzip", "deflate"):
            return self._inflated()
        raise self._unreadable("it is compressed in a way that was not asked for")

    def _arrived(self) -> Iterator[bytes]:
        try:
            yield from self._raw.stream(PIECE, decode_content=False)
        except (HTTPError, OSError, http.client.HTTPException) as problem:
            raised = _translated(problem, self.guard)
        else:
            return
        raise raised

    def _inflated(self) -> Iterator[bytes]:
        """Never more than a piece at a time: 51 KB may hide 50 MB (measured)."""
        inflater = zlib.decompressobj(GZIP_OR_ZLIB)
        try:
            for arrived in self._arrived():
                rest = arrived
                while rest and not inflater.eof:
                    yield inflater.decompress(rest, PIECE)
                    rest = inflater.unconsumed_tail
            yield inflater.flush()
        except zlib.error:
            raise self._unreadable("its compression is damaged") from None
        if not inflater.eof:
            raise errors.ConnectionLost(host=self.guard.target.host, perhaps_done=self.guard.doubt)

    def _unreadable(self, reason: str) -> errors.AnswerUnreadable:
        return errors.AnswerUnreadable(host=self.guard.target.host, reason=reason, perhaps_done=self.guard.doubt)


@contextmanager
def exchange(guard: Guard, method: str, url: str, headers: Mapping[str, str], body: Body | None) -> Iterator[Arriving]:
    """Sends, and yields what comes back; the connection is closed afterwards. Raises `RemoteError` of the kinds that
    are no answer; redirects are answers like any other.
    """
    adapter = Adapter(guard)
    with ExitStack() as opened:
        opened.callback(adapter.close)
        prepared = _prepared(opened, method, url, headers, body)
        response = _sent(adapter, prepared, guard)
        opened.callback(response.close)
        named = {name.lower(): value for name, value in response.headers.items()}
        yield Arriving(guard, response.status_code, named, response.raw)


def _sent(adapter: Adapter, prepared: requests.PreparedRequest, guard: Guard) -> requests.Response:
    """The error is raised outside the handler, so that it does not carry the foreign one, whose text holds the URL."""
    timeout = (guard.connect_s, guard.watch.limit_s)
    try:
        return adapter.send(prepared, stream=True, timeout=timeout, proxies=guard.road.proxies(guard.target))
    except (requests.RequestException, HTTPError, OSError, http.client.HTTPException) as problem:
        raised = _translated(problem, guard)
    raise raised


def _prepared(
    opened: ExitStack, method: str, url: str, headers: Mapping[str, str], body: Body | None
) -> requests.PreparedRequest:
    given: dict[str, Any] = {}
    more: dict[str, str] = {}
    match body:
        case Json(value):
            given["data"] = json.dumps(value, ensure_ascii=False, allow_nan=False, default=_in_base64).encode()
            more["Content-Type"] = "application/json"
        case File(path, content_type):
            given["data"] = opened.enter_context(_opened(path))
            more["Content-Type"] = content_type
        case Raw(data, content_type):
            given["data"] = data
            more["Content-Type"] = content_type
        case Multipart(texts, files):
            parts = [
                (name, (one.name, opened.enter_context(_opened(one.path)), one.content_type))
                for name, given_files in files.items()
                for one in (given_files if isinstance(given_files, tuple) else (given_files,))
            ]
            given |= {"data": dict(texts), "files": parts}
    return requests.Request(method, url, headers={**headers, **more}, **given).prepare()


def _in_base64(found: object) -> str:
    """What in JSON is none: a file, as text."""
    if not isinstance(found, File):
        raise TypeError(f"{type(found).__name__} is no JSON")
    with _opened(found.path) as file:
        return base64.b64encode(file.read()).decode()


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as problem:
        raise errors.FileUnreadable(path=str(path), reason=problem.strerror or "") from None


def _translated(problem: Exception, guard: Guard) -> errors.RemoteError:
    host, watch = guard.target.host, guard.watch
    chain = tuple(_chain(problem))
    if watch.is_over or any(isinstance(one, TimeoutError | Silence) for one in chain):
        return errors.RemoteTimedOut(host=host, seconds=watch.limit_s, perhaps_done=guard.doubt)
    if any(_is_no_http(one) for one in chain):
        return errors.AnswerUnreadable(host=host, reason="it is not HTTP", perhaps_done=guard.doubt)
    return errors.ConnectionLost(host=host, perhaps_done=guard.doubt)


def _is_no_http(problem: BaseException) -> bool:
    if isinstance(problem, http.client.RemoteDisconnected | http.client.IncompleteRead | IncompleteRead):
        return False
    return isinstance(problem, http.client.HTTPException)


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """What an exception was made of: libraries wrap one in another, as cause, argument or reason."""
    seen: set[int] = set()
    waiting = [problem]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
