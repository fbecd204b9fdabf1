"""What left this machine: one line for every connection to somebody else's server."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Connection:
    """`path` carries neither a query nor a signing link; `why` is the use case, as `account test`.

    `sent` and `received` count the bytes of HTTP, without what TLS adds. `outcome` is the status of the answer or the
    kind of the error; empty while nothing is known, which is what a line keeps when the program was killed meanwhile.
    """

    at: datetime
    account: str
    host: str
    method: str
    path: str
    why: str
    outcome: str = ""
    sent: int = 0
    received: int = 0
