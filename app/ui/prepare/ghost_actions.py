"""What the table of actions calls on places found in the documents, and what becomes of those a person accepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from app.domain.envelope import Envelope
from app.domain.errors import ParaphError
from app.domain.fields.base import Field
from app.domain.ids import DocumentId
from app.domain.recipient import Recipient
from app.services import drafting, importing
from app.services.house import House
from app.services.importing import ImportChoices
from app.ui.prepare.ghosts import Offer
from app.ui.prepare.view_actions import ViewActions

PRINTED: Final = "detected"
"""Of a found field's source: nothing but print, which stays where it is."""
NUMBERED: Final = re.compile(r"(?:signer|role|recipient|party|r)\s*_?(\d{1,2})", re.IGNORECASE)


class GhostActions(ViewActions):
    """Mixed into the page."""

    _sought: tuple[DocumentId, ...] = ()

    def look_for_fields(self) -> None:
        """Shows the ghosts again, or says that there are none."""
        if self.studio.ghosts.offers:
            self.studio.ghost_bar.come_back()
            self.studio.view.setFocus()
        else:
            self._desk.notices.tell("The documents ask for nothing that is not placed already.")

    def seek_offers(self) -> None:
        """Once for each set of documents, off this thread; what cannot be read offers nothing."""
        envelope = self.draft.envelope
        documents = tuple(document.id for document in envelope.documents)
        if not self.draft.is_editable or documents == self._sought:
            return
        self._sought = documents
        house = self._desk.house
        self._desk.runner.start(
            lambda _: _offers(house, envelope),
            lambda found: self.studio.ghosts.show_offers(found, self.draft.envelope.fields),
            self._not_sought,
            owner=self.studio,
        )

    def accept_offers(self, offers: Sequence[Offer]) -> None:
        """Printed places become fields in one step; tags and form fields leave the page as they do."""
        if not self.draft.is_editable:
            return
        printed = [offer for offer in offers if offer.found.source == PRINTED]
        others = [offer for offer in offers if offer.found.source != PRINTED]
        if printed:
            self._place(printed)
        for document in dict.fromkeys(offer.document for offer in others):
            self._bring_in(document, [offer for offer in others if offer.document == document])

    # -- inside ----------------------------------------------------------------------------------------------

    def _place(self, offers: Sequence[Offer]) -> None:
        house, envelope = self._desk.house, self.draft.envelope
        owner, recipients = self._owner()
        made: list[Field] = []
        for offer in offers:
            document = envelope.document(DocumentId(offer.document))
            whose = _named(recipients, offer.found.role_hint) or owner
            field, _ = importing.as_field(drafting.new_field_id(house), offer.found, document, whose.role)
            made.append(field)
        name = "Place what was found" if len(made) == 1 else f"Place {len(made)} fields that were found"
        after = replace(envelope, recipients=recipients, fields=(*envelope.fields, *made))
        self.draft.edit(name, after, tuple(field.id for field in made))

    def _bring_in(self, document: str, offers: Sequence[Offer]) -> None:
        owner, recipients = self._owner()
        if owner not in self.draft.envelope.recipients:
            self.draft.edit("Add recipient", replace(self.draft.envelope, recipients=recipients))
        choices = ImportChoices(tuple(offer.found for offer in offers), owner.role)
        self.import_chosen(self.draft.envelope.document(DocumentId(document)), choices)

    def _owner(self) -> tuple[Recipient, tuple[Recipient, ...]]:
        """Whose the fields become, and all recipients with them; where there is nobody yet, somebody comes along."""
        current, envelope = self.draft.current, self.draft.envelope
        if current is not None:
            return current, envelope.recipients
        fresh = drafting.new_recipient(self._desk.house, envelope)
        return fresh, (*envelope.recipients, fresh)

    def _not_sought(self, error: Exception) -> None:
        if not isinstance(error, ParaphError):
            self._desk.notices.fail(error)


def _offers(house: House, envelope: Envelope) -> tuple[Offer, ...]:
    """In the order of documents and pages, from the top down."""
    found: list[Offer] = []
    for document in envelope.documents:
        if not document.prior_signatures:
            places = importing.offers(house, envelope.id, document.id)
            found += map(partial(Offer, document.id), sorted(places, key=lambda f: (f.page, f.rect.y, f.rect.x)))
    return tuple(found)


def _named(recipients: Sequence[Recipient], hint: str) -> Recipient | None:
    """Who a hint means: a role, or the second of "signer2"."""
    known = {recipient.role.casefold(): recipient for recipient in recipients}
    numbered = NUMBERED.fullmatch(hint.strip())
    if hint.casefold() in known:
        return known[hint.casefold()]
    at = int(numbered[1]) if numbered is not None else 0
    return recipients[at - 1] if 0 < at <= len(recipients) else None
