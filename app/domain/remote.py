"""What a remote service says about an envelope that was handed to it: in our words, with its own kept beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.ids import DocumentId, Sha256


class RemoteStatus(StrEnum):
    """How far the service says it is. `UNKNOWN` is a word of theirs that we do not know."""

    DRAFT = "draft"
    PREPARING = "preparing"
    SENT = "sent"
    VIEWED = "viewed"
    PARTIALLY_SIGNED = "partially_signed"
    COMPLETED = "completed"
    DECLINED = "declined"
    VOIDED = "voided"
    EXPIRED = "expired"
    FAILED = "failed"
    GONE = "gone"
    UNKNOWN = "unknown"

    @property
    def over(self) -> bool:
        """Nothing more is expected from there."""
        return self in (self.COMPLETED, self.DECLINED, self.VOIDED, self.EXPIRED, self.FAILED, self.GONE)


class PersonStatus(StrEnum):
    """How far the service says one recipient is. `FAILED`: their mail came back, or they could not be reached."""

    WAITING_TURN = "waiting_turn"
    PENDING = "pending"
    VIEWED = "viewed"
    SIGNED = "signed"
    DECLINED = "declined"
    FAILED = "failed"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PersonNews:
    """`raw` is the service's own word; times are its claims."""

    role: str
    status: PersonStatus
    raw: str = ""
    viewed_at: datetime | None = None
    signed_at: datetime | None = None
    declined_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """A line of the service's own history; `id` tells lines apart over several readings. `kind` is our word for it,
    empty where we have none; `role` is empty where it concerns nobody in particular.
    """

    id: str
    kind: str
    raw: str
    at: datetime | None = None
    role: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """One reading, whole: what is missing here the service did not say. `values` by mapping key."""

    status: RemoteStatus
    raw: str
    people: tuple[PersonNews, ...] = ()
    values: Mapping[str, str | bool] = field(default_factory=dict)
    events: tuple[RemoteEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that came back, kept beside ours; `verdict` is what verifying it said. `document` is None for what is no
    document of ours, as a service's own certificate."""

    title: str
    sha256: Sha256
    verdict: str
    document: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """An envelope's other half. `roles` act there; `id` is the service's, empty until it arrived. `status`, `people`,
    `values` and `events` are the service's claims; `conflict` names both sides where they contradict ours.
    """

    account: str
    provider: str
    operation: str
    roles: tuple[str, ...]
    id: str = ""
    status: RemoteStatus = RemoteStatus.PREPARING
    raw: str = ""
    people: tuple[PersonNews, ...] = ()
    values: Mapping[str, str | bool] = field(default_factory=dict)
    events: tuple[RemoteEvent, ...] = ()
    files: tuple[RemoteFile, ...] = ()
    conflict: str = ""

    def file_of(self, document: DocumentId | None) -> RemoteFile | None:
        """The newest that came back for this document, or for the whole."""
        return next((one for one in reversed(self.files) if one.document == document), None)
