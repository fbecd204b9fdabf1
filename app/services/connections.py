"""What left this machine: every connection, when, where to, why, how much, and what came of it."""

from app.domain.connection import Connection
from app.services.house import House


def newest(house: House, limit: int = 200, offset: int = 0, account: str | None = None) -> tuple[Connection, ...]:
    """The newest first; of one account when it is named. A line without outcome was cut off with the program."""
    return house.library.connections.newest(limit, offset, account)


def count(house: House) -> int:
    return house.library.connections.count()
