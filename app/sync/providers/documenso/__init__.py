"""Documenso: envelopes of PDFs, in the vendor's cloud or on one's own server.

What it says of itself is followed: the OpenAPI document of its API v2 [published]. Its older calls for documents and
templates are left out: those for envelopes do the same and more.
"""

from typing import Any

from app.sync.argument import (
    SOME_TEXT,
    TEXT,
    WHOLE,
    YES_NO,
    Argument,
    Shape,
    Where,
    choice,
    file,
    free,
    many,
    text,
    whole,
)
from app.sync.credential import Credential, in_header
from app.sync.operation import Answers, Operation
from app.sync.provider import BaseUrl, Capability, FormField, Limit, Options, Provider
from app.sync.request import Request
from app.sync.source import Source

PUBLISHED, PUBLIC, ASSUMED = Source.PUBLISHED, Source.PUBLIC, Source.ASSUMED

BASE_URLS = (BaseUrl("https://app.documenso.com/api/v2", PUBLIC),)

FORM = (
    FormField(
        "key",
        "API token",
        "From the settings of your team; the base URL of a server of your own ends in /api/v2.",
        PUBLISHED,
        secret=True,
        required=True,
        looks_like=r"api_\S+",
    ),
)

CAPABILITIES = dict.fromkeys(
    (
        Capability.UPLOAD,
        Capability.PLACE_FIELDS,
        Capability.DRAFT,
        Capability.SEQUENTIAL,
        Capability.PARALLEL,
        Capability.SIGNING_LINK,
        Capability.LIST,
        Capability.READ,
        Capability.DELETE,
        Capability.REMIND,  # redistribute
        Capability.VOID,  # cancel
        Capability.DOWNLOAD,
        Capability.AUDIT,
        Capability.EXPIRY,  # envelopeExpirationPeriod
        Capability.TEMPLATES,
        Capability.PREFILL,
    ),
    PUBLISHED,
)

LIMITS = (
    Limit("title", 255, "characters", PUBLISHED, least=1),
    Limit("message", 5000, "characters", PUBLISHED),
    Limit("person_name", 255, "characters", PUBLISHED),
    Limit("document_bytes", 50_000_000, "bytes", ASSUMED),
)


# -- operations ------------------------------------------------------------------------------------------------------


def _key(name: str, shape: Shape, what: str = "", *, required: bool = False) -> Argument:
    return Argument(name, shape, what, required=required, source=PUBLISHED)


def _needed(name: str, shape: Shape = SOME_TEXT, what: str = "") -> Argument:
    return _key(name, shape, what, required=True)


def _query(name: str, shape: Shape, *, required: bool = False) -> Argument:
    return Argument(name, shape, "", Where.QUERY, required=required, source=PUBLISHED)


def _in_path(name: str, what: str, shape: Shape = SOME_TEXT) -> Argument:
    return Argument(name, shape, what, Where.PATH, required=True, source=PUBLISHED)


def _operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, f"/envelope{path}", PUBLISHED, arguments, **more)


OBJECTS = many(free(), 1)
ENVELOPE = _in_path("envelopeId", "The envelope.")
ITEM = _in_path("envelopeItemId", "A file of the envelope.")
RECIPIENT = _in_path("recipientId", "The recipient.", whole(1))
FIELD = _in_path("fieldId", "The field.", whole(1))
OF_ENVELOPE = _needed("envelopeId")
PAGES = (_query("page", whole(1)), _query("perPage", whole(1)))
SORTED = (_query("orderByColumn", choice("createdAt")), _query("orderByDirection", choice("asc", "desc")))

