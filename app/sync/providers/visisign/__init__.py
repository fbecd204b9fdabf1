"""VisiSign: signature requests from PDF, Markdown or template. The seed page shows all of its operations."""

from app.sync.credential import Credential, bearer
from app.sync.provider import BaseUrl, Capability, Conflict, FormField, Limit, Options, Provider
from app.sync.providers.visisign.operations import OPERATIONS
from app.sync.request import Request
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

BASE_URLS = (BaseUrl("https://api.visisign.app/v1", SEED),)

FORM = (
    FormField(
        "key",
        "API key",
        "It begins with vsk_ and was shown once, when it was made.",
        SEED,
        secret=True,
        required=True,
        looks_like=r"vsk_\S+",
    ),
    FormField(
        "test_mode",
        "Test mode",
        "yes: requests have no legal effect, whatever the envelope says.",
        SEED,
        default="no",
        choices=("no", "yes"),
    ),
)

CAPABILITIES = {
    Capability.SEQUENTIAL: SEED,  # one_at_a_time
    Capability.PARALLEL: SEED,  # everyone
    Capability.TEMPLATES: SEED,
    Capability.VOID: SEED,  # cancel
    Capability.REMIND: SEED,
    Capability.TEST_MODE: SEED,  # by request
    Capability.UPLOAD: SEED,
    Capability.MARKDOWN: SEED,
    Capability.PLACE_FIELDS: SEED,
    Capability.IMPORT_FIELDS: SEED,
    Capability.PREFILL: SEED,  # custom_fields
    Capability.FORM_DATA: SEED,
    Capability.METADATA: SEED,
    Capability.EXPIRY: SEED,
    Capability.LIST: SEED,
    Capability.READ: SEED,
    Capability.DOWNLOAD: SEED,
    Capability.SIGNING_LINK: SEED,
    Capability.EMBED: SEED,
    Capability.WEBHOOKS: PUBLIC,
}

LIMITS = (
    Limit("signers", 50, "", SEED, least=1),
    Limit("signers_of_a_new_account", 10, "", SEED, least=1),  # younger than thirty days
    Limit("page_size", 100, "", SEED),
    Limit("sends", 50, "per hour", PUBLIC),
    Limit("sends_to_one_address", 5, "per hour", PUBLIC),
)

CONFLICTS = (
    Conflict(
        "the type of a validation error",
        ("validation_error, in the table", "invalid_request, in the sample"),
        "the HTTP status decides, the type is not looked at",
    ),
    Conflict(
        "who may manage webhooks",
        ("a session of the dashboard, by the reference", "the API key, by the vendor's own automation node"),
        "the key is tried where a person asks for it; nothing hangs on them",
    ),
    Conflict(
        "where content stands in a JSON request",
        ("at the top level, by the seed's example", "in data.content, by the seed's prose"),
        "at the top level",
    ),
)


def authorize(secret: str, options: Options) -> Credential:
    """[seed] Authorization: Bearer vsk_…"""
    del options
    return bearer(secret)


VISISIGN = Provider(
    name="visisign",
    title="VisiSign",
    site="https://docs.visisign.app",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [seed] the list, of one.
    probe=Request("GET", "/signature_requests", "account test", query={"page": "1", "per_page": "1"}),
    capabilities=CAPABILITIES,
    operations=OPERATIONS,
    limits=LIMITS,
    conflicts=CONFLICTS,
)
