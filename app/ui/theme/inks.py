"""The inks offered for what is written into documents. They are printed on paper and follow no scheme."""

from __future__ import annotations

from typing import Final

INKS: Final = (
    ("Black", "#000000"),
    ("Ink blue", "#1a3d8f"),
    ("Grey", "#555555"),
    ("Red", "#a01818"),
    ("Green", "#0b5d3b"),
)
