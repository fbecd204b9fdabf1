"""What a seal needs from the network: time stamps, and proof that certificates were not revoked. Fetched here, in the
program's own process; judged where the seals are made.
"""

from typing import TYPE_CHECKING, Final

from app.sealing.levels import Fetch, Kind, Terms, Want
from app.services import reaching, trusting
from app.services.house import House
from app.sync import address

if TYPE_CHECKING:
    from app.sync.fetching import Errand

_MEGABYTE: Final = 1 << 20
_QUERIES: Final = {
    Kind.TIMESTAMP: ("time stamp", "application/timestamp-query", ("application/timestamp-reply",), _MEGABYTE),
    Kind.OCSP: ("certificate status", "application/ocsp-request", ("application/ocsp-response",), _MEGABYTE),
    Kind.CRL: ("revocation list", "", (), 16 * _MEGABYTE),
    Kind.ISSUER: ("issuer of a certificate", "", (), _MEGABYTE),
}
"""Why, what is sent, what may come, and how much of it."""


def errand_of(want: Want) -> "Errand":
    """`requests` is imported here at the earliest: who seals offline does not need it."""
    from app.sync.fetching import Errand

    why, sent, accepted, limit = _QUERIES[want.kind]
    return Errand(want.url, why, want.body, sent, accepted, limit)


def terms(house: House, tsa_url: str | None = None) -> Terms:
    """Who is trusted here, and which authority is asked: the one given, else that of the settings."""
    chosen = house.settings.tsa_url if tsa_url is None else tsa_url
    return Terms(trusting.anchors(house), chosen.strip(), house.clock.now())


def fetch(house: House, asked: Terms) -> Fetch:
    """Certificates may lead to this machine only where the person has put the authority itself there."""
    from app.sync.fetching import Fetcher

    local = bool(asked.tsa_url) and address.read_plain(asked.tsa_url).is_loopback
    fetcher = Fetcher(house.library.connections, house.clock.now, reaching.road(house), loopback=local)
    return lambda want: fetcher.fetch(errand_of(want))


def fetch_soon(house: House, *, loopback: bool) -> Fetch:
    """While somebody waits: who does not answer within seconds is silent."""
    from app.sync.fetching import Fetcher

    fetcher = Fetcher(
        house.library.connections, house.clock.now, reaching.road(house), loopback, connect_s=3, silence_s=5, wall_s=8
    )
    return lambda want: fetcher.fetch(errand_of(want))
