"""Who signs: certificates, and the keys behind them.

    create_authority, create_device_seal, issue_signer   what the device itself vouches for
    self_signed, load_pkcs12                             a person's own certificate
    card, check_usable                                   what is shown, and what is refused, before a key is used
    sign, is_signed                                      bare signatures of the device over the heads of trails
    SOURCES                                              the kinds of places an identity can come from
"""

from app.domain.identity import Card, KeyMaterial
from app.identities.authority import authority_name, create_authority, create_device_seal
from app.identities.cards import card, check_usable, is_authority
from app.identities.countersigning import is_signed, sign
from app.identities.one_time import issue_signer
from app.identities.own import self_signed
from app.identities.pkcs11 import facts as token_facts
from app.identities.pkcs12 import load_pkcs12
from app.identities.registry import SOURCES, source_of
from app.identities.source import Source, Unlocking

__all__ = [
    "SOURCES", "Card", "KeyMaterial", "Source", "Unlocking", "authority_name", "card", "check_usable",
    "create_authority", "create_device_seal", "is_authority", "is_signed", "issue_signer", "load_pkcs12",
    "self_signed", "sign", "source_of", "token_facts",
]  # fmt: skip
