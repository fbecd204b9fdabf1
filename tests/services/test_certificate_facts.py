"""The thirty-two facts of a certificate of completion against the trail as a stranger reads it."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.ceremony import IdEvidence
from app.services import preferences, reading, seeing, signing, sitting
from app.services.house import House
from app.services.seeing import Seen
from tests.support import bundles, leases
from tests.support.bundles import Bundle, squeezed

PEOPLE = [
    {"role": "buyer", "name": "Ana Ruiz", "email": "ana@example.com", "order": 1,
     "auth": [{"type": "access_code", "code": "1234"}]},
    {"role": "seller", "name": "Bob Jones", "email": "bob@example.com", "order": 2},
    {"role": "watcher", "name": "Wim Witness", "email": "wim@example.com", "action": "witness", "order": 3},
    {"role": "office", "name": "Olga Office", "email": "olga@example.com", "action": "acknowledge", "order": 4},
]  # fmt: skip
NOW_CALLED = {"buyer": "Ana Ruiz", "seller": "Bob Jones", "watcher": "Willa Witness", "office": "Olga Office"}


def act(house: House, envelope_id: str, role: str, language: str, evidence: IdEvidence, **known: Any) -> None:
    signing.open_room(house, envelope_id, role)
    signing.identify(house, envelope_id, role, f"{role} known", evidence=evidence, **known)
    signing.consent(house, envelope_id, role, language)
    envelope = reading.envelope(house, envelope_id)
    document = envelope.documents[0]
    signing.show_page(house, envelope_id, role, document.id, 1)
    seeing.saw(house, envelope_id, role, [Seen(document.id, 1, 4_000, 100), Seen(document.id, 2, 3_000, 150)])
    if role == "office":
        sitting.acknowledge(house, envelope_id, role, "olga  OFFICE")
    else:
        signing.adopt(house, envelope_id, role, leases.DRAWN)
    for field in envelope.fields_of(role):
        value = leases.DRAWN if field.kind == "signature" else "As agreed"
        signing.fill(house, envelope_id, role, field.id, value)
    signing.finish(house, envelope_id, role)
    sitting.hand_back(house, envelope_id, role, "Present, under no pressure")


@pytest.fixture(params=["en", "de"])
def bundle(house: House, tmp_path: Path, request: pytest.FixtureRequest) -> Bundle:
    preferences.change(house, host_name="Hanna Host", place="Bremen")
    spec = leases.spec_of("buyer", "seller", "watcher")
    more = {"metadata": {"template": "lease-7", "template_sha256": "7" * 64}}
    envelope_id = leases.sent(house, tmp_path, "buyer", fields=spec["fields"], recipients=PEOPLE, **more)
    act(house, envelope_id, "buyer", request.param, IdEvidence.PASSPORT, digits="417", access_code="1234")
    act(house, envelope_id, "seller", request.param, IdEvidence.KNOWN)
    sitting.skip(house, envelope_id, "watcher", "Getting coffee")
    signing.open_room(house, envelope_id, "watcher")
    sitting.delegate(house, envelope_id, "watcher", "Willa Witness", "willa@example.com", "No glasses")
    act(house, envelope_id, "watcher", request.param, IdEvidence.INTRODUCED)
    act(house, envelope_id, "office", "en", IdEvidence.OTHER)
    return bundles.exported(house, envelope_id, tmp_path / "out")


def test_all_thirty_two_are_told_as_the_trail_has_them(bundle: Bundle) -> None:
    assert not bundle.untold()


@pytest.mark.parametrize("role", ["buyer", "seller", "watcher", "office"])
def test_names_stand_in_the_certificate_and_only_as_hashes_in_the_trail(bundle: Bundle, role: str) -> None:
    (person,) = (one for one in bundle.last("out")["facts"]["recipients"] if one["role"] == role)
    assert person["name"].startswith("personal:")
    assert bundle.told(12, NOW_CALLED[role])


@pytest.mark.parametrize("role", ["buyer", "seller", "watcher", "office"])
def test_facts_16_and_19_say_how_they_proved_who_they_are_and_what_was_shown(bundle: Bundle, role: str) -> None:
    by_code = bundle.words["auth"].format(methods=bundle.words["by_access_code"], wrong=0)
    assert bundle.told(16, by_code if role == "buyer" else bundle.words["auth_none"])
    assert bundle.told(19, bundle.words["pages_of"].format(document="lease", shown=1, pages=2))
    assert sum(page[2] for page in bundle.last("pages_seen", role=role)["facts"]["pages"]) == 7_000


def test_fact_25_says_who_handed_on(bundle: Bundle) -> None:
    told = bundle.last("delegated", role="watcher")["facts"]
    for key in ("before", "name", "reason"):
        assert squeezed(bundle.plain(told[key])) in bundle.certificate


@pytest.mark.parametrize("role", ["buyer", "seller", "watcher", "office"])
def test_facts_26_to_29_say_who_hosted_where_and_what_they_stated(bundle: Bundle, role: str) -> None:
    assert bundle.told(26, "Hanna Host")
    assert bundle.told(27, f"{role} known")
    assert bundle.told(29, "Bremen")


def test_fact_27_names_whom_the_witness_saw_and_how_long_before(bundle: Bundle) -> None:
    told = bundle.last("signed", role="watcher")["facts"]
    assert told["witness_of"] == "seller"
    assert told["seen_at"] == bundle.last("signed", role="seller")["time"]


def test_fact_32_is_the_level_that_was_reached_and_no_more(bundle: Bundle) -> None:
    assert {event["facts"]["level"] for event in bundle.all("sealed")} == {"B-B"}
    assert squeezed(bundle.words["LEVEL"]) in bundle.certificate
