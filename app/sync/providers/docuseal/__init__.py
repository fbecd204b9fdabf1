"""DocuSeal: submissions of PDFs, in the vendor's cloud or on one's own server.

What it says of itself is followed: its OpenAPI document, version 1.0.0 [published].
"""

from typing import Any

from app.sync.argument import EMAIL, SOME_TEXT, TEXT, WHOLE, YES_NO, Argument, Shape, Where, choice, free, many, whole
from app.sync.credential import Credential, in_header
from app.sync.operation import Operation
from app.sync.provider import BaseUrl, Capability, FormField, Limit, Options, Provider
from app.sync.request import Request
from app.sync.source import Source

PUBLISHED, ASSUMED = Source.PUBLISHED, Source.ASSUMED

BASE_URLS = (
    BaseUrl("https://api.docuseal.com", PUBLISHED),
    BaseUrl("https://api.docuseal.eu", PUBLISHED),
)

FORM = (
    FormField(
        "key",
        "API key",
        "From Settings, API; the base URL of a server of your own ends in /api.",
        PUBLISHED,
        secret=True,
        required=True,
    ),
)

CAPABILITIES = dict.fromkeys(
    (
        Capability.UPLOAD,
        Capability.PLACE_FIELDS,
        Capability.SEQUENTIAL,
        Capability.PARALLEL,
        Capability.SIGNING_LINK,
        Capability.EMBED,
        Capability.LIST,
        Capability.READ,
        Capability.REMIND,
        Capability.VOID,  # archived
        Capability.DOWNLOAD,
        Capability.AUDIT,  # submission_events
        Capability.METADATA,  # of each person
        Capability.EXPIRY,
        Capability.PREFILL,
        Capability.FORM_DATA,
        Capability.TEMPLATES,
    ),
    PUBLISHED,
)

LIMITS = (
    Limit("page_size", 100, "", PUBLISHED),
    # A file travels inside JSON, a third larger than it is.
    Limit("document_bytes", 50_000_000, "bytes", ASSUMED),
)


# -- operations ------------------------------------------------------------------------------------------------------


def _in_path(name: str, what: str) -> Argument:
    return Argument(name, whole(1), what, Where.PATH, required=True, source=PUBLISHED)


def _query(name: str, shape: Shape, what: str = "") -> Argument:
    return Argument(name, shape, what, Where.QUERY, source=PUBLISHED)


def _key(name: str, shape: Shape, what: str = "", *, required: bool = False) -> Argument:
    return Argument(name, shape, what, required=required, source=PUBLISHED)


def _operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, path, PUBLISHED, arguments, **more)


OBJECTS = many(free())
SOME_OBJECTS = many(free(), 1)
SUBMISSION = _in_path("id", "The submission.")
TEMPLATE = _in_path("id", "The template.")
SUBMITTER = _in_path("id", "The submitter.")
PAGES = (
    _query("limit", whole(1, 100), "How many on a page."),
    _query("after", WHOLE, "The id the page begins after."),
    _query("before", WHOLE, "The id the page ends before."),
)
SENDING = (
    _key("send_email", YES_NO, "Whether people are told by e-mail."),
    _key("send_sms", YES_NO),
    _key("order", choice("preserved", "random"), "One after another, or all at once."),
    _key("completed_redirect_url", TEXT),
    _key("bcc_completed", TEXT),
    _key("reply_to", TEXT),
    _key("expire_at", TEXT, "As 2026-12-31 12:00:00 UTC."),
    _key("message", free(), "subject and body of the e-mail."),
)
NAMED = (
    _key("name", TEXT),
    _key("external_id", TEXT, "Your own name for it."),
    _key("folder_name", TEXT),
)
MADE = (*NAMED, _key("shared_link", YES_NO))

