"""All operations of VisiSign. [seed] unless an argument or operation says otherwise.

Those on webhooks are [assumed]: its documents disagree about who may make them. Nothing here hangs on them.
"""

import re
from typing import Any, Final

from app.domain.errors import SpecError
from app.sync.argument import (
    EMAIL,
    MOMENT,
    SOME_TEXT,
    TEXT,
    WEB,
    WHOLE,
    YES_NO,
    Argument,
    Where,
    choice,
    file,
    free,
    many,
    number,
    record,
    text,
    whole,
)
from app.sync.operation import Answers, Operation, Values
from app.sync.reality import boxes_on_pages, later
from app.sync.rules import exactly_one
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

SIGNATURE_TOKEN: Final = re.compile(r"\{\{\s*signature:[^{}]+\}\}")

ID = Argument("id", text(pattern=r"sr_[A-Za-z0-9_-]+", looks="sr_123"), "The request.", Where.PATH, required=True)
PAGES = (
    Argument("page", whole(1), "Counted from 1.", Where.QUERY, default="1"),
    Argument("per_page", whole(1, 100), "How many on a page.", Where.QUERY, default="20"),
)
PERSON = (
    Argument("name", SOME_TEXT, "Full name.", required=True),
    Argument("email", EMAIL, "Where the signing link goes.", required=True),
)
SIGNER = record(
    *PERSON,
    Argument("phone_number", TEXT, "Telephone."),
    Argument("order", WHOLE, "Whose turn it is; needed where they sign one at a time."),
    Argument("role", TEXT, "The key of tokens in Markdown, as signer1."),
)
FIELD = record(
    Argument("type", choice("signature", "initials", "date", "text", "checkbox"), required=True),
    Argument("signer_index", whole(0), "Whose field it is, counted from 0 in signers.", required=True),
    Argument("page", whole(1), "Counted from 1.", required=True),
    # [assumed] from the top-left corner of the page, downwards.
    Argument("x", number(0), "Points from the left edge.", required=True),
    Argument("y", number(0), "Points from the upper edge.", required=True),
    Argument("width", number(above=0), "Points.", required=True),
    Argument("height", number(above=0), "Points.", required=True),
    Argument("label", TEXT, "Shown to the signer."),
    Argument("mapping_key", TEXT, "The value comes back under this key in form_data."),
    Argument("required", YES_NO, "Whether it must be filled.", default="true"),
)
MESSAGE = Argument("message", TEXT, "Goes into the e-mails.")
EXPIRES_AT = Argument("expires_at", MOMENT, "When it runs out.")
TEST_MODE = Argument("test_mode", YES_NO, "Without legal effect.", default="false", option="test_mode")
METADATA = Argument("metadata", free(), "Your own keys and values; they come back.")

EVENTS = tuple(
    f"signature_request.{one}" for one in ("sent", "viewed", "signed", "declined", "completed", "expired", "cancelled")
)
WEBHOOK = Argument("id", whole(1), "The webhook.", Where.PATH, required=True, source=ASSUMED)
PERHAPS = "Perhaps for a session of the dashboard only."


def _orders(values: Values) -> None:
    if values.get("signing_order") != "one_at_a_time":
        return
    for index, signer in enumerate(values["signers"]):
        if "order" not in signer:
            raise SpecError(path=f"signers[{index}].order", problem="is missing; they sign one at a time")


def _fields_have_signers(values: Values) -> None:
    signers = len(values["signers"])
    for index, field in enumerate(values.get("fields", ())):
        if field["signer_index"] >= signers:
            problem = f"is {field['signer_index']}, and there are {signers} signers, counted from 0"
            raise SpecError(path=f"fields[{index}].signer_index", problem=problem)


def _content_can_be_signed(values: Values) -> None:
    if "content" not in values:
        return
    if not SIGNATURE_TOKEN.search(values["content"]):
        raise SpecError(path="content", problem="has no {{signature:key}}, so nobody could sign it")
    if values.get("import_fields"):
        raise SpecError(path="import_fields", problem="is for fields of a PDF, and content is Markdown")


def _one_way_to_a_role(values: Values) -> None:
    for index, signer in enumerate(values["signers"]):
        if "role" in signer and "role_id" in signer:
            raise SpecError(path=f"signers[{index}].role_id", problem="does not go with role")


def _operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, path, more.pop("source", SEED), arguments, **more)


