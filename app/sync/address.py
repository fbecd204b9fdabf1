"""Where requests may go: https, or this very machine where the account itself lives there; never a private network.

A name is judged again as the address it leads to, each time a connection is opened: a name that is public today may
lead into the company's network tomorrow (DNS rebinding), and a service's answer may name any host.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from app.domain import errors

PORTS = {"https": 443, "http": 80}
UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|[0-9a-f:.]+")
UNREADABLE = "(no address)"
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """A judged URL. `path` never ends with a slash; `host` is in ASCII, IPv6 without brackets."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """What a credential belongs to (RFC 6454)."""
        return self.scheme, self.host, self.port

    @property
    def root(self) -> str:
        """The URL of the origin, without a path."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{port}"

    @property
    def url(self) -> str:
        return self.root + self.path

    @property
    def is_loopback(self) -> bool:
        return _is_loopback(self.host)


def read(text: str) -> Address:
    """A base URL as people type it. Raises `TargetRefused`; its reasons are `address`, `http`, `private`."""
    address = _judged(text)
    parts = urlsplit(text)
    if parts.query or parts.fragment:
        raise errors.TargetRefused(host=address.host, reason="address")
    return address


def read_plain(text: str) -> Address:
    """As `read`, for what is believed because of its own signature: http is as good as https, and a query may be."""
    return _judged(text, plain=True)


def read_proxy(text: str) -> str:
    """As the setting has it, without a slash at the end; empty for none. Raises `SpecError`: what it says repeats
    nothing of it, and a password in it would stand in the file of settings for all to read.
    """
    if text and not _is_plain_proxy(text):
        raise errors.SpecError(
            path="settings.json: proxy_url", problem="should be http://host:port, without a password"
        )
    return text.rstrip("/")


def follow(base: Address, link: str) -> tuple[Address, str]:
    """A link out of an answer, absolute or relative to the base's origin: where it leads, and the whole URL.

    Raises `TargetRefused`, also for this machine unless the base is there.
    """
    if UNFIT.search(link):
        raise errors.TargetRefused(host=base.host, reason="address")
    url = urljoin(f"{base.root}/", link)
    address = _judged(url)
    if address.is_loopback and not base.is_loopback:
        raise errors.TargetRefused(host=address.host, reason="loopback")
    return address, url.partition("#")[0]


def expect_allowed(host: str, ip: str, *, loopback: bool) -> None:
    """`ip` is what `host` was found to be. Raises `TargetRefused` with `private` or `loopback`."""
    found = _bare(ipaddress.ip_address(ip.partition("%")[0]))
    if found.is_loopback:
        if not loopback:
            raise errors.TargetRefused(host=host, reason="loopback")
    elif not found.is_global or found.is_multicast:
        raise errors.TargetRefused(host=host, reason="private")


def _judged(text: str, *, plain: bool = False) -> Address:
    # What cannot be taken apart is not repeated: a password may be in it.
    refused = errors.TargetRefused(host=UNREADABLE, reason="address")
    if UNFIT.search(text):
        raise refused
    try:
        parts = urlsplit(text)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        raise refused from None
    if parts.scheme not in PORTS or "@" in parts.netloc or not NAME.fullmatch(host) or port == 0:
        raise errors.TargetRefused(host=host, reason="address")
    if parts.scheme == "http" and not plain and not _is_loopback(host):
        raise errors.TargetRefused(host=host, reason="http")
    if _is_ip(host):
        expect_allowed(host, host, loopback=True)
    return Address(parts.scheme, host, port or PORTS[parts.scheme], parts.path.rstrip("/"))


def _is_plain_proxy(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    alone = "@" not in parts.netloc and not parts.path.strip("/") and not parts.query and not parts.fragment
    return parts.scheme == "http" and named and alone and not UNFIT.search(text)


def _ascii(host: str) -> str:
    """Names in other scripts travel as punycode, and are shown so: a look-alike cannot pass for the real one."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii")


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_ip(host) and ipaddress.ip_address(host).is_loopback)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _bare(found: IPAddress) -> IPAddress:
    """An IPv4 address carried inside an IPv6 one is what the packet reaches in the end."""
    if isinstance(found, ipaddress.IPv4Address):
        return found
    if found in NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else found)
