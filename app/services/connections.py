"""What left this machine: every connection, when, where to, why, how much, and what came of it."""

import csv
import io
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.audit import stamp
from app.domain.cells import harmless
from app.domain.connection import Connection
from app.services.house import House

COLUMNS: Final = ("at", "account", "host", "method", "path", "why", "outcome", "sent", "received")
EVERYTHING: Final = 1_000_000
"""More than the ledger keeps."""


def newest(house: House, limit: int = 200, offset: int = 0, account: str | None = None) -> tuple[Connection, ...]:
    """The newest first; of one account when it is named. A line without outcome was cut off with the program."""
    return house.library.connections.newest(limit, offset, account)


def count(house: House) -> int:
    return house.library.connections.count()


def save(house: House, path: Path) -> int:
    """The whole ledger as CSV (RFC 4180) in UTF-8, times in UTC; how many lines it has. Raises `NotWritable`."""
    lines = newest(house, EVERYTHING)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in lines:
        told = (one.account, one.host, one.method, one.path, one.why, one.outcome)
        writer.writerow((stamp(one.at), *map(harmless, told), one.sent, one.received))
    try:
        # The mark tells spreadsheets that it is UTF-8.
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
    except OSError as problem:
        raise errors.NotWritable(path=str(path), reason=problem.strerror or "") from problem
    return len(lines)
