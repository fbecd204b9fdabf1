"""What all fakes share: the order in which a request is judged, ids and a clock that stand still, a log, faults, hooks.

A request is judged in this order: credential, what the path names, right, payment, body, state, rate. Nothing is kept
of a request before it has passed all of them: `Asked.gate` is called right before something is done.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote

from tests.fakes import faults
from tests.fakes.bodies import Unfit, file_of, json_of, multipart_of
from tests.fakes.checking import Check, Complaint, obj
from tests.fakes.faults import Broken, Fault
from tests.support.http_server import LittleServer, Plain, Reply, Seen, as_json, as_pdf

START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
HIDDEN = "[hidden]"
STORE = "store"
SECRET_HEADERS = ("authorization", "x-api-key", "x-auth-token", "cookie")
SECRET_KEYS = ("password", "client_secret", "access_token")


@dataclass(frozen=True)
class Route:
    """`do` and `find` are methods of the fake. `body` is the shape of its JSON; with `file` the JSON is the part `data`
    of a multipart body and the file another part, or `texts` are the other parts. `raw` are the types of a body that is
    a file. A path that ends with `?flag` wants that flag in its query.
    """

    method: str
    path: str
    do: str
    find: str = ""
    body: Check | None = None
    file: str = ""
    texts: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    query: Mapping[str, Check] = field(default_factory=dict)
    more_query: str = ""
    anonymous: bool = False
    permits: str = ""

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"


@dataclass
class Asked:
    """A request that reached its route. `found` is what the path names."""

    seen: Seen
    route: Route
    at: dict[str, str]
    query: dict[str, str]
    gate: Callable[[], None]
    data: Any = None
    file: bytes = b""
    found: Any = None


class Refused(Exception):
    """The answer is no."""

    def __init__(self, reply: Plain) -> None:
        super().__init__(reply.body.decode("utf-8", "replace"))
        self.reply = reply


class Fake:
    """One provider. `bases` are the paths its API may begin with; `invalid` is the status of a wrong body."""

    name: ClassVar[str]
    bases: ClassVar[tuple[str, ...]]
    routes: ClassVar[tuple[Route, ...]]
    invalid: ClassVar[int] = 422

    def __init__(self, key: str = "", *, seed: int = 1, now: datetime = START, strict: bool = True) -> None:
        self.key = key or self.usual_key
        self.now = now
        self.strict = strict
        self.origin = "http://127.0.0.1"
        self.store_origin = "http://127.0.0.1"
        self._stored: dict[str, tuple[bytes, datetime]] = {}
        self.log: list[dict[str, Any]] = []
        self._faults: dict[str, list[Fault]] = {}
        self._seed = seed
        self._counts: dict[str, int] = {}
        self._lock = threading.RLock()

    usual_key: ClassVar[str] = "key"

    # -- what a provider says ----------------------------------------------------------------------------------------

    def knows(self, seen: Seen) -> bool:
        """Whether the credential is good."""
        return seen.headers.get("authorization") == f"Bearer {self.key}"

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        """An error in the shape of the provider."""
        raise NotImplementedError

    def refuse(self, status: int, message: str, *complaints: Complaint) -> Refused:
        return Refused(self.refusal(status, message, complaints))

    def invalid_at(self, path: str, problem: str) -> Refused:
        return self.refuse(self.invalid, "Validation failed.", Complaint(path, problem))

    # -- serving -----------------------------------------------------------------------------------------------------

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[Fake]:
        """On loopback, closed afterwards; a request that is no proper HTTP fails the test."""
        server, store = LittleServer(self, port=port), LittleServer(self._fetched)
        self.origin, self.store_origin = server.url, store.url
        try:
            yield self
        finally:
            server.close()
            store.close()
        assert not [*server.complaints, *store.complaints]

    def link(self, data: bytes, lasts_s: float = 3600.0) -> str:
        """At another origin, as stores of files are, where whoever has the address needs no credential."""
        token = self.token("link", 32)
        self._stored[token] = (data, self.now + timedelta(seconds=lasts_s))
        return f"{self.store_origin}/{token}.pdf"

    def _fetched(self, seen: Seen) -> Reply:
        """A credential that comes here has gone to a stranger."""
        with self._lock:
            data, until = self._stored.get(seen.path.strip("/").removesuffix(".pdf"), (b"", self.now))
            if set(seen.headers) & set(SECRET_HEADERS):
                return as_json({"error": "a credential was sent to a store of files"}, 400)
            if not data or until <= self.now:
                return as_json({"error": "Request has expired"}, 403)
            fault = self._struck(STORE)
            if fault and fault.kind in faults.BEFORE:
                return Plain(fault.status) if fault.kind == "status" else faults.before(fault)
            return faults.after(fault, as_pdf(data)) if fault else as_pdf(data)

    @property
    def url(self) -> str:
        """What an account is given."""
        return f"{self.origin}{self.bases[0]}"

    def __call__(self, seen: Seen) -> Reply:
        with self._lock:
            if seen.path.startswith("/__test__/"):
                return self._hooked(seen)
            try:
                return self._judged(seen)
            except Broken as broken:
                return broken.reply
            except Refused as refused:
                return refused.reply

    def _judged(self, seen: Seen) -> Reply:
        found = self._route(seen)
        route = found[0] if found else None
        self._noted(seen, route)
        if (route is None or not route.anonymous) and not self.knows(seen):
            raise self.refuse(401, "Invalid or missing credential.")
        if found is None:
            raise self.refuse(404, "Not found.")
        route, at, query = found
        fault = self._fault(route)
        asked = Asked(seen, route, at, query, lambda: self._gate(fault))
        if fault and fault.kind == "status" and fault.status not in (429,):
            raise self._forced(fault)
        self._permitted(asked)
        self._read(asked)
        if route.method == "GET":
            asked.gate()
        whole: Plain = getattr(self, route.do)(asked)
        whole = replace(whole, headers={**whole.headers, **self.always_told()})
        return faults.after(fault, self.touched(fault, whole)) if fault else whole

    def always_told(self) -> dict[str, str]:
        """Headers of every answer."""
        return {}

    def touched(self, fault: Fault, whole: Plain) -> Plain:
        """For faults only the provider knows how to make, as `wrong_hash`."""
        return whole

    def _permitted(self, asked: Asked) -> None:
        if asked.route.find:
            asked.found = getattr(self, asked.route.find)(asked)
        if asked.route.permits:
            getattr(self, asked.route.permits)(asked)

    def _read(self, asked: Asked) -> None:
        route, seen = asked.route, asked.seen
        complaints = list(obj(route.query, route.more_query)(asked.query, "")) if self.strict else []
        try:
            if route.raw:
                asked.file = file_of(seen, route.raw)
            elif route.file and seen.headers.get("content-type", "").startswith("multipart/"):
                asked.data, asked.file = multipart_of(seen, route.file, route.texts)
            elif route.body:
                asked.data = json_of(seen)
            elif seen.body:
                raise Unfit("a body where none is taken")
        except Unfit as unfit:
            raise self.refuse(self.invalid, str(unfit), Complaint("", str(unfit))) from None
        if route.body and not route.raw:
            complaints += route.body(asked.data, "")
        if not self.strict:
            complaints = [one for one in complaints if one.problem != "is not a known key"]
        if complaints:
            raise self.refuse(self.invalid, "Validation failed.", *complaints)

    def _gate(self, fault: Fault | None) -> None:
        """The last point at which a call may fail without having done anything."""
        if fault is None:
            return
        if fault.kind == "status":
            raise self._forced(fault)
        if fault.kind in faults.BEFORE:
            raise Broken(faults.before(fault))

    def _forced(self, fault: Fault) -> Refused:
        said = self.refusal(fault.status, f"As told: {fault.status}.")
        more = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        return Refused(Plain(fault.status, said.body, {**said.headers, **more}))

    # -- where it leads ----------------------------------------------------------------------------------------------

    def _route(self, seen: Seen) -> tuple[Route, dict[str, str], dict[str, str]] | None:
        query = dict(parse_qsl(seen.target.partition("?")[2], keep_blank_values=True))
        for base in self.bases:
            if not seen.path.startswith(f"{base}/"):
                continue
            for route in self.routes:
                at = matched(route, seen.method, seen.path.removeprefix(base), query)
                if at is not None:
                    flag = route.path.partition("?")[2]
                    return route, at, {name: value for name, value in query.items() if name != flag}
        return None

    def fail(self, route: str, kind: str, **more: Any) -> None:
        """`route` as `POST /signature_requests/{id}/remind`, `*` for every one, or `store` for links to files."""
        assert route in ("*", STORE) or route in {one.key for one in self.routes}, f"no such route: {route}"
        self._faults.setdefault(route, []).append(Fault(kind, **more))

    def mend(self) -> None:
        self._faults.clear()

    def _fault(self, route: Route) -> Fault | None:
        return self._struck(route.key) or self._struck("*")

    def _struck(self, key: str) -> Fault | None:
        for fault in self._faults.get(key, []):
            if not fault.is_spent and fault.strikes():
                return fault
        return None

    # -- identifiers, clock, log -------------------------------------------------------------------------------------

    def count(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def token(self, kind: str, length: int = 24) -> str:
        """The same for the same seed and the same history."""
        made = hashlib.sha256(f"{self._seed}/{kind}/{self.count(kind)}".encode()).hexdigest()
        return (made * 2)[:length]

    def stamp(self, moment: datetime | None = None, *, places: int = 0) -> str:
        """ISO 8601 in UTC with 0, 3 or 6 places, as the providers differ."""
        spec = {0: "seconds", 3: "milliseconds", 6: "microseconds"}[places]
        return (moment or self.now).isoformat(timespec=spec).replace("+00:00", "Z")

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.tick()

    def tick(self) -> None:
        """What time alone changes."""

    def _noted(self, seen: Seen, route: Route | None) -> None:
        headers = {name: HIDDEN if name in SECRET_HEADERS else value for name, value in seen.headers.items()}
        path = seen.target if route is None or "{short_code}" not in route.path else route.path
        self.log.append({"method": seen.method, "path": path, "headers": headers, "body": _shown(seen)})

    def asked_for(self, route: str) -> list[dict[str, Any]]:
        """Of the log, the requests that reached a route."""
        (wanted,) = [one for one in self.routes if one.key == route]
        return [line for line in self.log if self._is_of(wanted, line)]

    def _is_of(self, route: Route, line: Mapping[str, Any]) -> bool:
        path, _, query = line["path"].partition("?")
        flags = dict(parse_qsl(query, keep_blank_values=True))
        return any(
            matched(route, line["method"], path.removeprefix(base), flags) is not None
            for base in self.bases
            if path.startswith(f"{base}/")
        )

    # -- by hand -----------------------------------------------------------------------------------------------------

    def _hooked(self, seen: Seen) -> Plain:
        """`POST /__test__/sign {...}` calls `sign(**{...})`; `GET /__test__/log` shows what was asked."""
        hook = seen.path.removeprefix("/__test__/")
        if hook == "log":
            return as_json(self.log)
        if hook not in ("sign", "view", "decline", "advance", "fail", "mend") or not hasattr(self, hook):
            return as_json({"error": f"no hook {hook}"}, 404)
        given = json.loads(seen.body) if seen.body else {}
        try:
            getattr(self, hook)(**given)
        except (AssertionError, LookupError, TypeError) as problem:
            return as_json({"error": str(problem)}, 400)
        return as_json({"now": self.stamp()})


def matched(route: Route, method: str, path: str, query: Mapping[str, str]) -> dict[str, str] | None:
    """The values of the path's names, or None where the route is another."""
    template, _, flag = route.path.partition("?")
    if route.method != method or (flag and flag not in query):
        return None
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template))
    hit = re.fullmatch(pattern, path)
    return {name: unquote(value) for name, value in hit.groupdict().items()} if hit else None


def _shown(seen: Seen) -> Any:
    """JSON without secrets; of files only size and fingerprint."""
    if not seen.body:
        return None
    if seen.headers.get("content-type", "").startswith("application/json"):
        try:
            return _struck(json.loads(seen.body))
        except ValueError:
            return "not JSON"
    return {"bytes": len(seen.body), "sha256": hashlib.sha256(seen.body).hexdigest()}


def _struck(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: HIDDEN if name in SECRET_KEYS else _struck(one) for name, one in data.items()}
    return [_struck(one) for one in data] if isinstance(data, list) else data
