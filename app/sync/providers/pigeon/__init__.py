"""Pigeon E-Sign: documents, recipients, sessions.

The seed page shows one operation and names the others. Its examples are those of PandaDoc's OpenAPI file (v8.8), so
where Pigeon is silent that file is followed: true of PandaDoc, inferred for Pigeon.
"""

from app.sync.credential import Credential, in_header
from app.sync.provider import BaseUrl, Capability, Conflict, FormField, Limit, Options, Provider
from app.sync.providers.pigeon.around import AROUND
from app.sync.providers.pigeon.operations import DOCUMENTS, PARTS
from app.sync.request import Request
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

BASE_URLS: tuple[BaseUrl, ...] = ()
"""The seed's sample request has no host, and no other page names one: the person says it."""

FORM = (
    FormField(
        "key",
        "API key or token",
        "From the developer settings of your workspace; a sandbox key makes documents without legal effect.",
        PUBLIC,
        secret=True,
        required=True,
    ),
    FormField(
        # [public] API-Key <key>, or Bearer <token> after OAuth; the seed has the page in its menu and not its text.
        "scheme",
        "Kind of credential",
        "API-Key for a key, Bearer for an OAuth token.",
        ASSUMED,
        default="API-Key",
        choices=("API-Key", "Bearer"),
    ),
    FormField(
        "sandbox",
        "Sandbox key",
        "yes: documents have no legal effect, and the plain file is downloaded, since the sealed one is refused.",
        PUBLIC,
        default="no",
        choices=("no", "yes"),
    ),
    FormField(
        # [seed] the session id is placed in a share URL, whose form is missing there.
        "share_url",
        "Address of a signing session",
        "An https address with {id} where the session id goes.",
        ASSUMED,
        default="https://app.pigeondocuments.com/s/{id}",
        pattern=r"https://[^{}\s]+\{id\}[^{}\s]*",
    ),
)

CAPABILITIES = {
    Capability.SIGNING_LINK: SEED,  # POST /documents/{id}/session
    Capability.LIST: SEED,
    Capability.READ: SEED,
    Capability.DELETE: SEED,
    Capability.DOWNLOAD: SEED,
    Capability.ATTACHMENTS: SEED,
    Capability.REPLACE_RECIPIENT: SEED,  # Reassign Recipient
    Capability.WEBHOOKS: SEED,
    Capability.TEMPLATES: PUBLIC,
    Capability.DRAFT: PUBLIC,  # document.draft after document.uploaded
    Capability.SEQUENTIAL: PUBLIC,  # signing_order
    Capability.UPLOAD: PUBLIC,
    Capability.PLACE_FIELDS: PUBLIC,
    Capability.IMPORT_FIELDS: PUBLIC,  # parse_form_fields
    Capability.PREFILL: PUBLIC,  # tokens, fields
    Capability.FORM_DATA: PUBLIC,
    Capability.METADATA: PUBLIC,
    Capability.EXPIRY: PUBLIC,
    Capability.VOID: PUBLIC,  # PATCH /documents/{id}/status with 11
    Capability.TEST_MODE: PUBLIC,  # by sandbox key
    Capability.BULK: ASSUMED,  # [seed] names the lists, nothing shows a method or a body
    Capability.AUDIT: ASSUMED,  # PandaDoc has it in another version of its API, Pigeon's menu does not
}

LIMITS = (
    Limit("request_bytes", 2_500_000, "bytes", PUBLIC),
    Limit("calls", 100, "per minute", PUBLIC),
    Limit("sandbox_calls", 10, "per minute", PUBLIC),
    Limit("page_size", 100, "", PUBLIC),
    Limit("session_lifetime", 31_536_000, "seconds", PUBLIC, least=1),
)

CONFLICTS = (
    Conflict(
        "the page a field's layout counts from",
        ("a generated sample of the sister product shows 0", "examples of PandaDoc show 1"),
        "1",
    ),
)


def authorize(secret: str, options: Options) -> Credential:
    return in_header("Authorization", options.get("scheme", "API-Key"), secret)


PIGEON = Provider(
    name="pigeon",
    title="Pigeon E-Sign",
    site="https://esign-docs.pigeondocuments.com",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [seed] List Documents; [public] count.
    probe=Request("GET", "/documents", "account test", query={"count": "1"}),
    capabilities=CAPABILITIES,
    operations=(*DOCUMENTS, *PARTS, *AROUND),
    limits=LIMITS,
    conflicts=CONFLICTS,
)
