"""Bringing in what a document already asks for: form fields, tags in its text, places that are only printed.

The originals are taken out where that is wanted: a tag's letters leave the page, a form field leaves the form. What
could not be taken is told.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from app.domain import drafting, errors
from app.domain.changes import Changes
from app.domain.envelope import Document, Envelope
from app.domain.fields import registry
from app.domain.fields.base import MOST_CELLS, Constraint, Field, FormType, TextStyle, Value
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect, Size
from app.domain.ids import DocumentId, EnvelopeId, FieldId
from app.pdf import FoundField, Source, Spot
from app.services.drafting import record
from app.services.house import House
from app.services.pages import PagesBefore, rewritten

_NUMBERED: Final = re.compile(r"(?:signer|r|role|recipient|party|signatory)\s*_?(\d{1,2})", re.IGNORECASE)
_SAME_SHARE: Final = 0.7


class Reason(StrEnum):
    """Why something was left where it is."""

    UNKNOWN_KIND = "unknown_kind"
    NO_OPTIONS = "no_options"
    OFF_PAGE = "off_page"
    ALREADY_THERE = "already_there"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True)
class ImportChoices:
    """What to bring in and for whom: `roles` by hint, `owner` for everything that names nobody we know. With `strip`
    the originals of what is taken go.
    """

    found: tuple[FoundField, ...]
    owner: str
    roles: Mapping[str, str] = field(default_factory=dict)
    strip: bool = True


@dataclass(frozen=True)
class Taken:
    """`without` names what could not come along: value, max_length, date_format."""

    found: FoundField
    field: FieldId
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """A field of the file that was not taken, and why."""

    found: FoundField
    reason: Reason


@dataclass(frozen=True)
class ImportReport:
    """`stripped` counts the originals that are gone; `before` leads back."""

    changes: Changes
    before: PagesBefore
    taken: tuple[Taken, ...]
    left: tuple[Left, ...]
    stripped: int


def offers(house: House, envelope_id: str, document: str) -> tuple[FoundField, ...]:
    """What the document asks for, except where a field of the draft stands already."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    one = envelope.document(DocumentId(document))
    here = [mine for mine in envelope.fields if mine.document == one.id]
    found = house.looker.find_fields(house.library.blobs.path(one.base))
    return tuple(each for each in found if not _is_taken(each, here))


def bring_in(house: House, envelope_id: str, document: str, choices: ImportChoices) -> ImportReport:
    """One step: the fields, and the document without the originals. Raises `WrongStatus`, `UnknownRole`."""
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    envelope.recipient(choices.owner)
    one = envelope.document(DocumentId(document))
    taken: list[tuple[Taken, Field]] = []
    left: list[Left] = []
    here = [mine for mine in envelope.fields if mine.document == one.id]
    for found in dict.fromkeys(choices.found):
        reason = _why_not(found, one, here)
        if reason is None:
            made, without = as_field(FieldId(house.clock.new_id()), found, one, _owner(envelope, choices, found))
            taken.append((Taken(found, made.id, without), made))
        else:
            left.append(Left(found, reason))
    sources = [one_taken.found for one_taken, _ in taken]
    changed, stripped = _stripped(house, one, sources) if choices.strip else (one, 0)
    documents = tuple(changed if each.id == one.id else each for each in envelope.documents)
    fields = (*envelope.fields, *(made for _, made in taken))
    done = drafting.change(envelope, house.moment(), documents=documents, fields=fields)
    before = PagesBefore(envelope.documents, envelope.fields)
    return ImportReport(record(house, done), before, tuple(each for each, _ in taken), tuple(left), stripped)


def form_as_fields(house: House, document: Document, owner: str) -> tuple[Document, tuple[Field, ...]]:
    """The document without its form, and our fields for it: for a draft that is being made."""
    found = house.looker.read_fields(house.library.blobs.path(document.base))
    wanted = [one for one in found if _why_not(one, document, ()) is None]
    fields = tuple(as_field(FieldId(house.clock.new_id()), one, document, owner)[0] for one in wanted)
    return _stripped(house, document, wanted)[0], fields


def as_field(
    new_id: FieldId, found: FoundField, document: Document, owner: str | None
) -> tuple[Field, tuple[str, ...]]:
    """Our field for a found one, and what of it our field cannot hold."""
    kind, size = KINDS[found.kind], document.pages[found.page - 1].size
    printed = found.source is Source.DETECTED
    bare = Field(
        new_id,
        found.kind,
        document.id,
        found.page,
        _place(found, size),
        owner if kind.needs_recipient else None,
        label=found.label.strip(" :_.…*") or found.name,
        help=found.help,
        required=found.required or (printed and found.kind != "checkbox"),
        mapping_key=None if printed or not found.name or found.name == found.kind else found.name,
        options=tuple(dict.fromkeys(option for option in found.options if option)),
    )
    return _with_rest(bare, found)


