"""A person's self-signed identity, its key in the vault."""

from typing import ClassVar

from app.identities.stored import InVault


class SelfSigned(InVault):
    """A certificate a person made here for themselves."""

    kind: ClassVar[str] = "self_signed"
