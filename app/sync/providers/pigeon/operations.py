"""Operations on documents of Pigeon. The session is [seed]; of the others the seed has the names, and mostly the
methods, and the form is PandaDoc's [public].
"""

from typing import Any

from app.domain.errors import SpecError
from app.sync.argument import (
    EMAIL,
    SOME_TEXT,
    TEXT,
    WEB,
    YES_NO,
    Argument,
    Where,
    choice,
    file,
    many,
    number,
    text,
    whole,
)
from app.sync.operation import Answers, Operation, Values
from app.sync.providers.pigeon import shapes
from app.sync.providers.pigeon.content import public
from app.sync.providers.pigeon.shapes import in_path, query
from app.sync.request import ANY_TYPE
from app.sync.rules import at_least_one, at_most_one, different, exactly_one
from app.sync.source import Source

SEED, PUBLIC = Source.SEED, Source.PUBLIC
MOST_BYTES = 2_500_000
DOCUMENT = in_path("document_id", "The document.")
ATTACHMENT = in_path("attachment_id", "The attachment.")
RECIPIENT = in_path("recipient_id", "The recipient.")
SEPARATE = query("separate_files", YES_NO, "A ZIP of its parts instead of one PDF.")


def operation(name: str, title: str, method: str, path: str, *arguments: Argument, **more: Any) -> Operation:
    return Operation(name, title, method, path, more.pop("source", PUBLIC), arguments, **more)


def of_document(name: str, title: str, method: str, rest: str, *arguments: Argument, **more: Any) -> Operation:
    return operation(name, title, method, f"/documents/{{document_id}}{rest}", DOCUMENT, *arguments, **more)


def _recipients_for_a_template(values: Values) -> None:
    if "template_uuid" in values:
        if "recipients" not in values:
            raise SpecError(path="recipients", problem="is missing; a template needs its people")
        return
    for one in shapes.TEMPLATE_ONLY:
        if one.name in values:
            raise SpecError(path=one.name, problem="goes with template_uuid")
    if "name" not in values:
        raise SpecError(path="name", problem="is missing; a PDF needs a name")


def _parsing_needs_a_pdf(values: Values) -> None:
    if "parse_form_fields" in values and "template_uuid" in values:
        raise SpecError(path="parse_form_fields", problem="is for PDFs, not for templates")


