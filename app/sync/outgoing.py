"""What goes up, as the flows see it: an envelope without anything that is only our own affair, and without a secret.

It is kept as JSON with the operation, so that what was decided when somebody pressed Send is what is sent days later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.domain.geometry import Rect, Size
from app.domain.recipient import Action

OPERATION_KEY: Final = "paraph_operation"
"""Where our operation id stands in a service's free data, so that a create whose answer was lost can be found."""


@dataclass(frozen=True, slots=True)
class OutDocument:
    """`sha256` names the PDF that goes up; `sealed` when it holds seals that were made here, and must stay as it is.

    `pages` are the sizes as displayed, in points; `size` counts bytes.
    """

    title: str
    sha256: str
    size: int
    pages: tuple[Size, ...]
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class OutPerson:
    """Somebody who acts, or gets a copy, at the service. `auth` are types of `AuthMethod`; the codes stay here."""

    role: str
    name: str
    email: str
    phone: str = ""
    action: Action = Action.SIGN
    order: int = 1
    auth: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutField:
    """`document` and `page` count from 1; `rect` in points from the top-left corner of the page as displayed. `kind` is
    one of ours (`domain.fields.registry`); `name` tells it apart in the envelope.
    """

    name: str
    kind: str
    role: str
    document: int
    page: int
    rect: Rect
    label: str = ""
    required: bool = True
    mapping_key: str = ""
    value: str | bool | None = None
    options: tuple[str, ...] = ()
    multiline: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`people` act at the service and still have to; `signed_here` are the names of those who are done. `options` are
    those of this sending, as `form_id` or `template_id`. `certificate` is ours, when the envelope is completed.
    """

    operation: str
    envelope: str
    title: str
    documents: tuple[OutDocument, ...]
    people: tuple[OutPerson, ...]
    fields: tuple[OutField, ...] = ()
    message: str = ""
    sequential: bool = True
    expires_at: datetime | None = None
    test_mode: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)
    copy_mode: str = "ask"
    hide_other_signers: bool = False
    has_password: bool = False
    signed_here: tuple[str, ...] = ()
    certificate: OutDocument | None = None
    attachments: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def signers(self) -> tuple[OutPerson, ...]:
        """Those who act, in order; equal numbers as they stand."""
        return tuple(sorted((one for one in self.people if one.action.acts), key=lambda one: one.order))

    @property
    def copies(self) -> tuple[OutPerson, ...]:
        """Those who only get a copy."""
        return tuple(one for one in self.people if not one.action.acts)

    @property
    def free_data(self) -> dict[str, str]:
        """The envelope's metadata, our operation id, and the fingerprints of what goes up."""
        prints = {f"paraph_sha256_{number}": one.sha256 for number, one in enumerate(self.documents, start=1)}
        return {**self.metadata, OPERATION_KEY: self.operation, "paraph_envelope": self.envelope, **prints}

    def person(self, role: str) -> OutPerson:
        """KeyError for a role that does not act there."""
        return {one.role: one for one in self.people}[role]

    def role_of(self, email: str) -> str:
        """Empty when no one person there has this address."""
        wanted = email.strip().casefold()
        found = [one.role for one in self.people if one.email.strip().casefold() == wanted]
        return found[0] if len(found) == 1 else ""
