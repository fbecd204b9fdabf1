"""Operations of Pigeon beside documents. Templates and webhooks are [public]; of bulk lists, cloud storage, branding
and the confirmation page the seed has the names and nothing tells the form: all [assumed].
"""

from app.sync.argument import SOME_TEXT, TEXT, WEB, YES_NO, Argument, Shape, Where, file, free, many, record, text
from app.sync.operation import Answers
from app.sync.providers.pigeon import shapes
from app.sync.providers.pigeon.content import public
from app.sync.providers.pigeon.operations import MOST_BYTES, operation
from app.sync.providers.pigeon.shapes import in_path, query
from app.sync.rules import at_least_one, exactly_one
from app.sync.source import Source

PUBLIC, ASSUMED = Source.PUBLIC, Source.ASSUMED
TEMPLATE = in_path("template_id", "The template.")
SUBSCRIPTION = in_path("uuid", "The subscription.")
SUBSCRIPTION_KEYS = (
    public("active", YES_NO, default="true"),
    public("payload", shapes.SUBSCRIPTION_PAYLOAD, "What comes along."),
)


def assumed(name: str, shape: Shape, help: str = "", *, required: bool = False) -> Argument:  # noqa: A002
    return Argument(name, shape, help, required=required, source=ASSUMED)


LIST = in_path("list_id", "The list.")
PROVIDER = in_path("provider", "The provider of storage, as list_cloud_storage_providers names it.")
ITEMS = assumed(
    "items",
    many(
        record(
            assumed("recipients", many(shapes.NEW_RECIPIENT, 1), required=True),
            assumed("tokens", many(shapes.TOKEN)),
            assumed("fields", shapes.FIELD_VALUES),
        ),
        1,
    ),
    "One document each.",
)

AROUND = (
    operation(
        "list_templates",
        "List templates",
        "GET",
        "/templates",
        query("q", SOME_TEXT, "Part of the name."),
        query("shared", YES_NO),
        query("deleted", YES_NO),
        query("id", shapes.IDENTIFIER),
        query("folder_uuid", shapes.IDENTIFIER),
        query("tag", many(SOME_TEXT)),
        *shapes.PAGES,
    ),
    operation(
        "create_template",
        "Create a template",
        "POST",
        "/templates",
        Argument("file", file(most=MOST_BYTES), "A PDF from here.", Where.PART, source=PUBLIC),
        public("url", WEB, "Of a PDF that the service can fetch."),
        public("name", SOME_TEXT),
        public("folder_uuid", shapes.IDENTIFIER),
        public("owner", shapes.OWNER),
        public("tokens", many(shapes.TOKEN)),
        public("metadata", free()),
        upload_path="/templates?upload",
        rules=(exactly_one("file", "url"),),
        look="list_templates",
    ),
    operation("get_template_details", "Get details of a template", "GET", "/templates/{template_id}/details", TEMPLATE),
    operation(
        "delete_template",
        "Delete a template",
        "DELETE",
        "/templates/{template_id}",
        TEMPLATE,
        answers=Answers.NOTHING,
        look="list_templates",
    ),
    operation("list_webhook_subscriptions", "List webhook subscriptions", "GET", "/webhook-subscriptions"),
    operation(
        "create_webhook_subscription",
        "Create a webhook subscription",
        "POST",
        "/webhook-subscriptions",
        public("name", SOME_TEXT, required=True),
        public("url", WEB, "Where it calls.", required=True),
        public("triggers", shapes.TRIGGERS, "When.", required=True),
        *SUBSCRIPTION_KEYS,
        look="list_webhook_subscriptions",
    ),
    operation(
        "get_webhook_subscription", "Get a webhook subscription", "GET", "/webhook-subscriptions/{uuid}", SUBSCRIPTION
    ),
    operation(
        "update_webhook_subscription",
        "Update a webhook subscription",
        "PATCH",
        "/webhook-subscriptions/{uuid}",
        SUBSCRIPTION,
        public("name", SOME_TEXT),
        public("url", WEB),
        public("triggers", shapes.TRIGGERS),
        *SUBSCRIPTION_KEYS,
        repeatable=True,
        rules=(at_least_one("name", "url", "triggers", "active", "payload"),),
    ),
    operation(
        "delete_webhook_subscription",
        "Delete a webhook subscription",
        "DELETE",
        "/webhook-subscriptions/{uuid}",
        SUBSCRIPTION,
        answers=Answers.NOTHING,
        look="list_webhook_subscriptions",
    ),
    operation(
        "create_bulk_send_list",
        "Create a bulk send list",
        "POST",
        "/bulk-send-lists",
        assumed("name", SOME_TEXT, required=True),
        assumed("template_uuid", shapes.IDENTIFIER, required=True),
        ITEMS,
        source=ASSUMED,
        look="list_bulk_send_lists",
    ),
    operation("list_bulk_send_lists", "List bulk send lists", "GET", "/bulk-send-lists", source=ASSUMED),
    operation("get_bulk_send_list", "Get a bulk send list", "GET", "/bulk-send-lists/{list_id}", LIST, source=ASSUMED),
    operation(
        "update_bulk_send_list",
        "Update a bulk send list",
        "PATCH",
        "/bulk-send-lists/{list_id}",
        LIST,
        assumed("name", SOME_TEXT),
        ITEMS,
        source=ASSUMED,
        repeatable=True,
        rules=(at_least_one("name", "items"),),
    ),
    operation(
        "delete_bulk_send_list",
        "Delete a bulk send list",
        "DELETE",
        "/bulk-send-lists/{list_id}",
        LIST,
        source=ASSUMED,
        answers=Answers.NOTHING,
        look="list_bulk_send_lists",
    ),
    operation(
        "trigger_bulk_send",
        "Trigger a bulk send",
        "POST",
        "/bulk-send-lists/{list_id}/send",
        LIST,
        source=ASSUMED,
        help="One document for each item of the list.",
        look="list_documents",
    ),
    operation(
        "list_cloud_storage_providers", "List providers of cloud storage", "GET", "/cloud-storage", source=ASSUMED
    ),
    operation(
        "connect_cloud_storage",
        "Connect a provider of cloud storage",
        "POST",
        "/cloud-storage/{provider}",
        PROVIDER,
        source=ASSUMED,
        help="The answer has an address where you log in.",
        look="list_cloud_storage_providers",
    ),
    operation(
        "disconnect_cloud_storage",
        "Disconnect a provider of cloud storage",
        "DELETE",
        "/cloud-storage/{provider}",
        PROVIDER,
        source=ASSUMED,
        answers=Answers.NOTHING,
        look="list_cloud_storage_providers",
    ),
    operation("get_branding", "Get the branding of the organisation", "GET", "/branding", source=ASSUMED),
    operation(
        "update_branding",
        "Update the branding of the organisation",
        "PATCH",
        "/branding",
        assumed("logo_url", WEB),
        assumed("primary_color", text(pattern=r"#[0-9a-fA-F]{6}", looks="#2463eb")),
        assumed("company_name", TEXT),
        source=ASSUMED,
        repeatable=True,
        rules=(at_least_one("logo_url", "primary_color", "company_name"),),
    ),
    operation(
        "set_confirmation_page",
        "Enable or disable the confirmation page",
        "PATCH",
        "/confirmation-page",
        assumed("enabled", YES_NO, required=True),
        source=ASSUMED,
        repeatable=True,
    ),
)