OPERATIONS = (
    _operation(
        "find_envelopes",
        "Find envelopes",
        "GET",
        "",
        _query("query", TEXT),
        *PAGES,
        _query("type", choice("DOCUMENT", "TEMPLATE")),
        _query("templateId", WHOLE),
        _query("source", choice("DOCUMENT", "TEMPLATE", "TEMPLATE_DIRECT_LINK")),
        _query("status", choice("DRAFT", "PENDING", "COMPLETED", "REJECTED", "CANCELLED")),
        _query("folderId", TEXT),
        *SORTED,
    ),
    _operation(
        "create_envelope",
        "Create an envelope",
        "POST",
        "/create",
        Argument("files", file(), "A PDF.", Where.PART, source=PUBLISHED),
        _needed("title", text(1, 255)),
        _needed("type", choice("DOCUMENT", "TEMPLATE")),
        _key("externalId", text(most=255), "Your own name for it."),
        _key("visibility", choice("EVERYONE", "MANAGER_AND_ABOVE", "ADMIN")),
        _key("globalAccessAuth", many(choice("ACCOUNT", "TWO_FACTOR_AUTH"))),
        _key("globalActionAuth", many(choice("ACCOUNT", "PASSKEY", "TWO_FACTOR_AUTH", "PASSWORD"))),
        _key("formValues", free()),
        _key("folderId", TEXT),
        _key("recipients", many(free()), "Each with email, name, role, and their fields."),
        _key("meta", free(), "subject, message, signingOrder and more."),
        _key("attachments", many(free())),
        help="It is a draft; then distribute_envelope.",
        data_part="payload",
        look="find_envelopes",
    ),
    _operation("get_envelope", "Get an envelope", "GET", "/{envelopeId}", ENVELOPE),
    _operation(
        "get_envelopes",
        "Get several envelopes",
        "POST",
        "/get-many",
        _needed("ids", free(), "type envelopeId and ids."),
        repeatable=True,
    ),
    _operation(
        "update_envelope",
        "Update an envelope",
        "POST",
        "/update",
        OF_ENVELOPE,
        _key("data", free()),
        _key("meta", free()),
        repeatable=True,
    ),
    _operation("delete_envelope", "Delete an envelope", "POST", "/delete", OF_ENVELOPE, look="get_envelope"),
    _operation(
        "cancel_envelope",
        "Cancel an envelope",
        "POST",
        "/cancel",
        OF_ENVELOPE,
        _key("reason", TEXT),
        look="get_envelope",
    ),
    _operation("duplicate_envelope", "Duplicate an envelope", "POST", "/duplicate", OF_ENVELOPE,
        _key("includeRecipients", YES_NO), _key("includeFields", YES_NO), look="find_envelopes",
    ),
    _operation(
        "distribute_envelope",
        "Send an envelope out",
        "POST",
        "/distribute",
        OF_ENVELOPE,
        _key("meta", free()),
        look="get_envelope",
    ),
    _operation(
        "redistribute_envelope",
        "Remind recipients",
        "POST",
        "/redistribute",
        OF_ENVELOPE,
        _needed("recipients", many(WHOLE, 1)),
    ),
    _operation("find_audit_log", "Get the audit log", "GET", "/{envelopeId}/audit-log", ENVELOPE, *PAGES, *SORTED),
    *(
        _operation(
            f"download_{name}",
            f"Download the {said}",
            "GET",
            f"/{{envelopeId}}/{name.replace('_', '-')}/download",
            ENVELOPE,
            answers=Answers.PDF,
        )
        for name, said in (("audit_log", "audit log"), ("certificate", "certificate"))
    ),
    _operation(
        "download_item",
        "Download a file of an envelope",
        "GET",
        "/item/{envelopeItemId}/download",
        ITEM,
        _query("version", choice("original", "signed", "pending")),
        answers=Answers.PDF,
    ),
    _operation("update_items", "Update files", "POST", "/item/update-many", OF_ENVELOPE, _needed("data", OBJECTS)),
    _operation("delete_item", "Delete a file", "POST", "/item/delete", OF_ENVELOPE, _needed("envelopeItemId")),
    _operation("get_recipient", "Get a recipient", "GET", "/recipient/{recipientId}", RECIPIENT),
    *(
        _operation(
            f"{verb}_{name}s", f"{verb.title()} {name}s", "POST", f"/{name}/{verb}-many", OF_ENVELOPE,
            _needed("data", OBJECTS), look="get_envelope",
        )
        for name in ("recipient", "field")
        for verb in ("create", "update")
    ),
    _operation("delete_recipient", "Delete a recipient", "POST", "/recipient/delete", _needed("recipientId", whole(1))),
    _operation(
        "reject_for_recipient",
        "Reject in the name of a recipient",
        "POST",
        "/recipient/{recipientId}/reject",
        RECIPIENT,
        OF_ENVELOPE,
        _needed("reason"),
        _key("actAsEmail", TEXT),
        look="get_recipient",
    ),
    _operation("get_field", "Get a field", "GET", "/field/{fieldId}", FIELD),
    _operation("delete_field", "Delete a field", "POST", "/field/delete", _needed("fieldId", whole(1))),
    _operation(
        "find_attachments", "Find attachments", "GET", "/attachment", _query("envelopeId", SOME_TEXT, required=True)
    ),
    _operation(
        "create_attachment",
        "Create an attachment",
        "POST",
        "/attachment/create",
        OF_ENVELOPE,
        _needed("data", free()),
        look="find_attachments",
    ),
    _operation(
        "update_attachment",
        "Update an attachment",
        "POST",
        "/attachment/update",
        _needed("id"),
        _needed("data", free()),
        repeatable=True,
    ),
    _operation("delete_attachment", "Delete an attachment", "POST", "/attachment/delete", _needed("id")),
)  # fmt: skip


def authorize(secret: str, options: Options) -> Credential:
    """[published] Authorization, the bare token."""
    del options
    return in_header("Authorization", "", secret)


DOCUMENSO = Provider(
    name="documenso",
    title="Documenso",
    site="https://docs.documenso.com",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [published] the list, of one.
    probe=Request("GET", "/envelope", "account test", query={"page": "1", "perPage": "1"}),
    capabilities=CAPABILITIES,
    operations=OPERATIONS,
    limits=LIMITS,
)
