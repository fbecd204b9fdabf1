"""Bodies of SignatureAPI, as its documents have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.checking import (
    Check,
    Complaint,
    anything,
    array,
    email,
    https,
    mapping,
    null_or,
    number,
    obj,
    one_of,
    text,
    whole,
)

KEY = text(1, 32, r"[a-z][a-z0-9_]*")


def by_type(kinds: Mapping[str, Mapping[str, Check]], common: Mapping[str, Check] | None = None) -> Check:
    """An object whose other keys depend on `type`."""

    def check(value: Any, path: str) -> Iterator[Complaint]:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        if kind not in kinds:
            yield Complaint(f"{path}.type", f"must be one of {', '.join(kinds)}")
            return
        yield from obj({"type!": anything, **(common or {}), **kinds[kind]})(value, path)

    return check


def origin(value: Any, path: str) -> Iterator[Complaint]:
    fits = isinstance(value, str) and re.fullmatch(
        r"\*|'self'|[a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*://)?(\*\.)?[\w-]+(\.[\w-]+)*(:\d+|:\*)?(/\S*)?", value
    )
    if not fits:
        yield Complaint(path, "must be an origin")


def filled(value: Any, path: str) -> Iterator[Complaint]:
    if not isinstance(value, dict) or not value or not all(isinstance(one, str) for one in value.values()):
        yield Complaint(path, "must be a non-empty object of strings")


AUTHENTICATION = by_type(
    {
        "email_link": {"subject_override": null_or(text(1)), "message_override": null_or(text(1))},
        "email_code": {},
        "custom": {"provider!": text(1), "data!": filled},
    }
)
CEREMONY: Mapping[str, Check] = {
    "authentication!": array(AUTHENTICATION, 1),
    "redirect_url": null_or(https),
    "redirect_delay": whole(0, 20),
    "url_variant": one_of("standard", "short"),
    "embeddable_in": array(origin),
}
WHO: Mapping[str, Check] = {"recipient_key!": text(1)}
ASKED: Mapping[str, Check] = {
    **WHO,
    "hint": text(),
    "capture_as": KEY,
    "requirement": one_of("required", "optional"),
}
FONT: Mapping[str, Check] = {"font_size": number(6, 12)}
WIDTH: Mapping[str, Check] = {"width": number(above=0)}
PLACE = by_type(
    {
        "signature": {**WHO, "height": number(20, 60)},
        "initials": {**WHO, "height": number(20, 60)},
        "text_input": {**ASKED, **FONT, **WIDTH, "prompt": text(), "format": text(), "format_message": text()},
        "boxed_text_input": {
            **ASKED,
            **FONT,
            **WIDTH,
            "prompt": text(),
            "box_count!": whole(1),
            "height": number(above=0),
        },
        "multi_line_text_input": {
            **ASKED,
            **FONT,
            "prompt": text(),
            "width": number(30, 540),
            "line_count!": whole(1, 100),
            "line_height": number(6, 72),
        },
        "checkbox": {**ASKED, "symbol": one_of("check", "xmark"), "height": number(8, 40)},
        "dropdown": {
            **ASKED,
            **FONT,
            **WIDTH,
            "options!": anything,
            "default": text(),
            "behavior": one_of("auto", "select", "combobox"),
        },
        "text": {"value!": text(), **FONT},
        "envelope_date": FONT,
        "envelope_completed_date": FONT,
        "recipient_completed_date": {**WHO, **FONT},
        "recipient_name": {**WHO, **FONT},
        "recipient_email": {**WHO, **FONT},
    },
    {"key!": KEY},
)
INPUTS = ("text_input", "boxed_text_input", "multi_line_text_input", "checkbox", "dropdown")
DOCUMENT = obj(
    {
        "url!": text(1, pattern="https?://.+"),
        "format!": one_of("pdf", "docx"),
        "title": text(),
        "key": text(1),
        "data": mapping(),
        "places": array(PLACE),
        "fixed_positions": array(obj({"place_key!": KEY, "page!": whole(1), "top!": number(0), "left!": number(0)})),
    }
)
RECIPIENT = obj(
    {
        "type!": one_of("signer", "approver", "preparer", "automatic_signer"),
        "key!": text(1),
        "name!": text(1),
        "email!": email,
        "delivery_type": one_of("email", "none"),
        "signature_options": array(one_of("typed", "drawn"), 1),
        "ceremony_creation": one_of("automatic", "manual"),
        "ceremony": obj(CEREMONY),
    }
)
DELIVERABLE: Mapping[str, Check] = {
    "type": one_of("standard", "simple"),
    "name": text(1),
    "language": one_of("en", "es", "fr", "it", "pt", "de", "zh", "hu", "nl"),
    "timezone": text(1),
    "timestamp_format": text(1),
    "included_documents": array(text(1), 1, 10),
    "password": text(4, 32, "[A-Za-z0-9]+"),
}
ENVELOPE = obj(
    {
        "title!": text(1),
        "label": text(0, 500),
        "message": text(),
        "documents!": array(DOCUMENT, 1, 10),
        "recipients!": array(RECIPIENT, 1),
        "routing": one_of("sequential", "parallel"),
        "language": DELIVERABLE["language"],
        "timezone": text(1),
        "timestamp_format": text(1),
        "topics": array(text(1), 0, 10),
        "metadata": mapping(),
        "sender": obj({"name": text(1), "email": email, "organization": text()}),
        "branding": obj({"logo": https, "accent_color": text(7, 7, "#[0-9a-fA-F]{6}"), "email": mapping()}),
        "attestation": text(),
        "deliverable": obj(DELIVERABLE),
    }
)
SENDER = obj({"name": text(1), "email!": email, "organization": text()})
REPLACE = obj({"name!": text(1), "email!": email})
