"""What documents of Pigeon are made of. All [public]: PandaDoc's definition, inferred for Pigeon."""

from typing import Final

from app.sync.argument import (
    EMAIL,
    MOMENT,
    NUMBER,
    PLAIN,
    SOME_TEXT,
    TEXT,
    YES_NO,
    Argument,
    Shape,
    Where,
    choice,
    free,
    many,
    number,
    record,
    text,
    whole,
)
from app.sync.providers.pigeon.content import (
    APPROVAL_STEPS,
    DELIVERY,
    IMAGES,
    PERSON,
    PLACEHOLDERS,
    PRICES,
    REDIRECT,
    TABLES,
    TEXTS,
    VERIFICATION,
    public,
)
from app.sync.source import Source

PUBLIC: Final = Source.PUBLIC
IDENTIFIER: Final = text(pattern=r"[A-Za-z0-9_-]{1,64}", looks="ZPeAfcpzr9aiVs5vqUf6jg")


def in_path(name: str, help: str) -> Argument:  # noqa: A002
    return Argument(name, IDENTIFIER, help, Where.PATH, required=True, source=PUBLIC)


def query(name: str, shape: Shape, help: str = "", default: str = "") -> Argument:  # noqa: A002
    return Argument(name, shape, help, Where.QUERY, default=default, source=PUBLIC)


# -- parts of bodies -------------------------------------------------------------------------------------------------

NEW_RECIPIENT: Final = record(
    *PERSON,
    public("role", SOME_TEXT, "A role of the template, or one that fields name."),
    public("signing_order", whole(1)),
    public("delivery_methods", DELIVERY),
    public("redirect", REDIRECT),
    public("verification_settings", VERIFICATION),
)
CHANGED_RECIPIENT: Final = record(
    public("id", IDENTIFIER),
    *PERSON,
    public("signing_order", whole(1)),
    public("redirect", REDIRECT),
    public("delivery_methods", DELIVERY),
)
TOKEN: Final = record(public("name", SOME_TEXT, required=True), public("value", TEXT, required=True))
OWNER: Final = record(public("email", EMAIL), public("membership_id", SOME_TEXT))
FIELD_VALUES: Final = free(record(public("value", PLAIN, required=True), public("role", SOME_TEXT)))
FIELDS: Final = public("fields", FIELD_VALUES, "Values and roles by the name of a field.")
FIELDS_AGAIN: Final = public(
    "fields", free(record(public("value", PLAIN, required=True))), "Values by the name of a field."
)
FILLING: Final = (
    public("tokens", many(TOKEN), "Values of variables."),
    public("metadata", free(), "Your own keys and values; they come back."),
    public("tags", many(SOME_TEXT)),
)
CONTENT: Final = (
    public("images", IMAGES),
    public("pricing_tables", PRICES),
    public("tables", TABLES),
    public("texts", TEXTS),
)
TEMPLATE_ONLY: Final = (
    public("template_uuid", IDENTIFIER, "Makes it from a template."),
    *CONTENT,
    public("content_placeholders", PLACEHOLDERS),
)
NEW_FIELD: Final = record(
    public(
        "type",
        choice(
            "checkbox",
            "collect_file",
            "date",
            "dropdown",
            "initials",
            "payment_details",
            "radio_buttons",
            "signature",
            "stamp",
            "text",
        ),
        required=True,
    ),
    public(
        "layout",
        record(
            public("page", whole(1), "Counted from 1.", required=True),
            public(
                "position",
                record(
                    public("offset_x", number(0), "Points.", required=True),
                    public("offset_y", number(0), "Points.", required=True),
                    public("anchor_point", choice("topleft", "topright", "bottomleft", "bottomright"), required=True),
                ),
                required=True,
            ),
            public(
                "style",
                record(
                    public("width", whole(1), "Points.", required=True),
                    public("height", whole(1), "Points.", required=True),
                ),
                required=True,
            ),
        ),
        required=True,
    ),
    public("field_id", SOME_TEXT),
    public("merge_field", SOME_TEXT),
    public("assigned_to", IDENTIFIER, "The id of a recipient."),
    public(
        "settings",
        record(
            public("required", YES_NO, default="true"),
            public("placeholder", TEXT),
            public("masked", YES_NO),
            public("multiline", YES_NO),
            public("show_values", YES_NO),
            public(
                "options",
                many(
                    record(
                        public("text", SOME_TEXT, required=True),
                        public("position", record(public("offset_x", NUMBER), public("offset_y", NUMBER))),
                    )
                ),
            ),
        ),
    ),
)
SENDING: Final = (
    public("message", TEXT),
    public("subject", TEXT),
    public("silent", YES_NO, "No e-mails but that of an approval."),
    public("sender", OWNER),
    public("reply_to", EMAIL),
    public(
        "forwarding_settings",
        record(public("forwarding_allowed", YES_NO), public("forwarding_with_reassigning_allowed", YES_NO)),
    ),
    public("selected_approvers", record(public("steps", APPROVAL_STEPS, required=True))),
)
CONTACT: Final = (
    *PERSON,
    public("company", TEXT),
    public("title", TEXT),
    public("state", TEXT),
    public("street_address", TEXT),
    public("city", TEXT),
    public("postal_code", TEXT),
    public("country", TEXT),
    public("delivery_methods", DELIVERY),
    public("redirect", REDIRECT),
    public("verification_settings", VERIFICATION),
)
SUBSCRIPTION_PAYLOAD: Final = many(choice("metadata", "fields", "products", "tokens", "pricing"))
TRIGGERS: Final = many(
    choice(
        "recipient_completed",
        "document_updated",
        "document_deleted",
        "document_state_changed",
        "document_creation_failed",
        "document_completed_pdf_ready",
        "document_section_added",
        "quote_updated",
        "template_created",
        "template_updated",
        "template_deleted",
        "content_library_item_created",
        "content_library_item_creation_failed",
    ),
    1,
)
STATUS: Final = whole(0, 14)
ORDERS: Final = tuple(
    f"{sign}{name}"
    for sign in ("", "-")
    for name in (
        "name",
        "date_created",
        "date_status_changed",
        "date_of_last_action",
        "date_modified",
        "date_sent",
        "date_completed",
        "date_expiration",
        "date_declined",
        "status",
    )
)
DOCUMENT_QUERY: Final = (
    query("q", SOME_TEXT, "Part of the name."),
    query("status", STATUS, "0 draft, 1 sent, 2 completed, 3 uploaded, 5 viewed, 11 voided, 12 declined, and so on."),
    query("status__ne", STATUS, "Not this one."),
    query("template_id", IDENTIFIER),
    query("form_id", IDENTIFIER),
    query("folder_uuid", IDENTIFIER),
    query("contact_id", IDENTIFIER),
    query("membership_id", IDENTIFIER),
    query("id", IDENTIFIER),
    query("tag", SOME_TEXT),
    query("metadata", free(SOME_TEXT), "Values by key; each is sent as metadata_KEY."),
    query("deleted", YES_NO),
    *(query(f"{what}_{end}", MOMENT) for what in ("created", "modified", "completed") for end in ("from", "to")),
    query("order_by", choice(*ORDERS), default="date_status_changed"),
)
PAGES: Final = (
    query("count", whole(1, 100), "How many on a page.", "50"),
    query("page", whole(1), "Counted from 1.", "1"),
)
