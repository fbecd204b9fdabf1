"""Attacks on signed files: from a good file of ours, files that must never be called valid without saying why.

Each family is a module with `ATTACKS`, a tuple of `Attack`; a new one is one function and one entry. An attack that
takes chance takes it from the seed it is given, so the same name and seed make the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.support.signed import Signed


class Expect(Enum):
    """What no attack of this kind may get past: an altered file is `invalid`, a strange one not `valid`, and what the
    certification allows may be `valid` only with the change listed.
    """

    INVALID = "invalid"
    NOT_VALID = "not valid"
    LISTED = "valid only with a listed change"


@dataclass(frozen=True)
class Attack:
    """`make` gets the good file and a seeded source of chance. `ground` names the only file it works on, if there is
    one; elsewhere `expect` holds for the certified one.
    """

    name: str
    make: Callable[[Signed, random.Random], bytes]
    expect: Expect = Expect.NOT_VALID
    seeds: int = 1
    ground: str = ""

    def file(self, signed: Signed, seed: int) -> bytes:
        return self.make(signed, random.Random(f"{self.name} {seed}"))


def families() -> tuple[tuple[Attack, ...], ...]:
    """In a fixed order."""
    from tests.support.attacks import annotating, bytewise, catalog, forms, pages, shadow, sneaking, structure, wrapping

    modules = (bytewise, structure, pages, annotating, forms, catalog, wrapping, sneaking, shadow)
    return tuple(module.ATTACKS for module in modules)


def all_attacks() -> tuple[Attack, ...]:
    """Those of every family."""
    return tuple(attack for family in families() for attack in family)
