"""Whom this house believes without proof: its own authority, what a person imported, the trusted lists they
confirmed, the system if they say so.
"""

import ssl
from functools import lru_cache

from app.sealing.verifying import TrustAnchor
from app.services import vouching
from app.services.house import House


def anchors(house: House) -> tuple[TrustAnchor, ...]:
    """The trust list first, so that a certificate on it is told as the person's own decision."""
    own = tuple(TrustAnchor(record.pem, record.source) for record in house.library.trust.list())
    return (*own, *vouching.anchors(house), *(_of_system() if house.settings.trust_system else ()))


@lru_cache(maxsize=1)
def _of_system() -> tuple[TrustAnchor, ...]:
    """As the system's own TLS has them; where it keeps none, none."""
    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    return tuple(TrustAnchor(ssl.DER_cert_to_PEM_cert(der), "system") for der in found)
