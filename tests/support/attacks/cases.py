"""The whole set: every attack on every kind of signed file it fits, each seed a file of its own.

A certified file is the strictest, and there each attack states what must come out. Files that allow more, and files
somebody prepared before they were signed, share one promise: never `valid` without the change listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.verdict import Report, Verdict
from tests.support.attacks import Attack, Expect, all_attacks
from tests.support.attacks.shadow import SHADOWED, prepare
from tests.support.signed import Signed, sealed

CERTIFIED = "certified"
GROUNDS: dict[str, Callable[[Path], Signed]] = {
    CERTIFIED: sealed,
    "open to comments": lambda folder: sealed(folder, docmdp=3),
    "approved": lambda folder: sealed(folder, certify=False),
    SHADOWED: lambda folder: sealed(folder, before=prepare),
}
"""Two people each: certified for form filling, for comments, by nobody; and with content hidden before signing."""


@dataclass(frozen=True)
class Case:
    """One file to be."""

    attack: Attack
    ground: str
    seed: int

    def __str__(self) -> str:
        return f"{self.ground}: {self.attack.name} {self.seed}"

    @property
    def expect(self) -> Expect:
        strict = self.ground == CERTIFIED or self.attack.ground
        return self.attack.expect if strict else Expect.LISTED

    def file(self, grounds: dict[str, Signed]) -> bytes:
        return self.attack.file(grounds[self.ground], self.seed)


def all_cases() -> tuple[Case, ...]:
    """In a fixed order."""
    return tuple(
        Case(attack, ground, seed)
        for attack in all_attacks()
        for ground in GROUNDS
        if attack.ground in ("", ground) and (attack.ground or ground != SHADOWED)
        for seed in range(attack.seeds)
    )


def sample(every: int = 9) -> tuple[Case, ...]:
    """One case in `every`, of all families and grounds."""
    return all_cases()[::every]


def grounds_in(folder: Path) -> dict[str, Signed]:
    made = {}
    for name, make in GROUNDS.items():
        place = folder / name.replace(" ", "-")
        place.mkdir(parents=True)
        made[name] = make(place)
    return made


def holds(expected: Expect, report: Report) -> bool:
    match expected:
        case Expect.INVALID:
            return report.verdict is Verdict.INVALID
        case Expect.NOT_VALID:
            return report.verdict is not Verdict.VALID
        case Expect.LISTED:
            return report.verdict is not Verdict.VALID or bool(report.signatures[-1].changes_after)
