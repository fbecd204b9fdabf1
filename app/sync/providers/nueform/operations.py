"""All operations of NueForm's signing sessions. [seed] unless an argument or operation says otherwise.

The form with its contract is made there; the API has no call that uploads one or places fields.
"""

from typing import Any

from app.domain.errors import SpecError
from app.sync.argument import EMAIL, SOME_TEXT, TEXT, WEB, YES_NO, Argument, Where, choice, many, record, text, whole
from app.sync.operation import Answers, Operation, Values
from app.sync.rules import unique
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

WORD = r"[A-Za-z0-9_-]{1,64}"
SESSION = Argument("session_id", text(pattern=WORD, looks="ses_abc123"), "The session.", Where.PATH, required=True)
FORM = Argument(
    "id",
    text(pattern=WORD, looks="665a1b2c3d4e5f6a7b8c9d0e"),
    "The form.",
    Where.PATH,
    required=True,
    option="form_id",
)
CODE = Argument(
    "short_code",
    text(pattern=WORD, looks="xK9f2"),
    "Of a signing link; whoever has it can sign.",
    Where.HIDDEN_PATH,
    required=True,
)
PAGES = (
    Argument("page", whole(1), "Counted from 1.", Where.QUERY, default="1"),
    Argument("per_page", whole(1, 100), "How many on a page.", Where.QUERY, default="20", source=PUBLIC),
)
SLOT = record(
    Argument("slot_number", whole(1), "Counted from 1, as in the form.", required=True),
    Argument("first_name", TEXT),
    Argument("last_name", TEXT),
    Argument("email", EMAIL),
)


def bare(data: Any) -> Any:
    """[public] Sister resources wrap in `{data, meta}`, the seed's samples do not: a wrapper is seen through."""
    if isinstance(data, dict) and "data" in data and set(data) <= {"data", "meta"}:
        return data["data"]
    return data


def _someone_to_mail(values: Values) -> None:
    """[assumed] E-mails to nobody are a mistake."""
    if values.get("send_signing_emails") and not any("email" in one for one in values.get("signers", ())):
        raise SpecError(path="send_signing_emails", problem="needs at least one signer with an e-mail")


def _events_go_somewhere(values: Values) -> None:
    if values.get("notify_events") and not values.get("notify_emails"):
        raise SpecError(path="notify_emails", problem="is missing; notify_events go there")


def _operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, path, more.pop("source", SEED), arguments, read=bare, **more)


OPERATIONS = (
    _operation("list_forms", "List forms", "GET", "/forms", *PAGES, source=PUBLIC, help="To find the id of one."),
    _operation(
        "create_session",
        "Create a session",
        "POST",
        "/forms/{id}/signing-sessions",
        FORM,
        Argument("signers", many(SLOT), "One for each slot that is known by name."),
        Argument("signing_order", choice("sequential", "any"), default="the question's"),
        Argument("expiry_days", whole(1), "Days until it runs out.", default="30"),
        Argument("password", SOME_TEXT, "Protects the signing links.", Where.HIDDEN_BODY),
        Argument("hide_other_signers", YES_NO, "Hides what others filled in.", default="false"),
        Argument("require_email_verification", YES_NO, "Before they sign.", default="false"),
        Argument("copy_mode", choice("ask", "always", "disabled"), "Who gets a copy.", default="ask"),
        Argument("notify_emails", many(EMAIL), "Who is told of news."),
        Argument(
            "notify_events",
            many(choice("each_signature", "all_complete", "decline", "expiry")),
            "Of which news.",
        ),
        Argument("send_signing_emails", YES_NO, "To signers that have an address.", default="false"),
        Argument(
            "custom_email_body",
            TEXT,
            "With {slot_firstName}, {slot_lastName}, {slot_link}, {expiryDate}.",
        ),
        help="The answer has a signing link for each slot.",
        rules=(unique("signers", "slot_number"), _someone_to_mail, _events_go_somewhere),
        look="list_sessions",
    ),
    _operation(
        "list_sessions",
        "List sessions",
        "GET",
        "/forms/{id}/signing-sessions",
        FORM,
        Argument(
            "status", choice("active", "fully_signed", "declined", "voided", "expired"), "Only these.", Where.QUERY
        ),
        *PAGES,
    ),
    _operation("get_session", "Get a session", "GET", "/signing-sessions/{session_id}", SESSION),
    _operation(
        "void_session",
        "Void a session",
        "POST",
        "/signing-sessions/{session_id}/void",
        SESSION,
        Argument("reason", TEXT, "Why."),
        help="Open links die, those who signed are told, PDFs are marked VOIDED.",
        look="get_session",
    ),
    _operation(
        "resend_signing_request",
        "Resend a signing request",
        "POST",
        "/signing-sessions/{session_id}/resend/{slot_number}",
        SESSION,
        Argument("slot_number", whole(1), "Whose; needs an e-mail.", Where.PATH, required=True),
    ),
    _operation(
        "list_documents",
        "List signed documents",
        "GET",
        "/signing-sessions/{session_id}/documents",
        SESSION,
        help="One for each contract question of a completed session, with its fingerprint.",
    ),
    _operation(
        "download_document",
        "Get a signed document",
        "GET",
        "/signing-sessions/{session_id}/documents/{document_id}",
        SESSION,
        Argument(
            "document_id", text(pattern=WORD, looks="doc_xyz789"), "Of list_documents.", Where.PATH, required=True
        ),
        answers=Answers.PDF,
    ),
    _operation("get_audit_trail", "Get the audit trail", "GET", "/signing-sessions/{session_id}/audit", SESSION),
    _operation(
        "resolve_short_code",
        "Resolve a short code",
        "GET",
        "/s/{short_code}",
        CODE,
        help="Needs no login.",
        anonymous=True,
    ),
    _operation(
        "verify_password",
        "Verify a password",
        "POST",
        "/s/{short_code}/verify-password",
        CODE,
        Argument("password", SOME_TEXT, "Of the session.", Where.HIDDEN_BODY, required=True),
        help="Needs no login; the answer has a token that lets one sign.",
        anonymous=True,
    ),
    _operation("get_form_webhook", "Get the webhook of a form", "GET", "/forms/{id}/webhooks", FORM, source=PUBLIC),
    _operation(
        "set_form_webhook",
        "Set the webhook of a form",
        "PUT",
        "/forms/{id}/webhooks",
        FORM,
        # [assumed] url; webhook_url is written too.
        Argument(
            "url", WEB, "Where it calls; of a form that was submitted, never of signing.", required=True, source=ASSUMED
        ),
        source=ASSUMED,
        repeatable=True,
    ),
    _operation("list_webhooks", "List webhooks", "GET", "/webhooks", source=PUBLIC, help="Those for every form."),
    _operation("get_webhook_secret", "Get the secret of webhooks", "GET", "/webhooks/secret", source=PUBLIC),
    _operation(
        "regenerate_webhook_secret",
        "Make a new secret of webhooks",
        "POST",
        "/webhooks/secret/regenerate",
        source=PUBLIC,
        help="The one before is dead at once.",
        look="get_webhook_secret",
    ),
)
