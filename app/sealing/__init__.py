"""Seals: PAdES signatures in revisions of their own, made in a child process and checked before they are published.

    Sealer          asks the child: one revision, the device's seal, many files with one key, new fields
    SealRequest     one revision: what is filled in, how the signature looks, whose key
    SealedRevision  what was written
    MODULES, LIMITS what the sealing worker is made of

Nothing imported here knows pyHanko: only `app.sealing.jobs`, which runs in the child, does.
"""

from app.sealing.request import EmptyField, Fill, SealedRevision, SealRequest
from app.sealing.sealer import LIMITS, MODULES, Sealer

__all__ = ["LIMITS", "MODULES", "EmptyField", "Fill", "SealRequest", "SealedRevision", "Sealer"]
