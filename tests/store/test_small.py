"""Identities and trust."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.store import IdentityRecord, Library, TrustRecord
from tests.support.envelopes import START, sha

DEVICE = IdentityRecord(
    "device",
    "device",
    "Paraph on a desk",
    "Paraph on a desk",
    "00af",
    START,
    START + timedelta(days=3650, microseconds=1),
    "-----BEGIN CERTIFICATE-----\n…\n",
    "",
    {"vault": "device/1", "bits": 256, "nested": {"äöü": [1, None, True]}},
    is_default=True,
)
CARD = replace(DEVICE, name="card", kind="pkcs11", where={"slot": 3}, is_default=False)


def test_an_identity_comes_back_as_it_was(folder: Path, library: Library) -> None:
    library.identities.add(DEVICE)
    with Library.open(folder) as again:
        assert again.identities.get("device") == DEVICE
        assert again.identities.list() == (DEVICE,)


def test_a_name_is_taken_once(library: Library) -> None:
    library.identities.add(DEVICE)
    with pytest.raises(errors.IdentityExists):
        library.identities.add(replace(CARD, name="device"))
    assert library.identities.list() == (DEVICE,)


def test_one_identity_at_most_is_the_default_and_comes_first(library: Library) -> None:
    library.identities.add(CARD)
    assert not library.identities.get("card").is_default
    library.identities.add(DEVICE)
    assert [each.name for each in library.identities.list()] == ["device", "card"]
    library.identities.set_default("card")
    assert [(each.name, each.is_default) for each in library.identities.list()] == [("card", True), ("device", False)]
    library.identities.add(replace(DEVICE, name="newer"))
    assert [each.name for each in library.identities.list() if each.is_default] == ["newer"]
    library.identities.remove("newer")
    assert not any(each.is_default for each in library.identities.list())


def test_an_unknown_identity_is_named_with_the_known_ones(library: Library) -> None:
    library.identities.add(DEVICE)
    library.identities.add(CARD)
    for ask in (library.identities.get, library.identities.remove, library.identities.set_default):
        with pytest.raises(errors.UnknownIdentity) as refused:
            ask("nobody")
        assert sorted(refused.value.known) == ["card", "device"]
    assert library.identities.get("device").is_default


def test_trust_is_a_set_in_the_order_it_was_given(library: Library) -> None:
    device = TrustRecord(sha(1), "pem", "Device", "device", START)
    imported = TrustRecord(sha(2), "pem", "Company", "imported", START + timedelta(seconds=1))
    library.trust.add(imported)
    library.trust.add(device)
    library.trust.add(replace(device, subject="The same again"))
    assert library.trust.list() == (device, imported)
    library.trust.remove(device.sha256)
    library.trust.remove(device.sha256)
    assert library.trust.list() == (imported,)
