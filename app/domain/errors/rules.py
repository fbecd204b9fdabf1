"""A rule of signing says no: the person or the spec asked for what may not be."""

from typing import Any, ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class RuleError(ParaphError):
    """Refused by a rule of signing; asking again unchanged is refused again."""

    exit_code: ClassVar[int] = 3


@fact
class SpecError(RuleError):
    """A value in an envelope spec or values file; `path` names the key, as in `fields[2].page`."""

    path: str
    problem: str


@fact
class WrongStatus(RuleError):
    """The envelope's status does not allow the action."""

    action: str
    status: str
    allowed: list[str]


@fact
class PreflightFailed(RuleError):
    """Findings of severity error stand in the way of sending."""

    findings: list[dict[str, Any]]


@fact
class UnknownRole(RuleError):
    """Nobody in the envelope plays this part; `roles` are those that are played."""

    role: str
    roles: list[str]


@fact
class NotTheirTurn(RuleError):
    """Others act before them, or nobody may act now; an empty `role` is the program asked to complete too early."""

    role: str
    waiting_for: list[str]


@fact
class AlreadyActed(RuleError):
    """Their part is over: completed, declined, skipped or replaced."""

    role: str
    status: str


@fact
class NothingToDo(RuleError):
    """This recipient only receives a copy."""

    role: str
    action: str


@fact
class WrongStage(RuleError):
    """A step of the ceremony was taken out of order."""

    role: str
    step: str
    stage: str


@fact
class AccessDenied(RuleError):
    """Access code or password wrong; `tries_left` 0 means the ceremony is closed until the host opens it again."""

    role: str
    method: str
    tries_left: int


@fact
class ConsentMissing(RuleError):
    """Signing electronically was not agreed to; consent is an act of its own and is never assumed."""

    role: str


@fact
class UnknownField(RuleError):
    """No field of this recipient has that name; `known` are those they have."""

    name: str
    known: list[str]


@fact
class UnknownDesign(RuleError):
    """There is no design of a seal of that name; `known` are those there are."""

    name: str
    known: list[str]


@fact
class UnknownDocument(RuleError):
    """The envelope holds no document of that id; `known` are their titles."""

    document: str
    known: list[str]


@fact
class NotOverdue(RuleError):
    """Only time ends an envelope as expired; `expires_at` is empty when it never does."""

    envelope: str
    expires_at: str


@fact
class NotTheirField(RuleError):
    """A field of another recipient: nobody fills in for somebody else."""

    name: str
    role: str


@fact
class ValueRefused(RuleError):
    """A value does not fit its field: `rule` is required, format, options, minimum, maximum, length, pattern or
    read_only.
    """

    field: str
    rule: str
    expected: str
    value: str


@fact
class SignatureMissing(RuleError):
    """The recipient has signature or initials fields and adopted nothing for them."""

    role: str
    needs: list[str]


@fact
class MarkRefused(RuleError):
    """A signature that is none: empty, too simple, unreadable."""

    problem: str


@fact
class ReasonMissing(RuleError):
    """Declining, voiding and reassigning are evidence, so they need words (or a name)."""

    action: str


@fact
class EnvelopeChanged(RuleError):
    """Somebody else changed the envelope since it was read."""

    envelope: str


@fact
class GlyphsMissing(RuleError):
    """No bundled face can draw these characters."""

    text: str
    characters: str


@fact
class FormulaError(RuleError):
    """A formula that cannot be read or computed; `column` counts from 1, `mend` says what would help."""

    formula: str
    column: int
    problem: str
    mend: str


@fact
class NothingToMend(RuleError):
    """No change the program could make would settle this finding; a person has to decide."""

    code: str


@fact
class AcknowledgmentMissing(RuleError):
    """Who attests without a signature must type their name."""

    role: str


@fact
class WrongPerson(RuleError):
    """The name that was typed is not that of the recipient."""

    role: str


@fact
class CodeExpired(RuleError):
    """The one-time code was never sent, has run out, or was used up."""

    role: str


@fact
class ConfirmEach(RuleError):
    """The sender wants each signature to be confirmed by itself, and one act would have placed several."""

    role: str


@fact
class NoKioskPattern(RuleError):
    """A kiosk needs one recipient for whoever comes, acting first; `problem` is nobody, several or not_first."""

    problem: str


@fact
class PinMissing(RuleError):
    """A kiosk is left by the host's PIN, and there is none."""


@fact
class MarkExists(RuleError):
    """This person keeps another signature of that name."""

    person: str
    name: str


@fact
class CodeTooSoon(RuleError):
    """One was e-mailed a moment ago; the next may follow in `wait_s` seconds."""

    role: str
    wait_s: int


@fact
class CodesSpent(RuleError):
    """As many were e-mailed in this handover as there may be."""

    role: str
    most: int


@fact
class CopyRefused(RuleError):
    """The sender decided that recipients take no copy."""

    role: str


@fact
class SleptMeanwhile(RuleError):
    """The machine slept in the middle of a ceremony: who sits there now must be identified anew."""

    role: str
    seconds: int


@fact
class MarkNotTheirs(RuleError):
    """A saved signature of somebody else, or none at all; nobody is told which."""

    name: str