def _with_rest(bare: Field, found: FoundField) -> tuple[Field, tuple[str, ...]]:
    """Everything that a kind may refuse, one after the other."""
    cells = found.max_length if found.comb and found.max_length and found.max_length <= MOST_CELLS else None
    wanted: dict[str, dict[str, object]] = {}
    if KINDS[found.kind].form is FormType.TEXT and (cells or found.multiline):
        wanted["style"] = {"style": TextStyle(comb=cells, multiline=found.multiline and not cells)}
    if found.max_length:
        wanted["max_length"] = {"constraint": Constraint(max_length=found.max_length)}
    if found.date_format:
        wanted["date_format"] = {"date_format": found.date_format}
    if found.value:
        wanted["value"] = {"value": _value(found), "read_only": found.read_only}
    without = []
    for name, change in wanted.items():
        tried = replace(bare, **change)  # type: ignore[arg-type]
        try:
            registry.check(tried, name)
        except errors.SpecError:
            without.append(name)
        else:
            bare = tried
    return bare, tuple(without)


def _value(found: FoundField) -> Value:
    return found.value not in ("", "Off", "false", "0") if found.kind == "checkbox" else found.value


def _place(found: FoundField, page: Size) -> Rect:
    """A tag is as small as its letters: what stands for it grows to its kind's least size, upwards from the line."""
    rect = found.rect
    if found.source is not Source.TOKEN:
        return rect.clamped(page)
    least = KINDS[found.kind].minimum_size
    height = max(rect.height, least.height)
    return Rect(rect.x, rect.bottom - height, max(rect.width, least.width), height).clamped(page)


def _why_not(found: FoundField, document: Document, here: Sequence[Field]) -> Reason | None:
    if found.kind not in KINDS:
        return Reason.UNKNOWN_KIND
    if document.prior_signatures and KINDS[found.kind].form is not FormType.SIGNATURE:
        return Reason.NOT_ALLOWED
    if not 1 <= found.page <= len(document.pages):
        return Reason.OFF_PAGE
    if not found.rect.overlap(Rect(0, 0, *_sides(document.pages[found.page - 1].size))):
        return Reason.OFF_PAGE
    if KINDS[found.kind].form in (FormType.RADIO, FormType.CHOICE) and len(set(found.options) - {""}) < 1:
        return Reason.NO_OPTIONS
    return Reason.ALREADY_THERE if _is_taken(found, here) else None


def _sides(size: Size) -> tuple[float, float]:
    return size.width, size.height


def _is_taken(found: FoundField, here: Sequence[Field]) -> bool:
    """A field of the draft covers the place already."""
    area = max(found.rect.width * found.rect.height, 1.0)
    return any(mine.page == found.page and mine.rect.overlap(found.rect) > _SAME_SHARE * area for mine in here)


def _owner(envelope: Envelope, choices: ImportChoices, found: FoundField) -> str:
    """As chosen; else who is called like the hint; else `signer2` and `r2` are the second who acts."""
    hint = found.role_hint
    if chosen := choices.roles.get(hint):
        return envelope.recipient(chosen).role
    acting = [one.role for one in envelope.recipients if one.action.seals]
    named = (one.role for one in envelope.recipients if hint and hint.lower() in (one.role.lower(), one.name.lower()))
    if role := next(named, None):
        return role
    numbered = _NUMBERED.fullmatch(hint)
    if numbered and 1 <= int(numbered[1]) <= len(acting):
        return acting[int(numbered[1]) - 1]
    return choices.owner


def _stripped(house: House, document: Document, found: Sequence[FoundField]) -> tuple[Document, int]:
    """The document without what our fields stand for; a signed one stays as it is."""
    spots = [Spot(each.page, each.written) for each in found if each.source is Source.TOKEN and each.written]
    names = {each.name for each in found if each.source is Source.ACROFORM}
    if document.prior_signatures or not (spots or names):
        return document, 0
    out = house.library.blobs.new_file(".pdf")
    try:
        house.maker.strip(house.library.blobs.path(document.base), out, spots, sorted(names))
        return rewritten(house, document, out), len(spots) + len(names)
    except errors.DocumentError as problem:
        problem.path = document.title
        raise
    finally:
        out.unlink(missing_ok=True)