DOCUMENTS = (
    operation(
        "list_documents",
        "List documents",
        "GET",
        "/documents",
        *shapes.DOCUMENT_QUERY,
        *shapes.PAGES,
        rules=(at_most_one("template_id", "form_id"),),
    ),
    operation(
        "create_document",
        "Create a document",
        "POST",
        "/documents",
        Argument("file", file(most=MOST_BYTES), "A PDF from here.", Where.PART, source=PUBLIC),
        public("url", WEB, "Of a PDF that the service can fetch."),
        *shapes.TEMPLATE_ONLY,
        public("name", SOME_TEXT),
        public("recipients", many(shapes.NEW_RECIPIENT)),
        public("folder_uuid", shapes.IDENTIFIER),
        public("owner", shapes.OWNER),
        public("parse_form_fields", YES_NO, "Makes fields of the form fields of the PDF."),
        shapes.FIELDS,
        *shapes.FILLING,
        upload_path="/documents?upload",
        help="It is a draft some seconds later, and nobody is told; then send_document.",
        rules=(exactly_one("file", "url", "template_uuid"), _recipients_for_a_template, _parsing_needs_a_pdf),
        look="list_documents",
    ),
    of_document("get_document_status", "Get the status of a document", "GET", ""),
    of_document(
        "delete_document", "Delete a document", "DELETE", "", answers=Answers.NOTHING, look="get_document_status"
    ),
    of_document(
        "update_document",
        "Update a document",
        "PATCH",
        "",
        public("name", SOME_TEXT),
        public("recipients", many(shapes.CHANGED_RECIPIENT)),
        shapes.FIELDS_AGAIN,
        *shapes.FILLING,
        *shapes.CONTENT,
        answers=Answers.NOTHING,
        repeatable=True,
        help="While it is a draft.",
        rules=(
            at_least_one(
                "name",
                "recipients",
                "fields",
                "tokens",
                "metadata",
                "tags",
                "images",
                "pricing_tables",
                "tables",
                "texts",
            ),
        ),
    ),
    of_document(
        "update_document_status",
        "Update the status of a document by hand",
        "PATCH",
        "/status",
        public("status", choice(2, 10, 11, 12), "2 completed, 10 paid, 11 voided, 12 declined.", required=True),
        public("note", TEXT),
        public("notify_recipients", YES_NO),
        answers=Answers.NOTHING,
        look="get_document_status",
    ),
    of_document(
        "move_document_to_draft",
        "Move a document to draft",
        "POST",
        "/draft",
        help="Signatures and initials in it are cleared; it must be sent again.",
        look="get_document_status",
    ),
    of_document("get_document_details", "Get details of a document", "GET", "/details"),
    of_document(
        "send_document",
        "Send a document",
        "POST",
        "/send",
        *shapes.SENDING,
        help="While it is a draft.",
        look="get_document_status",
    ),
    of_document(
        "create_document_session",
        "Create a document session",
        "POST",
        "/session",
        Argument("recipient", EMAIL, "Of a recipient of the document.", required=True),
        Argument("lifetime", number(above=0, most=31_536_000), "Seconds.", default="3600"),
        source=SEED,
        help="Whoever has the id in the answer acts as that recipient.",
    ),
    of_document(
        "download_document",
        "Download a document",
        "GET",
        "/download",
        query("watermark_text", SOME_TEXT),
        query("watermark_color", text(pattern=r"#[0-9a-fA-F]{6}", looks="#ff0000")),
        query("watermark_font_size", whole(1)),
        query("watermark_opacity", number(0, 1)),
        SEPARATE,
        answers=Answers.PDF,
        zipped_by="separate_files",
    ),
    of_document(
        "download_protected_document",
        "Download a protected document",
        "GET",
        "/download-protected",
        SEPARATE,
        answers=Answers.PDF,
        zipped_by="separate_files",
        help="Sealed; completed documents only, and no sandbox key.",
    ),
    of_document(
        "update_document_ownership",
        "Update the ownership of a document",
        "PATCH",
        "/ownership",
        public("membership_id", SOME_TEXT, "The new owner.", required=True),
        answers=Answers.NOTHING,
        repeatable=True,
    ),
    operation(
        "transfer_documents_ownership",
        "Transfer the ownership of documents",
        "PATCH",
        "/documents/ownership",
        public("from_membership_id", SOME_TEXT, "Whose documents.", required=True),
        public("to_membership_id", SOME_TEXT, "The new owner.", required=True),
        answers=Answers.NOTHING,
        help="All documents of one member.",
        rules=(different("from_membership_id", "to_membership_id"),),
        repeatable=True,
    ),
)
PARTS = (
    of_document("list_attachments", "List attachments", "GET", "/attachments"),
    of_document(
        "create_attachment",
        "Create an attachment",
        "POST",
        "/attachments",
        Argument("file", file(ANY_TYPE, most=MOST_BYTES), "From here.", Where.PART, source=PUBLIC),
        public("source", WEB, "Of a file that the service can fetch."),
        public("name", SOME_TEXT, "What it is called."),
        upload_path="/documents/{document_id}/attachments?upload",
        data_part="",
        rules=(exactly_one("file", "source"),),
        look="list_attachments",
    ),
    of_document("get_attachment", "Get details of an attachment", "GET", "/attachments/{attachment_id}", ATTACHMENT),
    of_document(
        "delete_attachment",
        "Delete an attachment",
        "DELETE",
        "/attachments/{attachment_id}",
        ATTACHMENT,
        answers=Answers.NOTHING,
        look="list_attachments",
    ),
    of_document(
        "download_attachment",
        "Download an attachment",
        "GET",
        "/attachments/{attachment_id}/download",
        ATTACHMENT,
        answers=Answers.FILE,
    ),
    of_document("list_document_fields", "List fields of a document", "GET", "/fields"),
    of_document(
        "create_document_fields",
        "Create fields in a document",
        "POST",
        "/fields",
        public("fields", many(shapes.NEW_FIELD, 1), required=True),
        look="list_document_fields",
    ),
    of_document(
        "add_recipient",
        "Add a recipient",
        "POST",
        "/recipients",
        public("id", shapes.IDENTIFIER, "Of a contact.", required=True),
        public("kind", choice("contact", "contact_group"), required=True),
        look="get_document_details",
    ),
    of_document(
        "update_recipient",
        "Edit a recipient",
        "PATCH",
        "/recipients/recipient/{recipient_id}",
        RECIPIENT,
        *shapes.CONTACT,
        answers=Answers.NOTHING,
        repeatable=True,
        rules=(at_least_one(*(one.name for one in shapes.CONTACT)),),
    ),
    of_document(
        "delete_recipient",
        "Delete a recipient",
        "DELETE",
        "/recipients/{recipient_id}",
        RECIPIENT,
        answers=Answers.NOTHING,
        look="get_document_details",
    ),
    of_document(
        "reassign_recipient",
        "Reassign a recipient",
        "POST",
        "/recipients/{recipient_id}/reassign",
        RECIPIENT,
        public("id", shapes.IDENTIFIER, "Of the contact who takes over.", required=True),
        public("kind", choice("contact", "contact_group"), required=True),
        look="get_document_details",
    ),
)
