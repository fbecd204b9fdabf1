"""The library: envelopes, their audit trails, the bytes of their documents, identities, trust, accounts, connections.

A step is saved in one transaction with its audit entries, or not at all; a blob is durable before the row that
names it. Reading lists needs the standard library only, so a window fills before SQLAlchemy is imported.
"""

from app.store.anchors import Anchor, Anchors
from app.store.blobs import Blobs
from app.store.boxes import Boxes
from app.store.library import Library
from app.store.listing import Cursor, Page, Party, Query, Row
from app.store.records import AccountRecord, IdentityRecord, OperationRecord, Queued, TrustRecord

__all__ = [
    "AccountRecord",
    "Anchor",
    "Anchors",
    "Blobs",
    "Boxes",
    "Cursor",
    "IdentityRecord",
    "Library",
    "OperationRecord",
    "Page",
    "Party",
    "Query",
    "Queued",
    "Row",
    "TrustRecord",
]
