"""The way from here to a server: proxy, trusted certificates, and the connections `requests` is given.

Nothing of it comes from the surroundings: no proxy variable, no `.netrc` (measured: it replaced the bearer token), no
key log file.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from app.domain import errors
from app.sync.address import Address, expect_allowed
from app.sync.wire import Resolve, Watch, WatchedSocket, WatchedTls, resolve, tls_reason


@dataclass(frozen=True)
class Road:
    """`proxy` is `http://host:port` or empty; it is not used for this machine. `ca_file` (PEM) is trusted beside the
    public authorities: a company that looks into its traffic signs with its own.
    """

    proxy: str = ""
    ca_file: Path | None = None
    resolve: Resolve = resolve

    @cached_property
    def context(self) -> ssl.SSLContext:
        """TLS 1.2 or newer, name and chain checked, and no way to switch that off. Raises `CertificateUnreadable`."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.sslsocket_class = WatchedTls
        context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
        if self.ca_file is not None:
            try:
                context.load_verify_locations(self.ca_file)
            except (OSError, ValueError):
                raise errors.CertificateUnreadable(path=str(self.ca_file)) from None
        return context

    def proxies(self, target: Address) -> dict[str, str]:
        return {} if target.is_loopback or not self.proxy else {"http": self.proxy, "https": self.proxy}


@dataclass(frozen=True)
class Guard:
    """Opens the sockets of one exchange. `loopback`: the account lives on this machine. `safe`: the request may be done
    twice, so it does not matter whether it was."""

    road: Road
    target: Address
    watch: Watch
    connect_s: float
    loopback: bool
    safe: bool = True

    @property
    def doubt(self) -> bool:
        """The fact `perhaps_done`, should there be no answer now."""
        return self.watch.begun and not self.safe

    @property
    def is_proxied(self) -> bool:
        return bool(self.road.proxies(self.target))

    def open(self, host: str, port: int) -> WatchedSocket:
        """Connected to the first address that answers; all of them are judged before any is tried.

        Through a proxy the name is the proxy's to look up, and the proxy itself was chosen by the person.
        """
        found = self._resolved(host, port)
        if not self.is_proxied:
            for *_, where in found:
                expect_allowed(self.target.host, where[0], loopback=self.loopback)
        problem: errors.RemoteError = errors.NoConnection(host=self.target.host, reason="unknown_name")
        for family, kind, protocol, _, where in found:
            opened = WatchedSocket(family, kind, protocol)
            opened.watch = Watch(self.watch.deadline, self.connect_s)
            try:
                opened.settimeout(opened.watch.allow())
                opened.connect(where)
            except OSError as error:
                opened.close()
                problem = self._unreached(error)
            else:
                return opened
        raise problem

    def _resolved(self, host: str, port: int) -> list[Any]:
        try:
            return self.road.resolve(host, port)
        except OSError:
            raise errors.NoConnection(host=self.target.host, reason="unknown_name") from None

    def _unreached(self, problem: OSError) -> errors.RemoteError:
        if isinstance(problem, TimeoutError):
            return errors.RemoteTimedOut(host=self.target.host, seconds=self.connect_s, perhaps_done=False)
        refused = isinstance(problem, ConnectionRefusedError)
        reason = "proxy" if self.is_proxied else "refused" if refused else "unreachable"
        return errors.NoConnection(host=self.target.host, reason=reason)

    def unproven(self, problem: Exception) -> errors.RemoteError:
        """What a failed handshake, or a failed CONNECT before it, means."""
        host = self.target.host
        if isinstance(problem, ssl.SSLError) and not isinstance(problem, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return errors.TlsRefused(host=host, reason=tls_reason(problem))
        if isinstance(problem, TimeoutError):
            return errors.RemoteTimedOut(host=host, seconds=self.connect_s, perhaps_done=False)
        return errors.NoConnection(host=host, reason="proxy" if self.is_proxied else "closed")


class _Plain(HTTPConnection):
    def __init__(self, guard: Guard, *places: Any, **options: Any) -> None:
        super().__init__(*places, **options)
        self._guard = guard

    def _new_conn(self) -> WatchedSocket:
        opened = self._guard.open(self.host, self.port or 80)
        opened.watch = self._guard.watch
        return opened


class _Tls(HTTPSConnection):
    def __init__(self, guard: Guard, *places: Any, **options: Any) -> None:
        ours = {"ssl_context": guard.road.context, "ca_certs": None, "ca_cert_dir": None, "ca_cert_data": None}
        super().__init__(*places, **{**options, **ours})
        self._guard = guard

    def _new_conn(self) -> WatchedSocket:
        return self._guard.open(self.host, self.port or 443)

    def connect(self) -> None:
        """Nothing of the request has left when this fails."""
        try:
            super().connect()
        except OSError as problem:
            self.close()
            raise self._guard.unproven(problem) from None
        cast("WatchedTls", self.sock).watch = self._guard.watch


class Adapter(HTTPAdapter):
    """`requests` without a session, so without cookies, redirects and surroundings; one adapter an exchange, because a
    connection kept open may be dead when the next request is written into it, and whether that one arrived is then
    anybody's guess.
    """

    def __init__(self, guard: Guard) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self._guard = guard

    def get_connection_with_tls_context(
        self, request: PreparedRequest, verify: Any, proxies: Mapping[str, str] | None = None, cert: Any = None
    ) -> HTTPConnectionPool:
        pool = cast("HTTPConnectionPool", super().get_connection_with_tls_context(request, verify, proxies, cert))
        kind = _Tls if pool.scheme == "https" else _Plain
        pool.ConnectionCls = partial(kind, self._guard)  # type: ignore[assignment]
        return pool
