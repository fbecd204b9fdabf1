"""The wall clock, the clock that cannot be set back, and identifiers made of the one and chance."""

import secrets
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from app.domain.audit import Moment

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Clock:
    """Read at the edge and handed down; tests hand down one that stands still."""

    def __init__(self) -> None:
        self._boot = BOOT_ID.read_text().strip() if BOOT_ID.is_file() else str(uuid.uuid4())

    def now(self) -> datetime:
        """Wall time in UTC."""
        return datetime.now(UTC)

    def moment(self) -> Moment:
        """Wall time with the monotonic clock and the boot it counts from, as the audit trail wants it."""
        now = self.now()
        offset = now.astimezone().utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        return Moment(now, time.monotonic_ns(), self._boot, minutes, _asleep_ns())

    def new_id(self) -> str:
        """A ULID: 26 characters of Crockford's Base32, 48 bits of milliseconds and 80 of chance; they sort by time."""
        number = int(self.now().timestamp() * 1000) << 80 | secrets.randbits(80)
        return "".join(BASE32[number >> shift & 31] for shift in range(125, -1, -5))


def _asleep_ns() -> int:
    """How long this machine slept since it was started; 0 where the system does not tell (all but Linux), and there a
    sleep looks like a clock set forward. Under a millisecond is the time between the two looks.
    """
    if not hasattr(time, "CLOCK_BOOTTIME"):
        return 0
    slept_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    return slept_ns if slept_ns > 1_000_000 else 0
