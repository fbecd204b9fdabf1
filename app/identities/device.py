"""The device's own keys: its authority and its seal, in the vault."""

from typing import ClassVar

from app.identities.stored import InVault


class Device(InVault):
    """The device's authority and its seal: keys the program made for itself."""

    kind: ClassVar[str] = "device"
