"""A ceremony played in a scratch copy: the same rules, and nothing is recorded, sealed, sent or kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain import attesting, clearing, ending, errors, signing, sitting
from app.domain.attesting import attestation_of
from app.domain.audit import Moment
from app.domain.canonical import fingerprint
from app.domain.conditions.states import states
from app.domain.envelope import CopyMode, Envelope, EnvelopeStatus, Routing
from app.domain.fields.base import Field, FileValue, PictureValue, Value
from app.domain.fields.plausible import longest_plausible
from app.domain.fields.registry import kind_of
from app.domain.ids import DocumentId, FieldId, Sha256
from app.domain.mark import Mark
from app.domain.recipient import Attestation, RecipientStatus
from app.domain.steps import Step
from app.domain.trim import Trim
from app.services import disclosures
from app.services.house import House
from app.services.pictures import clean_picture
from app.services.signing import filled
from app.services.taking_in import open_regular

NO_BYTES = Sha256("0" * 64)
"""Of a picture or a file that was only made up."""


class Scratch:
    """`envelope` as it would be if it were out and everybody but `role` had acted. Each call moves it on, or raises
    what the ceremony itself would raise. `close` when it is over.
    """

    def __init__(self, house: House, envelope: Envelope, role: str) -> None:
        self.role = role
        self._house = house
        self._moment = house.moment
        self._folder: TemporaryDirectory[str] | None = None
        me = replace(envelope.recipient(role), status=RecipientStatus.TURN, ceremony=None, auth=(), completed_at=None)
        others = (replace(r, status=RecipientStatus.SKIPPED) if r.role != role else me for r in envelope.recipients)
        self.envelope = replace(
            envelope,
            status=EnvelopeStatus.OUT,
            routing=Routing.PARALLEL,
            recipients=tuple(others),
            values={},
            salt="",
            copy_mode=CopyMode.DISABLED,
        )

    def open(self) -> None:
        """Nobody is asked who they are."""
        self._go(signing.open_room(self.envelope, self.role, self._moment()))
        self._go(signing.identify(self.envelope, self.role, "rehearsal", (), self._moment()))

    def consent(self, language: str) -> None:
        text = disclosures.in_language(language)
        self._go(signing.consent(self.envelope, self.role, text.sha256, text.language, self._moment()))

    def show_page(self, document: DocumentId, page: int) -> None:
        step = signing.show_page(self.envelope, self.role, document, page, self._moment())
        if step is not None:
            self._go(step)

    def adopt(self, mark: Mark, initials: bool) -> None:
        self._go(signing.adopt(self.envelope, self.role, mark, self._moment(), initials=initials))

    def fill(self, values: Mapping[FieldId, Value]) -> None:
        given = [(self.envelope.field(name), value) for name, value in values.items()]
        self._go(filled(Step(self.envelope, ()), self.role, given, self._moment()))

    def clear(self, name: FieldId) -> None:
        self._go(clearing.clear(self.envelope, self.role, name, self._moment()))

    def fill_in(self) -> None:
        """Something made up wherever nothing stands, until nothing more appears: an answer may show the next
        question."""
        tried: set[str] = set()
        while (field := self._next_open(tried)) is not None:
            tried.add(field.id)
            value = made_up(self.envelope, field, self._moment())
            if value is not None and self.envelope.value_of(field) is None:
                self._go(signing.fill(self.envelope, self.role, field, value, self._moment()))

    def acknowledge(self, typed_name: str) -> None:
        self._go(attesting.acknowledge(self.envelope, self.role, typed_name, self._moment()))

    def acknowledge_by_name(self) -> None:
        """Where their name is all that is asked for."""
        me = self.envelope.recipient(self.role)
        if attestation_of(self.envelope, me) is Attestation.ACKNOWLEDGMENT:
            self.acknowledge(me.name)

    def finish(self) -> None:
        signing.check_finishable(self.envelope, self.role)
        done = signing.with_automatic(self.envelope, self.role, self._moment())
        self._go(signing.finish(done, self.role, {}, self._moment()))

    def decline(self, reason: str) -> None:
        self._go(ending.decline(self.envelope, self.role, reason, self._moment()))

    def put_off(self, field: FieldId | None) -> None:
        self._go(sitting.put_off(self.envelope, self.role, field, self._moment()))

    def go_elsewhere(self) -> None:
        self._go(sitting.choose_remote(self.envelope, self.role, self._moment()))

    def delegate(self, name: str, email: str, reason: str) -> None:
        self._go(sitting.delegate(self.envelope, self.role, name, email, reason, self._moment()))

    def take_picture(self, path: Path, trim: Trim) -> PictureValue:
        """Into a folder that goes with the rehearsal."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="paraph-rehearsal-")
        out = Path(self._folder.name, "taken.png")
        width, height = clean_picture(self._house, path, trim, out)
        name = fingerprint(out.read_bytes())
        out.replace(self._picture(name))
        return PictureValue(name, width, height)

    def picture_file(self, sha256: Sha256) -> Path:
        """Raises `BlobMissing` for one that was made up."""
        if self._folder is None or not self._picture(sha256).exists():
            raise errors.BlobMissing(sha256=sha256)
        return self._picture(sha256)

    def take_file(self, path: Path) -> FileValue:
        """Looked at and left where it is."""
        with open_regular(path) as file:
            return FileValue(path.name, os.fstat(file.fileno()).st_size, NO_BYTES)

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _picture(self, sha256: Sha256) -> Path:
        return Path(self._folder.name if self._folder else "", f"{sha256}.png")

    def _go(self, step: Step) -> None:
        self.envelope = step.envelope

    def _next_open(self, tried: set[str]) -> Field | None:
        standing = states(self.envelope)
        mine = (f for f in self.envelope.fields_of(self.role) if _is_open(f, tried) and standing[f.id].enabled)
        return next(mine, None)


def _is_open(field: Field, tried: set[str]) -> bool:
    automatic = kind_of(field).automatic or field.read_only or field.formula is not None
    return not automatic and field.id not in tried


def made_up(envelope: Envelope, field: Field, moment: Moment) -> Value | None:
    """What a willing person might enter; None where only they could know, as for a pattern of the sender's own."""
    recipient = envelope.recipient(field.recipient or "")
    match field.kind:
        case "signature" | "initials":
            return Mark("typed", text=recipient.name or "Signer")
        case "checkbox":
            return True
        case "radio" | "dropdown":
            return field.options[0] if field.options else None
        case "image" | "stamp":
            return PictureValue(NO_BYTES, 100, 60)
        case "attachment":
            return FileValue("file.pdf", 1000, NO_BYTES)
        case "date":
            return field.constraint.minimum or signing.local_day(moment)
        case "number":
            return field.constraint.minimum or field.constraint.maximum or "1"
        case "email":
            return recipient.email or "somebody@example.com"
        case _ if field.constraint.pattern or field.constraint.preset:
            return None
        case _:
            return longest_plausible(field)[: field.constraint.max_length or 40].strip() or "x"
