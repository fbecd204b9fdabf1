"""What proves to a provider who is asking. It travels in headers, to the account's own origin and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HIDDEN = "[hidden]"
SHORTEST = 4
"""Striking out a secret of three letters would mangle every text and hide nothing."""


@dataclass(frozen=True, slots=True)
class Credential:
    """`headers` go with every request; `secrets` are all texts that may not come out again, in whatever form."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def strike(self, text: str, *more: str) -> str:
        """The text without secrets: a service may repeat the token it was sent."""
        for secret in sorted({*self.secrets, *more}, key=len, reverse=True):
            if len(secret) >= SHORTEST:
                text = text.replace(secret, HIDDEN)
        return text


NOBODY = Credential()
"""For links to other hosts, and for what needs no login."""


def bearer(token: str) -> Credential:
    """RFC 6750."""
    return in_header("Authorization", "Bearer", token)


def in_header(name: str, scheme: str, token: str) -> Credential:
    """`scheme` is empty where the header holds the bare key."""
    return Credential({name: f"{scheme} {token}".strip()}, (token,))
