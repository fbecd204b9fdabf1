"""Distances and corners, in logical pixels on a 4-point grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Space:
    """`hair` for rules, `inside` a control, `between` two things, `around` a group."""

    hair: int = 1
    tight: int = 4
    inside: int = 8
    snug: int = 12
    between: int = 16
    around: int = 24
    wide: int = 32
    apart: int = 48


SPACE: Final = Space()
CORNER: Final = 8
CORNER_SMALL: Final = 6
