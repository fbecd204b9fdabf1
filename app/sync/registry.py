"""Every provider. To add one: a file in `providers`, and an entry here; contract tests run over this list."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain import errors
from app.sync.provider import Provider
from app.sync.providers import clearpolicy, documenso, docuseal, nueform, pigeon, signatureapi, visisign

PROVIDERS: Final[Mapping[str, Provider]] = MappingProxyType(
    {
        provider.name: provider
        for provider in (
            clearpolicy.CLEARPOLICY,
            documenso.DOCUMENSO,
            docuseal.DOCUSEAL,
            nueform.NUEFORM,
            pigeon.PIGEON,
            signatureapi.SIGNATUREAPI,
            visisign.VISISIGN,
        )
    }
)


def provider_of(name: str) -> Provider:
    """Raises `UnknownProvider`, also for one of a newer library."""
    try:
        return PROVIDERS[name]
    except KeyError:
        raise errors.UnknownProvider(provider=name, known=sorted(PROVIDERS)) from None
