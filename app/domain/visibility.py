"""What one recipient may see of an envelope: everybody and the latest revision, or themselves and what was
presented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.envelope import CopyMode, Envelope
from app.domain.ids import DocumentId, Sha256
from app.domain.recipient import Recipient


@dataclass(frozen=True, slots=True)
class Visible:
    """`sources` are the bytes to show of each document; `may_copy` and `must_copy` what the sender decided."""

    people: tuple[Recipient, ...]
    sources: Mapping[DocumentId, Sha256]
    may_copy: bool
    must_copy: bool


def visible_to(envelope: Envelope, role: str) -> Visible:
    """With `hide_other_signers` the earlier revisions stay unseen too: others' names and entries stand in them.

    Those already signed when they came in keep what is printed there; that was never an entry of this envelope.
    """
    mine = envelope.recipient(role)
    hidden = envelope.hide_other_signers
    return Visible(
        people=(mine,) if hidden else envelope.recipients,
        sources={d.id: (d.prepared or d.base) if hidden else d.latest for d in envelope.documents},
        may_copy=envelope.copy_mode is not CopyMode.DISABLED,
        must_copy=envelope.copy_mode is CopyMode.ALWAYS,
    )


def without_others(envelope: Envelope, role: str) -> Envelope:
    """For display only: others' entries, names and addresses are gone where the sender hides them."""
    if not envelope.hide_other_signers:
        return envelope
    own = {field.id for field in envelope.fields_of(role)}
    people = tuple(
        r if r.role == role else replace(r, name="", email="", phone="", ceremony=None, decline_reason="")
        for r in envelope.recipients
    )
    values = {key: value for key, value in envelope.values.items() if key in own}
    fields = tuple(f for f in envelope.fields if f.recipient in (role, None))
    return replace(envelope, recipients=people, values=values, fields=fields, personal={}, remote=None)
