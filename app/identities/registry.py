"""Every kind of identity source. To add one: a class in its own file, and an entry here."""

from app.domain import errors
from app.identities.csc import RemoteKey
from app.identities.device import Device
from app.identities.own_key import SelfSigned
from app.identities.pkcs11 import Pkcs11Token
from app.identities.pkcs12_file import Pkcs12File
from app.identities.source import Source

SOURCES: dict[str, Source] = {
    source.kind: source for source in (Device(), SelfSigned(), Pkcs12File(), Pkcs11Token(), RemoteKey())
}


def source_of(kind: str) -> Source:
    """Raises `UnknownIdentity` for a kind this version does not know, such as one of a newer library."""
    try:
        return SOURCES[kind]
    except KeyError:
        raise errors.UnknownIdentity(name=kind, known=sorted(SOURCES)) from None
