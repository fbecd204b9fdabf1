"""Who is told of every connection, so that a person can see what left this machine."""

from typing import Protocol

from app.domain.connection import Connection


class Ledger(Protocol):
    """The library's, in the program. What cannot be written down is not sent: errors of `begin` go up."""

    def begin(self, connection: Connection) -> int:
        """Before the first byte leaves, durably: a program that is killed meanwhile hides nothing. The number is for
        `end`."""
        ...

    def end(self, number: int, connection: Connection) -> None:
        """The same line with its outcome and bytes."""
        ...
