"""One recipient's session as a state machine: identify, consent, fill and adopt, finish or decline.

    opened ──identify──▶ identified ──consent──▶ consented ──fill, adopt──▶ consented ──finish──▶ finished
       └──────────────────────── decline (from any stage before finished) ──▶ declined

Every move is stored at once, so a ceremony that was cut off resumes at the same field after a new handover.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.ids import Sha256
from app.domain.mark import Mark


class Stage(StrEnum):
    """The states of the picture above."""

    OPENED = "opened"
    IDENTIFIED = "identified"
    CONSENTED = "consented"
    FINISHED = "finished"
    DECLINED = "declined"


TRIES = 5
"""Wrong access codes before the ceremony closes until the host opens it again."""


@dataclass(frozen=True, slots=True)
class Consent:
    """To which text (by hash), in which language, and when."""

    text_sha256: Sha256
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ceremony:
    """How far one recipient is. `identified_by` is the host's statement of how the person was identified."""

    stage: Stage
    opened_at: datetime
    tries_left: int = TRIES
    identified_by: str = ""
    consent: Consent | None = None
    signature: Mark | None = None
    initials: Mark | None = None
    pages_shown: tuple[tuple[str, int], ...] = ()
