"""Every flow. To add one: a file in `flows`, and an entry here; contract tests run over this list."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain import errors
from app.sync.flow import Flow
from app.sync.flows import clearpolicy, documenso, docuseal, nueform, pigeon, signatureapi, visisign

FLOWS: Final[Mapping[str, Flow]] = MappingProxyType(
    {
        flow.provider: flow
        for flow in (
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


def flow_of(provider: str) -> Flow:
    """Raises `UnknownProvider` for one that takes no envelopes."""
    try:
        return FLOWS[provider]
    except KeyError:
        raise errors.UnknownProvider(provider=provider, known=sorted(FLOWS)) from None
