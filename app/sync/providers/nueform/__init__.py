"""NueForm: signing sessions of a form that holds a contract. The form is made there; sessions are made from here."""

from app.sync.credential import Credential, bearer
from app.sync.provider import BaseUrl, Capability, Conflict, FormField, Limit, Options, Provider
from app.sync.providers.nueform.operations import OPERATIONS
from app.sync.request import Request
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

BASE_URLS = (
    BaseUrl("https://api.nueform.io/api/v1", SEED),
    BaseUrl("https://app.nueform.com/api/v1", PUBLIC),
)

FORM = (
    FormField(
        "key",
        "API key",
        "It begins with nf_ and was shown once, when it was made; plan Pro or higher.",
        PUBLIC,
        secret=True,
        required=True,
        looks_like=r"nf_\S+",
    ),
    FormField(
        # [seed] sessions hang on a form; its examples are 24 hexadecimal digits.
        "form_id",
        "Form",
        "The id of the form that is used when an envelope names none; letters and digits.",
        SEED,
        pattern=r"[A-Za-z0-9_-]{1,64}",
    ),
)

CAPABILITIES = {
    Capability.SEQUENTIAL: SEED,
    Capability.PARALLEL: SEED,  # any
    Capability.TEMPLATES: SEED,  # the form
    Capability.VOID: SEED,
    Capability.REMIND: SEED,  # resend
    Capability.LIST: SEED,  # of one form
    Capability.READ: SEED,
    Capability.DOWNLOAD: SEED,  # with document_hash
    Capability.AUDIT: SEED,
    Capability.SIGNING_LINK: SEED,
    Capability.EXPIRY: SEED,  # expiry_days
    Capability.PASSWORD: SEED,
    Capability.HIDE_SIGNERS: SEED,
    Capability.COPY_MODE: SEED,
}

LIMITS = (
    Limit("page_size", 100, "", PUBLIC),  # more is cut down silently
    Limit("calls", 100, "per minute", PUBLIC),  # plan Pro; Enterprise 500
)

CONFLICTS = (
    Conflict(
        "the host",
        ("api.nueform.io, by the seed", "app.nueform.com, by the pages on getting started and on webhooks"),
        "api.nueform.io by default, the other by setting",
    ),
    Conflict(
        "how an answer is wrapped",
        ("bare, by the seed's samples", "in data, by the pages on errors and pagination"),
        "bare; a wrapper is seen through",
    ),
)


def authorize(secret: str, options: Options) -> Credential:
    """[seed] Authorization: Bearer."""
    del options
    return bearer(secret)


NUEFORM = Provider(
    name="nueform",
    title="NueForm",
    site="https://nueform.io/docs",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [public] the list of forms; sessions themselves can only be listed form by form.
    probe=Request("GET", "/forms", "account test", query={"page": "1", "per_page": "1"}),
    capabilities=CAPABILITIES,
    operations=OPERATIONS,
    limits=LIMITS,
    conflicts=CONFLICTS,
)
