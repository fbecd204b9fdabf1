"""What a use case changed, so that a model that cares can read again."""

from dataclasses import dataclass
from typing import Literal

EVERY = "*"
"""The id that stands for all of a kind: something changed, and nobody can say what."""

Kind = Literal["envelope", "identity", "trust", "setting", "mark", "block", "account", "design"]


@dataclass(frozen=True, slots=True)
class Changes:
    """A set of (kind, id)."""

    items: frozenset[tuple[Kind, str]] = frozenset()

    @classmethod
    def of(cls, kind: Kind, *ids: str) -> "Changes":
        return cls(frozenset((kind, name) for name in ids))

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(self.items | other.items)

    def one(self, kind: Kind) -> str:
        """The id of the only thing of this kind, as after making one."""
        (name,) = (i for k, i in self.items if k == kind)
        return name

    def touches(self, kind: Kind, name: str | None = None) -> bool:
        return any(k == kind and (name is None or i in (name, EVERY)) for k, i in self.items)