OPERATIONS = (
    _operation("list_signature_requests", "List signature requests", "GET", "/signature_requests", *PAGES),
    _operation("get_signature_request", "Get a signature request", "GET", "/signature_requests/{id}", ID),
    _operation(
        "create_signature_request",
        "Create a signature request",
        "POST",
        "/signature_requests",
        Argument("file", file(), "The PDF; instead of content.", Where.PART),
        Argument("title", TEXT, default="Untitled"),
        Argument("content", SOME_TEXT, "The document in Markdown with tokens as {{signature:signer1}}."),
        MESSAGE,
        Argument(
            "signers", many(SIGNER, 1, 50), "10 at most while the account is younger than 30 days.", required=True
        ),
        Argument("fields", many(FIELD), "Where they sign; tokens in Markdown need none."),
        Argument("import_fields", YES_NO, "The form fields of the PDF go to the first signer.", default="false"),
        Argument("signing_order", choice("everyone", "one_at_a_time"), default="everyone"),
        EXPIRES_AT,
        TEST_MODE,
        METADATA,
        help="Sends it out at once.",
        look="list_signature_requests",
        rules=(exactly_one("file", "content"), _orders, _fields_have_signers, _content_can_be_signed),
        fits=(later("expires_at"), boxes_on_pages("fields")),
    ),
    _operation(
        "send_with_template",
        "Send with template",
        "POST",
        "/signature_requests/send_with_template",
        Argument("template_id", text(pattern=r"tmpl_[A-Za-z0-9_-]+", looks="tmpl_123"), required=True),
        Argument("title", TEXT, default="the template's name"),
        MESSAGE,
        Argument(
            "signers",
            many(
                record(
                    *PERSON,
                    Argument("role", TEXT, "A role of the template by its name."),
                    Argument("role_id", WHOLE, "A role of the template by its number."),
                ),
                1,
                50,
            ),
            "One for each role; a template without roles gives all fields to the first.",
            required=True,
        ),
        EXPIRES_AT,
        TEST_MODE,
        METADATA,
        Argument("custom_fields", free(), "Values by mapping_key; keys the template does not have are ignored."),
        help="Needs a Team plan.",
        look="list_signature_requests",
        rules=(_one_way_to_a_role,),
        fits=(later("expires_at"),),
    ),
    _operation(
        "cancel_signature_request",
        "Cancel a signature request",
        "POST",
        "/signature_requests/{id}/cancel",
        ID,
        help="Until it is completed.",
        look="get_signature_request",
    ),
    _operation(
        "send_reminder",
        "Send a reminder",
        "POST",
        "/signature_requests/{id}/remind",
        ID,
        Argument("email_address", EMAIL, "Of a signer who has not signed.", required=True),
    ),
    _operation(
        "download_files",
        "Download signed files",
        "GET",
        "/signature_requests/{id}/files",
        ID,
        answers=Answers.PDF,
        help="Once everybody has signed.",
    ),
    _operation("list_templates", "List templates", "GET", "/templates", *PAGES, source=PUBLIC),
    _operation(
        "get_template",
        "Get a template",
        "GET",
        "/templates/{id}",
        Argument(
            "id", text(pattern=r"tmpl_[A-Za-z0-9_-]+", looks="tmpl_123"), "The template.", Where.PATH, required=True
        ),
        help="Its roles and fields, with their mapping_key.",
    ),
    _operation("list_webhooks", "List webhooks", "GET", "/webhooks", source=ASSUMED, help=PERHAPS),
    _operation(
        "create_webhook",
        "Create a webhook",
        "POST",
        "/webhooks",
        Argument("url", WEB, "Where it calls.", required=True, source=ASSUMED),
        Argument("events", many(choice(*EVENTS)), "Of what.", default="all", source=ASSUMED),
        source=ASSUMED,
        help=f"{PERHAPS} Its signing secret is in this answer and in no other.",
        look="list_webhooks",
    ),
    _operation(
        "delete_webhook",
        "Delete a webhook",
        "DELETE",
        "/webhooks/{id}",
        WEBHOOK,
        source=ASSUMED,
        answers=Answers.NOTHING,
        help=PERHAPS,
        look="list_webhooks",
    ),
    _operation("test_webhook", "Test a webhook", "POST", "/webhooks/{id}/test", WEBHOOK, source=ASSUMED, help=PERHAPS),
)
