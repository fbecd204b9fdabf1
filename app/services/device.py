"""The device's own keys: a small certificate authority and a seal, made when first needed; keys in the vault,
certificates in the library.
"""

import secrets

from app import identities
from app.domain import errors
from app.domain.identity import KeyMaterial
from app.services import keeping, preferences
from app.services.house import House

AUTHORITY, SEAL = "authority", "seal"


def authority(house: House) -> KeyMaterial:
    """The newest whose key the vault holds, else a new one. Raises `VaultError` when the vault cannot be opened."""
    kept = _kept(house, AUTHORITY)
    if kept is not None:
        return kept
    now = house.clock.now()
    made = identities.create_authority(identities.authority_name(), now)
    record = keeping.keep(house, f"device-authority-{keeping.tail(made, now)}", "device", made, part=AUTHORITY)
    house.library.trust.add(keeping.trust_record(record.certificate_pem, "device", now))
    return made


def identifier(house: House) -> str:
    """A random name of this library's device, told in trails; nothing of the hardware is in it."""
    if not house.settings.device_id:
        preferences.change(house, device_id=secrets.token_hex(8))
    return house.settings.device_id


def seal(house: House) -> KeyMaterial:
    """For certificates of completion: long-lived, issued by the device authority."""
    kept = _kept(house, SEAL)
    if kept is not None:
        return kept
    now = house.clock.now()
    made = identities.create_device_seal(authority(house), now)
    keeping.keep(house, f"device-seal-{keeping.tail(made, now)}", "device", made, part=SEAL)
    return made


def _kept(house: House, part: str) -> KeyMaterial | None:
    records = [r for r in house.library.identities.list() if r.kind == "device" and r.where.get("part") == part]
    for record in sorted(records, key=lambda r: r.not_before, reverse=True):
        if record.not_after <= house.clock.now():
            continue
        try:
            return keeping.unlock(house, record)
        except errors.SecretMissing:
            continue
    return None
