"""Personal data stand beside the chain and can be erased without breaking it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain import audit, personal, signing
from app.domain.audit import Head
from tests.support.drafts import at, sent, two_signers

SALT = "5" * 32
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from(sorted(personal.KEYS)), TEXTS), st.lists(TEXTS, max_size=3))
def test_what_is_concealed_is_revealed_again(facts: dict[str, str], names: list[str]) -> None:
    whole = {**facts, "people": [{"name": name, "order": 1} for name in names], "title": "Lease"}
    told, texts = personal.concealed(SALT, whole)
    assert personal.revealed(texts, told) == personal.composed(whole)
    assert told["title"] == "Lease"
    for key in facts:
        assert told[key].startswith(personal.PREFIX)


def test_without_the_salt_the_hash_of_a_name_says_nothing() -> None:
    one, other = (personal.name_of(salt, "Ana Ruiz") for salt in (SALT, "6" * 32))
    assert one != other


def test_erasing_breaks_no_link() -> None:
    envelope = replace(sent(two_signers()), salt=SALT)
    step = signing.open_room(envelope, "buyer", at(1), host="Hanna Host")
    step = step.then(signing.identify(step.envelope, "buyer", "Passport 417", (), at(2)))
    events = audit.link(envelope.id, Head(), step.entries)
    records = [{**event.body(), "sha256": event.sha256} for event in events]
    assert audit.verify(records).intact
    assert "Hanna" not in str(records)
    assert "Passport" not in str(records)
    texts = step.envelope.personal
    assert personal.revealed(texts, events[1].entry.facts)["how"] == "Passport 417"
    assert personal.revealed({}, events[1].entry.facts)["how"] == personal.ERASED
