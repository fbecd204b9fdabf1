"""Handing an envelope to a remote service, and the outbox between here and there, say no."""

from app.domain.errors.library import StoreError
from app.domain.errors.remote import RemoteError
from app.domain.errors.root import fact
from app.domain.errors.rules import RuleError


@fact
class NotInOutbox(StoreError):
    """No operation of that id, or several whose ids begin so."""

    operation: str


@fact
class OperationChanged(StoreError):
    """Another program, or a person, went on with this operation meanwhile."""

    operation: str


@fact
class CannotTravel(RuleError):
    """`problems` are sentences: why the envelope cannot go to this account as it is."""

    account: str
    problems: list[str]


@fact
class AlreadyHandedOver(RuleError):
    """The envelope is at a service, or on its way there."""

    account: str


@fact
class NotHandedOver(RuleError):
    """No service has the envelope yet, so there is nothing to ask there."""

    envelope: str


@fact
class SignsElsewhere(RuleError):
    """This recipient acts at the service the envelope was handed to."""

    role: str
    account: str


@fact
class NotDoneThere(RuleError):
    """The service has no such operation in its API; `kind` is ours."""

    provider: str
    doing: str


@fact
class NothingToRetry(RuleError):
    """Only what waits or has failed is tried again."""

    operation: str
    state: str


@fact
class NothingToResolve(RuleError):
    """Only what is unknown, failed or in conflict is a person's to decide."""

    operation: str
    state: str


@fact
class FileNotVerified(RemoteError):
    """What came back as the signed document does not pass; it was kept aside and the envelope is not completed.
    `reasons` are those of the verdict."""

    title: str
    verdict: str
    reasons: list[str]


@fact
class GivenUp(RemoteError):
    """The operation cannot succeed any more; `message` says why, for a person."""

    message: str
