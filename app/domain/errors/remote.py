"""A remote service said no or nothing."""

from typing import ClassVar

from app.domain.errors.root import ParaphError, fact


@fact
class RemoteError(ParaphError):
    """About somebody else's server; what is here is unchanged by it."""

    exit_code: ClassVar[int] = 7


@fact
class UnknownAccount(RemoteError):
    """No account of that name is set up."""

    name: str
    known: list[str]