OPERATIONS = (
    _operation(
        "list_submissions",
        "List submissions",
        "GET",
        "/submissions",
        _query("template_id", WHOLE),
        _query("status", choice("pending", "completed", "declined", "expired")),
        _query("q", TEXT, "Part of a name, an e-mail address or a telephone number."),
        _query("slug", TEXT),
        _query("template_folder", TEXT),
        _query("archived", YES_NO),
        *PAGES,
    ),
    _operation("get_submission", "Get a submission", "GET", "/submissions/{id}", SUBMISSION),
    _operation(
        "get_submission_documents",
        "Get the documents of a submission",
        "GET",
        "/submissions/{id}/documents",
        SUBMISSION,
        _query("merge", YES_NO),
    ),
    _operation(
        "create_submission",
        "Create a submission from a template",
        "POST",
        "/submissions",
        _key("template_id", WHOLE, required=True),
        _key("submitters", SOME_OBJECTS, required=True),
        *SENDING,
        _key("variables", free()),
        look="list_submissions",
    ),
    _operation(
        "create_submissions_from_emails",
        "Create submissions from e-mail addresses",
        "POST",
        "/submissions/emails",
        _key("template_id", WHOLE, required=True),
        _key("emails", SOME_TEXT, "Several are divided by commas.", required=True),
        _key("send_email", YES_NO),
        _key("message", free()),
        look="list_submissions",
    ),
    *(
        _operation(
            f"create_submission_from_{kind}",
            f"Create a submission from {kind.upper()}",
            "POST",
            f"/submissions/{kind}",
            _key("name", TEXT),
            _key("documents", SOME_OBJECTS, "Each with name and file or html, a file in Base64.", required=True),
            _key("submitters", SOME_OBJECTS, required=True),
            *SENDING,
            _key("template_ids", many(WHOLE)),
            _key("merge_documents", YES_NO),
            look="list_submissions",
        )
        for kind in ("pdf", "docx", "html")
    ),
    _operation(
        "archive_submission", "Archive a submission", "DELETE", "/submissions/{id}", SUBMISSION, repeatable=True
    ),
    _operation(
        "list_submitters",
        "List submitters",
        "GET",
        "/submitters",
        _query("submission_id", WHOLE),
        _query("q", TEXT),
        _query("slug", TEXT),
        _query("external_id", TEXT),
        *PAGES,
    ),
    _operation("get_submitter", "Get a submitter", "GET", "/submitters/{id}", SUBMITTER),
    _operation(
        "update_submitter",
        "Update a submitter",
        "PUT",
        "/submitters/{id}",
        SUBMITTER,
        _key("name", TEXT),
        _key("email", EMAIL),
        _key("phone", TEXT),
        _key("values", free()),
        _key("external_id", TEXT),
        _key("send_email", YES_NO, "Sends the request again."),
        _key("send_sms", YES_NO),
        _key("reply_to", TEXT),
        _key("completed", YES_NO),
        _key("metadata", free()),
        _key("message", free()),
        _key("fields", OBJECTS),
        look="get_submitter",
    ),
    _operation(
        "list_templates",
        "List templates",
        "GET",
        "/templates",
        _query("q", TEXT),
        _query("slug", TEXT),
        _query("external_id", TEXT),
        _query("folder", TEXT),
        _query("archived", YES_NO),
        *PAGES,
    ),
    _operation("get_template", "Get a template", "GET", "/templates/{id}", TEMPLATE),
    _operation(
        "update_template",
        "Update a template",
        "PUT",
        "/templates/{id}",
        TEMPLATE,
        _key("name", TEXT),
        _key("folder_name", TEXT),
        _key("roles", many(TEXT)),
        _key("archived", YES_NO),
        repeatable=True,
    ),
    _operation("archive_template", "Archive a template", "DELETE", "/templates/{id}", TEMPLATE, repeatable=True),
    _operation(
        "update_template_documents",
        "Change the documents of a template",
        "PUT",
        "/templates/{id}/documents",
        TEMPLATE,
        _key("documents", OBJECTS),
        _key("merge", YES_NO),
        look="get_template",
    ),
    _operation(
        "clone_template",
        "Clone a template",
        "POST",
        "/templates/{id}/clone",
        TEMPLATE,
        *NAMED,
        look="list_templates",
    ),
    *(
        _operation(
            f"create_template_from_{kind}",
            f"Create a template from {kind.upper()}",
            "POST",
            f"/templates/{kind}",
            *MADE,
            _key("documents", SOME_OBJECTS, "Each with name and file in Base64.", required=True),
            look="list_templates",
        )
        for kind in ("pdf", "docx")
    ),
    _operation(
        "create_template_from_html",
        "Create a template from HTML",
        "POST",
        "/templates/html",
        *MADE,
        _key("html", SOME_TEXT, required=True),
        _key("html_header", TEXT),
        _key("html_footer", TEXT),
        _key("size", TEXT, "As A4."),
        _key("documents", OBJECTS, "More of them, each with html and name."),
        look="list_templates",
    ),
    _operation(
        "merge_templates",
        "Merge templates",
        "POST",
        "/templates/merge",
        _key("template_ids", many(WHOLE, 1), required=True),
        *MADE,
        _key("roles", many(TEXT)),
        look="list_templates",
    ),
)


def authorize(secret: str, options: Options) -> Credential:
    """[published] X-Auth-Token, the bare key."""
    del options
    return in_header("X-Auth-Token", "", secret)


DOCUSEAL = Provider(
    name="docuseal",
    title="DocuSeal",
    site="https://www.docuseal.com/docs/api",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [published] the list, of one.
    probe=Request("GET", "/submissions", "account test", query={"limit": "1"}),
    capabilities=CAPABILITIES,
    operations=OPERATIONS,
    limits=LIMITS,
)
