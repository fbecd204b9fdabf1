"""What a person can do to fields besides stroking them. Each is one named step of history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from app.domain.envelope import Document, Envelope
from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS, kind_of
from app.domain.geometry import Rect, Size
from app.domain.ids import FieldId
from app.domain.recipient import Recipient
from app.domain.repeating import Fit, repeated
from app.ui.canvas.layout import PageRef
from app.ui.models.draft import Draft
from app.ui.prepare.clipboard import Copied
from app.ui.prepare.fields_overlay import moved_to

PASTE_STEP_PT: Final = 12.0
NewId = Callable[[], FieldId]
SizeOf = Callable[[PageRef], Size]
Make = Callable[[str, PageRef, Rect], Field]
Arrange = Callable[[Sequence[Rect]], Sequence[Rect]]


def place(draft: Draft, field: Field, recipients: Sequence[Recipient]) -> None:
    """`recipients` are those of the envelope, or with one more when there was nobody to place for."""
    name = f"Place {KINDS[field.kind].title.lower()}"
    after = replace(draft.envelope, recipients=tuple(recipients), fields=(*draft.envelope.fields, field))
    draft.edit(name, after, (field.id,))


def delete(draft: Draft) -> None:
    gone = set(draft.selection)
    draft.set_fields(_named("Delete", draft.chosen), (f for f in draft.envelope.fields if f.id not in gone), ())


def duplicate(draft: Draft, fields: Sequence[Field], new_id: NewId, name: str = "Duplicate") -> None:
    """Copies of the given fields, where these stand, on their own: data key and linked set are not taken along."""
    copies = tuple(replace(field, id=new_id(), mapping_key=None, linked=None, tab_index=None) for field in fields)
    ids = tuple(copy.id for copy in copies)
    draft.set_fields(_named(name, copies), (*draft.envelope.fields, *copies), ids)


def beside(fields: Sequence[Field], size_of: SizeOf) -> tuple[Field, ...]:
    """A little lower and to the right, on the page."""
    return tuple(
        field.at(field.rect.moved(PASTE_STEP_PT, PASTE_STEP_PT).clamped(size_of(PageRef(field.document, field.page))))
        for field in fields
    )


def paste(draft: Draft, copied: Sequence[Copied], page: PageRef, make: Make, size_of: SizeOf, in_place: bool) -> None:
    """Onto `page`; in place at the same spot, else a step beside it. A role unknown here becomes the current one."""
    roles = {recipient.role for recipient in draft.envelope.recipients}
    step = 0.0 if in_place else PASTE_STEP_PT
    pasted = []
    for each in copied:
        rect = each.rect.moved(step, step).clamped(size_of(page))
        field = each.onto(make(each.kind, page, rect))
        if each.recipient in roles and KINDS[each.kind].needs_recipient:
            field = replace(field, recipient=each.recipient)
        pasted.append(field)
    ids = tuple(field.id for field in pasted)
    draft.set_fields(_named("Paste", pasted), (*draft.envelope.fields, *pasted), ids)


def nudge(draft: Draft, dx: float, dy: float, resizes: bool, size_of: SizeOf) -> None:
    """All by the same step, or none where one of them would leave its page."""
    changed = []
    for field in draft.chosen:
        rect = field.rect
        if resizes:
            least = kind_of(field).minimum_size
            rect = Rect(rect.x, rect.y, max(rect.width + dx, least.width), max(rect.height + dy, least.height))
        else:
            if field.locked:
                return
            rect = rect.moved(dx, dy)
        if not rect.within(size_of(PageRef(field.document, field.page))):
            return
        changed.append(field.at(rect))
    name = _named("Resize" if resizes else "Move", changed)
    draft.replace_fields(name, changed, merge=f"{'size' if resizes else 'nudge'} {draft.selection}")


def arrange(draft: Draft, name: str, how: Arrange, size_of: SizeOf) -> None:
    """A field stays on its page and at least as large as its kind must be; what is locked stays where it is."""
    fields, changed = draft.chosen, []
    for field, rect in zip(fields, how([field.rect for field in fields]), strict=True):
        least, page = kind_of(field).minimum_size, size_of(PageRef(field.document, field.page))
        fitting = Rect(rect.x, rect.y, max(rect.width, least.width), max(rect.height, least.height))
        if not field.locked:
            changed.append(field.at(fitting.clamped(page)))
    draft.replace_fields(_named(name, changed), changed)


def repeat(
    draft: Draft,
    fields: Sequence[Field],
    pages: Sequence[int],
    document: Document,
    fit: Fit,
    new_id: NewId,
    linked: bool,
) -> None:
    """Copies on the other pages, as one linked set each or on their own."""
    made = repeated(fields, pages, document, fit, new_id, (lambda: str(new_id())) if linked else None)
    known = {field.id: field for field in made}
    kept = tuple(known.pop(field.id, field) for field in draft.envelope.fields)
    draft.set_fields(_named("Repeat", fields), (*kept, *known.values()))


def paste_look(draft: Draft, copied: Sequence[Copied]) -> None:
    """How the first of the copied fields is written and looked at, for all selected ones that can be so."""
    if not copied:
        return
    look = copied[0]
    changed = [look.dress(field) for field in draft.chosen]
    draft.replace_fields(_named("Change the look of", changed), changed)


def give_to(draft: Draft, role: str) -> None:
    changed = [replace(f, recipient=role) for f in draft.chosen if KINDS[f.kind].needs_recipient]
    draft.replace_fields(_named("Give", changed) + " to somebody else", changed)


def move_to_page(draft: Draft, page: PageRef, size_of: SizeOf) -> None:
    draft.replace_fields(
        _named("Move", draft.chosen), [moved_to(f, page, f.rect.clamped(size_of(page))) for f in draft.chosen]
    )


def on_page_of(draft: Draft, page: PageRef) -> tuple[FieldId, ...]:
    return tuple(field.id for field in draft.on_page(page.document, page.page))


def without_document(envelope: Envelope, document: str) -> Envelope:
    """Its fields go with it."""
    return replace(
        envelope,
        documents=tuple(d for d in envelope.documents if d.id != document),
        fields=tuple(f for f in envelope.fields if f.document != document),
    )


def _named(what: str, fields: Iterable[Field]) -> str:
    """As history lists it: "Move signature", "Move 3 fields"."""
    listed = tuple(fields)
    return f"{what} {KINDS[listed[0].kind].title.lower()}" if len(listed) == 1 else f"{what} {len(listed)} fields"
