"""SignatureAPI: our envelope in its words. Places, and where they stand."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.domain.recipient import Action
from app.sync import planning
from app.sync.flow import Remark
from app.sync.outgoing import OutField, Outgoing, OutPerson
from app.sync.providers.signatureapi import SIGNATUREAPI as PROVIDER

KINDS: Final = {
    "signature": "signature",
    "initials": "initials",
    "text": "text_input",
    "number": "text_input",
    "company": "text_input",
    "title": "text_input",
    "dropdown": "dropdown",
    "checkbox": "checkbox",
    "name": "recipient_name",
    "email": "recipient_email",
    "date_signed": "recipient_completed_date",
}
"""Ours to theirs [public]."""
INPUTS: Final = frozenset({"text_input", "multi_line_text_input", "dropdown", "checkbox"})
"""What a person enters; such places need one person, or an order [public]."""


def sizes(outgoing: Outgoing) -> Iterator[Remark]:
    """Problems: a place that is lower or higher than they take."""
    limits = {"signature": PROVIDER.limit("signature_height"), "checkbox": PROVIDER.limit("checkbox_height")}
    for field in outgoing.fields:
        limit = limits.get("signature" if field.kind == "initials" else field.kind)
        if limit and not limit.least <= field.rect.height <= limit.most:
            height = round(field.rect.height, 1)
            yield planning.of_field("field_height", field, height=height, least=limit.least, most=limit.most)


def narrower(outgoing: Outgoing) -> Iterator[Remark]:
    """A signature is as wide as its height says; one that would leave the page or another's box is told."""
    ratio = PROVIDER.limit("signature_width_by_height").most
    for field in outgoing.fields:
        wide = field.rect.height * ratio
        if field.kind in ("signature", "initials") and abs(wide - field.rect.width) > 1:
            yield Remark("signature_width", planning.named(field), {"width": round(wide, 1)})


def order(outgoing: Outgoing) -> Iterator[Remark]:
    asked = any(type_of(field) in INPUTS for field in outgoing.fields if field.kind in KINDS)
    if asked and not outgoing.sequential and len(outgoing.signers) > 1:
        yield Remark("inputs_need_order")


def envelope(outgoing: Outgoing, urls: Sequence[str]) -> dict[str, Any]:
    """What is posted; `urls` are those of the uploads, by document."""
    data: dict[str, Any] = {
        "title": outgoing.title,
        "documents": [_document(outgoing, number, url) for number, url in enumerate(urls, start=1)],
        "recipients": [_recipient(outgoing, one) for one in outgoing.signers],
        "routing": "sequential" if outgoing.sequential else "parallel",
        "topics": [topic(outgoing)],
        "metadata": outgoing.free_data,
    }
    return {**data, "message": outgoing.message} if outgoing.message else data


def _document(outgoing: Outgoing, number: int, url: str) -> dict[str, Any]:
    fields = [one for one in outgoing.fields if one.document == number and one.kind in KINDS]
    keys = _place_keys(fields)
    return {
        "url": url,
        "format": "pdf",
        "title": outgoing.documents[number - 1].title,
        "key": f"document_{number}",
        "places": [_place(outgoing, one, key) for one, key in zip(fields, keys, strict=True)],
        "fixed_positions": [_position(one, key) for one, key in zip(fields, keys, strict=True)],
    }


def _place_keys(fields: list[OutField]) -> list[str]:
    """A small letter, then small letters, digits and underscores, 32 at most [public]."""
    return [f"{_plain(one.mapping_key or one.kind, 24)}_{number}" for number, one in enumerate(fields, start=1)]


def _plain(name: str, most: int) -> str:
    plain = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")[:most]
    return plain if plain[:1].isalpha() else f"x_{plain}"[:most]


def _place(outgoing: Outgoing, field: OutField, key: str) -> dict[str, Any]:
    kind = type_of(field)
    place: dict[str, Any] = {"key": key, "type": kind, "recipient_key": _key(outgoing, field.role)}
    if kind in ("signature", "initials", "checkbox"):
        place["height"] = field.rect.height
    if kind in ("text_input", "multi_line_text_input"):
        place |= {"width": field.rect.width, **({"hint": field.label} if field.label else {})}
    if kind == "dropdown":
        place["options"] = [{"label": one, "value": one} for one in field.options]
    if kind in INPUTS:
        place |= {"requirement": "required" if field.required else "optional"}
        if field.mapping_key:
            place["capture_as"] = field.mapping_key
    return place


def type_of(field: OutField) -> str:
    return "multi_line_text_input" if field.kind == "text" and field.multiline else KINDS[field.kind]


def _position(field: OutField, key: str) -> dict[str, Any]:
    """From the page's top-left corner to the place's BOTTOM-left one [public]."""
    return {"place_key": key, "page": field.page, "top": field.rect.y + field.rect.height, "left": field.rect.x}


def _recipient(outgoing: Outgoing, one: OutPerson) -> dict[str, Any]:
    kind = "approver" if one.action is Action.APPROVE else "signer"
    return {"type": kind, "key": _key(outgoing, one.role), "name": one.name, "email": one.email}


def _key(outgoing: Outgoing, role: str) -> str:
    """Small letters and digits only [public]; the number keeps two apart."""
    number = [one.role for one in outgoing.signers].index(role) + 1
    return f"{_plain(role, 24).replace('_', '')}{number}"


def role_of(outgoing: Outgoing, key: str) -> str:
    return next((one.role for one in outgoing.signers if _key(outgoing, one.role) == key), "")


def topic(outgoing: Outgoing) -> str:
    return f"paraph-{outgoing.operation}"
