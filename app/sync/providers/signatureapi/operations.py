"""All operations of SignatureAPI. The making of a ceremony is [seed], the rest [public] or as each says."""

from typing import Any

from app.sync.argument import EMAIL, SOME_TEXT, Argument, Where, choice, file, text, whole
from app.sync.operation import Operation
from app.sync.providers.signatureapi import conditions, shapes
from app.sync.request import DOCX, PDF
from app.sync.rules import at_least_one, unique
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

MOST_UPLOAD_BYTES = 5_242_880


def _id(name: str, pattern: str, looks: str, help: str, source: Source = PUBLIC) -> Argument:  # noqa: A002
    return Argument(name, text(pattern=pattern, looks=looks), help, Where.PATH, required=True, source=source)


ENVELOPE = _id("id", r"[0-9A-Za-z-]{1,64}", "a UUID", "The envelope.")
RECIPIENT = _id("recipient_id", r"re_[A-Za-z0-9_-]+", "re_123", "The recipient.", SEED)
PAGES = (
    Argument("limit", whole(1, 100), "How many.", Where.QUERY, default="20", source=PUBLIC),
    Argument(
        "page",
        text(pattern=r"https?://\S+", looks="the address at links.next of an answer"),
        "Goes on from there.",
        Where.LINK,
        source=PUBLIC,
    ),
)


def _operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, path, more.pop("source", PUBLIC), arguments, **more)


OPERATIONS = (
    _operation(
        "create_ceremony",
        "Create a ceremony",
        "POST",
        "/recipients/{recipient_id}/ceremonies",
        RECIPIENT,
        *shapes.CEREMONY,
        source=SEED,
        help="Ends the ceremony that the recipient had: an earlier link is dead.",
        look="get_recipient",
    ),
    _operation(
        "create_envelope",
        "Create an envelope",
        "POST",
        "/envelopes",
        *shapes.ENVELOPE,
        help="It goes out once its documents are processed.",
        rules=(
            unique("recipients", "key"),
            unique("documents", "key"),
            conditions.somebody_signs,
            conditions.places_are_somebodys,
            conditions.place_keys_are_own,
            conditions.input_needs_turns,
            conditions.data_is_for_docx,
            conditions.accent_is_legible,
        ),
        look="list_envelopes",
    ),
    _operation(
        "list_envelopes",
        "List envelopes",
        "GET",
        "/envelopes",
        Argument(
            "status",
            choice("draft", "processing", "in_progress", "completed", "failed", "canceled"),
            "Only these.",
            Where.QUERY,
            source=PUBLIC,
        ),
        Argument("topic", SOME_TEXT, "Only with this topic.", Where.QUERY, source=PUBLIC),
        *PAGES,
    ),
    _operation("get_envelope", "Get an envelope", "GET", "/envelopes/{id}", ENVELOPE),
    _operation(
        "update_envelope",
        "Update an envelope",
        "PATCH",
        "/envelopes/{id}",
        ENVELOPE,
        shapes.public("label", text(0, 500), required=True),
        repeatable=True,
    ),
    _operation("delete_envelope", "Delete an envelope", "DELETE", "/envelopes/{id}", ENVELOPE, look="get_envelope"),
    _operation(
        "cancel_envelope",
        "Cancel an envelope",
        "POST",
        "/envelopes/{id}/cancel",
        ENVELOPE,
        shapes.public("reason", text(0, 2000), "For you; it stands in the events too."),
        help="While it is in progress; for good.",
        look="get_envelope",
    ),
    _operation(
        "create_upload",
        "Upload a file",
        "POST",
        "/uploads",
        Argument(
            "file", file(PDF, DOCX, most=MOST_UPLOAD_BYTES), "PDF or docx.", Where.WHOLE, required=True, source=PUBLIC
        ),
        help="Kept for a day; its url goes into a document of an envelope.",
    ),
    _operation("get_upload", "Get an upload", "GET", "/uploads/{id}", _id("id", r"upl_\w+", "upl_123", "The upload.")),
    _operation("get_recipient", "Get a recipient", "GET", "/recipients/{recipient_id}", RECIPIENT),
    _operation(
        "replace_recipient",
        "Replace a recipient",
        "POST",
        "/recipients/{recipient_id}/replace",
        RECIPIENT,
        shapes.public("name", SOME_TEXT, required=True),
        shapes.public("email", EMAIL, required=True),
        help="Until they have completed.",
        look="get_recipient",
    ),
    _operation(
        "resend_to_recipient",
        "Resend to a recipient",
        "POST",
        "/recipients/{recipient_id}/resend",
        RECIPIENT,
        help="The waits between grow, and after the tenth there is no more.",
    ),
    _operation(
        "create_deliverable",
        "Create a deliverable",
        "POST",
        "/envelopes/{id}/deliverables",
        ENVELOPE,
        *shapes.DELIVERABLE,
        help="Of a completed envelope.",
        look="list_deliverables",
    ),
    _operation("list_deliverables", "List deliverables", "GET", "/envelopes/{id}/deliverables", ENVELOPE),
    _operation(
        "get_deliverable",
        "Get a deliverable",
        "GET",
        "/deliverables/{id}",
        _id("id", r"del_\w+", "del_123", "The deliverable."),
        source=ASSUMED,
        help="Its url lives for an hour; ask again for a fresh one.",
    ),
    _operation("list_events", "List events", "GET", "/events", *PAGES, source=ASSUMED),
    _operation("list_envelope_events", "List events of an envelope", "GET", "/envelopes/{id}/events", ENVELOPE, *PAGES),
    _operation(
        "list_recipient_events",
        "List events of a recipient",
        "GET",
        "/recipients/{recipient_id}/events",
        RECIPIENT,
        *PAGES,
        source=ASSUMED,
    ),
    _operation(
        "create_sender",
        "Create a sender",
        "POST",
        "/senders",
        # [assumed] the keys of a sender in an envelope.
        *shapes.SENDER,
        rules=(at_least_one("email"),),
        look="list_senders",
    ),
    _operation("list_senders", "List senders", "GET", "/senders", *PAGES),
    _operation(
        "delete_sender", "Delete a sender", "DELETE", "/senders/{id}", _id("id", r"[\w-]+", "snd_123", "The sender.")
    ),
)
