"""One recipient's session as a state machine: identify, consent, fill and adopt, finish or decline.

    opened ──identify──▶ identified ──consent──▶ consented ──fill, adopt──▶ consented ──finish──▶ finished
       └──────────────────────── decline (from any stage before finished) ──▶ declined
       └──────────────────────── put off ──▶ away ──open──▶ opened, with everything entered

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
    AWAY = "away"


class IdEvidence(StrEnum):
    """What the host's statement of identification rests on."""

    KNOWN = "known"
    ID_CARD = "id_card"
    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    INTRODUCED = "introduced"
    OTHER = "other"


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
    """How far one recipient is. `identified_by` is the host's statement of how the person was identified, `evidence`
    what it rests on.

    `resume_at` is the field where they left off; `acknowledged_as` the name they typed to attest without a signature;
    `code` the salted hash of the one-time code that was e-mailed at `code_sent_at`, good until `code_until`;
    `codes_sent` how many there were in this handover; `spots` small pictures of the places where they signed.
    """

    stage: Stage
    opened_at: datetime
    tries_left: int = TRIES
    identified_by: str = ""
    consent: Consent | None = None
    signature: Mark | None = None
    initials: Mark | None = None
    pages_shown: tuple[tuple[str, int], ...] = ()
    evidence: IdEvidence | None = None
    resume_at: str | None = None
    acknowledged_as: str = ""
    code: str = ""
    code_until: datetime | None = None
    code_sent_at: datetime | None = None
    codes_sent: int = 0
    spots: tuple[Sha256, ...] = ()
