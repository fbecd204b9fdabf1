"""SignatureAPI: envelopes, recipients, ceremonies. The seed page shows how a ceremony is made; the rest is public.

Making a ceremony revokes the one before, so it is never asked for twice without looking.
"""

from app.sync.credential import Credential, in_header
from app.sync.provider import BaseUrl, Capability, Conflict, FormField, Limit, Options, Provider
from app.sync.providers.signatureapi.operations import OPERATIONS
from app.sync.request import Request
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

BASE_URLS = (BaseUrl("https://api.signatureapi.com/v1", SEED),)
"""For test and live alike: the key decides, and either sees only its own."""

FORM = (
    FormField(
        "key",
        "API key",
        "It begins with key_test_ or key_live_; envelopes of a test key have no legal effect and send no e-mail.",
        SEED,
        secret=True,
        required=True,
        looks_like=r"key_(?:test|live)_\S+",
    ),
)

CAPABILITIES = {
    Capability.SIGNING_LINK: SEED,  # ceremonies
    Capability.EMBED: SEED,
    Capability.TEST_MODE: SEED,  # by key
    Capability.SEQUENTIAL: PUBLIC,
    Capability.PARALLEL: PUBLIC,
    Capability.UPLOAD: PUBLIC,
    Capability.PLACE_FIELDS: PUBLIC,
    Capability.PREFILL: PUBLIC,  # data of a docx
    Capability.FORM_DATA: PUBLIC,  # captures
    Capability.METADATA: PUBLIC,
    Capability.LIST: PUBLIC,
    Capability.READ: PUBLIC,
    Capability.VOID: PUBLIC,  # cancel, while in progress
    Capability.DELETE: PUBLIC,
    Capability.REMIND: PUBLIC,  # resend, with waits that grow
    Capability.REPLACE_RECIPIENT: PUBLIC,
    Capability.DOWNLOAD: PUBLIC,  # deliverables, by links that live for an hour
    Capability.AUDIT: PUBLIC,  # events, and inside the standard deliverable
    Capability.WEBHOOKS: PUBLIC,
}

LIMITS = (
    Limit("redirect_delay", 20, "seconds", SEED),
    Limit("signature_height", 60, "pt", PUBLIC, least=20),
    Limit("signature_width_by_height", 2.5, "", PUBLIC, least=2.5),
    Limit("checkbox_height", 40, "pt", PUBLIC, least=8),
    Limit("font_size", 12, "pt", PUBLIC, least=6),
    Limit("documents", 10, "", PUBLIC, least=1),
    Limit("upload_bytes", 5_242_880, "bytes", PUBLIC, least=1),
    Limit("topics", 10, "", PUBLIC),
    Limit("label", 500, "characters", PUBLIC),
    Limit("place_key", 32, "characters", PUBLIC, least=1),
    Limit("cancel_reason", 2000, "characters", PUBLIC),
    Limit("deliverable_password", 32, "characters", PUBLIC, least=4),
    Limit("page_size", 100, "", PUBLIC),
)

CONFLICTS = (
    Conflict(
        "the path of a ceremony",
        ("/recipients/{id}/ceremonies with a list of authentications, by the seed", "/ceremony with one, on old pages"),
        "the seed's",
    ),
)


def authorize(secret: str, options: Options) -> Credential:
    """[seed] X-API-Key, the bare key."""
    del options
    return in_header("X-API-Key", "", secret)


SIGNATUREAPI = Provider(
    name="signatureapi",
    title="SignatureAPI",
    site="https://signatureapi.com/docs",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [public] the list, of one.
    probe=Request("GET", "/envelopes", "account test", query={"limit": "1"}),
    capabilities=CAPABILITIES,
    operations=OPERATIONS,
    limits=LIMITS,
    conflicts=CONFLICTS,
)
