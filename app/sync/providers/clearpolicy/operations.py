"""All operations of ClearPolicy. The sending of a request is [seed] but for its path; the rest is [public]."""

from typing import Any

from app.sync.argument import EMAIL, SOME_TEXT, YES_NO, Argument, Where, choice, text, whole
from app.sync.operation import Operation
from app.sync.source import Source

SEED, PUBLIC = Source.SEED, Source.PUBLIC

ULID = text(pattern=r"[0-7][0-9a-hjkmnp-tv-zA-HJKMNP-TV-Z]{25}", looks="a ULID, as 01hv3k8e7q2n4m6p8r0s2t4v6x")
"""[seed] identifiers are ULIDs; [public] in small letters."""


def _query(name: str, shape: Any, help: str, default: str = "") -> Argument:  # noqa: A002
    return Argument(name, shape, help, Where.QUERY, default=default, source=PUBLIC)


PAGES = (
    _query("per_page", whole(1, 100), "How many on a page.", "25"),
    _query("page", whole(1), "Counted from 1.", "1"),
)
NAME = _query("name", text(0, 255), "Part of the name.")
ARCHIVED = _query("archived", YES_NO, "Archived ones instead.", "false")


def _operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, path, PUBLIC, arguments, **more)


OPERATIONS = (
    _operation("get_me", "Whose token it is", "GET", "/me"),
    _operation(
        "list_people",
        "List people",
        "GET",
        "/people",
        _query("id", ULID, "Exactly this person; the answer is a plain list then."),
        NAME,
        _query("email", text(0, 255), "Part of the e-mail."),
        _query("phone", text(0, 50), "Part of the telephone."),
        ARCHIVED,
        *PAGES,
    ),
    _operation(
        "create_person",
        "Create a person",
        "POST",
        "/people",
        Argument("name", text(1, 255), required=True, source=PUBLIC),
        Argument("email", EMAIL, "Nobody else's in the organisation.", required=True, source=PUBLIC),
        Argument("phone", SOME_TEXT, "In international form.", source=PUBLIC),
        look="list_people",
    ),
    _operation(
        "get_person",
        "Get a person",
        "GET",
        "/people/{id}",
        Argument("id", ULID, "The person.", Where.PATH, required=True, source=PUBLIC),
    ),
    _operation("list_documents", "List documents", "GET", "/documents", NAME, ARCHIVED, *PAGES),
    _operation(
        "create_attestation_request",
        "Send an attestation request",
        "POST",
        "/attestation-requests",
        Argument("person_id", ULID, "Who is asked; of the own organisation.", required=True),
        Argument("document_id", ULID, "What; with a published revision.", required=True),
        Argument(
            "requested_attestation_type",
            choice("acknowledgment", "signature"),
            default="the document's default_attestation_type",
        ),
        Argument("recipient_message", text(0, 5000), "In the e-mail and on the page.", source=PUBLIC),
        help="The answer is all that is ever told of it: it can be neither read, reminded nor cancelled by the API.",
    ),
)
