"""Preflight, in words."""

from dataclasses import dataclass

from app.domain import preflight
from app.domain.envelope import Envelope
from app.domain.preflight import Finding
from app.services import finding_words
from app.services.house import House
from app.services.mending import can_mend


@dataclass(frozen=True)
class FindingWords:
    """A finding, what it says, how to mend it, and whether `mending.mend` can."""

    finding: Finding
    title: str
    fix: str
    mendable: bool = False


def findings(house: House, envelope: Envelope) -> tuple[FindingWords, ...]:
    """Errors first; only they stand in the way of sending."""
    return tuple(
        FindingWords(
            found,
            finding_words.sentence(found.code, found.subject),
            finding_words.fix(found.code),
            can_mend(found),
        )
        for found in preflight.check(envelope, house.clock.now(), house.metrics)
    )
