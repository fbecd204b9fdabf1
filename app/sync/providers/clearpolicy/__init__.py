"""ClearPolicy: one person is asked to acknowledge or sign one published document.

Its API creates such requests and reads people and documents; it neither reads, cancels nor reminds a single request, so
what is known of one is what was known when it was sent.
"""

from typing import Any

from app.sync.credential import Credential, bearer
from app.sync.provider import (
    BaseUrl,
    Capability,
    Conflict,
    Exchange,
    FormField,
    Limit,
    Options,
    Provider,
    Token,
)
from app.sync.providers.clearpolicy.operations import OPERATIONS
from app.sync.request import Json, Request
from app.sync.source import Source

SEED, PUBLIC, ASSUMED = Source.SEED, Source.PUBLIC, Source.ASSUMED

BASE_URLS = (
    BaseUrl("https://api.clearpolicy.app/api/v1", PUBLIC),
    BaseUrl("https://api.clearpolicy.app/v1", PUBLIC),
)

FORM = (
    FormField(
        "token",
        "API token or client secret",
        "A token from Settings, API; or the secret of an OAuth client.",
        PUBLIC,
        secret=True,
        required=True,
    ),
    FormField(
        "credential",
        "Kind of credential",
        "token: it is sent as it is. client: it is exchanged for a token, again whenever that has run out.",
        PUBLIC,
        default="token",
        choices=("token", "client"),
    ),
    FormField(
        "client_id",
        "Client id",
        "The id of the OAuth client whose secret was given.",
        PUBLIC,
        needed_when=("credential", "client"),
    ),
)

CAPABILITIES = {
    Capability.ACKNOWLEDGE: SEED,  # requested_attestation_type acknowledgment, or signature
    Capability.TEMPLATES: SEED,  # a published document, sent to one person after another
}

LIMITS = (
    Limit("recipient_message", 5000, "characters", PUBLIC),
    Limit("person_name", 255, "characters", PUBLIC),
    Limit("page_size", 100, "", PUBLIC),
)

CONFLICTS = (
    Conflict(
        "where the API begins",
        ("/v1, on the page whose text is the seed's", "/api/v1, in the newer reference and on the API host itself"),
        "/api/v1 by default, /v1 by setting; the seed names neither",
    ),
    Conflict(
        "how a token is got",
        ("client credentials at /oauth/token", "made by an administrator in the settings"),
        "both, by the option credential",
    ),
)


def authorize(secret: str, options: Options) -> Credential:
    """[seed] Authorization: Bearer. With an exchange, `secret` is the token it brought."""
    del options
    return bearer(secret)


def _exchanges(options: Options) -> bool:
    return options.get("credential") == "client"


def _token_request(secret: str, options: Options) -> Request:
    """[public] JSON, not the form encoding of RFC 6749; beside the API, at the root of its host."""
    body = {
        "grant_type": "client_credentials",
        "client_id": options["client_id"],
        "client_secret": secret,
        "scope": "",
    }
    return Request("POST", "/oauth/token", "log in", body=Json(body), from_root=True, repeatable=True)


def _token(data: Any) -> Token:
    """[public] {token_type: Bearer, expires_in, access_token}."""
    if not isinstance(data, dict) or not isinstance(data.get("access_token"), str) or not data["access_token"]:
        raise ValueError("no access_token")
    lasts = data.get("expires_in")
    return Token(data["access_token"], float(lasts) if isinstance(lasts, int) and lasts > 0 else 3600.0)


CLEARPOLICY = Provider(
    name="clearpolicy",
    title="ClearPolicy",
    site="https://docs.clearpolicy.app",
    base_urls=BASE_URLS,
    form=FORM,
    authorize=authorize,
    # [public] whose token it is; the one call that every role may make.
    probe=Request("GET", "/me", "account test"),
    capabilities=CAPABILITIES,
    operations=OPERATIONS,
    limits=LIMITS,
    conflicts=CONFLICTS,
    exchange=Exchange(_exchanges, _token_request, _token),
)
