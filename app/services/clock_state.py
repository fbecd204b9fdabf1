"""Whether the system says that its clock is kept in step: stated as evidence, never believed."""

import ctypes
import sys
from typing import Literal

ClockState = Literal["synchronised", "unsynchronised", "unknown"]
TIME_ERROR = 5
"""What adjtimex(2) answers while nothing keeps the clock in step."""


def clock_state() -> ClockState:
    """On Linux, asking changes nothing; elsewhere nobody is asked."""
    if not sys.platform.startswith("linux"):
        return "unknown"
    try:
        answer: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512))
    except (OSError, AttributeError):
        return "unknown"
    if answer < 0:
        return "unknown"
    return "unsynchronised" if answer == TIME_ERROR else "synchronised"
