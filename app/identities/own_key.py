"""A person's self-signed identity, its key in the vault."""

from typing import ClassVar

from app.identities.stored import InVault


class SelfSigned(InVault):
    kind: ClassVar[str] = "self_signed"
