"""Trusted lists that a person has imported: whom supervisors vouch for. Kept as they were read, one for a territory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app import codec
from app.domain import errors
from app.domain.changes import Changes
from app.domain.trusted_list import Period, Scheme, TrustedList
from app.sealing.verifying import TrustAnchor
from app.services.house import House
from app.services.taking_in import open_regular

FOLDER: Final = "trusted-lists"
SOURCE: Final = "list"


@dataclass(frozen=True)
class Offered:
    """A list before it is imported. `vouched_by` is the territory of an imported list that names its signer, empty
    where a person must compare the fingerprint.
    """

    scheme: Scheme
    vouched_by: str = ""


def lists(house: House) -> tuple[TrustedList, ...]:
    """By territory."""
    boxes = house.library.boxes(FOLDER)
    return tuple(codec.decode_text(TrustedList, boxes.get(name)) for name in boxes.names())


def offered(house: House, path: Path) -> Offered:
    """What the list says of itself. Nothing of it is checked yet."""
    open_regular(path).close()
    scheme = house.sealer.trusted_list_scheme(path.absolute())
    named = (each for each in lists(house) if scheme.signer_sha256 in each.signers.get(scheme.territory, ()))
    return Offered(scheme, next((each.scheme.territory for each in named), ""))


def take_in(house: House, path: Path, signer_sha256: str = "") -> Changes:
    """`signer_sha256` is what a person has compared with a source of their own, such as the Official Journal. Raises
    `SignerNotConfirmed` where neither they nor an imported list of lists has, `TrustedListRefused`, and
    `TrustedListOlder` where a newer one is here already.
    """
    found = offered(house, path)
    confirmed = "".join(signer_sha256.split()).replace(":", "").lower()
    if not confirmed and not found.vouched_by:
        raise errors.SignerNotConfirmed(
            path=str(path), signer=found.scheme.signer, fingerprint=found.scheme.signer_sha256
        )
    taken = house.sealer.trusted_list(path.absolute(), confirmed or found.scheme.signer_sha256)
    territory = taken.scheme.territory
    if not territory.isascii() or not territory.isalnum():
        raise errors.TrustedListRefused(path=str(path), reason="not_one")
    for kept in lists(house):
        if kept.scheme.territory == territory and kept.scheme.sequence > taken.scheme.sequence:
            raise errors.TrustedListOlder(path=str(path), sequence=taken.scheme.sequence, kept=kept.scheme.sequence)
    house.library.boxes(FOLDER).put(territory, codec.encode_text(taken).encode())
    return Changes.of("trust", territory)


def described(house: House, one: TrustedList) -> dict[str, Any]:
    """For scripts and lists: what it says of itself, and how many of its services are granted today."""
    now, scheme = house.clock.now(), one.scheme
    return {
        "territory": scheme.territory,
        "operator": scheme.operator,
        "sequence": scheme.sequence,
        "issued": scheme.issued.isoformat(),
        "next_update": scheme.next_update and scheme.next_update.isoformat(),
        "overdue": scheme.next_update is not None and scheme.next_update < now,
        "signer": scheme.signer,
        "signer_sha256": scheme.signer_sha256,
        "services": len(one.services),
        "granted": len(one.granted(now)),
        "vouches_for": sorted(one.signers),
    }


def remove(house: House, territory: str) -> Changes:
    house.library.boxes(FOLDER).remove(territory)
    return Changes.of("trust", territory)


def anchors(house: House) -> Iterator[TrustAnchor]:
    """Each certificate once, with all the times at which one of its services was granted."""
    granted: dict[str, list[Period]] = {}
    for kept in lists(house):
        for service in kept.services:
            for pem in service.certificates:
                granted.setdefault(pem, []).extend(service.granted)
    yield from (TrustAnchor(pem, SOURCE, tuple(periods)) for pem, periods in granted.items() if periods)
