"""What a provider is to the rest of the program: facts and pure functions, no I/O.

Every fact says where it comes from. Vendors' pages contradict each other and change; a fact that is only `ASSUMED` may
be wrong without anybody having changed anything, and the window says so where it matters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.errors import UnknownOperation
from app.sync.credential import Credential
from app.sync.operation import Operation
from app.sync.request import Request
from app.sync.source import Source

Options = Mapping[str, str]


class Capability(StrEnum):
    """What can be asked of a service by its API. What is missing Paraph does itself, or says that it cannot be had."""

    ACKNOWLEDGE = "acknowledge"
    ATTACHMENTS = "attachments"
    AUDIT = "audit"
    BULK = "bulk"
    COPY_MODE = "copy_mode"
    DELETE = "delete"
    DOWNLOAD = "download"
    DRAFT = "draft"
    EMBED = "embed"
    EXPIRY = "expiry"
    FORM_DATA = "form_data"
    HIDE_SIGNERS = "hide_signers"
    IMPORT_FIELDS = "import_fields"
    LIST = "list"
    MARKDOWN = "markdown"
    METADATA = "metadata"
    """Free data that comes back: our operation id travels there, so that a lost answer can be looked up."""
    PARALLEL = "parallel"
    PASSWORD = "password"  # noqa: S105 - the name of a capability
    PLACE_FIELDS = "place_fields"
    PREFILL = "prefill"
    READ = "read"
    REMIND = "remind"
    REPLACE_RECIPIENT = "replace_recipient"
    SEQUENTIAL = "sequential"
    SIGNING_LINK = "signing_link"
    TEMPLATES = "templates"
    TEST_MODE = "test_mode"
    UPLOAD = "upload"
    VOID = "void"
    WEBHOOKS = "webhooks"
    """The service can call back. A desktop cannot be called, so it polls all the same."""


@dataclass(frozen=True, slots=True)
class BaseUrl:
    """Where an API begins, without a slash at its end."""

    url: str
    source: Source


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of the account form. The `secret` one goes to the vault, the others are options of the account.

    `pattern` must match the whole value. `looks_like` is what values usually look like: one that does not is remarked
    upon and taken. `needed_when` names another field and the value of it that makes this one required.
    """

    name: str
    title: str
    help: str
    source: Source
    secret: bool = False
    required: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    pattern: str = ""
    looks_like: str = ""
    needed_when: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """`unit` is `pt`, `bytes`, `characters`, `seconds`, `per minute` … or empty for a plain count."""

    what: str
    most: float
    unit: str
    source: Source
    least: float = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where documents of a vendor disagree: what each says, and which is followed."""

    about: str
    sayings: tuple[str, ...]
    followed: str


@dataclass(frozen=True, slots=True)
class Token:
    """What an exchange brings; `lasts_s` is counted from now."""

    token: str = field(repr=False)
    lasts_s: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """A long-lived secret for a short-lived token (OAuth 2.0 client credentials, RFC 6749, 4.4).

    `applies` decides by the account's options; `read` raises ValueError for what is no token.
    """

    applies: Callable[[Options], bool]
    request: Callable[[str, Options], Request]
    read: Callable[[Any], Token]


@dataclass(frozen=True)
class Provider:
    """`base_urls` begin with the default, and are empty where the vendor tells none. `probe` asks for something that
    changes nothing and needs the credential. `operations` are all that its contract has."""

    name: str
    title: str
    site: str
    base_urls: tuple[BaseUrl, ...]
    form: tuple[FormField, ...]
    authorize: Callable[[str, Options], Credential]
    probe: Request
    capabilities: Mapping[Capability, Source]
    operations: tuple[Operation, ...] = ()
    limits: tuple[Limit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    exchange: Exchange | None = None

    @property
    def default_url(self) -> str:
        """Empty where the person must say it."""
        return self.base_urls[0].url if self.base_urls else ""

    @property
    def secret(self) -> FormField:
        (found,) = (one for one in self.form if one.secret)
        return found

    @property
    def options(self) -> tuple[FormField, ...]:
        return tuple(one for one in self.form if not one.secret)

    def can(self, capability: Capability) -> bool:
        return capability in self.capabilities

    def operation(self, name: str) -> Operation:
        """Raises `UnknownOperation`."""
        for one in self.operations:
            if one.name == name:
                return one
        raise UnknownOperation(provider=self.title, operation=name, known=[one.name for one in self.operations])

    def limit(self, what: str) -> Limit:
        """KeyError for one the provider does not have: a connector asks for its own."""
        return {limit.what: limit for limit in self.limits}[what]
