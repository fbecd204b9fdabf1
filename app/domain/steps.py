"""A step is a new envelope plus the audit entries that explain it; recording a step is the only way to save one."""

from dataclasses import dataclass, replace

from app.domain.audit import Entry, Moment
from app.domain.envelope import Envelope
from app.domain.personal import concealed


@dataclass(frozen=True, slots=True)
class Step:
    """At least one entry; `envelope.version` is still that of the envelope the step started from."""

    envelope: Envelope
    entries: tuple[Entry, ...]

    def then(self, other: "Step") -> "Step":
        """Two steps recorded as one; `other` must start from this step's envelope."""
        return Step(other.envelope, (*self.entries, *other.entries))


def step(envelope: Envelope, kind: str, actor: str, moment: Moment, **facts: object) -> Step:
    """What is personal in the facts goes into the envelope; the trail gets its salted hash."""
    if not envelope.salt:
        return Step(envelope, (Entry(kind, actor, moment, dict(facts)),))
    told, texts = concealed(envelope.salt, facts)
    if texts:
        envelope = replace(envelope, personal={**envelope.personal, **texts})
    return Step(envelope, (Entry(kind, actor, moment, told),))


def by(role: str) -> str:
    """The actor string of a recipient."""
    return f"recipient:{role}"


HOST, SENDER, SYSTEM = "host", "sender", "system"
